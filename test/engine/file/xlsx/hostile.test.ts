import { deflateRawSync } from 'node:zlib';

import { zipOf } from '../../../../nodes/shared/file/xlsx/zipWriter';
import { faultOf, readFile, stream } from '../reading';
import { openRows } from '../../../../nodes/shared/file';
import { below, headerOf, MAIN, partsOf, workbook } from './make';

const DAMAGED =
	'The Excel file is damaged. Open it in Excel, save it again as .xlsx, and provide that file.';
const OVERSIZED =
	'The Excel file unpacks to far more than a list needs. Copy the list into a new workbook, or save it as CSV.';
const ENTITIES = /^The Excel file holds XML entities/;
const ROW = '<row r="2"><c t="str"><v>a</v></c></row>';

describe('other files are refused in words that say what to do', () => {
	const compound = (stream: string) =>
		Buffer.concat([
			Buffer.from('d0cf11e0a1b11ae1', 'hex'),
			Buffer.alloc(2000),
			Buffer.from(stream, 'utf16le'),
			Buffer.alloc(100),
		]);
	const archive = async (...names: string[]) =>
		await zipOf(names.map((name) => ({ name, content: ['x'] })));

	it.each([
		[
			'a workbook under a password',
			compound('EncryptedPackage'),
			'The Excel file is protected by a password. Save it without one (File > Info > Protect Workbook), then run again.',
		],
		[
			'.xls',
			compound('Workbook'),
			'An Excel file of the old kind (.xls) cannot be read. Open it in Excel, save it as "Excel Workbook (.xlsx)", and provide that file.',
		],
		[
			'.doc',
			compound('WordDocument'),
			'This is no workbook. Provide the list as .xlsx, CSV, JSON or NDJSON.',
		],
		[
			'.xlsb',
			archive('[Content_Types].xml', 'xl/workbook.bin'),
			'A binary Excel file (.xlsb) cannot be read. Open it in Excel, save it as "Excel Workbook (.xlsx)", and provide that file.',
		],
		[
			'.ods',
			zipOf([{ name: 'mimetype', content: ['application/vnd.oasis.opendocument.spreadsheet'] }]),
			'An OpenDocument file (.ods) cannot be read. Open it in Excel, save it as "Excel Workbook (.xlsx)", and provide that file.',
		],
		[
			'.docx',
			archive('[Content_Types].xml', 'word/document.xml'),
			'This is a Word document. Provide the list as .xlsx or CSV.',
		],
		[
			'.numbers',
			archive('Index/Document.iwa'),
			'This is an Apple Numbers file. Export it as Excel (.xlsx) or CSV, and provide that file.',
		],
		[
			'an archive of files',
			archive('people.csv'),
			'This is a compressed file. Put n8n\'s "Compression" node before this node, or provide the file inside it.',
		],
	])('%s', async (_, file, message) => {
		expect(await faultOf(await file)).toBe(message);
	});

	it('a workbook of charts only', async () => {
		expect(await faultOf(await workbook({ sheets: [{ data: '', type: 'chartsheet' }] }))).toBe(
			'The Excel file has no sheet with cells. Check the node that provides it.',
		);
	});

	it('an empty sheet, and one of a header only', async () => {
		expect(await faultOf(await workbook({ sheets: [{ data: '' }] }))).toBe(
			'The file is empty. Check the node that provides it.',
		);
		expect(await faultOf(await below(2, ''))).toBe(
			'The file has a header but no rows. Add at least one row below the header.',
		);
	});
});

