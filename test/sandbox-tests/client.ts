import { request as httpRequest, type Agent, type IncomingHttpHeaders } from 'node:http';

import {
	WHOZ_BEARER_TOKEN,
	WHOZ_CLIENT_ID,
	WHOZ_CLIENT_SECRET,
	WHOZ_SAVE_PATH,
	WHOZ_TOKEN_PATH,
	WHOZ_WORKSPACE_IDS,
} from '../sandbox/whoz';

export interface Reply {
	status: number;
	headers: IncomingHttpHeaders;
	text: string;
	/** @throws SyntaxError if the text is not JSON */
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read answers as they please
	json(): any;
}

interface Call {
	method?: string;
	headers?: Record<string, string>;
	/** Sent as JSON unless it is text. */
	body?: unknown;
	agent?: Agent;
}

/** One request over a connection of its own, unless an agent is given. Rejects when cut off. */
export function call(url: string, { method = 'GET', headers, body, agent }: Call = {}) {
	return new Promise<Reply>((resolve, reject) => {
		const payload = typeof body === 'string' ? body : JSON.stringify(body);
		const outgoing = httpRequest(
			url,
			{
				method,
				agent: agent ?? false,
				headers: {
					// Of a DELETE, Node says neither length nor chunks by itself, and then nothing of the body is read.
					...(payload
						? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }
						: {}),
					...headers,
				},
			},
			(response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('error', reject);
				response.on('end', () => {
					const text = Buffer.concat(chunks).toString('utf8');
					resolve({
						status: response.statusCode ?? 0,
						headers: response.headers,
						text,
						json: () => JSON.parse(text) as unknown,
					});
				});
			},
		);
		outgoing.on('error', reject);
		outgoing.end(payload);
	});
}

export const bearer = { authorization: `Bearer ${WHOZ_BEARER_TOKEN}` };

export function save(
	baseUrl: string,
	data: unknown,
	{ configuration, headers = bearer }: { configuration?: unknown; headers?: object } = {},
) {
	return call(`${baseUrl}${WHOZ_SAVE_PATH}`, {
		method: 'POST',
		headers: { ...headers },
		body: { data, ...(configuration === undefined ? {} : { configuration }) },
	});
}

export function askToken(baseUrl: string, form: Record<string, string> = {}) {
	return call(`${baseUrl}${WHOZ_TOKEN_PATH}`, {
		method: 'POST',
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: new URLSearchParams({
			grant_type: 'client_credentials',
			client_id: WHOZ_CLIENT_ID,
			client_secret: WHOZ_CLIENT_SECRET,
			...form,
		}).toString(),
	});
}

/** A talent row that can be created. */
export function person(externalId: string, more: Record<string, unknown> = {}) {
	return {
		externalId,
		firstName: 'Ada',
		lastName: 'Practice',
		history: [{ since: '2026-01-01', workspaceId: WHOZ_WORKSPACE_IDS[0], scope: 'EMPLOYEE' }],
		...more,
	};
}

export function people(count: number, prefix = 'P') {
	return Array.from({ length: count }, (_, position) => person(`${prefix}-${position}`));
}
