/** Last columns of a reject file. They tell it apart from any other file, so the names never change. */
export const REJECT_COLUMNS = ['Reject Reason', 'Reject Row'] as const;

/**
 * Characters that make a spreadsheet run a cell as a formula, full-width forms included
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
const FORMULA = '[=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20]';
/** Apostrophes already there count as well: else `'=x` as a value and as the mark of `=x` were the same. */
const TO_MARK = new RegExp(`^'*${FORMULA}`);
const MARKED = new RegExp(`^'+${FORMULA}`);

const mark = (cell: string): string => (TO_MARK.test(cell) ? `'${cell}` : cell);

/** Undoes the mark against formulas: `restore(mark(x)) === x` for every text. */
export const restore = (cell: string): string => (MARKED.test(cell) ? cell.slice(1) : cell);

function cellText(value: unknown): string {
	if (value === null || value === undefined) return '';
	if (value instanceof Date) return value.toISOString();
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Quotes by RFC 4180, and around any character a reader could take for the delimiter. */
function writeCell(value: unknown): string {
	const cell = mark(cellText(value));
	return /[",;\t\r\n|]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

export interface RejectedRow {
	/** Number of the row in the file or input it came from. */
	row: number;
	/** As given; only the file's columns are written. Lists and objects become JSON text. */
	values: Readonly<Record<string, unknown>>;
	/** Why it failed, in words for the person who corrects it. */
	reason: string;
}

/** Characters written as one buffer: text takes part of the process's own memory limit, buffers do not. */
const PAGE = 64 * 1024;

/**
 * A CSV of the rows that failed, ready to be corrected and imported again: original columns, reason, row number. UTF-8 with a
 * byte order mark, without which Excel takes it for another encoding. Cells that a spreadsheet would run are marked with an
 * apostrophe; reading the file takes it off.
 */
export class RejectFile {
	/** Rows added so far. */
	rows = 0;
	private readonly headers: readonly string[];
	private readonly pages: Buffer[] = [];
	private page = '\ufeff';

	/**
	 * @param headers columns in order.
	 * @param delimiter that of the file the rows come from: the spreadsheet it was made for expects it.
	 */
	constructor(
		headers: readonly string[],
		private readonly delimiter = ',',
	) {
		const own: readonly string[] = REJECT_COLUMNS;
		this.headers = headers.filter((header) => !own.includes(header));
		this.write([...this.headers, ...own]);
	}

	add({ row, values, reason }: RejectedRow): void {
		this.rows++;
		this.write([...this.headers.map((header) => values[header]), reason, row]);
	}

	/** The whole file so far. */
	toBuffer(): Buffer {
		return Buffer.concat([...this.pages, Buffer.from(this.page)]);
	}

	private write(cells: readonly unknown[]): void {
		this.page += `${cells.map(writeCell).join(this.delimiter)}\r\n`;
		if (this.page.length < PAGE) return;
		this.pages.push(Buffer.from(this.page));
		this.page = '';
	}
}
