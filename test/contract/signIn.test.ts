import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IExecuteFunctions,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { Engine, inlineNode } from '../support/engine';
import { localServer, type LocalServer } from './localServer';

/** How n8n signs requests with a token that a credential fetches itself. */

const sessionApi: ICredentialType = {
	name: 'sessionApi',
	displayName: 'Session',
	properties: [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'Custom', value: 'custom' },
				{ name: 'Production', value: 'production' },
			],
			default: 'production',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			displayOptions: { show: { environment: ['custom'] } },
		},
		{ displayName: 'Key', name: 'apiKey', type: 'string', default: '' },
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	],
	async preAuthentication(this: IHttpRequestHelper, { baseUrl, apiKey }) {
		const { token } = (await this.helpers.httpRequest({
			method: 'POST',
			url: `${String(baseUrl)}/token`,
			body: { apiKey },
		})) as { token: string };
		return { sessionToken: token };
	},
	authenticate: async ({ sessionToken }, options) => ({
		...options,
		headers: { ...options.headers, authorization: `Bearer ${String(sessionToken)}` },
	}),
};

// Engine and servers start cold in the first test; on a busy machine that takes longer than jest's five seconds.
jest.setTimeout(30_000);

let server: LocalServer;
/** Tokens given out, in order; the server accepts those from `valid` on. */
let issued = 0;
let valid = 1;
beforeAll(async () => {
	server = await localServer((response, { url, headers }) => {
		response.setHeader('content-type', 'application/json');
		if (url === '/token') return response.end(JSON.stringify({ token: `token-${++issued}` }));
		const number = Number(/^Bearer token-(\d+)$/.exec(headers.authorization ?? '')?.[1]);
		if (number >= valid) return response.end('{"saved":true}');
		return response.writeHead(401).end('{"message":"Who are you?"}');
	});
});
beforeEach(() => {
	server.requests.length = 0;
	issued = 0;
	valid = 1;
});
afterAll(async () => await server.close());

/** Path and token of every request that arrived. */
const arrived = () => server.requests.map(({ url, headers }) => headers.authorization ?? url);

type Task = (this: IExecuteFunctions) => Promise<unknown>;

function engineOf(task: Task, secrets: ICredentialDataDecryptedObject = {}, type = sessionApi) {
	const results: unknown[] = [];
	const engine = new Engine({
		nodes: {
			sender: inlineNode(
				async function () {
					results.push(await task.call(this).catch((error: unknown) => error));
					return [[]];
				},
				{ credentials: [{ name: 'sessionApi', required: true }] },
			),
		},
		credentialTypes: [type],
		secrets: {
			sessionApi: { environment: 'custom', baseUrl: server.url, apiKey: 'key', ...secrets },
		},
	});
	const run = async () => {
		const { error } = await engine.runWorkflow({ node: { type: 'sender' } });
		if (error !== undefined) throw error;
		return results.at(-1);
	};
	return { engine, run };
}

const sending = (more: Partial<IHttpRequestOptions> = {}): Task =>
	async function () {
		return (await this.helpers.httpRequestWithAuthentication.call(this, 'sessionApi', {
			method: 'POST',
			url: `${server.url}/save`,
			body: '{}',
			headers: { 'content-type': 'application/json' },
			returnFullResponse: true,
			...more,
		})) as unknown;
	};

test('a token is fetched while there is none, and kept for the next run', async () => {
	const { engine, run } = engineOf(sending());
	await run();
	await run();
	expect(arrived()).toEqual(['/token', 'Bearer token-1', 'Bearer token-1']);
	expect(engine.credentials.stored.sessionApi.sessionToken).toBe('token-1');
	expect(engine.credentials.signIns).toEqual({ sessionApi: 1 });
});

test('a 401 renews the token and repeats the request once', async () => {
	const { engine, run } = engineOf(sending(), { sessionToken: 'token-0' });
	expect(await run()).toMatchObject({ statusCode: 200, body: { saved: true } });
	expect(arrived()).toEqual(['Bearer token-0', '/token', 'Bearer token-1']);
	expect(engine.credentials.stored.sessionApi.sessionToken).toBe('token-1');
});

test('a second 401 is an error with the answer in its cause', async () => {
	valid = Infinity;
	const { run } = engineOf(sending());
	expect(await run()).toMatchObject({
		httpCode: '401',
		cause: { response: { status: 401, data: { message: 'Who are you?' } } },
	});
	expect(arrived()).toEqual(['/token', 'Bearer token-1', '/token', 'Bearer token-2']);
});

test('a 401 renews nothing when statuses are ignored', async () => {
	const { run } = engineOf(sending({ ignoreHttpStatusErrors: true }), { sessionToken: 'token-0' });
	expect(await run()).toMatchObject({ statusCode: 401, body: { message: 'Who are you?' } });
	expect(arrived()).toEqual(['Bearer token-0']);
});

test('a 401 that is excepted from ignoring renews, since 2.x', async () => {
	const excepted = sending({ ignoreHttpStatusErrors: { ignore: true, except: [401] } });
	const { run } = engineOf(excepted, { sessionToken: 'token-0' });
	expect(await run()).toMatchObject({ statusCode: 200 });
	expect(arrived()).toEqual(['Bearer token-0', '/token', 'Bearer token-1']);
});

test('requests that start together without a token sign in each for itself', async () => {
	const { run } = engineOf(async function () {
		return await Promise.all([sending().call(this), sending().call(this), sending().call(this)]);
	});
	await run();
	expect(arrived().filter((path) => path === '/token')).toHaveLength(3);
});

test('a token outlives the host and the key it was bought with', async () => {
	const elsewhere = await localServer((response) => response.end('{}'));
	const { engine, run } = engineOf(async function () {
		const { baseUrl } = await this.getCredentials('sessionApi');
		return await sending({ url: `${String(baseUrl)}/save` }).call(this);
	});
	await run();
	Object.assign(engine.credentials.stored.sessionApi, { baseUrl: elsewhere.url, apiKey: 'new' });
	await run();
	expect(elsewhere.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
		['/save', 'Bearer token-1'],
	]);
	await elsewhere.close();
});

test('a sign-in that throws sends nothing, and its error is the cause of the one the node gets', async () => {
	const refusal = new Error('Check the key in the credential.');
	const refusing: ICredentialType = {
		...sessionApi,
		preAuthentication: async () => await Promise.reject(refusal),
	};
	const { run } = engineOf(sending(), {}, refusing);
	const error = (await run()) as { cause: unknown };
	expect(error).toMatchObject({
		name: 'NodeApiError',
		message: 'Check the key in the credential.',
		httpCode: null,
	});
	expect(error.cause).toBe(refusal);
	expect(arrived()).toEqual([]);
});

test('fields hidden by display options are not in the credential', async () => {
	const { run } = engineOf(
		async function () {
			return await this.getCredentials('sessionApi');
		},
		{ environment: 'production' },
	);
	expect(await run()).toEqual({ environment: 'production', apiKey: 'key', sessionToken: '' });
});
