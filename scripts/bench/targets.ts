import { spreadOf, type Spread } from '../lib/statistics';
import { COMMON_ROWS, DELAY, LARGE_ROWS, type Where } from './cells';
import { ratioOf } from './figures';
import type { Results } from './results';

export interface Target {
	what: string;
	/** At most. */
	limit: number;
	/** Undefined: not measured. */
	figure: Spread | undefined;
}

/** What the package has set itself. Of two scripts the one that is faster counts. */
export function targetsOf(results: Results): Target[] {
	const large = (delay: number): Where => ({ rows: LARGE_ROWS, delay, condition: 'clean' });
	const toScript = (delay: number) =>
		(['E1', 'E2'] as const)
			.map((id) => ratioOf(results, ['A', id], large(delay)))
			.filter((ratio) => ratio !== undefined)
			.sort((a, b) => b.median - a.median)[0];
	return [
		{
			what: `A beside D, ${LARGE_ROWS.toLocaleString('en')} rows, ${DELAY} ms: share of its time`,
			limit: 0.25,
			figure: ratioOf(results, ['A', 'D'], large(DELAY)),
		},
		{
			what: `A beside the faster script of E, ${LARGE_ROWS.toLocaleString('en')} rows, 100 ms: multiple of its time`,
			limit: 1.25,
			figure: toScript(100),
		},
		{
			what: `A beside the faster script of E, ${LARGE_ROWS.toLocaleString('en')} rows, ${DELAY} ms: multiple of its time`,
			limit: 2,
			figure: toScript(DELAY),
		},
		{
			what: `F beside B, ${COMMON_ROWS.toLocaleString('en')} rows, ${DELAY} ms: multiple of its time`,
			limit: 1.15,
			figure: ratioOf(results, ['F', 'B'], { rows: COMMON_ROWS, delay: DELAY, condition: 'clean' }),
		},
		{
			what: 'Our engine without n8n beside a JSON round trip of the same rows: multiple of its CPU',
			limit: 4,
			figure: results.engine.length === 0 ? undefined : spreadOf(results.engine),
		},
	];
}
