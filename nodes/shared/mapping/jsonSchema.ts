import type { Field, Fields, Resource, SaveOperation } from '../definition';
import { columnsOf } from './columns';
import type { ColumnView } from './types';

/**
 * A JSON Schema in the words that n8n's converter understands in both lines: `type` with `null` beside it, `properties`,
 * `required`, `items`, `enum`, `title` and `description`. A `format`, `pattern` or `maxLength` would be a check there, and one
 * value that fails it would cost the answer as a whole; here it costs its row, with words. So forms stand in descriptions.
 */
export interface JsonSchema {
	type: string | readonly string[];
	title?: string;
	description?: string;
	enum?: ReadonlyArray<string | null>;
	items?: JsonSchema;
	properties?: Readonly<Record<string, JsonSchema>>;
	required?: readonly string[];
}

const HOW_TO_FILL =
	'Give null for what the text does not say. Make nothing up: no IDs, no codes, no addresses.';

/**
 * What an operation takes of each record, for a model to fill in: under the keys of the columns, which rows may use as they
 * are. Required is what has to be said, if only with null: a model that must give a value makes one up.
 *
 * @param only keys of the columns wanted; all that can be written down as text where there are none
 */
export function jsonSchemaOf(
	resource: Resource,
	operation: SaveOperation,
	only: readonly string[] = [],
): JsonSchema {
	const columns = fillableColumns(resource, operation).filter(
		({ key }) => only.length === 0 || only.includes(key),
	);
	return {
		type: 'object',
		title: resource.label,
		description: HOW_TO_FILL,
		properties: Object.fromEntries(columns.map((column) => [column.key, schemaOf(column)])),
		required: columns
			.filter(({ required }) => required.includes(operation.purpose))
			.map(({ key }) => key),
	};
}

/** Nobody writes the content of a file, or what only programs fill in. */
export const fillableColumns = (resource: Resource, operation: SaveOperation): ColumnView[] =>
	columnsOf(resource, operation).filter(
		({ field }) => field.file === undefined && !field.byExactName,
	);

function schemaOf({ label, help, field, many }: ColumnView): JsonSchema {
	const value = valueOf(field);
	const schema: JsonSchema = many ? { type: 'array', items: value } : value;
	const description = sentences(help, formOf(field));
	return {
		...orNull(schema),
		title: label,
		...(description !== '' && { description }),
	};
}

const orNull = (schema: JsonSchema): JsonSchema => ({
	...schema,
	type: [schema.type, 'null'].flat(),
	...(schema.enum && { enum: [...schema.enum, null] }),
});

function valueOf(field: Field): JsonSchema {
	switch (field.kind) {
		case 'number':
			return { type: field.decimals === 0 ? 'integer' : 'number' };
		case 'boolean':
			return { type: 'boolean' };
		case 'choice':
			return { type: 'string', ...(field.openValues ? {} : { enum: field.values }) };
		case 'textList':
			return {
				type: 'array',
				items: { type: 'string', ...(field.values && { enum: field.values }) },
			};
		case 'object':
			return objectOf(field.members);
		case 'objectList':
			return { type: 'array', items: objectOf(field.members) };
		case 'json':
			return { type: 'object' };
		default:
			return { type: 'string' };
	}
}

function objectOf(members: Fields = {}): JsonSchema {
	const written = Object.entries(members).filter(([, { access }]) => access !== 'readOnly');
	return {
		type: 'object',
		properties: Object.fromEntries(
			written.map(([key, field]) => {
				const { label, help } = field;
				return [key, schemaOf({ ...BARE, key, label, help, field, fieldKey: key })];
			}),
		),
	};
}

const BARE = { many: false, required: [], shown: false } as const;

/** How a value is written, as far as its type does not say it. */
function formOf({ kind, format, values, openValues, maxLength }: Field): string | undefined {
	if (kind === 'date') return 'Date in the form YYYY-MM-DD';
	if (kind === 'dateTime') return 'Time in the form 2026-03-31T09:00:00Z';
	if (kind === 'choice' && openValues) return `For example ${(values ?? []).join(', ')}`;
	if (format === 'email') return 'E-mail address';
	if (format === 'phone') return 'Phone number';
	if (format === 'url') return 'Web address that begins with https://';
	return maxLength === undefined ? undefined : `At most ${maxLength} characters`;
}

const sentences = (...parts: Array<string | undefined>): string =>
	parts
		.filter((part): part is string => part !== undefined && part !== '')
		.map((part, at, all) =>
			all.length > 1 && !/[.!?]$/.test(part) && at < all.length ? `${part}.` : part,
		)
		.join(' ');
