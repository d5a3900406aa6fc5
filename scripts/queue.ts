/**
 * `npm run queue`: the package in n8n's queue mode, with Redis, PostgreSQL, one main process and two workers on this
 * machine. Proves what docs/queue-mode.md says; the last line counts the proofs. With names (`speed`, `pattern`, `death`,
 * `limits`) only those.
 *
 * Redis and PostgreSQL come from Debian's packages, which are installed if root runs this. Without them the proofs are
 * skipped, except under CI, where that is a failure.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { startSandbox } from '../test/sandbox';
import { providePrograms, startDatabases } from './lib/databases';
import { installN8n, N8N_CURRENT } from './lib/n8nInstall';
import { N8N_ROOT } from './lib/paths';
import { run } from './lib/processes';
import { step } from './lib/progress';
import { runToEnd } from './lib/runToEnd';
import { proveBudget } from './queue/budget';
import { Cluster } from './queue/cluster';
import { proveDeath } from './queue/death';
import type { Bench } from './queue/bench';
import { provePattern } from './queue/pattern';
import { Report } from './queue/report';
import { proveSessions } from './queue/sessions';
import { proveSpeed } from './queue/speed';

const HOME = join(N8N_ROOT, 'queue');

const SETTINGS = {
	// By default n8n gives a worker up after 60 s, looks every 30 s and then waits 30 s more.
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
	// An expression says in which process it runs.
	N8N_BLOCK_ENV_ACCESS_IN_NODE: 'false',
};

interface Proof {
	title: string;
	prove(bench: Bench): Promise<unknown>;
}

const PROOFS: Record<string, Proof> = {
	// The first, because it begins with one worker.
	speed: { title: 'One worker, then two', prove: proveSpeed },
	pattern: { title: 'What spreads over workers', prove: provePattern },
	death: { title: 'Killed workers', prove: proveDeath },
	limits: {
		title: 'Budget and sessions',
		async prove(bench) {
			await bench.cluster.haveWorkers(2);
			// Side by side, because the first mostly waits for the end of a minute.
			await Promise.all([proveBudget(bench), proveSessions(bench)]);
		},
	},
};

/** Answers with the exit code. */
async function main(): Promise<number> {
	const report = new Report();
	const programs = await step('Find or install Redis and PostgreSQL', providePrograms);
	if (typeof programs === 'string') {
		const isFailure = Boolean(process.env.CI);
		console.log(`The proofs of queue mode were skipped: ${programs}.`);
		if (isFailure) report.failed++;
		return end(report);
	}
	await step('Build the package', () => run('npm', ['run', 'build']));
	const installed = await installN8n(N8N_CURRENT);
	await rm(HOME, { recursive: true, force: true });
	const databases = await step('Start Redis and PostgreSQL', () => startDatabases(programs, HOME));
	const sandbox = await startSandbox();
	const cluster = await step(`Start n8n ${installed.line.n8n}`, () =>
		Cluster.start(installed, HOME, databases, SETTINGS),
	);
	await step('Start a worker', () => cluster.haveWorkers(1));

	const bench: Bench = { cluster, sandbox, report };
	// Behind the name of this script, which `run.mjs` is called with.
	const asked = process.argv.slice(3);
	for (const [name, { title, prove }] of Object.entries(PROOFS)) {
		if (asked.length > 0 && !asked.includes(name)) continue;
		sandbox.reset();
		await step(title, () => prove(bench)).catch((error: Error) =>
			report.proof(title, 'did not come to an end', [[error.message, error.cause].join(' ')]),
		);
	}
	// In this order: n8n waits for a lost database.
	await cluster.stop();
	await databases.stop();
	await sandbox.close();
	return end(report);
}

function end({ passed, failed }: Report): number {
	console.log(`${passed} proofs passed, ${failed} failed`);
	return failed === 0 ? 0 : 1;
}

runToEnd(main);
