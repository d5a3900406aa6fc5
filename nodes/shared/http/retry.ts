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

/**
 * The wait a `Retry-After` header asks for, in milliseconds: seconds, or an HTTP date, which is measured against the
 * answer's own `Date` where there is one, since clocks differ. Undefined when absent or unreadable.
 */
export function retryAfterMs(response: HttpResponse, now: number): number | undefined {
	const header = response.headers['retry-after']?.trim() ?? '';
	if (/^\d+(\.\d+)?$/.test(header)) return Math.max(SHORTEST_PAUSE_MS, Number(header) * 1000);
	const until = Date.parse(header);
	if (Number.isNaN(until)) return undefined;
	const answered = Date.parse(response.headers.date);
	return Math.max(SHORTEST_PAUSE_MS, until - (Number.isNaN(answered) ? now : answered));
}
