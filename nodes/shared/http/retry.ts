import type { WaitHeader } from '../definition';
import type { HttpResponse } from './port';

/** Long enough to be polite, short enough that a hiccup costs no noticeable time. */
const FIRST_BACKOFF_MS = 500;
/** A vendor that needs longer says so in Retry-After. */
const LONGEST_BACKOFF_MS = 30_000;
/** A Retry-After of 0 must not turn into a tight loop. */
const SHORTEST_PAUSE_MS = 1_000;

/** Doubles with each attempt (from 1); between half and all of it, so that parallel requests do not return together. */
export function backoffMs(attempt: number, random: number): number {
	const full = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempt - 1));
	return Math.round(full / 2 + (full / 2) * random);
}

/** What is no date and no number is longer than these are. */
const LONGEST_VALUE = 60;
/** Nobody asks to wait 31 years: a larger number is an instant, in seconds since 1970 or, from here on a thousand times, milliseconds. */
const EARLIEST_INSTANT = 1_000_000_000;

/** Milliseconds from the answer to an instant: a date, or a number since 1970. NaN when unreadable. */
function untilInstant(text: string, { headers }: HttpResponse, now: number): number {
	const number = Number(text);
	const instant = number >= EARLIEST_INSTANT * 1000 ? number : number * 1000;
	const until = Number.isNaN(number) ? Date.parse(text) : instant;
	// Clocks differ, so it is measured against the answer's own where that says what time it is.
	const answered = Date.parse(headers.date ?? '');
	return until - (Number.isNaN(answered) ? now : answered);
}

/**
 * The wait an answer asks for in milliseconds, by `Retry-After` or else by the vendor's own headers. Undefined when none of
 * them can be read.
 */
export function askedWaitMs(
	response: HttpResponse,
	now: number,
	own: readonly WaitHeader[] = [],
): number | undefined {
	for (const { name, says } of [{ name: 'Retry-After', says: undefined }, ...own]) {
		const text = response.headers[name.toLowerCase()]?.trim() ?? '';
		if (text === '' || text.length > LONGEST_VALUE) continue;
		const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
		const isSeconds = says === 'seconds' || (says === undefined && number < EARLIEST_INSTANT);
		const ms = isSeconds ? number * 1000 : untilInstant(text, response, now);
		if (!Number.isNaN(ms)) return Math.max(SHORTEST_PAUSE_MS, ms);
	}
	return undefined;
}
