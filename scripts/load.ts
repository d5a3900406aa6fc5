/**
 * `npm run load`: what large inputs cost in a real n8n. Prints memory above the idle n8n, rows a second beside a bare script that
 * reads the same file and posts the same requests, how well a budget is used, and how fast a stop ends the node.
 * With names (`import`, `xlsx`, `items`, `pacing`, `stop`) only those.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { parse } from 'csv-parse';

import { bareClient, SideBySide } from './lib/bareClient';
import { Memory } from './lib/consumption';
import { N8nClient, type Workflow } from './lib/n8nClient';
import { installN8n, N8N_CURRENT } from './lib/n8nInstall';
import { installPackage } from './lib/n8nPackage';
import { startN8n, type N8nServer } from './lib/n8nServer';
import { N8N_ROOT } from './lib/paths';
import { writePeopleWorkbook } from './lib/peopleWorkbook';
import { OWNER } from './lib/practice';
import { run } from './lib/processes';
import { step } from './lib/progress';
import { runToEnd } from './lib/runToEnd';
import { MANUAL, workflowOf, type Node } from './lib/workflow';
import { placed } from '../test/support/placedOptions';

const HOME = join(N8N_ROOT, 'load');
/** Where n8n lets workflows read files. */
const FILES = join(HOME, '.n8n-files');
const FILE_ROWS = 1_000_000;
const ITEMS = 100_000;
const SAVE_PATH = '/api/talent/bulk/save';
/** Whoz takes no more in one request. */
const CHUNK = 300;
/** What the node sends at once by default. */
const CONCURRENCY = 4;
const MEGABYTE = 1024 * 1024;

/**
 * What a server with 1 GB can give n8n. With more, V8 lets garbage lie until it needs the room, and a peak tells of the
 * machine's memory instead of the node's need.
 */
const HEAP = { NODE_OPTIONS: '--max-old-space-size=512' };

/**
 * Stands for Whoz: takes every row and keeps none, so that it costs the same for ours and the bare script. In a thread of its
 * own, to leave this one to the bare script.
 */
const SINK = `
const { createServer } = require('node:http');
const { parentPort, workerData } = require('node:worker_threads');
let rows = 0, requests = 0, first = 0, last = 0, latency = 0;
const server = createServer((incoming, outgoing) => {
	const chunks = [];
	incoming.on('data', (chunk) => chunks.push(chunk));
	incoming.on('end', () => {
		let body = {};
		if (incoming.method === 'POST') {
			const { data } = JSON.parse(Buffer.concat(chunks).toString());
			rows += data.length;
			requests++;
			last = Date.now();
			first ||= last;
			body = { errors: [], metadata: { created: data.length, updated: 0 } };
		}
		const text = JSON.stringify(body);
		outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
		if (latency === 0) outgoing.end(text);
		else setTimeout(() => outgoing.end(text), latency);
	});
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage({ port: server.address().port }));
parentPort.on('message', (message) => {
	if (typeof message === 'number') return void (latency = message);
	parentPort.postMessage({ rows, requests, first, last });
	rows = requests = first = last = 0;
});
`;

interface Received {
	rows: number;
	requests: number;
	/** Milliseconds since 1970. */
	first: number;
	last: number;
}

class Sink {
	private constructor(
		private readonly worker: Worker,
		readonly url: string,
	) {}

	static async start(): Promise<Sink> {
		const worker = new Worker(SINK, { eval: true });
		const [{ port }] = (await once(worker, 'message')) as [{ port: number }];
		return new Sink(worker, `http://127.0.0.1:${port}`);
	}

	/** What came since the last question. */
	async received(): Promise<Received> {
		this.worker.postMessage('report');
		const [report] = (await once(this.worker, 'message')) as [Received];
		return report;
	}

	/** From now on each answer takes so long. */
	answerAfter(ms: number): void {
		this.worker.postMessage(ms);
	}

	async stop(): Promise<void> {
		await this.worker.terminate();
	}
}

