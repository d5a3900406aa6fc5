import { valueAt, type Resource, type SaveOperation, type WriteEndpoint } from '../definition';

const isBlank = (value: unknown): boolean =>
	value === undefined ||
	value === null ||
	value === '' ||
	(Array.isArray(value) && value.length === 0);

/** Does a value of the vendor hold all that was sent? It may hold more, and spell numbers as text. */
function holds(held: unknown, sent: unknown): boolean {
	if (isBlank(sent) || isBlank(held)) return isBlank(sent) && isBlank(held);
	if (Array.isArray(sent))
		return Array.isArray(held) && sent.every((entry) => held.some((other) => holds(other, entry)));
	if (typeof sent === 'object' && sent !== null)
		return Object.entries(sent).every(([name, value]) =>
			holds((held as Record<string, unknown>)[name], value),
		);
	return typeof held !== 'object' && String(held).trim() === String(sent).trim();
}

/**
 * Settles a row whose answer was lost by what the vendor shows now. Undefined: the record is as the row wants it.
 * Otherwise what is to be told about it.
 */
export function judgeSeen(
	{ fields, key }: Resource,
	{ fixed = {} }: SaveOperation,
	endpoint: WriteEndpoint,
	record: Readonly<Record<string, unknown>>,
	seen: { held: unknown } | undefined,
): string | undefined {
	const removes = endpoint.request.method === 'DELETE';
	if (seen === undefined) return removes ? undefined : 'When looked up, it was not there.';
	if (removes) return 'When looked up, it was still there.';

	const different: string[] = [];
	let compared = 0;
	for (const [name, { path = name, label, access }] of Object.entries(fields)) {
		const sent = valueAt(record, path);
		if (sent === undefined || name === key || name in fixed || access === 'writeOnly') continue;
		compared++;
		if (!holds(valueAt(seen.held, path), sent)) different.push(`"${label}"`);
	}
	if (different.length > 0)
		return `When looked up, it did not hold what the row says for ${different.join(', ')}.`;
	return compared === 0 ? 'When looked up, it was there.' : undefined;
}
