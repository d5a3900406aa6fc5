import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import {
	setAt,
	valueAt,
	type CallEndpoint,
	type Endpoint,
	type GatherOperation,
	type ListEndpoint,
	type NodeOption,
	type Operation,
	type ReadEndpoint,
	type Resource,
	type SaveOperation,
	type Vendor,
} from '../definition';
import { buildUrl, isPassing, type Fault, type Outgoing } from '../http';
import { presenceOf, presenter } from '../mapping';
import { listIn, respelled } from '../paging';
import { addressOf, bodyBeside, recordPages, sentence, type ParameterValues } from '../write';
import type { Connection } from './connection';
import { checked, optionsAt } from './options';
import type { NodeParameters } from './parameters';
import { unusable, valuesOf } from './values';

export type ReadOperation = Exclude<Operation, SaveOperation>;

/** The request of one item failed. */
export class ItemFault extends Error {
	/** `final`: the same request, made again, would bring nothing else, or harm. */
	constructor(
		readonly fault: Fault,
		readonly final = false,
	) {
		super(fault.message);
		this.name = 'ItemFault';
	}
}

export type Item = Pick<INodeExecutionData, 'json' | 'binary'>;
type Reader = (index: number) => Promise<Item[]>;

const SIMPLIFY: NodeOption = { label: 'Simplify', kind: 'boolean' };
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
	operation: ReadOperation,
	parameters: NodeParameters,
	index: number,
): Change | undefined {
	if (operation.does === 'call') return 'write';
	if (operation.does !== 'request') return undefined;
	const method = methodOf(parameters, index);
	if (method === 'DELETE') return 'removal';
	return method === 'GET' ? undefined : 'write';
}

export interface ReadSetup {
	vendor: Vendor;
	resource: Resource;
	operation: ReadOperation;
	connection: Connection;
	parameters: NodeParameters;
}

/** What an operation does for one item. */
export function readerOf(context: IExecuteFunctions, setup: ReadSetup): Reader {
	const { resource, operation, connection, parameters } = setup;
	if (operation.does === 'request')
		return async (index) => [{ json: await freeRequest(connection, parameters, index) }];

	const endpoint = resource.endpoints[operation.endpoint];
	const values = valuesOf(endpoint.parameters ?? {}, parameters, operation.does === 'list');
	const simplify = (index: number) =>
		checked(SIMPLIFY, parameters.get<unknown>('simplify', index, true)) ? 'simplified' : 'raw';
	const present = (index: number) => {
		const { outputFields = [] } = optionsAt(parameters, index);
		return presenter(
			resource,
			outputFields.length > 0 ? 'selected' : simplify(index),
			outputFields,
		);
	};

	const tell = (message: string) =>
		context.addExecutionHints({ type: 'warning', location: 'outputPane', message });

	switch (operation.does) {
		case 'list':
			return async (index) => {
				const limit = limitOf(parameters, index);
				const records = await takeRecords(
					connection,
					resource,
					endpoint as ListEndpoint,
					values.read(index),
					{
						limit,
						onTotal: (total) => {
							if (total > limit) hintTotal(context, limit, total);
						},
						tell,
					},
				);
				const { fullDetails } = optionsAt(parameters, index);
				if (operation.details === undefined || !fullDetails)
					return records.map((record) => ({ json: present(index)(record) as IDataObject }));

				const details = resource.endpoints[operation.details.endpoint] as ReadEndpoint;
				const items: Item[] = [];
				for (const record of records) {
					const by: Record<string, unknown> = {};
					for (const [path, name] of Object.entries(operation.details.by))
						by[name] = valueAt(record, path);
					const full = await readOne(connection, resource, details, {
						...values.read(index),
						...by,
					});
					items.push(
						await asItem(context, details, full, present(index), fileField(parameters, index)),
					);
				}
				return items;
			};
		case 'get':
			return async (index) => {
				const record = await readOne(
					connection,
					resource,
					endpoint as ReadEndpoint,
					values.read(index),
				);
				return [
					await asItem(
						context,
						endpoint as ReadEndpoint,
						record,
						present(index),
						fileField(parameters, index),
					),
				];
			};
		case 'gather':
			return async (index) => {
				const given = values.read(index);
				const record = await readOne(connection, resource, endpoint as ReadEndpoint, given);
				const whole: IDataObject = { ...(present(index)(record) as IDataObject) };
				const [key] = Object.values(given);
				for (const part of operation.parts) {
					const other = setup.vendor.resources.find(({ name }) => name === part.resource);
					if (other === undefined) continue;
					const list = other.endpoints[part.endpoint] as ListEndpoint;
					const asked = { ...defaultsOf(list), [part.by]: key };
					const records = await takeRecords(connection, other, list, asked, {
						limit: Infinity,
						tell,
					});
					const show = presenter(other, simplify(index));
					whole[part.as] = records
						.filter((entry) => belongs(entry, part, other, key))
						.map((entry) => show(entry) as IDataObject);
				}
				return [{ json: whole }];
			};
		case 'call':
			return async (index) => {
				const answer = await callOnce(connection, endpoint as CallEndpoint, values.read(index));
				return [{ json: answer }];
			};
	}
}

const fileField = (parameters: NodeParameters, index: number): string =>
	parameters.get('binaryPropertyName', index, 'data');

/** Is a listed record the key's own? One that does not say so may be anybody's. */
function belongs(
	record: unknown,
	{ belongs: path, unowned = 'fail' }: GatherOperation['parts'][number],
	{ plural }: Resource,
	key: unknown,
): boolean {
	if (path === undefined) return true;
	const owner = valueAt(record, path);
	if (owner !== undefined && owner !== null) return String(owner) === String(key);
	if (unowned === 'keep') return true;
	throw new ItemFault({
		code: 'UNREADABLE_ANSWER',
		message: `The service listed ${plural.toLowerCase()} without saying whose they are, so they cannot be told from those of others.`,
		applied: 'no',
	});
}