const COLUMNS = ['External ID', 'First Name', 'Last Name', 'Email', 'Workspace ID', 'Since'];
const rowAt = (n: number): string[] => [
	`LOAD-${n}`,
	`First ${n}`,
	`Last ${n}`,
	`person${n}@example.com`,
	'ws-1',
	'2026-01-15',
];

async function writePeople(path: string): Promise<void> {
	const known = await stat(path).catch(() => undefined);
	if (known !== undefined) return;
	const file = createWriteStream(`${path}.part`);
	file.write(`${COLUMNS.join(',')}\n`);
	for (let n = 0; n < FILE_ROWS; n++)
		if (!file.write(`${rowAt(n).join(',')}\n`)) await once(file, 'drain');
	file.end();
	await once(file, 'finish');
	await run('mv', [`${path}.part`, path]);
}

/** Milliseconds that a bare script needs for the same file and the same requests. */
async function bareImport(path: string, sink: Sink): Promise<number> {
	const client = bareClient('http', { baseUrl: sink.url, headers: {}, concurrency: CONCURRENCY });
	const sending = new SideBySide(CONCURRENCY);
	const start = performance.now();
	let chunk: object[] = [];
	const send = async () => {
		const body = JSON.stringify({ data: chunk });
		chunk = [];
		await sending.add(async () => void (await client.ask('POST', SAVE_PATH, body)));
	};
	for await (const [externalId, firstName, lastName, email, workspaceId, since] of createReadStream(
		path,
	).pipe(parse({ fromLine: 2 } as never)) as AsyncIterable<string[]>) {
		chunk.push({
			externalId,
			firstName,
			lastName,
			emails: [{ address: email, main: true }],
			history: [{ since, workspaceId }],
		});
		if (chunk.length === CHUNK) await send();
	}
	if (chunk.length > 0) await send();
	await sending.end();
	client.close();
	return performance.now() - start;
}

interface Bench {
	server: N8nServer;
	client: N8nClient;
	memory: Memory;
	sink: Sink;
	credential: { id: string; name: string };
}

const line = (what: string, figure: string) => console.log(`${what.padEnd(66)} ${figure}`);
const megabytes = (bytes: number) => `${(bytes / MEGABYTE).toFixed(0)} MB`;

const whoz = (bench: Bench, operation: string, options: object): Node => ({
	name: 'Whoz',
	type: 'n8n-nodes-talent.whoz',
	parameters: {
		authentication: 'bearer',
		resource: 'talent',
		operation,
		source: 'binary',
		binaryPropertyName: 'data',
		columns: { mappingMode: 'autoMapInputData', value: null },
		...placed(options),
	},
	credentials: { whozBearerApi: bench.credential },
});

const NOTHING: Node = { name: 'Nothing', type: 'n8n-nodes-base.noOp', parameters: {} };

const code = (jsCode: string): Node => ({
	name: 'Make',
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: { jsCode },
});

/** Nothing of an execution is kept: writing 100,000 items to the database would outweigh everything measured here. */
const SETTINGS = {
	executionOrder: 'v1',
	saveDataSuccessExecution: 'none',
	saveManualExecutions: false,
	saveExecutionProgress: false,
};

/** Imports a file of `FILE_ROWS` people and prints what that costs. Answers with the milliseconds it took. */
async function importFile(bench: Bench, path: string): Promise<number> {
	const workflow = await bench.client.saveWorkflow(
		workflowOf('Load: import', [
			MANUAL,
			{
				name: 'Read',
				type: 'n8n-nodes-base.readWriteFile',
				parameters: { fileSelector: path, options: {} },
			},
			whoz(bench, 'import', { output: 'summaryOnly' }),
		]),
	);
	await sleep(3000);
	const idle = await bench.memory.now();
	await bench.memory.forget();
	const execution = await bench.client.runWorkflow(workflow, MANUAL.name);
	const peak = await bench.memory.peak();
	const task = execution.runs.Whoz?.at(-1);
	const error = execution.error ?? task?.error;
	if (error !== undefined) throw new Error(error.message);
	const summary = task?.data?.main[0]?.[0].json.summary as Record<string, number>;
	const came = await bench.sink.received();
	if (summary.saved !== FILE_ROWS || came.rows !== FILE_ROWS)
		throw new Error(`${summary.saved} rows saved, ${came.rows} came, of ${FILE_ROWS}`);
	const { size } = await stat(path);
	const taken = task!.executionTime;
	line(
		`import of ${FILE_ROWS} rows (${extname(path)}, ${megabytes(size)}), Summary Only: requests`,
		String(came.requests),
	);
	line('  peak memory over idle n8n', megabytes(peak - idle));
	line('  rows a second', String(Math.round(FILE_ROWS / (taken / 1000))));
	return taken;
}

