import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { valueAt, type Locator, type Resource, type Vendor } from '../definition';
import { searchMethod } from '../ui';
import type { PageReader } from './types';

/** What a locator's "From List" shows. */
export interface Search {
	resource: string;
	endpoint: string;
	/** Path of the value in a listed record. */
	value: string;
	/** Paths of the texts people know a record by. */
	label: readonly string[];
	/** The vendor itself looks for what is typed. */
	bySearch: boolean;
}

/** The searches of a vendor's locators, by method name. */
export function searchesOf(vendor: Vendor): Map<string, Search> {
	const searches = new Map<string, Search>();
	for (const resource of vendor.resources)
		for (const locator of locatorsOf(resource)) {
			const search = searchOf(vendor, resource, locator);
			if (search !== undefined) searches.set(searchMethod(search.resource, locator), search);
		}
	return searches;
}

const locatorsOf = ({ endpoints, fields }: Resource): Locator[] =>
	[
		...Object.values(endpoints).flatMap(({ parameters = {} }) => Object.values(parameters)),
		...Object.values(fields).flatMap((field) => [field, ...Object.values(field.members ?? {})]),
	].flatMap(({ locator }) => locator ?? []);

/** What a locator of a resource shows; undefined where there is no list. */
export function searchOf(vendor: Vendor, resource: Resource, locator: Locator): Search | undefined {
	const listed = vendor.resources.find(({ name }) => name === (locator.resource ?? resource.name));
	if (locator.search === undefined || listed === undefined) return undefined;
	return {
		resource: listed.name,
		endpoint: locator.search,
		value: locator.value ?? listed.fields[listed.key].path ?? listed.key,
		label: locator.label ?? [],
		bySearch: locator.query !== undefined,
	};
}

function itemOf(record: unknown, search: Search): INodeListSearchItems | undefined {
	const value = valueAt(record, search.value);
	if ((typeof value !== 'string' && typeof value !== 'number') || value === '') return undefined;
	const label = search.label
		.map((path) => valueAt(record, path))
		.filter((text) => text !== undefined && text !== null && text !== '')
		.join(' ');
	// Two people may share a name.
	return { name: label === '' ? String(value) : `${label} (${value})`, value: String(value) };
}

/** How many pages are read before the user sees that none of them fits so far. */
const PAGES_WITHOUT_MATCH = 5;

/** One answer for the editor's list: the next records that contain what was typed, by name. */
export async function searchRecords(
	search: Search,
	read: PageReader,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const wanted = search.bySearch ? '' : filter.trim().toLowerCase();
	let token = paginationToken;
	for (let pages = 1; ; pages++) {
		const page = await read(search.endpoint, filter, token);
		token = page.paginationToken;
		const results = page.results
			.map((record) => itemOf(record, search))
			.filter((item) => item !== undefined)
			.filter((item) => item.name.toLowerCase().includes(wanted))
			.sort((a, b) => a.name.localeCompare(b.name));
		if (results.length > 0 || token === undefined || pages >= PAGES_WITHOUT_MATCH)
			return token === undefined ? { results } : { results, paginationToken: token };
	}
}
