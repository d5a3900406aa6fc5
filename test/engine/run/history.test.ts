import * as fc from 'fast-check';
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
import { historyOf } from '../../../nodes/shared/run/history';
import { save, type Outcome } from '../../../nodes/shared/write';
import { ProcessedData } from '../../support/processedData';
import { stubMapper } from '../../support/stubMapper';
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
	...stubMapper,
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

/** A workflow, as n8n keeps it between its executions. */
class Workflow {
	readonly memory = new ProcessedData();
	private staticData = '{}';
	private executions = 0;

	/** Begins an execution; `end` is what n8n does at its end, also of one that failed. */
	begin(byHand: boolean) {
		const data = JSON.parse(this.staticData) as Record<string, unknown>;
		const id = String(++this.executions);
		const context = {
			helpers: this.memory.helpers,
			getMode: () => (byHand ? 'manual' : 'trigger'),
			getExecutionId: () => id,
			getWorkflowStaticData: () => data,
		} as unknown as IExecuteFunctions;
		const end = () => {
			if (!byHand) this.staticData = JSON.stringify(data);
		};
		return { context, end };
	}

	get book(): string {
		return this.staticData;
	}
}

interface Setup {
	service: Service;
	workflow: Workflow;
	route?: 'put' | 'post' | 'postSeen';
	forget?: boolean;
	validateOnly?: boolean;
	account?: string;
	/** Started in the editor: the default of these tests, and what n8n keeps least of. */
	byHand?: boolean;
	/** The workflow goes on after the node. */
	execution?: ReturnType<Workflow['begin']>;
}

async function run(rows: Row[], setup: Setup): Promise<Outcome[]> {
	const execution = setup.execution ?? setup.workflow.begin(setup.byHand ?? true);
	try {
		return await runNode(rows, setup, execution.context);
	} finally {
		if (setup.execution === undefined) execution.end();
	}
}

async function runNode(rows: Row[], setup: Setup, context: IExecuteFunctions): Promise<Outcome[]> {
	const { service, route = 'put', validateOnly = false } = setup;
	const port = new VirtualPort(service.handle);
	const history = await historyOf(context, {
		about: [setup.account ?? 'one', 'person'],
		forget: setup.forget ?? false,
		repeatable: route === 'put',
		dryRun: validateOnly,
	});
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
			operation: { does: 'save', rows: 'items', purpose: 'patch', route, action: 'Save' },
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
			history,
			emit: (outcome) => void outcomes.push(outcome),
		},
	);
	return outcomes.sort((a, b) => a.row - b.row);
}

const fresh = () => ({ service: new Service(), workflow: new Workflow() });
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

	it.each([true, false])('are remembered as hashes alone, by hand: %s', async (byHand) => {
		const setup = { ...fresh(), byHand };
		await run([row(1, 'Zebulon')], setup);
		const kept = setup.workflow.book + setup.workflow.memory.marks.join();
		expect(kept).not.toMatch(/Zebulon|P1/);
		expect(kept.length).toBeGreaterThan(24);
	});

	it('do not stop either of two executions that begin at the same time', async () => {
		const setup = fresh();
		const outcomes = await Promise.all([run([row(1), row(2)], setup), run([row(3)], setup)]);
		expect(outcomes.map(statuses)).toEqual([['saved', 'saved'], ['saved']]);
	});

	it('are told in a dry run, which leaves no trace', async () => {
		const setup = fresh();
		await run([row(1)], setup);
		const before = [...setup.workflow.memory.marks];
		const outcomes = await run([row(1), row(2)], { ...setup, validateOnly: true });
		expect(statuses(outcomes)).toEqual(['skipped', 'wouldSave']);
		expect(setup.workflow.memory.marks).toEqual(before);
		expect(setup.service.requests).toBe(1);
	});

	it('are not those that failed', async () => {
		const setup = fresh();
		setup.service.at = () => {
			throw new TransportFault('notSent', 'The connection was refused.');
		};
		// In the first request it is the set-up, and the whole run fails; later on it is the row.
		await expect(run([row(1)], { ...setup, route: 'post' })).rejects.toThrow('refused');
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
			setup.workflow.memory.before = dies;
			setup.service.at = () => {
				if (++passed >= moment) throw new TransportFault('cut', 'killed');
			};
			finished = await run(rows, setup).then(
				() => passed < moment,
				() => false,
			);
			setup.workflow.memory.before = () => undefined;
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
			if (setup.workflow.memory.calls > 6) expect(certain.length).toBeLessThanOrEqual(3);
		}
	});
});

