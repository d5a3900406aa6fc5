import { FileFault } from './fault';

export interface Dialect {
	delimiter: string;
	/** The character that ends a record: `\n` for LF and CRLF. */
	lineEnd: '\n' | '\r';
	/** Characters before the first record. */
	skip: number;
}

const DELIMITERS = [',', ';', '\t'];

/** Excel's own first line, which it does not show: the header below it is row 1. */
const SEPARATOR_LINE = /^sep=([^"\r\n])(?:\r\n|\n|\r)/i;

/**
 * Reads how a CSV is written from its header, outside quotes.
 *
 * @param text start of the file; the header counts as far as it goes.
 * @param chosen the delimiter the user set.
 */
export function detectDialect(text: string, chosen?: string): Dialect {
	if (chosen !== undefined && !/^[^"\r\n]$/.test(chosen))
		throw new FileFault(
			'The delimiter must be one character, for example a comma, a semicolon or a tab.',
		);
	const separator = SEPARATOR_LINE.exec(text);
	const delimiter = chosen ?? separator?.[1];
	const candidates = delimiter === undefined ? DELIMITERS : [delimiter];
	const counts = candidates.map(() => 0);
	const skip = separator?.[0].length ?? 0;

	const opens = (at: number): boolean =>
		at === skip || '\r\n'.includes(text[at - 1]) || candidates.includes(text[at - 1]);
	let quoted = false;
	let blank = true;
	let lineEnd: Dialect['lineEnd'] = '\n';
	for (let at = skip; at < text.length; at++) {
		const character = text[at];
		if (quoted) {
			if (character !== '"') continue;
			if (text[at + 1] === '"') at++;
			else quoted = false;
		} else if (character === '"' && opens(at)) {
			quoted = true;
			blank = false;
		} else if (candidates.includes(character)) {
			counts[candidates.indexOf(character)]++;
		} else if (character === '\n' || character === '\r') {
			lineEnd = character === '\n' || text[at + 1] === '\n' ? '\n' : '\r';
			// A line of nothing but delimiters is no header yet.
			if (!blank) break;
		} else if (character.trim() !== '') {
			blank = false;
		}
	}
	const most = counts.indexOf(Math.max(...counts));
	return { delimiter: candidates[most], lineEnd, skip };
}
