import {
	choice,
	dateTime,
	listOf,
	named,
	number,
	object,
	resource,
	text,
	write,
	type Naming,
	type Resource,
	type SaveOperation,
} from '../../../../nodes/shared/definition';
import { prepareMapper, type MappingPolicy } from '../../../../nodes/shared/mapping';
import { POLICY } from '../people';

/** What a vendor's documents demand beyond single values. */

const naming: Naming = {
	option: 'bloodName',
	label: 'Send Blood Group As',
	help: 'How the field is called',
	names: ['blood', 'bloodGroup'],
};

const patient = resource({
	name: 'patient',
	label: 'Patient',
	plural: 'Patients',
	key: 'id',
	fields: {
		id: text({ label: 'ID', required: ['patch'] }),
		name: text({ label: 'Name', path: 'attributes.name', clearWith: 'null' }),
		blood: choice({ label: 'Blood Group', values: ['A', 'B'], naming, clearWith: 'emptyString' }),
		seenAt: dateTime({
			label: 'Last Seen',
			wire: 'epochSeconds',
			between: ['2000-01-01T00:00:00Z', '2038-01-19T03:14:07Z'],
		}),
		fee: number({ label: 'Fee', wire: 'centsText', decimals: 2, max: 100 }),
		courses: listOf(
			{ code: text({ label: 'Code' }), title: text({ label: 'Title' }) },
			{ label: 'Courses', anyOf: ['code', 'title'] },
		),
		doctor: object(
			{ id: text({ label: 'ID' }) },
			{ label: 'Doctor', relation: { refersTo: 'id', order: 'secondPass' } },
		),
	},
	rules: [{ beside: 'id' }],
	endpoints: {
		save: write({
			request: { method: 'PATCH', path: '/patients/{id}' },
			basis: 'documented',
			source: 'https://example.com',
			max: 1,
			repeatable: true,
			outcome: { by: 'status' },
		}),
	},
	operations: {
		update: {
			does: 'save',
			rows: 'one',
			action: 'Update patient',
			purpose: 'patch',
			route: 'save',
		},
		bulkSave: {
			does: 'save',
			rows: 'items',
			action: 'Bulk save patients',
			purpose: 'create',
			route: 'save',
		},
		delete: {
			does: 'save',
			rows: 'one',
			action: 'Delete patient',
			purpose: 'patch',
			route: 'save',
			only: ['id'],
			ask: ['id'],
		},
	},
});

const map = (
	row: Record<string, unknown>,
	policy: Partial<MappingPolicy> = {},
	{ of = patient, by = 'update' }: { of?: Resource; by?: string } = {},
) => prepareMapper(of, of.operations[by] as SaveOperation).map(row, { ...POLICY, ...policy });
const errors = (...given: Parameters<typeof map>) => map(...given).issues.map(({ code }) => code);

describe('a record that holds nothing beside its key', () => {
	test('is refused in words', () => {
		expect(map({ id: 'P1', name: '' }).issues).toEqual([
			{
				code: 'RULE',
				message:
					'"ID" is all that the row holds, so there is nothing to save. Add a value for another field.',
				field: 'ID',
			},
		]);
	});

	test.each<[string, Record<string, unknown>, Partial<MappingPolicy>]>([
		['a value', { id: 'P1', name: 'Ada' }, {}],
		['a relation of the second pass', { id: 'P1', doctor: { id: 'D' } }, {}],
		['a field to clear', { id: 'P1' }, { fieldsToClear: ['name'] }],
		['a blank that clears', { id: 'P1', name: '' }, { blankValues: 'clear' }],
		['a field of the user', { id: 'P1' }, { additionalFields: { attributes: { x: 1 } } }],
		['an unknown field that is sent', { id: 'P1', shoe: 9 }, { unknownFields: 'send' }],
	])('is not one with %s', (_, row, policy) => {
		expect(map(row, policy).issues).toEqual([]);
	});

	test('is one with an unknown field that is left out', () => {
		expect(errors({ id: 'P1', shoe: 9 }, { unknownFields: 'ignore' })).toEqual(['RULE']);
	});

	test('has other troubles said alone', () => {
		expect(errors({ id: 'P1', blood: 'C' })).toEqual(['INVALID_VALUE']);
		expect(errors({ name: 'Ada' })).toEqual(['MISSING_VALUE']);
	});

	test('is all that an operation needs which takes no more', () => {
		expect(map({ id: 'P1' }, {}, { by: 'delete' }).issues).toEqual([]);
	});
});

