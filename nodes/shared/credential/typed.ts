/** What people type or paste into a credential, as it is meant. Used where a credential signs and where it is tested. */

/** Without blanks and line breaks around it, which come along when one copies. */
export const trimmed = (value: unknown): string => String(value ?? '').trim();

/** Words that stand before a key in examples of requests, and come along when one copies. */
const SCHEMES = ['authorization:', 'bearer', 'basic'];

/** A key or token, without the words that the node sends before it anyway. */
export function keyFrom(value: unknown): string {
	let key = trimmed(value);
	for (const scheme of SCHEMES) {
		const rest = key.slice(scheme.length);
		const isBefore = scheme.endsWith(':') || /^\s/.test(rest);
		if (key.toLowerCase().startsWith(scheme) && isBefore) key = rest.trim();
	}
	return key;
}

/** An address without slashes at its end. */
export function addressFrom(value: unknown): string {
	const address = trimmed(value);
	let end = address.length;
	while (address[end - 1] === '/') end--;
	return address.slice(0, end);
}

/** The same for the request of a credential's test, which n8n makes itself. */
export const TESTED_ADDRESS = '={{ $credentials.baseUrl.trim().replace(/[/]+$/, "") }}';
