import { BirdDogHrApi } from '../../../credentials/BirdDogHrApi.credentials';
import { TOKEN_PATH } from '../../../nodes/BirdDogHr/hosts';
import { startSandbox, type Sandbox } from '../../sandbox';
import { localServer } from '../../contract/localServer';
import { testConnection } from '../connection';
import { credentialFor } from './node';

/** The connection test as a person sees it: n8n's own requests, judged as n8n judges them. */

// n8n's engine starts cold in the first test; on a busy machine that takes longer than jest's five seconds.
jest.setTimeout(30_000);

let sandbox: Sandbox;
let baseUrl: string;
beforeAll(async () => {
	sandbox = await startSandbox({ vendors: ['birdDogHr'] });
	baseUrl = sandbox.baseUrl('birdDogHr');
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const test = (more: object = {}) =>
	testConnection(new BirdDogHrApi(), { ...credentialFor(baseUrl), ...more });

it('is green for the right secrets, and writes nothing', async () => {
	expect((await test()).status).toBe('OK');
	const asked = sandbox.ledger.requests.map(({ method, path }) => `${method} ${path}`);
	expect(new Set(asked)).toEqual(new Set([`POST ${TOKEN_PATH}`]));
});

it('takes an address with blanks and slashes around it', async () => {
	expect((await test({ baseUrl: ` ${baseUrl}// ` })).status).toBe('OK');
});

it.each(['apiKey', 'username', 'password'])(
	'is red for a wrong %s, and says what to check',
	async (name) => {
		expect(await test({ [name]: 'wrong' })).toEqual({
			status: 'Error',
			message:
				'BirdDogHR refused the sign-in (HTTP 401). Check API Key, Username and Password in the credential.',
		});
	},
);

it.each([
	['nothing in it', {}],
	['an empty token', { token: '' }],
	['no token', { token: null }],
	['a refusal in words', { status: 'Error', messages: ['no'] }],
])('is red for an answer of 200 with %s', async (_, body) => {
	const service = await localServer((response) => {
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify(body));
	});
	const verdict = await test({ baseUrl: service.url });
	await service.close();
	expect(verdict).toEqual({
		status: 'Error',
		message: `${service.url} answered without a token. Check the address, API Key, Username and Password in the credential.`,
	});
});

it('is red in words when nobody is at the address', async () => {
	const gone = await localServer((response) => response.end());
	await gone.close();
	expect(await test({ baseUrl: gone.url })).toEqual({
		status: 'Error',
		message: `${gone.url} did not answer. Check the address in the credential, and that n8n can reach it.`,
	});
});
