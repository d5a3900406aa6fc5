import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { preProcessFile } from 'typescript';

import { ROOT } from '../paths';

const isFile = (path: string): boolean => existsSync(join(ROOT, path));

/**
 * The sources that some sources need, themselves included, as paths in the repository. What only tests and
 * scripts of this repository use is not among them.
 */
export function sourcesFor(entries: readonly string[]): string[] {
	const found = new Set<string>();
	const visit = (path: string): void => {
		if (found.has(path)) return;
		found.add(path);
		const { importedFiles } = preProcessFile(readFileSync(join(ROOT, path), 'utf8'), true, true);
		for (const { fileName } of importedFiles) {
			if (!fileName.startsWith('.')) continue;
			const base = join(path, '..', fileName);
			const source = [`${base}.ts`, join(base, 'index.ts')].find(isFile);
			if (source === undefined) throw new Error(`${path} imports ${fileName}, which is not there`);
			visit(source);
		}
	};
	entries.forEach(visit);
	return [...found].sort();
}
