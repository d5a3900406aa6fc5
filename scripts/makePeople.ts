/**
 * Makes the example people: `tsx scripts/makePeople.ts` writes `examples/data/people.csv` and
 * `examples/data/people.expected.json`. Everybody is made up, addresses are at reserved domains, and
 * the same seed gives the same bytes.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { seededRandom } from '../test/sandbox/random';
import {
	WHOZ_EXISTING_IDS,
	WHOZ_EXISTING_MANAGER_IDS,
	WHOZ_WORKSPACE_IDS,
} from '../test/sandbox/whoz';
import { NAMES } from './peopleNames';

const ROWS = 1000;
const SEED = 20260101;

export const PEOPLE_HEADERS = [
	'External ID',
	'First Name',
	'Last Name',
	'Email',
	'Workspace ID',
	'Since',
	'Scope',
	'Role External ID',
	'Grade External ID',
	'Staffable',
	'Tags',
	'Manager External ID',
] as const;
type Header = (typeof PEOPLE_HEADERS)[number];
type Person = Record<Header, string>;

/** The ways a row can be wrong: values that break a good row, one set per row. */
const WRONG = {
	missingLastName: [{ 'Last Name': '' }, { 'Last Name': '' }, { 'Last Name': ' ' }],
	missingFirstName: [{ 'First Name': '' }, { 'First Name': '' }, { 'First Name': '' }],
	missingExternalId: [{ 'External ID': '' }, { 'External ID': '' }, { 'External ID': '' }],
	badEmail: [
		{ Email: 'nadia.example.com' },
		{ Email: 'two people@example.org' },
		{ Email: 'nobody@' },
	],
	impossibleDate: [{ Since: '2024-02-31' }, { Since: '2025-13-01' }, { Since: '2023-02-29' }],
	textInsteadOfDate: [{ Since: 'next Monday' }, { Since: 'to be agreed' }, { Since: '-' }],
	unknownWorkspace: [
		{ 'Workspace ID': '5f7b1a5b9d3e6c001a7e9999' },
		{ 'Workspace ID': '5f7b1a5b9d3e6c001a7e9998' },
		// A name where the id belongs: the commonest slip.
		{ 'Workspace ID': 'Practice North' },
	],
	unknownManager: [
		{ 'Manager External ID': 'EMP-009001' },
		{ 'Manager External ID': 'EMP-009002' },
		{ 'Manager External ID': 'EMP-009003' },
		{ 'Manager External ID': 'EMP-009004' },
	],
	missingWorkspace: [{ 'Workspace ID': '' }, { 'Workspace ID': '' }, { 'Workspace ID': '' }],
	missingSince: [{ Since: '' }, { Since: '' }, { Since: '' }],
	staffableUnclear: [{ Staffable: 'maybe' }, { Staffable: 'on request' }, { Staffable: '50 %' }],
	// Three pairs: both rows of a pair carry the same id.
	duplicateExternalId: [
		{ 'External ID': 'EMP-007001' },
		{ 'External ID': 'EMP-007001' },
		{ 'External ID': 'EMP-007002' },
		{ 'External ID': 'EMP-007002' },
		{ 'External ID': 'EMP-007003' },
		{ 'External ID': 'EMP-007003' },
	],
} satisfies Record<string, Array<Partial<Person>>>;
type Wrong = keyof typeof WRONG;

/** Codes that outcomes must carry where the kind of mistake leaves no choice. */
const CODES: Partial<Record<Wrong, string>> = {
	unknownWorkspace: 'UNKNOWN_WORKSPACE',
	unknownManager: 'RELATION_FAILED',
};

const EXISTING_MANAGERS = 50;
const LEADS = 30;
const REPORTS_OF_LEADS = 100;

const SCOPES = ['EMPLOYEE', 'EMPLOYEE', 'EMPLOYEE', 'POOL', 'EXTERNAL', 'FREELANCE', ''];
const ROLES = ['ROLE-CONSULTANT', 'ROLE-ENGINEER', 'ROLE-DESIGNER', 'ROLE-ANALYST', ''];
const GRADES = ['GRADE-1', 'GRADE-2', 'GRADE-3', 'GRADE-4', ''];
const TAGS = [
	'Java',
	'Python',
	'Excel, advanced',
	'"Green belt"',
	'gestion de projet',
	'Führung',
	'データ分析',
	'données',
	'SQL',
	'English',
	'العربية',
];
const DOMAINS = ['example.com', 'example.org', 'example.net'];

