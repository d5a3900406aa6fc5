import type { Issue, MappedRow } from '../mapping/types';
import type { Fingerprint, PastState, RunHistory, SourceRow } from './job';
import type { Routing } from './routing';
import type { Verdict } from './verdict';
import type { Writing } from './writing';

/** n8n reads and writes all it remembers at each question; with this many rows in one that costs less than sending them. */
const ROWS_PER_RECALL = 2000;

export const UNCHANGED: Issue = {
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

/** Sends of the rows those that no earlier run has dealt with. */
export class ChangedRows {
	/** Rows that have not been asked about yet. */
	private readonly waiting: Array<{ row: SourceRow; mapped: MappedRow; fingerprint: Fingerprint }> =
		[];

	constructor(
		private readonly history: RunHistory,
		private readonly writing: Writing,
		private readonly routing: Routing,
	) {}

	send(row: SourceRow, mapped: MappedRow): Promise<void> | void {
		const content = [mapped.record, mapped.relations, row.parameters];
		const fingerprint = this.history.fingerprintOf(this.identityOf(row, mapped), content);
		// A dry run remembers nothing.
		const remembered = this.writing.job.validateOnly ? row : { ...row, fingerprint };
		this.waiting.push({ row: remembered, mapped, fingerprint });
		return this.waiting.length >= ROWS_PER_RECALL ? this.flush() : undefined;
	}

	async flush(): Promise<void> {
		const { report } = this.writing;
		const rows = this.waiting.splice(0);
		if (rows.length === 0) return;
		let states: readonly PastState[];
		try {
			states = await this.history.pastStates(rows.map(({ fingerprint }) => fingerprint));
		} catch (error) {
			const fault = await this.writing.broke(error);
			for (const { row, mapped } of rows)
				report.notSent({ ...row, fingerprint: undefined }, mapped.key ?? null, fault);
			return;
		}
		for (const [at, { row, mapped }] of rows.entries())
			try {
				await this.sendRecalled(row, mapped, states[at]);
			} catch (error) {
				report.failed(row, mapped.key ?? null, error);
			}
	}

	private async sendRecalled(row: SourceRow, mapped: MappedRow, state: PastState): Promise<void> {
		const { job, dispatch, report, aftermath } = this.writing;
		const key = mapped.key ?? null;
		const unmarked = { ...row, fingerprint: undefined };
		if (state === 'saved') return report.end(unmarked, key, 'skipped', [UNCHANGED]);
		if (state === undefined || job.validateOnly || this.routing.mayRepeat(mapped))
			return await this.routing.send(state === 'full' ? unmarked : row, mapped);
		if (state === 'full') return report.end(unmarked, key, 'failed', [NO_MEMORY]);
		const group = this.routing.likelyGroup(row, mapped);
		const pending = dispatch.pending(group, row, mapped);
		const verdict: Verdict = { status: 'unknown', errors: [SENT_EARLIER] };
		if (pending !== undefined) aftermath.settle(group, pending, verdict, true);
	}

	/** Which record a row means: its key, and what else stands in the address of a record. */
	private identityOf({ parameters }: SourceRow, mapped: MappedRow): unknown {
		if (mapped.key === undefined) return undefined;
		const { endpoints } = this.writing.job.resource;
		const endpoint = endpoints[this.routing.likelyWrite(mapped)];
		const places = Object.entries(endpoint.parameters ?? {})
			.filter(([, parameter]) => parameter.in === 'path')
			.map(([name]) => parameters[name]);
		return [mapped.key, ...places];
	}
}
