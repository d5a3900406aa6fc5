import type { IDataObject } from 'n8n-workflow';

import {
	groupOf,
	setAt,
	type ListEndpoint,
	type ListOperation,
	type Paging,
	type Resource,
	type Vendor,
} from '../../nodes/shared/definition';
import { runNode } from '../../nodes/shared/run';
import { fakeContext, type FakeAnswer, type FakeRequest } from '../support/fakeContext';
import { sampleParameter } from '../support/samples';
import { pleasedService } from '../support/vendorService';
import { wholeVendors } from '../support/vendors';

/** The edges of every list, made from the definitions: nothing here names a vendor. */

const BASE = 'https://vendor.example.com';
const FOREIGN = 'https://elsewhere.example.com/people?page=2';

interface Case {
	vendor: Vendor;
	resource: Resource;
	name: string;
	endpoint: ListEndpoint;
}

const cases = wholeVendors.flatMap((vendor) =>
	vendor.resources.flatMap((resource) =>
		Object.entries(resource.operations)
			.filter((entry): entry is [string, ListOperation] => entry[1].does === 'list')
			.map(([name, { endpoint }]): [string, Case] => [
				`${vendor.name} ${resource.name} ${name}`,
				{
					vendor: { ...vendor, baseUrl: () => BASE, rate: undefined },
					resource,
					name,
					endpoint: resource.endpoints[endpoint] as ListEndpoint,
				},
			]),
	),
);

/** Vendors of cursors choose their pages themselves. */
const sizeOf = (paging: Paging): number => ('pageSize' in paging ? paging.pageSize : 100);

const people = (count: number, from = 0) =>
	Array.from({ length: count }, (_, at) => ({ id: from + at }));

/** What a page is asked with, and how the vendor says that there is another. */
const asked = ({ url, body }: FakeRequest, name: string): string | undefined =>
	new URL(url).searchParams.get(name) ?? (body as Record<string, string> | undefined)?.[name];

function answer(endpoint: ListEndpoint, records: unknown[], more: Record<string, unknown> = {}) {
	if (endpoint.records === '') return { status: 200, body: records };
	const body = {};
	setAt(body, endpoint.records, records);
	for (const [path, value] of Object.entries(more)) setAt(body, path, value);
	return { status: 200, body };
}

/** A vendor with this many records. */
const serving =
	({ endpoint }: Case, count: number) =>
	(request: FakeRequest): FakeAnswer => {
		const { paging } = endpoint;
		const all = people(count);
		const size = sizeOf(paging);
		switch (paging.by) {
			case 'none':
				return answer(endpoint, all);
			case 'page': {
				const page = Number(asked(request, paging.page)) - paging.first;
				return answer(endpoint, all.slice(page * size, (page + 1) * size));
			}
			case 'offset': {
				const start = Number(asked(request, paging.offset));
				const total = paging.total === undefined ? {} : { [paging.total]: count };
				return answer(endpoint, all.slice(start, start + size), total);
			}
			case 'offsetOrPage': {
				const start = Number(asked(request, paging.name));
				return answer(endpoint, all.slice(start, start + size));
			}
			case 'cursor': {
				const start = Number(asked(request, paging.name) ?? 0);
				const next = start + size < count ? { [paging.next]: String(start + size) } : {};
				return answer(endpoint, all.slice(start, start + size), next);
			}
			case 'link': {
				const start = Number(asked(request, 'start') ?? 0);
				const link = new URL(request.url);
				link.searchParams.set('start', String(start + size));
				const next = start + size < count ? { [paging.next]: link.toString() } : {};
				return answer(endpoint, all.slice(start, start + size), next);
			}
		}
	};

async function read(
	entry: Case,
	pages: (request: FakeRequest, n: number) => FakeAnswer,
	more: IDataObject = {},
) {
	const parameters: IDataObject = {};
	for (const [key, parameter] of Object.entries(entry.endpoint.parameters ?? {}))
		if (parameter.required) parameters[key] = sampleParameter(parameter, key) as string;
	const { vendor, resource } = entry;
	let count = 0;
	const lists: FakeRequest[] = [];
	const fake = fakeContext({
		parameters: {
			resource: resource.name,
			operation: entry.name,
			returnAll: true,
			simplify: false,
			...parameters,
			...more,
		},
		items: [{ json: {} }],
		service: (request, n) => {
			const token = vendor.oneTimeToken?.request.path;
			if (token !== undefined && request.url === BASE + token)
				return pleasedService(vendor, resource, BASE)(request, n);
			lists.push(request);
			return pages(request, ++count);
		},
	});
	const [out] = await runNode.call(fake.context, vendor);
	return { records: out.map(({ json }) => json), requests: lists };
}

