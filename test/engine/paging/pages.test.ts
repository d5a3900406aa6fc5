import { list, type ListEndpoint, type Paging } from '../../../nodes/shared/definition';
import type { Fault } from '../../../nodes/shared/http';
import { pages, type PageRequest } from '../../../nodes/shared/paging';

const endpoint = (paging: Paging): ListEndpoint =>
	list({
		basis: 'documented',
		source: 'test',
		request: { method: 'GET', path: '/people' },
		records: 'data',
		paging,
	});

const people = (count: number, from = 0) =>
	Array.from({ length: count }, (_, i) => ({ id: from + i }));

async function collect(
	paging: Paging,
	serve: (request: PageRequest, n: number) => unknown,
	wanted = Infinity,
) {
	const requests: PageRequest[] = [];
	const records: unknown[] = [];
	const told: string[] = [];
	const list = pages(endpoint(paging), {
		wanted,
		fetch: async (request) => {
			requests.push(request);
			return { ok: true, body: serve(request, requests.length) };
		},
		identity: (record) => {
			const { id } = record as { id?: number };
			return id === undefined ? undefined : String(id);
		},
		tell: (message) => void told.push(message),
	});
	for await (const page of list) {
		records.push(...page);
		if (records.length >= wanted) break;
	}
	return { records: records.slice(0, wanted), requests, told };
}

const BY_PAGE: Paging = {
	by: 'page',
	page: 'page[number]',
	size: 'page[size]',
	pageSize: 10,
	first: 1,
};
const BY_OFFSET: Paging = {
	by: 'offset',
	offset: 'start',
	limit: 'limit',
	pageSize: 10,
	total: 'meta.total',
};
const BY_CURSOR: Paging = { by: 'cursor', sendIn: 'body', name: 'next', next: 'meta.next' };

const number = (request: PageRequest, name: string) =>
	Number(request.query.find(([key]) => key === name)?.[1]);

describe.each([
	[0, 1],
	[1, 1],
	[10, 2],
	[11, 2],
	[20, 3],
])('%i records in pages of 10', (count, requests) => {
	it(`take ${requests} requests by page number`, async () => {
		const all = people(count);
		const result = await collect(BY_PAGE, (request) => {
			const page = number(request, 'page[number]');
			return { data: all.slice((page - 1) * 10, page * 10) };
		});
		expect(result.records).toEqual(all);
		expect(result.requests).toHaveLength(requests);
	});
});

it('a stated total ends an offset list without a request for an empty page', async () => {
	const all = people(20);
	const result = await collect(BY_OFFSET, (request) => {
		const start = number(request, 'start');
		return { data: all.slice(start, start + 10), meta: { total: 20 } };
	});
	expect(result.records).toEqual(all);
	expect(result.requests).toHaveLength(2);
});

it('a vendor that gives smaller pages than asked for loses nobody on an offset list', async () => {
	const all = people(20);
	const result = await collect(BY_OFFSET, (request) => {
		const start = number(request, 'start');
		return { data: all.slice(start, start + 7), meta: { total: 20 } };
	});
	expect(result.records).toEqual(all);
});

it('a small limit asks for a small page, once', async () => {
	const result = await collect(BY_PAGE, () => ({ data: people(3) }), 3);
	expect(result.requests).toEqual([
		{
			query: [
				['page[number]', '1'],
				['page[size]', '3'],
			],
			body: {},
		},
	]);
});

it('an offset list is asked for the next stretch of the same size', async () => {
	const all = people(11);
	const result = await collect(BY_OFFSET, (request) => {
		const start = number(request, 'start');
		return { data: all.slice(start, start + 10), meta: { total: 11 } };
	});
	expect(result.requests.map(({ query }) => query)).toEqual([
		[
			['start', '0'],
			['limit', '10'],
		],
		[
			['start', '10'],
			['limit', '10'],
		],
	]);
	expect(result.requests.map(({ body }) => body)).toEqual([{}, {}]);
});

describe.each([
	['is stated nowhere', { ...BY_OFFSET, total: undefined }],
	['is missing from the answer', BY_OFFSET],
])('where the total of an offset list %s', (_, paging: Paging) => {
	it.each([
		[9, 1],
		[10, 2],
		[11, 2],
	])('a page that is not full ends %i records after %i requests', async (count, requests) => {
		const all = people(count);
		const result = await collect(paging, (request) => {
			const start = number(request, 'start');
			return { data: all.slice(start, start + 10) };
		});
		expect(result.records).toEqual(all);
		expect(result.requests).toHaveLength(requests);
	});
});

