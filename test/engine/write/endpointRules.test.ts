import {
	dateTime,
	flag,
	listOf,
	object,
	resource,
	text,
	write,
	type SaveOperation,
	type WriteEndpoint,
} from '../../../nodes/shared/definition';
import { EndpointRules } from '../../../nodes/shared/write/endpointRules';

const NOW = Date.parse('2026-01-05T10:00:00Z');
const person = resource({
	name: 'person',
	label: 'Person',
	plural: 'People',
	key: 'id',
	fields: {
		id: text({ label: 'ID' }),
		name: text({ label: 'Name', path: 'names.full', required: ['create'] }),
		team: text({ label: 'Team', required: ['create'] }),
		made: dateTime({
			label: 'Made',
			path: 'meta.made',
			required: ['create'],
			whenMissing: 'now',
			wire: 'epochSeconds',
		}),
		seen: dateTime({ label: 'Seen', required: ['patch'], whenMissing: 'now' }),
		left: dateTime({ label: 'Left', whenMissing: 'now' }),
		born: dateTime({ label: 'Born', required: ['create'] }),
	},
	endpoints: {},
	operations: {},
});
const endpoint = (more: Partial<WriteEndpoint>): WriteEndpoint =>
	write({
		basis: 'documented',
		source: 'test',
		request: { method: 'POST', path: '/people' },
		repeatable: false,
		max: 1,
		outcome: { by: 'status' },
		...more,
	});
const rules = (more: Partial<SaveOperation> = {}) =>
	new EndpointRules(
		person,
		{ does: 'save', rows: 'items', purpose: 'create', route: 'post', action: 'Save', ...more },
		NOW,
	);

describe('A time that is required and missing', () => {
	it.each<[string, Partial<SaveOperation>, Partial<WriteEndpoint>, unknown]>([
		[
			'for what the operation does',
			{},
			{},
			{ meta: { by: 'me', made: Date.parse('2026-01-05T10:00:00Z') / 1000 } },
		],
		[
			'for what the endpoint does, whatever the operation is for',
			{},
			{ demands: 'patch' },
			{ meta: { by: 'me' }, seen: '2026-01-05T10:00:00.000Z' },
		],
		['for another purpose is left alone', { purpose: 'replace' }, {}, { meta: { by: 'me' } }],
	])('%s', (_, operation, more, record) => {
		expect(rules(operation).completed(endpoint(more), { meta: { by: 'me' } })).toEqual(record);
	});

	it('is not filled in over the one that the row gives', () => {
		const record = { meta: { made: 1 } };
		expect(rules().completed(endpoint({}), record)).toEqual({ meta: { made: 1 } });
	});
});

describe('A value that is required and missing', () => {
	const named = resource({
		name: 'person',
		label: 'Person',
		plural: 'People',
		key: 'id',
		fields: {
			id: text({ label: 'ID' }),
			first: text({ label: 'First', path: 'names.first' }),
			last: text({ label: 'Last' }),
			shown: text({
				label: 'Shown',
				maxLength: 10,
				required: ['create'],
				whenMissing: { joined: ['first', 'last'] },
			}),
			active: flag({ label: 'Active', required: ['create'], whenMissing: { value: true } }),
		},
		endpoints: {},
		operations: {},
	});
	const of = (record: Record<string, unknown>) => {
		const made = new EndpointRules(
			named,
			{ does: 'save', rows: 'items', purpose: 'create', route: 'post', action: 'Save' },
			NOW,
		);
		const whole = made.completed(endpoint({}), record);
		return { whole, problem: made.problem(endpoint({}), whole, undefined) };
	};

	it('is always the same, or made of other texts', () => {
		const names = { names: { first: 'Ada' }, last: 'Bo' };
		expect(of(names)).toEqual({ whole: { ...names, shown: 'Ada Bo', active: true } });
		expect(of({ ...names, shown: 'A', active: false }).whole).toEqual({
			...names,
			shown: 'A',
			active: false,
		});
	});

	it.each([
		['a part is missing', { last: 'Bo' }],
		['the whole is too long', { names: { first: 'Augusta Ada' }, last: 'Bo' }],
	])('cannot be made where %s, and the row says so', (_, record) => {
		expect(of(record).problem).toEqual({
			code: 'MISSING_VALUE',
			message:
				'"Shown" is missing, and could not be made of the other values. Add a value or map a column to it.',
			field: 'Shown',
		});
	});
});

