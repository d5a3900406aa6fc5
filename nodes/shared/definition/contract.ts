/** Names and texts that saved workflows and n8n's linter hold on to. They never change. */

/** Label of each standard operation, by stored value. */
export const STANDARD_LABELS = {
	getAll: 'Get Many',
	get: 'Get',
	create: 'Create',
	update: 'Update',
	upsert: 'Create or Update',
	delete: 'Delete',
	bulkSave: 'Bulk Save',
	import: 'Import',
} as const;

export type StandardOperation = keyof typeof STANDARD_LABELS;

export const STANDARD_OPERATIONS = Object.keys(STANDARD_LABELS) as readonly StandardOperation[];

export const isStandard = (name: string): name is StandardOperation => name in STANDARD_LABELS;

/** n8n's linter takes no other description for an operation that creates or updates. */
export const UPSERT_DESCRIPTION =
	'Create a new record, or update the current one if it already exists (upsert)';

/** Ends the label of an operation that rests on less than the vendor's documentation. */
export const UNVERIFIED = '(Unverified)';

/** Stored names of a node's own parameters. */
export const PARAMETER_NAMES: ReadonlySet<string> = new Set([
	...['authentication', 'resource', 'operation', 'notice'],
	...['columns', 'source', 'binaryPropertyName', 'validateOnly', 'unknownFields', 'duplicates'],
	...['sameValues', 'valueMapping'],
	...['returnAll', 'limit', 'simplify'],
	...['filters', 'options', 'technicalOptions'],
	...['method', 'path', 'query', 'body'],
	...['templateFor', 'templateFormat', 'schemaFor', 'schemaFields'],
]);

/** Stored names inside `technicalOptions`. */
export const TECHNICAL_NAMES: ReadonlySet<string> = new Set([
	...['additionalFieldsJson', 'chunkSize', 'concurrency', 'includeRequest', 'maxWaitSeconds'],
	...['requestsPerMinute', 'toolMaxRows'],
]);

/** Stored names inside `options` and `technicalOptions`. */
export const OPTION_NAMES: ReadonlySet<string> = new Set([
	...TECHNICAL_NAMES,
	...[
		'blankValues',
		'blankValuesByField',
		'columnCheck',
		'commonPerson',
		'confirmDeleteCount',
		'dateOrder',
	],
	...['fieldsToClear'],
	...['fullDetails', 'headerMapping', 'includeInput', 'output', 'outputFields', 'skipUnchanged'],
	...['summary', 'unknownFields', 'unmappedValues', 'waitForResult', 'whenRowsFail'],
	...['delimiter', 'encoding', 'format', 'headerRow', 'inputFormat', 'recordField', 'rejectFile'],
	...['sheet'],
]);