describe('An empty page in the middle', () => {
	/** Twenty places of which the service shows nobody in the second ten, and ten more behind. */
	const thirty = [...people(10), ...people(10, 20)];
	const at = (start: number) => thirty.filter(({ id }) => id >= start && id < start + 10);

	it('ends no list by offset that is not at its total', async () => {
		const result = await collect(BY_OFFSET, (request) => ({
			data: at(number(request, 'start')),
			meta: { total: 30 },
		}));
		expect(result.records).toEqual(thirty);
		expect(result.requests.map((request) => number(request, 'start'))).toEqual([0, 10, 20]);
		expect(result.told).toEqual([
			'The list may not be complete. The service counts 30 records and gave 20. Somebody may be missing: read it again before you rely on it.',
		]);
	});

	it('ends no list by pages that is not at its total', async () => {
		const paging = { ...endpoint(BY_PAGE), total: 'meta.total' };
		const asked: number[] = [];
		const records: unknown[] = [];
		const list = pages(paging, {
			wanted: Infinity,
			fetch: async (request) => {
				const page = number(request, 'page[number]');
				asked.push(page);
				return { ok: true, body: { data: at((page - 1) * 10), meta: { total: 30 } } };
			},
		});
		for await (const page of list) records.push(...page);
		expect(records).toEqual(thirty);
		// The last was full, so only an empty one says that nobody stands behind it.
		expect(asked).toEqual([1, 2, 3, 4]);
	});

	it('ends no list by cursor that goes on', async () => {
		const result = await collect(BY_CURSOR, (_, n) => ({
			data: n > 1 && n < 12 ? [] : people(10, n),
			meta: n < 12 ? { next: `c${n}` } : {},
		}));
		expect(result.records).toHaveLength(20);
		expect(result.requests).toHaveLength(12);
	});

	it.each([
		['an offset', BY_OFFSET, 21],
		['a cursor', BY_CURSOR, 21],
	])(
		'is an error when twenty follow each other by %s, never a short list',
		async (_, paging, n) => {
			let requests = 0;
			const reading = collect(paging, (__, page) => {
				requests++;
				return { data: page === 1 ? people(10) : [], meta: { total: 1000, next: `c${page}` } };
			});
			await expect(reading).rejects.toThrow(
				'The service sent 20 empty pages in a row after 10 records and says that the list goes on',
			);
			expect(requests).toBe(n);
		},
	);
});

describe('A list that changes while it is read', () => {
	it('shows a record once that moved to the next page, and says so', async () => {
		const all = people(20);
		const result = await collect(BY_OFFSET, (request, n) => {
			if (n === 2) all.unshift({ id: 99 });
			const start = number(request, 'start');
			return { data: all.slice(start, start + 10), meta: { total: all.length } };
		});
		expect(result.records).toEqual(people(20));
		expect(result.told).toEqual([
			'The list changed while it was read. The service counts 21 records and gave 20. 1 came twice and is shown once. Somebody may be missing: read it again before you rely on it.',
		]);
	});

	it('says that somebody may be missing when another left', async () => {
		const all = people(20);
		const result = await collect(BY_OFFSET, (request, n) => {
			if (n === 2) all.shift();
			const start = number(request, 'start');
			return { data: all.slice(start, start + 10), meta: { total: all.length } };
		});
		expect(result.records).toHaveLength(19);
		expect(result.told[0]).toMatch(/^The list changed while it was read/);
	});

	it('says so by its repeats where the service counts nothing', async () => {
		const all = people(15);
		const result = await collect(BY_PAGE, (request, n) => {
			if (n === 2) all.unshift({ id: 99 });
			const page = number(request, 'page[number]');
			return { data: all.slice((page - 1) * 10, page * 10) };
		});
		expect(result.records).toEqual(people(15));
		expect(result.told).toEqual([
			'The list changed while it was read. 1 came twice and is shown once. Somebody may be missing: read it again before you rely on it.',
		]);
	});

	it('keeps two entries of one page, and all that cannot be told apart', async () => {
		const twins = await collect(BY_PAGE, () => ({ data: [...people(2), ...people(2)] }));
		expect(twins.records).toHaveLength(4);
		const nameless = await collect(BY_PAGE, (_, n) => ({
			data: Array.from({ length: n === 1 ? 10 : 1 }, () => ({ name: 'A' })),
		}));
		expect(nameless.records).toHaveLength(11);
		expect([...twins.told, ...nameless.told]).toEqual([]);
	});

	it('has nothing to say of a caller that stopped, nor of a list as long as counted', async () => {
		const serve = (request: PageRequest) => {
			const start = number(request, 'start');
			return { data: people(20).slice(start, start + 10), meta: { total: 20 } };
		};
		expect((await collect(BY_OFFSET, serve)).told).toEqual([]);
		expect((await collect(BY_OFFSET, serve, 5)).told).toEqual([]);
	});
});

