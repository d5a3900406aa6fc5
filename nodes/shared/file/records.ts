import { BLOCK, MAX_RECORD } from './blocks';
import { FileFault } from './fault';

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const TAB = 0x09;
const BYTE_ORDER_MARK = 0xfeff;

/** A CR that ends no line. At the end of the text its LF may still come. */
const BARE_RETURN = /\r(?![\r\n]|$)/;

/** As many as one look at them takes: records that wait while a request is under way outlive a collection, which costs more than reading them. */
const AT_ONCE = 50;

export interface Records {
	cells: string[][];
	/** What each was made of. */
	sources: string[];
}

/**
 * Splits CSV text into records of cells, piece by piece. It reads what libraries read; tests compare it with one:
 *
 * - A quote opens a cell at its start only, blanks (and the byte order mark of a file that was joined) before it aside, and closes it at the first that is not doubled, blanks behind it
 *   aside. Elsewhere it is a character like any other: 5" or Robert "Bob" Smith.
 * - LF ends a record, with any number of CR before it: some exports end lines with CR CR LF.
 * - `\"` inside quotes is a quote where nothing else makes sense, and from then on in the same cell.
 */
export class RecordReader {
	/** Not yet given back; begins at the start of a record. */
	private text = '';
	/** Read up to here. */
	private at = 0;
	/** The next delimiter and line end, as far as they have been looked for: looking again for each cell would cost the square of the row. */
	private delimiterAt = -1;
	private lineAt = -1;
	/** Nothing more is to come. */
	private complete = false;
	/** Length of text from which another look is worth it: a record of many blocks is not read anew with each of them. */
	private enough = 0;
	/** Records given back. */
	private records = 0;
	private readonly mark: number;
	/** The text has a CR that ends no line. */
	private hasBareReturns = false;
	private isTorn = false;
	/** Why no further record can be read. */
	private fault: FileFault | undefined;
	/** Of the records given back last, those with such a CR outside quotes: a line may end there, or not. */
	readonly torn = new Set<readonly string[]>();

	constructor(private readonly delimiter: string) {
		this.mark = delimiter.charCodeAt(0);
	}

	/** The records that are complete by now, some at a time. @throws FileFault when a record cannot be one. */
	*push(text: string): Generator<Records> {
		this.text += text;
		if (this.text.length >= this.enough) yield* this.read();
	}

	/** What is left, a last record without an end. */
	*finish(): Generator<Records> {
		this.complete = true;
		yield* this.read();
	}

	private *read(): Generator<Records> {
		const { text } = this;
		this.at = 0;
		this.delimiterAt = -1;
		this.lineAt = -1;
		this.hasBareReturns = text.includes('\r') && BARE_RETURN.test(text);
		let start = 0;
		let found: Records = { cells: [], sources: [] };
		this.torn.clear();
		while (start < text.length) {
			const cells = this.record();
			if (cells === undefined) break;
			found.cells.push(cells);
			found.sources.push(text.slice(start, this.at));
			if (this.isTorn) this.torn.add(cells);
			this.records++;
			start = this.at;
			if (found.cells.length < AT_ONCE) continue;
			yield found;
			found = { cells: [], sources: [] };
			this.torn.clear();
		}
		if (found.cells.length > 0) yield found;
		// What stands before it was given back first.
		if (this.fault !== undefined) throw this.fault;
		this.text = text.slice(start);
		const left = this.text.length;
		if (left > MAX_RECORD)
			throw new FileFault(
				`Row ${this.records + 1} is longer than 4 million characters. Probably a quote (") in it is never closed, or this is not a CSV file.`,
			);
		this.enough = left > BLOCK ? Math.min(2 * left, MAX_RECORD) : 0;
	}

	/** Undefined while its end is not there. */
	private record(): string[] | undefined {
		const { text } = this;
		const cells: string[] = [];
		this.isTorn = false;
		for (;;) {
			const cell = this.cell();
			if (cell === undefined) return undefined;
			cells.push(cell);
			const isLast = text.charCodeAt(this.at) !== this.mark;
			this.at++;
			if (isLast) return cells;
		}
	}

	private cell(): string | undefined {
		let open = this.at;
		while (this.isBlank(open)) open++;
		return this.text.charCodeAt(open) === QUOTE ? this.quoted(open) : this.plain();
	}

	private isBlank(at: number): boolean {
		const code = this.text.charCodeAt(at);
		if (code !== SPACE && code !== TAB && code !== BYTE_ORDER_MARK) return false;
		return code !== this.mark;
	}

	/** The text from here to the end of the cell. */
	private plain(): string | undefined {
		const { text, at } = this;
		if (this.delimiterAt < at) this.delimiterAt = this.find(this.delimiter);
		if (this.lineAt < at) this.lineAt = this.find('\n');
		// A record ends with its line: without one there is nothing to give back yet.
		if (this.lineAt === text.length && !this.complete) return undefined;
		this.at = Math.min(this.delimiterAt, this.lineAt);
		let end = this.at;
		if (end === this.lineAt) while (end > at && text.charCodeAt(end - 1) === RETURN) end--;
		const value = text.slice(at, end);
		if (this.hasBareReturns && value.includes('\r')) this.isTorn = true;
		return value;
	}

	private find(character: string): number {
		const found = this.text.indexOf(character, this.at);
		return found < 0 ? this.text.length : found;
	}

	private quoted(open: number): string | undefined {
		const { text } = this;
		let doubled = false;
		let backslashed = false;
		for (let quote = text.indexOf('"', open + 1); ; quote = text.indexOf('"', quote + 1)) {
			if (quote < 0) {
				if (this.complete) this.fault = this.unclosed();
				return undefined;
			}
			const isBackslashed = quote > open + 1 && text.charCodeAt(quote - 1) === BACKSLASH;
			if (isBackslashed && backslashed) continue;
			if (text.charCodeAt(quote + 1) === QUOTE) {
				doubled = true;
				quote++;
				continue;
			}
			// What the quote means shows in the characters behind it.
			let end = quote + 1;
			while (this.isBlank(end)) end++;
			let line = end;
			while (text.charCodeAt(line) === RETURN) line++;
			if (line >= text.length && !this.complete) return undefined;
			const endsLine = line >= text.length || text.charCodeAt(line) === LINE_FEED;
			const closes = endsLine || text.charCodeAt(end) === this.mark;
			if (!closes && isBackslashed) {
				backslashed = true;
				continue;
			}
			let inside = text.slice(open + 1, quote);
			// Over several lines it is another cell's opening quote, and the rows between would be lost in one cell.
			if (!closes && inside.includes('\n')) {
				this.fault = this.unclosed();
				return undefined;
			}
			if (doubled) inside = inside.replaceAll('""', '"');
			if (backslashed) inside = inside.replace(/\\(["\\])/g, '$1');
			this.at = closes ? (endsLine ? line : end) : quote + 1;
			if (closes) return inside;
			// A quote that ends in the middle of a cell is a slip: the cell is what stands there, `"Bob" Smith`.
			const rest = this.plain();
			return rest === undefined ? undefined : `"${inside}"${rest}`;
		}
	}

	private unclosed(): FileFault {
		return new FileFault(
			`The quote (") that opens in row ${this.records + 1} is never closed. Close it or remove it, then run again.`,
		);
	}
}
