import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'scanned-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// The scanner and its plugins take seconds to load.
jest.setTimeout(120_000);

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as object;

const FILES = {
	'package.json': JSON.stringify({
		...manifest,
		n8n: { n8nNodesApiVersion: 1, nodes: ['dist/nodes/Careless/Careless.node.js'] },
	}),
	'nodes/Careless/patience.ts':
		'// eslint-disable-next-line\nexport const later = () => setTimeout(() => {}, 1);\n',
	'dist/nodes/Careless/Careless.node.js': 'console.log("two", process.env);\n',
	'dist/nodes/Careless/Careless.node.js.map': '{}',
};

it('says what the scanner finds in source and tarball, and what is packed for nobody', () => {
	for (const [path, content] of Object.entries(FILES)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), content);
	}
	const { stdout, stderr, status } = spawnSync(
		process.execPath,
		[join(ROOT, 'scripts/run.mjs'), 'scan', folder],
		{ encoding: 'utf8' },
	);
	expect(stdout).toMatch(/findings in the source +1\n/);
	expect(stdout).toMatch(/findings in the tarball +2\n/);
	expect(stdout).toMatch(/packed and of no use +1\n/);
	expect(stderr).toContain('dist/nodes/Careless/Careless.node.js.map is packed');
	expect(status).toBe(1);
});