interface Draft {
	person: Person;
	wrong?: Wrong;
	/** Stands in the file for an existing talent. */
	existing?: boolean;
	/** Others may report to this person. */
	lead?: boolean;
}

export interface PeopleExpected {
	file: string;
	rows: number;
	/** Outcomes of an import with managers, duplicates policy `fail`. */
	status: { saved: number; failed: number };
	/** What the vendor must hold afterwards. */
	vendor: {
		/** People who are new there, including those whose manager was refused. */
		created: number;
		/** People who were there before. */
		updated: number;
		/** People whose manager was set. */
		managersSet: number;
	};
	/** Rows by kind of mistake; numbers are those a spreadsheet shows (record + 1). */
	failed: Record<Wrong, { count: number; rows: number[]; code?: string }>;
	existing: { count: number; rows: number[] };
	/** Good rows with a manager, by where the manager is found. */
	managers: { alreadyThere: number[]; earlierInFile: number[]; laterInFile: number[] };
}

/** The same text and figures on every call. */
export function makePeople(): { csv: string; expected: PeopleExpected } {
	const random = seededRandom(SEED);
	const drafts = shuffled(draftPeople(random), random);
	assignManagers(drafts, random);
	return { csv: toCsv(drafts), expected: expectation(drafts) };
}

function draftPeople(random: () => number): Draft[] {
	let made = 0;
	const wrong: Draft[] = (Object.keys(WRONG) as Wrong[]).flatMap((kind) =>
		WRONG[kind].map((slip: Partial<Person>) => ({
			wrong: kind,
			person: { ...newPerson(random, newId(made++)), ...slip },
		})),
	);
	const existing: Draft[] = WHOZ_EXISTING_IDS.map((id, position) => ({
		existing: true,
		person: existingPerson(random, position, id),
	}));
	const fresh: Draft[] = Array.from(
		{ length: ROWS - wrong.length - existing.length },
		(_, position) => ({ lead: position < LEADS, person: newPerson(random, newId(made++)) }),
	);
	return [...fresh, ...existing, ...wrong];
}

/** Every tenth id is digits with leading zeros, which a careless reader turns into a number. */
function newId(position: number): string {
	const digits = String(position + 1).padStart(6, '0');
	return position % 10 === 9 ? digits : `EMP-${digits}`;
}

function newPerson(random: () => number, id: string): Person {
	const names = pick(NAMES, random);
	const [firstName, firstLatin] = pick(names.first, random);
	const [lastName, lastLatin] = pick(names.last, random);
	const local = `${firstLatin}.${lastLatin}.${id.replace(/[^A-Za-z0-9]/g, '').toLowerCase()}`;
	return {
		'External ID': id,
		'First Name': firstName,
		'Last Name': lastName,
		// Some people have no address, so no account is made for them.
		Email: random() < 0.05 ? '' : `${local}@${pick(DOMAINS, random)}`,
		'Workspace ID': pick(WHOZ_WORKSPACE_IDS, random),
		Since: someDay(random),
		Scope: pick(SCOPES, random),
		'Role External ID': pick(ROLES, random),
		'Grade External ID': pick(GRADES, random),
		Staffable: pick(['yes', 'yes', 'no', ''], random),
		Tags: someTags(random),
		'Manager External ID': '',
	};
}

/** Every second update gives only what changes; its blank cells leave things as they are. */
function existingPerson(random: () => number, position: number, id: string): Person {
	const whole = newPerson(random, id);
	if (position % 2 === 0) return whole;
	const blank = Object.fromEntries(PEOPLE_HEADERS.map((header) => [header, ''])) as Person;
	return { ...blank, 'External ID': id, Tags: whole.Tags || 'updated', Staffable: 'yes' };
}

