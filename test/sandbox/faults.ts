import type { SandboxRequest } from './vendor';

/** Which requests a fault strikes. Without `path` it never strikes a sign-in route. */
export interface FaultMatch {
	vendor?: string;
	/** HTTP method, upper case. */
	method?: string;
	/** Path below the vendor's base URL: exact text, or a pattern. */
	path?: string | RegExp;
	when?: (request: SandboxRequest) => boolean;
	/** The first matching request to strike, from 1 (the default). */
	nth?: number;
	/** How many matching requests to strike from there on: default 1, for list faults and rate limits `always`. */
	times?: number | 'always';
}

/** Picks rows of a bulk request: by position from 0, by key, or by a function. */
export interface RowPick {
	rows?: number[];
	keys?: string[];
	pick?: (row: unknown, index: number) => boolean;
}

export type FaultKinds =
	/** An HTTP status; nothing is applied unless `applied`. */
	| {
			kind: 'status';
			status: number;
			body?: unknown;
			headers?: Record<string, string>;
			/** Adds `Retry-After`; a date is computed when the answer is sent, rounded up to a second. */
			retryAfter?: { seconds: number; as?: 'seconds' | 'date' };
			applied?: boolean;
	  }
	/** At most so many matching requests in a window of time; the others are told by 429 to wait for its end. */
	| { kind: 'rateLimit'; requests: number; windowMs: number }
	/** Never answers; nothing is applied unless `applied`. */
	| { kind: 'timeout'; applied?: boolean }
	/** The connection is cut and nothing is applied. */
	| { kind: 'cutBefore' }
	/** The request is applied, then the connection is cut. */
	| { kind: 'cutAfter' }
	/** The request is applied; the answer ends half-way, with a matching Content-Length. */
	| { kind: 'truncatedJson' }
	/** An HTML page (default status 502); nothing is applied unless `applied`. */
	| { kind: 'html'; status?: number; applied?: boolean }
	/** No body, status 200 unless given; the request is applied unless `applied` is false. */
	| { kind: 'emptyBody'; status?: number; applied?: boolean }
	/** Every token issued so far becomes invalid before this request is looked at. */
	| { kind: 'expiredToken' }
	/** The request waits this many milliseconds before it is looked at. */
	| { kind: 'slow'; ms: number }
	/** A success answer that reports these rows as failed; they are not applied. */
	| ({
			kind: 'failedRows';
			code?: string;
			message?: string;
			/** How the answer points at them, as far as the vendor has these ways; default `full`. */
			locate?: 'full' | 'index' | 'key' | 'none';
	  } & RowPick)
	/** Only the first `keep` rows are applied and counted; the others are not mentioned. */
	| { kind: 'shortAnswer'; keep: number }
	/** A list that always has one more page. */
	| { kind: 'endlessPages' }
	/** A list whose next page is the page just read. */
	| { kind: 'repeatedCursor' }
	/** A list whose next page is at another host. */
	| { kind: 'foreignNext'; url?: string };

export type FaultSpec = FaultMatch & FaultKinds;
export type FaultKind = FaultKinds['kind'];
export type FaultOf<K extends FaultKind> = Extract<FaultSpec, { kind: K }>;

/** Faults that live in the vendor's own answer, so only its handlers can act on them. */
export const VENDOR_FAULTS = [
	'failedRows',
	'shortAnswer',
	'endlessPages',
	'repeatedCursor',
	'foreignNext',
] as const;
export type VendorFaultKind = (typeof VENDOR_FAULTS)[number];

/** A name that never resolves (RFC 2606), so that following it can only fail. */
export const FOREIGN_URL = 'https://foreign-host.invalid/next-page';

/** Every kind, spelt out once more because a request over HTTP arrives without types. */
const KINDS: Record<FaultKind, true> = {
	status: true,
	rateLimit: true,
	timeout: true,
	cutBefore: true,
	cutAfter: true,
	truncatedJson: true,
	html: true,
	emptyBody: true,
	expiredToken: true,
	slow: true,
	failedRows: true,
	shortAnswer: true,
	endlessPages: true,
	repeatedCursor: true,
	foreignNext: true,
};

/** What is so until it is put right, unless told otherwise. */
const LASTING: readonly FaultKind[] = [
	'endlessPages',
	'repeatedCursor',
	'foreignNext',
	'rateLimit',
];

export interface FaultHandle {
	spec: FaultSpec;
	/** Requests that matched so far. */
	matched: number;
	/** Requests that were struck so far. */
	hits: number;
	/** Of a rate limit: when it begins anew, and the requests let in until then. */
	window?: { end: number; taken: number };
	remove(): void;
}

export class Faults {
	private handles: FaultHandle[] = [];

	/** @throws Error if the kind is unknown */
	add(spec: FaultSpec): FaultHandle {
		if (!(spec.kind in KINDS)) throw new Error(`Unknown fault kind ${String(spec.kind)}`);
		const handle: FaultHandle = {
			spec,
			matched: 0,
			hits: 0,
			remove: () => {
				this.handles = this.handles.filter((other) => other !== handle);
			},
		};
		this.handles.push(handle);
		return handle;
	}

	clear(): void {
		this.handles = [];
	}

	list(): FaultHandle[] {
		return [...this.handles];
	}

	/** The faults that strike this request, in the order they were added. */
	strike(request: SandboxRequest, isSignIn: boolean): FaultSpec[] {
		const struck: FaultSpec[] = [];
		for (const handle of this.handles) {
			if (!matches(handle.spec, request, isSignIn)) continue;
			handle.matched += 1;
			const { nth = 1, times = LASTING.includes(handle.spec.kind) ? 'always' : 1 } = handle.spec;
			const last = times === 'always' ? Infinity : nth + times - 1;
			if (handle.matched < nth || handle.matched > last) continue;
			if (handle.spec.kind === 'rateLimit' && hasRoom(handle, handle.spec)) continue;
			handle.hits += 1;
			struck.push(handle.spec);
		}
		return struck;
	}
}

/** Counts a request where the window at hand has room for it; a new one begins with the first request after the last. */
function hasRoom(
	handle: FaultHandle,
	{ requests, windowMs }: FaultOf<'rateLimit'>,
	now = Date.now(),
): boolean {
	if (handle.window === undefined || now >= handle.window.end)
		handle.window = { end: now + windowMs, taken: 0 };
	if (handle.window.taken >= requests) return false;
	handle.window.taken += 1;
	return true;
}

function matches(spec: FaultMatch, request: SandboxRequest, isSignIn: boolean): boolean {
	const { vendor, method, path, when } = spec;
	if (vendor !== undefined && vendor !== request.vendor) return false;
	if (method !== undefined && method !== request.method) return false;
	if (path === undefined && isSignIn) return false;
	if (typeof path === 'string' && path !== request.path) return false;
	if (path instanceof RegExp && request.path.search(path) < 0) return false;
	return when === undefined || when(request);
}

/**
 * @param index position in the request, from 0
 * @param key the row's match key, if it has one
 */
export function isPicked(pick: RowPick, row: unknown, index: number, key?: string): boolean {
	return (
		(pick.rows?.includes(index) ?? false) ||
		(key !== undefined && (pick.keys?.includes(key) ?? false)) ||
		(pick.pick?.(row, index) ?? false)
	);
}
