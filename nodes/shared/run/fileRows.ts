import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { clipped } from '../definition';
import { FileFault, type FileHead, type FileRow, type ReadOptions } from '../file';
import { SetupFault } from '../http';
import {
	isKnownHeading,
	exampleFinder,
	type Issue,
	type Likeness,
	type MappingPolicy,
} from '../mapping';
import type { ParameterValues, SourceRow } from '../write';
import { fieldsNamedBy, headersOf, labelled, type HeaderMatching } from './fileHeaders';
import { Headings } from './headings';
import { fileOpener } from './itemFiles';
import type { NodeParameters } from './parameters';
import { within } from './recordLevel';
import { afterSurvey, type ColumnCheck } from './survey';

interface Reading extends HeaderMatching {
	policies(index: number): MappingPolicy;
	values(index: number): ParameterValues;
	recordField: string | undefined;
	/** Of the field by which records are recognised. */
	key: string;
	columnCheck: ColumnCheck | undefined;
	/** As the user chose them; what is left out shows in the file. */
	file: ReadOptions;
}

/** What a file holds may be of any length; a message is read by people. */
const LONGEST_MESSAGE = 1000;

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
	const files = new Files(context, parameters, reading);
	await files.survey();
	const { matched, headers, names, notices, delimiter, format } = files;
	return {
		rows: () => files.rows(),
		matched: Object.keys(matched).length === 0 ? undefined : matched,
		headers: headers.size === 0 ? undefined : [...headers],
		delimiter,
		format,
		files: names.length > 1 ? names : undefined,
		/** Complete once all rows are read. */
		notices,
	};
}

type Opened = Awaited<ReturnType<ReturnType<typeof fileOpener>>>;

/** What is known of one file before its rows are sent. */
interface FileSetup {
	policy: MappingPolicy;
	parameters: ParameterValues;
	/** The columns whose values may be sent. */
	used?: ReadonlySet<string>;
	/** Tells the example of the template from people. */
	likenessTo?: ReturnType<typeof exampleFinder>;
}

class Files {
	/** Header -> label of the field it fills. */
	readonly matched: IDataObject = {};
	readonly headers = new Set<string>();
	readonly names: string[] = [];
	readonly notices: string[] = [];
	delimiter: string | undefined;
	format: FileHead['format'];
	private readonly open: (index: number) => Promise<Opened>;
	private readonly setups: FileSetup[];

	constructor(
		context: IExecuteFunctions,
		parameters: NodeParameters,
		private readonly reading: Reading,
	) {
		const open = fileOpener(context, parameters, {
			...reading.file,
			fieldsNamed: fieldsNamedBy(reading),
			isHeading: isKnownHeading,
		});
		this.open = async (index) => within(await open(index), reading.recordField);
		// Read before the first row is sent: what is wrong in them is the set-up.
		this.setups = context.getInputData().map((_, index) => ({
			policy: reading.policies(index),
			parameters: reading.values(index),
		}));
	}

	private get areSeveral(): boolean {
		return this.setups.length > 1;
	}

	private note({ notices, name }: { notices: readonly string[]; name: string }): void {
		for (const text of notices) {
			const notice = this.areSeveral ? `${name}: ${text}` : text;
			if (!this.notices.includes(notice)) this.notices.push(notice);
		}
	}

	/** Opens each file once, matches its headers and judges its columns. */
	async survey(): Promise<void> {
		for (const [index, setup] of this.setups.entries())
			try {
				await this.surveyFile(await this.open(index), index, setup);
			} catch (error) {
				throw asSetup(error);
			}
	}

	private async surveyFile(file: Opened, index: number, setup: FileSetup): Promise<void> {
		const { mapper, columns, columnCheck } = this.reading;
		const isTaken = this.names.includes(file.name);
		this.names.push(isTaken ? `${file.name} (item ${index + 1})` : file.name);
		if (file.headers !== undefined) this.matchHeaders(file, file.headers, setup);
		const survey = mapper.survey(setup.policy);
		const headings = new Headings(mapper, columns, file.name);
		// An empty file says so here.
		for await (const block of file.rows) {
			for (const { values, problem } of block) {
				if (problem !== undefined) continue;
				survey.take(values);
				if (file.headers === undefined) headings.take(values, setup.policy);
			}
			if (survey.isFull) break;
		}
		headings.settle();
		const { read, notices } = afterSurvey(survey, columnCheck);
		setup.policy = read(setup.policy);
		this.note(file);
		this.note({ notices, name: file.name });
	}

	private matchHeaders(file: Opened, headers: readonly string[], setup: FileSetup): void {
		const { columns, key, unknownFields } = this.reading;
		const keys = headersOf(headers, this.reading, file.name);
		Object.assign(this.matched, labelled(keys, columns));
		setup.used = new Set(unknownFields === 'send' ? headers : Object.keys(keys));
		setup.likenessTo = exampleFinder(keys, columns, key);
		for (const header of headers) this.headers.add(header);
		this.delimiter ??= file.delimiter;
		this.format ??= file.format;
	}

	async *rows(): AsyncGenerator<SourceRow[]> {
		for (const [index, setup] of this.setups.entries())
			try {
				const file = await this.open(index);
				const asSource = this.sourceOf(file, index, setup);
				for await (const block of file.rows)
					yield block.map(asSource).filter((source) => source !== undefined);
				this.note(file);
			} catch (error) {
				throw asSetup(error);
			}
	}

	/** Undefined: the row is the example of the template. */
	private sourceOf(
		{ headers, name, reread }: Opened,
		index: number,
		{ policy: chosen, parameters, used, likenessTo }: FileSetup,
	): (read: FileRow) => SourceRow | undefined {
		// The cells of a CSV were typed by people; a JSON file may well be in the vendor's own form.
		const policy = headers === undefined ? chosen : { ...chosen, plainValues: true };
		const file = this.areSeveral ? this.names[index] : undefined;
		return (read) => {
			const { row, values, source } = read;
			const like = likenessTo?.(values);
			if (like === 'example') {
				this.note({ notices: [exampleNotice(row)], name });
				return undefined;
			}
			const problem = problemOf(read, used) ?? leftInProblem(like);
			return { row, index, file, parameters, policy, values, source, reread, problem };
		};
	}
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

/** What is wrong with a file is the set-up. */
const asSetup = (error: unknown): Error =>
	error instanceof FileFault
		? new SetupFault({
				code: 'REFUSED',
				message: clipped(error.message, LONGEST_MESSAGE),
				applied: 'no',
			})
		: (error as Error);
