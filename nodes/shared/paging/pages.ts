import { valueAt, type ListEndpoint, type Paging } from '../definition';
import type { Fault } from '../http';
import { listIn } from './records';

/** At a thousand records a page this is ten million records; a list that goes on longer does not end. */
const MAX_PAGES = 10_000;
/**
 * A page may be empty because of a filter that the vendor applies after cutting pages. Twenty in a row are twenty requests
 * for nothing: by then it is more likely that the list does not end.
 */
const MAX_EMPTY_PAGES = 20;

/** What one page is asked with, beside the user's own filters. */
export interface PageRequest {
	query: ReadonlyArray<readonly [name: string, value: string]>;
	body: Readonly<Record<string, string>>;
	/** The address of the page as the service gave it, in place of the endpoint's own. */
	link?: string;
}

export type FetchPage = (
	page: PageRequest,
) => Promise<{ ok: true; body: unknown } | { ok: false; fault: Fault }>;

export interface Reading {
	/** How many records the caller will take at most: a smaller first page where the vendor lets us choose its size. */
	wanted: number;
	fetch: FetchPage;
	/** What tells two records apart. One that comes again on a later page is dropped. Absent: nothing is. */
	identity?(record: unknown): string | undefined;
	/** Hears at the end of the list, in a sentence for the user, when what was read cannot be all, or changed meanwhile. */
	tell?(message: string): void;
}

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

/** The records of a list, page by page, as the caller takes them: a caller that stops costs no further request. */
export async function* pages(
	endpoint: ListEndpoint,
	{ wanted, fetch, identity, tell }: Reading,
): AsyncGenerator<unknown[], void> {
	const { paging } = endpoint;
	const asked = new Set<string>();
	const tries = paging.by === 'offsetOrPage';
	const census = new Census(endpoint, tries ? JSON.stringify : identity);
	const progress: Progress = { pages: 0, received: 0, fresh: 0, position: 0 };
	let request = firstPage(paging, wanted);
	let last: readonly unknown[] = [];
	let empty = 0;
	for (;;) {
		const answer = await fetch(request);
		if (!answer.ok) throw new ListFault(answer.fault.message, answer.fault);
		const records = listIn(answer.body, endpoint.records, endpoint.loose);
		if (!Array.isArray(records))
			throw new ListFault('The service answered without a list of records. Try again later.');
		empty = records.length > 0 ? 0 : empty + 1;
		if (!tries && records.length > 0 && areSame(records, last)) throw endless('page', census.taken);
		last = records;
		const fresh = census.take(answer.body, records);
		if (fresh.length > 0) yield fresh;

		advance(progress, paging, { received: records.length, fresh: fresh.length }, wanted);
		const next = nextPage(paging, answer.body, progress, census.total, wanted);
		if (next === undefined) {
			const message = census.doubt();
			if (message !== undefined) tell?.(message);
			return;
		}
		if (empty >= MAX_EMPTY_PAGES)
			throw new ListFault(
				`The service sent ${empty} empty pages in a row after ${census.taken} records and says that the list goes on, so it could not be read to its end. Use filters to make it shorter, or report this to the vendor.`,
			);
		const asking = JSON.stringify(next);
		if (asked.has(asking)) throw endless('continuation', census.taken);
		asked.add(asking);
		request = next;
		if (progress.pages >= MAX_PAGES)
			throw new ListFault(
				`The list was stopped after ${MAX_PAGES} pages and ${census.taken} records. Use filters to make it shorter.`,
			);
	}
}

/** Nearly always the first two records tell; to look at all of them took a tenth of the time of a long list. */
const areSame = (page: readonly unknown[], last: readonly unknown[]): boolean =>
	page.length === last.length &&
	page.every((record, at) => JSON.stringify(record) === JSON.stringify(last[at]));

const endless = (what: string, taken: number): ListFault =>
	new ListFault(
		`The service sent the same ${what} twice after ${taken} records, so the list does not end. Set a limit, or report this to the vendor.`,
	);

/** Counts what a list gave against what the service says there is. */
class Census {
	/** Records given to the caller. */
	taken = 0;
	/** How many there are in all, by the latest answer that says so. */
	total: number | undefined;
	private firstTotal: number | undefined;
	private repeats = 0;
	private answers = 0;
	private readonly known = new Set<string>();

	constructor(
		private readonly endpoint: ListEndpoint,
		private readonly identity: Reading['identity'],
	) {}

	/** The records of a page that no earlier page held: where somebody joins the list, the others move to the next page. */
	take(body: unknown, records: unknown[]): unknown[] {
		this.answers++;
		this.count(body);
		const { identity } = this;
		if (identity === undefined) {
			this.taken += records.length;
			return records;
		}
		const names = records.map(identity);
		// Within one page nothing moves: two entries there are two entries.
		const fresh = records.filter((_, at) => {
			const name = names[at];
			return name === undefined || !this.known.has(name);
		});
		for (const name of names) if (name !== undefined) this.known.add(name);
		this.repeats += records.length - fresh.length;
		this.taken += fresh.length;
		return fresh;
	}

