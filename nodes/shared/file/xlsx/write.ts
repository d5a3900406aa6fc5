import { columnLetter } from '../columns';
import { MAX_ROWS } from './cells';
import { zipOf } from './zipWriter';

/** How a cell looks. All are formatted as text: what is typed there stays as it was typed. */
export type Look = 'text' | 'header' | 'required' | 'note';

const LOOKS: readonly Look[] = ['text', 'header', 'required', 'note'];

export interface WrittenCell {
	text: string;
	look?: Look;
}

interface Prompt {
	column: number;
	text?: string;
}

export interface WrittenSheet {
	name: string;
	hidden?: boolean;
	/** In characters. */
	widths?: readonly number[];
	rows: Iterable<readonly WrittenCell[]>;
	/** Columns whose cells are chosen from a range of another sheet. With `refusal`, from nothing else. */
	choices?: ReadonlyArray<Prompt & { from: string; refusal?: string }>;
	/** What is shown beside the cells of a column while they are filled in. */
	prompts?: readonly Prompt[];
	/** The first row stays in sight. */
	frozen?: boolean;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export const XLSX_TYPE = `${TYPES}.sheet`;

const ESCAPES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
};
/** What XML cannot hold, half a character included, and texts that would be read as the code of such a character. */
const UNWRITABLE = new RegExp(
	[
		'[\\u0000-\\u0008\\u000b-\\u001f\\ufffe\\uffff]',
		'_(?=x[0-9A-Fa-f]{4}_)',
		'[\\ud800-\\udbff](?![\\udc00-\\udfff])',
		'(?<![\\ud800-\\udbff])[\\udc00-\\udfff]',
	].join('|'),
	'g',
);

const coded = (character: string): string =>
	`_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign]);
const cellText = (text: string): string => escaped(text.replace(UNWRITABLE, coded));

const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font><font><i/><sz val="11"/><color rgb="FF7F7F7F"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFE699"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${[
	[0, 0],
	[1, 0],
	[1, 2],
	[2, 0],
]
	.map(
		([font, fill]) =>
			`<xf numFmtId="49" fontId="${font}" fillId="${fill}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>`,
	)
	.join('')}</cellXfs></styleSheet>`;

const styleOf = (look: Look = 'text'): number => LOOKS.indexOf(look) + 1;

function rowXml(cells: readonly WrittenCell[], row: number): string {
	let xml = `<row r="${row}">`;
	cells.forEach(({ text, look }, column) => {
		if (text === '' && look === undefined) return;
		const reference = `${columnLetter(column)}${row}`;
		xml +=
			text === ''
				? `<c r="${reference}" s="${styleOf(look)}"/>`
				: `<c r="${reference}" s="${styleOf(look)}" t="inlineStr"><is><t xml:space="preserve">${cellText(text)}</t></is></c>`;
	});
	return `${xml}</row>`;
}

function* sheetXml(sheet: WrittenSheet): Generator<string> {
	const { widths = [], choices = [], prompts = [], frozen } = sheet;
	const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
	yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">${frozen ? pane : ''}</sheetView></sheetViews>`;
	if (widths.length > 0)
		yield `<cols>${widths
			.map(
				(width, at) =>
					// Columns are text to their end, rows that are still empty included.
					`<col min="${at + 1}" max="${at + 1}" width="${width}" style="${styleOf()}" customWidth="1"/>`,
			)
			.join('')}</cols>`;
	yield '<sheetData>';
	let row = 0;
	for (const cells of sheet.rows) yield rowXml(cells, ++row);
	yield '</sheetData>';
	const validations = [...choices.map(choiceXml), ...prompts.map((prompt) => validation(prompt))];
	if (validations.length > 0)
		yield `<dataValidations count="${validations.length}">${validations.join('')}</dataValidations>`;
	yield '</worksheet>';
}

/** Excel shows no more of it, and takes a file with more for damaged. */
const MAX_PROMPT = 255;

function validation({ column, text }: Prompt, rule = '', formula = ''): string {
	const letter = columnLetter(column);
	const shown =
		text === undefined
			? ''
			: ` showInputMessage="1" prompt="${escaped(text.slice(0, MAX_PROMPT))}"`;
	return `<dataValidation${rule} allowBlank="1"${shown} sqref="${letter}2:${letter}${MAX_ROWS}">${formula}</dataValidation>`;
}

function choiceXml({ from, refusal, ...prompt }: NonNullable<WrittenSheet['choices']>[number]) {
	const strict = refusal === undefined ? '' : ` showErrorMessage="1" error="${escaped(refusal)}"`;
	return validation(prompt, ` type="list"${strict}`, `<formula1>${escaped(from)}</formula1>`);
}

const relations = (entries: ReadonlyArray<readonly [type: string, target: string]>): string =>
	`${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${entries
		.map(
			([type, target], at) =>
				`<Relationship Id="rId${at + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
		)
		.join('')}</Relationships>`;

/** A workbook of text cells. Rows are written as they are asked for and held only compressed. */
export async function workbookOf(sheets: readonly WrittenSheet[]): Promise<Buffer> {
	const fileOf = (at: number) => `worksheets/sheet${at + 1}.xml`;
	const types = [
		['workbook.xml', 'sheet.main'],
		['styles.xml', 'styles'],
		...sheets.map((_, at) => [fileOf(at), 'worksheet']),
	];
	return await zipOf([
		{
			name: '[Content_Types].xml',
			content: [
				`${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${types
					.map(
						([part, type]) =>
							`<Override PartName="/xl/${part}" ContentType="${TYPES}.${type}+xml"/>`,
					)
					.join('')}</Types>`,
			],
		},
		{ name: '_rels/.rels', content: [relations([['officeDocument', 'xl/workbook.xml']])] },
		{
			name: 'xl/workbook.xml',
			content: [
				`${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets
					.map(
						({ name, hidden }, at) =>
							`<sheet name="${escaped(name)}" sheetId="${at + 1}"${hidden ? ' state="hidden"' : ''} r:id="rId${at + 1}"/>`,
					)
					.join('')}</sheets></workbook>`,
			],
		},
		{
			name: 'xl/_rels/workbook.xml.rels',
			content: [
				relations([
					...sheets.map((_, at) => ['worksheet', fileOf(at)] as const),
					['styles', 'styles.xml'],
				]),
			],
		},
		{ name: 'xl/styles.xml', content: [STYLES] },
		...sheets.map((sheet, at) => ({ name: `xl/${fileOf(at)}`, content: sheetXml(sheet) })),
	]);
}
