/** One request, ready to leave: the address is complete and encoded, the body is serialised. */
export interface HttpRequest {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	url: string;
	headers?: Readonly<Record<string, string>>;
	body?: string;
	/** Milliseconds until an attempt is given up. */
	timeoutMs: number;
	/** It signs in itself: a refusal must not be answered by a second try, which may lock the account. */
	signsIn?: true;
}

/** An answer of any status. Header names are in lower case. */
export interface HttpResponse {
	status: number;
	headers: Readonly<Record<string, string>>;
	/** Parsed JSON, or the raw text when it is not JSON; undefined when empty. */
	body: unknown;
}

/**
 * An attempt without an answer.
 * - `notSent`: it provably never reached the service (name not found, connection refused).
 * - `blocked`: n8n kept it in, or did not trust the other side; a second attempt would end alike.
 * - `timeout`: no answer in time. `cut`: the connection ended early. In both the request may have been applied.
 */
export class TransportFault extends Error {
	constructor(
		readonly kind: 'notSent' | 'blocked' | 'timeout' | 'cut',
		message: string,
	) {
		super(message);
		this.name = 'TransportFault';
	}
}

/** The run was stopped by its user. */
export class Cancelled extends Error {
	constructor() {
		super('The run was stopped.');
		this.name = 'Cancelled';
	}
}

/** All that the engine needs from the world. n8n implements it in `run/`; tests implement it in a few lines. */
export interface Port {
	/** Sends once, signed in. Resolves for every status; rejects with TransportFault, SignInFailed or Cancelled. */
	send(request: HttpRequest): Promise<HttpResponse>;
	/** Rejects with Cancelled within a second of a stop. */
	sleep(ms: number): Promise<void>;
	/** Milliseconds since 1970. */
	now(): number;
	/** From 0 to below 1; jitter only. */
	random(): number;
	/** Throws Cancelled after a stop. */
	checkCancelled(): void;
}
