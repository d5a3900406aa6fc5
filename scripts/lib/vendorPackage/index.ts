import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { INodeType } from 'n8n-workflow';

import type { Vendor } from '../../../nodes/shared/definition';
import { ROOT } from '../paths';
import { run } from '../processes';
import { examplesFor, exampleWorkflow } from './example';
import { lockFor } from './lock';
import { manifestOf, repositoryPage } from './manifest';
import { packageBranch, packageFolder, typeName } from './names';
import { vendorReadme } from './readme';
import { sourcesFor } from './sources';

export { packageBranch, packageFolder, packageName } from './names';

/** What every package has as it stands in the repository. */
const COPIED = [
	...['LICENSE', 'CHANGELOG.md', 'index.js'],
	...['.npmrc', 'eslint.config.mjs', 'gulpfile.js', 'tsconfig.json'],
	'.github/workflows/publish-vendor.yml',
];

/**
 * Writes the source of a vendor's own package: the vendor's folder, its credentials, what these need of the shared
 * code, and what it takes to build, lint and publish. Says the same as the whole package, under another name.
 *
 * @param folder is emptied first
 * @returns the folder
 */
export async function writeVendorPackage(
	vendor: Vendor,
	folder = packageFolder(vendor),
): Promise<string> {
	rmSync(folder, { recursive: true, force: true });
	const write = (path: string, text: string): void => {
		mkdirSync(join(folder, dirname(path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	};

	const type = typeName(vendor.name);
	const nodeFolder = `nodes/${type}`;
	const node = `${nodeFolder}/${type}.node.ts`;
	const credentials = vendor.signIns.map(
		(s) => `credentials/${typeName(s.credential)}.credentials.ts`,
	);
	const beside = readdirSync(join(ROOT, nodeFolder))
		.filter((name) => /\.(svg|png|md)$/.test(name))
		.map((name) => `${nodeFolder}/${name}`);
	const nodes = readdirSync(join(ROOT, nodeFolder))
		.filter((name) => name.endsWith('.node.ts'))
		.map((name) => `${nodeFolder}/${name}`);
	for (const path of [...COPIED, ...sourcesFor([...nodes, ...credentials]), ...beside])
		cpSync(join(ROOT, path), join(folder, path));

	const description = await descriptionOf(node, type);
	const manifest = manifestOf(vendor, description);
	const nodeType = `${manifest.name}.${vendor.name}`;
	write('package.json', json(manifest));
	write('.gitignore', 'node_modules/\ndist/\n');
	for (const path of nodes) {
		const codex = path.replace(/ts$/, 'json');
		const stated = read(codex) as { node: string };
		write(codex, json({ ...stated, node: stated.node.replace(/^[^.]+/, manifest.name) }));
	}
	write('package-lock.json', json(lockFor(manifest)));
	const examples = examplesFor(vendor);
	for (const { path, workflow } of examples) write(path, json(workflow));
	write(
		'README.md',
		vendorReadme({
			vendor,
			packageName: manifest.name,
			description,
			repository: repositoryPage(manifest),
			branch: packageBranch(vendor),
			example: exampleWorkflow(vendor, nodeType),
			examples: examples.map(({ path, workflow: { name } }) => ({ path, name })),
		}),
	);
	return folder;
}

/** Compiles a written package with the tools of this repository, which it finds above itself. */
export const buildVendorPackage = async (folder: string): Promise<void> => {
	await run('npm', ['run', 'build'], { cwd: folder });
};

async function descriptionOf(path: string, type: string): Promise<string> {
	const classes = (await import(join(ROOT, path))) as Record<string, new () => INodeType>;
	return new classes[type]().description.description;
}

const read = (path: string): unknown => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

const json = (value: unknown): string => `${JSON.stringify(value, null, '\t')}\n`;
