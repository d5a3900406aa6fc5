import { invalid, Problem } from './problem';

const NOT_A_NUMBER = invalid('is not a number. Use digits, for example 1250.5.');
const TWO_READINGS = invalid(
	'can be read as two different numbers: its point or comma may stand before decimals or thousands. Write it as 1250 or 1250.00.',
);

const TOO_MANY_DIGITS = invalid(
	'has more digits than a number keeps, so the last ones are lost. Give it as text.',
);
const NOT_WHOLE = invalid('is not a whole number. Write its digits only, for example 1042.');
/** Written as a whole number, and nothing else; spreadsheets put `.0` behind one. */
const WHOLE = /^[+-]?\d{1,16}(?:[.,]0{1,4})?$/;

const WITH_DECIMALS = invalid('is not a whole number. Remove the decimals.');
const FRACTION = /^[+-]?\d{1,16}[.,]\d{1,16}$/;

/** No number is longer; texts of any length are not looked through. */
const LONGEST = 60;
const PLAIN = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
/** Spaces and apostrophes only ever separate thousands. */
const CLEAR_GROUPS = /^[+-]?\d{1,3}(?:[\s'’]\d{3})+(?=[.,]|$)/;
/** One mark and three digits: `1.250` is 1250 here and one and a quarter there. A leading zero rules thousands out. */
const EITHER = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;
const COMMA_DECIMALS = /^[+-]?\d+,\d+$/;
const POINTS_THEN_COMMA = /^[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/;
const COMMAS_THEN_POINT = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;

/** The number a text means, with decimal point or comma; refused where it could be two numbers. */
function numberFromText(text: string, decimal: DecimalMark | undefined): number | Problem {
	if (text.length > LONGEST) return NOT_A_NUMBER;
	const groups = CLEAR_GROUPS.exec(text);
	const held =
		groups === null ? text : groups[0].replace(/[\s'’]/g, '') + text.slice(groups[0].length);
	if (groups === null && EITHER.test(held)) {
		if (decimal === undefined) return TWO_READINGS;
		return Number(held.includes(decimal) ? held.replace(',', '.') : held.replace(/[.,]/, ''));
	}
	if (PLAIN.test(held)) return Number(held);
	if (COMMA_DECIMALS.test(held)) return Number(held.replace(',', '.'));
	if (POINTS_THEN_COMMA.test(held)) return Number(held.replaceAll('.', '').replace(',', '.'));
	if (COMMAS_THEN_POINT.test(held)) return Number(held.replaceAll(',', ''));
	return NOT_A_NUMBER;
}

/** What a column has before its decimals. */
export type DecimalMark = '.' | ',';

/** The mark before decimals in a text that leaves no doubt about it: `1.250,50`, `1,250.50`, `12,5`. */
export function decimalMarkIn(text: string): DecimalMark | undefined {
	const bare = withoutCurrency(text.trim());
	if (bare.length > LONGEST || EITHER.test(bare)) return undefined;
	if (COMMA_DECIMALS.test(bare) || /^[+-]?\d{1,3}(?:\.\d{3})+,\d+$/.test(bare)) return ',';
	if (/^[+-]?\d{1,3}(?:\.\d{3}){2,}$/.test(bare)) return ',';
	if (/^[+-]?\d{1,3}(?:,\d{3})+\.\d+$/.test(bare)) return '.';
	if (/^[+-]?\d{1,3}(?:,\d{3}){2,}$/.test(bare)) return '.';
	return /^[+-]?\d+\.\d+$/.test(bare) ? '.' : undefined;
}

/** The mark in a text whose mark may stand before decimals or thousands: `1.250`. */
export function eitherMarkIn(text: string): DecimalMark | undefined {
	const bare = withoutCurrency(text.trim());
	if (bare.length > LONGEST || !EITHER.test(bare)) return undefined;
	return bare.includes('.') ? '.' : ',';
}

/** Those that amounts in lists of people are written with; any three letters before digits may be an ID. */
const SIGNS =
	'[$€£¥₹]|(?:US|CA|A|R)\\$|USD|EUR|GBP|CHF|CAD|AUD|NZD|JPY|INR|BRL|MXN|ARS|CLP|COP|SEK|NOK|DKK|PLN|CZK|HUF|RON|ZAR|SGD|HKD|CNY|TRY|AED|MAD|kr\\.?|Fr\\.?';
const CURRENCY = new RegExp(`^(?:${SIGNS})\\s?(?=[\\d+-])|(?<=\\d)\\s?(?:${SIGNS})$`, 'g');

/** Without the sign or code of a currency at one end. */
export const withoutCurrency = (text: string): string =>
	text.length > LONGEST ? text : text.replace(CURRENCY, '');

export function numberOf(raw: unknown, decimal?: DecimalMark): number | Problem {
	const value = typeof raw === 'string' ? numberFromText(raw.trim(), decimal) : raw;
	if (value instanceof Problem) return value;
	if (typeof value !== 'number' || !Number.isFinite(value)) return NOT_A_NUMBER;
	return Number.isInteger(value) && !Number.isSafeInteger(value) ? TOO_MANY_DIGITS : value;
}

/** A whole number that names a record: `12e3` and `1,042` are none, though each could be read as one. */
export function wholeNumberOf(raw: unknown): number | Problem {
	if (typeof raw !== 'string') return numberOf(raw);
	const text = raw.trim();
	if (!WHOLE.test(text)) return FRACTION.test(text) ? WITH_DECIMALS : NOT_WHOLE;
	return numberOf(Number(text.replace(',', '.')));
}

/** Of signs that several currencies have, the one they are most used for. */
const CURRENCY_OF: ReadonlyMap<string, string> = new Map([
	...[['$', 'USD'] as const, ['US$', 'USD'] as const, ['€', 'EUR'] as const],
	...[['£', 'GBP'] as const, ['¥', 'JPY'] as const, ['₹', 'INR'] as const],
]);

/** The currency an amount is in, where it says so. */
export function currencyIn(text: string): string | undefined {
	if (text.length > LONGEST) return undefined;
	const sign = text.trim().match(CURRENCY)?.[0].trim();
	return sign === undefined ? undefined : (CURRENCY_OF.get(sign) ?? sign);
}
