import { setTimeout as sleep } from 'node:timers/promises';

import { parseFlatted } from './flatted';

/** The parts of an n8n workflow file that are touched here. */
export interface Workflow {
	id?: string;
	versionId?: string;
	active?: boolean;
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	/** Items a node gives out instead of running, by node name. */
	pinData?: Record<string, Item[]>;
}

export interface WorkflowNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
}

export interface Item {
	json: Record<string, unknown>;
	binary?: Record<string, unknown>;
	pairedItem?: unknown;
}

export interface Execution {
	id: string;
	/** `success`, `error`, `canceled`, `crashed` */
	status: string;
	/** Each node's runs: the items of each main output, the error, milliseconds taken. */
	runs: Record<
		string,
		Array<{
			data?: { main: Array<Item[] | null> };
			error?: { message: string };
			executionTime: number;
		}>
	>;
	/** What stopped the workflow. */
	error?: { message: string };
}

export interface ExecutionSummary {
	id: string;
	/** As in `Execution`, and `new`, `running`, `waiting` */
	status: string;
	/** ISO 8601. */
	startedAt: string | null;
	stoppedAt: string | null;
}

export interface Owner {
	email: string;
	password: string;
}

interface Publication {
	status: string;
	triggers: Array<{ errorMessage: string | null }>;
}

const POLL_MS = 100;
/** A trigger that is tried out may wait for its vendor for a minute. */
const MAX_PUBLISHING_TRIES = 900;
/**
 * n8n's word for a database that did not answer in time, which happens while a workflow keeps the whole process at work.
 * Nothing has been done then, so any request may come again, for half a minute.
 */
const BUSY = 503;
const TRY_MS = 1000;
const MAX_TRIES = 30;
export const UNFINISHED: readonly string[] = ['new', 'running', 'waiting', 'unknown'];

/** Drives n8n through the interface its editor uses. */
export class N8nClient {
	/** @param session what `session` of a client that has signed in says; n8n takes few sign-ins a minute */
	constructor(
		private readonly url: string,
		private cookie = '',
	) {}

	get session(): string {
		return this.cookie;
	}

	/**
	 * Signs in; on a fresh instance makes the owner first.
	 *
	 * @throws Error if the instance has another owner
	 */
	async signIn({ email, password }: Owner): Promise<void> {
		const settings = await this.call<{ userManagement: { showSetupOnFirstLoad: boolean } }>(
			'GET',
			'settings',
		);
		if (settings.userManagement.showSetupOnFirstLoad) {
			const person = { email, password, firstName: 'Practice', lastName: 'Owner' };
			await this.call('POST', 'owner/setup', person);
		} else {
			await this.call('POST', 'login', { emailOrLdapLoginId: email, password });
		}
	}

	/** Every credential by id, name and type. */
	async credentials(): Promise<Array<{ id: string; name: string; type: string }>> {
		return await this.call('GET', 'credentials');
	}

	/** Creates or renews the credential of that name and type, and answers with its id. */
	async saveCredential(type: string, name: string, data: object): Promise<string> {
		const all = await this.credentials();
		const known = all.find((credential) => credential.name === name && credential.type === type);
		const body = { name, type, data };
		const { id } = known
			? await this.call<{ id: string }>('PATCH', `credentials/${known.id}`, body)
			: await this.call<{ id: string }>('POST', 'credentials', body);
		return id;
	}

	/** What the editor's test of a saved credential says of these values. */
	async testCredential(credentials: {
		id: string;
		name: string;
		type: string;
		data: object;
	}): Promise<{ status: string; message: string }> {
		return await this.call('POST', 'credentials/test', { credentials });
	}

	/** Every workflow by id and name. */
	async workflows(): Promise<Array<{ id: string; name: string }>> {
		return await this.call('GET', 'workflows');
	}

	/** Creates the workflow, or puts the one of that name back to what is given. */
	async saveWorkflow(workflow: Workflow): Promise<Workflow & { id: string }> {
		const all = await this.workflows();
		const id = all.find(({ name }) => name === workflow.name)?.id;
		// 1.x does not take a new workflow that leaves it open whether it is active.
		if (id === undefined)
			return await this.call('POST', 'workflows', { active: false, ...workflow });
		const { versionId } = await this.call<Workflow>('GET', `workflows/${id}`);
		return await this.call('PATCH', `workflows/${id}`, { ...workflow, versionId });
	}

