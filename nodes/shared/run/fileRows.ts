import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { clipped, listed } from '../definition';
import {
	FileFault,
	holdsData,
	openRows,
	UNCLEAR,
	type FieldsNamed,
	type FileHead,
	type FileRow,
	type ReadOptions,
} from '../file';
import { SetupFault } from '../http';
import {
	exampleFinder,
	type ColumnView,
	type Issue,
	type Likeness,
	type Mapper,
	type MappingPolicy,
} from '../mapping';
import type { SourceRow } from '../write';
import type { NodeParameters } from './parameters';
import { afterSurvey, type ColumnCheck } from './survey';

interface Reading {
	columns: readonly ColumnView[];
	mapper: Mapper;
	policies(index: number): MappingPolicy;
	values(index: number): Readonly<Record<string, unknown>>;
	/** Of the field by which records are recognised. */
	key: string;
	columnCheck: ColumnCheck | undefined;
	headerMapping: Readonly<Record<string, string>> | undefined;
	unknownFields: MappingPolicy['unknownFields'];
	/** As the user chose them; what is left out shows in the file. */
	file: ReadOptions;
}

/** What a file holds may be of any length; a message is read by people. */
const LONGEST_MESSAGE = 1000;

/** A header cell that holds data is somebody's, and quoted nowhere. */
const quoted = (names: readonly string[]): string =>
	listed(
		names.map((name) =>
			holdsData(name) ? 'one that holds a value instead of a name' : `"${clipped(name)}"`,
		),
	);

/**
 * The rows of the files in the items' binary data. Files are opened and their headers matched first, so that a file that
 * cannot be read or belongs elsewhere ends the node before anything is sent. They are read again for each reading of the
 * rows and never held.
 *
 * @throws SetupFault in words for the owner of the file
 */
export async function fileRows(
	context: IExecuteFunctions,
	parameters: NodeParameters,
	reading: Reading,
) {
	const items = context.getInputData();
	const matched: IDataObject = {};
	const headers = new Set<string>();
	const notices: string[] = [];
	const open = opener(context, parameters, {
		...reading.file,
		fieldsNamed: fieldsNamedBy(reading),
	});
	const note = ({ notices: said, name }: { notices: readonly string[]; name: string }) => {
		for (const text of said) {
			const notice = items.length > 1 ? `${name}: ${text}` : text;
			if (!notices.includes(notice)) notices.push(notice);
		}
	};
	let delimiter: string | undefined;
	let format: FileHead['format'];
	// Read before the first row is sent: what is wrong in them is the set-up.
	const settings = items.map((_, index) => ({
		policy: reading.policies(index),
		given: reading.values(index),
	}));
	/** Of each file, the columns whose values may be sent. */
	const used: Array<ReadonlySet<string>> = [];
	/** Of each file, what tells the example of the template from people. */
	const likenessTo: Array<ReturnType<typeof exampleFinder>> = [];
	const files: string[] = [];
	for (let index = 0; index < items.length; index++)
		await explained(async () => {
			const file = await open(index);
			files[index] = files.includes(file.name) ? `${file.name} (item ${index + 1})` : file.name;
			if (file.headers !== undefined) {
				const keys = headersOf(file.headers, reading, file.name);
				Object.assign(matched, labelled(keys, reading.columns));
				const all = reading.unknownFields === 'send';
				used[index] = new Set(all ? file.headers : Object.keys(keys));
				likenessTo[index] = exampleFinder(keys, reading.columns, reading.key);
				for (const header of file.headers) headers.add(header);
				delimiter ??= file.delimiter;
				format ??= file.format;
			}
			const survey = reading.mapper.survey(settings[index].policy);
			// An empty file says so here.
			for await (const block of file.rows) {
				for (const { values, problem } of block) if (problem === undefined) survey.take(values);
				if (survey.isFull) break;
			}
			const { read, notices: judged } = afterSurvey(survey, reading.columnCheck);
			settings[index].policy = read(settings[index].policy);
			note(file);
			note({ notices: judged, name: file.name });
		});

	async function* rows(): AsyncGenerator<SourceRow[]> {
		for (let index = 0; index < items.length; index++)
			try {
				const file = await open(index);
				const { policy, given } = settings[index];
				const { reread } = file;
				// The cells of a CSV were typed by people; a JSON file may well be in the vendor's own form.
				const filePolicy = file.headers === undefined ? policy : { ...policy, plainValues: true };
				const likeness = likenessTo[index];
				const name = items.length > 1 ? files[index] : undefined;
				const asSource = (read: FileRow): SourceRow | undefined => {
					const { row, values, source } = read;
					const like = likeness?.(values);
					if (like === 'example') {
						note({ notices: [exampleNotice(row)], name: file.name });
						return undefined;
					}
					const problem = problemOf(read, used[index]) ?? leftInProblem(like);
					const about = { row, index, file: name, parameters: given, policy: filePolicy };
					return { ...about, values, source, reread, problem };
				};
				for await (const block of file.rows)
					yield block.map(asSource).filter((source) => source !== undefined);
				note(file);
			} catch (error) {
				throw error instanceof FileFault ? asSetup(error) : (error as Error);
			}
	}
	return {
		rows,
		matched: Object.keys(matched).length === 0 ? undefined : matched,
		headers: headers.size === 0 ? undefined : [...headers],
		delimiter,
		format,
		files: files.length > 1 ? files : undefined,
		/** Complete once all rows are read. */
		notices,
	};
}

