import type { FieldsNamed } from '../../../../nodes/shared/file/types';
import { faultOf, readFile } from '../reading';
import { below, workbook, type RawSheet } from './make';

const sheet = (
	name: string,
	grid: readonly string[][],
	more: Partial<RawSheet> = {},
): RawSheet => ({
	name,
	data: grid
		.map((cells) => `<row>${cells.map((cell) => `<c t="str"><v>${cell}</v></c>`).join('')}</row>`)
		.join(''),
	...more,
});
const PEOPLE = [
	['First Name', 'Email', 'Department'],
	['Ann', 'ann@example.com', 'HR'],
];
const NOTES = [['Read me first'], ['The list is on the next sheet.']];
const DEPARTMENTS = [['Department'], ['HR']];

const fieldsNamed: FieldsNamed = (cells) =>
	cells.map((cell) => (['First Name', 'Email', 'Department'].includes(cell) ? cell : undefined));
const read = async (sheets: RawSheet[], sheetName?: string) =>
	await readFile([await workbook({ sheets })], { sheet: sheetName, fieldsNamed });
const fault = async (sheets: RawSheet[], sheetName?: string) =>
	await faultOf(await workbook({ sheets }), { sheet: sheetName, fieldsNamed });

it('reads the only sheet', async () => {
	const { headers, rows, notices, format } = await read([sheet('List', PEOPLE)]);
	expect({ headers, notices, format }).toEqual({ headers: PEOPLE[0], notices: [], format: 'xlsx' });
	expect(rows[0].values).toEqual({
		'First Name': 'Ann',
		Email: 'ann@example.com',
		Department: 'HR',
	});
});

it('finds the only sheet with a list among notes and small lists, and says so', async () => {
	const { rows, notices } = await read([
		sheet('Notes', NOTES),
		sheet('List', PEOPLE),
		sheet('Departments', DEPARTMENTS),
	]);
	expect(rows).toHaveLength(1);
	expect(notices).toEqual(['Read from sheet "List". Not read: "Notes", "Departments".']);
});

it('names the sheets where several hold a list', async () => {
	expect(await fault([sheet('Paris', PEOPLE), sheet('Rome', PEOPLE), sheet('Notes', NOTES)])).toBe(
		'Several sheets of the workbook hold a list: "Paris", "Rome". Enter the name of one under "Sheet".',
	);
});

it('reads the sheet with the name given, hidden or not, in any case', async () => {
	const sheets = [
		sheet('Paris', PEOPLE),
		sheet('Rome &amp; all', [['Email'], ['r@example.com']], { state: 'hidden' }),
	];
	const { rows, notices } = await read(sheets, ' rome &AMP; ALL ');
	expect(rows[0].values).toEqual({ Email: 'r@example.com' });
	expect(notices).toEqual([]);
});

it('names the sheets there are where the name fits none', async () => {
	expect(await fault([sheet('Paris', PEOPLE), sheet('Rome', PEOPLE)], 'Berlin')).toBe(
		'The workbook has no sheet of the name under "Sheet". It has "Paris", "Rome".',
	);
});

it('reads no hidden sheet by itself, and says which there are', async () => {
	const { notices, rows } = await read([
		sheet('Old', PEOPLE, { state: 'veryHidden' }),
		sheet('List', PEOPLE),
	]);
	expect(rows).toHaveLength(1);
	expect(notices).toEqual([
		'Hidden sheet not read: "Old". To read one, enter its name under "Sheet".',
	]);
	expect(await fault([sheet('Old', PEOPLE, { state: 'hidden' })])).toBe(
		'All sheets of the workbook are hidden. Enter the name of one under "Sheet": "Old".',
	);
});

it('says how many rows were hidden', async () => {
	const rows = (hidden: string) => `<row hidden="${hidden}"><c t="str"><v>a</v></c></row>`;
	expect((await readFile([await below(1, rows('1') + rows('0'))])).notices).toEqual([
		'1 hidden row was read like the others. To leave rows out, delete them from the sheet.',
	]);
	expect((await readFile([await below(1, rows('true').repeat(3))])).notices[0]).toMatch(
		/^3 hidden rows were read/,
	);
});

describe('merged cells', () => {
	const merged = (...ranges: string[]) => ({
		behind: `<mergeCells>${ranges.map((range) => `<mergeCell ref="${range}"/>`).join('')}</mergeCells>`,
	});
	const rows = '<row><c t="str"><v>a</v></c></row>'.repeat(6);

	it('over several rows of the list stop the run: only the first would have the value', async () => {
		expect(await faultOf(await below(2, rows, merged('A2:A4', 'B2:B3', 'A5:A6', 'B5:B6')))).toBe(
			'Cells are merged over several rows: "A1" (A2:A4), "B1" (B2:B3), "A1" (A5:A6) and 1 more. Unmerge them in Excel, enter the value in each row, and run again.',
		);
	});

	it('in a column that no field takes are said, and the list is read', async () => {
		const fieldsNamed = (cells: readonly string[]) =>
			cells.map((_, at) => (at === 0 ? 'a' : undefined));
		const options = { fieldsNamed };
		const file = async (...ranges: string[]) => [await below(2, rows, merged(...ranges))];
		const { rows: found, notices } = await readFile(await file('B2:B3'), options);
		expect(found).toHaveLength(6);
		expect(notices.join()).toContain('merged over several rows in columns without a field');
		expect(await faultOf((await file('A2:B3'))[0], options)).toContain('"A1" (A2:B3)');
	});

	it('in one row, or above the list, do not matter', async () => {
		const more = merged('A1:B1', 'A3:B3');
		expect((await readFile([await below(2, rows, more)])).rows).toHaveLength(6);
	});
});
