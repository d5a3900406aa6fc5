import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { makePeople, PEOPLE_HEADERS, type PeopleExpected } from '../../scripts/makePeople';
import { startSandbox, type Sandbox } from '../sandbox';
import { WHOZ_MAX_ROWS } from '../sandbox/whoz';
import { save } from './client';

const folder = join(__dirname, '../../examples/data');
const text = readFileSync(join(folder, 'people.csv'), 'utf8');
const expected = JSON.parse(
	readFileSync(join(folder, 'people.expected.json'), 'utf8'),
) as PeopleExpected;
const records: Array<Record<string, string>> = parse(text, { columns: true });

/** The number a spreadsheet shows: the header is row 1. */
const rowOf = (position: number) => position + 2;
const recordAt = (row: number) => records[row - 2] ?? {};

it('the files are what the generator makes', () => {
	const made = makePeople();
	expect(made.csv).toBe(text);
	expect(made.expected).toEqual(expected);
});

it('there are 1,000 people under the agreed headers', () => {
	expect(records).toHaveLength(1000);
	expect(Object.keys(recordAt(2))).toEqual(PEOPLE_HEADERS);
	expect(expected.rows).toBe(1000);
	expect(expected.status.saved + expected.status.failed).toBe(1000);
});

it('names come in many scripts, and addresses at reserved domains only', () => {
	const names = records.map((record) => record['Last Name']).join();
	for (const script of [
		'Latin',
		'Greek',
		'Cyrillic',
		'Arabic',
		'Hebrew',
		'Han',
		'Katakana',
		'Hangul',
		'Devanagari',
		'Thai',
	]) {
		const all = names + records.map((record) => record['First Name']).join();
		expect(all).toMatch(new RegExp(`\\p{Script=${script}}`, 'u'));
	}
	const domains = new Set(records.map((record) => record.Email?.split('@')[1]).filter(Boolean));
	expect([...domains].sort()).toEqual(['example.com', 'example.net', 'example.org']);
});

it('every wrong row is wrong in its own way, and no row in two', () => {
	const cell = (header: string) => (row: number) => recordAt(row)[header]?.trim();
	const { failed } = expected;
	expect(failed.missingLastName.rows.map(cell('Last Name'))).toEqual(['', '', '']);
	expect(failed.missingFirstName.rows.map(cell('First Name'))).toEqual(['', '', '']);
	expect(failed.missingExternalId.rows.map(cell('External ID'))).toEqual(['', '', '']);
	expect(failed.missingWorkspace.rows.map(cell('Workspace ID'))).toEqual(['', '', '']);
	expect(failed.missingSince.rows.map(cell('Since'))).toEqual(['', '', '']);
	const twice = failed.duplicateExternalId.rows.map(cell('External ID'));
	expect([twice.length, new Set(twice).size]).toEqual([6, 3]);
	const rows = Object.values(failed).flatMap((kind) => kind.rows);
	expect(new Set(rows).size).toBe(expected.status.failed);
	expect(rows.length).toBe(expected.status.failed);

	const ids = records.map((record) => record['External ID']).filter(Boolean);
	expect(ids.length - new Set(ids).size).toBe(3);
});

it('managers stand earlier, later and at the vendor already', () => {
	const { alreadyThere, earlierInFile, laterInFile } = expected.managers;
	for (const rows of [alreadyThere, earlierInFile, laterInFile]) {
		expect(rows.length).toBeGreaterThan(20);
	}
	expect(expected.vendor.managersSet).toBe(150);
	const named = records.filter((record) => record['Manager External ID'] !== '');
	expect(named).toHaveLength(150 + expected.failed.unknownManager.count);
});

