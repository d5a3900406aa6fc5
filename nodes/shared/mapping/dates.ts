import { monthNamed } from './months';
import { invalid, Problem } from './problem';
import type { DateMark, DateOrder, DateOrders } from './types';

const NOT_A_DATE = invalid('is not a date. Use the form YYYY-MM-DD, for example 2026-03-31.');
const NO_SUCH_DAY = invalid(
	'is a day that does not exist. Use the form YYYY-MM-DD, for example 2026-03-31.',
);
const SHORT_YEAR = invalid(
	'has a year of two digits. Write the year with four digits, for example 2026-03-31.',
);
const OTHER_ORDER = invalid(
	'does not fit the chosen "Date Order". Write it as YYYY-MM-DD, or choose the other order.',
);
const AMBIGUOUS = new Problem(
	'AMBIGUOUS_DATE',
	'can be read as two different days. Write it as YYYY-MM-DD, or choose a "Date Order".',
);
/** Stands where a system wants a date and there is none. */
export const DATES_OF_NOBODY = invalid(
	'is a date that stands for none (like 9999-12-31 or 1900-01-01). Leave the cell empty, or enter the date.',
);
/** Of nobody who is in a list. */
export const TOO_EARLY = invalid(
	'is a day before the year 1900. Write the year with four digits, for example 2026-03-31.',
);
/** The first year that somebody may have been born in. */
export const FIRST_YEAR = '1900';
/** Years of two digits become years to come. */
export const NOT_BORN = invalid(
	'is a day of birth that is still to come. Write the year with four digits.',
);
const NOT_AN_INSTANT = invalid('is not a date with time. Use the form 2026-03-31T09:00:00Z.');

const MONTH_LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function dayExists(year: number, month: number, day: number): boolean {
	if (year < 1 || month < 1 || month > 12 || day < 1 || day > MONTH_LENGTHS[month - 1])
		return false;
	const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	return month !== 2 || day < 29 || leap;
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

const dayText = (year: number, month: number, day: number): string | Problem =>
	dayExists(year, month, day) ? `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` : NO_SUCH_DAY;

/**
 * Days since the end of 1899, as spreadsheets count (day 60, their 29 February 1900, never existed). From 1 January 1920, so
 * that a year alone (2026) is no date, to the end of 2099.
 */
const SERIAL = { first: 7306, last: 73050, unixEpoch: 25569 };

export const DAY_MS = 86_400_000;

const isSerial = (value: number): boolean => value >= SERIAL.first && value < SERIAL.last + 1;

/** What luxon's DateTime shows of itself; n8n's `$now` is one, of n8n's own copy of luxon. */
interface DateTimeLike {
	isLuxonDateTime: true;
	isValid: boolean;
	year: number;
	month: number;
	day: number;
	toISO(): string | null;
}

export const isDateTime = (value: unknown): value is DateTimeLike =>
	typeof value === 'object' && value !== null && 'isLuxonDateTime' in value;

/** By what it is, not by its class: values come from other realms too. */
export const isDate = (value: unknown): value is Date =>
	Object.prototype.toString.call(value) === '[object Date]';

const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
/** Year, month and day; the two separators are the same. */
const YEAR_FIRST = /^(\d{4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})$/;
/** As Chinese and Japanese write it; the years of emperors begin with another letter. */
const IN_CHARACTERS = /^(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日$/;
/** Its first eight digits can be no day-first date: the month would be 19 or 20. */
const COMPACT = /^((?:19|20)\d{2})(\d{2})(\d{2})$/;
/** Everything from the time of day on, a zone included. */
const TIME =
	/(?:T|,?\s{1,20})(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,20}))?)?(?:\s{0,20}([ap])\.?\s?m\.?)?\s{0,20}(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;

/** What stands between day, month and year in words. */
const FILLERS: ReadonlySet<string> = new Set(['de', 'del', 'of', 'the', 'do', 'van']);
const DAY_WORD = /^(\d{1,2})(?:st|nd|rd|th|er|re|e|o|º|ª|°)?$/i;

/**
 * The calendar date people mean, as `YYYY-MM-DD`. Takes ISO dates (a time behind it is cut off as text, never through a
 * zone), `31.12.2026`, `31/12/2026`, `12/31/2026`, `2026/12/31`, `20261231`, `3 mars 2026`, `March 3, 2026`, serial numbers
 * of spreadsheets, and Date and luxon DateTime objects by the calendar of their own zone.
 */
export function dateOf(value: unknown, order?: DateOrders): string | Problem {
	if (typeof value === 'string') return dateFromText(value.trim(), order);
	if (typeof value === 'number')
		return isSerial(value) ? dayOfMs((Math.floor(value) - SERIAL.unixEpoch) * DAY_MS) : NOT_A_DATE;
	if (isDateTime(value))
		return value.isValid ? dayText(value.year, value.month, value.day) : NOT_A_DATE;
	if (isDate(value))
		return Number.isNaN(value.getTime())
			? NOT_A_DATE
			: dayText(value.getFullYear(), value.getMonth() + 1, value.getDate());
	return NOT_A_DATE;
}

/** The UTC day of an instant. */
export const dayOfMs = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** No date in words is longer; texts of any length are not looked through. */
const LONGEST = 60;

function dateFromText(text: string, order: DateOrders | undefined): string | Problem {
	if (text.length > LONGEST) return NOT_A_DATE;
	const iso = ISO_DAY.exec(text);
	if (iso !== null) return dayExists(+iso[1], +iso[2], +iso[3]) ? text : NO_SUCH_DAY;
	const zoned = ZONED_DAY.exec(text);
	if (zoned !== null) return dateFromText(zoned[1], order);
	const ticks = TICKS.exec(text);
	if (ticks !== null) return dayOfTicks(ticks);
	return writtenDate(text.replace(TIME, ''), order);
}

/** The day of Workday with its zone, `2018-05-07-07:00`: the day is what it says. */
const ZONED_DAY = /^(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})$/;
/** Milliseconds since 1970 of OData, `/Date(1525651200000)/`, perhaps with a zone behind them. */
const TICKS = /^\/Date\((-?\d{1,15})([+-]\d{4})?\)\/$/;

