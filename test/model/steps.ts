import fc from 'fast-check';

import type { FaultSpec } from '../sandbox';
import type { Row, Subject } from './subjects';

/** How a node of the workflow is set up. */
export interface Settings {
	/** Which of the subject's ways to save. */
	way: number;
	/** All rows at once, in passes of a loop, or one call of an agent for each row. */
	mode: 'once' | 'loop' | 'agent';
	onError: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	retryOnFail: boolean;
	whenRowsFail: 'returnRows' | 'failIfNoneSaved' | 'failNode';
	duplicates: 'fail' | 'first' | 'last' | 'merge';
	skipUnchanged: boolean;
}

/** One run of a node, and what befalls it. */
export interface Plan {
	node: 0 | 1;
	/** Which of the lists at hand. */
	list: number;
	/** Import only: how many files the rows are spread over. */
	files: 1 | 2;
	validateOnly: boolean;
	fault?: FaultSpec;
	kill?: { at: number; delivered: boolean };
}

export interface Story {
	nodes: [Settings, Settings];
	/** Lists of rows that are sent again and again: as they were, changed, and changed back. */
	lists: Row[][];
	plans: Plan[];
}

type Kinds = FaultSpec extends infer F ? (F extends FaultSpec ? Omit<F, 'nth'> : never) : never;

/** Struck is what changes something, from the first such request on or a later one. No time-outs: only the clock of the nodes can be put forward, not that of the wire. */
const FAULTS: readonly Kinds[] = [
	{ kind: 'status', status: 429, retryAfter: { seconds: 7 } },
	{ kind: 'status', status: 429, times: 'always' },
	{ kind: 'status', status: 500 },
	{ kind: 'status', status: 500, applied: true },
	{ kind: 'status', status: 503, times: 'always' },
	{ kind: 'status', status: 503, times: 'always', applied: true },
	{ kind: 'cutBefore' },
	{ kind: 'cutAfter' },
	{ kind: 'cutAfter', times: 'always' },
	{ kind: 'truncatedJson' },
	{ kind: 'html', status: 200, applied: true },
	{ kind: 'html' },
	{ kind: 'emptyBody' },
	{ kind: 'failedRows', rows: [0] },
	{ kind: 'shortAnswer', keep: 1 },
	{ kind: 'status', status: 422 },
	{ kind: 'status', status: 413 },
	{ kind: 'status', status: 403, times: 'always' },
];

export const fault = fc
	.record({ kind: fc.constantFrom(...FAULTS), nth: fc.integer({ min: 1, max: 3 }) })
	.map(({ kind, nth }): FaultSpec => ({ ...kind, nth, when: ({ method }) => method !== 'GET' }));

const settingsOf = (ways: number): fc.Arbitrary<Settings> =>
	fc.record({
		way: fc.nat({ max: ways - 1 }),
		mode: fc.constantFrom<Settings['mode'][]>('once', 'once', 'loop', 'agent'),
		onError: fc.constantFrom<Settings['onError'][]>(
			'stopWorkflow',
			'continueRegularOutput',
			'continueErrorOutput',
		),
		retryOnFail: fc.boolean(),
		whenRowsFail: fc.constantFrom<Settings['whenRowsFail'][]>(
			'returnRows',
			'failIfNoneSaved',
			'failNode',
		),
		duplicates: fc.constantFrom<Settings['duplicates'][]>('fail', 'first', 'last', 'merge'),
		skipUnchanged: fc.boolean(),
	});

const plan: fc.Arbitrary<Plan> = fc.record({
	node: fc.constantFrom<Plan['node'][]>(0, 0, 0, 1),
	list: fc.constantFrom(0, 0, 1, 1, 2),
	files: fc.constantFrom<Plan['files'][]>(1, 2),
	validateOnly: fc.integer({ min: 0, max: 7 }).map((n) => n === 7),
	fault: fc.option(fault, { nil: undefined, freq: 2 }),
	kill: fc.option(fc.record({ at: fc.integer({ min: 1, max: 3 }), delivered: fc.boolean() }), {
		nil: undefined,
		freq: 5,
	}),
});

/** Few rows of few people: what goes wrong with four goes wrong with forty thousand, and is easier to see. */
const FEW = { minLength: 1, maxLength: 4 };

/** The second list is about the people of the first, with other content: what was saved is changed, and changed back. */
const listsOf = ({ row, names }: Subject): fc.Arbitrary<Row[][]> =>
	fc
		.tuple(fc.array(row, FEW), fc.array(row, FEW), fc.array(row, FEW))
		.map(([first, second, third]) => [
			first,
			second.map((other, at) => ({ ...other, ...namesIn(first[at] ?? {}, names) })),
			third,
		]);

const namesIn = (row: Row, names: readonly string[]): Row =>
	Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)));

/** What may be done with a subject's rows. */
export const storyOf = (subject: Subject): fc.Arbitrary<Story> =>
	fc.record({
		nodes: fc.tuple(settingsOf(subject.ways.length), settingsOf(subject.ways.length)),
		lists: listsOf(subject),
		plans: fc.array(plan, { minLength: 1, maxLength: 6 }),
	});
