import type { Issue } from '../mapping/types';
import { hashOf, KeyRows } from './keyRows';

export type DuplicatePolicy = 'fail' | 'first' | 'last' | 'merge';

const mark = (key: string): string => hashOf(key).join(' ');

/** What is to be done with a row whose key stands in another row of the same input. */
export type DuplicateVerdict =
	| { do: 'send' }
	| { do: 'fail'; issue: Issue }
	| { do: 'skip'; issue: Issue }
	/** Keep it for the row that comes last. */
	| { do: 'hold'; issue: Issue }
	/** The last of its key: everything held joins it. */
	| { do: 'join' };

const SEND: DuplicateVerdict = { do: 'send' };

/** Finds rows that share a key. Every key is noted in a first reading, unless the policy is `first`. */
export class Duplicates {
	private readonly firstRow = new KeyRows();
	/** Rows of the keys that stand more than once. */
	private readonly shared = new Map<string, number[]>();

	constructor(
		private readonly policy: DuplicatePolicy,
		private readonly keyLabel: string,
	) {}

	get needsReading(): boolean {
		return this.policy !== 'first';
	}

	note(key: string, row: number): void {
		const first = this.firstRow.add(key, row);
		if (first === undefined || first === row) return;
		const held = mark(key);
		const rows = this.shared.get(held);
		if (rows === undefined) this.shared.set(held, [first, row]);
		else rows.push(row);
	}

	/** Frees what only the reading needed. */
	endReading(): void {
		this.firstRow.clear();
	}

	judge(key: string, row: number): DuplicateVerdict {
		if (this.policy === 'first') {
			const first = this.firstRow.add(key, row);
			return first === undefined
				? SEND
				: { do: 'skip', issue: this.issue(`Row ${first} was used.`) };
		}
		const rows = this.shared.size === 0 ? undefined : this.shared.get(mark(key));
		if (rows === undefined) return SEND;
		const last = rows[rows.length - 1];
		switch (this.policy) {
			case 'fail': {
				const others = rows.filter((other) => other !== row);
				return {
					do: 'fail',
					issue: this.issue(
						`It stands in row ${others.join(' and ')} too. Remove one, or choose what to do under "Duplicates".`,
					),
				};
			}
			case 'last':
				return row === last ? SEND : { do: 'skip', issue: this.issue(`Row ${last} was used.`) };
			case 'merge':
				return row === last
					? { do: 'join' }
					: { do: 'hold', issue: this.issue(`It was merged into row ${last}; see there.`) };
		}
	}

	private issue(rest: string): Issue {
		return {
			code: 'DUPLICATE_KEY',
			message: `"${this.keyLabel}" is the same as in another row. ${rest}`,
			field: this.keyLabel,
		};
	}
}
