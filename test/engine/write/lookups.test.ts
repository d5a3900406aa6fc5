import { list, read, type OutcomeRule as Rule, type Route } from '../../../nodes/shared/definition';
import type { HttpRequest } from '../../../nodes/shared/http';
import { answer, type Handler } from '../../support/virtualPort';
import { BASE, FACT, named, reasons, run, single, type Row } from './running';

const TRANSACTION: Rule = {
	by: 'transaction',
	id: 'number',
	poll: 'transaction',
	state: 'state',
	success: ['PASS'],

	failure: [],
};
const endpoints = {
	put: single({
		request: { method: 'PUT', path: '/people/{id}' },
		outcome: { by: 'status', action: 'updated' },
	}),
	post: single({ outcome: { by: 'status', action: 'created' } }),
	later: single({ outcome: TRANSACTION }),
	transaction: read({ ...FACT, request: { method: 'GET', path: '/transactions/{number}' } }),
	get: read({ ...FACT, request: { method: 'GET', path: '/people/{id}' } }),
	people: list({
		...FACT,
		request: { method: 'GET', path: '/people' },
		records: '',
		paging: { by: 'none' },
	}),
	seen: single({ seenBy: 'get' }),
};
const LOOKUP: Route = { lookup: 'get', found: 'put', missing: 'post' };
const FIND: Route = { find: 'people', where: { name: 'name' }, take: { pid: 'id' }, then: 'put' };

const lines = (requests: readonly HttpRequest[]) =>
	requests.map(({ method, url }) => `${method} ${url.slice(BASE.length)}`);

/** Answers questions by the first, writes by the second. */
const asked =
	(say: Handler, write: Handler = () => answer({})): Handler =>
	(request, n) =>
		request.method === 'GET' ? say(request, n) : write(request, n);
const FOUND = answer([{ name: 'N0', pid: 'P0' }]);

describe('A record that is looked up by its key', () => {
	it('is made without a question where the row has no key', async () => {
		const { outcomes, port } = await run(endpoints, LOOKUP, [{ name: 'x' }], () => answer({}));
		expect(lines(port.requests)).toEqual(['POST /people']);
		expect(outcomes).toStrictEqual([{ key: null, status: 'saved', action: 'created', row: 1 }]);
	});

	it.each<[string, Route, Row[]]>([
		['made at once', LOOKUP, [{ id: 'A' }, { id: 'A' }]],
		['changed by a transaction', { ...LOOKUP, found: 'later' }, [{ id: 'B' }, { id: 'B' }]],
	])('may stand in two rows when it is %s', async (_, route, rows) => {
		const made = new Set(['B']);
		const { statuses } = await run(
			endpoints,
			route,
			rows,
			asked(
				({ url }) =>
					url.includes('/transactions/')
						? answer({ state: 'PASS' })
						: answer({}, made.has(url.slice(-1)) ? 200 : 404),
				({ body }) => {
					made.add((JSON.parse(body!) as Row).id as string);
					return answer({ number: 'T' });
				},
			),
			{ rows: 'one' },
		);
		expect(statuses).toEqual(['saved', 'saved']);
	});

	it('stands in one row only while the service is still making it', async () => {
		const { outcomes } = await run(
			endpoints,
			{ ...LOOKUP, missing: 'later' },
			[{ id: 'A' }, { id: 'A' }, {}, {}],
			asked(
				({ url }) => (url.includes('/transactions/') ? answer({ state: 'PASS' }) : answer({}, 404)),
				() => answer({ number: 'T' }),
			),
			{ rows: 'one' },
		);
		expect(reasons(outcomes)).toEqual(['saved', 'failed DUPLICATE_KEY', 'saved', 'saved']);
		expect(outcomes[1].errors).toEqual([
			{
				code: 'DUPLICATE_KEY',
				message:
					'"ID" is the same as in an earlier row, whose record the service is still making. Send this row again later.',
				field: 'ID',
			},
		]);
	});
});

