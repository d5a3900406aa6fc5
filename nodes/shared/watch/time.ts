import { DateTime } from 'luxon';

/** Below it a number counts seconds: in milliseconds it would be in 1973. */
const SECONDS_BELOW = 1e11;

/** A vendor's time, as text or as a number since 1970, in milliseconds. A text without a zone is taken as UTC. */
export function timeOf(value: unknown): number | undefined {
	const number = typeof value === 'string' && /^\d{9,13}$/.test(value) ? Number(value) : value;
	if (typeof number === 'number')
		return Number.isFinite(number) && number > 0
			? number < SECONDS_BELOW
				? number * 1000
				: number
			: undefined;
	if (typeof value !== 'string') return undefined;
	const time = DateTime.fromISO(value.trim(), { zone: 'utc' });
	return time.isValid ? time.toMillis() : undefined;
}

/** The time by the vendor's clock that its answer carries. */
export function clockOf(headers: Readonly<Record<string, string>>): number | undefined {
	const time = DateTime.fromHTTP(headers.date ?? '');
	return time.isValid ? time.toMillis() : undefined;
}
