import {
	sleep,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type OnError,
} from 'n8n-workflow';

import { Engine, inlineNode, type EngineRun, type WorkflowSetup } from '../support/engine';

/** n8n's engine as it really behaves. Each of these cost somebody rows; `run/` is written around them. */

// n8n-core starts cold in the first test; on a busy machine that takes longer than jest's five seconds.
jest.setTimeout(30_000);

type Behaviour = (this: IExecuteFunctions, call: number) => Promise<INodeExecutionData[]>;

const PEOPLE: INodeExecutionData[] = [
	{ json: { id: 1, name: 'Ada' } },
	{ json: { id: 2, name: 'Bo' } },
	{ json: { id: 3, name: 'Cy' } },
];

function starting(
	behaviour: Behaviour,
	more: Partial<WorkflowSetup['node']> = {},
	properties: INodeProperties[] = [],
	input = PEOPLE,
) {
	let call = 0;
	const node = inlineNode(
		async function () {
			return [await behaviour.call(this, ++call)];
		},
		{ properties },
	);
	return new Engine({ nodes: { tested: node } }).start({
		node: { ...more, type: 'tested' },
		input,
	});
}

const run = async (...setup: Parameters<typeof starting>): Promise<EngineRun> =>
	await starting(...setup).done;

const toErrorOutput = { onError: 'continueErrorOutput' as OnError };

describe('a node that throws', () => {
	const throwing: Behaviour = async () => {
		throw new Error('Nothing was saved');
	};

	test.each<OnError>(['continueErrorOutput', 'continueRegularOutput'])(
		'sends its input out of the success output in %s',
		async (onError) => {
			const { ok, err, status } = await run(throwing, { onError });
			expect(ok).toEqual(PEOPLE.map(({ json }) => json));
			expect(err).toBeNull();
			expect(status).toBe('success');
		},
	);

	test('does so after Retry On Fail too', async () => {
		const { ok, err, calls } = await run(throwing, {
			...toErrorOutput,
			retryOnFail: true,
			waitBetweenTries: 1,
		});
		expect([ok?.length, err, calls]).toEqual([3, null, 3]);
	});

	test('ends the run in stop mode', async () => {
		const { ok, err, error, status } = await run(throwing);
		expect([ok, err, error?.message, status]).toEqual([null, null, 'Nothing was saved', 'error']);
	});
});

describe('an item leaves by the error output', () => {
	/** One item for the second of three people. */
	const about = async (json: IDataObject) =>
		await run(async () => [{ json, pairedItem: { item: 1 } }], toErrorOutput);

	test.each<[string, IDataObject]>([
		['{ error }', { error: 'No e-mail' }],
		['{ error } that is an object', { error: { message: 'No e-mail', code: 7 } }],
		['{ error, message }', { error: 'No e-mail', message: 'Add one' }],
		['{ error, details }, since 2.x', { error: 'No e-mail', details: [7] }],
	])('when its json is %s, with the input merged in', async (_, json) => {
		const { ok, err, pairing } = await about(json);
		expect(ok).toBeNull();
		expect(err).toEqual([{ id: 2, name: 'Bo', ...json }]);
		expect(pairing.err).toEqual([{ item: 1 }]);
	});

	test.each<[string, IDataObject]>([
		['with any other key', { error: 'No e-mail', status: 'failed' }],
		['with an empty error', { error: '' }],
	])('but by the success output %s', async (_, json) => {
		const { ok, err } = await about(json);
		expect([ok, err]).toEqual([[json], null]);
	});

	test('when it has an error beside its json, which then loses everything but the message', async () => {
		const { err } = await run(async function () {
			const error = Object.assign(new Error('canned'), { description: 'No e-mail' });
			return [{ json: { key: 'A1' }, error: error as never, pairedItem: { item: 1 } }];
		}, toErrorOutput);
		expect(err).toEqual([{ error: 'canned' }]);
	});

	test('without the input when it is not paired', async () => {
		const { err } = await run(async () => [{ json: { error: 'a' } }, { json: { error: 'b' } }], {
			...toErrorOutput,
		});
		expect(err).toEqual([{ error: 'a' }, { error: 'b' }]);
	});

	test('with the first input only when it is paired to several', async () => {
		const { err } = await run(
			async () => [{ json: { error: 'a' }, pairedItem: [{ item: 2 }, { item: 0 }] }],
			toErrorOutput,
		);
		expect(err).toEqual([{ id: 3, name: 'Cy', error: 'a' }]);
	});

	test('and the others by the success output, in their order', async () => {
		const { ok, err, pairing } = await run(
			async () => [
				{ json: { saved: 1 }, pairedItem: { item: 0 } },
				{ json: { error: 'b' }, pairedItem: { item: 1 } },
				{ json: { saved: 3 }, pairedItem: { item: 2 } },
			],
			toErrorOutput,
		);
		expect(ok).toEqual([{ saved: 1 }, { saved: 3 }]);
		expect(err).toEqual([{ id: 2, name: 'Bo', error: 'b' }]);
		expect(pairing).toEqual({ ok: [{ item: 0 }, { item: 2 }], err: [{ item: 1 }] });
	});

	test('in no other mode', async () => {
		const items = async () => [{ json: { error: 'a' }, pairedItem: { item: 0 } }];
		for (const onError of ['continueRegularOutput', 'stopWorkflow'] as const) {
			const { ok, err } = await run(items, { onError });
			expect([ok, err]).toEqual([[{ error: 'a' }], null]);
		}
	});
});

