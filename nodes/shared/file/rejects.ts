import { BYTE_ORDER_MARK, writeLine } from './csvWriter';
import { markLookalike, REJECT_COLUMNS } from './marks';
import { MAX_CELL } from './xlsx/cellText';
import { MAX_ROWS } from './xlsx/cells';
import { workbookOf, XLSX_TYPE, type WrittenSheet } from './xlsx/write';

/** One point and three digits behind it: as text it could be thousands, so it gets a digit more. */
const THOUSANDTHS = /^-?[1-9]\d{0,2}\.\d{3}$/;

function cellText(value: unknown): string {
	if (value === null || value === undefined) return '';
	if (value instanceof Date) return value.toISOString();
	const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
	return typeof value === 'number' && THOUSANDTHS.test(text) ? `${text}0` : text;
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

export type RejectFormat = 'csv' | 'xlsx';

export interface WrittenFile {
	data: Buffer;
	name: string;
	type: string;
}

/** More than any file has; a place is still an exact number then. */
const ROWS_OF_A_SOURCE = 2 ** 32;

/** Characters held as one buffer: text takes part of the process's own memory limit, buffers do not. */
const PAGE = 64 * 1024;

/**
 * The rows that failed, ready to be corrected and imported again: original columns, reason, row number.
 */
export class RejectFile {
	/** Rows added so far. */
	rows = 0;
	private readonly headers: readonly string[];
	/** A line of JSON for each row, in the order in which they failed. */
	private readonly pages: Buffer[] = [];
	private page = '';
	/** Of each line: its place in the order, and where it ends. */
	private readonly places: number[] = [];
	private readonly ends: number[] = [];
	/** Characters of the longest cell. */
	private longest = 0;

	/** @param headers columns in order. */
	constructor(headers: readonly string[]) {
		const own: readonly string[] = REJECT_COLUMNS;
		this.headers = headers.filter((header) => !own.includes(header));
	}

	add({ source = 0, row, values, reason }: RejectedRow): void {
		const cells = [...this.headers.map((header) => cellText(values[header])), reason, String(row)];
		for (const { length } of cells) if (length > this.longest) this.longest = length;
		const line = JSON.stringify(cells);
		this.rows++;
		this.page += line;
		this.places.push(source * ROWS_OF_A_SOURCE + row);
		this.ends.push((this.ends.at(-1) ?? 0) + Buffer.byteLength(line));
		if (this.page.length < PAGE) return;
		this.pages.push(Buffer.from(this.page));
		this.page = '';
	}

	/**
	 * The whole file so far, in the order of the sources and their rows. A workbook that could not hold it all is a CSV.
	 *
	 * @param delimiter of a CSV: the spreadsheet that the rows come from expects its own.
	 */
	async toFile(format: RejectFormat, delimiter = ','): Promise<WrittenFile> {
		if (format === 'xlsx' && this.longest <= MAX_CELL)
			return { data: await this.workbook(), name: 'rejects.xlsx', type: XLSX_TYPE };
		return { data: this.csv(delimiter), name: 'rejects.csv', type: 'text/csv' };
	}

	/**
	 * UTF-8 with a byte order mark, without which Excel takes it for another encoding. Cells that a spreadsheet would run are
	 * marked with an apostrophe; reading the file takes it off.
	 */
	private csv(delimiter: string): Buffer {
		const pages: Buffer[] = [];
		let page = BYTE_ORDER_MARK;
		for (const cells of this.lines()) {
			page += writeLine(cells, delimiter);
			if (page.length < PAGE) continue;
			pages.push(Buffer.from(page));
			page = '';
		}
		return Buffer.concat([...pages, Buffer.from(page)]);
	}

	private async workbook(): Promise<Buffer> {
		const sheets: WrittenSheet[] = [];
		// The header takes a row of each.
		for (let from = 0; from < Math.max(1, this.rows); from += MAX_ROWS - 1)
			sheets.push({
				name: from === 0 ? 'Rejects' : `Rejects ${sheets.length + 1}`,
				widths: [...this.headers, ...REJECT_COLUMNS].map((header) =>
					header === REJECT_COLUMNS[0] ? 80 : 20,
				),
				frozen: true,
				rows: this.written(from, from + MAX_ROWS - 1),
			});
		return await workbookOf(sheets);
	}

	private *written(from: number, to: number) {
		let header = true;
		for (const cells of this.lines(from, to)) {
			const look = header ? ('header' as const) : ('text' as const);
			yield cells.map((cell) => ({ text: markLookalike(cell), look }));
			header = false;
		}
	}

	/** The header and these rows, in order. */
	private *lines(from = 0, to = this.rows): Generator<string[]> {
		yield [...this.headers, ...REJECT_COLUMNS];
		if (this.page !== '') this.pages.push(Buffer.from(this.page));
		this.page = '';
		const { places, ends } = this;
		const whole = Buffer.concat(this.pages);
		const order = places.map((_, at) => at);
		if (!places.every((place, at) => at === 0 || places[at - 1] <= place))
			order.sort((a, b) => places[a] - places[b]);
		for (const at of order.slice(from, to))
			yield JSON.parse(whole.toString('utf8', at === 0 ? 0 : ends[at - 1], ends[at])) as string[];
	}
}
