import {
	isInput,
	valueAt,
	type Field,
	type Resource,
	type SaveOperation,
	type WriteEndpoint,
} from '../definition';

const isBlank = (value: unknown): boolean =>
	value === undefined ||
	value === null ||
	value === '' ||
	(Array.isArray(value) && value.length === 0);

/** Does a value of the vendor hold all that was sent? It may hold more, and spell numbers as text. */
function holds(stored: unknown, sent: unknown): boolean {
	if (isBlank(sent) || isBlank(stored)) return isBlank(sent) && isBlank(stored);
	if (Array.isArray(sent))
		return (
			Array.isArray(stored) && sent.every((entry) => stored.some((other) => holds(other, entry)))
		);
	if (typeof sent === 'object' && sent !== null)
		return Object.entries(sent).every(([name, value]) =>
			holds((stored as Record<string, unknown>)[name], value),
		);
	return typeof stored !== 'object' && String(stored).trim() === String(sent).trim();
}

/**
 * Settles a row whose answer was lost by what the vendor shows now. Undefined: the record is as the row wants it.
 * Otherwise what is to be told about it.
 */
export function judgeSeen(
	{ fields, key }: Resource,
	operation: SaveOperation,
	endpoint: WriteEndpoint,
	record: Readonly<Record<string, unknown>>,
	seen: { stored: unknown } | undefined,
): string | undefined {
	const { fixed = {}, purpose } = operation;
	const removes = endpoint.request.method === 'DELETE';
	if (seen === undefined) return removes ? undefined : 'When looked up, it was not there.';
	if (removes) return 'When looked up, it was still there.';

	const whole = (endpoint.demands ?? operation.purpose) === 'replace';
	const different: string[] = [];
	const left: string[] = [];
	let compared = 0;
	for (const [name, field] of Object.entries(fields)) {
		const { path = name, label, access } = field;
		const sent = valueAt(record, path);
		// What the operation sets by itself tells nothing of the row, unless the rest is what was stored anyway.
		if (name === key || (name in fixed && purpose !== 'fill') || access === 'writeOnly') continue;
		const there = valueAt(seen.stored, path);
		if (sent !== undefined) {
			compared++;
			if (!holds(there, sent)) different.push(`"${label}"`);
		}
		// What a replacement does not have is wiped: as long as it is there, nothing was replaced.
		if (whole && isInput(operation, name, field) && hasMore(there, sent, field))
			left.push(`"${label}"`);
	}
	if (different.length > 0)
		return `When looked up, it did not hold what the row says for ${different.join(', ')}.`;
	if (left.length > 0)
		return `When looked up, it still held more than the row says for ${left.join(', ')}.`;
	return compared === 0 ? 'When looked up, it was there.' : undefined;
}

/** Does a value of the vendor hold something that was not sent, among what a definition says can be sent? */
function hasMore(stored: unknown, sent: unknown, { members = {} }: Field): boolean {
	if (isBlank(stored)) return false;
	if (isBlank(sent)) return true;
	if (Array.isArray(stored)) return Array.isArray(sent) && stored.length > sent.length;
	return Object.entries(members).some(
		([name, member]) =>
			member.access !== 'readOnly' &&
			hasMore(valueAt(stored, member.path ?? name), valueAt(sent, member.path ?? name), member),
	);
}
