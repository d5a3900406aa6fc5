import dns from 'node:dns';
import { createServer, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

import type { ICredentialType, IHttpRequestOptions } from 'n8n-workflow';

import { Engine, inlineNode } from '../support/engine';
import { localServer, type LocalServer } from './localServer';

/** What n8n's request helper does with answers and with their absence: the ground `run/port` stands on. */

const keyApi: ICredentialType = {
	name: 'keyApi',
	displayName: 'Key',
	properties: [{ displayName: 'Key', name: 'key', type: 'string', default: '' }],
	authenticate: {
		type: 'generic',
		properties: { headers: { 'X-Key': '={{ $credentials.key }}' } },
	},
};

interface Full {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

interface Thrown extends Error {
	code?: unknown;
	httpCode?: unknown;
	description?: unknown;
	errorResponse?: { code?: string };
	cause?: Error & {
		code?: string;
		config?: { headers: Record<string, unknown> };
		response?: { status: number; data: unknown };
	};
}

/** How the engine's port sends. Tests that wait for a time-out shorten it; in the others it never strikes. */
const AS_WE_SEND = {
	method: 'POST',
	body: '{"a":1}',
	headers: { accept: 'application/json', 'content-type': 'application/json' },
	timeout: 60_000,
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	disableFollowRedirect: true,
} satisfies Partial<IHttpRequestOptions>;

/** Never in a successful answer; a hanging one is given up after it. */
const SHORT = 200;

function sending(url: string, options: Partial<IHttpRequestOptions> = {}) {
	const result: { answer?: Full; thrown?: Thrown } = {};
	const engine = new Engine({
		nodes: {
			sender: inlineNode(
				async function () {
					try {
						result.answer = (await this.helpers.httpRequestWithAuthentication.call(this, 'keyApi', {
							...AS_WE_SEND,
							url,
							...options,
						})) as Full;
					} catch (error) {
						result.thrown = error as Thrown;
					}
					return [[]];
				},
				{ credentials: [{ name: 'keyApi', required: true }] },
			),
		},
		credentialTypes: [keyApi],
		secrets: { keyApi: { key: 'the-key' } },
	});
	return { result, ...engine.start({ node: { type: 'sender' } }) };
}

async function answerOf(url: string, options?: Partial<IHttpRequestOptions>): Promise<Full> {
	const { result, done } = sending(url, options);
	await done;
	if (result.answer === undefined) throw result.thrown ?? new Error('The node did not run');
	return result.answer;
}

/** The error, reduced to where its parts stand. */
async function errorOf(url: string, options?: Partial<IHttpRequestOptions>) {
	const { result, done } = sending(url, options);
	await done;
	if (result.thrown === undefined) throw new Error('The request was answered');
	return placesOf(result.thrown);
}

const placesOf = (thrown: Thrown) => ({
	type: thrown.constructor.name,
	code: thrown.code,
	httpCode: thrown.httpCode,
	cause: thrown.cause && {
		code: thrown.cause.code,
		message: thrown.cause.message,
		status: thrown.cause.response?.status,
		data: thrown.cause.response?.data,
	},
});

const JSON_TYPE = { 'content-type': 'application/json' };

// Engine and servers start cold in the first test; on a busy machine that takes longer than jest's five seconds.
jest.setTimeout(30_000);

let server: LocalServer;
let open: () => void = () => {};

beforeAll(async () => {
	server = await localServer((response, { url }) => {
		switch (url) {
			case '/json':
				response.writeHead(200, { ...JSON_TYPE, 'X-Rate-Left': '7', 'Set-Cookie': ['a=1', 'b=2'] });
				return response.end('{"saved":[1,2]}');
			case '/json-as-text':
				response.writeHead(200, { 'content-type': 'text/plain' });
				return response.end('{"saved":[1,2]}');
			case '/big-number':
				response.writeHead(200, JSON_TYPE);
				return response.end('{"id":12345678901234567890}');
			case '/204':
				return response.writeHead(204).end();
			case '/empty':
				return response.writeHead(200, JSON_TYPE).end();
			case '/html':
				response.writeHead(200, { 'content-type': 'text/html' });
				return response.end('<html><title>Down</title></html>');
			case '/truncated':
				return response.writeHead(200, JSON_TYPE).end('{"saved":[1,2');
			case '/302':
				return response.writeHead(302, { Location: '/json' }).end();
			case '/307':
				return response.writeHead(307, { Location: '/json' }).end();
			case '/429':
				response.writeHead(429, { ...JSON_TYPE, 'Retry-After': '3' });
				return response.end('{"message":"Slow down"}');
			case '/500':
				return response.writeHead(500, JSON_TYPE).end('{"message":"Out of order"}');
			case '/gzip':
				response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' });
				return response.end(gzipSync('{"saved":[1,2]}').subarray(2));
			case '/cut-before':
				return response.socket!.destroy();
			case '/cut-within':
				response.writeHead(200, { ...JSON_TYPE, 'content-length': '100' });
				return response.write('{"saved":', () => response.socket!.destroy());
			case '/cut-within-chunked':
				response.writeHead(200, JSON_TYPE);
				return response.write('{"saved":', () => response.socket!.destroy());
			case '/cut-within-400':
				response.writeHead(400, JSON_TYPE);
				return response.write('{"message":', () => response.socket!.destroy());
			case '/hang-within':
				response.writeHead(200, JSON_TYPE);
				return response.write('{"saved":');
			default:
				return open();
		}
	});
});
beforeEach(() => {
	server.requests.length = 0;
});
afterAll(async () => await server.close());

describe('an answer', () => {
	test('of JSON is parsed, whatever its content type says', async () => {
		const answer = await answerOf(`${server.url}/json`);
		expect(answer).toMatchObject({ statusCode: 200, body: { saved: [1, 2] } });
		expect((await answerOf(`${server.url}/json-as-text`)).body).toEqual({ saved: [1, 2] });
	});

	test('carries headers in lower case, repeated ones as a list', async () => {
		const { headers } = await answerOf(`${server.url}/json`);
		expect(Object.entries(headers)).toEqual(
			expect.arrayContaining([
				['x-rate-left', '7'],
				['set-cookie', ['a=1', 'b=2']],
			]),
		);
	});

	test('loses the last digits of numbers that JavaScript cannot hold', async () => {
		const { body } = await answerOf(`${server.url}/big-number`);
		expect(JSON.stringify(body)).toBe('{"id":12345678901234567000}');
	});

	test.each(['204', 'empty'])('without content is an empty text (%s)', async (path) => {
		expect((await answerOf(`${server.url}/${path}`)).body).toBe('');
	});

	test('of HTML is text', async () => {
		const { body } = await answerOf(`${server.url}/html`);
		expect(body).toBe('<html><title>Down</title></html>');
	});

	test('of truncated JSON is text, not an error', async () => {
		const { statusCode, body } = await answerOf(`${server.url}/truncated`);
		expect([statusCode, body]).toEqual([200, '{"saved":[1,2']);
		expect((await answerOf(`${server.url}/truncated`, { json: true })).body).toBe('{"saved":[1,2');
	});

	test('of 429 comes with its headers when statuses are ignored', async () => {
		const { statusCode, headers, body } = await answerOf(`${server.url}/429`);
		expect([statusCode, headers['retry-after'], body]).toEqual([
			429,
			'3',
			{ message: 'Slow down' },
		]);
	});
});

test('a DELETE with a body leaves as such, with its length', async () => {
	const body = Buffer.from('{"ids":["a","b"]}');
	await answerOf(`${server.url}/json`, { method: 'DELETE', body });
	expect(server.requests).toMatchObject([
		{
			method: 'DELETE',
			body: '{"ids":["a","b"]}',
			headers: { 'content-type': 'application/json', 'content-length': String(body.length) },
		},
	]);
});

describe('a redirect', () => {
	test('is an answer like any other when following is off', async () => {
		const { statusCode, headers } = await answerOf(`${server.url}/302`);
		expect([statusCode, headers.location]).toEqual([302, '/json']);
		expect(server.requests).toHaveLength(1);
	});

	test('is an error when statuses are not ignored', async () => {
		expect(await errorOf(`${server.url}/302`, { ignoreHttpStatusErrors: false })).toMatchObject({
			httpCode: '302',
			cause: { code: 'ERR_BAD_RESPONSE', status: 302 },
		});
	});

	test('that n8n follows turns a POST into a GET, and takes the credential along', async () => {
		await answerOf(`${server.url}/302`, { disableFollowRedirect: false });
		expect(server.requests.map(({ method, body }) => [method, body])).toEqual([
			['POST', '{"a":1}'],
			['GET', ''],
		]);
		expect(server.requests[1].headers['x-key']).toBe('the-key');
	});

	test('of 307 that n8n follows keeps method and body', async () => {
		await answerOf(`${server.url}/307`, { disableFollowRedirect: false });
		expect(server.requests.map(({ method, body }) => [method, body])).toEqual([
			['POST', '{"a":1}'],
			['POST', '{"a":1}'],
		]);
	});
});

describe('a request without an answer is a NodeApiError whose httpCode is the code of the socket', () => {
	const withoutAnswer = (code: string, message: unknown) => ({
		type: 'NodeApiError',
		code: undefined,
		httpCode: code,
		cause: { code, message, status: undefined, data: undefined },
	});

	test('connection refused', async () => {
		const gone = await localServer(() => {});
		await gone.close();
		expect(await errorOf(gone.url)).toEqual(
			withoutAnswer('ECONNREFUSED', expect.stringContaining('connect ECONNREFUSED')),
		);
	});

	test('name not found', async () => {
		const lookup = jest.spyOn(dns, 'lookup').mockImplementation(((...args: unknown[]) => {
			const callback = args.at(-1) as (error: Error) => void;
			callback(Object.assign(new Error('getaddrinfo ENOTFOUND host.test'), { code: 'ENOTFOUND' }));
		}) as unknown as typeof dns.lookup);
		try {
			expect(await errorOf('http://host.test/')).toEqual(
				withoutAnswer('ENOTFOUND', 'getaddrinfo ENOTFOUND host.test'),
			);
		} finally {
			lookup.mockRestore();
		}
	});

	test('an https address of a host that speaks http', async () => {
		const { code, httpCode, cause } = await errorOf(server.url.replace('http:', 'https:'));
		// Node 20 says EPROTO, later lines name the mistake.
		expect([httpCode, cause?.code]).toEqual([
			expect.stringMatching(/^(EPROTO|ERR_SSL_WRONG_VERSION_NUMBER)$/),
			httpCode,
		]);
		expect(code).toBeUndefined();
	});

	test('cut before the answer', async () => {
		expect(await errorOf(`${server.url}/cut-before`)).toEqual(
			withoutAnswer('ECONNRESET', 'socket hang up'),
		);
	});

	test.each(['hang', 'hang-within'])('no complete answer in time (%s)', async (path) => {
		expect(await errorOf(`${server.url}/${path}`, { timeout: SHORT })).toEqual(
			withoutAnswer('ECONNABORTED', `timeout of ${SHORT}ms exceeded`),
		);
	});

	test('an answer that is not HTTP', async () => {
		const nonsense = createServer((socket) => {
			socket.on('error', () => {});
			socket.once('data', () => socket.end('nonsense\r\n\r\n'));
		});
		await new Promise<void>((resolve) => nonsense.listen(0, '127.0.0.1', resolve));
		const { port } = nonsense.address() as AddressInfo;
		expect(await errorOf(`http://127.0.0.1:${port}`)).toEqual(
			withoutAnswer('HPE_INVALID_CONSTANT', expect.stringContaining('Parse Error')),
		);
		await new Promise((resolve) => nonsense.close(resolve));
	});

	test('an address that is none has no cause', async () => {
		const { result, done } = sending('nowhere');
		await done;
		expect(placesOf(result.thrown!)).toEqual({
			type: 'NodeApiError',
			code: undefined,
			httpCode: 'ERR_INVALID_URL',
			cause: undefined,
		});
		expect(result.thrown!.errorResponse?.code).toBe('ERR_INVALID_URL');
	});
});

describe('an answer that breaks off is an error with the status of its first line', () => {
	test.each(['cut-within', 'cut-within-chunked'])('200 (%s)', async (path) => {
		expect(await errorOf(`${server.url}/${path}`)).toEqual({
			type: 'NodeApiError',
			code: undefined,
			httpCode: '200',
			cause: {
				code: 'ERR_BAD_RESPONSE',
				message: 'stream has been aborted',
				status: 200,
				data: undefined,
			},
		});
	});

	test('400, without the words of the service', async () => {
		expect(await errorOf(`${server.url}/cut-within-400`)).toMatchObject({
			httpCode: '400',
			cause: { status: 400, data: undefined },
		});
	});

	test('200 with a body that cannot be unpacked', async () => {
		expect(await errorOf(`${server.url}/gzip`)).toMatchObject({
			httpCode: '200',
			cause: { code: 'Z_DATA_ERROR', status: 200, data: undefined },
		});
	});
});

describe('an error', () => {
	test('for a status holds the answer in its cause, without headers of its own', async () => {
		const { result, done } = sending(`${server.url}/500`, { ignoreHttpStatusErrors: false });
		await done;
		expect(placesOf(result.thrown!)).toMatchObject({
			httpCode: '500',
			cause: { status: 500, data: { message: 'Out of order' } },
		});
		expect(result.thrown!.description).toBe('Out of order');
	});

	test('holds the key in its cause, which therefore must not be shown', async () => {
		const { result, done } = sending(`${server.url}/cut-before`);
		await done;
		expect(result.thrown!.cause!.config!.headers['X-Key']).toBe('the-key');
	});

	test('comes at once when the run is stopped', async () => {
		const arrived = new Promise<void>((resolve) => (open = resolve));
		const { result, stop, done } = sending(`${server.url}/hang`);
		await arrived;
		stop();
		expect((await done).status).toBe('canceled');
		expect(placesOf(result.thrown!)).toMatchObject({
			httpCode: 'ERR_CANCELED',
			cause: { code: 'ERR_CANCELED', message: 'canceled' },
		});
	});
});

describe('a body', () => {
	const sent = async (options: Partial<IHttpRequestOptions>) => {
		await answerOf(`${server.url}/json`, options);
		const { headers, body } = server.requests[0];
		return [headers['content-type'], body];
	};

	test.each([[{}], ['']])('%j is not sent', async (body) => {
		expect(await sent({ body })).toEqual(['application/json', '']);
	});

	test('of braces as text is sent', async () => {
		expect(await sent({ body: '{}' })).toEqual(['application/json', '{}']);
	});

	test('of text without content type goes out as a form', async () => {
		expect(await sent({ headers: {}, json: true })).toEqual([
			'application/x-www-form-urlencoded',
			'{"a":1}',
		]);
	});

	test('of a GET is dropped, of a DELETE it is sent', async () => {
		expect(await sent({ method: 'GET' })).toEqual(['application/json', '']);
		server.requests.length = 0;
		expect(await sent({ method: 'DELETE' })).toEqual(['application/json', '{"a":1}']);
	});
});

test('every request opens a connection of its own', async () => {
	const ports = new Set<unknown>();
	const counting = await localServer((response) => {
		ports.add(response.socket!.remotePort);
		response.end('{}');
	});
	await answerOf(counting.url);
	await answerOf(counting.url);
	expect(ports.size).toBe(2);
	expect(counting.requests[0].headers.connection).toBe('close');
	await counting.close();
});
