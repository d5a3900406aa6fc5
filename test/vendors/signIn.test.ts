import type { ICredentialDataDecryptedObject, IDataObject, INodeType } from 'n8n-workflow';

import { BirdDogHrApi } from '../../credentials/BirdDogHrApi.credentials';
import { EightfoldApi } from '../../credentials/EightfoldApi.credentials';
import { IngedataApi } from '../../credentials/IngedataApi.credentials';
import { WhozTalentApi } from '../../credentials/WhozTalentApi.credentials';
import { BirdDogHr } from '../../nodes/BirdDogHr/BirdDogHr.node';
import { Eightfold } from '../../nodes/Eightfold/Eightfold.node';
import { Ingedata } from '../../nodes/Ingedata/Ingedata.node';
import { Whoz } from '../../nodes/Whoz/Whoz.node';
import { practiceCredentials } from '../../scripts/lib/practice';
import { startSandbox, type Sandbox } from '../sandbox';
import {
	BIRDDOGHR_EXISTING,
	BIRDDOGHR_TOKEN_PATH,
	BIRDDOGHR_USER_PATH,
} from '../sandbox/birddoghr';
import {
	eightfoldCandidatesPath,
	EIGHTFOLD_SYSTEM_ID,
	EIGHTFOLD_TOKEN_PATH,
} from '../sandbox/eightfold';
import { INGEDATA_SIGN_IN_PATH, INGEDATA_TALENTS_PATH } from '../sandbox/ingedata';
import { WHOZ_SAVE_PATH, WHOZ_TOKEN_PATH, WHOZ_WORKSPACE_IDS } from '../sandbox/whoz';
import { Engine } from '../support/engine';
import { placed } from '../support/placedOptions';
import { nameOf } from '../support/names';

/** Vendors whose token is bought, in n8n's own engine: its renewal is n8n's concern as much as ours. */

// The engine starts cold in the first test; on a busy machine that takes longer than jest's five seconds.
jest.setTimeout(30_000);

interface Case {
	node: INodeType;
	type: IngedataApi | EightfoldApi | WhozTalentApi | BirdDogHrApi;
	resource: string;
	signInPath: string;
	writePath: string;
	row(n: number): IDataObject;
	parameters?: IDataObject;
	options?: IDataObject;
	/** Of a row whose write was taken. */
	status: string;
	/** A token for each call, so nothing is kept. */
	oneTime?: true;
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
			firstName: nameOf(n),
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
		row: (n) => ({ first_name: nameOf(n), last_name: 'Test' }),
		status: 'saved',
	},
	birdDogHr: {
		node: new BirdDogHr(),
		type: new BirdDogHrApi(),
		resource: 'talentUser',
		signInPath: BIRDDOGHR_TOKEN_PATH,
		writePath: BIRDDOGHR_USER_PATH,
		row: (n) => ({
			username: `p${n}@example.com`,
			email: `p${n}@example.com`,
			firstName: nameOf(n),
			lastName: 'Test',
			displayName: nameOf(n),
			employeeId: `P-${n}`,
			jobCode: 'ENG-1',
			location: 'Omaha',
			hireDate: '2026-03-31',
			active: true,
			isManager: false,
			manager: BIRDDOGHR_EXISTING[0].name,
		}),
		status: 'saved',
		oneTime: true,
	},
	eightfold: {
		node: new Eightfold(),
		type: new EightfoldApi(),
		resource: 'atsCandidate',
		signInPath: EIGHTFOLD_TOKEN_PATH,
		writePath: eightfoldCandidatesPath(),
		row: (n) => ({ candidateId: `P-${n}`, firstName: nameOf(n), emails: `p${n}@example.com` }),
		parameters: { systemId: EIGHTFOLD_SYSTEM_ID },
		// Polls take real seconds.
		options: { writeMode: 'create', waitForResult: false },
		status: 'inProgress',
	},
};

describe.each(Object.entries(cases))('%s', (vendor, each) => {
	const { node, type, resource, signInPath, writePath, row, parameters, options, status } = each;
	const itOfSessions = each.oneTime ? it.skip : it;
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

	itOfSessions('signs in once for a run, and not again for the next one', async () => {
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

	itOfSessions(
		'signs in anew, once, when the token runs out in the middle, and doubles nobody',
		async () => {
			sandbox.faults.add({ kind: 'expiredToken', path: writePath, nth: 2 });
			const { ok } = await bulkSave(engineWith(), [1, 2, 3]);
			expect(ok?.map((json) => json.status)).toEqual([status, status, status]);
			expect(sentTo(signInPath)).toBe(2);
			const taken = sandbox.ledger.requests.filter(
				(request) => request.path === writePath && (request.status ?? 500) < 300,
			);
			expect(taken).toHaveLength(3);
		},
	);

	itOfSessions('fails in words when no token is ever accepted, and asks for no third', async () => {
		sandbox.faults.add({ kind: 'status', status: 401, path: writePath, times: 'always' });
		const { error } = await bulkSave(engineWith(), [1, 2, 3]);
		expect(error?.message).toMatch(/does not accept the credential/);
		expect(sentTo(signInPath)).toBe(2);
	});

	it('fails in words for a wrong key, and sends nothing else', async () => {
		const wrong = { apiKey: 'wrong', clientSecret: 'wrong', password: 'wrong' };
		const { error } = await bulkSave(engineWith(wrong), [1, 2, 3]);
		expect(error?.message).toMatch(
			/refused the sign-in \(HTTP 401.*\)\. Check .* in the credential/,
		);
		expect([sentTo(signInPath), sentTo(writePath)]).toEqual([1, 0]);
	});

	itOfSessions('fails in words for a key that was withdrawn, after one sign-in', async () => {
		const engine = engineWith();
		await bulkSave(engine, [1]);
		sandbox.faults.add({ kind: 'expiredToken', path: writePath });
		sandbox.faults.add({ kind: 'status', status: 401, path: signInPath, times: 'always' });
		const { error } = await bulkSave(engine, [2, 3, 4]);
		expect(error?.message).toMatch(/refused the sign-in \(HTTP 401/);
		// One of the first run, one of the second.
		expect(sentTo(signInPath)).toBe(2);
	});

	it.each([
		['429 that says how long', { status: 429, retryAfter: { seconds: 1 } }],
		['503 that says how long', { status: 503, retryAfter: { seconds: 1 } }],
	])('waits at the sign-in for a %s, and loses nobody', async (_, fault) => {
		sandbox.faults.add({ kind: 'status', path: signInPath, ...fault });
		const { ok } = await bulkSave(engineWith(), [1, 2, 3]);
		expect(ok?.map((json) => json.status)).toEqual([status, status, status]);
		expect([sentTo(signInPath), sentTo(writePath)]).toEqual([1 + (each.oneTime ? 3 : 1), 3]);
	});

	it('sends nobody when the sign-in wants a longer pause than the run has, and says so', async () => {
		sandbox.faults.add({
			...{ kind: 'status', status: 429, path: signInPath, times: 'always' },
			retryAfter: { seconds: 600 },
		} as never);
		const { error } = await bulkSave(engineWith(), [1, 2, 3]);
		expect(error?.message).toMatch(/asks to wait 600 seconds/);
		expect([sentTo(signInPath), sentTo(writePath)]).toEqual([1, 0]);
	});
});