/** A moment that is no midnight is a day only with its zone. */
function dayOfTicks([, ms, zone]: RegExpExecArray): string | Problem {
	const minutes = zone === undefined ? 0 : +zone.slice(0, 3) * 60 + +`${zone[0]}${zone.slice(3)}`;
	const local = +ms + minutes * 60_000;
	if (zone === undefined && local % DAY_MS !== 0) return NOT_A_DATE;
	return Number.isFinite(new Date(local).getTime()) ? dayOfMs(local) : NOT_A_DATE;
}

const ZERO_DAY = /^0{1,4}[-/.]0{1,2}[-/.]0{1,4}(?:[T ][0:.]*Z?)?$/;
/** Nobody begins, ends or is born then; databases and spreadsheets begin there. */
const FIRST_DAYS: ReadonlySet<string> = new Set([
	...['0001-01-01', '1753-01-01', '1899-12-30', '1899-12-31', '1900-01-00', '1900-01-01'],
]);
/** From here on a year only says that there is no end. */
const LAST_YEAR = '2200';

/** Whether a day as `YYYY-MM-DD` is one that systems enter where there is none. */
export const isDayOfNobody = (day: string): boolean =>
	FIRST_DAYS.has(day.slice(0, 10)) || day.slice(0, 4) >= LAST_YEAR;

/** Whether a text is a day as `YYYY-MM-DD`, and none of those: most dates of a list are read by this alone. */
export function isCommonDay(text: string): boolean {
	if (text.length !== 10) return false;
	const year = digitsAt(text, 0) * 100 + digitsAt(text, 2);
	if (!(year > 1900 && year < 2200) || text[4] !== '-' || text[7] !== '-') return false;
	return dayExists(year, digitsAt(text, 5), digitsAt(text, 8));
}