test('the field that makes the address is needed, whatever the purpose', () => {
	expect(map({ name: 'Ada' }, {}, { by: 'bulkSave' }).issues).toMatchObject([
		{ code: 'MISSING_VALUE', field: 'ID' },
	]);
});

describe('an instant that the service cannot hold', () => {
	test.each(['2038-01-19T03:14:08Z', 2147483648, '1999-12-31', 4102444800000])('%s', (seenAt) => {
		expect(map({ id: 'P1', seenAt }).issues).toEqual([
			{
				code: 'INVALID_VALUE',
				message:
					'"Last Seen" is not between 2000-01-01 and 2038-01-19, which is all the service can hold. Correct the date.',
				field: 'Last Seen',
			},
		]);
	});

	test.each([2147483647, '2038-01-19T03:14:07Z', '2000-01-01'])('is not %s', (seenAt) => {
		expect(map({ id: 'P1', seenAt }).issues).toEqual([]);
	});
});

test("a value in the vendor's own spelling is checked like any other", () => {
	const theirs = { id: 'P1', doctor: { id: 'D' } };
	expect(map({ ...theirs, fee: '10000' }).record).toEqual({ id: 'P1', fee: '10000' });
	expect(map({ ...theirs, fee: '10001' }).issues).toMatchObject([{ field: 'Fee' }]);
});

describe('an entry that needs one of several members', () => {
	test('is refused without any, by its position', () => {
		expect(
			map({ id: 'P1', courses: [{ code: 'C1' }, { title: ' ' }, { title: 'T' }] }).issues,
		).toEqual([
			{
				code: 'RULE',
				message: '"Courses 2" needs "Code" or "Title". Add a value for one of them.',
				field: 'Courses 2',
			},
		]);
	});
});

describe('a field under several names', () => {
	const chosen = { of: named(patient, { bloodName: 'bloodGroup' }) };

	test.each(['blood', 'bloodGroup', 'Blood Group'])('is found as %s', (name) => {
		expect(map({ id: 'P1', [name]: 'a' }).record).toEqual({ id: 'P1', blood: 'A' });
		expect(map({ id: 'P1', [name]: 'a' }, {}, chosen).record).toEqual({
			id: 'P1',
			bloodGroup: 'A',
		});
	});

	test('is cleared under the chosen one', () => {
		expect(map({ id: 'P1' }, { fieldsToClear: ['blood'] }, chosen).record).toEqual({
			id: 'P1',
			bloodGroup: '',
		});
	});

	test('is given once', () => {
		expect(errors({ id: 'P1', blood: 'A', bloodGroup: 'B' }, {}, chosen)).toEqual(['CONFLICT']);
	});

	test.each([undefined, {}, { bloodName: 'rhesus' }, { other: 'bloodGroup' }])(
		'has the first one when the options say %j',
		(options) => {
			expect(map({ id: 'P1', blood: 'A' }, {}, { of: named(patient, options) }).record).toEqual({
				id: 'P1',
				blood: 'A',
			});
		},
	);
});

describe('a rule that one of several must be there', () => {
	const of = {
		...patient,
		rules: [
			{ anyOf: ['name', { field: 'blood', is: 'A' }] },
			{ anyOf: ['fee'], for: 'create' },
			{ together: ['fee', 'seenAt'], for: 'replace' },
		],
	} as Resource;
	const needs = (row: Record<string, unknown>, by: string, policy: Partial<MappingPolicy> = {}) =>
		map(row, policy, { of, by }).issues.map(({ message }) => message);

	test.each<[string, Record<string, unknown>, Partial<MappingPolicy>]>([
		['the field', { id: 'P1', name: 'Ada' }, {}],
		['the other one with its value', { id: 'P1', blood: 'A' }, {}],
		['a field of the user', { id: 'P1' }, { additionalFields: { blood: 'A' } }],
	])('is kept by %s', (_, row, policy) => {
		expect(needs(row, 'update', policy)).toEqual([]);
	});

	test.each([[{ id: 'P1' }], [{ id: 'P1', blood: 'B' }], [{ id: 'P1', blood: '' }]])(
		'is broken by %j',
		(row) => {
			expect(needs(row, 'update')).toEqual([
				'"Name" or "Blood Group" = A is needed. Add a value for one of them.',
			]);
		},
	);

	test('holds for its own purpose only', () => {
		expect(needs({ id: 'P1', name: 'Ada' }, 'bulkSave')).toEqual([
			'"Fee" is needed. Add a value for one of them.',
		]);
		expect(needs({ id: 'P1', name: 'Ada', fee: 5 }, 'bulkSave')).toEqual([]);
	});
});
