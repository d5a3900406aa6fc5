import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { schemaDefault, schemaOperations, type Resource } from '../definition';
import { SetupFault } from '../http';
import { fillableColumns, jsonSchemaOf } from '../mapping';
import { NodeParameters } from './parameters';

/** Gives what a model is to fill in for an operation. It comes from the definition alone: nothing is asked of the service. */
export function runSchema(context: IExecuteFunctions, resource: Resource): INodeExecutionData[] {
	const parameters = new NodeParameters(context);
	const name = parameters.get<string>('schemaFor', 0, schemaDefault(resource));
	const only = parameters.get<unknown>('schemaFields', 0, []);
	const operation = schemaOperations(resource)[name];
	if (operation === undefined)
		throw refused('"For Operation" is none of this resource. Choose one of the list.');
	const known = new Set(fillableColumns(resource, operation).map(({ key }) => key));
	const wanted = (Array.isArray(only) ? only : String(only).split(',')).map((key) =>
		String(key).trim(),
	);
	const chosen = wanted.filter((key) => known.has(key));
	if (chosen.length < wanted.filter((key) => key !== '').length)
		throw refused(
			'"Only Fields" names one that this operation does not take. Choose from the list.',
		);
	const schema = jsonSchemaOf(resource, operation, chosen);
	return [
		{
			json: {
				schema: schema as unknown as IDataObject,
				// n8n 1.123 makes "[object Object]" of an object in a parameter of text.
				schemaText: JSON.stringify(schema, null, 2),
			},
			pairedItem: context.getInputData().map((_, item) => ({ item })),
		},
	];
}

const refused = (message: string): SetupFault =>
	new SetupFault({ code: 'REFUSED', message, applied: 'no' });
