import type { Outcome } from '../write';
import { reasonOf } from './result';
import type { Tally } from './summary';

/** A mail is read to the end if it is short; who has more of them opens the file. */
const TOLD_ROWS = 20;

interface Line {
	index: number;
	row: number;
	text: string;
}

/** A run in words that can be mailed: how many rows did well, and a line for each of the first that did not. */
export class Mail {
	private readonly lines: Line[] = [];

	add(outcome: Outcome, index: number, file: string | undefined): void {
		const { row } = outcome;
		const last = this.lines[TOLD_ROWS - 1];
		if (last !== undefined && (index - last.index || row - last.row) > 0) return;
		const place = file === undefined ? `Row ${row}` : `Row ${row} of ${file}`;
		const key = outcome.key === null ? '' : ` (${outcome.key})`;
		this.lines.push({ index, row, text: `${place}${key}: ${reasonOf(outcome.errors)}` });
		this.lines.sort((a, b) => a.index - b.index || a.row - b.row).splice(TOLD_ROWS);
	}

	text(tally: Tally): string {
		const more = tally.count('failed') + tally.count('unknown') - this.lines.length;
		return [
			tally.told(),
			...this.lines.map(({ text }) => text),
			...(more > 0 ? [`And ${more} more.`] : []),
		].join('\n');
	}
}
