import type { INodeExecutionData } from 'n8n-workflow';

import { runNode } from '../nodes/shared/run';
import { whoz } from '../nodes/Whoz/whoz.vendor';
import { startSandbox, type FaultSpec, type Sandbox } from '../test/sandbox';
import {
	WHOZ_BEARER_TOKEN,
	WHOZ_POISON_TAG,
	WHOZ_SAVE_PATH,
	WHOZ_WORKSPACE_IDS,
} from '../test/sandbox/whoz';
import { fakeContext } from '../test/support/fakeContext';
import { realService } from '../test/support/realService';

/*
 * `npm run figures`: what the engine costs and keeps, counted against the local vendor. Counts are exact; the one time in
 * here is a ratio of two things measured in the same run.
 */

type Row = Record<string, unknown>;

const people = (count: number, more: (n: number) => Row = () => ({})): Row[] =>
	Array.from({ length: count }, (_, n) => ({
		'External ID': `FIG-${n}`,
		'First Name': `First ${n}`,
		'Last Name': `Last ${n}`,
		Email: `person${n}@example.com`,
		'Workspace ID': WHOZ_WORKSPACE_IDS[n % WHOZ_WORKSPACE_IDS.length],
		Since: '2026-01-15',
		Scope: 'EMPLOYEE',
		'Role External ID': 'ROLE-1',
		'Grade External ID': 'GRADE-2',
		Staffable: 'yes',
		Tags: 'alpha; beta',
		...more(n),
	}));

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
			options: { maxWaitSeconds: 30, ...options },
		},
	});
	const [items] = await runNode.call(context, whoz);
	return { outcomes: items.map(({ json }) => json), requests: requests.length };
}

const line = (what: string, figure: unknown) => console.log(`${what.padEnd(64)} ${String(figure)}`);

async function requestFigures(): Promise<void> {
	const sandbox = await startSandbox();
	line('requests for 1,000 clean rows', (await save(people(1000), sandbox)).requests);
	sandbox.reset();
	const led = people(1000, (n) => (n < 350 ? { 'Manager External ID': 'FIG-999' } : {}));
	line('requests for 1,000 rows, 350 of them with a manager', (await save(led, sandbox)).requests);
	sandbox.reset();
	const poisoned = people(300, (n) => (n === 137 ? { Tags: WHOZ_POISON_TAG } : {}));
	const { requests, outcomes } = await save(poisoned, sandbox);
	line('requests for 300 rows with 1 that refuses the whole request', requests);
	line('  of them failed', outcomes.filter(({ status }) => status === 'failed').length);
	await sandbox.close();
}

const FAULTS: ReadonlyArray<readonly [string, FaultSpec]> = [
	['429 with seconds', { kind: 'status', status: 429, retryAfter: { seconds: 1 }, nth: 2 }],
	[
		'429 with a date',
		{ kind: 'status', status: 429, retryAfter: { seconds: 1, as: 'date' }, nth: 2 },
	],
	['500', { kind: 'status', status: 500, nth: 2 }],
	['503', { kind: 'status', status: 503, nth: 2 }],
	['time-out', { kind: 'timeout', nth: 2 }],
	['cut before the write', { kind: 'cutBefore', nth: 2 }],
	['cut after the write', { kind: 'cutAfter', nth: 2 }],
	['truncated JSON', { kind: 'truncatedJson', nth: 2 }],
	['HTML error page', { kind: 'html', status: 200, nth: 2 }],
	['empty answer', { kind: 'emptyBody', nth: 2 }],
	['200 with failed rows', { kind: 'failedRows', rows: [3, 5], nth: 2 }],
	['short answer', { kind: 'shortAnswer', keep: 200, nth: 2 }],
	['413', { kind: 'status', status: 413, nth: 2 }],
	['422', { kind: 'status', status: 422, nth: 2 }],
	['401 for good', { kind: 'status', status: 401, times: 'always', nth: 2 }],
];

async function faultFigures(): Promise<void> {
	console.log(
		'\nfault                     rows  outcomes  saved  failed  unknown  lost  doubled  misreported',
	);
	for (const [name, spec] of FAULTS) {
		const sandbox = await startSandbox();
		sandbox.faults.add({ vendor: 'whoz', path: WHOZ_SAVE_PATH, ...spec } as FaultSpec);
		const rows = people(1000);
		const { outcomes } = await save(rows, sandbox, { timeoutSeconds: 2 });
		const truth = sandbox.truth('whoz');
		const of = (status: string) => outcomes.filter((outcome) => outcome.status === status);
		const numbers = new Set(outcomes.map(({ row }) => row));
		const doubled = truth.records.filter(({ created }) => created > 1).length;
		const misreported =
			of('saved').filter(({ key }) => truth.savesOf(String(key)) === 0).length +
			of('failed').filter(({ key }) => truth.savesOf(String(key)) > 0).length;
		console.log(
			[
				name.padEnd(24),
				String(rows.length).padStart(5),
				String(outcomes.length).padStart(9),
				String(of('saved').length).padStart(6),
				String(of('failed').length).padStart(7),
				String(of('unknown').length).padStart(8),
				String(rows.length - numbers.size).padStart(5),
				String(doubled).padStart(8),
				String(misreported).padStart(12),
			].join(' '),
		);
		await sandbox.close();
	}
}

/** Rows enough that the work outweighs the clock's grain, rounds enough to see the spread. */
const ROWS = 10_000;
const ROUNDS = 7;

const cpuOf = async (task: () => Promise<unknown> | unknown): Promise<number> => {
	const start = process.cpuUsage();
	await task();
	const { user, system } = process.cpuUsage(start);
	return user + system;
};

async function costFigures(): Promise<void> {
	const items = people(ROWS).map((json) => ({ json }) as INodeExecutionData);
	let left = 0;
	const engine = async () => {
		left = ROWS;
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
	};
	const copy = () => items.forEach(({ json }) => JSON.parse(JSON.stringify(json)) as unknown);
	const ratios: number[] = [];
	await engine();
	copy();
	for (let round = 0; round < ROUNDS; round++) {
		const ours = await cpuOf(engine);
		ratios.push(ours / (await cpuOf(copy)));
	}
	ratios.sort((a, b) => a - b);
	const [low, middle, high] = [ratios[0], ratios[Math.floor(ROUNDS / 2)], ratios[ROUNDS - 1]];
	console.log();
	line(
		`engine CPU per row / JSON.parse(JSON.stringify(row)), ${ROWS} rows`,
		`${middle.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`,
	);
}

async function main(): Promise<void> {
	await requestFigures();
	await faultFigures();
	await costFigures();
}

void main();
