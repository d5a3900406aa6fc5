import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { pack, unpack } from './packed';
import { ROOT } from './paths';
import { run } from './processes';

/**
 * Makes built packages the community packages of an n8n: what `npm pack` makes of each, installed the way
 * n8n does it. Others that were there are gone afterwards.
 *
 * @param folders with a package.json each
 */
export async function installPackages(userFolder: string, folders: string[]): Promise<void> {
	const nodes = join(userFolder, '.n8n/nodes');
	await rm(nodes, { recursive: true, force: true });
	await mkdir(nodes, { recursive: true });
	const dependencies: Record<string, string> = {};
	for (const folder of folders) {
		const { name, version } = await installOne(folder, nodes);
		dependencies[name] = version;
	}
	// n8n's list of what it has installed.
	await writeFile(
		join(nodes, 'package.json'),
		JSON.stringify({ name: 'installed-nodes', private: true, dependencies }),
	);
}

/** The same with the package of this repository. */
export const installPackage = (userFolder: string): Promise<void> =>
	installPackages(userFolder, [ROOT]);

/** Unpacked, stripped of development, peer and optional dependencies, then npm for the rest. */
async function installOne(folder: string, nodes: string) {
	const packed = await pack(folder, nodes);
	const target = join(nodes, 'node_modules', packed.name);
	await unpack(packed, target);
	await rm(packed.tarball);

	const manifest = join(target, 'package.json');
	const { devDependencies, peerDependencies, optionalDependencies, ...kept } = JSON.parse(
		await readFile(manifest, 'utf8'),
	) as Record<string, unknown>;
	await writeFile(manifest, JSON.stringify(kept, null, 2));
	await run(
		'npm',
		[
			'install',
			'--audit=false',
			'--fund=false',
			'--bin-links=false',
			'--install-strategy=shallow',
			'--ignore-scripts=true',
			'--package-lock=false',
		],
		{ cwd: target },
	);
	return packed;
}
