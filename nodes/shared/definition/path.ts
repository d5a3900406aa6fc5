/**
 * The path language of definitions: member names separated by dots, `*` for every entry of a list. An empty path is the
 * value itself.
 */

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

/** An object as JSON has them: no list. */
export const isJsonObject = (value: unknown): value is Record<string, unknown> =>
	isObject(value) && !Array.isArray(value);

/** A path as it is written, or its parts, where it is walked for every row. */
export type Path = string | readonly string[];

const partsOf = (path: Path): readonly string[] => {
	if (typeof path !== 'string') return path;
	return path === '' ? [] : path.split('.');
};

/** The value at a path without `*`, or undefined. */
export function valueAt(value: unknown, path: Path): unknown {
	let current: unknown = value;
	for (const part of partsOf(path)) {
		if (!isObject(current)) return undefined;
		current = current[part];
	}
	return current;
}

/** All values a path with `*` leads to; undefined values are left out. */
export function valuesAt(value: unknown, path: string): unknown[] {
	let current: unknown[] = [value];
	for (const part of partsOf(path)) {
		current = current.flatMap((entry) => {
			if (part === '*') return Array.isArray(entry) ? entry : [];
			return isObject(entry) ? [entry[part]] : [];
		});
	}
	return current.filter((entry) => entry !== undefined);
}

/** Removes what is at a path without `*`; leaves the objects on the way. */
export function removeAt(target: Record<string, unknown>, path: string): void {
	const dot = path.lastIndexOf('.');
	const owner = dot < 0 ? target : valueAt(target, path.slice(0, dot));
	if (isObject(owner)) delete owner[path.slice(dot + 1)];
}

/** Sets a value at a path without `*`; makes the objects on the way. */
export function setAt(target: Record<string, unknown>, path: Path, value: unknown): void {
	const parts = partsOf(path);
	const last = parts.length - 1;
	let current = target;
	for (let depth = 0; depth < last; depth++) {
		const next = current[parts[depth]];
		current = isJsonObject(next) ? next : (current[parts[depth]] = {} as Record<string, unknown>);
	}
	current[parts[last]] = value;
}
