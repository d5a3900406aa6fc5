import * as fc from 'fast-check';

import {
	list,
	listOf,
	object,
	read,
	resource,
	text,
	textList,
	write,
	type OutcomeRule as Rule,
	type Route,
	type SaveOperation,
} from '../../../nodes/shared/definition';
import {
	Cancelled,
	Budget,
	redactor,
	Sender,
	SignInFailed,
	TransportFault,
	type HttpRequest,
	type HttpResponse,
} from '../../../nodes/shared/http';
import type { MappedRow, Mapper } from '../../../nodes/shared/mapping/types';
import {
	save,
	type Outcome,
	type RunHistory,
	type RowSource,
	type SaveJob,
	type SourceRow,
} from '../../../nodes/shared/write';
import { stubMapper } from '../../support/stubMapper';
import { answer, VirtualPort, type Handler } from '../../support/virtualPort';

// Hundreds of runs for each property, on a machine that may be busy.
jest.setTimeout(60_000);

const BASE = 'https://api.example.com';
const FACT = { basis: 'documented', source: 'test' } as const;

interface Person {
	id: string;
	name?: string;
	boss?: { id: string };
}

const LOCATED: Rule = {
	by: 'located',
	errors: 'errors',
	code: 'code',
	message: 'message',
	locations: 'places',
	index: 'index',
	key: 'id',
	created: 'counts.created',
	updated: 'counts.updated',
};

function people(
	more: {
		max?: number;
		maxBytes?: number;
		repeatable?: boolean;
		outcome?: Rule;
		accepts?: string[];
	} = {},
) {
	const { max = 3, repeatable = true, outcome = LOCATED, maxBytes, accepts } = more;
	return resource({
		name: 'person',
		label: 'Person',
		plural: 'People',
		key: 'id',
		fields: {
			id: text({ label: 'ID', required: ['patch'] }),
			name: text({ label: 'Name', personal: true, required: ['create'] }),
			boss: listOf(
				{ id: text({ label: 'ID' }) },
				{ label: 'Boss', relation: { refersTo: 'id', order: 'secondPass' } },
			),
		},
		endpoints: {
			bulk: write({
				...FACT,
				request: { method: 'POST', path: '/bulk' },
				repeatable,
				max,
				maxBytes,
				wrap: 'data',
				outcome,
			}),
			put: write({
				...FACT,
				request: { method: 'PUT', path: '/people/{id}' },
				repeatable: true,
				max: 1,
				outcome: { by: 'status', action: 'updated' },
				omit: ['id'],
				accepts,
			}),
			post: write({
				...FACT,
				request: { method: 'POST', path: '/people' },
				repeatable: false,
				max: 1,
				outcome: { by: 'status', action: 'created', keep: ['id'] },
			}),
			later: write({
				...FACT,
				request: { method: 'POST', path: '/later' },
				repeatable: false,
				max: 1,
				outcome: {
					by: 'transaction',
					id: 'transactionId',
					poll: 'transaction',
					state: 'data.status',
					success: ['PASS'],
					failure: ['FAIL'],
				},
			}),
			transaction: read({
				...FACT,
				request: { method: 'GET', path: '/transactions/{transactionId}' },
			}),
			people: list({
				...FACT,
				request: { method: 'GET', path: '/people' },
				records: 'data',
				paging: { by: 'offset', offset: 'start', limit: 'limit', pageSize: 2 },
				parameters: { name: { label: 'Name', kind: 'text', in: 'query' } },
			}),
			remove: write({
				...FACT,
				request: { method: 'DELETE', path: '/people/{id}' },
				repeatable: true,
				max: 1,
				bodiless: true,
				outcome: { by: 'status' },
			}),
			strict: write({
				...FACT,
				request: { method: 'POST', path: '/strict' },
				repeatable: false,
				max: 1,
				demands: 'create',
				outcome: { by: 'status' },
			}),
			get: read({ ...FACT, request: { method: 'GET', path: '/people/{id}' } }),
			postSeen: write({
				...FACT,
				request: { method: 'POST', path: '/people' },
				repeatable: false,
				max: 1,
				seenBy: 'shown',
				outcome: { by: 'status', action: 'created' },
			}),
			removeSeen: write({
				...FACT,
				request: { method: 'DELETE', path: '/people/{id}' },
				repeatable: false,
				max: 1,
				bodiless: true,
				seenBy: 'shown',
				outcome: { by: 'status' },
			}),
			shown: read({
				...FACT,
				request: { method: 'GET', path: '/people/{id}' },
				record: 'person',
			}),
		},
		operations: {},
	});
}

/** The engine is tested without the mapping: rows are records already. */
const mapper: Mapper = {
	map(raw): MappedRow {
		const { boss, ...record } = raw as unknown as Person & Record<string, unknown>;
		const issues =
			record.bad === undefined ? [] : [{ code: 'INVALID_VALUE', message: '"Name" is bad.' }];
		return {
			record,
			key: record.id,
			issues,
			...(boss === undefined ? {} : { relations: { boss } }),
			...(record.blank === undefined
				? {}
				: { skip: { code: 'BLANK_VALUE', message: '"Name" is blank.' } }),
		};
	},
	...stubMapper,
};

const POLICY = { unknownFields: 'error', blankValues: 'leave', fieldsToClear: [] } as const;
const SAME = {};

function rowsOf(values: Array<Partial<Person> & Record<string, unknown>>): () => SourceRow[] {
	return () =>
		values.map((value, index) => ({
			row: index + 1,
			index,
			values: value,
			parameters: SAME,
			policy: POLICY,
		}));
}

async function run(
	values: Array<Partial<Person> & Record<string, unknown>>,
	handler: Handler,
	more: Partial<SaveJob> & {
		resourceMore?: Parameters<typeof people>[0];
		rows?: SaveOperation['rows'];
		source?: RowSource;
	} = {},
) {
	const { resourceMore, rows = 'items', source, ...rest } = more;
	const port = new VirtualPort(handler);
	const sender = new Sender(port, {
		baseUrl: BASE,
		budget: new Budget(),
		maxWaitMs: 300_000,
		timeoutMs: 1000,
		errorMessages: ['message'],
		redact: redactor([]),
	});
	const outcomes: Outcome[] = [];
	const indices: number[] = [];
	const job: SaveJob = {
		resource: people(resourceMore),
		operation: { does: 'save', rows, purpose: 'patch', route: 'bulk', action: 'Save' },
		route: 'bulk',
		mapper,
		sender,
		port,
		baseUrl: BASE,
		redact: redactor([]),
		concurrency: 4,
		duplicates: 'fail',
		validateOnly: false,
		includeRequest: false,
		transactionWaitMs: 60_000,
		emit: (outcome, row) => {
			outcomes.push(outcome);
			indices.push(row.index);
		},
		...rest,
	};
	await save(source ?? rowsOf(values), job);
	outcomes.sort((a, b) => a.row - b.row);
	return { outcomes, indices, port, sender, statuses: outcomes.map((outcome) => outcome.status) };
}

const sentRows = (request: HttpRequest): Person[] =>
	(JSON.parse(request.body ?? '{}') as { data: Person[] }).data;
const many = (count: number) =>
	Array.from({ length: count }, (_, i) => ({ id: `P${i}`, name: `N${i}` }));

