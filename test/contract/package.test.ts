import { join, resolve } from 'node:path';

import { startSandbox, type Sandbox } from '../sandbox';
import { loadPackage } from '../support/engine';
import { person, WhozRun } from './whozRun';

/** The package as `npm run build` leaves it, loaded by n8n's own loader. */

const ROOT = resolve(__dirname, '../..');

// n8n-core starts cold in the first test; on a busy machine that takes longer than jest's five seconds.
jest.setTimeout(30_000);

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ vendors: ['whoz'] });
});
afterAll(async () => await sandbox.close());

test('every node and credential is found, with icons for both themes', async () => {
	const { nodes, credentialTypes } = await loadPackage(ROOT);
	const listed = (await import(join(ROOT, 'package.json'))) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	expect(Object.keys(nodes)).toHaveLength(listed.n8n.nodes.length);
	expect(credentialTypes).toHaveLength(listed.n8n.credentials.length);
	for (const { iconUrl } of [
		...Object.values(nodes).map(({ description }) => description),
		...credentialTypes,
	])
		expect(iconUrl).toEqual({
			light: expect.stringMatching(/\.svg$/),
			dark: expect.stringMatching(/\.svg$/),
		});
});

test('a built node saves', async () => {
	const run = new WhozRun(sandbox, {}, await loadPackage(ROOT));
	const { ok, error } = await run.bulkSave([person('A1')]);
	expect(error).toBeUndefined();
	expect(ok).toMatchObject([{ key: 'A1', status: 'saved', action: 'created', row: 1 }]);
});
