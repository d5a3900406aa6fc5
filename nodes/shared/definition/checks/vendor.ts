import { endpointsIn, type Rule } from './walk';

const HEADER_NAME = /^[A-Za-z0-9-]{1,100}$/;
/** Headers that a definition must not set: they sign a request, or tell how it travels. */
const NOT_OURS: ReadonlySet<string> = new Set([
	'authorization',
	'content-length',
	'cookie',
	'host',
	'transfer-encoding',
]);

const CAMEL_CASE = /^[a-z][A-Za-z0-9]*$/;

const repeated = (names: readonly string[]): string[] =>
	names.filter((name, at) => names.indexOf(name) !== at);

export const vendorRules = {
	*storedNamesInCamelCase({ name, resources }) {
		const names = [name, ...resources.flatMap((r) => [r.name, ...Object.keys(r.operations)])];
		for (const stored of names)
			if (!CAMEL_CASE.test(stored)) yield `"${stored}" is no stored name in camel case.`;
	},

	*resourcesHaveTheirOwnNames({ resources }) {
		for (const name of repeated(resources.map((resource) => resource.name)))
			yield `Two resources have the name "${name}".`;
	},

	*signInsDiffer({ signIns }) {
		if (signIns[0]?.authentication !== 'default') yield 'The first sign-in is not "default".';
		for (const name of repeated(signIns.map((signIn) => signIn.authentication)))
			yield `Two sign-ins have the value "${name}".`;
		for (const name of repeated(signIns.map((signIn) => signIn.credential)))
			yield `Two sign-ins use the credential "${name}".`;
	},

	*limitsArePositive({ concurrency, rate }) {
		if (!Number.isInteger(concurrency) || concurrency < 1)
			yield `${concurrency} requests cannot be in flight; say in "concurrency" how many may.`;
		if (rate === undefined) return;
		const { requests, seconds } = rate;
		if (!Number.isInteger(requests) || requests < 1 || !(seconds > 0))
			yield `${requests} requests in ${seconds} seconds are no limit; say in "rate" how many may be sent in how long.`;
	},

	*errorPointersAreSaid({ errorPointers }) {
		for (const [name, path] of Object.entries(errorPointers ?? {}))
			if (path === '') yield `Say in "errorPointers.${name}" where it stands in the answer.`;
	},

	*headersAreConstants(vendor) {
		const stated = [
			{ at: vendor.name, headers: vendor.headers },
			...[...endpointsIn(vendor)].map(({ at, is }) => ({ at, headers: is.headers })),
		];
		for (const { at, headers = {} } of stated)
			for (const [name, value] of Object.entries(headers)) {
				if (!HEADER_NAME.test(name)) yield `${at}: "${name}" is no name of a header.`;
				else if (NOT_OURS.has(name.toLowerCase()))
					yield `${at}: the header "${name}" is set by the credential or by n8n.`;
				if (value.trim() === '' || !/^[\x20-\x7e]*$/.test(value))
					yield `${at}: say in plain characters what the header "${name}" holds.`;
			}
	},

	*waitHeadersAreNames({ waitHeaders = [] }) {
		const names = waitHeaders.map(({ name }) => name.toLowerCase());
		for (const name of names) {
			if (!HEADER_NAME.test(name)) yield `"${name}" is no name of a header.`;
			if (name === 'retry-after')
				yield 'Retry-After is read anyway; leave it out of "waitHeaders".';
		}
		for (const name of repeated(names)) yield `The header "${name}" is read in two ways.`;
	},

	*errorTextsAreLookedFor({ errorMessages }) {
		if (errorMessages.length === 0)
			yield 'Say in "errorMessages" where error bodies keep their text.';
	},
} satisfies Record<string, Rule>;
