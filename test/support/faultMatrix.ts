import type { ICredentialType, IDataObject } from 'n8n-workflow';

import { BirdDogHrApi } from '../../credentials/BirdDogHrApi.credentials';
import { CollectiveApi } from '../../credentials/CollectiveApi.credentials';
import { EightfoldBearerApi } from '../../credentials/EightfoldBearerApi.credentials';
import { IngedataBearerApi } from '../../credentials/IngedataBearerApi.credentials';
import { WhozBearerApi } from '../../credentials/WhozBearerApi.credentials';
import { birdDogHr } from '../../nodes/BirdDogHr/birdDogHr.vendor';
import { collective } from '../../nodes/Collective/collective.vendor';
import { eightfold } from '../../nodes/Eightfold/eightfold.vendor';
import { ingedata } from '../../nodes/Ingedata/ingedata.vendor';
import { whoz } from '../../nodes/Whoz/whoz.vendor';
import type { Vendor } from '../../nodes/shared/definition';
import { runNode } from '../../nodes/shared/run';
import { practiceCredentials } from '../../scripts/lib/practice';
import type { FaultSpec, Sandbox } from '../sandbox';
import type { FaultKinds, FaultMatch } from '../sandbox/faults';
import { BIRDDOGHR_EXISTING } from '../sandbox/birddoghr';
import { WHOZ_WORKSPACE_IDS } from '../sandbox/whoz';
import { fakeContext, inlineFile } from './fakeContext';
import { signedService } from './signedService';

/*
 * What became of each row under every fault, by the vendor's own books: nothing the node says is taken on trust.
 */

interface Subject {
	vendor: Vendor;
	credential: ICredentialType;
	resource: string;
	parameters?: IDataObject;
	/** Rows enough for several requests. */
	rows: number;
	/** A row that the sandbox takes, with `name` in it. */
	row(name: string): IDataObject;
	/** Where the vendor keeps that name. */
	nameOf(value: unknown): unknown;
}

export const SUBJECTS: readonly Subject[] = [
	{
		vendor: whoz,
		credential: new WhozBearerApi(),
		resource: 'talent',
		rows: 700,
		row: (name) => ({
			externalId: name,
			firstName: 'Ada',
			lastName: 'Lovelace',
			workspaceId: WHOZ_WORKSPACE_IDS[0],
			since: '2026-01-01',
		}),
		nameOf: (value) => (value as { externalId: string }).externalId,
	},
	{
		vendor: ingedata,
		credential: new IngedataBearerApi(),
		resource: 'talent',
		rows: 12,
		row: (name) => ({ first_name: name, last_name: 'Lovelace' }),
		nameOf: (value) => (value as { attributes: IDataObject }).attributes.first_name,
	},
	{
		vendor: birdDogHr,
		credential: new BirdDogHrApi(),
		resource: 'talentUser',
		rows: 12,
		row: (name) => ({
			username: `${name}@example.com`,
			email: `${name}@example.com`,
			firstName: 'Ada',
			lastName: 'Lovelace',
			displayName: 'Ada E.',
			employeeId: name,
			jobCode: 'ENG-1',
			location: 'Omaha',
			hireDate: '2026-03-31',
			active: true,
			isManager: false,
			manager: BIRDDOGHR_EXISTING[0].name,
		}),
		nameOf: (value) =>
			(value as { fields: { username: string } }).fields.username.replace('@example.com', ''),
	},
	{
		vendor: collective,
		credential: new CollectiveApi(),
		resource: 'talent',
		rows: 12,
		row: (name) => ({ internalUserId: name, linkedInUrl: `https://www.linkedin.com/in/${name}` }),
		nameOf: (value) => (value as { internalUserId: string }).internalUserId,
	},
	{
		vendor: eightfold,
		credential: new EightfoldBearerApi(),
		resource: 'atsCandidate',
		parameters: { systemId: 'practice_ats' },
		rows: 12,
		row: (name) => ({
			candidateId: name,
			firstName: 'Ada',
			emails: `${name}@example.com`,
			lastActivityTs: '2026-01-01',
		}),
		nameOf: (value) => (value as { candidateId: string }).candidateId,
	},
];

/** Strikes the second write: a read that fails is no risk to anybody's records. */
const strike = (fault: FaultKinds & Pick<FaultMatch, 'times'>): FaultSpec => ({
	when: ({ method }) => method !== 'GET',
	nth: 2,
	...fault,
});

