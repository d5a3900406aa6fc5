import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { clipped, listed } from '../definition';
import { holdsData } from '../file';

const MEMBER = 'columns';

/** A list of people has some dozen columns. One with more is kept in part, and then nothing is said of what is new or gone. */
const MOST_COLUMNS = 500;

/** Column -> label of the field it fills; empty where no field takes it. */
type Columns = Readonly<Record<string, string>>;

export interface ColumnChanges {
	added: string[];
	gone: string[];
	renamed: Array<{ from: string; to: string }>;
}

/** The columns of the file that the node read last, in its static data: names, no values. */
export class LastColumns {
	private readonly data: IDataObject | undefined;
	private readonly now: Columns;

	constructor(
		context: IExecuteFunctions,
		headers: readonly string[],
		private readonly matched: IDataObject,
	) {
		this.data = context.getWorkflowStaticData?.('node');
		// A heading that holds a value is a person's, from a list without headings.
		const names = headers.filter((name) => name !== '' && !holdsData(name));
		this.now = Object.fromEntries(
			names.slice(0, MOST_COLUMNS).map((name) => [clipped(name), this.fieldOf(name)]),
		);
	}

	private fieldOf(name: string): string {
		const label = this.matched[name];
		return typeof label === 'string' ? label : '';
	}

	/** What is different from the run before; undefined: nothing, or there was none. */
	changes(): ColumnChanges | undefined {
		const before = this.data?.[MEMBER] as Columns | undefined;
		if (before === undefined) return undefined;
		const added = Object.keys(this.now).filter((name) => !(name in before));
		const gone = Object.keys(before).filter((name) => !(name in this.now));
		const renamed: ColumnChanges['renamed'] = [];
		for (const from of [...gone]) {
			const to = added.find((name) => before[from] !== '' && this.now[name] === before[from]);
			if (to === undefined) continue;
			renamed.push({ from, to });
			added.splice(added.indexOf(to), 1);
			gone.splice(gone.indexOf(from), 1);
		}
		if (added.length + gone.length + renamed.length === 0) return undefined;
		return { added, gone, renamed };
	}

	/** Called when the run has ended: one that stopped before leaves what the one before has left. */
	keep(): void {
		if (this.data === undefined) return;
		// n8n stores the whole static data of a workflow whenever a part of it is set.
		if (JSON.stringify(this.data[MEMBER]) !== JSON.stringify(this.now))
			this.data[MEMBER] = { ...this.now };
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
