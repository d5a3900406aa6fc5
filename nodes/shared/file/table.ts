import { columnLetter, nameColumns, type Columns } from './columns';
import { FileFault } from './fault';
import { restore } from './marks';
import { cellKey, isAbout, Strays, type Stray } from './strays';
import { UNCLEAR, type FileRow, type ReadOptions } from './types';

/** Reports put some lines above their header; a header further down is not looked for, so that reading can begin. */
export const HEADER_WITHIN = 20;

/** A heading is no longer than this; what is, is not compared with the names of fields. */
const LONGEST_HEADING = 200;

/** An address, a date or a long number: no name of a column. */
const DATA = /^[^\s@]{1,100}@[^\s@.]{1,100}\.[^\s@]{1,100}$|^\+?\d[\d\s./:-]{4,}$/;

interface Line {
	row: number;
	cells: readonly string[];
	problem?: string;
	source?: string;
}

const isBlank = (cell: string): boolean => cell.trim() === '';
const isFilled = (cell: string): boolean => !isBlank(cell);

/** Is it somebody's, and no name of a column? */
export const holdsData = (cell: string): boolean =>
	cell.length <= LONGEST_HEADING && DATA.test(cell.trim());

/** The field each cell would name in a header; a row with an address or a date in it names none. */
export function namedFields(
	cells: readonly string[],
	fieldsNamed: NonNullable<ReadOptions['fieldsNamed']>,
): ReadonlyArray<string | undefined> {
	if (cells.some(holdsData)) return [];
	return fieldsNamed(cells.map((cell) => (cell.length > LONGEST_HEADING ? '' : cell.trim())));
}

const count = (fields: ReadonlyArray<string | undefined>): number =>
	fields.filter((field) => field !== undefined).length;

/** How many fields the best of the lines names, and where it stands; of equals the first. */
export function findHeader(
	lines: ReadonlyArray<{ cells: readonly string[] }>,
	fieldsNamed: ReadOptions['fieldsNamed'],
): { at: number; fields: number } {
	let best = { at: 0, fields: 0 };
	if (fieldsNamed !== undefined)
		lines.forEach(({ cells }, at) => {
			const fields = count(namedFields(cells, fieldsNamed));
			if (fields > best.fields) best = { at, fields };
		});
	return best;
}

const CURLY = /^[“„”«](.*)[”“»]$/s;
const OPENS_CURLY = /^[“„«]/;

/** How many rows a notice names before it says how many more there are. */
const NAMED_ROWS = 5;

type LeftOut = Extract<Stray, { leftOut: string }>['leftOut'];

const LEFT_OUT: Readonly<Record<LeftOut, string>> = {
	header: 'column names once more',
	about: 'it says what the columns are to hold',
	nothing: 'nothing but zeros, dashes or errors',
	note: 'a total, a note or a page number',
};

/** What separates cells, as far as a cell can hold all of a row. */
const DELIMITERS = [',', ';', '\t', '|'];
const holdsRow = (cell: string, width: number): boolean =>
	DELIMITERS.some((delimiter) => cell.split(delimiter).length >= width);
const ROW_IN_A_CELL =
	'The whole row stands in one cell, since there are quotes around it. Remove them, or save the list anew as CSV.';

/** Rows below a header that describe its columns; a template has few. */
const MOST_ABOUT = 3;

const HALF_CURLY =
	'A value begins with a curly quote that does not end it: probably a delimiter stands inside. Write it with straight quotes (").';

const withoutCurly = (cell: string): string => CURLY.exec(cell.trim())?.[1] ?? cell;
const isHalfCurly = (cell: string): boolean =>
	OPENS_CURLY.test(cell.trim()) && !CURLY.test(cell.trim());

/** Makes rows of the lines of a table: finds the header, and tells records from what else stands there. */
export class TableReader {
	/** Known once the header is found. */
	columns: Columns | undefined;
	/** Lines until the header is known. */
	private held: Line[] = [];
	private strays = new Strays([]);
	private curly = false;
	/** Where the column names stand; 0 until the header is found. */
	headerRow = 0;
	/** The fields that the header names. */
	private fields: ReadonlyArray<string | undefined> = [];
	/** Rows of each kind: how many, and the first of them. */
	private readonly leftOut = new Map<LeftOut, { count: number; first: number[] }>();

	/**
	 * @param surplus what to do about a value in a column without a name.
	 * @param notices to add to.
	 */
	constructor(
		private readonly options: Pick<ReadOptions, 'fieldsNamed' | 'isHeading' | 'headerRow'>,
		private readonly surplus: (column: string) => string,
		private readonly notices: string[],
	) {}

