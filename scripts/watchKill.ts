/**
 * `npm run watch-kill -- 50`: triggers in a real n8n that is killed so many times, while people at the local vendors make
 * and change records and the vendors fail now and then. Counts who never came and who came twice, in n8n 2.41 with and
 * without durable cursors and in 1.123. Without a number as often as CI has time for. `--setting durable|plain|lts` runs one
 * of them, `--seed <number>` gives the same dice again.
 */
import { randomInt } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { watchesOf } from '../nodes/shared/ui';
import { watched } from '../test/e2e/support/watched';
import { startSandbox, type Sandbox } from '../test/sandbox';
import { seededRandom } from '../test/sandbox/random';
import { wholeVendors } from '../test/support/vendors';
import { installN8n, N8N_CURRENT, N8N_LTS, type N8nLine } from './lib/n8nInstall';
import { N8nClient, type Item, type Workflow } from './lib/n8nClient';
import { installPackage } from './lib/n8nPackage';
import { startN8n } from './lib/n8nServer';
import { parseFlatted } from './lib/flatted';
import { N8N_ROOT } from './lib/paths';
import { OWNER, practiceCredentials } from './lib/practice';
import { run } from './lib/processes';
import { secondsSince, step } from './lib/progress';
import { runToEnd } from './lib/runToEnd';
import { table } from './lib/table';
import { OFTEN, workflowOf } from './lib/workflow';

/** Three settings, each started once and again after each kill, in under four minutes. */
const KILLS = 2;
/** Polls come every five seconds: a kill may strike before, in and after one. */
const LONGEST_LIFE_MS = 12_000;
/** Of a hundred requests so many fail. */
const FAULTS = 8;
/** So many polls without anything new are the end. */
const QUIET_MS = 12_000;
/** Nobody waits for what does not come. */
const MOST_QUIET_MS = 180_000;

interface Setting {
	title: string;
	line: N8nLine;
	env: Record<string, string>;
	/** n8n stores cursor and items in one transaction. */
	together: boolean;
}

const SETTINGS: Record<string, Setting> = {
	durable: {
		title: 'n8n 2.41, durable cursors',
		line: N8N_CURRENT,
		env: {
			N8N_SCHEDULER_ENABLED: 'true',
			N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
			N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
			N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
			// By default a killed poll is given up after a minute and a half.
			N8N_SCHEDULER_LEASE_DURATION: '10',
			N8N_SCHEDULER_REAPER_INTERVAL: '2',
			N8N_SCHEDULER_EXECUTOR_INTERVAL: '1',
			N8N_SCHEDULER_MATERIALIZATION_INTERVAL: '2',
		},
		together: true,
	},
	plain: { title: 'n8n 2.41', line: N8N_CURRENT, env: {}, together: false },
	lts: { title: 'n8n 1.123', line: N8N_LTS, env: {}, together: false },
};

const subjects = wholeVendors.flatMap((vendor) =>
	watchesOf(vendor).flatMap(({ key }) => {
		const trial = watched[vendor.name]?.[key];
		return trial === undefined ? [] : [{ name: `${vendor.name} ${key}`, vendor, key, trial }];
	}),
);
type Subject = (typeof subjects)[number];

interface Given {
	id: string;
	/** What tells one state of a record apart from another. */
	state: string;
	execution: number;
}

interface Watching extends Subject {
	workflow: Workflow & { id: string };
	/** IDs of who was made at the vendor. */
	made: Set<string>;
	given: Given[];
	/** The latest execution that has been read. */
	seen: number;
	/** Executions that were the last before a kill: what they gave may come again. */
	inDoubt: Set<number>;
}

