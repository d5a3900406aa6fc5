/**
 * How long a run has waited for its service, and how long it may in all. Requests wait side by side, so time that several
 * of them waited counts once.
 */
export class Waits {
	/** Times waited, apart from each other and in order. */
	private readonly spans: Array<[from: number, to: number]> = [];
	totalMs = 0;

	constructor(readonly maxMs: number) {}

	/** The run has waited longer than it may. */
	get spent(): boolean {
		return this.totalMs > this.maxMs;
	}

	/** May the run wait this long on top of what it has waited? */
	allows(from: number, to: number): boolean {
		return this.totalMs + this.added(from, to) <= this.maxMs;
	}

	add(from: number, to: number): void {
		if (to <= from) return;
		this.totalMs += this.added(from, to);
		const touching = this.spans.filter((span) => span[0] <= to && span[1] >= from);
		const at = this.spans.findIndex((span) => span[1] >= from);
		this.spans.splice(at < 0 ? this.spans.length : at, touching.length, [
			Math.min(from, ...touching.map((span) => span[0])),
			Math.max(to, ...touching.map((span) => span[1])),
		]);
	}

	/** The part of a time that nobody has waited through yet. */
	private added(from: number, to: number): number {
		const waited = this.spans.reduce(
			(sum, span) => sum + Math.max(0, Math.min(span[1], to) - Math.max(span[0], from)),
			0,
		);
		return Math.max(0, to - from - waited);
	}
}
