import type { INodeExecutionData } from 'n8n-workflow';

import { runNode } from '../../nodes/shared/run';
import { whoz } from '../../nodes/Whoz/whoz.vendor';
import { fakeContext } from '../../test/support/fakeContext';
import { whozPeople } from './whozPeople';

/** Rows enough that the work outweighs the clock's grain, rounds enough to see the spread. */
export const ENGINE_ROWS = 10_000;
const ROUNDS = 7;

const cpuOf = async (task: () => Promise<unknown> | unknown): Promise<number> => {
	const start = process.cpuUsage();
	await task();
	const { user, system } = process.cpuUsage(start);
	return user + system;
};

/** Saves rows with a vendor that costs nothing. */
export async function saveFor(items: INodeExecutionData[]): Promise<void> {
	let left = items.length;
	const { context } = fakeContext({
		items,
		credential: { baseUrl: 'https://vendor.example.com', token: 'x' },
		parseBodies: false,
		service: () => {
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
	await runNode.call(context, whoz);
}

/** The engine's CPU for a bulk save as a multiple of JSON.parse(JSON.stringify(row)), for each of several rounds. */
export async function engineCost(): Promise<number[]> {
	const items = whozPeople(ENGINE_ROWS).map((json) => ({ json }) as INodeExecutionData);
	const copy = () => items.forEach(({ json }) => JSON.parse(JSON.stringify(json)) as unknown);
	const ratios: number[] = [];
	await saveFor(items);
	copy();
	for (let round = 0; round < ROUNDS; round++) {
		const ours = await cpuOf(() => saveFor(items));
		ratios.push(ours / (await cpuOf(copy)));
	}
	return ratios;
}
