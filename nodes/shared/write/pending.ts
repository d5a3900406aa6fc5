import type { MappedRow } from '../mapping/types';
import type { SourceRow } from './job';
import type { Outcome } from './outcome';

type Origin = Pick<SourceRow, 'row' | 'index' | 'values' | 'fingerprint' | 'source' | 'reread'>;
type StoredRecord = Record<string, unknown>;

/**
 * A checked row on its way. A request is under way far longer than a row takes to check, so of a row that can be made again only
 * its texts are held: the rest is needed where something goes wrong, and objects that outlive a collection are what makes the next
 * one long.
 */
export class Pending {
	readonly row: number;
	readonly index: number;
	readonly fingerprint: SourceRow['fingerprint'];
	readonly key: string | undefined;
	readonly relations: StoredRecord | undefined;
	/** Second pass: what the first one brought. */
	saved: Outcome | undefined = undefined;
	/** Its request may have reached the vendor. Said here and not in a set: a set of a million rows is work for the collector. */
	left = false;
	/** Its verdict is in. */
	ended = false;
	/** Its values, or what they are made of again. */
	private readonly given: Origin['values'] | string;
	readonly reread: Origin['reread'];

	/**
	 * @param text the record, serialised
	 * @param whole the record, where `text` is not all of it or it is needed anyway
	 */
	constructor(
		origin: Origin,
		{ key, relations }: Pick<MappedRow, 'key' | 'relations'>,
		readonly text: string,
		private readonly whole: StoredRecord | undefined,
	) {
		this.row = origin.row;
		this.index = origin.index;
		this.fingerprint = origin.fingerprint;
		this.key = key;
		this.relations = relations;
		const { source, reread } = origin;
		this.reread = source === undefined ? undefined : reread;
		this.given = this.reread === undefined ? origin.values : source!;
	}

	get source(): string | undefined {
		return typeof this.given === 'string' ? this.given : undefined;
	}

	/** The row as it was given. */
	get values(): Origin['values'] {
		return typeof this.given === 'string' ? this.reread!(this.given) : this.given;
	}

	get record(): StoredRecord {
		return this.whole ?? (JSON.parse(this.text) as StoredRecord);
	}

	/** The row once more, with another record. */
	sending(text: string, record: StoredRecord): Pending {
		const again = new Pending(this, this, text, record);
		again.saved = this.saved;
		return again;
	}
}
