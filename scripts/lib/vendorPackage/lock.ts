import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from '../paths';
import type { Manifest } from './manifest';

type Names = Readonly<Record<string, unknown>>;

interface Locked {
	dependencies?: Names;
	devDependencies?: Names;
	optionalDependencies?: Names;
	peerDependencies?: Names;
	peerDependenciesMeta?: Readonly<Record<string, { optional?: boolean }>>;
}

interface Lock {
	name: string;
	/** By folder: the root, which is empty, and `node_modules/…` below it or below another package. */
	packages: Record<string, Locked>;
}

/** What npm installs for a package. What is optional for a peer is there for somebody else, or not at all. */
const namesOf = (locked: Locked): string[] => [
	...Object.keys(locked.dependencies ?? {}),
	...Object.keys(locked.devDependencies ?? {}),
	...Object.keys(locked.optionalDependencies ?? {}),
	...Object.keys(locked.peerDependencies ?? {}).filter(
		(name) => !locked.peerDependenciesMeta?.[name]?.optional,
	),
];

/** Where Node.js finds a package from the folder of another: in there, or in the nearest folder above. */
function found(packages: Lock['packages'], from: string, name: string): string | undefined {
	const path = join(from, 'node_modules', name);
	if (path in packages) return path;
	if (from === '') return undefined;
	return found(packages, from.slice(0, Math.max(from.lastIndexOf('/node_modules/'), 0)), name);
}

/**
 * The lock file of this repository, cut down to what another package needs: it is built with what this one is built with.
 */
export function lockFor({ name, devDependencies }: Manifest): Lock {
	const whole = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lock;
	const root = { ...whole.packages[''], name, devDependencies };
	const all: Lock['packages'] = { ...whole.packages, '': root };
	const needed = new Set<string>();
	const visit = (from: string): void => {
		for (const dependency of namesOf(all[from])) {
			const path = found(all, from, dependency);
			if (path === undefined || needed.has(path)) continue;
			needed.add(path);
			visit(path);
		}
	};
	visit('');
	const kept = Object.entries(all).filter(([path]) => path === '' || needed.has(path));
	return { ...whole, name, packages: Object.fromEntries(kept) };
}
