import { BLOCK, withFirst } from './blocks';
import { detectDialect } from './dialect';
import { emptyFile } from './fault';
import { RecordReader } from './records';
import { TableReader } from './table';
import { isUnreadable, UNREADABLE_PROBLEM } from './text';
import type { FileHead, FileRow, ReadOptions } from './types';

const DELIMITER_NAMES: Readonly<Record<string, string>> = {
	',': 'comma',
	';': 'semicolon',
	'\t': 'tab',
};

const TORN =
	'A line break of another kind than in the rest of the file (CR) stands outside quotes in it. Put the value that holds it in quotes, or end the row there as the others.';

/** Numbers the records of a CSV and hands them to the table. */
class RowReader {
	readonly table: TableReader;
	private readonly records: RecordReader;
	/** Rows so far, blank ones included. */
	private row = 0;
	/** The last block held an unreadable character; its last record may come with the next. */
	private wasDamaged = false;

	constructor(delimiter: string, options: ReadOptions, notices: string[]) {
		this.records = new RecordReader(delimiter);
		const name = DELIMITER_NAMES[delimiter] ?? `"${delimiter}"`;
		this.table = new TableReader(
			options,
			(column) =>
				`Column ${column} holds a value, but the header ends before it. If a ${name} belongs to a value, put that value in quotes; else name the column or empty it.`,
			notices,
		);
	}

	read(block: string): FileRow[] {
		const isDamaged = isUnreadable(block);
		const rows = this.take(this.records.push(block), isDamaged || this.wasDamaged);
		this.wasDamaged = isDamaged;
		return rows;
	}

	finish(): FileRow[] {
		const rows = this.take(this.records.finish(), this.wasDamaged);
		this.table.finish(rows);
		return rows;
	}

	private take(records: readonly string[][], damaged: boolean): FileRow[] {
		const { table } = this;
		const { torn } = this.records;
		const rows: FileRow[] = [];
		for (const cells of records) {
			const lines = torn.size > 0 && torn.has(cells) ? this.linesOf(cells) : undefined;
			let problem = lines?.length === 1 ? TORN : undefined;
			if (damaged && cells.some(isUnreadable)) problem = UNREADABLE_PROBLEM;
			for (const line of lines ?? [cells]) table.add(line, ++this.row, rows, problem);
		}
		return rows;
	}

	/** A record whose every CR ends a row as wide as the header is several rows. */
	private linesOf(cells: readonly string[]): ReadonlyArray<readonly string[]> {
		const lines: string[][] = [[]];
		for (const cell of cells) {
			const [end, ...starts] = cell.split(/\r+/);
			lines[lines.length - 1].push(unquoted(end));
			for (const start of starts) lines.push([unquoted(start)]);
		}
		const width = this.table.width ?? lines[0].length;
		return width > 1 && lines.every(({ length }) => length === width) ? lines : [cells];
	}
}

/** The quotes of a cell that ends where the reader saw no end. */
const unquoted = (cell: string): string =>
	/^"[^]*"$/.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell;

async function* withLineFeeds(text: AsyncIterable<string>): AsyncGenerator<string> {
	for await (const piece of text) yield piece.replaceAll('\r', '\n');
}

/** First the head of the file, then its rows block by block. */
export async function* readCsv(
	text: AsyncGenerator<string>,
	options: ReadOptions,
	notices: string[],
): AsyncGenerator<FileHead | FileRow[]> {
	// The dialect shows in the first rows: what these may take comes first.
	let opening = '';
	while (opening.length < BLOCK) {
		const { value, done } = await text.next();
		if (done) break;
		opening += value;
	}
	const { delimiter, skip, bareReturns } = detectDialect(
		opening,
		options.delimiter,
		options.fieldsNamed,
	);
	const whole = withFirst(opening.slice(skip), text);
	const reader = new RowReader(delimiter, options, notices);
	let known = false;
	const head = (): FileHead[] => {
		const { columns } = reader.table;
		if (known || columns === undefined) return [];
		known = true;
		return [{ headers: columns.names, delimiter, notices }];
	};
	for await (const block of bareReturns ? withLineFeeds(whole) : whole) {
		const rows = reader.read(block);
		yield* head();
		if (rows.length > 0) yield rows;
	}
	const rows = reader.finish();
	yield* head();
	if (rows.length > 0) yield rows;
	if (!known) throw emptyFile();
}
