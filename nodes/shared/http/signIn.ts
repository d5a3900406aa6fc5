import { valueAt } from '../definition/path';
import { isPage } from './errors';

/** Why a request never left: what has to come before it, a session or a one-time token, could not be had. */
export interface SignInProblem {
	/** Says all there is to say. Free of secrets. */
	message: string;
	/** The same sign-in may work later. */
	passing: boolean;
	/** HTTP status of the answer, where there was one. */
	status?: number;
	/** Milliseconds the service asks to wait. */
	waitMs?: number;
}

/**
 * Signing in did not work. n8n wraps what a sign-in throws: 2.x keeps it as the cause, 1.123 keeps the words and whatever
 * stands under `response.data`, so the problem stands there. There is no status beside it: n8n would take it for the
 * answer to the request itself. It holds neither the request nor the answer, both carry secrets.
 */
export class SignInFailed extends Error {
	readonly response: { readonly data: { readonly signInProblem: SignInProblem } };

	constructor(readonly problem: SignInProblem) {
		super(problem.message);
		this.name = 'SignInFailed';
		this.response = { data: { signInProblem: problem } };
	}
}

/** The problem in one link of an error's chain, as either line of n8n keeps it. */
export function signInProblemIn(link: unknown): SignInProblem | undefined {
	for (const path of ['response.data.signInProblem', 'context.data.signInProblem']) {
		const problem = valueAt(link, path) as SignInProblem | undefined;
		if (typeof problem?.message === 'string' && typeof problem.passing === 'boolean')
			return problem;
	}
	return undefined;
}

export interface SignInAnswer {
	status: number;
	body: unknown;
	/** Milliseconds the answer asks to wait. */
	waitMs?: number;
}

export interface SignInTerms {
	/** As its users call it. */
	service: string;
	/** Address the sign-in went to, without path. */
	host: string;
	/** Where the token stands in the answer; of several places the first that holds one. */
	tokenAt: string | readonly string[];
	/** Names of the fields to look at when the service refuses, for example `Client ID and Client Secret`. */
	check: string;
	/** Secrets that are wrong may be answered without a token, too. */
	refusesWithoutToken?: boolean;
}

/** OAuth error codes. Other words of the service are not repeated, they may repeat the secret. */
const ERROR_CODE = /^[a-z_]{1,40}$/;

/** The token in the answer to a sign-in. Throws SignInFailed. */
export function tokenFrom({ status, body, waitMs }: SignInAnswer, terms: SignInTerms): string {
	const { service, host, tokenAt, check, refusesWithoutToken } = terms;
	const fails = (message: string, passing = false): never => {
		throw new SignInFailed({
			message,
			passing,
			status,
			...(waitMs === undefined ? {} : { waitMs }),
		});
	};
	const code = valueAt(body, 'error');
	const said = typeof code === 'string' && ERROR_CODE.test(code) ? `, ${code}` : '';
	if (status === 429)
		fails(`${service} asks to slow down at the sign-in (HTTP 429). Try again later.`, true);
	if (status === 408 || status >= 500)
		fails(
			`${service} could not carry out the sign-in (HTTP ${status}${said}). Try again later.`,
			true,
		);
	if (status === 407)
		fails(
			'The proxy between n8n and the service wants a sign-in of its own (HTTP 407). Ask whoever looks after n8n to check the proxy.',
		);
	// A page in place of an answer is not the service's, unless it asks for a sign-in.
	if (status === 401 || ([400, 403].includes(status) && !isPage(body)))
		fails(
			`${service} refused the sign-in (HTTP ${status}${said}). Check ${check} in the credential.`,
		);
	if (status < 200 || status > 299)
		fails(
			`The sign-in at ${host} failed (HTTP ${status}${said}). Check the address in the credential, and that nothing between n8n and the service stops it.`,
		);
	const token = [tokenAt]
		.flat()
		.map((path) => valueAt(body, path))
		.find((value) => typeof value === 'string' && value !== '');
	if (typeof token === 'string') return token;
	return fails(
		refusesWithoutToken
			? `${host} answered without a token. Check the address, ${check} in the credential.`
			: `${host} answered the sign-in without a token, so it is probably not ${service}. Check the address in the credential.`,
	);
}
