import {
	fieldsOfRule,
	type Field,
	type Fields,
	type Parameter,
	type Resource,
	type SaveOperation,
} from '../../nodes/shared/definition';
import { columnsOf, type ColumnView } from '../../nodes/shared/mapping';

/** A value of a field as people give it; differs by `n`, and is the same in every run. */
export function sample(field: Field, n: number): unknown {
	switch (field.kind) {
		case 'text':
			if (field.file !== undefined) return Buffer.from(`%PDF-1.4 file ${n}`).toString('base64');
			if (field.format === 'email') return `person${n}@example.com`;
			if (field.wire === 'digits') return `331234567${10 + (n % 90)}`;
			if (field.format === 'phone') return `+331234567${10 + (n % 90)}`;
			if (field.concept === 'linkedIn') return `https://www.linkedin.com/in/person-${n}`;
			if (field.format === 'url') return `https://example.com/${n}`;
			return `${field.label} ${n}`.slice(0, field.maxLength ?? 60);
		case 'number':
			return 100 + n;
		case 'boolean':
			return n % 2 === 0;
		case 'date':
			return `2026-01-${String(1 + (n % 28)).padStart(2, '0')}`;
		case 'dateTime':
			return `2026-01-${String(1 + (n % 28)).padStart(2, '0')}T09:00:00Z`;
		case 'choice':
			return field.values?.[n % (field.values.length || 1)];
		case 'textList':
			if (field.values !== undefined) return [field.values[0]];
			if (field.concept === 'phone') return [`+331234567${10 + (n % 90)}`];
			return field.format === undefined ? [`entry ${n}`] : [sample({ ...field, kind: 'text' }, n)];
		case 'json':
			return { key: n };
		case 'object':
			return sampleOf(field.members ?? {}, n);
		case 'objectList':
			return [sampleOf(field.members ?? {}, n)];
	}
}

const sampleOf = (members: Fields, n: number): Record<string, unknown> =>
	Object.fromEntries(
		Object.entries(members)
			.filter(([, member]) => member.access !== 'readOnly')
			.map(([key, member]) => [key, sample(member, n)]),
	);

const isRequired = (column: ColumnView, operation: SaveOperation): boolean =>
	column.required.includes(operation.purpose) || (operation.ask?.includes(column.key) ?? false);

/** Rows carry their key here, so they go where rows with a key go, and that endpoint may take less. */
function takenBy(resource: Resource, { route }: SaveOperation): (column: ColumnView) => boolean {
	if (typeof route !== 'object' || !('withKey' in route)) return () => true;
	const endpoint = resource.endpoints[route.withKey];
	const takes = endpoint.does === 'write' ? endpoint.accepts : undefined;
	return ({ fieldKey }) => takes === undefined || takes.includes(fieldKey);
}

/** A row for an operation: what is required only, or every column. Rules between fields are kept. */
export function sampleRow(
	resource: Resource,
	operation: SaveOperation,
	n: number,
	extent: 'required' | 'all',
): Record<string, unknown> {
	const columns = columnsOf(resource, operation);
	const row: Record<string, unknown> = {};
	const fill = (column: ColumnView) => {
		const value = sample(column.field, n);
		row[column.key] = column.many && !Array.isArray(value) ? [value] : value;
	};
	const taken = takenBy(resource, operation);
	for (const column of columns)
		if ((extent === 'all' && taken(column)) || isRequired(column, operation)) fill(column);
	// The key is what tells rows apart.
	const key = columns.find((column) => column.key === resource.key);
	if (key !== undefined) fill(key);
	for (const rule of resource.rules ?? []) {
		if ('beside' in rule) {
			const other = columns.find(({ fieldKey }) => fieldKey !== rule.beside);
			if (other !== undefined && Object.keys(row).every((name) => name === rule.beside))
				fill(other);
		}
		if (!('anyOf' in rule)) continue;
		const [first] = fieldsOfRule(rule);
		const open = columns.find((column) => column.fieldKey === first);
		const holds = rule.anyOf.some((part) =>
			typeof part === 'string' ? part in row : row[part.field] === part.is,
		);
		if (open !== undefined && !holds) fill(open);
	}
	return row;
}

/** A value for an endpoint parameter. */
export function sampleParameter(parameter: Parameter, key: string): unknown {
	switch (parameter.kind) {
		case 'number':
			return 5;
		case 'boolean':
			return true;
		case 'date':
			return '2026-01-15';
		case 'dateTime':
			return '2026-01-15T09:00:00Z';
		case 'choice':
			return parameter.values?.[0] ?? 'value';
		case 'choices':
			return [parameter.values?.[0] ?? 'value'];
		case 'textList':
			return ['one', 'two'];
		case 'json':
			return { key: 'value' };
		case 'text':
			return `${key}-1`;
	}
}
