import type { IDataObject } from 'n8n-workflow';

import type { VendorName } from './run';

/** What is right for one file: what the vendor holds then, what became of the rows, what was said. */
export interface Case extends Expected {
	file: string;
	vendor: VendorName;
	options?: IDataObject;
}

export interface Expected {
	/** Every record that is written, in order; of each the fields that matter. Undefined: the field has no value. */
	holds?: ReadonlyArray<Readonly<Record<string, unknown>>>;
	/** In row order. Left out: all are saved. */
	rows?: ReadonlyArray<'saved' | 'failed' | 'skipped'>;
	/** The run ends before anything is sent, in words like these. */
	refused?: RegExp;
	/** Stands in the reasons of failed rows or in the hints. */
	says?: RegExp;
	/** Stands in none of them, and in no refusal. */
	never?: RegExp;
}

const LEAVE_OUT = { unknownFields: 'ignore' };
const header = /column names stand in row \d/i;

const user = (n: number | string, more: Record<string, unknown> = {}) => ({
	username: `p${n}@acme.example`,
	...more,
});

export const CASES: readonly Case[] = [
	{
		file: '01-linkedin-connections.csv',
		vendor: 'ingedata',
		options: LEAVE_OUT,
		holds: [
			{ first_name: 'Ana', last_name: 'Roy', organizational_unit: 'Acme' },
			{ first_name: 'Bo', last_name: 'Lind', organizational_unit: 'Acme' },
		],
		says: header,
	},
	{
		// Without an ID of one's own nobody can be saved; what matters is that the notes are nobody.
		file: '01-linkedin-connections.csv',
		vendor: 'collective',
		options: LEAVE_OUT,
		holds: [],
		rows: ['failed', 'failed'],
		says: header,
	},
	{
		file: '02-report-parameters.csv',
		vendor: 'ingedata',
		options: LEAVE_OUT,
		holds: [
			{ first_name: 'Ana', last_name: 'Roy' },
			{ first_name: 'Bo', last_name: 'Lind' },
		],
	},
	{
		file: '02-title-rows.csv',
		vendor: 'whoz',
		holds: [{ externalId: 'E1', firstName: 'Ana', lastName: 'Roy', since: '2024-03-31' }],
		says: header,
	},
	{
		file: '03-footer-rows.csv',
		vendor: 'ingedata',
		holds: [
			{ first_name: 'Ana', last_name: 'Roy', organizational_unit: 'MG' },
			{ first_name: 'Bo', last_name: 'Lind', organizational_unit: 'MG' },
		],
	},
	{
		file: '04-two-header-rows-candidates.csv',
		vendor: 'eightfold',
		holds: [{ candidateId: 'C1', firstName: 'Ana', lastName: 'Roy', title: 'Engineer' }],
	},
	{
		file: '05-joined-files-ingedata.csv',
		vendor: 'ingedata',
		holds: [
			{ first_name: 'Ana', last_name: 'Roy' },
			{ first_name: 'Bo', last_name: 'Lind' },
		],
	},
	{
		file: '06-space-before-quote-ingedata.csv',
		vendor: 'ingedata',
		holds: [
			{ first_name: 'Ana', last_name: 'Roy' },
			{ first_name: 'Bo', last_name: 'Lind, Jr.' },
		],
	},
	{
		file: '06-space-before-quote.csv',
		vendor: 'whoz',
		holds: [{ externalId: 'E1', firstName: 'Ana', lastName: 'Roy', workspaceId: 'W1' }],
	},
	{
		file: '07-equals-quoted.csv',
		vendor: 'whoz',
		holds: [
			{ externalId: '00123', firstName: 'Ana' },
			{ externalId: '00124', firstName: 'Bo' },
		],
	},
	{
		file: '08-cr-crlf-quoted.csv',
		vendor: 'whoz',
		holds: [
			{ externalId: 'E1', firstName: 'Ana', lastName: 'Roy' },
			{ externalId: 'E2', firstName: 'Bo', lastName: 'Lind, Jr.' },
		],
	},
	{
		file: '09-scientific-collective.csv',
		vendor: 'collective',
		holds: [],
		rows: ['failed'],
		says: /cut.*format the column as text/is,
	},
	{
		file: '09-scientific.csv',
		vendor: 'eightfold',
		holds: [],
		rows: ['failed'],
		says: /cut.*format the column as text/is,
	},
	{
		file: '10-dot-zero.csv',
		vendor: 'birdDogHr',
		holds: [user(1, { employeeId: '10023', phone1: '33612345678' })],
	},
	{
		file: '11-two-phones.csv',
		vendor: 'birdDogHr',
		holds: [],
		rows: ['failed', 'failed', 'failed'],
		says: /two numbers/,
	},
	{
		file: '12-invisible-phone.csv',
		vendor: 'birdDogHr',
		holds: [user(1, { phone1: '5155550100' })],
	},
	{
		file: '12-invisible.csv',
		vendor: 'whoz',
		holds: [],
		rows: ['failed', 'failed'],
		says: /"External ID" is the same as in another row/,
	},
	{
		file: '13-null-ingedata.csv',
		vendor: 'ingedata',
		holds: [{ first_name: 'Christopher', last_name: 'Null', organizational_unit: 'MG' }],
		rows: ['failed', 'saved'],
		says: /#N\/A/,
	},
	{
		file: '13-null-words.csv',
		vendor: 'collective',
		holds: [],
		rows: ['failed', 'failed', 'failed'],
		says: /spreadsheet error/,
	},
	{
		file: '14-cp1250.csv',
		vendor: 'ingedata',
		refused: /"Encoding"/,
	},
	{
		file: '14-cp1250.csv',
		vendor: 'ingedata',
		options: { encoding: 'windows-1250' },
		holds: [
			{ first_name: 'Łukasz', last_name: 'Wałęsa' },
			{ first_name: 'Jiří', last_name: 'Dvořák' },
		],
	},
	{
		file: '14-shiftjis.csv',
		vendor: 'ingedata',
		refused: /"Encoding"/,
	},
	{
		file: '14-shiftjis.csv',
		vendor: 'ingedata',
		options: { encoding: 'shift_jis' },
		holds: [
			{ first_name: '美咲', last_name: '佐藤' },
			{ first_name: '大輔', last_name: '林' },
		],
	},
	{
		file: '15-mojibake.csv',
		vendor: 'ingedata',
		holds: [
			{ first_name: 'José', last_name: 'Núñez' },
			{ first_name: 'Jürgen', last_name: 'Groß' },
			{ first_name: 'Aoife', last_name: 'O’Neill' },
		],
		says: /put right/,
	},
	{
		file: '15-question-marks.csv',
		vendor: 'ingedata',
		holds: [],
		rows: ['failed', 'failed'],
		says: /lost/,
	},
	{
		file: '16-outlook-title.csv',
		vendor: 'eightfold',
		options: LEAVE_OUT,
		holds: [{ candidateId: 'C1', title: 'Engineer', phones: '+33612345678' }],
	},
	{
		file: '17-google-multi.csv',
		vendor: 'collective',
		holds: [
			{
				internalUserId: 'T1',
				emails: ['ana@acme.example', 'ana@home.example'],
				phones: ['+33612345678', '+33123456789'],
			},
			{ internalUserId: 'T2', phones: ['+33612345678', '+33123456789'] },
		],
	},
	{
		file: '18-pipe.csv',
		vendor: 'whoz',
		holds: [{ externalId: 'E1', firstName: 'Ana', lastName: 'Roy' }],
	},
	{
		file: '18-sep-quoted.csv',
		vendor: 'whoz',
		holds: [{ externalId: 'E1', firstName: 'Ana', lastName: 'Roy' }],
	},
	{
		file: '19-html-table.xls',
		vendor: 'whoz',
		refused: /web table.*(CSV|XLSX)/is,
	},
	{
		file: '20-bamboo.json',
		vendor: 'birdDogHr',
		// The report leaves out what the vendor needs.
		holds: [],
		rows: ['failed'],
		says: /list "employees"/,
	},
	{
		file: '20-report-entry.json',
		vendor: 'whoz',
		holds: [{ externalId: 'E1', firstName: 'Ana', lastName: 'Roy' }],
	},
	{
		file: '21-dates.csv',
		vendor: 'birdDogHr',
		holds: [
			user(0, { hireDate: '2018-05-07T00:00:00Z' }),
			user(1, { hireDate: '2018-05-07T00:00:00Z' }),
			user(2, { terminationDate: undefined }),
			user(3, { terminationDate: undefined }),
			user(4, { terminationDate: undefined }),
			user(6, { terminationDate: undefined }),
			user(7, { terminationDate: undefined }),
			user(9, { terminationDate: undefined }),
			user(11, { hireDate: '2024-03-31T00:00:00Z' }),
		],
		rows: [
			...(['saved', 'saved', 'saved', 'saved', 'saved', 'failed'] as const),
			...(['saved', 'saved', 'failed', 'saved', 'failed', 'saved'] as const),
		],
	},
	{
		file: '22-date1904.xlsx',
		vendor: 'whoz',
		holds: [{ since: '2024-03-31' }],
	},
	{
		file: '22-title-row.xlsx',
		vendor: 'whoz',
		holds: [{ externalId: 'E1', since: '2024-03-31' }],
		says: header,
	},
	{
		file: '22-zeros-dates.xlsx',
		vendor: 'whoz',
		holds: [{ externalId: '00123', since: '2024-03-31' }],
		rows: ['saved', 'failed'],
	},
	{
		file: '23-big-numbers.json',
		vendor: 'whoz',
		holds: [
			{ externalId: '9007199254740993', firstName: 'Ana' },
			{ externalId: '9007199254740992', firstName: 'Bo' },
		],
	},
	{
		file: '24-foreign-id.csv',
		vendor: 'ingedata',
		refused: /"ID" may be the ID that another system gave/,
	},
	{
		file: '25-backslash-quotes.csv',
		vendor: 'eightfold',
		holds: [
			{ candidateId: 'C1', summary: 'Led the "Blue" team, Paris' },
			{ candidateId: 'C2', firstName: 'Bo "Bob"', summary: 'short' },
		],
	},
	{
		file: '26-us-hr-export.csv',
		vendor: 'birdDogHr',
		holds: [
			user(1, { active: true, salary: 85000, gender: 'Female' }),
			user(2, { active: false, salary: 85000, gender: 'Male' }),
			user(3, { active: true, salary: 85000, gender: 'Female' }),
			user(4, { active: true, salary: 85000, gender: 'Female' }),
		],
		rows: ['saved', 'saved', 'saved', 'saved', 'failed'],
	},
	{
		file: '27-json-inside.csv',
		vendor: 'whoz',
		holds: [],
		rows: ['failed'],
		says: /holds JSON/,
		never: /Ana/,
	},
	{
		file: '28-no-header.csv',
		vendor: 'whoz',
		refused: /No row/,
		never: /Ana|Roy|acme/,
	},
	{
		file: '29-email-forms-eightfold.csv',
		vendor: 'eightfold',
		holds: [
			{ candidateId: 'C1', emails: 'ana@acme.example' },
			{ candidateId: 'C2', emails: 'bo@acme.example' },
		],
		rows: ['saved', 'saved', 'failed', 'failed'],
		says: /e-mail address/,
	},
	{
		file: '32-names.csv',
		vendor: 'ingedata',
		holds: [
			{ first_name: 'Aoife', last_name: "O'Neill" },
			{ first_name: 'Vincent', last_name: 'van der Berg' },
			{ first_name: 'Marie-Ève', last_name: 'd’Estaing' },
			{ first_name: "'Ana'", last_name: 'Roy' },
			{ first_name: 'Jean Luc', last_name: "N'Diaye" },
			{ first_name: 'True', last_name: 'Null' },
			{ first_name: 'June', last_name: 'Mai' },
			{ first_name: '-', last_name: 'Roy' },
		],
	},
	{
		file: '33-header-marks.csv',
		vendor: 'whoz',
		holds: [{ externalId: 'E1', firstName: 'Ana', lastName: 'Roy', email: 'ana@acme.example' }],
	},
	{
		file: '36-dragged-formulas.csv',
		vendor: 'ingedata',
		holds: [{ first_name: 'Ana', last_name: 'Roy' }],
	},
	{
		file: '41-nul-byte.csv',
		vendor: 'whoz',
		holds: [
			{ externalId: 'E1', firstName: 'Ana' },
			{ externalId: 'E2', firstName: 'Bo' },
		],
	},
];
