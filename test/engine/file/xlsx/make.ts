import { inBlocks } from '../../../../nodes/shared/file/blocks';
import type { Line } from '../../../../nodes/shared/file/xlsx/cells';
import { SheetReader } from '../../../../nodes/shared/file/xlsx/sheet';
import { SharedStrings } from '../../../../nodes/shared/file/xlsx/strings';
import { openWorkbook } from '../../../../nodes/shared/file/xlsx/workbook';
import { Archive, Bytes } from '../../../../nodes/shared/file/xlsx/zip';
import { collect, stream } from '../reading';
import { zipOf, type Part } from '../../../../nodes/shared/file/xlsx/zipWriter';

const OFFICE = 'http://schemas.openxmlformats.org';
const RELATION = `${OFFICE}/officeDocument/2006/relationships`;
export const MAIN = `xmlns="${OFFICE}/spreadsheetml/2006/main"`;

export interface RawSheet {
	name?: string;
	state?: string;
	/** What stands in `sheetData`. */
	data: string;
	/** What stands behind it. */
	behind?: string;
	type?: string;
}

export interface RawWorkbook {
	sheets: readonly RawSheet[];
	/** The entries of the shared strings. */
	strings?: string;
	/** Number formats by style, beginning with style 0: an ID, or a code. */
	formats?: ReadonlyArray<number | string>;
	date1904?: string;
	/** Parts to replace or add. */
	parts?: Readonly<Record<string, string | undefined>>;
}

/** The XML of a workbook as it is written in it, so that tests can write what no program would. */
export function partsOf({
	sheets,
	strings,
	formats = [],
	date1904,
	parts = {},
}: RawWorkbook): Part[] {
	const escaped = (text: string) =>
		text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
	const relations = (entries: ReadonlyArray<readonly [id: string, type: string, target: string]>) =>
		`<Relationships xmlns="${OFFICE}/package/2006/relationships">${entries
			.map(
				([id, type, to]) => `<Relationship Id="${id}" Type="${RELATION}/${type}" Target="${to}"/>`,
			)
			.join('')}</Relationships>`;
	const all: Record<string, string | undefined> = {
		'[Content_Types].xml': `<Types xmlns="${OFFICE}/package/2006/content-types"/>`,
		'_rels/.rels': relations([['r1', 'officeDocument', 'xl/workbook.xml']]),
		'xl/workbook.xml': `<workbook ${MAIN} xmlns:r="${RELATION}"><workbookPr${
			date1904 === undefined ? '' : ` date1904="${date1904}"`
		}/><sheets>${sheets
			.map(
				({ name = 'People', state }, at) =>
					`<sheet name="${escaped(name)}" sheetId="${at + 1}"${
						state === undefined ? '' : ` state="${state}"`
					} r:id="s${at + 1}"/>`,
			)
			.join('')}</sheets></workbook>`,
		'xl/_rels/workbook.xml.rels': relations([
			...sheets.map(
				({ type = 'worksheet' }, at) =>
					[`s${at + 1}`, type, `worksheets/sheet${at + 1}.xml`] as const,
			),
			['st', 'styles', 'styles.xml'],
			...(strings === undefined ? [] : [['ss', 'sharedStrings', '/xl/sharedStrings.xml'] as const]),
		]),
		'xl/styles.xml': `<styleSheet ${MAIN}><numFmts>${formats
			.map((format, at) =>
				typeof format === 'string'
					? `<numFmt numFmtId="${200 + at}" formatCode="${escaped(format)}"/>`
					: '',
			)
			.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${formats
			.map((format, at) => `<xf numFmtId="${typeof format === 'string' ? 200 + at : format}"/>`)
			.join('')}</cellXfs></styleSheet>`,
		...(strings === undefined ? {} : { 'xl/sharedStrings.xml': `<sst ${MAIN}>${strings}</sst>` }),
	};
	sheets.forEach(({ data, behind = '' }, at) => {
		all[`xl/worksheets/sheet${at + 1}.xml`] =
			`<worksheet ${MAIN}><sheetData>${data}</sheetData>${behind}</worksheet>`;
	});
	Object.assign(all, parts);
	return Object.entries(all).flatMap(([name, content]) =>
		content === undefined ? [] : [{ name, content: [content] }],
	);
}

export const workbook = async (raw: RawWorkbook): Promise<Buffer> => await zipOf(partsOf(raw));

/** A workbook of one sheet with the header A1, B1, C1 … in its first row, and this below it. */
export const below = async (
	columns: number,
	rows: string,
	more: Omit<RawWorkbook, 'sheets'> & { behind?: string } = {},
): Promise<Buffer> =>
	await workbook({ ...more, sheets: [{ data: headerOf(columns) + rows, behind: more.behind }] });

export const headerOf = (columns: number): string =>
	`<row r="1">${Array.from(
		{ length: columns },
		(_, at) => `<c t="str"><v>${String.fromCharCode(65 + at)}1</v></c>`,
	).join('')}</row>`;

/** The rows of the only sheet, before anything is made of them. */
export async function linesOf(file: Buffer): Promise<Line[]> {
	const book = await openWorkbook(Archive.open(await Bytes.collect(inBlocks(stream(file)))));
	const strings = await SharedStrings.read(book.archive, book.strings);
	const lines = await collect(new SheetReader(book, book.sheets[0], strings).lines());
	return lines.flat();
}
