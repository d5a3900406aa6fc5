import type { Resource, SaveOperation } from '../definition';
import { takenFields } from './columns';
import type { RowState } from './rowState';

type Check = (row: RowState, has: (field: string) => boolean) => void;

const quoted = (labels: readonly string[], word: string): string =>
	labels.map((label) => `"${label}"`).join(` ${word} `);

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
