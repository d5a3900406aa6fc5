import fc from 'fast-check';
import { DateTime } from 'luxon';

import {
	first,
	flag,
	listOf,
	resource,
	text,
	url,
	type SaveOperation,
} from '../../../../nodes/shared/definition';
import {
	columnsOf,
	prepareMapper,
	type Mapper,
	type MappingPolicy,
} from '../../../../nodes/shared/mapping';
import { operationOf, person, POLICY } from '../people';

const mappers = new Map<string, Mapper>();
const mapperOf = (name: string): Mapper => {
	const held = mappers.get(name) ?? prepareMapper(person, operationOf(name));
	mappers.set(name, held);
	return held;
};

const mapIn = (name: string, row: Record<string, unknown>, policy: Partial<MappingPolicy> = {}) =>
	mapperOf(name).map(row, { ...POLICY, ...policy });
const map = (row: Record<string, unknown>, policy: Partial<MappingPolicy> = {}) =>
	mapIn('save', { externalId: 'P1', ...row }, policy);
/** The record without the key that every row needs. */
const recordOf = (row: Record<string, unknown>, policy: Partial<MappingPolicy> = {}) => {
	const { record, issues } = map(row, policy);
	expect(issues).toEqual([]);
	const { externalId, ...rest } = record;
	expect(externalId).toBe('P1');
	return rest;
};
const messages = (row: Record<string, unknown>, policy: Partial<MappingPolicy> = {}) =>
	map(row, policy).issues.map(({ message }) => message);

describe('what no field takes', () => {
	const leftOutOf = (row: Record<string, unknown>, more: Partial<MappingPolicy> = {}) => {
		const mapper = prepareMapper(person, operationOf('save'));
		const { issues } = mapper.map(
			{ externalId: 'P1', firstName: 'Ada', ...row },
			{ ...POLICY, unknownFields: 'ignore', ...more },
		);
		return { leftOut: mapper.leftOut(), issues: issues.map(({ code }) => code) };
	};
	test('is left out and told', () => {
		expect(leftOutOf({ 'Shoe Size': 42, Hobby: '', ID: 7 })).toEqual({
			leftOut: ['Shoe Size', 'ID'],
			issues: [],
		});
	});
	test('unless it is a field with a slip: that row is not sent', () => {
		expect(leftOutOf({ Emial: 'a@example.com' })).toEqual({
			leftOut: [],
			issues: ['UNKNOWN_FIELD'],
		});
		expect(leftOutOf({ Emial: '' }).issues).toEqual([]);
	});
	test.each(['ignore', 'error'] as const)(
		'is nothing where other nodes put it beside a list (%s)',
		(unknownFields) => {
			const theirs = { row_number: 2, createdTime: 'x', submittedAt: 'x', formMode: 'test' };
			expect(leftOutOf(theirs, { unknownFields })).toEqual({ leftOut: [], issues: [] });
		},
	);
	test('an ID that other nodes put there is left out without a word', () => {
		expect(leftOutOf({ id: 'rec1' })).toEqual({ leftOut: [], issues: [] });
	});
});

