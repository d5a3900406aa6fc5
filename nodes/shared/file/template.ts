import { BYTE_ORDER_MARK, writeLine } from './csvWriter';
import type { WrittenFile } from './rejects';
import { columnLetter } from './columns';
import { workbookOf, XLSX_TYPE, type WrittenCell, type WrittenSheet } from './xlsx/write';

export type TemplateFormat = 'xlsx' | 'csv';

export interface TemplateColumn {
	label: string;
	required: boolean;
	/** What people read beside the cell while they fill it in. */
	help?: string;
	/** Values to choose from. */
	choices?: readonly string[];
	/** Other values than the choices are allowed. */
	open?: boolean;
	example: string;
}

/** Behind the name of a column that must be filled; headings are read without it. */
const REQUIRED_MARK = ' *';
const headingOf = ({ label, required }: TemplateColumn): string =>
	required ? `${label}${REQUIRED_MARK}` : label;

/** Wide enough to read most names and addresses. */
const MIN_WIDTH = 16;
const CHOICES = 'Choices';

/** A file with a heading for each column and one row that shows how they are filled. */
export async function templateFile(
	columns: readonly TemplateColumn[],
	format: TemplateFormat,
	name: string,
): Promise<WrittenFile> {
	if (format === 'csv')
		return {
			data: Buffer.from(
				BYTE_ORDER_MARK +
					writeLine(columns.map(headingOf), ',') +
					writeLine(
						columns.map(({ example }) => example),
						',',
					),
			),
			name: `${name}.csv`,
			type: 'text/csv',
		};
	return { data: await workbook(columns), name: `${name}.xlsx`, type: XLSX_TYPE };
}

async function workbook(columns: readonly TemplateColumn[]): Promise<Buffer> {
	const chosen = columns.flatMap(({ choices = [], open = false }, column) =>
		choices.length === 0 ? [] : [{ column, choices, open }],
	);
	const sheets: WrittenSheet[] = [
		{
			name: 'Template',
			widths: columns.map((column) => Math.max(MIN_WIDTH, headingOf(column).length + 2)),
			frozen: true,
			rows: [
				columns.map((column) => ({
					text: headingOf(column),
					look: column.required ? ('required' as const) : ('header' as const),
				})),
				columns.map(({ example }) => ({ text: example, look: 'note' as const })),
			],
			prompts: columns.flatMap(({ help }, column) =>
				help === undefined || chosen.some((each) => each.column === column)
					? []
					: [{ column, text: help }],
			),
			choices: chosen.map(({ column, choices, open }, at) => ({
				column,
				from: `${CHOICES}!$${columnLetter(at)}$1:$${columnLetter(at)}$${choices.length}`,
				text: columns[column].help,
				...(open ? {} : { refusal: 'Choose one of the list.' }),
			})),
		},
	];
	if (chosen.length > 0)
		sheets.push({
			name: CHOICES,
			hidden: true,
			rows: listed(chosen.map(({ choices }) => choices)),
		});
	return await workbookOf(sheets);
}

/** Lists side by side, as columns. */
function* listed(lists: ReadonlyArray<readonly string[]>): Generator<WrittenCell[]> {
	const longest = Math.max(...lists.map(({ length }) => length));
	for (let row = 0; row < longest; row++) yield lists.map((list) => ({ text: list[row] ?? '' }));
}
