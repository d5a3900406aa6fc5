import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { IngedataApi } from '../../../credentials/IngedataApi.credentials';
import { IngedataBearerApi } from '../../../credentials/IngedataBearerApi.credentials';
import { SignInFailed } from '../../../nodes/shared/credential/session';
import { startSandbox, type Sandbox } from '../../sandbox';
import {
	INGEDATA_ACCOUNT_PATH,
	INGEDATA_API_KEY,
	INGEDATA_BEARER_TOKEN,
} from '../../sandbox/ingedata';
import { call } from '../../sandbox-tests/client';

const KEY = 'PULSE_MARKED';
const TOKEN = 'MARKED-token';
const HOST = 'https://pulse.ingedata.ai';

type Data = ICredentialDataDecryptedObject;
const keyed: Data = { baseUrl: HOST, apiKey: KEY, sessionToken: '' };

/** n8n's HTTP helper: keeps what it is asked, answers as told. */
function helperThat(answer: (options: IHttpRequestOptions) => unknown) {
	const asked: IHttpRequestOptions[] = [];
	const httpRequest = async (options: IHttpRequestOptions) => {
		asked.push(options);
		return await answer(options);
	};
	return { asked, helper: { helpers: { httpRequest } } as unknown as IHttpRequestHelper };
}

const granting = (token = TOKEN) =>
	helperThat(() => ({ statusCode: 200, body: { meta: { token }, data: {} } }));

const api = new IngedataApi();
const bearerApi = new IngedataBearerApi();

const signInto = async (data: Data, token?: string): Promise<Data> => ({
	...data,
	...((await api.preAuthentication.call(granting(token).helper, data)) as Data),
});

async function authenticated(
	type: IngedataApi | IngedataBearerApi,
	data: Data,
	options: Partial<IHttpRequestOptions> & { uri?: string },
): Promise<IHttpRequestOptions> {
	if (typeof type.authenticate !== 'function') throw new Error('not a function');
	return await type.authenticate(data, options as IHttpRequestOptions);
}

const toApi = (host = HOST) => ({ url: `${host}/api/v3/talent/talents` });

describe('signing in with the API key', () => {
	it('sends the key as JSON to the login of the page, without authorization, and follows no redirect', async () => {
		const { asked, helper } = granting();
		await api.preAuthentication.call(helper, keyed);
		expect(asked).toHaveLength(1);
		expect(asked[0]).toMatchObject({
			method: 'POST',
			url: `${HOST}/api/v3/iam/auth/api/login`,
			headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
			disableFollowRedirect: true,
		});
		expect(asked[0].headers).not.toHaveProperty('Authorization');
		expect(JSON.parse(asked[0].body as string)).toEqual({ key: KEY });
	});

	it('takes the token from meta.token and sends it as bearer', async () => {
		const signed = await authenticated(api, await signInto(keyed), toApi());
		expect(signed.headers).toEqual({ Authorization: `Bearer ${TOKEN}` });
	});

	it('takes a key and an address with blanks and slashes around them', async () => {
		const { asked, helper } = granting();
		const data = { ...keyed, baseUrl: ` ${HOST}// `, apiKey: ` ${KEY}\n` };
		await api.preAuthentication.call(helper, data);
		expect(asked[0].url).toBe(`${HOST}/api/v3/iam/auth/api/login`);
		expect(asked[0].body).toBe(JSON.stringify({ key: KEY }));
	});

	it('stores nothing of the key in readable form', async () => {
		expect((await signInto(keyed)).sessionToken).toMatch(/^[0-9a-f]{64}\.MARKED-token$/);
	});
});

describe('a token that was bought with other settings', () => {
	it.each([
		['address', { baseUrl: 'https://staging.example.com' }],
		['key', { apiKey: 'PULSE_OTHER' }],
	])('is not sent after the %s was edited', async (_, edit) => {
		const edited: Data = { ...(await signInto(keyed)), ...edit };
		const { headers } = await authenticated(api, edited, toApi(String(edited.baseUrl)));
		expect(headers).toEqual({});
	});

	it('is replaced by the sign-in that the 401 brings about, in the headers of the second attempt too', async () => {
		const first = await authenticated(api, await signInto(keyed), toApi());
		const renewed = await signInto({ ...keyed, apiKey: 'PULSE_OTHER' }, 'fresh');
		const second = await authenticated(api, renewed, first);
		expect(second.headers?.Authorization).toBe('Bearer fresh');
	});
});

