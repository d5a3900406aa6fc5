import type { Field } from './field';
import type { Resource } from './vendor';

function renamed(field: Field, options: Readonly<Record<string, unknown>>): Field {
	const { naming } = field;
	const path = naming?.names.find((name) => name === options[naming.option]);
	return path === undefined ? field : { ...field, path };
}

/** The resource with its fields under the names that the user chose, where the vendor's documents name a field in several ways. */
export const named = (
	resource: Resource,
	options: Readonly<Record<string, unknown>> = {},
): Resource =>
	Object.values(resource.fields).some(({ naming }) => naming !== undefined)
		? {
				...resource,
				fields: Object.fromEntries(
					Object.entries(resource.fields).map(([key, field]) => [key, renamed(field, options)]),
				),
			}
		: resource;
