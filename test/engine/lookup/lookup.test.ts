import type { ILoadOptionsFunctions } from 'n8n-workflow';

import {
	columnFields,
	methodsOf,
	searchesOf,
	searchRecords,
	type Page,
	type PageReader,
	type Search,
} from '../../../nodes/shared/lookup';
import { propertiesOf } from '../../../nodes/shared/ui';
import { acme } from '../../support/sampleVendor';
import { changed } from '../definition/examples';

const VALUES = 'searchFieldValues';
const METHOD = 'searchPersonListByIdNameFirstNameLast';

const search: Search = {
	resource: 'person',
	endpoint: 'list',
	value: 'id',
	label: ['name.first', 'name.last'],
	bySearch: false,
};

const record = (id: unknown, first?: string, last?: string) => ({ id, name: { first, last } });

/** Pages in order; remembers what it was asked for. */
function reader(...pages: Page[]) {
	const asked: Array<[string, string | undefined, string | undefined]> = [];
	const read: PageReader = async (endpoint, filter, token) => {
		asked.push([endpoint, filter, token]);
		return pages[token === undefined ? 0 : Number(token)];
	};
	return { asked, read };
}

describe('searches of a vendor', () => {
	it('are those of its locators, each once', () => {
		expect([...searchesOf(acme)]).toEqual([[METHOD, { ...search, bySearch: true }]]);
	});

	it('show the key of the record where nothing else is said', () => {
		const vendor = changed({
			'resources/0/endpoints/get/parameters/personId/locator': { search: 'list' },
			'resources/0/endpoints/invite/parameters/personId/locator': undefined,
		});
		expect([...searchesOf(vendor)]).toEqual([
			['searchPersonList', { ...search, value: 'externalId', label: [] }],
		]);
	});

	it('may be of another resource', () => {
		const vendor = changed({
			'resources/1/endpoints/list/parameters/personId/locator': {
				resource: 'person',
				search: 'find',
			},
		});
		expect([...searchesOf(vendor).values()].map((each) => [each.resource, each.endpoint])).toEqual([
			['person', 'list'],
			['person', 'find'],
		]);
	});

	it('are the methods the editor is told to call', () => {
		const told = JSON.stringify(propertiesOf(acme)).match(/"searchListMethod":"\w+"/g) ?? [];
		expect([...new Set(told)]).toEqual(
			[METHOD, VALUES].map((method) => `"searchListMethod":"${method}"`),
		);
	});
});

describe('a search', () => {
	it('shows records by name, and the value to tell namesakes apart', async () => {
		const { read } = reader({
			results: [record(2, 'Zoe', 'Doe'), record('1', 'Ann', 'Doe'), record(3, undefined, '')],
		});
		expect(await searchRecords(search, read)).toEqual({
			results: [
				{ name: '3', value: '3' },
				{ name: 'Ann Doe (1)', value: '1' },
				{ name: 'Zoe Doe (2)', value: '2' },
			],
		});
	});

	it('leaves out what has no value to choose', async () => {
		const { read } = reader({ results: [record(null), record(''), record({}), 'text', null] });
		expect(await searchRecords(search, read)).toEqual({ results: [] });
	});

	it('finds what was typed in name or value, whatever the case', async () => {
		const page = { results: [record(77, 'Ann', 'Doe'), record(8, 'Bob', 'Roe')] };
		const values = async (filter: string) =>
			(await searchRecords(search, reader(page).read, filter)).results.map(({ value }) => value);
		expect(await values(' dOE ')).toEqual(['77']);
		expect(await values('8')).toEqual(['8']);
		expect(await values('ann doe')).toEqual(['77']);
	});

	it('leaves what was typed to a vendor that searches', async () => {
		const { asked, read } = reader({ results: [record(1, 'Ann', 'Doe')] });
		const found = await searchRecords({ ...search, bySearch: true }, read, 'ann@example.com');
		expect(found.results).toHaveLength(1);
		expect(asked).toEqual([['list', 'ann@example.com', undefined]]);
	});

	it('goes on where the page before ended', async () => {
		const { asked, read } = reader(
			{ results: [record(1)], paginationToken: '1' },
			{ results: [record(2)] },
		);
		expect(await searchRecords(search, read)).toEqual({
			results: [{ name: '1', value: '1' }],
			paginationToken: '1',
		});
		expect(await searchRecords(search, read, '', '1')).toEqual({
			results: [{ name: '2', value: '2' }],
		});
		expect(asked.map(([, , token]) => token)).toEqual([undefined, '1']);
	});

	it('reads on while nothing fits, and gives up after five pages', async () => {
		const pages = Array.from(
			{ length: 9 },
			(_, at): Page => ({
				results: [record(`r${at}`)],
				paginationToken: String(at + 1),
			}),
		);
		const near = reader(...pages);
		expect(await searchRecords(search, near.read, 'r3')).toEqual({
			results: [{ name: 'r3', value: 'r3' }],
			paginationToken: '4',
		});
		expect(near.asked).toHaveLength(4);
		const far = reader(...pages);
		expect(await searchRecords(search, far.read, 'r8')).toEqual({
			results: [],
			paginationToken: '5',
		});
		expect(far.asked).toHaveLength(5);
	});
});