describe.each([
	['API key', api, async () => await signInto(keyed)],
	['bearer token', bearerApi, async () => ({ baseUrl: HOST, token: ` ${TOKEN} ` })],
] as Array<[string, IngedataApi | IngedataBearerApi, () => Promise<Data>]>)(
	'requests signed with %s',
	(_, type, prepared) => {
		it.each([
			'https://ingedata.ai/api/v3/talent/talents',
			'https://pulse.ingedata.ai.evil.example/api',
			'https://pulse.ingedata.ai@evil.example/api',
			'http://pulse.ingedata.ai/api',
			'https://pulse.ingedata.ai:8443/api',
			'//evil.example/api',
		])('add nothing on the way to %s', async (url) => {
			const options = { url, headers: { accept: 'application/json' } };
			expect(await authenticated(type, await prepared(), options)).toEqual(options);
		});

		it.each([
			['an address', { url: `${HOST}${INGEDATA_ACCOUNT_PATH}` }],
			['a base and a path', { baseURL: HOST, url: INGEDATA_ACCOUNT_PATH }],
			["the HTTP Request node's uri", { uri: `${HOST}${INGEDATA_ACCOUNT_PATH}` }],
		])(
			'are signed when given as %s, and carry the token to no other host',
			async (_form, options) => {
				const signed = await authenticated(type, await prepared(), options);
				expect(signed.headers?.Authorization).toBe(`Bearer ${TOKEN}`);
				expect(signed.sendCredentialsOnCrossOriginRedirect).toBe(false);
			},
		);
	},
);

describe('a sign-in that fails', () => {
	const failure = async (answer: () => unknown, data: Data = keyed): Promise<SignInFailed> => {
		try {
			await api.preAuthentication.call(helperThat(answer).helper, data);
		} catch (error) {
			return error as SignInFailed;
		}
		throw new Error('It did not fail');
	};

	it('because of a wrong key names the fields to check, and repeats no words of the answer', async () => {
		const error = await failure(() => ({
			statusCode: 401,
			body: { errors: [{ detail: `unknown key ${KEY}` }] },
		}));
		expect(error.message).toBe(
			'Ingedata refused the sign-in (HTTP 401). Check API Key and Base URL in the credential.',
		);
		expect(error.problem.passing).toBe(false);
	});

	it('for want of a token at meta.token says that the host is not Ingedata', async () => {
		const error = await failure(() => ({ statusCode: 200, body: { token: TOKEN } }));
		expect(error.message).toContain('without a token');
	});

	it('before anything is sent without an address', async () => {
		const { asked, helper } = granting();
		await expect(api.preAuthentication.call(helper, { ...keyed, baseUrl: ' ' })).rejects.toThrow(
			/base URL in the credential is empty/,
		);
		expect(asked).toHaveLength(0);
	});
});

describe('at the sandbox', () => {
	let sandbox: Sandbox;
	let baseUrl: string;
	beforeAll(async () => {
		sandbox = await startSandbox({ vendors: ['ingedata'] });
		baseUrl = sandbox.baseUrl('ingedata');
	});
	afterAll(() => sandbox.close());

	const real = () =>
		helperThat(async ({ url, method, headers, body }) => {
			const reply = await call(url, {
				method,
				headers: headers as Record<string, string>,
				body,
			});
			return { statusCode: reply.status, body: reply.json() };
		});
	/** What n8n does for the connection test. */
	const test = async (type: IngedataApi | IngedataBearerApi, data: Data): Promise<number> => {
		const url = baseUrl + type.test.request.url;
		const { headers } = await authenticated(type, data, { url });
		return (await call(url, { headers: (headers ?? {}) as Record<string, string> })).status;
	};

	it('the right key passes the test', async () => {
		const data: Data = { baseUrl, apiKey: INGEDATA_API_KEY };
		const session = (await api.preAuthentication.call(real().helper, data)) as Data;
		expect(await test(api, { ...data, ...session })).toBe(200);
	});

	it('a wrong key does not even sign in', async () => {
		const data: Data = { baseUrl, apiKey: 'PULSE_00' };
		await expect(api.preAuthentication.call(real().helper, data)).rejects.toThrow(SignInFailed);
	});

	it.each([
		[INGEDATA_BEARER_TOKEN, 200],
		['stale', 401],
	])('the bearer token %s is answered with %i', async (token, status) => {
		expect(await test(bearerApi, { baseUrl, token })).toBe(status);
	});
});

describe('what n8n needs of the credentials', () => {
	it('the stored names of the contract', () => {
		const stored = (type: IngedataApi | IngedataBearerApi) =>
			type.properties.filter((property) => property.type !== 'notice').map(({ name }) => name);
		expect([api.name, stored(api)]).toEqual(['ingedataApi', ['baseUrl', 'apiKey', 'sessionToken']]);
		expect([bearerApi.name, stored(bearerApi)]).toEqual([
			'ingedataBearerApi',
			['baseUrl', 'token'],
		]);
	});

	it("another name than the credential of the vendor's own package", () => {
		expect([api.name, bearerApi.name]).not.toContain('pulseApi');
	});

	it('a hidden session token that may expire', () => {
		const token = api.properties.find(({ name }) => name === 'sessionToken');
		expect(token).toMatchObject({ type: 'hidden', typeOptions: { expirable: true } });
	});

	it.each([api, bearerApi])('secrets that are not shown: %#', (type) => {
		for (const { name, typeOptions } of type.properties)
			expect([name, typeOptions?.password ?? false]).toEqual([
				name,
				['apiKey', 'token', 'sessionToken'].includes(name),
			]);
	});
});