describe('Retry On Fail', () => {
	const retrying = { retryOnFail: true, waitBetweenTries: 1 };
	const failing = (at: number): Behaviour =>
		async function () {
			return this.getInputData().map((_, item) => ({
				json: item === at ? { error: 'Refused' } : { saved: item },
				pairedItem: { item },
			}));
		};

	test('repeats the whole node when its first item is an error', async () => {
		const { calls, ok, err } = await run(failing(0), { ...toErrorOutput, ...retrying });
		expect([calls, ok?.length, err?.length]).toEqual([3, 2, 1]);
	});

	test('does nothing when another item is', async () => {
		const { calls } = await run(failing(1), { ...toErrorOutput, ...retrying });
		expect(calls).toBe(1);
	});

	test('takes a record with a field named error for a failure, even in stop mode', async () => {
		const { calls, status } = await run(
			async () => [{ json: { id: 1, error: 'none so far' } }],
			retrying,
		);
		expect([calls, status]).toEqual([3, 'success']);
	});

	test('tries five times at most', async () => {
		const { calls } = await run(failing(0), { ...toErrorOutput, ...retrying, maxTries: 50 });
		expect(calls).toBe(5);
	});

	test.each([false, true])(
		'hands the same object to every try and another to the next run (Execute Once: %s)',
		async (executeOnce) => {
			const held: object[] = [];
			const behaviour: Behaviour = async function (call) {
				held.push(this.getExecuteData());
				if (call === 1) throw new Error('Once more');
				return [];
			};
			const engine = () => run(behaviour, { ...retrying, executeOnce });
			await engine();
			await engine();
			expect(held).toHaveLength(4);
			expect(held[1]).toBe(held[0]);
			expect(held[3]).toBe(held[2]);
			expect(held[2]).not.toBe(held[0]);
		},
	);

	test('forgets the hints of earlier tries', async () => {
		const { hints } = await run(async function (call) {
			this.addExecutionHints({ message: `Try ${call}`, location: 'outputPane' });
			if (call === 1) throw new Error('Once more');
			return [{ json: {} }];
		}, retrying);
		expect(hints).toEqual([{ message: 'Try 2', location: 'outputPane' }]);
	});

	test('goes on after a stop', async () => {
		const { promise: working, resolve: started } = openPromise();
		const run = starting(async function () {
			started();
			const signal = this.getExecutionCancelSignal()!;
			while (!signal.aborted) await sleep(5);
			throw new Error('The run was stopped');
		}, retrying);
		await working;
		run.stop();
		expect((await run.done).calls).toBe(3);
	});
});

describe('a stop', () => {
	test.each([
		['Cancelled', 'canceled'],
		['Stopped', 'error'],
	])('ends in what a node throws, and n8n looks at its name (%s)', async (name, status) => {
		const { promise: working, resolve: started } = openPromise();
		const run = starting(async function () {
			started();
			const signal = this.getExecutionCancelSignal()!;
			while (!signal.aborted) await sleep(5);
			throw Object.assign(new Error('The run was stopped.'), { name });
		});
		await working;
		run.stop();
		expect((await run.done).status).toBe(status);
	});

	test('is seen by a node that waits in slices, and nothing it returns goes on', async () => {
		const { promise: working, resolve: started } = openPromise();
		let slices = 0;
		const run = starting(async function () {
			const signal = this.getExecutionCancelSignal()!;
			started();
			while (!signal.aborted) {
				slices++;
				await sleep(5);
			}
			return [{ json: { saved: 1 } }];
		});
		await working;
		run.stop();
		const { status, ok } = await run.done;
		expect([status, ok]).toEqual(['canceled', null]);
		expect(slices).toBeGreaterThan(0);
	});
});

describe('hints', () => {
	test('are kept with the run of the node', async () => {
		const hint = {
			message: '2 of 3 rows failed',
			type: 'warning',
			location: 'outputPane',
		} as const;
		const { hints } = await run(async function () {
			this.addExecutionHints(hint);
			return [{ json: {} }];
		});
		expect(hints).toEqual([hint]);
	});

	test('are lost when the node throws', async () => {
		const { hints } = await run(async function () {
			this.addExecutionHints({ message: '2 of 3 rows failed', location: 'outputPane' });
			throw new Error('Refused');
		});
		expect(hints).toEqual([]);
	});
});

