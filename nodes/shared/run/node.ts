import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { hasSchema, hasTemplate, named, SCHEMA, TEMPLATE, type Vendor } from '../definition';
import { Cancelled, SetupFault } from '../http';
import { errorItems, errorModeOf, nodeError, statusOf } from './items';
import { runRead } from './readRun';
import { runSave } from './saveRun';
import { runSchema } from './schema';
import { runTemplate } from './template';

/**
 * Executes a vendor's node. In the continue modes nothing is thrown but a stop, since n8n would then send the input out as
 * if it had succeeded: a set-up that is wrong becomes one error item for each input item.
 */
export async function runNode(
	this: IExecuteFunctions,
	vendor: Vendor,
): Promise<INodeExecutionData[][]> {
	const items = this.getInputData();
	if (items.length === 0) return [[]];
	const resourceName = this.getNodeParameter('resource', 0, '') as string;
	const operationName = this.getNodeParameter('operation', 0, '') as string;
	const found = vendor.resources.find((candidate) => candidate.name === resourceName);
	// As stored: an option of names takes no expression.
	const { options } = this.getNode().parameters;
	const resource = found && named(found, options as IDataObject | undefined);
	const operation = resource?.operations[operationName];
	try {
		if (resource !== undefined && operationName === TEMPLATE.operation && hasTemplate(resource))
			return [await runTemplate(this, resource)];
		if (resource !== undefined && operationName === SCHEMA.operation && hasSchema(resource))
			return [runSchema(this, resource)];
		if (resource === undefined || operation === undefined)
			throw new SetupFault({
				code: 'REFUSED',
				message: `The operation "${operationName}" of "${resourceName}" does not exist. Open the node and choose one from the list.`,
				applied: 'no',
			});
		return [
			operation.does === 'save'
				? await runSave(this, vendor, resource, operation)
				: await runRead(this, vendor, resource, operation),
		];
	} catch (error) {
		const { message } = error as Error;
		if (error instanceof Cancelled) throw error as Error;
		if (errorModeOf(this) === 'stop')
			throw error instanceof SetupFault
				? nodeError(this.getNode(), message, { status: statusOf(error) })
				: (error as Error);
		return [
			errorItems(
				message,
				items.map((_, item) => item),
			),
		];
	}
}
