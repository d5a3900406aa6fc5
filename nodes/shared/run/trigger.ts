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
	EVENT,
	EVENTS,
	FILE_SWITCH,
	valueAt,
	type EventName,
	type ListEndpoint,
	type ReadEndpoint,
	type Resource,
	type Vendor,
	type Watch,
} from '../definition';
import { isPassing, isSetup, SetupFault, type Fault } from '../http';
import { presenter } from '../mapping';
import { ListFault } from '../paging';
import type { ListReader, ParameterValues } from '../write';
import {
	newestOfList,
	timeOf,
	watcherOf,
	type Cursor,
	type Happening,
	type Watcher,
} from '../watch';
import { connect, type Connection } from './connection';
import { optionsAt } from './options';
import { NodeParameters } from './parameters';
import { ItemFault } from './itemFault';
import { recordItem, type Item } from './recordItem';
import { readOne } from './records';
import { unusable, valuesOf } from './values';

/**
 * So many records one poll gives at most, and with a request for each. A workflow takes them as one run; what is left comes
 * with the next poll.
 */
const MOST = 500;
const MOST_READ = 50;
/** With a request for each, the time is looked at after so many: they fit into half of the shortest time n8n gives. */
const READ_AT_ONCE = 10;
/** n8n gives up a poll that takes longer, and all it has read. 1.123 gives it up never, but the next one is due. */
const BUDGET_MS = 5 * 60_000;
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
	/** When reading ends for this poll, and the rest is left to the next. */
	deadline: number;
}

/**
 * Where lists were when their watch was switched on. n8n's durable cursors keep nothing of the poll by which it tries a trigger
 * out, so without this everything between switching on and the first poll would be lost.
 */
const beginnings = new Map<string, Cursor>();

/** Polls under way. n8n begins one while the one before still waits for the service, and both would give the same people. */
const underWay = new Set<string>();

/**
 * From where the last items of a trigger were given, and when. With durable cursors n8n stores them while the next poll may begin
 * already, from the same place: that would give the same again.
 */
const handedOver = new Map<string, { from: string; at: number }>();

/** Longer than n8n takes to store an execution. If it has not by then, it never will, and the items come again. */
const STORING_MS = 30_000;

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
		if (this.getMode() === 'manual') return [await testItems(await prepare(this, vendor))];
		const items = await alone(placeOf(this), async () => await poll(await prepare(this, vendor)));
		return items === undefined || items.length === 0 ? null : [items];
	} catch (error) {
		throw triggerError(this.getNode(), error);
	}
}

const placeOf = (context: IPollFunctions, ...more: string[]): string =>
	JSON.stringify([context.getWorkflow().id, context.getNode().id, ...more]);

/** Undefined if the one before is still under way. */
async function alone<T>(place: string, run: () => Promise<T>): Promise<T | undefined> {
	if (underWay.has(place)) return undefined;
	underWay.add(place);
	try {
		return await run();
	} finally {
		underWay.delete(place);
	}
}

async function prepare(context: IPollFunctions, vendor: Vendor): Promise<Watching> {
	const parameters = new NodeParameters(asExecute(context));
	const { resource, watch } = chosen(vendor, parameters.get(EVENT, 0, ''));
	// Half of the time is for what is under way when the other half is over.
	const halfMs = budgetOf(context) / 2;
	const connection = await connect(
		context,
		vendor,
		parameters.get('authentication', 0, 'default'),
		{ maxWaitSeconds: Math.min(MAX_WAIT_SECONDS, halfMs / 1000) },
	);
	const { sender, baseUrl, port } = connection;
	return {
		context,
		resource,
		watch,
		connection,
		parameters,
		reader: { resource, sender, baseUrl },
		lists: listsOf(resource, watch, parameters),
		deadline: port.now() + halfMs,
	};
}

/** How long n8n lets a poll take. */
const budgetOf = (context: Partial<IPollFunctions>): number =>
	context.getPollBudgetMs?.() ?? BUDGET_MS;

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
	const several = [
		...new Set(
			given
				.split(/[,\n]/)
				.map((one) => one.trim())
				.filter((one) => one !== ''),
		),
	];
	if (several.length === 0) throw unusable(each.label, 'is empty. Enter at least one.');
	return several.map((one) => ({ ...values, [each.parameter]: one }));
}

