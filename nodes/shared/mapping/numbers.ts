import { invalid, Problem } from './problem';

const NOT_A_NUMBER = invalid('is not a number. Use digits, for example 1250.5.');
const TWO_READINGS = invalid(
	'can be read as two different numbers: its point or comma may stand before decimals or thousands. Write it as 1250 or 1250.00.',
);

const PLAIN = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
/** Spaces and apostrophes only ever separate thousands. */
const CLEAR_GROUPS = /^[+-]?\d{1,3}(?:[\s'’]\d{3})+(?=[.,]|$)/;
/** One mark and three digits: `1.250` is 1250 here and one and a quarter there. A leading zero rules thousands out. */
const EITHER = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;
const COMMA_DECIMALS = /^[+-]?\d+,\d+$/;
const POINTS_THEN_COMMA = /^[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/;
const COMMAS_THEN_POINT = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;

/** The number a text means, with decimal point or comma; refused where it could be two numbers. */
function numberFromText(text: string): number | Problem {
	const groups = CLEAR_GROUPS.exec(text);
	const held =
		groups === null ? text : groups[0].replace(/[\s'’]/g, '') + text.slice(groups[0].length);
	if (groups === null && EITHER.test(held)) return TWO_READINGS;
	if (PLAIN.test(held)) return Number(held);
	if (COMMA_DECIMALS.test(held)) return Number(held.replace(',', '.'));
	if (POINTS_THEN_COMMA.test(held)) return Number(held.replaceAll('.', '').replace(',', '.'));
	if (COMMAS_THEN_POINT.test(held)) return Number(held.replaceAll(',', ''));
	return NOT_A_NUMBER;
}

export function numberOf(raw: unknown): number | Problem {
	const value = typeof raw === 'string' ? numberFromText(raw.trim()) : raw;
	if (value instanceof Problem) return value;
	return typeof value === 'number' && Number.isFinite(value) ? value : NOT_A_NUMBER;
}
