import { Cancelled, isPassing, isSetup, SetupFault, type Fault } from '../http';
import type { Report } from './report';

/**
 * Three requests in a row that stay without answer after all attempts: the service is down, and more requests would only
 * add rows whose fate nobody knows.
 */
const FAILURES_UNTIL_HALT = 3;

/** What a program says of itself may be of any length. */
const LONGEST_WORDS = 200;

/** The words of an error that nobody foresaw. */
export const wordsOf = (error: unknown): string =>
	`The node failed: ${String((error as Error | undefined)?.message ?? error).slice(0, LONGEST_WORDS)}`;

/** Whether it makes sense to go on sending. */
export class Health {
	/** A request has brought something that must be reported, so the run can no longer simply fail. */
	begun = false;
	/** Nothing more is sent. */
	halted: Fault | undefined;
	private failuresInARow = 0;

	constructor(private readonly report: Report) {}

	answered(): void {
		this.begun = true;
		this.failuresInARow = 0;
	}

	/**
	 * The node or n8n failed. Before anything was sent, that ends the run; afterwards it must not take with it what became of
	 * the rows, so nothing more is sent and the fault is given back.
	 *
	 * @throws the error itself before anything was sent, and always after a stop
	 */
	broke(error: unknown): Fault {
		if (error instanceof Cancelled || !this.begun) throw error as Error;
		return (this.halted ??= {
			code: 'UNEXPECTED',
			message: this.report.clean(wordsOf(error), []),
			applied: 'no',
		});
	}

	/** Draws the consequences of a fault for the rest of the run. */
	react(fault: Fault, records: ReadonlyArray<Record<string, unknown>>, collection = false): void {
		const everybody = isSetup(fault) || (collection && fault.code === 'NOT_FOUND');
		if (everybody && !this.begun && fault.applied === 'no')
			throw new SetupFault({ ...fault, message: this.report.clean(fault.message, records) });
		this.begun = true;
		if (isPassing(fault.code)) {
			this.failuresInARow++;
			if (everybody || fault.code === 'RATE_LIMITED' || this.failuresInARow >= FAILURES_UNTIL_HALT)
				this.halted ??= { ...fault, message: this.report.clean(fault.message, records) };
		} else this.failuresInARow = 0;
	}
}
