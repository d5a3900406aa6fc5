import type { INodeExecutionData } from 'n8n-workflow';

import { runNode } from '../nodes/shared/run';
import { whoz } from '../nodes/Whoz/whoz.vendor';
import { startSandbox, type Sandbox } from '../test/sandbox';
import { WHOZ_BEARER_TOKEN, WHOZ_POISON_TAG } from '../test/sandbox/whoz';
import { fakeContext } from '../test/support/fakeContext';
import { countUnder, FAULTS, SUBJECTS, WAYS, type Count } from '../test/support/faultMatrix';
import { realService } from '../test/support/realService';
import { ENGINE_ROWS, engineCost, HELD_ROWS, heldMemory } from './lib/engineCost';
import { collectionsOfImport, IMPORTED_ROWS } from './lib/importCost';
import { spreadOf } from './lib/statistics';
import { whozPeople, type Row } from './lib/whozPeople';

/*
 * `npm run figures`: what the engine costs and keeps, counted against the local vendor. Counts are exact; the one time in
 * here is a ratio of two things measured in the same run.
 */

async function save(rows: Row[], sandbox: Sandbox, options: Record<string, unknown> = {}) {
	const { context, requests } = fakeContext({
		items: rows.map((json) => ({ json }) as INodeExecutionData),
		credential: { baseUrl: sandbox.baseUrl('whoz'), token: WHOZ_BEARER_TOKEN, apiVersion: 'V19' },
		service: realService({ authorization: `Bearer ${WHOZ_BEARER_TOKEN}` }),
		parameters: {
			authentication: 'bearer',
			resource: 'talent',
			operation: 'bulkSave',
			columns: { mappingMode: 'autoMapInputData', value: null },
			options: { whenRowsFail: 'returnRows', maxWaitSeconds: 30, ...options },
		},
	});
	const [items] = await runNode.call(context, whoz);
	return { outcomes: items.map(({ json }) => json), requests: requests.length };
}

const line = (what: string, figure: unknown) => console.log(`${what.padEnd(64)} ${String(figure)}`);

async function requestFigures(): Promise<void> {
	const sandbox = await startSandbox();
	line('requests for 1,000 clean rows', (await save(whozPeople(1000), sandbox)).requests);
	sandbox.reset();
	const led = whozPeople(1000, (n) => (n < 350 ? { 'Manager External ID': 'FIG-999' } : {}));
	line('requests for 1,000 rows, 350 of them with a manager', (await save(led, sandbox)).requests);
	for (const [rows, poisonRows] of [
		[300, 1],
		[1000, 10],
	] as const) {
		sandbox.reset();
		const every = rows / poisonRows;
		const poisoned = whozPeople(rows, (n) =>
			// Not at a place where halving is lucky.
			n % every === Math.floor(every * 0.46) ? { Tags: WHOZ_POISON_TAG } : {},
		);
		const { requests, outcomes } = await save(poisoned, sandbox);
		line(`requests for ${rows} rows, ${poisonRows} of which refuse their whole request`, requests);
		line('  no way of asking needs fewer on average than', fewestAnswers(rows, poisonRows));
		line('  of them failed', outcomes.filter(({ status }) => status === 'failed').length);
	}
	await sandbox.close();
}

/** Answers are yes or no, so that many are needed to tell which of all choices of bad rows it is: log2 of n over k, rounded up. */
function fewestAnswers(rows: number, bad: number): number {
	let bits = 0;
	for (let at = 0; at < bad; at++) bits += Math.log2((rows - at) / (at + 1));
	return Math.ceil(bits);
}

/** Every fault kind, for every vendor, in both ways of sending many. */
async function faultFigures(): Promise<void> {
	console.log(
		'\nvendor     way       faults  rows   saved  failed  unknown  lost  doubled  misreported',
	);
	for (const subject of SUBJECTS)
		for (const way of WAYS) {
			const counts = await Promise.all(
				FAULTS.map(async ([, fault]) => {
					const sandbox = await startSandbox();
					const count = await countUnder(sandbox, subject, way, fault);
					await sandbox.close();
					return count;
				}),
			);
			const sum = (of: (count: Count) => number | undefined) =>
				String(counts.reduce((total, count) => total + (of(count) ?? 0), 0));
			console.log(
				[
					subject.vendor.name.padEnd(10),
					way.padEnd(9),
					String(counts.length).padStart(6),
					sum(({ rows }) => rows).padStart(5),
					sum(({ statuses }) => statuses.saved).padStart(7),
					sum(({ statuses }) => statuses.failed).padStart(7),
					sum(({ statuses }) => statuses.unknown).padStart(8),
					sum(({ lost }) => lost).padStart(5),
					sum(({ doubled }) => doubled).padStart(8),
					sum(({ misreported }) => misreported).padStart(12),
				].join(' '),
			);
		}
}

async function costFigures(): Promise<void> {
	const { low, median, high } = spreadOf(await engineCost());
	console.log();
	line(
		`engine CPU per row / JSON.parse(JSON.stringify(row)), ${ENGINE_ROWS} rows`,
		`${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`,
	);
	line(
		`memory held / JSON of the input, ${HELD_ROWS} rows, all in the output`,
		(await heldMemory()).toFixed(2),
	);
}

/** More than a few, because only some processes show it. */
const FRESH_PROCESSES = 5;

async function importFigures(): Promise<void> {
	const counts = await collectionsOfImport(FRESH_PROCESSES);
	line(
		`collections of the whole heap, import of ${IMPORTED_ROWS} rows, ${FRESH_PROCESSES} processes`,
		counts.join(', '),
	);
}

async function main(): Promise<void> {
	await requestFigures();
	await faultFigures();
	await costFigures();
	await importFigures();
}

void main();
