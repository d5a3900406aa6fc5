import {
	placeholdersIn,
	setAt,
	type ListEndpoint,
	type Resource,
	type Watch,
} from '../../../nodes/shared/definition';
import type { HttpRequest, HttpResponse } from '../../../nodes/shared/http';

/** A person as the modelled vendor holds them. Times are milliseconds of its clock. */
interface Person {
	id: number;
	made: number;
	changed: number;
	removed: boolean;
	/** From when on lists show this state. */
	visible: number;
}

export const CLOCK_AHEAD = 90_000;

/**
 * A vendor that has no code of ours in it: people who are made, changed and removed, and lists of them as a watch and its
 * endpoints state them. Pages are cut at the moment they are asked for, so people move between them.
 */
export class Vendor {
	readonly people = new Map<number, Person>();
	private readonly log: Array<{ id: number; at: number }> = [];
	private shown = new Map<number, Person>();
	private next = 1;

	constructor(
		private readonly resource: Resource,
		private readonly watch: Watch,
		/** Milliseconds of our own clock. */
		private readonly ours: () => number,
		private readonly random: () => number,
		private readonly late: number,
	) {}

	get clock(): number {
		return this.ours() + CLOCK_AHEAD;
	}

	/** Whole seconds, so that many share one. */
	private stamp(): number {
		return Math.floor(this.clock / 1000) * 1000;
	}

	make(): void {
		const now = this.stamp();
		this.keep({ id: this.next++, made: now, changed: now, removed: false, visible: 0 });
	}

	change(removed = false): void {
		const ids = [...this.people.keys()];
		const person = this.people.get(ids[Math.floor(this.random() * ids.length)]);
		if (person !== undefined) this.keep({ ...person, changed: this.stamp(), removed });
	}

	private keep(person: Person): void {
		const visible = this.clock + (this.random() < 0.2 ? this.random() * this.late : 0);
		const entry = { ...person, visible };
		this.people.set(person.id, entry);
		this.pending.push(entry);
		this.log.push({ id: person.id, at: person.changed });
	}

	private pending: Person[] = [];

	/** What lists show now. */
	private list(): Person[] {
		this.pending = this.pending.filter((entry) => {
			if (entry.visible > this.clock) return true;
			const held = this.shown.get(entry.id);
			if (held === undefined || held.changed <= entry.changed) this.shown.set(entry.id, entry);
			return false;
		});
		return [...this.shown.values()];
	}

	answer(request: HttpRequest): HttpResponse {
		const url = new URL(request.url);
		const body = request.body === undefined ? {} : (JSON.parse(request.body) as object);
		const given = (name: string) =>
			url.searchParams.get(name) ?? (body as Record<string, unknown>)[name];
		const endpoint = Object.values(this.resource.endpoints).find(
			(each): each is ListEndpoint =>
				each.does === 'list' &&
				each.request.method === request.method &&
				placeholdersIn(each.request).length === 0 &&
				url.pathname.endsWith(each.request.path),
		)!;
		const { watch } = this;
		if (watch.by === 'changelog' && endpoint === this.resource.endpoints[watch.endpoint])
			return this.page(
				endpoint,
				this.window(Number(given('startTime')), Number(given('endTime'))),
				given,
			);
		if (watch.by === 'changelog') {
			const ids = given('entityIds') as string[];
			return this.page(
				endpoint,
				ids.map((id) => this.record(this.people.get(Number(id))!)),
				given,
			);
		}
		let people = this.list();
		if (watch.by === 'since') {
			const parameter = endpoint.parameters![watch.since];
			const text = String(given(parameter.name ?? watch.since));
			const [digits] = /\d{9,}/.exec(text) ?? [];
			const since = digits === undefined ? Date.parse(text) : Number(digits) * 1000;
			people = people.filter(({ changed }) => changed >= since);
		}
		if (watch.by === 'newest')
			people.sort((one, other) => other.made - one.made || other.id - one.id);
		// Neither by time nor steady: a vendor promises no order.
		else people.sort((one, other) => ((one.id * 7919) % 1009) - ((other.id * 7919) % 1009));
		return this.page(
			endpoint,
			people.map((person) => this.record(person)),
			given,
		);
	}

	private window(from: number, to: number): unknown[] {
		const found = this.log.filter(({ at }) => at >= from * 1000 && at <= to * 1000);
		return [...new Set(found.map(({ id }) => id))].map((id) => ({ entityId: String(id) }));
	}

	private record({ id, made, changed, removed }: Person): unknown {
		const { resource, watch } = this;
		const record: Record<string, unknown> = { version: changed, isRemoved: removed };
		setAt(record, resource.fields[resource.key].path ?? resource.key, String(id));
		if (watch.by === 'compare') return record;
		setAt(
			record,
			watch.at,
			new Date(watch.events.includes('changed') ? changed : made).toISOString(),
		);
		if ('createdAt' in watch && watch.createdAt !== undefined)
			setAt(record, watch.createdAt, new Date(made).toISOString());
		if ('removed' in watch && watch.removed !== undefined) setAt(record, watch.removed, removed);
		return record;
	}

	private page(
		endpoint: ListEndpoint,
		all: unknown[],
		given: (name: string) => unknown,
	): HttpResponse {
		const body = {};
		const { paging } = endpoint;
		let records = all;
		const cut = (start: number, size: number) => {
			records = all.slice(start, start + size);
			return start + size < all.length;
		};
		switch (paging.by) {
			case 'none':
			case 'link':
				break;
			case 'page':
				cut((Number(given(paging.page)) - paging.first) * paging.pageSize, paging.pageSize);
				break;
			case 'offset':
				cut(Number(given(paging.offset)), paging.pageSize);
				if (paging.total !== undefined) setAt(body, paging.total, all.length);
				break;
			case 'offsetOrPage':
				cut(Number(given(paging.name)), paging.pageSize);
				break;
			case 'cursor': {
				const start = Number(given(paging.name) ?? 0);
				if (cut(start, PAGE)) setAt(body, paging.next, String(start + PAGE));
			}
		}
		const headers = { date: new Date(this.clock).toUTCString() };
		if (endpoint.records === '') return { status: 200, headers, body: records };
		setAt(body, endpoint.records, records);
		return { status: 200, headers, body };
	}
}

/** Small, so that a few people are several pages. */
const PAGE = 7;

/** The resource with pages of that size. */
export function inSmallPages(resource: Resource): Resource {
	const endpoints = Object.fromEntries(
		Object.entries(resource.endpoints).map(([name, endpoint]) => [
			name,
			endpoint.does === 'list' && 'pageSize' in endpoint.paging
				? { ...endpoint, paging: { ...endpoint.paging, pageSize: PAGE } }
				: endpoint,
		]),
	);
	return { ...resource, endpoints };
}