async function main(): Promise<number> {
	const args = process.argv.slice(3);
	const named = (option: string) => {
		const at = args.indexOf(option);
		return at < 0 ? undefined : args.splice(at, 2)[1];
	};
	const only = named('--setting');
	const seed = Number(named('--seed') ?? randomInt(1_000_000));
	const kills = Number(args[0] ?? KILLS);
	if (!Number.isInteger(kills) || (only !== undefined && !(only in SETTINGS)))
		throw new Error(`Usage: watch-kill [kills] [--setting ${Object.keys(SETTINGS).join('|')}]`);
	await step('Build the package', () => run('npm', ['run', 'build']));
	console.log(`${kills} kills each, seed ${seed}`);
	let failed = 0;
	const lines: Array<[string, string]> = [];
	for (const [name, setting] of Object.entries(SETTINGS)) {
		if (only !== undefined && only !== name) continue;
		const start = Date.now();
		const sums = await prove(name, setting, kills, seededRandom(seed));
		const { made, given, lost, doubled, doubt } = sums;
		lines.push([
			setting.title,
			`${kills} kills, ${made} made, ${given} items: ${lost} lost, ${doubled} given twice, ${doubt} of them in doubt at a kill`,
		]);
		if (lost > 0 || doubled > doubt || (setting.together && doubled > 0)) failed++;
		console.log(`${setting.title} took ${secondsSince(start)}.`);
	}
	console.log(table(lines));
	return failed === 0 ? 0 : 1;
}

async function prove(name: string, setting: Setting, kills: number, random: () => number) {
	const installed = await installN8n(setting.line);
	const home = join(N8N_ROOT, `watch-${name}`);
	await rm(home, { recursive: true, force: true });
	await installPackage(home);
	const sandbox = await startSandbox();
	const boot = () => step(`Start ${setting.title}`, () => startN8n(installed, home, setting.env));
	let server = await boot();
	let client = new N8nClient(server.url);
	await client.signIn(OWNER);
	try {
		const all = await activateAll(client, sandbox);
		sandbox.faults.add({ ...failing(random, { kind: 'status', status: 503 }) });
		sandbox.faults.add({
			...failing(random, { kind: 'status', status: 429, retryAfter: { seconds: 1 } }),
		});
		sandbox.faults.add({ ...failing(random, { kind: 'cutAfter' }) });
		const people = liveAt(sandbox, all, random);
		for (let kill = 0; kill < kills; kill++) {
			await sleep(random() * LONGEST_LIFE_MS);
			await server.kill();
			server = await boot();
			client = new N8nClient(server.url, client.session);
			for (const each of all) {
				await readNew(client, each);
				each.inDoubt.add(each.seen);
			}
		}
		people.stop();
		sandbox.faults.clear();
		await untilQuiet(client, all);
		return sumOf(all);
	} finally {
		await server.stop();
		await sandbox.close();
	}
}

type Fault = Parameters<Sandbox['faults']['add']>[0];

/** A fault that strikes at random. */
const failing = (random: () => number, fault: Fault): Fault => ({
	...fault,
	times: 'always',
	when: () => random() * 100 < FAULTS / 3,
});

async function activateAll(client: N8nClient, sandbox: Sandbox): Promise<Watching[]> {
	const ids = new Map<string, string>();
	for (const { type, name, data } of practiceCredentials(sandbox))
		ids.set(type, await client.saveCredential(type, name, data));
	const all: Watching[] = [];
	for (const subject of subjects) {
		const { vendor, key, trial, name } = subject;
		const [{ credential }] = vendor.signIns;
		const trigger = {
			name: 'Trigger',
			type: `n8n-nodes-talent.${vendor.name}Trigger`,
			parameters: { pollTimes: OFTEN, event: key, ...trial.parameters, simplify: false },
			credentials: { [credential]: { id: ids.get(credential)!, name: credential } },
		};
		const after = { name: 'After', type: 'n8n-nodes-base.noOp', parameters: {} };
		const workflow = await client.saveWorkflow(workflowOf(name, [trigger, after]));
		await client.switchOn(workflow);
		all.push({ ...subject, workflow, made: new Set(), given: [], seen: 0, inDoubt: new Set() });
	}
	return all;
}