describe("a row in the vendor's own shape", () => {
	const NATIVE = {
		externalId: 'P1',
		firstName: 'Ada',
		emails: [{ address: 'ada@example.com', main: true }, { address: 'b@example.com' }],
		history: [{ since: '2026-01-05', workspaceId: 'W1', scope: 'SOMETHING_NEW' }],
		groups: [{ code: 'A' }, { code: 'B' }],
		gender: 'Female',
		hiredAt: 1767225600,
		seenAt: 1767225600,
		addresses: 'a@example.com,b@example.com',
		dailyRate: '50000',
		sexCode: 'X',
		custom: { badge: { number: 42 }, list: [1, null, ''] },
		attributes: { home: { city: 'Zürich' } },
		applications: [{ applicationId: 'A1', at: 1767225600, stage: { user: { email: 'x@y.zz' } } }],
	};

	test('passes unchanged', () => {
		const { manager, ...rest } = { manager: { externalId: 'P2' }, ...NATIVE };
		const mapped = mapIn('create', { ...rest, manager });
		expect(mapped).toEqual({
			record: NATIVE,
			relations: { manager: { externalId: 'P2' } },
			key: 'P1',
			issues: [],
		});
	});

	test('its nested parts are checked, and named', () => {
		expect(
			messages({
				emails: [{ address: 'ada@example.com' }, { address: 'ada at example', main: 'maybe' }],
				history: [{ since: '31/31/2026', workspaceID: 'W1' }],
				groups: [{ code: 'LONG' }, 'B'],
				applications: [{ stage: { user: { email: 'nope' } } }],
			}),
		).toEqual([
			'"Emails 2: Address" is not an e-mail address. Use the form name@example.com.',
			'"Emails 2: Main" is neither yes nor no. Use true or false.',
			'"History 1: Since" is a day that does not exist. Use the form YYYY-MM-DD, for example 2026-03-31.',
			'"History 1" has an unknown entry "workspaceID". Did you mean "workspaceId"? Rename or remove it, or set "Columns Without a Field" to leave it out.',
			'"Groups 1: Code" is longer than 3 characters. Shorten it to 3 characters at most.',
			'"Groups 2" is not a JSON object. Use the form {"name": "value"}.',
			'"Applications 1: Stage: User: Email" is not an e-mail address. Use the form name@example.com.',
			'"Applications 1: Application ID" is missing. Add a value or map a column to it.',
		]);
	});

	test('what an entry needs depends on the purpose', () => {
		const row = { externalId: 'P1', firstName: 'Ada', history: [{ since: '2026-01-05' }] };
		expect(mapIn('save', row).issues).toEqual([]);
		expect(mapIn('replace', { history: [{ scope: 'EMPLOYEE' }] }).issues).toEqual([]);
		expect(mapIn('create', row).issues).toEqual([
			{
				code: 'MISSING_VALUE',
				message: '"History 1: Workspace ID" is missing. Add a value or map a column to it.',
				field: 'History 1: Workspace ID',
			},
		]);
	});

	test('is taken from JSON text as well', () => {
		expect(
			recordOf({ history: '[{"since":"2026-01-05"}]', applications: '[{"applicationId":"A1"}]' }),
		).toEqual({ history: [{ since: '2026-01-05' }], applications: [{ applicationId: 'A1' }] });
	});

	test.each([
		['history', '[{"since":', '"History" is not a list of JSON objects.'],
		['history', { since: '2026-01-05' }, '"History" is not a list of JSON objects.'],
		['manager', [1], '"Manager" is not a JSON object.'],
		[
			'custom',
			'free text',
			'"Custom" is not a JSON object or list. Check its brackets and quotes.',
		],
	])('%s cannot be %j', (key, value, message) => {
		expect(messages({ [key]: value })).toEqual([message]);
	});

	test("in the vendor's spelling only where people do not type it", () => {
		expect(map({ dailyRate: '50000' }).issues).toMatchObject([{ code: 'AMBIGUOUS_VALUE' }]);
		expect(recordOf({ dailyRate: '50000', emails: [{ address: 'a@example.com' }] })).toMatchObject({
			dailyRate: '50000',
		});
		expect(recordOf({ dailyRate: 500 })).toEqual({ dailyRate: '50000' });
		expect(recordOf({ dailyRate: '500.00' })).toEqual({ dailyRate: '50000' });
		expect(recordOf({ 'Daily Rate': '500' })).toEqual({ dailyRate: '50000' });
		expect(recordOf({ TJM: '500' })).toEqual({ dailyRate: '50000' });
		expect(recordOf({ dailyRate: '500' }, { plainValues: true })).toEqual({ dailyRate: '50000' });
		expect(recordOf({ hiredAt: 46023 })).toEqual({ hiredAt: 1767225600 });
	});

	test('parts of its nesting that are no field go by the policy', () => {
		const row = { attributes: { home: { city: 'Bern', canton: 'BE' }, pets: 2 } };
		expect(messages(row)).toEqual([
			'"attributes.home.canton" is no field of Person. Rename or remove it, or set "Columns Without a Field" to leave it out.',
			'"attributes.pets" is no field of Person. Rename or remove it, or set "Columns Without a Field" to leave it out.',
		]);
		expect(recordOf(row, { unknownFields: 'ignore' })).toEqual({
			attributes: { home: { city: 'Bern' } },
		});
		expect(recordOf(row, { unknownFields: 'send' })).toEqual(row);
		expect(messages({ attributes: 'odd' })).toEqual([
			'"attributes" is no field of Person. Rename or remove it, or set "Columns Without a Field" to leave it out.',
		]);
	});
});

