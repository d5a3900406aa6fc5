import { ExecutionLifecycleHooks, ExternalSecretsProxy, WorkflowExecute } from 'n8n-core';
import {
	NodeHelpers,
	Workflow,
	type ExecutionError,
	type IConnections,
	type ICredentialType,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type ITaskData,
	type IVersionedNodeType,
	type IWorkflowExecuteAdditionalData,
	type NodeExecutionHint,
	type OnError,
} from 'n8n-workflow';

import { TestCredentials, type Secrets } from './credentials';
import { logLines } from './logs';
import { counted, passOn, startWith } from './nodes';

export interface EngineSetup {
	/** By the node type name that workflows use. */
	nodes: Record<string, INodeType | IVersionedNodeType>;
	credentialTypes?: ICredentialType[];
	/** What is stored; a session token fetched in one run is there in the next. */
	secrets?: Secrets;
}

export interface WorkflowSetup {
	node: {
		type: string;
		typeVersion?: number;
		parameters?: INodeParameters;
		/** Names of the credential types the node uses; default: every stored one. */
		credentials?: string[];
		onError?: OnError;
		retryOnFail?: boolean;
		maxTries?: number;
		/** Milliseconds. */
		waitBetweenTries?: number;
		executeOnce?: boolean;
		alwaysOutputData?: boolean;
	};
	/** Items that reach the node; default: one empty item. */
	input?: INodeExecutionData[];
}

type Pairing = INodeExecutionData['pairedItem'];

export interface EngineRun {
	/** What reached the node behind the success output; null when it did not run. */
	ok: IDataObject[] | null;
	/** What reached the node behind the error output; null when it did not run. */
	err: IDataObject[] | null;
	/** How often the node was executed. */
	calls: number;
	hints: NodeExecutionHint[];
	/** Of the node, or of the whole execution. */
	error: ExecutionError | undefined;
	/** `success`, `error`, `canceled`, ... */
	status: IRun['status'];
	/** The node's own record of the run, with items in full (`data.main[output][item]`). */
	task: ITaskData | undefined;
	/** `pairedItem` of what left by each output. */
	pairing: { ok: Pairing[]; err: Pairing[] };
	/** What n8n logged meanwhile, one entry a line. */
	logs: string[];
}

/** Start → Node → Ok (success output) and Err (error output), executed by n8n's own engine. */
export class Engine {
	readonly credentials: TestCredentials;
	private executions = 0;

	constructor(private readonly setup: EngineSetup) {
		const types = (setup.credentialTypes ?? []).map((type) => [type.name, type] as const);
		this.credentials = new TestCredentials(Object.fromEntries(types), setup.secrets ?? {});
	}

	async runWorkflow(setup: WorkflowSetup): Promise<EngineRun> {
		return await this.start(setup).done;
	}

	/** `stop` does what the Stop button does. */
	start({ node, input = [{ json: {} }] }: WorkflowSetup): {
		stop(): void;
		done: Promise<EngineRun>;
	} {
		const count = { calls: 0 };
		const logged = logLines.length;
		const { type, credentials = Object.keys(this.credentials.stored), ...settings } = node;
		const nodes: INode[] = [
			at('Start', 0, { type: 'start' }),
			at('Node', 1, {
				typeVersion: 1,
				...settings,
				type,
				credentials: Object.fromEntries(credentials.map((name) => [name, { id: name, name }])),
			}),
			at('Ok', 2, { type: 'sink' }),
			at('Err', 3, { type: 'sink' }),
		];
		const workflow = new Workflow({
			id: 'workflow',
			nodes,
			connections: CONNECTIONS,
			active: false,
			nodeTypes: this.nodeTypes(type, input, count),
			settings: { executionOrder: 'v1' },
		});
		const execution = new WorkflowExecute(this.additionalData(nodes), 'manual').run({
			workflow,
			startNode: nodes[0],
		});
		return {
			stop: () => execution.cancel(),
			done: execution.then((run) => ({
				...resultOf(run),
				calls: count.calls,
				logs: logLines.slice(logged),
			})),
		};
	}

	private nodeTypes(
		type: string,
		input: INodeExecutionData[],
		count: { calls: number },
	): INodeTypes {
		const tested = this.setup.nodes[type];
		if (tested === undefined) throw new Error(`The test has no node type ${type}`);
		const ofName: Record<string, INodeType | IVersionedNodeType> = {
			start: startWith(input),
			sink: passOn(),
			[type]: tested,
		};
		return {
			getByName: (name) => ofName[name],
			getByNameAndVersion: (name, version) => {
				const found = NodeHelpers.getVersionedNodeType(ofName[name], version);
				return name === type ? counted(found, count) : found;
			},
			getKnownTypes: () => ({}),
		};
	}

	private additionalData(nodes: INode[]): IWorkflowExecuteAdditionalData {
		const executionId = String(++this.executions);
		const nowhere = 'http://127.0.0.1';
		const notPartOfIt = async (): Promise<never> => {
			throw new Error('This part of the n8n server is not there in engine tests');
		};
		return {
			credentialsHelper: this.credentials,
			hooks: new ExecutionLifecycleHooks('manual', executionId, {
				id: 'workflow',
				name: 'workflow',
				nodes,
				connections: CONNECTIONS,
				active: false,
				activeVersionId: null,
				isArchived: false,
				createdAt: new Date(0),
				updatedAt: new Date(0),
			}),
			externalSecretsProxy: new ExternalSecretsProxy(),
			executionId,
			currentNodeExecutionIndex: 0,
			variables: {},
			restApiUrl: nowhere,
			instanceBaseUrl: nowhere,
			formBaseUrl: nowhere,
			formWaitingBaseUrl: nowhere,
			formTestBaseUrl: nowhere,
			webhookBaseUrl: nowhere,
			webhookWaitingBaseUrl: nowhere,
			webhookTestBaseUrl: nowhere,
			mcpBaseUrl: nowhere,
			mcpTestBaseUrl: nowhere,
			setExecutionStatus() {},
			sendDataToUI() {},
			logAiEvent() {},
			executeWorkflow: notPartOfIt,
			getRunExecutionData: notPartOfIt,
			getRuntimeCredential: notPartOfIt,
			startRunnerTask: notPartOfIt,
		};
	}
}

const CONNECTIONS: IConnections = {
	Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] },
	Node: {
		main: [[{ node: 'Ok', type: 'main', index: 0 }], [{ node: 'Err', type: 'main', index: 0 }]],
	},
};

const at = (name: string, position: number, more: Partial<INode> & { type: string }): INode => ({
	id: name,
	name,
	typeVersion: 1,
	position: [position, 0],
	parameters: {},
	...more,
});

function resultOf(run: IRun): Omit<EngineRun, 'calls' | 'logs'> {
	const { runData, error } = run.data.resultData;
	const task = runData.Node?.[0];
	const reached = (sink: string) =>
		runData[sink]?.[0]?.data?.main[0]?.map((item) => item.json) ?? null;
	const paired = (output: number): Pairing[] =>
		task?.data?.main[output]?.map((item) => item.pairedItem) ?? [];
	return {
		ok: reached('Ok'),
		err: reached('Err'),
		hints: task?.hints ?? [],
		error: task?.error ?? error,
		status: run.status,
		task,
		pairing: { ok: paired(0), err: paired(1) },
	};
}
