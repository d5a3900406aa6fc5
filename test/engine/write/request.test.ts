import {
	read,
	text,
	write,
	type EndpointParameters,
	type WriteEndpoint,
} from '../../../nodes/shared/definition';
import {
	addressOf,
	bodyBeside,
	BodyBuilder,
	fieldAt,
	isGiven,
	namedIn,
	type ParameterValues,
} from '../../../nodes/shared/write';

const FACT = { basis: 'documented', source: 'test' } as const;
const BASE = 'https://api.example.com';

const endpoint = (more: Partial<WriteEndpoint> = {}) =>
	write({
		...FACT,
		request: { method: 'POST', path: '/people' },
		repeatable: false,
		max: 1,
		outcome: { by: 'status' },
		...more,
	});

it.each([
	[undefined, false],
	[null, false],
	['', false],
	[[], false],
	[0, true],
	[false, true],
	[['a'], true],
	[{}, true],
])('%p is given: %p', (value, given) => {
	expect(isGiven(value)).toBe(given);
});

describe('An address', () => {
	const at = (path: string, parameters: EndpointParameters, values: ParameterValues, record = {}) =>
		addressOf(
			BASE,
			read({ ...FACT, request: { method: 'GET', path }, parameters }),
			values,
			namedIn({}, record),
		);
	const inQuery = { label: 'X', kind: 'textList', in: 'query' } as const;

	it('is filled from parameters first and from the record where there is none', () => {
		const record = { id: 'of the record', team: 'T' };
		expect(at('/{team}/{id}', {}, { id: 'given' }, record)).toBe(`${BASE}/T/given`);
		expect(at('/{team}/{id}', {}, { id: '' }, record)).toBe(`${BASE}/T/of%20the%20record`);
	});

	it('takes a value of the record by the name of its field, wherever the vendor keeps it', () => {
		const fields = { mail: text({ label: 'Mail', path: 'attributes.email' }) };
		const named = namedIn(fields, { attributes: { email: 'a@b.example' }, mail: 'other' });
		expect(named('mail')).toBe('a@b.example');
		expect(named('attributes')).toEqual({ email: 'a@b.example' });
	});

	it.each([
		['comma', 'x=a%2Cb'],
		[undefined, 'x=a%2Cb'],
		['brackets', 'x%5B%5D=a&x%5B%5D=b'],
		['repeat', 'x=a&x=b'],
	] as const)('holds a list as the vendor wants it: %s', (list, query) => {
		expect(at('/p', { x: { ...inQuery, list } }, { x: ['a', 'b'] })).toBe(`${BASE}/p?${query}`);
	});

	it("holds what is given, by the vendor's names, and nothing of the body", () => {
		const parameters: EndpointParameters = {
			from: { label: 'From', kind: 'date', in: 'query', name: 'start_date' },
			limit: { label: 'Limit', kind: 'number', in: 'query' },
			none: { label: 'None', kind: 'text', in: 'query' },
			team: { label: 'Team', kind: 'text', in: 'body' },
			id: { label: 'ID', kind: 'text', in: 'path' },
		};
		expect(
			at('/p/{id}', parameters, { from: '2026-01-01', limit: 0, none: '', team: 'T', id: 1 }),
		).toBe(`${BASE}/p/1?start_date=2026-01-01&limit=0`);
	});

	it('goes on with what a page of a list needs', () => {
		const list = read({
			...FACT,
			request: { method: 'GET', path: '/p' },
			parameters: { x: inQuery },
		});
		expect(addressOf(BASE, list, { x: 'a' }, undefined, [['page', '2']])).toBe(
			`${BASE}/p?x=a&page=2`,
		);
	});

	it('needs no parameters', () => {
		expect(addressOf(BASE, read({ ...FACT, request: { method: 'GET', path: '/p' } }), {})).toBe(
			`${BASE}/p`,
		);
	});
});

describe('A body beside the records', () => {
	it('holds what is always sent and what is given, at its path', () => {
		const parameters: EndpointParameters = {
			team: { label: 'Team', kind: 'text', in: 'body', name: 'meta.team' },
			silent: { label: 'Silent', kind: 'boolean', in: 'body' },
			none: { label: 'None', kind: 'text', in: 'body' },
			page: { label: 'Page', kind: 'number', in: 'query' },
		};
		const fixed = { 'meta.patch': true, version: 2 };
		expect(
			bodyBeside(endpoint({ fixed, parameters }), { team: 'T', silent: false, none: '', page: 1 }),
		).toEqual({ meta: { patch: true, team: 'T' }, version: 2, silent: false });
	});

	it('is empty without either', () => {
		expect(bodyBeside(endpoint(), { team: 'T' })).toEqual({});
	});
});

