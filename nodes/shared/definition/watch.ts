import type { Basis } from './evidence';

/** What may have happened to a record. `created` and `changed` are told apart only where the vendor says when it was made. */
export type EventName = 'created' | 'changed' | 'removed';

/** Stored names of a trigger's parameters: what is watched, which of its events, and whether files come along. */
export const EVENT = 'event';
export const EVENTS = 'happened';
export const FILE_SWITCH = 'downloadFile';

interface WatchBase<E extends string> {
	/** What a new trigger is chosen by, for example `Talent Created or Changed`. */
	label: string;
	description: string;
	/** What the user must know, consequences first. */
	notice?: string;
	/** When it stands on weaker ground than its endpoints. */
	basis?: Basis;
	/** What it can tell. More than one: the user chooses among them. */
	events: readonly EventName[];
	/** The list that is looked at. */
	endpoint: E;
	/** Parameters of the list the user gives. */
	ask?: readonly string[];
	/** A parameter of which several values may be given. Each is a list of its own, asked one after another. */
	each?: { parameter: string; name: string; label: string; help: string };
	/** Parameters that always have this value. */
	fixed?: Readonly<Record<string, unknown>>;
	/** Each record that is given is read in full by another request. */
	details?: {
		endpoint: E;
		/** Path in the listed record -> parameter of the read endpoint. */
		by: Readonly<Record<string, string>>;
	};
}

/** Records carry the time of what happened to them. */
interface Timed {
	/** Path of that time in a record. */
	at: string;
	/** Path of the time the record was made, where `at` is when it was changed. */
	createdAt?: string;
	/** Path of the mark of a removed record. */
	removed?: string;
	/**
	 * How late a record may show up with an earlier time: as many seconds back are looked at again, and what was given is not
	 * given again.
	 */
	overlapSeconds: number;
}

/** The list is asked for what happened since a time. In any order. */
export interface SinceWatch<E extends string = string> extends WatchBase<E>, Timed {
	by: 'since';
	/** Parameter of the list that takes the time. */
	since: string;
}

/** The list comes newest first, and is read until what is old. `whole`: in any order, so it is read to its end. */
export interface NewestWatch<E extends string = string> extends WatchBase<E>, Timed {
	by: 'newest' | 'whole';
}

/** Nothing says what is new: the whole list is compared with the one before, by fingerprints. */
export interface CompareWatch<E extends string = string> extends WatchBase<E> {
	by: 'compare';
}

/** The vendor keeps a log of IDs that can be asked for windows of time, and gives their records by another call. */
export interface ChangelogWatch<E extends string = string> extends WatchBase<E> {
	by: 'changelog';
	/** Parameters of the log that take the ends of a window. */
	from: string;
	to: string;
	/** Seconds a window must lie in the past, and may be long. */
	delaySeconds: number;
	windowSeconds: number;
	/** Path of the ID in an entry of the log. */
	id: string;
	/** The list endpoint that gives the records, its parameter that takes IDs, and how many it takes at once. */
	records: { endpoint: E; ids: string; max: number };
	/** Path of the time of the last change in a record: two windows may name the same change. */
	at: string;
	/** A list that shows what records look like, for who tries the trigger out. */
	test: E;
}

/** What a trigger looks for, and how the vendor can be asked for it. */
export type Watch<E extends string = string> =
	| SinceWatch<E>
	| NewestWatch<E>
	| CompareWatch<E>
	| ChangelogWatch<E>;

/** Endpoints a watch sends its requests to. */
export const endpointsOfWatch = (watch: Watch): string[] => [
	watch.endpoint,
	...(watch.details === undefined ? [] : [watch.details.endpoint]),
	...(watch.by === 'changelog' ? [watch.records.endpoint, watch.test] : []),
];
