import { invalid, type Problem } from './problem';

/** What Windows-1252 has between 0x80 and 0x9F, in order; five places are empty and pass as they are. */
const UPPER = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const BYTES: ReadonlyMap<string, number> = new Map(
	[...UPPER].map((letter, at) => [letter, 0x80 + at] as const),
);
/** The first byte of a letter in UTF-8 and a second one, each read as a letter of Windows-1252. */
const MISREAD = new RegExp(`[\\u00c2-\\u00f4][\\u0080-\\u00bf${UPPER}]`);
const REPLACEMENT = '\ufffd';
/** A file is seldom saved wrongly more than twice. */
const TIMES = 2;

export const GARBLED = invalid(
	'has letters that were read in a wrong encoding before. Write them again, or get the list anew and save it as UTF-8.',
);
export const LETTERS_LOST = invalid(
	'has a "?" or "\ufffd" where a letter was lost when the list was saved. Write the value again, or get the list anew as UTF-8.',
);

/** Undefined: no letters of a wrong encoding. What only partly is cannot be put right with certainty. */
export function unmisread(text: string): string | Problem | undefined {
	let current = text;
	for (let time = 0; time < TIMES && MISREAD.test(current); time++) {
		const bytes: number[] = [];
		for (const letter of current) {
			const byte = BYTES.get(letter) ?? letter.codePointAt(0)!;
			// A right letter beside wrong ones: `é` may be what the rest once was.
			if (byte > 0xff) return time === 0 ? GARBLED : current;
			bytes.push(byte);
		}
		const read = Buffer.from(bytes).toString('utf8');
		if (read.includes(REPLACEMENT)) return time === 0 ? misreadInPart(current) : current;
		current = read;
	}
	return current === text ? undefined : current;
}

/** `Ã©` and `â€™` are in no language; `É°` may be. */
const NEVER_MEANT = /Ã[\u0080-\u00bf¡-¿ƒ‚„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|Â[\u0080-\u00bf]/;
const misreadInPart = (text: string): Problem | undefined =>
	NEVER_MEANT.test(text) ? GARBLED : undefined;

/** Names of letters in HTML, as far as lists of people and companies have them, in pairs. */
const NAMED = `amp & lt < gt > quot " apos ' nbsp \u00a0 rsquo ’ lsquo ‘ rdquo ” ldquo “ ndash – mdash — euro € deg ° middot · szlig ß
	aelig æ AElig Æ oelig œ OElig Œ aring å Aring Å oslash ø Oslash Ø eth ð ETH Ð thorn þ THORN Þ lstrok ł Lstrok Ł
	ccedil ç Ccedil Ç ntilde ñ Ntilde Ñ scaron š Scaron Š zcaron ž Zcaron Ž ccaron č Ccaron Č yuml ÿ`;
const ACCENTS = {
	grave: '\u0300',
	acute: '\u0301',
	circ: '\u0302',
	tilde: '\u0303',
	uml: '\u0308',
};
const words = NAMED.trim().split(/[ \t\n]+/);
const ENTITIES = new Map<string, string>();
for (let at = 0; at < words.length; at += 2) ENTITIES.set(words[at], words[at + 1] ?? '');
for (const letter of 'aeiouyAEIOUYnN')
	for (const [name, accent] of Object.entries(ACCENTS))
		if (!ENTITIES.has(letter + name))
			ENTITIES.set(letter + name, (letter + accent).normalize('NFC'));
ENTITIES.set('nbsp', '\u00a0');

const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi;

/** Undefined: none, or one that is not known. */
export function withoutEntities(text: string): string | undefined {
	let known = true;
	const read = text.replace(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
		const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
		const letter =
			name === undefined
				? code > 0x1f && code <= 0x10ffff
					? String.fromCodePoint(code)
					: undefined
				: ENTITIES.get(name);
		if (letter === undefined) known = false;
		return letter ?? whole;
	});
	return known && read !== text ? read : undefined;
}

/**
 * Signs of Windows-1252 and fractions that are no part of a name, beside a letter: those of another encoding stood there, as in
 * `Wa³êsa`. An accent on its own is an apostrophe to some, and a dot in the middle is Catalan.
 */
const SIGN_IN_NAME = /\p{L}[¡-©¬-±²³µ¶¸¹¼-¿×÷]|[¡-©¬-±²³µ¶¸¹¼-¿×÷]\p{L}/u;
export const hasForeignSigns = (name: string): boolean => SIGN_IN_NAME.test(name);

/** What a web page puts around or into a text. */
const TAG = /<\/?[a-z][a-z0-9]{0,9}\s?\/?>/i;
export const hasTags = (text: string): boolean => TAG.test(text);

/** In a name there is no question. */
export const hasLostLetters = (name: string): boolean =>
	name.includes(REPLACEMENT) || /\p{L}\?|\?\p{L}/u.test(name);
