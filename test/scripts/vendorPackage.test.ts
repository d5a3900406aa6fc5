import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import type { Vendor } from '../../nodes/shared/definition';
import { operationLabel } from '../../nodes/shared/ui/labels';
import { packageBranch, packageName, writeVendorPackage } from '../../scripts/lib/vendorPackage';
import { typeName } from '../../scripts/lib/vendorPackage/names';
import type { Workflow } from '../../scripts/lib/n8nClient';
import { exampleWorkflow } from '../../scripts/lib/vendorPackage/example';
import { elsewhere, vendorReadme } from '../../scripts/lib/vendorPackage/readme';
import { wholeVendors } from '../support/vendors';

const ROOT = resolve(__dirname, '../..');
const REPOSITORY = 'https://github.com/n8n-nodes-talent/n8n-nodes-talent';
const whole = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

describe.each(wholeVendors.map((vendor) => [vendor.name, vendor] as const))('%s', (_, vendor) => {
	const folder = mkdtempSync(join(tmpdir(), 'vendor-package-'));
	const type = typeName(vendor.name);
	const read = (path: string) => readFileSync(join(folder, path), 'utf8');
	const own = packageName(vendor);
	let manifest: typeof whole;
	let files: string[];

	beforeAll(async () => {
		await writeVendorPackage(vendor, folder);
		manifest = JSON.parse(read('package.json'));
		files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
			/\.[^/]+$|LICENSE$/.test(path),
		);
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	it('is a package of its own', () => {
		expect(own).toMatch(/^n8n-nodes-talent-[a-z]+$/);
		const { devDependencies, homepage, keywords, name, n8n, scripts } = manifest;
		expect(name).toBe(own);
		expect(homepage).toBe(`${REPOSITORY}/tree/${packageBranch(vendor)}#readme`);
		expect(keywords).toEqual(
			expect.arrayContaining(['n8n-community-node-package', vendor.name.toLowerCase()]),
		);
		expect(n8n).toMatchObject({ n8nNodesApiVersion: 1, strict: true });
		expect(scripts.lint).toBe('n8n-node lint');
		expect(manifest).not.toHaveProperty('dependencies');
		for (const [tool, version] of Object.entries(devDependencies))
			expect(whole.devDependencies[tool]).toBe(version);
		for (const key of ['author', 'files', 'license', 'peerDependencies', 'repository', 'version'])
			expect(manifest[key]).toEqual(whole[key]);
	});

	it('has this vendor and its credentials, and no other', () => {
		const { credentials, nodes } = manifest.n8n as Record<string, string[]>;
		const sources = (list: string[]) =>
			list.map((path) => path.replace(/^dist\//, '').replace(/js$/, 'ts')).sort();
		const used = vendor.signIns.map((s) => `credentials/${typeName(s.credential)}.credentials.ts`);
		expect(sources(nodes)).toEqual([
			`nodes/${type}/${type}.node.ts`,
			`nodes/${type}/${type}Trigger.node.ts`,
		]);
		for (const path of sources(nodes)) expect(files).toContain(path);
		expect(sources(credentials)).toEqual(used.sort());
		expect(files.filter((path) => path.startsWith('credentials/')).sort()).toEqual(used);
		expect(readdirSync(join(folder, 'nodes')).sort()).toEqual([type, 'shared', 'sources'].sort());
		const others = wholeVendors.filter((each) => each !== vendor);
		for (const other of others) expect(manifest.keywords).not.toContain(other.name.toLowerCase());
	});

	it('says in its sources what the whole package says', () => {
		const sources = files.filter((path) => /^(nodes|credentials)\/.*\.(ts|svg|md)$/.test(path));
		expect(sources.length).toBeGreaterThan(100);
		for (const path of sources)
			expect([path, read(path)]).toEqual([path, readFileSync(join(ROOT, path), 'utf8')]);
		for (const kind of ['', 'Trigger']) {
			const codex = `nodes/${type}/${type}${kind}.node.json`;
			expect(JSON.parse(read(codex))).toEqual({
				...JSON.parse(readFileSync(join(ROOT, codex), 'utf8')),
				node: `${own}.${vendor.name}${kind}`,
			});
		}
	});

	it('holds nothing that only tests and scripts use, and all it takes to build and publish', () => {
		expect(files.filter((path) => /^nodes\/.*(test|checks?\b|readme)/i.test(path))).toEqual([]);
		for (const path of ['LICENSE', 'CHANGELOG.md', 'gulpfile.js', 'tsconfig.json', 'index.js'])
			expect(existsSync(join(folder, path))).toBe(true);
		expect(read('eslint.config.mjs')).toBe(readFileSync(join(ROOT, 'eslint.config.mjs'), 'utf8'));
		expect(files).toContain('.github/workflows/publish-vendor.yml');
	});

	it('builds with what the whole package is built with', () => {
		interface Lock {
			name: string;
			packages: Record<string, { version: string; resolved?: string; devDependencies?: object }>;
		}
		const lock = JSON.parse(read('package-lock.json')) as Lock;
		const theirs = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lock;
		const { '': root, ...packages } = lock.packages;
		expect([lock.name, root.devDependencies]).toEqual([own, manifest.devDependencies]);
		for (const [path, { version, resolved }] of Object.entries(packages))
			expect([path, version, resolved]).toEqual([path, theirs.packages[path].version, undefined]);
		expect(Object.keys(packages)).toEqual(
			expect.arrayContaining(['node_modules/eslint', 'node_modules/typescript']),
		);
		expect(Object.keys(packages)).not.toContain('node_modules/jest');
	});

	it('tells its users how to sign in, what it does, and gives an example', () => {
		const readme = read('README.md');
		expect(readme).toMatch(new RegExp(`^# ${own}\n`));
		expect(readme).toContain('\n## Credentials and permissions\n');
		expect(readme).not.toMatch(/<!--|\n{4}/);
		for (const label of labelsOf(vendor)) expect(readme).toContain(`| ${label} |`);
		const [, example] = /```json\n([\s\S]*?)\n```/.exec(readme)!;
		expect(JSON.parse(example).nodes.map((node: { type: string }) => node.type)).toContain(
			`${own}.${vendor.name}`,
		);
		const links = [...readme.matchAll(/\]\(([^)]*)\)/g)].map(([, link]) => link);
		expect(links.filter((link) => !link.startsWith('https://') || link.includes('..'))).toEqual([]);
		// What is linked in this repository is there.
		const paths = links.flatMap((link) => link.split(`${REPOSITORY}/blob/main/`)[1] ?? []);
		expect(paths.filter((path) => !existsSync(join(ROOT, path.split('#')[0])))).toEqual([]);
	});

	it('has the workflows of this vendor alone, with its package in them', () => {
		const examples = files.filter((path) => path.startsWith('examples/'));
		for (const path of examples) {
			const { name, nodes } = JSON.parse(read(path)) as Workflow;
			const ours = nodes.map(({ type }) => type).filter((type) => type.includes('talent'));
			expect(ours.length).toBeGreaterThan(0);
			for (const type of ours)
				expect(type).toMatch(new RegExp(`^${own}\\.${vendor.name}(Tool|Trigger)?$`));
			const link = `${REPOSITORY}/blob/${packageBranch(vendor)}/${path}`;
			expect(read('README.md')).toContain(`- [${name}](${link})\n`);
		}
		const all = readdirSync(join(ROOT, 'examples')).filter((file) =>
			read('README.md').includes(`/examples/${file})`),
		);
		expect(all.map((file) => `examples/${file}`).sort()).toEqual(examples.sort());
	});
});

it('tells of a vendor that saves no lists without an example', () => {
	const [vendor] = wholeVendors;
	const reading = {
		...vendor,
		resources: vendor.resources.map((resource) => ({
			...resource,
			operations: { getAll: resource.operations.getAll },
		})),
	};
	expect(exampleWorkflow(reading, 'x')).toBeUndefined();
	const readme = vendorReadme({
		vendor,
		packageName: 'n8n-nodes-talent-x',
		description: 'Lists people',
		repository: REPOSITORY,
		branch: 'package/x',
		example: undefined,
		examples: [],
	});
	expect(readme).not.toMatch(/## Example|```json|undefined|\n{4}/);
	expect(readme).toContain('What comes back is one item for each row');
});

const labelsOf = ({ resources }: Vendor): string[] =>
	resources.flatMap((resource) =>
		Object.entries(resource.operations).map(([name, each]) => operationLabel(resource, name, each)),
	);

it('writes links out that lead nowhere in another place, and fills in what is generated', () => {
	const text =
		'[a](../x.md) [b](#here) [c](https://example.com/#d) [e](y.md#z)\n\n<!-- generated: limits -->\n\nWhat was there\n\n<!-- end -->\n';
	const read = elsewhere(text, 'docs/vendors/page.md', 'https://r');
	const main = 'https://r/blob/main/docs';
	expect(read).toContain(
		`[a](${main}/x.md) [b](${main}/vendors/page.md#here) [c](https://example.com/#d) [e](${main}/vendors/y.md#z)\n\n|`,
	);
	expect(read).not.toMatch(/What was there|<!--/);
});
