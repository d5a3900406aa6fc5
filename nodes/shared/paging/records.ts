import { isJsonObject, valueAt, type Resource } from '../definition';

/** Under this name, or under one that differs in capitals only. */
function memberOf(record: unknown, name: string): unknown {
	if (!isJsonObject(record) || name in record) return valueAt(record, name);
	const other = Object.keys(record).find((key) => key.toLowerCase() === name.toLowerCase());
	return other === undefined ? undefined : record[other];
}

/**
 * The list in an answer. `loose`: how the vendor spells its name is not documented, so capitals do not matter, and an answer that
 * is a list itself will do.
 */
export function listIn(body: unknown, path: string, loose = false): unknown {
	return loose && Array.isArray(body) ? body : loose ? memberOf(body, path) : valueAt(body, path);
}

/** A record with the names of the resource's fields where its own differ from them in capitals only. */
export function respelled({ fields }: Resource, record: unknown): unknown {
	if (!isJsonObject(record)) return record;
	const names = new Map(
		Object.entries(fields).map(([key, { path = key }]) => [path.toLowerCase(), path]),
	);
	return Object.fromEntries(
		Object.entries(record).map(([name, value]) => [names.get(name.toLowerCase()) ?? name, value]),
	);
}
