import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Vendor } from '../../../nodes/shared/definition';
import { vendors } from '../../../test/support/vendors';
import { ROOT } from '../paths';
import { packageBranch, packageName, typeName } from './names';

/** The part of package.json that is read here. */
export interface Manifest {
	name: string;
	description: string;
	homepage: string;
	repository: { url: string };
	keywords: string[];
	scripts: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
	devDependencies: Record<string, string>;
}

export const wholeManifest = (): Manifest =>
	JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;

/** What it takes to build and lint a package; the rest is for the tests and scripts of this repository. */
const TOOLS = ['@n8n/node-cli', '@types/node', 'gulp', 'n8n-workflow', 'typescript', 'zod'];

/** The page of the repository. */
export const repositoryPage = ({ repository }: Manifest): string =>
	repository.url.replace(/^git\+/, '').replace(/\.git$/, '');

/** package.json of a vendor's own package, as that of the whole one has it, cut down to the vendor. */
export function manifestOf(vendor: Vendor, description: string): Manifest {
	const whole = wholeManifest();
	const own = vendor.name.toLowerCase();
	const others = vendors.map(({ name }) => name.toLowerCase()).filter((name) => name !== own);
	const credentials = vendor.signIns.map(({ credential }) => typeName(credential));
	return {
		...whole,
		name: packageName(vendor),
		description,
		homepage: `${repositoryPage(whole)}/tree/${packageBranch(vendor)}#readme`,
		keywords: [...new Set([...whole.keywords, own])].filter((word) => !others.includes(word)),
		scripts: { build: whole.scripts.build, lint: 'n8n-node lint' },
		n8n: {
			...whole.n8n,
			nodes: whole.n8n.nodes.filter((path) => path.includes(`/${typeName(vendor.name)}/`)),
			credentials: whole.n8n.credentials.filter((path) =>
				credentials.some((name) => path.endsWith(`/${name}.credentials.js`)),
			),
		},
		devDependencies: Object.fromEntries(
			Object.entries(whole.devDependencies).filter(([name]) => TOOLS.includes(name)),
		),
	};
}