/** Requests for so many records: numbered pages end with one that is not full. */
function expectedRequests({ endpoint: { paging } }: Case, count: number): number {
	if (paging.by === 'none') return 1;
	const full = Math.floor(count / sizeOf(paging));
	const isTold =
		paging.by === 'cursor' ||
		paging.by === 'link' ||
		(paging.by === 'offset' && paging.total !== undefined);
	return isTold ? Math.max(1, Math.ceil(count / sizeOf(paging))) : full + 1;
}

it('the package has lists', () => {
	expect(cases.length).toBeGreaterThan(0);
});

describe.each(cases)('%s', (_, entry) => {
	const { paging } = entry.endpoint;
	const page = sizeOf(paging);
	const full = (n: number) => people(page, n * page);

	it.each([0, 1, page, page + 1])('gives %i records, each once', async (count) => {
		const { records, requests } = await read(entry, serving(entry, count));
		expect(records).toEqual(people(count));
		expect(requests).toHaveLength(expectedRequests(entry, count));
	});

	it('ends at the limit, in the requests that takes', async () => {
		const { records, requests } = await read(entry, serving(entry, 3 * page), {
			returnAll: false,
			limit: page + 1,
		});
		expect(records).toEqual(people(page + 1));
		expect(requests).toHaveLength(paging.by === 'none' ? 1 : 2);
	});

	/** How the service says that there is another page, where it says so. */
	const goesOn = (n: number | string, { url }: FakeRequest): Record<string, string> => {
		if (paging.by === 'cursor') return { [paging.next]: `c${n}` };
		return paging.by === 'link' ? { [paging.next]: `${url}&n=${n}` } : {};
	};

	it('without an end gives up to the limit', async () => {
		if (paging.by === 'none') return;
		const endless = (request: FakeRequest, n: number) =>
			answer(entry.endpoint, full(n), goesOn(n, request));
		const { requests } = await read(entry, endless, { returnAll: false, limit: 2 * page });
		expect(requests).toHaveLength(2);
	});

	it('whose service repeats itself is an error, not an endless list', async () => {
		if (paging.by === 'none') return;
		const repeated = read(entry, (request) =>
			answer(entry.endpoint, full(0), goesOn('same', request)),
		);
		await expect(repeated).rejects.toThrow(/same (page|continuation) twice/);
	});

	it('is sent to no other host, whatever the service names as next', async () => {
		const links = { next: FOREIGN, 'links.next': FOREIGN, 'meta.next': FOREIGN };
		const named = 'next' in paging ? { ...links, [paging.next]: FOREIGN } : links;
		const urls: string[] = [];
		const reading = read(entry, (request, n) => {
			urls.push(request.url);
			return answer(entry.endpoint, n === 1 ? full(0) : [], n === 1 ? named : {});
		});
		if (paging.by === 'link')
			await expect(reading).rejects.toThrow(
				'continues the list at elsewhere.example.com, which is',
			);
		else await reading;
		expect(urls.length).toBeGreaterThan(0);
		for (const url of urls) expect(new URL(url).origin).toBe(BASE);
	});

	it('gives nobody and asks nobody when a filter turns out blank', async () => {
		const filters = Object.entries(entry.endpoint.parameters ?? {}).filter(
			([, parameter]) => groupOf(parameter, true) !== 'main',
		);
		for (const [key, { label, group = 'filters' }] of filters)
			for (const blank of ['', '  ', null, undefined, []]) {
				const asking: unknown[] = [];
				const reading = read(
					entry,
					() => {
						asking.push(1);
						return answer(entry.endpoint, []);
					},
					{ [group]: { [key]: blank as string } },
				);
				await expect(reading).rejects.toThrow(
					`"${label}" is empty, so nothing would be filtered by it. Give it a value, or remove it from the node.`,
				);
				expect(asking).toEqual([]);
			}
	});

	it.each([[''], [null], [undefined], [0], [-1], [2.5], ['many'], [NaN], [{}]])(
		'with the limit %p gives nobody and asks nobody',
		async (limit) => {
			const asking: unknown[] = [];
			const reading = read(
				entry,
				() => {
					asking.push(1);
					return answer(entry.endpoint, []);
				},
				{ returnAll: false, limit: limit as number },
			);
			await expect(reading).rejects.toThrow(/"Limit" is (empty|not a whole number from 1)\. Enter/);
			expect(asking).toEqual([]);
		},
	);

	it('that is redirected to another host fails, and sends nothing there', async () => {
		const asking: string[] = [];
		const moved = read(entry, ({ url }) => {
			asking.push(url);
			return { status: 302, headers: { location: FOREIGN } };
		});
		await expect(moved).rejects.toThrow(/not followed because your key would go there/);
		expect(asking).toHaveLength(1);
	});
});
