import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodePropertyOptions,
} from 'n8n-workflow';

import { EightfoldApi } from '../../../credentials/EightfoldApi.credentials';
import { EightfoldBearerApi } from '../../../credentials/EightfoldBearerApi.credentials';
import type { SignInFailed } from '../../../nodes/shared/credential/session';
import { startSandbox, type Sandbox } from '../../sandbox';
import {
	EIGHTFOLD_API_KEY,
	EIGHTFOLD_BEARER_TOKEN,
	EIGHTFOLD_CLIENT_AUTHORIZATION,
	EIGHTFOLD_PROFILES_PATH,
	EIGHTFOLD_USERNAME,
} from '../../sandbox/eightfold';
import { localServer } from '../../contract/localServer';
import { call } from '../../sandbox-tests/client';
import { testConnection } from '../connection';

type Data = ICredentialDataDecryptedObject;
type Api = EightfoldApi | EightfoldBearerApi;

const KEY = 'MARKED-api-key';
const CLIENT = 'TUFSS0VEOmNsaWVudA==';
const TOKEN = 'MARKED-token';
const HOST = 'https://apiv2.eightfold.ai';
const user: Data = {
	region: 'eightfold',
	clientAuthorization: CLIENT,
	username: 'api@example.com',
	apiKey: KEY,
	sessionToken: '',
};

const api = new EightfoldApi();
const bearerApi = new EightfoldBearerApi();

/** n8n's HTTP helper: keeps what it is asked, answers as told. */
function helperThat(answer: () => unknown) {
	const asked: IHttpRequestOptions[] = [];
	const httpRequest = async (options: IHttpRequestOptions) => {
		asked.push(options);
		return answer();
	};
	return { asked, helper: { helpers: { httpRequest } } as unknown as IHttpRequestHelper };
}

const granting = (token: string = TOKEN) =>
	helperThat(() => ({
		statusCode: 200,
		body: { data: { access_token: token, token_type: 'Bearer', expires_in: 8640 } },
	}));

const signInto = async (data: Data, token?: string): Promise<Data> => ({
	...data,
	...((await api.preAuthentication.call(granting(token).helper, data)) as Data),
});

async function authenticated(
	credential: Api,
	data: Data,
	options: Partial<IHttpRequestOptions> & { uri?: string },
): Promise<IHttpRequestOptions> {
	if (typeof credential.authenticate !== 'function') throw new Error('not a function');
	return await credential.authenticate(data, options as IHttpRequestOptions);
}

const toApi = (host = HOST) => ({ url: `${host}/api/v2/core/profiles` });

