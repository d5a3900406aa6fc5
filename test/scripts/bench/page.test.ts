import { aheadOf } from '../../../scripts/bench/comparisons';
import { keyOf, type Where } from '../../../scripts/bench/cells';
import { pageOf } from '../../../scripts/bench/page';
import type { Counted, Results, Run } from '../../../scripts/bench/results';
import {
	ANYWHERE,
	effortOf,
	listers,
	rivals,
	type RivalId,
	type WorkflowRival,
} from '../../../scripts/bench/rivals';
import { targetsOf } from '../../../scripts/bench/targets';

const LARGE: Where = { rows: 10_000, delay: 20, condition: 'clean' };

const run = (ms: number, more: Partial<Run> = {}): Run => ({
	ms,
	cpuMs: 100,
	requests: 34,
	connections: 34,
	rows: 10_000,
	...more,
});

const results = (more: Partial<Results> = {}): Results => ({
	setting: {
		cpu: 'CPU',
		cores: 2,
		memoryBytes: 8e9,
		n8n: '2',
		node: '24',
		package: '1',
		commit: 'abc',
	},
	measuredOn: '2026-01-15',
	load: 0,
	counted: {},
	timed: {},
	memory: {},
	listed: { talents: 0, delay: 20, runs: {} },
	engine: [],
	...more,
});

const timed = (times: Partial<Record<RivalId, number[]>>, where = LARGE): Results['timed'] =>
	Object.fromEntries(
		Object.entries(times).map(([id, all]) => [
			keyOf(id as RivalId, where),
			all.map((ms) => run(ms)),
		]),
	);

const counted = (more: Partial<Counted>): Counted => ({
	rows: 1000,
	notSaved: 0,
	silent: 0,
	unknown: 0,
	doubled: 0,
	misreported: 0,
	requests: 4,
	connections: 4,
	ended: 'success',
	...more,
});

describe('what the user places', () => {
	const effort = (id: RivalId) => effortOf((rivals[id] as WorkflowRival).placed(ANYWHERE));

	it('counts nodes and expressions of the workflow itself', () => {
		expect([effort('A'), effort('B'), effort('D')]).toEqual([
			{ nodes: 1, expressions: 0 },
			{ nodes: 1, expressions: 1 },
			{ nodes: 3, expressions: 1 },
		]);
		expect(effortOf(listers.http.placed!(ANYWHERE))).toEqual({ nodes: 2, expressions: 2 });
	});
});

describe('where another way is ahead', () => {
	it('says nothing where none is', () => {
		expect(aheadOf(results({ timed: timed({ A: [10, 11, 12], D: [20, 21, 22] }) }))).toEqual([]);
	});

	it('names the measure, the place and both figures', () => {
		const sentences = aheadOf(results({ timed: timed({ A: [1000], D: [2000], E1: [500] }) }));
		expect(sentences).toEqual([
			'**E (node:http), time**: ahead in 1 of 1; 10,000 rows at 20 ms, clean: 0.50 s against 1.00 s.',
		]);
	});

	it('says what was left out for it', () => {
		const sentences = aheadOf(
			results({
				counted: {
					'A poison': counted({ requests: 156 }),
					'D poison': counted({ requests: 12, notSaved: 990 }),
				},
			}),
		);
		expect(sentences).toEqual([
			'**D, requests**: ahead in 1 of 1; 1 % poison: 12 against 156, leaving out 990 rows that A saved.',
		]);
	});

	it('tells the first and the last of many', () => {
		const delays = [0, 20, 50, 100];
		const all = delays.map((delay, n) =>
			timed({ A: [1000], E2: [100 * (n + 1)] }, { ...LARGE, delay }),
		);
		const [sentence] = aheadOf(results({ timed: Object.assign({}, ...all) as Results['timed'] }));
		expect(sentence).toContain('ahead in 4 of 4; most at 10,000 rows at 0 ms, clean: 0.10 s');
		expect(sentence).toContain('least at 10,000 rows at 100 ms, clean: 0.40 s');
	});
});

describe('targets', () => {
	const large100 = { ...LARGE, delay: 100 };
	const all = results({
		timed: {
			...timed({ A: [100, 130], D: [400, 325], E1: [50, 50], E2: [80, 80] }),
			...timed({ A: [120], E1: [110], E2: [100] }, large100),
		},
		engine: [3, 5, 4.5],
	});

	it('takes ratios round by round, and of two scripts the faster', () => {
		const figures = targetsOf(all).map(({ figure }) => figure);
		expect(figures[0]).toEqual({ low: 0.25, median: 0.4, high: 0.4 });
		expect(figures[1]).toEqual({ low: 1.2, median: 1.2, high: 1.2 });
		expect(figures[2]?.median).toBe(2.6);
		expect(figures[3]).toBeUndefined();
		expect(figures[4]).toEqual({ low: 3, median: 4.5, high: 5 });
	});

	it('are printed as met or missed', () => {
		const page = pageOf(all);
		expect(page).toContain('| 1.25 | 1.20 | met |');
		expect(page).toContain('| 2 | 2.60 (2.00–2.60) | **missed** |');
		expect(page).toContain('| 1.15 | – | – |');
	});
});
