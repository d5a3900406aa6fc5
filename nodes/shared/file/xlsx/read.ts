import { clipped } from '../../definition';
import { emptyFile, FileFault } from '../fault';
import { TableReader } from '../table';
import type { FileHead, FileRow, ReadOptions } from '../types';
import type { Line } from './cells';
import { chooseSheet } from './choose';
import { SheetReader } from './sheet';
import { SharedStrings } from './strings';
import { openWorkbook, type Workbook } from './workbook';
import { Archive, type Bytes } from './zip';

/** What stays in memory of a workbook: the packed file and its texts. */
export interface Book {
	workbook: Workbook;
	strings: SharedStrings;
}

export async function openBook(bytes: Bytes): Promise<Book> {
	const workbook = await openWorkbook(Archive.open(bytes));
	const strings = await SharedStrings.read(workbook.archive, workbook.strings);
	if (workbook.strings !== undefined) workbook.archive.drop(workbook.strings);
	return { workbook, strings };
}

/** First the head of the sheet, then its rows block by block. A book may be read again and again. */
export async function* readBook(
	{ workbook, strings }: Book,
	options: ReadOptions,
	notices: string[],
): AsyncGenerator<FileHead | FileRow[]> {
	const sheet = await chooseSheet(workbook, strings, options, notices);
	const reader = new SheetReader(workbook, sheet, strings);
	const table = new SheetTable(options, notices);
	let known = false;
	const head = (): FileHead[] => {
		const { columns } = table;
		if (known || columns === undefined) return [];
		known = true;
		return [{ headers: columns.names, format: 'xlsx', notices }];
	};
	for await (const lines of reader.lines()) {
		const rows = table.read(lines);
		yield* head();
		if (rows.length > 0) yield rows;
	}
	const rows = table.finish();
	notices.push(...checkTallMerges(reader.cells.tallMerges, table, options.fieldsNamed));
	const { hiddenRows } = reader.cells;
	if (hiddenRows > 0)
		notices.push(
			`${hiddenRows} hidden ${hiddenRows === 1 ? 'row was' : 'rows were'} read like the others. To leave rows out, delete them from the sheet.`,
		);
	yield* head();
	if (rows.length > 0) yield rows;
	if (!known) throw emptyFile();
}

/** How many ranges a message names. */
const NAMED_RANGES = 3;

/**
 * Only the first of merged cells holds their value; the others would be saved as blank. Where no field takes the column, it does not
 * matter.
 */
function checkTallMerges(
	ranges: readonly string[],
	{ headerRow, columns }: SheetTable,
	fieldsNamed: ReadOptions['fieldsNamed'],
): string[] {
	const names = columns?.names ?? [];
	const fields = fieldsNamed?.(names);
	const tall = ranges.map(spanOf).filter(({ last }) => last > headerRow);
	const taken = ({ from, to }: Span) =>
		fields === undefined || fields.slice(from, to + 1).some((field) => field !== undefined);
	const named = tall.filter(taken);
	if (named.length === 0) return tall.length === 0 ? [] : [MERGED_ELSEWHERE];
	const more = named.length - NAMED_RANGES;
	const shown = named
		.slice(0, NAMED_RANGES)
		.map(({ range, from }) =>
			names[from] === undefined ? range : `"${clipped(names[from])}" (${range})`,
		);
	throw new FileFault(
		`Cells are merged over several rows: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}. Unmerge them in Excel, enter the value in each row, and run again.`,
	);
}

const MERGED_ELSEWHERE =
	'Cells are merged over several rows in columns without a field: only the first row of each has the value.';

interface Span {
	range: string;
	/** Columns from 0. */
	from: number;
	to: number;
	/** Row. */
	last: number;
}

function spanOf(range: string): Span {
	const [, from = '', to = '', last] = /^\$?([A-Z]+)\$?\d+:\$?([A-Z]+)\$?(\d+)$/.exec(range) ?? [];
	return { range, from: columnAt(from), to: columnAt(to), last: Number(last) };
}

const columnAt = (letters: string): number =>
	[...letters].reduce((at, letter) => at * 26 + letter.charCodeAt(0) - 64, 0) - 1;

const asText = (cell: string | number): string => (typeof cell === 'number' ? String(cell) : cell);

/** A table of texts, with what a sheet knows besides: which cells are numbers, and which cannot be used. */
class SheetTable {
	private readonly table: TableReader;
	/** Lines until the header is known. */
	private readonly held = new Map<number, Line>();

	constructor(options: ReadOptions, notices: string[]) {
		this.table = new TableReader(
			options,
			(column) =>
				`Column ${column} holds a value, but the header ends before it. Name the column or empty it.`,
			notices,
		);
	}

	get columns() {
		return this.table.columns;
	}

	get headerRow(): number {
		return this.table.headerRow;
	}

	read(lines: readonly Line[]): FileRow[] {
		const { table, held } = this;
		const rows: FileRow[] = [];
		for (const line of lines) {
			const from = rows.length;
			if (table.columns === undefined) held.set(line.row, line);
			table.add(line.cells.map(asText), line.row, rows);
			if (held.size > 0) this.completeHeld(rows);
			else if (rows.length > from) this.complete(rows[from], line);
		}
		return rows;
	}

	finish(): FileRow[] {
		const rows: FileRow[] = [];
		this.table.finish(rows);
		this.completeHeld(rows);
		return rows;
	}

	private completeHeld(rows: readonly FileRow[]): void {
		if (this.columns === undefined) return;
		for (const row of rows) {
			const line = this.held.get(row.row);
			if (line !== undefined) this.complete(row, line);
		}
		this.held.clear();
	}

	private complete(row: FileRow, { cells, problems }: Line): void {
		const { names = [] } = this.columns ?? {};
		for (let at = 0; at < names.length; at++) {
			const cell = cells[at];
			if (typeof cell === 'number') row.values[names[at]] = cell;
		}
		if (problems === undefined) return;
		row.columnProblems = Object.fromEntries(
			[...problems].map(([column, problem]) => [names[column], problem]),
		);
	}
}
