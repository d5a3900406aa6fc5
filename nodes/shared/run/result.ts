import type { IDataObject } from 'n8n-workflow';

import { clipped } from '../definition';
import type { ColumnView, Issue, Mapper, MappingPolicy } from '../mapping';
import { sentence, type Outcome, type SourceRow } from '../write';

/** What the rows of an operation are. */
export interface ResultShape {
	/** An item may hold several; otherwise it is its own record and needs no number. */
	many: boolean;
	/** They name records to be deleted: n8n's nodes say so of each. */
	deletes: boolean;
}

/** A reason is read in a table or a mail. */
const LONGEST_REASON = 1500;

/** All that is wrong with a row, in one text. */
export const reasonOf = (errors: readonly Issue[] = []): string =>
	clipped(errors.map(({ message }) => sentence(message)).join(' '), LONGEST_REASON);

/**
 * A row's outcome as people get it. Seven plain values come first, on every row and in this order, because n8n's table takes
 * its columns in the order in which it meets them; where there is nothing, they are empty. A row that was left out on
 * purpose has a reason and no error.
 */
export function resultOf(outcome: Outcome, { many, deletes }: ResultShape): IDataObject {
	const { status, errors } = outcome;
	const key = outcome.key ?? '';
	const action = outcome.action ?? '';
	const reason = errors === undefined ? '' : reasonOf(errors);
	const field = errors?.find((issue) => issue.field !== undefined)?.field ?? '';
	const id = outcome.id ?? '';
	// In one piece: put together by spreading or member by member it takes more memory, and there is one for each row.
	const result: Record<string, unknown> = many
		? { row: outcome.row, key, status, action, reason, field, id }
		: { key, status, action, reason, field, id };
	if (deletes && status === 'saved') result.deleted = true;
	if (errors !== undefined && status !== 'skipped') result.errors = errors;
	for (const name of MORE) if (name in outcome) result[name] = outcome[name];
	return result as IDataObject;
}

/** What an outcome holds besides, and few do. */
const MORE = ['vendor', 'request', 'file', 'input'] as const;

/** Says of which column of the input a message speaks: people look for the name that they gave it. */
export class ColumnNames {
	/** Columns of a row -> label of a field -> the column that fills it. Rows of one list have the same columns. */
	private readonly byColumns = new Map<string, ReadonlyMap<string, string>>();
	private readonly labels: ReadonlyMap<string, string>;

	constructor(
		private readonly mapper: Mapper,
		columns: readonly ColumnView[],
		private readonly headerMapping: MappingPolicy['headerMapping'],
	) {
		this.labels = new Map(columns.map(({ key, label }) => [key, label]));
	}

	/** `"Since" is no date.` becomes `Column "Start Date" (Since) is no date.` where the column is called otherwise. */
	inWords(outcome: Outcome, row: Pick<SourceRow, 'values'>): Outcome {
		if (!outcome.errors?.some(({ field }) => field !== undefined)) return outcome;
		const columns = this.columnsOf(row.values);
		const errors = outcome.errors.map((issue) => {
			const column = issue.field === undefined ? undefined : columns.get(issue.field);
			const start = `"${issue.field}" `;
			if (column === undefined || alike(column, issue.field!) || !issue.message.startsWith(start))
				return issue;
			const rest = issue.message.slice(start.length);
			return { ...issue, message: `Column "${clipped(column)}" (${issue.field}) ${rest}` };
		});
		return { ...outcome, errors };
	}

	private columnsOf(values: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
		const headers = Object.keys(values);
		const known = headers.join('\n');
		let columns = this.byColumns.get(known);
		if (columns !== undefined) return columns;
		const { matched } = this.mapper.match(headers, this.headerMapping);
		columns = new Map(
			Object.entries(matched).map(([header, key]) => [this.labels.get(key) ?? key, header]),
		);
		// Lists whose rows each have columns of their own are read without this memory.
		if (this.byColumns.size < MOST_SHAPES) this.byColumns.set(known, columns);
		return columns;
	}
}

/** A heading that differs in case and punctuation only needs no translation. */
const alike = (column: string, label: string): boolean => plain(column) === plain(label);
const plain = (name: string): string => name.toLowerCase().replace(/[\W_]/g, '');

/** Rows of one list have a handful of different sets of columns at most. */
const MOST_SHAPES = 50;
