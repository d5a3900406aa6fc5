import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Operation, Resource, SaveOperation } from '../definition';
import { outputField } from './outputField';
import { operationLabel } from './labels';
import { lowered } from './texts';

/** The operation that every resource with an import has besides those of its definition, from which it is made. */
export const TEMPLATE = { operation: 'template', for: 'import' } as const;

export const isFilledIn = (operation: Operation): operation is SaveOperation =>
	operation.does === 'save' && operation.ask === undefined && operation.destructive !== true;

/** The operations whose records people can write down in columns; none where there is no import. */
export function filledInFor({ operations }: Resource): Record<string, SaveOperation> {
	if (!(TEMPLATE.for in operations)) return {};
	return Object.fromEntries(
		Object.entries(operations).flatMap(([name, operation]) =>
			isFilledIn(operation) ? [[name, operation]] : [],
		),
	);
}

export const hasTemplate = (resource: Resource): boolean => TEMPLATE.for in resource.operations;

export const templateOption = (resource: Resource): INodePropertyOptions => ({
	name: 'Get Template',
	value: TEMPLATE.operation,
	description: 'Get the file to fill in for an import, as Excel or CSV; needs no credential',
	action: `Get ${lowered(resource.label)} template`,
});

/** What the operation asks. */
export const templateProperties = (resource: Resource): INodeProperties[] => [
	{
		displayName: 'For Operation',
		name: 'templateFor',
		type: 'options',
		default: 'import',
		description: 'Which columns the file has, and which of them are required',
		options: Object.entries(filledInFor(resource))
			.map(([value, operation]) => ({ name: operationLabel(resource, value, operation), value }))
			.sort((a, b) => a.name.localeCompare(b.name)),
	},
	{
		displayName: 'File Format',
		name: 'templateFormat',
		type: 'options',
		default: 'xlsx',
		description: 'What kind of file it is. An Excel file has lists of the values to choose from.',
		options: [
			{ name: 'CSV', value: 'csv' },
			{ name: 'Excel', value: 'xlsx' },
		],
	},
	outputField(),
];
