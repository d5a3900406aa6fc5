import {
	BIRDDOGHR_DOCUMENTS_PATH,
	BIRDDOGHR_EXISTING,
	BIRDDOGHR_JOB_CODES,
	BIRDDOGHR_LOCATIONS,
} from '../../sandbox/birddoghr';
import {
	COLLECTIVE_API_KEY,
	COLLECTIVE_APPLICATIONS_PATH,
	COLLECTIVE_EXISTING_JOBS,
	COLLECTIVE_EXISTING_USERS,
	collectivePath,
} from '../../sandbox/collective';
import {
	EIGHTFOLD_BEARER_TOKEN,
	EIGHTFOLD_EXISTING_IDS,
	EIGHTFOLD_PROFILES_PATH,
	EIGHTFOLD_SEEDED_AT,
	EIGHTFOLD_SYSTEM_ID,
	eightfoldCandidatesPath,
} from '../../sandbox/eightfold';
import { INGEDATA_BEARER_TOKEN } from '../../sandbox/ingedata';
import { WHOZ_FEDERATION_ID, WHOZ_WORKSPACE_IDS } from '../../sandbox/whoz';
import { sandbox } from './sandbox';

export type Row = Record<string, unknown>;

/** What a local vendor knows and a definition cannot: the values of its lists and the IDs of its records. */
export interface World {
	/** Values of columns, as far as an operation has them, that the vendor would refuse if they were made up. */
	known(n: number, operation: string): Row;
	/** Keys of records an operation must find; undefined when it makes its own. */
	existing?(resource: string, operation: string): Promise<string[] | undefined>;
	/** Parameters of a save, the same for all rows. */
	constants?(resource: string, operation: string): Row;
	/** What is asked for one record: values that the vendor takes, and others it refuses, if there are such. */
	asked?(resource: string, operation: string): Promise<{ good: Row; bad?: Row }>;
}