describe('flat columns', () => {
	test('make the nested shape, with what stands beside them', () => {
		const mapped = mapIn('create', {
			Matricule: 'P1',
			Prénom: 'Ada',
			'E-Mail': 'ada@example.com',
			Since: DateTime.fromISO('2026-01-05T00:30', { zone: 'Asia/Tokyo' }),
			'Workspace ID': 'W1',
			Scope: 'pre boarding',
			'Group Codes': 'A; B',
			'Manager ID': 'P2',
			City: 'Bern',
			Hired: '01.01.2026',
			Addresses: 'a@example.com\nb@example.com',
			Active: 'oui',
		});
		expect(mapped).toEqual({
			record: {
				externalId: 'P1',
				firstName: 'Ada',
				emails: [{ address: 'ada@example.com', main: true }],
				history: [{ since: '2026-01-05', workspaceId: 'W1', scope: 'PRE_BOARDING' }],
				groups: [{ code: 'A' }, { code: 'B' }],
				attributes: { home: { city: 'Bern' } },
				hiredAt: 1767225600,
				addresses: 'a@example.com,b@example.com',
				active: true,
			},
			relations: { manager: { externalId: 'P2' } },
			key: 'P1',
			issues: [],
		});
	});

	test('messages name the column', () => {
		expect(messages({ Email: 'ada', Since: '04/03/2026', 'Group Codes': 'A, LONG' })).toEqual([
			'"Email" is not an e-mail address. Use the form name@example.com.',
			'"Since" can be read as two different days. Write it as YYYY-MM-DD, or choose a "Date Order".',
			'"Group Codes 2" is longer than 3 characters. Shorten it to 3 characters at most.',
		]);
		expect(recordOf({ Since: '04/03/2026' }, { dateOrder: 'dayFirst' })).toEqual({
			history: [{ since: '2026-03-04' }],
		});
	});

	test('an entry made of them needs what the vendor needs', () => {
		expect(messages({ Scope: 'EMPLOYEE' })).toEqual([
			'"Since" is missing. Add a value or map a column to it.',
		]);
		expect(
			mapIn('create', { externalId: 'P1', firstName: 'Ada', Scope: 'EMPLOYEE' }).issues,
		).toEqual([
			expect.objectContaining({ code: 'MISSING_VALUE', field: 'Since' }),
			expect.objectContaining({ code: 'MISSING_VALUE', field: 'Workspace ID' }),
		]);
	});

	test('a column wins over what is set beside another', () => {
		const contact = resource({
			...person,
			key: 'emails',
			fields: {
				emails: listOf(
					{ address: text({ label: 'Address' }), main: flag({ label: 'Main' }) },
					{
						label: 'Emails',
						columns: {
							email: first('address', { label: 'Email', beside: { main: true } }),
							isMain: first('main', { label: 'Is Main' }),
						},
					},
				),
			},
			rules: [],
			operations: {},
		});
		const mapper = prepareMapper(contact, operationOf('save'));
		for (const row of [
			{ email: 'a@b.co', isMain: 'no' },
			{ isMain: 'no', email: 'a@b.co' },
		])
			expect(mapper.map(row, POLICY).record).toEqual({
				emails: [{ address: 'a@b.co', main: false }],
			});
	});

	test("the only column of a nested field may go by the field's own name", () => {
		expect(map({ manager: 'P2' }).relations).toEqual({ manager: { externalId: 'P2' } });
		expect(recordOf({ emails: 'ada@example.com' })).toEqual({
			emails: [{ address: 'ada@example.com', main: true }],
		});
		expect(map({ manager: 42 }).relations).toEqual({ manager: { externalId: '42' } });
		expect(map({ manager: true }).issues).toMatchObject([{ field: 'Manager ID' }]);
		expect(recordOf({ groups: ['A', 'B'] })).toEqual({ groups: [{ code: 'A' }, { code: 'B' }] });
		expect(messages({ emails: ['a@example.com'] })).toEqual([
			'"Emails 1" is not a JSON object. Use the form {"name": "value"}.',
		]);
	});

	test("JSON under the field's own name is the nested field, whatever stands before it", () => {
		for (const space of ['', ' ', '\n\t'])
			expect(recordOf({ emails: `${space}[{"address": "b@example.com"}]` })).toEqual({
				emails: [{ address: 'b@example.com' }],
			});
		expect(map({ manager: '{"externalId": "P2"}' }).relations).toEqual({
			manager: { externalId: 'P2' },
		});
		// A bracket further on is part of a value.
		expect(map({ manager: 'P[2]' }).relations).toEqual({ manager: { externalId: 'P[2]' } });
		expect(recordOf({ groups: [{ code: 'A' }] })).toEqual({ groups: [{ code: 'A' }] });
		expect(recordOf({ groups: [] })).toEqual({});
		expect(recordOf({ manager: undefined, emails: null })).toEqual({});
	});

	test('a blank one clears the whole field where it is the only one, else what it stands for', () => {
		const clear = { blankValues: 'clear' } as const;
		expect(map({ 'Manager ID': '' }, clear).relations).toEqual({ manager: null });
		expect(recordOf({ Since: '2026-01-05', Note: '' }, clear)).toEqual({
			history: [{ since: '2026-01-05', note: null }],
		});
		expect(map({ 'Manager ID': '' })).toEqual({
			record: { externalId: 'P1' },
			key: 'P1',
			issues: [],
		});
	});

	test('do not go together with the nested field itself', () => {
		const emails = [{ address: 'ada@example.com' }];
		expect(messages({ emails, Email: 'b@example.com' })).toEqual([
			'"Email" and "Emails" set the same field. Keep one of them.',
		]);
		expect(messages({ Email: 'b@example.com', emails })).toEqual([
			'"Emails" and "Email" set the same field. Keep one of them.',
		]);
		expect(recordOf({ emails, Email: '' })).toEqual({ emails });
		expect(messages({ manager: 'P2', 'Manager ID': 'P3' })).toEqual([
			'"Manager ID" is given twice. Keep one of them.',
		]);
		expect(messages({ city: 'Bern', attributes: { home: { city: 'Genf' } } })).toEqual([
			'"City" is given twice. Keep one of them.',
		]);
	});
});

