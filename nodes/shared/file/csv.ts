import { BLOCK, withFirst } from './blocks';
import { detectDialect } from './dialect';
import { emptyFile } from './fault';
import { RecordReader, type Records } from './records';
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

	constructor(
		private readonly delimiter: string,
		options: ReadOptions,
		notices: string[],
	) {
		this.records = new RecordReader(delimiter);
		const name = DELIMITER_NAMES[delimiter] ?? `"${delimiter}"`;
		this.table = new TableReader(
			options,
			(column) =>
				`Column ${column} holds a value, but the header ends before it. If a ${name} belongs to a value, put that value in quotes; else name the column or empty it.`,
			notices,
		);
	}

	*read(block: string): Generator<FileRow[]> {
		const isDamaged = isUnreadable(block);
		for (const records of this.records.push(block))
			yield this.take(records, isDamaged || this.wasDamaged);
		this.wasDamaged = isDamaged;
	}

	*finish(): Generator<FileRow[]> {
		for (const records of this.records.finish()) yield this.take(records, this.wasDamaged);
		const rows: FileRow[] = [];
		this.table.finish(rows);
		yield rows;
	}

	/** The values of a row, from what it was made of. */
	readonly reread = (source: string): Record<string, unknown> => {
		const reader = new RecordReader(this.delimiter);
		const [found] = [...reader.push(source), ...reader.finish()];
		return this.table.valuesOf(found.cells[0]);
	};

	private take({ cells: records, sources }: Records, damaged: boolean): FileRow[] {
		const { table } = this;
		const { torn } = this.records;
		const rows: FileRow[] = [];
		for (let at = 0; at < records.length; at++) {
			const cells = records[at];
			let problem = damaged && cells.some(isUnreadable) ? UNREADABLE_PROBLEM : undefined;
			if (torn.size > 0 && torn.has(cells)) {
				const lines = this.linesOf(cells);
				problem ??= lines.length === 1 ? TORN : undefined;
				for (const line of lines) table.add(line, ++this.row, rows, problem);
			} else table.add(cells, ++this.row, rows, problem, sources[at]);
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
	const read = function* (parts: Iterable<FileRow[]>): Generator<FileHead | FileRow[]> {
		for (const rows of parts) {
			const { columns } = reader.table;
			if (!known && columns !== undefined) {
				known = true;
				yield { headers: columns.names, delimiter, reread: reader.reread, notices };
			}
			if (rows.length > 0) yield rows;
		}
	};
	for await (const block of bareReturns ? withLineFeeds(whole) : whole)
		yield* read(reader.read(block));
	yield* read(reader.finish());
	if (!known) throw emptyFile();
}
