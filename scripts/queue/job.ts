import { setTimeout as sleep } from 'node:timers/promises';

import type { Sandbox } from '../../test/sandbox';
import type { Outcome } from '../lib/account';
import {
	UNFINISHED,
	type Execution,
	type ExecutionSummary,
	type N8nClient,
	type Workflow,
} from '../lib/n8nClient';
import { workflowOf, type Node, type Wires } from '../lib/workflow';
import type { Cluster, Worker } from './cluster';
import { KEY } from './people';
import type { Report } from './report';

/** What every proof works with. */
export interface Bench {
	cluster: Cluster;
	sandbox: Sandbox;
	report: Report;
}

type Saved = Workflow & { id: string };

export const webhook = (path: string, parameters: object): Node => ({
	name: 'Webhook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	webhookId: path,
	parameters: { httpMethod: 'POST', path, options: {}, ...parameters },
});

/** Waits for something that must come soon, or else never does. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
	const deadline = Date.now() + 180_000;
	while (!(await holds())) {
		if (Date.now() > deadline) throw new Error(`Waited in vain: ${what}`);
		await sleep(100);
	}
}

/** Saves a workflow and lets it listen to its trigger. */
export async function publish(client: N8nClient, workflow: Workflow): Promise<Saved> {
	const saved = await client.saveWorkflow(workflow);
	await client.activate(saved);
	await until(`${workflow.name} listens`, async () => {
		const path = `workflows/${saved.id}/publication-status`;
		return (await client.call<{ status: string }>('GET', path)).status === 'published';
	});
	return saved;
}

/** Calls a workflow's webhook and answers with the id of the execution that this started. */
export async function trigger(
	{ main, client }: Cluster,
	workflow: Saved,
	path: string,
	body?: FormData,
): Promise<string> {
	const known = await client.executionsOf(workflow);
	const response = await fetch(`${main.url}/webhook/${path}`, {
		method: 'POST',
		body,
		headers: { connection: 'close' },
	});
	if (!response.ok) throw new Error(`n8n answered ${response.status}: ${await response.text()}`);
	let started: string | undefined;
	await until(`${workflow.name} runs`, async () => {
		started = (await client.executionsOf(workflow)).find((id) => !known.includes(id));
		return started !== undefined;
	});
	return started!;
}

/** A file, as a form sends it. */
export function upload(csv: string): FormData {
	const form = new FormData();
	form.append('data', new Blob([csv], { type: 'text/csv' }), 'people.csv');
	return form;
}

/** Waits for the end of an execution. */
export async function ended(
	client: N8nClient,
	workflow: Saved,
	execution: string,
): Promise<ExecutionSummary> {
	let found: ExecutionSummary | undefined;
	await until(`${workflow.name} ends`, async () => {
		found = (await client.summariesOf(workflow)).find(({ id }) => id === execution);
		return found !== undefined && !isUnfinished(found);
	});
	return found!;
}

/** The worker that has taken an execution from the queue. */
export async function workerOf(workers: Worker[], execution: string): Promise<Worker> {
	let found: Worker | undefined;
	await until(`a worker takes execution ${execution}`, async () => {
		for (const worker of workers) if ((await worker.taken([execution])).length > 0) found = worker;
		return found !== undefined;
	});
	return found!;
}

/** How many of these executions each worker has taken. */
export async function spread(
	workers: Worker[],
	executions: string[],
): Promise<Array<{ worker: string; count: number }>> {
	return await Promise.all(
		workers.map(async (worker) => ({
			worker: worker.name,
			count: (await worker.taken(executions)).length,
		})),
	);
}

export interface Result {
	execution: Execution;
	/** What the workflow says of each row; `row` counts from 1 through all parts. */
	outcomes: Outcome[];
	/** Parts that left by the error output, with the keys of the rows they brought along. */
	lost: Array<{ keys: string[] }>;
	/** The executions of the parts. */
	parts: ExecutionSummary[];
	/** Milliseconds from the call to the end of the workflow. */
	took: number;
}

/**
 * A list that one workflow cuts into parts, each sent to the webhook of a second workflow, which hands it to the
 * vendor's node. In queue mode every call of a webhook is an execution of its own, that any worker may take.
 */
export class PartedJob {
	private constructor(
		private readonly cluster: Cluster,
		private readonly path: string,
		private readonly count: number,
		private readonly whole: Saved,
		private readonly part: Saved,
	) {}

