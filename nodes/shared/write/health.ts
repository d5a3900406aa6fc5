import { namesRecord, placeholdersIn, type Endpoint } from '../definition';
import { Cancelled, isPassing, isSetup, SetupFault, type Fault } from '../http';
import type { Report } from './report';

/**
 * Three requests in a row that stay without answer after all attempts: the service is down, and more requests would only
 * add rows whose fate nobody knows.
 */
const FAILURES_UNTIL_HALT = 3;

/**
 * A record may be closed to the credential where others are open. So many in a row, and not one that was taken: then it is
 * the credential, and the other rows would cost a request each to hear the same.
 */
const REFUSALS_UNTIL_HALT = 10;

/** What a program says of itself may be of any length. */
const LONGEST_WORDS = 200;

/** The words of an error that nobody foresaw. */
export const wordsOf = (error: unknown): string =>
	`The node failed: ${String((error as Error | undefined)?.message ?? error).slice(0, LONGEST_WORDS)}`;

/** Would every other row fare alike? */
function isEverybodys(fault: Fault, endpoint: Endpoint): boolean {
	switch (fault.code) {
		case 'PERMISSION':
			// One record may be closed to the credential.
			return !namesRecord(endpoint);
		case 'NOT_FOUND':
			// An address that is the same for all rows is wrong.
			return placeholdersIn(endpoint.request).length === 0;
		default:
			return isSetup(fault);
	}
}

/** Whether it makes sense to go on sending. */
export class Health {
	/** A request has brought something that must be reported, so the run can no longer simply fail. */
	begun = false;
	/** Nothing more is sent. */
	halted: Fault | undefined;
	private failuresInARow = 0;
	private refusalsInARow = 0;
	private taken = false;

	constructor(private readonly report: Report) {}

	answered(): void {
		this.begun = true;
		this.taken = true;
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

	/** Draws the consequences of a fault at an endpoint for the rest of the run. */
	react(fault: Fault, records: ReadonlyArray<Record<string, unknown>>, endpoint: Endpoint): void {
		const { code } = fault;
		const everybody = isEverybodys(fault, endpoint);
		if (everybody && !this.begun && fault.applied === 'no')
			throw new SetupFault({ ...fault, message: this.report.clean(fault.message, records) });
		this.begun = true;
		if (code === 'PERMISSION') this.refusalsInARow++;
		// A refusal of one record is an answer.
		if (isPassing(code) && (everybody || code !== 'PERMISSION')) this.failuresInARow++;
		else this.failuresInARow = 0;
		const closed = !this.taken && this.refusalsInARow >= REFUSALS_UNTIL_HALT;
		const down = this.failuresInARow >= FAILURES_UNTIL_HALT;
		const ends = everybody && code !== 'NOT_FOUND';
		if (ends || code === 'RATE_LIMITED' || closed || down)
			this.halted ??= { ...fault, message: this.report.clean(fault.message, records) };
	}
}
