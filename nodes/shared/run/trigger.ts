import { createHash, randomUUID } from 'crypto';
import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type IPollFunctions,
} from 'n8n-workflow';

import {
	valueAt,
	type ListEndpoint,
	type ReadEndpoint,
	type Resource,
	type Vendor,
	type Watch,
} from '../definition';
import { isPassing, isSetup, SetupFault, type Fault } from '../http';
import { presenter } from '../mapping';
import { ListFault } from '../paging';
import { EVENT, EVENTS, FILE_SWITCH } from '../ui';
import type { ListReader, ParameterValues } from '../write';
import { newestOfList, watcherOf, type Cursor, type Happening, type Watcher } from '../watch';
import { connect, type Connection } from './connection';
import { optionsAt } from './options';
import { NodeParameters } from './parameters';
import { ItemFault } from './itemFault';
import { recordItem, type Item } from './recordItem';
import { readOne } from './records';
import { unusable, valuesOf } from './values';

/**
 * So many records one poll gives at most, and with a request for each. A workflow takes them as one run, and n8n ends a poll
 * after five minutes; what is left comes with the next poll.
 */
const MOST = 500;
const MOST_READ = 50;
/** A poll comes again by itself, so it waits no longer than a person would for an answer. */
const MAX_WAIT_SECONDS = 60;
/** Enough to see what will come, and few enough to look at. */
const TEST_RECORDS = 3;

/** Where each watched list was left, by what it is a list of. */
type Cursors = Record<string, Cursor>;

/** All that is kept of a trigger, in the node's static data. */
interface Kept {
	lists?: Cursors;
	/** Where the lists stood before the items that were given last, as long as it is not certain that n8n has them. */
	before?: { lists: Cursors; at: number; process: string };
}

/** Everything a poll needs to know of what is watched. */
interface Watching {
	context: IPollFunctions;
	resource: Resource;
	watch: Watch;
	connection: Connection;
	reader: ListReader;
	parameters: NodeParameters;
	/** One for each list that is watched. */
	lists: ParameterValues[];
}

/**
 * Where lists were when their watch was switched on. n8n's durable cursors keep nothing of the poll by which it tries a trigger
 * out, so without this everything between switching on and the first poll would be lost.
 */
const beginnings = new Map<string, Cursor>();

/** This process of n8n: another one has not seen what this one gave. */
const PROCESS = randomUUID();

/**
 * Without durable cursors n8n stores cursor and items one after the other. Killed in between it has lost the items, so what was
 * given last comes again if n8n was started anew within this time. Later it counts as given: who restarts n8n in the
 * evening does not want the morning again.
 */
const IN_DOUBT_MS = 15 * 60_000;

/** Polls what a vendor's trigger node watches. Null: nothing has happened. */
export async function runTrigger(
	this: IPollFunctions,
	vendor: Vendor,
): Promise<INodeExecutionData[][] | null> {
	try {
		const watching = await prepare(this, vendor);
		if (this.getMode() === 'manual') return [await testItems(watching)];
		const items = await poll(watching);
		return items.length === 0 ? null : [items];
	} catch (error) {
		throw triggerError(this.getNode(), error);
	}
}

async function prepare(context: IPollFunctions, vendor: Vendor): Promise<Watching> {
	const parameters = new NodeParameters(asExecute(context));
	const { resource, watch } = chosen(vendor, parameters.get(EVENT, 0, ''));
	const connection = await connect(
		context,
		vendor,
		parameters.get('authentication', 0, 'default'),
		{ maxWaitSeconds: MAX_WAIT_SECONDS },
	);
	const { sender, baseUrl } = connection;
	return {
		context,
		resource,
		watch,
		connection,
		parameters,
		reader: { resource, sender, baseUrl },
		lists: listsOf(resource, watch, parameters),
	};
}

/** A trigger has no items, so its parameters are asked for without a number. */
const asExecute = (context: IPollFunctions): IExecuteFunctions =>
	({
		getNode: () => context.getNode(),
		getNodeParameter: (name: string, _item: number, fallback: unknown, options?: object) =>
			context.getNodeParameter(name, fallback as string, options),
	}) as unknown as IExecuteFunctions;

function chosen(vendor: Vendor, event: string): { resource: Resource; watch: Watch } {
	for (const resource of vendor.resources) {
		const watch = resource.watches?.[event];
		if (watch !== undefined) return { resource, watch };
	}
	throw unusable('Trigger On', 'has a value that does not exist. Choose one from the list.');
}