describe('columns for the editor', () => {
	it('are those of the chosen operation', () => {
		const { fields } = columnFields(acme, 'person', 'update');
		expect(fields.map(({ id }) => id)).toEqual(['externalId', 'firstName', 'lastName', 'email']);
	});

	it.each([
		['person', 'getAll'],
		['person', 'unknown'],
		['unknown', 'create'],
		[undefined, undefined],
	])('are none for %s %s', (resource, operation) => {
		expect(columnFields(acme, resource, operation)).toEqual({ fields: [] });
	});
});

describe('methods of the node', () => {
	const context = (parameters: Record<string, unknown>) =>
		({
			getCurrentNodeParameter: (name: string) => parameters[name],
		}) as unknown as ILoadOptionsFunctions;

	it('read columns by what stands in the editor', async () => {
		const { resourceMapping } = methodsOf(acme, () => Promise.reject(new Error('no request')));
		const { fields } = await resourceMapping.getColumns.call(
			context({ resource: 'person', operation: 'update' }),
		);
		expect(fields).toHaveLength(4);
	});

	it('search with the reader of the resource', async () => {
		const asked: unknown[] = [];
		const here = context({});
		const { listSearch } = methodsOf(acme, async (given, resource) => {
			asked.push(given === here, resource);
			return reader({ results: [record(5, 'Eve', 'Poe')] }).read;
		});
		expect(Object.keys(listSearch)).toEqual([METHOD, VALUES]);
		expect(await listSearch[METHOD].call(here, 'x')).toEqual({
			results: [{ name: 'Eve Poe (5)', value: '5' }],
		});
		expect(asked).toEqual([true, 'person']);
	});

	describe('list the values of the field that is chosen beside them', () => {
		const { listSearch } = methodsOf(acme, () => Promise.reject(new Error('no request')));
		const listed = async (field: unknown, filter?: string, operation = 'import') => {
			const here = context({ resource: 'person', operation, '&field': field });
			const { results } = await listSearch[VALUES].call(here, filter);
			return results.map(({ name, value }) => `${name}=${String(value)}`);
		};

		it.each([
			['grade', ['A=A', 'B=B', 'C=C']],
			['team', ['Red=Red', 'Blue=Blue']],
			['active', ['Yes=true', 'No=false']],
			['perks', ['Car=car', 'Flat=flat']],
			['firstName', []],
			['unknown', []],
			[undefined, []],
		])('of %s', async (field, values) => {
			expect(await listed(field)).toEqual(values);
		});

		it('that fit what is typed', async () => {
			expect(await listed('team', 'BL')).toEqual(['Blue=Blue']);
		});

		it('where records are sent', async () => {
			expect(await listed('grade', '', 'getAll')).toEqual([]);
		});
	});
});
