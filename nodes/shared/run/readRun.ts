import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Resource, Vendor } from '../definition';
import { AddressFault, SetupFault } from '../http';
import { ListFault } from '../paging';
import { MAX_WAIT_SECONDS } from '../ui';
import { connect } from './connection';
import { errorItems, errorModeOf, nodeError } from './items';
import { Parameters } from './parameters';
import { ItemFault, readerOf, type ReadOperation } from './read';

interface ReadOptions {
	requestsPerMinute?: number;
	maxWaitSeconds?: number;
}

/** Runs any operation that reads, or calls something that is no record. One item fails without the others. */
export async function runRead(
	context: IExecuteFunctions,
	vendor: Vendor,
	resource: Resource,
	operation: ReadOperation,
): Promise<INodeExecutionData[]> {
	const parameters = new Parameters(context);
	const options = parameters.get<ReadOptions>('options', 0, {});
	const connection = await connect(
		context,
		vendor,
		parameters.get('authentication', 0, 'default'),
		{
			requestsPerMinute: options.requestsPerMinute,
			maxWaitSeconds: options.maxWaitSeconds ?? MAX_WAIT_SECONDS,
		},
	);
	const mode = errorModeOf(context);
	const read = readerOf(context, { vendor, resource, operation, connection, parameters });
	const out: INodeExecutionData[] = [];
	for (let index = 0; index < context.getInputData().length; index++) {
		connection.port.checkCancelled();
		try {
			for (const item of await read(index)) out.push({ ...item, pairedItem: { item: index } });
		} catch (error) {
			const message = messageOf(error, resource);
			if (message === undefined) throw error as Error;
			if (mode === 'stop') throw nodeError(context.getNode(), message, { itemIndex: index });
			for (const item of errorItems(message, [index])) out.push(item);
		}
	}
	return out;
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
