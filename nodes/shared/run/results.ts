import type { INodeExecutionData } from 'n8n-workflow';

import type { Outcome, SourceRow } from '../write';
import { withoutContents } from './contents';
import { outcomeItem, textOf, type ErrorMode } from './items';
import { Missing } from './lacking';
import { Mail } from './mail';
import { rejectFormatOf, type Options } from './options';
import { Reasons } from './reasons';
import { Rejects } from './rejects';
import type { ResultShape } from './result';
import type { RowInput } from './rows';
import { Tally } from './summary';

/** May the vendor hold anything of it? */
export const mayBeWritten = ({ status, errors = [] }: Outcome): boolean =>
	status === 'failed'
		? errors.some(({ code }) => code === 'RELATION_FAILED')
		: status !== 'skipped';

export const isBad = ({ status }: Outcome): boolean => status === 'failed' || status === 'unknown';

/** Takes the outcomes as they come, in any order, and holds what will be shown of them. */
export class Results {
	readonly tally = new Tally();
	/** Undefined: each item is its own record. */
	readonly rejects: Rejects | undefined;
	readonly reasons = new Reasons();
	readonly missing = new Missing();
	/** The first rows that failed, for a mail. */
	readonly mailed = new Mail();
	private readonly items: INodeExecutionData[] = [];
	/** Row of each item. */
	private readonly rows: number[] = [];

	constructor(
		private readonly options: Options,
		private readonly shape: ResultShape,
		private readonly mode: ErrorMode,
		private readonly input: RowInput,
	) {
		const { headers, format = 'csv', delimiter } = input;
		if (shape.many) this.rejects = new Rejects(headers, rejectFormatOf(options, format), delimiter);
	}

	/** The values of a row may have to be made again, so they are asked for only where they are shown. */
	take(outcome: Outcome, row: Pick<SourceRow, 'index' | 'values'>): void {
		const { index } = row;
		const bad = isBad(outcome);
		const isWanted = bad || (this.options.includeInput ?? false);
		const input = isWanted ? this.inputOf(row) : undefined;
		const file = this.input.files?.[index];
		this.tally.add(outcome);
		if (bad) {
			this.missing.add(outcome);
			const reason = textOf(outcome, false);
			this.mailed.add(outcome, index, file);
			this.reasons.add(reason, { index, row: outcome.row, file });
			this.rejects?.add(outcome, index, input!, file === undefined ? reason : `${file}: ${reason}`);
		}
		if (!this.isShown(bad)) return;
		const full =
			file === undefined && input === undefined
				? outcome
				: { ...outcome, ...(file !== undefined && { file }), ...(input && { input }) };
		const item = outcomeItem(full, index, this.shape, this.mode);
		const binary = this.options.includeInput ? this.input.binaryOf?.(index) : undefined;
		this.items.push(binary === undefined ? item : { ...item, binary });
		this.rows.push(outcome.row);
	}

	private inputOf({ index, values }: Pick<SourceRow, 'index' | 'values'>): Record<string, unknown> {
		return withoutContents(this.input.shown?.(index, values) ?? values);
	}

	private isShown(bad: boolean): boolean {
		const { output = 'everyRow' } = this.options;
		return output === 'everyRow' || (output === 'failuresOnly' && bad);
	}

	/** The items of the rows, in the order of the rows. */
	inRowOrder(): INodeExecutionData[] {
		const { items, rows } = this;
		const itemOf = (at: number) => (items[at].pairedItem as { item: number }).item;
		const inOrder = items.every(
			(_, at) => at === 0 || itemOf(at - 1) < itemOf(at) || rows[at - 1] < rows[at],
		);
		if (inOrder) return items;
		return items
			.map((_, at) => at)
			.sort((a, b) => itemOf(a) - itemOf(b) || rows[a] - rows[b])
			.map((at) => items[at]);
	}
}
