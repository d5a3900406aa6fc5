/**
 * The path language of definitions: member names separated by dots, `*` for every entry of a list. An empty path is the
 * value itself.
 */

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

/** The value at a path without `*`, or undefined. */
export function valueAt(value: unknown, path: string): unknown {
	if (path === '') return value;
	let held: unknown = value;
	for (const part of path.split('.')) {
		if (!isObject(held)) return undefined;
		held = held[part];
	}
	return held;
}

/** All values a path with `*` leads to; undefined values are left out. */
export function valuesAt(value: unknown, path: string): unknown[] {
	let held: unknown[] = [value];
	for (const part of path === '' ? [] : path.split('.')) {
		held = held.flatMap((entry) => {
			if (part === '*') return Array.isArray(entry) ? entry : [];
			return isObject(entry) ? [entry[part]] : [];
		});
	}
	return held.filter((entry) => entry !== undefined);
}

/** Removes what is at a path without `*`; leaves the objects on the way. */
export function removeAt(target: Record<string, unknown>, path: string): void {
	const dot = path.lastIndexOf('.');
	const owner = dot < 0 ? target : valueAt(target, path.slice(0, dot));
	if (isObject(owner)) delete owner[path.slice(dot + 1)];
}

/** Sets a value at a path without `*`; makes the objects on the way. */
export function setAt(target: Record<string, unknown>, path: string, value: unknown): void {
	const parts = path.split('.');
	const last = parts.pop() as string;
	let held = target;
	for (const part of parts) {
		const next = held[part];
		if (isObject(next)) held = next;
		else held = held[part] = {} as Record<string, unknown>;
	}
	held[last] = value;
}
