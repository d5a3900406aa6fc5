import { inBlocks, withFirst } from './blocks';
import { readCsv } from './csv';
import { emptyFile, FileFault } from './fault';
import { detectFormat, refuseOtherFiles } from './format';
import { readJson } from './json';
import { decode, detectEncoding, withoutRemains } from './text';
import { isOfficeFile, refuseOtherOfficeFiles } from './workbooks';
import { openBook, readBook } from './xlsx/read';
import { Bytes } from './xlsx/zip';
import type { FileHead, FileRow, OpenedFile, ReadOptions } from './types';

type Parts = AsyncGenerator<FileHead | FileRow[]>;

/** The head of the file first, then its rows block by block. */
async function* read(chunks: AsyncIterable<Uint8Array>, options: ReadOptions): Parts {
	const bytes = inBlocks(chunks);
	try {
		const { value: head, done } = await bytes.next();
		if (done) throw emptyFile();
		const whole = withFirst(head, bytes);
		yield* isOfficeFile(head) ? readWorkbook(whole, options) : readText(head, whole, options);
	} finally {
		// Whatever ended the reading, the source is not read further.
		await bytes.return(undefined);
	}
}

async function* readWorkbook(bytes: AsyncIterable<Uint8Array>, options: ReadOptions): Parts {
	// What is needed first stands at the end of the file.
	const held = await Bytes.collect(bytes);
	await refuseOtherOfficeFiles(held);
	const book = await openBook(held);
	const again = async () => await opened(reading());
	async function* reading(): Parts {
		for await (const part of notEmpty(readBook(book, options, []), NO_ROWS))
			yield Array.isArray(part) ? part : { ...part, again };
	}
	yield* reading();
}

async function* readText(
	head: Uint8Array,
	bytes: AsyncIterable<Uint8Array>,
	options: ReadOptions,
): Parts {
	refuseOtherFiles(head);
	const notices: string[] = [];
	const encoding = detectEncoding(head, options.encoding);
	const notice = (said: string) => void notices.push(said);
	const text = withoutRemains(decode(bytes, encoding, notice), notice);
	const opening = (await text.next()).value as string;
	const whole = withFirst(opening, text);
	if (detectFormat(opening, options, notice) === 'csv')
		return yield* notEmpty(readCsv(whole, options, notices), NO_ROWS);
	yield { notices };
	yield* notEmpty(readJson(whole, options, notices), EMPTY_LIST);
}

const NO_ROWS = 'The file has a header but no rows. Add at least one row below the header.';
const EMPTY_LIST = 'The file holds an empty list. Add at least one record to it.';

async function* notEmpty(parts: AsyncIterable<FileHead | FileRow[]>, message: string): Parts {
	let empty = true;
	for await (const part of parts) {
		if (Array.isArray(part)) empty = false;
		yield part;
	}
	if (empty) throw new FileFault(message);
}

/**
 * Opens an Excel, CSV, JSON or NDJSON file as a stream: at no time is more than a few blocks of it in memory, and of a workbook
 * the packed file and its texts.
 *
 * JSON is one list of objects, or objects one after another (NDJSON; a single object is one row).
 *
 * @throws FileFault, here or while reading `rows`: no such file, empty, no rows, broken. What concerns one row only stands
 * in its `problem`.
 */
export async function openRows(
	chunks: AsyncIterable<Uint8Array>,
	options: ReadOptions = {},
): Promise<OpenedFile> {
	return await opened(read(chunks, options));
}

async function opened(parts: Parts): Promise<OpenedFile> {
	const head = (await parts.next()).value as FileHead;
	return { ...head, rows: parts as AsyncGenerator<FileRow[]> };
}
