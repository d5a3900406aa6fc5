import { join } from 'node:path';
import { PerformanceObserver } from 'node:perf_hooks';
import type { INodeExecutionData } from 'n8n-workflow';

import { runNode } from '../../nodes/shared/run';
import { whoz } from '../../nodes/Whoz/whoz.vendor';
import { fakeContext } from '../../test/support/fakeContext';
import { placed } from '../../test/support/placedOptions';
import { ROOT } from './paths';
import { run } from './processes';

/** Enough that a process which collects all the time shows. */
export const IMPORTED_ROWS = 200_000;
const PIECE = 64 * 1024;
/** `detail.kind` of an entry for a collection of the whole heap. */
const MAJOR = 4;

function fileOf(rows: number): Buffer {
	const lines = ['External ID,First Name,Last Name,Email,Workspace ID,Since'];
	for (let n = 0; n < rows; n++)
		lines.push(`LOAD-${n},First ${n},Last ${n},person${n}@example.com,ws-1,2026-01-15`);
	return Buffer.from(`${lines.join('\n')}\n`);
}

async function* piecesOf(file: Buffer): AsyncGenerator<Buffer> {
	for (let at = 0; at < file.length; at += PIECE) yield file.subarray(at, at + PIECE);
}

/** Imports a file with a vendor that costs nothing, and counts the collections of the whole heap meanwhile. */
async function importOnce(rows: number): Promise<number> {
	const file = fileOf(rows);
	let left = rows;
	const { context, requests } = fakeContext({
		items: [
			{ json: {}, binary: { data: { id: 'x', fileName: 'people.csv', data: '' } } },
		] as unknown as INodeExecutionData[],
		credential: { baseUrl: 'https://vendor.example.com', token: 'x' },
		parseBodies: false,
		service: () => {
			requests.length = 0;
			const created = Math.min(300, left);
			left -= created;
			return { status: 200, body: { errors: [], metadata: { created, updated: 0 } } };
		},
		parameters: {
			authentication: 'bearer',
			resource: 'talent',
			operation: 'import',
			source: 'binary',
			binaryPropertyName: 'data',
			columns: { mappingMode: 'autoMapInputData', value: null },
			...placed({ output: 'summaryOnly' }),
		},
	});
	Object.assign(context.helpers, { getBinaryStream: async () => piecesOf(file) });
	let majors = 0;
	const observer = new PerformanceObserver((list) => {
		for (const entry of list.getEntries())
			if ((entry as unknown as { detail: { kind: number } }).detail.kind === MAJOR) majors++;
	});
	observer.observe({ entryTypes: ['gc'] });
	const [items] = await runNode.call(context, whoz);
	const { saved } = items.at(-1)!.json.summary as { saved: number };
	if (saved !== rows) throw new Error(`${saved} of ${rows} rows were saved`);
	// Entries come with the next turn.
	await new Promise((resolve) => setTimeout(resolve, 50));
	observer.disconnect();
	return majors;
}

/**
 * How often an import collects the whole heap, in each of several fresh processes: in some of them V8 decides early that what lives
 * until a request is answered lives for ever.
 */
export async function collectionsOfImport(processes: number): Promise<number[]> {
	const counts: number[] = [];
	for (let at = 0; at < processes; at++) {
		const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
		counts.push(Number(await run(process.execPath, [tsx, __filename])));
	}
	return counts;
}

if (require.main === module)
	void importOnce(IMPORTED_ROWS).then((majors) => console.log(String(majors)));
