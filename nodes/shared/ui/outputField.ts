import type { INodeProperties } from 'n8n-workflow';

/** Where a file that comes back goes. `only` continues the hint: when there is one. */
export const outputField = (only = ''): INodeProperties => ({
	displayName: 'Output Data Field Name',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: `The name of the output field that takes the file${only}`,
});