/** What each list is asked with. */
function listsOf(resource: Resource, watch: Watch, parameters: NodeParameters): ParameterValues[] {
	const all = resource.endpoints[watch.endpoint].parameters ?? {};
	const main = Object.fromEntries(
		(watch.ask ?? []).map((key) => [key, { ...all[key], group: 'main' as const }]),
	);
	const values = { ...valuesOf(main, parameters).read(0), ...watch.fixed };
	const { each } = watch;
	if (each === undefined) return [values];
	const given = String(parameters.get<unknown>(each.name, 0, ''));
	const several = [...new Set(given.split(/[,\s]+/).filter((one) => one !== ''))];
	if (several.length === 0) throw unusable(each.label, 'is empty. Enter at least one.');
	return several.map((one) => ({ ...values, [each.parameter]: one }));
}

async function poll(watching: Watching): Promise<INodeExecutionData[]> {
	const { context, connection } = watching;
	const data = context.getWorkflowStaticData('node') as Kept;
	const now = connection.port.now();
	const isDurable = keepsCursorsWithItems(context, data);
	const cursors = isDurable ? (data.lists ?? {}) : certain(data, now);
	const { next, happenings } = await lookAtAll(watching, cursors);
	const items = await itemsOf(watching, happenings);
	// After the items: an error on the way leaves every list where it was.
	if (JSON.stringify(data.lists) !== JSON.stringify(next)) data.lists = next;
	if (items.length > 0 && !isDurable) data.before = { lists: cursors, at: now, process: PROCESS };
	else if (data.before?.process !== PROCESS) delete data.before;
	return items;
}

/** Where the lists stand if what was given last may not have reached n8n's database. */
function certain({ lists = {}, before }: Kept, now: number): Cursors {
	const inDoubt =
		before !== undefined && before.process !== PROCESS && now - before.at < IN_DOUBT_MS;
	return inDoubt ? before.lists : lists;
}

/**
 * With durable cursors a poll works on a copy that n8n stores together with the items; else on the workflow's own static data.
 * n8n says so nowhere, and its environment is closed to nodes.
 */
function keepsCursorsWithItems(context: IPollFunctions, data: object): boolean {
	const { workflow } = context as {
		workflow?: { getStaticData?(type: string, node: INode): object };
	};
	const own = workflow?.getStaticData?.('node', context.getNode());
	return own !== undefined && own !== data;
}

async function lookAtAll(
	watching: Watching,
	cursors: Cursors,
): Promise<{ next: Cursors; happenings: Happening[] }> {
	const { context, connection, lists, reader, watch } = watching;
	const next: Cursors = {};
	const happenings: Happening[] = [];
	for (const values of lists) {
		const name = listName(watching, values);
		const place = JSON.stringify([context.getWorkflow().id, context.getNode().id, name]);
		if (cursors[name] !== undefined) beginnings.delete(place);
		const cursor = cursors[name] ?? beginnings.get(place);
		const watcher = watcherOf(reader, watch, values, connection.port.now());
		const room = (watch.details === undefined ? MOST : MOST_READ) - happenings.length;
		if (cursor === undefined) {
			next[name] = await begin(watcher);
			beginnings.set(place, next[name]);
		} else if (room <= 0) next[name] = cursor;
		else {
			const result = await watcher.advance(cursor, room);
			next[name] = result.cursor;
			for (const happening of result.happenings) happenings.push(happening);
		}
	}
	return { next, happenings };
}

