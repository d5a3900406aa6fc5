import { AddressFault, SetupFault, type Fault, type Sent } from '../http';
import type { WriteEndpoint } from '../definition';
import type { Issue, MappedRow } from '../mapping/types';
import type { Health } from './health';
import type { Group, SaveJob, SourceRow } from './job';
import { Pending } from './pending';
import type { Pool } from './pool';
import type { Report } from './report';
import { addressOf, BodyBuilder, fieldAt, namedIn, type ParameterValues } from './request';
import { sentence } from './sentence';
import { EndpointRules } from './endpointRules';
import { totalsOf, verdictOf, type Verdict } from './verdict';

/** Rows that go to the service together. */
interface Attempt {
	group: Group;
	rows: Pending[];
	/** An earlier request may have been applied, so the answer can only speak of the second time. */
	repetition: boolean;
	/** Part of rows that were refused together. */
	half: boolean;
}

/** A turn costs a millisecond itself, so requests that follow each other faster than this share one. */
const SHORTEST_TURN_MS = 2;

/** How many rows the largest request carried that the service answered. */
interface Taken {
	atOnce: number;
}
const NOTHING: Taken = { atOnce: 0 };

type Answer = Extract<Sent, { ok: true }>;

/** Why rows were refused together though parts of them may go through: what one of them says, or how many they are. */
type Cause = 'content' | 'size';

/** Statuses by which a vendor says that something in the request is invalid, so that its parts may be valid. */
const INVALID: ReadonlySet<number | undefined> = new Set([400, 422]);

function causeOf({ code, status, heldBack }: Fault): Cause | undefined {
	// The status of a fault that was held back is that of something else.
	if (heldBack) return undefined;
	if (code === 'TOO_LARGE' || code === 'TIMEOUT') return 'size';
	return INVALID.has(status) ? 'content' : undefined;
}

/** A row's own verdict is in. `doubtful`: the answer may speak of a repetition, so it cannot tell what the first did. */
export type Settle = (group: Group, pending: Pending, verdict: Verdict, doubtful: boolean) => void;

/** Groups rows by what must be equal in one request, cuts them into chunks and sends these side by side. */
export class Dispatch {
	private readonly rules: EndpointRules;
	private readonly groups = new Map<string, Group>();
	private readonly valueKeys = new WeakMap<object, string>();
	private readonly busyKeys = new Map<string, Promise<void>>();
	/** Rows follow each other into the same group. */
	private last: { name: string; values: ParameterValues; group: Group } | undefined;
	private largestChunk = Infinity;
	/** When requests were given way to last. */
	private turn: number;

	constructor(
		private readonly job: SaveJob,
		private readonly pool: Pool,
		private readonly report: Report,
		private readonly health: Health,
		private readonly settleRow: Settle,
	) {
		this.turn = job.port.now();
		this.rules = new EndpointRules(job.resource, job.operation, this.turn);
	}

	groupFor(name: string, values: ParameterValues): Group {
		const { last } = this;
		if (last?.name === name && last.values === values) return last.group;
		const group = this.anyGroupFor(name, values);
		this.last = { name, values, group };
		return group;
	}

	private anyGroupFor(name: string, values: ParameterValues): Group {
		let valueKey = this.valueKeys.get(values);
		if (valueKey === undefined) this.valueKeys.set(values, (valueKey = JSON.stringify(values)));
		const groupKey = `${name} ${valueKey}`;
		let group = this.groups.get(groupKey);
		if (group === undefined) {
			const endpoint = this.job.resource.endpoints[name] as WriteEndpoint;
			const builder = new BodyBuilder(endpoint, values, this.job.resource.fields);
			group = { name, endpoint, values, builder, rows: [], bytes: builder.frameBytes };
			this.groups.set(groupKey, group);
		}
		return group;
	}

