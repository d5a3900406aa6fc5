import {
	valueAt,
	type FindRoute,
	type Resource,
	type Route,
	type SaveOperation,
	type WriteEndpoint,
} from '../definition';
import {
	AddressFault,
	isPassing,
	isSetup,
	SetupFault,
	type Fault,
	type Port,
	type Sender,
} from '../http';
import { maskPersonal, mergeRecords } from '../mapping';
import type { Issue, MappedRow, Mapper, MappingPolicy } from '../mapping/types';
import { Duplicates, type DuplicatePolicy } from './duplicates';
import { kinshipOf, levelsOf, parentField } from './order';
import type { Outcome, Status } from './outcome';
import { Pool } from './pool';
import { addressOf, BodyBuilder, type ParameterValues } from './request';
import { exists, findOne } from './seek';
import { Suit } from './suit';
import { totalsOf, transactionVerdict, verdictOf, type Verdict } from './verdict';

/** A row as the input gives it. */
export interface SourceRow {
	/** As people count it; stands in outcomes and messages. */
	row: number;
	/** Position of the input item it belongs to. */
	index: number;
	values: Readonly<Record<string, unknown>>;
	parameters: ParameterValues;
	policy: MappingPolicy;
	/** Found wrong while it was read. */
	problem?: Issue;
}

/** Gives the rows from the start each time it is called. */
export type RowSource = () => Iterable<SourceRow> | AsyncIterable<SourceRow>;

export interface SaveJob {
	resource: Resource;
	operation: SaveOperation;
	route: Route;
	mapper: Mapper;
	sender: Sender;
	port: Port;
	baseUrl: string;
	redact(text: string): string;
	/** Requests in flight. */
	concurrency: number;
	/** Records a request, when the user wants fewer than the vendor takes. */
	chunkSize?: number;
	/** Undefined: every row is sent, one after the other where they share a key. */
	duplicates?: DuplicatePolicy;
	/** The rows come from a source that may break off: all are read once before the first is sent. */
	readFirst?: boolean;
	/** Nothing is written. */
	validateOnly: boolean;
	/** Dry runs show the request of each row. */
	includeRequest: boolean;
	/** Milliseconds to wait for transactions after the last write; 0: not at all. */
	transactionWaitMs: number;
	/** What an earlier try of the same run already settled. */
	earlier?(row: SourceRow): Outcome | undefined;
	/** The vendor's own count of what a request made and changed, also where it does not say which row is which. */
	count?(totals: { created: number; updated: number }): void;
	/** Called once for each row, in any order. */
	emit(outcome: Outcome, row: Pick<SourceRow, 'index' | 'values'>): void;
}

/**
 * Three requests in a row that stay without answer after all attempts: the service is down, and more requests would only
 * add rows whose fate nobody knows.
 */
const FAILURES_UNTIL_HALT = 3;

/** n8n serves all its users from this thread; it must get a turn while many rows are checked. */
const ROWS_PER_TURN = 500;

/** A transaction takes seconds at least; asking more often than twice a minute in the end spends the request budget. */
const FIRST_POLL_MS = 1_000;
const SLOWEST_POLL_MS = 30_000;

/** Statuses by which a vendor says that something in the request is invalid, so that its parts may be valid. */
const INVALID: ReadonlySet<number | undefined> = new Set([400, 413, 422]);

/** A checked row on its way. */
interface Pending extends Pick<SourceRow, 'row' | 'index' | 'values'> {
	key: string | undefined;
	record: Record<string, unknown>;
	/** The record, serialised. */
	text: string;
	relations?: Record<string, unknown>;
	/** Second pass: what the first one brought. */
	saved?: Outcome;
}

/** Rows that may share a request. */
interface Group {
	name: string;
	endpoint: WriteEndpoint;
	values: ParameterValues;
	builder: BodyBuilder;
	rows: Pending[];
	bytes: number;
}

/**
 * Writes rows and tells of each what became of it. Rows are checked, grouped by what must be equal in one request, cut
 * into chunks, sent side by side, and judged one by one; a chunk refused as invalid is halved until the bad row is alone.
 * Holds the rows of the chunks under way, and for second passes their keys and relations.
 *
 * @throws SetupFault when the first request shows that credential, host or address are wrong
 * @throws Cancelled within a second of a stop
 */
export async function save(source: RowSource, job: SaveJob): Promise<void> {
	await new Save(job).run(source);
}

