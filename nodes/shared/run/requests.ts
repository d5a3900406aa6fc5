import type { IDataObject } from 'n8n-workflow';

import {
	isJsonObject,
	type CallEndpoint,
	type Endpoint,
	type NodeOption,
	type Operation,
} from '../definition';
import { buildUrl, isPassing, type Fault, type Outgoing } from '../http';
import { presenceOf } from '../mapping';
import { addressOf, bodyBeside, sentence, type ParameterValues } from '../write';
import type { Connection } from './connection';
import { ItemFault } from './itemFault';
import { checked } from './options';
import type { NodeParameters } from './parameters';
import { unusable } from './values';

const METHOD: NodeOption = {
	label: 'Method',
	kind: 'choice',
	values: ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'],
};

const methodOf = (parameters: NodeParameters, index: number) =>
	checked(METHOD, parameters.get<unknown>('method', index, 'GET')) as Outgoing['method'];

export type Change = 'write' | 'removal';

/** What the request of an item changes at the vendor; undefined: nothing. */
export function changeOf(
	operation: Operation,
	parameters: NodeParameters,
	index: number,
): Change | undefined {
	if (operation.does === 'call') return 'write';
	if (operation.does !== 'request') return undefined;
	const method = methodOf(parameters, index);
	if (method === 'DELETE') return 'removal';
	return method === 'GET' ? undefined : 'write';
}

/** Calls something that is no record; its answer is the result. */
export async function callOnce(
	connection: Connection,
	endpoint: CallEndpoint,
	values: ParameterValues,
): Promise<IDataObject> {
	const body = bodyBeside(endpoint as Endpoint, values);
	const sent = await connection.sender.send({
		method: endpoint.request.method,
		headers: endpoint.headers,
		url: addressOf(connection.baseUrl, endpoint, values),
		body: Object.keys(body).length === 0 ? undefined : JSON.stringify(body),
		repeatable: endpoint.repeatable,
		expects: 'jsonOrNothing',
	});
	if (sent.ok) return asJson(sent.body);
	throw changeFault(sent.fault, endpoint.repeatable);
}

/** Why a request that changes something brought no answer, and whether it may be made again. */
function changeFault(fault: Fault, repeatable: boolean): ItemFault {
	if (fault.applied === 'no' || repeatable) return new ItemFault(fault, !isPassing(fault.code));
	const message = `${sentence(fault.message)} It may have been done. Look it up in the service before running it again.`;
	return new ItemFault({ ...fault, message }, true);
}

const asJson = (answer: unknown): IDataObject =>
	isJsonObject(answer) ? (answer as IDataObject) : { answer: (answer ?? null) as IDataObject };

/** A request of the user's own making. Only reads may be sent twice: nothing is known of the others. */
export async function freeRequest(
	connection: Connection,
	parameters: NodeParameters,
	index: number,
): Promise<IDataObject> {
	const method = methodOf(parameters, index);
	const path = pathOf(parameters, index);
	const query = Object.entries(jsonOf(parameters, 'query', 'Query Parameters', index)).map(
		([name, value]) => [name, queryText(name, value)] as const,
	);
	const body = jsonOf(parameters, 'body', 'Body', index);
	const reads = method === 'GET';
	const sent = await connection.sender.send({
		method,
		url: buildUrl(connection.baseUrl, path, query),
		body: reads || Object.keys(body).length === 0 ? undefined : JSON.stringify(body),
		repeatable: reads,
		expects: 'anything',
	});
	if (sent.ok) return asJson(sent.body);
	throw reads ? new ItemFault(sent.fault) : changeFault(sent.fault, false);
}

/**
 * The path of a request of the user's own making. One that an expression leaves a hole in leads elsewhere: to the list
 * instead of the record, or to everybody instead of those who fit a filter.
 */
function pathOf(parameters: NodeParameters, index: number): string {
	const given = parameters.get<unknown>('path', index, '');
	const path = typeof given === 'string' ? given.trim() : '';
	if (!/^\/(?!\/)/.test(path))
		throw unusable(
			'Path',
			'must begin with one slash, for example /v2/Example. The host comes from the credential.',
		);
	const [route, query = ''] = path.split('?', 2);
	const hasHole =
		/\/(\/|$)/.test(route) || query.split('&').some((pair) => /^[^=]*=\s*$/.test(pair));
	if (hasHole && !parameters.isConstant('path'))
		throw unusable(
			'Path',
			'has an empty place where an expression gave nothing. Check the expression.',
		);
	return path;
}

/** A value of a query as text. A blank one would ask for everybody. */
function queryText(name: string, value: unknown): string {
	if (isJsonObject(value))
		throw unusable('Query Parameters', `holds an object under "${name}". Give plain values.`);
	if (presenceOf(value) !== 'value')
		throw unusable(
			'Query Parameters',
			`holds nothing under "${name}", so nothing would be filtered by it. Give it a value, or remove it.`,
		);
	return String(value);
}

function jsonOf(
	parameters: NodeParameters,
	name: string,
	label: string,
	index: number,
): Record<string, unknown> {
	const given = parameters.get<unknown>(name, index, {});
	try {
		const value: unknown = typeof given === 'string' ? JSON.parse(given.trim() || '{}') : given;
		if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
	} catch {
		// Explained below.
	}
	throw unusable(label, 'is not a JSON object. Use the form {"name": "value"}.');
}
