import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { cpuOf } from '../lib/consumption';
import { N8nClient, type Execution, type Workflow } from '../lib/n8nClient';
import type { InstalledN8n } from '../lib/n8nInstall';
import { installPackage } from '../lib/n8nPackage';
import { startN8n, type N8nServer } from '../lib/n8nServer';
import { N8N_ROOT } from '../lib/paths';
import { OWNER } from '../lib/practice';
import { step } from '../lib/progress';
import { MANUAL, workflowOf, type Node, type Wires } from '../lib/workflow';
import type { Placed } from './rivals';

const HOME = join(N8N_ROOT, 'bench');
const EXECUTIONS = join(HOME, 'executions');
/** The only folder whose files n8n's nodes may read. */
export const FILES = join(HOME, '.n8n-files');

const POLL_MS = 10;
/** Ten times what the longest takes on two cores. */
const PATIENCE_MS = 900_000;
/** After an execution has ended n8n still tidies up after it. */
const SETTLE_MS = 100;

/** The same for all, and nothing of an execution kept: n8n's writing of all items would outweigh what is compared. */
const UNKEPT = {
	executionOrder: 'v1',
	saveDataSuccessExecution: 'none',
	saveDataErrorExecution: 'none',
	saveManualExecutions: false,
	saveExecutionProgress: false,
};

/** What the hook in n8n writes of an execution. */
interface Report {
	status: string;
	startedAt: number;
	stoppedAt: number;
	error?: string;
	nodes: Record<string, Array<{ startTime: number; executionTime: number; items: number }>>;
}

export interface Timed {
	/** From the end of the node that gives the input to the end of the execution, as n8n reports both. */
	ms: number;
	/** Of n8n and its task runner, the input included. */
	cpuMs: number;
	/** Items that each node gave out in its last run. */
	items: Record<string, number>;
}

/** Reads the people of a file before what is measured starts. */
export const peopleFrom = (path: string): Node[] => [
	MANUAL,
	{
		name: 'Read File',
		type: 'n8n-nodes-base.readWriteFile',
		parameters: { fileSelector: path, options: {} },
	},
	{
		name: 'Rows',
		type: 'n8n-nodes-base.extractFromFile',
		parameters: { operation: 'csv', options: {} },
	},
];

/** A workflow of nodes that give the input, and of what somebody placed behind them. */
export function workflowFor(name: string, input: Node[], { nodes, wires }: Placed): Workflow {
	const all = [...input, ...nodes];
	if (wires === undefined) return workflowOf(name, all);
	const before = [...input, nodes[0]].map((node) => node.name);
	const chain: Wires = {};
	for (let at = 1; at < before.length; at++) chain[before[at - 1]] = [[before[at]]];
	return workflowOf(name, all, { ...chain, ...wires });
}

/** The n8n that everything is measured in. */
export class MeasuredN8n {
	private readonly saved = new Map<string, Workflow & { id: string }>();

	private constructor(
		private readonly installed: InstalledN8n,
		private server: N8nServer,
		private client: N8nClient,
	) {}

	static async start(installed: InstalledN8n): Promise<MeasuredN8n> {
		await rm(join(HOME, '.n8n', 'database.sqlite'), { force: true });
		await rm(EXECUTIONS, { recursive: true, force: true });
		for (const folder of [EXECUTIONS, FILES]) await mkdir(folder, { recursive: true });
		await step('Install the package into n8n', () => installPackage(HOME));
		const server = await boot(installed);
		const client = new N8nClient(server.url);
		await client.signIn(OWNER);
		return new MeasuredN8n(installed, server, client);
	}

	get pid(): number {
		return this.server.pid;
	}

	/** A fresh process on the same folder. */
	async restart(): Promise<void> {
		await this.server.stop();
		this.server = await boot(this.installed);
		this.client = new N8nClient(this.server.url, this.client.session);
	}

	async saveCredential(type: string, name: string, data: object) {
		return { id: await this.client.saveCredential(type, name, data), name };
	}

	/** Runs a workflow and gives back all that n8n keeps of it. */
	async kept(workflow: Workflow): Promise<Execution> {
		const saved = await this.client.saveWorkflow(workflow);
		return await this.client.runWorkflow(saved, MANUAL.name);
	}

	/**
	 * Runs a workflow of which n8n keeps nothing.
	 *
	 * @param input the node whose items are the input of what is measured
	 * @throws Error if the execution fails
	 */
	async timed(workflow: Workflow, input: string): Promise<Timed> {
		const { name } = workflow;
		if (!this.saved.has(name))
			this.saved.set(name, await this.client.saveWorkflow({ ...workflow, settings: UNKEPT }));
		const before = await cpuOf(this.pid);
		const id = await this.client.startWorkflow(this.saved.get(name)!, MANUAL.name);
		const file = join(EXECUTIONS, `${id}.json`);
		const deadline = Date.now() + PATIENCE_MS;
		while (!existsSync(file)) {
			if (Date.now() > deadline) throw new Error(`"${name}" does not end; see ${this.server.log}`);
			await sleep(POLL_MS);
		}
		const cpuMs = (await cpuOf(this.pid)) - before;
		const { status, stoppedAt, error, nodes } = JSON.parse(await readFile(file, 'utf8')) as Report;
		await rm(file);
		if (status !== 'success') throw new Error(`"${name}" ended with ${status}: ${error}`);
		await sleep(SETTLE_MS);
		const { startTime, executionTime } = nodes[input].at(-1)!;
		return {
			ms: stoppedAt - startTime - executionTime,
			cpuMs,
			items: Object.fromEntries(
				Object.entries(nodes).map(([node, runs]) => [node, runs.at(-1)!.items]),
			),
		};
	}
}

const boot = (installed: InstalledN8n): Promise<N8nServer> =>
	step(`Start n8n ${installed.line.n8n}`, () =>
		startN8n(installed, HOME, {
			EXTERNAL_HOOK_FILES: join(__dirname, 'executionHook.cjs'),
			BENCH_EXECUTIONS: EXECUTIONS,
		}),
	);
