/**
 * `npm run e2e`: the tests of `test/e2e` in a real n8n, on both lines the package supports, one after
 * the other. Each starts from an empty n8n folder with the packed package in it, and ends with
 * everything stopped.
 *
 * `--line current|lts` one line only; `--vendor <name>` the tests of one vendor; all else goes to jest.
 */
import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { wholeVendors } from '../test/support/vendors';
import { startSandbox, type Sandbox } from '../test/sandbox';
import { installN8n, N8N_CURRENT, N8N_LTS, type N8nLine } from './lib/n8nInstall';
import { installPackage, installPackages } from './lib/n8nPackage';
import { runN8n, startN8n, type N8nServer } from './lib/n8nServer';
import { N8N_ROOT, ROOT } from './lib/paths';
import { OWNER, practiceCredentials } from './lib/practice';
import { N8nClient } from './lib/n8nClient';
import { run } from './lib/processes';
import { secondsSince, step } from './lib/progress';
import { runToEnd } from './lib/runToEnd';
import { table } from './lib/table';
import { buildVendorPackage, writeVendorPackage } from './lib/vendorPackage';

const LINES: Record<string, N8nLine> = { current: N8N_CURRENT, lts: N8N_LTS };

/** Answers with the exit code. */
async function main(): Promise<number> {
	// Behind the name of this script, which `run.mjs` is called with.
	const args = process.argv.slice(3);
	const wanted = taken(args, '--line');
	const vendor = taken(args, '--vendor');
	const names = wanted === undefined ? Object.keys(LINES) : [wanted];
	for (const name of names)
		if (!(name in LINES)) throw new Error(`--line is one of ${Object.keys(LINES).join(', ')}`);

	if (vendor !== undefined && !wholeVendors.some(({ name }) => name === vendor))
		throw new Error(`--vendor is one of ${wholeVendors.map(({ name }) => name).join(', ')}`);

	await step('Build the package', () => run('npm', ['run', 'build']));
	const failed: string[] = [];
	for (const name of names) {
		const start = Date.now();
		if (!(await proveLine(name, LINES[name], vendor, args))) failed.push(name);
		console.log(`The ${name} line, n8n ${LINES[name].n8n}, took ${secondsSince(start)}.`);
	}
	if (failed.length > 0) console.error(`Failed in n8n: ${failed.join(', ')}`);
	return failed.length === 0 ? 0 : 1;
}

/** Whether all tests of one line passed. */
async function proveLine(
	name: string,
	line: N8nLine,
	vendor: string | undefined,
	jestArgs: string[],
): Promise<boolean> {
	const installed = await installN8n(line);
	const home = join(N8N_ROOT, `e2e-${name}`);
	await rm(home, { recursive: true, force: true });
	await step('Install the package into n8n', () => installPackage(home));
	const sandbox = await startSandbox();
	const boot = () => step(`Start n8n ${line.n8n}`, () => startN8n(installed, home));
	let server = await boot();
	const { session } = await provide(server, sandbox);

	const [exported, toImport] = ['exported.json', 'to-import.json'].map((name) => join(home, name));
	const restartedWith = async (folders: string[]) => {
		await server.stop();
		await installPackages(home, folders);
		server = await boot();
	};
	// The tests run in a process of their own and cannot own n8n: what they start would outlive them.
	const actions: Record<string, () => Promise<void>> = {
		state: async () => {},
		restart: async () => {
			await server.kill();
			server = await boot();
		},
		'packages/whole': () => restartedWith([ROOT]),
		'packages/vendors': async () => await restartedWith(await vendorPackages()),
		export: () => runN8n(installed, home, ['export:workflow', '--all', `--output=${exported}`]),
		import: () => runN8n(installed, home, ['import:workflow', `--input=${toImport}`]),
	};
	const control = await serve(async (action) => {
		await actions[action]();
		return { url: server.url, session, home, exported, toImport };
	});
	try {
		const passed = await run('npx', ['jest', '--config', 'test/e2e/jest.config.js', ...jestArgs], {
			cwd: ROOT,
			show: true,
			env: {
				...process.env,
				E2E_CONTROL: addressOf(control),
				E2E_SANDBOX: sandbox.url,
				E2E_VENDOR: vendor,
			},
		}).then(
			() => true,
			// jest has said what failed.
			() => false,
		);
		if (!passed) console.error(`n8n's log is ${server.log}`);
		await countExecutions(new N8nClient(server.url, session));
		return passed;
	} finally {
		control.close();
		await server.stop();
		await sandbox.close();
	}
}

let built: Promise<string[]> | undefined;
/** Folders of the vendors' own packages, made when the first test asks for them. */
function vendorPackages(): Promise<string[]> {
	built ??= step('Build a package for each vendor', async () => {
		const folders: string[] = [];
		for (const vendor of wholeVendors) folders.push(await writeVendorPackage(vendor));
		await Promise.all(folders.map(buildVendorPackage));
		return folders;
	});
	return built;
}

/** A client that has signed in, and the practice credentials, which all tests use. */
async function provide(server: N8nServer, sandbox: Sandbox): Promise<N8nClient> {
	const client = new N8nClient(server.url);
	await client.signIn(OWNER);
	for (const { type, name, data } of practiceCredentials(sandbox))
		await client.saveCredential(type, name, data);
	return client;
}

/** Says how many executions the tests took, by vendor; workflows have the vendor's name, or its credential's, in theirs. */
async function countExecutions(client: N8nClient): Promise<void> {
	const counts = new Map(wholeVendors.map(({ name }) => [`  ${name}`, 0]));
	let all = 0;
	for (const workflow of await client.workflows()) {
		const { length } = await client.executionsOf(workflow);
		all += length;
		for (const [label, count] of counts)
			if (workflow.name.toLowerCase().includes(label.trim().toLowerCase()))
				counts.set(label, count + length);
	}
	console.log(table([['executions in n8n', all], ...counts]));
}

/** Takes an option and its value out of the arguments. */
function taken(args: string[], option: string): string | undefined {
	const at = args.indexOf(option);
	return at < 0 ? undefined : args.splice(at, 2)[1];
}

async function serve(answer: (action: string) => Promise<object>): Promise<Server> {
	const server = createServer((request, response) => {
		answer((request.url ?? '/').slice(1)).then(
			(body) => response.end(JSON.stringify(body)),
			(error: unknown) => response.writeHead(500).end(String(error)),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return server;
}

const addressOf = (server: Server): string =>
	`http://127.0.0.1:${(server.address() as AddressInfo).port}`;

runToEnd(main);
