import { valueAt, type FindRoute, type Route } from '../definition';
import type { Fault } from '../http';
import type { Issue, MappedRow } from '../mapping/types';
import { DryRun } from './dryRun';
import type { Group, SourceRow } from './job';
import { withFound, readRecord } from './lookup';
import { sentence } from './sentence';
import type { Writing } from './writing';

type LookupRoute = Extract<Route, { lookup: string }>;

const asksFirst = (route: Route): route is LookupRoute | FindRoute =>
	typeof route === 'object' && ('lookup' in route || 'find' in route);

/** Finds for each row the request that saves it, and asks the vendor where only that can tell. */
export class Routing {
	/** Keys of records whose making is not finished at the vendor. */
	private readonly underWay = new Set<string>();
	private readonly dryRun: DryRun;

	constructor(private readonly writing: Writing) {
		this.dryRun = new DryRun(writing);
	}

	/** Must the vendor be asked about every row before it is sent? */
	get asksFirst(): boolean {
		return asksFirst(this.writing.job.route);
	}

	/** The write a row leads to, as far as it can be told without asking the vendor. */
	likelyWrite(mapped: MappedRow): string {
		const { route } = this.writing.job;
		if (typeof route === 'string') return route;
		if ('find' in route) return route.then;
		if ('lookup' in route) return route.found;
		return mapped.key === undefined ? route.withoutKey : route.withKey;
	}

	likelyGroup(row: SourceRow, mapped: MappedRow): Group {
		return this.writing.dispatch.groupFor(this.likelyWrite(mapped), row.parameters);
	}

	mayRepeat(mapped: MappedRow): boolean {
		const { resource, route } = this.writing.job;
		const names =
			typeof route === 'object' && 'lookup' in route
				? [route.found, route.missing]
				: [this.likelyWrite(mapped)];
		return names.every((name) => resource.endpoints[name].repeatable);
	}

	send(row: SourceRow, mapped: MappedRow): Promise<void> | void {
		const { dispatch, job } = this.writing;
		const { route } = job;
		if (asksFirst(route)) {
			if ('lookup' in route)
				return this.inTurn(row, mapped, () => this.lookUpAndSend(route, row, mapped));
			if (!this.isWhole(route, mapped))
				return this.inTurn(row, mapped, () => this.findAndSend(route, row, mapped));
		}
		if (job.validateOnly) return this.dryRun.foresee(row, mapped, this.likelyWrite(mapped));
		return dispatch.enqueue(this.likelyGroup(row, mapped), row, mapped);
	}

	private inTurn(row: SourceRow, mapped: MappedRow, task: () => Promise<void>): Promise<void> {
		const { pool, dispatch, report } = this.writing;
		return pool.run(() =>
			dispatch.inTurn(mapped.key, async () => {
				try {
					await task();
				} catch (error) {
					report.failed(row, mapped.key ?? null, error);
				}
			}),
		);
	}

	private async lookUpAndSend(
		route: LookupRoute,
		row: SourceRow,
		mapped: MappedRow,
	): Promise<void> {
		const { job, dispatch, health, report } = this.writing;
		const { key } = mapped;
		if (key !== undefined && this.underWay.has(key))
			return report.end(row, key, 'failed', [this.stillMade()]);
		if (health.halted !== undefined) return report.notSent(row, key ?? null, health.halted);
		const there =
			key === undefined
				? undefined
				: await readRecord(job, route.lookup, row.parameters, mapped.record);
		if (there !== undefined && 'fault' in there)
			return this.unread(row, mapped, there.fault, route.lookup);
		health.begun = true;
		const name = there === undefined ? route.missing : route.found;
		if (job.validateOnly) {
			const status = there === undefined ? 'wouldCreate' : 'wouldUpdate';
			return this.dryRun.preview(row, mapped, name, status);
		}
		const group = dispatch.groupFor(name, row.parameters);
		const pending = dispatch.pending(group, row, mapped);
		if (pending === undefined) return;
		// Until its transaction ends, a new record cannot be looked up.
		if (key !== undefined && name === route.missing && group.endpoint.outcome.by === 'transaction')
			this.underWay.add(key);
		await dispatch.deliver(group, [pending]);
	}

	private stillMade(): Issue {
		const { fields, key } = this.writing.job.resource;
		const { label } = fields[key];
		return {
			code: 'DUPLICATE_KEY',
			message: `"${label}" is the same as in an earlier row, whose record the service is still making. Send this row again later.`,
			field: label,
		};
	}

	/** Does the row give itself all that the stored record would add? */
	private isWhole({ fill }: FindRoute, { record }: MappedRow): boolean {
		const { fields } = this.writing.job.resource;
		return (
			fill !== undefined &&
			Object.values(fill).every((name) => valueAt(record, fields[name].path ?? name) !== undefined)
		);
	}

	private async findAndSend(route: FindRoute, row: SourceRow, mapped: MappedRow): Promise<void> {
		const { job, dispatch, health, report } = this.writing;
		const key = mapped.key ?? null;
		if (health.halted !== undefined) return report.notSent(row, key, health.halted);
		const sought = await withFound(job, route, row.parameters, mapped);
		if ('fault' in sought) return this.unread(row, mapped, sought.fault, route.find);
		health.begun = true;
		if ('issue' in sought) return report.end(row, key, 'failed', [sought.issue]);
		const found = sought.row;
		if (job.validateOnly) return this.dryRun.preview(row, found, route.then, 'wouldUpdate');
		const group = dispatch.groupFor(route.then, row.parameters);
		const pending = dispatch.pending(group, row, found);
		if (pending !== undefined) await dispatch.deliver(group, [pending]);
	}

	/** The row could not be looked up, so nothing was written for it. */
	private unread(row: SourceRow, mapped: MappedRow, fault: Fault, name: string): void {
		const { job, health, report } = this.writing;
		health.react(fault, [mapped.record], job.resource.endpoints[name]);
		const message = report.clean(fault.message, [mapped.record]);
		report.end(row, mapped.key ?? null, 'failed', [
			{ code: fault.code, message: `${sentence(message)} Nothing was sent for this row.` },
		]);
	}
}
