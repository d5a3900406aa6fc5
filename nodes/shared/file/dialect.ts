import { FileFault } from './fault';
import { RecordReader } from './records';
import { findHeader, HEADER_WITHIN } from './table';
import type { ReadOptions } from './types';

export interface Dialect {
	delimiter: string;
	/** Lines end with CR alone, as old Macs wrote them. */
	bareReturns: boolean;
	/** Characters before the first record. */
	skip: number;
}

const DELIMITERS = [',', ';', '\t', '|'];

/** Excel's own first line, which it does not show: the header below it is row 1. Some writers put it in quotes. */
const SEPARATOR_LINE = /^("?)sep=([^"\r\n])\1[,;\t|]*\r*(?:\n|\r)/i;

/** What speaks for a delimiter: the fields its header names, how many rows below have as many cells, and how many those are. */
interface Evidence {
	fields: number;
	agreeing: number;
	cells: number;
}

/**
 * Reads how a CSV is written from its first rows.
 *
 * @param text start of the file.
 * @param chosen the delimiter the user set.
 */
export function detectDialect(
	text: string,
	chosen?: string,
	fieldsNamed?: ReadOptions['fieldsNamed'],
): Dialect {
	if (chosen !== undefined && !/^[^"\r\n]$/.test(chosen))
		throw new FileFault(
			'The delimiter must be one character, for example a comma, a semicolon or a tab.',
		);
	const separator = SEPARATOR_LINE.exec(text);
	const skip = separator?.[0].length ?? 0;
	const bareReturns = endsLinesWithReturns(text.slice(skip));
	const given = chosen ?? separator?.[2];
	if (given !== undefined) return { delimiter: given, bareReturns, skip };

	const start = text.slice(skip);
	const lines = bareReturns ? start.replaceAll('\r', '\n') : start;
	const evidence = DELIMITERS.map((delimiter) => evidenceFor(lines, delimiter, fieldsNamed));
	let best = 0;
	for (let at = 1; at < DELIMITERS.length; at++)
		if (compare(evidence[at], evidence[best]) > 0) best = at;
	const { fields, cells } = evidence[best];
	// Each of them makes a header of its own: the columns would be others.
	const isTie = evidence.some((other, at) => at !== best && compare(other, evidence[best]) === 0);
	if (isTie && fields > 0 && cells > 1)
		throw new FileFault(
			'It is not clear which character separates the columns. Choose it under "Delimiter".',
		);
	return { delimiter: DELIMITERS[best], bareReturns, skip };
}

const compare = (a: Evidence, b: Evidence): number =>
	a.fields - b.fields || a.agreeing - b.agreeing || a.cells - b.cells;

function evidenceFor(
	text: string,
	delimiter: string,
	fieldsNamed: ReadOptions['fieldsNamed'],
): Evidence {
	const lines = firstLines(text, delimiter);
	const { at, fields } = findHeader(lines, fieldsNamed);
	const cells = lines[at]?.cells.length ?? 0;
	// Without a header that says something, the first row decides alone: values hold any character.
	const agreeing =
		fields === 0 || cells < 2
			? 0
			: lines.slice(at + 1).filter((line) => line.cells.length === cells).length;
	return { fields, agreeing, cells };
}

function firstLines(text: string, delimiter: string): Array<{ cells: string[] }> {
	const reader = new RecordReader(delimiter);
	const lines: Array<{ cells: string[] }> = [];
	try {
		// A line of nothing but delimiters is no header yet.
		for (const part of [reader.push(text), reader.finish()])
			for (const { cells: records } of part)
				for (const cells of records) {
					// A line of nothing but delimiters is no header yet.
					if (cells.some((cell) => /[^\s,;|]/.test(cell))) lines.push({ cells });
					if (lines.length === HEADER_WITHIN) return lines;
				}
	} catch (error) {
		// A quote that is open for this delimiter, or cut off with the opening: what was read counts.
		if (!(error instanceof FileFault)) throw error as Error;
	}
	return lines;
}

/** A line ends with CR alone and none with LF, what stands in quotes aside. */
function endsLinesWithReturns(text: string): boolean {
	let quoted = false;
	let returns = false;
	let opening = true;
	for (let at = 0; at < text.length; at++) {
		const character = text[at];
		if (quoted) {
			if (character === '"') quoted = false;
		} else if (character === '"') {
			// A doubled quote ends and begins: it is still open behind it.
			quoted = opening || text[at - 1] === '"';
		} else if (character === '\n') {
			return false;
		} else {
			if (character === '\r') returns = true;
			opening =
				character === '\r' || DELIMITERS.includes(character) || (opening && character === ' ');
			continue;
		}
		opening = false;
	}
	return returns;
}
