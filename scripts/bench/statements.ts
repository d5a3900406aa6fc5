import type { TruthRecord } from '../../test/sandbox';
import type { Answer } from './bare';
import { isWrong, keyOf, type Wrong } from './people';

/** What an output says of a row; undefined: nothing. */
export type Statement = 'saved' | 'failed' | 'unknown' | undefined;

interface WhozAnswer {
	errors?: Array<{ locations?: Array<{ index?: number }> }>;
}

/**
 * What an answer of Whoz says of the rows that were sent, read as by somebody who knows Whoz's documentation: rows that an
 * error points at are not saved, the others are.
 */
export function statementsOf({ size, body, error }: Answer): Statement[] {
	if (error !== undefined) return new Array<Statement>(size).fill('failed');
	const said = new Array<Statement>(size).fill('saved');
	for (const { locations = [] } of (body as WhozAnswer).errors ?? [])
		for (const { index } of locations) if (index !== undefined) said[index] = 'failed';
	return said;
}

/** What became of the rows, by the vendor's own books, beside what was said of them. */
export interface Account {
	rows: number;
	/** Rows that the vendor would have taken, and did not get. */
	notSaved: number;
	/** Rows of which the output says nothing. */
	silent: number;
	/** Rows whose fate is called unknown. */
	unknown: number;
	/** People who were made twice. */
	doubled: number;
	/** Called saved and not there, or called failed and there. */
	misreported: number;
}

export function accountOf(
	statements: Statement[],
	wrong: Wrong,
	truth: readonly TruthRecord[],
): Account {
	const created = new Map(truth.map(({ key, created: times }) => [key, times]));
	const rows = statements.map((said, n) => ({ said, n, times: created.get(keyOf(n)) ?? 0 }));
	const count = (is: (row: (typeof rows)[number]) => boolean) => rows.filter(is).length;
	return {
		rows: rows.length,
		notSaved: count(({ n, times }) => times === 0 && !isWrong(n, wrong)),
		silent: count(({ said }) => said === undefined),
		unknown: count(({ said }) => said === 'unknown'),
		doubled: count(({ times }) => times > 1),
		misreported: count(
			({ said, times }) => (said === 'saved' && times === 0) || (said === 'failed' && times > 0),
		),
	};
}
