/** What a date cell cannot show; a sheet shows #### for it. */
export const NO_DATE = Symbol('no date');

const DAY_SECONDS = 86_400;
/** Days from the first day of 1904 back to the one called 0 in the other system. */
const DAYS_BEFORE_1904 = 1462;
/** 31 December 9999. */
const LAST_DAY = 2_958_465;
/** A day that never was: spreadsheets count 1900 as a leap year. Days before it are one off. */
const LEAP_DAY = 60;
/** 30 December 1899, in days before 1970. */
const EPOCH_DAYS = 25_569;

const two = (value: number): string => String(value).padStart(2, '0');

export interface Shown {
	date: boolean;
	time: boolean;
	/** Hours, minutes or seconds that run on beyond a day. */
	elapsed?: boolean;
	/** Digits behind the second. */
	decimals?: number;
}

/** Days of a life and more; the same days come again and again in a list. */
const REMEMBERED_DAYS = 40_000;
const days = new Map<number, string>();

function dayOf(day: number): string {
	let text = days.get(day);
	if (text !== undefined) return text;
	text = dayText(day);
	if (days.size < REMEMBERED_DAYS) days.set(day, text);
	return text;
}

/** The days of the system that begins with 1900, whichever the workbook counts by. */
const dayText = (day: number): string => {
	if (day === 0) return '1900-01-00';
	if (day === LEAP_DAY) return '1900-02-29';
	const since1970 = day - EPOCH_DAYS + (day < LEAP_DAY ? 1 : 0);
	return new Date(since1970 * DAY_SECONDS * 1000).toISOString().slice(0, 10);
};

/**
 * A count of days as the date and time a sheet shows: `2026-03-31`, `2026-03-31T09:30:00`, `09:30:00`. A time at midnight is
 * left out behind a date: most programs give dates a time nobody meant. Days that never were come as they are shown, for those
 * who check dates to refuse.
 */
export function dateText(serial: number, date1904: boolean, shown: Shown): string | typeof NO_DATE {
	if (serial < 0) return NO_DATE;
	const { date, elapsed = false } = shown;
	const decimals = Math.min(shown.decimals ?? 0, 3);
	// Sheets round to what they show; a fraction of a day is never exact.
	const unit = 10 ** decimals;
	const units = Math.round(serial * DAY_SECONDS * unit);
	const seconds = Math.floor(units / unit);
	const fraction = units % unit === 0 ? '' : `.${String(units % unit).padStart(decimals, '0')}`;
	const withinDay = seconds % DAY_SECONDS;
	// Where only the date shows, what is behind it does not round it up.
	const shownDay = shown.time ? Math.floor(seconds / DAY_SECONDS) : Math.floor(serial);
	const day = shownDay + (date1904 && date ? DAYS_BEFORE_1904 : 0);
	if (day > LAST_DAY) return NO_DATE;
	const hours = Math.floor((elapsed ? seconds : withinDay) / 3600);
	const time = `${two(hours)}:${two(Math.floor(withinDay / 60) % 60)}:${two(withinDay % 60)}${fraction}`;
	if (!date) return time;
	if (!shown.time || (withinDay === 0 && fraction === '')) return dayOf(day);
	return `${dayOf(day)}T${time}`;
}
