import { readFileSync } from 'fs';
import { join } from 'path';

import { pages } from '../../scripts/docs';
import manifest from '../../package.json';

const ROOT = join(__dirname, '../..');
const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const PAGES = [...pages, 'CONTRIBUTING.md', 'CHANGELOG.md', 'examples/README.md'];

/** Names of npm scripts that a text tells people to run. */
const commandsIn = (text: string): string[] =>
	[...text.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
		([, run, short]) => run ?? short,
	);

/** Commands that change the repository or take hours: what they do is tested, the command itself is not run. */
const TESTED: Readonly<Record<string, string>> = {
	docs: 'test/repo/readme.test.ts',
	model: 'test/model/model.test.ts',
	'new-vendor': 'test/scripts/newVendor.test.ts',
	'rewrite-workflow': 'test/scripts/rewriteWorkflow.test.ts',
	'stored-names': 'test/conformance/storedNames.test.ts',
	'vendor-branches': 'test/scripts/vendorBranch.test.ts',
};

const told = [...new Set(PAGES.flatMap((page) => commandsIn(textOf(page))))].sort();

it.each(told)('what people are told to run is there and proven: npm run %s', (name) => {
	expect(Object.keys(manifest.scripts)).toContain(name);
	const proven = [...commandsIn(textOf('.ci/run')), ...checks()];
	// `format` writes what `format:check` compares.
	if (!proven.includes(name) && !proven.includes(`${name}:check`))
		expect(textOf(TESTED[name] ?? 'package.json')).toMatch(/\bit\(|\btest\(/);
});

/** What `npm test` runs beside the tests. */
function checks(): string[] {
	const [, list] = /const CHECKS = \[([^\]]+)\]/.exec(textOf('scripts/test.ts')) ?? [];
	return [
		'build',
		...(list ?? '').split(',').map((name) => name.trim().replaceAll("'", '').split(' ')[0]),
	];
}

it('finds the commands', () => {
	expect(told).toEqual(expect.arrayContaining(['start', 'test', 'e2e', 'docs']));
	expect(checks()).toContain('typecheck');
});
