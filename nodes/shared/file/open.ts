import { inBlocks, withFirst } from './blocks';
import { readCsv } from './csv';
import { emptyFile, FileFault } from './fault';
import { detectFormat, refuseOtherFiles } from './format';
import { readJson } from './json';
import { decode, detectEncoding, withoutRemains } from './text';
import type { FileHead, FileRow, OpenedFile, ReadOptions } from './types';

/** The head of the file first, then its rows block by block. */
async function* read(
	chunks: AsyncIterable<Uint8Array>,
	options: ReadOptions,
): AsyncGenerator<FileHead | FileRow[]> {
	const bytes = inBlocks(chunks);
	try {
		const { value: head, done } = await bytes.next();
		if (done) throw emptyFile();
		refuseOtherFiles(head);

		const notices: string[] = [];
		const encoding = detectEncoding(head, options.encoding);
		const notice = (said: string) => void notices.push(said);
		const text = withoutRemains(decode(withFirst(head, bytes), encoding, notice), notice);
		const opening = (await text.next()).value as string;
		const whole = withFirst(opening, text);
		const csv = detectFormat(opening, options, notice) === 'csv';
		if (!csv) yield { notices };

		let empty = true;
		for await (const part of csv
			? readCsv(whole, options, notices)
			: readJson(whole, options, notices)) {
			if (Array.isArray(part)) empty = false;
			yield part;
		}
		if (empty)
			throw new FileFault(
				csv
					? 'The file has a header but no rows. Add at least one row below the header.'
					: 'The file holds an empty list. Add at least one record to it.',
			);
	} finally {
		// Whatever ended the reading, the source is not read further.
		await bytes.return(undefined);
	}
}

/**
 * Opens a CSV, JSON or NDJSON file as a stream: at no time is more than a few blocks of it in memory.
 *
 * JSON is one list of objects, or objects one after another (NDJSON; a single object is one row).
 *
 * @throws FileFault, here or while reading `rows`: no text file, empty, no rows, broken. What concerns one row only stands
 * in its `problem`.
 */
export async function openRows(
	chunks: AsyncIterable<Uint8Array>,
	options: ReadOptions = {},
): Promise<OpenedFile> {
	const rows = read(chunks, options);
	const head = (await rows.next()).value as FileHead;
	return { ...head, rows: rows as AsyncGenerator<FileRow[]> };
}