describe('required', () => {
	test('by purpose, each by its name', () => {
		expect(mapIn('create', { Tags: 'a' }).issues).toEqual(
			['External ID', 'First Name', 'Since', 'Workspace ID'].map((field) => ({
				code: 'MISSING_VALUE',
				message: `"${field}" is missing. Add a value or map a column to it.`,
				field,
			})),
		);
		expect(mapIn('save', { Tags: 'a' }).issues.map(({ field }) => field)).toEqual(['External ID']);
		expect(mapIn('replace', { Tags: 'a' }).issues).toEqual([]);
	});

	test('blank is missing, wrong is not', () => {
		expect(mapIn('save', { externalId: ' ', Tags: 'a' }).issues).toEqual([
			expect.objectContaining({ code: 'MISSING_VALUE', field: 'External ID' }),
		]);
		expect(mapIn('save', { externalId: 'x'.repeat(21) })).toMatchObject({
			key: 'x'.repeat(21),
			issues: [
				{
					code: 'INVALID_VALUE',
					message:
						'"External ID" is longer than 20 characters. Shorten it to 20 characters at most.',
					field: 'External ID',
				},
			],
		});
	});

	test('what an operation asks for', () => {
		expect(mapIn('deactivate', { externalId: 'P1' }).issues).toEqual([
			expect.objectContaining({ code: 'MISSING_VALUE', field: 'Since' }),
		]);
	});

	test('may come from the additional fields', () => {
		const policy = { additionalFields: { firstName: 'Ada', history: [{ since: '2026-01-05' }] } };
		expect(mapIn('create', { externalId: 'P1' }, policy).issues).toEqual([]);
	});
});

describe('values', () => {
	test.each([
		['Gender', 'femal', '"Gender" is not one of Male, Female. Did you mean Female?'],
		['Gender', 'unknown', '"Gender" is not one of Male, Female. Use one of them.'],
		['Age', '12.5', '"Age" is not a whole number. Remove the decimals.'],
		['Age', 151, '"Age" is above 150. Use 150 or less.'],
		['Daily Rate', '12.345,678', '"Daily Rate" has more than 2 decimals. Round it to 2 decimals.'],
		[
			'Phone',
			'call me',
			'"Phone" is not a phone number. Use digits, for example +33 1 23 45 67 89.',
		],
		[
			'Website',
			'example',
			'"Website" is not a web address. Use the form https://example.com/page.',
		],
		['Active', 'maybe', '"Active" is neither yes nor no. Use true or false.'],
		['Call At', 'soon', '"Call At" is not a date with time. Use the form 2026-03-31T09:00:00Z.'],
		[
			'Colours',
			'RED, GREEM',
			'"Colours" has an entry that is not one of RED, GREEN. Did you mean GREEN?',
		],
		[
			'Addresses',
			'["a,b"]',
			'"Addresses" has an entry with a comma in it, which the service takes for two. Remove the comma.',
		],
	])('%s cannot be %p', (column, value, message) => {
		expect(map({ [column]: value }).issues).toEqual([
			{ code: 'INVALID_VALUE', message, field: column },
		]);
	});

	test('known values are put right', () => {
		expect(recordOf({ Gender: 'FEMALE', Colours: 'red' })).toEqual({
			gender: 'Female',
			colours: ['RED'],
		});
	});

	test('messages never hold the value', () => {
		const secret = 'zq7secret';
		const columns = columnsOf(person, operationOf('save'));
		for (const { key, label } of columns)
			for (const value of [secret, [secret], { [label]: secret }, `${secret}, ${secret}`])
				for (const message of map({ [key]: value }).issues.map((issue) => issue.message))
					expect(message).not.toContain(secret);
	});
});

