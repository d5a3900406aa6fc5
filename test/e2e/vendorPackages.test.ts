import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import type { Vendor } from '../../nodes/shared/definition';
import type { Execution, Workflow } from '../../scripts/lib/n8nClient';
import { packageName } from '../../scripts/lib/vendorPackage';
import { exampleWorkflow } from '../../scripts/lib/vendorPackage/example';
import { cases, goodRow, takesRows, wantedVendors, type SaveCase } from './support/cases';
import {
	exportWorkflows,
	importWorkflows,
	MANUAL,
	outputsOf,
	restartWith,
	runOnce,
	talentNode,
	theN8n,
	workflowOf,
	type N8n,
} from './support/n8n';
import { sandbox } from './support/sandbox';
import { worlds } from './support/world';

/*
 * Somebody moves from the package of all vendors to a package for each, and back: workflows are exported, n8n is started with
 * the other packages and nothing else, the rewritten workflows are imported and run with the credentials that are there.
 */

const ROOT = resolve(__dirname, '../..');
const SCRIPT = join(ROOT, 'scripts/rewriteWorkflow.cjs');

// Each of the two restarts migrates, installs and starts n8n.
const RESTART_MS = 600_000;

const entryOf = (wanted: Vendor): SaveCase =>
	cases.filter(takesRows).find(({ vendor, name }) => vendor === wanted && name === 'bulkSave')!;

/** Saves one person in the vendor's first resource that takes rows. */
async function saving(n8n: N8n, vendor: Vendor): Promise<Workflow> {
	const entry = entryOf(vendor);
	const [key] = (await worlds[vendor.name].existing?.(entry.resource.name, entry.name)) ?? [];
	const node = talentNode(n8n, vendor, {
		...worlds[vendor.name].constants?.(entry.resource.name, entry.name),
		resource: entry.resource.name,
		operation: entry.name,
		columns: { mappingMode: 'autoMapInputData', value: null },
		options: {},
	});
	return {
		...workflowOf(`Moves ${vendor.name}`, [MANUAL, node]),
		pinData: { [MANUAL.name]: [{ json: goodRow(entry, key) }] },
	};
}

const firstResult = (execution: Execution, node: string) => {
	const { error, outputs } = outputsOf(execution, node);
	const { status, errors } = outputs[0]?.[0]?.json ?? {};
	return { error, status, errors };
};

type Saved = Workflow & { id: string };

let n8n: N8n;
/** What was run in the whole package, by vendor. */
const workflows = new Map<string, Saved>();
let installed: 'whole' | 'vendors' = 'whole';

const stored = async (vendor: Vendor): Promise<Saved> =>
	await n8n.client.call('GET', `workflows/${workflows.get(vendor.name)!.id}`);

/** Runs what is stored, with another value of Skip Unchanged Rows. */
async function statusWith(vendor: Vendor, skipUnchanged: string): Promise<unknown> {
	const { name, nodes, connections, settings, pinData } = await stored(vendor);
	nodes.find((node) => node.name === 'Talent')!.parameters.options = { skipUnchanged };
	const workflow = { name, nodes, connections, settings, pinData };
	const { error, status, errors } = firstResult(await runOnce(n8n, workflow), 'Talent');
	expect([error, status === 'skipped' ? undefined : errors]).toEqual([undefined, undefined]);
	return status;
}

/** Saves with the credential that is there, which the vendor sees; and what was saved before is still remembered. */
async function expectToGoOn(vendor: Vendor): Promise<void> {
	expect(await statusWith(vendor, 'skip')).toBe('skipped');
	const requests = (await sandbox.ledger(vendor.name)).length;
	expect(await statusWith(vendor, 'forget')).toBe('saved');
	expect((await sandbox.ledger(vendor.name)).length).toBeGreaterThan(requests);
}

