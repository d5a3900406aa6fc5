import type { Field, Resource, SaveOperation } from '../definition';
import { takenFields } from './columns';
import { pathOf } from './prepare';
import type { RowState } from './rowState';
import { quoted } from './text';

/** `has`: whether the record says something of a field; `names`: of everything that stands in it. */
type Check = (row: RowState, has: (field: string) => boolean, names: () => string[]) => void;

/** The vendor's rules between fields, as far as the operation takes those fields. */
export function rulesOf(resource: Resource, operation: SaveOperation): Check[] {
	const taken = new Set(takenFields(resource, operation).map(([key]) => key));
	const fixed = new Set(Object.keys(operation.fixed ?? {}));
	const labels = (fields: readonly string[]) => fields.map((key) => resource.fields[key].label);

	return (resource.rules ?? []).flatMap((rule): Check[] => {
		if ('anyOf' in rule) {
			const usable = rule.anyOf.filter((key) => taken.has(key));
			if (usable.length === 0 || rule.anyOf.some((key) => fixed.has(key))) return [];
			const [first] = labels(usable);
			return [
				(row, has) => {
					if (!usable.some(has))
						row.add(
							'RULE',
							`${quoted(labels(usable), 'or')} is needed. Add a value for one of them.`,
							first,
						);
				},
			];
		}
		if ('beside' in rule) return only(rule.beside, resource.fields[rule.beside], taken);
		if (!rule.together.every((key) => taken.has(key))) return [];
		return [
			(row, has) => {
				const given = labels(rule.together.filter(has));
				const absent = labels(rule.together.filter((key) => !has(key)));
				if (given.length > 0 && absent.length > 0)
					row.add(
						'RULE',
						`${quoted(labels(rule.together), 'and')} go together. Add a value for ${quoted(absent, 'and')}, or remove ${quoted(given, 'and')}.`,
						absent[0],
					);
			},
		];
	});
}

/** Whatever else is sent counts, known to the definition or not. */
function only(key: string, field: Field, taken: ReadonlySet<string>): Check[] {
	if (taken.size < 2 || !taken.has(key)) return [];
	const [name] = pathOf(key, field);
	return [
		(row, has, names) => {
			if (row.issues.length > 0 || !has(key) || names().some((other) => other !== name)) return;
			row.add(
				'RULE',
				`"${field.label}" is all that the row holds, so there is nothing to save. Add a value for another field.`,
				field.label,
			);
		},
	];
}
