import type { Column, Field, Resource, SaveOperation, WritePurpose } from '../definition';
import type { ColumnView } from './types';

type ColumnsOf = Pick<SaveOperation, 'only' | 'except' | 'fixed' | 'ask'>;

const ALWAYS: readonly WritePurpose[] = ['create', 'replace', 'save'];

/** The fields an operation takes from the user. */
export function takenFields(resource: Resource, operation: ColumnsOf): Array<[string, Field]> {
	const { only, except, fixed } = operation;
	return Object.entries(resource.fields).filter(
		([key, field]) =>
			field.access !== 'readOnly' &&
			(only === undefined || only.includes(key)) &&
			!except?.includes(key) &&
			!(fixed !== undefined && key in fixed),
	);
}

/** The columns of one field: itself, or its flat columns where it is nested and has some. */
export function columnsOfField(
	fieldKey: string,
	field: Field,
	ask: readonly string[] = [],
): ColumnView[] {
	const requiredIn = (key: string, required: readonly WritePurpose[] = []) =>
		ask.includes(key) ? ALWAYS : required;
	if (field.columns === undefined) {
		// What the run fills in itself is asked of nobody.
		const required = field.whenMissing === undefined ? field.required : undefined;
		return [wholeField(fieldKey, field, requiredIn(fieldKey, required))];
	}
	return Object.entries(field.columns).map(([key, column]): ColumnView => {
		const { label, help, into, required, concept } = column;
		return {
			key,
			label,
			help,
			field: memberOf(field, column),
			many: into === 'each',
			required: requiredIn(key, required),
			concept,
			fieldKey,
			column,
		};
	});
}

export const wholeField = (
	key: string,
	field: Field,
	required: readonly WritePurpose[] = [],
): ColumnView => ({
	key,
	label: field.label,
	help: field.help,
	field,
	many: false,
	required,
	concept: field.concept,
	fieldKey: key,
});

function memberOf(field: Field, { member }: Column): Field {
	const held = field.members?.[member];
	if (held === undefined) throw new Error(`A column names a member that does not exist: ${member}`);
	return held;
}

/** The columns people can fill for an operation, in the order of the definition. */
export const columnsOf = (resource: Resource, operation: ColumnsOf): ColumnView[] =>
	takenFields(resource, operation).flatMap(([key, field]) =>
		columnsOfField(key, field, operation.ask),
	);