describe('A record that an endpoint does not take', () => {
	const cannotChange = {
		code: 'CANNOT_CHANGE',
		message: '"Name" cannot be changed on a record that exists. Remove the value.',
		field: 'Name',
	};
	const missing = (field: string) => ({
		code: 'MISSING_VALUE',
		message: `"${field}" is missing, and the record does not exist yet. Add a value or map a column to it.`,
		field,
	});

	it.each<[string, Partial<WriteEndpoint>, object, object | undefined, unknown]>([
		['anything, where it says nothing', {}, { names: { full: 'A' } }, undefined, undefined],
		[
			'a value it does not take',
			{ accepts: ['id'] },
			{ names: { full: 'A' } },
			undefined,
			cannotChange,
		],
		[
			'a relation it does not take',
			{ accepts: ['id'] },
			{},
			{ names: { full: 'A' } },
			cannotChange,
		],
		[
			'only what it takes',
			{ accepts: ['id', 'name'] },
			{ id: '1', names: { full: 'A' } },
			{},
			undefined,
		],
		['no value it demands', { demands: 'create' }, { team: 'T' }, undefined, missing('Name')],
		[
			'all it demands, one as a relation',
			{ demands: 'create' },
			{ names: { full: 'A' }, meta: { made: 1 }, born: 'x' },
			{ team: 'T' },
			undefined,
		],
		['what it demands of others', { demands: 'replace' }, {}, undefined, undefined],
	])('is told: %s', (_, more, record, relations, issue) => {
		expect(
			rules().problem(
				endpoint(more),
				record as Record<string, unknown>,
				relations as Record<string, unknown> | undefined,
			),
		).toEqual(issue);
	});

	it('may hold what the operation itself adds', () => {
		const operation = { fixed: { name: 'A' } };
		expect(
			rules(operation).problem(endpoint({ accepts: ['id'] }), { names: { full: 'A' } }, undefined),
		).toBeUndefined();
	});
});

const FACT = { basis: 'documented', source: 'test' } as const;
const NEEDED = { required: ['create'] } as const;

const candidate = resource({
	name: 'candidate',
	label: 'Candidate',
	plural: 'Candidates',
	key: 'id',
	fields: {
		id: text({ label: 'ID' }),
		education: listOf(
			{
				school: text({ label: 'School', ...NEEDED }),
				place: object({ city: text({ label: 'City', ...NEEDED }) }, { label: 'Place' }),
			},
			{ label: 'Education' },
		),
	},
	endpoints: {
		post: write({
			...FACT,
			request: { method: 'POST', path: '/candidates' },
			repeatable: false,
			max: 1,
			demands: 'create',
			outcome: { by: 'status' },
		}),
	},
	operations: {},
});

const nested = new EndpointRules(
	candidate,
	{ does: 'save', rows: 'items', purpose: 'patch', route: 'post', action: 'Save' },
	0,
);
const problem = (record: object) =>
	nested.problem(
		candidate.endpoints.post as Parameters<EndpointRules['problem']>[0],
		record as Record<string, unknown>,
		undefined,
	);

describe('a record that a lookup leads to a create', () => {
	it.each([
		['nothing nested', { id: '1' }],
		['all that is needed', { education: [{ school: 'A', place: { city: 'B' } }, { school: 'C' }] }],
		['an empty list', { education: [] }],
	])('goes with %s', (_, record) => {
		expect(problem(record)).toBeUndefined();
	});

	it.each([
		['Education: School', { education: [{ school: 'A' }, { place: { city: 'B' } }] }],
		['Education: Place: City', { education: [{ school: 'A', place: {} }] }],
	])('does not go without "%s"', (label, record) => {
		expect(problem(record)).toEqual({
			code: 'MISSING_VALUE',
			message: `"${label}" is missing, and the record does not exist yet. Add a value or map a column to it.`,
			field: label,
		});
	});
});
