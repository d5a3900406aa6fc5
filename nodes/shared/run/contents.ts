/** Fewer bytes than this are no document, and do no harm. */
const SHORTEST_CONTENT = 1_000;
const BASE64 = /^(?:data:[\w/+.;=-]{1,100},)?[A-Za-z0-9+/_-]{60}[A-Za-z0-9+/_\r\n-]{140}/;
/** Base64 in lines is broken after 76 characters at most. */
const WORDS = /[^\S\r\n]/;

/** A size as people say it. */
export function sizeOf(bytes: number): string {
	if (bytes < 1_000) return `${bytes} bytes`;
	return bytes < 1_000_000
		? `${Math.round(bytes / 1_000)} KB`
		: `${Math.round(bytes / 100_000) / 10} MB`;
}

function shown(value: unknown): unknown {
	if (typeof value === 'string')
		return isContent(value) ? `(file, ${sizeOf(bytesIn(value))})` : value;
	if (Buffer.isBuffer(value)) return `(file, ${sizeOf(value.length)})`;
	if (Array.isArray(value)) return value.map(shown);
	if (typeof value !== 'object' || value === null) return value;
	if (Object.getPrototypeOf(value) !== Object.prototype) return value;
	return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, shown(held)]));
}

const isContent = (text: string): boolean =>
	text.length >= SHORTEST_CONTENT &&
	BASE64.test(text) &&
	!WORDS.test(text.slice(0, SHORTEST_CONTENT));

const bytesIn = (base64: string): number => Math.floor((base64.length * 3) / 4);

/**
 * A row as it is shown beside its result: a document stands there with its size instead of its bytes, which nobody reads
 * and which would be kept with every execution.
 */
export const withoutContents = (
	values: Readonly<Record<string, unknown>>,
): Record<string, unknown> => shown({ ...values }) as Record<string, unknown>;
