import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';

import { FileFault } from '../../../nodes/shared/file';
import { RecordReader } from '../../../nodes/shared/file/records';
import { cut } from './reading';

/** Close to what people's files hold, slips included. */
const soup = (delimiter: string) =>
	fc
		.array(
			fc.oneof(
				{
					weight: 6,
					arbitrary: fc.constantFrom('a', 'é', '""', '"x"', '"x,y"', '"x;y"', '"x""y"'),
				},
				{ weight: 6, arbitrary: fc.constantFrom(delimiter, '\n', '\r\n', '\r\r\n') },
				{
					weight: 2,
					arbitrary: fc.constantFrom(' ', '\t', '"Bob" Smith', '5"', `"a" ${delimiter}`),
				},
				{
					weight: 2,
					arbitrary: fc.constantFrom('"x\ny"', '"\r\n"', '"x\ry"', '"', 'a\ra', '\n\n'),
				},
			),
			{ maxLength: 40 },
		)
		.map((parts) => parts.join(''));

const files = fc.constantFrom(',', ';', '\t', '|').chain((delimiter) =>
	fc.record({
		delimiter: fc.constant(delimiter),
		text: soup(delimiter),
		at: fc.array(fc.nat(), { maxLength: 6 }),
	}),
);

/** More CR before LF than the soup puts there by chance. */
const LINE_ENDS = Array.from({ length: 8 }, (_, returns) => `${'\r'.repeat(8 - returns)}\n`);

/** Blanks aside: the library knows none around quotes, so they are taken out for it, with some others. */
const withoutBlanks = (records: readonly string[][]): string[][] =>
	records.map((cells) => cells.map((cell) => cell.replace(/[ \t]/g, '')));

function library(text: string, delimiter: string): string[][] {
	const blank = delimiter === '\t' ? ' ' : '[ \\t]';
	const closed = new RegExp(`"${blank}+(?=[${delimiter}]|\\r*\\n|\\r*$)`, 'g');
	// It leaves a last line of blanks out when no line end follows.
	const ended = text === '' || text.endsWith('\n') ? text : `${text}\n`;
	return parse(ended.replace(closed, '"'), {
		delimiter,
		record_delimiter: [...LINE_ENDS, '\n'],
		relax_quotes: true,
		relax_column_count: true,
		ltrim: true,
	});
}

function ours(pieces: readonly string[], delimiter: string): string[][] | string {
	const reader = new RecordReader(delimiter);
	try {
		const found = [...pieces.flatMap((piece) => [...reader.push(piece)]), ...reader.finish()];
		return found.flatMap(({ cells }) => cells);
	} catch (error) {
		if (error instanceof FileFault) return error.message;
		throw error;
	}
}

/**
 * Reads texts made from a seed with our reader, whole and in pieces, and with a library. Files that end in a fault are compared with
 * themselves only: the library reads on where we refuse.
 *
 * @returns how many were compared with the library.
 */
export function compareWithLibrary(numRuns: number, seed?: number): number {
	let compared = 0;
	fc.assert(
		fc.property(files, ({ delimiter, text, at }) => {
			const whole = ours([text], delimiter);
			expectSame(ours(cut(text, at), delimiter), whole, text);
			if (typeof whole === 'string') return;
			compared++;
			expectSame(withoutBlanks(whole), withoutBlanks(library(text, delimiter)), text);
		}),
		{ numRuns, seed },
	);
	return compared;
}

function expectSame(found: unknown, expected: unknown, text: string): void {
	if (JSON.stringify(found) !== JSON.stringify(expected))
		throw new Error(
			`${JSON.stringify(text)} was read as ${JSON.stringify(found)}, not as ${JSON.stringify(expected)}`,
		);
}
