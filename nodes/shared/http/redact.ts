/** Tokens as they stand in headers, JSON and addresses, whoever issued them. */
const TOKENS: ReadonlyArray<readonly [RegExp, string]> = [
	[/\b(Bearer|Basic|BDToken)\s+[\w.~+/=-]{8,}/gi, '$1 ***'],
	[/\beyJ[\w-]{5,}\.[\w-]+(\.[\w-]*)?/g, '***'],
	[
		/\b((?:api|access|auth|client|session|refresh)?[_-]?(?:key|token|secret|password|passwd|pwd))(["']?\s*[:=]\s*["']?)[^\s"',;&}]+/gi,
		'$1$2***',
	],
];

/** Shorter secrets would blank out ordinary words; no vendor issues any. */
const SHORTEST_SECRET = 6;

/** Removes the given secrets and everything that looks like one from a text that came from outside. */
export function redactor(secrets: readonly string[]): (text: string) => string {
	const known = secrets
		.filter((secret) => secret.length >= SHORTEST_SECRET)
		.sort((a, b) => b.length - a.length);
	return (text) => {
		let clean = text;
		for (const secret of known) clean = clean.split(secret).join('***');
		for (const [pattern, replacement] of TOKENS) clean = clean.replace(pattern, replacement);
		return clean;
	};
}