/** A service that saves what it is sent, except rows it is told to refuse, and remembers how often. */
function bulkService(
	options: {
		refuse?: (person: Person) => boolean;
		poison?: (person: Person) => boolean;
		refuseStatus?: number;
	} = {},
) {
	const saves = new Map<string, number>();
	const sizes: number[] = [];
	const handler = (request: HttpRequest): HttpResponse => {
		const rows = sentRows(request);
		sizes.push(rows.length);
		if (options.poison && rows.some(options.poison))
			return answer({ message: 'Bad request' }, options.refuseStatus ?? 400);
		const errors: unknown[] = [];
		let created = 0;
		let updated = 0;
		rows.forEach((person, index) => {
			if (options.refuse?.(person))
				errors.push({ code: 'NO', message: `No ${person.id}`, places: [{ index, id: person.id }] });
			else {
				const before = saves.get(person.id) ?? 0;
				saves.set(person.id, before + 1);
				if (before === 0) created++;
				else updated++;
			}
		});
		return answer({ errors, counts: { created, updated } });
	};
	return { handler, saves, sizes };
}

describe('clean rows', () => {
	it.each([
		[0, 0],
		[1, 1],
		[3, 1],
		[4, 2],
		[10, 4],
	])('%i rows at 3 a request take %i requests', async (count, requests) => {
		const service = bulkService();
		const { port, statuses } = await run(many(count), service.handler);
		expect(port.requests).toHaveLength(requests);
		expect(statuses).toEqual(Array(count).fill('saved'));
		expect([...service.saves.values()].every((times) => times === 1)).toBe(true);
	});

	it('carry the action only when the answer speaks of all', async () => {
		const { outcomes } = await run(many(3), bulkService().handler);
		expect(outcomes[0]).toEqual({ key: 'P0', status: 'saved', action: 'created', row: 1 });
		const mixed = await run(many(2), () =>
			answer({ errors: [], counts: { created: 1, updated: 1 } }),
		);
		expect(mixed.outcomes[0]).toEqual({ key: 'P0', status: 'saved', row: 1 });
	});

	it('send the first request alone and then no more than the limit at once', async () => {
		const inFlightAtFirst: number[] = [];
		const service = bulkService();
		const { port } = await run(many(60), (request, n) => {
			if (n === 1) inFlightAtFirst.push(n);
			return service.handler(request);
		});
		expect(port.busiest).toBe(4);
		expect(port.requests).toHaveLength(20);
	});

	it('are cut by bytes as well', async () => {
		const service = bulkService();
		await run(many(4), service.handler, { resourceMore: { max: 100, maxBytes: 70 } });
		expect(service.sizes).toEqual([2, 2]);
	});

	it('obey a smaller chunk size', async () => {
		const service = bulkService();
		await run(many(4), service.handler, { chunkSize: 2 });
		expect(service.sizes).toEqual([2, 2]);
	});
});

describe('rows found wrong before sending', () => {
	it('cost no request and keep their place', async () => {
		const service = bulkService();
		const { outcomes, port } = await run(
			[{ id: 'A' }, { id: 'B', bad: 1 }, { id: 'C', blank: 1 }, { id: 'D' }],
			service.handler,
		);
		expect(outcomes.map(({ row, status }) => [row, status])).toEqual([
			[1, 'saved'],
			[2, 'failed'],
			[3, 'skipped'],
			[4, 'saved'],
		]);
		expect(sentRows(port.requests[0]).map((person) => person.id)).toEqual(['A', 'D']);
	});
});

describe('what differs by row', () => {
	it('never shares a request when parameters differ', async () => {
		const service = bulkService();
		const one = { tenant: 'a' };
		const two = { tenant: 'b' };
		const source = () =>
			many(4).map(
				(value, index): SourceRow => ({
					row: index + 1,
					index,
					values: value,
					parameters: index % 2 ? two : one,
					policy: POLICY,
				}),
			);
		await run([], service.handler, { source });
		expect(service.sizes).toEqual([2, 2]);
	});
});

describe('located errors', () => {
	it('fail the rows they name, vendor words first, and no other', async () => {
		const { outcomes } = await run(
			many(5),
			bulkService({ refuse: (person) => person.id === 'P4' }).handler,
		);
		expect(outcomes[4]).toEqual({
			key: 'P4',
			status: 'failed',
			errors: [{ code: 'NO', message: 'No P4' }],
			row: 5,
		});
		expect(outcomes.slice(0, 4).every((outcome) => outcome.status === 'saved')).toBe(true);
	});

	it('are found by key when the position does not fit it', async () => {
		const { statuses } = await run(many(3), () =>
			answer({
				errors: [{ code: 'NO', message: 'x', places: [{ index: 0, id: 'P2' }] }],
				counts: { created: 2, updated: 0 },
			}),
		);
		expect(statuses).toEqual(['saved', 'saved', 'failed']);
	});

	it('can point at several rows', async () => {
		const { statuses } = await run(many(3), () =>
			answer({
				errors: [{ code: 'NO', message: 'x', places: [{ index: 0 }, { index: 2 }] }],
				counts: { created: 1, updated: 0 },
			}),
		);
		expect(statuses).toEqual(['failed', 'saved', 'failed']);
	});

	it('without place concern every row of the chunk and only of that chunk', async () => {
		const { statuses } = await run(many(4), (request) => {
			const rows = sentRows(request);
			return rows[0].id === 'P0'
				? answer({
						errors: [{ code: 'ALL', message: 'Closed' }],
						counts: { created: 0, updated: 0 },
					})
				: answer({ counts: { created: 1, updated: 0 } });
		});
		expect(statuses).toEqual(['failed', 'failed', 'failed', 'saved']);
	});

	it('mask what is personal in the words of the vendor', async () => {
		const { outcomes } = await run([{ id: 'A', name: 'Zebulon' }], () =>
			answer({
				errors: [{ code: 'NO', message: 'Zebulon is unknown', places: [{ index: 0 }] }],
				counts: { created: 0, updated: 0 },
			}),
		);
		expect(outcomes[0].errors?.[0].message).toBe('*** is unknown');
	});
});

describe('short answers', () => {
	it('are asked once more where repeating is safe, and settle', async () => {
		const service = bulkService();
		const { statuses, port } = await run(many(3), (request, n) =>
			n === 1 ? answer({ counts: { created: 2, updated: 0 } }) : service.handler(request),
		);
		expect(statuses).toEqual(['saved', 'saved', 'saved']);
		expect(port.requests).toHaveLength(2);
	});

	it('that stay short leave the rows unknown, never saved', async () => {
		const { outcomes } = await run(many(3), () => answer({ counts: { created: 2, updated: 0 } }));
		expect(outcomes.map((outcome) => [outcome.status, outcome.errors?.[0].code])).toEqual(
			Array(3).fill(['unknown', 'SHORT_ANSWER']),
		);
	});

	it('without counts leave the rows unknown', async () => {
		const { outcomes } = await run(many(2), () => answer({ fine: true }));
		expect(outcomes.map((outcome) => [outcome.status, outcome.errors?.[0].code])).toEqual(
			Array(2).fill(['unknown', 'UNREADABLE_ANSWER']),
		);
	});

	it('are not repeated where that is not safe', async () => {
		const { port } = await run(many(2), () => answer({ fine: true }), {
			resourceMore: { repeatable: false },
		});
		expect(port.requests).toHaveLength(1);
	});
});

