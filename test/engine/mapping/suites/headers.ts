import { dateTime, text, textList, type Concept } from '../../../../nodes/shared/definition';
import { CONCEPT_HEADERS, LESSER_HEADERS } from '../../../../nodes/shared/definition/concepts';
import { MORE_HEADERS } from '../../../../nodes/shared/definition/moreLanguages';
import {
	columnsOf,
	matchHeaders,
	prepareMapper,
	type ColumnView,
} from '../../../../nodes/shared/mapping';
import { fold } from '../../../../nodes/shared/mapping/text';
import { operationOf, person } from '../people';

/** A column of a concept, under the concept's name. */
const view = (concept: Concept, label: string): ColumnView => ({
	key: concept,
	label,
	field: text({ label }),
	many: false,
	required: [],
	shown: false,
	concept,
	fieldKey: concept,
});
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
		['in Polish', 'Imię', 'firstName'],
		['in Turkish', 'SOYADI', 'lastName'],
		['in Japanese', '社員番号', 'externalId'],
		['in Dutch', 'Leidinggevende', 'managerExternalId'],
	])('%s: %s', (_, header, column) => {
		expect(match([header])).toEqual({
			matched: { [header]: column },
			ambiguous: [],
			unmatched: [],
			misdirected: [],
			doubtful: [],
			slips: [],
		});
	});
});

test('two headers that find one column in different ways are reported: neither is certain', () => {
	expect(match(['Surname', 'Last Name'])).toMatchObject({
		matched: {},
		unmatched: [],
		ambiguous: [
			{
				headers: ['Surname', 'Last Name'],
				message: '"Surname" and "Last Name" all belong to "Last Name". Keep one of them.',
			},
		],
	});
});

describe('of several numbers of a person that of the kind the field names is meant', () => {
	const HEADERS = ['Matricule', 'External Reference', 'Candidate Number', 'Member ID'];
	test.each([
		['External ID', 'External Reference'],
		['Employee ID', 'Matricule'],
		['Candidate ID', 'Candidate Number'],
	])('%s: %s', (label, header) => {
		const { matched, ambiguous } = matchHeaders(HEADERS, [view('externalId', label)]);
		expect([matched, ambiguous]).toEqual([{ [header]: 'externalId' }, []]);
		expect(matchHeaders([header, label], [view('externalId', label)]).matched).toEqual(
			fold(header) === fold(label) ? { [label]: 'externalId' } : {},
		);
	});
	test('its own name, whatever else there is', () => {
		expect(match(['Matricule', 'External ID', 'Personnel number']).matched).toEqual({
			'External ID': 'externalId',
		});
	});
	test('where it names no kind, and where none of them is there, nobody knows', () => {
		expect(matchHeaders(HEADERS, [view('externalId', 'Your Number')]).ambiguous).toMatchObject([
			{ headers: ['Matricule', 'External Reference', 'Candidate Number'] },
		]);
		expect(match(['Matricule', 'Candidate Number']).ambiguous).toHaveLength(1);
		expect(match(['Matricule']).matched).toEqual({ Matricule: 'externalId' });
		expect(match(['Matricule', 'Member ID']).matched).toEqual({ Matricule: 'externalId' });
	});
});

describe('of two columns about a manager that is meant by which the field tells managers apart', () => {
	const HEADERS = ['Manager', 'Manager ID'];
	test('its ID, or its name', () => {
		expect(match(HEADERS).matched).toEqual({ 'Manager ID': 'managerExternalId' });
		expect(matchHeaders(HEADERS, [view('manager', 'Manager')]).matched).toEqual({
			Manager: 'manager',
		});
	});
	test('and either where it is alone', () => {
		for (const header of [...HEADERS, 'Leidinggevende'])
			for (const label of ['Manager External ID', 'Manager'])
				expect(matchHeaders([header], [view('manager', label)]).matched).toEqual({
					[header]: 'manager',
				});
		expect(match(['Leidinggevende', 'Manager ID']).matched).toEqual({
			'Manager ID': 'managerExternalId',
		});
	});
});

test('the login name is told by its own name', () => {
	expect(matchHeaders(['USERID', 'USERNAME'], [view('username', 'Username')]).matched).toEqual({
		USERNAME: 'username',
	});
});