/** One that answers at once shows what the node costs, one across a network how much of that is seen. */
const LATENCIES_MS = [0, 20];

async function importOf(bench: Bench): Promise<void> {
	const path = join(FILES, 'people.csv');
	await step(`Write ${FILE_ROWS} rows`, () => writePeople(path));
	for (const latency of LATENCIES_MS) {
		console.log(`A vendor that answers after ${latency} ms:`);
		bench.sink.answerAfter(latency);
		const ours = await importFile(bench, path);
		const bare = await bareImport(path, bench.sink);
		await bench.sink.received();
		line('  rows a second of the bare script', String(Math.round(FILE_ROWS / (bare / 1000))));
		line('  ratio (higher is better)', (bare / ours).toFixed(2));
	}
	bench.sink.answerAfter(0);
}

/** The same rows as Excel saves them. */
async function workbookOf(bench: Bench): Promise<void> {
	const path = join(FILES, 'people.xlsx');
	if ((await stat(path).catch(() => undefined)) === undefined)
		await step(`Write ${FILE_ROWS} rows`, () =>
			writePeopleWorkbook(path, FILE_ROWS, COLUMNS, rowAt),
		);
	await importFile(bench, path);
}

async function itemsOf(bench: Bench): Promise<void> {
	const make = `return Array.from({ length: ${ITEMS} }, (_, n) => ({ json: {
		'External ID': 'LOAD-' + n, 'First Name': 'First ' + n, 'Last Name': 'Last ' + n,
		Email: 'person' + n + '@example.com', 'Workspace ID': 'ws-1', Since: '2026-01-15',
		Tags: 'alpha; beta', 'Role External ID': 'ROLE-1', 'Grade External ID': 'GRADE-2' } }));`;
	const first = JSON.stringify(
		Object.fromEntries([
			...COLUMNS.map((column, at) => [column, rowAt(50_000)[at]] as const),
			['Tags', 'alpha; beta'],
			['Role External ID', 'ROLE-1'],
			['Grade External ID', 'GRADE-2'],
		]),
	);
	const size = ITEMS * first.length;
	const peaks: Record<string, number> = {};
	for (const what of ['without', 'with'] as const) {
		const last = what === 'with' ? whoz(bench, 'bulkSave', { output: 'everyRow' }) : NOTHING;
		const workflow = await bench.client.saveWorkflow({
			...workflowOf(`Load: items ${what}`, [MANUAL, code(make), last]),
			settings: SETTINGS,
		});
		// The heap of the run before is given back.
		await sleep(15_000);
		const idle = await bench.memory.now();
		await bench.memory.forget();
		await runUnkept(bench, workflow);
		peaks[what] = (await bench.memory.peak()) - idle;
	}
	const came = await bench.sink.received();
	line(
		`bulk save of ${ITEMS} items (${megabytes(size)} of JSON): rows that came`,
		String(came.rows),
	);
	line('  peak over idle of the same workflow without the node', megabytes(peaks.without));
	line('  peak over idle with it, every row in the output', megabytes(peaks.with));
	line(
		'  what the node adds, as a multiple of the JSON (lower is better)',
		((peaks.with - peaks.without) / size).toFixed(2),
	);
}

