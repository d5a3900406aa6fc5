const { mkdir, readFile, readdir, rm, writeFile } = require('node:fs/promises');
const { dirname, join, relative, sep } = require('node:path');
const { dest, parallel, series, src } = require('gulp');

const DIST = join(__dirname, 'dist');

/** What a file of the package may load when it runs inside n8n: the rest is not there. */
const PROVIDED_BY_N8N = new Set(['n8n-workflow', 'zod', 'lodash', 'luxon', 'crypto']);

const CSV_MODULE = 'csv-parse/sync';
const CSV_FILE = join(DIST, 'third-party', 'csv-parse.js');

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

/** n8n installs no dependencies of a package, so the CSV parser travels inside it, licence first. */
async function bundleCsv() {
	const source = require.resolve(CSV_MODULE);
	const [licence, parser] = await Promise.all([
		readFile(join(dirname(source), '../../LICENSE'), 'utf8'),
		readFile(source, 'utf8'),
	]);
	for (const file of await compiledFiles()) {
		const code = await readFile(file, 'utf8');
		if (!requiredBy(code).includes(CSV_MODULE)) continue;
		const path = relative(dirname(file), CSV_FILE).split(sep).join('/');
		await writeFile(file, code.replace(`require("${CSV_MODULE}")`, `require("${path}")`));
		await mkdir(dirname(CSV_FILE), { recursive: true });
		await writeFile(CSV_FILE, `/*!\n${licence.trim()}\n*/\n${parser}`);
	}
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
exports.copy = series(parallel(assets, bundleCsv), checkImports);
