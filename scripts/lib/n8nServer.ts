import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { InstalledN8n } from './n8nInstall';
import { freePort } from './ports';
import { run } from './processes';
import { startService, type Service, type ServiceOptions } from './service';

export interface N8nProcess extends Service {
	/** n8n's home directory; nodes may read files in its `.n8n-files` only. */
	home: string;
}

export interface N8nServer extends N8nProcess {
	/** Address of editor and REST interface. */
	url: string;
}

/** n8n's own ports, tried first so that bookmarks keep working. */
const EDITOR_PORT = 5678;
const BROKER_PORT = 5679;

/** A first start runs all migrations: 20 s on an idle machine, two minutes were seen on a busy one. */
const START_TIMEOUT_MS = 300_000;
const SERVER_READY = 'Editor is now accessible via';
const WORKER_READY = 'n8n worker is now ready';
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
 * Starts n8n, on SQLite unless `env` says otherwise, with everything it writes below `home`, and waits until it answers.
 *
 * @param env more environment variables for this instance
 * @throws Error with the last lines of n8n's log if it does not get there
 */
export async function startN8n(
	installed: InstalledN8n,
	home: string,
	env: Record<string, string> = {},
): Promise<N8nServer> {
	return await onFreePorts([EDITOR_PORT, BROKER_PORT], async ([port, broker]) => {
		const url = `http://127.0.0.1:${port}`;
		const started = await start(installed, home, 'start', {
			env: {
				...(await environment(installed, home, broker)),
				N8N_PORT: String(port),
				N8N_LISTEN_ADDRESS: '127.0.0.1',
				N8N_SECURE_COOKIE: 'false',
				...env,
			},
			// n8n's health check answers before its routes do, so both the line and a route are waited for.
			isReady: async (printed) =>
				printed.includes(SERVER_READY) && (await answers(`${url}/rest/settings`)),
		});
		return { ...started, url };
	});
}

/**
 * Starts a worker of n8n's queue mode, and waits until it takes work.
 *
 * @param env what leads to the queue and the database, and the key of the instance
 * @throws Error with the last lines of its log if it does not get there
 */
export async function startN8nWorker(
	installed: InstalledN8n,
	home: string,
	env: Record<string, string>,
): Promise<N8nProcess> {
	return await onFreePorts([0], async ([broker]) =>
		start(installed, home, 'worker', {
			env: { ...(await environment(installed, home, broker)), ...env },
			isReady: (printed) => printed.includes(WORKER_READY),
		}),
	);
}

async function onFreePorts<T>(
	wanted: number[],
	attempt: (ports: number[]) => Promise<T>,
): Promise<T> {
	const free = async (ports: number[]) => {
		const found: number[] = [];
		for (const port of ports) found.push(await freePort(port));
		return found;
	};
	try {
		return await attempt(await free(wanted));
	} catch (error) {
		// A port that was free can be taken by the time n8n listens; a random one hardly ever is.
		if (!PORT_TAKEN.test(String(error))) throw error;
		return await attempt(await free(wanted.map(() => 0)));
	}
}

async function start(
	installed: InstalledN8n,
	home: string,
	command: string,
	options: Pick<ServiceOptions, 'env' | 'isReady'>,
): Promise<N8nProcess> {
	const service = await startService({
		name: `n8n ${installed.line.n8n} (${command})`,
		command: installed.node,
		args: [installed.n8n, command],
		cwd: home,
		log: join(home, 'logs', 'n8n.log'),
		timeoutMs: START_TIMEOUT_MS,
		...options,
	});
	return { ...service, home };
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
