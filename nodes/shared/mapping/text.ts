/** Letters that Unicode does not take apart, and how people write them without. */
const LETTERS: Readonly<Record<string, string>> = {
	ß: 'ss',
	æ: 'ae',
	œ: 'oe',
	ø: 'o',
	ł: 'l',
	đ: 'd',
	ı: 'i',
};
const SPECIAL = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');
/** The accents of Latin, Greek and Cyrillic; the vowel signs of other scripts are letters to their readers. */
const ACCENTS = /[\u0300-\u036f]/g;
const REST = /[^\p{L}\p{N}\p{M}]+/gu;

/** Folded already. */
const FOLDED = /^[a-z0-9]*$/;
const ASCII = /^[ -~]*$/;
const REST_OF_ASCII = /[^a-z0-9]+/g;

/** What two spellings of one name share: letters and digits, without case, accents, spaces and punctuation. */
export function fold(text: string): string {
	if (FOLDED.test(text)) return text;
	return ASCII.test(text) ? text.toLowerCase().replace(REST_OF_ASCII, '') : foldLetters(text);
}

const foldLetters = (text: string): string =>
	text
		.normalize('NFKD')
		.replace(ACCENTS, '')
		.toLowerCase()
		.replace(SPECIAL, (letter) => LETTERS[letter])
		.replace(REST, '');

/** Steps from one text to the other: a letter more, less, changed, or two neighbours swapped. */
function distance(a: string, b: string): number {
	let before: number[] = [];
	let row = Array.from({ length: b.length + 1 }, (_, at) => at);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const change = a[i - 1] === b[j - 1] ? 0 : 1;
			next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + change);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
				next[j] = Math.min(next[j], before[j - 2] + 1);
		}
		before = row;
		row = next;
	}
	return row[b.length];
}

/** A third of the letters may differ: `emial` is a slip of `email`, `phone` is not one of `photo`. */
const TOLERANCE = 3;
/** Longer texts are no slips of a name, and comparing them costs the product of the lengths. */
const LONGEST = 60;

/** The candidate that was probably meant; undefined when none is close, or two are equally close. */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
	const wanted = fold(text);
	if (wanted === '' || wanted.length > LONGEST) return undefined;
	let best: string | undefined;
	let least = Infinity;
	for (const candidate of candidates) {
		const folded = fold(candidate);
		const steps = distance(wanted, folded);
		if (steps * TOLERANCE > Math.max(wanted.length, folded.length)) continue;
		if (steps < least) [best, least] = [candidate, steps];
		else if (steps === least && candidate !== best) best = undefined;
	}
	return best;
}

/**
 * Whether a text is another one with a slip of the keyboard: a letter too many or too few, or two swapped. Another letter makes
 * another word of short ones: `score` is no slip of `scope`.
 */
export function isSlip(text: string, of: string): boolean {
	const [a, b] = [fold(text), fold(of)];
	const length = Math.max(a.length, b.length);
	if (a === b || length < 5 || length > LONGEST || distance(a, b) !== 1) return false;
	if (`${a}s` === b || `${b}s` === a || WORDS_OF_THEIR_OWN.has(a)) return false;
	// Another number is another column.
	if (a.replace(/\d/g, '') === b.replace(/\d/g, '')) return false;
	return length >= 9 || a.length !== b.length || sorted(a) === sorted(b);
}

/** An academic degree in German, and no slip of the title. */
const WORDS_OF_THEIR_OWN: ReadonlySet<string> = new Set(['titel']);

const sorted = (text: string): string => [...text].sort().join('');

/** `"One" or "Two"` */
export const quoted = (labels: readonly string[], word: 'and' | 'or'): string =>
	labels.map((label) => `"${label}"`).join(` ${word} `);
