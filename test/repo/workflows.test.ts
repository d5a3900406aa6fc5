import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

import { manifestOf } from '../../scripts/lib/vendorPackage/manifest';
import { wholeVendors } from '../support/vendors';

const ROOT = resolve(__dirname, '../..');
const FOLDER = join(ROOT, '.github/workflows');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Step {
	run?: string;
	uses?: string;
	env?: Record<string, string>;
}

interface Job {
	'runs-on': string;
	'timeout-minutes': number;
	needs?: string;
	permissions?: Record<string, string>;
	steps: Step[];
}

interface Workflow {
	name: string;
	on: Record<string, unknown>;
	permissions: Record<string, string>;
	jobs: Record<string, Job>;
}

const workflows = new Map(
	readdirSync(FOLDER).map((file) => [
		file,
		// Strict: no key twice, nothing that a parser has to guess.
		parse(readFileSync(join(FOLDER, file), 'utf8'), { strict: true }) as Workflow,
	]),
);

const whole = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;
const vendor = manifestOf(wholeVendors[0], '').scripts;
/** On the branch of a vendor's package there is that package, and nothing else. */
const scriptsOf = (file: string) => (file === 'publish-vendor.yml' ? vendor : whole);

/** Names of npm scripts in shell commands. */
const scriptsIn = (commands: string): string[] =>
	[...commands.matchAll(/\bnpm (?:run (?:--?\S+ )*([\w:-]+)|(test|start)\b)/g)].map(
		([, name, short]) => name ?? short,
	);

it('finds the names of scripts', () => {
	expect(
		scriptsIn('npm ci\nnpm run --silent a:b -- c && npm test\ntimed npm start -- --x'),
	).toEqual(['a:b', 'test', 'start']);
});

it.each([...workflows])('%s has what GitHub wants', (_, { name, on, jobs }) => {
	expect(typeof name).toBe('string');
	expect(Object.keys(on).length).toBeGreaterThan(0);
	for (const [job, { needs, steps, ...rest }] of Object.entries(jobs)) {
		expect([job, rest]).toEqual([
			job,
			expect.objectContaining({
				'runs-on': 'ubuntu-latest',
				'timeout-minutes': expect.any(Number),
			}),
		]);
		if (needs !== undefined) expect(Object.keys(jobs)).toContain(needs);
		for (const { run, uses } of steps) expect([run, uses].filter(Boolean)).toHaveLength(1);
	}
});

it.each([...workflows])('%s names scripts and files that exist', (file, { jobs }) => {
	const commands = Object.values(jobs).flatMap(({ steps }) => steps.map(({ run = '' }) => run));
	const called = commands.flatMap(scriptsIn);
	expect(commands.join()).toMatch(/npm|\.ci/);
	expect(called.filter((name) => !(name in scriptsOf(file)))).toEqual([]);
	const files = commands.flatMap((text) => text.match(/^\.\S+|\b[\w-]+\.yml\b/gm) ?? []);
	for (const path of files)
		expect(existsSync(join(ROOT, path)) || existsSync(join(FOLDER, path))).toBe(true);
});

it('CI runs scripts that exist', () => {
	const called = scriptsIn(read('.ci/run'));
	expect(called).toEqual(expect.arrayContaining(['test', 'e2e', 'vendor-packages']));
	expect(called.filter((name) => !(name in whole))).toEqual([]);
});

it.each([...workflows.keys()])('%s uses actions at a commit that cannot be moved', (file) => {
	const uses = read(`.github/workflows/${file}`).match(/uses: .*/g) ?? [];
	expect(uses.length).toBeGreaterThan(0);
	for (const line of uses)
		expect(line).toMatch(/^uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

it.each([...workflows])('%s may write only where it has to', (_, { permissions, jobs }) => {
	expect(permissions).toEqual({ contents: 'read' });
	for (const { permissions: own, steps } of Object.values(jobs)) {
		const commands = steps.map(({ run = '' }) => run).join('\n');
		expect(own).toEqual(
			/npm publish/.test(commands)
				? { contents: 'read', 'id-token': 'write' }
				: /git push/.test(commands)
					? { contents: 'write', actions: 'write' }
					: undefined,
		);
	}
});

it('publishes with provenance, never before everything has been proven', () => {
	const publishing = ['release.yml', 'publish-vendor.yml'].flatMap((file) =>
		Object.values(workflows.get(file)!.jobs)
			.flatMap(({ steps }) => steps.map(({ run = '' }) => run))
			.flatMap((run) => run.split('\n'))
			.filter((line) => line.startsWith('npm publish')),
	);
	expect(publishing.sort()).toEqual([
		'npm publish --dry-run',
		'npm publish --provenance --access public',
		'npm publish --provenance --access public',
	]);
	const { prove, ...others } = workflows.get('release.yml')!.jobs;
	expect(prove.steps.at(-1)?.run).toBe('.ci/run');
	expect(Object.values(others).map(({ needs }) => needs)).toEqual(['prove', 'whole-package']);
});

it('hands secrets only to the steps that publish or push', () => {
	for (const [, { jobs }] of workflows)
		for (const { steps } of Object.values(jobs))
			for (const { run = '', uses, ...rest } of steps)
				if (JSON.stringify(rest).includes('secrets.'))
					expect(`${run}${uses}`).toMatch(/npm publish --provenance|actions\/checkout/);
});
