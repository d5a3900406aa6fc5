/*
 * Nearly all values of nearly all lists are plain: nothing in them could be damaged, be two values, or be read otherwise than it
 * stands there. One look at each character tells so, for a tenth of what it costs to ask every rule. A test holds these looks
 * against the rules.
 */

/** What a character may mean. Of those that are not known here it is not known. */
const TELLING = 0;
const PLAIN = 1;
/** Harmless inside a value. At its start it may be the mark of a list, of a formula or of a text. */
const INNER = 2;
/** Before zeros at the end it has made a number of what was a code. */
const POINT = 3;

/** Of the characters up to the end of Latin Extended-A. */
const SIGNS = new Uint8Array(0x180);
const mark = (characters: string, sign: number): void => {
	for (const character of characters) SIGNS[character.charCodeAt(0)] = sign;
};
mark('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', PLAIN);
// Letters with accents; but for some they tell of a wrong encoding only beside what is marked nowhere here.
SIGNS.fill(PLAIN, 0xc0);
mark('ŒœŠšŽžŸ×÷', TELLING);
mark(' -\'()/:;!$%*[]^_`{}~"', INNER);
mark('.,', POINT);

/** Of names, which begin with a letter, and behind a comma often hold another name. */
const SIGNS_OF_NAMES = SIGNS.slice();
for (const digit of '0123456789') SIGNS_OF_NAMES[digit.charCodeAt(0)] = INNER;
for (const character of ',/:') SIGNS_OF_NAMES[character.charCodeAt(0)] = TELLING;

/** Letters with which words begin that say that there is nothing, in every language known here. */
const BEGINS_NOTHING = new Uint8Array(128);
for (const letter of '0abfgknptuyABFGKNPTUY') BEGINS_NOTHING[letter.charCodeAt(0)] = 1;

/** Whether a plain text may be such a word; of which, the rules know. */
export const mayBeNothing = (text: string): boolean =>
	text.length <= LONGEST_WORD && BEGINS_NOTHING[text.charCodeAt(0)] === 1;
const LONGEST_WORD = 10;

/** Of IDs, between two of which these stand. */
const SIGNS_OF_CODES = SIGNS.slice();
for (const character of ',;:') SIGNS_OF_CODES[character.charCodeAt(0)] = TELLING;

const SPACE = 0x20;
const PLUS = 0x2b;
const HYPHEN = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const AT = 0x40;
const UNDERSCORE = 0x5f;

const signOf = (code: number, signs: Uint8Array): number =>
	code < signs.length ? signs[code] : TELLING;
const isDigit = (code: number): boolean => code >= ZERO && code <= 0x39;
const isSmall = (code: number): boolean => code >= 0x61 && code <= 0x7a;
const isWord = (code: number): boolean =>
	(code < 0x80 && SIGNS[code] === PLAIN) || code === UNDERSCORE;

/** A text in which no rule for codes and prose finds anything. */
export const isPlainText = (text: string): boolean => isPlainIn(text, SIGNS);

/** A text in which no rule for names does; `n.a.` is none, nor is `E17`. */
export const isPlainName = (text: string): boolean =>
	isPlainIn(text, SIGNS_OF_NAMES) &&
	(isSmall(text.charCodeAt(1)) ||
		!(text[1] === '.' || isDigit(text.charCodeAt(text.length - 1)))) &&
	!(BEGINS_NOBODY[text.charCodeAt(0)] === 1 && NOBODY.test(text));

/** How words begin for somebody who is still to come. */
const NOBODY = /^(?:va[ck]an|unbes|open p|to be|tb[acd]$|x{2,}$)/i;
const BEGINS_NOBODY = new Uint8Array(128);
for (const letter of 'ouvtxOUVTX') BEGINS_NOBODY[letter.charCodeAt(0)] = 1;

/** A text in which no rule for IDs does; `3-Mar` was one. */
export const isPlainCode = (text: string): boolean =>
	isPlainIn(text, SIGNS_OF_CODES) && !(isDigit(text.charCodeAt(0)) && text.includes('-'));

function isPlainIn(text: string, signs: Uint8Array): boolean {
	const { length } = text;
	if (length === 0 || signOf(text.charCodeAt(0), signs) !== PLAIN) return false;
	let hasPoint = false;
	let last = 0;
	for (let at = 1; at < length; at++) {
		last = text.charCodeAt(at);
		const sign = signOf(last, signs);
		if (sign === TELLING) return false;
		if (sign === POINT) hasPoint = true;
	}
	if (last === SPACE || (last === ZERO && hasPoint)) return false;
	// The word of machines for nothing.
	return length !== 4 || text.toLowerCase() !== 'null';
}

/** One address with a dotted domain. */
export function isPlainAddress(text: string): boolean {
	if (!isWord(text.charCodeAt(0))) return false;
	let at = 1;
	for (; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code === AT) break;
		if (!isWord(code) && code !== DOT && code !== HYPHEN && code !== PLUS) return false;
	}
	let dots = 0;
	let last = DOT;
	for (at++; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code === DOT && last !== DOT) dots++;
		else if (code === DOT || (!isWord(code) && code !== HYPHEN)) return false;
		last = code;
	}
	return dots > 0 && last !== DOT;
}

const FEWEST_DIGITS = 3;
/** A number of a telephone has no more in the whole world. */
const MOST_DIGITS = 15;

/** One number of a telephone with the marks that people write between its digits. */
export function isPlainPhone(text: string): boolean {
	const { length } = text;
	let digits = 0;
	let hasPoint = false;
	let last = HYPHEN;
	for (let at = 0; at < length; at++) {
		const code = text.charCodeAt(at);
		if (isDigit(code)) digits++;
		else if (code === DOT) hasPoint = true;
		else if (code === PLUS ? at > 0 : code === SPACE ? last === SPACE : !isBracketOrHyphen(code))
			return false;
		last = code;
	}
	const first = text.charCodeAt(0);
	if (first === SPACE || first === HYPHEN || !isDigit(last)) return false;
	return digits >= FEWEST_DIGITS && digits <= MOST_DIGITS && !(last === ZERO && hasPoint);
}

const isBracketOrHyphen = (code: number): boolean =>
	code === 0x28 || code === 0x29 || code === HYPHEN;

/** More digits are not kept by every number. */
const KEPT_DIGITS = 15;

/** A whole number in its digits. */
export function isPlainNumber(text: string): boolean {
	const { length } = text;
	if (length === 0 || length > KEPT_DIGITS) return false;
	for (let at = 0; at < length; at++) if (!isDigit(text.charCodeAt(at))) return false;
	return true;
}
