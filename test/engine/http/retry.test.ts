import { backoffMs, askedWaitMs } from '../../../nodes/shared/http';
import { answer } from '../../support/virtualPort';

const NOW = Date.parse('2026-01-05T10:00:00Z');
const IN_40_SECONDS = 'Mon, 05 Jan 2026 10:00:40 GMT';

describe('The wait a service asks for', () => {
	it.each<[string, Record<string, string>, number | undefined]>([
		['seconds', { 'retry-after': '17' }, 17_000],
		['parts of seconds', { 'retry-after': '2.25' }, 2_250],
		['seconds in blanks', { 'retry-after': ' 17 ' }, 17_000],
		['no time: a second, so that nothing spins', { 'retry-after': '0' }, 1_000],
		['a part of a second: a second', { 'retry-after': '0.2' }, 1_000],
		['a date, by our clock', { 'retry-after': IN_40_SECONDS }, 40_000],
		[
			'a date, by the clock of the answer',
			{ 'retry-after': IN_40_SECONDS, date: 'Mon, 05 Jan 2026 10:00:30 GMT' },
			10_000,
		],
		[
			'a date, by our clock where that of the answer cannot be read',
			{ 'retry-after': IN_40_SECONDS, date: 'now' },
			40_000,
		],
		['a date that is over: a second', { 'retry-after': 'Mon, 05 Jan 2026 09:00:00 GMT' }, 1_000],
		['nothing', {}, undefined],
		['a blank', { 'retry-after': ' ' }, undefined],
		['what nobody can read', { 'retry-after': 'after 17' }, undefined],
		['seconds with a unit', { 'retry-after': '17s' }, undefined],
	])('is read: %s', (_, headers, ms) => {
		expect(askedWaitMs(answer('', 429, headers), NOW)).toBe(ms);
	});

	it.each<[string, Record<string, string>, number | undefined]>([
		['an instant in place of seconds', { 'retry-after': '1767607240' }, 40_000],
		['before any header of its own', { 'retry-after': '17', 'x-reset': '1767607240' }, 17_000],
		['in a header of its own, as an instant', { 'x-reset': '1767607240' }, 40_000],
		['in milliseconds since 1970', { 'x-reset': '1767607240000' }, 40_000],
		['as a date', { 'x-reset': '2026-01-05T10:00:40Z' }, 40_000],
		['in a header of its own, in seconds', { 'x-wait': '30' }, 30_000],
		['in the first that can be read', { 'x-wait': 'a while', 'x-reset': '1767607240' }, 40_000],
		['in none', { 'x-wait': '9'.repeat(70) }, undefined],
	])('is read where the vendor says it: %s', (_, headers, ms) => {
		const own = [
			{ name: 'X-Wait', says: 'seconds' },
			{ name: 'X-Reset', says: 'instant' },
		] as const;
		expect(askedWaitMs(answer('', 429, headers), NOW, own)).toBe(ms);
	});
});

describe('The wait between attempts', () => {
	it.each([
		[1, 250, 500],
		[2, 500, 1_000],
		[3, 1_000, 2_000],
		[6, 8_000, 16_000],
		[7, 15_000, 30_000],
		[50, 15_000, 30_000],
	])('after attempt %i lies between %i and %i ms', (attempt, shortest, longest) => {
		expect(backoffMs(attempt, 0)).toBe(shortest);
		expect(backoffMs(attempt, 0.5)).toBe((shortest + longest) / 2);
		expect(backoffMs(attempt, 1)).toBe(longest);
	});

	it('is a whole number', () => {
		expect(backoffMs(1, 0.333)).toBe(333);
	});
});
