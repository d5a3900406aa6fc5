import type { IncomingHttpHeaders } from 'node:http';

import type { FaultOf, VendorFaultKind } from './faults';
import type { Truth } from './truth';

/** One request to a vendor, as its handlers see it. */
export interface SandboxRequest {
	/** Number in the ledger, from 1. */
	n: number;
	vendor: string;
	method: string;
	/** Path below the vendor's base URL, percent-encoded as it came. */
	path: string;
	query: URLSearchParams;
	headers: IncomingHttpHeaders;
	/** Parsed body of a JSON or form request; `undefined` if there is none or it does not parse. */
	body: unknown;
	/** The body as text. */
	text: string;
	/** This vendor's base URL, without a trailing slash. */
	baseUrl: string;
	/** Values of the `:name` parts of the route, decoded. */
	params: Record<string, string>;
	/** The injected fault of this kind, if one struck this request. Asking means acting on it. */
	fault<K extends VendorFaultKind>(kind: K): FaultOf<K> | undefined;
}

export interface Answer {
	status: number;
	/** Objects and arrays go out as JSON, strings and buffers as they are. */
	body?: unknown;
	headers?: Record<string, string>;
}

export interface Route {
	method: string;
	/** Path below the vendor's base URL; a part written `:name` matches one whole segment. */
	path: string;
	/** A sign-in route needs no token, and only faults that name its path strike it. */
	signIn?: boolean;
	handle(request: SandboxRequest): Answer;
}

/** A vendor with its data, fresh from the start. */
export interface RunningVendor {
	truth: Truth;
	routes: Route[];
	/** The refusal of a request that is not signed in, or `undefined` to let it in. */
	authorize(request: SandboxRequest): Answer | undefined;
	/** Makes every token issued so far invalid. */
	expireTokens(): void;
	/** Adds people as if they had been there from the start. */
	fill?(count: number): void;
	/** Lets something happen in the vendor's own application, and answers with the IDs of the records; undefined where it cannot. */
	happen?(what: Happening, count: number): string[] | undefined;
}

const OWN_NAMES = ['Ada', 'Bela', 'Cleo', 'Dora', 'Emil'];
/** First names of people whom a vendor makes itself. */
export const ownName = (n: number): string => OWN_NAMES[n % OWN_NAMES.length];

export type Happening = 'created' | 'changed' | 'removed' | 'onboarded';

export interface SandboxVendor {
	/** First path segment, and the name used in faults, ledger and truth. */
	name: string;
	/** Body keys whose values never enter the ledger. */
	secretBodyKeys: string[];
	start(): RunningVendor;
}

/** The token of an `Authorization: Bearer` header, or `undefined`. */
export function bearerToken(request: SandboxRequest): string | undefined {
	return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