/** People who make and change records at the vendors, until they are stopped, whether n8n runs or not. */
function liveAt(sandbox: Sandbox, all: Watching[], random: () => number) {
	const timer = setInterval(() => {
		const { vendor, trial, made } = all[Math.floor(random() * all.length)];
		const { happens } = trial;
		const what = happens[Math.floor(random() * happens.length)];
		const count = 1 + Math.floor(random() * 3);
		const ids = sandbox.happen(vendor.name, what, count) ?? [];
		if (what === 'created' || what === 'onboarded') for (const id of ids) made.add(id);
	}, 300);
	return { stop: () => clearInterval(timer) };
}

/** Takes what has been given since: of each execution what n8n has stored, also of one that was killed. */
async function readNew(client: N8nClient, watching: Watching): Promise<number> {
	const { workflow, trial } = watching;
	const fresh: number[] = [];
	for (let lastId = ''; ; ) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id }));
		const { results } = await client.call<{ results: Array<{ id: string }> }>(
			'GET',
			`executions?filter=${filter}&limit=100${lastId && `&lastId=${lastId}`}`,
		);
		const ids = results.map(({ id }) => Number(id)).filter((id) => id > watching.seen);
		fresh.push(...ids);
		if (ids.length < 100) break;
		lastId = String(ids.at(-1));
	}
	for (const execution of fresh.sort((a, b) => a - b)) {
		for (const { json } of await itemsOf(client, execution)) {
			const { event, ...rest } = json;
			const id = String(trial.idOf(json));
			watching.given.push({ id, state: JSON.stringify([id, event, rest]), execution });
		}
		watching.seen = execution;
	}
	return fresh.length;
}

interface StoredExecution {
	resultData?: { runData?: Record<string, Array<{ data?: { main: Array<Item[] | null> } }>> };
	executionData?: { nodeExecutionStack?: Array<{ data: { main: Array<Item[] | null> } }> };
}

/** What a trigger gave: its own run, or what waits to be run. */
async function itemsOf(client: N8nClient, id: number): Promise<Item[]> {
	for (let tries = 0; tries < 50; tries++) {
		const { data } = await client.call<{ data: string }>('GET', `executions/${id}`);
		const stored = parseFlatted(data) as StoredExecution | undefined;
		const main =
			stored?.resultData?.runData?.Trigger?.[0]?.data?.main ??
			stored?.executionData?.nodeExecutionStack?.[0]?.data.main;
		if (main !== undefined) return main[0] ?? [];
		await sleep(100);
	}
	throw new Error(`Execution ${id} holds no items`);
}

async function untilQuiet(client: N8nClient, all: Watching[]): Promise<void> {
	const start = Date.now();
	for (let since = start; Date.now() - start < MOST_QUIET_MS; await sleep(500)) {
		let fresh = 0;
		for (const each of all) fresh += await readNew(client, each);
		if (fresh > 0) since = Date.now();
		const isWhole = all.every((each) => lostOf(each).length === 0);
		if (isWhole && Date.now() - since > QUIET_MS) return;
	}
}

const lostOf = ({ made, given }: Watching): string[] => {
	const known = new Set(given.map(({ id }) => id));
	return [...made].filter((id) => !known.has(id));
};

function sumOf(all: Watching[]) {
	const sums = { made: 0, given: 0, lost: 0, doubled: 0, doubt: 0 };
	for (const each of all) {
		const first = new Map<string, number>();
		const again: Given[] = [];
		for (const given of each.given)
			if (first.has(given.state)) again.push(given);
			else first.set(given.state, given.execution);
		const doubt = again.filter(({ state }) => each.inDoubt.has(first.get(state)!));
		const lost = lostOf(each);
		sums.made += each.made.size;
		sums.given += each.given.length;
		sums.lost += lost.length;
		sums.doubled += again.length;
		sums.doubt += doubt.length;
		console.log(
			`  ${each.name}: ${each.made.size} made, ${each.given.length} items, ${lost.length} lost, ${again.length} twice`,
		);
		for (const id of lost.slice(0, 5)) console.log(`    lost ${id}`);
	}
	return sums;
}

runToEnd(main);
