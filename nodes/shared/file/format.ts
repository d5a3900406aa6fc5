import { FileFault } from './fault';
import type { ReadOptions } from './types';

const ARCHIVE =
	'This is a compressed file. Put n8n\'s "Compression" node before this node, or provide the file inside it.';
const WEB_TABLE =
	'This is a web table that was named as a spreadsheet. Open it in Excel, save it as XLSX or CSV, and provide that.';
const XML_SPREADSHEET =
	'This is an XML spreadsheet of Excel 2003. Open it in Excel, save it as XLSX or CSV, and provide that.';
const WEB_PAGE =
	'This is a web page, not a data file. Check the address it was downloaded from: it may ask for a sign-in first.';

/** What people provide instead of a text file, by its first bytes, each read as a character. */
const OTHER_FILES: ReadonlyArray<readonly [start: string, message: string]> = [
	['\x1f\x8b', ARCHIVE],
	['%PDF', 'This is a PDF file. Provide the data as Excel, CSV, JSON or NDJSON.'],
	['<!doctype html', WEB_PAGE],
	['<html', WEB_PAGE],
	['<?xml', 'This is an XML file. Provide the data as Excel, CSV, JSON or NDJSON.'],
];

/** @param head first block of the file. @throws FileFault for files that are no data in text form. */
export function refuseOtherFiles(head: Uint8Array): void {
	const text = Buffer.from(head).toString('latin1');
	const start = text
		.replace(/^\xef\xbb\xbf/, '')
		.trimStart()
		.slice(0, 20)
		.toLowerCase();
	if (start.startsWith('<')) refuseMarkup(text.replaceAll('\0', '').toLowerCase());
	const message = OTHER_FILES.find(([other]) => start.startsWith(other.toLowerCase()))?.[1];
	if (message !== undefined) throw new FileFault(message);
}

/** Report tools write tables of the web or XML and name them .xls; Excel opens them, with a warning. */
function refuseMarkup(text: string): void {
	if (text.includes('urn:schemas-microsoft-com:office:spreadsheet'))
		throw new FileFault(XML_SPREADSHEET);
	const isTable = /<t[hd][\s>]/.test(text) && !/<(?:form|script)[\s>]/.test(text);
	if (isTable || text.includes('urn:schemas-microsoft-com:office:excel'))
		throw new FileFault(WEB_TABLE);
}

/** One reader serves `json` and `ndjson`: NDJSON is JSON objects one after another. */
export type Format = 'csv' | 'json';

const BY_EXTENSION: ReadonlyMap<string | undefined, Format> = new Map([
	['csv', 'csv'],
	['tsv', 'csv'],
	['tab', 'csv'],
	['json', 'json'],
	['ndjson', 'json'],
	['jsonl', 'json'],
]);

const BY_MIME_TYPE: ReadonlyArray<readonly [RegExp, Format]> = [
	[/json/, 'json'],
	// Not application/vnd.ms-excel: browsers on Windows say so of any text a spreadsheet opens.
	[/csv|separated-values/, 'csv'],
];

/** No CSV begins so: a list of objects, an empty list, or an object. */
const JSON_START = /^\s*(?:\[\s*(?:[{\]]|$)|\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\}|$))/;

/**
 * @param start first characters of the file; where they are clear, they win over its name.
 * @param notice told when they do.
 */
export function detectFormat(
	start: string,
	options: ReadOptions,
	notice: (text: string) => void,
): Format {
	if (options.format) return options.format === 'csv' ? 'csv' : 'json';
	const named = namedFormat(options);
	const isJson = JSON_START.test(start);
	const isCsv = !/^\s*[[{]/.test(start) && start.trim() !== '';
	if (named === 'csv' && isJson)
		notice('The file is named or sent as CSV, but holds JSON: it was read as JSON.');
	if (named === 'json' && isCsv)
		notice('The file is named or sent as JSON, but holds none: it was read as CSV.');
	if (isJson || isCsv) return isJson ? 'json' : 'csv';
	return named ?? 'json';
}

function namedFormat(options: ReadOptions): Format | undefined {
	const extension = /\.(\w+)$/.exec(options.fileName?.trim() ?? '')?.[1].toLowerCase();
	const mimeType = options.mimeType?.toLowerCase() ?? '';
	return (
		BY_EXTENSION.get(extension) ?? BY_MIME_TYPE.find(([pattern]) => pattern.test(mimeType))?.[1]
	);
}
