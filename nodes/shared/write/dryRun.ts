import type { WriteEndpoint } from '../definition';
import type { Fault } from '../http';
import type { MappedRow } from '../mapping/types';
import type { SourceRow } from './job';
import type { Outcome, Status } from './outcome';
import { lookUp } from './lookup';
import { NewRecords } from './newRecords';
import { sentence } from './sentence';
import type { Writing } from './writing';

/** Tells what a run would do, and writes nothing. */
export class DryRun {
	/** The records could not be read. */
	private unseen = false;

	private newRecords: NewRecords | undefined;

	constructor(private readonly writing: Writing) {}

	/** What the write would do, as far as it can be seen. */
	foresee(row: SourceRow, mapped: MappedRow, name: string): Promise<void> | void {
		const { job, pool } = this.writing;
		const { seenBy, upserts } = job.resource.endpoints[name] as WriteEndpoint;
		if (!upserts || seenBy === undefined || mapped.key === undefined)
			return this.preview(row, mapped, name, 'wouldSave');
		return pool.run(async () => {
			// One row that cannot be read says that the next could not be either.
			if (this.unseen) return this.preview(row, mapped, name, 'wouldSave');
			const sight = await lookUp(job, seenBy, row.parameters, mapped.record);
			if (sight !== undefined && 'fault' in sight) this.cannotSee(sight.fault, mapped, name);
			const status = ((): Status => {
				if (sight === undefined) return 'wouldCreate';
				return 'stored' in sight ? 'wouldUpdate' : 'wouldSave';
			})();
			this.preview(row, mapped, name, status);
		});
	}

	private cannotSee(fault: Fault, { record }: MappedRow, name: string): void {
		const { job, health, report } = this.writing;
		if (fault.code === 'AUTHENTICATION')
			health.react(fault, [record], job.resource.endpoints[name]);
		const reason = sentence(report.clean(fault.message, [record]));
		if (!this.unseen)
			job.notice?.(
				`Whether records exist could not be looked up, so rows say "wouldSave": ${reason}`,
			);
		this.unseen = true;
	}

	private lacking(mapped: MappedRow): string[] {
		const { resource, operation } = this.writing.job;
		this.newRecords ??= new NewRecords(resource, operation);
		return this.newRecords.lacking(mapped);
	}

	preview(row: SourceRow, mapped: MappedRow, name: string, status: Status): void {
		const { job, dispatch, report } = this.writing;
		const group = dispatch.groupFor(name, row.parameters);
		const pending = dispatch.pending(group, row, mapped);
		if (pending === undefined) return;
		const outcome: Outcome = { key: mapped.key ?? null, status, row: row.row };
		if (job.includeRequest) {
			const body = group.builder.join([pending.text]);
			outcome.request = {
				method: group.endpoint.request.method,
				path: dispatch.address(group, pending).slice(job.baseUrl.length),
				...(body === undefined ? {} : { body: JSON.parse(body) as unknown }),
				...(mapped.relations === undefined ? {} : { afterwards: mapped.relations }),
			};
		}
		if (status !== 'wouldUpdate') job.lacks?.(this.lacking(mapped));
		report.emit(outcome, row);
	}
}