/** Exports the workflows, starts n8n with other packages, and answers with what the command made of the export. */
async function move(packages: typeof installed): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'moved-'));
	try {
		const exported = await exportWorkflows([...workflows.values()].map(({ id }) => id));
		writeFileSync(join(folder, 'mine.json'), JSON.stringify(exported));
		const back = packages === 'whole' ? ['--back'] : [];
		execFileSync(process.execPath, [SCRIPT, ...back, 'mine.json'], { cwd: folder });
		n8n = await restartWith(packages);
		installed = packages;
		const name = packages === 'whole' ? 'whole-package' : 'vendor-packages';
		return readFileSync(join(folder, `mine.${name}.json`), 'utf8');
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

let rewritten: string;
beforeAll(async () => {
	n8n = await theN8n();
	for (const vendor of wantedVendors) {
		workflows.set(vendor.name, await n8n.client.saveWorkflow(await saving(n8n, vendor)));
		expect(await statusWith(vendor, 'skip')).toBe('saved');
	}
	rewritten = await move('vendors');
}, RESTART_MS);

// The other tests need it.
afterAll(async () => {
	if (installed === 'vendors') await restartWith('whole');
}, RESTART_MS);

const each = wantedVendors.map((vendor) => [vendor.name, vendor] as const);

it('n8n has the nodes of the vendors, each also as a tool, and no others of ours', async () => {
	const response = await fetch(`${n8n.url}/types/nodes.json`, {
		headers: { cookie: n8n.client.session },
	});
	const types = (await response.json()) as Array<{ name: string }>;
	const ours = types.map(({ name }) => name).filter((name) => name.includes('talent'));
	const expected = wantedVendors.flatMap((vendor) =>
		['', 'Tool', 'Trigger'].map((ending) => `${packageName(vendor)}.${vendor.name}${ending}`),
	);
	expect(ours).toEqual(expect.arrayContaining(expected));
	expect(ours.filter((name) => name.startsWith('n8n-nodes-talent.'))).toEqual([]);
});

describe.each(wantedVendors.map((vendor) => [vendor.name, vendor] as const))(
	'%s',
	(name, vendor) => {
		it('runs the example of its README', async () => {
			const example = exampleWorkflow(vendor, `${packageName(vendor)}.${name}`);
			if (example === undefined) return;
			const node = example.nodes.at(-1)!;
			const { credentials, parameters } = talentNode(n8n, vendor, {
				...node.parameters,
				// In the place of a label.
				...worlds[name].constants?.(String(node.parameters.resource), 'bulkSave'),
			});
			const execution = await runOnce(n8n, {
				...example,
				nodes: [...example.nodes.slice(0, -1), { ...node, credentials, parameters }],
			});
			expect(firstResult(execution, node.name)).toEqual({
				error: undefined,
				status: expect.stringMatching(/^would(Create|Update|Save)$/),
			});
		});

		it('cannot run a workflow of the whole package, which is not there', async () => {
			await expect(n8n.client.runWorkflow(workflows.get(name)!, MANUAL.name)).rejects.toThrow(
				`n8n-nodes-talent.${name}`,
			);
		});
	},
);

/** Node types and credentials, as they were or with others in the place of the types. */
const identity = ({ nodes }: Workflow, renamed = (type: string) => type) =>
	nodes.map(({ name, type, credentials }) => ({ name, type: renamed(type), credentials }));

describe('after the import of the rewritten workflows', () => {
	beforeAll(async () => await importWorkflows(rewritten));

	it.each(each)('%s goes on with the credential it had', async (name, vendor) => {
		const own = (type: string) => type.replace('n8n-nodes-talent.', `${packageName(vendor)}.`);
		expect(identity(await stored(vendor))).toEqual(identity(workflows.get(name)!, own));
		await expectToGoOn(vendor);
	});
});

describe('back in the whole package', () => {
	beforeAll(async () => await importWorkflows(await move('whole')), RESTART_MS);

	it.each(each)('%s goes on with the credential it had', async (name, vendor) => {
		expect(identity(await stored(vendor))).toEqual(identity(workflows.get(name)!));
		await expectToGoOn(vendor);
	});
});