class Save {
	private readonly pool: Pool;
	private readonly suit: Suit;
	private readonly groups = new Map<string, Group>();
	private readonly valueKeys = new WeakMap<object, string>();
	private readonly duplicates: Duplicates | undefined;
	/** Records of rows that will join a later row with the same key. */
	private readonly held = new Map<string, MappedRow>();
	private readonly busyKeys = new Map<string, Promise<void>>();
	/** Keys of records whose making is not finished at the vendor. */
	private readonly underWay = new Set<string>();
	private readonly secondPass: Array<{ pending: Pending; group: Group }> = [];
	private readonly transactions: Array<{ pending: Pending; group: Group; id: string }> = [];
	private largestChunk = Infinity;
	/** A request has brought something that must be reported, so the run can no longer simply fail. */
	private begun = false;
	private failuresInARow = 0;
	private halted: Fault | undefined;

	constructor(private readonly job: SaveJob) {
		this.pool = new Pool(job.concurrency);
		this.suit = new Suit(job.resource, job.operation, job.port.now());
		const { duplicates, resource } = job;
		if (duplicates !== undefined)
			this.duplicates = new Duplicates(duplicates, resource.fields[resource.key].label);
	}

	async run(source: RowSource): Promise<void> {
		const { duplicates, job } = this;
		if (duplicates?.needsReading || job.readFirst) {
			await this.eachRow(source(), (row) => {
				if (row.problem !== undefined || !duplicates?.needsReading) return;
				const key = job.mapper.keyOf(row.values, row.policy);
				if (key !== undefined) duplicates.note(key, row.row);
			});
			duplicates?.endReading();
		}
		try {
			await this.takeAll(source);
			await this.flush();
			await this.sendRelations();
			await this.awaitTransactions();
		} catch (error) {
			// Requests under way end before the run does, so that none of them reports into a finished node.
			await this.pool.drain().catch(() => undefined);
			throw error as Error;
		}
	}

	/**
	 * Rows in the order of the input; where the vendor wants parents before their children, level by level. That needs all
	 * rows at once, so only then are they held.
	 */
	private async takeAll(source: RowSource): Promise<void> {
		const { fields } = this.job.resource;
		const parent = this.job.operation.rows === 'one' ? undefined : parentField(fields);
		if (parent === undefined) return await this.eachRow(source(), (row) => this.take(row));

		const rows: Array<{ row: SourceRow; mapped: MappedRow | undefined }> = [];
		await this.eachRow(source(), (row) => {
			const mapped =
				row.problem === undefined ? this.job.mapper.map(row.values, row.policy) : undefined;
			rows.push({ row, mapped });
		});
		const { levels, circular } = levelsOf(
			rows.map(({ mapped }) => kinshipOf(fields, parent, mapped?.record ?? {})),
		);
		const numbers = circular.map((at) => rows[at].row.row).join(', ');
		for (const at of circular)
			this.end(rows[at].row, rows[at].mapped?.key ?? null, 'failed', [
				{
					code: 'CIRCULAR_RELATION',
					message: `The rows ${numbers} wait for each other through "${parent[1].label}", so none of them can be sent first. Correct one of them.`,
					field: parent[1].label,
				},
			]);
		for (const level of levels) {
			for (const at of level) await this.take(rows[at].row, rows[at].mapped);
			await this.flush();
		}
	}

	private async eachRow(
		rows: Iterable<SourceRow> | AsyncIterable<SourceRow>,
		visit: (row: SourceRow) => Promise<void> | void,
	): Promise<void> {
		let count = 0;
		const visitOne = async (row: SourceRow) => {
			const visited = visit(row);
			if (visited !== undefined) await visited;
			if (++count % ROWS_PER_TURN === 0) await this.job.port.sleep(0);
		};
		if (Symbol.asyncIterator in rows) {
			for await (const row of rows) await visitOne(row);
			return;
		}
		for (const row of rows) {
			const visited = visit(row);
			if (visited !== undefined) await visited;
			if (++count % ROWS_PER_TURN === 0) await this.job.port.sleep(0);
		}
	}

