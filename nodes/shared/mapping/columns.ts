import {
	isInput,
	type Column,
	type Field,
	type Resource,
	type SaveOperation,
	type WritePurpose,
} from '../definition';
import type { ColumnView } from './types';

type ColumnsOf = Partial<Pick<SaveOperation, 'only' | 'except' | 'fixed' | 'ask' | 'route'>>;

const ALWAYS: readonly WritePurpose[] = ['create', 'replace', 'patch'];

/** The fields an operation takes from the user. */
export function inputFields(resource: Resource, operation: ColumnsOf): Array<[string, Field]> {
	return Object.entries(resource.fields).filter(([key, field]) => isInput(operation, key, field));
}

/** Keys of what an operation needs whatever its purpose is: what it asks by itself, and what its address is made of. */
export function neededBy(
	{ fields, endpoints }: Resource,
	{ ask = [], route }: ColumnsOf,
): readonly string[] {
	if (typeof route !== 'string') return ask;
	const { request, parameters = {} } = endpoints[route];
	const inPath = Object.keys(fields).filter(
		(key) => !(key in parameters) && request.path.includes(`{${fields[key].path ?? key}}`),
	);
	return [...ask, ...inPath];
}

/** The columns of one field: itself, or its flat columns where it is nested and has some. */
export function columnsOfField(
	fieldKey: string,
	field: Field,
	needed: readonly string[] = [],
): ColumnView[] {
	const requiredIn = (key: string, required: readonly WritePurpose[] = []) =>
		needed.includes(key) ? ALWAYS : required;
	if (field.columns === undefined) {
		// What the run fills in itself is asked of nobody.
		const required = field.whenMissing === undefined ? field.required : undefined;
		return [wholeField(fieldKey, field, requiredIn(fieldKey, required))];
	}
	return Object.entries(field.columns).map(([key, column]): ColumnView => {
		const { label, help, into, required, shown = false, concept } = column;
		return {
			key,
			label,
			help,
			field: memberOf(field, column),
			many: into === 'each',
			required: requiredIn(key, required),
			shown,
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
	shown: field.shown ?? false,
	concept: field.concept,
	fieldKey: key,
});

function memberOf(field: Field, { member }: Column): Field {
	const held = field.members?.[member];
	if (held === undefined) throw new Error(`A column names a member that does not exist: ${member}`);
	return held;
}

/** The columns people can fill for an operation, in the order of the definition. */
export function columnsOf(resource: Resource, operation: ColumnsOf): ColumnView[] {
	const needed = neededBy(resource, operation);
	return inputFields(resource, operation).flatMap(([key, field]) =>
		columnsOfField(key, field, needed),
	);
}