describe('unknown keys', () => {
	test('are refused with the nearest name', () => {
		expect(map({ 'Frist Name': 'Ada', 'Shoe Size': 42 }).issues).toEqual([
			{
				code: 'UNKNOWN_FIELD',
				message:
					'"Frist Name" is no field of Person. Did you mean "First Name"? Rename or remove it, or set "Columns Without a Field" to leave it out.',
				field: 'Frist Name',
			},
			{
				code: 'UNKNOWN_FIELD',
				message:
					'"Shoe Size" is no field of Person. Rename or remove it, or set "Columns Without a Field" to leave it out.',
				field: 'Shoe Size',
			},
		]);
	});

	test('are ignored or sent as they are', () => {
		const row = { shoe: { size: 42 }, groups: [{ code: 'A', colour: null }] };
		expect(recordOf(row, { unknownFields: 'ignore' })).toEqual({ groups: [{ code: 'A' }] });
		expect(recordOf(row, { unknownFields: 'send' })).toEqual(row);
	});

	test('cannot change what an object is', () => {
		const row = JSON.parse('{"externalId":"P1","__proto__":{"firstName":"x"}}') as Record<
			string,
			unknown
		>;
		const { record, issues } = mapIn('save', row, { unknownFields: 'send' });
		expect(issues).toEqual([
			expect.objectContaining({ code: 'UNKNOWN_FIELD', field: '__proto__' }),
		]);
		expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
		for (const name of ['constructor', 'toString', 'hasOwnProperty'])
			expect(map({ [name]: 'x' }).issues).toEqual([
				expect.objectContaining({ code: 'UNKNOWN_FIELD', field: name }),
			]);
	});

	test('fields that are not written here are refused, or ignored; never sent', () => {
		const issue = {
			code: 'UNKNOWN_FIELD',
			message:
				'"ID" cannot be written by this operation. Remove it, or set "Columns Without a Field" to leave it out.',
			field: 'ID',
		};
		expect(map({ id: '7' }).issues).toEqual([issue]);
		expect(map({ id: '7' }, { unknownFields: 'send' }).issues).toEqual([issue]);
		expect(recordOf({ id: '7' }, { unknownFields: 'ignore' })).toEqual({});
		expect(recordOf({ id: '' })).toEqual({});
		expect(mapIn('rename', { externalId: 'P1', Tags: 'a' }).issues).toEqual([
			expect.objectContaining({ code: 'UNKNOWN_FIELD', field: 'Tags' }),
		]);
		expect(messages({ history: [{ since: '2026-01-05', level: '3' }] })).toEqual([
			'"History 1: Level" cannot be written by this operation. Remove it, or set "Columns Without a Field" to leave it out.',
		]);
	});

	test('two keys for one field, and mappings by hand', () => {
		expect(messages({ Prénom: 'Ada', Vorname: 'Ada' })).toEqual([
			'"Prénom" and "Vorname" all belong to "First Name". Keep one of them. Choose its field under "Header Mapping".',
		]);
		const headerMapping = { Rufname: 'firstName', 'Shoe Size': '' };
		expect(recordOf({ Rufname: 'Ada', 'Shoe Size': 42 }, { headerMapping })).toEqual({
			firstName: 'Ada',
		});
		expect(messages({ Rufname: 'Ada' }, { headerMapping: { Rufname: 'nickname' } })).toEqual([
			'"Rufname" is mapped to "nickname", which is no field here. Choose another field under "Header Mapping".',
		]);
	});
});