	/**
	 * Takes a line; what it makes of it is added to `rows`.
	 *
	 * @param row number a spreadsheet shows.
	 * @param problem why the line must not be sent, see `FileRow`.
	 * @param source what `valuesOf` can read again, see `FileRow`.
	 */
	add(
		cells: readonly string[],
		row: number,
		rows: FileRow[],
		problem?: string,
		source?: string,
	): void {
		if (this.columns !== undefined) {
			this.addRow(cells, row, this.columns, rows, problem, source);
			return;
		}
		const { headerRow } = this.options;
		if (headerRow !== undefined && row < headerRow) return;
		if (cells.every(isBlank) && row !== headerRow) return;
		this.held.push({ row, cells, problem, source });
		if (headerRow !== undefined || this.held.length >= HEADER_WITHIN) this.begin(rows);
	}

	/** Cells of a line; until the header is found, of the widest so far. */
	get width(): number | undefined {
		if (this.columns !== undefined) return this.columns.width;
		return this.held.length === 0
			? undefined
			: Math.max(...this.held.map(({ cells }) => cells.length));
	}

	/** No more lines come. */
	finish(rows: FileRow[]): void {
		if (this.columns === undefined && this.held.length > 0) this.begin(rows);
		if (this.columns === undefined && this.options.headerRow !== undefined)
			throw new FileFault(
				`The file ends before row ${this.options.headerRow}, which "Header Row" names. Correct that option.`,
			);
		for (const [kind, { count, first }] of this.leftOut) {
			const named = count === 1 ? `Row ${first[0]} was` : `${count} rows were`;
			const which = count === 1 ? '' : ` (${first.join(', ')}${count > first.length ? ', …' : ''})`;
			this.notices.push(`${named} left out as no record${which}: ${LEFT_OUT[kind]}.`);
		}
	}

	private begin(rows: FileRow[]): void {
		const { held } = this;
		const { fieldsNamed, headerRow } = this.options;
		this.held = [];
		const { at, fields } = findHeader(held, headerRow === undefined ? fieldsNamed : undefined);
		const header = held[at];
		if (header.cells.every(isBlank))
			throw new FileFault(
				`Row ${header.row} is empty, but "Header Row" says that the column names stand there. Correct that option.`,
			);
		if (fields === 0 && headerRow === undefined) refuseRowsInCells(held);
		refuseNamesTwice(header.cells);
		this.refusePeopleAbove(held.slice(0, at), header);
		this.headerRow = header.row;
		const filled = header.cells.map((cell) => cell.trim()).filter(isFilled);
		this.curly = filled.every((cell) => CURLY.test(cell));
		const names = this.curly ? header.cells.map(withoutCurly) : header.cells;
		this.columns = nameColumns(names);
		this.notices.push(...this.columns.notices);
		this.strays = new Strays(names);
		if (at > 0)
			this.notices.push(
				`The column names stand in row ${header.row}. What stands above is no record and was left out.`,
			);
		const below = held.slice(at + 1);
		for (let about = 0; about < MOST_ABOUT && isAbout(below[0]?.cells ?? []); about++)
			this.leaveOut('about', below.shift()!.row);
		if (fieldsNamed !== undefined) this.fields = namedFields(names, fieldsNamed);
		for (const line of below) {
			if (fieldsNamed !== undefined && this.namesTheSame(line, names, fieldsNamed, fields))
				this.leaveOut('header', line.row);
			else this.addRow(line.cells, line.row, this.columns, rows, line.problem, line.source);
		}
	}

	/** A list that was sorted with its header has people above it. */
	private refusePeopleAbove(above: readonly Line[], header: Line): void {
		const width = header.cells.filter(isFilled).length;
		const person = above.find(
			({ cells }) =>
				cells.filter(isFilled).length >= Math.max(3, width * 0.75) && cells.some(holdsData),
		);
		if (person !== undefined)
			throw new FileFault(
				`The column names seem to stand in row ${header.row}, but row ${person.row} above it looks like a record. Move the column names to the top, or set "Header Row".`,
			);
	}

	/** A second row of names: labels below technical names, or the other way round. */
	private namesTheSame(
		line: Line,
		header: readonly string[],
		fieldsNamed: NonNullable<ReadOptions['fieldsNamed']>,
		fields: number,
	): boolean {
		if (fields < 2) return false;
		const found = namedFields(line.cells, fieldsNamed);
		const named = count(found);
		// Of somebody who is called like a column or two, the other cells name none.
		if (named * 2 < fields || named * 3 <= line.cells.filter(isFilled).length * 2) return false;
		const first = namedFields(header, fieldsNamed);
		const isSame = found.every(
			(field, at) =>
				field === undefined ||
				first[at] === undefined ||
				first[at] === field ||
				[field, first[at]].includes(UNCLEAR),
		);
		if (!isSame) throw this.reordered(line.row);
		return true;
	}