it('marks a row when its request leaves, not while it waits for its turn', async () => {
	const setup = { ...fresh(), route: 'post' as const };
	const left = () => setup.workflow.memory.marks.filter((mark) => / O\d/.test(mark)).length;
	const atRequest: number[] = [];
	setup.service.at = (moment) => {
		if (moment === 'before') atRequest.push(left());
	};
	await run([row(1), row(2), row(3), row(4), row(5), row(6)], setup);
	// Three travel at the same time; what has not left is not marked.
	for (const [sentBefore, marked] of atRequest.entries()) {
		expect(marked).toBeGreaterThan(sentBefore);
		expect(marked).toBeLessThanOrEqual(sentBefore + 3);
	}
	expect(atRequest[0]).toBe(1);
});

describe('What counts is the last saved state of a key', () => {
	const [a, b] = [row(1, 'A'), row(1, 'B')];

	/** Runs of one node: in the editor, by its trigger, or killed after the last answer. */
	const HAND = true;
	const TRIGGER = false;

	it.each([
		[[HAND, HAND, HAND, HAND]],
		[[TRIGGER, TRIGGER, TRIGGER, TRIGGER]],
		[[TRIGGER, HAND, TRIGGER, HAND]],
		[[HAND, TRIGGER, HAND, TRIGGER]],
		[[TRIGGER, TRIGGER, HAND, HAND]],
	])('whatever came before: by hand %j', async (ways) => {
		for (const route of ['put', 'postSeen'] as const) {
			const setup = { ...fresh(), route };
			const states = [];
			for (const [at, person] of [a, b, a, a].entries())
				states.push(...statuses(await run([person], { ...setup, byHand: ways[at] })));
			expect([route, ...states]).toEqual([route, 'saved', 'saved', 'saved', 'skipped']);
		}
	});

	it('also after any number of turns', async () => {
		for (const byHand of [true, false]) {
			const setup = { ...fresh(), byHand };
			for (let night = 0; night < 12; night++) {
				const person = row(1, night % 3 === 0 ? 'A' : 'B');
				const told = statuses(await run([person], setup));
				expect([night, ...told]).toEqual([night, night % 3 === 2 ? 'skipped' : 'saved']);
			}
		}
	});

	it('also where the rows come in parts, or one by one', async () => {
		for (const byHand of [true, false]) {
			const setup = { ...fresh(), byHand };
			for (let night = 0; night < 3; night++)
				for (let part = 0; part < 10; part++) {
					const told = statuses(await run([row(2 * part), row(2 * part + 1)], setup));
					expect(told).toEqual(Array(2).fill(night === 0 ? 'saved' : 'skipped'));
				}
			expect(setup.service.requests).toBe(20);
		}
	});

	it('also in a loop, where the node runs many times in one execution', async () => {
		for (const byHand of [true, false]) {
			const setup = { ...fresh(), byHand };
			const loop = async (people: Row[]) => {
				const execution = setup.workflow.begin(byHand);
				const told: string[] = [];
				for (const person of people)
					told.push(...statuses(await run([person], { ...setup, execution })));
				execution.end();
				return told;
			};
			expect(await loop([a, row(2), b, a])).toEqual(Array(4).fill('saved'));
			expect(await loop([row(2), a, a, b])).toEqual(['skipped', 'skipped', 'skipped', 'saved']);
			expect(await loop([a, row(2)])).toEqual(['saved', 'skipped']);
		}
	});

	it('also where an execution was killed before n8n stored its data', async () => {
		const setup = { ...fresh(), byHand: false };
		await run([a, row(2)], setup);
		const killed = setup.workflow.begin(false);
		await run([b], { ...setup, execution: killed });
		expect(statuses(await run([a, row(2)], setup))).toEqual(['saved', 'skipped']);
		expect(statuses(await run([a, row(2)], setup))).toEqual(['skipped', 'skipped']);
	});

	it('also of a row that the run after the killed one did not have', async () => {
		const setup = { ...fresh(), byHand: false };
		await run([a, row(2)], setup);
		await run([b], { ...setup, execution: setup.workflow.begin(false) });
		await run([row(3)], setup);
		expect(statuses(await run([a, row(2), row(3)], setup))).toEqual([
			'saved',
			'skipped',
			'skipped',
		]);
	});

	it('also where two executions run at once, whichever ends first', async () => {
		for (const order of [
			[0, 1],
			[1, 0],
		]) {
			const setup = { ...fresh(), byHand: false };
			await run([a, row(2, 'A')], setup);
			const both = [setup.workflow.begin(false), setup.workflow.begin(false)];
			await run([b], { ...setup, execution: both[0] });
			await run([row(2, 'B')], { ...setup, execution: both[1] });
			for (const at of order) both[at].end();
			// Both are back where they were, and the vendor holds something else.
			expect(statuses(await run([a, row(2, 'A')], setup))).toEqual(['saved', 'saved']);
			expect(statuses(await run([a, row(2, 'A')], setup))).toEqual(['skipped', 'skipped']);
		}
	});

	it('is not taken from another workflow, whose data were copied', async () => {
		const setup = { ...fresh(), byHand: false };
		await run([a], setup);
		setup.workflow.memory.marks = [];
		expect(statuses(await run([a], setup))).toEqual(['saved']);
	});

	it('is not known of a row whose answer was lost', async () => {
		const setup = { ...fresh(), byHand: false };
		await run([a, row(2)], setup);
		setup.service.at = (moment) => {
			if (moment === 'after') throw new TransportFault('cut', 'The connection was cut.');
		};
		expect(statuses(await run([b], setup))).toEqual(['unknown']);
		setup.service.at = () => undefined;
		expect(statuses(await run([a], setup))).toEqual(['saved']);
	});

	it('of rows without a key is any that was saved', async () => {
		const [one, other] = [{ name: 'X' }, { name: 'Y' }] as Row[];
		for (const byHand of [true, false]) {
			const setup = { ...fresh(), byHand, route: 'post' as const };
			await run([one, other], setup);
			expect(statuses(await run([other], setup))).toEqual(['skipped']);
			expect(statuses(await run([one, other], setup))).toEqual(['skipped', 'skipped']);
		}
	});
});

