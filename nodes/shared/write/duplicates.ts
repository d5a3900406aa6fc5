import { createHash } from 'crypto';

import type { Issue } from '../mapping/types';

export type DuplicatePolicy = 'fail' | 'first' | 'last' | 'merge';

/** Up to this length a key costs no more memory than its hash. */
const SHORT = 16;

/** A key as it is remembered: itself, or 128 bits of hash (no two of a million rows will ever share one). */
const mark = (key: string): string =>
	key.length <= SHORT ? key : createHash('md5').update(key).digest('binary');

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
	private readonly firstRow = new Map<string, number>();
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
		const held = mark(key);
		const first = this.firstRow.get(held);
		if (first === undefined) this.firstRow.set(held, row);
		else if (first !== row) {
			const rows = this.shared.get(held);
			if (rows === undefined) this.shared.set(held, [first, row]);
			else rows.push(row);
		}
	}

	/** Frees what only the reading needed. */
	endReading(): void {
		if (this.policy !== 'first') this.firstRow.clear();
	}

	judge(key: string, row: number): DuplicateVerdict {
		const held = mark(key);
		if (this.policy === 'first') {
			const first = this.firstRow.get(held);
			if (first === undefined) {
				this.firstRow.set(held, row);
				return SEND;
			}
			return { do: 'skip', issue: this.issue(`Row ${first} was used.`) };
		}
		const rows = this.shared.get(held);
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
