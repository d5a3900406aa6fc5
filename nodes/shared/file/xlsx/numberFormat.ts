import { dateText, NO_DATE, type Shown } from './serial';

/** A number as the sheet shows it, where that is data; else the number. */
export type Show = (value: number) => string | number | typeof NO_DATE;

/** One part of a format code. */
type Token =
	| { is: 'literal'; text: string }
	| { is: 'date'; letter: string; elapsed?: boolean }
	/** `0`, `#` or `?`. */
	| { is: 'digit'; zero: boolean }
	/** The decimal point and the digits behind it, thousands, exponents, fractions: how a quantity is written. */
	| { is: 'quantity' }
	| { is: 'percent' }
	| { is: 'general' }
	| { is: 'text' };

interface Section {
	tokens: readonly Token[];
	applies?: (value: number) => boolean;
}

const CONDITION = /^\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]$/;
const ELAPSED = /^\[(h+|m+|s+)\]$/i;
const PIECES =
	/"([^"]*)"?|\\([^])|[_*][^]|(\[[^\]]{0,100}\])|(general)|(am\/pm|a\/p)|(e[+-]0*)|(s+\.0+|y+|d+|h+|m+|s+|e+|b+|g+)|([0#?])|([.,/])|(%)|(@)|([^])/gi;

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
	'<': (a, b) => a < b,
	'<=': (a, b) => a <= b,
	'>': (a, b) => a > b,
	'>=': (a, b) => a >= b,
	'=': (a, b) => a === b,
	'<>': (a, b) => a !== b,
};

function sectionsOf(code: string): Section[] {
	const sections: Array<{ tokens: Token[]; applies?: Section['applies'] }> = [{ tokens: [] }];
	for (const piece of code.matchAll(PIECES)) {
		const [whole, quoted, escaped, bracket, general, half, exponent, date, digit, quantity] = piece;
		const section = sections[sections.length - 1];
		const { tokens } = section;
		if (whole === ';') sections.push({ tokens: [] });
		else if (quoted !== undefined || escaped !== undefined)
			tokens.push({ is: 'literal', text: quoted ?? escaped });
		else if (bracket !== undefined) {
			const condition = CONDITION.exec(bracket);
			const elapsed = ELAPSED.exec(bracket);
			if (elapsed !== null) tokens.push({ is: 'date', letter: elapsed[1], elapsed: true });
			if (condition !== null)
				section.applies = (value) => COMPARE[condition[1]](value, Number(condition[2]));
		} else if (general !== undefined) tokens.push({ is: 'general' });
		else if (half !== undefined || date !== undefined)
			tokens.push({ is: 'date', letter: half ?? date });
		else if (digit !== undefined) tokens.push({ is: 'digit', zero: digit === '0' });
		else if (exponent !== undefined || quantity !== undefined) tokens.push({ is: 'quantity' });
		else if (whole === '%') tokens.push({ is: 'percent' });
		else if (whole === '@') tokens.push({ is: 'text' });
		else if (!/^[_*]/.test(whole)) tokens.push({ is: 'literal', text: whole });
	}
	return sections;
}

/** Signs of money are how a quantity is written, not part of it. */
const MONEY =
	/^\s*(?:\p{Sc}|(?:EUR|USD|GBP|CHF|CAD|AUD|JPY|CNY|INR|SEK|NOK|DKK|PLN|CZK|HUF|RON|BRL|MXN|ZAR|TRY)|kr\.?|zł|Kč|Ft|lei|Fr\.?|R\$)\s*$/u;

/** What the section makes of a number that is not negative. */
function showOf({ tokens }: Section, date1904: boolean): Show {
	const has = (is: Token['is']) => tokens.some((token) => token.is === is);
	if (has('date')) {
		const shown = shownOf(tokens);
		return (value) => dateText(value, date1904, shown);
	}
	if (has('percent')) return (value) => `${plainNumber(value * 100)}%`;
	if (has('quantity')) return (value) => value;
	if (has('general'))
		return tellingOf(tokens) === ''
			? (value) => value
			: (value) => written(tokens, String(plainNumber(value)));
	const places = tokens.filter((token) => token.is === 'digit');
	if (places.length === 0) return wordsOf(tokens);
	// One zero is what every number shows; two pad it, and what stands among the digits or around them is part of an ID or phone.
	const padded = places.filter(({ zero }) => zero).length > 1;
	if (!padded && tellingOf(tokens) === '') return (value) => value;
	return (value) => (Number.isSafeInteger(value) ? masked(tokens, value, places.length) : value);
}

/** What a section writes beside the number that is not just how quantities are written: money, a minus, the brackets of losses. */
function tellingOf(tokens: readonly Token[]): string {
	const isPlace = ({ is }: Token) => is === 'digit' || is === 'general';
	const first = tokens.findIndex(isPlace);
	const last = tokens.findLastIndex(isPlace);
	return tokens
		.map((token, at) => {
			if (token.is !== 'literal' || MONEY.test(token.text)) return '';
			return at > first && at < last ? token.text : token.text.replace(/[-()\s]/g, '');
		})
		.join('');
}

