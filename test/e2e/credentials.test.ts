import { practiceCredentials, spoilt } from '../../scripts/lib/practice';
import { COLLECTIVE_APPLICATIONS_PATH, collectivePath } from '../sandbox/collective';
import { MANUAL, outputsOf, runOnce, theN8n, workflowOf, type N8n } from './support/n8n';
import { sandbox } from './support/sandbox';

let n8n: N8n;
beforeAll(async () => {
	n8n = await theN8n();
});

const types = practiceCredentials(sandbox).map(({ type }) => type);

describe.each(types)('%s', (type) => {
	it('tests green with the right key and red with a wrong one', async () => {
		const { id, name, data } = n8n.credentials.get(type)!;
		const right = await n8n.client.testCredential({ id, name, type, data });
		const wrong = await n8n.client.testCredential({ id, name, type, data: spoilt(data) });
		expect([right.status, wrong.status]).toEqual(['OK', 'Error']);
		expect(wrong.message).not.toBe('');
	});
});

/** A call of each vendor that its node may not cover, by credential type. BirdDogHR's token lasts for one call. */
const CALLS: Record<string, string> = {
	whozTalentApi: 'whoz/api/user/current',
	whozBearerApi: 'whoz/api/user/current',
	ingedataApi: 'ingedata/api/v3/iam/accounts/me',
	ingedataBearerApi: 'ingedata/api/v3/iam/accounts/me',
	collectiveApi: `collective${collectivePath(COLLECTIVE_APPLICATIONS_PATH)}?id=job-001`,
	eightfoldApi: 'eightfold/api/v2/core/profiles?start=0&limit=1',
	eightfoldBearerApi: 'eightfold/api/v2/core/profiles?start=0&limit=1',
};

/** Calls an address with n8n's own HTTP Request node, as people do for what a node does not cover. */
async function callWith(type: string, url: string) {
	const { id, name } = n8n.credentials.get(type)!;
	const execution = await runOnce(
		n8n,
		workflowOf(`Custom call ${type}`, [
			MANUAL,
			{
				name: 'Call',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				parameters: {
					url,
					authentication: 'predefinedCredentialType',
					nodeCredentialType: type,
					options: { response: { response: { fullResponse: true } } },
				},
				credentials: { [type]: { id, name } },
			},
		]),
	);
	const { error, outputs } = outputsOf(execution, 'Call');
	return error ?? outputs[0][0].json.statusCode;
}

describe.each(Object.entries(CALLS))("n8n's HTTP Request node with %s", (type, path) => {
	const url = sandbox.baseUrl(path);

	it('is signed in', async () => {
		expect(await callWith(type, url)).toBe(200);
	});

	it('sends no secret to another host', async () => {
		const vendor = path.split('/')[0];
		const before = (await sandbox.ledger(vendor)).length;
		// The same machine under another name.
		await callWith(type, url.replace('127.0.0.1', 'localhost'));
		const requests = (await sandbox.ledger(vendor)).slice(before);
		const calls = requests.filter(({ headers }) => headers.host.startsWith('localhost'));
		expect(calls.length).toBeGreaterThan(0);
		for (const { headers, status } of calls)
			expect([headers.authorization, status]).toEqual([undefined, 401]);
	});
});

const SESSIONS = ['whozTalentApi', 'ingedataApi', 'eightfoldApi'];

it.each(SESSIONS)("n8n's HTTP Request node renews an expired session of %s", async (type) => {
	const path = CALLS[type];
	await callWith(type, sandbox.baseUrl(path));
	await sandbox.fault({ kind: 'expiredToken', vendor: path.split('/')[0] });
	expect(await callWith(type, sandbox.baseUrl(path))).toBe(200);
	await sandbox.clearFaults();
});