/** Any runs of a node, in the editor, by its trigger, twice at once, killed at any moment, with rows that come and go. */
it('no row is ever called unchanged that the service holds otherwise', async () => {
	const rows = fc.uniqueArray(
		fc.record({ id: fc.constantFrom('P1', 'P2', 'P3', 'P4'), name: fc.constantFrom('A', 'B') }),
		{ selector: ({ id }) => id, minLength: 1 },
	);
	const runs = fc.array(
		fc.record({
			rows,
			byHand: fc.boolean(),
			/** Calls to service and database until it dies. */
			dies: fc.option(fc.integer({ min: 1, max: 12 }), { freq: 2 }),
			/** The execution ends after the next one. */
			overlaps: fc.boolean(),
		}),
		{ minLength: 2, maxLength: 9 },
	);
	await fc.assert(
		fc.asyncProperty(runs, async (steps) => {
			const setup = fresh();
			let overlapped: ReturnType<Workflow['begin']> | undefined;
			// Of two faults at once, the second at the very moment at which the first is found out, this does not tell.
			let hasOverlapped = false;
			for (const { rows: people, byHand, dies, overlaps } of steps) {
				const execution = setup.workflow.begin(byHand);
				const mayDie = dies !== null && !hasOverlapped;
				let moments = 0;
				const count = (error: Error) => {
					if (mayDie && ++moments >= dies) throw error;
				};
				setup.workflow.memory.before = () => count(new Error('killed'));
				setup.service.at = () => count(new TransportFault('cut', 'killed'));
				const outcomes = await run(people, { ...setup, execution }).catch(() => []);
				setup.workflow.memory.before = () => undefined;
				setup.service.at = () => undefined;
				const isDead = mayDie && moments >= dies;
				for (const { key, status, row: at } of isDead ? [] : outcomes) {
					expect(['saved', 'skipped']).toContain(status);
					const held = setup.service.made.find(({ id }) => id === key)?.name;
					expect([key, held]).toEqual([key, people[at - 1].name]);
				}
				overlapped?.end();
				overlapped = undefined;
				if (isDead) continue;
				hasOverlapped ||= overlaps;
				if (overlaps) overlapped = execution;
				else execution.end();
			}
		}),
		{ numRuns: 100 },
	);
}, 60_000);