describe('signing in', () => {
	it('sends name and key as JSON behind the client value of the region, and follows no redirect', async () => {
		const { asked, helper } = granting();
		await api.preAuthentication.call(helper, user);

		expect(asked).toHaveLength(1);
		expect(asked[0]).toMatchObject({
			method: 'POST',
			url: `${HOST}/oauth/v1/authenticate`,
			headers: { Authorization: `Basic ${CLIENT}`, 'Content-Type': 'application/json' },
			disableFollowRedirect: true,
		});
		expect(JSON.parse(asked[0].body as string)).toEqual({
			grantType: 'password',
			username: 'api@example.com',
			password: KEY,
		});
	});

	it.each([CLIENT, `Basic ${CLIENT}`, `basic  ${CLIENT} `])(
		'takes the client value with and without its word: "%s"',
		async (clientAuthorization) => {
			const { asked, helper } = granting();
			await api.preAuthentication.call(helper, { ...user, clientAuthorization });
			expect(asked[0].headers).toMatchObject({ Authorization: `Basic ${CLIENT}` });
		},
	);

	it.each([
		['eightfold', 'https://apiv2.eightfold.ai'],
		['eightfold-eu', 'https://apiv2.eightfold-eu.ai'],
		['eightfold-gov', 'https://apiv2.eightfold-gov.ai'],
		['eightfold-ca', 'https://apiv2.eightfold-ca.ai'],
		['eightfold-me', 'https://apiv2.eightfold-me.ai'],
		['eightfold-wu', 'https://apiv2.eightfold-wu.ai'],
		['eightfold-ap', 'https://apiv2.eightfold-ap.ai'],
		['custom', 'http://127.0.0.1:5678/eightfold'],
	])('happens at the host of the region %s', async (region, host) => {
		const { asked, helper } = granting();
		const baseUrl = ' http://127.0.0.1:5678/eightfold// ';
		await api.preAuthentication.call(helper, { ...user, region, baseUrl });
		expect(asked[0].url).toBe(`${host}/oauth/v1/authenticate`);
	});

	it('signs requests with the token', async () => {
		const { headers } = await authenticated(api, await signInto(user), toApi());
		expect(headers).toEqual({ Authorization: `Bearer ${TOKEN}` });
	});

	it.each([{ data: { access_token: TOKEN } }, { access_token: TOKEN }])(
		'finds the token at either place where public clients read it: %j',
		async (body) => {
			const { helper } = helperThat(() => ({ statusCode: 200, body }));
			const data = { ...user, ...((await api.preAuthentication.call(helper, user)) as Data) };
			const { headers } = await authenticated(api, data, toApi());
			expect(headers?.Authorization).toBe(`Bearer ${TOKEN}`);
		},
	);

	it('stores nothing of the key in readable form', async () => {
		const { sessionToken } = await signInto(user);
		expect(sessionToken).toMatch(/^[0-9a-f]{64}\.MARKED-token$/);
		expect(sessionToken).not.toContain(KEY);
	});
});

describe('a token that was bought with other settings', () => {
	it.each([
		['region', { region: 'eightfold-eu' }, 'https://apiv2.eightfold-eu.ai'],
		['host', { region: 'custom', baseUrl: 'https://proxy.example' }, 'https://proxy.example'],
		['client value', { clientAuthorization: 'b3RoZXI6Y2xpZW50' }, HOST],
		['username', { username: 'other@example.com' }, HOST],
		['key', { apiKey: 'another-key' }, HOST],
	])('is not sent after the %s was edited', async (_, edit, host) => {
		const edited = { ...(await signInto(user)), ...edit };
		expect((await authenticated(api, edited, toApi(host))).headers).toEqual({});
	});

	it('is kept when only the spelling was edited', async () => {
		const edited = { ...(await signInto(user)), clientAuthorization: `Basic ${CLIENT}` };
		const { headers } = await authenticated(api, edited, toApi());
		expect(headers?.Authorization).toBe(`Bearer ${TOKEN}`);
	});

	it('does not survive in the headers of the second attempt', async () => {
		const first = await authenticated(api, await signInto(user), toApi());
		const second = await authenticated(api, await signInto(user, 'fresh'), first);
		expect(second.headers?.Authorization).toBe('Bearer fresh');
	});
});

describe.each([
	['an API key', api, async () => await signInto(user)],
	['a bearer token', bearerApi, async () => ({ baseUrl: HOST, token: ` ${TOKEN} ` })],
] as Array<[string, Api, () => Promise<Data>]>)('requests signed with %s', (_, own, prepared) => {
	it.each([
		'https://apiv2.eightfold-eu.ai/api/v2/core/profiles',
		'https://app.eightfold.ai/api/v2/core/profiles',
		'https://apiv2.eightfold.ai.evil.example/api',
		'https://apiv2.eightfold.ai@evil.example/api',
		'http://apiv2.eightfold.ai/api',
		'//evil.example/oauth/v1/authenticate',
		'not an address',
	])('add nothing on the way to %s', async (url) => {
		const options = { url, headers: { accept: 'application/json' } };
		expect(await authenticated(own, await prepared(), options)).toEqual(options);
	});

	it.each([
		['an address', toApi()],
		['a base and a path', { baseURL: HOST, url: '/api/v2/core/profiles' }],
		["the HTTP Request node's uri", { uri: `${HOST}/api/v2/core/profiles` }],
	])('are signed when given as %s', async (_form, options) => {
		const signed = await authenticated(own, await prepared(), options);
		expect(signed.headers?.Authorization).toBe(`Bearer ${TOKEN}`);
		expect(signed.sendCredentialsOnCrossOriginRedirect).toBe(false);
	});
});

