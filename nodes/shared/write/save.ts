import {
	KEPT_FOR_QUOTING,
	listed,
	valueAt,
	type FindRoute,
	type Route,
	type WriteEndpoint,
} from '../definition';
import { AddressFault, Cancelled, SetupFault, type Fault } from '../http';
import { mergeRecords } from '../mapping';
import type { Issue, MappedRow } from '../mapping/types';
import { Aftermath } from './aftermath';
import { Dispatch } from './dispatch';
import { Duplicates } from './duplicates';
import { Health, wordsOf } from './health';
import type { Print, RecalledState, Recollection, RowSource, SaveJob, SourceRow } from './job';
import { kinshipOf, orderOf, parentField } from './order';
import type { Outcome, Status } from './outcome';
import { Pool } from './pool';
import { Report } from './report';
import { sentence } from './sentence';
import { findOne, readBack, seen } from './seek';
import type { Verdict } from './verdict';

/**
 * n8n serves all its users from this thread; it must get a turn while many rows are checked. After that time, because a row may
 * take microseconds or, with expressions, a millisecond; and not sooner, because giving way costs a millisecond itself.
 */
const TURN_MS = 25;
const ROWS_PER_LOOK = 20;

/** n8n reads and writes all it remembers at each question; with this many rows in one that costs less than sending them. */
const ROWS_PER_RECALL = 2000;

