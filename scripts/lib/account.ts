import type { Truth } from '../../test/sandbox';

/** An outcome of Import as a workflow sees it. */
export interface Outcome {
	/** Empty where the row has none. */
	key: string;
	status: string;
	action?: string;
	/** Empty where there is nothing to say. */
	reason: string;
	errors?: Array<{ code: string; message: string; field?: string }>;
	row: number;
}

/**
 * Compares what the node said with what happened at the vendor.
 *
 * @param rows number of records in the file
 * @returns what does not agree, in words; empty when every row is accounted for
 */
export function disagreements(rows: number, outcomes: Outcome[], truth: Truth): string[] {
	const found: string[] = [];
	const numbers = new Set(outcomes.map(({ row }) => row));
	if (outcomes.length !== rows || numbers.size !== rows) {
		found.push(`${rows} rows in, ${outcomes.length} outcomes out, for ${numbers.size} rows`);
	}

	const saved = new Set<string>();
	for (const { key, status, reason, errors = [], row } of outcomes) {
		const times = truth.savesOf(key);
		// A person whose manager was refused is saved all the same, and the code says so.
		const said = status === 'saved' || errors.some(({ code }) => code === 'RELATION_FAILED');
		if (said && times === 0) found.push(`row ${row} is called saved, but the vendor has it not`);
		if (!said && reason === '') found.push(`row ${row} is ${status} without a reason`);
		if (said) saved.add(key);
	}
	for (const { key, saved: times, created } of truth.records) {
		if (times > 0 && !saved.has(key)) found.push(`the vendor saved a row that is not called saved`);
		if (created > 1) found.push('the vendor created somebody twice');
	}
	return found;
}
