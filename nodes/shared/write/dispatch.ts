import { AddressFault, SetupFault, type Fault } from '../http';
import type { WriteEndpoint } from '../definition';
import type { Issue, MappedRow } from '../mapping/types';
import type { Health } from './health';
import type { Group, SaveJob, SourceRow } from './job';
import { Pending } from './pending';
import type { Pool } from './pool';
import { sentence, type Report } from './report';
import { addressOf, BodyBuilder, namedIn, type ParameterValues } from './request';
import { Suit } from './suit';
import { totalsOf, verdictOf, type Verdict } from './verdict';

/** Statuses by which a vendor says that something in the request is invalid, so that its parts may be valid. */
const INVALID: ReadonlySet<number | undefined> = new Set([400, 413, 422]);

/** A row's own verdict is in. `doubtful`: the answer may speak of a repetition, so it cannot tell what the first did. */
export type Settle = (group: Group, pending: Pending, verdict: Verdict, doubtful: boolean) => void;

/** Groups rows by what must be equal in one request, cuts them into chunks and sends these side by side. */
export class Dispatch {
	private readonly suit: Suit;
	private readonly groups = new Map<string, Group>();
	private readonly valueKeys = new WeakMap<object, string>();
	private readonly busyKeys = new Map<string, Promise<void>>();
	private largestChunk = Infinity;

	constructor(
		private readonly job: SaveJob,
		private readonly pool: Pool,
		private readonly report: Report,
		private readonly health: Health,
		private readonly settleRow: Settle,
	) {
		this.suit = new Suit(job.resource, job.operation, job.port.now());
	}

	groupFor(name: string, values: ParameterValues): Group {
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
		const record = this.suit.completed(group.endpoint, mapped.record);
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
		const whole = this.suit.completed(group.endpoint, record);
		const text = group.endpoint.bodiless ? '' : group.builder.record(whole);
		return this.refusalOf(group, whole, relations, text);
	}

	private refusalOf(
		{ endpoint, values, builder }: Group,
		record: Readonly<Record<string, unknown>>,
		relations: MappedRow['relations'],
		text: string,
	): Issue | undefined {
		const problem = this.suit.problem(endpoint, record, relations);
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
			await this.deliverParts(group, rows);
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

	/**
	 * `again`: the answer can only speak of a repetition. Gives back how many rows the largest request that was answered
	 * carried.
	 */
	private async deliverParts(
		group: Group,
		rows: Pending[],
		{ again = false, part = false }: { again?: boolean; part?: boolean } = {},
	): Promise<number> {
		const { endpoint, builder } = group;
		if (this.health.halted !== undefined) {
			for (const pending of rows)
				if (again) this.lost(group, pending, { ...this.health.halted, applied: 'unknown' });
				else this.notSent(pending, this.health.halted);
			return 0;
		}
		if (rows.length > this.largestChunk && !part) {
			// Cut before the service showed that it takes less.
			const size = this.largestChunk;
			for (let at = 0; at < rows.length; at += size)
				await this.deliverParts(group, rows.slice(at, at + size), { again });
			return 0;
		}
		const { outcome } = endpoint;
		const { recollection } = this.job;
		const prints = endpoint.repeatable ? [] : rows.flatMap(({ print }) => print ?? []);
		const sent = await this.job.sender.send({
			method: endpoint.request.method,
			headers: endpoint.headers,
			url: this.address(group, rows[0]),
			body: builder.join(rows.map((pending) => pending.text)),
			repeatable: endpoint.repeatable,
			expects: outcome.by === 'status' && outcome.actionAt === undefined ? 'jsonOrNothing' : 'json',
			retryTimeouts: rows.length === 1,
			leaving: async () => {
				if (prints.length > 0) await recollection?.sending(prints);
				for (const pending of rows) pending.left = true;
			},
		});
		if (!sent.ok) return await this.refused(group, rows, sent.fault, again, part);

		this.health.answered();
		const verdicts = verdictOf(outcome, sent.body, rows);
		// The second pass and repetitions change what was counted already.
		if (!again && !sent.repeated && rows[0].saved === undefined)
			this.job.count?.(totalsOf(outcome, sent.body, verdicts));
		const left: Pending[] = [];
		rows.forEach((pending, at) => {
			const verdict = verdicts[at];
			if (verdict.open && endpoint.repeatable && !again) left.push(pending);
			else this.settle(group, pending, verdict, again || sent.repeated);
		});
		if (left.length > 0) await this.deliverParts(group, left, { again: true });
		return rows.length;
	}

	private async refused(
		group: Group,
		rows: Pending[],
		fault: Fault,
		doubtful: boolean,
		part: boolean,
	): Promise<number> {
		const tooMuch = fault.code === 'TOO_LARGE' || fault.code === 'TIMEOUT';
		// The status of a fault that was held back is that of something else.
		const divisible = fault.held !== true && (INVALID.has(fault.status) || tooMuch);
		if (rows.length > 1 && divisible && group.endpoint.repeatable) {
			this.health.begun = true;
			// Looking for the bad rows takes many requests, and tells no more about the set-up. What is too large tells others their size.
			if (!tooMuch) this.pool.warmUp();
			const again = doubtful || fault.applied === 'unknown';
			const taken = await this.deliverHalves(group, rows, again, !tooMuch);
			// Inner parts do not count: a single row that is too large must not make every request as small as itself.
			if (tooMuch && !part) this.largestChunk = Math.min(this.largestChunk, Math.max(1, taken));
			return taken;
		}
		const records = rows.map((pending) => pending.record);
		try {
			this.health.react(fault, records, group.endpoint);
		} catch (error) {
			// The run ends without a word about these rows, which did not reach the service.
			for (const { print } of rows)
				if (print !== undefined) this.job.recollection?.ended(print, 'failed');
			throw error as Error;
		}
		const message = this.report.clean(fault.message, records);
		// That the content is invalid settles what became of an earlier attempt; nothing else does.
		const applied = doubtful && fault.code !== 'REFUSED' ? 'unknown' : fault.applied;
		for (const pending of rows) this.lost(group, pending, { ...fault, message, applied });
		return 0;
	}

	/**
	 * Sends the halves of rows that were refused together; gives back what `deliverParts` does.
	 *
	 * @param byContent the refusal is of a row's content, not of the request's size
	 */
	private async deliverHalves(
		group: Group,
		rows: Pending[],
		again: boolean,
		byContent: boolean,
	): Promise<number> {
		const middle = Math.ceil(rows.length / 2);
		const rest = rows.slice(middle);
		const left = await this.deliverParts(group, rows.slice(0, middle), { again, part: true });
		// Where the first half goes through, what was refused is in the other, which whole would be refused again.
		const right =
			byContent && left === middle && rest.length > 1
				? await this.deliverHalves(group, rest, again, byContent)
				: await this.deliverParts(group, rest, { again, part: true });
		return Math.max(left, right);
	}

	/** A row whose request brought no answer. */
	private lost(group: Group, pending: Pending, { code, message, applied, held }: Fault): void {
		const advice = group.endpoint.repeatable
			? 'Sending it again is safe.'
			: 'Look it up in the service before sending it again.';
		const verdict: Verdict =
			applied === 'no'
				? {
						status: 'failed',
						errors: [
							held ? { code: 'NOT_SENT', message: `Not sent. ${message}` } : { code, message },
						],
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