it('the journal does not grow from night to night', async () => {
	const setup = { ...fresh(), byHand: false };
	const rows = Array.from({ length: 1200 }, (_, at) => row(at));
	await run(rows, setup);
	for (let night = 0; night < 5; night++) await run([row(0, `X${night}`), ...rows.slice(1)], setup);
	expect(setup.workflow.memory.marks.length).toBeLessThan(1100);
	expect(setup.service.requests).toBe(1205);
});

it('what was open stays open when the journal is cleared', async () => {
	const setup = { ...fresh(), route: 'post' as const, byHand: false };
	setup.service.at = (moment) => {
		if (moment === 'after') throw new TransportFault('cut', 'The connection was cut.');
	};
	await run([row(1)], setup);
	setup.service.at = () => undefined;
	for (let night = 0; night < 4; night++) {
		const [outcome] = await run([row(1), row(night + 2)], setup);
		expect(outcome).toMatchObject({ status: 'unknown', errors: [{ code: 'SENT_EARLIER' }] });
	}
	expect(setup.service.copiesOf('P1')).toBe(1);
});

describe('More rows than can be remembered', () => {
	/** A book with so many rows. */
	const full = async (count: number, route: 'put' | 'post') => {
		const setup = { ...fresh(), route, byHand: false };
		const execution = setup.workflow.begin(false);
		const data = execution.context.getWorkflowStaticData('node');
		await run([row(0)], { ...setup, execution });
		const book = data.skipUnchanged as { rows: string };
		for (let at = 1; at < count; at++) book.rows += `${at}`.padStart(12, '0').padEnd(24, '0');
		execution.end();
		return setup;
	};

	it('start anew where repeating is safe, and stop the run where it is not', async () => {
		const setup = await full(120_000, 'put');
		expect(statuses(await run([row(1), row(0)], setup))).toEqual(['saved', 'saved']);
		expect(statuses(await run([row(1)], setup))).toEqual(['skipped']);

		const unsafe = await full(120_000, 'post');
		await expect(run([row(1)], unsafe)).rejects.toThrow(
			'"Skip Unchanged Rows" cannot remember more: it holds 120000 rows.',
		);
		expect(unsafe.service.requests).toBe(1);
	});

	it('in the middle of a run are sent unremembered where repeating is safe, and otherwise fail', async () => {
		const setup = await full(119_999, 'put');
		expect(statuses(await run([row(1), row(2), row(0)], setup))).toEqual([
			'saved',
			'saved',
			'skipped',
		]);

		const unsafe = await full(119_999, 'post');
		expect(await run([row(1), row(2)], unsafe)).toMatchObject([
			{ status: 'saved' },
			{ status: 'failed', errors: [{ code: 'NOT_SENT' }] },
		]);
		expect(unsafe.service.copiesOf('P2')).toBe(0);
	});
});
