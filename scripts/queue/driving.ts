import { setTimeout as sleep } from 'node:timers/promises';

import { UNFINISHED, type ExecutionSummary, type N8nClient, type Workflow } from '../lib/n8nClient';
import type { Node } from '../lib/workflow';
import type { Cluster, Worker } from './cluster';

/*
 * Workflows that start by a webhook, and waiting for what they do.
 */

export type Saved = Workflow & { id: string };

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

export const isUnfinished = ({ status }: ExecutionSummary): boolean => UNFINISHED.includes(status);

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
export const spread = async (workers: Worker[], executions: string[]): Promise<number[]> =>
	await Promise.all(workers.map(async (worker) => (await worker.taken(executions)).length));
