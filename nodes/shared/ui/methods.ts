import type { Locator } from '../definition';

/** Names under which the node offers its methods to the editor. Saved workflows hold no method names. */
export const COLUMNS_METHOD = 'getColumns';

/** The values of a field that is chosen beside it. */
export const VALUES_METHOD = 'searchFieldValues';

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** One method for each list and each way its records are shown. */
export const searchMethod = (resource: string, { search = '', value, label }: Locator): string =>
	['search', resource, search, ...(value === undefined ? [] : ['by', value]), ...(label ?? [])]
		.flatMap((part) => part.split(/\W+/))
		.map((part, at) => (at === 0 ? part : capitalised(part)))
		.join('');
