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
	/** Number of the file it came from, where there are several. */
	source?: number;
	/** Number of the row in the file or input it came from. */
	row: number;
	/** As given; only the file's columns are written. Lists and objects become JSON text. */
	values: Readonly<Record<string, unknown>>;
	/** Why it failed, in words for the person who corrects it. */
	reason: string;
}

/** More than any file has; a place is still an exact number then. */
const ROWS_OF_A_SOURCE = 2 ** 32;

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
	/** Of each line, the header's first: its place in the order, and where it ends. */
	private readonly places: number[] = [];
	private readonly ends: number[] = [];

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
		this.write([...this.headers, ...own], -1);
	}

	add({ source = 0, row, values, reason }: RejectedRow): void {
		this.rows++;
		const cells = [...this.headers.map((header) => values[header]), reason, row];
		this.write(cells, source * ROWS_OF_A_SOURCE + row);
	}

	/** The whole file so far, in the order of the sources and their rows. */
	toBuffer(): Buffer {
		const { places, ends } = this;
		const whole = Buffer.concat([...this.pages, Buffer.from(this.page)]);
		if (places.every((place, at) => at === 0 || places[at - 1] <= place)) return whole;
		const order = places.map((_, at) => at).sort((a, b) => places[a] - places[b]);
		return Buffer.concat(order.map((at) => whole.subarray(at === 0 ? 0 : ends[at - 1], ends[at])));
	}

	private write(cells: readonly unknown[], place: number): void {
		const line = `${cells.map(writeCell).join(this.delimiter)}\r\n`;
		this.page += line;
		this.places.push(place);
		this.ends.push((this.ends.at(-1) ?? Buffer.byteLength('\ufeff')) + Buffer.byteLength(line));
		if (this.page.length < PAGE) return;
		this.pages.push(Buffer.from(this.page));
		this.page = '';
	}
}
