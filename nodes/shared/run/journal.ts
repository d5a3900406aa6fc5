import type { IExecuteFunctions } from 'n8n-workflow';

const SCOPE = 'node';
const MODE = 'entries';

/** How many of the last marks are never cleared away as those of older journals. */
const KEPT = 1000;

/**
 * Marks that n8n keeps for the node where its own "Remove Duplicates" keeps what it has seen, in the database. A mark is
 * there or not, and to ask for it is to set it. n8n reads all marks, changes them and writes them back at each call, so
 * questions go together, and taking a mark away is for few: n8n looks through all of them for each.
 */
export class Journal {
	/** One call at a time. */
	private turn: Promise<unknown> = Promise.resolve();

	constructor(private readonly helpers: IExecuteFunctions['helpers']) {}

	async size(): Promise<number> {
		return await this.inTurn(
			async () => await this.helpers.getProcessedDataCount(SCOPE, { mode: MODE }),
		);
	}

	/** Sets marks, in one step; gives back those that were set already. */
	async set(marks: readonly string[], { clearOlder = false } = {}): Promise<ReadonlySet<unknown>> {
		if (marks.length === 0) return new Set();
		const options = { mode: MODE, ...(clearOlder && { maxEntries: marks.length + KEPT }) } as const;
		const attempt = async () =>
			await this.helpers.checkProcessedAndRecord([...marks], SCOPE, options);
		// Of two executions that begin a journal at once the database refuses one, which then finds the other's.
		const { processed } = await this.inTurn(async () => await attempt().catch(attempt));
		return new Set(processed);
	}

	async remove(marks: readonly string[]): Promise<void> {
		if (marks.length === 0) return;
		await this.inTurn(
			async () => await this.helpers.removeProcessed([...marks], SCOPE, { mode: MODE }),
		);
	}

	async clear(): Promise<void> {
		await this.inTurn(async () => await this.helpers.clearAllProcessedItems(SCOPE, { mode: MODE }));
	}

	private async inTurn<T>(task: () => Promise<T>): Promise<T> {
		const result = this.turn.then(task);
		this.turn = result.catch(() => undefined);
		return await result;
	}
}