describe('blank values', () => {
	const BLANKS = [null, '', '  ', [], {}];

	test('undefined is not there, whatever the policy', () => {
		for (const blankValues of ['leave', 'clear', 'skipRow'] as const)
			expect(recordOf({ firstName: undefined, tags: undefined }, { blankValues })).toEqual({});
	});

	test('leave: nothing is sent', () => {
		for (const blank of BLANKS)
			expect(
				recordOf({
					firstName: blank,
					tags: blank,
					gender: blank,
					Email: blank,
					emails: blank,
					history: [{ since: '2026-01-05', note: blank }],
				}),
			).toEqual({ history: [{ since: '2026-01-05' }] });
	});

	test('clear: where the vendor can, as it wants it', () => {
		for (const blank of BLANKS)
			expect(
				map(
					{
						tags: blank,
						gender: blank,
						links: blank,
						city: blank,
						manager: blank,
						history: [{ since: '2026-01-05', note: blank }],
					},
					{ blankValues: 'clear' },
				),
			).toEqual({
				record: {
					externalId: 'P1',
					tags: null,
					gender: '',
					links: [],
					attributes: { home: { city: null } },
					history: [{ since: '2026-01-05', note: null }],
				},
				relations: { manager: null },
				key: 'P1',
				issues: [],
			});
	});

	test('clear: through flat columns', () => {
		const policy = { blankValues: 'clear' } as const;
		expect(recordOf({ Since: '2026-01-05', Note: '' }, policy)).toEqual({
			history: [{ since: '2026-01-05', note: null }],
		});
		expect(map({ 'Manager ID': '' }, policy).relations).toEqual({ manager: null });
	});

	test('clear: refused where the vendor cannot', () => {
		const cannot = (field: string) => ({
			code: 'CANNOT_CLEAR',
			message: `"${field}" is blank and cannot be cleared: the service has no way to remove a value of it. Add a value, or set "Blank Values" to leave it as it is.`,
			field,
		});
		expect(
			map(
				{ lastName: '', Email: null, groups: [{ code: 'A' }], Scope: '' },
				{ blankValues: 'clear' },
			).issues,
		).toEqual([cannot('Last Name'), cannot('Email'), cannot('Scope')]);
		expect(
			map({ history: [{ since: '2026-01-05', scope: '' }] }, { blankValues: 'clear' }).issues,
		).toEqual([cannot('History 1: Scope')]);
	});

	test('clear: what is required is missing', () => {
		const { issues } = mapIn(
			'create',
			{ firstName: 'Ada', externalId: null },
			{ blankValues: 'clear' },
		);
		expect(issues.map(({ field, code }) => [field, code])).toEqual([
			['External ID', 'MISSING_VALUE'],
			['Since', 'MISSING_VALUE'],
			['Workspace ID', 'MISSING_VALUE'],
		]);
	});

	test('skipRow: the row is left alone, wrong or not', () => {
		for (const blank of BLANKS)
			expect(map({ tags: blank, age: 'old' }, { blankValues: 'skipRow' })).toEqual({
				record: {},
				key: 'P1',
				issues: [],
				skip: {
					code: 'BLANK_VALUE',
					message: '"Tags" is blank, and "Blank Values" says to skip such rows.',
					field: 'Tags',
				},
			});
		expect(map({ history: [{ since: null }] }, { blankValues: 'skipRow' }).skip?.field).toBe(
			'History 1: Since',
		);
	});

	test('may differ by column', () => {
		const policy = {
			blankValues: 'leave',
			blankValuesByColumn: { tags: 'clear', note: 'skipRow', manager: 'clear' },
		} as const;
		expect(recordOf({ tags: '', gender: '' }, policy)).toEqual({ tags: null });
		expect(map({ Note: '' }, policy).skip?.field).toBe('Note');
		expect(map({ 'Manager ID': '' }, policy).relations).toEqual({ manager: null });
	});
});

describe('fields to clear', () => {
	test('are cleared in every row', () => {
		expect(recordOf({}, { fieldsToClear: ['tags', 'gender', 'city'] })).toEqual({
			tags: null,
			gender: '',
			attributes: { home: { city: null } },
		});
	});
	test('must be clearable, and empty', () => {
		expect(map({ Tags: 'a' }, { fieldsToClear: ['tags', 'lastName', 'nonsense'] }).issues).toEqual([
			{
				code: 'CONFLICT',
				message: '"Tags" has a value and stands under "Fields to Clear" too. Keep one of the two.',
				field: 'Tags',
			},
			...['Last Name', 'nonsense'].map((field) => ({
				code: 'CANNOT_CLEAR',
				message: `"${field}" cannot be cleared: the service has no way to remove a value of it here. Take it off "Fields to Clear".`,
				field,
			})),
		]);
	});
});

describe('values that do not come from the row', () => {
	test('what the operation fixes wins over the row', () => {
		const row = { externalId: 'P1', Since: '2026-01-05' };
		const record = { externalId: 'P1', history: [{ since: '2026-01-05' }], active: false };
		expect(mapIn('deactivate', row)).toMatchObject({ record, issues: [] });
		for (const key of ['active', 'Active'])
			expect(mapIn('deactivate', { ...row, [key]: true })).toMatchObject({ record, issues: [] });
	});

	test('additional fields win over all and join the nesting', () => {
		const additionalFields = {
			firstName: 'Bea',
			attributes: { home: { canton: 'BE' } },
			extra: [1],
		};
		expect(recordOf({ firstName: 'Ada', City: 'Bern' }, { additionalFields })).toEqual({
			firstName: 'Bea',
			attributes: { home: { city: 'Bern', canton: 'BE' } },
			extra: [1],
		});
		expect(additionalFields).toEqual({
			firstName: 'Bea',
			attributes: { home: { canton: 'BE' } },
			extra: [1],
		});
	});
});

