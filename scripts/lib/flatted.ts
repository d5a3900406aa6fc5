/**
 * Reads the text n8n stores executions as: an array in which every string inside an object or array
 * is the index of an entry, so that shared and circular values are written once.
 */
export function parseFlatted(text: string): unknown {
	const entries = JSON.parse(text) as unknown[];
	const done = new Set<number>();
	const resolve = (index: number): unknown => {
		const entry = entries[index];
		if (typeof entry !== 'object' || entry === null || done.has(index)) return entry;
		done.add(index);
		const holder = entry as Record<string, unknown>;
		for (const [key, value] of Object.entries(holder)) {
			if (typeof value === 'string') holder[key] = resolve(Number(value));
		}
		return entry;
	};
	return resolve(0);
}
