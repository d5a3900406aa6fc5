import type { Port } from './port';

/**
 * A vendor counts the requests it receives, we count those we send: half a second more than a minute keeps the delivery
 * jitter of a request from pushing it into the previous minute of the vendor's count.
 */
const WINDOW_MS = 60_500;

/**
 * What one credential may send, shared by all nodes of this process. A moving window: the full number at once, then one
 * for each that has left the window.
 */
export class Budget {
	private readonly sent: number[] = [];
	private pausedUntil = 0;

	/** Waits until a request may leave, and counts it. */
	async enter(port: Port, perMinute: number | undefined): Promise<void> {
		for (;;) {
			port.checkCancelled();
			const now = port.now();
			const wait = Math.max(this.pausedUntil - now, this.windowWait(now, perMinute));
			if (wait <= 0) {
				if (perMinute !== undefined) this.sent.push(now);
				return;
			}
			await port.sleep(wait);
		}
	}

	/** The vendor asked all to wait. Gives back by how many milliseconds this lengthens the wait. */
	pause(now: number, ms: number): number {
		const before = Math.max(now, this.pausedUntil);
		this.pausedUntil = Math.max(this.pausedUntil, now + ms);
		return Math.max(0, this.pausedUntil - before);
	}

	private windowWait(now: number, perMinute: number | undefined): number {
		if (perMinute === undefined) return 0;
		while (this.sent[0] <= now - WINDOW_MS) this.sent.shift();
		if (this.sent.length < perMinute) return 0;
		return this.sent[this.sent.length - perMinute] + WINDOW_MS - now;
	}
}

const budgets = new Map<string, Budget>();

/** The budget of a credential; `owner` tells credentials apart and holds no secret. */
export function budgetOf(owner: string): Budget {
	let budget = budgets.get(owner);
	if (budget === undefined) budgets.set(owner, (budget = new Budget()));
	return budget;
}
