import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Databases } from '../lib/databases';
import { N8nClient } from '../lib/n8nClient';
import type { InstalledN8n } from '../lib/n8nInstall';
import { installPackage } from '../lib/n8nPackage';
import { startN8n, startN8nWorker, type N8nProcess, type N8nServer } from '../lib/n8nServer';
import { OWNER } from '../lib/practice';

/** Executions that a worker runs at once unless it is told otherwise. */
export const PLACES = 10;

/** Tells an expression which process it runs in. */
export const PROCESS_NAME = 'PRACTICE_PROCESS';

/** n8n says so with its default level of logging. */
const TAKEN = /Worker started execution (\d+) /g;

/** n8n in queue mode: one main process and any number of workers, each with the package in a folder of its own. */
export class Cluster {
	/** Those that have not been stopped or killed. */
	workers: Worker[] = [];
	private started = 0;

	private constructor(
		private readonly installed: InstalledN8n,
		private readonly folder: string,
		private readonly env: Record<string, string>,
		readonly main: N8nServer,
		readonly client: N8nClient,
	) {}

	/** Starts the main process alone. */
	static async start(
		installed: InstalledN8n,
		folder: string,
		databases: Databases,
		settings: Record<string, string>,
	): Promise<Cluster> {
		const env = {
			EXECUTIONS_MODE: 'queue',
			N8N_ENCRYPTION_KEY: 'practice-encryption-key',
			...databases.env,
			...settings,
		};
		const home = join(folder, 'main');
		await installPackage(home);
		const main = await startN8n(installed, home, { ...env, [PROCESS_NAME]: 'main' });
		const client = new N8nClient(main.url);
		await client.signIn(OWNER);
		return new Cluster(installed, folder, env, main, client);
	}

	/** Starts workers until there are so many. */
	async haveWorkers(count: number): Promise<void> {
		while (this.workers.length < count) await this.addWorker();
	}

	async addWorker(): Promise<Worker> {
		const name = `worker-${++this.started}`;
		const home = join(this.folder, name);
		await installPackage(home);
		const env = { ...this.env, [PROCESS_NAME]: name };
		const worker = new Worker(name, await startN8nWorker(this.installed, home, env));
		this.workers.push(worker);
		return worker;
	}

	async stop(): Promise<void> {
		await Promise.all(
			[...this.workers.map(({ process }) => process), this.main].map((n8n) => n8n.stop()),
		);
	}

	/** Ends a worker as a crash would. */
	async kill(worker: Worker): Promise<void> {
		this.workers = this.workers.filter((other) => other !== worker);
		await worker.process.kill();
	}
}

export class Worker {
	constructor(
		readonly name: string,
		readonly process: N8nProcess,
	) {}

	/** Which of these executions it has taken from the queue. */
	async taken(executions: string[]): Promise<string[]> {
		const log = await readFile(this.process.log, 'utf8');
		const all = new Set([...log.matchAll(TAKEN)].map(([, id]) => id));
		return executions.filter((id) => all.has(id));
	}
}
