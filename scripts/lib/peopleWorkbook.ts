import { writeFile } from 'node:fs/promises';

import { columnLetter } from '../../nodes/shared/file/columns';
import { zipOf } from '../../nodes/shared/file/xlsx/zipWriter';

const OFFICE = 'http://schemas.openxmlformats.org';
const MAIN = `xmlns="${OFFICE}/spreadsheetml/2006/main"`;
const RELATION = `${OFFICE}/officeDocument/2006/relationships`;
const DAY_MS = 86_400_000;
const EPOCH_DAYS = 25_569;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;
/** Rows written at a time. */
const ROWS = 1000;

/**
 * A workbook as Excel saves it: every text once, in a list of its own, and dates as numbers with a format. The rows are made anew
 * for each part, so that their number does not matter.
 */
export async function writePeopleWorkbook(
	path: string,
	rows: number,
	header: readonly string[],
	rowAt: (n: number) => readonly string[],
): Promise<void> {
	/** Texts of many rows, by their number. */
	const common = new Map<string, number>();
	let texts = 0;
	const unique = new Set<string>();
	// A text that comes in the first and the second row comes in all of them.
	const [first, second] = [rowAt(0), rowAt(1)];
	first.forEach((text, at) => text === second[at] && unique.add(text));

	const inBlocks = function* (
		cellOf: (text: string) => string,
		wrap: (row: number, cells: string[]) => string,
	) {
		for (let from = 0; from <= rows; from += ROWS) {
			let block = '';
			for (let n = from; n < Math.min(from + ROWS, rows + 1); n++)
				block += wrap(n + 1, (n === 0 ? header : rowAt(n - 1)).map(cellOf));
			yield block;
		}
	};
	const indexOf = (text: string): number => {
		if (!unique.has(text)) return texts++;
		const known = common.get(text);
		if (known !== undefined) return known;
		common.set(text, texts);
		return texts++;
	};
	function* strings() {
		texts = 0;
		common.clear();
		yield `<sst ${MAIN}>`;
		const seen = new Set<string>();
		yield* inBlocks(
			(text) => {
				if (ISO_DATE.test(text) || seen.has(text)) return '';
				if (unique.has(text)) seen.add(text);
				return `<si><t>${text}</t></si>`;
			},
			(_, cells) => cells.join(''),
		);
		yield '</sst>';
	}
	function* sheet() {
		texts = 0;
		common.clear();
		yield `<worksheet ${MAIN}><sheetData>`;
		yield* inBlocks(
			(text) =>
				ISO_DATE.test(text)
					? ` s="1"><v>${Date.parse(text) / DAY_MS + EPOCH_DAYS}`
					: ` t="s"><v>${indexOf(text)}`,
			(row, cells) =>
				`<row r="${row}" spans="1:${header.length}">${cells
					.map((cell, at) => `<c r="${columnLetter(at)}${row}"${cell}</v></c>`)
					.join('')}</row>`,
		);
		yield '</sheetData></worksheet>';
	}
	const relations = (...entries: ReadonlyArray<readonly [type: string, target: string]>) =>
		`<Relationships xmlns="${OFFICE}/package/2006/relationships">${entries
			.map(
				([type, to], at) =>
					`<Relationship Id="rId${at + 1}" Type="${RELATION}/${type}" Target="${to}"/>`,
			)
			.join('')}</Relationships>`;
	const file = await zipOf([
		{
			name: '[Content_Types].xml',
			content: [`<Types xmlns="${OFFICE}/package/2006/content-types"/>`],
		},
		{ name: '_rels/.rels', content: [relations(['officeDocument', 'xl/workbook.xml'])] },
		{
			name: 'xl/workbook.xml',
			content: [
				`<workbook ${MAIN} xmlns:r="${RELATION}"><sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>`,
			],
		},
		{
			name: 'xl/_rels/workbook.xml.rels',
			content: [
				relations(
					['worksheet', 'worksheets/sheet1.xml'],
					['styles', 'styles.xml'],
					['sharedStrings', 'sharedStrings.xml'],
				),
			],
		},
		{ name: 'xl/worksheets/sheet1.xml', content: sheet() },
		{
			name: 'xl/styles.xml',
			content: [
				`<styleSheet ${MAIN}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
			],
		},
		{ name: 'xl/sharedStrings.xml', content: strings() },
	]);
	await writeFile(path, file);
}