describe('a list is read as a whole', () => {
	const names = [
		view('givenName', 'First'),
		view('familyName', 'Last'),
		view('displayName', 'Shown'),
	];
	test.each([
		[['Nome'], { Nome: 'displayName' }],
		[['Nome', 'Cognome'], { Nome: 'givenName', Cognome: 'familyName' }],
		[['Name', 'Vorname'], { Name: 'familyName', Vorname: 'givenName' }],
		[['Name', 'Last name(s)'], { Name: 'givenName', 'Last name(s)': 'familyName' }],
		[['Nom', 'Prénom'], { Nom: 'familyName', Prénom: 'givenName' }],
		[['Nom'], { Nom: 'displayName' }],
		[
			['Name', 'First Name', 'Last Name'],
			{ Name: 'displayName', 'First Name': 'givenName', 'Last Name': 'familyName' },
		],
	])('what is called a name: %j', (headers, matched) => {
		expect(matchHeaders(headers, names).matched).toEqual(matched);
	});
	const work = [view('jobTitle', 'Title'), view('location', 'Location')];
	test.each([
		[['Title'], { Title: 'jobTitle' }],
		[['Title', 'Job Title'], { 'Job Title': 'jobTitle' }],
		[['Title', 'Position'], { Position: 'jobTitle' }],
		[['City'], { City: 'location' }],
		[['City', 'Site'], { Site: 'location' }],
		[['City', 'Postal Code'], {}],
		[['Role'], {}],
	])('a lesser name has to stand back: %j', (headers, matched) => {
		expect(matchHeaders(headers, work).matched).toEqual(matched);
	});
	test('what a list of relatives says is not of the person', () => {
		const children = ['Child Name', 'Child Gender', 'Child Birthday', 'Email', 'Phone'];
		expect(match(children).matched).toEqual({});
		expect(match(['First Name', ...children]).matched).toMatchObject({ Email: 'email' });
	});
});

describe('marks around a name', () => {
	test.each([
		['External ID *', 'externalId'],
		['First\nName', 'firstName'],
		['Last Name (legal)', 'lastName'],
		['Email (work)', 'email'],
		['E-mail 1 - Value', 'email'],
		['Workspace ID:', 'workspaceId'],
		['Since (YYYY-MM-DD)', 'since'],
		['Legal Name - First Name', 'firstName'],
		['Persoon: voornaam', 'firstName'],
		['Employee #', 'externalId'],
		['N° de téléphone pro', 'phone'],
		['* Sexe (M ou F)', 'gender'],
		['Work email address [required]', 'email'],
	])('%s', (header, column) => {
		expect(match([header]).matched).toEqual({ [header]: column });
	});
	test.each([
		'Emergency contact: phone',
		'Home Phone',
		'Email (manager)',
		'First Name (Kana)',
		'Partner first name',
		'Manager: Email',
		'Customer #',
		'Contract ID',
		'Email (username)',
		'Email 2',
		`(${'('.repeat(200)}`,
	])('of somebody or something else: %s', (header) => {
		expect(match([header]).matched).toEqual({});
	});
	test('take no column that another header has, and clash among themselves', () => {
		expect(match(['Email', 'Email (work)'])).toMatchObject({
			matched: { Email: 'email' },
			unmatched: ['Email (work)'],
		});
		expect(match(['Email (work)', 'Email [required]']).ambiguous).toMatchObject([
			{ headers: ['Email (work)', 'Email [required]'] },
		]);
	});
	test('are no way to an employer', () => {
		const employer = [view('organization', 'Employer')];
		expect(matchHeaders(['Company'], employer).matched).toEqual({ Company: 'organization' });
		expect(matchHeaders(['Associated Company'], employer).matched).toEqual({});
	});
});