/** A section without a place for the number: nothing, words that stand for it (`Yes`), or a mark for zero (`-`). */
function wordsOf(tokens: readonly Token[]): Show {
	if (tokens.length === 0) return () => '';
	const words = written(tokens, '');
	return /[\p{L}\p{N}]/u.test(words) ? () => words : (value) => value;
}

/** Puts the digits of an ID, a phone or postal number where the format has places for them. */
function masked(tokens: readonly Token[], value: number, places: number): string {
	const digits = String(value);
	let used = Math.max(0, digits.length - places);
	let shown = '';
	let place = 0;
	for (const token of tokens) {
		if (token.is === 'literal') shown += token.text;
		if (token.is !== 'digit') continue;
		if (place === 0) shown += digits.slice(0, used);
		const empty = places - place > digits.length;
		if (!empty) shown += digits[used++];
		// A zero alone shows nothing under `#`.
		else if (token.zero) shown += '0';
		place++;
	}
	return shown;
}

const written = (tokens: readonly Token[], number: string): string =>
	tokens
		.map((token) => (token.is === 'literal' ? token.text : token.is === 'general' ? number : ''))
		.join('');

/** `m` is the minute beside an hour or a second, the month elsewhere. */
function shownOf(tokens: readonly Token[]): Shown {
	const dates = tokens.flatMap((token) => (token.is === 'date' ? [token] : []));
	let date = false;
	let time = false;
	let decimals = 0;
	dates.forEach(({ letter, elapsed }, at) => {
		const kind = letter[0].toLowerCase();
		const hourBefore = /^h/i.test(dates[at - 1]?.letter ?? '');
		const secondBehind = /^s/i.test(dates[at + 1]?.letter ?? '');
		const minute = kind === 'm' && letter.length < 3 && (elapsed || hourBefore || secondBehind);
		if (kind === 'h' || kind === 's' || kind === 'a' || minute) time = true;
		else date = true;
		decimals = Math.max(decimals, letter.split('.')[1]?.length ?? 0);
	});
	return { date, time, decimals, elapsed: dates.some((token) => token.elapsed) };
}

/** Spreadsheets keep 15 digits; what is behind them is the error of counting in twos. */
export const plainNumber = (value: number): number => Number(value.toPrecision(15));

/** Codes of formats that files name by number only. */
const BUILT_IN: Readonly<Record<number, string>> = {
	9: '0%',
	10: '0.00%',
	14: 'yyyy-mm-dd',
	15: 'yyyy-mm-dd',
	16: 'yyyy-mm-dd',
	17: 'yyyy-mm-dd',
	18: 'h:mm',
	19: 'h:mm:ss',
	20: 'h:mm',
	21: 'h:mm:ss',
	22: 'yyyy-mm-dd h:mm',
	45: 'mm:ss',
	46: '[h]:mm:ss',
	47: 'mm:ss.0',
	49: '@',
};
/** Dates of Chinese, Japanese and Korean programs; the numbers of times among them differ by language. */
const EAST_ASIAN = [
	[27, 36],
	[50, 58],
] as const;

export function builtInCode(id: number): string {
	const eastAsian = EAST_ASIAN.some(([first, last]) => id >= first && id <= last);
	return eastAsian ? 'yyyy-mm-dd h:mm:ss' : (BUILT_IN[id] ?? 'General');
}

export interface Format {
	/** Undefined: the number as it is. */
	number?: Show;
	/** What a text is shown as; undefined: as it is. */
	text?: (text: string) => string;
}

/** What a format code makes of the numbers and texts of its cells. */
export function formatOf(code: string, date1904: boolean): Format {
	if (/^general$/i.test(code)) return {};
	const all = sectionsOf(code);
	const texts = all.find(({ tokens }) => tokens.some(({ is }) => is === 'text'));
	const numbers = all.filter((section) => section !== texts).slice(0, 3);
	const format: Format = {};
	if (numbers.length > 0) format.number = numberShow(numbers, date1904);
	const suffix = texts?.tokens.some((token) => token.is === 'literal' && token.text.trim() !== '');
	if (texts !== undefined && suffix)
		format.text = (text) =>
			texts.tokens
				.map((token) => (token.is === 'literal' ? token.text : token.is === 'text' ? text : ''))
				.join('');
	return format;
}

/** Chooses the section for a number: by condition, else by sign. */
function numberShow(sections: readonly Section[], date1904: boolean): Show {
	const shows = sections.map((section) => showOf(section, date1904));
	const conditional = sections.some(({ applies }) => applies !== undefined);
	const signed: Show = (value) => {
		const shown = shows[0](Math.abs(value));
		return typeof shown === 'number' ? value : typeof shown === 'string' ? `-${shown}` : shown;
	};
	const isDate = sections[0].tokens.some(({ is }) => is === 'date');
	return (value) => {
		let at = sections.findIndex(({ applies }) => applies?.(value));
		if (at < 0) {
			if (conditional) at = sections.findIndex(({ applies }) => applies === undefined);
			else if (value < 0 && shows.length > 1) at = 1;
			else if (value === 0 && shows.length > 2) at = 2;
			else at = 0;
		}
		if (at < 0) return value;
		if (value >= 0) return shows[at](value);
		if (isDate) return NO_DATE;
		if (at === 0 && !conditional) return signed(value);
		const shown = shows[at](Math.abs(value));
		return typeof shown === 'number' ? value : shown;
	};
}
