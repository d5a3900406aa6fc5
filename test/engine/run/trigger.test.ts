import type { IDataObject, NodeApiError } from 'n8n-workflow';

import { collective } from '../../../nodes/Collective/collective.vendor';
import type { FakeAnswer } from '../../support/fakeContext';
import { FakePolls } from '../../support/fakePoll';
import { acme } from '../../support/sampleVendor';

const NOW = Date.parse('2026-03-01T12:00:00Z');
let clock = NOW;
beforeEach(() => {
	const started = performance.now();
	clock = NOW;
	// What waits a moment must see the time pass.
	jest.spyOn(Date, 'now').mockImplementation(() => clock + performance.now() - started);
});
afterEach(() => void jest.restoreAllMocks());

interface Person extends IDataObject {
	externalId: string;
	changedAt: string;
	createdAt?: string;
}

const at = (seconds: number): string => new Date(NOW + seconds * 1000).toISOString();

let workflows = 0;

function acmeTrigger({ durable = false, workflow = `w${++workflows}` } = {}) {
	const people: Person[] = [];
	const service = {
		people,
		/** In place of the list. */
		answer: undefined as FakeAnswer | undefined,
		/** Milliseconds until the list comes. */
		takes: 0,
	};
	const polls = new FakePolls(acme, {
		parameters: { event: 'person', simplify: false, options: {} },
		workflow,
		durable,
		credential: { baseUrl: `https://trigger-${workflow}.example`, apiKey: 'key' },
		service: ({ url }) => {
			if (url.endsWith('/token')) return { status: 200, body: { token: 'T' } };
			if (service.answer !== undefined) return service.answer;
			clock += service.takes;
			const since = Number(new URL(url).searchParams.get('changed_since')) * 1000;
			return {
				status: 200,
				headers: { date: new Date(Date.now()).toUTCString() },
				body: { data: people.filter(({ changedAt }) => Date.parse(changedAt) >= since) },
			};
		},
	});
	return { polls, service };
}

const idsOf = (items: IDataObject[] | null) => items?.map(({ externalId }) => externalId);

describe('A trigger that is switched on', () => {
	it('gives nothing that was there, and then what happens', async () => {
		const { polls, service } = acmeTrigger();
		service.people.push({ externalId: 'old', changedAt: at(-60) });
		expect(await polls.poll({ isTried: true })).toBeNull();
		service.people.push({ externalId: 'new', changedAt: at(5) });
		clock += 60_000;
		expect(await polls.poll()).toEqual([
			{ event: 'created', eventTime: at(5), externalId: 'new', changedAt: at(5) },
		]);
		clock += 60_000;
		expect(await polls.poll()).toBeNull();
	});

	it('is not held up by a service that is busy, and loses nothing of what comes meanwhile', async () => {
		const { polls, service } = acmeTrigger();
		service.people.push({ externalId: 'old', changedAt: at(-60) });
		service.answer = { status: 429, headers: { 'retry-after': '100' }, body: {} };
		expect(await polls.poll({ isTried: true })).toBeNull();
		service.people.push({ externalId: 'new', changedAt: at(5) });
		service.answer = undefined;
		clock += 101_000;
		expect(idsOf(await polls.poll())).toEqual(['new']);
	});

	it('begins where it was switched on, however long the first answer takes', async () => {
		const { polls, service } = acmeTrigger();
		service.answer = { status: 503, headers: { 'retry-after': '100' }, body: {} };
		expect(await polls.poll({ isTried: true })).toBeNull();
		service.people.push({ externalId: 'new', changedAt: at(5) });
		service.answer = undefined;
		service.takes = 50_000;
		clock += 101_000;
		expect(idsOf(await polls.poll())).toEqual(['new']);
	});

	it('says of a service that is busy what becomes of it', async () => {
		const { polls, service } = acmeTrigger();
		await polls.poll();
		service.answer = { status: 429, headers: { 'retry-after': '3600' }, body: {} };
		const error = (await polls.poll().catch((e: unknown) => e)) as NodeApiError;
		expect(error.message).toBe(
			'The service asks this account to slow down. Nothing is lost: a later poll asks again.',
		);
		expect(error).toMatchObject({ failure: { cause: 'rate-limited' } });
	});

	it('fails if the credential is refused', async () => {
		const { polls, service } = acmeTrigger();
		service.answer = { status: 403, body: { message: 'No' } };
		const error = (await polls.poll({ isTried: true }).catch((e: unknown) => e)) as NodeApiError;
		expect(error.httpCode).toBe('403');
		expect(error).toMatchObject({ failure: { cause: 'credential-invalid' } });
	});

	it('keeps the place where n8n keeps nothing of the poll that tries it out', async () => {
		const { polls, service } = acmeTrigger({ durable: true });
		expect(await polls.poll({ isTried: true })).toBeNull();
		expect(polls.stored).toEqual({});
		service.people.push({ externalId: 'new', changedAt: at(5) });
		clock += 60_000;
		expect(idsOf(await polls.poll())).toEqual(['new']);
	});
});