/** The number of two digits at a place; where there are none, less than any year, month or day. */
function digitsAt(text: string, at: number): number {
	const tens = text.charCodeAt(at) - 0x30;
	const ones = text.charCodeAt(at + 1) - 0x30;
	return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -Infinity;
}

export function meansNoDate(text: string): boolean {
	if (ZERO_DAY.test(text)) return true;
	const day = dateFromText(text, undefined);
	return !(day instanceof Problem) && isDayOfNobody(day);
}

function writtenDate(text: string, order: DateOrders | undefined): string | Problem {
	const yearFirst = YEAR_FIRST.exec(text);
	if (yearFirst !== null) return dayText(+yearFirst[1], +yearFirst[3], +yearFirst[4]);
	const inCharacters = IN_CHARACTERS.exec(text);
	if (inCharacters !== null) return dayText(+inCharacters[1], +inCharacters[2], +inCharacters[3]);
	const compact = COMPACT.exec(text);
	if (compact !== null) return dayText(+compact[1], +compact[2], +compact[3]);
	const yearLast = YEAR_LAST.exec(text);
	if (yearLast !== null) {
		const ordered = typeof order === 'object' ? order.get(yearLast[2] as DateMark) : order;
		return dayMonthYear(+yearLast[1], +yearLast[3], yearLast[4], ordered);
	}
	return dateInWords(text);
}

function dayMonthYear(
	first: number,
	second: number,
	yearText: string,
	order: DateOrder | undefined,
): string | Problem {
	if (yearText.length < 4) return SHORT_YEAR;
	const year = +yearText;
	const dayFirst = dayExists(year, second, first);
	const monthFirst = dayExists(year, first, second);
	if (!dayFirst && !monthFirst) return NO_SUCH_DAY;
	// A date that contradicts the user's order says that the order is wrong, and the ambiguous ones with it.
	if (order === 'dayFirst') return dayFirst ? dayText(year, second, first) : OTHER_ORDER;
	if (order === 'monthFirst') return monthFirst ? dayText(year, first, second) : OTHER_ORDER;
	if (dayFirst && monthFirst && first !== second) return AMBIGUOUS;
	return dayFirst ? dayText(year, second, first) : dayText(year, first, second);
}

type Evidence = { mark: DateMark } & ({ order: DateOrder | 'either' } | { ruledOut: DateOrder });

/**
 * Which part stands first in a date of three numbers, as it shows or either, and the mark between them. A year of two digits
 * may stand first as well: where it may, the date says only which order it has not.
 */
export function orderIn(text: string): Evidence | undefined {
	if (text.length > LONGEST) return undefined;
	const parts = YEAR_LAST.exec(text.replace(TIME, ''));
	if (parts === null) return undefined;
	const [first, second, year] = [+parts[1], +parts[3], +parts[4]];
	const mark = parts[2] as DateMark;
	const isShort = parts[4].length < 4;
	// Of this century as of the last one, but for one 29 February.
	const dayFirst = dayExists(isShort ? 2000 + year : year, second, first);
	const monthFirst = dayExists(isShort ? 2000 + year : year, first, second);
	if (!dayFirst && !monthFirst) return undefined;
	if (dayFirst && monthFirst)
		return first === second || isShort ? undefined : { mark, order: 'either' };
	if (isShort && dayExists(2000 + first, second, year))
		return { mark, ruledOut: dayFirst ? 'monthFirst' : 'dayFirst' };
	return { mark, order: dayFirst ? 'dayFirst' : 'monthFirst' };
}

/** A day, a month by name and a year of four digits, in any order. */
function dateInWords(text: string): string | Problem {
	let day: number | undefined;
	let month: number | undefined;
	let year: number | undefined;
	for (const word of text.split(/[\s,.\-/]+/)) {
		if (word === '' || FILLERS.has(word.toLowerCase())) continue;
		const named = monthNamed(word);
		const numbered = DAY_WORD.exec(word);
		if (named !== undefined && month === undefined) month = named;
		else if (/^\d{4}$/.test(word) && year === undefined) year = +word;
		else if (numbered !== null && day === undefined) day = +numbered[1];
		else if (numbered !== null && month !== undefined && year === undefined) return SHORT_YEAR;
		else return NOT_A_DATE;
	}
	if (day === undefined || month === undefined || year === undefined) return NOT_A_DATE;
	return dayText(year, month, day);
}

