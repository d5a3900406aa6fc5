import { BirdDogHrApi } from '../../../credentials/BirdDogHrApi.credentials';
import { READ_PATH, TOKEN_PATH } from '../../../nodes/BirdDogHr/hosts';
import { startSandbox, type Sandbox } from '../../sandbox';
import { serve } from '../../sandbox/server';
import { BIRDDOGHR_USERNAME, birdDogHrTaking, type BirdDogHrHeader } from '../../sandbox/birddoghr';
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
	// The last is n8n's own.
	expect(asked).toEqual([`POST ${TOKEN_PATH}`, `GET ${READ_PATH}`, `POST ${TOKEN_PATH}`]);
	expect(sandbox.ledger.requests[1].query).toEqual({ userName: BIRDDOGHR_USERNAME });
});

const forms: BirdDogHrHeader[] = ['BDToken', 'Authorization', 'AuthorizationScheme'];
it.each(forms.flatMap((wanted) => forms.map((authHeader) => [wanted, authHeader] as const)))(
	'proves the header of the token: %s wanted, %s chosen',
	async (wanted, authHeader) => {
		const strict = await serve([birdDogHrTaking(wanted)], {});
		const verdict = await test({ baseUrl: strict.baseUrl('birdDogHr'), authHeader });
		await strict.close();
		expect(verdict).toEqual(
			wanted === authHeader
				? { status: 'OK', message: 'Connection successful!' }
				: { status: 'Error', message: refused(401) },
		);
	},
);

const refused = (status: number): string =>
	`BirdDogHR gave a token and refused a call with it (HTTP ${status}). Choose another Token Header in the credential; if all are refused, ask Arcoro whether the account may read users.`;
const unwell = (status: number): string =>
	`BirdDogHR gave a token and could not answer a call with it (HTTP ${status}). Test the credential again later.`;
const elsewhere = (status: number): string =>
	`The address sends elsewhere (HTTP ${status}), where the key does not go. Check the Base URL in the credential.`;
const stranger = (what: string): string =>
	`Something other than BirdDogHR answered (HTTP ${what}). Check the Base URL in the credential, and the proxy or firewall between n8n and BirdDogHR.`;

it.each<[status: number, body: string, message: string | undefined]>([
	[401, '{}', refused(401)],
	[403, '{}', refused(403)],
	[302, '', elsewhere(302)],
	[407, '{}', stranger('407')],
	[200, '<!DOCTYPE html><html><body>Sign in</body></html>', stranger('200, a web page')],
	...[408, 429, 502, 503, 504].map((status): [number, string, string] => [
		status,
		'{}',
		unwell(status),
	]),
	// What is answered about a user who is not there is not documented.
	[200, '{"TalentUsers":[]}', undefined],
	[400, '{"message":"no such user"}', undefined],
	[404, '{"message":"no such user"}', undefined],
	[500, '{"message":"An error has occurred."}', undefined],
])('judges HTTP %i %s to a call with the token', async (status, body, message) => {
	const service = await localServer((response, { url }) => {
		const isToken = url === TOKEN_PATH;
		response.writeHead(isToken ? 200 : status, {
			'content-type': body.startsWith('<') && !isToken ? 'text/html' : 'application/json',
			...(status === 302 && !isToken ? { location: `${service.url}/elsewhere` } : {}),
		});
		response.end(isToken ? '{"token":"practice-token"}' : body);
	});
	const verdict = await test({ baseUrl: service.url });
	await service.close();
	expect(verdict).toEqual(
		message === undefined
			? { status: 'OK', message: 'Connection successful!' }
			: { status: 'Error', message },
	);
	expect(service.requests.map(({ url }) => url)).not.toContain('/elsewhere');
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
