import type { Rule } from './walk';

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

	*waitHeadersAreNames({ waitHeaders = [] }) {
		const names = waitHeaders.map(({ name }) => name.toLowerCase());
		for (const name of names) {
			if (!/^[a-z0-9-]{1,100}$/.test(name)) yield `"${name}" is no name of a header.`;
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
