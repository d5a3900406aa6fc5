import { spoilt } from '../../scripts/lib/practice';
import { BIRDDOGHR_TOKEN_PATH } from '../sandbox/birddoghr';
import { EIGHTFOLD_TOKEN_PATH } from '../sandbox/eightfold';
import { INGEDATA_SIGN_IN_PATH } from '../sandbox/ingedata';
import { WHOZ_TOKEN_PATH } from '../sandbox/whoz';
import { cases, goodRow, takesRows, type SaveCase } from './support/cases';
import {
	MANUAL,
	outputsOf,
	runOnce,
	talentNode,
	theN8n,
	workflowOf,
	type N8n,
} from './support/n8n';
import { sandbox } from './support/sandbox';
import { worlds } from './support/world';

/*
 * Signing in with keys that do not fit and services that want a pause, in both lines of n8n: 1.123 keeps less of what a
 * sign-in says than 2.x does.
 */

/** Where the vendors that sell tokens do so. */
const SIGN_INS: Readonly<Record<string, string>> = {
	whoz: WHOZ_TOKEN_PATH,
	ingedata: INGEDATA_SIGN_IN_PATH,
	birdDogHr: BIRDDOGHR_TOKEN_PATH,
	eightfold: EIGHTFOLD_TOKEN_PATH,
};

const ROWS = 4;

let n8n: N8n;
beforeAll(async () => {
	n8n = await theN8n();
});
afterEach(() => sandbox.clearFaults());

const saves = cases
	.filter(takesRows)
	.filter(({ vendor, name }) => vendor.name in SIGN_INS && name === 'bulkSave')
	.filter(
		({ vendor }, at, all) => at === all.findIndex((other) => other.vendor.name === vendor.name),
	)
	.map((entry) => [entry.vendor.name, entry] as const);

/** Bulk Save of a few rows with a credential of its own, so that it has no session yet. */
async function bulkSave(
	{ vendor, resource, name, ...entry }: SaveCase,
	change: (data: object) => object,
	settings: Record<string, unknown> = {},
) {
	const [{ credential: type }] = vendor.signIns;
	const label = `${vendor.name} sign-in ${Date.now()}`;
	const data = change(n8n.credentials.get(type)!.data);
	const id = await n8n.client.saveCredential(type, label, data);
	const keys = await worlds[vendor.name].existing?.(resource.name, name);
	const rows = Array.from({ length: ROWS }, (_, n) =>
		goodRow({ vendor, resource, name, ...entry }, keys?.[n]),
	);
	const parameters = {
		...worlds[vendor.name].constants?.(resource.name, name),
		resource: resource.name,
		operation: name,
		columns: { mappingMode: 'autoMapInputData', value: null },
		options: { maxWaitSeconds: 30 },
	};
	const before = (await sandbox.ledger(vendor.name)).length;
	const execution = await runOnce(n8n, {
		...workflowOf(`Sign-in ${vendor.name}`, [
			MANUAL,
			{
				...talentNode(n8n, vendor, parameters),
				credentials: { [type]: { id, name: label } },
				...settings,
			},
		]),
		pinData: { [MANUAL.name]: rows.map((json) => ({ json })) },
	});
	const requests = (await sandbox.ledger(vendor.name)).slice(before);
	const isSignIn = ({ path }: { path: string }) => path === SIGN_INS[vendor.name];
	return {
		...outputsOf(execution, 'Talent'),
		signIns: requests.filter(isSignIn).length,
		others: requests.filter((request) => !isSignIn(request)).length,
	};
}

const REFUSED = /refused the sign-in \(HTTP \d+.*\)\. Check .* in the credential/;

describe.each(saves)('%s', (vendor, entry) => {
	it('ends the run for a wrong key, before anything is sent, after one sign-in', async () => {
		const { error, signIns, others } = await bulkSave(entry, spoilt);
		expect(error).toMatch(REFUSED);
		expect([signIns, others]).toEqual([1, 0]);
	});

	it('says so for each item where errors continue', async () => {
		const settings = { onError: 'continueErrorOutput' };
		const { error, outputs, signIns, others } = await bulkSave(entry, spoilt, settings);
		expect(error).toBeUndefined();
		expect((outputs[1] ?? []).map(({ json }) => json.error)).toEqual(
			Array(ROWS).fill({ message: expect.stringMatching(REFUSED) }),
		);
		expect([signIns, others]).toEqual([1, 0]);
	});

	it.each([429, 503])('waits at the sign-in for one %i and loses nobody', async (status) => {
		const fault = { kind: 'status', status, retryAfter: { seconds: 2 }, vendor } as const;
		await sandbox.fault({ ...fault, path: SIGN_INS[vendor] });
		const { error, outputs } = await bulkSave(entry, (data) => data);
		expect(error).toBeUndefined();
		expect((outputs[0] ?? []).map(({ json }) => json.status)).toEqual(
			Array(ROWS).fill(expect.stringMatching(/^(saved|inProgress)$/)),
		);
	});
});
