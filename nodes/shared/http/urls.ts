/** A part of an address that cannot stand there: the message says which and what to do. */
export class AddressFault extends Error {
	constructor(
		message: string,
		readonly field: string,
		readonly code: 'MISSING_VALUE' | 'INVALID_VALUE' = 'INVALID_VALUE',
	) {
		super(message);
		this.name = 'AddressFault';
	}
}

/** `.` and `..` pass percent-encoding unchanged, and change the path when a client resolves it. */
const CLIMBS = /^\.{1,2}$/;

/** Half of a character that takes two places, such as an emoji that was cut: no address can hold it. */
const HALF_CHARACTER = /\p{Surrogate}/u;

const UNUSABLE = 'cannot be used in an address. Check it.';

function encoded(text: string, name: string): string {
	if (HALF_CHARACTER.test(text)) throw new AddressFault(UNUSABLE, name);
	return encodeURIComponent(text);
}

/** Fills `{name}` parts of a path; every value is percent-encoded. */
export function fillPath(path: string, valueOf: (name: string) => unknown): string {
	return path.replace(/\{(\w+)\}/g, (_, name: string) => {
		const value = valueOf(name);
		const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
		if (text === '')
			throw new AddressFault(
				'is missing. Add a value, the address of the record needs it.',
				name,
				'MISSING_VALUE',
			);
		if (CLIMBS.test(text)) throw new AddressFault(UNUSABLE, name);
		return encoded(text, name);
	});
}

export type Query = ReadonlyArray<readonly [name: string, value: string]>;

export function buildUrl(baseUrl: string, path: string, query: Query = []): string {
	if (query.length === 0) return baseUrl + path;
	const pairs = query.map(([name, value]) => `${encoded(name, name)}=${encoded(value, name)}`);
	return `${baseUrl}${path}?${pairs.join('&')}`;
}

/**
 * Resolves a redirect or next link against the address that gave it. Undefined when it leaves the configured host:
 * tokens and people's data go to that host only.
 */
export function sameHost(baseUrl: string, from: string, link: string): string | undefined {
	try {
		const target = new URL(link, from);
		return target.origin === new URL(baseUrl).origin ? target.toString() : undefined;
	} catch {
		return undefined;
	}
}

const FORM = 'It must look like https://example.com.';

/**
 * Why an address from a credential cannot be used, in words for its owner; undefined when it can.
 *
 * @param paths what is appended to it
 */
export function baseUrlProblem(baseUrl: string, paths: readonly string[] = []): string | undefined {
	if (baseUrl.trim() === '')
		return 'The base URL in the credential is empty. Open the credential and fill it in.';
	let url: URL;
	try {
		url = new URL(baseUrl);
	} catch {
		return `The base URL in the credential is not a web address. ${FORM}`;
	}
	if (url.protocol !== 'https:' && url.protocol !== 'http:')
		return `The base URL in the credential is not a web address. ${FORM}`;
	if (url.username !== '' || url.password !== '')
		return `The base URL in the credential has a user name or password in it. Leave out everything between "//" and "@". ${FORM}`;
	for (const [sign, part] of [
		['?', 'a query'],
		['#', 'a fragment'],
	])
		if (baseUrl.includes(sign))
			return `The base URL in the credential has ${part} behind the address. Leave out the "${sign}" and everything after it. ${FORM}`;
	const twice = paths.map((path) => overlap(url.pathname, path)).find((part) => part !== '');
	if (twice !== undefined)
		return `The base URL in the credential ends in "${twice}", which the node adds itself. Leave it out.`;
	return undefined;
}

/** The end of an address with which a path begins: for `/proxy/api/v3` and `/api/v3/people` it is `/api/v3`. */
function overlap(end: string, path: string): string {
	const steps = end.split('/').filter((step) => step !== '');
	const wanted = path.split('/').filter((step) => step !== '');
	for (let from = 0; from < steps.length; from++) {
		const tail = steps.slice(from);
		if (tail.every((step, at) => step === wanted[at])) return `/${tail.join('/')}`;
	}
	return '';
}
