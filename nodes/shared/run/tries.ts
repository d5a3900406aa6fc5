import type { IExecuteFunctions } from 'n8n-workflow';

import { isPassing } from '../http';
import type { Outcome } from '../write';

type Settled = Map<string, unknown>;

/**
 * What the tries of a run settled, by what n8n keeps for the run, then by its input, then by node. The first alone does not
 * tell runs apart: an agent hands its own to every call of every tool. The input does, as all tries are given the same one.
 */
const runs = new WeakMap<object, WeakMap<object, Map<string, Settled>>>();

/** What earlier tries of the same run have settled; n8n's Retry On Fail runs the whole node again. */
export interface Tries<T> {
	settled(key: string): T | undefined;
	settle(key: string, result: T): void;
}

/** Undefined where n8n does not repeat the run. */
export function triesOf<T>(context: IExecuteFunctions): Tries<T> | undefined {
	const { retryOnFail, name } = context.getNode();
	if (!retryOnFail) return undefined;
	const [{ json: input }] = context.getInputData();
	const byInput = within(runs, context.getExecuteData(), () => new WeakMap());
	const byNode = within(byInput, input, () => new Map<string, Settled>());
	const settledRows: Settled = within(byNode, name, () => new Map());
	return {
		settled: (key) => settledRows.get(key) as T | undefined,
		settle: (key, result) => void settledRows.set(key, result),
	};
}

function within<K, V>(
	map: { get(key: K): V | undefined; set(key: K, value: V): unknown },
	key: K,
	make: () => V,
): V {
	let value = map.get(key);
	if (value === undefined) map.set(key, (value = make()));
	return value;
}

/**
 * Would the same row, sent again, bring nothing else, or harm?
 *
 * @param repeatable a row whose fate is unknown may be sent again
 */
export function settlesRow(outcome: Outcome, repeatable: boolean): boolean {
	if (outcome.status === 'unknown') return !repeatable;
	if (outcome.status !== 'failed') return true;
	const codes = (outcome.errors ?? []).map((issue) => issue.code);
	return !codes.some(
		(code) => code === 'NOT_SENT' || code === 'RELATION_FAILED' || isPassing(code),
	);
}
