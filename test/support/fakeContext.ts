import type {
	IBinaryData,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
} from 'n8n-workflow';

import type { ProcessedData } from './processedData';

export interface FakeRequest {
	credential: string;
	method: string;
	url: string;
	body: unknown;
	headers: Record<string, string>;
}

export interface FakeAnswer {
	status: number;
	body?: unknown;
	headers?: Record<string, string>;
}

export type FakeService = (
	request: FakeRequest,
	n: number,
) => FakeAnswer | Error | Promise<FakeAnswer | Error>;

export interface FakeSetup {
	type?: string;
	/** The same for every item. */
	parameters: IDataObject;
	/** Set by an expression: one value for each item, and no answer for any other index. */
	byItem?: Readonly<Record<string, readonly unknown[]>>;
	items: INodeExecutionData[];
	onError?: INode['onError'];
	retryOnFail?: boolean;
	credential?: IDataObject;
	service: FakeService;
	signal?: AbortSignal;
	/** False: bodies are not looked at, so that a measurement holds only what the node does. */
	parseBodies?: boolean;
	/** What n8n remembers for the node from run to run. */
	processed?: ProcessedData;
	/** ID of the workflow; without one it is like no other. */
	workflow?: string;
	/** The object n8n keeps for one run of one node; the same for all tries. */
	run?: object;
}

let workflows = 0;

/**
 * What a node sees of n8n, reduced to what ours uses. It is strict: a parameter that is set by an expression is only known
 * for the item it is asked for, and what has not been set falls back to the default given, as in n8n.
 */
export function fakeContext(setup: FakeSetup) {
	const { parameters, byItem = {}, items, onError = 'stopWorkflow', service } = setup;
	const requests: FakeRequest[] = [];
	const { workflow = `workflow ${++workflows}` } = setup;
	const hints: Array<{ message: string }> = [];
	const reads: string[] = [];
	const stored: IDataObject = { ...parameters };
	for (const name of Object.keys(byItem)) stored[name] = `={{ $json.${name}Of() }}`;
	const node = {
		id: '1',
		name: 'Node',
		type: setup.type ?? 'n8n-nodes-talent.node',
		typeVersion: 1,
		position: [0, 0],
		parameters: stored,
		onError,
		retryOnFail: setup.retryOnFail ?? false,
	} as unknown as INode;

	const context = {
		getNode: () => node,
		getInputData: () => items,
		continueOnFail: () => onError !== 'stopWorkflow',
		getExecuteData: () => setup.run ?? context,
		getExecutionCancelSignal: () => setup.signal,
		getWorkflow: () => ({ id: workflow }),
		addExecutionHints: (...added: Array<{ message: string }>) => void hints.push(...added),
		getCredentials: async () => setup.credential ?? {},
		getNodeParameter(name: string, index: number, fallback?: unknown) {
			reads.push(`${name} ${index}`);
			if (name in byItem) {
				if (index >= byItem[name].length) throw new Error(`No item ${index} for ${name}`);
				return byItem[name][index];
			}
			return name in parameters ? parameters[name] : fallback;
		},
		helpers: {
			...setup.processed?.helpers,
			async httpRequestWithAuthentication(credential: string, options: IDataObject) {
				const body = (options.body as Buffer | undefined)?.toString();
				const request: FakeRequest = {
					credential,
					method: String(options.method),
					url: String(options.url),
					body:
						body === undefined || setup.parseBodies === false
							? body
							: (JSON.parse(body) as unknown),
					headers: options.headers as Record<string, string>,
				};
				requests.push(request);
				const answer = await service(request, requests.length);
				await new Promise((resolve) => setImmediate(resolve));
				if (answer instanceof Error) throw answer;
				const ignored =
					typeof options.ignoreHttpStatusErrors === 'object'
						? answer.status !== 401
						: options.ignoreHttpStatusErrors === true;
				if (answer.status >= 400 && !ignored)
					throw Object.assign(new Error(`Status ${answer.status}`), {
						httpCode: String(answer.status),
						response: { status: answer.status, data: answer.body },
					});
				return { statusCode: answer.status, headers: answer.headers ?? {}, body: answer.body };
			},
			assertBinaryData: (index: number, name: string) => items[index].binary?.[name] as IBinaryData,
			getBinaryDataBuffer: async (index: number, name: string) =>
				Buffer.from(items[index].binary?.[name].data ?? '', 'base64'),
			prepareBinaryData: async (data: Buffer, fileName?: string, mimeType?: string) => ({
				data: data.toString('base64'),
				fileName,
				mimeType,
			}),
		},
	};
	return { context: context as unknown as IExecuteFunctions, requests, hints, reads };
}

export const inlineFile = (
	content: string | Buffer,
	fileName: string,
	mimeType = 'text/csv',
): IBinaryData => ({ data: Buffer.from(content).toString('base64'), fileName, mimeType });
