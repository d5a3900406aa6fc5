import { parse } from 'csv-parse/sync';

import { BLOCK, withFirst } from './blocks';
import { columnLetter, nameColumns, type Columns } from './columns';
import { detectDialect, type Dialect } from './dialect';
import { emptyFile } from './fault';
import { cutAtRecords } from './records';
import { restore } from './rejects';
import { UNREADABLE, UNREADABLE_PROBLEM } from './text';
import type { FileHead, FileRow } from './types';

const DELIMITER_NAMES: Readonly<Record<string, string>> = {
	',': 'comma',
	';': 'semicolon',
	'\t': 'tab',
};

const isBlank = (cell: string): boolean => cell.trim() === '';

class RowReader {
	columns?: Columns;
	/** Records read, blank ones included. */
	private records = 0;

	constructor(private readonly dialect: Dialect) {}

	/** @param block whole records. */
	read(block: string): FileRow[] {
		const records: string[][] = parse(block, {
			delimiter: this.dialect.delimiter,
			record_delimiter: this.dialect.lineEnd === '\n' ? ['\r\n', '\n'] : ['\r'],
			// A quote inside an unquoted cell is a character like any other: 5" or Robert "Bob" Smith.
			relax_quotes: true,
			// Rows may be shorter or longer than the header; what that means is said for each row.
			relax_column_count: true,
		});
		const damaged = block.includes(UNREADABLE);
		const rows: FileRow[] = [];
		for (const cells of records) {
			this.records++;
			if (cells.every(isBlank)) continue;
			if (this.columns) rows.push(this.toRow(cells, this.columns, damaged));
			else this.columns = nameColumns(cells);
		}
		return rows;
	}

	private toRow(cells: readonly string[], columns: Columns, damaged: boolean): FileRow {
		const { names, marked, width } = columns;
		const values: Record<string, unknown> = {};
		for (let index = 0; index < names.length; index++) {
			const cell = cells[index] ?? '';
			values[names[index]] = marked ? restore(cell) : cell;
		}
		const row: FileRow = { row: this.records, values };
		const surplus =
			cells.length > width ? cells.slice(width).findIndex((cell) => !isBlank(cell)) : -1;
		if (surplus >= 0) row.problem = this.surplusProblem(width + surplus);
		else if (damaged && cells.some((cell) => cell.includes(UNREADABLE)))
			row.problem = UNREADABLE_PROBLEM;
		return row;
	}

	private surplusProblem(index: number): string {
		const { delimiter } = this.dialect;
		const name = DELIMITER_NAMES[delimiter] ?? `"${delimiter}"`;
		return `Column ${columnLetter(index)} holds a value, but the header ends before it. If a ${name} belongs to a value, put that value in quotes; else name the column or empty it.`;
	}
}

/** First the head of the file, then its rows block by block. */
export async function* readCsv(
	text: AsyncGenerator<string>,
	delimiter: string | undefined,
	notices: string[],
): AsyncGenerator<FileHead | FileRow[]> {
	// The dialect shows in the header: what a header may take comes first.
	let opening = '';
	while (opening.length < BLOCK) {
		const { value, done } = await text.next();
		if (done) break;
		opening += value;
	}
	const dialect = detectDialect(opening, delimiter);
	const reader = new RowReader(dialect);
	let known = false;
	for await (const block of cutAtRecords(withFirst(opening.slice(dialect.skip), text), dialect)) {
		const rows = reader.read(block);
		if (!known && reader.columns) {
			known = true;
			notices.push(...reader.columns.notices);
			yield { headers: reader.columns.names, delimiter: dialect.delimiter, notices };
		}
		if (rows.length > 0) yield rows;
	}
	if (!known) throw emptyFile();
}
