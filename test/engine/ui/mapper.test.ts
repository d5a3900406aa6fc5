import { NodeHelpers, type INode, type INodeProperties } from 'n8n-workflow';

import { date, type Resource, type SaveOperation } from '../../../nodes/shared/definition';
import { mapperFields, propertiesOf } from '../../../nodes/shared/ui';
import { acme } from '../../support/sampleVendor';

const [person] = acme.resources;
const operation = (name: string) => person.operations[name] as SaveOperation;
const fields = (name = 'import') => mapperFields(person, operation(name));
const field = (id: string, name?: string) => fields(name).find((candidate) => candidate.id === id);
const ids = (name: string) => fields(name).map(({ id }) => id);

describe('columns of an operation', () => {
	it('are what people can fill: plain fields, and flat columns in place of nested ones', () => {
		expect(ids('import')).toEqual(
			expect.arrayContaining(['externalId', 'managerExternalId', 'since', 'groupCodes', 'notes']),
		);
		for (const id of ['id', 'manager', 'history', 'groups'])
			expect(ids('import')).not.toContain(id);
	});

	it('are those the operation takes', () => {
		expect(ids('update')).toEqual(['externalId', 'firstName', 'lastName', 'email']);
		expect(ids('replace')).not.toContain('kind');
	});

	it('are required by purpose', () => {
		const required = (name: string) =>
			fields(name)
				.filter((candidate) => candidate.required)
				.map(({ id }) => id);
		expect(required('create')).toEqual(['externalId', 'firstName', 'lastName']);
		expect(required('import')).toEqual(['externalId']);
	});

	it('match no records', () => {
		for (const each of fields())
			expect(each).toMatchObject({ defaultMatch: false, canBeUsedToMatch: false });
	});

	it('are all offered but files, which nobody types', () => {
		const hidden = fields().filter(({ display }) => !display);
		expect(hidden.map(({ id }) => id)).toEqual(['picture']);
	});

	it('are shown from the start where they are required for anything or marked so', () => {
		const shown = (name: string) =>
			fields(name)
				.filter(({ removed }) => !removed)
				.map(({ id }) => id);
		expect(shown('create')).toEqual(['externalId', 'firstName', 'lastName', 'email']);
		expect(shown('import')).toEqual(['externalId', 'firstName', 'lastName', 'email']);
	});

	it('are required where the address of the request is made of them, whatever the purpose', () => {
		const { bulk } = person.endpoints;
		const addressed: Resource = {
			...person,
			endpoints: {
				...person.endpoints,
				bulk: { ...bulk, request: { ...bulk.request, path: '/people/{grade}/{tenant}' } },
			},
		};
		const required = mapperFields(addressed, { ...operation('import'), route: 'bulk' })
			.filter((candidate) => candidate.required)
			.map(({ id }) => id);
		expect(required).toEqual(['externalId', 'grade']);
	});

	it('say how values are written, which n8n shows nowhere else', () => {
		expect(field('birthDate')?.displayName).toBe('Birth Date (Y-M-D)');
		expect(field('since')?.displayName).toBe('Since (Y-M-D)');
		expect(field('seenAt')?.displayName).toBe('Seen At (Y-M-D H:M)');
	});

	it('leave that out where the name has no room for it', () => {
		const named = (label: string) =>
			mapperFields(
				{ ...person, fields: { ...person.fields, birthDate: date({ label }) } },
				operation('import'),
			).find(({ id }) => id === 'birthDate')?.displayName;
		expect(named('First Day of Work')).toBe('First Day of Work (Y-M-D)');
		expect(named('First Day of Work Here')).toBe('First Day of Work Here');
	});

	it('say what they mean, before how they are written, as far as there is room', () => {
		const named = (label: string, meaning: string) => {
			const birthDate = date({ label, meaning });
			return mapperFields(
				{ ...person, fields: { ...person.fields, birthDate } },
				operation('import'),
			).find(({ id }) => id === 'birthDate')?.displayName;
		};
		expect(named('Since', 'First Day')).toBe('Since (First Day, Y-M-D)');
		expect(named('Joined', 'First Day Here')).toBe('Joined (First Day Here)');
		expect(named('Since', 'First Day of Employment')).toBe('Since (Y-M-D)');
	});

	it('say what they rest on', () => {
		expect(field('website')?.displayName).toBe('Website (Unverified)');
		expect(field('email')?.displayName).toBe('Email');
	});
});

it.each([
	['text', 'firstName', 'string'],
	['an open choice', 'team', 'string'],
	['a date', 'birthDate', 'string'],
	['a date in a nested field', 'since', 'string'],
	['a date with time', 'seenAt', 'string'],
	['an amount in another spelling', 'salary', 'string'],
	['a list of texts', 'skills', 'string'],
	['a column that takes a list', 'groupCodes', 'string'],
	['free JSON', 'custom', 'string'],
	['a number', 'level', 'number'],
	['a closed choice', 'grade', 'options'],
	['yes or no', 'active', 'options'],
	['an object', 'address', 'object'],
	['a list of objects', 'notes', 'array'],
])('%s (%s) is of type %s', (_, id, type) => {
	expect(field(id)?.type).toBe(type);
});

it('gives closed choices their values, and yes or no as such', () => {
	expect(field('grade')?.options?.map(({ value }) => value)).toEqual(['A', 'B', 'C']);
	expect(field('active')?.options?.map(({ value }) => value)).toEqual([true, false]);
	expect(field('team')?.options).toBeUndefined();
});

/** What n8n finds wrong with constants in the mapper, before it runs the node. */
function issuesWith(value: Record<string, unknown>): Record<string, unknown> | undefined {
	const columns = propertiesOf(acme).find(
		({ name, displayOptions }) =>
			name === 'columns' && displayOptions?.show?.operation?.includes('bulkSave'),
	) as INodeProperties;
	const parameters = {
		resource: 'person',
		operation: 'bulkSave',
		columns: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: fields() },
	};
	const issues = NodeHelpers.getParameterIssues(
		columns,
		parameters as unknown as INode['parameters'],
		'',
		{ typeVersion: 1, parameters } as unknown as INode,
		null,
	);
	return issues.parameters;
}

describe("n8n's own check before a run", () => {
	it('lets pass what we can read', () => {
		expect(
			issuesWith({
				externalId: 'E1',
				team: 'Green',
				birthDate: '31.12.2000',
				seenAt: 'yesterday',
				salary: '1.250,50',
				skills: 'a; b',
				custom: '[1]',
				active: false,
				grade: 'A',
				level: 3,
				notes: '[{"text":"x"}]',
			}),
		).toBeUndefined();
	});

	it('stops what we would refuse', () => {
		const issues = issuesWith({ externalId: 'E1', grade: 'Z', level: 'x', notes: 'none' });
		const stopped = Object.keys(issues ?? {}).filter((name) => name.startsWith('columns.'));
		expect(stopped.sort()).toEqual(['columns.grade', 'columns.level', 'columns.notes']);
	});
});
