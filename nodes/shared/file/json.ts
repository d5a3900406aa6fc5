import { isJsonObject } from '../definition';
import { BLOCK, MAX_RECORD, withFirst } from './blocks';
import { emptyFile, FileFault } from './fault';
import { isUnreadable, UNREADABLE_PROBLEM } from './text';
import type { FileRow, ReadOptions } from './types';
import { innerList, listBehind, type InnerList } from './wrapper';

const NOT_A_RECORD =
	'It is not a record. Each must be an object with named values, like {"name": "value"}.';

/** Whole numbers of so many digits may be another number once they are read; texts stay what they are. */
const LONG_NUMBERS = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

const withExactNumbers = (text: string): string =>
	/\d{16}/.test(text)
		? text.replace(LONG_NUMBERS, (found) =>
				found.startsWith('"') || Number.isSafeInteger(Number(found)) ? found : `"${found}"`,
			)
		: text;

/** Line breaks in a text. */
function countLines(text: string): number {
	let count = 0;
	for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
	return count;
}

/**
 * Finds where the records of a JSON file begin and end, and leaves each to `JSON.parse`: a whole file would not fit in memory.
 * Takes one list of records, or records one after another (NDJSON; a single object is one record). Only strings, brackets and
 * the commas between records are looked at; everything else `JSON.parse` judges.
 */
class RecordScanner {
	/** Not yet given back. */
	private text = '';
	/** Looked at up to here. */
	private at = 0;
	/** Where the present record begins. */
	private start = 0;
	private depth = 0;
	private inString = false;
	private form: 'unknown' | 'list' | 'sequence' | 'outside' | 'closed' = 'unknown';
	/** Number of the present record; the first is 2, see `FileRow.row`. */
	private row = 2;
	/** Line breaks before `text`. */
	private lines = 0;

	/** The beginning of what stands behind a list inside an object. */
	behind = '';

	/** Objects around the list that are still open. */
	private around: number;

	/** @param inner where the list stands inside an object. */
	constructor(private readonly inner?: InnerList) {
		this.around = inner?.depth ?? 0;
	}

	/** Records complete by now. */
	push(text: string): FileRow[] {
		this.text += text;
		const rows: FileRow[] = [];
		if (this.form === 'unknown') this.open();
		if (this.form === 'list' || this.form === 'sequence') this.look(rows);
		if (this.form === 'outside') this.leave();
		if (this.form === 'closed') this.refuseMore();
		this.lines += countLines(this.text.slice(0, this.start));
		this.text = this.text.slice(this.start);
		this.at -= this.start;
		this.start = 0;
		if (this.text.length > MAX_RECORD)
			throw new FileFault(
				`Row ${this.where()} is longer than 4 million characters. Probably a bracket or quote in it is never closed.`,
			);
		return rows;
	}

	finish(): void {
		if (this.form === 'unknown') throw emptyFile();
		if (
			this.form === 'list' ||
			this.form === 'outside' ||
			(this.form === 'sequence' && this.text.trim() !== '')
		)
			throw new FileFault(
				`The JSON ends too early, at row ${this.where()}. Probably the file is cut off: provide all of it.`,
			);
	}

	private open(): void {
		const first = this.text.search(/\S/);
		if (first < 0) return;
		if (this.text[first] !== '[' && this.text[first] !== '{')
			throw new FileFault(
				'The file is not JSON: it must begin with [ or {. If it is a CSV file, choose that format.',
			);
		this.form = this.text[first] === '[' || this.inner !== undefined ? 'list' : 'sequence';
		this.at = this.inner?.at ?? (this.form === 'list' ? first + 1 : first);
		this.start = this.at;
	}

