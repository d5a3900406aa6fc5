import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

import { N8N_ROOT } from './paths';
import { run } from './processes';
import { step } from './progress';

/** A line of n8n that the package supports. */
export interface N8nLine {
	/** Exact version of n8n: newer ones do not always resolve from the registry. */
	n8n: string;
	/** Exact version of the Node.js it runs on. */
	node: string;
	/** What this line needs in its environment. */
	env: Record<string, string>;
}

export const N8N_CURRENT: N8nLine = { n8n: '2.41.1', node: '24.21.0', env: {} };

export const N8N_LTS: N8nLine = {
	n8n: '1.123.81',
	node: '20.20.2',
	env: {
		// Its default engine needs a module that has no ready-made binary for Node 20.
		N8N_EXPRESSION_ENGINE: 'legacy',
		// On one connection, its default, transactions at the same time end each other ("no such savepoint").
		DB_SQLITE_POOL_SIZE: '4',
	},
};

export interface InstalledN8n {
	line: N8nLine;
	/** The Node.js binary. */
	node: string;
	/** n8n's start script, to be run with that Node.js. */
	n8n: string;
	/** Root of n8n's own `node_modules`. */
	modules: string;
}

/** Two packages of n8n's tree whose newest or only versions the registry does not have. */
const OVERRIDES = { linkedom: '0.18.12', xlsx: '0.18.5' };

/**
 * Installs n8n and its Node.js into a folder of their own, once. A copy that was not finished is
 * thrown away, because npm takes half-written packages for whole ones.
 *
 * @throws Error with npm's last lines
 */
export async function installN8n(line: N8nLine): Promise<InstalledN8n> {
	const folder = join(N8N_ROOT, line.n8n);
	const modules = join(folder, 'node_modules');
	const nodePackage = nodePackageName();
	const nodeHome = join(modules, nodePackage);
	const installed: InstalledN8n = {
		line,
		node: join(nodeHome, 'bin/node'),
		n8n: join(modules, 'n8n/bin/n8n'),
		modules,
	};
	const finished = join(folder, `finished-on-node-${line.node}`);
	if (existsSync(finished)) return installed;

	await step(`Download n8n ${line.n8n} (about 3 GB, a few minutes, only once)`, async () => {
		await rm(folder, { recursive: true, force: true });
		await mkdir(folder, { recursive: true });
		await writeFile(
			join(folder, 'package.json'),
			JSON.stringify({
				private: true,
				dependencies: { n8n: line.n8n, [nodePackage]: line.node },
				overrides: OVERRIDES,
			}),
		);
		// With install scripts on, a Kafka client tries to compile against libraries that are not there.
		await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
	});
	await step("Compile n8n's SQLite driver (about a minute, only once)", async () => {
		const path = [dirname(installed.node), process.env.PATH].join(delimiter);
		await run(
			'npm',
			[
				'rebuild',
				'sqlite3',
				'--ignore-scripts=false',
				'--build-from-source',
				`--nodedir=${nodeHome}`,
			],
			{ cwd: folder, env: { ...process.env, PATH: path } },
		);
		await run(installed.node, [installed.n8n, '--version'], { cwd: folder });
	});
	await writeFile(finished, '');
	return installed;
}

/** Name of the npm package that carries Node.js for this machine. */
function nodePackageName(): string {
	const { platform, arch } = process;
	const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
	return `${prefix}-${platform}-${arch}`;
}