/** Why the row must not be sent as it was read. A cell matters where its column does. */
function problemOf(
	{ problem, columnProblems }: FileRow,
	used: ReadonlySet<string> | undefined,
): Issue | undefined {
	if (problem !== undefined) return { code: 'UNREADABLE_ROW', message: problem };
	if (columnProblems === undefined) return undefined;
	const column = Object.keys(columnProblems).find((header) => used?.has(header));
	if (column === undefined) return undefined;
	const message = `Column "${column}" ${columnProblems[column]}`;
	return { code: 'UNREADABLE_ROW', message, field: column };
}

const exampleNotice = (row: number): string =>
	`Row ${row} is the example of the template and was left out.`;

/** Somebody wrote over the example and forgot a cell of it. */
const leftInProblem = (like: Likeness): Issue | undefined =>
	typeof like === 'object'
		? {
				code: 'INVALID_VALUE',
				message: `"${like.leftIn.label}" still holds the example of the template. Enter the value of this record, or empty the cell.`,
				field: like.leftIn.label,
			}
		: undefined;

/** What each cell would fill if the row it stands in were the header. */
const fieldsNamedBy =
	({ mapper, headerMapping }: Reading): FieldsNamed =>
	(cells) => {
		const names = [...new Set(cells)].filter((cell) => cell !== '');
		const { matched, ambiguous } = mapper.match(names, headerMapping);
		const unclear = new Set(ambiguous.flatMap(({ headers }) => headers));
		const seen = new Set<string>();
		return cells.map((cell) => {
			const field = matched[cell] ?? (unclear.has(cell) ? UNCLEAR : undefined);
			if (field === undefined || seen.has(cell)) return undefined;
			seen.add(cell);
			return field;
		});
	};

/**
 * Opens the files of items, each as often as it is asked for. A workbook is in memory while it is read, so the last one stays:
 * to have it twice, until the first is collected, is what would cost.
 */
function opener(context: IExecuteFunctions, parameters: NodeParameters, options: ReadOptions) {
	let last: { index: number; again: NonNullable<FileHead['again']> } | undefined;
	return async (index: number) => {
		const field = fileField(context, parameters, index);
		const { id, fileName, mimeType } = context.helpers.assertBinaryData(index, field);
		const name = clipped(fileName ?? 'the file');
		if (last?.index === index) return { ...(await last.again()), name };
		last = undefined;
		const chunks =
			id === undefined
				? whole(await context.helpers.getBinaryDataBuffer(index, field))
				: ((await context.helpers.getBinaryStream(id)) as AsyncIterable<Uint8Array>);
		const opened = await openRows(chunks, { fileName, mimeType, ...options });
		if (opened.again !== undefined) last = { index, again: opened.again };
		return { ...opened, name };
	};
}

/** The field that holds the file of an item: the one that was named, or the only one there is. */
function fileField(context: IExecuteFunctions, parameters: NodeParameters, index: number): string {
	const items = context.getInputData();
	const named = parameters.get('binaryPropertyName', index, 'data');
	const fields = Object.keys(items[index].binary ?? {});
	if (fields.includes(named)) return named;
	if (fields.length === 1) return fields[0];
	if (fields.length > 1)
		throw new FileFault(
			`The item has no file in "${named}". It has files in ${quoted(fields)}: enter one of these under "Input Data Field Name".`,
		);
	const rows = items.filter(({ json }) => Object.keys(json).length > 0).length;
	if (rows > 0 && items.every(({ binary = {} }) => Object.keys(binary).length === 0))
		throw new FileFault(
			`There is no file, but ${rows} ${rows === 1 ? 'row' : 'rows'}. Set "Source" to "Input Items".`,
		);
	const which = items.length === 1 ? 'The item' : `Item ${index + 1}`;
	throw new FileFault(`${which} has no file. Connect a node that gives a file.`);
}

async function* whole(buffer: Buffer): AsyncGenerator<Uint8Array> {
	yield buffer;
}

/** Header -> key of the column it fills. */
function headersOf(
	headers: readonly string[],
	{ columns, mapper, headerMapping, unknownFields }: Reading,
	name: string,
): Readonly<Record<string, string>> {
	const match = mapper.match(headers, headerMapping);
	const { matched, ambiguous, unmatched, misdirected, doubtful, slips } = match;
	const stopping =
		unknownFields === 'ignore' ? [misdirected, doubtful, slips] : [misdirected, doubtful];
	for (const wrong of stopping)
		if (wrong.length > 0) throw new FileFault(wrong.map((header) => header.message).join(' '));
	if (Object.keys(matched).length === 0 && ambiguous.length === 0)
		throw new FileFault(
			`No row at the top of ${name} names a field. Fields are ${quoted(columns.map((column) => column.label))}. Give each column its name in one row, or say under "Header Mapping" what the columns hold.`,
		);
	if (ambiguous.length > 0)
		throw new FileFault(
			`${ambiguous.map((clash) => clash.message).join(' ')} Map the column by hand under "Header Mapping".`,
		);
	if (unmatched.length > 0 && unknownFields === 'error')
		throw new FileFault(
			`Columns of ${name} without a field: ${quoted(unmatched)}. Rename or remove them, map them under "Header Mapping", or set "Columns Without a Field" to leave them out.`,
		);
	return matched;
}

/** Header -> label of the field it fills. */
function labelled(
	keys: Readonly<Record<string, string>>,
	columns: readonly ColumnView[],
): Record<string, string> {
	const labels = new Map(columns.map((column) => [column.key, column.label]));
	return Object.fromEntries(
		Object.entries(keys).map(([header, key]) => [header, labels.get(key) ?? key]),
	);
}

async function explained(task: () => Promise<void>): Promise<void> {
	try {
		await task();
	} catch (error) {
		throw error instanceof FileFault ? asSetup(error) : (error as Error);
	}
}

const asSetup = ({ message }: FileFault): SetupFault =>
	new SetupFault({ code: 'REFUSED', message: clipped(message, LONGEST_MESSAGE), applied: 'no' });
