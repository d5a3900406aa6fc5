/**
 * Why a request brought no usable answer. Codes are stored in outcomes; they never change.
 * - `AUTHENTICATION` (401), `PERMISSION` (403): the credential.
 * - `NOT_FOUND` (404, 410), `TOO_LARGE` (413), `REFUSED` (any other 4xx): this request.
 * - `RATE_LIMITED`: the wait the service asked for exceeds what the run may wait.
 * - `SERVICE_FAILED` (5xx), `TIMEOUT`, `CONNECTION_LOST`, `UNREADABLE_ANSWER`: the request may have been applied.
 * - `HOST_UNREACHABLE`: the request did not reach the service.
 * - `REDIRECTED`: the service sent us to another host, where we do not follow.
 * - `UNEXPECTED`: this node or n8n failed, not the service.
 */
export type FaultCode =
	| 'AUTHENTICATION'
	| 'PERMISSION'
	| 'NOT_FOUND'
	| 'TOO_LARGE'
	| 'REFUSED'
	| 'RATE_LIMITED'
	| 'SERVICE_FAILED'
	| 'TIMEOUT'
	| 'CONNECTION_LOST'
	| 'UNREADABLE_ANSWER'
	| 'HOST_UNREACHABLE'
	| 'REDIRECTED'
	| 'UNEXPECTED';

export interface Place {
	pointer: string;
	/** The vendor's words. Free of secrets. */
	message: string;
}

export interface Fault {
	code: FaultCode;
	/** Vendor's words first; what to do last. Free of secrets. */
	message: string;
	status?: number;
	/** What the service says of single values of the body, by JSON pointer. */
	places?: readonly Place[];
	/** `no`: the service did not act on it. */
	applied: 'no' | 'unknown';
	/** What has to come before the request did not come about, or the run may not wait any longer: it never left. */
	heldBack?: true;
}

/** The credential, the host or the address is wrong: no other row would fare better. */
export class SetupFault extends Error {
	constructor(readonly fault: Fault) {
		super(fault.message);
		this.name = 'SetupFault';
	}
}

const SETUP: ReadonlySet<FaultCode> = new Set<FaultCode>([
	'AUTHENTICATION',
	'PERMISSION',
	'HOST_UNREACHABLE',
	'REDIRECTED',
]);

/** Is it the credential, the host or the address, so that no other request would fare better? */
export const isSetup = (fault: Fault): boolean => SETUP.has(fault.code) || fault.heldBack === true;

/** Faults that pass: the same request may succeed in a later try of the node. */
const PASSING: ReadonlySet<string> = new Set<FaultCode>([
	'AUTHENTICATION',
	'PERMISSION',
	'RATE_LIMITED',
	'SERVICE_FAILED',
	'TIMEOUT',
	'CONNECTION_LOST',
	'UNREADABLE_ANSWER',
	'HOST_UNREACHABLE',
	'REDIRECTED',
	'UNEXPECTED',
]);

export const isPassing = (code: string): boolean => PASSING.has(code);
