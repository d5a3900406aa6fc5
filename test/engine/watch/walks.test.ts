import { Budget, Sender } from '../../../nodes/shared/http';
import type { SinceWatch } from '../../../nodes/shared/definition';
import { timedSource } from '../../../nodes/shared/watch/sources';
import { step } from '../../../nodes/shared/watch/list';
import { acme } from '../../support/sampleVendor';
import { answer, VirtualPort } from '../../support/virtualPort';

/* A list of two pages that moves while it is read: who is on neither page of a walk, and who is found by the next. */

const BEGIN = Date.parse('2026-01-01T00:00:00Z');
const HOUR = 3_600_000;
const [person] = acme.resources;
const PEOPLE = Array.from({ length: 150 }, (_, n) => ({
	externalId: `P${n}`,
	changedAt: new Date(BEGIN + HOUR + n * 1000).toISOString(),
}));

/** @param missing who is passed over by each walk, by number from 0 */
function listOf(missing: (walk: number) => readonly number[]) {
	let requests = 0;
	const port = new VirtualPort(({ url }) => {
		const walk = Math.floor(requests++ / 2);
		const start = Number(new URL(url).searchParams.get('start'));
		const shown = PEOPLE.filter((_, n) => !missing(walk).includes(n));
		return answer({ data: shown.slice(start, start + 100), meta: { total: shown.length } });
	});
	const baseUrl = 'https://acme.example';
	const settings = { maxWaitMs: 1000, timeoutMs: 1000, errorMessages: [], redact: String };
	const sender = new Sender(port, { baseUrl, budget: new Budget(), ...settings });
	const reader = { resource: person, baseUrl, sender };
	return { source: timedSource(reader, person.watches!.person as SinceWatch, {}), port };
}

const CURSOR = { floor: BEGIN, given: '' };
const RULES = { overlapMs: 600_000, now: () => BEGIN + 2 * HOUR, most: 500 };
const NEWEST = BEGIN + HOUR + 149_000;

it('is walked again, and once more after somebody was found who had been passed over', async () => {
	const { source, port } = listOf((walk) => (walk === 0 ? [3] : []));
	const { happenings, cursor } = await step(source, CURSOR, RULES);
	expect(happenings).toHaveLength(150);
	expect(port.requests).toHaveLength(6);
	expect(cursor.floor).toBe(NEWEST - RULES.overlapMs);
});

it('is believed after two walks that agree', async () => {
	const { source, port } = listOf(() => []);
	const { cursor } = await step(source, CURSOR, RULES);
	expect(port.requests).toHaveLength(4);
	expect(cursor.floor).toBe(NEWEST - RULES.overlapMs);
});

it('leaves the cursor where it was if it never comes to rest, and gives nobody twice', async () => {
	// Each walk finds one more of those that were passed over by all before.
	const { source } = listOf((walk) => [0, 1].slice(walk));
	const first = await step(source, CURSOR, RULES);
	expect(first.cursor.floor).toBe(BEGIN);
	const again = await step(source, first.cursor, RULES);
	expect(first.happenings.length + again.happenings.length).toBe(150);
});