describe('the test of the API key', () => {
	const test = { method: 'POST', baseURL: HOST, url: '/oauth/v1/authenticate' } as const;

	/** n8n's own object of the credential, one for a test; signed in once the request was held back. */
	const admitted = async (options: IHttpRequestOptions): Promise<IHttpRequestOptions> => {
		const data = { ...user };
		await expect(authenticated(api, data, options)).rejects.toMatchObject({
			response: { status: 401 },
		});
		await api.preAuthentication.call(granting().helper, data);
		return await authenticated(api, data, options);
	};

	it('is the sign-in itself, which no redirect carries away', async () => {
		expect(api.test.request).toMatchObject({ method: test.method, url: test.url });
		const signed = await admitted(test);
		expect(signed).toMatchObject({
			headers: { Authorization: `Basic ${CLIENT}` },
			disableFollowRedirect: true,
		});
		expect(JSON.parse(signed.body as string)).toMatchObject({ username: 'api@example.com' });
	});

	it('gives its secrets to no other host', async () => {
		const foreign = { ...test, baseURL: 'https://evil.example' };
		expect(await admitted(foreign)).toEqual({ ...foreign, ignoreHttpStatusErrors: true });
	});

	it('is not what a workflow gets that calls the same address', async () => {
		const whole = { url: HOST + test.url, method: 'POST' } as const;
		const signed = await authenticated(api, await signInto(user), whole);
		expect(signed.body).toBeUndefined();
		expect(JSON.stringify(signed)).not.toContain(KEY);
		expect(JSON.stringify(signed)).not.toContain(CLIENT);
	});
});

describe('a sign-in that fails', () => {
	const failure = async (answer: () => unknown, data: Data = user): Promise<SignInFailed> => {
		try {
			await api.preAuthentication.call(helperThat(answer).helper, data);
		} catch (error) {
			return error as SignInFailed;
		}
		throw new Error('It did not fail');
	};

	it('because of a wrong key names the fields to check, and nothing of the answer', async () => {
		const error = await failure(() => ({ statusCode: 401, body: { message: `bad ${KEY}` } }));
		expect(error.message).toBe(
			'Eightfold refused the sign-in (HTTP 401). Check Region, Client Authorization, Username and API Key in the credential.',
		);
	});

	it('at a host that is not Eightfold says so', async () => {
		const error = await failure(() => ({ statusCode: 200, body: '<html>Welcome</html>' }));
		expect(error.message).toContain('probably not Eightfold');
	});

	it('before anything is sent when a custom region has no address', async () => {
		const { asked, helper } = granting();
		const data = { ...user, region: 'custom' };
		await expect(api.preAuthentication.call(helper, data)).rejects.toThrow(/base URL/);
		expect(asked).toHaveLength(0);
	});
});

