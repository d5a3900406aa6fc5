import type { IExecuteFunctions } from 'n8n-workflow';

import { read, resource, text, write } from '../../../nodes/shared/definition';
import {
	Budget,
	redactor,
	Sender,
	TransportFault,
	type HttpRequest,
} from '../../../nodes/shared/http';
import type { Mapper } from '../../../nodes/shared/mapping/types';
import { recollectionOf } from '../../../nodes/shared/run/recollection';
import { save, type Outcome } from '../../../nodes/shared/write';
import { ProcessedData } from '../../support/processedData';
import { answer, VirtualPort } from '../../support/virtualPort';

const BASE = 'https://api.example.com';
const FACT = { basis: 'documented', source: 'test' } as const;

const person = resource({
	name: 'person',
	label: 'Person',
	plural: 'People',
	key: 'id',
	fields: { id: text({ label: 'ID' }), name: text({ label: 'Name' }) },
	endpoints: {
		put: write({
			...FACT,
			request: { method: 'PUT', path: '/people/{id}' },
			repeatable: true,
			max: 1,
			outcome: { by: 'status' },
		}),
		post: write({
			...FACT,
			request: { method: 'POST', path: '/people' },
			repeatable: false,
			max: 1,
			outcome: { by: 'status' },
		}),
		postSeen: write({
			...FACT,
			request: { method: 'POST', path: '/people' },
			repeatable: false,
			max: 1,
			seenBy: 'get',
			outcome: { by: 'status' },
		}),
		get: read({ ...FACT, request: { method: 'GET', path: '/people/{id}' } }),
	},
	operations: {},
});

type Row = { id: string; name: string };
const row = (id: number, name = `N${id}`): Row => ({ id: `P${id}`, name });

const mapper: Mapper = {
	map: (values) => ({ record: { ...values }, key: values.id as string, issues: [] }),
	keyOf: (values) => values.id as string,
	notices: () => [],
	match: () => ({ matched: {}, ambiguous: [], unmatched: [], misdirected: [], doubtful: [] }),
};

/** A service that makes a person at each POST and keeps one for each key at a PUT. */
class Service {
	readonly made: Row[] = [];
	requests = 0;
	/** Throws to cut a request; called before and after it is applied. */
	at: (moment: 'before' | 'after') => void = () => undefined;

	readonly handle = (request: HttpRequest) => {
		if (request.method === 'GET') {
			const found = this.made.find(({ id }) => request.url.endsWith(`/${id}`));
			return found === undefined ? answer({}, 404) : answer(found);
		}
		this.requests++;
		this.at('before');
		const sent = JSON.parse(request.body!) as Row;
		const known = request.method === 'PUT' ? this.made.find(({ id }) => id === sent.id) : undefined;
		if (known === undefined) this.made.push(sent);
		else known.name = sent.name;
		this.at('after');
		return answer({});
	};

	copiesOf = (id: string) => this.made.filter((made) => made.id === id).length;
}

interface Setup {
	service: Service;
	memory: ProcessedData;
	route?: 'put' | 'post' | 'postSeen';
	forget?: boolean;
	validateOnly?: boolean;
	account?: string;
}

async function run(rows: Row[], setup: Setup): Promise<Outcome[]> {
	const { service, memory, route = 'put', validateOnly = false } = setup;
	const port = new VirtualPort(service.handle);
	const recollection = await recollectionOf(
		{ helpers: memory.helpers } as unknown as IExecuteFunctions,
		{
			about: [setup.account ?? 'one', 'person'],
			forget: setup.forget ?? false,
			repeatable: route === 'put',
		},
	);
	const outcomes: Outcome[] = [];
	await save(
		() =>
			rows.map((values, index) => ({
				row: index + 1,
				index,
				values: { ...values },
				parameters: {},
				policy: { unknownFields: 'error', blankValues: 'leave', fieldsToClear: [] },
			})),
		{
			resource: person,
			operation: { does: 'save', rows: 'items', purpose: 'save', route, action: 'Save' },
			route,
			mapper,
			sender: new Sender(port, {
				baseUrl: BASE,
				budget: new Budget(),
				maxWaitMs: 0,
				timeoutMs: 1000,
				errorMessages: ['message'],
				redact: redactor([]),
			}),
			port,
			baseUrl: BASE,
			redact: redactor([]),
			concurrency: 3,
			duplicates: 'fail',
			validateOnly,
			includeRequest: false,
			transactionWaitMs: 0,
			recollection,
			emit: (outcome) => void outcomes.push(outcome),
		},
	);
	return outcomes.sort((a, b) => a.row - b.row);
}

