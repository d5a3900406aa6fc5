import { setAt, valueAt } from '../definition';
import { mergeRecords } from '../mapping';
import type { Dispatch } from './dispatch';
import type { Health } from './health';
import type { Group, SaveJob } from './job';
import type { Issue } from '../mapping/types';
import type { Outcome } from './outcome';
import type { Pending } from './pending';
import type { Pool } from './pool';
import type { Report } from './report';
import { sentence } from './sentence';
import { addressOf } from './request';
import { lookUp } from './lookup';
import { judgeSeen } from './seen';
import { VendorWords } from './vendorWords';
import { transactionVerdict, type Verdict } from './verdict';

/** A transaction takes seconds at least; asking more often than twice a minute in the end spends the request budget. */
const FIRST_POLL_MS = 1_000;
const SLOWEST_POLL_MS = 30_000;

/** A repetition does not find what the first attempt removed. */
const GONE: Issue = {
	code: 'NOT_FOUND',
	message:
		'The answer was lost and the request was sent again: the record is not there now. Whether this run removed it, or it never existed, cannot be told.',
};

const NOT_ASKED = { fault: undefined };

interface Transaction {
	pending: Pending;
	group: Group;
	id: string;
}

/** What is left to do for rows after their request was answered. */
export class Aftermath {
	private readonly words: VendorWords;
	private readonly secondPass: Array<{ pending: Pending; group: Group }> = [];
	private readonly unknown: Array<{ pending: Pending; group: Group; outcome: Outcome }> = [];
	private readonly transactions: Transaction[] = [];
	/** When transactions are waited for no longer; set by the first of them. */
	private deadline: number | undefined;

	constructor(
		private readonly job: SaveJob,
		private readonly pool: Pool,
		private readonly report: Report,
		private readonly health: Health,
	) {
		this.words = new VendorWords(job.resource, job.vendor ?? 'the service');
	}

	/** A row's own verdict is in. `doubtful`: the answer may speak of a repetition, so it cannot tell what the first did. */
	settle(group: Group, pending: Pending, verdict: Verdict, doubtful: boolean): void {
		const { transaction, action } = verdict;
		if (transaction !== undefined && this.job.transactionWaitMs > 0) {
			this.transactions.push({ pending, group, id: transaction });
			return;
		}
		if (verdict.missing && doubtful)
			return this.settle(group, pending, { status: 'unknown', errors: [GONE] }, false);
		const errors = verdict.errors?.map((issue) => {
			const message = this.report.clean(issue.message, [pending.record]);
			const clean = { ...issue, message };
			return verdict.status === 'failed' ? this.words.explained(clean) : clean;
		});
		if (pending.saved !== undefined)
			return this.report.emit(
				this.report.joined(pending.saved, pending, verdict.status, errors),
				pending,
			);

		const status = transaction === undefined ? verdict.status : 'inProgress';
		const outcome: Partial<Outcome> = { key: pending.key ?? null, status };
		if (action !== undefined && !doubtful) outcome.action = action;
		const id = verdict.id ?? this.idOf(pending);
		if (verdict.status === 'saved' && id !== undefined) outcome.id = id;
		if (errors !== undefined) outcome.errors = errors;
		if (verdict.vendor !== undefined) outcome.vendor = verdict.vendor;
		outcome.row = pending.row;
		if (status === 'inProgress') return this.endUnfinished(pending, outcome as Outcome);
		if (status === 'saved') return this.endSaved(group, pending, outcome as Outcome);
		const { seenBy } = group.endpoint;
		// One record is read by its key; in a list it is found by what the row says.
		if (
			status === 'unknown' &&
			(typeof seenBy === 'object' || (seenBy && pending.key !== undefined))
		)
			this.unknown.push({ pending, group, outcome: outcome as Outcome });
		else this.report.emit(outcome as Outcome, pending);
	}

	/** A record is saved; its relations, if it has any, can be sent now. */
	private endSaved(group: Group, pending: Pending, outcome: Outcome): void {
		if (pending.relations === undefined) return this.report.emit(outcome, pending);
		pending.saved = outcome;
		this.secondPass.push({ pending, group });
	}

	/** The service has not finished a record when the run ends, so its relations cannot be sent. */
	private endUnfinished(pending: Pending, outcome: Outcome): void {
		const { saved, relations } = pending;
		if (saved !== undefined || relations === undefined) return this.report.emit(outcome, pending);
		const errors = [this.report.relationsLeft(relations)];
		this.report.emit({ ...outcome, errors }, pending);
	}

