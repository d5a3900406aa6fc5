import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import { CollectiveApi } from '../../credentials/CollectiveApi.credentials';
import { EightfoldBearerApi } from '../../credentials/EightfoldBearerApi.credentials';
import { WhozBearerApi } from '../../credentials/WhozBearerApi.credentials';
import { runNode } from '../../nodes/shared/run';
import { practiceCredentials } from '../../scripts/lib/practice';
import { startSandbox, type Sandbox } from '../sandbox';
import { fakeContext } from '../support/fakeContext';
import { signedService } from '../support/signedService';
import { vendors } from '../support/vendors';
import { received } from './examples';

/* Our nodes of the example workflows, one after the other, against the local vendors. */

const EXAMPLES = resolve(__dirname, '../../examples');
const SIGN_INS = {
	collective: ['collectiveApi', new CollectiveApi()],
	eightfold: ['eightfoldBearerApi', new EightfoldBearerApi()],
	whoz: ['whozBearerApi', new WhozBearerApi()],
} as const;

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox()));
afterAll(async () => await sandbox.close());

interface Workflow {
	nodes: Array<{ name: string; type: string; parameters: IDataObject }>;
}

const workflow = (file: string) =>
	JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) as Workflow;

const datum = (file: string) =>
	JSON.parse(readFileSync(join(EXAMPLES, 'data', file), 'utf8')) as IDataObject;

async function runIn({ nodes }: Workflow, name: string, items: IDataObject[]) {
	const { type, parameters } = nodes.find((node) => node.name === name)!;
	const vendor = vendors.find((each) => `n8n-nodes-talent.${each.name}` === type)!;
	const [credential, signIn] = SIGN_INS[vendor.name as keyof typeof SIGN_INS];
	const data = practiceCredentials(sandbox).find((each) => each.type === credential)!
		.data as IDataObject;
	// Remembering earlier runs is n8n's part.
	const { skipUnchanged, ...options } = (parameters.options ?? {}) as IDataObject;
	const { context, hints } = fakeContext({
		parameters: {
			...parameters,
			authentication: credential.includes('Bearer') ? 'bearer' : 'default',
			options: { ...options, requestsPerMinute: 100_000 },
			technicalOptions: { requestsPerMinute: 100_000 },
		},
		items: items.map((json) => ({ json })),
		credential: data,
		service: signedService(signIn, data),
	});
	const [out] = await runNode.call(context, vendor);
	return { out: out.map(({ json }) => json), hints: hints.map(({ message }) => message) };
}

const held = (vendor: string) => {
	const truth = sandbox.truth(vendor);
	return new Map(truth.records.map((record) => [record.key, record.value as IDataObject]));
};

it('ATS webhook to Collective', async () => {
	const example = workflow('ats-webhook-to-collective.json');
	const { out, hints } = await runIn(example, 'Save in Collective', [
		received(datum('workable-candidate.json')),
	]);
	expect(out).toMatchObject([{ key: 'ce4da98', status: 'saved' }]);
	expect(held('collective').get('ce4da98')).toMatchObject({
		firstname: 'Noor',
		lastname: 'Vermeulen',
		emails: ['noor.vermeulen@example.com'],
		phones: ['555-0112'],
		linkedInUrl: 'https://www.linkedin.com/in/noor-vermeulen-example',
		atsUrl: 'https://bridges.example.com/backend/candidates/1',
	});
	expect(hints.join(' ')).toContain('Address of the CV');
	const ping = await runIn(example, 'Save in Collective', [
		received({ action: 'ping', payload: { web_hook_id: 1 } }),
	]);
	expect(ping.out).toMatchObject([
		{ status: 'skipped', reason: 'The event "ping" of Greenhouse brings nobody to save.' },
	]);
});

it('copy people from Eightfold to Whoz', async () => {
	const example = workflow('copy-eightfold-to-whoz.json');
	const { out: people } = await runIn(example, 'Read From Eightfold', [{}]);
	expect(people.length).toBeGreaterThan(100);
	const { out } = await runIn(example, 'Save in Whoz', people);
	expect(out.at(-1)?.summary).toMatchObject({ rows: people.length, saved: people.length });
	const there = held('whoz');
	for (const { person } of people as Array<{ person: IDataObject }>)
		expect(there.get(String(person.externalId))).toMatchObject({
			firstName: person.givenName,
			lastName: person.familyName,
		});
});