describe('A request body', () => {
	const fields = {
		id: text({ label: 'ID', path: 'ids.own' }),
		name: text({ label: 'Name' }),
	};
	const ONE = { ids: { own: '1' }, name: 'Ann' };
	const TWO = { ids: { own: '2' }, name: 'Bé' };
	const bodyOf = (more: Partial<WriteEndpoint>, ...records: Array<Record<string, unknown>>) => {
		const builder = new BodyBuilder(endpoint(more), {}, fields);
		const body = builder.join(records.map((record) => builder.record(record)));
		return body === undefined ? undefined : (JSON.parse(body) as unknown);
	};

	it.each<[string, Partial<WriteEndpoint>, unknown]>([
		['the record itself', {}, ONE],
		['the record under a path', { wrap: 'data.person' }, { data: { person: ONE } }],
		['the record beside others', { fixed: { v: 1 } }, { ...ONE, v: 1 }],
		[
			'the record under a path beside others, empty texts too',
			{ wrap: 'data', fixed: { note: '', 'data2.x': 1 } },
			{ note: '', data2: { x: 1 }, data: ONE },
		],
		['a list of one', { max: 9 }, [ONE]],
		['a list of one under a path', { max: 9, wrap: 'list' }, { list: [ONE] }],
		['no field that stands in the address only', { omit: ['id'] }, { ids: {}, name: 'Ann' }],
		['no value that is no field', { omit: ['name', 'other'] }, { ids: { own: '1' } }],
		[
			'no field of the address, and what is fixed',
			{ omit: ['name'], fixed: { v: 1 } },
			{ ids: { own: '1' }, v: 1 },
		],
		[
			'the record with what is always the same in it',
			{ wrap: 'data', fixed: { v: 1 }, fixedInside: { type: 'people', 'ids.kind': 'own' } },
			{ v: 1, data: { ids: { own: '1', kind: 'own' }, name: 'Ann', type: 'people' } },
		],
		['nothing', { bodiless: true }, undefined],
	])('is %s', (_, more, body) => {
		expect(bodyOf(more, ONE)).toEqual(body);
	});

	it('holds many records, in their order', () => {
		expect(bodyOf({ max: 9, wrap: 'list', fixed: { v: 1 } }, ONE, TWO)).toEqual({
			v: 1,
			list: [ONE, TWO],
		});
	});

	it.each<[boolean, string, Partial<WriteEndpoint>]>([
		[true, 'the record itself', {}],
		[true, 'something around it', { wrap: 'data', fixed: { v: 1 } }],
		[false, 'something in it', { fixedInside: { type: 'person' } }],
		[false, 'something beside its members', { fixed: { v: 1 } }],
		[false, 'less of it', { omit: ['id'] }],
		[false, 'one value of it', { value: 'id', wrap: 'ids', max: 9 }],
		[false, 'nothing', { bodiless: true }],
	])('%j, a record can be read from its text again: %s', (isWhole, _, more) => {
		expect(new BodyBuilder(endpoint(more), {}, fields).isWhole).toBe(isWhole);
	});

	it('leaves the record as it is', () => {
		const record = { ids: { own: '1' }, name: 'Ann' };
		bodyOf({ omit: ['id'], fixed: { v: 1 } }, record);
		expect(record).toEqual(ONE);
	});

	it.each([
		['alone', {}],
		['with what stands around it', { wrap: 'datà.list', fixed: { note: 'é' } }],
	])('has as many bytes as were counted: %s', (_, more) => {
		const builder = new BodyBuilder(endpoint({ max: 9, ...more }), {}, fields);
		const texts = [ONE, TWO].map((record) => builder.record(record));
		const counted = texts.reduce((sum, each) => sum + Buffer.byteLength(each), builder.frameBytes);
		// And the comma between them.
		expect(Buffer.byteLength(builder.join(texts)!)).toBe(counted + 1);
	});
});

describe('a parameter that stands in a text', () => {
	const parameters: EndpointParameters = {
		filter: { label: 'Filter', kind: 'text', in: 'query' },
		since: {
			label: 'Since',
			kind: 'dateTime',
			in: 'query',
			name: 'filter',
			template: 'changed:[{} TO *]',
		},
	};
	const filterOf = (values: ParameterValues) =>
		new URL(addressOf(BASE, endpoint({ parameters }), values)).searchParams.getAll('filter');

	it.each<[ParameterValues, string[]]>([
		[{}, []],
		[{ since: 5 }, ['changed:[5 TO *]']],
		[{ filter: 'a:b' }, ['a:b']],
		[{ filter: 'a:b', since: 5 }, ['(a:b AND changed:[5 TO *])']],
	])('%j', (values, sent) => {
		expect(filterOf(values)).toEqual(sent);
	});
});

it('A record stands where its wrap says, also inside what is fixed, and may hold any text', () => {
	const text = '\u0000records\u0000 ","data":{';
	const builder = new BodyBuilder(
		endpoint({ wrap: 'data.attributes', fixed: { 'data.type': 'person', 'meta.a': 1 } }),
		{},
		{},
	);
	const body = builder.join([builder.record({ text })]) as string;
	expect(JSON.parse(body)).toEqual({
		data: { type: 'person', attributes: { text } },
		meta: { a: 1 },
	});
	expect(builder.frameBytes).toBeLessThanOrEqual(Buffer.byteLength(body));
});

describe('A JSON pointer', () => {
	const fields = {
		mail: text({ label: 'Mail', path: 'attributes.email' }),
		team: text({ label: 'Team' }),
		'a/b': text({ label: 'Odd' }),
	};

	it.each<[string, string | undefined, string | undefined]>([
		['/data/attributes/email', 'data', 'Mail'],
		['/data/0/attributes/email', 'data', 'Mail'],
		['/attributes/email/0/kind', undefined, 'Mail'],
		['/team', undefined, 'Team'],
		['/a~1b', undefined, 'Odd'],
		['/data/attributes', 'data', undefined],
		['/teams', undefined, undefined],
		['', undefined, undefined],
	])('leads to its field: %s in %s', (pointer, wrap, label) => {
		expect(fieldAt(pointer, wrap, fields)).toBe(label);
	});
});
