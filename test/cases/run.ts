import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import { runNode } from '../../nodes/shared/run';
import type { Sandbox } from '../sandbox';
import { BIRDDOGHR_JOB_CODES, BIRDDOGHR_LOCATIONS, BIRDDOGHR_EXISTING } from '../sandbox/birddoghr';
import { COLLECTIVE_API_KEY, COLLECTIVE_ENVIRONMENT } from '../sandbox/collective';
import { EIGHTFOLD_BEARER_TOKEN, EIGHTFOLD_SYSTEM_ID } from '../sandbox/eightfold';
import { INGEDATA_BEARER_TOKEN } from '../sandbox/ingedata';
import { WHOZ_BEARER_TOKEN, WHOZ_WORKSPACE_IDS } from '../sandbox/whoz';
import { fakeContext, inlineFile, type FakeService } from '../support/fakeContext';
import { placed } from '../support/placedOptions';
import { realService } from '../support/realService';
import { vendors } from '../support/vendors';
import { credentialFor, signedBy } from '../vendors/birddoghr/node';

export type VendorName = 'whoz' | 'ingedata' | 'collective' | 'eightfold' | 'birdDogHr';

const FILES = join(__dirname, 'files');

interface Side {
	parameters: IDataObject;
	credential(baseUrl: string): IDataObject;
	service(baseUrl: string): FakeService;
	/** A record as the vendor holds it, in one level. */
	flat(value: never): Record<string, unknown>;
}

const bearing = (token: string) => () => realService({ authorization: `Bearer ${token}` });
type Attributes = { attributes: Record<string, unknown> };

const SIDES: Readonly<Record<VendorName, Side>> = {
	whoz: {
		parameters: { resource: 'talent', authentication: 'bearer' },
		credential: (baseUrl) => ({ baseUrl, token: WHOZ_BEARER_TOKEN, apiVersion: 'V19' }),
		service: bearing(WHOZ_BEARER_TOKEN),
		flat: ({ emails, history, ...talent }: Record<'emails' | 'history', IDataObject[]>) => ({
			...talent,
			...(emails?.[0] && { email: emails[0].address }),
			...history?.[0],
		}),
	},
	ingedata: {
		parameters: { resource: 'talent', authentication: 'bearer' },
		credential: (baseUrl) => ({ baseUrl, token: INGEDATA_BEARER_TOKEN }),
		service: bearing(INGEDATA_BEARER_TOKEN),
		flat: ({ attributes }: Attributes) => attributes,
	},
	collective: {
		parameters: { resource: 'talent' },
		credential: (baseUrl) => ({
			baseUrl,
			environment: COLLECTIVE_ENVIRONMENT,
			apiKey: COLLECTIVE_API_KEY,
		}),
		service: bearing(COLLECTIVE_API_KEY),
		flat: (talent: Record<string, unknown>) => talent,
	},
	eightfold: {
		parameters: {
			resource: 'atsCandidate',
			authentication: 'bearer',
			systemId: EIGHTFOLD_SYSTEM_ID,
		},
		credential: (baseUrl) => ({ baseUrl, token: EIGHTFOLD_BEARER_TOKEN }),
		service: bearing(EIGHTFOLD_BEARER_TOKEN),
		flat: (candidate: Record<string, unknown>) => candidate,
	},
	birdDogHr: {
		parameters: { resource: 'talentUser' },
		credential: (baseUrl) => credentialFor(baseUrl) as IDataObject,
		service: (baseUrl) => signedBy(credentialFor(baseUrl)),
		flat: ({ fields }: { fields: Record<string, unknown> }) => fields,
	},
};

/** What the files name and the local vendors have under another name; put right on the way to them and back. */
const NAMES: ReadonlyArray<readonly [inFile: string, there: string]> = [
	['W1', WHOZ_WORKSPACE_IDS[0]],
	['ENG', BIRDDOGHR_JOB_CODES[0]],
	['Grace Hopper', BIRDDOGHR_EXISTING[0].name],
	['Paris', BIRDDOGHR_LOCATIONS[0]],
];

function renamed(value: unknown, to: 'there' | 'inFile'): unknown {
	let text = JSON.stringify(value);
	for (const [inFile, there] of NAMES) {
		const [from, into] = to === 'there' ? [inFile, there] : [there, inFile];
		text = text?.replaceAll(JSON.stringify(from), JSON.stringify(into));
	}
	return text === undefined ? undefined : (JSON.parse(text) as unknown);
}

export interface Result {
	/** The records that were written, as the vendor holds them. */
	held: Array<Record<string, unknown>>;
	outcomes: Array<{ status: string; row: number; message: string }>;
	/** Hints of the run. */
	said: string;
	/** Why nothing was sent. */
	refused?: string;
}

/** Imports a file as it stands, with the defaults of the node unless others are given. */
export const importFile = async (
	sandbox: Sandbox,
	file: string,
	name: VendorName,
	options: IDataObject = {},
): Promise<Result> =>
	await importContent(sandbox, readFileSync(join(FILES, file)), file, name, options);

export async function importContent(
	sandbox: Sandbox,
	content: Buffer,
	file: string,
	name: VendorName,
	options: IDataObject = {},
): Promise<Result> {
	sandbox.reset();
	const vendor = vendors.find((candidate) => candidate.name === name)!;
	const side = SIDES[name];
	const baseUrl = sandbox.baseUrl(name);
	const service = side.service(baseUrl);
	const { context, hints } = fakeContext({
		parameters: {
			operation: 'import',
			source: 'binary',
			binaryPropertyName: 'data',
			...side.parameters,
			...placed({ whenRowsFail: 'returnRows', ...options }),
		},
		items: [{ json: {}, binary: { data: inlineFile(content, file) } }],
		credential: side.credential(baseUrl),
		service: (request, n) => service({ ...request, body: renamed(request.body, 'there') }, n),
	});
	let refused: string | undefined;
	let outcomes: Result['outcomes'] = [];
	try {
		const [output] = await runNode.call(context, vendor);
		outcomes = output.map(({ json: { status, row, reason, errors } }) => ({
			status: String(status),
			row: Number(row),
			message:
				typeof reason === 'string'
					? reason
					: ((errors ?? []) as Array<{ message: string }>).map(({ message }) => message).join(' '),
		}));
	} catch (error) {
		refused = (error as Error).message;
	}
	const held = sandbox
		.truth(name)
		.records.map(({ value }) => side.flat(renamed(value, 'inFile') as never));
	return { held, outcomes, said: hints.map(({ message }) => message).join('\n'), refused };
}
