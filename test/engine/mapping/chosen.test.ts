import type { SaveOperation } from '../../../nodes/shared/definition';
import {
	prepareMapper,
	type ChosenValues,
	type MappingPolicy,
} from '../../../nodes/shared/mapping';
import { acme } from '../../support/sampleVendor';

/** Without its rules between fields, which are others' matter. */
const person = { ...acme.resources[0], rules: [] };
const operation = person.operations.import as SaveOperation;
const policy: MappingPolicy = {
	unknownFields: 'ignore',
	blankValues: 'leave',
	fieldsToClear: [],
	plainValues: true,
};

const chosen = (
	same: Record<string, unknown>,
	translations: Record<string, Record<string, unknown>> = {},
	unmapped: ChosenValues['unmapped'] = 'send',
): ChosenValues => ({
	same: new Map(Object.entries(same)),
	translations: new Map(
		Object.entries(translations).map(([key, pairs]) => [key, new Map(Object.entries(pairs))]),
	),
	unmapped,
});

const mapperWith = (...choices: Parameters<typeof chosen>) =>
	prepareMapper(person, operation, chosen(...choices));

const recordOf = (
	mapper: ReturnType<typeof mapperWith>,
	row: Record<string, unknown>,
	more: Partial<MappingPolicy> = {},
) => {
	const { record, relations, issues } = mapper.map(row, { ...policy, ...more });
	mapper.count();
	return issues.length > 0 ? issues.map(({ message }) => message) : { ...record, ...relations };
};

describe('A value that is the same for every row', () => {
	it('fills what a row lacks and leaves what it has', () => {
		const mapper = mapperWith({ team: 'Red', since: '2026-03-04', active: 'yes' });
		expect(recordOf(mapper, { externalId: 'E1' })).toMatchObject({
			team: 'Red',
			active: true,
			history: [{ since: '2026-03-04', place: 'Office' }],
		});
		expect(recordOf(mapper, { externalId: 'E2', Team: 'Blue', Since: '2020-01-02' })).toMatchObject(
			{ team: 'Blue', active: true, history: [{ since: '2020-01-02' }] },
		);
		expect(mapper.choices().filled).toEqual([
			{ label: 'Team', rows: 1 },
			{ label: 'Active', rows: 2 },
			{ label: 'Since', rows: 1 },
		]);
	});

	it.each(['leave', 'clear', 'skipRow'] as const)(
		'stands in for a blank, where blanks would %s',
		(blankValues) => {
			const mapper = mapperWith({ email: 'all@acme.example', since: '2026-03-04' });
			expect(
				recordOf(mapper, { externalId: 'E1', email: ' ', since: null }, { blankValues }),
			).toMatchObject({ email: 'all@acme.example', history: [{ since: '2026-03-04' }] });
		},
	);

	it('makes no person of an empty row', () => {
		const mapper = mapperWith({ team: 'Red' });
		expect(mapper.map({ externalId: '', team: '' }, policy).issues).toMatchObject([
			{ code: 'EMPTY_ROW' },
		]);
	});

	it('fills the members of nested records', () => {
		const mapper = mapperWith({ since: '2026-03-04', managerExternalId: 'B1' });
		const row = {
			externalId: 'E1',
			history: [{ place: 'Home' }, { since: '2020-01-02', place: 'Office' }],
			manager: {},
		};
		expect(recordOf(mapper, row)).toMatchObject({
			history: [{ place: 'Home', since: '2026-03-04' }, { since: '2020-01-02' }],
			manager: { externalId: 'B1' },
		});
		expect(row.history[0]).toEqual({ place: 'Home' });
	});

	it('is read in no way that belongs to a column', () => {
		const mapper = mapperWith({ birthDate: '03/04/2026' });
		const readings = new Map([['Since', { dateOrder: 'dayFirst' as const }]]);
		expect(mapper.choiceIssues()).toMatchObject([{ code: 'AMBIGUOUS_DATE', field: 'Birth Date' }]);
		expect(recordOf(mapper, { externalId: 'E1', Since: '05/06/2026' }, { readings })).toEqual([
			expect.stringContaining('"Birth Date"'),
		]);
	});

	it.each([
		['active', 'perhaps', '"Active" is neither yes nor no. Use true or false.'],
		['grade', 'D', '"Grade" is not one of A, B, C. Use one of them.'],
		['grade', ' ', '"Grade" is empty. Add a value.'],
		['since', 'soon', '"Since" is not a date. Use the form YYYY-MM-DD, for example 2026-03-31.'],
	])('is checked by its field: %s = %s', (key, value, message) => {
		const wrong = (under: string) => [{ message: `Under "${under}": ${message}` }];
		expect(mapperWith({ [key]: value }).choiceIssues()).toMatchObject(
			wrong('Same Value for Every Row'),
		);
		expect(mapperWith({}, { [key]: { x: value } }).choiceIssues()).toMatchObject(
			wrong('Value Mapping'),
		);
	});
});