async function answerOf(connection: Connection, outgoing: Outgoing): Promise<unknown> {
	const sent = await connection.sender.send(outgoing);
	if (!sent.ok) throw new ItemFault(sent.fault);
	return sent.body;
}

/** What a list is asked with when nobody chose anything, for example a stable order. */
export const defaultsOf = ({ parameters = {} }: ListEndpoint): ParameterValues =>
	Object.fromEntries(
		Object.entries(parameters).map(([key, parameter]) => [key, parameter.default]),
	);

const WHOLE_NUMBER = /^\d+$/;

/**
 * How many records are wanted. Blank or unreadable is an error, since everybody would be the answer, and what stands behind
 * this node may remove them.
 */
function limitOf(parameters: NodeParameters, index: number): number {
	const all = parameters.get<unknown>('returnAll', index, false);
	const yes = /^(true|false)$/i.test(String(all)) ? /^true$/i.test(String(all)) : undefined;
	if (yes === undefined) throw unusable('Return All', 'is neither true nor false. Choose one.');
	if (yes) return Infinity;
	const limit = parameters.get<unknown>('limit', index, 50);
	const text = typeof limit === 'number' || typeof limit === 'string' ? String(limit).trim() : '';
	if (!WHOLE_NUMBER.test(text) || Number(text) < 1)
		throw unusable(
			'Limit',
			text === ''
				? 'is empty. Enter how many records you want at most.'
				: 'is not a whole number from 1. Enter how many records you want at most.',
		);
	return Number(text);
}

function hintTotal(context: IExecuteFunctions, shown: number, total: number): void {
	context.addExecutionHints({
		type: 'info',
		location: 'outputPane',
		message: `The first ${shown} of ${total} records, as the service counts them.`,
	});
}

interface Taking {
	limit: number;
	/** Hears how many the service says there are, once, if it says so. */
	onTotal?(total: number): void;
	/** Hears why somebody may be missing. */
	tell?(message: string): void;
}

/** Records of a list up to a limit, which ends the requests as well. */
export async function takeRecords(
	connection: Connection,
	resource: Resource,
	endpoint: ListEndpoint,
	values: ParameterValues,
	{ limit, onTotal, tell }: Taking,
): Promise<unknown[]> {
	const { baseUrl, sender } = connection;
	const records: unknown[] = [];
	let told = false;
	const list = recordPages({ resource, baseUrl, sender }, endpoint, {
		values,
		wanted: limit,
		tell,
		onAnswer(body) {
			const total = endpoint.total === undefined ? undefined : valueAt(body, endpoint.total);
			if (typeof total === 'number' && !told) onTotal?.(total);
			told = true;
		},
	});
	for await (const page of list)
		for (const record of page) {
			records.push(record);
			if (records.length >= limit) return records;
		}
	return records;
}

async function readOne(
	connection: Connection,
	resource: Resource,
	endpoint: ReadEndpoint,
	values: ParameterValues,
): Promise<unknown> {
	const body = await answerOf(connection, {
		method: endpoint.request.method,
		headers: endpoint.headers,
		url: addressOf(connection.baseUrl, endpoint, values),
		repeatable: true,
		expects: 'json',
	});
	const { record = '', among, loose } = endpoint;
	if (among === undefined) return valueAt(body, record);
	const list = listIn(body, record, loose);
	const entries = (Array.isArray(list) ? list : []).map((entry) => respelled(resource, entry));
	const same = (one: unknown, other: unknown) =>
		String(one).toLowerCase() === String(other).toLowerCase();
	const fits = (entry: unknown) =>
		Object.entries(among).every(([path, name]) => same(valueAt(entry, path), values[name]));
	const found = entries.find(fits);
	if (found !== undefined) return found;
	throw new ItemFault({
		code: 'NOT_FOUND',
		message: `The service answered without the ${resource.label.toLowerCase()} that was asked for.`,
		applied: 'no',
	});
}

/** A record as an item; a file inside it becomes binary data. */
async function asItem(
	context: IExecuteFunctions,
	endpoint: ReadEndpoint,
	record: unknown,
	present: (record: unknown) => unknown,
	field: string,
): Promise<Item> {
	const { file } = endpoint;
	const content = file === undefined ? undefined : valueAt(record, file.content);
	if (file === undefined || typeof content !== 'string' || content === '')
		return { json: present(record) as IDataObject };
	const textAt = (path: string): string | undefined => {
		const value = valueAt(record, path);
		return typeof value === 'string' && value !== '' ? value : undefined;
	};
	const binary = await context.helpers.prepareBinaryData(
		Buffer.from(content, 'base64'),
		textAt(file.name),
		textAt(file.type),
	);
	const rest = structuredCopy(record);
	setAt(rest, file.content, undefined);
	return { json: present(rest) as IDataObject, binary: { [field]: binary } };
}

const structuredCopy = (record: unknown): Record<string, unknown> =>
	JSON.parse(JSON.stringify(record)) as Record<string, unknown>;

async function callOnce(
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
	typeof answer === 'object' && answer !== null && !Array.isArray(answer)
		? (answer as IDataObject)
		: { answer: (answer ?? null) as IDataObject };

/** A request of the user's own making. Only reads may be sent twice: nothing is known of the others. */
async function freeRequest(
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
	if (typeof value === 'object' && value !== null && !Array.isArray(value))
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
