import { spreadOf, type Spread } from '../lib/statistics';
import { keyOf, type Where } from './cells';
import type { Results, Run } from './results';
import type { RivalId } from './rivals';

/*
 * Figures made of results. Undefined: not measured.
 */

export const runsOf = ({ timed }: Results, id: RivalId, where: Where): Run[] =>
	timed[keyOf(id, where)] ?? [];

export function timeOf(results: Results, id: RivalId, where: Where): Spread | undefined {
	const runs = runsOf(results, id, where);
	return runs.length === 0 ? undefined : spreadOf(runs.map(({ ms }) => ms));
}

/** One's time as a multiple of the other's, round by round. */
export function ratioOf(
	results: Results,
	[one, other]: readonly [RivalId, RivalId],
	where: Where,
): Spread | undefined {
	const [ones, others] = [one, other].map((id) => runsOf(results, id, where));
	const rounds = Math.min(ones.length, others.length);
	if (rounds === 0) return undefined;
	return spreadOf(Array.from({ length: rounds }, (_, n) => ones[n].ms / others[n].ms));
}

/**
 * Milliseconds of CPU for each thousand rows, without what the input costs: the mean, because Linux counts in hundredths of
 * a second.
 */
export function cpuOf(results: Results, id: RivalId, where: Where): number | undefined {
	const mean = (of: RivalId) => {
		const runs = runsOf(results, of, where);
		return runs.length === 0
			? undefined
			: runs.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / runs.length;
	};
	const all = mean(id);
	// Scripts measure themselves, from where their rows have been read.
	const input = id === 'E1' || id === 'E2' ? 0 : mean('N');
	if (all === undefined || input === undefined) return undefined;
	return Math.max(0, all - input) / (where.rows / 1000);
}

export const memoryOf = ({ memory }: Results, id: RivalId, rows: number): Spread | undefined =>
	memory[`${id} ${rows}`]?.length > 0 ? spreadOf(memory[`${id} ${rows}`]) : undefined;
