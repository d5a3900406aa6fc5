/**
 * `npm run new-vendor -- "Acme Talent"`: the skeleton of a vendor. A copy of `scripts/templates/newVendor` under the new name,
 * registered in package.json and in the sandbox. What it leaves open, the conformance suite asks for.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createScanner, LanguageVariant, ScriptTarget, SyntaxKind } from 'typescript';

import { ROOT } from './lib/paths';

const TEMPLATES = join(__dirname, 'templates/newVendor');
const PRETTIER = join(ROOT, 'node_modules/prettier/bin/prettier.cjs');

/** What the files of every vendor import: a vendor of this name would stand in their way. */
const IMPORTED = ['talent', 'vendor'];

/** Why a name cannot be taken, in a sentence for the one who typed it. Nothing has been written. */
export class NameRefused extends Error {}

interface Names {
	/** As people read it: `Acme Talent`. */
	display: string;
	/** As folder and classes are called: `AcmeTalent`. */
	type: string;
	/** As node and constants are called: `acmeTalent`. */
	stored: string;
	/** As the sandbox's files are called: `acmetalent`. */
	file: string;
	/** As constants of the sandbox begin: `ACME_TALENT`. */
	constant: string;
	/** In words of a secret: `acme-talent`. */
	slug: string;
}

const capitalised = (word: string): string =>
	word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();

const isIdentifier = (name: string): boolean =>
	createScanner(ScriptTarget.ES2022, true, LanguageVariant.Standard, name).scan() ===
	SyntaxKind.Identifier;

/** @throws NameRefused */
function namesOf(display: string): Names {
	if (display === '')
		throw new NameRefused('Give the name of the vendor: npm run new-vendor -- "Acme Talent"');
	if (!/^[a-z][a-z0-9]*( [a-z0-9]+)*$/i.test(display))
		throw new NameRefused(
			`"${display}" cannot be a vendor's name, which begins with a letter and has letters (A to Z), digits and single spaces only.`,
		);
	// n8n's linter takes HR for Hr.
	const words = display.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
	const type = words.map(capitalised).join('');
	const stored = type.charAt(0).toLowerCase() + type.slice(1);
	if (IMPORTED.includes(stored) || !isIdentifier(stored))
		throw new NameRefused(
			`"${display}" means something in the code already; add a word to it, for example "${display} HR".`,
		);
	return {
		display,
		type,
		stored,
		file: stored.toLowerCase(),
		constant: words.join('_').toUpperCase(),
		slug: display.toLowerCase().replaceAll(' ', '-'),
	};
}

/** The name the templates carry. */
const TEMPLATE = namesOf('Acme Talent');
const KINDS = new Map(Object.entries(TEMPLATE).map(([kind, name]) => [name, kind as keyof Names]));
const ANY_KIND = new RegExp([...KINDS.keys()].join('|'), 'g');

const rename = (text: string, names: Names): string =>
	text.replace(ANY_KIND, (found) => names[KINDS.get(found) as keyof Names]);

/** The text of each new file, by its path in the repository. */
const filesOf = (names: Names): ReadonlyMap<string, string> =>
	new Map(
		readdirSync(TEMPLATES, { recursive: true, encoding: 'utf8' })
			.filter((path) => path.endsWith('.txt'))
			.map((path) => path.replaceAll('\\', '/'))
			.sort()
			.map((path) => [
				rename(path.replace(/\.txt$/, ''), names),
				rename(readFileSync(join(TEMPLATES, path), 'utf8'), names),
			]),
	);

/** Two spellings of a name are one in some file systems. */
const isTaken = (path: string): boolean =>
	readdirSync(dirname(path)).some((name) => name.toLowerCase() === basename(path).toLowerCase());

/** @throws NameRefused */
function claim(root: string, { display, type, file }: Names): void {
	for (const path of [
		`nodes/${type}`,
		`credentials/${type}Api.credentials.ts`,
		`test/sandbox/${file}.ts`,
	])
		if (isTaken(join(root, path)))
			throw new NameRefused(`"${display}" cannot be added, there is ${path} already.`);
}

const REGISTRIES = ['package.json', 'test/sandbox/vendors.ts'] as const;

function register(root: string, { type, stored, file }: Names): void {
	const [manifestPath, sandboxPath] = REGISTRIES.map((path) => join(root, path));
	const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as {
		keywords: string[];
		n8n: { nodes: string[]; credentials: string[] };
	};
	manifest.keywords.push(stored.toLowerCase());
	const { nodes, credentials } = manifest.n8n;
	nodes.push(`dist/nodes/${type}/${type}.node.js`);
	nodes.sort();
	credentials.push(`dist/credentials/${type}Api.credentials.js`);
	credentials.sort();
	writeFileSync(manifestPath, JSON.stringify(manifest));
	appendFileSync(sandboxPath, `export { ${stored} } from './${file}';\n`);
}

/** A name longer or shorter than the template's breaks lines elsewhere. */
function format(root: string, paths: readonly string[]): void {
	const { status, stderr } = spawnSync(
		process.execPath,
		[PRETTIER, '--write', '--ignore-unknown', ...paths],
		{ cwd: root, encoding: 'utf8' },
	);
	if (status !== 0) throw new Error(`The new files could not be formatted:\n${stderr}`);
}

/**
 * Writes the skeleton of a vendor and registers it.
 *
 * @param display name, as people read it
 * @param root of the repository
 * @returns its stored name, and the paths of what is new
 * @throws NameRefused
 */
export function newVendor(display: string, root = ROOT): { stored: string; paths: string[] } {
	const names = namesOf(display);
	claim(root, names);
	const files = filesOf(names);
	for (const [path, text] of files) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), text);
	}
	register(root, names);
	format(root, [...files.keys(), ...REGISTRIES]);
	return { stored: names.stored, paths: [...files.keys()] };
}

function main(display: string): void {
	try {
		const { stored, paths } = newVendor(display);
		console.log(
			[
				...paths,
				`are new; ${REGISTRIES.join(' and ')} know of them.`,
				'',
				'What is left to do, and in which order, is said by',
				`  npx jest test/conformance -t ${stored}`,
				'What each file is for, by "Adding a vendor" in CONTRIBUTING.md.',
			].join('\n'),
		);
	} catch (error) {
		if (!(error instanceof NameRefused)) throw error;
		console.error(error.message);
		process.exitCode = 1;
	}
}

if (require.main === module) main(process.argv.slice(2).join(' ').trim());