	/** Undefined: the endpoint does not take this record, and the row has ended. */
	pending(group: Group, row: SourceRow, mapped: MappedRow): Pending | undefined {
		const { key, relations } = mapped;
		const record = this.rules.completed(group.endpoint, mapped.record);
		const text = group.endpoint.bodiless ? '' : group.builder.record(record);
		const refusal = this.refusalOf(group, record, relations, text);
		if (refusal !== undefined) {
			this.report.end(row, key ?? null, 'failed', [refusal]);
			return undefined;
		}
		// An address is made of the record each time.
		const isNeeded = group.endpoint.max === 1 || !group.builder.isWhole;
		return new Pending(row, mapped, text, isNeeded ? record : undefined);
	}

	/** Why the endpoint does not take a record; undefined when it does. Costs no request. */
	refusal(group: Group, { record, relations }: MappedRow): Issue | undefined {
		const whole = this.rules.completed(group.endpoint, record);
		const text = group.endpoint.bodiless ? '' : group.builder.record(whole);
		return this.refusalOf(group, whole, relations, text);
	}

	private refusalOf(
		{ endpoint, values, builder }: Group,
		record: Readonly<Record<string, unknown>>,
		relations: MappedRow['relations'],
		text: string,
	): Issue | undefined {
		const problem = this.rules.problem(endpoint, record, relations);
		if (problem !== undefined) return problem;
		try {
			const { baseUrl, resource } = this.job;
			if (endpoint.max === 1)
				addressOf(baseUrl, endpoint, values, namedIn(resource.fields, record));
		} catch (error) {
			if (!(error instanceof AddressFault)) throw error as Error;
			return this.report.unaddressed(error);
		}
		const { maxBytes } = endpoint;
		if (maxBytes === undefined || builder.frameBytes + Buffer.byteLength(text) <= maxBytes)
			return undefined;
		const megabytes = Math.floor(maxBytes / 100_000) / 10;
		return {
			code: 'TOO_LARGE',
			message: `The row is larger than the ${megabytes} MB that the service takes. Use a smaller file, or shorter texts.`,
		};
	}

	enqueue(group: Group, row: SourceRow, mapped: MappedRow): Promise<void> | void {
		const pending = this.pending(group, row, mapped);
		return pending === undefined ? undefined : this.add(group, pending);
	}

	/** A promise only where a chunk leaves: most rows just join one. */
	add(group: Group, pending: Pending): Promise<void> | void {
		const { maxBytes } = group.endpoint;
		if (maxBytes !== undefined) {
			const bytes = Buffer.byteLength(pending.text) + 1;
			if (group.rows.length > 0 && group.bytes + bytes > maxBytes)
				return this.dispatch(group).then(() => this.add(group, pending));
			group.bytes += bytes;
		}
		group.rows.push(pending);
		return group.rows.length >= this.chunkSize(group) ? this.dispatch(group) : undefined;
	}

	private chunkSize(group: Group): number {
		const { chunkSize = Infinity, operation } = this.job;
		// An answer that names every record tells as much of many as of one.
		const alone = operation.rows === 'one' && group.endpoint.outcome.by !== 'lists';
		const wanted = alone ? 1 : chunkSize;
		return Math.max(1, Math.min(group.endpoint.max, wanted, this.largestChunk));
	}

	private async dispatch(group: Group): Promise<void> {
		const { rows } = group;
		if (rows.length === 0) return;
		group.rows = [];
		group.bytes = group.builder.frameBytes;
		await this.pool.run(() => this.sendChunk(group, rows));
		await this.giveWay(rows.length);
	}

	/**
	 * A request takes several turns to leave, and many rows would be checked before each of them: at a vendor that answers after
	 * 20 ms a third fewer went through.
	 */
	private async giveWay(rows: number): Promise<void> {
		const { port } = this.job;
		if (rows === 1 || port.now() - this.turn < SHORTEST_TURN_MS) return;
		await port.sleep(0);
		this.turn = port.now();
	}

	async flush(): Promise<void> {
		for (const group of this.groups.values()) await this.dispatch(group);
		await this.pool.drain();
	}

	private async sendChunk(group: Group, rows: Pending[]): Promise<void> {
		const key = rows.length === 1 ? rows[0].key : undefined;
		await this.inTurn(key, async () => await this.deliver(group, rows));
	}

