import { whoz } from '../../nodes/Whoz/whoz.vendor';
import { INGEDATA_PAGE_SIZE, INGEDATA_TALENTS_PATH } from '../../test/sandbox/ingedata';
import { WHOZ_MAX_ROWS, WHOZ_SAVE_PATH } from '../../test/sandbox/whoz';
import type { BareKind } from '../lib/bareClient';
import type { Execution, Item } from '../lib/n8nClient';
import type { Node, Wires } from '../lib/workflow';
import { statementsOf, type Statement } from './statements';
import { placed } from '../../test/support/placedOptions';

/*
 * The ways of doing the same work that are compared, each as its user would build it.
 */

/** Where a vendor is, and the credential in n8n that signs in there. */
export interface Account {
	baseUrl: string;
	credential: { id: string; name: string };
}

/** Stands for any account, where only the nodes matter. */
export const ANYWHERE: Account = {
	baseUrl: 'https://www.example.com',
	credential: { id: '', name: '' },
};

/** The nodes a user places behind those that give the items, the first of which they feed. */
export interface Placed {
	nodes: Node[];
	/** Of several nodes that do not stand in a row. */
	wires?: Wires;
}

export interface WorkflowRival {
	name: string;
	/** Continues "A: ". */
	what: string;
	placed(account: Account): Placed;
	/** What the workflow's output says of each row. */
	said(execution: Execution, rows: number): Statement[];
}

export interface BareRival {
	name: string;
	what: string;
	bare: BareKind;
}

export type Rival = WorkflowRival | BareRival;

/** What our node sends at once by default. */
export const CONCURRENCY = whoz.concurrency;

const itemsOf = (execution: Execution, node: string): Item[] =>
	execution.runs[node]?.at(-1)?.data?.main[0] ?? [];

// --- Ours ---------------------------------------------------------------------------------------

const OURS = 'Whoz';

const ours = (options: object): Pick<WorkflowRival, 'placed' | 'said'> => ({
	placed: ({ credential }) => ({
		nodes: [
			{
				name: OURS,
				type: 'n8n-nodes-talent.whoz',
				parameters: {
					authentication: 'bearer',
					resource: 'talent',
					operation: 'bulkSave',
					columns: { mappingMode: 'autoMapInputData', value: null },
					...placed(options),
				},
				credentials: { whozBearerApi: credential },
			},
		],
	}),
	said: (execution, rows) => {
		const said = new Array<Statement>(rows).fill(undefined);
		for (const { json } of itemsOf(execution, OURS))
			said[Number(json.row) - 1] = json.status as Statement;
		return said;
	},
});

// --- The HTTP Request node ----------------------------------------------------------------------

const HTTP = 'HTTP Request';

const httpRequest = (
	{ credential }: Account,
	credentialType: string,
	parameters: object,
	settings: object = {},
): Node => ({
	name: HTTP,
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.5,
	parameters: {
		authentication: 'predefinedCredentialType',
		nodeCredentialType: credentialType,
		...parameters,
	},
	credentials: { [credentialType]: credential },
	...settings,
});

/** A row in Whoz's shape, in the language of n8n's expressions. */
const RECORD = `({
  externalId: row['External ID'],
  firstName: row['First Name'],
  lastName: row['Last Name'],
  emails: [{ address: row.Email, main: true }],
  history: [{ since: row.Since, workspaceId: row['Workspace ID'] }],
  tags: row.Tags.split('; '),
})`;

const bodyOf = (rows: string) => `={{ JSON.stringify({
  configuration: { usingPatch: true, trustedSource: false },
  data: ${rows}.map((row) => ${RECORD}),
}) }}`;

const post = (account: Account, rows: string, options: object, settings?: object): Node =>
	httpRequest(
		account,
		'whozBearerApi',
		{
			method: 'POST',
			url: `${account.baseUrl}${WHOZ_SAVE_PATH}`,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: bodyOf(rows),
			options,
		},
		settings,
	);

/** Items of the HTTP Request node are Whoz's answers, or hold what went wrong. */
const answered = ({ json }: Item, size: number) =>
	statementsOf(json.error === undefined ? { size, body: json } : { size, error: 'yes' });

const oneByOne = (options: object, settings?: object): Pick<WorkflowRival, 'placed' | 'said'> => ({
	placed: (account) => ({ nodes: [post(account, '[$json]', options, settings)] }),
	said: (execution, rows) => {
		const items = itemsOf(execution, HTTP);
		return Array.from({ length: rows }, (_, n) =>
			n < items.length ? answered(items[n], 1)[0] : undefined,
		);
	},
});

/**
 * Aggregate and one expression, because they take half as long as a Code node that makes the same body: that one runs in
 * another process, to which n8n sends the rows and from which it reads them back.
 */
const looped: Pick<WorkflowRival, 'placed' | 'said'> = {
	placed: (account) => ({
		nodes: [
			{
				name: 'Loop Over Items',
				type: 'n8n-nodes-base.splitInBatches',
				typeVersion: 3,
				parameters: { batchSize: WHOZ_MAX_ROWS, options: {} },
			},
			{
				name: 'Aggregate',
				type: 'n8n-nodes-base.aggregate',
				parameters: {
					aggregate: 'aggregateAllItemData',
					destinationFieldName: 'data',
					options: {},
				},
			},
			post(account, '$json.data', {}, { retryOnFail: true, onError: 'continueRegularOutput' }),
		],
		wires: {
			'Loop Over Items': [[], ['Aggregate']],
			Aggregate: [[HTTP]],
			[HTTP]: [['Loop Over Items']],
		},
	}),
	said: (execution, rows) => {
		const items = itemsOf(execution, 'Loop Over Items');
		const said = items.flatMap((item, at) =>
			answered(item, Math.min(WHOZ_MAX_ROWS, rows - at * WHOZ_MAX_ROWS)),
		);
		return Array.from({ length: rows }, (_, n) => said[n]);
	},
};

