import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { lowered, SCHEMA, schemaDefault, schemaOperations, type Resource } from '../definition';
import { fillableColumns } from '../mapping';
import { operationLabel } from './labels';
import { sortedOptions } from './parameter';

export const schemaOption = (resource: Resource): INodePropertyOptions => ({
	name: 'Get JSON Schema',
	value: SCHEMA.operation,
	description:
		'Get the fields as JSON Schema, for a Structured Output Parser or an Information Extractor; needs no credential',
	action: `Get ${lowered(resource.label)} JSON schema`,
});

/** What the operation asks. */
export function schemaProperties(resource: Resource): INodeProperties[] {
	const operations = schemaOperations(resource);
	const columns = new Map(
		Object.values(operations)
			.flatMap((operation) => fillableColumns(resource, operation))
			.map(({ key, label }) => [key, label]),
	);
	return [
		{
			displayName: 'For Operation',
			name: 'schemaFor',
			type: 'options',
			default: schemaDefault(resource),
			description: 'Which fields there are, and which of them are required',
			options: Object.entries(operations)
				.map(([value, operation]) => ({ name: operationLabel(resource, value, operation), value }))
				.sort((a, b) => a.name.localeCompare(b.name)),
		},
		{
			displayName: 'Only Fields',
			name: 'schemaFields',
			type: 'multiOptions',
			default: [],
			description: 'The only fields a model is to fill in; all where nothing is chosen',
			options: sortedOptions([...columns].map(([value, name]) => ({ name, value }))),
		},
	];
}