	/** Checks a row and sends it on its way. */
	private take(row: SourceRow, known?: MappedRow): Promise<void> | void {
		const { job } = this;
		const earlier = job.earlier?.(row);
		if (earlier !== undefined) return job.emit(earlier, row);
		if (row.problem !== undefined) return this.end(row, null, 'failed', [row.problem]);

		const mapped = known ?? job.mapper.map(row.values, row.policy);
		const key = mapped.key ?? null;
		if (mapped.issues.length > 0) return this.end(row, key, 'failed', mapped.issues);
		if (mapped.skip !== undefined) return this.end(row, key, 'skipped', [mapped.skip]);
		if (this.duplicates !== undefined && mapped.key !== undefined) {
			const verdict = this.duplicates.judge(mapped.key, row.row);
			switch (verdict.do) {
				case 'fail':
					return this.end(row, key, 'failed', [verdict.issue]);
				case 'skip':
					return this.end(row, key, 'skipped', [verdict.issue]);
				case 'hold':
					this.held.set(mapped.key, merge(this.held.get(mapped.key), mapped));
					return this.end(row, key, 'skipped', [verdict.issue]);
				case 'join':
					return this.route(row, merge(this.held.get(mapped.key), mapped));
			}
		}
		return this.route(row, mapped);
	}

	private route(row: SourceRow, mapped: MappedRow): Promise<void> | void {
		const { route, validateOnly } = this.job;
		if (typeof route === 'object' && 'lookup' in route)
			return this.pool.run(() =>
				this.inTurn(mapped.key, () => this.lookUpAndSend(route, row, mapped)),
			);
		if (typeof route === 'object' && 'find' in route)
			return this.pool.run(() =>
				this.inTurn(mapped.key, () => this.findAndSend(route, row, mapped)),
			);
		const name =
			typeof route === 'string'
				? route
				: mapped.key === undefined
					? route.withoutKey
					: route.withKey;
		if (validateOnly) return this.preview(row, mapped, name, 'wouldSave');
		return this.enqueue(this.groupFor(name, row.parameters), row, mapped);
	}

	private async lookUpAndSend(
		route: Extract<Route, { lookup: string }>,
		row: SourceRow,
		mapped: MappedRow,
	): Promise<void> {
		const { key } = mapped;
		if (key !== undefined && this.underWay.has(key)) {
			const { label } = this.job.resource.fields[this.job.resource.key];
			return this.end(row, key, 'failed', [
				{
					code: 'DUPLICATE_KEY',
					message: `"${label}" is the same as in an earlier row, whose record the service is still making. Send this row again later.`,
					field: label,
				},
			]);
		}
		if (this.halted !== undefined) return this.notSent(row, key ?? null, this.halted);
		const there =
			key !== undefined && (await exists(this.job, route.lookup, row.parameters, mapped));
		if (typeof there === 'object') return this.unread(row, mapped, there);
		this.begun = true;
		const name = there ? route.found : route.missing;
		if (this.job.validateOnly)
			return this.preview(row, mapped, name, name === route.found ? 'wouldUpdate' : 'wouldCreate');
		const group = this.groupFor(name, row.parameters);
		const pending = this.pending(group, row, mapped);
		if (pending === undefined) return;
		// Until its transaction ends, a new record cannot be looked up.
		if (key !== undefined && name === route.missing && group.endpoint.outcome.by === 'transaction')
			this.underWay.add(key);
		await this.deliver(group, [pending]);
	}

	private async findAndSend(route: FindRoute, row: SourceRow, mapped: MappedRow): Promise<void> {
		const key = mapped.key ?? null;
		if (this.halted !== undefined) return this.notSent(row, key, this.halted);
		const sought = await findOne(this.job, route, row.parameters, mapped);
		if ('fault' in sought) return this.unread(row, mapped, sought.fault);
		this.begun = true;
		if ('issue' in sought) return this.end(row, key, 'failed', [sought.issue]);
		const found = sought.row;
		if (this.job.validateOnly) return this.preview(row, found, route.then, 'wouldUpdate');
		const group = this.groupFor(route.then, row.parameters);
		const pending = this.pending(group, row, found);
		if (pending !== undefined) await this.deliver(group, [pending]);
	}

	/** The row could not be looked up, so nothing was written for it. */
	private unread(row: SourceRow, mapped: MappedRow, fault: Fault): void {
		this.react(fault, [mapped.record]);
		const message = this.clean(fault.message, [mapped.record]);
		this.end(row, mapped.key ?? null, 'failed', [
			{ code: fault.code, message: `${sentence(message)} Nothing was sent for this row.` },
		]);
	}

