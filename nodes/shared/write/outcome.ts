import type { Issue } from '../mapping/types';

/** What became of a row. The last three stand only in dry runs. */
export type Status =
	| 'saved'
	| 'failed'
	| 'skipped'
	| 'inProgress'
	| 'unknown'
	| 'wouldCreate'
	| 'wouldUpdate'
	| 'wouldSave';

/** One for every row, in row order. Stored workflows read these names; they never change. */
export interface Outcome {
	/** The record's key, as given; null when the row carries none. */
	key: string | null;
	status: Status;
	/** Only when the vendor said so. */
	action?: 'created' | 'updated';
	/** The vendor's own ID of the record, where the answer gives one. */
	id?: string;
	/** Vendor's message first. */
	errors?: Issue[];
	/** What the vendor answered for this row. */
	vendor?: Record<string, unknown>;
	/** Input position from 1; for a file, the row number a spreadsheet shows. */
	row: number;
	/** Name of the file it stands in, where there are several. */
	file?: string;
	/** The row as given: on `failed` and `unknown`, else by option. */
	input?: Record<string, unknown>;
	/** The request body of this row; dry runs only, by option. */
	request?: unknown;
}