describe('an empty row', () => {
	const EMPTY = {
		code: 'EMPTY_ROW',
		message:
			'The row holds no values. Map at least one column. If it is the empty item that "Always Output Data" makes, switch that off in the node before.',
	};
	test('is said to be empty, and nothing else', () => {
		expect(mapIn('create', {})).toEqual({ record: {}, issues: [EMPTY] });
		expect(mapIn('create', { 'First Name': '', Email: null }).issues).toEqual([EMPTY]);
	});
	test('is none when it holds a value that nobody knows, if that is sent or left out', () => {
		for (const unknownFields of ['send', 'ignore'] as const) {
			expect(mapIn('rename', { shoeSize: '' }, { unknownFields }).issues).toEqual([EMPTY]);
			expect(mapIn('rename', { shoeSize: 42 }, { unknownFields }).issues).not.toContainEqual(EMPTY);
		}
	});
	test('is none when the values come from elsewhere', () => {
		expect(mapIn('save', {}, { additionalFields: { externalId: 'P9' } })).toEqual({
			record: { externalId: 'P9' },
			key: 'P9',
			issues: [],
		});
	});
});

describe('rules between fields', () => {
	const operation = {
		does: 'save',
		rows: 'items',
		action: 'Save',
		purpose: 'patch',
		route: 'save',
	} as SaveOperation;
	const ruled = resource({
		...person,
		key: 'id',
		fields: {
			id: text({ label: 'ID' }),
			link: url({ label: 'Link' }),
			file: text({ label: 'File', clearWith: 'null' }),
			low: text({ label: 'Low' }),
			high: text({ label: 'High' }),
		},
		rules: [{ anyOf: ['link', 'file'] }, { together: ['low', 'high'] }],
		operations: {},
	});
	const issuesOf = (row: Record<string, unknown>, more: Partial<SaveOperation> = {}, extra = {}) =>
		prepareMapper(ruled, { ...operation, ...more } as SaveOperation).map(row, {
			...POLICY,
			...extra,
		}).issues;

	test('one of them', () => {
		expect(issuesOf({ id: '1' })).toEqual([
			{
				code: 'RULE',
				message: '"Link" or "File" is needed. Add a value for one of them.',
				field: 'Link',
			},
		]);
		expect(issuesOf({ id: '1', file: 'x' })).toEqual([]);
		expect(issuesOf({ id: '1' }, {}, { additionalFields: { file: 'x' } })).toEqual([]);
		expect(issuesOf({ id: '1' }, {}, { fieldsToClear: ['file'] })).toEqual([]);
		expect(issuesOf({ id: '1', file: '' }, {}, { blankValues: 'clear' })).toEqual([]);
		expect(issuesOf({ id: '1' }, { except: ['link'] }).map(({ message }) => message)).toEqual([
			'"File" is needed. Add a value for one of them.',
		]);
	});
	test('all or none', () => {
		expect(issuesOf({ id: '1', file: 'x', low: '1' })).toEqual([
			{
				code: 'RULE',
				message: '"Low" and "High" go together. Add a value for "High", or remove "Low".',
				field: 'High',
			},
		]);
		expect(issuesOf({ id: '1', file: 'x', low: '1', high: '2' })).toEqual([]);
	});
	test('only of fields the operation takes', () => {
		expect(issuesOf({ id: '1' }, { only: ['id'] })).toEqual([]);
		expect(issuesOf({ id: '1' }, { fixed: { file: 'x' } })).toEqual([]);
		expect(issuesOf({ id: '1', low: '1' }, { only: ['id', 'low'] })).toEqual([]);
	});
});

