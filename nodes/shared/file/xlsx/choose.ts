import { emptyFile, FileFault } from '../fault';
import type { FieldsNamed, ReadOptions } from '../types';
import type { Line } from './cells';
import { SheetReader } from './sheet';
import type { SharedStrings } from './strings';
import type { Sheet, Workbook } from './workbook';

/** How many sheets a message names. */
const NAMED_SHEETS = 12;

const named = (sheets: readonly Sheet[]): string => {
	const more = sheets.length - NAMED_SHEETS;
	const names = sheets.slice(0, NAMED_SHEETS).map(({ name }) => `"${name}"`);
	return names.join(', ') + (more > 0 ? ` and ${more} more` : '');
};

const sameName = (a: string, b: string): boolean =>
	a.trim().toLowerCase() === b.trim().toLowerCase();

/**
 * The sheet that is read: by name, else the only one in sight that holds a list.
 *
 * @throws FileFault that names the sheets where it is not certain
 */
export async function chooseSheet(
	workbook: Workbook,
	strings: SharedStrings,
	{ sheet: wanted = '', fieldsNamed }: ReadOptions,
	notices: string[],
): Promise<Sheet> {
	const { sheets } = workbook;
	if (wanted.trim() !== '') {
		const found = sheets.find(({ name }) => sameName(name, wanted));
		if (found !== undefined) return found;
		throw new FileFault(
			`The workbook has no sheet of the name under "Sheet". It has ${named(sheets)}.`,
		);
	}
	const visible = sheets.filter(({ hidden }) => !hidden);
	if (visible.length === 0)
		throw new FileFault(
			`All sheets of the workbook are hidden. Enter the name of one under "Sheet": ${named(sheets)}.`,
		);
	const hidden = sheets.filter((sheet) => sheet.hidden);
	if (hidden.length > 0)
		notices.push(
			`Hidden ${hidden.length === 1 ? 'sheet' : 'sheets'} not read: ${named(hidden)}. To read one, enter its name under "Sheet".`,
		);
	if (visible.length === 1) return visible[0];

	const lists = await listsAmong(visible, workbook, strings, fieldsNamed);
	if (lists.length === 0) throw emptyFile();
	if (lists.length > 1)
		throw new FileFault(
			`Several sheets of the workbook hold a list: ${named(lists)}. Enter the name of one under "Sheet".`,
		);
	const others = visible.filter((sheet) => sheet !== lists[0]);
	notices.push(`Read from sheet ${named(lists)}. Not read: ${named(others)}.`);
	return lists[0];
}

/** Sheets with a header that fits and something below it; where none fits, those with anything in them. */
async function listsAmong(
	sheets: readonly Sheet[],
	workbook: Workbook,
	strings: SharedStrings,
	fieldsNamed: FieldsNamed | undefined,
): Promise<Sheet[]> {
	const looked: Array<{ sheet: Sheet; fields: number }> = [];
	for (const sheet of sheets) {
		const lines = await firstLines(new SheetReader(workbook, sheet, strings));
		if (lines.length > 0) looked.push({ sheet, fields: fieldsOf(lines, fieldsNamed) });
	}
	const most = Math.max(0, ...looked.map(({ fields }) => fields));
	// A list of departments beside the people names a field or two of theirs.
	return looked.filter(({ fields }) => fields * 2 >= most).map(({ sheet }) => sheet);
}

/** A header is not looked for further down. */
const LOOKED_AT = 20;

async function firstLines(reader: SheetReader): Promise<Line[]> {
	const lines: Line[] = [];
	for await (const block of reader.lines()) {
		lines.push(...block.slice(0, LOOKED_AT - lines.length));
		if (lines.length >= LOOKED_AT) break;
	}
	return lines;
}

/** How many fields the best of the lines names; a header without a line below it names none. */
function fieldsOf(lines: readonly Line[], fieldsNamed: FieldsNamed | undefined): number {
	if (fieldsNamed === undefined) return 0;
	const counts = lines
		.slice(0, -1)
		.map(
			({ cells }) => fieldsNamed(cells.map(String)).filter((field) => field !== undefined).length,
		);
	return Math.max(0, ...counts);
}