	/** Records that were looked up, or whose transactions have ended, still wait for their relations. */
	get isPending(): boolean {
		return this.secondPass.length > 0;
	}

	/** The key, where that is the vendor's own ID. */
	private idOf({ key }: Pending): string | undefined {
		const { resource } = this.job;
		return resource.fields[resource.key].concept === 'internalId' ? key : undefined;
	}

	/**
	 * Rows whose answer was lost are looked up where the vendor can be read. Only what is seen settles them: a record that
	 * is not there yet may still come.
	 */
	async lookUpUnknown(): Promise<void> {
		// One row without answer says that the next would not get one either.
		let readable = true;
		for (const { pending, group, outcome } of this.unknown.splice(0))
			await this.pool.run(async () => {
				const { endpoint, values } = group;
				const { resource, operation } = this.job;
				const found = await (async () => {
					const shown = readable
						? await lookUp(this.job, endpoint.seenBy!, values, pending.record)
						: NOT_ASKED;
					if (shown === undefined || 'stored' in shown)
						return judgeSeen(resource, operation, endpoint, pending.record, shown);
					if ('issue' in shown) return `When looked up, it was not clear: ${shown.issue.message}`;
					readable = false;
					return 'It could not be looked up.';
				})().catch((error: unknown) => {
					this.health.broke(error);
					return 'It could not be looked up.';
				});
				if (found !== undefined) {
					const [{ message, ...issue }, ...more] = outcome.errors!;
					const errors = [{ ...issue, message: `${sentence(message)} ${found}` }, ...more];
					return this.report.emit({ ...outcome, errors }, pending);
				}
				const settled: Outcome = { ...outcome, status: 'saved' };
				delete settled.errors;
				this.endSaved(group, pending, settled);
			});
		await this.pool.drain();
	}

	/** Relations of the rows that were saved, sent with their key alone. */
	async sendRelations(dispatch: Dispatch): Promise<void> {
		const { resource } = this.job;
		const keyPath = resource.fields[resource.key].path ?? resource.key;
		for (const { pending, group } of this.secondPass.splice(0)) {
			const record = mergeRecords({}, pending.relations ?? {});
			setAt(record, keyPath, valueAt(pending.record, keyPath));
			await dispatch.add(group, pending.sending(group.builder.record(record), record));
		}
		await dispatch.flush();
	}

	async awaitTransactions(): Promise<void> {
		const { port, transactionWaitMs } = this.job;
		const deadline = (this.deadline ??= port.now() + transactionWaitMs);
		let left = this.transactions.splice(0);
		for (let wait = FIRST_POLL_MS; left.length > 0; wait = Math.min(SLOWEST_POLL_MS, wait * 2)) {
			const now = port.now();
			if (now >= deadline || this.health.halted !== undefined) break;
			await port.sleep(Math.min(wait, deadline - now));
			const pending: typeof left = [];
			for (const transaction of left)
				await this.pool.run(async () => {
					if (!(await this.ended(transaction))) pending.push(transaction);
				});
			await this.pool.drain();
			left = pending;
		}
		for (const { pending, group, id } of left) {
			const { outcome } = group.endpoint;
			const name = outcome.by === 'transaction' ? outcome.id : 'transactionId';
			this.endUnfinished(pending, {
				key: pending.key ?? null,
				status: 'inProgress',
				vendor: { [name]: id },
				row: pending.row,
			});
		}
	}

	/** True when the transaction has ended. Where that cannot be asked, it is under way for all we know. */
	private async ended(transaction: Transaction): Promise<boolean> {
		try {
			return await this.poll(transaction);
		} catch (error) {
			this.health.broke(error);
			return false;
		}
	}

	private async poll({ pending, group, id }: Transaction): Promise<boolean> {
		const { outcome } = group.endpoint;
		if (outcome.by !== 'transaction' || this.health.halted !== undefined) return false;
		const endpoint = this.job.resource.endpoints[outcome.poll];
		const sent = await this.job.sender.send({
			method: endpoint.request.method,
			headers: endpoint.headers,
			url: addressOf(this.job.baseUrl, endpoint, { ...group.values, [outcome.id]: id }),
			repeatable: true,
			expects: 'json',
		});
		if (!sent.ok) {
			this.health.react(sent.fault, [pending.record], endpoint);
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
}
