/**
 * Runs `scripts/<name>.ts` on a bare clone: `node scripts/run.mjs test`. Checks the machine's tools,
 * installs the dependencies when they are missing or not those of the lock file, then hands over.
 * Uses nothing but Node's own modules, because nothing else is there yet.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The last three compile n8n's SQLite driver. */
const FOR_N8N = ['npm', 'python3', 'make', 'g++'];
const TOOLS = {
	start: FOR_N8N,
	e2e: FOR_N8N,
	bench: FOR_N8N,
	queue: FOR_N8N,
	screenshots: FOR_N8N,
	watchKill: FOR_N8N,
};

const name = process.argv[2];
const parent = process.ppid;
const missing = [
	...(isNodeRecentEnough() ? [] : [`Node.js 20.19 or newer (this is ${process.versions.node})`]),
	...(TOOLS[name] ?? ['npm']).filter(isMissing),
];
if (missing.length > 0) {
	console.error(
		`Please install what is missing on this machine, then run again: ${missing.join(', ')}.`,
	);
	process.exit(1);
}

process.chdir(ROOT);
if (!areDependenciesInstalled()) {
	console.log('Installing the dependencies of package-lock.json (about a minute) ...');
	const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
		stdio: 'inherit',
	});
	if (npm.status !== 0) {
		console.error('npm could not install the dependencies: see its message above.');
		process.exit(1);
	}
	// Whoever asked for this has been stopped in the meantime.
	if (process.ppid !== parent) process.exit(1);
}

await import('tsx');
await import(`./${name}.ts`);

function isNodeRecentEnough() {
	const [major, minor] = process.versions.node.split('.').map(Number);
	return major > 20 || (major === 20 && minor >= 19);
}

function isMissing(tool) {
	return spawnSync(tool, ['--version'], { stdio: 'ignore' }).status !== 0;
}

/** npm writes its own lock file last, so an interrupted installation has none. */
function areDependenciesInstalled() {
	const wanted = packagesOf('package-lock.json');
	const found = packagesOf('node_modules/.package-lock.json');
	return Object.entries(wanted).every(
		([path, { version, optional }]) =>
			path === '' || found[path]?.version === version || (optional && !(path in found)),
	);
}

function packagesOf(lockFile) {
	try {
		return JSON.parse(readFileSync(join(ROOT, lockFile), 'utf8')).packages;
	} catch {
		return {};
	}
}
