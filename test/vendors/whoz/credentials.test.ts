import {
	NodeApiError,
	type ICredentialDataDecryptedObject,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
} from 'n8n-workflow';

import { WhozBearerApi } from '../../../credentials/WhozBearerApi.credentials';
import { WhozTalentApi } from '../../../credentials/WhozTalentApi.credentials';
import { type SignInFailed } from '../../../nodes/shared/credential/session';
import { signInProblemIn } from '../../../nodes/shared/http';

const SECRET = 'MARKED-client/secret+&=';
const TOKEN = 'MARKED-token';
const client = {
	environment: 'production',
	clientId: 'client-1',
	clientSecret: SECRET,
	apiVersion: 'V19',
	sessionToken: '',
};

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
	helperThat(() => ({ statusCode: 200, body: { access_token: token, expires_in: 300 } }));

type Data = ICredentialDataDecryptedObject;

const talentApi = new WhozTalentApi();
const bearerApi = new WhozBearerApi();

const signInto = async (data: Data, token?: string): Promise<Data> => ({
	...data,
	...((await talentApi.preAuthentication.call(granting(token).helper, data)) as Data),
});

async function authenticated(
	api: WhozTalentApi | WhozBearerApi,
	data: Data,
	options: Partial<IHttpRequestOptions> & { uri?: string },
): Promise<IHttpRequestOptions> {
	if (typeof api.authenticate !== 'function') throw new Error('not a function');
	return await api.authenticate(data, options as IHttpRequestOptions);
}

const toApi = (url: string = 'https://www.whoz.com/api/talent/bulk/save') => ({ url });

describe('signing in with client credentials', () => {
	it('sends the form that public clients send to the token endpoint, and follows no redirect', async () => {
		const { asked, helper } = granting();
		await talentApi.preAuthentication.call(helper, client);

		expect(asked).toHaveLength(1);
		expect(asked[0]).toMatchObject({
			method: 'POST',
			url: 'https://www.whoz.com/auth/realms/whoz/protocol/openid-connect/token',
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			disableFollowRedirect: true,
		});
		expect(Object.fromEntries(new URLSearchParams(asked[0].body as string))).toEqual({
			grant_type: 'client_credentials',
			client_id: 'client-1',
			client_secret: SECRET,
		});
	});

	it.each([
		['production', undefined, 'https://www.whoz.com'],
		['sandbox', undefined, 'https://sandbox.whoz.com'],
		['custom', ' http://127.0.0.1:5678/whoz// ', 'http://127.0.0.1:5678/whoz'],
	])('signs in at the host of the environment %s', async (environment, baseUrl, host) => {
		const { asked, helper } = granting();
		await talentApi.preAuthentication.call(helper, { ...client, environment, baseUrl } as Data);
		expect(asked[0].url).toBe(`${host}/auth/realms/whoz/protocol/openid-connect/token`);
	});

	it('signs requests with the token and the API version', async () => {
		const data = await signInto(client);
		expect((await authenticated(talentApi, data, toApi())).headers).toEqual({
			Authorization: `Bearer ${TOKEN}`,
			'Accept-Version': 'V19',
		});
	});

	it('stores nothing of the secret in readable form', async () => {
		const { sessionToken } = await signInto(client);
		expect(sessionToken).toMatch(/^[0-9a-f]{64}\.MARKED-token$/);
		expect(sessionToken).not.toContain(SECRET);
	});
});

describe('a token that was bought with other settings', () => {
	it.each([
		['host', { environment: 'sandbox' }, 'https://sandbox.whoz.com/api/talent/bulk/save'],
		['client ID', { clientId: 'client-2' }, undefined],
		['client secret', { clientSecret: 'another-secret' }, undefined],
	])('is not sent after the %s was edited', async (_, edit, url) => {
		const edited = { ...(await signInto(client)), ...edit };
		const { headers } = await authenticated(talentApi, edited, toApi(url));
		expect(headers).toEqual({ 'Accept-Version': 'V19' });
	});

	it('is replaced by the sign-in that the 401 brings about', async () => {
		const edited = { ...(await signInto(client)), clientSecret: 'another-secret' };
		const renewed = await signInto(edited, 'fresh');
		const { headers } = await authenticated(talentApi, renewed, toApi());
		expect(headers?.Authorization).toBe('Bearer fresh');
	});

	it('does not survive in the headers of the second attempt', async () => {
		const first = await authenticated(talentApi, await signInto(client), toApi());
		const second = await authenticated(talentApi, await signInto(client, 'fresh'), first);
		expect(second.headers?.Authorization).toBe('Bearer fresh');
	});

	it('is kept when only the API version was edited', async () => {
		const edited = { ...(await signInto(client)), apiVersion: 'V20' };
		expect((await authenticated(talentApi, edited, toApi())).headers).toEqual({
			Authorization: `Bearer ${TOKEN}`,
			'Accept-Version': 'V20',
		});
	});
});

