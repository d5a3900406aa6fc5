import type { IExecuteFunctions } from 'n8n-workflow';

import type { SaveOperation } from '../definition';
import { presenceOf, type ColumnView, type Issue } from '../mapping';
import type { SourceRow } from '../write';
import { fileFiller } from './files';
import { ExpressionFault, notWorkedOut, type Parameters } from './parameters';
import type { RowInput, RowReading } from './rows';

/** One row an item. */
export function itemRows(
	context: IExecuteFunctions,
	parameters: Parameters,
	operation: SaveOperation,
	reading: RowReading,
): RowInput {
	const count = context.getInputData().length;
	const read = rowReader(context, parameters, operation, reading);
	const fill = fileFiller(context, parameters, reading.columns);
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
	if (fill === undefined) return { rows, notices: [] };

	async function* filledRows(): AsyncGenerator<SourceRow[]> {
		for (let row of rows()) {
			if (row.problem === undefined)
				try {
					row = { ...row, ...(await fill!(row.index, row.values)) };
				} catch (error) {
					row = unreadable(row.index, error);
				}
			yield [row];
		}
	}
	return { rows: filledRows, notices: [] };
}

/** The row of an item: its columns, or what the operation asks for in parameters of their own. */
function rowReader(
	context: IExecuteFunctions,
	parameters: Parameters,
	{ ask }: SaveOperation,
	{ policies, values, columns }: RowReading,
): (index: number) => SourceRow {
	const items = context.getInputData();
	const start = (index: number) => ({
		row: index + 1,
		index,
		parameters: values(index),
		policy: policies(index),
	});
	if (ask === undefined) {
		const mapped = parameters.columns('columns');
		return (index) => ({ ...start(index), values: mapped(index, items[index].json) });
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
			...start(index),
			values: Object.fromEntries(given.map(({ name, value }) => [name, value])),
			...(missing !== undefined && { problem: missingValue(missing.label) }),
		};
	};
}

function askedValue(parameters: Parameters, name: string, index: number): unknown {
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