describe('damage is found before a row of it counts', () => {
	const whole = async () => await below(1, ROW.repeat(1).padEnd(3000));

	it('a file cut off anywhere', async () => {
		const file = await whole();
		for (let length = 4; length < file.length; length += 97)
			expect(await faultOf(file.subarray(0, length))).toBe(DAMAGED);
	});

	it('a byte changed in a part', async () => {
		const file = await below(1, `<row r="2"><c t="str"><v>${'value '.repeat(50)}</v></c></row>`);
		const at = file.indexOf(Buffer.from('xl/worksheets/sheet1.xml')) + 40;
		for (let by = 0; by < 60; by += 7) {
			const changed = Buffer.from(file);
			changed[at + by] ^= 0x11;
			expect(await faultOf(changed)).toMatch(/damaged|entities/);
		}
	});

	it.each([
		['a part that is missing', { parts: { 'xl/worksheets/sheet1.xml': undefined } }],
		['no workbook', { parts: { 'xl/workbook.xml': undefined } }],
		['XML that does not end', { parts: { 'xl/workbook.xml': `<workbook ${MAIN}><sheets>` } }],
		['no XML', { parts: { 'xl/worksheets/sheet1.xml': 'plain text' } }],
		['tags out of order', { parts: { 'xl/worksheets/sheet1.xml': '<a></a></b>' } }],
	])('%s', async (_, more) => {
		expect(await faultOf(await below(1, ROW, more))).toBe(DAMAGED);
	});

	it.each([
		['rows out of order', '<row r="3"/><row r="2"/>'],
		['a row that never is', '<row r="1048577"/>'],
		['a column that never is', '<row r="2"><c r="XFE2"/></row>'],
		['a reference without a column', '<row r="2"><c r="2"/></row>'],
		['two cells in one place', '<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>'],
		['half an entity', '<row r="2"><c t="str"><v>a &amp b</v></c></row>'],
		['a character that is none', '<row r="2"><c t="str"><v>&#x110000;</v></c></row>'],
	])('%s', async (_, rows) => {
		expect(await faultOf(await below(1, rows))).toBe(DAMAGED);
	});

	it('two parts of one name', async () => {
		const parts = partsOf({ sheets: [{ data: headerOf(1) + ROW }] });
		const sheet = parts.find(({ name }) => name.endsWith('sheet1.xml'));
		expect(await faultOf(await zipOf([...parts, sheet!]))).toBe(DAMAGED);
	});
});

