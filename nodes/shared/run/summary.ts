import type { Traffic } from '../http';
import type { Outcome, Status } from '../write';

/** In the order a summary shows them. The first three always stand in it, the others when they occurred. */
const STATUSES: readonly Status[] = [
	'saved',
	'failed',
	'skipped',
	'unknown',
	'inProgress',
	'wouldCreate',
	'wouldUpdate',
	'wouldSave',
];
const ALWAYS = 3;

const DRY: readonly Status[] = ['wouldCreate', 'wouldUpdate', 'wouldSave'];

/** In the order in which people are told. */
const TOLD: ReadonlyArray<readonly [Status, string]> = [
	['saved', 'saved'],
	['wouldCreate', 'would be created'],
	['wouldUpdate', 'would be updated'],
	['wouldSave', 'would be saved'],
	['failed', 'failed'],
	['unknown', 'ended as unknown'],
	['inProgress', 'in progress'],
	['skipped', 'skipped'],
];

/** Counts the outcomes of a run as they come. */
export class Tally {
	rows = 0;
	private readonly statuses = new Map<Status, number>();
	private readonly actions = { created: 0, updated: 0 };
	private readonly reasons = new Map<string, number>();

	add(outcome: Outcome): void {
		this.rows++;
		this.statuses.set(outcome.status, this.count(outcome.status) + 1);
		const code = outcome.errors?.[0]?.code;
		if (code !== undefined) this.reasons.set(code, (this.reasons.get(code) ?? 0) + 1);
	}

	/** The vendor's totals; they may be known where no single row's action is. */
	addTotals({ created, updated }: { created: number; updated: number }): void {
		this.actions.created += created;
		this.actions.updated += updated;
	}

	count(status: Status): number {
		return this.statuses.get(status) ?? 0;
	}

	acted(action: 'created' | 'updated'): number {
		return this.actions[action];
	}

	/**
	 * The counts of the statuses add up to `rows`; `created` and `updated` are the vendor's own counts, which hold rows whose
	 * relation was refused as well.
	 * `reasons`: rows by the code of their first reason. `secondsWaited`: how long the service made us wait.
	 */
	summary(traffic: Traffic): Record<string, unknown> {
		const counts = STATUSES.map((status) => [status, this.count(status)] as const).filter(
			([, count], at) => at < ALWAYS || count > 0,
		);
		return {
			rows: this.rows,
			...Object.fromEntries(counts),
			...this.actions,
			reasons: Object.fromEntries(this.reasons),
			requests: traffic.requests,
			retries: traffic.retries,
			secondsWaited: Math.round(traffic.waitedMs / 1000),
		};
	}

	/** One line for people: `14 of 20 rows saved (10 created, 4 updated), 5 failed, 1 skipped.` */
	told(): string {
		const { created, updated } = this.actions;
		// Records whose relation was refused are made, but not saved as they should be.
		const acted =
			created + updated > this.count('saved')
				? ''
				: [
						...(created > 0 ? [`${created} created`] : []),
						...(updated > 0 ? [`${updated} updated`] : []),
					].join(', ');
		const of = `of ${this.rows} ${this.rows === 1 ? 'row' : 'rows'}`;
		const counts = TOLD.map(([status, words]) => [this.count(status), words, status] as const)
			.filter(([count, , status]) => count > 0 || (status === 'saved' && !this.isDry))
			.map(
				([count, words, status], at) =>
					`${count} ${at === 0 ? `${of} ` : ''}${words}${status === 'saved' && acted !== '' ? ` (${acted})` : ''}`,
			);
		return `${counts.join(', ')}.`;
	}

	/** Is any row as it should be, or on the way there? What has not changed was saved by an earlier run. */
	get anySaved(): boolean {
		const unchanged = this.reasons.get('UNCHANGED') ?? 0;
		return this.count('saved') + this.count('inProgress') + unchanged > 0 || this.isDry;
	}

	private get isDry(): boolean {
		return DRY.some((status) => this.count(status) > 0);
	}

	/** One line for people: `2 of 50 rows failed, 1 ended as unknown`; undefined when nothing went wrong. */
	trouble(): string | undefined {
		const failed = this.count('failed');
		const unknown = this.count('unknown');
		if (failed + unknown === 0) return undefined;
		const of = `of ${this.rows} ${this.rows === 1 ? 'row' : 'rows'}`;
		if (failed === 0) return `${unknown} ${of} ended as unknown`;
		return `${failed} ${of} failed${unknown === 0 ? '' : `, ${unknown} ended as unknown`}`;
	}
}