describe('a chunk refused as invalid', () => {
	it.each([400, 413, 422])(
		'with %i is halved to the bad row: at most 19 requests for one of 300',
		async (refuseStatus) => {
			const service = bulkService({ poison: (person) => person.id === 'P137', refuseStatus });
			const { statuses, port } = await run(many(300), service.handler, {
				resourceMore: { max: 300 },
			});
			expect(statuses.filter((status) => status === 'failed')).toHaveLength(1);
			expect(statuses[137]).toBe('failed');
			expect(port.requests.length).toBeLessThanOrEqual(19);
			expect(service.saves.size).toBe(299);
			expect(Math.max(...service.saves.values())).toBe(1);
		},
	);

	it('finds exactly the bad rows, whatever they are, and doubles nobody', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 40 }),
				fc.integer({ min: 2, max: 12 }),
				fc.array(fc.nat(39)),
				async (count, max, picks) => {
					const bad = new Set(picks.filter((at) => at < count).map((at) => `P${at}`));
					const service = bulkService({ poison: (person) => bad.has(person.id) });
					const { outcomes, indices } = await run(many(count), service.handler, {
						resourceMore: { max },
					});
					expect([...indices].sort((a, b) => a - b)).toEqual(many(count).map((_, at) => at));
					for (const outcome of outcomes)
						expect(outcome.status).toBe(bad.has(outcome.key as string) ? 'failed' : 'saved');
					expect(service.sizes.every((size) => size <= max)).toBe(true);
					expect([...service.saves.values()].every((times) => times === 1)).toBe(true);
				},
			),
			{ numRuns: 60 },
		);
	});

	it('is not halved where repeating is not safe', async () => {
		const service = bulkService({ poison: () => true });
		const { statuses, port } = await run(many(3), service.handler, {
			resourceMore: { repeatable: false },
		});
		expect(statuses).toEqual(['failed', 'failed', 'failed']);
		expect(port.requests).toHaveLength(1);
	});

	it('as too large makes every later chunk smaller', async () => {
		const service = bulkService();
		await run(
			many(40),
			(request) => (sentRows(request).length > 5 ? answer('', 413) : service.handler(request)),
			{ resourceMore: { max: 10 }, concurrency: 1 },
		);
		expect(service.sizes.every((size) => size <= 5)).toBe(true);
		expect(service.sizes.length).toBe(8);
	});

	it('by a time-out makes every later chunk smaller', async () => {
		const service = bulkService();
		const { port, statuses } = await run(
			many(40),
			(request) =>
				sentRows(request).length > 5
					? new TransportFault('timeout', 'late')
					: service.handler(request),
			{ resourceMore: { max: 10 }, concurrency: 1 },
		);
		expect(statuses.every((status) => status === 'saved')).toBe(true);
		// One refusal is the price of learning the size.
		expect(port.requests).toHaveLength(9);
	});
});

describe('faults', () => {
	it('after the write was applied double nobody and call no repetition a creation', async () => {
		const service = bulkService();
		const { outcomes } = await run(many(3), (request, n) => {
			const real = service.handler(request);
			return n === 1 ? new TransportFault('cut', 'gone') : real;
		});
		expect(outcomes.map(({ status, action }) => [status, action])).toEqual(
			Array(3).fill(['saved', undefined]),
		);
	});

	it('leave rows of a write that must not be repeated unknown, with what to do', async () => {
		const { outcomes, port } = await run(
			many(2),
			() => new TransportFault('cut', 'The connection ended.'),
			{ resourceMore: { repeatable: false } },
		);
		expect(port.requests).toHaveLength(1);
		expect(outcomes[0]).toEqual({
			key: 'P0',
			status: 'unknown',
			row: 1,
			errors: [
				{
					code: 'CONNECTION_LOST',
					message:
						'The connection ended. The record may or may not have been saved. Look it up in the service before sending it again.',
				},
			],
		});
	});

	it('of the sign-in end the run before anything is sent when they come first', async () => {
		await expect(run(many(9), () => answer({ message: 'Bad key' }, 401))).rejects.toMatchObject({
			name: 'SetupFault',
		});
	});

	it('of the sign-in in the middle leave the rest unsent, each row accounted for', async () => {
		const service = bulkService();
		const { outcomes, port } = await run(
			many(30),
			(request, n) => (n <= 2 ? service.handler(request) : answer({ message: 'Expired' }, 401)),
			{ concurrency: 1 },
		);
		expect(outcomes).toHaveLength(30);
		expect(outcomes.filter((outcome) => outcome.status === 'saved')).toHaveLength(6);
		expect(outcomes[6].errors?.[0].code).toBe('AUTHENTICATION');
		expect(outcomes.slice(9).every((outcome) => outcome.errors?.[0].code === 'NOT_SENT')).toBe(
			true,
		);
		expect(port.requests).toHaveLength(3);
	});

	it.each<[string, () => Error]>([
		['n8n has kept them in', () => new TransportFault('blocked', 'n8n says why.')],
		['nobody can sign in', () => new SignInFailed({ message: 'No key.', passing: false })],
		[
			'the sign-in stays out of order',
			() => new SignInFailed({ message: 'Down.', passing: true, status: 503 }),
		],
	])('of requests that never left are not sent, with the reason: %s', async (_, fault) => {
		await expect(run(many(9), () => fault())).rejects.toMatchObject({ name: 'SetupFault' });

		const { handler } = bulkService();
		const { outcomes } = await run(many(9), (request, n) => (n === 1 ? handler(request) : fault()));
		expect(outcomes.map(({ status, errors }) => [status, errors?.[0].code])).toEqual([
			...Array(3).fill(['saved', undefined]),
			...Array(6).fill(['failed', 'NOT_SENT']),
		]);
		expect(outcomes[3].errors![0].message).toBe(`Not sent. ${fault().message}`);
	});

	it('of an address that does not exist end the run', async () => {
		await expect(
			run(many(1), () => answer({ message: 'No such page' }, 404)),
		).rejects.toMatchObject({ name: 'SetupFault' });
	});

	it('that go on three times in a row leave the rest unsent', async () => {
		const { outcomes } = await run(many(30), () => answer('', 503), { concurrency: 1 });
		expect(outcomes.filter((outcome) => outcome.status === 'unknown')).toHaveLength(9);
		expect(outcomes.filter((outcome) => outcome.errors?.[0].code === 'NOT_SENT')).toHaveLength(21);
	});

	it('account for every row under any sequence of answers', async () => {
		const fault = fc.constantFrom(
			'ok',
			'429',
			'500',
			'413',
			'cut',
			'timeout',
			'html',
			'short',
			'401',
		);
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 25 }),
				fc.array(fault, { maxLength: 12 }),
				fc.boolean(),
				fc.array(fc.nat(24), { maxLength: 3 }),
				async (count, script, repeatable, picks) => {
					const poisoned = new Set(picks.map((at) => `P${at}`));
					const service = bulkService({ poison: (person) => poisoned.has(person.id) });
					const handler = (request: HttpRequest, n: number) => {
						switch (script[n - 1] ?? 'ok') {
							case '429':
								return answer('', 429, { 'retry-after': '1' });
							case '500':
								return answer('', 500);
							case '413':
								return answer('', 413);
							case '401':
								return answer('', 401);
							case 'cut':
								service.handler(request);
								return new TransportFault('cut', 'gone');
							case 'timeout':
								return new TransportFault('timeout', 'late');
							case 'html':
								return service.handler(request).status === 200
									? answer('<html></html>')
									: answer('', 400);
							case 'short':
								return answer({ counts: { created: 0, updated: 0 } });
							default:
								return service.handler(request);
						}
					};
					let result: Awaited<ReturnType<typeof run>>;
					try {
						result = await run(many(count), handler, { resourceMore: { repeatable } });
					} catch (error) {
						expect((error as Error).name).toBe('SetupFault');
						expect(service.saves.size).toBe(0);
						return;
					}
					expect([...result.indices].sort((a, b) => a - b)).toEqual(many(count).map((_, at) => at));
					for (const outcome of result.outcomes) {
						const saves = service.saves.get(outcome.key as string) ?? 0;
						if (outcome.status === 'saved') expect(saves).toBeGreaterThan(0);
						if (outcome.status === 'failed') expect(saves).toBe(0);
						if (!repeatable) expect(saves).toBeLessThanOrEqual(1);
					}
				},
			),
			{ numRuns: 300 },
		);
	});
});

