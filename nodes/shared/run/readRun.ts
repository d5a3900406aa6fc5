import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Resource, Vendor } from '../definition';
import { AddressFault, Cancelled, SetupFault } from '../http';
import { ListFault } from '../paging';
import { connect } from './connection';
import { ItemFault } from './itemFault';
import { errorItems, errorModeOf, nodeError, statusOf } from './items';
import { runOptions } from './options';
import { NodeParameters } from './parameters';
import { readerOf, type ReadOperation } from './read';
import type { Item } from './recordItem';
import { changeOf, type Change } from './requests';
import { AgentCall, allowedTo, isToolNode } from './tool';
import { triesOf } from './tries';

/** Runs any operation that reads, or calls something that is no record. One item fails without the others. */
export async function runRead(
	context: IExecuteFunctions,
	vendor: Vendor,
	resource: Resource,
	operation: ReadOperation,
): Promise<INodeExecutionData[]> {
	const parameters = new NodeParameters(context);
	const options = await runOptions(parameters, context.getInputData().length);
	const authentication = parameters.get('authentication', 0, 'default');
	const connection = await connect(context, vendor, authentication, options);
	const mode = errorModeOf(context);
	const change = (index: number) => changeOf(operation, parameters, index);
	const read = guarded(
		context,
		change,
		options.toolMaxRows,
		resumed(
			context,
			change,
			readerOf(context, { vendor, resource, operation, connection, parameters }),
		),
	);
	const out: INodeExecutionData[] = [];
	for (let index = 0; index < context.getInputData().length; index++) {
		connection.port.checkCancelled();
		try {
			for (const { json, binary } of await read(index)) {
				const pairedItem = { item: index };
				out.push(binary === undefined ? { json, pairedItem } : { json, binary, pairedItem });
			}
		} catch (error) {
			if (error instanceof Cancelled) throw error as Error;
			const done = changesAt(change, index) ? doneBefore(index) : undefined;
			const known = messageOf(error, resource);
			if (mode === 'stop' && known === undefined && done === undefined) throw error as Error;
			const message = known ?? (error as Error).message;
			if (mode === 'stop')
				throw nodeError(context.getNode(), message, {
					itemIndex: index,
					description: done,
					status: statusOf(error),
				});
			for (const item of errorItems(message, [index])) out.push(item);
		}
	}
	return out;
}

/** What a node that fails cannot return: the items before are done, and would be done twice. */
const doneBefore = (count: number): string | undefined =>
	count === 0
		? undefined
		: `${count === 1 ? 'The item before it was' : `The ${count} items before it were`} done. Take ${count === 1 ? 'it' : 'them'} out before you run the node again, or set "On Error" to continue.`;

type Read = (index: number) => Promise<Item[]>;
type Changing = (index: number) => Change | undefined;

/** A parameter that cannot be read changes nothing. */
function changesAt(change: Changing, index: number): boolean {
	try {
		return change(index) !== undefined;
	} catch {
		return false;
	}
}

/** Lets an agent change no more than it may. */
function guarded(
	context: IExecuteFunctions,
	change: Changing,
	toolMaxRows: number | undefined,
	read: Read,
): Read {
	if (!isToolNode(context)) return read;
	const counts = {
		write: { call: new AgentCall(context), done: 0 },
		removal: { call: new AgentCall(context, 'removals'), done: 0 },
	};
	return async (index) => {
		const kind = change(index);
		if (kind === undefined) return await read(index);
		const count = counts[kind];
		count.call.take(count.done + 1, allowedTo(toolMaxRows, kind === 'removal'));
		try {
			const items = await read(index);
			count.done++;
			return items;
		} catch (error) {
			if (error instanceof ItemFault && error.fault.applied !== 'no') count.done++;
			count.call.wrote(count.done);
			throw error as Error;
		}
	};
}

/** Makes no request again by which an earlier try of the run has changed something. */
function resumed(context: IExecuteFunctions, change: Changing, read: Read): Read {
	const tries = triesOf<() => Item[]>(context);
	if (tries === undefined) return read;
	return async (index) => {
		if (change(index) === undefined) return await read(index);
		const settled = tries.settled(String(index));
		if (settled !== undefined) return settled();
		try {
			const items = await read(index);
			tries.settle(String(index), () => items);
			return items;
		} catch (error) {
			if (error instanceof ItemFault && error.final)
				tries.settle(String(index), () => {
					throw error as Error;
				});
			throw error as Error;
		}
	};
}

/** The words of a failure that concerns one item; undefined for anything else. */
function messageOf(error: unknown, { endpoints }: Resource): string | undefined {
	if (error instanceof ItemFault || error instanceof ListFault || error instanceof SetupFault)
		return error.message;
	if (!(error instanceof AddressFault)) return undefined;
	const { field, message } = error;
	const [label = field] = Object.values(endpoints).flatMap(
		({ parameters }) => parameters?.[field]?.label ?? [],
	);
	return `"${label}" ${message}`;
}
