import * as fc from 'fast-check';
import { gzipSync } from 'zlib';

import { openRows, type FileRow } from '../../../nodes/shared/file';
import { BLOCK, inBlocks } from '../../../nodes/shared/file/blocks';
import { collect, cut, faultOf, readFile, stream } from './reading';

describe('files that cannot be read end in plain words', () => {
	const ARCHIVE =
		'This is a compressed file. Put n8n\'s "Compression" node before this node, or provide the file inside it.';
	const WEB_PAGE =
		'This is a web page, not a data file. Check the address it was downloaded from: it may ask for a sign-in first.';
	const WEB_TABLE =
		'This is a web table that was named as a spreadsheet. Open it in Excel, save it as XLSX or CSV, and provide that.';
	const NO_TEXT = 'This is not a text file. Provide the data as Excel, CSV, JSON or NDJSON.';
	const EMPTY = 'The file is empty. Check the node that provides it.';
	const bytes = (text: string) => Buffer.from(text, 'latin1');

	it.each<[string, Uint8Array, string]>([
		['no byte', bytes(''), EMPTY],
		['a byte order mark alone', Buffer.from('\ufeff'), EMPTY],
		['blank lines alone', bytes(' \n\r\n,,\n'), EMPTY],
		['a gzip file', gzipSync('a,b\n1,2\n'), ARCHIVE],
		[
			'a PDF',
			bytes('%PDF-1.7\n%âãÏÓ'),
			'This is a PDF file. Provide the data as Excel, CSV, JSON or NDJSON.',
		],
		['a web page', bytes('\n<!DOCTYPE html><a href="xl/a">'), WEB_PAGE],
		['a web page with a mark', Buffer.from('\ufeff<html lang="en">'), WEB_PAGE],
		[
			'XML',
			bytes('<?xml version="1.0"?>'),
			'This is an XML file. Provide the data as Excel, CSV, JSON or NDJSON.',
		],
		[
			'a table of the web',
			bytes(
				'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table><tr><th>A</th></tr>',
			),
			WEB_TABLE,
		],
		['a bare table', bytes('<table><tr><td>A</td></tr></table>'), WEB_TABLE],
		[
			'a page to sign in at, with a table',
			bytes('<!doctype html><form><table><tr><td>Name</td></tr></table></form>'),
			WEB_PAGE,
		],
		[
			'an XML spreadsheet',
			bytes('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'),
			'This is an XML spreadsheet of Excel 2003. Open it in Excel, save it as XLSX or CSV, and provide that.',
		],
		['a picture', bytes('\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0'), NO_TEXT],
		[
			'a header without rows',
			bytes('Name,Email\n'),
			'The file has a header but no rows. Add at least one row below the header.',
		],
		[
			'a header and blank lines',
			bytes('Name,Email\n\n,\n'),
			'The file has a header but no rows. Add at least one row below the header.',
		],
		['an empty list', bytes('[ ]'), 'The file holds an empty list. Add at least one record to it.'],
	])('%s', async (_, file, message) => {
		expect(await faultOf(file)).toBe(message);
	});

	it('blank JSON', async () => {
		expect(await faultOf(' \n', { format: 'ndjson' })).toBe(EMPTY);
	});
});

describe('a file of many blocks', () => {
	const cell = fc.stringOf(fc.constantFrom('a', 'é', '"', ',', '\n', '\r\n', ' ', '€'), {
		maxLength: 12,
	});
	const write = (cells: string[]) =>
		`x${cells.map((text) => `,"${text.replaceAll('"', '""')}"`).join('')}`;

	it('gives back the cells it was written from, wherever the stream is cut', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(cell, cell), { minLength: 20, maxLength: 40 }),
				fc.array(fc.nat(), { maxLength: 5 }),
				fc.constantFrom('\n', '\r\n'),
				async (records, positions, end) => {
					// Repeated until it spans three blocks.
					const times = Math.ceil((2 * BLOCK) / (records.length * 8)) + 1;
					const all = Array.from({ length: times }, () => records).flat();
					const file = Buffer.from(['k,a,b', ...all.map(write)].join(end));
					expect(file.length).toBeGreaterThan(2 * BLOCK);
					const { rows } = await readFile(cut(file, positions));
					expect(rows.map((row) => [row.values.a, row.values.b])).toEqual(all);
					expect(rows.map((row) => row.row)).toEqual(all.map((_, index) => index + 2));
				},
			),
			{ numRuns: 4 },
		);
	});

	it('reads a record the same at every place of a block edge', async () => {
		const record = '"é ""q"", €\r\n",é,\r\n';
		const values = { k: 'é "q", €\r\n', a: 'é', b: '' };
		const length = Buffer.byteLength(record);
		for (let before = 0; before <= length; before++) {
			const head = 'k,a,b\r\n';
			const fill = 'x'.repeat(BLOCK - before - head.length - ',,\r\n'.length);
			const { rows } = await readFile(`${head}${fill},,\r\n${record}${record}`);
			expect(rows.slice(1)).toEqual([
				{ row: 3, values },
				{ row: 4, values },
			]);
		}
	});
});

it.each([100, BLOCK - 1, BLOCK, BLOCK + 1, 10 * BLOCK])(
	'bytes come in blocks of one size from chunks of %i',
	async (size) => {
		const whole = Buffer.from(Array.from({ length: 2 * BLOCK + 7 }, (_, index) => index % 251));
		const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, index) =>
			whole.subarray(index * size, (index + 1) * size),
		);
		const blocks = await collect(inBlocks(stream(...chunks)));
		expect(blocks.map((block) => block.length)).toEqual([BLOCK, BLOCK, 7]);
		expect(Buffer.concat(blocks).equals(whole)).toBe(true);
	},
);

describe('the source', () => {
	const source = (rows: number) => {
		const state = { pulled: 0, closed: false };
		async function* chunks(): AsyncGenerator<Uint8Array> {
			try {
				yield Buffer.from('A,B\n');
				for (; state.pulled < rows; state.pulled++) yield Buffer.alloc(BLOCK, 'x,y\n');
			} finally {
				state.closed = true;
			}
		}
		return { state, chunks: chunks() };
	};

	it('is read as rows are asked for', async () => {
		const { state, chunks } = source(1000);
		const { rows } = await openRows(chunks);
		const [first] = (await rows.next()).value as FileRow[];
		expect(first).toMatchObject({ row: 2, values: { A: 'x', B: 'y' } });
		expect(state.pulled).toBeLessThan(4);
		await rows.return(undefined);
	});

	it('is closed when the reader stops, before the first row as well', async () => {
		const before = source(1000);
		await (await openRows(before.chunks)).rows.return(undefined);
		expect(before.state.closed).toBe(true);

		const amid = source(1000);
		const { rows } = await openRows(amid.chunks);
		for await (const block of rows) if (block.some(({ row }) => row === 20_000)) break;
		expect(amid.state.closed).toBe(true);
	});

	it('is closed when the file cannot be read', async () => {
		const { state, chunks } = source(1000);
		await expect(openRows(chunks, { encoding: 'utf-9' })).rejects.toThrow('not known');
		expect(state.closed).toBe(true);
	});

	it('passes its own error on', async () => {
		async function* failing(): AsyncGenerator<Uint8Array> {
			yield Buffer.from('A\n1\n');
			throw new Error('disk gone');
		}
		await expect(openRows(failing()).then(({ rows }) => collect(rows))).rejects.toThrow(
			'disk gone',
		);
	});
});
