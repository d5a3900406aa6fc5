import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { InstalledN8n } from './n8nInstall';
import { freePort } from './ports';
import { endProcess, killProcess, run, startProcess } from './processes';

export interface N8nServer {
	/** Address of editor and REST interface. */
	url: string;
	/** n8n's home directory; nodes may read files in its `.n8n-files` only. */
	home: string;
	pid: number;
	/** Everything n8n printed. */
	log: string;
	stop(): Promise<void>;
	/** Ends it without a warning, as a crash or a power cut would. */
	kill(): Promise<void>;
}

/** n8n's own ports, tried first so that bookmarks keep working. */
const EDITOR_PORT = 5678;
const BROKER_PORT = 5679;

/** A first start runs all migrations: 20 s on an idle machine, two minutes were seen on a busy one. */
const START_TIMEOUT_MS = 300_000;
const POLL_MS = 200;
const SHOWN_LINES = 20;
const READY_LINE = 'Editor is now accessible via';
const PORT_TAKEN = /already in use|EADDRINUSE/;

const QUIET = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
};

/**
 * Starts n8n on SQLite with everything it writes below `home`, and waits until it answers.
 *
 * @param env more environment variables for this instance
 * @throws Error with the last lines of n8n's log if it does not get there
 */
export async function startN8n(
	installed: InstalledN8n,
	home: string,
	env: Record<string, string> = {},
): Promise<N8nServer> {
	const [port, broker] = [await freePort(EDITOR_PORT), await freePort(BROKER_PORT)];
	try {
		return await startOn(port, broker, installed, home, env);
	} catch (error) {
		// A port that was free can be taken by the time n8n listens; a random one hardly ever is.
		if (!PORT_TAKEN.test(String(error))) throw error;
		return await startOn(await freePort(0), await freePort(0), installed, home, env);
	}
}

async function startOn(
	port: number,
	broker: number,
	installed: InstalledN8n,
	home: string,
	env: Record<string, string>,
): Promise<N8nServer> {
	const logs = join(home, 'logs');
	await mkdir(logs, { recursive: true });

	const url = `http://127.0.0.1:${port}`;
	const log = join(logs, 'n8n.log');
	const child = startProcess(installed.node, [installed.n8n, 'start'], {
		cwd: home,
		env: {
			...(await environment(installed, home, broker)),
			N8N_PORT: String(port),
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_SECURE_COOKIE: 'false',
			...env,
		},
	});
	const file = createWriteStream(log);
	let printed = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (chunk) => {
			file.write(chunk);
			printed += chunk;
		});
	}

	const deadline = Date.now() + START_TIMEOUT_MS;
	// n8n's health check answers before its routes do, so both the line and a route are waited for.
	while (!printed.includes(READY_LINE) || !(await answers(`${url}/rest/settings`))) {
		if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
			await endProcess(child);
			const lines = printed.trim().split('\n').slice(-SHOWN_LINES).join('\n');
			throw new Error(`n8n ${installed.line.n8n} did not start. Its last lines:\n${lines}`);
		}
		await sleep(POLL_MS);
	}
	return {
		url,
		home,
		pid: child.pid!,
		log,
		stop: () => endProcess(child),
		kill: () => killProcess(child),
	};
}

/** Runs one of n8n's commands on what the n8n below `home` has, whether that runs or not. */
export async function runN8n(installed: InstalledN8n, home: string, args: string[]): Promise<void> {
	await run(installed.node, [installed.n8n, ...args], {
		cwd: home,
		env: await environment(installed, home, await freePort(0)),
	});
}

/** Nothing of the user's own n8n settings or proxies: the instance behaves alike everywhere. */
async function environment(
	installed: InstalledN8n,
	home: string,
	broker: number,
): Promise<NodeJS.ProcessEnv> {
	const temporary = join(home, 'tmp');
	await mkdir(temporary, { recursive: true });
	return {
		PATH: process.env.PATH,
		HOME: home,
		TMPDIR: temporary,
		TZ: 'UTC',
		GENERIC_TIMEZONE: 'UTC',
		N8N_USER_FOLDER: home,
		N8N_RUNNERS_BROKER_PORT: String(broker),
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
		...QUIET,
		...installed.line.env,
	};
}

async function answers(url: string): Promise<boolean> {
	try {
		return (await fetch(url)).status === 200;
	} catch {
		return false;
	}
}
