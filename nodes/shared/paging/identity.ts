import { valueAt, type Resource } from '../definition';

const isSaid = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/**
 * What tells two records of a list apart: the resource's key, and the ID the vendor gave where it is another, since two
 * people may carry the same number of two accounts. Undefined: the record says neither.
 */
export function identityOf({ key, fields }: Resource): (record: unknown) => string | undefined {
	const paths = Object.entries(fields)
		.filter(([name, { concept }]) => name === key || concept === 'internalId')
		.map(([name, { path = name }]) => path);
	if (paths.length === 1)
		return (record) => {
			const name = valueAt(record, paths[0]);
			if (!isSaid(name)) return undefined;
			// A text begins with a quote, and nothing else does.
			return typeof name === 'string' ? `"${name}` : JSON.stringify(name);
		};
	return (record) => {
		const names = paths.map((path) => valueAt(record, path));
		return names.some(isSaid) ? JSON.stringify(names) : undefined;
	};
}
