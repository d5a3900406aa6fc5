import { columnLetter } from '../../nodes/shared/file/columns';
import { workbook } from '../engine/file/xlsx/make';
import { encoded } from './encodings';
import { isPerson, type Cell, type Line, type List } from './list';

const shown = (cell: Cell): string => {
	if (typeof cell === 'string') return cell;
	if ('number' in cell) return String(cell.number);
	return 'error' in cell ? cell.error : '';
};

function csv({ lines, csv: form }: List): Buffer {
	const { delimiter, lineEnd, before, wrap, whole } = form;
	const quoted = (text: string) =>
		text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
	const rows = lines.map(({ cells }) =>
		cells.map((cell) => wrap(shown(cell), quoted(shown(cell)))).join(delimiter),
	);
	return encoded(before + whole(rows.map((row) => row + lineEnd).join('')), form.encoding);
}

function json({ lines, header, json: form }: List): Buffer {
	const records = lines
		.filter(isPerson)
		.map(({ cells }) =>
			Object.fromEntries(header.cells.map((name, at) => [shown(name), shown(cells[at] ?? '')])),
		);
	if (form.lines) return Buffer.from(records.map((record) => JSON.stringify(record)).join('\n'));
	const { wrapper, other } = form;
	if (wrapper === undefined) return Buffer.from(JSON.stringify(records));
	const others = records.map((record) =>
		Object.fromEntries(Object.keys(record).map((name) => [name, 'left'])),
	);
	return Buffer.from(
		JSON.stringify({ [wrapper]: records, ...(other !== undefined && { [other]: others }) }),
	);
}

const escaped = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

async function xlsx(list: List): Promise<Buffer> {
	const { lines, columns, xlsx: form } = list;
	const formats: string[] = ['General'];
	const strings: string[] = [];
	const styleOf = (format = 'General') => {
		if (!formats.includes(format)) formats.push(format);
		return formats.indexOf(format);
	};
	const textXml = (reference: string, text: string) => {
		if (text === '') return '';
		if (form.inlineStrings)
			return `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
		strings.push(`<si><t xml:space="preserve">${escaped(text)}</t></si>`);
		return `<c r="${reference}" t="s"><v>${strings.length - 1}</v></c>`;
	};
	const cellXml = (cell: Cell, reference: string): string => {
		if (typeof cell === 'string') return textXml(reference, cell);
		if ('error' in cell) return `<c r="${reference}" t="e"><v>${cell.error}</v></c>`;
		if ('formula' in cell) return `<c r="${reference}"><f>${cell.formula}</f></c>`;
		return `<c r="${reference}" s="${styleOf(cell.format)}"><v>${cell.number}</v></c>`;
	};
	const rowXml = (cells: readonly Cell[], row: number, left = 0) =>
		`<row r="${row}">${cells.map((cell, at) => cellXml(cell, `${columnLetter(at + left)}${row}`)).join('')}</row>`;

	const merge = mergeOf(list);
	const rowOf = (at: number) => at + form.above + 1;
	const blanked = (line: Line, at: number): Cell[] =>
		merge === at
			? line.cells.map((cell, column) => (columns[column] === 'lastName' ? '' : cell))
			: line.cells;
	const data = lines.map((line, at) => rowXml(blanked(line, at), rowOf(at), form.left)).join('');
	const letter = columnLetter(columns.indexOf('lastName') + form.left);
	return await workbook({
		sheets: [
			{
				data,
				behind:
					merge === undefined
						? ''
						: `<mergeCells><mergeCell ref="${letter}${rowOf(merge - 1)}:${letter}${rowOf(merge)}"/></mergeCells>`,
			},
			...form.more.map(({ name, hidden, cells }) => ({
				name,
				state: hidden ? 'hidden' : undefined,
				data: cells.map((row, at) => rowXml(row, at + 1)).join(''),
			})),
		],
		strings: strings.join(''),
		formats,
		date1904: form.date1904 ? '1' : undefined,
	});
}

/** Where the second of two merged lines stands. */
function mergeOf({ lines, xlsx: { merged } }: List): number | undefined {
	if (merged === undefined) return undefined;
	const [first, second] = merged.map((line) => lines.indexOf(line));
	return first >= 0 && second === first + 1 ? second : undefined;
}

/** The list as a file. */
export const written = async (list: List): Promise<Buffer> =>
	list.kind === 'xlsx' ? await xlsx(list) : list.kind === 'json' ? json(list) : csv(list);
