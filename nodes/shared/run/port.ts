import {
	sleep,
	type ICredentialDataDecryptedObject,
	type ICredentialsDecrypted,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IPollFunctions,
} from 'n8n-workflow';

import type { CredentialData } from '../definition';
import {
	Cancelled,
	chainOf,
	SignInFailed,
	signInProblemIn,
	TransportFault,
	transportFault,
	type HttpRequest,
	type HttpResponse,
	type Port,
} from '../http';

/** A stop must be obeyed within a second, and n8n offers no sleep that listens to it. */
const SLICE_MS = 250;

/**
 * n8n reads the credential from its database and decrypts it for each request, which costs it more than all else about a request
 * of several hundred rows. Held no longer, so that a session that another process has renewed is soon taken up.
 */
const CREDENTIAL_HELD_MS = 1000;

type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

interface FullResponse {
	body?: unknown;
	headers?: Record<string, unknown>;
	statusCode: number;
}

/** A port, and what it signs with now: n8n renews sessions while a run is under way. */
export interface SigningPort extends Port {
	signedWith(): CredentialData;
}

/** The engine's port onto one n8n node and one of its credentials. */
export function n8nPort(context: Context, credential: string): SigningPort {
	const signal =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const checkCancelled = () => {
		if (signal?.aborted) throw new Cancelled();
	};

	const held = new HeldCredential(context, credential);
	const attempt = attempts(context, credential);
	return {
		signedWith: () => held.data,
		async send(request) {
			checkCancelled();
			const account = await held.read();
			try {
				if (request.signsIn) return await attempt(request, account, true);
				// n8n renews a session only where the status is thrown. n8n 1.123 does not know the exception and takes it for
				// `true`, so there the same request goes once more without the flag.
				const response = await attempt(request, account, { ignore: true, except: [401] });
				if (response.status !== 401) return response;
				return await attempt(request, account, false);
			} catch (error) {
				checkCancelled();
				const signIn = signInFailureIn(error);
				if (signIn !== undefined) throw signIn;
				const status = statusOf(error);
				if (status !== undefined) return { status, headers: {}, body: bodyOf(error) };
				throw transportFault(error, request.url);
			}
		},
		async sleep(ms) {
			checkCancelled();
			for (let left = ms; ; left -= SLICE_MS) {
				await sleep(Math.max(0, Math.min(SLICE_MS, left)));
				checkCancelled();
				if (left <= SLICE_MS) return;
			}
		},
		now: () => Date.now(),
		random: () => Math.random(),
		checkCancelled,
	};
}

/** One request as n8n makes it, signed by the credential. */
const attempts =
	(context: Context, credential: string) =>
	async (
		request: HttpRequest,
		credentialsDecrypted: ICredentialsDecrypted,
		ignoreHttpStatusErrors: IHttpRequestOptions['ignoreHttpStatusErrors'],
	): Promise<HttpResponse> => {
		const options: IHttpRequestOptions = {
			method: request.method,
			url: request.url,
			headers: {
				accept: 'application/json',
				...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
				...request.headers,
			},
			timeout: request.timeoutMs,
			returnFullResponse: true,
			ignoreHttpStatusErrors,
			disableFollowRedirect: true,
		};
		// Bytes: text that is called JSON would be parsed once more before it leaves.
		if (request.body !== undefined) options.body = Buffer.from(request.body);
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			context,
			credential,
			options,
			{ credentialsDecrypted },
		)) as FullResponse;
		return {
			status: response.statusCode,
			headers: plainHeaders(response.headers),
			body: parsed(response.body),
		};
	};

/** The node's credential as n8n decrypts it. A session that n8n renews is written into it, so requests that follow have it. */
class HeldCredential {
	/** As it was read last; n8n writes into it. */
	data: ICredentialDataDecryptedObject = {};
	private held: Promise<ICredentialsDecrypted> | undefined;
	private until = 0;

	constructor(
		private readonly context: Context,
		private readonly type: string,
	) {}

	async read(): Promise<ICredentialsDecrypted> {
		if (this.held === undefined || Date.now() >= this.until) {
			this.until = Date.now() + CREDENTIAL_HELD_MS;
			this.held = this.decrypted();
		}
		try {
			return await this.held;
		} catch (error) {
			this.held = undefined;
			throw credentialFault(error);
		}
	}

	private async decrypted(): Promise<ICredentialsDecrypted> {
		const { context, type } = this;
		const data = await context.getCredentials<ICredentialDataDecryptedObject>(type);
		this.data = data;
		return { id: '', name: type, type, data };
	}
}

function plainHeaders(headers: Record<string, unknown> | undefined): Record<string, string> {
	const plain: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers ?? {}))
		if (value !== undefined && value !== null) plain[name.toLowerCase()] = String(value);
	return plain;
}

/** JSON where it is JSON, otherwise the text; nothing where there is nothing. */
function parsed(body: unknown): unknown {
	const text = Buffer.isBuffer(body) ? body.toString('utf8') : body;
	if (typeof text !== 'string') return text ?? undefined;
	if (text.trim() === '') return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

/** The sign-in before the request that has failed; undefined when that was not it. */
function signInFailureIn(error: unknown): SignInFailed | undefined {
	for (const link of chainOf(error)) {
		const problem = signInProblemIn(link);
		if (problem !== undefined) return new SignInFailed(problem);
	}
	return undefined;
}

/** The HTTP status of an error n8n has thrown for an answer; undefined when there was no answer. */
function statusOf(error: unknown): number | undefined {
	for (const link of chainOf(error)) {
		const response = link.response as IDataObject | undefined;
		const candidates = [response?.status, response?.statusCode, link.httpCode, link.statusCode];
		for (const candidate of candidates) {
			const status = Number(candidate);
			if (Number.isInteger(status) && status >= 300 && status < 600) return status;
		}
	}
	return undefined;
}

/** The answer's body; n8n 1.123 keeps it beside the error only. */
function bodyOf(error: unknown): unknown {
	for (const link of chainOf(error)) {
		const response = link.response as IDataObject | undefined;
		const context = link.context as IDataObject | undefined;
		const body = response?.data ?? response?.body ?? context?.data;
		if (body !== undefined) return parsed(body);
	}
	return undefined;
}

const credentialFault = (error: unknown): TransportFault => {
	const [{ message }] = [...chainOf(error), { message: error }];
	return new TransportFault('notSent', `n8n could not read the credential: ${String(message)}`);
};