	/** Two rows with one key never travel at the same time: the vendor could make two records of them. */
	async inTurn(key: string | undefined, task: () => Promise<void>): Promise<void> {
		if (key === undefined) return await task();
		const turn = (this.busyKeys.get(key) ?? Promise.resolve()).then(task);
		const settled = turn.catch(() => undefined);
		this.busyKeys.set(key, settled);
		try {
			await turn;
		} finally {
			if (this.busyKeys.get(key) === settled) this.busyKeys.delete(key);
		}
	}

	address(group: Group, pending: Pending): string {
		const { baseUrl, resource } = this.job;
		return addressOf(
			baseUrl,
			group.endpoint,
			group.values,
			namedIn(resource.fields, pending.record),
		);
	}

	/** Sends rows as one request, or in parts; each of them ends, whatever happens. */
	async deliver(group: Group, rows: Pending[]): Promise<void> {
		try {
			await this.attempt({ group, rows, repetition: false, half: false });
		} catch (error) {
			if (error instanceof SetupFault) throw error as Error;
			const open = rows.filter(({ ended }) => !ended);
			if (open.some(({ left }) => left)) this.health.begun = true;
			const fault = this.health.broke(error);
			for (const pending of open)
				if (pending.left) this.lost(group, pending, { ...fault, applied: 'unknown' });
				else this.notSent(pending, fault);
		}
	}

	private settle(...verdict: Parameters<Settle>): void {
		this.settleRow(...verdict);
		verdict[1].ended = true;
	}

	private notSent(pending: Pending, fault: Fault): void {
		this.report.notSent(pending, pending.key ?? null, fault);
		pending.ended = true;
	}

	/** Sends rows as one request, or in parts; tells how much the service took at once. */
	private async attempt(attempt: Attempt): Promise<Taken> {
		if (this.health.halted !== undefined) return this.end(attempt, this.health.halted);
		if (attempt.rows.length > this.largestChunk && !attempt.half) return await this.cut(attempt);
		const sent = await this.request(attempt);
		return sent.ok ? await this.judge(attempt, sent) : await this.refused(attempt, sent.fault);
	}

	/** Nothing is sent any more. */
	private end({ group, rows, repetition }: Attempt, halted: Fault): Taken {
		for (const pending of rows)
			if (repetition) this.lost(group, pending, { ...halted, applied: 'unknown' });
			else this.notSent(pending, halted);
		return NOTHING;
	}

	/** The rows were put together before the service showed that it takes fewer. */
	private async cut(attempt: Attempt): Promise<Taken> {
		const size = this.largestChunk;
		for (let at = 0; at < attempt.rows.length; at += size)
			await this.attempt({ ...attempt, rows: attempt.rows.slice(at, at + size) });
		return NOTHING;
	}

	private async request({ group, rows }: Attempt): Promise<Sent> {
		const { endpoint, builder } = group;
		const { outcome } = endpoint;
		const { history } = this.job;
		const fingerprints = endpoint.repeatable
			? []
			: rows.flatMap(({ fingerprint }) => fingerprint ?? []);
		return await this.job.sender.send({
			method: endpoint.request.method,
			headers: endpoint.headers,
			url: this.address(group, rows[0]),
			body: builder.join(rows.map((pending) => pending.text)),
			repeatable: endpoint.repeatable,
			expects: outcome.by === 'status' && outcome.actionAt === undefined ? 'jsonOrNothing' : 'json',
			retryTimeouts: rows.length === 1,
			leaving: async () => {
				if (fingerprints.length > 0) await history?.sending(fingerprints);
				for (const pending of rows) pending.left = true;
			},
		});
	}

	/** Rows that the answer leaves open are asked for once more, where that is safe. */
	private async judge(attempt: Attempt, answer: Answer): Promise<Taken> {
		const { group, rows, repetition } = attempt;
		const { outcome, repeatable } = group.endpoint;
		this.health.answered();
		const verdicts = verdictOf(outcome, answer.body, rows);
		// The second pass and repetitions change what was counted already.
		if (!repetition && !answer.repeated && rows[0].saved === undefined)
			this.job.count?.(totalsOf(outcome, answer.body, verdicts));
		const open: Pending[] = [];
		rows.forEach((pending, at) => {
			const verdict = verdicts[at];
			if (verdict.open && repeatable && !repetition) open.push(pending);
			else this.settle(group, pending, verdict, repetition || answer.repeated);
		});
		if (open.length > 0) await this.attempt({ group, rows: open, repetition: true, half: false });
		return { atOnce: rows.length };
	}