describe('nothing a file can say fills the memory or stops the server', () => {
	/** A workbook whose sheet is this packed part, declared as large as it is, or as said. */
	async function withSheet(packed: Buffer, crc: number, size: number): Promise<Buffer> {
		const file = await zipOf(partsOf({ sheets: [{ data: 'MARK' }] }));
		const local = file.indexOf(Buffer.from('xl/worksheets/sheet1.xml')) - 30;
		const directory = file.indexOf(Buffer.from('504b0102', 'hex'));
		const moved = Buffer.concat([
			file.subarray(0, local),
			file.subarray(local, local + 54),
			packed,
			file.subarray(directory),
		]);
		const record = moved.lastIndexOf(Buffer.from('xl/worksheets/sheet1.xml')) - 46;
		moved.writeUInt32LE(crc, record + 16);
		moved.writeUInt32LE(packed.length, record + 20);
		moved.writeUInt32LE(size, record + 24);
		const end = moved.lastIndexOf(Buffer.from('504b0506', 'hex'));
		moved.writeUInt32LE(local + 54 + packed.length, end + 16);
		return moved;
	}

	it('a gigabyte of zeros', async () => {
		const zeros = deflateRawSync(Buffer.alloc(64 * 1024 * 1024));
		expect(await faultOf(await withSheet(zeros, 0, 1024 ** 3))).toBe(OVERSIZED);
	});

	it('more than the directory says', async () => {
		const zeros = deflateRawSync(Buffer.from('<a>'.padEnd(1024 * 1024)));
		expect(await faultOf(await withSheet(zeros, 0, 1000))).toBe(DAMAGED);
	});

	it('a part that shares its bytes with another', async () => {
		// Large and packed badly, so that its blocks are given back once the texts are read.
		const noise = Array.from({ length: 40_000 }, (_, at) =>
			Math.imul(at + 1, 2654435761).toString(36),
		).join('');
		const strings = `<si><t>a</t></si><!--${noise}-->`;
		const file = await below(1, ROW, { strings });
		const records: Buffer[] = ['xl/sharedStrings.xml', 'xl/worksheets/sheet1.xml'].map((name) => {
			const at = file.lastIndexOf(Buffer.from(name)) - 46;
			return file.subarray(at, at + 46);
		});
		// The sheet is said to lie where the texts do, with their sizes and checksum.
		records[0].copy(records[1], 16, 16, 28);
		records[0].copy(records[1], 42, 42, 46);
		expect(await faultOf(file)).toBe(DAMAGED);
	});

	it('entities that name each other', async () => {
		const laughs =
			'<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;&l;&l;&l;&l;&l;&l;">]><worksheet><sheetData><row><c t="str"><v>&m;</v></c></row></sheetData></worksheet>';
		for (const part of ['xl/worksheets/sheet1.xml', 'xl/workbook.xml', 'xl/styles.xml'])
			expect(await faultOf(await below(1, ROW, { parts: { [part]: laughs } }))).toMatch(ENTITIES);
		expect(await faultOf(await below(1, '<row r="2"><c t="str"><v>&x;</v></c></row>'))).toMatch(
			ENTITIES,
		);
	});

	it.each([
		['in a cell', (text: string) => below(1, `<row r="2"><c t="str"><v>${text}</v></c></row>`)],
		[
			'among the shared strings',
			(text: string) => below(1, ROW, { strings: `<si><t>${text}</t></si>` }),
		],
		[
			'in pieces',
			(text: string) =>
				below(1, ROW, {
					strings: `<si>${`<r><t>${text.slice(0, 20_000)}</t></r>`.repeat(2)}</si>`,
				}),
		],
	])('a text longer than a cell can be, %s', async (_, make) => {
		expect(await faultOf(await make('x'.repeat(32_768)))).toBe(
			'A cell is longer than 32,767 characters, more than Excel allows. Shorten it, or save the list as CSV.',
		);
		expect((await readFile([await make('x'.repeat(16_000))])).rows).toHaveLength(1);
	});

	it('a tag without end', async () => {
		expect(await faultOf(await below(1, `<row a="${'x'.repeat(600_000)}"/>`))).toBe(DAMAGED);
	});

	it('blanks and comments are not held', async () => {
		const filler = `<!-- ${'y'.repeat(2_000_000)} -->${' '.repeat(2_000_000)}`;
		const { rows } = await readFile([await below(1, `${filler}${ROW}`)]);
		expect(rows).toHaveLength(1);
	});

	it('a hundred thousand empty rows are read past', async () => {
		const file = await zipOf(
			partsOf({ sheets: [{ data: '' }] }).map((part) =>
				part.name.endsWith('sheet1.xml')
					? {
							...part,
							content: (function* () {
								yield `<worksheet><sheetData>${headerOf(1)}${ROW}`;
								for (let row = 3; row < 100_000; row += 1000) {
									let rows = '';
									for (let at = row; at < row + 1000; at++)
										rows += `<row r="${at}" s="1" customFormat="1"><c r="A${at}" s="1"/><c r="B${at}" s="1"/></row>`;
									yield rows;
								}
								yield '</sheetData></worksheet>';
							})(),
						}
					: part,
			),
		);
		expect((await readFile([file])).rows).toEqual([{ row: 2, values: { A1: 'a' } }]);
	});
});

it('stops reading its source when nobody wants more', async () => {
	let closed = false;
	async function* source() {
		try {
			yield await below(1, ROW);
		} finally {
			closed = true;
		}
	}
	const file = await openRows(source());
	await file.rows.next();
	await file.rows.return(undefined);
	expect(closed).toBe(true);
});

it('gives the same rows however the source cuts the file', async () => {
	const file = await below(1, ROW);
	const whole = await readFile([file]);
	for (const size of [1, 7, 100]) {
		const pieces: Buffer[] = [];
		for (let at = 0; at < file.length; at += size) pieces.push(file.subarray(at, at + size));
		const { rows } = await openRows(stream(...pieces));
		const read = [];
		for await (const block of rows) read.push(...block);
		expect(read).toEqual(whole.rows);
	}
});
