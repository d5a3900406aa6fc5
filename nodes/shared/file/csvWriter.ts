import { mark } from './marks';

/** Excel takes UTF-8 for another encoding without it. */
export const BYTE_ORDER_MARK = '\ufeff';

/** Quotes by RFC 4180, and around any character a reader could take for the delimiter. */
function writeCell(text: string): string {
	const cell = mark(text);
	return /[",;\t\r\n|]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

export const writeLine = (cells: readonly string[], delimiter: string): string =>
	`${cells.map(writeCell).join(delimiter)}\r\n`;
