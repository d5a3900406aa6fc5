/**
 * `npm start`: a real n8n with this package and local vendors, and the main job run once in it.
 * Stays until Ctrl-C; with `--once` it ends after the job, with exit code 0 only if every row of the
 * file is accounted for.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

import { startSandbox, type Sandbox } from '../test/sandbox';
import { disagreements, type Outcome } from './lib/account';
import { N8nClient, type Workflow } from './lib/n8nClient';
import { installN8n, N8N_CURRENT } from './lib/n8nInstall';
import { installPackage } from './lib/n8nPackage';
import { startN8n } from './lib/n8nServer';
import { N8N_ROOT } from './lib/paths';
import {
	N8N_ADDRESS,
	OWNER,
	practiceCredentials,
	proveCredentials,
	provideFiles,
	provideWorkflows,
} from './lib/practice';
import { run } from './lib/processes';
import { secondsSince, step } from './lib/progress';
import { runToEnd } from './lib/runToEnd';
import { startStandIns } from './lib/standIns';
import { table } from './lib/table';

const MAIN_JOB = 'csv-to-whoz.json';
const VENDOR = 'whoz';
const NODE_TYPE = `n8n-nodes-talent.${VENDOR}`;
const HOME = join(N8N_ROOT, 'instance');

/** Whether the job is done and Ctrl-C is the expected end. */
let staying = false;

/** Answers with the exit code. */
async function main(): Promise<number> {
	const start = Date.now();
	const once = process.argv.includes('--once');

	await step('Build the package', () => run('npm', ['run', 'build']));
	const installed = await installN8n(N8N_CURRENT);
	await step('Install the package into n8n', () => installPackage(HOME));
	const sandbox = await startSandbox();
	const server = await step(`Start n8n ${installed.line.n8n}`, () => startN8n(installed, HOME));

	const client = new N8nClient(server.url);
	const files = await provideFiles(HOME);
	const credentials = practiceCredentials(sandbox);
	const standIns = await startStandIns();
	const workflow = await step('Set up owner, credentials and example workflows', async () => {
		await client.signIn(OWNER);
		const saved = await provideWorkflows(client, [...credentials, ...standIns.credentials], files, {
			...standIns.addresses,
			[N8N_ADDRESS]: server.url,
		});
		const found = saved.get(MAIN_JOB);
		if (!found) throw new Error(`examples/${MAIN_JOB} is missing`);
		return found;
	});
	await step(`Test ${credentials.length} practice credentials, right and wrong`, () =>
		proveCredentials(client, credentials),
	);
	// What the credential tests asked is no part of the job.
	sandbox.ledger.reset();
	const accounted = await runMainJob(client, workflow, sandbox, files);
	console.log(`\nReady ${secondsSince(start)} after the start.`);

	if (once) return accounted ? 0 : 1;
	console.log(`\nn8n is at ${server.url}/workflow/${workflow.id}`);
	console.log(`Sign in as ${OWNER.email} with the password ${OWNER.password}`);
	console.log(`The local vendors are at ${sandbox.url}; n8n's log is ${server.log}`);
	console.log(`examples/README.md says how to try each example; their files are in ${files}`);
	console.log('The example workflows are put back at each start: duplicate one to keep changes.');
	console.log('Ctrl-C ends everything.');
	staying = true;
	return await new Promise<never>(() => {});
}

/** Runs the import in n8n, prints what came of it, and answers whether every row is accounted for. */
async function runMainJob(
	client: N8nClient,
	workflow: Workflow & { id: string },
	sandbox: Sandbox,
	files: string,
): Promise<boolean> {
	const trigger = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	const node = workflow.nodes.find(({ type }) => type === NODE_TYPE);
	if (!trigger || !node) throw new Error(`examples/${MAIN_JOB} needs a manual trigger and Whoz`);

	const people = parse(await readFile(join(files, 'people.csv')), { bom: true });
	const rows = people.length - 1;
	const execution = await step(`Import ${rows} people from people.csv into Whoz`, () =>
		client.runWorkflow(workflow, trigger.name),
	);
	const task = execution.runs[node.name]?.at(-1);
	const error = execution.error ?? task?.error;
	if (error) throw new Error(`The workflow failed: ${error.message}`);
	const items = (task?.data?.main ?? []).flatMap((output) => output ?? []).map(({ json }) => json);
	const outcomes = items.filter((json) => !('summary' in json)) as unknown as Outcome[];
	const summary = items.find((json) => 'summary' in json)?.summary as Record<string, number>;
	if (summary === undefined) throw new Error(`examples/${MAIN_JOB} must ask for a summary`);

	console.log(`\n${resultTable(outcomes, summary, sandbox, task?.executionTime ?? 0)}\n`);
	const found = disagreements(rows, outcomes, sandbox.truth(VENDOR));
	if (found.length === 0) {
		console.log(`All ${rows} rows are accounted for; the vendor's records agree.`);
		return true;
	}
	console.error(`Not every row is accounted for:\n${[...new Set(found)].slice(0, 20).join('\n')}`);
	return false;
}

function resultTable(
	outcomes: Outcome[],
	summary: Record<string, number>,
	sandbox: Sandbox,
	milliseconds: number,
): string {
	const count = (wanted: string) => outcomes.filter(({ status }) => status === wanted).length;
	const reasons = new Map<string, number>();
	for (const { status, errors } of outcomes) {
		if (status === 'saved') continue;
		const [first] = errors ?? [];
		const reason = first ? [first.code, first.field].filter(Boolean).join(' in ') : status;
		reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
	}
	return table([
		['rows', outcomes.length],
		['saved', count('saved')],
		['  created, as the vendor counts', summary.created ?? 0],
		['  updated, as the vendor counts', summary.updated ?? 0],
		['failed', count('failed')],
		...[...reasons]
			.sort(([, a], [, b]) => b - a)
			.map(([reason, times]): [string, number] => [`  ${reason}`, times]),
		['requests (sign-in included)', sandbox.ledger.requests.length],
		['retries', summary.retries ?? 0],
		['seconds', (milliseconds / 1000).toFixed(1)],
	]);
}

runToEnd(main, () => {
	console.log('\nStopping ...');
	return staying ? 0 : 130;
});
