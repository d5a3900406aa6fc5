import { isPassing } from '../http';
import type { Outcome } from '../write';

/**
 * n8n's Retry On Fail runs the whole node again. What the earlier try settled is remembered by the object n8n keeps for
 * one run of one node, and goes with it.
 */
const runs = new WeakMap<object, Map<string, Outcome>>();

export interface Memory {
	recall(index: number, row: number): Outcome | undefined;
	keep(index: number, outcome: Outcome): void;
}

/** `repeatable`: a row whose fate is unknown may be sent again. */
export function memoryOf(run: object, repeatable: boolean): Memory {
	let outcomes = runs.get(run);
	if (outcomes === undefined) runs.set(run, (outcomes = new Map()));
	const held = outcomes;
	return {
		recall: (index, row) => held.get(`${index} ${row}`),
		keep(index, outcome) {
			if (isSettled(outcome, repeatable)) held.set(`${index} ${outcome.row}`, outcome);
		},
	};
}

/** Would the same row, sent again, bring anything else without harm? */
function isSettled(outcome: Outcome, repeatable: boolean): boolean {
	if (outcome.status === 'unknown') return !repeatable;
	if (outcome.status !== 'failed') return true;
	const codes = (outcome.errors ?? []).map((issue) => issue.code);
	return !codes.some(
		(code) => code === 'NOT_SENT' || code === 'RELATION_FAILED' || isPassing(code),
	);
}
