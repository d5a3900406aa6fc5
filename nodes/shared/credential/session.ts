import { createHash } from 'crypto';
import type { IHttpRequestHelper } from 'n8n-workflow';
import { valueAt } from '../definition/path';
import { baseUrlProblem } from '../http/urls';

/**
 * n8n keeps a session token when its owner edits the credential. The token is therefore stored under a hash of what it
 * was bought with, and is not given out once that has changed: the 401 that follows makes n8n sign in anew.
 */
export const bindingOf = (...parts: readonly string[]): string =>
	createHash('sha256').update(JSON.stringify(parts)).digest('hex');

export const seal = (token: string, binding: string): string => `${binding}.${token}`;

/** The token, or undefined when it was bought with other settings. */
export const unseal = (sealed: unknown, binding: string): string | undefined =>
	typeof sealed === 'string' && sealed.startsWith(`${binding}.`)
		? sealed.slice(binding.length + 1)
		: undefined;

/**
 * Signing in did not work, so the request it was for was never sent. n8n wraps it and keeps its message, as long as it
 * carries no status of its own. It holds neither the request nor the answer: both carry secrets.
 */
export class SignInFailed extends Error {
	constructor(
		message: string,
		/** The same sign-in may work later. */
		readonly passing: boolean,
	) {
		super(message);
		this.name = 'SignInFailed';
	}
}

export interface SignInRequest {
	/** As its users call it. */
	service: string;
	baseUrl: string;
	/** Begins with `/`. */
	path: string;
	headers?: Readonly<Record<string, string>>;
	/** Serialised. */
	body: string;
	/** Where the token stands in the answer; of several places the first that holds one. */
	tokenAt: string | readonly string[];
	/** Names of the fields to look at when the service refuses, for example `Client ID and Client Secret`. */
	check: string;
	/** Secrets that are wrong may be answered like this too. */
	refusesWithoutToken?: boolean;
}

/** A token takes well under a second; n8n's own limit of five minutes would hold up a whole run. */
const TIMEOUT_MS = 30_000;

/** OAuth error codes. Other words of the service are not repeated, they may repeat the secret. */
const ERROR_CODE = /^[a-z_]{1,40}$/;

interface Answer {
	statusCode: number;
	body: unknown;
}

/** Undefined without an answer. n8n's error is dropped, it holds the request. */
async function send(
	helpers: IHttpRequestHelper['helpers'],
	{ baseUrl, path, headers, body }: SignInRequest,
): Promise<Answer | undefined> {
	try {
		return (await helpers.httpRequest({
			method: 'POST',
			url: baseUrl + path,
			headers,
			body,
			timeout: TIMEOUT_MS,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			// A redirect would carry the secrets to another address.
			disableFollowRedirect: true,
		})) as Answer;
	} catch {
		return undefined;
	}
}

/** @throws SignInFailed when nothing can be sent to an address */
export function checkAddress(baseUrl: string): void {
	const problem = baseUrlProblem(baseUrl);
	if (problem !== undefined) throw new SignInFailed(problem, false);
}

/** Exchanges the secrets for a session token. Throws SignInFailed. */
export async function fetchToken(
	{ helpers }: IHttpRequestHelper,
	request: SignInRequest,
): Promise<string> {
	const { service, baseUrl, tokenAt, check, refusesWithoutToken } = request;
	checkAddress(baseUrl);
	const host = new URL(baseUrl).origin;
	const answer = await send(helpers, request);
	if (answer === undefined)
		throw new SignInFailed(
			`${host} did not answer the sign-in. Check the address in the credential, and that n8n can reach it.`,
			true,
		);
	const { statusCode } = answer;
	const code = valueAt(answer.body, 'error');
	const said = typeof code === 'string' && ERROR_CODE.test(code) ? `, ${code}` : '';
	if ([400, 401, 403].includes(statusCode))
		throw new SignInFailed(
			`${service} refused the sign-in (HTTP ${statusCode}${said}). Check ${check} in the credential.`,
			false,
		);
	if (statusCode < 200 || statusCode > 299)
		throw new SignInFailed(
			`The sign-in at ${host} failed (HTTP ${statusCode}${said}). Check the address in the credential, or try again later.`,
			statusCode === 408 || statusCode === 429 || statusCode >= 500,
		);
	const token = [tokenAt]
		.flat()
		.map((path) => valueAt(answer.body, path))
		.find((value) => typeof value === 'string' && value !== '');
	if (typeof token !== 'string' || token === '')
		throw new SignInFailed(
			refusesWithoutToken
				? `${host} answered without a token. Check the address, ${check} in the credential.`
				: `${host} answered the sign-in without a token, so it is probably not ${service}. Check the address in the credential.`,
			false,
		);
	return token;
}