const ISO_INSTANT =
	/^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(:(\d{2})(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/** Seconds and milliseconds since 1970 of any time between 1973 and 2100; the two ranges do not meet. */
const EPOCH_SECONDS = { first: 1e8, last: 4.2e9 };

function instantOfNumber(value: number): string | Problem {
	if (isSerial(value)) return instantOfMs(Math.round((value - SERIAL.unixEpoch) * DAY_MS));
	if (value >= EPOCH_SECONDS.first && value < EPOCH_SECONDS.last) return instantOfMs(value * 1000);
	const inMs = value >= EPOCH_SECONDS.first * 1000 && value < EPOCH_SECONDS.last * 1000;
	return inMs ? instantOfMs(value) : NOT_AN_INSTANT;
}

/** Without a fraction where there is none. */
export const instantOfMs = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

/**
 * The instant people mean, as ISO 8601 with offset. Takes what `dateOf` takes with a time behind it, and seconds or
 * milliseconds since 1970. A time without a zone is taken as UTC, a date alone as its first moment.
 */
export function instantOf(value: unknown, order?: DateOrders): string | Problem {
	if (typeof value === 'string') return instantFromText(value.trim(), order);
	if (typeof value === 'number') return instantOfNumber(value);
	if (isDateTime(value)) return (value.isValid && value.toISO()) || NOT_AN_INSTANT;
	if (isDate(value))
		return Number.isNaN(value.getTime()) ? NOT_AN_INSTANT : instantOfMs(value.getTime());
	return NOT_AN_INSTANT;
}

function instantFromText(text: string, order: DateOrders | undefined): string | Problem {
	if (text.length > LONGEST) return NOT_AN_INSTANT;
	const ticks = TICKS.exec(text);
	if (ticks !== null && Math.abs(+ticks[1]) < 8.64e15) return instantOfMs(+ticks[1]);
	const iso = ISO_INSTANT.exec(text);
	if (iso !== null) {
		const [, year, month, day, hour, minute, tail = '', second = '0', , zone = 'Z'] = iso;
		if (!dayExists(+year, +month, +day)) return NO_SUCH_DAY;
		if (!timeExists(+hour, +minute, +second)) return NOT_AN_INSTANT;
		return `${year}-${month}-${day}T${hour}:${minute}${tail}${offset(zone)}`;
	}
	if (/^\d{10}(\d{3})?$/.test(text)) return instantOfNumber(Number(text));
	const time = TIME.exec(text);
	const day = writtenDate(time === null ? text : text.slice(0, time.index), order);
	if (day instanceof Problem) return day === NOT_A_DATE ? NOT_AN_INSTANT : day;
	if (time === null) return `${day}T00:00:00Z`;
	const [, hour, minute, second = '00', , half, zone = 'Z'] = time;
	const hours = half === undefined ? +hour : twelveHours(+hour, half.toLowerCase());
	if (!timeExists(hours, +minute, +second)) return NOT_AN_INSTANT;
	return `${day}T${pad(hours, 2)}:${minute}:${second}${offset(zone)}`;
}

const timeExists = (hour: number, minute: number, second: number): boolean =>
	hour < 24 && minute < 60 && second < 60;

/** 24 where there is no such hour. */
const twelveHours = (hour: number, half: string): number =>
	hour < 1 || hour > 12 ? 24 : (hour % 12) + (half === 'p' ? 12 : 0);

/** `Z`, `UTC`, `+0200` and `+02:00`, as ISO 8601 writes them. */
const offset = (zone: string): string =>
	/^[a-z]/i.test(zone) ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
