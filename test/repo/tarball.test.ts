import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { pack, unpack, useless, type Packed } from '../../scripts/lib/packed';

/** What `npm pack` makes of `dist`, unpacked where nothing is but what n8n provides. */

const ROOT = resolve(__dirname, '../..');
const PROVIDED_BY_N8N = ['n8n-workflow', 'zod', 'lodash', 'luxon'];

// npm takes seconds to pack.
jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'tarball-'));
const unpacked = join(folder, 'package');
let packed: Packed;

beforeAll(async () => {
	packed = await pack(ROOT, folder);
	await unpack(packed, unpacked);
	mkdirSync(join(folder, 'node_modules'));
	for (const name of PROVIDED_BY_N8N)
		symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Loads every file in a Node.js of its own, as jest would find modules in the repository. */
const LOAD_ALL = `
const Module = require('node:module');
const { dirname, join, sep } = require('node:path');
const { files, folder, unpacked } = JSON.parse(process.argv[1]);
// What lies beside the folder for temporary files is not what n8n provides.
const above = (path) => folder.startsWith(join(dirname(path), sep));
const lookIn = Module._nodeModulePaths;
Module._nodeModulePaths = (from) => lookIn(from).filter((path) => !above(path));
const reports = {};
for (const file of files) {
	for (const path of Object.keys(require.cache)) if (path.startsWith(unpacked + sep)) delete require.cache[path];
	try {
		require(join(unpacked, file));
	} catch (error) {
		reports[file] = error.message.split('\\n')[0];
	}
}
console.log(JSON.stringify(reports));
`;

function loadAll(files: string[]): Record<string, string> {
	const { stdout, stderr } = spawnSync(
		process.execPath,
		['--eval', LOAD_ALL, JSON.stringify({ files, folder, unpacked })],
		{ cwd: folder, encoding: 'utf8', env: { PATH: process.env.PATH } },
	);
	if (stdout === '') throw new Error(stderr);
	return JSON.parse(stdout) as Record<string, string>;
}

/** What n8n loads by itself; everything else is loaded by these. */
function entries(): string[] {
	const { n8n } = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	return [...n8n.nodes, ...n8n.credentials];
}

const scriptsOf = ({ files }: Packed) => files.filter((path) => path.endsWith('.js'));

it('holds what n8n reads and nothing else', () => {
	expect(packed.files).toEqual(expect.arrayContaining(['README.md', 'LICENSE', ...entries()]));
	expect(useless(packed)).toEqual([]);
});

it('loads, file by file, with nothing but what n8n provides', () => {
	expect(scriptsOf(packed).length).toBeGreaterThan(100);
	expect(loadAll(scriptsOf(packed))).toEqual({});
});

it('would not load what needs anything else', () => {
	writeFileSync(join(unpacked, 'stranger.js'), "require('axios');\n");
	expect(loadAll(['stranger.js'])).toEqual({
		'stranger.js': expect.stringContaining("Cannot find module 'axios'"),
	});
});

it('holds no code that nothing loads', () => {
	const loaded = new Set<string>();
	const visit = (file: string): void => {
		if (loaded.has(file)) return;
		loaded.add(file);
		const code = readFileSync(join(unpacked, file), 'utf8');
		for (const [, path] of code.matchAll(/\brequire\("(\.[^"]+)"\)/g)) {
			const base = join(file, '..', path).replace(/\.js$/, '');
			visit([`${base}.js`, join(base, 'index.js')].find((name) => packed.files.includes(name))!);
		}
	};
	entries().forEach(visit);
	const never = scriptsOf(packed).filter((file) => file !== 'index.js' && !loaded.has(file));
	// A module of types leaves a file behind that says no more than that it is a module.
	const withCode = never.filter(
		(file) => readFileSync(join(unpacked, file), 'utf8').split('\n').filter(Boolean).length > 2,
	);
	expect(withCode).toEqual([]);
});
