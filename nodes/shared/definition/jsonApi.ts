import { inside, object, text, type Column, type Field, type FieldOptions } from './field';
import type { WriteEndpoint } from './endpoint';

/*
 * JSON:API (https://jsonapi.org) in the words of definitions. A vendor of this style keeps every record, alone or in a list,
 * under `data`; inside it stand `type` and `id`, attributes, and relationships to other records.
 */

/** Where the record, or the list of records, stands in requests and answers. */
export const RECORD = 'data';

/** Where error bodies keep their text. */
export const ERROR_TEXTS = ['errors.*.detail', 'errors.*.title'] as const;

/** Options of a field that is an attribute of the record. */
export const attribute = <O extends FieldOptions>(name: string, options: O): O => ({
	...options,
	path: `attributes.${name}`,
});

type RelationshipOptions = Omit<FieldOptions, 'path'> & {
	/** Resource type of the other record. */
	type: string;
	/** Column that takes its ID. */
	column: string;
	/** What people see of that column, where it differs from the field. */
	columnOptions?: Partial<Omit<Column, 'into' | 'member'>>;
};

/** A relationship to one other record, by its ID. */
export function relationship(
	name: string,
	{ type, column, columnOptions, ...options }: RelationshipOptions,
): Field {
	const { label, help, required, concept, shown } = options;
	return object(
		{ type: text({ label: 'Type' }), id: text({ label: 'ID', required }) },
		{
			...options,
			path: `relationships.${name}.data`,
			columns: {
				[column]: inside('id', {
					label: `${label} ID`,
					help,
					required,
					concept,
					shown,
					beside: { type },
					...columnOptions,
				}),
			},
		},
	);
}

type RecordBody = Pick<WriteEndpoint, 'max' | 'wrap' | 'fixedInside' | 'omit'>;

/** The body that changes a record of this type. JSON:API wants its ID there as well as in the address. */
export const storedRecord = (type: string): RecordBody => ({
	max: 1,
	wrap: RECORD,
	fixedInside: { type },
});

/** The body that makes a record of this type, of which the service makes the ID. */
export const newRecord = (type: string): RecordBody => ({ ...storedRecord(type), omit: ['id'] });
