import type { FaultSpec } from '../../test/sandbox';
import type { Wrong } from './people';
import type { RivalId } from './rivals';

/** What is wrong with the rows or the vendor. */
export type Condition = 'clean' | 'refused' | 'poison' | 'rateLimited' | 'cut';

/** Requests a second that the vendor takes under `rateLimited`. */
export const RATE_LIMIT = 20;

export const CONDITIONS: Readonly<
	Record<Condition, { label: string; wrong: Wrong; faults: FaultSpec[] }>
> = {
	clean: { label: 'clean', wrong: 'nothing', faults: [] },
	refused: { label: '1 % refused', wrong: 'refused', faults: [] },
	poison: { label: '1 % poison', wrong: 'poison', faults: [] },
	rateLimited: {
		label: 'rate limited',
		wrong: 'nothing',
		faults: [{ kind: 'rateLimit', requests: RATE_LIMIT, windowMs: 1000 }],
	},
	cut: {
		label: 'connections cut',
		wrong: 'nothing',
		faults: [
			{ kind: 'cutAfter', nth: 2 },
			{ kind: 'cutBefore', nth: 3 },
		],
	},
};

/** Rivals that are measured in turn under the same conditions. */
export interface Cell {
	rows: number;
	/** Milliseconds that the vendor waits before it answers, give or take a quarter. */
	delay: number;
	condition: Condition;
	rivals: RivalId[];
	runs: number;
}

export type Where = Pick<Cell, 'rows' | 'delay' | 'condition'>;

export const keyOf = (rival: RivalId, { rows, delay, condition }: Where): string =>
	`${rival} ${rows} ${delay} ${condition}`;

export interface Plan {
	/** What is counted, and read from the outputs, once for each condition and rival. */
	counted: { rows: number; delay: number; conditions: Condition[]; rivals: RivalId[] };
	timed: Cell[];
	/** Peaks of memory, each in a fresh process. */
	memory: { rows: number[]; delay: number; rivals: RivalId[]; runs: number };
	listed: { talents: number; delay: number; runs: number };
}

export const DELAYS = [0, 20, 100];
/** What counts, memory and headline are taken at. */
export const DELAY = 20;

/** Rows in what everybody takes part in: one request each makes 10,000 of them a matter of minutes. */
export const COMMON_ROWS = 1000;
export const LARGE_ROWS = 10_000;
const LARGEST_ROWS = 50_000;

const MAIN: RivalId[] = ['A', 'D', 'E1', 'E2'];

const RUNS = 7;
/** Where a run takes long, and what takes long is a fixed wait. */
const FEW_RUNS = 3;

export function fullPlan(runs = RUNS): Plan {
	const few = Math.min(FEW_RUNS, runs);
	const grid = ['clean', 'poison', 'rateLimited'].flatMap((condition) =>
		[100, COMMON_ROWS, LARGE_ROWS].flatMap((rows) =>
			DELAYS.map((delay): Cell => {
				const cell = { rows, delay, condition: condition as Condition };
				const beside: RivalId[] = condition === 'clean' && delay === DELAY ? ['N'] : [];
				// D waits two seconds for each refused batch, 68 for 10,000 rows.
				const poisonRuns = rows === LARGE_ROWS ? 1 : few;
				return {
					...cell,
					rivals: [...MAIN, ...beside],
					runs: condition === 'poison' ? poisonRuns : runs,
				};
			}),
		),
	);
	const single = DELAYS.flatMap((delay): Cell[] => {
		const cell = { rows: COMMON_ROWS, delay, condition: 'clean' as const };
		return [
			{ ...cell, rivals: ['B', 'F', 'F4'], runs: delay === DELAY ? runs : few },
			// Nineteen pauses of a second.
			{ ...cell, rivals: ['C'], runs: delay === DELAY ? few : 1 },
		];
	});
	const largest: Cell = {
		rows: LARGEST_ROWS,
		delay: DELAY,
		condition: 'clean',
		rivals: [...MAIN, 'N'],
		runs: few,
	};
	return {
		counted: {
			rows: COMMON_ROWS,
			delay: DELAY,
			conditions: Object.keys(CONDITIONS) as Condition[],
			rivals: ['A', 'B', 'C', 'D', 'E1', 'E2', 'F'],
		},
		timed: [...grid, ...single, largest],
		memory: {
			rows: [LARGE_ROWS, LARGEST_ROWS],
			delay: DELAY,
			rivals: [...MAIN, 'N'],
			runs: few,
		},
		listed: { talents: 100_000, delay: DELAY, runs },
	};
}

/** Enough to see that everything works. */
export function quickPlan(): Plan {
	const cell = { delay: DELAY, condition: 'clean' as const, runs: 1 };
	return {
		counted: {
			rows: COMMON_ROWS,
			delay: DELAY,
			conditions: ['clean', 'poison', 'cut'],
			rivals: ['A', 'B', 'D', 'E1'],
		},
		timed: [
			{ ...cell, rows: COMMON_ROWS, rivals: [...MAIN, 'N'] },
			{ ...cell, rows: COMMON_ROWS, rivals: ['B', 'F'] },
		],
		memory: { rows: [COMMON_ROWS], delay: DELAY, rivals: ['A', 'E1'], runs: 1 },
		listed: { talents: 3000, delay: DELAY, runs: 1 },
	};
}

/** The plan with the rivals that are asked for. */
export function only(plan: Plan, wanted: ReadonlySet<RivalId>): Plan {
	const kept = (rivals: RivalId[]) => rivals.filter((rival) => wanted.has(rival));
	return {
		...plan,
		counted: { ...plan.counted, rivals: kept(plan.counted.rivals) },
		timed: plan.timed
			.map((cell) => ({ ...cell, rivals: kept(cell.rivals) }))
			.filter(({ rivals }) => rivals.length > 0),
		memory: { ...plan.memory, rivals: kept(plan.memory.rivals) },
		listed: { ...plan.listed, runs: 0 },
	};
}
