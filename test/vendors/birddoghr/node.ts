import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { BirdDogHrApi } from '../../../credentials/BirdDogHrApi.credentials';
import { birdDogHr } from '../../../nodes/BirdDogHr/birdDogHr.vendor';
import {
	BIRDDOGHR_API_KEY,
	BIRDDOGHR_PASSWORD,
	BIRDDOGHR_TOKEN_PATH,
	BIRDDOGHR_USERNAME,
	type BirdDogHrHeader,
} from '../../sandbox/birddoghr';
import type { FakeService } from '../../support/fakeContext';
import { signedService } from '../../support/signedService';
import { nodeRunner, type NodeRun } from '../../support/vendorNode';

export const credentialFor = (
	baseUrl: string,
	authHeader: BirdDogHrHeader = 'AuthorizationScheme',
): ICredentialDataDecryptedObject => ({
	baseUrl,
	apiKey: BIRDDOGHR_API_KEY,
	username: BIRDDOGHR_USERNAME,
	password: BIRDDOGHR_PASSWORD,
	authHeader,
});

export const signedBy = (credential: ICredentialDataDecryptedObject): FakeService =>
	signedService(new BirdDogHrApi(), credential as IDataObject);

type Sent = Record<string, unknown> & Array<Record<string, unknown>>;

const runNode = nodeRunner<Sent>({
	vendor: birdDogHr,
	credential: new BirdDogHrApi(),
	data: (baseUrl) => credentialFor(baseUrl) as IDataObject,
	parameters: { resource: 'talentUser', source: 'items' },
});

const inAddress = (query: ReadonlyArray<readonly string[]>): string =>
	query.length === 0
		? ''
		: `?${query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`;

/** Runs the node against a BirdDogHR at `baseUrl`. */
export async function run(baseUrl: string, operation: string, options?: NodeRun) {
	const { requests, ...seen } = await runNode(baseUrl, operation, options);
	const all = requests.map(({ line, query, body }) => ({ line: line + inAddress(query), body }));
	return {
		...seen,
		/** Every request in order. */
		all,
		/** Those that are no sign-in. */
		calls: all.filter(({ line }) => line !== `POST ${BIRDDOGHR_TOKEN_PATH}`),
	};
}