describe('What n8n keeps of a trigger', () => {
	it('stays as it was when a poll fails', async () => {
		const { polls, service } = acmeTrigger();
		await polls.poll();
		const before = JSON.stringify(polls.stored);
		service.people.push({ externalId: 'new', changedAt: at(5) });
		service.answer = { status: 404, body: {} };
		const error = (await polls.poll().catch((e: unknown) => e)) as Error;
		expect(error).toMatchObject({ failure: { cause: 'configuration-invalid' } });
		expect(JSON.stringify(polls.stored)).toBe(before);
		service.answer = undefined;
		expect(idsOf(await polls.poll())).toEqual(['new']);
	});

	it('holds nothing of the people', async () => {
		const { polls, service } = acmeTrigger();
		await polls.poll();
		service.people.push({ externalId: 'ada.lovelace@example.com', changedAt: at(5) });
		expect(await polls.poll()).toHaveLength(1);
		expect(JSON.stringify(polls.stored)).not.toMatch(/lovelace|example/i);
	});

	it('does not grow while nothing happens', async () => {
		const { polls, service } = acmeTrigger();
		await polls.poll();
		for (let n = 0; n < 50; n++) {
			service.people.push({ externalId: `E${n}`, changedAt: at(n * 3600) });
			clock = NOW + n * 3_600_000;
			await polls.poll();
		}
		expect(JSON.stringify(polls.stored).length).toBeLessThan(1000);
	});
});

describe('After n8n was started anew', () => {
	/** The module as another process loads it. */
	const inNewProcess = async (polls: FakePolls) => {
		let items: IDataObject[] | null = null;
		await jest.isolateModulesAsync(async () => {
			const { FakePolls: Fresh } = await import('../../support/fakePoll');
			const { acme: vendor } = await import('../../support/sampleVendor');
			const setup = (polls as unknown as { setup: ConstructorParameters<typeof Fresh>[1] }).setup;
			const other = new Fresh(vendor, setup);
			other.stored = polls.stored;
			Object.assign(other.beside, polls.beside);
			items = await other.poll();
			polls.stored = other.stored;
		});
		return items;
	};

	it('gives once more what n8n may not have stored, for a quarter of an hour', async () => {
		const { polls, service } = acmeTrigger();
		await polls.poll();
		service.people.push({ externalId: 'new', changedAt: at(5) });
		clock += 60_000;
		expect(idsOf(await polls.poll())).toEqual(['new']);
		clock += 60_000;
		expect(idsOf(await inNewProcess(polls))).toEqual(['new']);
	});

	it('gives nothing again later, or a second time', async () => {
		const { polls, service } = acmeTrigger();
		await polls.poll();
		service.people.push({ externalId: 'new', changedAt: at(5) });
		expect(idsOf(await polls.poll())).toEqual(['new']);
		clock += 16 * 60_000;
		expect(await inNewProcess(polls)).toBeNull();
	});

	it('loses nothing if it was killed between switching on and the first poll', async () => {
		const { polls, service } = acmeTrigger({ durable: true });
		await polls.poll({ isTried: true });
		service.people.push({ externalId: 'new', changedAt: at(5) });
		clock += 60_000;
		expect(idsOf(await inNewProcess(polls))).toEqual(['new']);
	});

	it('gives nothing again while n8n is still storing it, and again if it never does', async () => {
		const { polls, service } = acmeTrigger({ durable: true });
		await polls.poll();
		service.people.push({ externalId: 'new', changedAt: at(5) });
		expect(idsOf(await polls.poll({ isStored: false }))).toEqual(['new']);
		clock += 5_000;
		expect(await polls.poll({ isStored: false })).toBeNull();
		clock += 30_000;
		expect(idsOf(await polls.poll())).toEqual(['new']);
		expect(await polls.poll()).toBeNull();
	});

	it('gives nothing again where n8n stores items and cursor together', async () => {
		const { polls, service } = acmeTrigger({ durable: true });
		await polls.poll();
		service.people.push({ externalId: 'new', changedAt: at(5) });
		expect(idsOf(await polls.poll())).toEqual(['new']);
		clock += 60_000;
		expect(await inNewProcess(polls)).toBeNull();
	});
});

describe('Who tries a trigger out', () => {
	it('sees the newest, as often as they like, and moves nothing', async () => {
		const { polls, service } = acmeTrigger();
		for (let n = 0; n < 5; n++) service.people.push({ externalId: `E${n}`, changedAt: at(-n) });
		expect(idsOf(await polls.poll({ mode: 'manual' }))).toEqual(['E0', 'E1', 'E2']);
		expect(idsOf(await polls.poll({ mode: 'manual' }))).toEqual(['E0', 'E1', 'E2']);
		expect(polls.stored).toEqual({});
	});

	it('is told if there is nobody', async () => {
		const { polls } = acmeTrigger();
		await expect(polls.poll({ mode: 'manual' })).rejects.toThrow(
			'"Trigger On" finds nothing to show: there are no people yet. Add one in the service and fetch again.',
		);
	});
});

it('watches each of several lists, whose IDs are separated by commas and may hold blanks', async () => {
	const polls = new FakePolls(collective, {
		parameters: { event: 'application', jobIds: 'Team Lead 7, cm71 ,, cm71', options: {} },
		workflow: 'several',
		credential: { baseUrl: 'https://several.example', environment: 'practice', apiKey: 'key' },
		service: () => ({ status: 200, body: { applications: [] } }),
	});
	await polls.poll();
	const ids = polls.requests.map(({ url }) => new URL(url).searchParams.get('id'));
	expect(ids).toEqual(['Team Lead 7', 'cm71']);
});
