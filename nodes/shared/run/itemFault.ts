import type { Fault } from '../http';

/** The request of one item failed. */
export class ItemFault extends Error {
	/** `final`: the same request, made again, would bring nothing else, or harm. */
	constructor(
		readonly fault: Fault,
		readonly final = false,
	) {
		super(fault.message);
		this.name = 'ItemFault';
	}
}
