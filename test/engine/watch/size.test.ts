import { start, startedAt, step } from '../../../nodes/shared/watch/list';
import type { Found, Source } from '../../../nodes/shared/watch/types';

/* What is kept of 100,000 records, and what it takes to keep it. */

const PEOPLE = 100_000;
const HOUR = 3_600_000;
const BEGIN = Date.parse('2026-03-01T00:00:00Z');

const sizeOf = (cursor: object): number => JSON.stringify(cursor).length;

const sourceOf = (list: () => Found[], clock: () => number): Source => ({
	look: async (from) => ({
		found: list().filter(({ at }) => at === undefined || at >= from),
		clock: clock(),
		settled: true,
	}),
});

it('keeps the latest minutes of what carries times, however many have been given', async () => {
	const overlapMs = 600_000;
	let now = BEGIN;
	let latest: Found[] = [];
	const source = sourceOf(
		() => latest,
		() => now,
	);
	let cursor = await start(source, { overlapMs, now: () => now });
	let given = 0;
	const sizes: number[] = [];
	for (let poll = 0; given < PEOPLE; poll++) {
		now += HOUR;
		latest = Array.from({ length: 500 }, (_, n) => ({
			record: {},
			id: `P${poll} ${n}`,
			version: '1',
			at: now - n * 1000,
		}));
		const taken = await step(source, cursor, { overlapMs, now: () => now, most: 500 });
		given += taken.happenings.length;
		cursor = JSON.parse(JSON.stringify(taken.cursor)) as typeof cursor;
		sizes.push(sizeOf(cursor));
	}
	// 20 characters for each of the 500, and the times.
	expect(Math.max(...sizes)).toBeLessThan(10_200);
	expect(sizes.at(-1)).toBe(sizes[0]);
});

it('keeps 20 characters of each person of a list without times', async () => {
	const people = Array.from(
		{ length: PEOPLE },
		(_, n): Found => ({ record: {}, id: `person${n}@example.com`, version: `state ${n}` }),
	);
	const source = sourceOf(
		() => people,
		() => BEGIN,
	);
	const rules = { overlapMs: 0, now: () => BEGIN };
	const first = await start(source, rules);
	expect(sizeOf(first)).toBeLessThan(PEOPLE * 20 + 100);
	expect(first.given).not.toContain('example');
	people[4711] = { ...people[4711], version: 'another state' };
	people.push({ record: {}, id: 'new@example.com', version: 'state' });
	const { happenings, cursor } = await step(source, first, { ...rules, most: 500 });
	expect(happenings.map(({ event, found }) => [event, found.id])).toEqual([
		['created', 'new@example.com'],
		['changed', 'person4711@example.com'],
	]);
	expect((await step(source, cursor, { ...rules, most: 500 })).happenings).toEqual([]);
});

it('gives what happens in the second in which it was switched on, where times are whole seconds', async () => {
	const found = [{ record: {}, id: 'P1', version: '1', at: BEGIN }];
	const source = sourceOf(
		() => found,
		() => BEGIN + 20_000,
	);
	const rules = { overlapMs: 600_000, now: () => BEGIN + 20_300, most: 500 };
	expect((await step(source, startedAt(BEGIN + 700), rules)).happenings).toHaveLength(1);
});
