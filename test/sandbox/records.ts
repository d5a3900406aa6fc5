import { Truth } from './truth';
import { isObject, type Answer, type SandboxRequest } from './vendor';

/*
 * Records of one kind, as most vendors keep them: found by a key, listed by pages, made, changed and removed one by one. A new
 * local vendor begins with these and changes what its own vendor's pages say otherwise.
 */

export type StoredRecord = Record<string, unknown>;

/** Why a value is wrong, in words that follow the field's name; undefined when it is right. */
export type Check = (value: unknown) => string | undefined;

export const isText: Check = (value) =>
	typeof value === 'string' ? undefined : 'must be a string';
export const isFlag: Check = (value) =>
	typeof value === 'boolean' ? undefined : 'must be a boolean';
export const isNumber: Check = (value) =>
	typeof value === 'number' ? undefined : 'must be a number';
export const isOneOf =
	(...values: string[]): Check =>
	(value) =>
		values.includes(value as string) ? undefined : `must be one of ${values.join(', ')}`;

interface Kind {
	/** The field by which the vendor finds a record. Made here where a new record has none. */
	key: string;
	/** What each field may hold. Others are dropped and noted under `ignoredKeys`. */
	fields: Readonly<Record<string, Check>>;
	/** What a new record needs. */
	required?: readonly string[];
	/** The record in a request's body. */
	unwrap?(body: unknown): unknown;
	/** A record as an answer shows it. */
	show?(record: StoredRecord): unknown;
	/** A refusal with these words. */
	refuse?(status: number, words: string): Answer;
}

/** How a list is cut into pages: the names of its query parameters, and the largest page. */
interface Pages {
	page: string;
	size: string;
	first: 0 | 1;
	largest: number;
}

export class RecordStore {
	readonly truth = new Truth();
	private readonly records = new Map<string, StoredRecord>();
	private made = 0;

	/** @param seed records that are there from the start */
	constructor(
		private readonly kind: Kind,
		seed: readonly StoredRecord[] = [],
	) {
		for (const record of seed) this.records.set(String(record[kind.key]), { ...record });
	}

	get all(): StoredRecord[] {
		return [...this.records.values()];
	}

	/** A page of the records, or of those given; `total` is how many there are in all. */
	page(
		{ query }: SandboxRequest,
		{ page, size, first, largest }: Pages,
		records = this.all,
	): { shown: unknown[]; total: number } | Answer {
		const number = (name: string, otherwise: number) => Number(query.get(name) ?? otherwise);
		const at = number(page, first) - first;
		const length = number(size, largest);
		if (!Number.isInteger(at) || at < 0) return this.refuse(400, `${page} must be a page`);
		if (!Number.isInteger(length) || length < 1 || length > largest)
			return this.refuse(400, `${size} must be 1 to ${largest}`);
		const shown = records.slice(at * length, (at + 1) * length).map((each) => this.show(each));
		return { shown, total: records.length };
	}

	read({ params }: SandboxRequest): Answer {
		const held = this.records.get(params.key ?? '');
		return held === undefined ? this.missing() : { status: 200, body: this.show(held) };
	}

	/** A new record. A key that is taken is refused. */
	create(request: SandboxRequest): Answer {
		const { sent, refusal } = this.carried(request);
		if (sent === undefined) return refusal;
		const lacking = this.kind.required?.find((name) => sent[name] === undefined);
		if (lacking !== undefined) return this.refuse(422, `${lacking} is required`);
		const key = String(sent[this.kind.key] ?? `made-${++this.made}`);
		if (this.records.has(key)) return this.refuse(409, `${this.kind.key} is taken`);
		return { status: 201, body: this.show(this.keep(key, {}, sent, 'created', request.n)) };
	}

	/** Only what is sent changes. */
	update(request: SandboxRequest): Answer {
		const key = request.params.key ?? '';
		const held = this.records.get(key);
		if (held === undefined) return this.missing();
		const { sent, refusal } = this.carried(request);
		if (sent === undefined) return refusal;
		return { status: 200, body: this.show(this.keep(key, held, sent, 'updated', request.n)) };
	}

	/** Found by its key and changed, otherwise made. */
	save(request: SandboxRequest): Answer {
		const body = this.unwrapped(request);
		const key = isObject(body) ? String(body[this.kind.key] ?? '') : '';
		return this.records.has(key)
			? this.update({ ...request, params: { ...request.params, key } })
			: this.create(request);
	}

	remove({ params, n }: SandboxRequest): Answer {
		const key = params.key ?? '';
		if (!this.records.delete(key)) return this.missing();
		this.truth.note(key, 'deleted', { request: n, fields: [], value: undefined });
		return { status: 204 };
	}

	/** What a request carries, or why it is refused. */
	private carried(
		request: SandboxRequest,
	): { sent: StoredRecord; refusal?: undefined } | { sent?: undefined; refusal: Answer } {
		const sent = this.unwrapped(request);
		if (!isObject(sent)) return { refusal: this.refuse(400, 'Expected a record') };
		for (const [name, check] of Object.entries(this.kind.fields)) {
			const problem = name in sent ? check(sent[name]) : undefined;
			if (problem !== undefined) return { refusal: this.refuse(422, `${name} ${problem}`) };
		}
		return { sent };
	}

	private keep(
		key: string,
		held: StoredRecord,
		sent: StoredRecord,
		action: 'created' | 'updated',
		request: number,
	): StoredRecord {
		const known = Object.entries(sent).filter(([name]) => name in this.kind.fields);
		const ignored = Object.keys(sent).filter((name) => !(name in this.kind.fields));
		const record: StoredRecord = {
			...held,
			...Object.fromEntries(known),
			[this.kind.key]: key,
			...(ignored.length > 0 && { ignoredKeys: ignored }),
		};
		this.records.set(key, record);
		this.truth.note(key, action, { request, fields: Object.keys(sent), value: record });
		return record;
	}

	private readonly unwrapped = ({ body }: SandboxRequest): unknown =>
		this.kind.unwrap === undefined ? body : this.kind.unwrap(body);

	private readonly show = (record: StoredRecord): unknown =>
		this.kind.show === undefined ? record : this.kind.show(record);

	private readonly refuse = (status: number, words: string): Answer =>
		this.kind.refuse?.(status, words) ?? { status, body: { message: words } };

	private readonly missing = (): Answer => this.refuse(404, 'There is no such record');
}

/** At most so many requests in a window of time, which begins with the first after the last one; the others are told to wait. */
export class RateLimit {
	private began = -Infinity;
	private taken = 0;

	constructor(private readonly limit: { requests: number; seconds: number }) {}

	/** The refusal of a request that comes too soon, or undefined. */
	check(now = Date.now()): Answer | undefined {
		const windowMs = this.limit.seconds * 1000;
		if (now >= this.began + windowMs) [this.began, this.taken] = [now, 0];
		if (this.taken < this.limit.requests) {
			this.taken++;
			return undefined;
		}
		const wait = Math.ceil((this.began + windowMs - now) / 1000);
		return {
			status: 429,
			body: { message: 'Too many requests' },
			headers: { 'retry-after': String(wait) },
		};
	}
}