describe.each([
	['client credentials', talentApi, async () => await signInto(client)],
	[
		'bearer token',
		bearerApi,
		async () => ({ baseUrl: 'https://www.whoz.com', token: TOKEN, apiVersion: 'V19' }),
	],
] as Array<[string, WhozTalentApi | WhozBearerApi, () => Promise<Data>]>)(
	'requests signed with %s',
	(_, api, prepared) => {
		it.each([
			'https://app.whoz.com/api/talent',
			'https://www.whoz.com.evil.example/api/talent',
			'https://www.whoz.com@evil.example/api',
			'http://www.whoz.com/api/talent',
			'https://www.whoz.com:8443/api/talent',
			'//evil.example/api',
			'not an address',
		])('add nothing on the way to %s', async (url) => {
			const options = { url, headers: { accept: 'application/json' } };
			expect(await authenticated(api, await prepared(), options)).toEqual(options);
		});

		it('add nothing where a relative path hides another host behind the base', async () => {
			const options = { baseURL: 'https://www.whoz.com', url: 'https://evil.example/api' };
			expect(await authenticated(api, await prepared(), options)).toEqual(options);
		});

		it.each([
			['an address', { url: 'https://www.whoz.com/api/user/current' }],
			['a base and a path', { baseURL: 'https://www.whoz.com', url: '/api/user/current' }],
			["the HTTP Request node's uri", { uri: 'https://www.whoz.com/api/user/current' }],
		])('are signed when given as %s', async (_form, options) => {
			const signed = await authenticated(api, await prepared(), options);
			expect(signed.headers?.Authorization).toBe(`Bearer ${TOKEN}`);
		});

		it('carry the token to no other host by redirect', async () => {
			const signed = await authenticated(api, await prepared(), toApi());
			expect(signed.sendCredentialsOnCrossOriginRedirect).toBe(false);
		});

		it('keep the version a request asks for itself', async () => {
			const options = { ...toApi(), headers: { 'Accept-Version': 'V15' } };
			const signed = await authenticated(api, await prepared(), options);
			expect(signed.headers?.['Accept-Version']).toBe('V15');
		});

		it('name no version when the credential names none', async () => {
			const signed = await authenticated(api, { ...(await prepared()), apiVersion: ' ' }, toApi());
			expect(signed.headers).toEqual({ Authorization: `Bearer ${TOKEN}` });
		});

		it('leave the given options unchanged', async () => {
			const options = Object.freeze({ ...toApi(), headers: Object.freeze({ a: 'b' }) });
			await expect(authenticated(api, await prepared(), options)).resolves.toBeDefined();
		});
	},
);

