import { collective } from '../../../nodes/Collective/collective.vendor';
import { eightfold } from '../../../nodes/Eightfold/eightfold.vendor';
import type { FakeAnswer } from '../../support/fakeContext';
import { FakePolls } from '../../support/fakePoll';

/* What a poll may take: n8n begins the next one meanwhile, and gives up one that takes too long. */

const NOW = Date.parse('2026-03-01T12:00:00Z');
let clock = NOW;
beforeEach(() => {
	clock = NOW;
	jest.spyOn(Date, 'now').mockImplementation(() => clock);
});
afterEach(() => void jest.restoreAllMocks());

let workflows = 0;

/** Applications to one job. `read` answers for each that is read in full. */
function applications(read: (id: string) => FakeAnswer | Promise<FakeAnswer>, budgetMs?: number) {
	const listed: Array<{ id: string; createdAt: string }> = [];
	const workflow = `limits-${++workflows}`;
	const polls = new FakePolls(collective, {
		parameters: { event: 'application', jobIds: 'job-1', downloadFile: false, options: {} },
		workflow,
		budgetMs,
		credential: { baseUrl: `https://${workflow}.example`, environment: 'production', apiKey: 'K' },
		service: async ({ url }) => {
			const { pathname, searchParams } = new URL(url);
			if (!pathname.endsWith('/job/applications')) return await read(searchParams.get('id') ?? '');
			const headers = { date: new Date(clock).toUTCString() };
			return { status: 200, headers, body: { applications: listed } };
		},
	});
	const apply = (count: number) => {
		for (let n = 0; n < count; n++)
			listed.push({ id: `A${listed.length}`, createdAt: new Date(clock).toISOString() });
	};
	return { polls, apply };
}

const found = (id: string): FakeAnswer => ({
	status: 200,
	body: { id, createdAt: new Date(clock).toISOString(), candidate: { firstname: 'Ada' } },
});

it('gives nobody twice when n8n begins a poll while the one before waits', async () => {
	let reading: () => void;
	let go: () => void;
	const isReading = new Promise<void>((resolve) => (reading = resolve));
	const mayGo = new Promise<void>((resolve) => (go = resolve));
	const { polls, apply } = applications(async (id) => {
		reading();
		await mayGo;
		return found(id);
	});
	await polls.poll();
	clock += 60_000;
	apply(1);
	const first = polls.poll();
	await isReading;
	expect(await polls.poll()).toBeNull();
	go!();
	expect(await first).toHaveLength(1);
	expect(await polls.poll()).toBeNull();
});

it('gives what it has read when half of its time is over, and the rest with the next polls', async () => {
	const { polls, apply } = applications((id) => {
		clock += 3000;
		return found(id);
	}, 36_000);
	await polls.poll();
	clock += 60_000;
	apply(25);
	const counts: number[] = [];
	const ids = new Set<unknown>();
	for (let n = 0; n < 4; n++) {
		const items = (await polls.poll()) ?? [];
		counts.push(items.length);
		for (const { id } of items) ids.add(id);
	}
	expect(counts).toEqual([10, 10, 5, 0]);
	expect(ids.size).toBe(25);
});

it('is not held up by somebody who is gone before they are read', async () => {
	const { polls, apply } = applications((id) =>
		id === 'A1' ? { status: 404, body: { message: 'Gone' } } : found(id),
	);
	await polls.poll();
	clock += 60_000;
	apply(3);
	const items = (await polls.poll()) ?? [];
	expect(items.map(({ id, firstname }) => [id, firstname])).toEqual([
		['A0', 'Ada'],
		['A1', undefined],
		['A2', 'Ada'],
	]);
});

it('asks once while nothing happens', async () => {
	const { polls, apply } = applications(found);
	apply(7);
	await polls.poll();
	for (let n = 0; n < 5; n++) {
		clock += 60_000;
		expect(await polls.poll()).toBeNull();
	}
	expect(polls.requests).toHaveLength(6);
});

it('calls nobody new where the service does not say who is', async () => {
	const polls = new FakePolls(eightfold, {
		parameters: { event: 'profile', options: {} },
		workflow: `limits-${++workflows}`,
		credential: { region: 'custom', baseUrl: 'https://profiles.example', token: 'T' },
		service: () => ({
			status: 200,
			headers: { date: new Date(clock).toUTCString() },
			body: { data: profiles, meta: { totalCount: profiles.length } },
		}),
	});
	const profiles: object[] = [];
	await polls.poll();
	clock += 60_000;
	profiles.push({ id: 'P1', lastUpdated: new Date(clock).toISOString() });
	expect(await polls.poll()).toMatchObject([{ event: 'changed', id: 'P1' }]);
});