	private count(body: unknown): void {
		const {
			total = this.endpoint.paging.by === 'offset' ? this.endpoint.paging.total : undefined,
		} = this.endpoint;
		const stated = total === undefined ? undefined : valueAt(body, total);
		if (typeof stated !== 'number') return;
		this.firstTotal ??= stated;
		this.total = stated;
	}

	/** At the end of the list: why somebody may be missing, or undefined. */
	doubt(): string | undefined {
		const { total, firstTotal, taken, repeats, answers } = this;
		const counted =
			total === undefined ? '' : ` The service counts ${total} records and gave ${taken}.`;
		const twice =
			repeats === 0 ? '' : ` ${repeats} came twice and ${repeats === 1 ? 'is' : 'are'} shown once.`;
		const moved = repeats > 0 || total !== firstTotal || (total !== undefined && taken > total);
		if (moved && answers > 1)
			return `The list changed while it was read.${counted}${twice} Somebody may be missing: read it again before you rely on it.`;
		if (total !== undefined && taken < total)
			return `The list may not be complete.${counted} Somebody may be missing: read it again before you rely on it.`;
		return undefined;
	}
}

interface Progress {
	/** Pages read. */
	pages: number;
	/** Records of the latest page, and those of them that no earlier page held. */
	received: number;
	fresh: number;
	/** Where the next page begins, counted in records. */
	position: number;
	/** Where it is not known what the service counts: pages, if counting records has brought nothing new. */
	page?: number;
}

/** An empty page stands for as many records as it could have held. */
function advance(
	progress: Progress,
	paging: Paging,
	{ received, fresh }: Pick<Progress, 'received' | 'fresh'>,
	wanted: number,
): void {
	progress.pages++;
	progress.received = received;
	progress.fresh = fresh;
	progress.position += received > 0 ? received : sizeOf(paging, wanted);
}

const sizeOf = (paging: Paging, wanted: number): number =>
	'pageSize' in paging ? Math.min(paging.pageSize, wanted) : 0;

function firstPage(paging: Paging, wanted: number): PageRequest {
	switch (paging.by) {
		case 'none':
		case 'cursor':
			return NO_PAGE;
		case 'link':
			return { query: [[paging.size, String(sizeOf(paging, wanted))]], body: {} };
		case 'page':
			return numbered(paging, 0, wanted);
		case 'offset':
			return from(paging, 0, wanted);
		case 'offsetOrPage':
			return counted(paging, 0);
	}
}

type By<K extends Paging['by']> = Extract<Paging, { by: K }>;

/** The page size stays the same on every page: numbers count in pages of that size. */
const numbered = (paging: By<'page'>, count: number, wanted: number): PageRequest => ({
	query: [
		[paging.page, String(paging.first + count)],
		[paging.size, String(sizeOf(paging, wanted))],
	],
	body: {},
});

const from = (paging: By<'offset'>, offset: number, wanted: number): PageRequest => ({
	query: [
		[paging.offset, String(offset)],
		[paging.limit, String(sizeOf(paging, wanted))],
	],
	body: {},
});

const counted = (paging: By<'offsetOrPage'>, start: number): PageRequest => ({
	query: [
		[paging.name, String(start)],
		[paging.limit, String(paging.pageSize)],
	],
	body: {},
});

/** By records first, whatever the first page held; by pages if that has brought nothing new. */
function nextCounted(paging: By<'offsetOrPage'>, progress: Progress): PageRequest | undefined {
	const { pages: read, received, fresh, position } = progress;
	if (read === 1) return received < paging.pageSize ? undefined : counted(paging, position);
	if (fresh > 0) {
		if (progress.page === undefined) return counted(paging, position);
	} else if (read > 2 || progress.page !== undefined) return undefined;
	progress.page = (progress.page ?? 0) + 1;
	return counted(paging, progress.page);
}

const after = (paging: By<'cursor'>, cursor: string): PageRequest =>
	paging.sendIn === 'body'
		? { query: [], body: { [paging.name]: cursor } }
		: { query: [[paging.name, cursor]], body: {} };

/** Undefined at the end. A page that is not full ends nothing while the service counts more than it could have given so far. */
function nextPage(
	paging: Paging,
	body: unknown,
	progress: Progress,
	total: number | undefined,
	wanted: number,
): PageRequest | undefined {
	const { pages: count, received, position } = progress;
	const size = sizeOf(paging, wanted);
	switch (paging.by) {
		case 'none':
			return undefined;
		case 'cursor': {
			const next = textAt(body, paging.next);
			return next === undefined ? undefined : after(paging, next);
		}
		case 'link': {
			const link = textAt(body, paging.next);
			return link === undefined ? undefined : { ...NO_PAGE, link };
		}
		case 'page': {
			const more = received >= size || (total !== undefined && count * size < total);
			return more ? numbered(paging, count, wanted) : undefined;
		}
		case 'offset': {
			const more = total === undefined ? received >= size : position < total;
			return more ? from(paging, position, wanted) : undefined;
		}
		case 'offsetOrPage':
			return nextCounted(paging, progress);
	}
}

const textAt = (body: unknown, path: string): string | undefined => {
	const text = valueAt(body, path);
	return typeof text === 'string' && text !== '' ? text : undefined;
};