describe('rows that share a key', () => {
	const twice = [{ id: 'A', name: 'one' }, { id: 'B' }, { id: 'A', title: 'two' }];

	it('all fail, naming each other', async () => {
		const { outcomes, port } = await run(twice, bulkService().handler);
		expect(outcomes.map((outcome) => outcome.status)).toEqual(['failed', 'saved', 'failed']);
		expect(outcomes[0].errors).toEqual([
			{
				code: 'DUPLICATE_KEY',
				field: 'ID',
				message:
					'"ID" is the same as in another row. It stands in row 3 too. Remove one, or choose what to do under "Duplicates".',
			},
		]);
		expect(sentRows(port.requests[0])).toHaveLength(1);
	});

	it.each([
		['first', ['saved', 'saved', 'skipped'], [{ id: 'A', name: 'one' }, { id: 'B' }]],
		['last', ['skipped', 'saved', 'saved'], [{ id: 'B' }, { id: 'A', title: 'two' }]],
		['merge', ['skipped', 'saved', 'saved'], [{ id: 'B' }, { id: 'A', name: 'one', title: 'two' }]],
	] as const)('by %s', async (duplicates, statuses, sent) => {
		const result = await run(twice, bulkService().handler, { duplicates });
		expect(result.statuses).toEqual(statuses);
		expect(sentRows(result.port.requests[0])).toEqual(sent);
	});

	it('never travel at the same time where each item is its own record', async () => {
		const underWay = new Set<string>();
		const rows = [{ id: 'X' }, ...Array.from({ length: 8 }, () => ({ id: 'A' }))];
		const { statuses } = await run(
			rows,
			async (request) => {
				const [{ id }] = sentRows(request);
				expect(underWay.has(id)).toBe(false);
				underWay.add(id);
				await new Promise((resolve) => setTimeout(resolve, 1));
				underWay.delete(id);
				return answer({ counts: { created: 1, updated: 0 } });
			},
			{ rows: 'one', duplicates: undefined },
		);
		expect(statuses).toEqual(Array(9).fill('saved'));
	});
});

describe('relations', () => {
	const rows = [
		{ id: 'A', boss: { id: 'C' } },
		{ id: 'B', boss: { id: 'Z' } },
		{ id: 'C' },
		{ id: 'D', boss: { id: 'A' } },
	];

	it('are sent after all rows are saved, with the key alone', async () => {
		const service = bulkService();
		const { port, statuses } = await run(rows, service.handler);
		expect(port.requests.map(sentRows)).toEqual([
			[{ id: 'A' }, { id: 'B' }, { id: 'C' }],
			[{ id: 'D' }],
			[
				{ id: 'A', boss: { id: 'C' } },
				{ id: 'B', boss: { id: 'Z' } },
				{ id: 'D', boss: { id: 'A' } },
			],
		]);
		expect(statuses).toEqual(['saved', 'saved', 'saved', 'saved']);
	});

	it('that are refused fail the row, keep its action and say what is saved', async () => {
		const { outcomes } = await run(
			rows,
			bulkService({ refuse: (person) => person.boss?.id === 'Z' }).handler,
		);
		expect(outcomes[1]).toEqual({
			key: 'B',
			status: 'failed',
			action: 'created',
			errors: [
				{
					code: 'RELATION_FAILED',
					message: 'No B. The record is saved, but not its Boss.',
					field: 'Boss',
				},
			],
			row: 2,
		});
		expect(outcomes[0].status).toBe('saved');
	});

	it('of rows that failed are not sent', async () => {
		const { port } = await run(
			rows,
			bulkService({ refuse: (person) => person.id === 'B' && person.boss === undefined }).handler,
		);
		expect(sentRows(port.requests[2]).map((person) => person.id)).toEqual(['A', 'D']);
	});
});

describe('routes', () => {
	const byKey: Route = { withKey: 'put', withoutKey: 'post' };

	it('choose by key, and leave the key out of the body where the path holds it', async () => {
		const { port, outcomes } = await run(
			[{ id: 'A b', name: 'x' }, { name: 'y' }],
			() => answer({ id: 'NEW' }),
			{ route: byKey },
		);
		expect(
			port.requests.map(({ method, url, body }) => [method, url.slice(BASE.length), body]),
		).toEqual([
			['PUT', '/people/A%20b', '{"name":"x"}'],
			['POST', '/people', '{"name":"y"}'],
		]);
		expect(outcomes.map(({ action, vendor }) => [action, vendor])).toEqual([
			['updated', undefined],
			['created', { id: 'NEW' }],
		]);
	});

	it('refuse a value the endpoint does not take, without a request', async () => {
		const { port, outcomes } = await run([{ id: 'A', name: 'x' }], () => answer({}), {
			route: byKey,
			resourceMore: { accepts: ['id'] },
		});
		expect(port.requests).toHaveLength(0);
		expect(outcomes[0].errors?.[0]).toEqual({
			code: 'CANNOT_CHANGE',
			field: 'Name',
			message: '"Name" cannot be changed on a record that exists. Remove the value.',
		});
	});

	it('look a record up first where the vendor has no upsert', async () => {
		const { port, outcomes } = await run(
			[{ id: 'old' }, { id: 'new' }],
			(request) =>
				request.method === 'GET' && request.url.endsWith('/new') ? answer({}, 404) : answer({}),
			{ route: { lookup: 'get', found: 'put', missing: 'post' }, concurrency: 1 },
		);
		expect(port.requests.map(({ method, url }) => `${method} ${url.slice(BASE.length)}`)).toEqual([
			'GET /people/old',
			'PUT /people/old',
			'GET /people/new',
			'POST /people',
		]);
		expect(outcomes.map((outcome) => outcome.action)).toEqual(['updated', 'created']);
	});

	it('a record that cannot be found at its address fails alone', async () => {
		const { statuses } = await run(
			[{ id: 'A' }, { id: 'B' }],
			(request) => (request.url.endsWith('/A') ? answer({ message: 'gone' }, 404) : answer({})),
			{ route: byKey },
		);
		expect(statuses).toEqual(['failed', 'saved']);
	});
});

describe('transactions', () => {
	const states =
		(...words: string[]) =>
		(request: HttpRequest, n: number) =>
			request.method === 'POST'
				? answer({ transactionId: 'T1' })
				: answer({ data: { status: words[Math.min(n - 2, words.length - 1)] } });

	it('are saved when they pass', async () => {
		const { outcomes } = await run([{ id: 'A' }], states('IN PROGRESS', 'PASS'), {
			route: 'later',
		});
		expect(outcomes).toEqual([
			{ key: 'A', status: 'saved', vendor: { transactionId: 'T1', status: 'PASS' }, row: 1 },
		]);
	});

	it('are failed when they fail', async () => {
		const { outcomes } = await run([{ id: 'A' }], states('FAIL'), { route: 'later' });
		expect(outcomes[0]).toMatchObject({ status: 'failed', errors: [{ code: 'REFUSED' }] });
	});

	it('that do not end within the wait are in progress, never saved', async () => {
		const { outcomes, port } = await run([{ id: 'A' }], states('IN PROGRESS'), { route: 'later' });
		expect(outcomes).toEqual([
			{ key: 'A', status: 'inProgress', vendor: { transactionId: 'T1' }, row: 1 },
		]);
		expect(port.requests.length).toBeLessThan(10);
	});

	it('are not polled when the user does not wait', async () => {
		const { outcomes, port } = await run([{ id: 'A' }], states('PASS'), {
			route: 'later',
			transactionWaitMs: 0,
		});
		expect(outcomes[0].status).toBe('inProgress');
		expect(port.requests).toHaveLength(1);
	});
});

