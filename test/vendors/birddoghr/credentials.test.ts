import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { BirdDogHrApi } from '../../../credentials/BirdDogHrApi.credentials';
import { HAND_OVER, TOKEN_PATH } from '../../../nodes/BirdDogHr/hosts';

const HOST = 'https://api.birddoghr.com';
const SECRETS: ICredentialDataDecryptedObject = {
	baseUrl: HOST,
	apiKey: 'MARKED-key',
	username: 'MARKED-user',
	password: ' MARKED password ',
	authHeader: 'BDToken',
};
const USER_PATH = '/v2/TalentUser';

const api = new BirdDogHrApi();

async function authenticated(
	options: Partial<IHttpRequestOptions> & { uri?: string },
	data: ICredentialDataDecryptedObject = SECRETS,
): Promise<IHttpRequestOptions> {
	if (typeof api.authenticate !== 'function') throw new Error('not a function');
	return await api.authenticate(data, options as IHttpRequestOptions);
}

const withToken = (url: string): Partial<IHttpRequestOptions> => ({
	method: 'POST',
	url,
	headers: { accept: 'application/json', [HAND_OVER]: 'MARKED-token' },
	body: '{}',
});
const forToken = (url: string): Partial<IHttpRequestOptions> => ({
	method: 'POST',
	url,
	headers: { 'content-type': 'application/json' },
	body: '{}',
});

const FOREIGN = [
	'https://birddoghr.com',
	'https://api.birddoghr.com.evil.example',
	'https://api.birddoghr.com@evil.example',
	'http://api.birddoghr.com',
	'https://api.birddoghr.com:8443',
	'//evil.example',
];

describe('the request for a token', () => {
	it('gets the secrets, and follows no redirect with them', async () => {
		const signed = await authenticated(forToken(HOST + TOKEN_PATH));
		expect(JSON.parse(signed.body as string)).toEqual({
			apiKey: 'MARKED-key',
			userName: 'MARKED-user',
			password: 'MARKED password',
		});
		expect(signed).toMatchObject({
			headers: { 'content-type': 'application/json' },
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
		});
	});

	it('takes key, name and address with blanks and slashes around them', async () => {
		const data = { ...SECRETS, baseUrl: ` ${HOST}// `, apiKey: ' K\n', username: ' U ' };
		const { body } = await authenticated(forToken(HOST + TOKEN_PATH), data);
		expect(JSON.parse(body as string)).toMatchObject({ apiKey: 'K', userName: 'U' });
	});

	it.each(FOREIGN)('gets nothing on the way to %s', async (host) => {
		const options = forToken(host + TOKEN_PATH);
		expect(await authenticated(options)).toEqual(options);
	});

	it.each([
		['another path', forToken(`${HOST}${USER_PATH}`)],
		['a path that only begins alike', forToken(`${HOST}${TOKEN_PATH}/x`)],
		['a path in another version', forToken(`${HOST}/current/accesstoken`)],
		['a GET', { ...forToken(HOST + TOKEN_PATH), method: 'GET' as const }],
	])('gets no secrets as %s', async (_, options) => {
		expect(JSON.stringify(await authenticated(options))).not.toContain('MARKED');
	});

	it('gets no secrets when it comes from a user, whose request brings a token', async () => {
		const signed = await authenticated(withToken(HOST + TOKEN_PATH));
		expect(signed.body).toBe('{}');
		expect(JSON.stringify(signed)).not.toMatch(/MARKED-(key|user)|MARKED password/);
	});
});

describe('a token', () => {
	it.each([
		['BDToken', { BDToken: 'MARKED-token' }],
		['Authorization', { Authorization: 'MARKED-token' }],
		['AuthorizationScheme', { Authorization: 'BDToken MARKED-token' }],
		[undefined, { Authorization: 'BDToken MARKED-token' }],
	])('goes out under the header %s alone', async (authHeader, expected) => {
		const { authHeader: _, ...secrets } = SECRETS;
		const data = authHeader === undefined ? secrets : { ...secrets, authHeader };
		const { headers } = await authenticated(withToken(HOST + USER_PATH), data);
		expect(headers).toEqual({ accept: 'application/json', ...expected });
	});

	it('crosses no redirect to another host', async () => {
		const signed = await authenticated(withToken(HOST + USER_PATH));
		expect(signed.sendCredentialsOnCrossOriginRedirect).toBe(false);
	});

	it.each(FOREIGN)('does not go to %s, not even under its own header', async (host) => {
		const signed = await authenticated(withToken(host + USER_PATH));
		expect(signed.headers).toEqual({ accept: 'application/json' });
		expect(JSON.stringify(signed)).not.toContain('MARKED');
	});

	it('that is not there leaves the request unsigned', async () => {
		const options = { method: 'POST' as const, url: HOST + USER_PATH };
		expect(await authenticated(options)).toEqual(options);
	});
});

describe('what n8n needs of the credential', () => {
	const stored = api.properties.filter(({ type }) => type !== 'notice' && type !== 'hidden');

	it('the stored names of the contract', () => {
		expect(api.name).toBe('birdDogHrApi');
		expect(stored.map(({ name }) => name)).toEqual([
			...['baseUrl', 'apiKey', 'username', 'password', 'authHeader'],
		]);
	});

	it('the three headers, the one that public client code sends by default', () => {
		const header = stored.find(({ name }) => name === 'authHeader');
		expect(header?.default).toBe('AuthorizationScheme');
		expect(header?.options?.map((option) => 'value' in option && option.value).sort()).toEqual([
			'Authorization',
			'AuthorizationScheme',
			'BDToken',
		]);
	});

	it('secrets that are not shown', () => {
		for (const { name, typeOptions } of stored)
			expect([name, typeOptions?.password ?? false]).toEqual([
				name,
				['apiKey', 'password'].includes(name),
			]);
	});

	it('no session: a token that n8n kept would be used twice, and a 401 in a workflow fetches none', async () => {
		const session = api.properties.find(({ type }) => type === 'hidden');
		expect(session).toMatchObject({
			name: 'session',
			typeOptions: { expirable: true },
			// n8n signs in before each request while it is empty.
			default: expect.stringMatching(/./),
		});
		const httpRequest = jest.fn();
		const helper = { helpers: { httpRequest } } as unknown as IHttpRequestHelper;
		expect(await api.preAuthentication.call(helper, { ...SECRETS })).toEqual({});
		expect(httpRequest).not.toHaveBeenCalled();
	});
});
