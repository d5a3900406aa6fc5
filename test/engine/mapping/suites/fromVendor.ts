import { presenter } from '../../../../nodes/shared/mapping';
import { person } from '../people';

const RECORD = {
	externalId: 'P1',
	id: '77',
	firstName: 'Ada',
	emails: [{ address: 'ada@example.com', main: true, verified: false }],
	gender: 'Unheard Of',
	hiredAt: 1767225600,
	addresses: 'a@example.com, b@example.com',
	dailyRate: '50050',
	reviewDate: null,
	sexCode: 'X',
	attributes: { home: { city: 'Zürich', canton: 'ZH' } },
	applications: [
		{ applicationId: 'A1', at: 1767225600, stage: { user: { email: 'x@y.z' } }, extra: 1 },
	],
	contract: { signedAt: 1767225600, place: 'Bern' },
	newcomer: { a: 1 },
};

test('raw is what the vendor gave', () => {
	expect(presenter(person, 'raw')(RECORD)).toBe(RECORD);
});

test('simplified is what is marked', () => {
	expect(presenter(person, 'simplified')(RECORD)).toEqual({
		externalId: 'P1',
		id: '77',
		firstName: 'Ada',
		email: 'ada@example.com',
	});
});

describe('simplified', () => {
	const marked = (name: string) => {
		const field = { ...person.fields[name], simplified: true };
		return { ...person, fields: { [name]: field } };
	};
	const simple = (name: string, record: object) => presenter(marked(name), 'simplified')(record);

	test('is the main one of several where the vendor marks it, else the first', () => {
		const entry = (address: string, main: boolean) => ({ address, main });
		const emails = [entry('b@example.com', false), entry('a@example.com', true)];
		expect(simple('emails', { emails })).toEqual({ email: 'a@example.com' });
		expect(simple('emails', { emails: [{ address: 'c@example.com' }] })).toEqual({
			email: 'c@example.com',
		});
		for (const none of [[], null])
			expect(simple('emails', { emails: none })).toEqual({ email: '' });
		expect(simple('emails', {})).toEqual({});
	});

	test('is one text of a list', () => {
		expect(simple('tags', { tags: ['a', 'b'] })).toEqual({ tags: 'a, b' });
		expect(simple('tags', { tags: [] })).toEqual({ tags: '' });
		expect(simple('tags', { tags: null })).toEqual({ tags: null });
	});

	test('is the first of what one is enough of', () => {
		const list = { ...person.fields.tags, simplified: true, concept: 'phone' as const };
		const read = presenter({ ...person, fields: { tags: list } }, 'simplified');
		expect(read({ tags: ['+1 234', '+5 678'] })).toEqual({ tags: '+1 234' });
	});
});

test('selected is what was chosen, decoded', () => {
	const fields = ['hiredAt', 'addresses', 'dailyRate', 'city', 'sex', 'tags', 'applications'];
	expect(presenter(person, 'selected', fields)(RECORD)).toEqual({
		hiredAt: '2026-01-01',
		addresses: ['a@example.com', 'b@example.com'],
		dailyRate: 500.5,
		city: 'Zürich',
		sex: 'X',
		applications: [
			{
				applicationId: 'A1',
				at: '2026-01-01T00:00:00Z',
				stage: { user: { email: 'x@y.z' } },
				extra: 1,
			},
		],
	});
});

test('decoded keeps what is unknown: values, keys, and the rest of known branches', () => {
	expect(presenter(person, 'decoded')(RECORD)).toMatchObject({
		gender: 'Unheard Of',
		reviewDate: null,
		city: 'Zürich',
		attributes: { home: { canton: 'ZH' } },
		contract: { signedAt: '2026-01-01T00:00:00Z', place: 'Bern' },
		newcomer: { a: 1 },
	});
	const shown = presenter(person, 'decoded')({ attributes: { home: { city: 'Bern' } } });
	expect(shown).toEqual({ city: 'Bern' });
});

test('without marks, simplified leaves nothing out', () => {
	const { firstName } = person.fields;
	const unmarked = { ...person, fields: { firstName: { ...firstName, simplified: undefined } } };
	expect(presenter(unmarked, 'simplified')(RECORD)).toEqual(RECORD);
});

test('what is no object is shown as it came', () => {
	for (const odd of [null, 'text', [1]]) expect(presenter(person, 'simplified')(odd)).toBe(odd);
});

test('a record is not changed', () => {
	const before = structuredClone(RECORD);
	for (const view of ['raw', 'simplified', 'decoded']) presenter(person, view)(RECORD);
	expect(RECORD).toEqual(before);
});
