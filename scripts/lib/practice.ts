import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Sandbox } from '../../test/sandbox';
import {
	BIRDDOGHR_API_KEY,
	BIRDDOGHR_PASSWORD,
	BIRDDOGHR_USERNAME,
} from '../../test/sandbox/birddoghr';
import { COLLECTIVE_API_KEY, COLLECTIVE_ENVIRONMENT } from '../../test/sandbox/collective';
import {
	EIGHTFOLD_API_KEY,
	EIGHTFOLD_BEARER_TOKEN,
	EIGHTFOLD_CLIENT_AUTHORIZATION,
	EIGHTFOLD_USERNAME,
} from '../../test/sandbox/eightfold';
import { INGEDATA_API_KEY, INGEDATA_BEARER_TOKEN } from '../../test/sandbox/ingedata';
import { WHOZ_BEARER_TOKEN, WHOZ_CLIENT_ID, WHOZ_CLIENT_SECRET } from '../../test/sandbox/whoz';
import type { N8nClient, Owner, Workflow } from './n8nClient';
import { ROOT } from './paths';

/** Sign-in of the practice n8n: printed for the user, worth nothing elsewhere. */
export const OWNER: Owner = { email: 'owner@example.com', password: 'Practice-2026' };

const EXAMPLES = join(ROOT, 'examples');

/** Stands in example workflows where the practice n8n keeps the example's file. */
const FILE_PLACEHOLDER = '{{PEOPLE_CSV}}';

export interface PracticeCredential {
	type: string;
	name: string;
	data: object;
}

/** What signs the nodes in at the local vendors. */
export function practiceCredentials(sandbox: Pick<Sandbox, 'baseUrl'>): PracticeCredential[] {
	const whoz = sandbox.baseUrl('whoz');
	return [
		{
			type: 'whozTalentApi',
			name: 'Whoz practice',
			data: {
				environment: 'custom',
				baseUrl: whoz,
				clientId: WHOZ_CLIENT_ID,
				clientSecret: WHOZ_CLIENT_SECRET,
			},
		},
		{
			type: 'whozBearerApi',
			name: 'Whoz practice (bearer token)',
			data: { baseUrl: whoz, token: WHOZ_BEARER_TOKEN, apiVersion: 'V19' },
		},
		{
			type: 'ingedataApi',
			name: 'Ingedata practice',
			data: { baseUrl: sandbox.baseUrl('ingedata'), apiKey: INGEDATA_API_KEY },
		},
		{
			type: 'ingedataBearerApi',
			name: 'Ingedata practice (bearer token)',
			data: { baseUrl: sandbox.baseUrl('ingedata'), token: INGEDATA_BEARER_TOKEN },
		},
		{
			type: 'birdDogHrApi',
			name: 'BirdDogHR practice',
			data: {
				baseUrl: sandbox.baseUrl('birdDogHr'),
				apiKey: BIRDDOGHR_API_KEY,
				username: BIRDDOGHR_USERNAME,
				password: BIRDDOGHR_PASSWORD,
				authHeader: 'BDToken',
			},
		},
		{
			type: 'collectiveApi',
			name: 'Collective practice',
			data: {
				baseUrl: sandbox.baseUrl('collective'),
				environment: COLLECTIVE_ENVIRONMENT,
				apiKey: COLLECTIVE_API_KEY,
			},
		},
		{
			type: 'eightfoldApi',
			name: 'Eightfold practice',
			data: {
				region: 'custom',
				baseUrl: sandbox.baseUrl('eightfold'),
				clientAuthorization: EIGHTFOLD_CLIENT_AUTHORIZATION,
				username: EIGHTFOLD_USERNAME,
				apiKey: EIGHTFOLD_API_KEY,
			},
		},
		{
			type: 'eightfoldBearerApi',
			name: 'Eightfold practice (bearer token)',
			data: { baseUrl: sandbox.baseUrl('eightfold'), token: EIGHTFOLD_BEARER_TOKEN },
		},
	];
}

/**
 * Tests each credential as the editor does: green as it is, red with another key.
 *
 * @throws Error that names those of which n8n says otherwise
 */
export async function proveCredentials(
	client: N8nClient,
	credentials: PracticeCredential[],
): Promise<void> {
	const wrong: string[] = [];
	for (const { type, name, data } of credentials) {
		const id = await client.saveCredential(type, name, data);
		const right = await client.testCredential({ id, name, type, data });
		if (right.status !== 'OK') wrong.push(`${name} is refused: ${right.message}`);
		const other = await client.testCredential({ id, name, type, data: spoilt(data) });
		if (other.status === 'OK') wrong.push(`${name} is accepted with a wrong key`);
	}
	if (wrong.length > 0) throw new Error(wrong.join('\n'));
}

/** The same with every secret replaced. */
export const spoilt = (data: object): object =>
	Object.fromEntries(
		Object.entries(data).map(([field, value]) => [
			field,
			/secret|token|key|password/i.test(field) ? 'not-the-key-0123456789' : (value as unknown),
		]),
	);

/** Copies the example data to where nodes may read files, and answers with that folder. */
export async function provideFiles(home: string): Promise<string> {
	const folder = join(home, '.n8n-files');
	await mkdir(folder, { recursive: true });
	const data = join(EXAMPLES, 'data');
	for (const file of await readdir(data)) await copyFile(join(data, file), join(folder, file));
	return folder;
}

/** Saves credentials and example workflows, each under its name; what had that name is replaced. */
export async function provideWorkflows(
	client: N8nClient,
	credentials: PracticeCredential[],
	files: string,
): Promise<Map<string, Workflow & { id: string }>> {
	const ids = new Map<string, { id: string; name: string }>();
	for (const { type, name, data } of credentials) {
		if (!ids.has(type)) ids.set(type, { id: await client.saveCredential(type, name, data), name });
	}
	const saved = new Map<string, Workflow & { id: string }>();
	for (const file of (await readdir(EXAMPLES)).filter((name) => name.endsWith('.json'))) {
		const text = await readFile(join(EXAMPLES, file), 'utf8');
		const path = JSON.stringify(join(files, 'people.csv')).slice(1, -1);
		const workflow = JSON.parse(text.replaceAll(FILE_PLACEHOLDER, path)) as Workflow;
		for (const node of workflow.nodes) {
			for (const type of Object.keys(node.credentials ?? {})) {
				const known = ids.get(type);
				if (known && node.credentials) node.credentials[type] = known;
			}
		}
		saved.set(file, await client.saveWorkflow(workflow));
	}
	return saved;
}
