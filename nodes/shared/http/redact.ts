/** Tokens as they stand in headers, JSON and addresses, whoever issued them. */
const TOKENS: ReadonlyArray<readonly [RegExp, string]> = [
	[/\b(Bearer|Basic|BDToken)\s{1,20}[\w.~+/=-]{8,}/gi, '$1 ***'],
	[/\beyJ[\w-]{5,8000}\.[\w-]{1,8000}(?:\.[\w-]{0,8000})?/g, '***'],
	[
		/\b((?:api|access|auth|client|session|refresh)?[_-]?(?:key|token|secret|password|passwd|pwd)["']?\s{0,20}[:=]\s{0,20}["']?)[^\s"',;&}]+/gi,
		'$1***',
	],
];

/** Shorter secrets would blank out ordinary words; no vendor issues any. */
const SHORTEST_SECRET = 6;

/** Words of an answer; whoever wants more has the wrong text in hand. */
const LONGEST_TEXT = 20_000;

const HTML: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Base64 without what it shares with its neighbours: inside a longer text it depends on where the secret begins. */
function base64Of(secret: string): string[] {
	return [0, 1, 2].flatMap((before) => {
		const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
		const whole = bytes.toString('base64').replaceAll('=', '');
		// A sign holds six bits: the first ones belong to what stands before, the last to what follows.
		const own = whole.slice(
			Math.ceil((before * 8) / 6),
			bytes.length % 3 === 0 ? undefined : whole.length - 1,
		);
		return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
	});
}

/** A secret in all the forms in which a service may repeat it: as it is stored, as it is sent, and escaped. */
function formsOf(stored: string): string[] {
	const sent = stored.trim();
	const bare = /^(?:bearer|basic)\s{1,20}(.+)$/i.exec(sent.slice(0, LONGEST_TEXT))?.[1] ?? sent;
	return [stored, sent, bare].flatMap((secret) => {
		const url = encodeURIComponent(secret.replace(/[\ud800-\udfff]/g, ''));
		return [
			secret,
			JSON.stringify(secret).slice(1, -1),
			JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
			url,
			url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
			url.replaceAll('%20', '+'),
			secret.replace(/[&<>"']/g, (sign) => HTML[sign]),
			secret.replace(/[&<>"']/g, (sign) => HTML[sign].replace('&#39;', '&#x27;')),
			...(secret.length < SHORTEST_SECRET ? [] : base64Of(secret)),
		];
	});
}

/** Removes the given secrets and everything that looks like one from a text that came from outside. */
export function redactor(secrets: readonly string[]): (text: string) => string {
	const known = [...new Set(secrets.flatMap(formsOf))]
		.filter((secret) => secret.length >= SHORTEST_SECRET)
		.sort((a, b) => b.length - a.length);
	return (text) => {
		let clean = text.slice(0, LONGEST_TEXT);
		for (const secret of known) clean = clean.split(secret).join('***');
		for (const [pattern, replacement] of TOKENS) clean = clean.replace(pattern, replacement);
		return clean;
	};
}
