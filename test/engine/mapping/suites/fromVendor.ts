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
		emails: [{ address: 'ada@example.com', main: true, verified: false }],
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