/** Reports of people already there, and of leads who stand earlier or later in the file. */
function assignManagers(drafts: Draft[], random: () => number): void {
	const leads = drafts.filter(({ lead }) => lead);
	// Leads and existing talents are left out, so that nobody can end up above himself.
	const reports = shuffled(
		drafts.filter(({ wrong, existing, lead }) => !wrong && !existing && !lead),
		random,
	);
	for (const { person } of reports.splice(0, EXISTING_MANAGERS)) {
		person['Manager External ID'] = pick(WHOZ_EXISTING_MANAGER_IDS, random);
	}
	for (const { person } of reports.splice(0, REPORTS_OF_LEADS)) {
		person['Manager External ID'] = pick(leads, random).person['External ID'];
	}
}

function expectation(drafts: Draft[]): PeopleExpected {
	const rowsWhere = (test: (draft: Draft, position: number) => boolean) =>
		drafts.flatMap((draft, position) => (test(draft, position) ? [position + 2] : []));
	const positionOf = new Map(drafts.map(({ person }, at) => [person['External ID'], at]));
	const managed =
		(test: (manager: string, position: number) => boolean) =>
		({ wrong, person }: Draft, position: number) => {
			const manager = person['Manager External ID'];
			return !wrong && manager !== '' && test(manager, position);
		};
	const isThere = (id: string) => WHOZ_EXISTING_IDS.includes(id);
	const managers = {
		alreadyThere: rowsWhere(managed(isThere)),
		earlierInFile: rowsWhere(
			managed((id, at) => !isThere(id) && (positionOf.get(id) ?? Infinity) < at),
		),
		laterInFile: rowsWhere(managed((id, at) => !isThere(id) && (positionOf.get(id) ?? -1) > at)),
	};
	const failed = Object.fromEntries(
		(Object.keys(WRONG) as Wrong[]).map((kind) => {
			const rows = rowsWhere(({ wrong }) => wrong === kind);
			const code = CODES[kind];
			return [kind, { count: rows.length, rows, ...(code ? { code } : {}) }];
		}),
	) as PeopleExpected['failed'];
	const existing = rowsWhere((draft) => draft.existing === true);
	const wrongRows = drafts.filter(({ wrong }) => wrong).length;
	const saved = drafts.length - wrongRows;
	return {
		file: 'people.csv',
		rows: drafts.length,
		status: { saved, failed: wrongRows },
		vendor: {
			created: saved - existing.length + failed.unknownManager.count,
			updated: existing.length,
			managersSet: Object.values(managers).reduce((sum, rows) => sum + rows.length, 0),
		},
		failed,
		existing: { count: existing.length, rows: existing },
		managers,
	};
}

function someDay(random: () => number): string {
	const year = 2018 + Math.floor(random() * 9);
	const month = 1 + Math.floor(random() * 12);
	// 28 days exist in every month.
	const day = 1 + Math.floor(random() * 28);
	return [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
}

function someTags(random: () => number): string {
	return shuffled(TAGS, random)
		.slice(0, Math.floor(random() * 4))
		.join('; ');
}

function toCsv(drafts: Draft[]): string {
	const lines = drafts.map(({ person }) => PEOPLE_HEADERS.map((header) => person[header]));
	return [[...PEOPLE_HEADERS], ...lines]
		.map((cells) => `${cells.map(quoted).join(',')}\n`)
		.join('');
}

/** RFC 4180: quotes only around a cell that needs them. */
function quoted(cell: string): string {
	return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell;
}

function pick<T>(values: readonly T[], random: () => number): T {
	return values[Math.floor(random() * values.length)] as T;
}

function shuffled<T>(values: readonly T[], random: () => number): T[] {
	const keyed = values.map((value) => ({ value, key: random() }));
	return keyed.sort((a, b) => a.key - b.key).map(({ value }) => value);
}

if (require.main === module) {
	const folder = join(__dirname, '../examples/data');
	const { csv, expected } = makePeople();
	writeFileSync(join(folder, 'people.csv'), csv);
	writeFileSync(
		join(folder, 'people.expected.json'),
		`${JSON.stringify(expected, null, '\t').replace(/\[[\s\d,]+\]/g, (rows) => rows.replace(/\s+/g, ' '))}\n`,
	);
}