describe('at the local Eightfold', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ vendors: ['eightfold'] });
	});
	beforeEach(() => sandbox.reset());
	afterAll(() => sandbox.close());

	const practice = (): Data => ({
		region: 'custom',
		baseUrl: sandbox.baseUrl('eightfold'),
		clientAuthorization: EIGHTFOLD_CLIENT_AUTHORIZATION,
		username: EIGHTFOLD_USERNAME,
		apiKey: EIGHTFOLD_API_KEY,
		sessionToken: '',
	});

	const http = async (options: IHttpRequestOptions) => {
		const reply = await call(String(options.url), {
			method: options.method,
			headers: options.headers as Record<string, string>,
			body: options.body,
		});
		return { statusCode: reply.status, body: reply.json() as unknown };
	};
	const signIn = async (data: Data) => {
		const helper = { helpers: { httpRequest: http } } as unknown as IHttpRequestHelper;
		return { ...data, ...((await api.preAuthentication.call(helper, data)) as Data) };
	};
	const send = async (credential: Api, data: Data, path: string, method?: 'POST') => {
		const baseURL = sandbox.baseUrl('eightfold');
		const signed = await authenticated(credential, data, { baseURL, url: path, method });
		return await http({ ...signed, url: baseURL + path });
	};

	it('the right key signs in, reads, and passes its test', async () => {
		const data = await signIn(practice());
		expect((await send(api, data, EIGHTFOLD_PROFILES_PATH)).statusCode).toBe(200);
		expect((await testConnection(api, data)).status).toBe('OK');
	});

	it('a token of another day does not make the test of a wrong address green', async () => {
		const other = await localServer((response) => response.end('{"hello":"you"}'));
		const data = { ...(await signIn(practice())), baseUrl: other.url };
		const { status, message } = await testConnection(api, data);
		await other.close();
		expect([status, message]).toEqual(['Error', expect.stringContaining('not Eightfold')]);
	});

	it.each<Data>([{ apiKey: 'wrong' }, { username: 'wrong' }, { clientAuthorization: 'd3Jvbmc=' }])(
		'%j is refused',
		async (wrong) => {
			await expect(signIn({ ...practice(), ...wrong })).rejects.toThrow(/refused the sign-in/);
			expect((await testConnection(api, { ...practice(), ...wrong })).status).toBe('Error');
		},
	);

	it.each([
		[EIGHTFOLD_BEARER_TOKEN, 200],
		['wrong', 401],
	])('the bearer token %s is answered with %i', async (token, status) => {
		const data = { baseUrl: sandbox.baseUrl('eightfold'), token };
		const { url, qs } = bearerApi.test.request;
		const query = new URLSearchParams(qs as Record<string, string>).toString();
		expect((await send(bearerApi, data, `${url}?${query}`)).statusCode).toBe(status);
	});
});

describe('what n8n needs of the credentials', () => {
	it('the stored names of the contract', () => {
		const stored = (own: Api) =>
			own.properties.filter(({ type }) => type !== 'notice').map(({ name }) => name);
		expect([api.name, stored(api)]).toEqual([
			'eightfoldApi',
			['region', 'baseUrl', 'clientAuthorization', 'username', 'apiKey', 'sessionToken'],
		]);
		expect([bearerApi.name, stored(bearerApi)]).toEqual([
			'eightfoldBearerApi',
			['baseUrl', 'token'],
		]);
	});

	it('seven regions and a custom one', () => {
		const region = api.properties.find(({ name }) => name === 'region');
		expect(region?.default).toBe('eightfold');
		expect((region?.options as INodePropertyOptions[]).map(({ value }) => value).sort()).toEqual([
			'custom',
			'eightfold',
			'eightfold-ap',
			'eightfold-ca',
			'eightfold-eu',
			'eightfold-gov',
			'eightfold-me',
			'eightfold-wu',
		]);
	});

	it('secrets that are masked, and a session token that may expire', () => {
		const option = (own: Api, key: string) =>
			own.properties.find(({ name }) => name === key)?.typeOptions;
		for (const key of ['clientAuthorization', 'apiKey'])
			expect(option(api, key)).toEqual({ password: true });
		expect(option(bearerApi, 'token')).toEqual({ password: true });
		expect(option(api, 'sessionToken')).toEqual({ expirable: true, password: true });
	});

	it('no secret of any region in the code', () => {
		for (const own of [api, bearerApi])
			for (const { name, default: preset } of own.properties)
				if (!['region', 'baseUrl'].includes(name)) expect(preset).toBe('');
	});
});
