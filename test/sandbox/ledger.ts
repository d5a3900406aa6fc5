import type { Socket } from 'node:net';

import type { FaultKind } from './faults';
import { isObject, type SandboxRequest } from './vendor';

export interface LedgerEntry {
	/** Number of the request, from 1; `ledger.reset()` does not restart the count. */
	n: number;
	vendor: string;
	method: string;
	/** Path below the vendor's base URL, percent-encoded as it came. */
	path: string;
	query: Record<string, string | string[]>;
	/** Request headers; the values of secret ones read `[hidden]`. */
	headers: Record<string, string>;
	/** Parsed body; the values of the vendor's secret keys read `[hidden]`. */
	body: unknown;
	/** Status of the answer; `null` if none was sent. */
	status: number | null;
	/** Kinds of the faults that struck the request. */
	faults: FaultKind[];
	/** Number of the connection, from 1. */
	connection: number;
	/** Arrival, epoch milliseconds. */
	time: number;
}

const HIDDEN = '[hidden]';
const SECRET_HEADERS = ['authorization', 'bdtoken', 'cookie', 'proxy-authorization', 'x-api-key'];

/** Every request that reached a vendor, in order of arrival. */
export class Ledger {
	requests: LedgerEntry[] = [];

	private last = 0;
	private sockets = new WeakMap<Socket, number>();
	private opened = 0;

	/** How many connections carried the requests. */
	get connections(): number {
		return this.opened;
	}

	nextNumber(): number {
		return ++this.last;
	}

	add(request: SandboxRequest, secretBodyKeys: string[], socket: Socket): LedgerEntry {
		const entry: LedgerEntry = {
			n: request.n,
			vendor: request.vendor,
			method: request.method,
			path: request.path,
			query: plainQuery(request.query),
			headers: plainHeaders(request.headers),
			body: withoutSecrets(request.body, secretBodyKeys),
			status: null,
			faults: [],
			connection: this.numberOf(socket),
			time: Date.now(),
		};
		this.requests.push(entry);
		return entry;
	}

	/** Empties the ledger. Numbers go on, because the truth refers to them. */
	reset(): void {
		this.requests = [];
		this.sockets = new WeakMap();
		this.opened = 0;
	}

	/** Empties the ledger and counts from 1 again. */
	restart(): void {
		this.reset();
		this.last = 0;
	}

	/** The shape that `GET /__sandbox/ledger` answers with. */
	toJSON() {
		return { connections: this.connections, requests: this.requests };
	}

	private numberOf(socket: Socket): number {
		const known = this.sockets.get(socket);
		if (known !== undefined) return known;
		this.opened += 1;
		this.sockets.set(socket, this.opened);
		return this.opened;
	}
}

function plainQuery(query: URLSearchParams): LedgerEntry['query'] {
	const plain: LedgerEntry['query'] = {};
	for (const name of new Set(query.keys())) {
		const values = query.getAll(name);
		plain[name] = values.length === 1 ? values.join() : values;
	}
	return plain;
}

function plainHeaders(headers: SandboxRequest['headers']): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [
			name,
			SECRET_HEADERS.includes(name) ? HIDDEN : String(value),
		]),
	);
}

function withoutSecrets(body: unknown, secretKeys: string[]): unknown {
	if (!isObject(body) || !secretKeys.some((key) => key in body)) return body;
	return Object.fromEntries(
		Object.entries(body).map(([key, value]) => [key, secretKeys.includes(key) ? HIDDEN : value]),
	);
}