describe('pairing that is left out', () => {
	test('is filled by position when the counts match', async () => {
		const { pairing } = await run(async () => [{ json: {} }, { json: {} }, { json: {} }]);
		expect(pairing.ok).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	});

	test('stays out when they do not', async () => {
		const { pairing } = await run(async () => [{ json: {} }, { json: {} }]);
		expect(pairing.ok).toEqual([undefined, undefined]);
	});

	test('points a single item to the first input', async () => {
		const { pairing } = await run(async () => [{ json: {} }]);
		expect(pairing.ok).toEqual([{ item: 0 }]);
	});
});

describe('a resource mapper', () => {
	const property: INodeProperties = {
		displayName: 'Columns',
		name: 'columns',
		type: 'resourceMapper',
		default: { mappingMode: 'defineBelow', value: null },
		noDataExpression: true,
		typeOptions: { resourceMapper: { resourceMapperMethod: 'x', mode: 'add' } },
	};
	const column = (id: string, type: string) => ({
		id,
		displayName: id,
		type,
		required: false,
		defaultMatch: false,
		display: true,
	});
	const mapped = (value: IDataObject | null, mappingMode = 'defineBelow') => ({
		parameters: {
			columns: {
				mappingMode,
				value,
				schema: [column('since', 'dateTime'), column('years', 'number'), column('name', 'string')],
			},
		} as IDataObject as NonNullable<WorkflowSetup['node']['parameters']>,
	});
	const reading = async (name: string, setup: ReturnType<typeof mapped>) =>
		await run(
			async function () {
				return this.getInputData().map((_, item) => ({
					json: { read: this.getNodeParameter(name, item) as IDataObject },
					pairedItem: { item },
				}));
			},
			setup,
			[property],
			[{ json: { since: '2026-03-01', years: 'three', tags: [{ id: 1 }] } }],
		);

	test('read as a whole keeps every value as it came', async () => {
		const { ok } = await reading(
			'columns',
			mapped({ since: '={{ $json.since }}', years: '={{ $json.years }}' }),
		);
		expect(ok).toEqual([
			{ read: expect.objectContaining({ value: { since: '2026-03-01', years: 'three' } }) },
		]);
	});

	test('read as its value turns a date into a moment', async () => {
		const { ok } = await reading('columns.value', mapped({ since: '={{ $json.since }}' }));
		const [{ read }] = ok as [{ read: { since: unknown } }];
		expect(String(read.since)).toMatch(/^2026-03-01T00:00:00/);
	});

	test('read as its value throws for one wrong row', async () => {
		const { ok, error } = await reading('columns.value', mapped({ years: '={{ $json.years }}' }));
		expect(ok).toBeNull();
		expect(error?.message).toBe("Invalid input for 'years' [item 0]");
	});

	test('in automatic mapping holds nothing, and the item is untouched', async () => {
		const { ok } = await run(
			async function () {
				const { value } = this.getNodeParameter('columns', 0) as { value: null };
				return [{ json: { value, item: this.getInputData()[0].json } }];
			},
			mapped(null, 'autoMapInputData'),
			[property],
			[{ json: { tags: [{ id: 1 }] } }],
		);
		expect(ok).toEqual([{ value: null, item: { tags: [{ id: 1 }] } }]);
	});

	test('with a constant of the wrong type keeps the whole run from starting', async () => {
		expect(() => starting(async () => [], mapped({ years: 'three' }), [property])).toThrow(
			/issues/,
		);
	});
});

test('stored parameters hold expressions as text, constants as values, and defaults', async () => {
	const text = (name: string, fallback = ''): INodeProperties => ({
		displayName: name,
		name,
		type: 'string',
		default: fallback,
	});
	const { ok } = await run(
		async function () {
			return this.getInputData().map((_, item) => ({
				json: {
					stored: this.getNode().parameters as IDataObject,
					read: ['constant', 'varying', 'untouched'].map(
						(name) => this.getNodeParameter(name, item) as string,
					),
				},
				pairedItem: { item },
			}));
		},
		{ parameters: { constant: 'same', varying: '={{ $json.name }}' } },
		[text('constant'), text('varying'), text('untouched', 'default')],
	);
	const stored = { constant: 'same', varying: '={{ $json.name }}', untouched: 'default' };
	expect(ok).toEqual(
		['Ada', 'Bo', 'Cy'].map((name) => ({ stored, read: ['same', name, 'default'] })),
	);
});

function openPromise() {
	let resolve!: () => void;
	const promise = new Promise<void>((done) => (resolve = done));
	return { promise, resolve };
}
