import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { CollectiveApi } from '../../../credentials/CollectiveApi.credentials';
import type { SignInFailed } from '../../../nodes/shared/credential/session';
import { startSandbox, type Sandbox } from '../../sandbox';
import {
	COLLECTIVE_API_KEY,
	COLLECTIVE_ENVIRONMENT,
	COLLECTIVE_POWERLESS_KEY,
} from '../../sandbox/collective';
import { call } from '../../sandbox-tests/client';

const KEY = 'MARKED-key';
const HOST = 'https://api.collective.work';
const API = `${HOST}/production/v1`;

type Data = ICredentialDataDecryptedObject;
const keyed: Data = { baseUrl: HOST, environment: 'production', apiKey: KEY };

const api = new CollectiveApi();

async function authenticated(
	data: Data,
	options: Partial<IHttpRequestOptions> & { uri?: string },
): Promise<IHttpRequestOptions> {
	if (typeof api.authenticate !== 'function') throw new Error('not a function');
	return await api.authenticate(data, options as IHttpRequestOptions);
}

/** n8n's HTTP helper: keeps what it is asked, answers as told. */
function helperThat(answer: (options: IHttpRequestOptions) => unknown) {
	const asked: IHttpRequestOptions[] = [];
	const httpRequest = async (options: IHttpRequestOptions) => {
		asked.push(options);
		return await answer(options);
	};
	return { asked, helper: { helpers: { httpRequest } } as unknown as IHttpRequestHelper };
}

/** What the connection test says: undefined when it is green. */
async function verdict(
	answer: (options: IHttpRequestOptions) => unknown,
	data: Data = keyed,
): Promise<SignInFailed | undefined> {
	try {
		await api.preAuthentication.call(helperThat(answer).helper, data);
		return undefined;
	} catch (error) {
		return error as SignInFailed;
	}
}

describe('requests', () => {
	it.each([
		['an address', { url: `${API}/job` }],
		['a base and a path', { baseURL: API, url: '/job' }],
		["the HTTP Request node's uri", { uri: `${API}/job` }],
	])('given as %s carry the key as bearer, and to no other host', async (_, options) => {
		const signed = await authenticated({ ...keyed, apiKey: ` ${KEY}\n` }, options);
		expect(signed.headers).toEqual({ Authorization: `Bearer ${KEY}` });
		expect(signed.sendCredentialsOnCrossOriginRedirect).toBe(false);
	});

	it.each([
		'https://app.collective.work/graphql',
		'https://api.collective.work.evil.example/production/v1/job',
		'https://api.collective.work@evil.example/v1/job',
		'http://api.collective.work/production/v1/job',
		'https://api.collective.work:8443/production/v1/job',
		'//evil.example/job',
	])('to %s carry nothing', async (url) => {
		const options = { url, headers: { accept: 'application/json' } };
		expect(await authenticated(keyed, options)).toEqual(options);
	});

	it('carry the new key and go to the new host at once after an edit, since nothing is stored', async () => {
		const edited = { ...keyed, baseUrl: 'https://proxy.example', apiKey: 'new' };
		const old = { url: `${API}/job` };
		expect(await authenticated(edited, old)).toEqual(old);
		const { headers } = await authenticated(edited, {
			url: 'https://proxy.example/production/v1/job',
		});
		expect(headers).toEqual({ Authorization: 'Bearer new' });
	});
});

