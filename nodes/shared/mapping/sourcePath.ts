import type { Mark, SourcePath } from '../definition';
import { isRecord } from './values';

/** One step of a path: a name, and which entries of the list that stands there. */
interface Step {
	name: string;
	entries?: { key: string; is: string } | 'all';
}

const STEP = /^([^[\]]+)(?:\[(?:([^=\]]+)=([^\]]*))?\])?$/;

const parsed = new Map<SourcePath, readonly Step[]>();

function stepsOf(path: SourcePath): readonly Step[] {
	let steps = parsed.get(path);
	if (steps === undefined) {
		steps = path.split('.').map((part): Step => {
			const [, name = part, key, is = ''] = STEP.exec(part) ?? [];
			if (key !== undefined) return { name, entries: { key, is } };
			return part.endsWith('[]') ? { name, entries: 'all' } : { name };
		});
		parsed.set(path, steps);
	}
	return steps;
}

/** Everything that stands at a path. */
export function valuesAt(value: unknown, path: SourcePath): unknown[] {
	let held: unknown[] = [value];
	for (const { name, entries } of stepsOf(path))
		held = held.flatMap((at) => {
			const next = isRecord(at) ? at[name] : undefined;
			if (next === undefined || next === null) return [];
			if (entries === undefined) return [next];
			const list: unknown[] = Array.isArray(next) ? next : [];
			if (entries === 'all') return list;
			return list.filter((entry) => isRecord(entry) && entry[entries.key] === entries.is);
		});
	return held;
}

/** Whether there stands what a mark says. */
export function bears(value: unknown, path: SourcePath, mark: Mark): boolean {
	const [found] = valuesAt(value, path);
	switch (mark) {
		case 'text':
			return typeof found === 'string';
		case 'number':
			return typeof found === 'number';
		case 'id':
			return typeof found === 'string' || typeof found === 'number';
		case 'list':
			return Array.isArray(found);
		case 'object':
			return isRecord(found);
		default:
			return mark.some((one) => one === found);
	}
}
