import { text } from '../../../nodes/shared/definition';
import type { DuplicatePolicy, Outcome } from '../../../nodes/shared/write';
import { sentence } from '../../../nodes/shared/write';
import { answer, VirtualPort } from '../../support/virtualPort';
import { many, mapper, named, people, reasons, run, sent, single, sourceOf } from './running';

const endpoints = {
	bulk: many(),
	post: single(),
	put: single({ request: { method: 'PUT', path: '/people/{id}' } }),
	remove: single({ request: { method: 'DELETE', path: '/people/{id}' }, bodiless: true }),
};
const makes = (request: Parameters<typeof sent>[0]) =>
	answer({ created: sent(request).length, updated: 0 });

describe('The source of the rows', () => {
	const read = async (duplicates: DuplicatePolicy | undefined, readFirst: boolean) => {
		let readings = 0;
		const { statuses } = await run(endpoints, 'bulk', [], makes, {
			duplicates,
			readFirst,
			source: () => {
				readings++;
				return sourceOf(named(2))();
			},
		});
		expect(statuses).toEqual(['saved', 'saved']);
		return readings;
	};

	it.each<[DuplicatePolicy | undefined, number]>([
		[undefined, 1],
		['first', 1],
		['last', 2],
		['merge', 2],
		['fail', 2],
	])('is read as often as duplicates (%s) need it: %i', async (duplicates, readings) => {
		expect(await read(duplicates, false)).toBe(readings);
		expect(await read(duplicates, true)).toBe(2);
	});

	it('that breaks off ends the run before anything is sent, where it may', async () => {
		const source = async function* () {
			yield sourceOf(named(3))();
			throw new Error('The file ends in the middle of a row.');
		};
		let requests = 0;
		const handler = (request: Parameters<typeof sent>[0]) => {
			requests++;
			return makes(request);
		};
		await expect(run(endpoints, 'bulk', [], handler, { source, readFirst: true })).rejects.toThrow(
			/^The file ends/,
		);
		expect(requests).toBe(0);
	});

	it('is not asked for the key of a row that could not be read', async () => {
		const problem = { code: 'UNREADABLE_ROW', message: 'Broken.' };
		const rows = [{ id: 'A' }, { id: 'A' }];
		const { outcomes } = await run(endpoints, 'bulk', [], makes, {
			duplicates: 'fail',
			source: sourceOf(rows, (at) => (at === 0 ? { problem } : {})),
		});
		expect(outcomes).toStrictEqual([
			{ key: null, status: 'failed', errors: [problem], row: 1 },
			{ key: 'A', status: 'saved', action: 'created', row: 2 },
		]);
	});
});

describe('n8n', () => {
	/** Rows that take this long to come, in milliseconds; how often n8n gets its turn meanwhile. */
	const turns = async (ms: number, count: number) => {
		let given = 0;
		class Port extends VirtualPort {
			override async sleep(wait: number) {
				if (wait === 0) given++;
				await super.sleep(wait);
			}
		}
		const port = new Port(makes);
		const rows = function* () {
			for (const row of sourceOf(named(count))()) {
				port.clock += ms;
				yield row;
			}
		};
		const { statuses } = await run(endpoints, 'post', [], makes, { port, source: rows });
		expect(statuses).toHaveLength(count);
		return given;
	};

	it.each([
		[0, 200, 0],
		[1, 200, 5],
		[1.25, 200, 10],
		[5, 200, 10],
		[1000, 19, 0],
		[1000, 20, 1],
	])('gets a turn by the clock: rows of %d ms, %i of them', async (ms, count, given) => {
		expect(await turns(ms, count)).toBe(given);
	});
});

describe('What an earlier try has settled', () => {
	it('is told as it was, and not sent', async () => {
		const settled: Outcome = { key: 'P1', status: 'saved', action: 'updated', row: 2 };
		const { outcomes, port } = await run(endpoints, 'bulk', named(3), makes, {
			settled: ({ row }) => (row === 2 ? settled : undefined),
		});
		expect(outcomes[1]).toBe(settled);
		expect(port.requests.map(sent)).toEqual([[named(3)[0], named(3)[2]]]);
	});
});

