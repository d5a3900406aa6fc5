import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { preProcessFile } from 'typescript';

const ROOT = resolve(__dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const manifest = JSON.parse(read('package.json'));
const lock = read('package-lock.json');

const shipped = ['credentials', 'nodes'].flatMap((folder) =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.map((name) => join(folder, name))
		.filter((name) => name.endsWith('.ts')),
);

/** Where n8n finds the compiled counterparts of the sources with this ending. */
const compiled = (ending: string) =>
	shipped
		.filter((path) => path.endsWith(`${ending}.ts`))
		.map((path) => `dist/${path.replace(/\.ts$/, '.js')}`)
		.sort();

test('sources import only what n8n provides', () => {
	const importers = new Map<string, Set<string>>();
	for (const path of shipped) {
		for (const { fileName: source } of preProcessFile(read(path), true, true).importedFiles) {
			if (!source.startsWith('.'))
				importers.set(source, (importers.get(source) ?? new Set()).add(path));
		}
	}
	const allowed = ['crypto', 'lodash', 'luxon', 'n8n-workflow', 'zod'];
	expect([...importers.keys()].filter((source) => !allowed.includes(source))).toEqual([]);
	expect(importers.get('zod')).toEqual(new Set(['nodes/shared/definition/zod.ts']));
});

test('shared code names no vendor', () => {
	const vendors = /whoz|ingedata|birddog|arcoro|collective|eightfold/i;
	const naming = shipped.filter(
		(path) => path.startsWith('nodes/shared/') && vendors.test(read(path)),
	);
	expect(naming).toEqual([]);
});

test('shipped code switches no lint rule off', () => {
	expect(shipped.filter((path) => read(path).includes('eslint-disable'))).toEqual([]);
});

test('the lock file names no registry', () => {
	const { packages } = JSON.parse(lock) as { packages: Record<string, { resolved?: string }> };
	expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
	expect(lock.match(/https?:[^"]*\.tgz/g)).toBeNull();
});

test('every dependency is pinned', () => {
	const versions = Object.values<string>(manifest.devDependencies);
	expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test('users install nothing but the package', () => {
	expect(manifest).not.toHaveProperty('dependencies');
	expect(manifest).not.toHaveProperty('optionalDependencies');
	expect(manifest).not.toHaveProperty('overrides');
	expect(manifest).not.toHaveProperty('resolutions');
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	expect(manifest.files).toEqual(['dist']);
});

test('no script runs on installation', () => {
	const forbidden = /^(pre|post)?(install|prepare)$|^prepublish$/;
	expect(Object.keys(manifest.scripts).filter((name) => forbidden.test(name))).toEqual([]);
});

test('n8n is told of every node and every credential', () => {
	expect(manifest.n8n).toEqual({
		n8nNodesApiVersion: 1,
		strict: true,
		nodes: compiled('.node'),
		credentials: compiled('.credentials'),
	});
});