async function poll(watching: Watching): Promise<INodeExecutionData[]> {
	const { context, connection } = watching;
	const data = context.getWorkflowStaticData('node') as Kept;
	const now = connection.port.now();
	const own = besideCursor(context, data);
	const isDurable = own !== undefined;
	const cursors = isDurable ? { ...own.lists, ...data.lists } : certain(data, now);
	const place = placeOf(context);
	const from = JSON.stringify(cursors);
	const last = handedOver.get(place);
	if (isDurable && last?.from === from && now - last.at < STORING_MS) return [];
	const { next, items } = await lookAtAll(watching, cursors);
	if (items.length > 0) handedOver.set(place, { from, at: now });
	// Kept also of the poll that tries the trigger out, so that a kill before the first real one loses nothing. Of no other: n8n
	// compares with it to tell whether a cursor has moved.
	if (isDurable && Object.keys(cursors).length === 0) own.lists = next;
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
 * With durable cursors a poll works on a copy that n8n stores together with the items, and this gives the workflow's own static data
 * beside it. Undefined: the poll works on that itself. n8n says so nowhere, and its environment is closed to nodes.
 */
function besideCursor(context: IPollFunctions, data: object): Kept | undefined {
	const { workflow } = context as {
		workflow?: { getStaticData?(type: string, node: INode): object };
	};
	const own = workflow?.getStaticData?.('node', context.getNode());
	return own === data ? undefined : own;
}

async function lookAtAll(
	watching: Watching,
	cursors: Cursors,
): Promise<{ next: Cursors; items: INodeExecutionData[] }> {
	const { context, connection, lists, reader, watch } = watching;
	const next: Cursors = {};
	const items: INodeExecutionData[] = [];
	let room = watch.details === undefined ? MOST : MOST_READ;
	for (const values of lists) {
		const name = listName(watching, values);
		const place = placeOf(context, name);
		if (cursors[name] !== undefined) beginnings.delete(place);
		const cursor = cursors[name] ?? beginnings.get(place);
		const watcher = watcherOf(reader, watch, values, () => connection.port.now());
		if (cursor === undefined) {
			next[name] = await begin(watcher);
			beginnings.set(place, next[name]);
			continue;
		}
		next[name] = cursor;
		for (let more = true; more && room > 0 && connection.port.now() < watching.deadline; ) {
			const most = watch.details === undefined ? room : Math.min(room, READ_AT_ONCE);
			const step = await watcher.advance(next[name], most);
			for (const item of await itemsOf(watching, step.happenings)) items.push(item);
			next[name] = step.cursor;
			room -= step.happenings.length;
			more = step.more;
		}
	}
	return { next, items };
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
	for (const { event: guess, found } of happenings) {
		// Where the service does not say when a record was made, nobody can know that it is new.
		const event = watch.events.includes(guess) ? guess : watch.events[0];
		if (wanted.length > 0 && !wanted.includes(event)) continue;
		const { json, binary } = await itemOf(watching, found.record, show);
		items.push(eventItem({ json, binary }, event, found.at));
	}
	return items;
}

/** A record's item with what happened to it, and when by the service's clock where that says so. */
function eventItem({ json, binary }: Item, event: EventName, at?: number): INodeExecutionData {
	const happened = { event, eventTime: at === undefined ? null : new Date(at).toISOString() };
	return {
		// First, where people look, and whatever the record calls so.
		json: { ...happened, ...json, ...happened },
		...(binary === undefined ? {} : { binary }),
	};
}

type Show = (record: unknown) => unknown;

function presenterOf({ resource, parameters }: Watching): Show {
	const { outputFields = [] } = optionsAt(parameters, 0);
	const view = parameters.get<boolean>('simplify', 0, true) ? 'simplified' : 'raw';
	return presenter(resource, outputFields.length > 0 ? 'selected' : view, outputFields);
}

async function readIfThere(
	{ connection, resource }: Watching,
	endpoint: ReadEndpoint,
	by: ParameterValues,
): Promise<unknown> {
	return await readOne(connection, resource, endpoint, by).catch((error: Error) => {
		if (faultOf(error)?.code === 'NOT_FOUND') return undefined;
		throw error;
	});
}

async function itemOf(watching: Watching, record: unknown, show: Show): Promise<Item> {
	const { context, resource, watch, parameters } = watching;
	const { details } = watch;
	if (details === undefined) return { json: show(record) as IDataObject };
	const endpoint = resource.endpoints[details.endpoint] as ReadEndpoint;
	const by: Record<string, unknown> = {};
	for (const [path, name] of Object.entries(details.by)) by[name] = valueAt(record, path);
	const full = await readIfThere(watching, endpoint, by);
	// Gone since it was listed: what the list said of it comes, since failing would hold up everybody after it.
	if (full === undefined) return { json: show(record) as IDataObject };
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
			const item = await itemOf(watching, record, show);
			const time = at === undefined ? undefined : timeOf(valueAt(record, at));
			items.push(eventItem(item, watch.events[0], time));
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

/** A node can be told to wait longer, a poll comes again by itself. */
const BUSY =
	'The service asks this account to slow down. Nothing is lost: a later poll asks again.';

function triggerError(node: INode, error: unknown): Error {
	const known =
		error instanceof SetupFault || error instanceof ItemFault || error instanceof ListFault;
	if (!known) return error as Error;
	const fault = faultOf(error);
	const message = fault?.code === 'RATE_LIMITED' ? BUSY : error.message;
	const stated =
		fault?.status === undefined
			? new NodeOperationError(node, message)
			: new NodeApiError(node, { message }, { message, httpCode: String(fault.status) });
	const cause = causeOf(fault);
	// A member of its own, since n8n 1.123 knows no such option.
	return cause === undefined ? stated : Object.assign(stated, { failure: { cause } });
}
