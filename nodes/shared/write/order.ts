import type { Field, Fields } from '../definition';
import { valueAt } from '../definition';

/** A row's own name and the name of the row it needs first, both as people write them. */
export interface Kinship {
	name: string | undefined;
	parent: string | undefined;
}

/** Names are compared as people mean them: without case, and with single spaces. */
const same = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase();

/** Field whose records must exist before they are named; undefined when the resource has none. */
export function parentField(fields: Fields): [key: string, field: Field] | undefined {
	return Object.entries(fields).find(([, field]) => field.relation?.order === 'parentsFirst');
}

export function kinshipOf(
	fields: Fields,
	[key, field]: [string, Field],
	record: Readonly<Record<string, unknown>>,
): Kinship {
	const textAt = (name: string): string => {
		const value = valueAt(record, fields[name]?.path ?? name);
		return typeof value === 'string' ? value : '';
	};
	const name = (field.relation?.refersTo ?? '').split(' ').map(textAt).join(' ');
	const parent = textAt(key);
	return { name: same(name) || undefined, parent: same(parent) || undefined };
}

/**
 * Sorts rows so that everybody comes after the row they name; those of one level do not need each other. Rows that name
 * each other in a circle come back apart, since none of them can be first. Who names themselves, or nobody of the input,
 * needs nobody; `elsewhere` are the rows that name somebody who is not in the input.
 */
export function levelsOf(rows: readonly Kinship[]): {
	levels: number[][];
	circular: number[];
	elsewhere: number[];
} {
	const byName = new Map<string, number[]>();
	rows.forEach(({ name }, at) => {
		if (name === undefined) return;
		const group = byName.get(name);
		if (group === undefined) byName.set(name, [at]);
		else group.push(at);
	});
	const children: number[][] = rows.map(() => []);
	const needs: number[] = rows.map(() => 0);
	const elsewhere: number[] = [];
	rows.forEach(({ name, parent }, at) => {
		if (parent === undefined || parent === name) return;
		const parents = byName.get(parent);
		if (parents === undefined) elsewhere.push(at);
		for (const first of parents ?? []) {
			children[first].push(at);
			needs[at]++;
		}
	});
	const levels: number[][] = [];
	let level = rows.map((_, at) => at).filter((at) => needs[at] === 0);
	while (level.length > 0) {
		levels.push(level);
		const next: number[] = [];
		for (const at of level)
			for (const child of children[at]) if (--needs[child] === 0) next.push(child);
		level = next.sort((a, b) => a - b);
	}
	const circular = needs.flatMap((count, at) => (count > 0 ? [at] : []));
	return { levels, circular, elsewhere };
}