/** Starts a workflow whose execution is not kept, and waits until it is gone. */
async function runUnkept(bench: Bench, workflow: Workflow & { id: string }): Promise<void> {
	const executionId = await bench.client.startWorkflow(workflow, MANUAL.name);
	for (;;) {
		const found = await bench.client
			.call<{ status: string }>('GET', `executions/${executionId}`)
			.catch(() => undefined);
		if (found === undefined || !['new', 'running', 'waiting'].includes(found.status)) return;
		await sleep(200);
	}
}

/** 100 a minute is what Eightfold and others allow. */
const BUDGET = 100;
const PACED_ROWS = 150;

async function pacingOf(bench: Bench): Promise<void> {
	const workflow = await bench.client.saveWorkflow({
		...workflowOf('Load: pacing', [
			MANUAL,
			fewItems(PACED_ROWS),
			whoz(bench, 'bulkSave', { chunkSize: 1, requestsPerMinute: BUDGET }),
		]),
		settings: SETTINGS,
	});
	await runUnkept(bench, workflow);
	const { requests, first, last } = await bench.sink.received();
	// The first hundred may go at once, the next a minute later: no minute holds more.
	const ideal = Math.floor((requests - 1) / BUDGET) * 60_000;
	line(
		`pacing: ${requests} requests under ${BUDGET} a minute, share of the ideal`,
		(ideal / (last - first)).toFixed(3),
	);
}

const fewItems = (count: number): Node =>
	code(
		`return Array.from({ length: ${count} }, (_, n) => ({ json: { 'External ID': 'P' + n, 'First Name': 'A', 'Last Name': 'B', 'Workspace ID': 'ws-1', Since: '2026-01-15' } }));`,
	);

async function stopOf(bench: Bench): Promise<void> {
	const workflow = await bench.client.saveWorkflow(
		workflowOf('Load: stop', [
			MANUAL,
			fewItems(1000),
			whoz(bench, 'bulkSave', { chunkSize: 1, requestsPerMinute: 30 }),
		]),
	);
	const executionId = await bench.client.startWorkflow(workflow, MANUAL.name);
	await sleep(8000);
	const start = performance.now();
	await bench.client.call('POST', `executions/${executionId}/stop`);
	let status = '';
	while (status !== 'canceled') {
		await sleep(50);
		({ status } = await bench.client.call<{ status: string }>('GET', `executions/${executionId}`));
	}
	const taken = performance.now() - start;
	await bench.sink.received();
	// Two turns of the budget later, nobody may have sent anything.
	await sleep(5000);
	const { requests } = await bench.sink.received();
	line('stop while the node waits for its budget: seconds to the end', (taken / 1000).toFixed(2));
	line('  requests that came afterwards', String(requests));
}

const PARTS = {
	import: importOf,
	xlsx: workbookOf,
	items: itemsOf,
	pacing: pacingOf,
	stop: stopOf,
};

async function main(): Promise<number> {
	const asked = process.argv.slice(2);
	await step('Build the package', () => run('npm', ['run', 'build']));
	const installed = await installN8n(N8N_CURRENT);
	await rm(join(HOME, '.n8n', 'database.sqlite'), { force: true });
	await step('Install the package into n8n', () => installPackage(HOME));
	await mkdir(FILES, { recursive: true });
	const sink = await Sink.start();
	const server = await step(`Start n8n ${installed.line.n8n}`, () =>
		startN8n(installed, HOME, HEAP),
	);
	const client = new N8nClient(server.url);
	await client.signIn(OWNER);
	const name = 'Load';
	const id = await client.saveCredential('whozBearerApi', name, {
		baseUrl: sink.url,
		token: 'load',
		apiVersion: '',
	});
	const memory = new Memory(server.pid);
	const bench = { server, client, memory, sink, credential: { id, name } };
	for (const [part, measure] of Object.entries(PARTS))
		if (asked.length === 0 || asked.includes(part)) await measure(bench);
	await sink.stop();
	return 0;
}

runToEnd(main);
