import { CONCEPT_HEADERS } from '../../../../nodes/shared/definition/concepts';
import { columnsOf, matchHeaders, prepareMapper } from '../../../../nodes/shared/mapping';
import { fold } from '../../../../nodes/shared/mapping/text';
import { operationOf, person } from '../people';

const COLUMNS = columnsOf(person, operationOf('save'));
const match = (headers: string[], headerMapping?: Record<string, string>) =>
	matchHeaders(headers, COLUMNS, headerMapping);

describe('a header finds its field', () => {
	test.each([
		['by exact key', 'firstName', 'firstName'],
		['by column key', 'workspaceId', 'workspaceId'],
		["by the vendor's name", 'sexCode', 'sex'],
		['by label', 'First Name', 'firstName'],
		['by label without case and punctuation', 'FIRST-NAME', 'firstName'],
		['by key in another case', 'first_name', 'firstName'],
		['in English', 'Surname', 'lastName'],
		['in French', 'Prénom', 'firstName'],
		['in French', 'E-mail pro', 'email'],
		['in German', 'Nachname', 'lastName'],
		['in Spanish', 'correo', 'email'],
		['in Portuguese', 'Sobrenome', 'lastName'],
		['in Italian', 'COGNOME', 'lastName'],
		['in Dutch', 'Achternaam', 'lastName'],
		['in Dutch', 'Leidinggevende', 'managerExternalId'],
	])('%s: %s', (_, header, column) => {
		expect(match([header])).toEqual({
			matched: { [header]: column },
			ambiguous: [],
			unmatched: [],
			misdirected: [],
		});
	});
});

test('the more certain match has the column, the other header is left', () => {
	expect(match(['Matricule', 'External ID'])).toMatchObject({
		matched: { 'External ID': 'externalId' },
		unmatched: ['Matricule'],
		ambiguous: [],
	});
});

test('two headers for one column are reported', () => {
	expect(match(['Prénom', 'Vorname', 'Nom'])).toMatchObject({
		matched: { Nom: 'lastName' },
		unmatched: [],
		ambiguous: [
			{
				headers: ['Prénom', 'Vorname'],
				message: '"Prénom" and "Vorname" all belong to "First Name". Keep one of them.',
			},
		],
	});
});

test('a header that fits two columns is reported', () => {
	const twice = [...COLUMNS, { ...COLUMNS[0], key: 'other', label: 'Other', fieldKey: 'other' }];
	expect(matchHeaders(['Matricule'], twice)).toMatchObject({
		matched: {},
		ambiguous: [{ headers: ['Matricule'], message: '"Matricule" fits "External ID" and "Other".' }],
	});
});

test('what belongs to no field is reported', () => {
	expect(match(['First Name', 'Shoe Size', '#'])).toMatchObject({
		matched: { 'First Name': 'firstName' },
		unmatched: ['Shoe Size', '#'],
	});
});

describe('by hand', () => {
	test('wins over every match', () => {
		expect(match(['firstName', 'Rufname'], { Rufname: 'firstName' })).toMatchObject({
			matched: { Rufname: 'firstName' },
			unmatched: ['firstName'],
		});
	});
	test('leaves a column out', () => {
		expect(match(['First Name', 'Shoe Size'], { 'Shoe Size': '' })).toMatchObject({
			matched: { 'First Name': 'firstName' },
			unmatched: [],
		});
	});
	test('forgives case and spaces of the header', () => {
		expect(match(['Shoe Size'], { ' shoe size': 'age' }).matched).toEqual({ 'Shoe Size': 'age' });
	});
	test('says when the field does not exist', () => {
		expect(match(['Shoe Size'], { 'Shoe Size': 'shoes', Absent: 'age' }).misdirected).toEqual([
			{
				header: 'Shoe Size',
				message:
					'"Shoe Size" is mapped to "shoes", which is no field here. Choose another field under "Header Mapping".',
			},
		]);
	});
});

describe('the headers of an operation', () => {
	const mapper = prepareMapper(person, operationOf('withoutTags'));
	test("take a nested field by the vendor's exact name only", () => {
		expect(mapper.match(['history', 'emails']).matched).toEqual({
			history: 'history',
			emails: 'emails',
		});
		expect(mapper.match(['History']).unmatched).toEqual(['History']);
		expect(mapper.match(['E-Mails']).matched).toEqual({ 'E-Mails': 'email' });
	});
	test('leave fields alone that are not written here, and do not take them for others', () => {
		expect(mapper.match(['ID', 'Tags', 'TAGS'])).toMatchObject({
			matched: {},
			unmatched: ['ID', 'Tags', 'TAGS'],
		});
	});
});

describe('the table of names', () => {
	test('has every name once: none means two concepts', () => {
		const concepts = new Map<string, string>();
		for (const [concept, headers] of Object.entries(CONCEPT_HEADERS))
			for (const header of headers) {
				const folded = fold(header);
				expect(folded).not.toBe('');
				expect([header, concepts.get(folded) ?? concept]).toEqual([header, concept]);
				concepts.set(folded, concept);
			}
	});
	test('has something for every concept', () => {
		for (const headers of Object.values(CONCEPT_HEADERS)) expect(headers.length).toBeGreaterThan(2);
	});
});
