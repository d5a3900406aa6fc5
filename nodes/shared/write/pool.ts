/**
 * Runs tasks side by side, at most `limit` at once. The first task runs alone: it may have to sign in, and it finds out
 * whether the set-up is right before anything else is sent.
 */
export class Pool {
	private readonly running = new Set<Promise<void>>();
	private warm = false;
	private wake = (): void => undefined;
	private readonly warmed = new Promise<void>((resolve) => (this.wake = resolve));
	private failure: { error: unknown } | undefined;

	constructor(private readonly limit: number) {}

	/** The set-up is right: others need not wait for the end of the first task. */
	warmUp(): void {
		this.warm = true;
		this.wake();
	}

	/** Starts a task as soon as there is room; rejects with the first error of any task. */
	async run(task: () => Promise<void>): Promise<void> {
		if (!this.warm && this.running.size > 0) await Promise.race([...this.running, this.warmed]);
		while (this.running.size >= this.limit) await Promise.race(this.running);
		this.rethrow();
		const running: Promise<void> = task()
			.catch((error: unknown) => {
				this.failure ??= { error };
			})
			.finally(() => {
				this.warmUp();
				this.running.delete(running);
			});
		this.running.add(running);
	}

	/** Ends when no task is left. */
	async drain(): Promise<void> {
		await Promise.all(this.running);
		this.rethrow();
	}

	private rethrow(): void {
		if (this.failure !== undefined) throw this.failure.error;
	}
}