describe('Values that stand for others', () => {
	it('are put in their place, whatever their case and the blanks around them', () => {
		const mapper = mapperWith({}, { grade: { Senior: 'A' }, groupCodes: { Sales: 'S1' } });
		expect(
			recordOf(mapper, { externalId: 'E1', Grade: ' SENIOR ', 'Group Codes': 'sales; S1' }),
		).toMatchObject({ grade: 'A', groups: [{ code: 'S1' }, { code: 'S1' }] });
		expect(mapper.choices().unmapped).toEqual([]);
	});

	it('are put in place inside nested records, all of them', () => {
		const mapper = mapperWith({}, { groupCodes: { Sales: 'S1' }, since: { hired: '2026-03-04' } });
		expect(
			recordOf(mapper, {
				externalId: 'E1',
				history: [{ since: 'Hired' }],
				groups: [{ code: 'sales' }, { code: 'S2' }],
			}),
		).toMatchObject({
			history: [{ since: '2026-03-04' }],
			groups: [{ code: 'S1' }, { code: 'S2' }],
		});
		expect(mapper.choices().unmapped).toMatchObject([{ values: [['S2', 1]] }]);
	});

	it('are counted where they have no entry and do not fit, once each, and sent as they are', () => {
		const mapper = mapperWith({}, { team: { R: 'Red' }, grade: { One: 'A' } });
		for (const team of ['R', 'Green', 'Red', ' Green', 'Blue', 'Grey'])
			recordOf(mapper, { externalId: team, team, grade: 'B' });
		expect(mapper.choices().unmapped).toEqual([
			{
				label: 'Team',
				personal: false,
				values: [
					['Green', 2],
					['Grey', 1],
				],
			},
		]);
		expect(recordOf(mapper, { externalId: 'E1', team: 'Green' })).toMatchObject({ team: 'Green' });
	});

	it('make their rows fail where the user wants that', () => {
		const mapper = mapperWith({}, { team: { R: 'Red' }, groupCodes: { Sales: 'S1' } }, 'fail');
		const failure = (label: string) =>
			`"${label}" has a value without an entry under "Value Mapping". Add an entry for it, or correct it.`;
		expect(recordOf(mapper, { externalId: 'E1', team: 'Green' })).toEqual([failure('Team')]);
		expect(recordOf(mapper, { externalId: 'E1', groupCodes: 'Sales, Law' })).toEqual([
			failure('Group Codes'),
		]);
		expect(recordOf(mapper, { externalId: 'E1', groups: [{ code: 'Law' }] })).toEqual([
			failure('Groups'),
		]);
		expect(recordOf(mapper, { externalId: 'E1', team: 'r' })).toMatchObject({ team: 'Red' });
	});

	it('are judged by what they stand for', () => {
		const mapper = mapperWith({}, { grade: { One: 'A', Two: 'B' } });
		const survey = mapper.survey(policy);
		for (const Grade of ['One', 'Two', 'One', 'Two']) survey.take({ Grade });
		expect(survey.verdict().problems).toEqual([]);
		const plain = prepareMapper(person, operation).survey(policy);
		for (const Grade of ['One', 'Two', 'One', 'Two']) plain.take({ Grade });
		expect(plain.verdict().problems).toHaveLength(1);
	});

	it('go before a value that is the same for every row', () => {
		const mapper = mapperWith({ team: 'Blue' }, { team: { R: 'Red' } });
		expect(recordOf(mapper, { externalId: 'E1', team: 'R' })).toMatchObject({ team: 'Red' });
		expect(recordOf(mapper, { externalId: 'E1' })).toMatchObject({ team: 'Blue' });
	});
});