const UNCHANGED: Issue = {
	code: 'UNCHANGED',
	message: 'An earlier run saved this row, and it has not changed since.',
};
const SENT_EARLIER: Issue = {
	code: 'SENT_EARLIER',
	message:
		'An earlier run sent this row and ended before it knew whether the record was saved, so it is not sent again. Look it up in the service before you send it without "Skip Unchanged Rows".',
};
const NO_MEMORY: Issue = {
	code: 'NOT_SENT',
	message:
		'Not sent: "Skip Unchanged Rows" cannot remember more rows, and this one must not be sent twice. Split the rows over several nodes, or choose to forget earlier runs.',
};

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
	private readonly report: Report;
	private readonly health: Health;
	private readonly aftermath: Aftermath;
	private readonly dispatch: Dispatch;
	private readonly duplicates: Duplicates | undefined;
	/** Records of rows that will join a later row with the same key. */
	private readonly held = new Map<string, MappedRow>();
	/** Rows that earlier runs have not been asked about yet. */
	private readonly unrecalled: Array<{ row: SourceRow; mapped: MappedRow; print: Print }> = [];
	/** Keys of records whose making is not finished at the vendor. */
	private readonly underWay = new Set<string>();
	/**
	 * Of a source that may break off: the rows that its first reading gave, as runs of numbers because there may be a million, and
	 * how many rows the second has given so far.
	 */
	private readonly announced: Array<{ index: number; from: number; to: number }> = [];
	private given = 0;

	constructor(private readonly job: SaveJob) {
		this.pool = new Pool(job.concurrency);
		this.report = new Report(job);
		this.health = new Health(this.report);
		this.aftermath = new Aftermath(job, this.pool, this.report, this.health);
		this.dispatch = new Dispatch(job, this.pool, this.report, this.health, (...verdict) =>
			this.aftermath.settle(...verdict),
		);
		const { duplicates, resource } = job;
		if (duplicates !== undefined)
			this.duplicates = new Duplicates(duplicates, resource.fields[resource.key].label);
	}

	async run(source: RowSource): Promise<void> {
		await this.readAhead(source);
		try {
			await this.sendAll(source).catch((error: unknown) => this.endUnread(error));
			await this.flush();
			// What ends a record may come late, and its relations are sent only then: once more, since they have none themselves.
			do {
				await this.aftermath.sendRelations(this.dispatch);
				await this.aftermath.awaitTransactions();
				await this.aftermath.lookUpUnknown();
			} while (this.aftermath.isPending);
		} catch (error) {
			// Requests under way end before the run does, so that none of them reports into a finished node.
			await this.pool.drain().catch(() => undefined);
			throw error as Error;
		} finally {
			await this.job.recollection?.close();
		}
	}

	/** Reads all rows once before the first is sent, where the run needs to know them. */
	private async readAhead(source: RowSource): Promise<void> {
		const { duplicates, job } = this;
		if (!duplicates?.needsReading && !job.readFirst) return;
		let count = 0;
		await this.eachRow(source(), (row) => {
			count++;
			this.announce(row);
			if (row.problem !== undefined || !duplicates?.needsReading) return;
			const key = this.countedKey(row, duplicates.countsOnlyValid);
			if (key !== undefined) duplicates.note(key, row);
		});
		duplicates?.endReading();
		job.admit?.(count);
	}

	/** Rows follow each other, but for blank lines. */
	private announce({ index, row }: SourceRow): void {
		const last = this.announced.at(-1);
		if (last !== undefined && last.index === index && last.to + 1 === row) last.to = row;
		else this.announced.push({ index, from: row, to: row });
	}

	/** The key of a row by which it may be the same as another. A row that cannot be read fails when its turn comes. */
	private countedKey(row: SourceRow, onlyValid: boolean): string | undefined {
		try {
			return onlyValid ? this.keyOfValid(row) : this.job.mapper.keyOf(row.values, row.policy);
		} catch {
			return undefined;
		}
	}

	/** The key of a row that would be sent if it stood alone, as far as that can be told without asking the vendor. */
	private keyOfValid(row: SourceRow): string | undefined {
		const mapped = this.job.mapper.map(row.values, row.policy);
		if (mapped.issues.length > 0 || mapped.skip !== undefined) return undefined;
		const { route } = this.job;
		const asks = typeof route === 'object' && ('lookup' in route || 'find' in route);
		if (asks || mapped.key === undefined) return mapped.key;
		const group = this.dispatch.groupFor(this.likelyWrite(mapped), row.parameters);
		return this.dispatch.refusal(group, mapped) === undefined ? mapped.key : undefined;
	}

	/**
	 * Rows in the order of the input; where the vendor wants parents before their children, level by level. That needs all
	 * rows at once, so only then are they held.
	 */
	private async sendAll(source: RowSource): Promise<void> {
		const { fields } = this.job.resource;
		const parent = this.job.operation.rows === 'one' ? undefined : parentField(fields);
		if (parent === undefined)
			return await this.eachRow(source(), (row) => {
				const mapped = this.taken(row);
				return mapped === undefined ? undefined : this.route(row, mapped);
			});

		const rows: Array<{ row: SourceRow; mapped: MappedRow }> = [];
		await this.eachRow(source(), (row) => {
			const mapped = this.taken(row);
			if (mapped !== undefined) rows.push({ row, mapped });
		});
		const { levels, circles, elsewhere } = orderOf(
			rows.map(({ mapped }) => kinshipOf(fields, parent, mapped.record)),
		);
		const { label } = parent[1];
		const numbers = (places: readonly number[]) =>
			listed(
				places.slice(0, KEPT_FOR_QUOTING).map((at) => String(rows[at].row.row)),
				places.length,
			);
		if (elsewhere.length > 0)
			this.job.notice?.(
				`"${label}" of ${elsewhere.length === 1 ? 'row' : 'rows'} ${numbers(elsewhere)} names somebody who is not saved by this run and so must be in the service already. Otherwise the service refuses the row.`,
			);
		for (const circle of circles) {
			const issue: Issue = {
				code: 'CIRCULAR_RELATION',
				message: `The rows ${numbers(circle)} wait for each other through "${label}", so none of them can be sent first. Correct one of them.`,
				field: label,
			};
			for (const at of circle)
				this.report.end(rows[at].row, rows[at].mapped.key ?? null, 'failed', [issue]);
		}
		for (const level of levels) {
			for (const at of level) await this.route(rows[at].row, rows[at].mapped);
			await this.flush();
		}
	}

	private async eachRow(
		rows: Iterable<SourceRow> | AsyncIterable<readonly SourceRow[]>,
		visit: (row: SourceRow) => Promise<void> | void,
	): Promise<void> {
		const { port } = this.job;
		let count = 0;
		let turn = port.now();
		const visitAll = async (block: Iterable<SourceRow>) => {
			for (const row of block) {
				const visited = visit(row);
				if (visited !== undefined) await visited;
				if (++count % ROWS_PER_LOOK !== 0 || port.now() - turn < TURN_MS) continue;
				await port.sleep(0);
				turn = port.now();
			}
		};
		if (Symbol.asyncIterator in rows) for await (const block of rows) await visitAll(block);
		else await visitAll(rows);
	}

	/** The source broke off: rows that its first reading gave, and the second did not, are told as not sent. */
	private async endUnread(error: unknown): Promise<void> {
		const fault = await this.broke(error);
		let passed = this.given;
		for (const { index, from, to } of this.announced)
			for (let row = from; row <= to; row++)
				if (passed > 0) passed--;
				else this.report.notSent({ row, index, values: {} }, null, fault);
	}

	/** Whether anything was sent is known when the requests under way have ended. */
	private async broke(error: unknown): Promise<Fault> {
		await this.pool.drain();
		return this.health.broke(error);
	}

	/** What nobody foresaw while a row was prepared costs this row and no other. */
	private unexpected(row: SourceRow, error: unknown): Issue {
		if (error instanceof AddressFault) return this.report.unaddressed(error);
		const message = sentence(this.report.clean(wordsOf(error), [row.values]));
		return { code: 'UNEXPECTED', message: `${message} Nothing was sent for this row.` };
	}

	/** @throws what is not the row's own */
	private fail(row: SourceRow, key: string | null, error: unknown): void {
		if (error instanceof Cancelled || error instanceof SetupFault) throw error as Error;
		this.report.end({ ...row, print: undefined }, key, 'failed', [this.unexpected(row, error)]);
	}

	/** The row as it is to be sent; undefined when it has ended already. */
	private taken(row: SourceRow): MappedRow | undefined {
		this.given++;
		try {
			return this.checked(row);
		} catch (error) {
			return void this.fail(row, null, error);
		}
	}

	private checked(row: SourceRow): MappedRow | undefined {
		const { job, report } = this;
		const settled = job.settled?.(row);
		if (settled !== undefined) {
			if (wasSent(settled)) this.duplicates?.judge(settled.key!, row);
			return void job.emit(settled, row);
		}
		if (row.problem !== undefined) return void report.end(row, null, 'failed', [row.problem]);

		const mapped = job.mapper.map(row.values, row.policy);
		const { key } = mapped;
		if (mapped.issues.length > 0) return void report.end(row, key ?? null, 'failed', mapped.issues);
		if (mapped.skip !== undefined)
			return void report.end(row, key ?? null, 'skipped', [mapped.skip]);
		if (this.duplicates === undefined || key === undefined) return mapped;

		const verdict = this.duplicates.judge(key, row);
		switch (verdict.do) {
			case 'send':
				return mapped;
			case 'fail':
				return void report.end(row, key, 'failed', [verdict.issue]);
			case 'skip':
				return void report.end(row, key, 'skipped', [verdict.issue]);
			case 'hold':
				this.held.set(key, merge(this.held.get(key), mapped));
				return void report.end(row, key, 'skipped', [verdict.issue]);
			case 'join': {
				const whole = merge(this.held.get(key), mapped);
				this.held.delete(key);
				return whole;
			}
		}
	}

	private route(row: SourceRow, mapped: MappedRow): Promise<void> | void {
		try {
			return this.recallOrSend(row, mapped);
		} catch (error) {
			this.fail(row, mapped.key ?? null, error);
		}
	}

	private recallOrSend(row: SourceRow, mapped: MappedRow): Promise<void> | void {
		const { recollection } = this.job;
		if (recollection === undefined) return this.send(row, mapped);
		const content = [mapped.record, mapped.relations, row.parameters];
		const print = recollection.printOf(this.identityOf(row, mapped), content);
		// A dry run remembers nothing.
		const held = this.job.validateOnly ? row : { ...row, print };
		this.unrecalled.push({ row: held, mapped, print });
		return this.unrecalled.length >= ROWS_PER_RECALL ? this.recall(recollection) : undefined;
	}

	private async flush(): Promise<void> {
		if (this.job.recollection !== undefined) await this.recall(this.job.recollection);
		await this.dispatch.flush();
	}

	/** Sends of the rows in hand those that no earlier run has dealt with. */
	private async recall(recollection: Recollection): Promise<void> {
		const rows = this.unrecalled.splice(0);
		if (rows.length === 0) return;
		let states: readonly RecalledState[];
		try {
			states = await recollection.recall(rows.map(({ print }) => print));
		} catch (error) {
			const fault = await this.broke(error);
			for (const { row, mapped } of rows)
				this.report.notSent({ ...row, print: undefined }, mapped.key ?? null, fault);
			return;
		}
		for (const [at, { row, mapped }] of rows.entries())
			try {
				await this.sendRecalled(row, mapped, states[at]);
			} catch (error) {
				this.fail(row, mapped.key ?? null, error);
			}
	}

	private async sendRecalled(
		row: SourceRow,
		mapped: MappedRow,
		state: RecalledState,
	): Promise<void> {
		const key = mapped.key ?? null;
		const unmarked = { ...row, print: undefined };
		if (state === 'saved') return this.report.end(unmarked, key, 'skipped', [UNCHANGED]);
		if (state === undefined || this.job.validateOnly || this.mayRepeat(mapped))
			return await this.send(state === 'full' ? unmarked : row, mapped);
		if (state === 'full') return this.report.end(unmarked, key, 'failed', [NO_MEMORY]);
		const group = this.dispatch.groupFor(this.likelyWrite(mapped), row.parameters);
		const pending = this.dispatch.pending(group, row, mapped);
		const verdict: Verdict = { status: 'unknown', errors: [SENT_EARLIER] };
		if (pending !== undefined) this.aftermath.settle(group, pending, verdict, true);
	}

	/** Which record a row means: its key, and what else stands in the address of a record. */
	private identityOf({ parameters }: SourceRow, mapped: MappedRow): unknown {
		if (mapped.key === undefined) return undefined;
		const endpoint = this.job.resource.endpoints[this.likelyWrite(mapped)];
		const places = Object.entries(endpoint.parameters ?? {})
			.filter(([, parameter]) => parameter.in === 'path')
			.map(([name]) => parameters[name]);
		return [mapped.key, ...places];
	}

	/** The write a row leads to, as far as it can be told without asking the vendor. */
	private likelyWrite(mapped: MappedRow): string {
		const { route } = this.job;
		if (typeof route === 'string') return route;
		if ('find' in route) return route.then;
		if ('lookup' in route) return route.found;
		return mapped.key === undefined ? route.withoutKey : route.withKey;
	}

	private mayRepeat(mapped: MappedRow): boolean {
		const { resource, route } = this.job;
		const names =
			typeof route === 'object' && 'lookup' in route
				? [route.found, route.missing]
				: [this.likelyWrite(mapped)];
		return names.every((name) => resource.endpoints[name].repeatable);
	}

	/** In a dry run: the records could not be read. */
	private unseen = false;

	private send(row: SourceRow, mapped: MappedRow): Promise<void> | void {
		const { route, validateOnly } = this.job;
		if (typeof route === 'object' && 'lookup' in route)
			return this.sendInTurn(row, mapped, () => this.lookUpAndSend(route, row, mapped));
		if (typeof route === 'object' && 'find' in route && !this.isWhole(route, mapped))
			return this.sendInTurn(row, mapped, () => this.findAndSend(route, row, mapped));
		const name = this.likelyWrite(mapped);
		if (validateOnly) return this.foresee(row, mapped, name);
		return this.dispatch.enqueue(this.dispatch.groupFor(name, row.parameters), row, mapped);
	}

	private sendInTurn(row: SourceRow, mapped: MappedRow, task: () => Promise<void>): Promise<void> {
		return this.pool.run(() =>
			this.dispatch.inTurn(mapped.key, async () => {
				try {
					await task();
				} catch (error) {
					this.fail(row, mapped.key ?? null, error);
				}
			}),
		);
	}

	private async lookUpAndSend(
		route: Extract<Route, { lookup: string }>,
		row: SourceRow,
		mapped: MappedRow,
	): Promise<void> {
		const { key } = mapped;
		if (key !== undefined && this.underWay.has(key)) {
			const { label } = this.job.resource.fields[this.job.resource.key];
			return this.report.end(row, key, 'failed', [
				{
					code: 'DUPLICATE_KEY',
					message: `"${label}" is the same as in an earlier row, whose record the service is still making. Send this row again later.`,
					field: label,
				},
			]);
		}
		if (this.health.halted !== undefined)
			return this.report.notSent(row, key ?? null, this.health.halted);
		const there =
			key === undefined
				? undefined
				: await readBack(this.job, route.lookup, row.parameters, mapped.record);
		if (there !== undefined && 'fault' in there)
			return this.unread(row, mapped, there.fault, route.lookup);
		this.health.begun = true;
		const name = there === undefined ? route.missing : route.found;
		if (this.job.validateOnly)
			return this.preview(row, mapped, name, name === route.found ? 'wouldUpdate' : 'wouldCreate');
		const group = this.dispatch.groupFor(name, row.parameters);
		const pending = this.dispatch.pending(group, row, mapped);
		if (pending === undefined) return;
		// Until its transaction ends, a new record cannot be looked up.
		if (key !== undefined && name === route.missing && group.endpoint.outcome.by === 'transaction')
			this.underWay.add(key);
		await this.dispatch.deliver(group, [pending]);
	}

	/** Does the row give itself all that the stored record would add? */
	private isWhole({ fill }: FindRoute, { record }: MappedRow): boolean {
		const { fields } = this.job.resource;
		return (
			fill !== undefined &&
			Object.values(fill).every((name) => valueAt(record, fields[name].path ?? name) !== undefined)
		);
	}

	/** What the write would do, as far as it can be seen. */
	private foresee(row: SourceRow, mapped: MappedRow, name: string): Promise<void> | void {
		const { seenBy, upserts } = this.job.resource.endpoints[name] as WriteEndpoint;
		if (!upserts || seenBy === undefined || mapped.key === undefined)
			return this.preview(row, mapped, name, 'wouldSave');
		return this.pool.run(async () => {
			// One row that cannot be read says that the next could not be either.
			if (this.unseen) return this.preview(row, mapped, name, 'wouldSave');
			const sight = await seen(this.job, seenBy, row.parameters, mapped.record);
			if (sight === undefined) return this.preview(row, mapped, name, 'wouldCreate');
			if ('held' in sight) return this.preview(row, mapped, name, 'wouldUpdate');
			if ('issue' in sight) return this.preview(row, mapped, name, 'wouldSave');
			const { fault } = sight;
			if (fault.code === 'AUTHENTICATION')
				this.health.react(fault, [mapped.record], this.job.resource.endpoints[name]);
			const reason = sentence(this.report.clean(fault.message, [mapped.record]));
			if (!this.unseen)
				this.job.notice?.(
					`Whether records exist could not be looked up, so rows say "wouldSave": ${reason}`,
				);
			this.unseen = true;
			this.preview(row, mapped, name, 'wouldSave');
		});
	}

	private async findAndSend(route: FindRoute, row: SourceRow, mapped: MappedRow): Promise<void> {
		const key = mapped.key ?? null;
		if (this.health.halted !== undefined) return this.report.notSent(row, key, this.health.halted);
		const sought = await findOne(this.job, route, row.parameters, mapped);
		if ('fault' in sought) return this.unread(row, mapped, sought.fault, route.find);
		this.health.begun = true;
		if ('issue' in sought) return this.report.end(row, key, 'failed', [sought.issue]);
		const found = sought.row;
		if (this.job.validateOnly) return this.preview(row, found, route.then, 'wouldUpdate');
		const group = this.dispatch.groupFor(route.then, row.parameters);
		const pending = this.dispatch.pending(group, row, found);
		if (pending !== undefined) await this.dispatch.deliver(group, [pending]);
	}

	/** The row could not be looked up, so nothing was written for it. */
	private unread(row: SourceRow, mapped: MappedRow, fault: Fault, name: string): void {
		this.health.react(fault, [mapped.record], this.job.resource.endpoints[name]);
		const message = this.report.clean(fault.message, [mapped.record]);
		this.report.end(row, mapped.key ?? null, 'failed', [
			{ code: fault.code, message: `${sentence(message)} Nothing was sent for this row.` },
		]);
	}

	private preview(row: SourceRow, mapped: MappedRow, name: string, status: Status): void {
		const group = this.dispatch.groupFor(name, row.parameters);
		const pending = this.dispatch.pending(group, row, mapped);
		if (pending === undefined) return;
		const outcome: Outcome = { key: mapped.key ?? null, status, row: row.row };
		if (this.job.includeRequest) {
			const body = group.builder.join([pending.text]);
			outcome.request = {
				method: group.endpoint.request.method,
				path: this.dispatch.address(group, pending).slice(this.job.baseUrl.length),
				...(body === undefined ? {} : { body: JSON.parse(body) as unknown }),
				...(mapped.relations === undefined ? {} : { afterwards: mapped.relations }),
			};
		}
		this.report.emit(outcome, row);
	}
}

/** Did an earlier try of the run send the row, so that it counts among those with its key? */
const wasSent = ({ key, status, errors }: Outcome): boolean =>
	key !== null &&
	status !== 'failed' &&
	(status !== 'skipped' || errors?.[0]?.code === UNCHANGED.code);

/** A later row over an earlier one, field by field. */
function merge(earlier: MappedRow | undefined, later: MappedRow): MappedRow {
	if (earlier === undefined) return later;
	const relations =
		earlier.relations === undefined && later.relations === undefined
			? undefined
			: mergeRecords(earlier.relations ?? {}, later.relations ?? {});
	return { ...later, record: mergeRecords(earlier.record, later.record), relations };
}
