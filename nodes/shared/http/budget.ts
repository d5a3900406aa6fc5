import type { Rate } from '../definition';
import type { Port } from './port';

/**
 * A vendor counts the requests it receives, we count those we send: half a second more than its window keeps the delivery
 * jitter of a request from pushing it into the window before.
 */
const JITTER_MS = 500;

/**
 * The part of a window's requests that may leave at once, so that a small run need not wait; the others are spread over it,
 * since all at once trip other guards of a service.
 */
const BURST = 0.5;

/** What one credential may send, shared by all nodes of this process. */
export class Budget {
	/** When the latest requests left, as many as the largest window asked for holds. */
	private readonly sent: number[] = [];
	/** When a request would leave if all that have left had kept their distance. */
	private due = 0;
	private pausedUntil = 0;

	/** Milliseconds for which the vendor has asked all to wait, at some other request. */
	pauseLeft(now: number): number {
		return Math.max(0, this.pausedUntil - now);
	}

	/** Waits until a request may leave, and counts it. `waiting` hears of each pause before it is waited out, and may throw. */
	async enter(
		port: Port,
		rate: Rate | undefined,
		waiting?: (pauseMs: number) => void,
	): Promise<void> {
		for (;;) {
			port.checkCancelled();
			const now = port.now();
			const pause = this.pauseLeft(now);
			if (pause > 0) waiting?.(pause);
			const wait = Math.max(pause, rate === undefined ? 0 : this.paceLeft(now, rate));
			if (wait <= 0) {
				if (rate !== undefined) this.count(now, rate);
				return;
			}
			await port.sleep(wait);
		}
	}

	/** The vendor asked all to wait. */
	pause(now: number, ms: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, now + ms);
	}

	private paceLeft(now: number, { requests, seconds }: Rate): number {
		const windowMs = seconds * 1000 + JITTER_MS;
		while (this.sent[0] <= now - windowMs) this.sent.shift();
		const full =
			this.sent.length < requests ? 0 : this.sent[this.sent.length - requests] + windowMs - now;
		const distance = windowMs / requests;
		const burst = Math.max(1, Math.floor(requests * BURST));
		return Math.max(full, Math.ceil(this.due - (burst - 1) * distance - now));
	}

	private count(now: number, { requests, seconds }: Rate): void {
		this.sent.push(now);
		this.due = Math.max(this.due, now) + (seconds * 1000 + JITTER_MS) / requests;
	}
}

const budgets = new Map<string, Budget>();

/** The budget of a credential; `owner` tells credentials apart and holds no secret. */
export function budgetOf(owner: string): Budget {
	let budget = budgets.get(owner);
	if (budget === undefined) budgets.set(owner, (budget = new Budget()));
	return budget;
}
