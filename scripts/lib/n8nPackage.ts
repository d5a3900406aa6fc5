import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { ROOT } from './paths';
import { run } from './processes';

/**
 * Installs what `npm pack` makes of the built repository the way n8n installs a community package:
 * unpacked, stripped of development, peer and optional dependencies, then npm for the rest.
 */
export async function installPackage(userFolder: string): Promise<void> {
	const nodes = join(userFolder, '.n8n/nodes');
	const [packed] = JSON.parse(
		await run('npm', ['pack', '--json', '--pack-destination', await made(nodes)], { cwd: ROOT }),
	) as Array<{ filename: string; name: string; version: string }>;
	if (!packed) throw new Error('npm packed nothing');

	const target = join(nodes, 'node_modules', packed.name);
	await rm(target, { recursive: true, force: true });
	const tarball = join(nodes, packed.filename);
	await run('tar', ['-xzf', tarball, '-C', await made(target), '--strip-components=1']);
	await rm(tarball);

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
	// n8n's list of what it has installed.
	await writeFile(
		join(nodes, 'package.json'),
		JSON.stringify({
			name: 'installed-nodes',
			private: true,
			dependencies: { [packed.name]: packed.version },
		}),
	);
}

async function made(folder: string): Promise<string> {
	await mkdir(folder, { recursive: true });
	return folder;
}