/** Another account, another event or another list begins anew. A fingerprint, since a value may be a person's. */
function listName({ connection, parameters }: Watching, values: ParameterValues): string {
	const text = JSON.stringify([connection.account, parameters.get(EVENT, 0, ''), values]);
	return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

/** A service that is busy just now is no reason not to switch a workflow on. */
async function begin(watcher: Watcher): Promise<Cursor> {
	try {
		return await watcher.begin();
	} catch (error) {
		const fault = faultOf(error);
		if (fault === undefined || !isPassing(fault.code) || isSetup(fault)) throw error as Error;
		return watcher.beginLater();
	}
}

async function itemsOf(
	watching: Watching,
	happenings: readonly Happening[],
): Promise<INodeExecutionData[]> {
	const { watch, parameters } = watching;
	const wanted = watch.events.length > 1 ? parameters.get<string[]>(EVENTS, 0, []) : [];
	const show = presenterOf(watching);
	const items: INodeExecutionData[] = [];
	for (const { event, found } of happenings) {
		if (wanted.length > 0 && !wanted.includes(event)) continue;
		const { json, binary } = await itemOf(watching, found.record, show);
		const happened: IDataObject = {
			event,
			eventTime: found.at === undefined ? null : new Date(found.at).toISOString(),
		};
		items.push({
			json: { ...happened, ...json, ...happened },
			...(binary === undefined ? {} : { binary }),
		});
	}
	return items;
}

type Show = (record: unknown) => unknown;

function presenterOf({ resource, parameters }: Watching): Show {
	const { outputFields = [] } = optionsAt(parameters, 0);
	const view = parameters.get<boolean>('simplify', 0, true) ? 'simplified' : 'raw';
	return presenter(resource, outputFields.length > 0 ? 'selected' : view, outputFields);
}

async function itemOf(
	{ context, resource, watch, connection, parameters }: Watching,
	record: unknown,
	show: Show,
): Promise<Item> {
	const { details } = watch;
	if (details === undefined) return { json: show(record) as IDataObject };
	const endpoint = resource.endpoints[details.endpoint] as ReadEndpoint;
	const by: Record<string, unknown> = {};
	for (const [path, name] of Object.entries(details.by)) by[name] = valueAt(record, path);
	const full = await readOne(connection, resource, endpoint, by);
	const field = parameters.get('binaryPropertyName', 0, 'data');
	const { json, binary } = await recordItem(endpoint, full, {
		helpers: context.helpers,
		present: show,
		field,
	});
	return parameters.get(FILE_SWITCH, 0, true) ? { json, binary } : { json };
}

/** The newest records there are. Nothing moves: who tries a trigger out sees them again as often as they like. */
async function testItems(watching: Watching): Promise<INodeExecutionData[]> {
	const { resource, watch, reader, lists } = watching;
	const endpoint = resource.endpoints[
		watch.by === 'changelog' ? watch.test : watch.endpoint
	] as ListEndpoint;
	const at = 'at' in watch ? watch.at : undefined;
	const show = presenterOf(watching);
	const items: INodeExecutionData[] = [];
	for (const values of lists)
		for (const record of await newestOfList(reader, endpoint, values, at, TEST_RECORDS)) {
			if (items.length >= TEST_RECORDS) return items;
			const { json, binary } = await itemOf(watching, record, show);
			const [event] = watch.events;
			const happened = { event, eventTime: null };
			items.push({
				json: { ...happened, ...json, ...happened },
				...(binary === undefined ? {} : { binary }),
			});
		}
	if (items.length > 0) return items;
	throw unusable(
		'Trigger On',
		`finds nothing to show: there are no ${resource.plural.toLowerCase()} yet. Add one in the service and fetch again.`,
	);
}

const faultOf = (error: unknown): Fault | undefined =>
	error instanceof SetupFault || error instanceof ItemFault || error instanceof ListFault
		? error.fault
		: undefined;

/** What n8n does after a failed poll: it waits and asks again by itself, or waits long because a person has to act. */
function causeOf(fault: Fault | undefined): string | undefined {
	switch (fault?.code) {
		case undefined:
			return undefined;
		case 'RATE_LIMITED':
			return 'rate-limited';
		case 'AUTHENTICATION':
		case 'PERMISSION':
			return 'credential-invalid';
		case 'SERVICE_FAILED':
		case 'TIMEOUT':
		case 'CONNECTION_LOST':
		case 'UNREADABLE_ANSWER':
		case 'HOST_UNREACHABLE':
			return 'temporarily-unavailable';
		default:
			return 'configuration-invalid';
	}
}

function triggerError(node: INode, error: unknown): Error {
	const known =
		error instanceof SetupFault || error instanceof ItemFault || error instanceof ListFault;
	if (!known) return error as Error;
	const { message } = error;
	const fault = faultOf(error);
	const stated =
		fault?.status === undefined
			? new NodeOperationError(node, message)
			: new NodeApiError(node, { message }, { message, httpCode: String(fault.status) });
	const cause = causeOf(fault);
	// A member of its own, since n8n 1.123 knows no such option.
	return cause === undefined ? stated : Object.assign(stated, { failure: { cause } });
}