describe('A row that is not sent', () => {
	it('is told with its key and why', async () => {
		const skip = { code: 'BLANK_VALUE', message: '"Name" is blank.' };
		const { outcomes, port } = await run(
			endpoints,
			'bulk',
			[{ id: 'A', bad: 1 }, { id: 'B' }, { bad: 1 }, {}],
			makes,
			{
				mapper: {
					...mapper,
					map: (raw, policy) => ({
						...mapper.map(raw, policy),
						...(raw.bad === undefined && { skip }),
					}),
				},
			},
		);
		const bad = [{ code: 'INVALID_VALUE', message: '"Name" is bad.' }];
		expect(outcomes).toStrictEqual([
			{ key: 'A', status: 'failed', errors: bad, row: 1 },
			{ key: 'B', status: 'skipped', errors: [skip], row: 2 },
			{ key: null, status: 'failed', errors: bad, row: 3 },
			{ key: null, status: 'skipped', errors: [skip], row: 4 },
		]);
		expect(port.requests).toEqual([]);
	});

	it.each<[DuplicatePolicy, string[], object[]]>([
		['fail', ['failed DUPLICATE_KEY', 'failed DUPLICATE_KEY', 'saved'], [{}]],
		['first', ['saved', 'skipped DUPLICATE_KEY', 'saved'], [{ id: 'A', name: 'one' }, {}]],
		['last', ['skipped DUPLICATE_KEY', 'saved', 'saved'], [{ id: 'A', title: 'two' }, {}]],
		[
			'merge',
			['skipped DUPLICATE_KEY', 'saved', 'saved'],
			[{ id: 'A', name: 'one', title: 'two' }, {}],
		],
	])('because of another with its key is told so: %s', async (duplicates, told, records) => {
		const rows = [{ id: 'A', name: 'one' }, { id: 'A', title: 'two' }, {}];
		const { outcomes, port } = await run(endpoints, 'bulk', rows, makes, { duplicates });
		expect(reasons(outcomes)).toEqual(told);
		expect(outcomes.map(({ key }) => key)).toEqual(['A', 'A', null]);
		expect(port.requests.flatMap(sent)).toEqual(records);
	});

	it.each<[DuplicatePolicy, object]>([
		['last', { id: 'A', name: 'one' }],
		['merge', { id: 'A', name: 'one' }],
	])('never gives way to one that is refused before it is sent: %s', async (duplicates, record) => {
		const limited = {
			put: single({
				request: { method: 'PUT', path: '/people/{id}' },
				repeatable: true,
				accepts: ['id', 'name'],
			}),
		};
		const title = people(limited, { title: text({ label: 'Title' }) });
		const invalid = [
			{ id: 'A', name: 'two', bad: 1 },
			{ id: 'A', title: 'x' },
		];
		const { statuses, port } = await run(
			limited,
			'put',
			[{ id: 'A', name: 'one' }, ...invalid],
			() => answer({}),
			{ duplicates, resource: title },
		);
		expect(statuses).toEqual(['saved', 'failed', 'failed']);
		expect(port.requests.flatMap(sent)).toEqual([record]);
	});

	it('in a merge gives its values to the last, whoever leads whom', async () => {
		const units = people(endpoints, {
			lead: text({ label: 'Lead', relation: { refersTo: 'name', order: 'parentsFirst' } }),
		});
		const rows = [
			{ id: 'B', name: 'Bob', lead: 'Ann' },
			{ id: 'A', name: 'Ann' },
			{ id: 'B', title: 'Dr' },
		];
		const { port } = await run(endpoints, 'put', rows, () => answer({}), {
			duplicates: 'merge',
			resource: units,
		});
		expect(port.requests.map(sent)).toEqual([
			[{ id: 'A', name: 'Ann' }],
			[{ id: 'B', name: 'Bob', lead: 'Ann', title: 'Dr' }],
		]);
	});

	it.each<[Outcome['status'], string | undefined, string]>([
		['saved', undefined, 'skipped DUPLICATE_KEY'],
		['unknown', 'TIMEOUT', 'skipped DUPLICATE_KEY'],
		['skipped', 'UNCHANGED', 'skipped DUPLICATE_KEY'],
		['skipped', 'BLANK_VALUE', 'saved'],
		['failed', 'INVALID_VALUE', 'saved'],
	])('is told so in the next try, too: the first was %s %s', async (status, code, told) => {
		const errors = code === undefined ? {} : { errors: [{ code, message: 'Words.' }] };
		const first: Outcome = { key: 'A', status, ...errors, row: 1 };
		const { outcomes } = await run(endpoints, 'put', [{ id: 'A' }, { id: 'A' }], makes, {
			duplicates: 'first',
			settled: ({ row }) => (row === 1 ? first : undefined),
		});
		expect(reasons(outcomes)[1]).toBe(told);
	});

	it('in a merge gives its relations to the last', async () => {
		const rows = [
			{ id: 'A', boss: 'X' },
			{ id: 'A', team: 'T' },
			{ id: 'B', boss: 'Y' },
			{ id: 'B' },
			{ id: 'C' },
			{ id: 'C', boss: 'Z' },
			{ id: 'D' },
			{ id: 'D', name: 'd' },
		];
		const { port } = await run(endpoints, 'bulk', rows, makes, {
			duplicates: 'merge',
			chunkSize: 9,
		});
		expect(port.requests.flatMap(sent)).toEqual([
			{ id: 'A' },
			{ id: 'B' },
			{ id: 'C' },
			{ id: 'D', name: 'd' },
			{ id: 'A', boss: 'X', team: 'T' },
			{ id: 'B', boss: 'Y' },
			{ id: 'C', boss: 'Z' },
		]);
	});
});