describe('the key', () => {
	test.each([
		[{ externalId: ' P1 ' }, 'P1'],
		[{ Matricule: 42 }, '42'],
		[{ externalId: '' }, undefined],
		[{ externalId: null }, undefined],
		[{ firstName: 'Ada' }, undefined],
		[{ externalId: ['P1'] }, undefined],
		// Too long to be sent, and still what tells people which row it is.
		[{ externalId: ' longer than twenty characters ' }, 'longer than twenty characters'],
	])('of %j is %p, with and without the rest', (row, key) => {
		expect(mapIn('save', row).key).toBe(key);
		expect(mapperOf('save').keyOf(row, POLICY)).toBe(key);
	});

	test('may stand inside the nesting of the vendor', () => {
		const nested = resource({
			...person,
			key: 'id',
			fields: { id: text({ label: 'ID', path: 'data.id' }) },
			rules: [],
			operations: {},
		});
		const mapper = prepareMapper(nested, operationOf('replace'));
		for (const row of [{ id: '7' }, { data: { id: '7' } }]) {
			expect(mapper.map(row, POLICY)).toEqual({
				record: { data: { id: '7' } },
				key: '7',
				issues: [],
			});
			expect(mapper.keyOf(row, POLICY)).toBe('7');
		}
	});
});

describe('one mapper for all rows', () => {
	test('nothing of a row stays for the next, whatever their keys', () => {
		const rows: Array<Record<string, unknown>> = [
			{ externalId: 'P1', Email: 'a@example.com', 'Manager ID': 'P2', Since: '2026-01-05' },
			{ externalId: 'P2' },
			{ externalId: 'P3', emails: [{ address: 'b@example.com' }] },
			{ externalId: 'P1', Email: 'nope' },
			{},
			{ 'External ID': 'P4', tags: '' },
		];
		for (const policy of [POLICY, { ...POLICY, blankValues: 'skipRow' as const }]) {
			const fresh = rows.map((row) => prepareMapper(person, operationOf('save')).map(row, policy));
			const mapper = prepareMapper(person, operationOf('save'));
			expect(rows.map((row) => mapper.map(row, policy))).toEqual(fresh);
			expect([...rows].reverse().map((row) => mapper.map(row, policy))).toEqual(
				[...fresh].reverse(),
			);
		}
	});

	test('mappings by hand of one row do not reach the next', () => {
		const row = { externalId: 'P1', Rufname: 'Ada', Beiname: 'Bea' };
		const policies = ['Rufname', 'Beiname'].map((header) => ({
			...POLICY,
			unknownFields: 'ignore' as const,
			headerMapping: { [header]: 'firstName', [header === 'Rufname' ? 'Beiname' : 'Rufname']: '' },
		}));
		const mapper = prepareMapper(person, operationOf('save'));
		const names = [...policies, ...policies].map(
			(policy) => mapper.map(row, policy).record.firstName,
		);
		expect(names).toEqual(['Ada', 'Bea', 'Ada', 'Bea']);
	});

	const keys = [
		...columnsOf(person, operationOf('save')).flatMap(({ key, label }) => [key, label]),
		...['emails', 'history', 'manager', 'attributes', 'nonsense', 'id', '__proto__', 'Vorname'],
	];
	const anything = fc.oneof(
		fc.constantFrom<unknown>('2026-01-05', '04/03/2026', 'a@example.com', 'ja', '500', '', null),
		fc.jsonValue(),
		fc.date({ noInvalidDate: false }),
		fc.constantFrom<unknown>([{ address: 'a@example.com' }], [{ since: '2026-01-05', note: null }]),
	);
	const row = fc
		.array(fc.tuple(fc.constantFrom(...keys), anything), { maxLength: 8 })
		.map((entries) => Object.fromEntries(entries) as Record<string, unknown>);
	const policy = fc.record({
		unknownFields: fc.constantFrom('error', 'ignore', 'send'),
		blankValues: fc.constantFrom('leave', 'clear', 'skipRow'),
		fieldsToClear: fc.subarray(['tags', 'gender', 'lastName']),
		additionalFields: fc.constantFrom(undefined, { attributes: { a: 1 }, custom: { b: 2 } }),
	}) as fc.Arbitrary<MappingPolicy>;

	const frozen = (value: unknown): void => {
		if (typeof value !== 'object' || value === null || value instanceof Date) return;
		Object.freeze(value);
		for (const inner of Object.values(value)) frozen(inner);
	};

	test('any row under any policy: no exception, the input unchanged, the same answer twice, one verdict', () => {
		const mapper = mapperOf('create');
		fc.assert(
			fc.property(row, policy, (values, how) => {
				frozen(values);
				frozen(how);
				const mapped = mapper.map(values, how);
				expect(mapper.map(values, how)).toEqual(mapped);
				expect(mapper.keyOf(values, how)).toBe(mapped.key);
				if (mapped.skip !== undefined) expect(mapped.issues).toEqual([]);
				for (const { code, message } of mapped.issues) {
					expect(code).toMatch(/^[A-Z_]+$/);
					expect(message).toMatch(/^"|^The row holds no values/);
					expect(message).toMatch(/[.?]$/);
				}
			}),
		);
	});
});