export const FAULTS: ReadonlyArray<readonly [name: string, spec: FaultSpec]> = [
	[
		'429 with seconds',
		strike({ kind: 'status', status: 429, retryAfter: { seconds: 1 }, times: 2 }),
	],
	[
		'429 with a date',
		strike({ kind: 'status', status: 429, retryAfter: { seconds: 1, as: 'date' } }),
	],
	['429 for good', strike({ kind: 'status', status: 429, times: 'always' })],
	['500', strike({ kind: 'status', status: 500 })],
	['500 after the write', strike({ kind: 'status', status: 500, applied: true })],
	['503 for good', strike({ kind: 'status', status: 503, times: 'always' })],
	['time-out before the write', strike({ kind: 'timeout' })],
	['time-out after the write', strike({ kind: 'timeout', applied: true })],
	['cut before the write', strike({ kind: 'cutBefore' })],
	['cut after the write', strike({ kind: 'cutAfter' })],
	['truncated JSON', strike({ kind: 'truncatedJson' })],
	['HTML instead of the answer', strike({ kind: 'html', status: 200, applied: true })],
	['HTML error page', strike({ kind: 'html' })],
	['empty answer', strike({ kind: 'emptyBody' })],
	['failed rows in a 200', strike({ kind: 'failedRows', rows: [0] })],
	['short answer', strike({ kind: 'shortAnswer', keep: 0 })],
	['401 for good', strike({ kind: 'status', status: 401, times: 'always' })],
	['403', strike({ kind: 'status', status: 403 })],
	['404', strike({ kind: 'status', status: 404 })],
	['413', strike({ kind: 'status', status: 413 })],
	['422', strike({ kind: 'status', status: 422 })],
];

export const WAYS = ['bulkSave', 'import'] as const;

export interface Count {
	rows: number;
	outcomes: number;
	statuses: Record<string, number>;
	/** Rows without an outcome, or with two. */
	lost: number;
	/** Rows that became two records. */
	doubled: number;
	/** Called saved and not there, or called failed and there. */
	misreported: number;
	requests: number;
}

/** Where a fault never answers, somebody has to give up. A slow answer taken for none is reported honestly, too. */
const TIMEOUT_MS = 1_000;

/** Sends a subject's rows under a fault and compares what it says with what the vendor has. */
export async function countUnder(
	sandbox: Sandbox,
	subject: Subject,
	way: (typeof WAYS)[number],
	fault: FaultSpec | undefined,
): Promise<Count> {
	if (fault !== undefined)
		sandbox.faults.add({ ...fault, vendor: subject.vendor.name } as FaultSpec);
	const data = practiceCredentials(sandbox).find(({ type }) => type === subject.credential.name)!
		.data as IDataObject;
	const names = Array.from({ length: subject.rows }, (_, n) => `row-${n}`);
	const rows = names.map((name) => subject.row(name));
	const headers = Object.keys(rows[0]);
	const csv = [headers, ...rows.map((row) => headers.map((header) => row[header]))]
		.map((cells) => cells.join(','))
		.join('\n');
	const { context, requests } = fakeContext({
		items:
			way === 'import'
				? [{ json: {}, binary: { data: inlineFile(csv, 'rows.csv') } }]
				: rows.map((json) => ({ json })),
		credential: data,
		service: signedService(
			subject.credential,
			data,
			fault?.kind === 'timeout' ? TIMEOUT_MS : undefined,
		),
		parameters: {
			authentication: 'bearer',
			resource: subject.resource,
			operation: way,
			source: 'binary',
			binaryPropertyName: 'data',
			columns: { mappingMode: 'autoMapInputData', value: null },
			...subject.parameters,
			// Short waits: a fault that lasts must not last in the test.
			options: { whenRowsFail: 'returnRows', maxWaitSeconds: 5, requestsPerMinute: 60_000 },
		},
	});
	const [items] = await runNode.call(context, subject.vendor);
	const outcomes = items.map(({ json }) => json);

	const truth = sandbox.truth(subject.vendor.name).records.filter(({ created }) => created > 0);
	const made = new Map<unknown, number>();
	for (const { value, created } of truth) {
		const name = subject.nameOf(value);
		made.set(name, (made.get(name) ?? 0) + created);
	}
	const firstRow = way === 'import' ? 2 : 1;
	const of = (row: unknown) => made.get(names[Number(row) - firstRow]) ?? 0;
	const numbers = new Set(outcomes.map(({ row }) => row));
	const statuses: Record<string, number> = {};
	for (const { status } of outcomes) statuses[String(status)] = (statuses[String(status)] ?? 0) + 1;
	return {
		rows: rows.length,
		outcomes: outcomes.length,
		statuses,
		lost: rows.length - numbers.size + Math.abs(outcomes.length - numbers.size),
		doubled: names.filter((name) => (made.get(name) ?? 0) > 1).length,
		misreported: outcomes.filter(
			({ status, row }) =>
				(status === 'saved' && of(row) === 0) || (status === 'failed' && of(row) > 0),
		).length,
		requests: requests.length,
	};
}
