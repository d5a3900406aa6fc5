import type { INodeProperties } from 'n8n-workflow';

import type { Resource } from '../definition';
import { isShareable, isTranslatable, type ColumnView } from '../mapping';
import { VALUES_METHOD } from './methods';
import { sortedOptions } from './parameter';

/** A value for the service: typed, or chosen where the field has a list of them. */
const value = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'resourceLocator',
	default: { __rl: true, mode: 'text', value: '' },
	description,
	modes: [
		// Under another name n8n asks for an ID, whatever it is called here.
		{ displayName: 'Text', name: 'text', type: 'string' as const, placeholder: 'e.g. Lyon' },
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: VALUES_METHOD, searchable: true },
		},
	],
});

/** What is said of values for all rows of a list: what rows get that have none, and which values stand for which. */
export function chosenValues(
	resource: Resource,
	columns: readonly ColumnView[],
): INodeProperties[] {
	const choiceOf = (fits: typeof isTranslatable): INodeProperties[] => {
		const fields = sortedOptions(
			columns
				.filter(({ key, field }) => fits(field, key === resource.key))
				.map(({ key, label }) => ({ name: label, value: key })),
		);
		if (fields.length === 0) return [];
		const [{ value: first }] = fields;
		return [
			{ displayName: 'Field', name: 'field', type: 'options', default: first, options: fields },
		];
	};
	return [...choiceOf(isShareable).map(sameValues), ...choiceOf(isTranslatable).map(valueMapping)];
}

const sameValues = (field: INodeProperties): INodeProperties => ({
	displayName: 'Same Value for Every Row',
	name: 'sameValues',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Value',
	default: {},
	description:
		'Fills fields that your list has no column for, or leaves blank. A row that has its own value keeps it.',
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [field, value('Value', 'value', 'What every row gets that has no value of its own')],
		},
	],
});

const valueMapping = (field: INodeProperties): INodeProperties => ({
	displayName: 'Value Mapping',
	name: 'valueMapping',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Entry',
	default: {},
	description:
		"Values of your list that the service calls otherwise, for example a department and the service's ID of it",
	options: [
		{
			displayName: 'Entries',
			name: 'values',
			values: [
				field,
				{
					displayName: 'Value in Your List',
					name: 'from',
					type: 'string',
					default: '',
					placeholder: 'e.g. Engineering',
					description: 'Capitals do not matter',
				},
				value('Value for the Service', 'to', 'What is sent instead'),
			],
		},
	],
});

export const UNMAPPED_VALUES: INodeProperties = {
	displayName: 'Values Without an Entry',
	name: 'unmappedValues',
	type: 'options',
	default: 'send',
	description:
		"What to do with values that stand in no entry of 'Value Mapping' and do not fit the field. The summary counts them.",
	options: [
		{ name: 'Fail', value: 'fail', description: 'The rows that hold them fail' },
		{ name: 'Send', value: 'send', description: 'They go on as they are' },
	],
};
