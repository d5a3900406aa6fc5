import { spawn } from 'node:child_process';
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	rmdirSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

import type { Vendor } from '../../nodes/shared/definition';
import { NameRefused, newVendor } from '../../scripts/newVendor';
import { unfinished } from '../support/unfinished';

// The compiler and the linter start cold here; on a busy machine that takes longer than jest's five seconds.
jest.setTimeout(60_000);

const ROOT = resolve(__dirname, '../..');

const COPIED = [
	...['package.json', 'README.md', '.prettierrc.js', 'scripts/lib', 'test/sandbox', 'examples'],
	...['docs/vendor-packages.md', 'test/e2e/support/world.ts'],
	...['test/support/faultMatrix.ts', 'test/model/subjects.ts'],
];

/** What the generator reads, in copies and empty folders: nothing it does can reach the work tree. */
function makeRoot(): string {
	const root = realpathSync(mkdtempSync(join(tmpdir(), 'new-vendor-')));
	for (const path of COPIED) cpSync(join(ROOT, path), join(root, path), { recursive: true });
	for (const name of readdirSync(join(ROOT, 'nodes')))
		mkdirSync(join(root, 'nodes', name), { recursive: true });
	mkdirSync(join(root, 'credentials'));
	symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
	return root;
}

/** Puts the real engine where new files import it from. Not before the generator is done, which writes beside it. */
function linkEngine(): void {
	rmdirSync(join(root, 'nodes/shared'));
	symlinkSync(join(ROOT, 'nodes/shared'), join(root, 'nodes/shared'));
}

const filesIn = (root: string): string[] =>
	['nodes', 'credentials', 'docs', 'test'].flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
			join(folder, name),
		),
	);

