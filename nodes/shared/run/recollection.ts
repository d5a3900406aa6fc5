import { createHash } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import { SetupFault } from '../http';
import type { Outcome, Recollection } from '../write';

/** n8n keeps what a node remembers as one value that is read and written whole; with more rows that takes seconds. */
const MAX_ROWS = 20_000;

const SCOPE = 'node';
const MODE = { mode: 'entries' } as const;

const saved = (print: string): string => `${print} saved`;
const open = (print: string): string => `${print} open`;

/**
 * What this node saved in earlier runs, kept where n8n's own "Remove Duplicates" keeps what it has seen. A row is
 * remembered by up to two marks: `saved`, and `open` while it is not known how its request ended.
 *
 * n8n can only ask for a mark by setting it. So both are set at once, which n8n stores in one step, and taken back when
 * the answer is there: a run that is killed in between leaves `open` behind, and such a row never counts as saved.
 */
export async function recollectionOf(
	context: IExecuteFunctions,
	{ about, forget, repeatable }: { about: readonly string[]; forget: boolean; repeatable: boolean },
): Promise<Recollection & { notices: readonly string[] }> {
	const { helpers } = context;
	if (forget) await helpers.clearAllProcessedItems(SCOPE, MODE);
	let room = MAX_ROWS - (await helpers.getProcessedDataCount(SCOPE, MODE));
	if (room <= 0 && repeatable) {
		// Sending all rows once more does no harm.
		await helpers.clearAllProcessedItems(SCOPE, MODE);
		room = MAX_ROWS;
	}
	if (room <= 0)
		throw new SetupFault({
			code: 'REFUSED',
			message: `"Skip Unchanged Rows" remembers ${MAX_ROWS} rows, and cannot remember more. Choose once to forget earlier runs; all rows of that run are then sent, so take out those that are there already.`,
			applied: 'no',
		});
	return new Marks(helpers, about.join(' '), room);
}

const NOT_REMEMBERED =
	'n8n could not store which rows were saved, so the next run may send some of them again.';

class Marks implements Recollection {
	/** One change at a time: n8n reads all marks, changes them and writes them back. */
	private turn: Promise<unknown> = Promise.resolve();
	/** Prints marked as open. */
	private readonly opened = new Set<string>();
	private savedRows: string[] = [];
	private failedRows: string[] = [];
	private storing: Promise<void> | undefined;
	/** What the user must know of it. */
	readonly notices: string[] = [];

	constructor(
		private readonly helpers: IExecuteFunctions['helpers'],
		private readonly about: string,
		private room: number,
	) {}

	printOf(content: unknown): string {
		const hash = createHash('sha256').update(this.about).update(JSON.stringify(content));
		// 128 bits: no two of the rows will ever share them.
		return hash.digest('base64').slice(0, 22);
	}

	async recall(prints: readonly string[]) {
		const there = await this.set(prints.flatMap((print) => [saved(print), open(print)]));
		const takenBack: string[] = [];
		const states = prints.map((print) => {
			if (there.has(open(print))) {
				this.opened.add(print);
				return 'open';
			}
			takenBack.push(open(print));
			if (there.has(saved(print))) return 'saved';
			takenBack.push(saved(print));
			return --this.room < 0 ? 'full' : undefined;
		});
		await this.unset(takenBack);
		return states;
	}

	async sending(prints: readonly string[]): Promise<void> {
		await this.set(prints.map(open));
		for (const print of prints) this.opened.add(print);
	}

	ended(print: string, status: Outcome['status']): void {
		if (status === 'saved') this.savedRows.push(print);
		// Not applied, for certain: the row may come again.
		else if (status === 'failed' && this.opened.has(print)) this.failedRows.push(print);
		else return;
		this.storing ??= this.store().finally(() => (this.storing = undefined));
	}

	async close(): Promise<void> {
		while (this.storing !== undefined) await this.storing;
	}

	/** Rows end faster than n8n stores: what has ended meanwhile goes together. */
	private async store(): Promise<void> {
		try {
			while (this.savedRows.length + this.failedRows.length > 0) {
				const [done, failed] = [this.savedRows.splice(0), this.failedRows.splice(0)];
				if (done.length > 0) await this.set(done.map(saved));
				const settled = [...done, ...failed].filter((print) => this.opened.delete(print));
				// A run that was killed while it asked has left both marks.
				await this.unset([...settled.map(open), ...failed.map(saved)]);
			}
		} catch {
			// The rows are saved and are reported so; failing now would hide that.
			this.notices.push(NOT_REMEMBERED);
		}
	}

	/** Sets marks; gives back those that were set already. */
	private async set(marks: string[]): Promise<Set<unknown>> {
		const attempt = () => this.helpers.checkProcessedAndRecord(marks, SCOPE, MODE);
		// Of two executions that begin a memory at once the database refuses one, which then finds the other's.
		const { processed } = await this.inTurn(() => attempt().catch(attempt));
		return new Set(processed);
	}

	private async unset(marks: string[]): Promise<void> {
		if (marks.length > 0) await this.inTurn(() => this.helpers.removeProcessed(marks, SCOPE, MODE));
	}

	private async inTurn<T>(task: () => Promise<T>): Promise<T> {
		const result = this.turn.then(task);
		this.turn = result.catch(() => undefined);
		return await result;
	}
}
