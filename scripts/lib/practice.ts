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
import type { Item, N8nClient, Owner, Workflow, WorkflowNode } from './n8nClient';
import { ROOT } from './paths';

/** Sign-in of the practice n8n: printed for the user, worth nothing elsewhere. */
export const OWNER: Owner = { email: 'owner@example.com', password: 'Practice-2026' };

const EXAMPLES = join(ROOT, 'examples');

/** Where n8n's Docker image lets nodes read and write; so it stands in the examples, which work there as they are. */
const FILES_IN_DOCKER = '/home/node/.n8n-files';

/** Where n8n answers unless it is told otherwise. */
export const N8N_ADDRESS = 'http://localhost:5678';

/** Called by another example, so it has to be active. */
const CALLED = 'large-import-part.json';

/** What a webhook would bring, so that a click on "Execute workflow" needs nobody who calls: by example and node. */
const PINNED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	'ats-webhook-to-eightfold.json': {
		'Greenhouse Webhook': 'greenhouse-application.json',
		'Lever Webhook': 'lever-application.json',
	},
	'ats-webhook-to-collective.json': { 'ATS Webhook': 'workable-candidate.json' },
};

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
				authHeader: 'AuthorizationScheme',
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
 * Tests each credential, which is saved already, as the editor does: green as it is, red with another key.
 *
 * @throws Error that names those of which n8n says otherwise
 */
export async function proveCredentials(
	client: N8nClient,
	credentials: PracticeCredential[],
): Promise<void> {
	const saved = await client.credentials();
	const wrong: string[] = [];
	// One by one: n8n mixes up tests that run at the same time.
	for (const { type, name, data } of credentials) {
		const id = saved.find((other) => other.type === type && other.name === name)?.id;
		if (id === undefined) throw new Error(`n8n has no credential ${name}`);
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

/**
 * Saves credentials and example workflows, each under its name; what had that name is replaced.
 *
 * @param addresses what stands in the examples for addresses elsewhere, and what it becomes here
 */
export async function provideWorkflows(
	client: N8nClient,
	credentials: PracticeCredential[],
	files: string,
	addresses: Readonly<Record<string, string>> = {},
): Promise<Map<string, Workflow & { id: string }>> {
	// One by one, as people save: two transactions at once break on the one connection that n8n 1.x has by itself.
	const known: Array<PracticeCredential & { id: string }> = [];
	for (const credential of credentials) {
		const { type, name, data } = credential;
		known.push({ ...credential, id: await client.saveCredential(type, name, data) });
	}
	const saved = new Map<string, Workflow & { id: string }>();
	for (const file of (await readdir(EXAMPLES)).filter((name) => name.endsWith('.json'))) {
		const text = await readFile(join(EXAMPLES, file), 'utf8');
		const local = withLocal(text, { [FILES_IN_DOCKER]: files, ...addresses });
		const workflow = JSON.parse(local) as Workflow;
		for (const node of workflow.nodes) signIn(node, known);
		workflow.pinData = await pinned(file);
		const stored = await client.saveWorkflow(workflow);
		// What was active before is so with the new addresses only once it is activated again.
		if (file === CALLED || stored.active) await client.activate(stored);
		saved.set(file, stored);
	}
	return saved;
}

function withLocal(text: string, addresses: Readonly<Record<string, string>>): string {
	let local = text;
	for (const [elsewhere, here] of Object.entries(addresses))
		local = local.replaceAll(elsewhere, () => JSON.stringify(here).slice(1, -1));
	return local;
}

/** By type, and by name where there are several of a type. */
function signIn(node: WorkflowNode, known: Array<PracticeCredential & { id: string }>): void {
	for (const [type, wanted] of Object.entries(node.credentials ?? {})) {
		const ofType = known.filter((credential) => credential.type === type);
		const found = ofType.find(({ name }) => name === wanted.name) ?? ofType[0];
		if (found && node.credentials) node.credentials[type] = { id: found.id, name: found.name };
	}
}

async function pinned(file: string): Promise<Record<string, Item[]>> {
	const pins: Record<string, Item[]> = {};
	for (const [node, data] of Object.entries(PINNED[file] ?? {})) {
		const body = JSON.parse(await readFile(join(EXAMPLES, 'data', data), 'utf8')) as unknown;
		pins[node] = [{ json: { headers: {}, params: {}, query: {}, body } }];
	}
	return pins;
}