let root: string;
beforeEach(() => {
	root = makeRoot();
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface Manifest {
	keywords: string[];
	n8n: { nodes: string[]; credentials: string[] };
}

/** The vendor and everything it is made of, as the files say now. */
function whatIsLeft(): string[] {
	jest.resetModules();
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- it has just been written
	const { acmeTalent } = require(join(root, 'nodes/AcmeTalent/acmeTalent.vendor.ts')) as {
		acmeTalent: Vendor;
	};
	return unfinished(acmeTalent, root);
}

/** What the compiler says of these files; those they import are checked by `npm run typecheck`. */
function typeErrors(paths: readonly string[]): string[] {
	const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
	const { options } = ts.convertCompilerOptionsFromJson(config.config.compilerOptions, root);
	const program = ts.createProgram(
		paths.map((path) => join(root, path)),
		{ ...options, rootDir: undefined, noEmit: true },
	);
	return paths.flatMap((path) => {
		const source = program.getSourceFile(join(root, path));
		return [
			...program.getSyntacticDiagnostics(source),
			...program.getSemanticDiagnostics(source),
		].map(({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
	});
}

/** What n8n's linter prints; nothing: it found nothing. */
async function lint(paths: readonly string[]): Promise<string> {
	const child = spawn(
		process.execPath,
		[
			join(ROOT, 'node_modules/eslint/bin/eslint.js'),
			...['--config', join(ROOT, 'eslint.config.mjs'), '--max-warnings', '0'],
			...paths,
		],
		// Under jest's own value the linter takes every file for one of its tests.
		{ cwd: root, env: { ...process.env, NODE_ENV: 'production' } },
	);
	let printed = '';
	child.stdout.on('data', (chunk) => (printed += chunk));
	child.stderr.on('data', (chunk) => (printed += chunk));
	await new Promise((done) => child.on('close', done));
	return printed;
}

test.each([
	['', 'Give the name of the vendor: npm run new-vendor -- "Acme Talent"'],
	['9Lives', '"9Lives" cannot be a vendor\'s name, which begins with a letter'],
	['Acme-Talent', '"Acme-Talent" cannot be a vendor\'s name'],
	['Acmé', '"Acmé" cannot be a vendor\'s name'],
	['Acme  Talent', '"Acme  Talent" cannot be a vendor\'s name'],
	['../Acme', '"../Acme" cannot be a vendor\'s name'],
	['Whoz', '"Whoz" cannot be added, there is nodes/Whoz already.'],
	['WHOZ', '"WHOZ" cannot be added, there is nodes/Whoz already.'],
	['Bird Dog HR', '"Bird Dog HR" cannot be added, there is nodes/BirdDogHr already.'],
	['Shared', '"Shared" cannot be added, there is nodes/Shared already.'],
	['Server', '"Server" cannot be added, there is test/sandbox/server.ts already.'],
	['Talent', '"Talent" means something in the code already; add a word to it'],
	['Switch', '"Switch" means something in the code already; add a word to it'],
])('refuses the name "%s" in one sentence and writes nothing', (name, sentence) => {
	const before = [filesIn(root), read('package.json'), read('test/sandbox/vendors.ts')];
	expect(() => newVendor(name, root)).toThrow(NameRefused);
	expect(() => newVendor(name, root)).toThrow(sentence);
	expect([filesIn(root), read('package.json'), read('test/sandbox/vendors.ts')]).toEqual(before);
});

test('writes the skeleton and registers it, and touches nothing else', () => {
	const manifest = JSON.parse(read('package.json')) as Manifest;
	const registry = read('test/sandbox/vendors.ts');
	const before = filesIn(root);

	const { stored, paths } = newVendor('Acme Talent', root);

	expect(stored).toBe('acmeTalent');
	expect(paths).toEqual([
		'credentials/AcmeTalentApi.credentials.ts',
		'docs/vendors/acmetalent.md',
		...[
			'AcmeTalent.node.json',
			'AcmeTalent.node.ts',
			'VENDOR.md',
			'acmeTalent.dark.svg',
			'acmeTalent.svg',
			'acmeTalent.vendor.ts',
			'hosts.ts',
			'resources/talent.ts',
			'signing.ts',
		].map((name) => `nodes/AcmeTalent/${name}`),
		'test/sandbox/acmetalent.ts',
	]);
	const folders = ['docs/vendors', 'nodes/AcmeTalent', 'nodes/AcmeTalent/resources'];
	expect(filesIn(root).sort()).toEqual([...before, ...folders, ...paths].sort());
	const { nodes, credentials } = manifest.n8n;
	expect(JSON.parse(read('package.json'))).toEqual({
		...manifest,
		keywords: [...manifest.keywords, 'acmetalent'],
		n8n: {
			...manifest.n8n,
			nodes: [...nodes, 'dist/nodes/AcmeTalent/AcmeTalent.node.js'].sort(),
			credentials: [...credentials, 'dist/credentials/AcmeTalentApi.credentials.js'].sort(),
		},
	});
	expect(read('test/sandbox/vendors.ts')).toBe(
		`${registry}export { acmeTalent } from './acmetalent';\n`,
	);
});

test('nothing of the template stays', () => {
	const { stored, paths } = newVendor('HR Works 24', root);
	expect(stored).toBe('hrWorks24');
	expect(paths).toContain('nodes/HrWorks24/hrWorks24.vendor.ts');
	expect(paths.filter((path) => /acme/i.test(path + read(path)))).toEqual([]);
	expect(read('nodes/HrWorks24/HrWorks24.node.json')).toContain(
		'/docs/vendors/hrworks24.md#credentials-and-permissions',
	);
});

test("what it writes compiles and passes n8n's linter, whatever the length of the name", async () => {
	const paths = ['Acme Talent', 'HR Works 24', 'X']
		.flatMap((name) => newVendor(name, root).paths)
		.filter((path) => path.endsWith('.ts'));
	linkEngine();
	const printed = lint([...paths.filter((path) => !path.startsWith('test/')), 'package.json']);
	expect(typeErrors(paths)).toEqual([]);
	expect(await printed).toBe('');
});

const SOURCE = 'where this is documented, as a public address or a place in VENDOR.md.';
const ADD = 'add it, or say in "silent" why the vendor has none.';

/** The edits of somebody who follows the list from top to bottom, by file. */
const FILLED: Readonly<Record<string, ReadonlyArray<readonly [from: string, to: string]>>> = {
	'nodes/AcmeTalent/VENDOR.md': ['Sources', 'Host and sign-in', 'Invariants', 'Silent'].map(
		(title) => [`## ${title}\n`, `## ${title}\n\nRead and written down.\n`] as const,
	),
	'nodes/AcmeTalent/acmeTalent.vendor.ts': [
		['concurrency: 0', 'concurrency: 2'],
		['errorMessages: []', "errorMessages: ['message']"],
	],
	'nodes/AcmeTalent/resources/talent.ts': [
		["source: ''", "source: 'https://docs.acme.example/list'"],
		["source: ''", "source: 'VENDOR.md, section Invariants'"],
		["path: ''", "path: '/talents'"],
		["path: ''", "path: '/talents'"],
		["page: '', size: '', pageSize: 0", "page: 'page', size: 'size', pageSize: 50"],
		['max: 0', 'max: 1'],
		["get: ''", "get: 'No page'"],
		["create: ''", "create: 'No page'"],
		["update: ''", "update: 'No page'"],
		["upsert: ''", "upsert: 'No page'"],
		["delete: ''", "delete: 'No page'"],
		["import: ''", "import: 'No page'"],
		["label: ''", "label: 'External ID'"],
	],
	'nodes/AcmeTalent/hosts.ts': [["TEST_PATH = ''", "TEST_PATH = '/me'"]],
	'credentials/AcmeTalentApi.credentials.ts': [
		["displayName: ''", "displayName: 'The test proves the key, not the right to save.'"],
	],
	'test/sandbox/acmetalent.ts': [["TALENTS = ''", "TALENTS = '/talents'"]],
	'scripts/lib/practice.ts': [
		['return [', "return [{ type: 'acmeTalentApi', name: 'Acme practice', data: {} },"],
	],
	'test/vendors/acmetalent/signIn.test.ts': [['', "it.todo('signs in');\n"]],
	'docs/vendors/acmetalent.md': [['permissions\n', 'permissions\n\nAsk Acme for a key.\n']],
	'README.md': [['## Bulk', '[Acme Talent](docs/vendors/acmetalent.md)\n\n## Bulk']],
	'docs/vendor-packages.md': [
		['| `n8n-nodes-talent-birddoghr`', '| `n8n-nodes-talent-acmetalent` | Acme Talent |\n$&'],
	],
	'test/e2e/support/world.ts': [['\tbirdDogHr,\n', '\tacmeTalent,\n$&']],
	'test/support/faultMatrix.ts': [
		['SUBJECTS: readonly Subject[] = [', '$& { vendor: acmeTalent, },'],
	],
	'test/model/subjects.ts': [['SUBJECTS: readonly Subject[] = [', '$& { vendor: acmeTalent, },']],
	'examples/weekly-report.json': [['{', '{ "x": "n8n-nodes-talent.acmeTalent",']],
};

function edit(path: string): void {
	const held = path.startsWith('test/vendors') ? '' : read(path);
	const changed = FILLED[path].reduce((text, [from, to]) => {
		expect(text).toContain(from);
		return text.replace(from, to);
	}, held);
	mkdirSync(dirname(join(root, path)), { recursive: true });
	writeFileSync(join(root, path), changed);
}

test('what it leaves open is asked for, in words that say what to do, until nothing is left', () => {
	newVendor('Acme Talent', root);
	linkEngine();
	let left = whatIsLeft();
	expect(left).toEqual([
		'nodes/AcmeTalent/VENDOR.md: write the section "Sources".',
		'nodes/AcmeTalent/VENDOR.md: write the section "Host and sign-in".',
		'nodes/AcmeTalent/VENDOR.md: write the section "Invariants".',
		'nodes/AcmeTalent/VENDOR.md: write the section "Silent".',
		'0 requests cannot be in flight; say in "concurrency" how many may.',
		'Say in "errorMessages" where error bodies keep their text.',
		`talent.endpoints.list: say in "source" ${SOURCE}`,
		`talent.endpoints.save: say in "source" ${SOURCE}`,
		'talent.endpoints.list: say in "path" where the request goes.',
		'talent.endpoints.save: say in "path" where the request goes.',
		`talent.endpoints.list: say in "paging" what the vendor calls its parameters; without pages it is by 'none'.`,
		'talent.endpoints.list: a page cannot hold 0 records; say in "pageSize" how many it may.',
		'talent.endpoints.save: a request cannot carry 0 records; say in "max" how many it may.',
		`talent: there is no "get"; ${ADD}`,
		`talent: there is no "create"; ${ADD}`,
		`talent: there is no "update"; ${ADD}`,
		`talent: there is no "upsert"; ${ADD}`,
		`talent: there is no "delete"; ${ADD}`,
		`talent: there is no "import"; ${ADD}`,
		'talent.fields.externalId: say in "label" what the vendor calls it.',
		'credentials/AcmeTalentApi.credentials.ts: say which request tests the connection.',
		'credentials/AcmeTalentApi.credentials.ts: say in "keyNotice" where the key comes from.',
		"test/sandbox/acmetalent.ts: answer every endpoint of the definition, as the vendor's pages say.",
		'scripts/lib/practice.ts: say how acmeTalentApi signs in at the sandbox.',
		'test/vendors/acmetalent: test what the conformance suite cannot know: the sign-in, and each trap of the vendor.',
		'docs/vendors/acmetalent.md: write the part "Credentials and permissions".',
		'README.md: add the vendor to the table "Vendors", with a link to docs/vendors/acmetalent.md.',
		'docs/vendor-packages.md: add a line for n8n-nodes-talent-acmetalent to the table.',
		'test/e2e/support/world.ts: say what the local vendor knows, so that a real n8n can run every operation.',
		'test/support/faultMatrix.ts: add it to the subjects, which are sent under every fault.',
		'test/model/subjects.ts: add it to the subjects, and say in a few lines what a row of it means.',
		'examples: add a workflow that saves people to it.',
	]);
	for (const path of Object.keys(FILLED)) {
		const before = left.length;
		edit(path);
		left = whatIsLeft();
		expect(left.length).toBeLessThan(before);
	}
	expect(left).toEqual([]);
});
