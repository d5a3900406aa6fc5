import type { Field } from '../definition';
import { KEPT_FOR_QUOTING, listed } from '../definition';
import type { Issue, MappedRow } from '../mapping/types';
import { ChangedRows } from './changedRows';
import { Screening } from './screening';
import type { RowSource, SaveJob, SourceRow } from './job';
import { kinshipOf, orderOf, parentField } from './order';
import { Routing } from './routing';
import { eachRow } from './turns';
import { Writing } from './writing';

/** A row that is to be sent. */
interface Taken {
	row: SourceRow;
	mapped: MappedRow;
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
	private readonly writing: Writing;
	private readonly routing: Routing;
	private readonly screening: Screening;
	private readonly changedRows: ChangedRows | undefined;
	/**
	 * Of a source that may break off: the rows that its first reading gave, as runs of numbers because there may be a million.
	 */
	private readonly announced: Array<{ index: number; from: number; to: number }> = [];

	constructor(private readonly job: SaveJob) {
		this.writing = new Writing(job);
		this.routing = new Routing(this.writing);
		this.screening = new Screening(this.writing, this.routing);
		if (job.history !== undefined)
			this.changedRows = new ChangedRows(job.history, this.writing, this.routing);
	}

	async run(source: RowSource): Promise<void> {
		const { aftermath, dispatch, pool } = this.writing;
		await this.readAhead(source);
		try {
			await this.sendAll(source).catch((error: unknown) => this.endUnread(error));
			await this.flush();
			// What ends a record may come late, and its relations are sent only then: once more, since they have none themselves.
			do {
				await aftermath.sendRelations(dispatch);
				await aftermath.awaitTransactions();
				await aftermath.lookUpUnknown();
			} while (aftermath.isPending);
		} catch (error) {
			// Requests under way end before the run does, so that none of them reports into a finished node.
			await pool.drain().catch(() => undefined);
			throw error as Error;
		} finally {
			await this.job.history?.close();
		}
	}

	/** Reads all rows once before the first is sent, where the run needs to know them. */
	private async readAhead(source: RowSource): Promise<void> {
		const { screening, job } = this;
		if (!screening.needsReading && !job.readFirst) return;
		let count = 0;
		await eachRow(job.port, source(), (row) => {
			count++;
			this.announce(row);
			screening.note(row);
		});
		screening.endReading();
		job.admit?.(count);
	}

	/** Rows follow each other, but for blank lines. */
	private announce({ index, row }: SourceRow): void {
		const last = this.announced.at(-1);
		if (last !== undefined && last.index === index && last.to + 1 === row) last.to = row;
		else this.announced.push({ index, from: row, to: row });
	}

	/** The source broke off: rows that its first reading gave, and the second did not, are told as not sent. */
	private async endUnread(error: unknown): Promise<void> {
		const fault = await this.writing.broke(error);
		let passed = this.screening.given;
		for (const { index, from, to } of this.announced)
			for (let row = from; row <= to; row++)
				if (passed > 0) passed--;
				else this.writing.report.notSent({ row, index, values: {} }, null, fault);
	}

	/** Rows in the order of the input, unless the vendor wants parents before their children. */
	private async sendAll(source: RowSource): Promise<void> {
		const { operation, port, resource } = this.job;
		const parent = operation.rows === 'one' ? undefined : parentField(resource.fields);
		if (parent !== undefined) return await this.sendParentsFirst(source, parent);
		await eachRow(port, source(), (row) => {
			const mapped = this.screening.take(row);
			return mapped === undefined ? undefined : this.send(row, mapped);
		});
	}

	/** Level by level. That needs all rows at once, so only then are they held. */
	private async sendParentsFirst(source: RowSource, parent: [string, Field]): Promise<void> {
		const rows: Taken[] = [];
		await eachRow(this.job.port, source(), (row) => {
			const mapped = this.screening.take(row);
			if (mapped !== undefined) rows.push({ row, mapped });
		});
		const { levels, circles, elsewhere } = orderOf(
			rows.map(({ mapped }) => kinshipOf(this.job.resource.fields, parent, mapped.record)),
		);
		this.tellElsewhere(rows, elsewhere, parent[1]);
		for (const circle of circles) this.endCircle(rows, circle, parent[1]);
		for (const level of levels) {
			for (const at of level) await this.send(rows[at].row, rows[at].mapped);
			await this.flush();
		}
	}

	private tellElsewhere(rows: readonly Taken[], places: readonly number[], { label }: Field): void {
		if (places.length === 0) return;
		this.job.notice?.(
			`"${label}" of ${places.length === 1 ? 'row' : 'rows'} ${numbers(rows, places)} names somebody who is not saved by this run and so must be in the service already. Otherwise the service refuses the row.`,
		);
	}

	private endCircle(rows: readonly Taken[], circle: readonly number[], { label }: Field): void {
		const issue: Issue = {
			code: 'CIRCULAR_RELATION',
			message: `The rows ${numbers(rows, circle)} wait for each other through "${label}", so none of them can be sent first. Correct one of them.`,
			field: label,
		};
		for (const at of circle)
			this.writing.report.end(rows[at].row, rows[at].mapped.key ?? null, 'failed', [issue]);
	}

	private send(row: SourceRow, mapped: MappedRow): Promise<void> | void {
		try {
			return (this.changedRows ?? this.routing).send(row, mapped);
		} catch (error) {
			this.writing.report.failed(row, mapped.key ?? null, error);
		}
	}

	private async flush(): Promise<void> {
		await this.changedRows?.flush();
		await this.writing.dispatch.flush();
	}
}

const numbers = (rows: readonly Taken[], places: readonly number[]): string =>
	listed(
		places.slice(0, KEPT_FOR_QUOTING).map((at) => String(rows[at].row.row)),
		places.length,
	);
