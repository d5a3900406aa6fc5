import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ICredentialType } from 'n8n-workflow';

import type { Vendor } from '../../nodes/shared/definition';
import { checkVendor } from '../../nodes/shared/definition/check';
import type { practiceCredentials } from '../../scripts/lib/practice';
import type { Sandbox } from '../sandbox';
import type { SandboxVendor } from '../sandbox/vendor';

const ROOT = resolve(__dirname, '../..');

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** What a module of the repository exports. */
const exportsOf = <T extends object>(root: string, file: string): T =>
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- root and names are only known at run time
	require(join(root, file)) as T;

/** The notes are written: no section is empty, and these two are there. */
function* inNotes(root: string, file: string): Generator<string> {
	if (!existsSync(join(root, file))) return yield `${file} is missing.`;
	const [, ...sections] = readFileSync(join(root, file), 'utf8').split(/^## /m);
	const held = new Map(
		sections.map((section) => {
			const [title, ...lines] = section.split('\n');
			return [title.trim(), lines.join('').trim()];
		}),
	);
	for (const title of ['Sources', 'Silent'])
		if (!held.has(title)) yield `${file}: there is no section "${title}".`;
	for (const [title, text] of held) if (text === '') yield `${file}: write the section "${title}".`;
}

/** Every credential tests the connection and says where its key comes from. */
function* inCredential(root: string, name: string): Generator<string> {
	const file = `credentials/${capitalised(name)}.credentials.ts`;
	if (!existsSync(join(root, file))) return yield `${file} is missing.`;
	const [Credential] = Object.values(
		exportsOf<Record<string, new () => ICredentialType>>(root, file),
	);
	const { properties, test } = new Credential();
	if (!test?.request.url) yield `${file}: say which request tests the connection.`;
	if (!properties.some(({ type, displayName }) => type === 'notice' && displayName !== ''))
		yield `${file}: say in "keyNotice" where the key comes from.`;
}

const REGISTRY = 'test/sandbox/vendors.ts';

function* inSandbox(root: string, name: string): Generator<string> {
	const file = `test/sandbox/${name.toLowerCase()}.ts`;
	const served = exportsOf<Record<string, SandboxVendor>>(root, REGISTRY);
	const own = Object.values(served).find((vendor) => vendor.name === name);
	if (own === undefined) yield `${REGISTRY}: there is no vendor named ${name}.`;
	else if (own.start().routes.length === 0)
		yield `${file}: answer every endpoint of the definition, as the vendor's pages say.`;
}

const PRACTICE = 'scripts/lib/practice.ts';

/** `npm start` and the tests of connections sign in with these. */
function* inPractice(root: string, credential: string): Generator<string> {
	const practice = exportsOf<{ practiceCredentials: typeof practiceCredentials }>(root, PRACTICE);
	const known = practice.practiceCredentials({ baseUrl: () => '' } as unknown as Sandbox);
	if (!known.some(({ type }) => type === credential))
		yield `${PRACTICE}: say how ${credential} signs in at the sandbox.`;
}

function* inTests(root: string, name: string): Generator<string> {
	const folder = `test/vendors/${name.toLowerCase()}`;
	const files = existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
	if (!files.some((file) => file.endsWith('.test.ts')))
		yield `${folder}: test what the conformance suite cannot know: the sign-in, and each trap of the vendor.`;
}

function* inPages(root: string, { name }: Vendor): Generator<string> {
	const page = `docs/vendors/${name.toLowerCase()}.md`;
	if (!existsSync(join(root, page))) yield `${page} is missing.`;
	// The link of a credential leads to it.
	else if (/^## Credentials and permissions\s+#/m.test(readFileSync(join(root, page), 'utf8')))
		yield `${page}: write the part "Credentials and permissions".`;
	if (!readFileSync(join(root, 'README.md'), 'utf8').includes(`](${page})`))
		yield `README.md: add the vendor to the table "Vendors", with a link to ${page}.`;
}

const textOf = (root: string, file: string): string => readFileSync(join(root, file), 'utf8');

const savesLists = ({ resources }: Vendor): boolean =>
	resources.some(({ operations }) =>
		Object.values(operations).some((each) => each.does === 'save' && each.rows !== 'one'),
	);

/** Where every vendor of the package has a place, and a new one would be missed only later. */
function* inPlaces(root: string, vendor: Vendor): Generator<string> {
	const { name } = vendor;
	const word = name.toLowerCase();
	const manifest = JSON.parse(textOf(root, 'package.json')) as { keywords: string[] };
	if (!manifest.keywords.includes(word)) yield `package.json: add "${word}" to the keywords.`;
	if (!textOf(root, 'docs/vendor-packages.md').includes(`\`n8n-nodes-talent-${word}\``))
		yield `docs/vendor-packages.md: add a line for n8n-nodes-talent-${word} to the table.`;
	const [, worlds = ''] =
		/worlds: [^=]+= \{([^}]*)\}/.exec(textOf(root, 'test/e2e/support/world.ts')) ?? [];
	if (!new RegExp(`\\b${name}\\b`).test(worlds))
		yield `test/e2e/support/world.ts: say what the local vendor knows, so that a real n8n can run every operation.`;
	if (!savesLists(vendor)) return;
	const subject = new RegExp(`\\bvendor: ${name},`);
	if (!subject.test(textOf(root, 'test/support/faultMatrix.ts')))
		yield 'test/support/faultMatrix.ts: add it to the subjects, which are sent under every fault.';
	if (!subject.test(textOf(root, 'test/model/subjects.ts')))
		yield 'test/model/subjects.ts: add it to the subjects, and say in a few lines what a row of it means.';
	const examples = readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.json'));
	const node = new RegExp(`"n8n-nodes-talent\\.${name}(Tool)?"`);
	if (!examples.some((file) => node.test(textOf(root, `examples/${file}`))))
		yield `examples: add a workflow that saves people to it.`;
}

/**
 * What a vendor still lacks before it can be given to people, a sentence each, in the order of work; empty: nothing.
 *
 * @param root of the repository that holds the vendor
 */
export function unfinished(vendor: Vendor, root = ROOT): string[] {
	const credentials = vendor.signIns.map(({ credential }) => credential);
	return [
		...inNotes(root, `nodes/${capitalised(vendor.name)}/VENDOR.md`),
		...checkVendor(vendor),
		...credentials.flatMap((credential) => [...inCredential(root, credential)]),
		...inSandbox(root, vendor.name),
		...credentials.flatMap((credential) => [...inPractice(root, credential)]),
		...inTests(root, vendor.name),
		...inPages(root, vendor),
		...inPlaces(root, vendor),
	];
}
