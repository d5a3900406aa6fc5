const { readFile, readdir, rm } = require('node:fs/promises');
const { join, relative } = require('node:path');
const { dest, series, src } = require('gulp');

const DIST = join(__dirname, 'dist');

/** What a file of the package may load when it runs inside n8n: the rest is not there. */
const PROVIDED_BY_N8N = new Set(['n8n-workflow', 'zod', 'lodash', 'luxon', 'crypto']);

async function clean() {
	await rm(DIST, { recursive: true, force: true });
}

/** Icons and codex files, beside the compiled file that names them. */
function assets() {
	// Without `encoding: false` gulp reads a PNG as text and damages it.
	return src(['credentials/**/*.{png,svg}', 'nodes/**/*.{png,svg,node.json}'], {
		base: '.',
		encoding: false,
	}).pipe(dest(DIST));
}

/** Stops the build at an import that n8n could not resolve. */
async function checkImports() {
	const strangers = [];
	for (const file of await compiledFiles()) {
		for (const name of requiredBy(await readFile(file, 'utf8'))) {
			if (!name.startsWith('.') && !PROVIDED_BY_N8N.has(name)) {
				strangers.push(`${relative(__dirname, file)} needs ${name}`);
			}
		}
	}
	if (strangers.length > 0) {
		throw new Error(`n8n does not provide these modules:\n${strangers.join('\n')}`);
	}
}

async function compiledFiles() {
	const entries = await readdir(DIST, { recursive: true });
	return entries.filter((name) => name.endsWith('.js')).map((name) => join(DIST, name));
}

function requiredBy(code) {
	return [...code.matchAll(/\brequire\(["']([^"']+)["']\)/g)].map(([, name]) => name);
}

exports.clean = clean;
exports.copy = series(assets, checkImports);
