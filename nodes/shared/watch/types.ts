import type { EventName } from '../definition';

/** A record as a look at a list finds it. */
export interface Found {
	record: unknown;
	id: string;
	version: string;
	/** Milliseconds by the vendor's clock; undefined where it has none. */
	at?: number;
	createdAt?: number;
	removed?: boolean;
}

export interface Look {
	found: Found[];
	/** The vendor's clock, in milliseconds, where the answer says it. */
	clock?: number;
	/** False: the list moved so much while it was read that somebody may have been passed over. */
	settled: boolean;
}

/** A list that is watched. */
export interface Source {
	/** At least every record with a time from `from` on, in any order. */
	look(from: number): Promise<Look>;
}

/** A log of IDs that is watched. */
export interface Log {
	/** The IDs of a window, each once, and the vendor's clock. */
	ids(from: number, to: number): Promise<{ ids: string[]; clock?: number }>;
	/** Their records, as far as there are any. */
	records(ids: readonly string[]): Promise<Found[]>;
}

/** Something that happened. */
export interface Happening {
	event: EventName;
	found: Found;
}

/** Where a list was left. Plain data: it is kept by n8n. */
export interface Cursor {
	/** Milliseconds by the vendor's clock: all that is older has been given, or was there at the start. */
	floor: number;
	/** Fingerprints of what has been given from the floor on. */
	given: string;
	/** When it was switched on, by our own clock, as long as the vendor has not answered. */
	started?: number;
	/** What the vendor's clock is ahead of ours, in milliseconds. Logs only. */
	ahead?: number;
	/** End of the window that has not been given to its end. Logs only. */
	until?: number;
}

export interface Step {
	happenings: Happening[];
	cursor: Cursor;
	/** There is more than was taken: the next poll goes on. */
	more: boolean;
}
