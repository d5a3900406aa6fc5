import { mergeRecords } from '../mapping';
import type { MappedRow } from '../mapping/types';
import { Duplicates } from './duplicates';
import { UNCHANGED } from './changedRows';
import type { SourceRow } from './job';
import type { Outcome } from './outcome';
import type { Routing } from './routing';
import type { Writing } from './writing';

/** Takes row after row in, and ends those at once that are not to be sent. */
export class Screening {
	/** How many rows were given so far. */
	given = 0;
	private readonly duplicates: Duplicates | undefined;
	/** Records of rows that will join a later row with the same key. */
	private readonly joining = new Map<string, MappedRow>();

	constructor(
		private readonly writing: Writing,
		private readonly routing: Routing,
	) {
		const { duplicates, resource } = writing.job;
		if (duplicates !== undefined)
			this.duplicates = new Duplicates(duplicates, resource.fields[resource.key].label);
	}

	/** Must all keys be noted before the first row is taken? */
	get needsReading(): boolean {
		return this.duplicates?.needsReading ?? false;
	}

	/** In the first reading: the row's key counts among its likes. */
	note(row: SourceRow): void {
		if (row.problem !== undefined || row.skip !== undefined) return;
		if (!this.duplicates?.needsReading) return;
		const key = this.countedKey(row, this.duplicates.countsOnlyValid);
		if (key !== undefined) this.duplicates.note(key, row);
	}

	endReading(): void {
		this.duplicates?.endReading();
	}

	/** The key of a row by which it may be the same as another. A row that cannot be read fails when its turn comes. */
	private countedKey(row: SourceRow, onlyValid: boolean): string | undefined {
		const { mapper } = this.writing.job;
		try {
			return onlyValid ? this.keyOfValid(row) : mapper.keyOf(row.values, row.policy);
		} catch {
			return undefined;
		}
	}

	/** The key of a row that would be sent if it stood alone, as far as that can be told without asking the vendor. */
	private keyOfValid(row: SourceRow): string | undefined {
		const mapped = this.writing.job.mapper.map(row.values, row.policy);
		if (mapped.issues.length > 0 || mapped.skip !== undefined) return undefined;
		if (this.routing.asksFirst || mapped.key === undefined) return mapped.key;
		const group = this.routing.likelyGroup(row, mapped);
		return this.writing.dispatch.refusal(group, mapped) === undefined ? mapped.key : undefined;
	}

	/** The row as it is to be sent; undefined when it has ended already. */
	take(row: SourceRow): MappedRow | undefined {
		this.given++;
		try {
			return this.checked(row);
		} catch (error) {
			return void this.writing.report.failed(row, null, error);
		}
	}

	private checked(row: SourceRow): MappedRow | undefined {
		const { job, report } = this.writing;
		const settled = job.settled?.(row);
		if (settled !== undefined) {
			if (wasSent(settled)) this.duplicates?.judge(settled.key!, row);
			return void job.emit(settled, row);
		}
		if (row.problem !== undefined) return void report.end(row, null, 'failed', [row.problem]);
		if (row.skip !== undefined) return void report.end(row, null, 'skipped', [row.skip]);

		const mapped = job.mapper.map(row.values, row.policy);
		job.mapper.count();
		const key = mapped.key ?? null;
		if (mapped.issues.length > 0) return void report.end(row, key, 'failed', mapped.issues);
		if (mapped.skip !== undefined) return void report.end(row, key, 'skipped', [mapped.skip]);
		return this.duplicates === undefined || key === null
			? mapped
			: this.amongLikes(this.duplicates, key, row, mapped);
	}

	private amongLikes(
		duplicates: Duplicates,
		key: string,
		row: SourceRow,
		mapped: MappedRow,
	): MappedRow | undefined {
		const { report } = this.writing;
		const verdict = duplicates.judge(key, row);
		switch (verdict.do) {
			case 'send':
				return mapped;
			case 'fail':
				return void report.end(row, key, 'failed', [verdict.issue]);
			case 'skip':
				return void report.end(row, key, 'skipped', [verdict.issue]);
			case 'hold':
				this.joining.set(key, merge(this.joining.get(key), mapped));
				return void report.end(row, key, 'skipped', [verdict.issue]);
			case 'join': {
				const whole = merge(this.joining.get(key), mapped);
				this.joining.delete(key);
				return whole;
			}
		}
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
