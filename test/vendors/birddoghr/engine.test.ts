import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { BirdDogHrApi } from '../../../credentials/BirdDogHrApi.credentials';
import { BirdDogHr } from '../../../nodes/BirdDogHr/BirdDogHr.node';
import { startSandbox, type Sandbox } from '../../sandbox';
import {
	BIRDDOGHR_EXISTING,
	BIRDDOGHR_TOKEN_PATH,
	BIRDDOGHR_USER_PATH,
	type BirdDogHrHeader,
} from '../../sandbox/birddoghr';
import { Engine } from '../../support/engine';
import { credentialFor } from './node';
import { nameOf } from '../../support/names';

/** Node and credential in n8n's own engine: the token is its concern as much as ours. */

// The engine starts cold in the first test; on a busy machine that takes longer than jest's five seconds.
jest.setTimeout(30_000);

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ vendors: ['birdDogHr'] });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const person = (n: number): IDataObject => ({
	username: `p${n}@example.com`,
	firstName: nameOf(n),
	lastName: 'Test',
	displayName: nameOf(n),
	email: `p${n}@example.com`,
	employeeId: `E-${n}`,
	jobCode: 'ENG-1',
	manager: BIRDDOGHR_EXISTING[0].name,
	location: 'Omaha',
	hireDate: '2026-03-31',
	active: true,
	isManager: false,
});

const bulkSave = async (authHeader: BirdDogHrHeader, more: ICredentialDataDecryptedObject = {}) => {
	const engine = new Engine({
		nodes: { birdDogHr: new BirdDogHr() },
		credentialTypes: [new BirdDogHrApi()],
		secrets: {
			birdDogHrApi: { ...credentialFor(sandbox.baseUrl('birdDogHr'), authHeader), ...more },
		},
	});
	return await engine.runWorkflow({
		input: [1, 2, 3].map((n) => ({ json: person(n) })),
		node: {
			type: 'birdDogHr',
			parameters: {
				resource: 'talentUser',
				operation: 'bulkSave',
				columns: { mappingMode: 'autoMapInputData', value: null },
				technicalOptions: { maxWaitSeconds: 0 },
			},
		},
	});
};

it.each<BirdDogHrHeader>(['BDToken', 'Authorization', 'AuthorizationScheme'])(
	'every call has a token of its own, as %s',
	async (header) => {
		const { error, ok } = await bulkSave(header);
		expect(error).toBeUndefined();
		expect(ok?.map(({ status }) => status)).toEqual(['saved', 'saved', 'saved']);
		expect(sandbox.ledger.requests.map(({ path }) => path)).toEqual(
			[1, 2, 3].flatMap(() => [BIRDDOGHR_TOKEN_PATH, BIRDDOGHR_USER_PATH]),
		);
		for (const { headers } of sandbox.ledger.requests)
			expect(Object.keys(headers).filter((name) => name.startsWith('x-'))).toEqual([]);
	},
);

it('a wrong password fails the node in words, and no user is sent', async () => {
	const { error } = await bulkSave('BDToken', { password: 'wrong' });
	expect(error?.message).toMatch(/^BirdDogHR refused the sign-in/);
	expect(sandbox.ledger.requests.map(({ path }) => path)).not.toContain(BIRDDOGHR_USER_PATH);
});
