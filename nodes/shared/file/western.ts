/*
 * A byte beyond ASCII says nothing about its encoding: `ø` of Windows-1252 is `ř` of Windows-1250, and all of either's bytes are in both.
 * What tells is whether the words can be words of a language that Windows-1252 was made for.
 */

/** Letters beyond ASCII that stand together in words of one language. */
const ALPHABETS = [
	'àâçèéêëîïôöùûüÿœ', // French
	'äöüßéèàç', // German, Swiss and Luxembourg names
	'áéíóúüñ', // Spanish, Irish, Galician
	'áâãàçéêíóôõúü', // Portuguese
	'àáèéìíîòóùú', // Italian
	'àçèéíïòóúü', // Catalan
	'åäöéü', // Swedish, Finnish
	'æøåéöäôòóêü', // Danish, Norwegian
	'áðéíóúýþæö', // Icelandic
	'áâàäéèêëíïóôöúûü', // Dutch, Afrikaans, Welsh
	'äöüõšž', // Estonian
	'áéíóúýäôčďšž', // Czech and Slovak letters that both encodings have at the same place
].map((letters) => new Set(letters));

/** Punctuation and signs that stand beside letters in any text. */
const BESIDE_LETTERS = /[\u00a0\u00ad«»·´‘’“”–—…€©®™]/g;
const WORDS = /[A-Za-z\u0080-\uffff]+/g;
const BEYOND_ASCII = /[\u0080-\uffff]/;
const SIGN = /[^\p{L}]/u;
/** M.ª for María, 1.º for the first. */
const ORDINAL = /[ªº]$/;
/** Square metres, degrees, currencies and micro alone. */
const MEASURE = /^(?:[A-Za-z]{0,2}[²³]|°[CFcf]?|[£¥¢¤§¶µ±×÷¬¦¨¯¸¹¼½¾¡¿•†‡‰ƒ]+|[µ£¥][A-Za-z]{0,3})$/;
const QUESTION = /^[¿¡]\p{L}+$/u;

/** Where a letter stands in no word of the languages that have it, but often in those whose letter has its place. */
const MISPLACED = new RegExp(
	[
		'ñ(?![aeiouáéíóúü]|$)',
		'ã(?![oe]|s?$)',
		'è(?=[aeiouáéíóú])',
		'ì(?!$)',
		'(?<!^o)ù(?!$)',
		'œ(?![udits])',
		'iæ$',
	].join('|'),
	'u',
);
const CAPITAL_INSIDE = /\p{Ll}(?![A-Z])\p{Lu}|\p{L}(?![A-Z])\p{Lu}\p{Ll}/u;
const MANY_IN_A_ROW = /[\u0080-\uffff]{3}/;
/** Words of Latin letters are mostly ASCII; `Réélé` has three of five. */
const MOSTLY_BEYOND = 0.6;

function isWesternWord(word: string): boolean {
	if (SIGN.test(word)) return MEASURE.test(word);
	const lower = word.toLowerCase();
	const special = [...lower].filter((letter) => BEYOND_ASCII.test(letter));
	if (word.length > 3 && special.length > word.length * MOSTLY_BEYOND) return false;
	if (MANY_IN_A_ROW.test(word) || CAPITAL_INSIDE.test(word) || MISPLACED.test(lower)) return false;
	return ALPHABETS.some((alphabet) => special.every((letter) => alphabet.has(letter)));
}

/** Words of the file so far, for what shows only in several. */
export class WesternText {
	private readonly letters = new Set<string>();

	/** @returns false when something in `text`, or in it and what came before, speaks against Windows-1252. */
	accepts(text: string): boolean {
		const words = text.replace(BESIDE_LETTERS, ' ').match(WORDS) ?? [];
		for (const word of new Set(words)) {
			if (!BEYOND_ASCII.test(word)) continue;
			const asked = QUESTION.test(word) && /[?!]/.test(text) ? word.slice(1) : word;
			const plain = asked.replace(ORDINAL, '');
			if (!isWesternWord(plain)) return false;
			for (const letter of plain.toLowerCase()) this.letters.add(letter);
			// Portuguese has it before e, s or at the end of a word; elsewhere it is Estonian or, with accents, Hungarian.
			if (/õ(?![es]|$)/i.test(plain)) this.letters.add('õ-');
		}
		const has = (letters: string): boolean => [...letters].some((one) => this.letters.has(one));
		if (this.letters.has('õ-') && has('áéíóúû')) return false;
		// Icelandic letters stand where Turkish and Baltic ones do, whose texts have others beside them.
		return !has('ðþý') || (has('áéíóúæ') && !has('çüñêâîë'));
	}
}
