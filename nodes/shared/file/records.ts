import { MAX_RECORD } from './blocks';
import type { Dialect } from './dialect';
import { FileFault } from './fault';

/**
 * Finds where CSV text can be cut so that each piece holds whole records. It follows the parser's own rule for quotes: one opens at the start of a cell only, and
 * closes at the first that is not doubled.
 */
class RecordCutter {
	/** Not yet given back; begins at the start of a record. */
	private text = '';
	/** Looked at up to here. */
	private at = 0;
	/** Where the open quote stands; -1 outside quotes. */
	private quote = -1;
	/** Behind the last record end. */
	private end = 0;
	/** Record ends seen in the whole file. */
	private records = 0;

	constructor(private readonly dialect: Dialect) {}

	/** All records complete by now; '' while there is none. @throws FileFault when a record cannot be one. */
	push(text: string): string {
		this.text += text;
		this.look(false);
		if (this.text.length - this.end > MAX_RECORD)
			throw new FileFault(
				`Row ${this.records + 1} is longer than 4 million characters. Probably a quote (") in it is never closed, or this is not a CSV file.`,
			);
		const complete = this.text.slice(0, this.end);
		this.text = this.text.slice(this.end);
		this.at -= this.end;
		if (this.quote >= 0) this.quote -= this.end;
		this.end = 0;
		return complete;
	}

	/** What is left, a last record without an end. */
	finish(): string {
		this.look(true);
		if (this.quote >= 0) throw this.unclosed();
		return this.text;
	}

	private look(complete: boolean): void {
		const { text } = this;
		const { lineEnd } = this.dialect;
		let lineAt = -1;
		while (this.at < text.length) {
			const next = text.indexOf('"', this.at);
			if (this.quote < 0) {
				const until = next < 0 ? text.length : next;
				// The line end found last may still lie ahead: looking again for each cell would cost the square of the row.
				if (lineAt < this.at) lineAt = text.indexOf(lineEnd, this.at);
				while (lineAt >= 0 && lineAt < until) {
					this.end = lineAt + 1;
					this.records++;
					lineAt = text.indexOf(lineEnd, this.end);
				}
				if (lineAt < 0) lineAt = text.length;
				if (next >= 0 && this.opens(next)) this.quote = next;
				this.at = next < 0 ? text.length : next + 1;
			} else if (next < 0) {
				this.at = text.length;
			} else if (text[next + 1] === '"') {
				this.at = next + 2;
			} else if (next + 2 >= text.length && !complete) {
				// What the quote means shows in the two characters behind it.
				this.at = next;
				return;
			} else {
				if (!this.closes(next) && this.spansLines(next)) throw this.unclosed();
				this.quote = -1;
				this.at = next + 1;
			}
		}
	}

	private opens(quote: number): boolean {
		const before = this.text[quote - 1];
		return quote === 0 || before === this.dialect.delimiter || before === this.dialect.lineEnd;
	}

	private closes(quote: number): boolean {
		const { delimiter, lineEnd } = this.dialect;
		const behind = this.text[quote + 1];
		return (
			behind === undefined ||
			behind === delimiter ||
			behind === lineEnd ||
			(lineEnd === '\n' && behind === '\r' && this.text[quote + 2] === '\n')
		);
	}

	/**
	 * A quote that ends in the middle of a cell is a slip the parser reads as it stands, `"Bob" Smith`. Over several lines it is
	 * another cell's opening quote, and the rows between would be lost in one cell.
	 */
	private spansLines(quote: number): boolean {
		const line = this.text.indexOf(this.dialect.lineEnd, this.quote);
		return line >= 0 && line < quote;
	}

	private unclosed(): FileFault {
		return new FileFault(
			`The quote (") that opens in row ${this.records + 1} is never closed. Close it or remove it, then run again.`,
		);
	}
}

/**
 * The same text, cut behind record ends, so that each piece can be parsed on its own: the parser works on whole texts, and
 * a whole file would not fit in memory. `text` begins with a record; its pieces may be of any length.
 */
export async function* cutAtRecords(
	text: AsyncIterable<string>,
	dialect: Dialect,
): AsyncGenerator<string> {
	const cutter = new RecordCutter(dialect);
	for await (const piece of text) yield cutter.push(piece);
	yield cutter.finish();
}