describe('Relations', () => {
	const rows = [{ id: 'A', boss: 'X', team: 'T' }];

	it.each<[string, ReturnType<typeof answer>, string, string]>([
		[
			'are refused',
			answer({ message: 'N0 no' }, 422),
			'failed',
			'N0 no. Check the values and try again. The record is saved, but not its Boss, Team.',
		],
		[
			'are refused one by one',
			answer({
				errors: [
					{ code: 'X', message: 'No boss', places: [{ index: 0 }] },
					{ code: 'T', message: 'No team!', places: [{ index: 0 }] },
				],
				created: 0,
				updated: 0,
			}),
			'failed',
			'No boss. No team! The record is saved, but not its Boss, Team.',
		],
		[
			'are left open',
			answer({ fine: true }),
			'unknown',
			'The service answered without saying whether the record was saved. Look it up in the service before sending it again. The record is saved, but not its Boss, Team.',
		],
	])('that %s leave a row that is saved without them', async (_, refusal, status, message) => {
		const { outcomes } = await run(endpoints, 'bulk', rows, (request) =>
			request.body!.includes('boss') ? refusal : makes(request),
		);
		expect(outcomes).toStrictEqual([
			{
				key: 'A',
				status,
				action: 'created',
				row: 1,
				errors: [{ code: 'RELATION_FAILED', message, field: 'Boss, Team' }],
			},
		]);
	});

	it('are sent with the key at its own place', async () => {
		const { port } = await run(endpoints, 'bulk', [], makes, {
			resource: people(endpoints, { id: text({ label: 'ID', path: 'externalId' }) }),
			source: sourceOf([{ externalId: 'A', id: 'A', boss: 'X' }]),
		});
		expect(port.requests.map(sent)[1]).toEqual([{ externalId: 'A', boss: 'X' }]);
	});

	it('of a row that is not sent any more are told as its failure', async () => {
		const { outcomes } = await run(
			endpoints,
			'bulk',
			[
				{ id: 'A', boss: 'X' },
				{ id: 'B', boss: 'X' },
			],
			(request) =>
				request.body!.includes('boss') ? answer({ message: 'Expired' }, 401) : makes(request),
			{ chunkSize: 1 },
		);
		expect(outcomes[1]).toStrictEqual({
			key: 'B',
			status: 'failed',
			action: 'created',
			row: 2,
			errors: [
				{
					code: 'RELATION_FAILED',
					message:
						'Not sent, because an earlier request ended the run: Expired. The service does not accept the credential. Open it and check the key, or make a new one. The record is saved, but not its Boss.',
					field: 'Boss',
				},
			],
		});
	});
});

describe('A dry run', () => {
	it('shows requests only when it is asked to', async () => {
		const { outcomes } = await run(endpoints, 'put', named(1), () => answer({}), {
			validateOnly: true,
		});
		expect(outcomes).toStrictEqual([{ key: 'P0', status: 'wouldSave', row: 1 }]);
	});

	it.each([
		['put', { method: 'PUT', path: '/people/P0', body: { id: 'P0', name: 'N0' } }],
		['remove', { method: 'DELETE', path: '/people/P0' }],
	])('shows the request as it would leave: %s', async (route, request) => {
		const { outcomes } = await run(endpoints, route, named(1), () => answer({}), {
			validateOnly: true,
			includeRequest: true,
		});
		expect(outcomes).toStrictEqual([{ key: 'P0', status: 'wouldSave', row: 1, request }]);
	});

	it('shows what would be sent afterwards', async () => {
		const { outcomes } = await run(endpoints, 'put', [{ id: 'A', boss: 'X' }], () => answer({}), {
			validateOnly: true,
			includeRequest: true,
		});
		expect(outcomes[0].request).toStrictEqual({
			method: 'PUT',
			path: '/people/A',
			body: { id: 'A' },
			afterwards: { boss: 'X' },
		});
	});
});

