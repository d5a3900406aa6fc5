import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { clipped, listed } from '../definition';
import { holdsData } from '../file';

const MEMBER = 'columns';

/** A list of people has some dozen columns. Of one with more nothing is kept, and nothing is said of it. */
const MOST_COLUMNS = 500;

/** Column -> label of the field it fills; empty where no field takes it. */
type Columns = Readonly<Record<string, string>>;

export interface ColumnChanges {
	added: string[];
	gone: string[];
	renamed: Array<{ from: string; to: string }>;
}

interface Kept extends IDataObject {
	/** Of what the list was; one of something else is not compared. */
	of: string;
	columns: Record<string, string>;
}

/** The columns of the file that the node read last, in its static data: names, no values. */
export class LastColumns {
	private readonly data: IDataObject | undefined;
	private readonly now: Columns;

	/** @param of what the list holds */
	constructor(
		context: IExecuteFunctions,
		private readonly of: string,
		headers: readonly string[],
		matched: IDataObject,
	) {
		this.data = context.getWorkflowStaticData?.('node');
		// A heading that holds a value is a person's, from a list without headings.
		const names = headers.filter((name) => name !== '' && !holdsData(name));
		const fieldOf = (name: string) => {
			const label = matched[name];
			return typeof label === 'string' ? label : '';
		};
		this.now = Object.fromEntries(
			(names.length > MOST_COLUMNS ? [] : names).map((name) => [clipped(name), fieldOf(name)]),
		);
	}

	/** What is different from the run before; undefined: nothing, or there is nothing to compare. */
	changes(): ColumnChanges | undefined {
		const kept = this.data?.[MEMBER] as Kept | undefined;
		const names = Object.keys(this.now);
		if (kept?.of !== this.of || names.length === 0) return undefined;
		const before = Object.keys(kept.columns);
		const added = new Set(names.filter((name) => !before.includes(name)));
		const gone = new Set(before.filter((name) => !names.includes(name)));
		const renamed: ColumnChanges['renamed'] = [];
		for (const from of gone) {
			const field = kept.columns[from];
			const to = [...added].find((name) => field !== '' && this.now[name] === field);
			if (to === undefined) continue;
			renamed.push({ from, to });
			added.delete(to);
			gone.delete(from);
		}
		if (added.size + gone.size + renamed.length === 0) return undefined;
		return { added: [...added], gone: [...gone], renamed };
	}

	/** Called when the run has ended: one that stopped before leaves what the one before has left. */
	keep(): void {
		if (this.data === undefined || Object.keys(this.now).length === 0) return;
		const kept: Kept = { of: this.of, columns: { ...this.now } };
		// n8n stores the whole static data of a workflow whenever a part of it is set.
		if (JSON.stringify(this.data[MEMBER]) !== JSON.stringify(kept)) this.data[MEMBER] = kept;
	}
}

/** For people: `Since the last run "Boss" is called "Manager", and 1 column is gone: Cost Center.` */
export function columnNotice({ added, gone, renamed }: ColumnChanges): string {
	const are = (names: readonly string[], what: string) =>
		names.length === 0
			? []
			: [
					`${names.length} ${names.length === 1 ? 'column is' : 'columns are'} ${what}: ${listed(names)}`,
				];
	const parts = [
		...renamed.map(({ from, to }) => `"${from}" is called "${to}"`),
		...are(gone, 'gone'),
		...are(added, 'new'),
	];
	const rest = gone.length === 0 ? '' : ' Nothing is sent for what is gone.';
	return `Since the last run ${parts.join('; ')}.${rest}`;
}
