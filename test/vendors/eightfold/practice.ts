import {
	isRouteChoice,
	type ListEndpoint,
	type Resource,
	type Route,
	type SaveOperation,
} from '../../../nodes/shared/definition';
import { Budget, redactor, Sender, type HttpResponse } from '../../../nodes/shared/http';
import { prepareMapper } from '../../../nodes/shared/mapping';
import { recordPages, save, type Outcome } from '../../../nodes/shared/write';
import { eightfold } from '../../../nodes/Eightfold/eightfold.vendor';
import type { Sandbox } from '../../sandbox';
import { EIGHTFOLD_BEARER_TOKEN, EIGHTFOLD_SYSTEM_ID } from '../../sandbox/eightfold';
import { call } from '../../sandbox-tests/client';
import { VirtualPort } from '../../support/virtualPort';

type Row = Record<string, unknown>;

/** Long enough for every poll of the sandbox; virtual. */
const WAIT_MS = 60_000;

/** The engine, connected to the local Eightfold; its clock moves by sleeping only. */
export function connect(sandbox: Sandbox, { perMinute }: { perMinute?: number } = {}) {
	const baseUrl = sandbox.baseUrl('eightfold');
	const port = new VirtualPort(async ({ method, url, body }): Promise<HttpResponse> => {
		const headers = { authorization: `Bearer ${EIGHTFOLD_BEARER_TOKEN}` };
		const reply = await call(url, { method, headers, body });
		const parsed: unknown = reply.text === '' ? undefined : reply.json();
		return { status: reply.status, headers: {}, body: parsed };
	});
	const redact = redactor([]);
	const sender = new Sender(port, {
		baseUrl,
		budget: new Budget(),
		rate: perMinute === undefined ? undefined : { requests: perMinute, seconds: 60 },
		maxWaitMs: 300_000,
		timeoutMs: 10_000,
		errorMessages: eightfold.errorMessages,
		redact,
	});
	return { baseUrl, port, sender, redact };
}

export interface SaveOptions {
	parameters?: Row;
	writeMode?: string;
	wait?: boolean;
	perMinute?: number;
	concurrency?: number;
	additionalFields?: Row;
}

const routeOf = ({ route }: SaveOperation, writeMode: string | undefined): Route => {
	if (!isRouteChoice(route)) return route;
	const { choices } = route;
	return (choices.find(({ value }) => value === writeMode) ?? choices[0]).route;
};

/** Runs a saving operation as the node does; outcomes in the order of the rows. */
export async function saveRows(
	sandbox: Sandbox,
	resource: Resource,
	name: string,
	rows: readonly Row[],
	options: SaveOptions = {},
) {
	const { parameters = {}, writeMode, wait = true, additionalFields } = options;
	const operation = resource.operations[name] as SaveOperation;
	const connection = connect(sandbox, options);
	const outcomes: Outcome[] = [];
	const values = { systemId: EIGHTFOLD_SYSTEM_ID, ...parameters };
	const policy = {
		unknownFields: 'error',
		blankValues: 'leave',
		fieldsToClear: [],
		additionalFields,
	} as const;
	await save(
		() =>
			rows.map((row, at) => ({ row: at + 1, index: at, values: row, parameters: values, policy })),
		{
			resource,
			operation,
			route: routeOf(operation, writeMode),
			mapper: prepareMapper(resource, operation),
			...connection,
			concurrency: options.concurrency ?? eightfold.concurrency,
			duplicates: operation.rows === 'one' ? undefined : 'fail',
			validateOnly: false,
			includeRequest: false,
			transactionWaitMs: wait ? WAIT_MS : 0,
			emit: (outcome) => outcomes.push(outcome),
		},
	);
	outcomes.sort((a, b) => a.row - b.row);
	return { outcomes, statuses: outcomes.map(({ status }) => status), port: connection.port };
}

/** All records of a list. */
export async function listAll(
	sandbox: Sandbox,
	resource: Resource,
	parameters: Row = {},
	wanted = Infinity,
) {
	const { baseUrl, sender, port } = connect(sandbox);
	const endpoint = resource.endpoints.list as ListEndpoint;
	const values = { systemId: EIGHTFOLD_SYSTEM_ID, ...parameters };
	const records: Row[] = [];
	const list = recordPages({ resource, baseUrl, sender }, endpoint, { values, wanted });
	for await (const page of list) for (const record of page) records.push(record as Row);
	return { records, port };
}