describe('a sign-in that fails', () => {
	const failure = async (answer: () => unknown, data: Data = client): Promise<SignInFailed> => {
		try {
			await talentApi.preAuthentication.call(helperThat(answer).helper, data);
		} catch (error) {
			return error as SignInFailed;
		}
		throw new Error('It did not fail');
	};
	const status = (statusCode: number, body: unknown = '') => ({ statusCode, body });

	it('because of a wrong secret names the fields to check', async () => {
		const error = await failure(() =>
			status(401, { error: 'invalid_client', error_description: `not ${SECRET}` }),
		);
		expect(error.message).toBe(
			'Whoz refused the sign-in (HTTP 401, invalid_client). Check Client ID, Client Secret and Environment in the credential.',
		);
		expect(error.problem.passing).toBe(false);
	});

	it('repeats no free text of the answer, which may hold the secret', async () => {
		const error = await failure(() => status(401, { error: `bad ${SECRET}` }));
		expect(error.message).not.toContain('MARKED');
	});

	it('for want of an answer names the host and not the secret', async () => {
		const error = await failure(() => {
			throw Object.assign(new Error(`connect ECONNREFUSED, body ${SECRET}`), {
				code: 'ECONNREFUSED',
				config: { data: SECRET },
			});
		});
		expect(error.message).toBe(
			'https://www.whoz.com did not answer. Check the address in the credential, and that n8n can reach it.',
		);
		expect(error.problem.passing).toBe(true);
		expect(JSON.stringify(error) + String(error.cause)).not.toContain('MARKED');
	});

	it.each([
		[503, true, /^Whoz could not carry out the sign-in \(HTTP 503\)\. Try again later\.$/],
		[408, true, /^Whoz could not carry out the sign-in \(HTTP 408\)/],
		[429, true, /^Whoz asks to slow down at the sign-in \(HTTP 429\)/],
		[
			404,
			false,
			/^The sign-in at https:\/\/www\.whoz\.com failed \(HTTP 404\)\. Check the address/,
		],
		[302, false, /^The sign-in at https:\/\/www\.whoz\.com failed \(HTTP 302\)/],
		[403, false, /failed \(HTTP 403\)\. Check the address .* nothing between n8n and the service/],
		[407, false, /^The proxy between n8n and the service wants a sign-in of its own/],
	])('with HTTP %i and a web page may pass by itself: %s', async (code, passing, words) => {
		const error = await failure(() => status(code, '<html></html>'));
		expect(error.message).toMatch(words);
		expect(error.problem).toMatchObject({ passing, status: code });
	});

	it('tells how long the service asks to wait', async () => {
		const error = await failure(() => ({ ...status(429), headers: { 'Retry-After': '40' } }));
		expect(error.problem.waitMs).toBe(40_000);
	});

	it('because n8n does not let it out gives the reason of n8n', async () => {
		const error = await failure(() => {
			throw Object.assign(new Error('The request was blocked because it is restricted'), {
				config: { data: SECRET },
			});
		});
		expect(error.message).toBe(
			'n8n did not let the request to www.whoz.com out: The request was blocked because it is restricted.',
		);
		expect(error.problem.passing).toBe(false);
		expect(JSON.stringify(error)).not.toContain('MARKED');
	});

	it('at a host that is not Whoz says so', async () => {
		const error = await failure(() => status(200, '<html>Welcome</html>'));
		expect(error.message).toBe(
			'https://www.whoz.com answered the sign-in without a token, so it is probably not Whoz. Check the address in the credential.',
		);
	});

	it.each(['', 'whoz', 'ftp://whoz.example'])(
		'before anything is sent at "%s"',
		async (baseUrl) => {
			const { asked, helper } = granting();
			const data = { ...client, environment: 'custom', baseUrl };
			await expect(talentApi.preAuthentication.call(helper, data)).rejects.toThrow(
				/The base URL in the credential is/,
			);
			expect(asked).toHaveLength(0);
		},
	);

	it('keeps its words when n8n wraps it, and is recognised without its cause, which 1.123 drops', async () => {
		const error = await failure(() => status(401, { error: 'invalid_client' }));
		const wrapped = new NodeApiError(
			{ name: 'Whoz', parameters: {} } as unknown as INode,
			error as never,
		);
		expect(wrapped.message).toBe(error.message);
		expect(wrapped.httpCode).toBeNull();
		wrapped.cause = undefined;
		expect(signInProblemIn(wrapped)).toEqual(error.problem);
	});
});

describe('what n8n needs of the credentials', () => {
	it('a hidden session token of its own that may expire', () => {
		const token = talentApi.properties.find(({ name }) => name === 'sessionToken');
		expect(token).toMatchObject({
			type: 'hidden',
			default: '',
			typeOptions: { expirable: true, password: true },
		});
	});

	it('the stored names of the contract', () => {
		const stored = (api: WhozTalentApi | WhozBearerApi) =>
			api.properties.filter(({ type }) => type !== 'notice').map(({ name }) => name);
		expect([talentApi.name, stored(talentApi)]).toEqual([
			'whozTalentApi',
			['environment', 'baseUrl', 'clientId', 'clientSecret', 'apiVersion', 'sessionToken'],
		]);
		expect([bearerApi.name, stored(bearerApi)]).toEqual([
			'whozBearerApi',
			['baseUrl', 'token', 'apiVersion'],
		]);
	});

	it('works without the base URL, which n8n leaves out while it is hidden', async () => {
		expect(client).not.toHaveProperty('baseUrl');
		const data = await signInto(client);
		expect((await authenticated(talentApi, data, toApi())).headers).toHaveProperty('Authorization');
	});
});