const fresh = () => ({ service: new Service(), memory: new ProcessedData() });
const statuses = (outcomes: Outcome[]) => outcomes.map(({ status }) => status);

describe('Rows that an earlier run saved', () => {
	it('are skipped while they are unchanged, with a reason', async () => {
		const setup = fresh();
		expect(statuses(await run([row(1), row(2)], setup))).toEqual(['saved', 'saved']);
		const again = await run([row(1), row(2, 'New'), row(3)], setup);
		expect(again).toEqual([
			{
				key: 'P1',
				status: 'skipped',
				errors: [
					{
						code: 'UNCHANGED',
						message: 'An earlier run saved this row, and it has not changed since.',
					},
				],
				row: 1,
			},
			{ key: 'P2', status: 'saved', row: 2 },
			{ key: 'P3', status: 'saved', row: 3 },
		]);
		expect(setup.service.requests).toBe(4);
	});

	it('are sent again to another account, and after the memory was emptied', async () => {
		const setup = fresh();
		await run([row(1)], setup);
		expect(statuses(await run([row(1)], { ...setup, account: 'two' }))).toEqual(['saved']);
		expect(statuses(await run([row(1)], { ...setup, forget: true }))).toEqual(['saved']);
		expect(statuses(await run([row(1)], setup))).toEqual(['skipped']);
	});

	it('are remembered as hashes alone', async () => {
		const setup = fresh();
		await run([row(1, 'Zebulon')], setup);
		expect(setup.memory.marks).toHaveLength(1);
		expect(setup.memory.marks[0]).toMatch(/^[A-Za-z0-9+/]{22} saved$/);
	});

	it('do not stop either of two executions that begin at the same time', async () => {
		const setup = fresh();
		const outcomes = await Promise.all([run([row(1), row(2)], setup), run([row(3)], setup)]);
		expect(outcomes.map(statuses)).toEqual([['saved', 'saved'], ['saved']]);
	});

	it('are told in a dry run, which leaves no trace', async () => {
		const setup = fresh();
		await run([row(1)], setup);
		const before = [...setup.memory.marks];
		const outcomes = await run([row(1), row(2)], { ...setup, validateOnly: true });
		expect(statuses(outcomes)).toEqual(['skipped', 'wouldSave']);
		expect(setup.memory.marks).toEqual(before);
		expect(setup.service.requests).toBe(1);
	});

	it('are not those that failed', async () => {
		const setup = fresh();
		setup.service.at = () => {
			throw new TransportFault('notSent', 'The connection was refused.');
		};
		// In the first request it is the set-up, and the whole run fails; later on it is the row.
		await expect(run([row(1)], { ...setup, route: 'post' })).rejects.toThrow('refused');
		expect(setup.memory.marks).toEqual([]);
		expect(setup.memory.marks).toEqual([]);
		setup.service.at = () => undefined;
		expect(statuses(await run([row(1)], { ...setup, route: 'post' }))).toEqual(['saved']);
	});
});

describe('A row of a write that must not be repeated, whose end the earlier run did not learn', () => {
	const cutAfter = (moment: 'before' | 'after') => (at: 'before' | 'after') => {
		if (at === moment) throw new TransportFault('cut', 'The connection was cut.');
	};

	it('is unknown and not sent again, until the user forgets it', async () => {
		const setup = { ...fresh(), route: 'post' as const };
		setup.service.at = cutAfter('after');
		expect(statuses(await run([row(1)], setup))).toEqual(['unknown']);
		setup.service.at = () => undefined;
		for (let times = 0; times < 2; times++) {
			const [outcome] = await run([row(1)], setup);
			expect(outcome).toMatchObject({ status: 'unknown', errors: [{ code: 'SENT_EARLIER' }] });
		}
		expect(setup.service.copiesOf('P1')).toBe(1);
		expect(statuses(await run([row(1)], { ...setup, forget: true }))).toEqual(['saved']);
	});

	it('is looked up where the vendor can be read, and then skipped', async () => {
		const setup = { ...fresh(), route: 'postSeen' as const };
		setup.memory.marks = [];
		let lookups = true;
		setup.service.at = cutAfter('after');
		const handle = setup.service.handle;
		const blind = {
			...setup,
			service: Object.assign(setup.service, {
				handle: (request: HttpRequest) =>
					request.method === 'GET' && lookups
						? new TransportFault('cut', 'The connection was cut.')
						: handle(request),
			}),
		};
		expect(statuses(await run([row(1)], blind))).toEqual(['unknown']);
		lookups = false;
		expect(statuses(await run([row(1)], blind))).toEqual(['saved']);
		expect(statuses(await run([row(1)], blind))).toEqual(['skipped']);
		expect(setup.service.copiesOf('P1')).toBe(1);
	});
});

