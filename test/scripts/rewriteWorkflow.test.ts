import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { rewriteWorkflows } from '../../scripts/rewriteWorkflow.cjs';
import { packageName } from '../../scripts/lib/vendorPackage/names';
import { vendors } from '../support/vendors';

const ROOT = resolve(__dirname, '../..');

const node = (type: string, more: object = {}) => ({
	name: 'A node',
	type,
	parameters: {},
	...more,
});

/** The types of one-node workflows, there. */
const there = (type: string) => rewriteWorkflows({ nodes: [node(type)] }).rewritten.nodes[0].type;
const back = (type: string) => rewriteWorkflows([node(type)], true).rewritten[0].type;

it.each(vendors.map((vendor) => [vendor.name, vendor] as const))(
	'%s goes to its package and back, as node and as tool',
	(name, vendor) => {
		for (const type of [name, `${name}Tool`, `${name}Trigger`]) {
			const own = `${packageName(vendor)}.${type}`;
			expect(there(`n8n-nodes-talent.${type}`)).toBe(own);
			expect(there(own)).toBe(own);
			expect(back(own)).toBe(`n8n-nodes-talent.${type}`);
			expect(back(`n8n-nodes-talent.${type}`)).toBe(`n8n-nodes-talent.${type}`);
		}
	},
);

it.each([
	'n8n-nodes-base.set',
	'n8n-nodes-talented.whoz',
	'n8n-nodes-talent-whoz.collective',
	'@somebody/n8n-nodes-talent.whoz',
	'CUSTOM.whoz',
])('leaves %s alone', (type) => {
	expect(there(type)).toBe(type);
	expect(back(type)).toBe(type);
});

it('changes nothing but types, whatever holds the workflow', () => {
	const whoz = node('n8n-nodes-talent.whoz', {
		name: 'Whoz',
		parameters: { options: { note: 'n8n-nodes-talent.whoz' } },
		credentials: { whozTalentApi: { id: '1', name: 'Mine' } },
	});
	const workflow = {
		nodes: [node('n8n-nodes-base.set'), whoz],
		connections: { 'A node': { main: [[{ node: 'Whoz', type: 'main', index: 0 }]] } },
		pinData: { Whoz: [{ json: { type: 'n8n-nodes-talent.whoz' } }] },
	};
	const expected = {
		...workflow,
		nodes: [workflow.nodes[0], { ...whoz, type: 'n8n-nodes-talent-whoz.whoz' }],
	};
	const before = structuredClone(workflow);
	for (const wrap of [
		(held: object) => held,
		(held: object) => [held],
		(held: object) => ({ data: [{ activeVersion: held }] }),
	])
		expect(rewriteWorkflows(wrap(workflow))).toEqual({
			rewritten: wrap(expected),
			changes: [{ node: 'Whoz', from: 'n8n-nodes-talent.whoz', to: 'n8n-nodes-talent-whoz.whoz' }],
		});
	expect(workflow).toEqual(before);
});

it('rewrites a workflow that a node holds as text, and no other text', () => {
	const inner = JSON.stringify({ nodes: [node('n8n-nodes-talent.whozTool')] });
	const texts = ['{ "n8n-nodes-talent.whoz"', '{"a":   "n8n-nodes-talent.whoz"}'];
	const { rewritten, changes } = rewriteWorkflows(
		node('n8n-nodes-base.executeWorkflow', { parameters: { workflowJson: inner, texts } }),
	);
	const { parameters } = rewritten as unknown as {
		parameters: { workflowJson: string; texts: string[] };
	};
	expect(JSON.parse(parameters.workflowJson)).toEqual({
		nodes: [node('n8n-nodes-talent-whoz.whozTool')],
	});
	expect(parameters.texts).toEqual(texts);
	expect(changes).toHaveLength(1);
});

it('does what docs/vendor-packages.md tells people to do by hand', () => {
	const docs = readFileSync(join(ROOT, 'docs/vendor-packages.md'), 'utf8');
	const rows = [...docs.matchAll(/^\| `("[^`]+)` +\| `("[^`]+)` +\|$/gm)];
	expect(rows).toHaveLength(vendors.length);
	const workflow = {
		nodes: vendors.flatMap(({ name }) =>
			[name, `${name}Tool`, `${name}Trigger`].map((type) => node(`n8n-nodes-talent.${type}`)),
		),
	};
	const byHand = rows.reduce(
		(text, [, from, to]) => text.replaceAll(from, to),
		JSON.stringify(workflow),
	);
	expect(JSON.parse(byHand)).toEqual(rewriteWorkflows(workflow).rewritten);
	for (const vendor of vendors) expect(docs).toContain(`\`${packageName(vendor)}\``);
});

describe('the command', () => {
	const folder = mkdtempSync(join(tmpdir(), 'workflows-'));
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	// Alone in a folder, as somebody has it who downloaded the file.
	const script = join(folder, 'rewriteWorkflow.cjs');
	cpSync(join(ROOT, 'scripts/rewriteWorkflow.cjs'), script);
	const command = (...args: string[]) =>
		spawnSync(process.execPath, [script, ...args], { cwd: folder, encoding: 'utf8' });
	const text = (file: string) => readFileSync(join(folder, file), 'utf8');

	it('writes beside the file and says what it did', () => {
		const given = JSON.stringify({
			nodes: [
				node('n8n-nodes-talent.birdDogHr', { parameters: { a: '={{ "n8n-nodes-talent.whoz" }}' } }),
			],
		});
		writeFileSync(join(folder, 'mine.json'), given);
		const there = command('mine.json');
		expect(there.stdout).toBe(
			[
				'mine.vendor-packages.json:',
				'  A node: n8n-nodes-talent.birdDogHr is now n8n-nodes-talent-birddoghr.birdDogHr',
				'  n8n-nodes-talent.whoz also stands in a text or an expression, which is as it was.',
				'',
			].join('\n'),
		);
		expect(text('mine.json')).toBe(given);
		expect(text('mine.vendor-packages.json')).toContain('n8n-nodes-talent-birddoghr.birdDogHr');

		command('--back', 'mine.vendor-packages.json');
		const returned = JSON.parse(text('mine.vendor-packages.whole-package.json'));
		expect(returned).toEqual(JSON.parse(given));
	});

	it('writes nothing where there is nothing to do, and says how it is called', () => {
		writeFileSync(join(folder, 'other.json'), '{"nodes": []}');
		expect(command('other.json').stdout).toBe('other.json: nothing to rewrite.\n');
		expect(readdirSync(folder)).not.toContain('other.vendor-packages.json');
		expect(command()).toMatchObject({ status: 1, stderr: expect.stringContaining('Usage:') });
	});
});
