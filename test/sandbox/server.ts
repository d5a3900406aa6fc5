import { setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { control } from './control';
import {
	Faults,
	VENDOR_FAULTS,
	type FaultOf,
	type FaultSpec,
	type VendorFaultKind,
} from './faults';
import { Ledger, type LedgerEntry } from './ledger';
import { seededRandom } from './random';
import type { Truth } from './truth';
import type {
	Answer,
	Happening,
	Route,
	RunningVendor,
	SandboxRequest,
	SandboxVendor,
} from './vendor';

export interface SandboxOptions {
	/** 0 (the default) takes a free port. */
	port?: number;
	/** Names of the vendors to serve; all by default. */
	vendors?: string[];
	/** Milliseconds before each vendor request is looked at, give or take `jitter`; default 0. */
	delay?: number | { ms: number; jitter?: number; seed?: number };
}

export interface Sandbox {
	/** `http://127.0.0.1:<port>` */
	url: string;
	/** Names of the vendors served. */
	vendors: string[];
	faults: Faults;
	ledger: Ledger;
	/** `http://127.0.0.1:<port>/<vendor>` @throws Error if the vendor is not served */
	baseUrl(vendor: string): string;
	/** @throws Error if the vendor is not served */
	truth(vendor: string): Truth;
	/** Adds people as if they had been there from the start; false where the vendor cannot. */
	fill(vendor: string, count: number): boolean;
	/** Lets people at the vendor do something themselves: the records' IDs, or undefined where the vendor cannot. */
	happen(vendor: string, what: Happening, count: number): string[] | undefined;
	/** Fresh vendors, an empty ledger, no faults. Tokens issued before are unknown afterwards. */
	reset(): void;
	/** Cuts every open connection, hung ones too, and stops listening. */
	close(): Promise<void>;
}

/** Serves the vendors on 127.0.0.1, each under its name as first path segment. */
export async function serve(
	vendors: SandboxVendor[],
	{ port = 0, delay = 0 }: SandboxOptions,
): Promise<Sandbox> {
	const faults = new Faults();
	const ledger = new Ledger();
	const closing = new AbortController();
	// Every request that waits listens; Node warns of a leak from the eleventh on.
	setMaxListeners(0, closing.signal);
	const nextDelay = delays(delay);
	let running = startAll(vendors);

	const server = createServer((incoming, response) => {
		receive(incoming, response).catch((error: unknown) => {
			// A request cut by the client or by close() is nobody's mistake; anything else is ours.
			if (incoming.socket.destroyed || closing.signal.aborted) return;
			send(response, { status: 500, body: { message: `The sandbox failed: ${String(error)}` } });
		});
	});
	// Node closes idle connections after 5 s; a client about to reuse one would see a cut that no
	// fault asked for.
	server.keepAliveTimeout = 0;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	async function receive(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
		const text = await readText(incoming);
		const [rawPath = '', rawQuery = ''] = splitOnce(incoming.url ?? '', '?');
		const [, name = '', rest = ''] = /^\/([^/]*)(.*)$/.exec(rawPath) ?? [];
		const method = incoming.method ?? 'GET';
		const query = new URLSearchParams(rawQuery);
		const body = parseBody(text, incoming.headers['content-type']);

		if (name === '__sandbox') {
			return send(response, control(sandbox, { method, action: rest.slice(1), query, body }));
		}
		const vendor = running.get(name);
		if (!vendor) return send(response, { status: 404, body: { message: `No vendor ${name}` } });

		const taken = new Set<VendorFaultKind>();
		let struck: FaultSpec[] = [];
		const request: SandboxRequest = {
			n: ledger.nextNumber(),
			vendor: name,
			method,
			path: rest,
			query,
			headers: incoming.headers,
			body,
			text,
			baseUrl: `${url}/${name}`,
			params: {},
			fault: <K extends VendorFaultKind>(kind: K) => {
				taken.add(kind);
				return struck.find((spec): spec is FaultOf<K> => spec.kind === kind);
			},
		};
		const entry = ledger.add(request, vendor.definition.secretBodyKeys, incoming.socket);
		const found = findRoute(vendor.routes, request);
		struck = faults.strike(request, found.route?.signIn ?? false);
		entry.faults = struck.map((fault) => fault.kind);

		await wait(nextDelay());
		for (const fault of struck) {
			if (fault.kind === 'slow') await wait(fault.ms);
			if (fault.kind === 'expiredToken') vendor.expireTokens();
		}
		const handle = () => {
			const answer = dispatch(vendor, found, request);
			const missed = struck.find(({ kind }) => isVendorFault(kind) && !taken.has(kind));
			// A fault the vendor does not know would make a test pass without having tested anything.
			if (missed && answer.status < 400) {
				return { status: 501, body: { message: `Fault ${missed.kind} is not known here` } };
			}
			return answer;
		};
		deliver(struck.find(isTransportFault), handle, { entry, incoming, response });
	}

	async function wait(ms: number): Promise<void> {
		if (ms > 0) await sleep(ms, undefined, { signal: closing.signal });
	}

	function vendorNamed(name: string): RunningVendor {
		const vendor = running.get(name);
		if (!vendor) throw new Error(`The sandbox does not serve a vendor named ${name}`);
		return vendor;
	}

	const sandbox: Sandbox = {
		url,
		vendors: [...running.keys()],
		faults,
		ledger,
		baseUrl: (name) => {
			vendorNamed(name);
			return `${url}/${name}`;
		},
		truth: (name) => vendorNamed(name).truth,
		fill: (name, count) => {
			const { fill } = vendorNamed(name);
			fill?.(count);
			return fill !== undefined;
		},
		happen: (name, what, count) => vendorNamed(name).happen?.(what, count),
		reset: () => {
			running = startAll(vendors);
			ledger.restart();
			faults.clear();
		},
		close: async () => {
			closing.abort();
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			await closed;
		},
	};
	return sandbox;
}

type Served = RunningVendor & { definition: SandboxVendor };

function startAll(vendors: SandboxVendor[]): Map<string, Served> {
	return new Map(
		vendors.map((definition) => [definition.name, { definition, ...definition.start() }]),
	);
}

/** Answers, or fails to answer, as the fault says. */
function deliver(
	fault: TransportFault | undefined,
	handle: () => Answer,
	{
		entry,
		incoming,
		response,
	}: { entry: LedgerEntry; incoming: IncomingMessage; response: ServerResponse },
): void {
	const reply = (answer: Answer) => {
		entry.status = answer.status;
		send(response, answer);
	};
	if (!fault) return reply(handle());

	switch (fault.kind) {
		case 'cutBefore':
			incoming.socket.destroy();
			return;
		case 'cutAfter':
			handle();
			incoming.socket.destroy();
			return;
		case 'timeout':
			if (fault.applied) handle();
			return;
		case 'status':
			if (fault.applied) handle();
			return reply({
				status: fault.status,
				body: fault.body,
				headers: { ...fault.headers, ...retryAfter(fault.retryAfter) },
			});
		case 'rateLimit':
			// A whole window is enough wherever in it the request came, and clients are told full seconds.
			return reply({
				status: 429,
				body: { message: 'Too many requests' },
				headers: retryAfter({ seconds: Math.ceil(fault.windowMs / 1000) }),
			});
		case 'html':
			if (fault.applied) handle();
			return reply({
				status: fault.status ?? 502,
				body: '<!DOCTYPE html><html><body><h1>Something went wrong</h1></body></html>',
				headers: { 'content-type': 'text/html; charset=utf-8' },
			});
		case 'emptyBody':
			if (fault.applied ?? true) handle();
			return reply({ status: fault.status ?? 200 });
		case 'truncatedJson': {
			const answer = handle();
			const whole = JSON.stringify(answer.body ?? {});
			return reply({
				...answer,
				body: whole.slice(0, Math.max(1, Math.floor(whole.length / 2))),
				headers: { ...answer.headers, 'content-type': 'application/json' },
			});
		}
	}
}

interface FoundRoute {
	route?: Route;
	params: Record<string, string>;
	/** Some route has this path, whatever its method. */
	pathKnown: boolean;
}

function findRoute(routes: Route[], request: SandboxRequest): FoundRoute {
	let pathKnown = false;
	for (const route of routes) {
		const params = matchPath(route.path, request.path);
		if (!params) continue;
		pathKnown = true;
		if (route.method === request.method) return { route, params, pathKnown };
	}
	return { params: {}, pathKnown };
}

/** Values of the `:name` parts, or `undefined` if the path is another one. */
function matchPath(pattern: string, path: string): Record<string, string> | undefined {
	const wanted = pattern.split('/');
	// Split before decoding: an encoded slash belongs to a value.
	const given = path.split('/');
	if (wanted.length !== given.length) return undefined;
	const params: Record<string, string> = {};
	for (const [position, part] of wanted.entries()) {
		const value = decodeSegment(given[position] ?? '');
		if (value === undefined) return undefined;
		if (part.startsWith(':') && value !== '') params[part.slice(1)] = value;
		else if (part !== value) return undefined;
	}
	return params;
}

function decodeSegment(segment: string): string | undefined {
	try {
		return decodeURIComponent(segment);
	} catch {
		return undefined;
	}
}

function dispatch(vendor: RunningVendor, found: FoundRoute, request: SandboxRequest): Answer {
	const { route, params, pathKnown } = found;
	const where = `${request.method} ${request.path}`;
	if (!route) {
		return { status: pathKnown ? 405 : 404, body: { message: `No such endpoint: ${where}` } };
	}
	if (!route.signIn) {
		const refusal = vendor.authorize(request);
		if (refusal) return refusal;
	}
	request.params = params;
	return route.handle(request);
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
	const raw = typeof body === 'string' || Buffer.isBuffer(body);
	const payload = body === undefined ? '' : raw ? body : JSON.stringify(body);
	const type = body === undefined || raw ? {} : { 'content-type': 'application/json' };
	// A 204 must not carry a length (RFC 9110, 8.6).
	const length = status === 204 ? {} : { 'content-length': Buffer.byteLength(payload) };
	response.writeHead(status, { ...type, ...length, ...headers });
	response.end(payload);
}

async function readText(incoming: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

function parseBody(text: string, contentType = ''): unknown {
	const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
	if (text === '') return undefined;
	if (type === 'application/x-www-form-urlencoded') {
		return Object.fromEntries(new URLSearchParams(text));
	}
	if (type !== 'application/json' && !type.endsWith('+json')) return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

function splitOnce(text: string, separator: string): [string, string] {
	const at = text.indexOf(separator);
	return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

type TransportFault = Exclude<FaultSpec, { kind: VendorFaultKind | 'slow' | 'expiredToken' }>;

/** Whether the fault decides how the answer travels, as opposed to what happens before or in it. */
function isTransportFault(fault: FaultSpec): fault is TransportFault {
	return fault.kind !== 'slow' && fault.kind !== 'expiredToken' && !isVendorFault(fault.kind);
}

function isVendorFault(kind: string): kind is VendorFaultKind {
	return (VENDOR_FAULTS as readonly string[]).includes(kind);
}

function retryAfter(wait?: { seconds: number; as?: 'seconds' | 'date' }): Record<string, string> {
	if (!wait) return {};
	if (wait.as !== 'date') return { 'retry-after': String(wait.seconds) };
	const at = Math.ceil(Date.now() / 1000 + wait.seconds) * 1000;
	return { 'retry-after': new Date(at).toUTCString() };
}

function delays(delay: SandboxOptions['delay'] = 0): () => number {
	if (typeof delay === 'number') return () => delay;
	const { ms, jitter = 0, seed = 1 } = delay;
	const random = seededRandom(seed);
	return () => Math.max(0, ms + (random() * 2 - 1) * jitter);
}
