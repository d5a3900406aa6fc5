import type { ILoadOptionsFunctions, INodeType, ResourceMapperFields } from 'n8n-workflow';

import type { Vendor } from '../definition';
import { COLUMNS_METHOD, mapperFields, VALUES_METHOD } from '../ui';
import { chosenSave, fieldValues, withLists } from './fieldValues';
import { searchesOf, searchRecords } from './search';
import type { PageReader } from './types';

/** The columns of the operation chosen in the editor. */
export function columnFields(
	vendor: Vendor,
	resourceName: unknown,
	operationName: unknown,
): ResourceMapperFields {
	const chosen = chosenSave(vendor, resourceName, operationName);
	return { fields: chosen === undefined ? [] : mapperFields(chosen.resource, chosen.operation) };
}

/**
 * What the editor may ask a vendor's node for. `readerFor` gives the pages of a resource's lists, read with the credential
 * that is chosen in the editor.
 */
export function methodsOf(
	vendor: Vendor,
	readerFor: (context: ILoadOptionsFunctions, resource: string) => Promise<PageReader>,
): Required<Pick<NonNullable<INodeType['methods']>, 'listSearch' | 'resourceMapping'>> {
	const searches = [...searchesOf(vendor)].map(
		([name, search]) =>
			[
				name,
				async function (this: ILoadOptionsFunctions, filter?: string, paginationToken?: string) {
					const read = await readerFor(this, search.resource);
					return await searchRecords(search, read, filter, paginationToken);
				},
			] as const,
	);
	return {
		listSearch: {
			...Object.fromEntries(searches),
			async [VALUES_METHOD](this: ILoadOptionsFunctions, filter?: string) {
				return await fieldValues(vendor, this, (resource) => readerFor(this, resource), filter);
			},
		},
		resourceMapping: {
			async [COLUMNS_METHOD](this: ILoadOptionsFunctions) {
				const chosen = chosenSave(
					vendor,
					this.getCurrentNodeParameter('resource'),
					this.getCurrentNodeParameter('operation'),
				);
				if (chosen === undefined) return { fields: [] };
				const fields = mapperFields(chosen.resource, chosen.operation);
				const reader = (resource: string) => readerFor(this, resource);
				return { fields: await withLists(vendor, chosen, fields, reader) };
			},
		},
	};
}
