import {
	sleep,
	type ICredentialDataDecryptedObject,
	type ICredentialsDecrypted,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
} from 'n8n-workflow';

import { Cancelled, TransportFault, type HttpRequest, type HttpResponse, type Port } from '../http';

/** A stop must be obeyed within a second, and n8n offers no sleep that listens to it. */
const SLICE_MS = 250;

/**
 * n8n reads the credential from its database and decrypts it for each request, which costs it more than all else about a request
 * of several hundred rows. Held no longer, so that a session that another process has renewed is soon taken up.
 */
const CREDENTIAL_HELD_MS = 1000;

/** Codes by which Node.js says that no connection came about, so nothing can have arrived. */
const NOT_SENT: ReadonlySet<string> = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EADDRNOTAVAIL',
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'ERR_TLS_CERT_ALTNAME_INVALID',
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

type Context = IExecuteFunctions | ILoadOptionsFunctions;

interface FullResponse {
	body?: unknown;
	headers?: Record<string, unknown>;
	statusCode: number;
}

/** The engine's port onto one n8n node and one of its credentials. */
export function n8nPort(context: Context, credential: string): Port {
	const signal =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const checkCancelled = () => {
		if (signal?.aborted) throw new Cancelled();
	};

	const account = heldCredential(context, credential);

	const attempt = async (
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

	return {
		async send(request) {
			checkCancelled();
			const held = await account();
			try {
				// n8n renews a session only where the status is thrown. n8n 1.123 does not know the exception and takes it for
				// `true`, so there the same request goes once more without the flag.
				const response = await attempt(request, held, { ignore: true, except: [401] });
				if (response.status !== 401) return response;
				return await attempt(request, held, false);
			} catch (error) {
				checkCancelled();
				const signIn = chain(error).find((link) => link.name === 'SignInFailed');
				if (signIn !== undefined) {
					// The request itself has not left.
					throw signInFault(signIn);
				}
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

/** The node's credential as n8n decrypts it. A session that n8n renews is written into it, so requests that follow have it. */
function heldCredential(context: Context, type: string): () => Promise<ICredentialsDecrypted> {
	let held: Promise<ICredentialsDecrypted> | undefined;
	let until = 0;
	return async () => {
		if (held === undefined || Date.now() >= until) {
			until = Date.now() + CREDENTIAL_HELD_MS;
			held = context
				.getCredentials<ICredentialDataDecryptedObject>(type)
				.then((data) => ({ id: '', name: type, type, data }));
		}
		try {
			return await held;
		} catch (error) {
			held = undefined;
			throw credentialFault(error);
		}
	};
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

const chain = (error: unknown): IDataObject[] => {
	const links: IDataObject[] = [];
	for (
		let link = error as IDataObject | undefined;
		typeof link === 'object' && link !== null && links.length < 5;
		link = link.cause as IDataObject | undefined
	)
		links.push(link);
	return links;
};

/** The HTTP status of an error n8n has thrown for an answer; undefined when there was no answer. */
function statusOf(error: unknown): number | undefined {
	for (const link of chain(error)) {
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
	for (const link of chain(error)) {
		const response = link.response as IDataObject | undefined;
		const context = link.context as IDataObject | undefined;
		const body = response?.data ?? response?.body ?? context?.data;
		if (body !== undefined) return parsed(body);
	}
	return undefined;
}

const credentialFault = (error: unknown): TransportFault => {
	const [{ message }] = [...chain(error), { message: error }];
	return new TransportFault('notSent', `n8n could not read the credential: ${String(message)}`);
};

const signInFault = ({ passing, message }: IDataObject): TransportFault =>
	new TransportFault(passing ? 'notSent' : 'signIn', String(message));

function transportFault(error: unknown, url: string): TransportFault {
	const links = chain(error);
	const codes = links.flatMap((link) => [link.code, link.errno, link.httpCode]).map(String);
	const text = links.map((link) => String(link.message ?? '')).join(' ');
	const { host } = new URL(url);
	if (codes.some((code) => NOT_SENT.has(code)) || /ECONNREFUSED|ENOTFOUND|EAI_AGAIN/.test(text))
		return new TransportFault(
			'notSent',
			`The host ${host} does not answer. Check the base URL in the credential, and that n8n may reach it.`,
		);
	if (codes.some((code) => TIMED_OUT.has(code)) || /timeout|timed out/i.test(text))
		return new TransportFault('timeout', `The host ${host} did not answer in time.`);
	return new TransportFault(
		'cut',
		`The connection to ${host} ended before the answer was complete.`,
	);
}
