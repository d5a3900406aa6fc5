import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	ResourceMapperField,
} from 'n8n-workflow';

import type { Resource, SaveOperation, Vendor } from '../definition';
import { columnsOf, type ColumnView } from '../mapping';
import { valuesToChoose } from '../ui';
import { searchOf, searchRecords } from './search';
import type { PageReader } from './types';

type ReaderFor = (resource: string) => Promise<PageReader>;

/** The operation that is chosen in the editor, if it sends records. */
export function chosenSave(
	vendor: Vendor,
	resourceName: unknown,
	operationName: unknown,
): { resource: Resource; operation: SaveOperation } | undefined {
	const resource = vendor.resources.find(({ name }) => name === resourceName);
	const operation = resource?.operations[String(operationName)];
	return resource === undefined || operation?.does !== 'save' ? undefined : { resource, operation };
}

/** The values of the field that is chosen beside the list: those of the definition, or what the service has. */
export async function fieldValues(
	vendor: Vendor,
	context: ILoadOptionsFunctions,
	readerFor: ReaderFor,
	filter = '',
): Promise<INodeListSearchResult> {
	const chosen = chosenSave(
		vendor,
		context.getCurrentNodeParameter('resource'),
		context.getCurrentNodeParameter('operation'),
	);
	if (chosen === undefined) return { results: [] };
	const key = context.getCurrentNodeParameter('&field');
	const column = columnsOf(chosen.resource, chosen.operation).find((each) => each.key === key);
	if (column === undefined) return { results: [] };
	const results =
		(await listedFor(vendor, chosen.resource, column, readerFor)) ??
		valuesToChoose(column.field).map(({ name, value }) => ({ name, value: String(value) }));
	const wanted = filter.trim().toLowerCase();
	return { results: results.filter(({ name }) => name.toLowerCase().includes(wanted)) };
}

/** What the service has for a field; undefined where it cannot be asked. */
async function listedFor(
	vendor: Vendor,
	resource: Resource,
	{ field }: ColumnView,
	readerFor: ReaderFor,
): Promise<INodeListSearchItems[] | undefined> {
	const search = field.locator && searchOf(vendor, resource, field.locator);
	if (search === undefined) return undefined;
	return (await searchRecords(search, await readerFor(search.resource))).results;
}

/** The columns of the mapper, with a list to choose from where the service gives one now. Without it people type as before. */
export async function withLists(
	vendor: Vendor,
	{ resource, operation }: { resource: Resource; operation: SaveOperation },
	fields: readonly ResourceMapperField[],
	readerFor: ReaderFor,
): Promise<ResourceMapperField[]> {
	const columns = new Map(columnsOf(resource, operation).map((column) => [column.key, column]));
	return await Promise.all(
		fields.map(async (field) => {
			const column = columns.get(field.id);
			if (column?.field.locator === undefined) return field;
			try {
				const listed = await listedFor(vendor, resource, column, readerFor);
				if (listed === undefined || listed.length === 0) return field;
				const options = listed.map(({ name, value }) => ({ name, value }));
				return { ...field, type: 'options' as const, options };
			} catch {
				return field;
			}
		}),
	);
}
