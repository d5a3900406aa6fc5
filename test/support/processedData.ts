type Options = { mode: string; maxEntries?: number };

/**
 * What n8n remembers for a node, as its own helper does: all marks are one value, read and written whole at each call, and
 * to ask for a mark is to set it.
 */
export class ProcessedData {
	marks: string[] = [];
	calls = 0;
	/** Called before each change; throws to keep it from happening. */
	before: () => void = () => undefined;
	/** Whether the database holds an entry for the node. */
	private entry = false;

	readonly helpers = {
		checkProcessedAndRecord: async (items: string[], _scope: string, { maxEntries }: Options) =>
			await this.change((marks) => {
				const known = new Set(marks);
				const fresh = items.filter((item) => !known.has(item));
				for (const item of fresh) marks.push(item);
				if (maxEntries) marks.splice(0, marks.length - maxEntries);
				return { new: fresh, processed: items.filter((item) => known.has(item)) };
			}),
		removeProcessed: async (items: string[], _scope: string, _options: Options) =>
			await this.change((marks) => {
				for (const item of items) {
					const at = marks.indexOf(item);
					if (at >= 0) marks.splice(at, 1);
				}
			}),
		clearAllProcessedItems: async (_scope: string, _options: Options) =>
			await this.change((marks) => {
				marks.splice(0);
				this.entry = false;
			}),
		getProcessedDataCount: async (_scope: string, _options: Options) => this.marks.length,
	};

	/** Reading and writing are two steps: who changes at the same time loses, and of two that make the entry one fails. */
	private async change<T>(task: (marks: string[]) => T): Promise<T> {
		this.before();
		this.calls++;
		const marks = [...this.marks];
		const isFirst = !this.entry && marks.length === 0;
		const result = task(marks);
		await new Promise((resolve) => setImmediate(resolve));
		this.before();
		if (isFirst && marks.length > 0) {
			if (this.entry) throw new Error('duplicate key value violates unique constraint');
			this.entry = true;
		}
		this.marks = marks;
		return result;
	}
}