	private async refused(attempt: Attempt, fault: Fault): Promise<Taken> {
		const { group, rows } = attempt;
		const cause = causeOf(fault);
		if (rows.length > 1 && cause !== undefined && group.endpoint.repeatable)
			return await this.divide(
				{ ...attempt, repetition: attempt.repetition || fault.applied === 'unknown' },
				cause,
			);
		const records = rows.map((pending) => pending.record);
		try {
			this.health.react(fault, records, group.endpoint);
		} catch (error) {
			// The run ends without a word about these rows, which did not reach the service.
			for (const { fingerprint } of rows)
				if (fingerprint !== undefined) this.job.history?.ended(fingerprint, 'failed');
			throw error as Error;
		}
		const message = this.report.clean(fault.message, records);
		// That the content is invalid settles what became of an earlier attempt; nothing else does.
		const doubtful = attempt.repetition && fault.code !== 'REFUSED';
		const applied = doubtful ? 'unknown' : fault.applied;
		// Of several rows nobody knows whose value is meant.
		const places = rows.length === 1 ? fault.places : undefined;
		for (const pending of rows) this.lost(group, pending, { ...fault, message, applied, places });
		return NOTHING;
	}

	/** Sends rows that were refused together in parts. */
	private async divide(attempt: Attempt, cause: Cause): Promise<Taken> {
		this.health.begun = true;
		// Looking for the bad rows takes many requests, and tells no more about the set-up. What is too large tells others their size.
		if (cause === 'content') this.pool.warmUp();
		const taken = await this.halves(attempt, cause);
		// Inner parts do not count: a single row that is too large must not make every request as small as itself.
		if (cause === 'size' && !attempt.half)
			this.largestChunk = Math.min(this.largestChunk, Math.max(1, taken.atOnce));
		return taken;
	}

	private async halves(attempt: Attempt, cause: Cause): Promise<Taken> {
		const { rows } = attempt;
		const middle = Math.ceil(rows.length / 2);
		const first = { ...attempt, rows: rows.slice(0, middle), half: true };
		const second = { ...attempt, rows: rows.slice(middle), half: true };
		const before = await this.attempt(first);
		// Where the first half goes through, what was refused is in the other, which whole would be refused again.
		const isBad = cause === 'content' && before.atOnce === middle && second.rows.length > 1;
		const after = isBad ? await this.halves(second, cause) : await this.attempt(second);
		return { atOnce: Math.max(before.atOnce, after.atOnce) };
	}

	/** What the service says of single fields; undefined when it names none that people know. */
	private placed(
		{ endpoint }: Group,
		{ record }: Pending,
		{ code, places = [] }: Fault,
	): Issue[] | undefined {
		const issues = places.map(({ pointer, message }): Issue => {
			const field = fieldAt(pointer, endpoint.wrap, this.job.resource.fields);
			const words = this.report.clean(message, [record]);
			return field === undefined ? { code, message: words } : { code, message: words, field };
		});
		return issues.some(({ field }) => field !== undefined) ? issues : undefined;
	}

	/** A row whose request brought no answer. */
	private lost(group: Group, pending: Pending, fault: Fault): void {
		const { code, message, applied, heldBack } = fault;
		const advice = group.endpoint.repeatable
			? 'Sending it again is safe.'
			: 'Look it up in the service before sending it again.';
		const verdict: Verdict =
			applied === 'no'
				? {
						status: 'failed',
						errors: heldBack
							? [{ code: 'NOT_SENT', message: `Not sent. ${message}` }]
							: (this.placed(group, pending, fault) ?? [{ code, message }]),
					}
				: {
						status: 'unknown',
						errors: [
							{
								code,
								message: `${sentence(message)} The record may or may not have been saved. ${advice}`,
							},
						],
					};
		this.settle(group, pending, verdict, true);
	}
}
