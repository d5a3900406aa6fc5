import type { ReadOptions } from '../file';
import { SetupFault } from '../http';
import type { Options } from './options';

/** Rows of the largest spreadsheet. */
const MOST_ROWS = 1_048_576;

/** How the user wants files to be read; what is not said shows in the file. */
export function fileOptionsOf({
	encoding,
	delimiter,
	format,
	headerRow,
	sheet,
}: Options): ReadOptions {
	return {
		encoding: chosen(encoding),
		delimiter: chosen(delimiter) === 'tab' ? '\t' : chosen(delimiter),
		format: formatOf(chosen(format)),
		headerRow: headerRowOf(headerRow),
		sheet: chosenName(sheet),
	};
}

/** An expression without an answer chooses nothing. */
const chosen = (value: unknown): string | undefined =>
	value === undefined || value === null || value === '' || value === 'auto'
		? undefined
		: String(value);

/** A sheet may be called anything. */
const chosenName = (value: unknown): string | undefined =>
	value === undefined || value === null || value === '' ? undefined : String(value);

const FORMATS: ReadonlyArray<NonNullable<ReadOptions['format']>> = ['csv', 'json', 'ndjson'];

function formatOf(value: string | undefined): ReadOptions['format'] {
	const format = FORMATS.find((known) => known === value);
	if (format === undefined && value !== undefined)
		throw refused('"Format" is none that can be read. Choose one of the list.');
	return format;
}

function headerRowOf(value: unknown): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const row = Number(value);
	if (!Number.isInteger(row) || row < 1 || row > MOST_ROWS)
		throw refused('"Header Row" is not a row number. Enter a whole number from 1.');
	return row;
}

const refused = (message: string): SetupFault =>
	new SetupFault({ code: 'REFUSED', message, applied: 'no' });