	/**
	 * @param name of the workflows, and of the webhook's address
	 * @param nodes the vendor's node: one for all parts, or one for each
	 */
	static async provide(
		cluster: Cluster,
		name: string,
		count: number,
		nodes: Node[],
	): Promise<PartedJob> {
		const { client, main } = cluster;
		const path = name.toLowerCase().replace(/\W+/g, '-');
		const part = await publish(client, partWorkflow(`${name}: a part`, `${path}-part`, nodes));
		const address = `${main.url}/webhook/${path}-part`;
		const whole = await publish(client, wholeWorkflow(`${name}: the list`, path, count, address));
		return new PartedJob(cluster, path, count, whole, part);
	}

	/** @returns id of the execution that cuts and collects */
	async start(csv: string): Promise<string> {
		return await trigger(this.cluster, this.whole, this.path, upload(csv));
	}

	/** The executions of the parts that this execution has called so far. */
	async partsOf(execution: string): Promise<ExecutionSummary[]> {
		const all = await this.cluster.client.summariesOf(this.part);
		return all.filter(({ id }) => Number(id) > Number(execution));
	}

	/** Waits for the end of everything. */
	async result(id: string, rows: number, started = Date.now()): Promise<Result> {
		const { client } = this.cluster;
		const { stoppedAt } = await ended(client, this.whole, id);
		await until(`the parts of ${this.whole.name} end`, async () =>
			(await this.partsOf(id)).every((part) => !isUnfinished(part)),
		);
		const execution = await client.finished(id);
		const [answers = [], errors = []] = execution.runs[CALL]?.at(-1)?.data?.main ?? [];
		const size = Math.ceil(rows / this.count);
		return {
			execution,
			outcomes: (answers ?? []).map(({ json, pairedItem }) => ({
				...(json as unknown as Outcome),
				row: (pairedItem as { item: number }).item * size + Number(json.row),
			})),
			lost: (errors ?? []).map(({ json }) => ({
				keys: (json.rows as Array<Record<string, string>>).map((row) => row[KEY]),
			})),
			parts: await this.partsOf(id),
			took: Date.parse(stoppedAt ?? '') - started,
		};
	}

	async run(csv: string, rows: number): Promise<Result> {
		const started = Date.now();
		return await this.result(await this.start(csv), rows, started);
	}
}

const isUnfinished = ({ status }: ExecutionSummary): boolean => UNFINISHED.includes(status);

const CALL = 'Send each part';

function wholeWorkflow(name: string, path: string, parts: number, address: string): Workflow {
	return workflowOf(name, [
		webhook(path, { responseMode: 'onReceived' }),
		{
			name: 'Read CSV',
			type: 'n8n-nodes-base.extractFromFile',
			parameters: { operation: 'csv', binaryPropertyName: 'data', options: {} },
		},
		{
			name: 'Cut into parts',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: {
				jsCode: `
					const rows = $input.all().map(({ json }) => json);
					const size = Math.ceil(rows.length / ${parts});
					return Array.from({ length: ${parts} }, (_, part) => ({
						json: { part, rows: rows.slice(part * size, (part + 1) * size) },
					}));`,
			},
		},
		{
			name: CALL,
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			// A part that is lost must not take the answers of the others with it.
			onError: 'continueErrorOutput',
			parameters: {
				method: 'POST',
				url: address,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: '={{ JSON.stringify($json) }}',
				// A part may take longer than the five minutes the node waits by itself.
				options: { timeout: 3_600_000 },
			},
		},
	]);
}

function partWorkflow(name: string, path: string, nodes: Node[]): Workflow {
	const wires: Wires = {
		Webhook: [['Node of this part']],
		'Node of this part': nodes.map((_, at) => [`Rows ${at}`]),
	};
	const lanes = nodes.flatMap((node, at): Node[] => {
		wires[`Rows ${at}`] = [[`Send ${at}`]];
		return [
			{
				name: `Rows ${at}`,
				type: 'n8n-nodes-base.splitOut',
				parameters: { fieldToSplitOut: 'body.rows', options: {} },
			},
			{ ...node, name: `Send ${at}` },
		];
	});
	return workflowOf(
		name,
		[
			webhook(path, { responseMode: 'lastNode', responseData: 'allEntries' }),
			{
				name: 'Node of this part',
				type: 'n8n-nodes-base.switch',
				typeVersion: 3.2,
				parameters: {
					mode: 'expression',
					numberOutputs: nodes.length,
					output: `={{ $json.body.part % ${nodes.length} }}`,
				},
			},
			...lanes,
		],
		wires,
	);
}
