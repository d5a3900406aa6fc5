export type TruthAction = 'created' | 'updated' | 'deleted';

export interface TruthRecord {
	/** The vendor's match key, e.g. an external id. */
	key: string;
	/** How often the record was written: `created + updated`. */
	saved: number;
	created: number;
	updated: number;
	deleted: number;
	/** Ledger numbers (`n`) of the requests that changed the record, in order. */
	requests: number[];
	/** Top-level keys each of those requests carried, in the same order. */
	fields: string[][];
	/** The record as the vendor holds it now. */
	value: unknown;
}

/**
 * What really happened at a vendor, whatever its answers said: which records were written, how often
 * and by which request. Records that were there from the start appear once somebody changes them.
 */
export class Truth {
	private readonly byKey = new Map<string, TruthRecord>();

	/** Called by a vendor at the moment a change takes effect. */
	note(
		key: string,
		action: TruthAction,
		change: { request: number; fields: string[]; value: unknown },
	): void {
		const record = this.byKey.get(key) ?? newRecord(key);
		record[action] += 1;
		record.saved = record.created + record.updated;
		record.requests.push(change.request);
		record.fields.push(change.fields);
		record.value = change.value;
		this.byKey.set(key, record);
	}

	get records(): TruthRecord[] {
		return [...this.byKey.values()];
	}

	/** The record with this key, or `undefined` if nobody has changed it. */
	record(key: string): TruthRecord | undefined {
		return this.byKey.get(key);
	}

	/** How often the record with this key was written; 0 if never. */
	savesOf(key: string): number {
		return this.byKey.get(key)?.saved ?? 0;
	}

	get created(): number {
		return this.total('created');
	}

	get updated(): number {
		return this.total('updated');
	}

	get deleted(): number {
		return this.total('deleted');
	}

	/** The shape that `GET /__sandbox/truth?vendor=` answers with. */
	toJSON() {
		return {
			created: this.created,
			updated: this.updated,
			deleted: this.deleted,
			records: this.records,
		};
	}

	private total(action: TruthAction): number {
		return this.records.reduce((sum, record) => sum + record[action], 0);
	}
}

function newRecord(key: string): TruthRecord {
	return {
		key,
		saved: 0,
		created: 0,
		updated: 0,
		deleted: 0,
		requests: [],
		fields: [],
		value: undefined,
	};
}
