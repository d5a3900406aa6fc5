import type { INodePropertyOptions } from 'n8n-workflow';

import {
	evidenceOf,
	type ListEndpoint,
	type Resource,
	type SaveOperation,
	type WriteEndpoint,
} from '../../../nodes/shared/definition';
import { checkVendor } from '../../../nodes/shared/definition/check';
import { propertiesOf } from '../../../nodes/shared/ui';
import { operationNotice } from '../../../nodes/shared/ui/labels';
import { ingedata } from '../../../nodes/Ingedata/ingedata.vendor';
import { talent } from '../../../nodes/Ingedata/resources/talent';

const resourceNamed = (name: string): Resource =>
	ingedata.resources.find((resource) => resource.name === name) as Resource;
const skill = resourceNamed('skill');
const OTHERS = ['experience', 'education', 'certification', 'language'];
const operation = (name: string) => talent.operations[name] as SaveOperation;
const endpoint = (name: string) => talent.endpoints[name] as WriteEndpoint;
const list = (resource: Resource) => resource.endpoints.list as ListEndpoint;

/** Label of an operation in the editor. */
const labelOf = (resource: Resource, name: string): string => {
	const choice = propertiesOf(ingedata).find(
		(property) =>
			property.name === 'operation' &&
			property.displayOptions?.show?.resource?.includes(resource.name),
	);
	const options = (choice?.options ?? []) as INodePropertyOptions[];
	return options.find(({ value }) => value === name)?.name ?? '';
};

/** Names under which the parameters of a list reach the service. */
const sentNames = (resource: Resource): string[] =>
	Object.entries(list(resource).parameters ?? {}).map(([key, { name }]) => name ?? key);

it('obeys the rules of definitions', () => {
	expect(checkVendor(ingedata)).toEqual([]);
});

it('has the resources of the contract', () => {
	expect(ingedata.name).toBe('ingedata');
	expect(ingedata.resources.map(({ name }) => name)).toEqual(['talent', 'skill', ...OTHERS]);
	expect(ingedata.signIns.map(({ credential }) => credential)).toEqual([
		'ingedataApi',
		'ingedataBearerApi',
	]);
});

describe('filters', () => {
	it('of talents are the twelve of the page and no other, since an unknown one may be ignored', () => {
		const filters = sentNames(talent).filter((name) => name.startsWith('filter['));
		expect(filters.sort()).toEqual(
			[
				'created_at',
				'facets',
				'favorites_only',
				'first_name',
				'id',
				'is_favorited',
				'last_name',
				'middle_name',
				'organizational_unit',
				'picture_url',
				'search',
				'with_favorites',
			].map((name) => `filter[${name}]`),
		);
	});

	it('of skills are the four of the page', () => {
		const filters = sentNames(skill).filter((name) => name.startsWith('filter['));
		expect(filters.sort()).toEqual(
			['id', 'level', 'name', 'talent_id'].map((name) => `filter[${name}]`),
		);
	});

	it.each(OTHERS)('of %s are not offered: none is documented', (name) => {
		expect(sentNames(resourceNamed(name)).filter((sent) => sent.startsWith('filter['))).toEqual([]);
	});
});

describe('lists', () => {
	it.each(['talent', 'skill', ...OTHERS])('of %s go by pages of 1,000 at most, from 1', (name) => {
		expect(list(resourceNamed(name)).paging).toEqual({
			by: 'page',
			page: 'page[number]',
			size: 'page[size]',
			pageSize: 1000,
			first: 1,
		});
	});

	it('are sorted unless the user takes it away', () => {
		expect(list(talent).parameters?.sort).toMatchObject({ default: 'id', group: 'main' });
	});

	it('never ask for included records, for which talents document no value', () => {
		for (const { endpoints } of ingedata.resources)
			for (const { parameters } of Object.values(endpoints))
				for (const [key, { name }] of Object.entries(parameters ?? {}))
					expect(name ?? key).not.toMatch(/^include/);
	});
});

describe('fields of a talent', () => {
	it('are those of the page: no e-mail, no phone, no reference of your own', () => {
		const paths = Object.values(talent.fields).map(({ path }) => path);
		expect(paths.filter((path) => path !== undefined).sort()).toEqual(
			[
				'created_at',
				'facets',
				'first_name',
				'id',
				'is_favorited',
				'last_name',
				'middle_name',
				'organizational_unit',
				'picture_url',
			].map((name) => `attributes.${name}`),
		);
		expect(Object.keys(talent.fields)).toContain('id');
		// The type is no field: it is the same in every record that is sent.
		for (const name of ['create', 'update'])
			expect(endpoint(name).fixedInside).toEqual({ type: 'talent/talents' });
	});

	it('are all optional, as on the page', () => {
		expect(Object.values(talent.fields).filter(({ required }) => required)).toEqual([]);
	});

	it('can be changed as far as PATCH takes them', () => {
		const patched = ['first_name', 'middle_name', 'last_name', 'organizational_unit', 'facets'];
		expect(operation('update').only).toEqual(['id', ...patched]);
		expect(endpoint('update').accepts).toEqual(['id', ...patched]);
	});
});

describe('writes', () => {
	it.each(['talent', 'skill', ...OTHERS])('of a %s: POST is never repeatable', (name) => {
		const { create, update, delete: remove } = resourceNamed(name).endpoints;
		expect(
			[create, update, remove].map(({ request, repeatable }) => [request.method, repeatable]),
		).toEqual([
			['POST', false],
			['PATCH', true],
			['DELETE', true],
		]);
	});

	it.each(['upsert', 'bulkSave', 'import'])('%s look nothing up', (name) => {
		expect(operation(name).route).toEqual({ withKey: 'update', withoutKey: 'create' });
	});

	it('carry one record each, since no call takes more', () => {
		for (const { endpoints } of ingedata.resources)
			for (const each of Object.values(endpoints))
				if (each.does === 'write') expect(each.max).toBe(1);
	});

	it('say that people are not recognised by name', () => {
		for (const name of ['create', 'upsert', 'bulkSave', 'import'])
			expect(operation(name).notice).toContain('even if the person is there already');
	});
});

describe('evidence', () => {
	const basis = (resource: Resource, name: string) =>
		evidenceOf(resource, resource.operations[name]).basis;

	it('of talents and skills is the documentation', () => {
		for (const resource of [talent, skill])
			for (const name of Object.keys(resource.operations))
				if (name !== 'getFullProfile')
					expect([name, basis(resource, name)]).toEqual([name, 'documented']);
	});

	it.each(OTHERS)("of %s is Ingedata's own client: every label and notice says so", (name) => {
		const resource = resourceNamed(name);
		for (const [key, each] of Object.entries(resource.operations)) {
			expect(basis(resource, key)).toBe('observed');
			expect(operationNotice(resource, each)).toMatch(/Unverified: seen in public code only\.$/);
			if (key !== 'getAll' && key !== 'upsert')
				expect(labelOf(resource, key)).toMatch(/\(Unverified\)$/);
		}
	});

	it('of the full profile is that of its weakest list', () => {
		expect(labelOf(talent, 'getFullProfile')).toBe('Get Full Profile (Unverified)');
	});
});

describe('hosts', () => {
	it.each([
		['https://pulse.ingedata.ai', 'https://pulse.ingedata.ai'],
		[' https://proxy.example/pulse// ', 'https://proxy.example/pulse'],
		[undefined, ''],
	])('%j is %j', (baseUrl, host) => {
		expect(ingedata.baseUrl({ baseUrl })).toBe(host);
	});
});