	private look(rows: FileRow[]): void {
		const { text } = this;
		for (; this.at < text.length; this.at++) {
			const character = text[this.at];
			if (this.inString) {
				if (character === '"') this.inString = false;
				else if (character === '\n') throw this.broken();
				// The character behind is passed over, even when it comes with the next piece only.
				else if (character === '\\') this.at++;
			} else if (character === '"') {
				this.inString = true;
			} else if (character === '{' || character === '[') {
				this.depth++;
			} else if (character === '}' || character === ']') {
				if (this.depth === 0) {
					this.close(character, rows);
					return;
				}
				this.depth--;
				if (this.depth === 0 && this.form === 'sequence') this.take(this.at + 1, rows);
			} else if (character === ',' && this.depth === 0) {
				this.take(this.at, rows);
				this.start = this.at + 1;
			}
		}
	}

	/** The list ends, after a record unless it is empty. */
	private close(character: string, rows: FileRow[]): void {
		if (character === '}') throw this.broken();
		if (this.row > 2 || this.text.slice(this.start, this.at).trim() !== '')
			this.take(this.at, rows);
		this.start = this.at + 1;
		this.at = this.start;
		this.form = this.around > 0 ? 'outside' : 'closed';
	}

	/** What stands behind a list inside an object, to the end of the outermost. */
	private leave(): void {
		const { text } = this;
		for (; this.at < text.length && this.around > 0; this.at++) {
			const character = text[this.at];
			if (this.inString) {
				if (character === '"') this.inString = false;
				else if (character === '\\') this.at++;
			} else if (character === '"') this.inString = true;
			else if (character === '{' || character === '[') this.around++;
			else if (character === '}' || character === ']') this.around--;
		}
		const end = Math.min(this.at, text.length);
		this.behind += text.slice(this.start, Math.min(end, this.start + BLOCK - this.behind.length));
		this.start = end;
		if (this.around === 0) this.form = 'closed';
	}

	private take(end: number, rows: FileRow[]): void {
		const text = this.text.slice(this.start, end);
		let value: unknown;
		try {
			value = JSON.parse(withExactNumbers(text));
		} catch {
			// Its own message quotes the record, and with it people's data.
			throw this.broken();
		}
		const { row } = this;
		if (!isJsonObject(value)) rows.push({ row, values: {}, problem: NOT_A_RECORD });
		else if (isUnreadable(text)) rows.push({ row, values: value, problem: UNREADABLE_PROBLEM });
		else rows.push({ row, values: value });
		this.row++;
		this.start = end;
	}

	private refuseMore(): void {
		if (this.text.slice(this.start).trim() !== '') throw this.broken();
		this.start = this.text.length;
	}

	private where(): string {
		const blank = this.text.slice(this.start).search(/\S|$/);
		const line = this.lines + countLines(this.text.slice(0, this.start + blank)) + 1;
		return `${this.row} (from line ${line} of the file)`;
	}

	private broken(): FileFault {
		return new FileFault(`Row ${this.where()} is not valid JSON. Correct it, then run again.`);
	}
}

/** Rows block by block. */
export async function* readJson(
	text: AsyncGenerator<string>,
	{ fieldsNamed }: ReadOptions,
	notices: string[],
): AsyncGenerator<FileRow[]> {
	// A list inside an object shows in what stands before it.
	let opening = '';
	while (opening.length < BLOCK) {
		const { value, done } = await text.next();
		if (done) break;
		opening += value;
	}
	const inner = /^\s*\{/.test(opening) ? innerList(opening, fieldsNamed) : undefined;
	if (inner !== undefined)
		notices.push(`The records were read from the list "${inner.path}" in the file.`);
	const scanner = new RecordScanner(inner);
	for await (const piece of withFirst(opening, text)) {
		const rows = scanner.push(piece);
		if (rows.length > 0) yield rows;
	}
	scanner.finish();
	const other = inner && listBehind(scanner.behind, inner, fieldsNamed);
	if (other !== undefined)
		notices.push(
			`The file holds another list behind it, "${other}", which was not read. Import it as a file of its own.`,
		);
}
