import type { Resource, Route, SaveOperation, WriteEndpoint } from '../definition';
import type { Port, Sender } from '../http';
import type { Issue, Mapper, MappingPolicy } from '../mapping/types';
import type { DuplicatePolicy } from './duplicates';
import type { Outcome } from './outcome';
import type { Pending } from './pending';
import type { BodyBuilder, ParameterValues } from './request';

/** A row as the input gives it. */
export interface SourceRow {
	/** As people count it; stands in outcomes and messages. */
	row: number;
	/** Position of the input item it belongs to. */
	index: number;
	/** Name of the file it stands in, where rows of several files come together. */
	file?: string;
	values: Readonly<Record<string, unknown>>;
	parameters: ParameterValues;
	policy: MappingPolicy;
	/** What `values` was made of, where it can be made again: shorter to hold while the row is on its way. */
	source?: string;
	reread?(source: string): Readonly<Record<string, unknown>>;
	/** Found wrong while it was read. */
	problem?: Issue;
	/** Not meant to be saved, as was seen while it was read. */
	skip?: Issue;
	/** By which it is recognised in later runs. */
	fingerprint?: Fingerprint;
}

/** Gives the rows from the start each time it is called; those that have to be waited for in blocks. */
export type RowSource = () => Iterable<SourceRow> | AsyncIterable<readonly SourceRow[]>;

/** A row as it is remembered, in hashes. */
export interface Fingerprint {
	/** Which record it is; of a row without a key, the same as `state`. */
	key: string;
	/** All that is sent for it. */
	state: string;
}

/**
 * `saved`: the last that earlier runs saved of this record is just this. `open`: this was sent, and the run ended before it
 * knew how that ended. `full`: no more rows can be remembered. Undefined: to be sent.
 */
export type PastState = 'saved' | 'open' | 'full' | undefined;

/** What earlier runs did with the same records. */
export interface RunHistory {
	/** `key` undefined: the row carries none. */
	fingerprintOf(key: unknown, content: unknown): Fingerprint;
	pastStates(fingerprints: readonly Fingerprint[]): Promise<readonly PastState[]>;
	/** Before a request that must not be repeated leaves. */
	sending(fingerprints: readonly Fingerprint[]): Promise<void>;
	ended(fingerprint: Fingerprint, status: Outcome['status']): void;
	/** Ends when all is stored. */
	close(): Promise<void>;
}

export interface SaveJob {
	/** As people call the vendor. */
	vendor?: string;
	resource: Resource;
	operation: SaveOperation;
	route: Route;
	mapper: Mapper;
	sender: Sender;
	port: Port;
	baseUrl: string;
	redact(text: string): string;
	/** Requests in flight. */
	concurrency: number;
	/** Records a request, when the user wants fewer than the vendor takes. */
	chunkSize?: number;
	/** Undefined: every row is sent, one after the other where they share a key. */
	duplicates?: DuplicatePolicy;
	/** The rows come from a source that may break off: all are read once before the first is sent. */
	readFirst?: boolean;
	/** Hears how many they are. Throws where they must not be sent. */
	admit?(rows: number): void;
	/** Nothing is written. */
	validateOnly: boolean;
	/** Dry runs show the request of each row. */
	includeRequest: boolean;
	/** Milliseconds to wait for transactions after the last write; 0: not at all. */
	transactionWaitMs: number;
	/** What an earlier try of the same run already settled. */
	settled?(row: SourceRow): Outcome | undefined;
	/** Rows that an earlier run saved are skipped. */
	history?: RunHistory;
	/** The vendor's own count of what a request made and changed, also where it does not say which row is which. */
	count?(totals: { created: number; updated: number }): void;
	/** Something the user should know of the input as a whole. */
	notice?(text: string): void;
	/** In a dry run, of a row whose record may be there or not: labels of what only a new one needs, and the row does not have. */
	lacks?(labels: readonly string[]): void;
	/** Called once for each row, in any order. */
	emit(outcome: Outcome, row: Pick<SourceRow, 'index' | 'values'>): void;
}

/** Rows that may share a request. */
export interface Group {
	name: string;
	endpoint: WriteEndpoint;
	values: ParameterValues;
	builder: BodyBuilder;
	rows: Pending[];
	bytes: number;
}
