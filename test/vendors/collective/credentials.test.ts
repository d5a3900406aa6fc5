import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { CollectiveApi } from '../../../credentials/CollectiveApi.credentials';
import type { SignInFailed } from '../../../nodes/shared/credential/session';

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

const TEST = { url: '/job/applications?id=--no-such-job--', baseURL: API };

/** What n8n does in a test: the request is held back with a 401, so the credential is asked to sign in anew. */
async function verdict(
	answer: (options: IHttpRequestOptions) => unknown,
	data: Data = { ...keyed },
): Promise<{ failed?: SignInFailed; asked: IHttpRequestOptions[]; sent?: IHttpRequestOptions }> {
	const { asked, helper } = helperThat(answer);
	await expect(authenticated(data, TEST)).rejects.toMatchObject({ response: { status: 401 } });
	try {
		await api.preAuthentication.call(helper, data);
	} catch (error) {
		return { failed: error as SignInFailed, asked };
	}
	return { asked, sent: await authenticated(data, TEST) };
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
		const { asked } = await verdict(() => ({ statusCode: 200 }));
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
		const { failed } = await verdict(() => ({ statusCode, body: { message: `no ${KEY}` } }));
		expect(failed?.message).toBe(
			`Collective refused the API key (HTTP ${statusCode}). Check API Key and Environment in the credential.`,
		);
		expect(failed?.problem.passing).toBe(false);
	});

	/** What is answered in an environment that exists, and in one that does not. */
	const environments =
		(here: object, nowhere: object) =>
		({ url }: IHttpRequestOptions) =>
			url.startsWith(API) ? here : nowhere;

	it.each([200, 400, 404, 422])(
		'takes HTTP %i for a key that was not refused, also in the request that n8n sends then',
		async (statusCode) => {
			const { failed, sent } = await verdict(
				environments(
					{ statusCode, body: { message: 'No such job' } },
					{ statusCode: 404, body: { message: 'No such environment' } },
				),
			);
			expect(failed).toBeUndefined();
			expect(sent).toMatchObject({
				headers: { Authorization: `Bearer ${KEY}` },
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
			});
		},
	);

	it.each<[string, object, RegExp]>([
		['a redirect', { statusCode: 302 }, /^The address sends elsewhere \(HTTP 302\)/],
		['a proxy', { statusCode: 407 }, /^Something other than Collective answered \(HTTP 407\)/],
		['a web page', { statusCode: 200, body: '<!doctype html>' }, /\(HTTP 200, a web page\)/],
		[
			'a web page that forbids',
			{ statusCode: 403, body: '<html></html>' },
			/\(HTTP 403, a web page\)/,
		],
		['a failing service', { statusCode: 503 }, /^Collective could not answer \(HTTP 503\)/],
		['a service that wants a pause', { statusCode: 429 }, /could not answer \(HTTP 429\)/],
		[
			'a path that is not there',
			{ statusCode: 404, body: { message: 'Cannot GET /production/v1/job/applications' } },
			/^The answer is the same as for an environment that does not exist/,
		],
	])('is red for %s', async (_, here, words) => {
		const { failed } = await verdict(
			environments(here, {
				statusCode: 404,
				body: { message: 'Cannot GET /no-such-environment--/v1/job/applications' },
			}),
		);
		expect(failed?.message).toMatch(words);
	});

	it('is red when nobody answers, and does not show the key', async () => {
		const { failed } = await verdict(() => {
			throw Object.assign(new Error(`connect ECONNREFUSED ${KEY}`), { config: { headers: KEY } });
		});
		expect(failed?.message).toBe(
			`${HOST} did not answer. Check the address in the credential, and that n8n can reach it.`,
		);
		expect(JSON.stringify(failed) + String(failed?.cause)).not.toContain('MARKED');
	});

	it('gives n8n no list of statuses to judge, which its version 1 would take for all of them', () => {
		expect(api.test.request).not.toHaveProperty('ignoreHttpStatusErrors');
		expect(api.test.rules).toBeUndefined();
	});
});

it('a workflow is asked nothing more: no look before its requests, none after a 401', async () => {
	const session = api.properties.find(({ name }) => name === 'session');
	expect(session).toMatchObject({
		type: 'hidden',
		typeOptions: { expirable: true },
		// n8n signs in before each request while it is empty.
		default: expect.stringMatching(/./),
	});
	const { asked, helper } = helperThat(() => ({ statusCode: 200 }));
	expect(await api.preAuthentication.call(helper, { ...keyed })).toEqual({});
	expect(asked).toEqual([]);
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
