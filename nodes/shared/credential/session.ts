import { createHash } from 'crypto';
import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import { askedWaitMs } from '../http/retry';
import { SignInFailed, tokenFrom, type SignInAnswer, type SignInTerms } from '../http/signIn';
import { transportFault } from '../http/transport';
import { baseUrlProblem } from '../http/urls';

export { SignInFailed };

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

export interface SignInRequest extends Omit<SignInTerms, 'host'> {
	baseUrl: string;
	/** Begins with `/`. */
	path: string;
	headers?: Readonly<Record<string, string>>;
	/** Serialised. */
	body: string;
}

/** A token takes well under a second; n8n's own limit of five minutes would hold up a whole run. */
const TIMEOUT_MS = 30_000;

interface Answer {
	statusCode: number;
	headers?: Readonly<Record<string, unknown>>;
	body: unknown;
}

/** n8n's error is dropped, it holds the request. */
function unanswered(error: unknown, url: string): SignInFailed {
	const { kind, message } = transportFault(error, url);
	if (kind === 'blocked') return new SignInFailed({ message, passing: false });
	return new SignInFailed({
		message: `${new URL(url).origin} did not answer. Check the address in the credential, and that n8n can reach it.`,
		passing: true,
	});
}

/** Sends a request without following a redirect, which would carry the secrets to another address. Throws SignInFailed. */
export async function answerTo(
	{ helpers }: IHttpRequestHelper,
	request: Pick<IHttpRequestOptions, 'method' | 'headers' | 'body'> & { url: string },
): Promise<SignInAnswer> {
	let answer: Answer;
	try {
		answer = (await helpers.httpRequest({
			...request,
			timeout: TIMEOUT_MS,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})) as Answer;
	} catch (error) {
		throw unanswered(error, request.url);
	}
	const { statusCode: status, headers = {}, body } = answer;
	const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
	const response = {
		status,
		headers: Object.fromEntries(named) as Record<string, string>,
		body,
	};
	return { status, body, waitMs: askedWaitMs(response, Date.now()) };
}

/** @throws SignInFailed when nothing can be sent to an address */
export function checkAddress(baseUrl: string, ...paths: string[]): void {
	const message = baseUrlProblem(baseUrl, paths);
	if (message !== undefined) throw new SignInFailed({ message, passing: false });
}

/** Exchanges the secrets for a session token. Throws SignInFailed. */
export async function fetchToken(
	helper: IHttpRequestHelper,
	{ baseUrl, path, headers, body, ...terms }: SignInRequest,
): Promise<string> {
	checkAddress(baseUrl, path);
	const answer = await answerTo(helper, { method: 'POST', url: baseUrl + path, headers, body });
	return tokenFrom(answer, { ...terms, host: new URL(baseUrl).origin });
}