/** n8n is killed: from one moment on, nothing reaches the service or the memory, whatever the dying run tries. */
describe.each(['put', 'post', 'postSeen'] as const)('Killed at any moment, with %s', (route) => {
	const rows = Array.from({ length: 7 }, (_, at) => row(at));

	it('the next run finishes the rest: nobody doubled, nobody called saved who is not', async () => {
		let finished = false;
		for (let moment = 1; !finished; moment++) {
			expect(moment).toBeLessThan(500);
			const setup = { ...fresh(), route };
			let passed = 0;
			const dies = () => {
				if (++passed >= moment) throw new Error('killed');
			};
			setup.memory.before = dies;
			setup.service.at = () => {
				if (++passed >= moment) throw new TransportFault('cut', 'killed');
			};
			finished = await run(rows, setup).then(
				() => passed < moment,
				() => false,
			);
			setup.memory.before = () => undefined;
			setup.service.at = () => undefined;

			const outcomes = await run(rows, setup);
			expect(outcomes).toHaveLength(rows.length);
			for (const { key, status } of outcomes) {
				const copies = setup.service.copiesOf(key!);
				if (status === 'saved' || status === 'skipped') expect([key, copies]).toEqual([key, 1]);
				else {
					expect([status, route]).not.toEqual([status, 'put']);
					expect(status).toBe('unknown');
					expect(copies).toBeLessThanOrEqual(1);
				}
			}
			// What was certainly never sent is not called unknown, except when the kill hit the question itself.
			const certain = outcomes.filter(
				({ key, status }) => status === 'unknown' && setup.service.copiesOf(key!) === 0,
			);
			if (setup.memory.calls > 6) expect(certain.length).toBeLessThanOrEqual(3);
		}
	});
});

it('marks a row when its request leaves, not while it waits for its turn', async () => {
	const setup = { ...fresh(), route: 'post' as const };
	const atRequest: number[] = [];
	setup.service.at = (moment) => {
		if (moment === 'before')
			atRequest.push(setup.memory.marks.filter((mark) => mark.endsWith(' open')).length);
	};
	await run([row(1), row(2), row(3), row(4), row(5), row(6)], setup);
	// Three travel at the same time; what has ended may not be stored yet, what has not left is not marked.
	for (const [sentBefore, open] of atRequest.entries()) {
		expect(open).toBeGreaterThan(0);
		expect(open).toBeLessThanOrEqual(sentBefore + 3);
	}
	expect(atRequest[0]).toBe(1);
	expect(setup.memory.marks.filter((mark) => mark.endsWith(' open'))).toEqual([]);
});

describe('More rows than can be remembered', () => {
	const full = (count: number) => {
		const setup = fresh();
		setup.memory.marks = Array.from({ length: count }, (_, at) => `${at} saved`);
		return setup;
	};

	it('start anew where repeating is safe, and stop the run where it is not', async () => {
		const setup = full(20_000);
		expect(statuses(await run([row(1)], setup))).toEqual(['saved']);
		expect(setup.memory.marks).toHaveLength(1);

		const unsafe = full(20_000);
		await expect(run([row(1)], { ...unsafe, route: 'post' })).rejects.toThrow(
			'"Skip Unchanged Rows" remembers 20000 rows, and cannot remember more.',
		);
		expect(unsafe.service.requests).toBe(0);
	});

	it('in the middle of a run are sent unremembered where repeating is safe, and otherwise fail', async () => {
		const setup = full(19_999);
		expect(statuses(await run([row(1), row(2)], setup))).toEqual(['saved', 'saved']);
		expect(setup.memory.marks).toHaveLength(20_000);

		const unsafe = full(19_999);
		const outcomes = await run([row(1), row(2)], { ...unsafe, route: 'post' });
		expect(outcomes).toMatchObject([
			{ status: 'saved' },
			{ status: 'failed', errors: [{ code: 'NOT_SENT' }] },
		]);
		expect(unsafe.service.copiesOf('P2')).toBe(0);
	});
});
