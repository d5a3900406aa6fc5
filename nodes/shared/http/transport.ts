import { TransportFault } from './port';

/** Codes by which Node.js says that no connection came about, so nothing can have arrived. */
const NOT_SENT: ReadonlySet<string> = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EADDRNOTAVAIL',
	'ERR_INVALID_URL',
	'EPROTO',
	'ERR_SSL_WRONG_VERSION_NUMBER',
]);
const TIMED_OUT: ReadonlySet<string> = new Set([
	'ETIMEDOUT',
	'ECONNABORTED',
	'ESOCKETTIMEDOUT',
	'UND_ERR_HEADERS_TIMEOUT',
]);

/** Codes by which Node.js turns down a certificate: the connection ends before the request goes out. */
const CERTIFICATE: ReadonlySet<string> = new Set([
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'CERT_REVOKED',
	'CERT_UNTRUSTED',
	'CERT_REJECTED',
	'CERT_SIGNATURE_FAILURE',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'HOSTNAME_MISMATCH',
	'INVALID_CA',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Words of the same, for errors that have lost their code. */
const CERTIFICATE_WORDS = [
	'self-signed certificate',
	'self signed certificate',
	'unable to verify the first certificate',
	'unable to get local issuer certificate',
	'certificate has expired',
	"does not match certificate's altnames",
];

/** How n8n's own errors begin when its guards keep a request in: the server's protection, the credential's domains. */
const GUARDED = [
	'the request was blocked because',
	'domain not allowed:',
	'this credential restricts requests',
	'no allowed domains specified',
];

/** Names of the classes behind them, where the line of n8n keeps them. */
const GUARDS: ReadonlySet<unknown> = new Set([
	'SsrfBlockedIpError',
	'SsrfBlockedHostnameError',
	'UnknownConnectionHostError',
]);

/** n8n's words with its description; nobody reads more. */
const LONGEST_REASON = 600;

type Link = Readonly<Record<string, unknown>>;

/** More are a circle. */
const LONGEST_CHAIN = 5;

/** An error and what caused it, outermost first. */
export function chainOf(error: unknown): Link[] {
	const links: Link[] = [];
	for (
		let link = error as Link | undefined;
		typeof link === 'object' && link !== null && links.length < LONGEST_CHAIN;
		link = link.cause as Link | undefined
	)
		links.push(link);
	return links;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** n8n replaces the words of some errors and keeps those it had under `messages`. */
const wordsOf = (link: Link): string[] =>
	[link.message, ...(Array.isArray(link.messages) ? (link.messages as unknown[]) : [])].map(textOf);

/** What became of a request that n8n has thrown an error for instead of giving an answer. */
export function transportFault(error: unknown, url: string): TransportFault {
	const links = chainOf(error);
	const { host } = new URL(url);
	const codes = links.flatMap((link) => [link.code, link.errno, link.httpCode]).map(String);
	const said = links.flatMap(wordsOf).join(' ').slice(0, 10_000);
	const words = said.toLowerCase();

	const guard = guardIn(links);
	if (guard !== undefined)
		return new TransportFault('blocked', `n8n did not let the request to ${host} out: ${guard}`);

	const certificate = codes.find((code) => CERTIFICATE.has(code));
	if (certificate !== undefined || CERTIFICATE_WORDS.some((word) => words.includes(word)))
		return new TransportFault(
			'blocked',
			`n8n does not trust the certificate of ${host}${certificate === undefined ? '' : ` (${certificate})`}, so nothing was sent. Check the address in the credential. If the certificate is your own company's or a proxy's, ask whoever looks after n8n to name its authority in the environment variable NODE_EXTRA_CA_CERTS.`,
		);
	if (codes.some((code) => NOT_SENT.has(code)) || /ECONNREFUSED|ENOTFOUND|EAI_AGAIN/.test(said))
		return new TransportFault(
			'notSent',
			`The host ${host} does not answer. Check the base URL in the credential, and that n8n may reach it.`,
		);
	if (
		codes.some((code) => TIMED_OUT.has(code)) ||
		words.includes('timeout') ||
		words.includes('timed out')
	)
		return new TransportFault('timeout', `The host ${host} did not answer in time.`);
	return new TransportFault(
		'cut',
		`The connection to ${host} ended before the answer was complete.`,
	);
}

/** n8n's own reason for keeping a request in, as it says it. */
function guardIn(links: readonly Link[]): string | undefined {
	for (const link of links) {
		const reason = wordsOf(link).find((text) =>
			GUARDED.some((start) => text.toLowerCase().startsWith(start)),
		);
		if (reason === undefined && !GUARDS.has(link.name)) continue;
		const whole = [reason ?? textOf(link.message), textOf(link.description)]
			.filter((text) => text !== '')
			.map((text) => (text.endsWith('.') ? text : `${text}.`))
			.join(' ');
		return whole.slice(0, LONGEST_REASON);
	}
	return undefined;
}