describe('A list whose answers name the address of the next page', () => {
	const BY_LINK: Paging = { by: 'link', size: 'page[size]', pageSize: 30, next: 'links.next' };

	it('asks the first by size and the others as they are named', async () => {
		const result = await collect(BY_LINK, (_, n) => ({
			data: people(30, n * 30),
			links: n < 3 ? { next: `https://acme.example/people?page=${n + 1}` } : { next: null },
		}));
		expect(result.records).toHaveLength(90);
		expect(result.requests).toEqual([
			{ query: [['page[size]', '30']], body: {} },
			{ query: [], body: {}, link: 'https://acme.example/people?page=2' },
			{ query: [], body: {}, link: 'https://acme.example/people?page=3' },
		]);
	});
});

it('a list without pages is one request, however much it brings', async () => {
	const result = await collect({ by: 'none' }, () => ({
		data: people(30),
		meta: { next: 'c1', total: 99 },
	}));
	expect(result.records).toHaveLength(30);
	expect(result.requests).toEqual([{ query: [], body: {} }]);
});

it('a cursor travels where the vendor takes it', async () => {
	const serve = (_: PageRequest, n: number) => ({
		data: people(1, n),
		meta: { next: n === 1 ? 'c1' : '' },
	});
	expect((await collect(BY_CURSOR, serve)).requests).toEqual([
		{ query: [], body: {} },
		{ query: [], body: { next: 'c1' } },
	]);
	expect((await collect({ ...BY_CURSOR, sendIn: 'query' }, serve)).requests).toEqual([
		{ query: [], body: {} },
		{ query: [['next', 'c1']], body: {} },
	]);
});

it.each([null, '', 7, {}])('a cursor that is %j is none', async (next) => {
	const result = await collect(BY_CURSOR, () => ({ data: people(1), meta: { next } }));
	expect(result.requests).toHaveLength(1);
});

it('a failed request ends the list with what the vendor said, behind the pages it gave', async () => {
	const fault: Fault = { code: 'SERVICE_FAILED', message: 'Oops', applied: 'unknown' };
	const records: unknown[] = [];
	const reading = async () => {
		let count = 0;
		const list = pages(endpoint(BY_PAGE), {
			wanted: Infinity,
			fetch: async () =>
				++count === 1 ? { ok: true, body: { data: people(10) } } : { ok: false, fault },
		});
		for await (const page of list) records.push(...page);
	};
	await expect(reading()).rejects.toMatchObject({ name: 'ListFault', message: 'Oops', fault });
	expect(records).toHaveLength(10);
});

it('a cursor goes on until it is missing', async () => {
	const result = await collect(BY_CURSOR, (_, n) => ({
		data: people(2, n * 2),
		meta: n < 3 ? { next: `c${n}` } : {},
	}));
	expect(result.requests.map((request) => request.body)).toEqual([
		{},
		{ next: 'c1' },
		{ next: 'c2' },
	]);
	expect(result.records).toHaveLength(6);
});

it('a repeated cursor is an error, not an endless list', async () => {
	await expect(
		collect(BY_CURSOR, (_, n) => ({ data: people(1, n), meta: { next: 'same' } })),
	).rejects.toThrow(/same continuation twice after 2 records/);
});

it('a repeated page is an error, not an endless list', async () => {
	await expect(collect(BY_PAGE, () => ({ data: people(10) }))).rejects.toThrow(
		/same page twice after 10 records/,
	);
});

it('a list of ever new pages is stopped, in words', async () => {
	const onePerPage: Paging = { ...BY_PAGE, pageSize: 1 };
	await expect(collect(onePerPage, (_, n) => ({ data: people(1, n) }))).rejects.toThrow(
		'The list was stopped after 10000 pages and 10000 records. Use filters to make it shorter.',
	);
});

it('an answer without a list is an error', async () => {
	await expect(collect(BY_PAGE, () => ({ people: [] }))).rejects.toThrow(
		/without a list of records/,
	);
});