describe.each<[string, Route, ReturnType<Handler>]>([
	['by its key', LOOKUP, answer({})],
	['in a list', FIND, FOUND],
])('A record that is looked up %s', (_, route, found) => {
	it('is asked for again when the answer is lost', async () => {
		const { statuses, sender } = await run(
			endpoints,
			route,
			named(1),
			asked((_request, n) => (n === 1 ? answer('', 503) : found)),
		);
		expect(statuses).toEqual(['saved']);
		expect(sender.traffic.retries).toBe(1);
	});

	it('that was seen makes a refused credential the trouble of its row, not of the run', async () => {
		const { outcomes, port } = await run(
			endpoints,
			route,
			named(2),
			asked(
				() => found,
				() => answer({ message: 'Who are you?' }, 401),
			),
		);
		expect(reasons(outcomes)).toEqual(['failed AUTHENTICATION', 'failed NOT_SENT']);
		expect(port.requests).toHaveLength(2);
	});

	it('fails its row when nobody may look, in words without what is personal', async () => {
		const { outcomes, port } = await run(
			endpoints,
			route,
			[{ name: 'Zebulon', id: 'A' }, { name: 'Zebulon' }],
			() => answer({ message: 'Zebulon is hidden' }, 422),
		);
		expect(outcomes[0]).toStrictEqual({
			key: 'A',
			status: 'failed',
			errors: [
				{
					code: 'REFUSED',
					message: '*** is hidden. Check the values and try again. Nothing was sent for this row.',
				},
			],
			row: 1,
		});
		expect(outcomes[1].key).toBeNull();
		expect(port.requests.filter(({ method }) => method === 'GET').length).toBeGreaterThan(0);
	});

	it('ends the run when the credential is not accepted, in words without what is personal', async () => {
		await expect(
			run(endpoints, route, [{ name: 'Zebulon', id: 'A' }], () =>
				answer({ message: 'Zebulon is hidden' }, 401),
			),
		).rejects.toMatchObject({
			name: 'SetupFault',
			message: expect.stringMatching(/^\*\*\* is hidden\./),
		});
	});

	it('may be closed to the credential, where others are not', async () => {
		const { outcomes } = await run(
			endpoints,
			route,
			[{ id: 'P0', name: 'N0' }],
			asked(
				() => found,
				() => answer({ message: 'Read only' }, 403),
			),
		);
		expect(reasons(outcomes)).toEqual(['failed PERMISSION']);
	});

	it('is not looked up once the run has ended, and its row has its key', async () => {
		const { outcomes, port } = await run(
			endpoints,
			route,
			[{ id: 'P0', name: 'N0' }, { id: 'P1', name: 'Zebulon' }, { id: 'P2' }, { name: 'N3' }],
			asked(({ url }, n) =>
				n === 1 && !url.endsWith('/P1') ? found : answer({ message: 'Zebulon is hidden' }, 401),
			),
		);
		expect(outcomes.map(({ key }) => key)).toEqual(['P0', 'P1', 'P2', null]);
		expect(reasons(outcomes)).toEqual([
			'saved',
			'failed AUTHENTICATION',
			'failed NOT_SENT',
			'failed NOT_SENT',
		]);
		expect(outcomes[2].errors![0].message).toMatch(/the run: \*\*\* is hidden\./);
		expect(port.requests).toHaveLength(3);
	});

	it('is shown in a dry run, and nothing is written', async () => {
		const { outcomes, port } = await run(
			endpoints,
			route,
			named(1),
			asked(() => found),
			{
				validateOnly: true,
			},
		);
		expect(outcomes).toStrictEqual([{ key: 'P0', status: 'wouldUpdate', row: 1 }]);
		expect(port.requests.map(({ method }) => method)).toEqual(['GET']);
	});
});

describe('A record that is looked for in a list', () => {
	it.each<[string, Row[], string, string]>([
		[
			'none fits',
			[{ name: 'Other', pid: '1' }],
			'NOT_FOUND',
			'No record fits. Check the ID; nothing was changed.',
		],
		[
			'two fit',
			[
				{ name: 'N0', pid: '1' },
				{ name: 'N0', pid: '2' },
			],
			'NOT_UNIQUE',
			'More than one record fits, so it is not clear which is meant. Use the ID of the record itself; nothing was changed.',
		],
	])('fails its row when %s', async (_, found, code, message) => {
		const { outcomes } = await run(
			endpoints,
			FIND,
			[{ name: 'N0' }],
			asked(() => answer(found)),
		);
		expect(outcomes).toStrictEqual([
			{ key: null, status: 'failed', errors: [{ code, message }], row: 1 },
		]);
	});

	it.each([
		['is missing on both sides', {}, {}],
		['is null on both sides', { name: null }, { name: null }],
		['is empty on both sides', { name: '' }, { name: '' }],
	])('is not looked for by a value that %s, and nobody is asked', async (_, row, found) => {
		const { outcomes, port } = await run(
			endpoints,
			FIND,
			[row],
			asked(() => answer([{ ...found, pid: '1' }])),
		);
		expect(outcomes[0].errors).toEqual([
			{
				code: 'MISSING_VALUE',
				message: '"Name" is missing, and the record is found by it. Add a value.',
				field: 'Name',
			},
		]);
		expect(port.requests).toEqual([]);
	});

	it.each([
		['is a word for nothing', { name: 'undefined' }, {}],
		['is another word for nothing', { name: 'null' }, { name: null }],
	])('does not fit by a value that %s', async (_, row, found) => {
		const { outcomes } = await run(
			endpoints,
			FIND,
			[row],
			asked(() => answer([{ ...found, pid: '1' }])),
		);
		expect(reasons(outcomes)).toEqual(['failed NOT_FOUND']);
	});

	it('fits by a number for a text', async () => {
		const { statuses } = await run(
			endpoints,
			FIND,
			[{ name: '7' }],
			asked(() => answer([{ name: 7, pid: 1 }])),
		);
		expect(statuses).toEqual(['saved']);
	});

	it('may say nothing of the second value, but not another one', async () => {
		const route: Route = { ...FIND, where: { name: 'name', team: 'group' } } as Route;
		const of = async (team: unknown) =>
			reasons(
				(
					await run(
						endpoints,
						route,
						[{ name: 'N0', group: 'Red' }],
						asked(() => answer([{ name: 'N0', pid: '1', team }])),
					)
				).outcomes,
			)[0];
		expect(await of(undefined)).toBe('saved');
		expect(await of(null)).toBe('saved');
		expect(await of('Red')).toBe('saved');
		expect(await of('Blue')).toBe('failed NOT_FOUND');
		expect(await of('')).toBe('failed NOT_FOUND');
	});

	it('stays untouched when the list is none, in words for it', async () => {
		const { outcomes } = await run(
			endpoints,
			FIND,
			named(1),
			asked(() => answer({ no: 'list' })),
		);
		expect(outcomes[0].errors).toEqual([
			{
				code: 'UNREADABLE_ANSWER',
				message: expect.stringMatching(/list of records.* Nothing was sent for this row\.$/),
			},
		]);
	});
});

describe('A row with an answer', () => {
	it.each([
		['saved', 200],
		['failed REFUSED', 400],
	])('is not looked up afterwards: %s', async (reason, status) => {
		const { outcomes, port } = await run(endpoints, 'seen', named(1), () => answer({}, status));
		expect(reasons(outcomes)).toEqual([reason]);
		expect(port.requests).toHaveLength(1);
	});
});