	/** Runs a saved workflow from a trigger, as the editor's button does, to its end. */
	async runWorkflow(workflow: Workflow & { id: string }, trigger: string): Promise<Execution> {
		return await this.finished(await this.startWorkflow(workflow, trigger));
	}

	/** Starts a saved workflow and answers with the id of its execution. */
	async startWorkflow(workflow: Workflow & { id: string }, trigger: string): Promise<string> {
		const { executionId } = await this.call<{ executionId: string }>(
			'POST',
			`workflows/${workflow.id}/run`,
			// 1.x runs the workflow in the request, 2.x the saved one.
			{ workflowData: workflow, triggerToStartFrom: { name: trigger } },
		);
		return executionId;
	}

	/** Makes a saved workflow run by itself, from its triggers. */
	async activate({ id, name, versionId }: Workflow & { id: string }): Promise<void> {
		await this.call('POST', `workflows/${id}/activate`, { versionId, name, description: '' });
	}

	/**
	 * Makes a saved workflow run by itself, and waits until its triggers have been tried out. 2.x answers before that.
	 *
	 * @throws Error with the words of a trigger that failed
	 */
	async switchOn(workflow: Workflow & { id: string }): Promise<void> {
		await this.activate(workflow);
		for (let tries = 0; tries < MAX_PUBLISHING_TRIES; tries++) {
			const response = await fetch(`${this.url}/rest/workflows/${workflow.id}/publication-status`, {
				headers: { cookie: this.cookie },
			});
			// 1.x knows no such thing, and has tried them out by now.
			if (response.status === 404) return;
			const text = await response.text();
			const { status, triggers } = (JSON.parse(text) as { data: Publication }).data;
			const failure = triggers.find((trigger) => trigger.errorMessage !== null)?.errorMessage;
			if (failure !== undefined) throw new Error(String(failure));
			if (status === 'published') return;
			await sleep(POLL_MS);
		}
		throw new Error(`n8n does not publish ${workflow.name}`);
	}

	async deactivate({ id }: { id: string }): Promise<void> {
		await this.call('POST', `workflows/${id}/deactivate`, {});
	}

	/** Ids of a workflow's executions, newest first. */
	async executionsOf(workflow: { id: string }): Promise<string[]> {
		return (await this.summariesOf(workflow)).map((execution) => execution.id);
	}

	/** A workflow's executions without their data, newest first. */
	async summariesOf({ id }: { id: string }): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
		const { results } = await this.call<{ results: ExecutionSummary[] }>(
			'GET',
			`executions?filter=${filter}`,
		);
		return results;
	}

	/** Waits for the end of an execution. */
	async finished(id: string): Promise<Execution> {
		for (;;) {
			const found = await this.call<{ status: string; data: string }>('GET', `executions/${id}`);
			// 1.x writes the status first and the data a moment later: until then it is an empty list, or what a trigger began with.
			const data = parseFlatted(found.data) as
				| { resultData: { runData: Execution['runs']; error?: Execution['error'] } }
				| undefined;
			if (!UNFINISHED.includes(found.status) && data !== undefined) {
				const { runData: runs, error } = data.resultData;
				const isWritten = error !== undefined || Object.keys(runs).length > 0;
				if (isWritten || !['success', 'error'].includes(found.status))
					return { id, status: found.status, runs, error };
			}
			await sleep(POLL_MS);
		}
	}

	/** @throws Error with n8n's message if the answer is not a success */
	async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		let response: Response;
		for (let tries = 1; ; tries++) {
			response = await fetch(`${this.url}/rest/${path}`, {
				method,
				headers: {
					'content-type': 'application/json',
					cookie: this.cookie,
					// A busy n8n may close an idle connection at the moment it is used again.
					connection: 'close',
				},
				body: body === undefined ? undefined : JSON.stringify(body),
			});
			if (response.status !== BUSY || tries === MAX_TRIES) break;
			await sleep(TRY_MS);
		}
		const [cookie] = response.headers.getSetCookie().map((line) => line.split(';', 1).join());
		if (cookie?.startsWith('n8n-auth=')) this.cookie = cookie;
		const text = await response.text();
		if (!response.ok) {
			throw new Error(`n8n answered ${response.status} to ${method} ${path}: ${text}`);
		}
		return (JSON.parse(text) as { data: T }).data;
	}
}
