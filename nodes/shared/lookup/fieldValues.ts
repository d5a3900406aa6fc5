import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Vendor } from '../definition';
import { columnsOf } from '../mapping';
import { valuesToChoose } from '../ui';

/** The values of the field that is chosen beside the list, as far as the definition knows them. */
export function fieldValues(
	vendor: Vendor,
	context: ILoadOptionsFunctions,
	filter = '',
): INodeListSearchResult {
	const resource = vendor.resources.find(
		({ name }) => name === context.getCurrentNodeParameter('resource'),
	);
	const operation = resource?.operations[String(context.getCurrentNodeParameter('operation'))];
	if (resource === undefined || operation?.does !== 'save') return { results: [] };
	const chosen = context.getCurrentNodeParameter('&field');
	const column = columnsOf(resource, operation).find(({ key }) => key === chosen);
	const wanted = filter.trim().toLowerCase();
	const values = column === undefined ? [] : valuesToChoose(column.field);
	return {
		results: values
			.map(({ name, value }) => ({ name, value: String(value) }))
			.filter(({ name }) => name.toLowerCase().includes(wanted)),
	};
}
