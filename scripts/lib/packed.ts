import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { run } from './processes';

/** A package as npm would publish it. */
export interface Packed {
	name: string;
	version: string;
	/** Path of the tarball. */
	tarball: string;
	/** Size of the tarball in bytes. */
	size: number;
	unpackedSize: number;
	/** Paths in the package. */
	files: string[];
}

/** What n8n reads of a package, and what npm packs with any; all else is of no use to who installs it. */
const OF_USE =
	/^(dist\/(credentials|nodes)\/.*\.(js|json|svg)|index\.js|package\.json|README\.md|LICENSE)$/;

/**
 * Packs a built package into a folder.
 *
 * @param folder with the package.json
 */
export async function pack(folder: string, into: string): Promise<Packed> {
	await mkdir(into, { recursive: true });
	const [packed] = JSON.parse(
		await run('npm', ['pack', '--json', '--pack-destination', into], { cwd: folder }),
	) as Array<
		Omit<Packed, 'tarball' | 'files'> & { filename: string; files: Array<{ path: string }> }
	>;
	if (!packed) throw new Error('npm packed nothing');
	const { name, version, filename, size, unpackedSize, files } = packed;
	return {
		name,
		version,
		tarball: join(into, filename),
		size,
		unpackedSize,
		files: files.map(({ path }) => path),
	};
}

/** Unpacks a tarball of npm's, whose files all stand in one folder. */
export async function unpack({ tarball }: Pick<Packed, 'tarball'>, into: string): Promise<void> {
	await mkdir(into, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', into, '--strip-components=1']);
}

/** What is packed and of no use to who installs it: sources, tests, source maps and the like. */
export const useless = ({ files }: Pick<Packed, 'files'>): string[] =>
	files.filter((path) => !OF_USE.test(path));
