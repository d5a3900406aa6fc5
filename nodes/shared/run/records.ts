import { valueAt, type ListEndpoint, type ReadEndpoint, type Resource } from '../definition';
import { listIn, respelled } from '../paging';
import { addressOf, recordPages, type ParameterValues } from '../write';
import type { Connection } from './connection';
import { ItemFault } from './itemFault';

/** What a list is asked with when nobody chose anything, for example a stable order. */
export const defaultsOf = ({ parameters = {} }: ListEndpoint): ParameterValues =>
	Object.fromEntries(
		Object.entries(parameters).map(([key, parameter]) => [key, parameter.default]),
	);

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

/** The record that an address or a list leads to. */
export async function readOne(
	connection: Connection,
	resource: Resource,
	endpoint: ReadEndpoint,
	values: ParameterValues,
): Promise<unknown> {
	const sent = await connection.sender.send({
		method: endpoint.request.method,
		headers: endpoint.headers,
		url: addressOf(connection.baseUrl, endpoint, values),
		repeatable: true,
		expects: 'json',
	});
	if (!sent.ok) throw new ItemFault(sent.fault);
	const { record = '', among, loose } = endpoint;
	if (among === undefined) return valueAt(sent.body, record);
	const list = listIn(sent.body, record, loose);
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
