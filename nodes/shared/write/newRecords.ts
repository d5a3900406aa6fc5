import { valueAt, type Field, type Resource, type SaveOperation } from '../definition';
import { columnsOf, type ColumnView } from '../mapping';
import type { MappedRow } from '../mapping/types';

/** Tells what the service would want besides if a record turned out to be new: a row that may be either is not checked for it. */
export class NewRecords {
	/** Of columns that only a new record needs: where the field of each is kept. */
	private readonly wanted: ReadonlyArray<{ view: ColumnView; field: Field; path: string }>;

	constructor(resource: Resource, operation: SaveOperation) {
		const isKnownNew = operation.purpose === 'create' || operation.purpose === 'fill';
		const views = isKnownNew || operation.ask !== undefined ? [] : columnsOf(resource, operation);
		this.wanted = views
			.filter(
				({ required }) => required.includes('create') && !required.includes(operation.purpose),
			)
			.map((view) => {
				const field = resource.fields[view.fieldKey];
				return { view, field, path: field.path ?? view.fieldKey };
			});
	}

	/** Labels of what is not there. */
	lacking({ record, relations }: Pick<MappedRow, 'record' | 'relations'>): string[] {
		return this.wanted
			.filter(({ view, field, path }) => {
				const held = valueAt(record, path) ?? valueAt(relations, path);
				const { column } = view;
				if (column === undefined || held === undefined || held === null) return isNothing(held);
				const member = field.members?.[column.member].path ?? column.member;
				const entries: unknown[] = Array.isArray(held) ? held : [held];
				return entries.length === 0 || entries.some((entry) => isNothing(valueAt(entry, member)));
			})
			.map(({ view }) => view.label);
	}
}

const isNothing = (value: unknown): boolean =>
	value === undefined || value === null || value === '';
