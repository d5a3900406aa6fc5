/** One record of a file. */
export interface FileRow {
	/**
	 * The row a spreadsheet shows for it: record + 1, so the first record below a CSV header is 2. Blank lines count, a record
	 * with line breaks in it counts once. JSON and NDJSON have no header, yet the first record is 2 there as well: people check
	 * their file in a spreadsheet, whatever it was saved as.
	 */
	row: number;
	/** CSV: text by header, '' where the row is shorter than the header. Workbook: the same, numbers as numbers. JSON: the object as it stands. */
	values: Record<string, unknown>;
	/** Why the row must not be sent as it is, and what to do; never a value. Does not name the row. */
	problem?: string;
	/** CSV: what the row was made of, for `FileHead.reread`; shorter to hold than the values. */
	source?: string;
	/** What is wrong with single cells, by header, in words that continue the name of the column. It matters only where the column does. */
	columnProblems?: Readonly<Record<string, string>>;
}

/** Of a cell that names one of several fields, or shares its field with others. */
export const UNCLEAR = '?';

/** The field that each cell would name if the cells were a header; undefined for a cell that names none. */
export type FieldsNamed = (cells: readonly string[]) => ReadonlyArray<string | undefined>;

export interface ReadOptions {
	/** Workbooks only: the name of a sheet. Default: the only one in sight that holds a list. */
	sheet?: string;
	/**
	 * Finds the header of a table: of its first rows the one that names most fields. Absent: the first row that holds anything is
	 * the header.
	 */
	fieldsNamed?: FieldsNamed;
	/** Whether a cell is what people call a column of a list of people, of this service or not. */
	isHeading?: (cell: string) => boolean;
	/** The row that holds the column names, as a spreadsheet counts. Default: found by `fieldsNamed`. */
	headerRow?: number;
	/** Default: by file name, then MIME type, then first bytes. */
	format?: 'csv' | 'json' | 'ndjson';
	fileName?: string;
	mimeType?: string;
	/** One character. Default: comma, semicolon, tab or bar, whichever makes the header name most fields, else whichever the first row uses most. */
	delimiter?: string;
	/**
	 * A label of the WHATWG Encoding Standard, for example `windows-1250`; a byte order mark in the file wins over it.
	 * Default: UTF-8 or UTF-16, and Windows-1252 for what is neither.
	 */
	encoding?: string;
}

export interface FileHead {
	/**
	 * CSV and workbook only: the names of the columns in file order, each of them once. A second `Email` is `Email (column E)`, a column
	 * without a name is `Column E`; `notices` say so.
	 */
	headers?: string[];
	/** CSV only: what separates the cells; a reject file in the same form opens in the same spreadsheet. */
	delimiter?: string;
	/** CSV only: the values of a row once more, from its `source`. */
	reread?: (source: string) => Record<string, unknown>;
	/** What a file of rejected rows should be, to be corrected with the same program. */
	format?: 'csv' | 'xlsx';
	/** Workbooks only: reads it from the start once more, without its source. Whoever keeps this keeps the file in memory. */
	again?: () => Promise<OpenedFile>;
	/** What the user should know about the file as a whole, in plain words. Complete once all rows are read. */
	notices: string[];
}

export interface OpenedFile extends FileHead {
	/** One pass, block by block: a promise for each row would cost more than reading it. Leaving the loop early, or `return()`, closes the source. */
	rows: AsyncGenerator<FileRow[]>;
}
