import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { BirdDogHrApi } from '../../../credentials/BirdDogHrApi.credentials';
import { HAND_OVER, TOKEN_PATH } from '../../../nodes/BirdDogHr/hosts';
import { startSandbox, type Sandbox } from '../../sandbox';
import { call } from '../../sandbox-tests/client';
import { credentialFor } from './node';

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
			password: ' MARKED password ',
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
		[undefined, { BDToken: 'MARKED-token' }],
	])('goes out under the header %s alone', async (authHeader, expected) => {
		const data = { ...SECRETS, ...(authHeader === undefined ? {} : { authHeader }) };
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

describe('the test', () => {
	let sandbox: Sandbox;
	let baseUrl: string;
	beforeAll(async () => {
		sandbox = await startSandbox({ vendors: ['birdDogHr'] });
		baseUrl = sandbox.baseUrl('birdDogHr');
	});
	afterAll(() => sandbox.close());

	/** What n8n does for it, with the address filled in. */
	const tested = async (data: ICredentialDataDecryptedObject) => {
		const { method, url } = api.test.request;
		const options = { method, url, baseURL: String(data.baseUrl) } as IHttpRequestOptions;
		const { headers, body } = await authenticated(options, data);
		return await call(String(data.baseUrl) + url, {
			method: 'POST',
			headers: headers as Record<string, string>,
			body: body as string,
		});
	};
	/** n8n compares with `===`; a rule that fits is an error. */
	const isRed = (body: Record<string, unknown>): boolean =>
		(api.test.rules ?? []).some(
			(rule) =>
				rule.type === 'responseSuccessBody' && body[rule.properties.key] === rule.properties.value,
		);

	it('is green for the right secrets', async () => {
		const reply = await tested(credentialFor(baseUrl));
		expect([reply.status, isRed(reply.json())]).toEqual([200, false]);
	});

	it.each(['apiKey', 'username', 'password'])('is red for a wrong %s', async (name) => {
		const reply = await tested({ ...credentialFor(baseUrl), [name]: 'wrong' });
		expect(reply.status).toBe(401);
	});

	it.each([{}, { token: '' }, { token: null }, { status: 'Error', messages: ['no'] }])(
		'is red for the answer %j, whatever its status',
		(body) => {
			expect(isRed(body)).toBe(true);
		},
	);

	it('writes nothing', async () => {
		await tested(credentialFor(baseUrl));
		expect(new Set(sandbox.ledger.requests.map(({ path }) => path))).toEqual(new Set([TOKEN_PATH]));
	});
});

describe('what n8n needs of the credential', () => {
	const stored = api.properties.filter(({ type }) => type !== 'notice');

	it('the stored names of the contract', () => {
		expect(api.name).toBe('birdDogHrApi');
		expect(stored.map(({ name }) => name)).toEqual([
			...['baseUrl', 'apiKey', 'username', 'password', 'authHeader'],
		]);
	});

	it('the three headers, the one that is named in the documents by default', () => {
		const header = stored.find(({ name }) => name === 'authHeader');
		expect(header?.default).toBe('BDToken');
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

	it('no session: a token that n8n kept would be used twice', () => {
		expect(api).not.toHaveProperty('preAuthentication');
		expect(stored.some(({ typeOptions }) => typeOptions?.expirable)).toBe(false);
	});
});
