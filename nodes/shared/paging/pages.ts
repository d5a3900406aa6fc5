import { valueAt, type ListEndpoint, type Paging } from '../definition';
import type { Fault } from '../http';

/** At a thousand records a page this is ten million records; a list that goes on longer does not end. */
const MAX_PAGES = 10_000;
/** A page may be empty because of a filter that the vendor applies after cutting pages; more than a few in a row are a loop. */
const MAX_EMPTY_PAGES = 3;

/** What one page is asked with, beside the user's own filters. */
export interface PageRequest {
	query: ReadonlyArray<readonly [name: string, value: string]>;
	body: Readonly<Record<string, string>>;
}

export type FetchPage = (
	page: PageRequest,
) => Promise<{ ok: true; body: unknown } | { ok: false; fault: Fault }>;

/** The list could not be read to its end. `fault` is set when a request failed. */
export class ListFault extends Error {
	constructor(
		message: string,
		readonly fault?: Fault,
	) {
		super(message);
		this.name = 'ListFault';
	}
}

const NO_PAGE: PageRequest = { query: [], body: {} };

/**
 * The records of a list, page by page, as the caller takes them: a caller that stops costs no further request. `wanted`
 * is how many the caller will take at most (a smaller first page where the vendor lets us choose its size).
 */
export async function* pages(
	endpoint: ListEndpoint,
	wanted: number,
	fetch: FetchPage,
): AsyncGenerator<unknown[], void> {
	const { paging } = endpoint;
	const seen = new Set<string>();
	let request = firstPage(paging, wanted);
	let taken = 0;
	let last = '';
	let empty = 0;
	for (let count = 1; ; count++) {
		const answer = await fetch(request);
		if (!answer.ok) throw new ListFault(answer.fault.message, answer.fault);
		const records = valueAt(answer.body, endpoint.records);
		if (!Array.isArray(records))
			throw new ListFault('The service answered without a list of records. Try again later.');
		taken += records.length;
		empty = records.length > 0 ? 0 : empty + 1;
		if (records.length > 0) {
			const print = JSON.stringify(records);
			if (print === last)
				throw new ListFault(
					`The service sent the same page twice after ${taken - records.length} records, so the list does not end. Set a limit, or report this to the vendor.`,
				);
			last = print;
			yield records;
		}
		const next = nextPage(paging, answer.body, records.length, taken, count, wanted);
		if (next === undefined || empty > MAX_EMPTY_PAGES) return;
		const asked = JSON.stringify(next);
		if (seen.has(asked))
			throw new ListFault(
				`The service sent the same continuation twice after ${taken} records, so the list does not end. Set a limit, or report this to the vendor.`,
			);
		seen.add(asked);
		request = next;
		if (count >= MAX_PAGES)
			throw new ListFault(
				`The list was stopped after ${MAX_PAGES} pages and ${taken} records. Use filters to make it shorter.`,
			);
	}
}

const sizeFor = (pageSize: number, wanted: number): number => Math.min(pageSize, wanted);

function firstPage(paging: Paging, wanted: number): PageRequest {
	switch (paging.by) {
		case 'none':
		case 'cursor':
			return NO_PAGE;
		case 'page':
			return numbered(paging, paging.first, sizeFor(paging.pageSize, wanted));
		case 'offset':
			return from(paging, 0, sizeFor(paging.pageSize, wanted));
	}
}

type By<K extends Paging['by']> = Extract<Paging, { by: K }>;

const numbered = (paging: By<'page'>, page: number, size: number): PageRequest => ({
	query: [
		[paging.page, String(page)],
		[paging.size, String(size)],
	],
	body: {},
});

const from = (paging: By<'offset'>, offset: number, size: number): PageRequest => ({
	query: [
		[paging.offset, String(offset)],
		[paging.limit, String(size)],
	],
	body: {},
});

const after = (paging: By<'cursor'>, cursor: string): PageRequest =>
	paging.sendIn === 'body'
		? { query: [], body: { [paging.name]: cursor } }
		: { query: [[paging.name, cursor]], body: {} };

/** Undefined at the end. */
function nextPage(
	paging: Paging,
	body: unknown,
	received: number,
	taken: number,
	count: number,
	wanted: number,
): PageRequest | undefined {
	switch (paging.by) {
		case 'none':
			return undefined;
		case 'cursor': {
			const next = valueAt(body, paging.next);
			return typeof next === 'string' && next !== '' ? after(paging, next) : undefined;
		}
		case 'page': {
			// The page size stays the same on every page: numbers count in pages of that size.
			const size = sizeFor(paging.pageSize, wanted);
			return received < size ? undefined : numbered(paging, paging.first + count, size);
		}
		case 'offset': {
			const size = sizeFor(paging.pageSize, wanted);
			const total = paging.total === undefined ? undefined : valueAt(body, paging.total);
			const more = typeof total === 'number' ? taken < total && received > 0 : received >= size;
			return more ? from(paging, taken, size) : undefined;
		}
	}
}