	private addRow(
		cells: readonly string[],
		row: number,
		columns: Columns,
		rows: FileRow[],
		problem?: string,
		source?: string,
	): void {
		const { names, empty, marked, width } = columns;
		const { curly } = this;
		const values: Record<string, unknown> = { ...empty };
		let filled = 0;
		let first = '';
		for (let at = 0; at < names.length; at++) {
			const cell = cells[at] ?? '';
			if (cell !== '' && (cell.charCodeAt(0) > 0x20 || isFilled(cell))) {
				if (filled === 0) first = cell;
				filled++;
			}
			values[names[at]] = marked || curly ? this.valueOf(cell) : cell;
		}
		const surplus = cells.length > width ? cells.slice(width).findIndex(isFilled) : -1;
		if (filled === 0 && surplus < 0) return;
		let said = problem;
		if (said === undefined && filled === 1 && width > 2 && holdsRow(cells[0] ?? '', width))
			said = ROW_IN_A_CELL;
		if (said === undefined && surplus < 0 && this.strays.mayBe(first, filled)) {
			const stray = this.strays.judge(marked ? cells.slice(0, names.length) : cells);
			if (stray === 'reordered') throw this.reordered(row);
			if (stray !== undefined && 'leftOut' in stray) {
				this.leaveOut(stray.leftOut, row);
				return;
			}
			said = stray?.doubtful;
		}
		if (said === undefined && filled > 1 && this.options.isHeading?.(first))
			if (this.isOtherHeader(cells, row)) return;
		if (said === undefined && surplus >= 0) said = this.surplus(columnLetter(width + surplus));
		if (said === undefined && curly && cells.some(isHalfCurly)) said = HALF_CURLY;
		rows.push({ row, values, problem: said, source });
	}

	/** A header in other words than the first: of the same columns, it is left out; of others, another table begins there. */
	private isOtherHeader(cells: readonly string[], row: number): boolean {
		const { isHeading = () => false, fieldsNamed } = this.options;
		const filled = cells.filter(isFilled);
		const known = count(filled.map((cell) => (isHeading(cell) ? cell : undefined)));
		if (known < 2 || known * 3 < filled.length * 2) return false;
		const fields = fieldsNamed === undefined ? [] : namedFields(cells, fieldsNamed);
		const same = fields.filter((field, at) => field !== undefined && field === this.fields[at]);
		if (same.length < 2 || same.length < count(fields)) throw this.reordered(row);
		this.leaveOut('header', row);
		return true;
	}

	/** The values of a row that was read before. */
	valuesOf(cells: readonly string[]): Record<string, unknown> {
		const { names = [] } = this.columns ?? {};
		return Object.fromEntries(names.map((name, at) => [name, this.valueOf(cells[at] ?? '')]));
	}

	private valueOf(cell: string): string {
		if (this.columns?.marked) return restore(cell);
		return this.curly ? withoutCurly(cell) : cell;
	}

	private leaveOut(kind: LeftOut, row: number): void {
		const held = this.leftOut.get(kind) ?? { count: 0, first: [] };
		this.leftOut.set(kind, held);
		held.count++;
		if (held.first.length < NAMED_ROWS) held.first.push(row);
	}

	private reordered(row: number): FileFault {
		return new FileFault(
			`Row ${row} holds column names in another order than row ${this.headerRow}: two lists were joined. Split the file there.`,
		);
	}
}

/** Lists that were saved as CSV twice have each row as one text in quotes. */
function refuseRowsInCells(lines: readonly Line[]): void {
	const texts = lines.map(({ cells }) => cells.filter(isFilled));
	if (texts.every((filled) => filled.length === 1 && holdsRow(filled[0], FEW_CELLS)))
		throw new FileFault(
			'Each row of the file stands in one cell, since there are quotes around it. Remove the quotes around the rows, or save the list anew as CSV.',
		);
}

/** A text of two parts may be anything. */
const FEW_CELLS = 3;

/** Of two lists side by side only one would be read. */
function refuseNamesTwice(header: readonly string[]): void {
	const filled = [...header.keys()].filter((at) => isFilled(header[at]));
	const half = filled.length / 2;
	const isTwice = filled
		.slice(0, half)
		.every(
			(at, index) => cellKey(header[at]) === cellKey(header[filled[half + index] ?? -1] ?? ''),
		);
	const different = new Set(filled.slice(0, half).map((at) => cellKey(header[at]))).size;
	if (different < FEW_CELLS || different !== half || !isTwice) return;
	throw new FileFault(
		`The column names stand twice, from column ${columnLetter(filled[half])} on once more: two lists stand side by side. Put the second below the first, or into a file of its own.`,
	);
}
