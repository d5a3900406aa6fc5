import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { INodeExecutionData } from 'n8n-workflow';

import { runNode } from '../../nodes/shared/run';
import { whoz } from '../../nodes/Whoz/whoz.vendor';
import { fakeContext } from '../../test/support/fakeContext';
import { whozPeople } from './whozPeople';

/** Rows enough that the work outweighs the clock's grain, rounds enough to see the spread. */
export const ENGINE_ROWS = 10_000;
const ROUNDS = 7;
/** V8 compiles while the first rows go by, on other threads as well, and what it compiles it compiles once. */
const WARM_ROUNDS = 6;

const cpuOf = async (task: () => Promise<unknown> | unknown): Promise<number> => {
	const start = process.cpuUsage();
	await task();
	const { user, system } = process.cpuUsage(start);
	return user + system;
};

/** Saves rows with a vendor that costs nothing. @param atRequest called at each request, and forgets those that came */
export async function saveFor(
	items: INodeExecutionData[],
	atRequest?: () => void,
): Promise<INodeExecutionData[][]> {
	let left = items.length;
	const { context, requests } = fakeContext({
		items,
		credential: { baseUrl: 'https://vendor.example.com', token: 'x' },
		parseBodies: false,
		service: () => {
			if (atRequest !== undefined) {
				requests.length = 0;
				atRequest();
			}
			const created = Math.min(300, left);
			left -= created;
			return { status: 200, body: { errors: [], metadata: { created, updated: 0 } } };
		},
		parameters: {
			authentication: 'bearer',
			resource: 'talent',
			operation: 'bulkSave',
			columns: { mappingMode: 'autoMapInputData', value: null },
			options: {},
		},
	});
	return await runNode.call(context, whoz);
}

/** The engine's CPU for a bulk save as a multiple of JSON.parse(JSON.stringify(row)), for each of several rounds. */
export async function engineCost(): Promise<number[]> {
	const items = whozPeople(ENGINE_ROWS).map((json) => ({ json }) as INodeExecutionData);
	const copy = () => items.forEach(({ json }) => JSON.parse(JSON.stringify(json)) as unknown);
	const ratios: number[] = [];
	for (let round = 0; round < WARM_ROUNDS; round++) {
		await saveFor(items);
		copy();
	}
	for (let round = 0; round < ROUNDS; round++) {
		const ours = await cpuOf(() => saveFor(items));
		ratios.push(ours / (await cpuOf(copy)));
	}
	return ratios;
}

/** As many as the target for memory names. */
export const HELD_ROWS = 100_000;
/** Collecting garbage takes longer than a request, and what is held grows slowly. */
const REQUESTS_PER_LOOK = 20;

/**
 * The most that a bulk save with every row in its output holds beside its input, as a multiple of the input's JSON. Garbage is
 * collected before each look: how much of it lies about otherwise is the choice of V8, which takes what the machine has.
 */
export async function heldMemory(): Promise<number> {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	const held = () => {
		collect();
		return process.memoryUsage().heapUsed + process.memoryUsage().external;
	};
	const items = whozPeople(HELD_ROWS).map((json) => ({ json }) as INodeExecutionData);
	const bytes = items.reduce((sum, { json }) => sum + Buffer.byteLength(JSON.stringify(json)), 0);
	const before = held();
	let [most, requests] = [0, 0];
	const output = await saveFor(items, () => {
		if (requests++ % REQUESTS_PER_LOOK === 0) most = Math.max(most, held());
	});
	most = Math.max(most, held());
	if (output[0].length !== HELD_ROWS) throw new Error(`${output[0].length} rows came back`);
	return (most - before) / bytes;
}
