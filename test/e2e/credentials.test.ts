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

it.each(Object.entries(CALLS))("signs n8n's HTTP Request node in with %s", async (type, path) => {
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
					url: sandbox.baseUrl(path),
					authentication: 'predefinedCredentialType',
					nodeCredentialType: type,
					options: { response: { response: { fullResponse: true } } },
				},
				credentials: { [type]: { id, name } },
			},
		]),
	);
	const { error, outputs } = outputsOf(execution, 'Call');
	expect(error).toBeUndefined();
	expect(outputs[0][0].json.statusCode).toBe(200);
});
