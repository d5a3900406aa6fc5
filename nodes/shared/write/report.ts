import { clipped } from '../definition';
import { AddressFault, Cancelled, SetupFault, type Fault } from '../http';
import { maskPersonal } from '../mapping';
import type { Issue } from '../mapping/types';
import { wordsOf } from './health';
import type { SaveJob, SourceRow } from './job';
import type { Outcome, Status } from './outcome';
import type { Pending } from './pending';
import { sentence } from './sentence';

type RowRef = Pick<SourceRow, 'row' | 'index' | 'values' | 'fingerprint'>;

/** A person reads it in a table; what a vendor says beyond that is no reason. */
const LONGEST_MESSAGE = 1000;
/** A row with more faults has another one: its columns are not where they belong. */
const MOST_ISSUES = 20;

/** However long a row or an answer is, and whatever stands in it: a run has as many messages as rows. */
function bounded(errors: Issue[] | undefined): Issue[] | undefined {
	if (errors === undefined) return undefined;
	const fits = errors.every(({ message }) => message.length <= LONGEST_MESSAGE);
	if (fits && errors.length <= MOST_ISSUES) return errors;
	const shown = errors
		.slice(0, MOST_ISSUES)
		.map((issue) => ({ ...issue, message: clipped(issue.message, LONGEST_MESSAGE) }));
	const more = errors.length - shown.length;
	if (more > 0) shown[MOST_ISSUES - 1].message += ` And ${more} more.`;
	return shown;
}

/** Tells what became of rows, in words that give nothing away. */
export class Report {
	constructor(private readonly job: SaveJob) {}

	emit(outcome: Outcome, row: RowRef): void {
		if (row.fingerprint !== undefined) this.job.history?.ended(row.fingerprint, outcome.status);
		const errors = bounded(outcome.errors);
		this.job.emit(errors === outcome.errors ? outcome : { ...outcome, errors }, row);
	}

	end(row: RowRef, key: string | null, status: Status, errors: Issue[]): void {
		this.emit({ key, status, errors, row: row.row }, row);
	}

	notSent(row: RowRef & Partial<Pending>, key: string | null, fault: Fault): void {
		const issue: Issue = {
			code: 'NOT_SENT',
			message: `Not sent, because an earlier request ended the run: ${fault.message}`,
		};
		const outcome =
			row.saved === undefined
				? { key, status: 'failed' as const, errors: [issue], row: row.row }
				: this.joined(row.saved, row as Pending, 'failed', [issue]);
		this.emit(outcome, row);
	}

	/**
	 * What nobody foresaw while a row was prepared costs this row and no other.
	 *
	 * @throws what is not the row's own
	 */
	failed(row: RowRef, key: string | null, error: unknown): void {
		if (error instanceof Cancelled || error instanceof SetupFault) throw error as Error;
		this.end({ ...row, fingerprint: undefined }, key, 'failed', [this.unexpected(row, error)]);
	}

	private unexpected({ values }: RowRef, error: unknown): Issue {
		if (error instanceof AddressFault) return this.unaddressed(error);
		const message = sentence(this.clean(wordsOf(error), [values]));
		return { code: 'UNEXPECTED', message: `${message} Nothing was sent for this row.` };
	}

	/** A value of the row that its address cannot hold. */
	unaddressed({ code, field, message }: AddressFault): Issue {
		const label = this.job.resource.fields[field]?.label ?? field;
		return { code, message: `"${label}" ${message}`, field: label };
	}

	/** First and second pass of a row as one outcome. */
	joined(saved: Outcome, pending: Pending, status: Status, errors: Issue[] | undefined): Outcome {
		if (status === 'saved') return saved;
		const field = this.labelsOf(pending.relations ?? {});
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

	/** What of a row cannot be sent before the service has finished its record. */
	relationsLeft(relations: Readonly<Record<string, unknown>>): Issue {
		const field = this.labelsOf(relations);
		return {
			code: 'RELATION_FAILED',
			message: `The service has not finished the record yet, so its ${field} was not sent. Send the row again later.`,
			field,
		};
	}

	private labelsOf(relations: Readonly<Record<string, unknown>>): string {
		const { fields } = this.job.resource;
		return Object.keys(relations)
			.map((name) => fields[name].label)
			.join(', ');
	}

	/** Outside words without secrets and without the personal values of the records they may speak of. */
	clean(text: string, records: ReadonlyArray<Record<string, unknown>>): string {
		const { redact, resource } = this.job;
		return records.reduce<string>(
			(cleaned, record) => maskPersonal(cleaned, resource, record),
			redact(text),
		);
	}
}
