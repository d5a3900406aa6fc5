import type { Operation, SaveOperation } from './operation';
import type { Resource } from './vendor';

/* Operations that every resource has besides those of its definition, from which they are made. */

/** The file to fill in, where there is an import. */
export const TEMPLATE = { operation: 'template', for: 'import' } as const;

/** The JSON Schema of a record, where records are saved. */
export const SCHEMA = { operation: 'getSchema' } as const;

const isFilledIn = (operation: Operation): operation is SaveOperation =>
	operation.does === 'save' && operation.ask === undefined && operation.destructive !== true;

/** The operations whose records people or models write down, by stored value. */
export const schemaOperations = ({ operations }: Resource): Record<string, SaveOperation> =>
	Object.fromEntries(
		Object.entries(operations).flatMap(([name, operation]) =>
			isFilledIn(operation) ? [[name, operation]] : [],
		),
	);

export const hasSchema = (resource: Resource): boolean =>
	Object.keys(schemaOperations(resource)).length > 0;

/** What many rows go through, where there is such an operation. */
export const schemaDefault = (resource: Resource): string => {
	const names = Object.keys(schemaOperations(resource));
	return names.includes('bulkSave') ? 'bulkSave' : names[0];
};

export const hasTemplate = (resource: Resource): boolean => TEMPLATE.for in resource.operations;

/** The same where there is an import that takes the file; none elsewhere. */
export const filledInFor = (resource: Resource): Record<string, SaveOperation> =>
	hasTemplate(resource) ? schemaOperations(resource) : {};