describe('the connection test', () => {
	it('asks for the applications of a job that cannot exist, and follows no redirect', async () => {
		const { asked, helper } = helperThat(() => ({ statusCode: 404 }));
		await api.preAuthentication.call(helper, keyed);
		expect(asked).toEqual([
			expect.objectContaining({
				method: 'GET',
				url: `${API}/job/applications?id=--no-such-job--`,
				headers: { Authorization: `Bearer ${KEY}` },
				disableFollowRedirect: true,
			}),
		]);
	});

	it.each([401, 403])('is red for HTTP %i and does not show the key', async (statusCode) => {
		const error = await verdict(() => ({ statusCode, body: { message: `no ${KEY}` } }));
		expect(error?.message).toBe(
			`Collective refused the API key (HTTP ${statusCode}). Check API Key and Environment in the credential.`,
		);
		expect(error?.passing).toBe(false);
	});

	it.each([200, 400, 404, 422, 500])(
		'takes HTTP %i for a key that was not refused',
		async (statusCode) => {
			expect(await verdict(() => ({ statusCode }))).toBeUndefined();
		},
	);

	it('is red when nobody answers, and does not show the key', async () => {
		const error = await verdict(() => {
			throw Object.assign(new Error(`connect ECONNREFUSED ${KEY}`), { config: { headers: KEY } });
		});
		expect(error?.message).toBe(
			'Collective did not answer. Check the Base URL in the credential, and that n8n can reach it.',
		);
		expect(JSON.stringify(error) + String(error?.cause)).not.toContain('MARKED');
	});

	it('is red without an environment, and sends nothing', async () => {
		const { asked, helper } = helperThat(() => ({ statusCode: 200 }));
		await expect(
			api.preAuthentication.call(helper, { ...keyed, environment: ' ' }),
		).rejects.toThrow(/environment in the credential is empty/);
		expect(asked).toEqual([]);
	});

	it('says that a success proves no more than that the key was not refused', () => {
		const notice = api.properties.find(({ name }) => name === 'testNotice');
		expect(notice?.displayName).toContain('means only that the key was not refused');
	});

	it('lets only a refused key of the request that n8n sends itself turn it red', () => {
		expect(api.test.request).toMatchObject({
			url: '/job/applications?id=--no-such-job--',
			ignoreHttpStatusErrors: { ignore: true, except: [401, 403] },
			disableFollowRedirect: true,
		});
		expect(api.test.rules).toBeUndefined();
	});

	it('is the only use of its own request besides a 401: n8n makes it where the hidden field is empty, and it never is', async () => {
		const session = api.properties.find(({ name }) => name === 'session');
		expect(session).toMatchObject({
			type: 'hidden',
			typeOptions: { expirable: true },
			default: expect.stringMatching(/./),
		});
		const { helper } = helperThat(() => ({ statusCode: 200 }));
		expect(await api.preAuthentication.call(helper, keyed)).toEqual({});
	});
});

describe('at the sandbox', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ vendors: ['collective'] });
	});
	afterAll(() => sandbox.close());

	const real = async ({ url, headers }: IHttpRequestOptions) => {
		const { status } = await call(url, { headers: headers as Record<string, string> });
		return { statusCode: status };
	};
	const test = async (apiKey: string) =>
		await verdict(real, {
			baseUrl: sandbox.baseUrl('collective'),
			environment: COLLECTIVE_ENVIRONMENT,
			apiKey,
		});

	it('the right key is green', async () => {
		expect(await test(COLLECTIVE_API_KEY)).toBeUndefined();
		expect(sandbox.ledger.requests.at(-1)).toMatchObject({
			path: '/practice%20live/v1/job/applications',
			status: 404,
		});
	});

	it.each([
		['a wrong key', 'wrong', 401],
		['a key without rights', COLLECTIVE_POWERLESS_KEY, 403],
	])('%s is red', async (_, key, status) => {
		expect((await test(key))?.message).toContain(`HTTP ${status}`);
	});
});

describe('what n8n needs of the credential', () => {
	it('the stored names of the contract', () => {
		const stored = api.properties.filter(({ type }) => type !== 'notice' && type !== 'hidden');
		expect([api.name, stored.map(({ name }) => name)]).toEqual([
			'collectiveApi',
			['baseUrl', 'environment', 'apiKey'],
		]);
	});

	it('an environment that anybody can type, with its guesses called so', () => {
		const environment = api.properties.find(({ name }) => name === 'environment');
		expect(environment).toMatchObject({ type: 'string', default: '', required: true });
		expect(environment?.description).toContain('guesses');
	});

	it('a key that is not shown', () => {
		const key = api.properties.find(({ name }) => name === 'apiKey');
		expect(key?.typeOptions?.password).toBe(true);
	});
});