it('a run for single records does not hold them to sort them', async () => {
	const units = people(endpoints, {
		lead: text({ label: 'Lead', relation: { refersTo: 'name', order: 'parentsFirst' } }),
	});
	const rows = [
		{ id: '1', name: 'Ann', lead: 'Bob' },
		{ id: '2', name: 'Bob' },
	];
	const order = async (kind: 'one' | 'items') =>
		(
			await run(endpoints, 'put', rows, () => answer({}), { resource: units, rows: kind })
		).port.requests.map(({ url }) => url.slice(-1));
	expect(await order('one')).toEqual(['1', '2']);
	expect(await order('items')).toEqual(['2', '1']);
});

it.each<[number, string | undefined]>([
	[0, undefined],
	[1, '"Lead" of row 1 names somebody'],
	[2, '"Lead" of rows 1 and 2 names somebody'],
	[10, '"Lead" of rows 1, 2, 3, 4, 5, 6, 7, 8, 9 and 10 names somebody'],
	[12, '"Lead" of rows 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more names somebody'],
])(
	'%i parents who are not in the list are told of before anything is sent',
	async (count, words) => {
		const told: string[] = [];
		const units = people(endpoints, {
			lead: text({ label: 'Lead', relation: { refersTo: 'name', order: 'parentsFirst' } }),
		});
		const rows = Array.from({ length: count }, (_, at) => ({
			id: `${at}`,
			name: `N${at}`,
			lead: 'Zoe',
		}));
		const known = [
			{ id: 'a', name: 'Ann' },
			{ id: 'b', name: 'Bob', lead: 'Ann' },
		];
		await run(endpoints, 'put', [...rows, ...known], () => (told.push('sent'), answer({})), {
			resource: units,
			notice: (notice) => void told.push(notice),
		});
		const rest =
			'is not saved by this run and so must be in the service already. Otherwise the service refuses the row.';
		const notices = words === undefined ? [] : [`${words} who ${rest}`];
		expect(told).toEqual([...notices, ...Array<string>(count + known.length).fill('sent')]);
	},
);

it.each([
	['No', 'No.'],
	['No.', 'No.'],
	['No!', 'No!'],
	['No?', 'No?'],
	['No…', 'No…'],
	['v1.2 failed', 'v1.2 failed.'],
])('%s becomes a sentence', (words, whole) => {
	expect(sentence(words)).toBe(whole);
});

describe('The text of all messages', () => {
	const units = people(endpoints, {
		lead: text({ label: 'Lead', relation: { refersTo: 'name', order: 'parentsFirst' } }),
	});
	const kinds: Record<string, (at: number, count: number) => object> = {
		'rows of one key': () => ({ id: 'A', name: 'Ann' }),
		'rows of one circle': (at, count) => ({
			id: `${at}`,
			name: `N${at}`,
			lead: `N${(at + 1) % count}`,
		}),
		'rows of many circles': (at) => ({ id: `${at}`, name: `N${at}`, lead: `N${at ^ 1}` }),
		'rows whose parents are elsewhere': (at) => ({ id: `${at}`, name: `N${at}`, lead: 'Zoe' }),
	};
	it.each(
		Object.keys(kinds).flatMap((kind) =>
			(['fail', 'first', 'last', 'merge'] as const).map((policy) => [kind, policy] as const),
		),
	)('grows with the rows and no faster: %s, %s', async (kind, duplicates) => {
		const rows = Array.from({ length: 4000 }, (_, at) => ({ ...kinds[kind](at, 4000) }));
		let words = 0;
		const { outcomes } = await run(endpoints, 'bulk', rows, makes, {
			duplicates,
			resource: units,
			notice: (notice) => void (words += notice.length),
		});
		for (const { errors = [] } of outcomes)
			for (const { message } of errors) words += message.length;
		expect(outcomes).toHaveLength(4000);
		expect(words).toBeLessThan(4000 * 300);
	});

	it('of a vendor is cut where nobody reads on, and so is their number', async () => {
		const places = [{ index: 0 }];
		const errors = Array.from({ length: 300 }, (_, at) => ({
			code: 'X',
			message: `${at} ${'long '.repeat(500)}`,
			places,
		}));
		const { outcomes } = await run(endpoints, 'bulk', [{ id: 'A' }], () =>
			answer({ errors, created: 0, updated: 0 }),
		);
		expect(outcomes[0].errors).toHaveLength(20);
		expect(outcomes[0].errors![19].message).toMatch(/^19 .*… And 280 more\.$/);
		expect(JSON.stringify(outcomes).length).toBeLessThan(22_000);
	});
});
