import type { IExecuteFunctions } from 'n8n-workflow';

import type { SaveOperation } from '../definition';
import {
	JUDGED_ROWS,
	presenceOf,
	type ColumnView,
	type Issue,
	type Mapper,
	type Survey,
} from '../mapping';
import type { SourceRow } from '../write';
import { fileFiller } from './files';
import { ExpressionFault, notWorkedOut, type NodeParameters } from './parameters';
import { Headings } from './headings';
import { InputFormats } from './inputFormat';
import { noRecordIn, recordIn } from './recordLevel';
import type { RowInput, RowReading } from './rows';
import { afterSurvey, type ColumnCheck } from './survey';

/** One row an item. */
export function itemRows(
	context: IExecuteFunctions,
	parameters: NodeParameters,
	operation: SaveOperation,
	given: ItemReading,
): RowInput {
	const count = context.getInputData().length;
	// Who maps column by column has said what each holds.
	const formats =
		operation.ask !== undefined || parameters.isMapped('columns')
			? undefined
			: new InputFormats(given.columns, given.inputFormat);
	const { reading, notices: judged } = surveyed(context, parameters, operation, given, formats);
	const notices = () => [...judged, ...(formats?.notices() ?? [])];
	const read = rowReader(context, parameters, operation, reading, formats);
	const files = fileFiller(context, parameters, reading.columns);
	const unreadable = (index: number, error: unknown): SourceRow =>
		unreadableRow(index, context.getInputData()[index].json, problemOf(error, reading.columns));
	function* rows(): Generator<SourceRow> {
		for (let index = 0; index < count; index++) {
			let row: SourceRow;
			try {
				row = read(index);
			} catch (error) {
				row = unreadable(index, error);
			}
			yield row;
		}
	}
	const binaryOf = (index: number) => context.getInputData()[index].binary;
	if (files === undefined)
		return {
			rows,
			get notices() {
				return notices();
			},
			binaryOf,
		};

	async function* filledRows(): AsyncGenerator<SourceRow[]> {
		for (let row of rows()) {
			if (row.problem === undefined && row.skip === undefined)
				try {
					row = { ...row, ...(await files!.fill(row.index, row.values)) };
				} catch (error) {
					row = unreadable(row.index, error);
				}
			yield [row];
		}
	}
	return {
		rows: filledRows,
		get notices() {
			return notices();
		},
		binaryOf,
		shown: (index, values) => files!.named(index, values),
	};
}

interface ItemReading extends RowReading {
	mapper: Mapper;
	columnCheck: ColumnCheck | undefined;
}

/** Working expressions out for an item takes a millisecond, and n8n serves nobody meanwhile. */
const JUDGED_BY_EXPRESSION = 100;

/** The same reading, once the columns of all items have been judged. */
function surveyed(
	context: IExecuteFunctions,
	parameters: NodeParameters,
	operation: SaveOperation,
	reading: ItemReading,
	formats: InputFormats | undefined,
): { reading: RowReading; notices: readonly string[] } {
	if (operation.rows === 'one' || operation.ask !== undefined) return { reading, notices: [] };
	const { mapper, policies, columnCheck } = reading;
	const read = rowReader(context, parameters, operation, reading, formats);
	const most = parameters.isConstant('columns') ? JUDGED_ROWS : JUDGED_BY_EXPRESSION;
	let survey: Survey | undefined;
	const headings = new Headings(mapper, reading.columns, 'the items');
	// Who maps column by column gives all items the same ones; others bring theirs, and to look at names costs little.
	const last = parameters.isMapped('columns') ? most : Infinity;
	for (let index = 0; index < Math.min(context.getInputData().length, last); index++)
		try {
			const { policy, values, problem, skip } = read(index);
			if (problem !== undefined || skip !== undefined) continue;
			headings.take(values, policy);
			if (index >= most) continue;
			survey ??= mapper.survey(policy);
			survey.take(values);
		} catch {
			// What is wrong with one item is said of it when its turn comes.
		}
	headings.settle();
	if (survey === undefined) return { reading, notices: [] };
	const { read: readBy, notices } = afterSurvey(survey, columnCheck);
	return { reading: { ...reading, policies: (index) => readBy(policies(index)) }, notices };
}

/** The row of an item: its columns, or what the operation asks for in parameters of their own. */
function rowReader(
	context: IExecuteFunctions,
	parameters: NodeParameters,
	{ ask }: SaveOperation,
	{ policies, values, columns, recordField }: RowReading,
	formats: InputFormats | undefined,
): (index: number) => SourceRow {
	const items = context.getInputData();
	if (ask === undefined) {
		const mapped = parameters.columns('columns');
		// Who maps column by column has taken each from where it stands.
		const level = parameters.isMapped('columns') ? undefined : recordField;
		return (index) => {
			const given = mapped(index, items[index].json);
			const record = recordIn(given, level);
			return {
				row: index + 1,
				index,
				parameters: values(index),
				policy: policies(index),
				values: given,
				...(record === undefined ? { problem: noRecordIn(level!) } : formats?.open(record)),
			};
		};
	}
	const asked = ask.map((name) => ({ name, label: labelOf(name, columns) }));
	return (index) => {
		const given = asked.map(({ name, label }) => ({
			name,
			label,
			value: askedValue(parameters, name, index),
		}));
		const missing = given.find(({ value }) => presenceOf(value) !== 'value');
		return {
			row: index + 1,
			index,
			parameters: values(index),
			policy: policies(index),
			values: Object.fromEntries(given.map(({ name, value }) => [name, value])),
			...(missing !== undefined && { problem: missingValue(missing.label) }),
		};
	};
}

function askedValue(parameters: NodeParameters, name: string, index: number): unknown {
	try {
		return parameters.get<unknown>(name, index, '');
	} catch (error) {
		throw notWorkedOut(error, name);
	}
}

const labelOf = (name: string, columns: readonly ColumnView[]): string =>
	columns.find(({ key }) => key === name)?.label ?? name;

const missingValue = (label: string): Issue => ({
	code: 'MISSING_VALUE',
	message: `"${label}" is missing. Add a value.`,
	field: label,
});

/** What is wrong with one item costs that item alone, the first as any other. */
const unreadableRow = (index: number, values: SourceRow['values'], problem: Issue): SourceRow => ({
	row: index + 1,
	index,
	values,
	parameters: {},
	policy: { unknownFields: 'error', blankValues: 'leave', fieldsToClear: [] },
	problem,
});

function problemOf(error: unknown, columns: readonly ColumnView[]): Issue {
	const { message } = error as Error;
	if (!(error instanceof ExpressionFault)) return { code: 'UNREADABLE_ROW', message };
	const { column } = error;
	const field = column === undefined ? undefined : labelOf(column, columns);
	const name = field === undefined ? 'A column' : `"${field}"`;
	return {
		code: 'UNREADABLE_ROW',
		message: `${name} ${message}`,
		...(field !== undefined && { field }),
	};
}