describe('dry runs', () => {
	it('send nothing and show the request', async () => {
		const { outcomes, port } = await run(
			[
				{ id: 'A', boss: { id: 'B' } },
				{ id: 'C', bad: 1 },
			],
			() => answer({}),
			{ validateOnly: true, includeRequest: true },
		);
		expect(port.requests).toHaveLength(0);
		expect(outcomes).toEqual([
			{
				key: 'A',
				status: 'wouldSave',
				row: 1,
				request: {
					method: 'POST',
					path: '/bulk',
					body: { data: [{ id: 'A' }] },
					afterwards: { boss: { id: 'B' } },
				},
			},
			{
				key: 'C',
				status: 'failed',
				row: 2,
				errors: [{ code: 'INVALID_VALUE', message: '"Name" is bad.' }],
			},
		]);
	});

	it('look up where the vendor can be read, and write nothing', async () => {
		const { outcomes, port } = await run(
			[{ id: 'old' }, { id: 'new' }],
			(request) => (request.url.endsWith('/new') ? answer({}, 404) : answer({})),
			{ route: { lookup: 'get', found: 'put', missing: 'post' }, validateOnly: true },
		);
		expect(outcomes.map((outcome) => outcome.status)).toEqual(['wouldUpdate', 'wouldCreate']);
		expect(port.requests.every((request) => request.method === 'GET')).toBe(true);
	});
});

describe('a stop', () => {
	it('ends the run, and nothing is sent after it', async () => {
		const service = bulkService();
		const port: { current?: VirtualPort } = {};
		let sent = 0;
		const handler = (request: HttpRequest) => {
			if (++sent === 3 && port.current) port.current.cancelled = true;
			return service.handler(request);
		};
		const virtual = new VirtualPort(handler);
		port.current = virtual;
		const sender = new Sender(virtual, {
			baseUrl: BASE,
			budget: new Budget(),
			maxWaitMs: 1,
			timeoutMs: 1,
			errorMessages: [],
			redact: (text) => text,
		});
		await expect(
			run(many(60), handler, { port: virtual, sender, concurrency: 1 }),
		).rejects.toMatchObject({ name: 'Cancelled' });
		expect(sent).toBe(3);
	});
});

describe('an endpoint that demands more than the operation', () => {
	it('fails the rows that do not bring it, without a request', async () => {
		const { outcomes, port } = await run([{ id: 'A' }, { id: 'B', name: 'x' }], () => answer({}), {
			route: { lookup: 'get', found: 'put', missing: 'strict' },
			concurrency: 1,
		});
		expect(outcomes.map(({ status }) => status)).toEqual(['saved', 'saved']);
		expect(port.requests.filter(({ method }) => method === 'POST')).toHaveLength(0);
		const missing = await run(
			[{ id: 'A' }, { id: 'B', name: 'x' }],
			(request) => answer({}, request.method === 'GET' ? 404 : 200),
			{
				route: { lookup: 'get', found: 'put', missing: 'strict' },
			},
		);
		expect(missing.outcomes.map(({ status }) => status)).toEqual(['failed', 'saved']);
		expect(missing.outcomes[0].errors).toEqual([
			{
				code: 'MISSING_VALUE',
				field: 'Name',
				message:
					'"Name" is missing, and the record does not exist yet. Add a value or map a column to it.',
			},
		]);
	});
});

describe('a record that has to be found first', () => {
	const route: Route = {
		find: 'people',
		where: { name: 'name' },
		take: { pid: 'id' },
		then: 'remove',
	};
	const serve = (found: unknown[]) => (request: HttpRequest) => {
		if (request.method !== 'GET') return answer(undefined, 204);
		const start = Number(new URL(request.url).searchParams.get('start'));
		return answer({ data: found.slice(start, start + 2) });
	};

	it('is written when exactly one fits', async () => {
		const others = [
			{ name: 'Bo', pid: '1' },
			{ name: 'Cy', pid: '2' },
			{ name: 'Ann', pid: '3' },
		];
		const { outcomes, port } = await run([{ name: 'Ann' }], serve(others), { route });
		expect(port.requests.at(-1)).toMatchObject({
			method: 'DELETE',
			url: `${BASE}/people/3`,
			body: undefined,
		});
		expect(outcomes[0]).toMatchObject({ key: '3', status: 'saved' });
	});

	it.each([
		['none fits', [{ name: 'Bo', pid: '1' }], 'NOT_FOUND'],
		[
			'two fit, the second on a later page',
			[
				{ name: 'Ann', pid: '1' },
				{ name: 'Bo', pid: '2' },
				{ name: 'Ann', pid: '3' },
			],
			'NOT_UNIQUE',
		],
	])('stays untouched when %s', async (_, found, code) => {
		const { outcomes, port } = await run([{ name: 'Ann' }], serve(found), { route });
		expect(outcomes[0].errors?.[0].code).toBe(code);
		expect(port.requests.every(({ method }) => method === 'GET')).toBe(true);
	});

	it('stays untouched when it cannot be looked for', async () => {
		const { outcomes } = await run([{ name: 'Ann' }], () => answer({ message: 'No' }, 400), {
			route,
		});
		expect(outcomes[0]).toMatchObject({
			status: 'failed',
			errors: [
				{ code: 'REFUSED', message: expect.stringMatching(/Nothing was sent for this row\.$/) },
			],
		});
	});
});