async function ask<T>(vendor: string, path: string, token: string, body?: object): Promise<T> {
	const response = await fetch(sandbox.baseUrl(vendor) + path, {
		method: body === undefined ? 'GET' : 'POST',
		headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
	return (await response.json()) as T;
}

const whoz: World = {
	known: (n) => ({
		externalId: `E2E-${n}`,
		firstName: `Given ${n}`,
		lastName: `Family ${n}`,
		workspaceId: WHOZ_WORKSPACE_IDS[0],
		since: '2026-01-15',
	}),
	constants: (resource): Row =>
		resource === 'workspace' ? { federationId: WHOZ_FEDERATION_ID } : {},
	asked: async (resource, operation) =>
		resource === 'workspace'
			? { good: { federationId: WHOZ_FEDERATION_ID } }
			: operation === 'getAll'
				? {
						good: { federationId: WHOZ_FEDERATION_ID, workspaceId: WHOZ_WORKSPACE_IDS[1] },
						bad: { workspaceId: 'nowhere' },
					}
				: {
						good: {
							externalId: 'EMP-EXIST-040',
							workspaceId: WHOZ_WORKSPACE_IDS[0],
							since: '2026-01-15',
							scope: 'POOL',
						},
						bad: { workspaceId: 'nowhere' },
					},
};

const birdDogHr: World = {
	known: (n) => ({
		username: `e2e${n}@example.com`,
		jobCode: BIRDDOGHR_JOB_CODES[0],
		location: BIRDDOGHR_LOCATIONS[0],
		manager: BIRDDOGHR_EXISTING[0].name,
	}),
	existing: async (_, operation) =>
		operation === 'delete' ? BIRDDOGHR_EXISTING.map(({ username }) => username) : undefined,
	asked: async (resource, operation) => {
		if (resource === 'jobCandidate') return { good: { days: 5 }, bad: { days: -1 } };
		if (operation === 'get')
			return {
				good: { talentUser: BIRDDOGHR_EXISTING[0].username },
				bad: { talentUser: 'nobody@example.com' },
			};
		if (operation === 'getAll') return { good: {} };
		return {
			good: { method: 'GET', path: BIRDDOGHR_DOCUMENTS_PATH },
			bad: { path: '/v2/NoSuchThing' },
		};
	},
};

const collective: World = {
	known: (n) => ({ internalUserId: `e2e-${n}` }),
	existing: async (resource, operation) =>
		resource === 'job' && operation === 'update' ? [...COLLECTIVE_EXISTING_JOBS] : undefined,
	asked: async (_, operation) => {
		if (operation === 'delete')
			return {
				good: { internalUserId: COLLECTIVE_EXISTING_USERS[0] },
				bad: { internalUserId: 'nobody' },
			};
		if (operation === 'getAll')
			return { good: { jobId: COLLECTIVE_EXISTING_JOBS[0] }, bad: { jobId: 'nowhere' } };
		const { applications } = await ask<{ applications: Array<{ id: string }> }>(
			'collective',
			`${collectivePath(COLLECTIVE_APPLICATIONS_PATH)}?id=${COLLECTIVE_EXISTING_JOBS[0]}`,
			COLLECTIVE_API_KEY,
		);
		return { good: { applicationId: applications[0].id }, bad: { applicationId: 'nobody' } };
	},
};

const eightfold: World = {
	known: (n) => ({ candidateId: `E2E-${n}`, emails: [`e2e${n}@example.com`] }),
	existing: async (_, operation) =>
		['update', 'replace'].includes(operation) ? EIGHTFOLD_EXISTING_IDS.slice(0, 3) : undefined,
	constants: () => ({ systemId: EIGHTFOLD_SYSTEM_ID }),
	asked: async (resource, operation) => {
		const systemId = EIGHTFOLD_SYSTEM_ID;
		const [first, last] = [EIGHTFOLD_EXISTING_IDS[0], EIGHTFOLD_EXISTING_IDS[99]];
		switch (`${resource} ${operation}`) {
			case 'atsCandidate getAll':
				return { good: { systemId }, bad: { systemId: 'nowhere' } };
			case 'atsCandidate get':
				return { good: { systemId, atsCandidateId: first }, bad: { atsCandidateId: 'nobody' } };
			case 'profile deleteByCandidate':
				return { good: { systemId, atsEntityId: last }, bad: { atsEntityId: 'nobody' } };
			case 'profile get':
			case 'profile delete': {
				const { data } = await ask<{ data: Array<{ id: string }> }>(
					'eightfold',
					`${EIGHTFOLD_PROFILES_PATH}?atsCandidateId=${EIGHTFOLD_EXISTING_IDS[98]}`,
					EIGHTFOLD_BEARER_TOKEN,
				);
				const name = operation === 'get' ? 'profileId' : 'id';
				return { good: { [name]: data[0].id }, bad: { [name]: 'nobody' } };
			}
			case 'atsCandidate getTransaction':
			case 'profile getTransaction': {
				const { transactionId } = await ask<{ transactionId: string }>(
					'eightfold',
					eightfoldCandidatesPath(),
					EIGHTFOLD_BEARER_TOKEN,
					{
						candidateId: `E2E-${resource}`,
						firstName: 'Given',
						lastName: 'Family',
						emails: 'e2e@example.com',
						lastActivityTs: EIGHTFOLD_SEEDED_AT,
					},
				);
				return { good: { transactionId }, bad: { transactionId: 'none' } };
			}
			default:
				return { good: {} };
		}
	},
};

const ingedata: World = {
	// A record stays with its talent.
	known: (_, operation) => (operation === 'create' ? { talent_id: '1001' } : {}),
	existing: async (resource, operation) =>
		operation === 'create' ? undefined : await ingedataIds(resource),
	asked: async (resource, operation) => {
		if (operation === 'getAll') return { good: {} };
		if (operation === 'uploadResume')
			return {
				good: {
					fileUrl: 'https://example.com/resume.pdf',
					mimeType: 'application/pdf',
					organizationalUnit: 'practice',
				},
			};
		const id = (await ingedataIds(resource)).at(-1);
		const name = operation === 'delete' ? 'id' : `${resource}Id`;
		return { good: { [name]: id }, bad: { [name]: '999999' } };
	},
};

/** IDs of the records of one kind, oldest first. */
async function ingedataIds(resource: string): Promise<string[]> {
	const { data } = await ask<{ data: Array<{ id: string }> }>(
		'ingedata',
		`/api/v3/talent/${resource}s`,
		INGEDATA_BEARER_TOKEN,
	);
	return data.map(({ id }) => id);
}

/** By vendor name. */
export const worlds: Readonly<Record<string, World>> = {
	birdDogHr,
	collective,
	eightfold,
	ingedata,
	whoz,
};