/** What the option Batching holds when it is added. */
const BATCHING = { batching: { batch: { batchSize: 50, batchInterval: 1000 } } };

const RIVALS = {
	A: {
		name: 'A',
		what: 'our node, Bulk Save, as it is when it is added',
		...ours({}),
	},
	B: {
		name: 'B',
		what: 'the HTTP Request node as it is when it is added, one request for each row. It sends all of them at once and has no setting for that',
		...oneByOne({}),
	},
	C: {
		name: 'C',
		what: 'as B, with its option Batching (50 items, then a pause of 1,000 ms, as it is when it is added) and with Retry On Fail (3 tries, 1,000 ms apart)',
		...oneByOne(BATCHING, { retryOnFail: true }),
	},
	D: {
		name: 'D',
		what: `what somebody builds who knows n8n and Whoz: Loop Over Items in batches of ${WHOZ_MAX_ROWS}, Aggregate, and an HTTP Request whose body is one expression, with Retry On Fail (3 tries, 1,000 ms apart) and On Error set to continue, so that one refused batch does not end the loop`,
		...looped,
	},
	E1: {
		name: 'E (node:http)',
		what: `no n8n: a script with node:http, ${WHOZ_MAX_ROWS} rows a request, ${CONCURRENCY} requests at once over connections that are kept. It tries nothing twice`,
		bare: 'http',
	},
	E2: { name: 'E (axios)', what: 'the same script with axios', bare: 'axios' },
	F: {
		name: 'F',
		what: 'our node with one row a request (option Chunk Size 1) and all requests at once as in B (option Requests in Parallel 1,000)',
		...ours({ chunkSize: 1, concurrency: 1000 }),
	},
	F4: {
		name: `F (${CONCURRENCY} at once)`,
		what: `as F with the ${CONCURRENCY} requests at once that our node sends by default`,
		...ours({ chunkSize: 1 }),
	},
	N: {
		name: 'Nothing',
		what: 'the same workflow with a node that does nothing, to know what the input alone costs',
		placed: () => ({
			nodes: [{ name: 'Nothing', type: 'n8n-nodes-base.noOp', parameters: {} }],
		}),
		said: () => [],
	},
} satisfies Record<string, Rival>;

export type RivalId = keyof typeof RIVALS;

export const rivals: Readonly<Record<RivalId, Rival>> = RIVALS;

// --- Listing ------------------------------------------------------------------------------------

export interface Lister {
	name: string;
	what: string;
	placed?(account: Account): Placed;
	/** Whose items are the records. */
	output?: string;
	bare?: BareKind;
}

const LISTERS = {
	ours: {
		name: 'Our node',
		what: 'our node, Get Many with Return All',
		placed: ({ credential }: Account): Placed => ({
			nodes: [
				{
					name: 'Ingedata',
					type: 'n8n-nodes-talent.ingedata',
					parameters: {
						authentication: 'bearer',
						resource: 'talent',
						operation: 'getAll',
						returnAll: true,
					},
					credentials: { ingedataBearerApi: credential },
				},
			],
		}),
		output: 'Ingedata',
	},
	http: {
		name: 'HTTP Request',
		what: 'the HTTP Request node with its option Pagination, then Split Out, because it gives one item for each page',
		placed: (account: Account): Placed => ({
			nodes: [
				httpRequest(account, 'ingedataBearerApi', {
					url: `${account.baseUrl}${INGEDATA_TALENTS_PATH}`,
					sendQuery: true,
					queryParameters: {
						parameters: [{ name: 'page[size]', value: String(INGEDATA_PAGE_SIZE) }],
					},
					options: {
						pagination: {
							pagination: {
								parameters: {
									parameters: [
										{ type: 'qs', name: 'page[number]', value: '={{ $pageCount + 1 }}' },
									],
								},
								paginationCompleteWhen: 'other',
								completeExpression: `={{ $response.body.data.length < ${INGEDATA_PAGE_SIZE} }}`,
							},
						},
					},
				}),
				{
					name: 'Split Out',
					type: 'n8n-nodes-base.splitOut',
					parameters: { fieldToSplitOut: 'data', options: {} },
				},
			],
		}),
		output: 'Split Out',
	},
	bareHttp: { name: 'node:http', what: 'a script with node:http', bare: 'http' },
	bareAxios: { name: 'axios', what: 'the same script with axios', bare: 'axios' },
} satisfies Record<string, Lister>;

export type ListerId = keyof typeof LISTERS;

export const listers: Readonly<Record<ListerId, Lister>> = LISTERS;

// --- What has to be placed ----------------------------------------------------------------------

/** Nodes and expressions of a workflow, without those that give the items. */
export function effortOf({ nodes }: Placed): { nodes: number; expressions: number } {
	const expressionsIn = (value: unknown): number => {
		if (typeof value === 'string') return value.startsWith('=') ? 1 : 0;
		if (typeof value !== 'object' || value === null) return 0;
		return Object.values(value).reduce<number>((sum, inner) => sum + expressionsIn(inner), 0);
	};
	return { nodes: nodes.length, expressions: expressionsIn(nodes) };
}