describe('several telephones', () => {
	const single = ['phoneA', 'phoneB'].map((key) => ({ ...view('phone', key), key }));
	const list = { ...view('phone', 'Phones'), field: textList({ label: 'Phones' }) };
	test('fill a list', () => {
		expect(matchHeaders(['Phone', 'Mobile', 'Work Telephone'], [list]).matched).toEqual({
			Phone: 'phone',
			Mobile: 'phone',
			'Work Telephone': 'phone',
		});
	});
	test('fill one column after the other', () => {
		expect(matchHeaders(['Mobile', 'Telefon', 'Handy', 'Phone A'], single)).toMatchObject({
			matched: { Mobile: 'phoneB', 'Phone A': 'phoneA' },
			unmatched: ['Telefon', 'Handy'],
			ambiguous: [],
		});
	});
	test('clash where there is one column', () => {
		expect(match(['Mobile', 'Telefon']).ambiguous).toMatchObject([
			{ headers: ['Mobile', 'Telefon'] },
		]);
	});
});

describe("the vendor's own ID", () => {
	const views = [{ ...view('internalId', 'Talent ID'), key: 'id' }, ...COLUMNS];
	test.each(['ID', 'Record ID', 'Id', 'uuid', 'Identifiant'])(
		'is never what a list calls "%s": the run has to stop',
		(header) => {
			expect(matchHeaders([header, 'First Name'], views)).toMatchObject({
				matched: { 'First Name': 'firstName' },
				unmatched: [],
				doubtful: [
					{
						header,
						message: expect.stringContaining('may be the ID that another system gave') as string,
					},
				],
			});
		},
	);
	test.each([[['Talent ID']], [['id', 'firstName']], [['id']], [['id', 'firstName', 'Last Name']]])(
		'is found by its label, and by its exact name among exact names: %j',
		(headers) => {
			expect(matchHeaders(headers, views).matched[headers[0]]).toBe('id');
		},
	);
	test.each([[['id', 'First Name']], [['id', 'Vorname']], [['id', 'firstName', 'Nachname']]])(
		'is not found among the names of people: %j',
		(headers) => {
			expect(matchHeaders(headers, views).doubtful).toMatchObject([{ header: 'id' }]);
		},
	);
	test('is found by hand, and left out by hand', () => {
		expect(matchHeaders(['ID'], views, { ID: 'id' }).matched).toEqual({ ID: 'id' });
		expect(matchHeaders(['ID'], views, { ID: '' })).toMatchObject({ matched: {}, doubtful: [] });
	});
	test('does not clash with the one that Airtable puts on each record', () => {
		expect(matchHeaders(['id', 'createdTime', 'First Name'], views)).toMatchObject({
			doubtful: [],
			unmatched: ['id', 'createdTime'],
		});
	});
	test('is nothing to a vendor that gives out none', () => {
		expect(match(['ID', 'First Name']).doubtful).toEqual([]);
	});
});

describe('a slip of the keyboard', () => {
	test.each(['Emial', 'Frist Name', 'Lst Name', 'Birthh Date', 'First Nane'])('%s', (header) => {
		expect(match([header]).slips).toEqual([
			{ header, message: expect.stringContaining('Did you mean') as string },
		]);
	});
	test.each(['Note 2', 'Notes', 'Scores', 'Stage', 'Titel', 'Last Shame'])(
		'is not %s',
		(header) => {
			expect(match([header]).slips).toEqual([]);
		},
	);
	test('is none where the field has its column', () => {
		expect(match(['Emial', 'Email']).slips).toEqual([]);
	});
});

test('a field that is found by its exact name only', () => {
	const stamp = dateTime({ label: 'Created At', byExactName: true });
	const views = [{ ...view('status', 'Created At'), key: 'created_at', field: stamp }, ...COLUMNS];
	expect(matchHeaders(['Created At', 'First Name'], views).unmatched).toEqual(['Created At']);
	expect(matchHeaders(['created_at', 'firstName'], views).matched).toHaveProperty('created_at');
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
		const all = [CONCEPT_HEADERS, LESSER_HEADERS, MORE_HEADERS].flatMap((table) =>
			Object.entries(table),
		);
		for (const [concept, headers] of all)
			for (const header of headers) {
				const folded = fold(header);
				expect(folded).not.toBe('');
				expect([header, concepts.get(folded) ?? concept]).toEqual([header, concept]);
				concepts.set(folded, concept);
			}
	});
	test('has something for every concept', () => {
		for (const headers of Object.values(CONCEPT_HEADERS)) expect(headers.length).toBeGreaterThan(0);
	});
});
