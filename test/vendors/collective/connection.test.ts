import { CollectiveApi } from '../../../credentials/CollectiveApi.credentials';
import { startSandbox, type Sandbox } from '../../sandbox';
import {
	COLLECTIVE_API_KEY,
	COLLECTIVE_ENVIRONMENT,
	COLLECTIVE_POWERLESS_KEY,
} from '../../sandbox/collective';
import { localServer } from '../../contract/localServer';
import { testConnection } from '../connection';

/** The connection test as a person sees it: n8n's own requests, judged as n8n judges them. */

// n8n's engine starts cold in the first test; on a busy machine that takes longer than jest's five seconds.
jest.setTimeout(30_000);

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ vendors: ['collective'] });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const test = (more: object = {}) =>
	testConnection(new CollectiveApi(), {
		baseUrl: sandbox.baseUrl('collective'),
		environment: COLLECTIVE_ENVIRONMENT,
		apiKey: COLLECTIVE_API_KEY,
		...more,
	});

it('is green for a key that is not refused, though the job does not exist', async () => {
	expect(await test()).toEqual({ status: 'OK', message: 'Connection successful!' });
	// The second asks in an environment that cannot exist, the third is n8n's own.
	expect(sandbox.ledger.requests.map(({ status }) => status)).toEqual([404, 404, 404]);
});

it.each([
	['a wrong key', 'wrong', 401],
	['a key without rights', COLLECTIVE_POWERLESS_KEY, 403],
])('is red for %s, and says what to check', async (_, apiKey, status) => {
	expect(await test({ apiKey })).toEqual({
		status: 'Error',
		message: `Collective refused the API key (HTTP ${status}). Check API Key and Environment in the credential.`,
	});
});

it('is red for an environment that does not exist', async () => {
	const { status, message } = await test({ environment: 'nowhere' });
	expect([status, message]).toEqual([
		'Error',
		expect.stringMatching(/^The answer is the same as for an environment that does not exist/),
	]);
});

it('looks anew at each test', async () => {
	const type = new CollectiveApi();
	const secrets = { baseUrl: sandbox.baseUrl('collective'), environment: COLLECTIVE_ENVIRONMENT };
	const verdicts = [];
	for (const apiKey of [COLLECTIVE_API_KEY, 'wrong', COLLECTIVE_API_KEY])
		verdicts.push((await testConnection(type, { ...secrets, apiKey })).status);
	expect(verdicts).toEqual(['OK', 'Error', 'OK']);
});

it('is red in words when nobody is at the address', async () => {
	const gone = await localServer((response) => response.end());
	await gone.close();
	expect(await test({ baseUrl: gone.url })).toEqual({
		status: 'Error',
		message: `${gone.url} did not answer. Check the address in the credential, and that n8n can reach it.`,
	});
});

const elsewhere =
	'The address sends elsewhere (HTTP 302), where the key does not go. Check the Base URL in the credential.';
const stranger = (what: string): string =>
	`Something other than Collective answered (HTTP ${what}). Check the Base URL in the credential, and the proxy or firewall between n8n and Collective.`;
const unwell = (status: number): string =>
	`Collective could not answer (HTTP ${status}). Test the credential again later.`;
const nowhere =
	'The answer is the same as for an environment that does not exist (HTTP 404). Check Base URL and Environment in the credential.';

it.each<[status: number, body: string, message: string | undefined]>([
	[302, '', elsewhere],
	[407, '{}', stranger('407')],
	[200, '<html><body>Sign in</body></html>', stranger('200, a web page')],
	[404, '<!doctype html><title>Not Found</title>', stranger('404, a web page')],
	...[408, 429, 500, 502, 503].map((status): [number, string, string] => [
		status,
		'{}',
		unwell(status),
	]),
	// A wrong path: the same answer whatever the environment.
	[404, '{"message":"Cannot GET"}', nowhere],
	// A job that is there, or one that is refused as no job's ID.
	[200, '{"data":[]}', undefined],
	[400, '{"message":"jobId"}', undefined],
])('judges HTTP %i %s', async (status, body, message) => {
	const service = await localServer((response) => {
		response.writeHead(status, {
			'content-type': body.startsWith('<') ? 'text/html' : 'application/json',
			...(status === 302 ? { location: `${service.url}/elsewhere` } : {}),
		});
		response.end(body);
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

it.each([
	['no address', { baseUrl: 'collective' }, /address|URL/],
	['no environment', { environment: ' ' }, /environment in the credential is empty/],
])('is red in words for %s', async (_, wrong, words) => {
	const { status, message } = await test(wrong);
	expect([status, message]).toEqual(['Error', expect.stringMatching(words)]);
	expect(sandbox.ledger.requests).toEqual([]);
});