describe('rows that share a key where a record is looked up first', () => {
	const route: Route = { lookup: 'get', found: 'put', missing: 'later' };

	it('make one record: the second waits for the first, and fails while that is not finished', async () => {
		const { statuses, port } = await run(
			[{ id: 'X' }, { id: 'A' }, { id: 'A' }],
			(request) =>
				request.url.includes('/transactions/')
					? answer({ data: { status: 'PASS' } })
					: request.method === 'GET'
						? answer({}, 404)
						: answer({ transactionId: 'T' }),
			{ route, rows: 'one', duplicates: undefined },
		);
		expect(statuses).toEqual(['saved', 'saved', 'failed']);
		expect(port.requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
	});
});

describe('the totals of the vendor', () => {
	it('count each record once, also where no single row can be called created', async () => {
		const totals = { created: 0, updated: 0 };
		const service = bulkService();
		service.saves.set('P0', 1);
		await run(
			many(5).map((row, at) => ({ ...row, ...(at === 1 ? { boss: { id: 'P0' } } : {}) })),
			service.handler,
			{
				count: ({ created, updated }) => {
					totals.created += created;
					totals.updated += updated;
				},
			},
		);
		expect(totals).toEqual({ created: 4, updated: 1 });
	});
});

describe('A row whose answer was lost, where the vendor can be read', () => {
	/** Cuts every write and shows what it is told to show. */
	const cutting =
		(show: (id: string) => unknown): Handler =>
		(request) => {
			if (request.method !== 'GET') return new TransportFault('cut', 'The connection was cut.');
			const shown = show(decodeURIComponent(request.url.split('/').at(-1)!));
			return shown === undefined ? answer({}, 404) : answer({ person: shown });
		};
	const lost = (
		rows: Array<{ id?: string; name?: string }>,
		show: (id: string) => unknown,
		route = 'postSeen',
	) => run(rows, cutting(show), { route });

	it('is saved when it is there as it was sent, without a claim of who made it', async () => {
		const { outcomes, port } = await lost([{ id: '1', name: 'Ann' }], (id) => ({
			id,
			name: ' Ann',
			more: true,
		}));
		expect(outcomes).toEqual([{ key: '1', status: 'saved', row: 1 }]);
		expect(port.requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
	});

	it.each<[string, unknown, string]>([
		['absent', undefined, 'When looked up, it was not there.'],
		[
			'different',
			{ id: '1', name: 'Bob' },
			'When looked up, it did not hold what the row says for "Name".',
		],
		[
			'without the value',
			{ id: '1' },
			'When looked up, it did not hold what the row says for "Name".',
		],
	])('stays unknown when it is %s, and says so', async (_, shown, said) => {
		const { outcomes, port } = await lost([{ id: '1', name: 'Ann' }], () => shown);
		expect(outcomes).toMatchObject([{ key: '1', status: 'unknown' }]);
		expect(outcomes[0].errors).toHaveLength(1);
		expect(outcomes[0].errors![0].message).toContain(said);
		expect(port.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('is not taken for saved on its key alone', async () => {
		const { outcomes } = await lost([{ id: '1' }], (id) => ({ id }));
		expect(outcomes[0]).toMatchObject({ status: 'unknown' });
		expect(outcomes[0].errors![0].message).toContain('When looked up, it was there.');
	});

	it('is removed when it is gone, and unknown while it is still there', async () => {
		const rows = [{ id: '1' }, { id: '2' }];
		const { outcomes } = await lost(rows, (id) => (id === '1' ? undefined : { id }), 'removeSeen');
		expect(outcomes.map(({ status }) => status)).toEqual(['saved', 'unknown']);
		expect(outcomes[1].errors![0].message).toContain('When looked up, it was still there.');
	});

	it('stays unknown without a key, and where the vendor cannot be read at the moment', async () => {
		const nameless = await lost([{ name: 'Ann' }], () => undefined);
		expect(nameless.statuses).toEqual(['unknown']);
		expect(nameless.port.requests).toHaveLength(1);

		const down = await run(
			[
				{ id: '1', name: 'Ann' },
				{ id: '2', name: 'Bob' },
			],
			() => new TransportFault('cut', 'The connection was cut.'),
			{ route: 'postSeen', concurrency: 1 },
		);
		expect(down.statuses).toEqual(['unknown', 'unknown']);
		for (const { errors } of down.outcomes)
			expect(errors![0].message).toContain('It could not be looked up.');
		// The second row is not asked for: the first shows that nobody answers.
		const asked = down.port.requests.filter(({ method }) => method === 'GET');
		expect(new Set(asked.map(({ url }) => url))).toEqual(new Set([`${BASE}/people/1`]));
	});
});

describe('A vendor that answers with words', () => {
	const WORD: Rule = { by: 'word', at: 'status', success: ['ok', 'done'], messages: 'why' };
	const told = (count: number, body: unknown, rule: Rule = WORD, repeatable = true) =>
		run(many(count), () => answer(body), { resourceMore: { outcome: rule, repeatable } });

	it.each<[string, unknown]>([
		['one for all', { status: 'OK ' }],
		['one for each', [{ status: 'ok' }, { status: 'done' }]],
	])('has saved the rows when every word says so: %s', async (_, body) => {
		expect((await told(2, body)).statuses).toEqual(['saved', 'saved']);
	});

	it.each<[string, unknown, string[]]>([
		[
			'its own',
			{ status: 'error', why: ['Too short.', ' ', 7, 'Too late.'] },
			['Too short.', 'Too late.'],
		],
		[
			'the word itself',
			[{ status: 'ok' }, { status: 'error' }],
			['The service answered "ok, error".'],
		],
	])('has refused them otherwise, with %s as the reason', async (_, body, words) => {
		const { outcomes } = await told(1, body);
		expect(outcomes).toMatchObject([{ status: 'failed' }]);
		expect(outcomes[0].errors).toEqual(words.map((message) => ({ code: 'REFUSED', message })));
	});

	it('leaves rows unknown where it does not say which of them it means', async () => {
		const unlocated: Rule = { ...WORD, unlocated: true };
		const { outcomes } = await told(2, { status: 'error', why: ['No'] }, unlocated);
		for (const { status, errors } of outcomes) {
			expect(status).toBe('unknown');
			expect(errors!.map(({ code }) => code)).toEqual(['REFUSED', 'NOT_LOCATED']);
		}
		expect((await told(1, { status: 'error' }, unlocated)).statuses).toEqual(['failed']);
	});

	it.each<[string, unknown]>([
		['no word', {}],
		['no answer for anybody', []],
		['no word for one of them', [{ status: 'ok' }, {}]],
	])('leaves rows unknown when it says %s', async (_, body) => {
		const { outcomes, port } = await told(2, body, WORD, false);
		expect(outcomes).toMatchObject([
			{ status: 'unknown', errors: [{ code: 'UNREADABLE_ANSWER' }] },
			{ status: 'unknown', errors: [{ code: 'UNREADABLE_ANSWER' }] },
		]);
		expect(port.requests).toHaveLength(1);
	});
});

describe('Located errors in odd shapes', () => {
	const told = (errors: unknown, counts: unknown = { created: 0, updated: 1 }) =>
		run([{ id: '1' }, { id: '2' }], () => answer({ errors, counts }), {
			resourceMore: { repeatable: false },
		});

	it.each<[string, unknown, string, string]>([
		['no message', { code: 'E7', places: [{ index: 0 }] }, 'E7', 'E7'],
		['no code', { message: 'Bad', places: [{ index: 0 }] }, 'REFUSED', 'Bad'],
		['nothing but a place', { code: '', message: '', places: [{ id: 1 }] }, 'REFUSED', 'REFUSED'],
	])('still name their row with %s', async (_, error, code, message) => {
		const { outcomes } = await told([error]);
		expect(outcomes).toMatchObject([
			{ status: 'failed', errors: [{ code, message }] },
			{ status: 'saved' },
		]);
	});

	it.each<[string, unknown]>([
		['a position outside', { index: 2 }],
		['half a position', { index: 0.5 }],
		['a key of nobody', { index: 0, id: 'elsewhere' }],
		['no place', undefined],
	])('blame nobody for %s', async (_, place) => {
		const { statuses } = await told([{ code: 'NO', message: 'No', places: [place] }]);
		expect(statuses).toEqual(['unknown', 'unknown']);
	});

	it('leave every row unknown when they are no list', async () => {
		const { outcomes } = await told('many');
		expect(outcomes.map(({ errors }) => errors![0].code)).toEqual([
			'UNREADABLE_ANSWER',
			'UNREADABLE_ANSWER',
		]);
	});

	it('may be left out altogether', async () => {
		expect((await told(undefined, { created: 1, updated: 1 })).statuses).toEqual([
			'saved',
			'saved',
		]);
	});
});

describe('A transaction', () => {
	it('without a number leaves the row unknown', async () => {
		for (const body of [{}, { transactionId: '' }, { transactionId: 7 }]) {
			const { outcomes, port } = await run([{ id: 'A' }], () => answer(body), { route: 'later' });
			expect(outcomes).toMatchObject([
				{ status: 'unknown', errors: [{ code: 'UNREADABLE_ANSWER' }] },
			]);
			expect(port.requests).toHaveLength(1);
		}
	});

	it('that cannot be asked about any more is in progress, and the others are not asked about', async () => {
		const rows = ['A', 'B', 'C'].map((id) => ({ id }));
		const { outcomes, port } = await run(
			rows,
			(request, n) =>
				request.method === 'POST'
					? answer({ transactionId: `T${n}` })
					: answer({ message: 'Key revoked' }, 401),
			{ route: 'later', concurrency: 1 },
		);
		expect(outcomes.map(({ status, vendor }) => [status, vendor])).toEqual([
			['inProgress', { transactionId: 'T1' }],
			['inProgress', { transactionId: 'T2' }],
			['inProgress', { transactionId: 'T3' }],
		]);
		expect(port.requests.filter(({ method }) => method === 'GET')).toHaveLength(1);
	});

	it('in a state that nobody knows is waited for', async () => {
		const { outcomes } = await run(
			[{ id: 'A' }],
			(request, n) =>
				request.method === 'POST'
					? answer({ transactionId: 'T' })
					: answer({ data: { status: n < 4 ? 'PONDERING' : 'pass' } }),
			{ route: 'later' },
		);
		expect(outcomes).toMatchObject([{ status: 'saved' }]);
	});
});

describe('A record that cannot be sent as it is', () => {
	it.each([
		['no key', { name: 'x' }, 'MISSING_VALUE', '"ID" is missing. Add a value, the address'],
		[
			'a key that leads elsewhere',
			{ id: '..' },
			'INVALID_VALUE',
			'"ID" cannot be used in an address.',
		],
		[
			'a key with half an emoji',
			{ id: 'A\ud83d' },
			'INVALID_VALUE',
			'"ID" cannot be used in an address.',
		],
	])('fails alone with %s, without a request', async (_, row, code, words) => {
		const { outcomes, port } = await run([row, { id: 'B' }], () => answer({}), { route: 'put' });
		expect(outcomes).toMatchObject([
			{
				status: 'failed',
				errors: [{ code, field: 'ID', message: expect.stringContaining(words) }],
			},
			{ status: 'saved' },
		]);
		expect(port.requests).toHaveLength(1);
	});

	it('fails alone when it is larger than the service takes', async () => {
		const { outcomes, port } = await run(
			[{ id: 'A', name: 'x'.repeat(100_001) }, { id: 'B' }],
			bulkService().handler,
			{ resourceMore: { maxBytes: 100_000 } },
		);
		expect(outcomes).toMatchObject([
			{
				status: 'failed',
				errors: [{ code: 'TOO_LARGE', message: expect.stringContaining('0.1 MB') }],
			},
			{ status: 'saved' },
		]);
		expect(port.requests.map(sentRows)).toEqual([[{ id: 'B' }]]);
	});

	it('is told in a dry run as well', async () => {
		const { statuses, port } = await run([{ id: '..' }, { id: 'B' }], () => answer({}), {
			route: 'put',
			validateOnly: true,
		});
		expect(statuses).toEqual(['failed', 'wouldSave']);
		expect(port.requests).toEqual([]);
	});
});

describe('Relations when the service goes down', () => {
	const bosses = (count: number) => many(count).map((row) => ({ ...row, boss: { id: 'P0' } }));

	it('say what is saved and what is not, for rows that were tried and rows that were not', async () => {
		const service = bulkService();
		const { outcomes } = await run(
			bosses(5),
			(request) =>
				request.body!.includes('boss')
					? answer({ message: 'Down' }, 503)
					: service.handler(request),
			{ chunkSize: 1, concurrency: 1 },
		);
		expect(outcomes.map(({ status }) => status)).toEqual([
			...Array<string>(3).fill('unknown'),
			...Array<string>(2).fill('failed'),
		]);
		for (const { action, errors } of outcomes) {
			expect(action).toBe('created');
			expect(errors).toHaveLength(1);
			expect(errors![0]).toMatchObject({ code: 'RELATION_FAILED', field: 'Boss' });
			expect(errors![0].message).toMatch(/ The record is saved, but not its Boss\.$/);
		}
		expect(outcomes[4].errors![0].message).toMatch(/^Not sent, because an earlier request/);
	});
});

describe('Rows that cannot be looked up', () => {
	it.each<[string, Route]>([
		['by their key', { lookup: 'get', found: 'put', missing: 'post' }],
		['in a list', { find: 'people', where: { id: 'id' }, take: {}, then: 'remove' }],
	])('%s are left alone, and after three nobody is asked for more', async (_, route) => {
		const { outcomes, port } = await run(many(5), () => answer({ message: 'Down' }, 503), {
			route,
			concurrency: 1,
		});
		expect(outcomes.map(({ status }) => status)).toEqual(Array(5).fill('failed'));
		expect(outcomes[0].errors![0].message).toMatch(/Nothing was sent for this row\.$/);
		expect(outcomes[4].errors![0]).toMatchObject({ code: 'NOT_SENT' });
		expect(port.requests.every(({ method }) => method === 'GET')).toBe(true);
		expect(new Set(port.requests.map(({ url }) => url.includes('P4')))).toEqual(new Set([false]));
	});

	it('because the list is none are left alone', async () => {
		const { outcomes } = await run([{ id: 'A' }], () => answer({ data: 'none' }), {
			route: { find: 'people', where: { id: 'id' }, take: {}, then: 'remove' },
		});
		expect(outcomes).toMatchObject([
			{
				status: 'failed',
				errors: [{ code: 'UNREADABLE_ANSWER', message: expect.stringMatching(/list of records/) }],
			},
		]);
	});
});

describe('A stop while a record is looked for', () => {
	it('ends the run', async () => {
		const stopped = run([{ id: 'A' }], () => new Cancelled(), {
			route: { find: 'people', where: { id: 'id' }, take: {}, then: 'remove' },
		});
		await expect(stopped).rejects.toThrow(Cancelled);
	});
});

describe('A record to be found by two values', () => {
	const route: Route = {
		find: 'people',
		where: { name: 'name', team: 'team' },
		take: { pid: 'id' },
		then: 'remove',
	};

	it.each<[string, unknown, string]>([
		['has the second as well', { team: 'Red' }, 'saved'],
		['says nothing of the second', {}, 'saved'],
		['has another second', { team: 'Blue' }, 'failed'],
	])('is taken when it %s', async (_, more, status) => {
		const { statuses } = await run(
			[{ name: 'Ann', team: 'Red' }],
			(request) =>
				request.method === 'GET'
					? answer({ data: [{ name: 'Ann', pid: '1', ...(more as object) }] })
					: answer(undefined, 204),
			{ route },
		);
		expect(statuses).toEqual([status]);
	});

	it('keeps the key the row came with, and has none where the vendor gives none', async () => {
		const list = (request: HttpRequest) =>
			request.method === 'GET' ? answer({ data: [{ name: 'Ann' }] }) : answer(undefined, 204);
		const { outcomes } = await run([{ id: 'mine', name: 'Ann' }, { name: 'Ann' }], list, {
			route: { ...route, take: { ref: 'ref' } },
		});
		expect(outcomes).toMatchObject([
			{ key: 'mine', status: 'saved' },
			{ key: null, status: 'failed', errors: [{ code: 'MISSING_VALUE', field: 'ID' }] },
		]);
	});
});

describe('A dry run of a removal', () => {
	it('shows a request without body, and with what would follow it', async () => {
		const { outcomes } = await run([{ id: 'A', boss: { id: 'B' } }], () => answer({}), {
			route: 'remove',
			validateOnly: true,
			includeRequest: true,
		});
		expect(outcomes).toEqual([
			{
				key: 'A',
				status: 'wouldSave',
				row: 1,
				request: { method: 'DELETE', path: '/people/A', afterwards: { boss: { id: 'B' } } },
			},
		]);
	});
});

describe('Rows with one key that are merged', () => {
	it('become one record, field by field, with the relations of all', async () => {
		const service = bulkService();
		const { outcomes, port } = await run(
			[
				{ id: 'A', name: 'Ann' },
				{ id: 'A', team: 'Red', boss: { id: 'B' } },
				{ id: 'A', name: 'Anna' },
			],
			service.handler,
			{ duplicates: 'merge' },
		);
		expect(outcomes.map(({ status }) => status)).toEqual(['skipped', 'skipped', 'saved']);
		expect(port.requests.map(sentRows)).toEqual([
			[{ id: 'A', name: 'Anna', team: 'Red' }],
			[{ id: 'A', boss: { id: 'B' } }],
		]);
	});
});

it('rows may come in blocks from a source that takes its time', async () => {
	const service = bulkService();
	const { statuses } = await run([], service.handler, {
		duplicates: 'fail',
		source: async function* () {
			for (const row of rowsOf([{ id: 'A' }, { id: 'B' }, { id: 'A' }])()) {
				await Promise.resolve();
				yield [row];
			}
		},
	});
	expect(statuses).toEqual(['failed', 'saved', 'failed']);
	expect([...service.saves.keys()]).toEqual(['B']);
});

describe('Rows that an earlier run sent without learning the end', () => {
	/** Remembers of every row the same. */
	const remembering = (state: 'open' | 'full'): RunHistory => ({
		fingerprintOf: (_key, content) => ({ key: JSON.stringify(content), state: '' }),
		pastStates: async (prints) => prints.map(() => state),
		sending: async () => undefined,
		ended: () => undefined,
		close: async () => undefined,
	});
	const handler = (request: HttpRequest) =>
		request.url.includes('?')
			? answer({ data: [{ name: 'Ann', pid: 'A' }] })
			: answer({}, request.method === 'GET' ? 404 : 200);
	const FIND: Route = {
		find: 'people',
		where: { name: 'name' },
		take: { pid: 'id' },
		then: 'remove',
	};
	const LOOKUP = { lookup: 'get', found: 'put' } as const;

	it.each<[string, Route, string]>([
		['that goes to an upsert', { withKey: 'put', withoutKey: 'post' }, 'saved'],
		['that has to be found first', FIND, 'saved'],
		['that may create a second record', { ...LOOKUP, missing: 'post' }, 'unknown'],
		['that creates nothing twice', { ...LOOKUP, missing: 'put' }, 'saved'],
		['that goes to a create', 'post', 'unknown'],
	])('are sent again only where that is safe: one %s', async (_, route, status) => {
		const { outcomes, port } = await run([{ id: 'A', name: 'Ann' }], handler, {
			route,
			history: remembering('open'),
		});
		expect(outcomes).toMatchObject([{ key: 'A', status }]);
		if (status === 'unknown' && typeof route === 'string') expect(port.requests).toEqual([]);
	});

	it('are not sent by a create for rows without a key', async () => {
		const { outcomes, port } = await run([{ name: 'Ann' }], handler, {
			route: { withKey: 'put', withoutKey: 'post' },
			history: remembering('open'),
		});
		expect(outcomes).toMatchObject([{ key: null, status: 'unknown' }]);
		expect(port.requests).toEqual([]);
	});

	it('cannot be told apart where nothing more can be remembered', async () => {
		const history = remembering('full');
		for (const [route, expected] of [
			['put', { status: 'saved' }],
			['post', { status: 'failed', errors: [{ code: 'NOT_SENT' }] }],
		] as const)
			expect(
				(await run([{ id: 'A', name: 'Ann' }], handler, { route, history })).outcomes,
			).toMatchObject([expected]);
	});
});

describe('Rows that wait for each other', () => {
	const unit = resource({
		name: 'unit',
		label: 'Unit',
		plural: 'Units',
		key: 'name',
		fields: {
			name: text({ label: 'Name' }),
			parent: text({ label: 'Parent', relation: { refersTo: 'name', order: 'parentsFirst' } }),
		},
		endpoints: {
			put: write({
				...FACT,
				request: { method: 'PUT', path: '/units' },
				repeatable: true,
				max: 1,
				outcome: { by: 'status' },
			}),
		},
		operations: {},
	});

	it('fail by name, whether they have a key or not, and the others are sent', async () => {
		const { outcomes, port } = await run(
			[
				{ id: 'A', name: 'a', parent: 'B' },
				{ name: 'B', parent: 'A ' },
				{ id: 'C', name: 'c', parent: 'd' },
				{ id: 'D', name: 'D' },
				{ id: 'E', name: 'e', bad: true },
			],
			() => answer({}),
			{ resource: unit, route: 'put', duplicates: undefined, concurrency: 1 },
		);
		const words =
			'The rows 1 and 2 wait for each other through "Parent", so none of them can be sent first. Correct one of them.';
		const circular = [{ code: 'CIRCULAR_RELATION', message: words, field: 'Parent' }];
		expect(outcomes).toMatchObject([
			{ key: 'A', status: 'failed', errors: circular },
			{ key: null, status: 'failed', errors: circular },
			{ key: 'C', status: 'saved' },
			{ key: 'D', status: 'saved' },
			{ key: 'E', status: 'failed' },
		]);
		expect(port.requests.map(({ body }) => (JSON.parse(body!) as { id: string }).id)).toEqual([
			'D',
			'C',
		]);
	});

	it('leave a row alone that was found wrong while it was read', async () => {
		const problem = { code: 'UNREADABLE_ROW', message: 'Broken.' };
		const [good, bad] = rowsOf([{ id: 'A', name: 'a' }, {}])();
		const { outcomes } = await run([], () => answer({}), {
			resource: unit,
			route: 'put',
			duplicates: undefined,
			source: () => [{ ...bad, problem }, good].map((row, at) => ({ ...row, row: at + 1 })),
		});
		expect(outcomes).toMatchObject([
			{ key: null, status: 'failed', errors: [problem] },
			{ key: 'A', status: 'saved' },
		]);
	});
});

describe('What the vendor shows of a row whose answer was lost', () => {
	const base = people();
	const shownAs = async (sent: Record<string, unknown>, held: Record<string, unknown>) => {
		const { outcomes } = await run(
			[{ id: '1', ...sent }],
			(request) =>
				request.method === 'GET'
					? answer({ person: { id: '1', ...held } })
					: new TransportFault('cut', 'The connection was cut.'),
			{
				resource: {
					...base,
					fields: {
						...base.fields,
						tags: textList({ label: 'Tags' }),
						address: object({ city: text({ label: 'City' }) }, { label: 'Address' }),
						note: text({ label: 'Note', access: 'writeOnly' }),
					},
				},
				route: 'postSeen',
			},
		);
		return outcomes[0];
	};

	it.each([
		['a list in another order, and more', { tags: ['a', 'b'] }, { tags: ['c', 'b', 'a'] }],
		[
			'an object with more in it',
			{ address: { city: 'Rome' } },
			{ address: { city: 'Rome', zip: 1 } },
		],
		['numbers as text', { name: 5 }, { name: '5 ' }],
		['nothing for nothing', { name: '', tags: [] }, { name: null }],
		['no value that cannot be read', { name: 'Ann', note: 'secret' }, { name: 'Ann' }],
	])('settles it: %s', async (_, sent, held) => {
		expect(await shownAs(sent, held)).toEqual({ key: '1', status: 'saved', row: 1 });
	});

	it.each<[string, Record<string, unknown>, Record<string, unknown>, string]>([
		['a list with less', { tags: ['a', 'b'] }, { tags: ['a'] }, '"Tags"'],
		['a text for a list', { tags: ['a'] }, { tags: 'a' }, '"Tags"'],
		['another member', { address: { city: 'Rome' } }, { address: { city: 'Oslo' } }, '"Address"'],
		['a text for an object', { address: { city: 'Rome' } }, { address: 'Rome' }, '"Address"'],
		['an object for a text', { name: 'x' }, { name: { x: 1 } }, '"Name"'],
		['a value that was to go', { name: '' }, { name: 'Ann' }, '"Name"'],
		['two differences', { name: 'A', tags: ['a'] }, { name: 'B' }, '"Name", "Tags"'],
	])('leaves it unknown: %s', async (_, sent, held, fields) => {
		const { status, errors } = await shownAs(sent, held);
		expect(status).toBe('unknown');
		expect(errors![0].message).toContain(`it did not hold what the row says for ${fields}.`);
	});
});
