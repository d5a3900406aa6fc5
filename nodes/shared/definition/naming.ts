import type { Field, Fields } from './field';
import type { Vendor } from './vendor';

function renamed(field: Field, options: Readonly<Record<string, unknown>>): Field {
	const { naming } = field;
	const path = naming?.names.find((name) => name === options[naming.option]);
	return path === undefined ? field : { ...field, path };
}

/** The vendor with its fields under the names that the user chose, where its documents name a field in several ways. */
export const named = (vendor: Vendor, options: unknown): Vendor => ({
	...vendor,
	resources: vendor.resources.map((resource) => {
		const chosen = (options ?? {}) as Readonly<Record<string, unknown>>;
		const fields: Fields = Object.fromEntries(
			Object.entries(resource.fields).map(([key, field]) => [key, renamed(field, chosen)]),
		);
		return { ...resource, fields };
	}),
});
