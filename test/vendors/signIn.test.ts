import type { ICredentialDataDecryptedObject, IDataObject, INodeType } from 'n8n-workflow';

import { EightfoldApi } from '../../credentials/EightfoldApi.credentials';
import { IngedataApi } from '../../credentials/IngedataApi.credentials';
import { WhozTalentApi } from '../../credentials/WhozTalentApi.credentials';
import { Eightfold } from '../../nodes/Eightfold/Eightfold.node';
import { Ingedata } from '../../nodes/Ingedata/Ingedata.node';
import { Whoz } from '../../nodes/Whoz/Whoz.node';
import { practiceCredentials } from '../../scripts/lib/practice';
import { startSandbox, type Sandbox } from '../sandbox';
import {
	eightfoldCandidatesPath,
	EIGHTFOLD_SYSTEM_ID,
	EIGHTFOLD_TOKEN_PATH,
} from '../sandbox/eightfold';
import { INGEDATA_SIGN_IN_PATH, INGEDATA_TALENTS_PATH } from '../sandbox/ingedata';
import { WHOZ_SAVE_PATH, WHOZ_TOKEN_PATH, WHOZ_WORKSPACE_IDS } from '../sandbox/whoz';
import { Engine } from '../support/engine';
import { placed } from '../support/placedOptions';

/** Vendors whose token is bought and kept, in n8n's own engine: its renewal is n8n's concern as much as ours. */

// The engine starts cold in the first test; on a busy machine that takes longer than jest's five seconds.
jest.setTimeout(30_000);

interface Case {
	node: INodeType;
	type: IngedataApi | EightfoldApi | WhozTalentApi;
	resource: string;
	signInPath: string;
	writePath: string;
	row(n: number): IDataObject;
	parameters?: IDataObject;
	options?: IDataObject;
	/** Of a row whose write was taken. */
	status: string;
}

const cases: Record<string, Case> = {
	whoz: {
		node: new Whoz(),
		type: new WhozTalentApi(),
		resource: 'talent',
		signInPath: WHOZ_TOKEN_PATH,
		writePath: WHOZ_SAVE_PATH,
		row: (n) => ({
			externalId: `P-${n}`,
			firstName: `P${n}`,
			lastName: 'Test',
			workspaceId: WHOZ_WORKSPACE_IDS[0],
			since: '2026-01-01',
		}),
		options: { chunkSize: 1 },
		status: 'saved',
	},
	ingedata: {
		node: new Ingedata(),
		type: new IngedataApi(),
		resource: 'talent',
		signInPath: INGEDATA_SIGN_IN_PATH,
		writePath: INGEDATA_TALENTS_PATH,
		row: (n) => ({ first_name: `P${n}`, last_name: 'Test' }),
		status: 'saved',
	},
	eightfold: {
		node: new Eightfold(),
		type: new EightfoldApi(),
		resource: 'atsCandidate',
		signInPath: EIGHTFOLD_TOKEN_PATH,
		writePath: eightfoldCandidatesPath(),
		row: (n) => ({ candidateId: `P-${n}`, firstName: `P${n}`, emails: `p${n}@example.com` }),
		parameters: { systemId: EIGHTFOLD_SYSTEM_ID },
		// Polls take real seconds.
		options: { writeMode: 'create', waitForResult: false },
		status: 'inProgress',
	},
};

describe.each(Object.entries(cases))('%s', (vendor, each) => {
	const { node, type, resource, signInPath, writePath, row, parameters, options, status } = each;
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ vendors: [vendor] });
	});
	beforeEach(() => sandbox.reset());
	afterAll(() => sandbox.close());

	const engineWith = (more: object = {}) => {
		const held = sandbox.baseUrl(vendor);
		const data = practiceCredentials({ ...sandbox, baseUrl: () => held }).find(
			(known) => known.type === type.name,
		)?.data;
		return new Engine({
			nodes: { tested: node },
			credentialTypes: [type],
			secrets: { [type.name]: { ...data, ...more } as ICredentialDataDecryptedObject },
		});
	};
	const bulkSave = async (engine: Engine, numbers: number[]) =>
		await engine.runWorkflow({
			input: numbers.map((n) => ({ json: row(n) })),
			node: {
				type: 'tested',
				parameters: {
					resource,
					operation: 'bulkSave',
					columns: { mappingMode: 'autoMapInputData', value: null },
					...parameters,
					...placed({ concurrency: 1, maxWaitSeconds: 5, ...options }),
				} as never,
			},
		});
	const sentTo = (path: string) =>
		sandbox.ledger.requests.filter((request) => request.path === path).length;

	it('signs in once for a run, and not again for the next one', async () => {
		const engine = engineWith();
		for (const numbers of [
			[1, 2],
			[3, 4],
		])
			expect((await bulkSave(engine, numbers)).ok?.map((json) => json.status)).toEqual([
				status,
				status,
			]);
		expect([sentTo(signInPath), sentTo(writePath)]).toEqual([1, 4]);
	});

	it('signs in anew, once, when the token runs out in the middle, and doubles nobody', async () => {
		sandbox.faults.add({ kind: 'expiredToken', path: writePath, nth: 2 });
		const { ok } = await bulkSave(engineWith(), [1, 2, 3]);
		expect(ok?.map((json) => json.status)).toEqual([status, status, status]);
		expect(sentTo(signInPath)).toBe(2);
		const taken = sandbox.ledger.requests.filter(
			(request) => request.path === writePath && (request.status ?? 500) < 300,
		);
		expect(taken).toHaveLength(3);
	});

	it('fails in words when no token is ever accepted, and asks for no third', async () => {
		sandbox.faults.add({ kind: 'status', status: 401, path: writePath, times: 'always' });
		const { error } = await bulkSave(engineWith(), [1, 2, 3]);
		expect(error?.message).toMatch(/does not accept the credential/);
		expect(sentTo(signInPath)).toBe(2);
	});

	it('fails in words for a wrong key, and sends nothing else', async () => {
		const wrong = { apiKey: 'wrong', clientSecret: 'wrong' };
		const { error } = await bulkSave(engineWith(wrong), [1, 2, 3]);
		expect(error?.message).toMatch(
			/refused the sign-in \(HTTP 401.*\)\. Check .* in the credential/,
		);
		expect(sentTo(writePath)).toBe(0);
	});
});