describe('sent to the sandbox in the recommended order', () => {
	let sandbox: Sandbox;
	const refused = new Map<string, Set<number>>();
	let requests = 0;

	beforeAll(async () => {
		sandbox = await startSandbox({ vendors: ['whoz'] });
		const twice = new Set(expected.failed.duplicateExternalId.rows);
		// What a client must see for itself, because the vendor could not: rows without a key or with
		// a key given twice, and a value it cannot turn into yes or no.
		const unsendable = (row: number) =>
			recordAt(row)['External ID'] === '' ||
			twice.has(row) ||
			!['yes', 'no', ''].includes(recordAt(row).Staffable ?? '');
		const rows = records.map((_, position) => rowOf(position)).filter((row) => !unsendable(row));
		await send(rows, toTalent);
		const failed = new Set([...refused.values()].flatMap((found) => [...found]));
		const managed = rows.filter(
			(row) => !failed.has(row) && recordAt(row)['Manager External ID'] !== '',
		);
		await send(managed, (record) => ({
			externalId: record['External ID'],
			manager: { externalId: record['Manager External ID'] },
		}));
	});
	afterAll(() => sandbox.close());

	async function send(rows: number[], shape: (record: Record<string, string>) => unknown) {
		for (let start = 0; start < rows.length; start += WHOZ_MAX_ROWS) {
			const chunk = rows.slice(start, start + WHOZ_MAX_ROWS);
			const reply = await save(
				sandbox.baseUrl('whoz'),
				chunk.map((row) => shape(recordAt(row))),
			);
			requests += 1;
			for (const { code, message, locations } of reply.json().errors ?? []) {
				const reason = code === 'SANDBOX_MISSING_FIELD' ? message : code;
				const found = refused.get(reason) ?? new Set();
				refused.set(reason, found);
				for (const { index } of locations) found.add(chunk[index] ?? -1);
			}
		}
	}

	function toTalent(record: Record<string, string>) {
		const given = (header: string) => record[header]?.trim() || undefined;
		const entry = {
			since: given('Since'),
			workspaceId: given('Workspace ID'),
			scope: given('Scope'),
			roleExternalId: given('Role External ID'),
			gradeExternalId: given('Grade External ID'),
		};
		return {
			externalId: given('External ID'),
			firstName: given('First Name'),
			lastName: given('Last Name'),
			emails: given('Email') && [{ address: given('Email'), main: true }],
			history: Object.values(entry).some(Boolean) ? [entry] : undefined,
			staffable: given('Staffable') && given('Staffable') === 'yes',
			tags: given('Tags')?.split('; '),
		};
	}

	it('the sandbox refuses exactly the rows that are expected to fail there', () => {
		const { failed } = expected;
		const at = (reason: string) => [...(refused.get(reason) ?? [])];
		expect(at('lastName is required')).toEqual(failed.missingLastName.rows);
		expect(at('firstName is required')).toEqual(failed.missingFirstName.rows);
		expect(at('SANDBOX_INVALID_EMAIL')).toEqual(failed.badEmail.rows);
		expect(at('SANDBOX_INVALID_DATE')).toEqual(
			[...failed.impossibleDate.rows, ...failed.textInsteadOfDate.rows].sort((a, b) => a - b),
		);
		expect(at('UNKNOWN_WORKSPACE').sort((a, b) => a - b)).toEqual(failed.unknownWorkspace.rows);
		expect(at('history.workspaceId is required')).toEqual(failed.missingWorkspace.rows);
		expect(at('history.since is required')).toEqual(failed.missingSince.rows);
		expect(at('SANDBOX_UNKNOWN_MANAGER').sort((a, b) => a - b)).toEqual(failed.unknownManager.rows);
		expect(refused.size).toBe(8);
	});

	it('and holds exactly what is expected', () => {
		const truth = sandbox.truth('whoz');
		const { created, updated, managersSet } = expected.vendor;
		expect(truth.created).toBe(created);
		expect(truth.updated).toBe(updated + managersSet);
		expect(truth.records).toHaveLength(
			expected.status.saved + expected.failed.unknownManager.count,
		);
		expect(requests).toBe(5);
	});
});
