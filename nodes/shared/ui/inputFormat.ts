import type { INodeProperties } from 'n8n-workflow';

import { sources } from '../../sources';
import type { SaveOperation } from '../definition';
import { sortedOptions } from './parameter';

/** How items are read. What comes from a system is recognized, so this is for what two systems could have sent. */
export const inputFormat = ({ rows }: SaveOperation): INodeProperties => ({
	displayName: 'Input Format',
	name: 'inputFormat',
	type: 'options',
	default: 'automatic',
	description: 'What the items are, where their columns are mapped automatically',
	options: sortedOptions([
		{
			name: 'Automatic',
			value: 'automatic',
			description: 'Records and webhooks of an ATS are recognized, everything else is columns',
		},
		{ name: 'Columns', value: 'columns', description: 'Read as they are' },
		{
			name: 'Common Person Format',
			value: 'person',
			description: 'As Get Many gives people with the option of that name, whatever the service',
		},
		...sources.map(({ name, label }) => ({ name: label, value: name })),
	]),
	// Files are lists of columns.
	...(rows === 'file' ? { displayOptions: { show: { '/source': ['items'] } } } : {}),
});