	private preview(row: SourceRow, mapped: MappedRow, name: string, status: Status): void {
		const group = this.groupFor(name, row.parameters);
		const pending = this.pending(group, row, mapped);
		if (pending === undefined) return;
		const outcome: Outcome = { key: mapped.key ?? null, status, row: row.row };
		if (this.job.includeRequest) {
			const body = group.builder.join([pending.text]);
			outcome.request = {
				method: group.endpoint.request.method,
				path: this.address(group, pending).slice(this.job.baseUrl.length),
				...(body === undefined ? {} : { body: JSON.parse(body) as unknown }),
				...(mapped.relations === undefined ? {} : { afterwards: mapped.relations }),
			};
		}
		this.job.emit(outcome, row);
	}

	private groupFor(name: string, values: ParameterValues): Group {
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
	private pending(group: Group, row: SourceRow, mapped: MappedRow): Pending | undefined {
		const { key, relations } = mapped;
		const record = this.suit.completed(group.endpoint, mapped.record);
		const problem = this.suit.problem(group.endpoint, record, relations);
		if (problem !== undefined) {
			this.end(row, key ?? null, 'failed', [problem]);
			return undefined;
		}
		try {
			if (group.endpoint.max === 1)
				addressOf(this.job.baseUrl, group.endpoint, group.values, record);
		} catch (error) {
			if (!(error instanceof AddressFault)) throw error as Error;
			const label = this.job.resource.fields[error.field]?.label ?? error.field;
			this.end(row, key ?? null, 'failed', [
				{ code: 'MISSING_VALUE', message: `"${label}" ${error.message}`, field: label },
			]);
			return undefined;
		}
		const { row: position, index, values } = row;
		const text = group.endpoint.bodiless ? '' : group.builder.record(record);
		const { maxBytes } = group.endpoint;
		if (maxBytes !== undefined && group.builder.frameBytes + Buffer.byteLength(text) > maxBytes) {
			const megabytes = Math.floor(maxBytes / 100_000) / 10;
			this.end(row, key ?? null, 'failed', [
				{
					code: 'TOO_LARGE',
					message: `The row is larger than the ${megabytes} MB that the service takes. Use a smaller file, or shorter texts.`,
				},
			]);
			return undefined;
		}
		return { row: position, index, values, key, record, relations, text };
	}

	private enqueue(group: Group, row: SourceRow, mapped: MappedRow): Promise<void> | void {
		const pending = this.pending(group, row, mapped);
		return pending === undefined ? undefined : this.add(group, pending);
	}

	/** A promise only where a chunk leaves: most rows just join one. */
	private add(group: Group, pending: Pending): Promise<void> | void {
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
		const wanted = operation.rows === 'one' ? 1 : chunkSize;
		return Math.max(1, Math.min(group.endpoint.max, wanted, this.largestChunk));
	}

	private async dispatch(group: Group): Promise<void> {
		const { rows } = group;
		if (rows.length === 0) return;
		group.rows = [];
		group.bytes = group.builder.frameBytes;
		await this.pool.run(() => this.sendChunk(group, rows));
	}

	private async flush(): Promise<void> {
		for (const group of this.groups.values()) await this.dispatch(group);
		await this.pool.drain();
	}

	private async sendChunk(group: Group, rows: Pending[]): Promise<void> {
		const key = rows.length === 1 ? rows[0].key : undefined;
		await this.inTurn(key, async () => void (await this.deliver(group, rows)));
	}

	/** Two rows with one key never travel at the same time: the vendor could make two records of them. */
	private async inTurn(key: string | undefined, task: () => Promise<void>): Promise<void> {
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

	private address(group: Group, pending: Pending): string {
		return addressOf(this.job.baseUrl, group.endpoint, group.values, pending.record);
	}

	/**
	 * Sends rows as one request, or in parts. `again`: the answer can only speak of a repetition. Gives back how many rows
	 * the largest request that was answered carried.
	 */
	private async deliver(
		group: Group,
		rows: Pending[],
		{ again = false, part = false }: { again?: boolean; part?: boolean } = {},
	): Promise<number> {
		const { endpoint, builder } = group;
		if (this.halted !== undefined) {
			for (const pending of rows)
				if (again) this.lost(group, pending, { ...this.halted, applied: 'unknown' });
				else this.notSent(pending, pending.key ?? null, this.halted);
			return 0;
		}
		if (rows.length > this.largestChunk && !part) {
			// Cut before the service showed that it takes less.
			const size = this.largestChunk;
			for (let at = 0; at < rows.length; at += size)
				await this.deliver(group, rows.slice(at, at + size), { again });
			return 0;
		}
		const { outcome } = endpoint;
		const sent = await this.job.sender.send({
			method: endpoint.request.method,
			url: this.address(group, rows[0]),
			body: builder.join(rows.map((pending) => pending.text)),
			repeatable: endpoint.repeatable,
			expects: outcome.by === 'status' && outcome.actionAt === undefined ? 'jsonOrNothing' : 'json',
			retryTimeouts: rows.length === 1,
		});
		if (!sent.ok) return await this.refused(group, rows, sent.fault, again, part);

		this.begun = true;
		this.failuresInARow = 0;
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
		if (left.length > 0) await this.deliver(group, left, { again: true });
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
		const divisible = INVALID.has(fault.status) || tooMuch;
		if (rows.length > 1 && divisible && group.endpoint.repeatable) {
			this.begun = true;
			const again = doubtful || fault.applied === 'unknown';
			const middle = Math.ceil(rows.length / 2);
			const left = await this.deliver(group, rows.slice(0, middle), { again, part: true });
			const right = await this.deliver(group, rows.slice(middle), { again, part: true });
			const taken = Math.max(left, right);
			// Inner parts do not count: a single row that is too large must not make every request as small as itself.
			if (tooMuch && !part) this.largestChunk = Math.min(this.largestChunk, Math.max(1, taken));
			return taken;
		}
		const records = rows.map((pending) => pending.record);
		const collection = !group.endpoint.request.path.includes('{');
		this.react(fault, records, collection);
		const message = this.clean(fault.message, records);
		// That the content is invalid settles what became of an earlier attempt; nothing else does.
		const applied = doubtful && fault.code !== 'REFUSED' ? 'unknown' : fault.applied;
		for (const pending of rows) this.lost(group, pending, { ...fault, message, applied });
		return 0;
	}

	/** A row whose request brought no answer. */
	private lost(group: Group, pending: Pending, { code, message, applied }: Fault): void {
		const advice = group.endpoint.repeatable
			? 'Sending it again is safe.'
			: 'Look it up in the service before sending it again.';
		const verdict: Verdict =
			applied === 'no'
				? { status: 'failed', errors: [{ code, message }] }
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

	/** Draws the consequences of a fault for the rest of the run. */
	private react(
		fault: Fault,
		records: ReadonlyArray<Record<string, unknown>>,
		collection = false,
	): void {
		const everybody = isSetup(fault) || (collection && fault.code === 'NOT_FOUND');
		if (everybody && !this.begun && fault.applied === 'no')
			throw new SetupFault({ ...fault, message: this.clean(fault.message, records) });
		this.begun = true;
		if (isPassing(fault.code)) {
			this.failuresInARow++;
			if (everybody || fault.code === 'RATE_LIMITED' || this.failuresInARow >= FAILURES_UNTIL_HALT)
				this.halted ??= { ...fault, message: this.clean(fault.message, records) };
		} else this.failuresInARow = 0;
	}

	/** A row's own verdict is in. `doubtful`: the answer may speak of a repetition, so it cannot tell what the first did. */
	private settle(group: Group, pending: Pending, verdict: Verdict, doubtful: boolean): void {
		const { transaction, action } = verdict;
		if (transaction !== undefined && this.job.transactionWaitMs > 0) {
			this.transactions.push({ pending, group, id: transaction });
			return;
		}
		const errors = verdict.errors?.map((issue) => ({
			...issue,
			message: this.clean(issue.message, [pending.record]),
		}));
		if (pending.saved !== undefined)
			return this.job.emit(this.joined(pending.saved, pending, verdict.status, errors), pending);

		const status = transaction === undefined ? verdict.status : 'inProgress';
		const outcome: Partial<Outcome> = { key: pending.key ?? null, status };
		if (action !== undefined && !doubtful) outcome.action = action;
		if (errors !== undefined) outcome.errors = errors;
		if (verdict.vendor !== undefined) outcome.vendor = verdict.vendor;
		outcome.row = pending.row;
		if (verdict.status === 'saved' && pending.relations !== undefined) {
			this.secondPass.push({ pending: { ...pending, saved: outcome as Outcome }, group });
			return;
		}
		this.job.emit(outcome as Outcome, pending);
	}

	/** First and second pass of a row as one outcome. */
	private joined(
		saved: Outcome,
		pending: Pending,
		status: Status,
		errors: Issue[] | undefined,
	): Outcome {
		if (status === 'saved') return saved;
		const field = Object.keys(pending.relations ?? {})
			.map((name) => this.job.resource.fields[name].label)
			.join(', ');
		const said = errors?.map((issue) => sentence(issue.message)).join(' ') ?? '';
		return {
			...saved,
			status: status === 'unknown' ? 'unknown' : 'failed',
			errors: [
				{
					code: 'RELATION_FAILED',
					message: `${said} The record is saved, but not its ${field}.`.trim(),
					field,
				},
			],
		};
	}

	/** Relations of the rows that were saved, sent with their key alone. */
	private async sendRelations(): Promise<void> {
		const { resource } = this.job;
		const keyPath = resource.fields[resource.key].path ?? resource.key;
		for (const { pending, group } of this.secondPass.splice(0)) {
			const record = {
				[keyPath]: valueAt(pending.record, keyPath),
				...pending.relations,
			};
			await this.add(group, { ...pending, record, text: group.builder.record(record) });
		}
		await this.flush();
	}

	private async awaitTransactions(): Promise<void> {
		const { port, transactionWaitMs } = this.job;
		if (this.transactions.length === 0) return;
		const deadline = port.now() + transactionWaitMs;
		let left = this.transactions.splice(0);
		for (let wait = FIRST_POLL_MS; left.length > 0; wait = Math.min(SLOWEST_POLL_MS, wait * 2)) {
			const now = port.now();
			if (now >= deadline || this.halted !== undefined) break;
			await port.sleep(Math.min(wait, deadline - now));
			const pending: typeof left = [];
			for (const transaction of left)
				await this.pool.run(async () => {
					if (!(await this.poll(transaction))) pending.push(transaction);
				});
			await this.pool.drain();
			left = pending;
		}
		for (const { pending, group, id } of left) {
			const { outcome } = group.endpoint;
			const name = outcome.by === 'transaction' ? outcome.id : 'transactionId';
			this.job.emit(
				{
					key: pending.key ?? null,
					status: 'inProgress',
					vendor: { [name]: id },
					row: pending.row,
				},
				pending,
			);
		}
	}

	/** True when the transaction has ended. */
	private async poll(transaction: {
		pending: Pending;
		group: Group;
		id: string;
	}): Promise<boolean> {
		const { pending, group, id } = transaction;
		const { outcome } = group.endpoint;
		if (outcome.by !== 'transaction' || this.halted !== undefined) return false;
		const endpoint = this.job.resource.endpoints[outcome.poll];
		const sent = await this.job.sender.send({
			method: endpoint.request.method,
			url: addressOf(this.job.baseUrl, endpoint, { ...group.values, [outcome.id]: id }),
			repeatable: true,
			expects: 'json',
		});
		if (!sent.ok) {
			this.react(sent.fault, [pending.record]);
			return false;
		}
		const verdict = transactionVerdict(outcome, sent.body);
		if (verdict === 'pending') return false;
		this.settle(
			group,
			pending,
			{ ...verdict, vendor: { [outcome.id]: id, ...verdict.vendor } },
			false,
		);
		return true;
	}

	private notSent(
		row: Pick<SourceRow, 'row' | 'index' | 'values'> & Partial<Pending>,
		key: string | null,
		fault: Fault,
	): void {
		const issue: Issue = {
			code: 'NOT_SENT',
			message: `Not sent, because an earlier request ended the run: ${fault.message}`,
		};
		const outcome =
			row.saved === undefined
				? { key, status: 'failed' as const, errors: [issue], row: row.row }
				: this.joined(row.saved, row as Pending, 'failed', [issue]);
		this.job.emit(outcome, row);
	}

	private end(row: SourceRow, key: string | null, status: Status, errors: Issue[]): void {
		this.job.emit({ key, status, errors, row: row.row }, row);
	}

	/** Outside words without secrets and without the personal values of the records they may speak of. */
	private clean(text: string, records: ReadonlyArray<Record<string, unknown>>): string {
		const { redact, resource } = this.job;
		return records.reduce<string>(
			(held, record) => maskPersonal(held, resource, record),
			redact(text),
		);
	}
}

const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** A later row over an earlier one, field by field. */
function merge(earlier: MappedRow | undefined, later: MappedRow): MappedRow {
	if (earlier === undefined) return later;
	const relations =
		earlier.relations === undefined && later.relations === undefined
			? undefined
			: { ...earlier.relations, ...later.relations };
	return { ...later, record: mergeRecords(earlier.record, later.record), relations };
}
