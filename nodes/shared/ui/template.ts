import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { filledInFor, lowered, TEMPLATE, type Resource } from '../definition';
import { outputField } from './outputField';
import { operationLabel } from './labels';

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
