import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import {
	INGEDATA_BEARER_TOKEN,
	INGEDATA_EXISTING_IDS,
	INGEDATA_PAGE_SIZE,
} from '../../test/sandbox/ingedata';
import type { TruthRecord } from '../../test/sandbox';
import { WHOZ_BEARER_TOKEN, WHOZ_MAX_ROWS, type WhozTalent } from '../../test/sandbox/whoz';
import { Memory } from '../lib/consumption';
import type { InstalledN8n } from '../lib/n8nInstall';
import { ROOT } from '../lib/paths';
import { run } from '../lib/processes';
import { sandboxControl, type SandboxControl } from '../lib/sandboxControl';
import { MANUAL } from '../lib/workflow';
import type { Done, ListTask, SaveTask } from './bare';
import { CONDITIONS, keyOf, type Where } from './cells';
import { FILES, MeasuredN8n, peopleFrom, workflowFor } from './n8n';
import { writePeople, type Wrong } from './people';
import type { Counted, Run } from './results';
import { CONCURRENCY, listers, rivals, type Account, type ListerId, type RivalId } from './rivals';
import { startServing, type Serving } from './serving';
import { accountOf, statementsOf } from './statements';

const API_VERSION = 'V19';

/** A vendor that answers after a delay, in a process of its own. */
interface Vendor extends Account {
	control: SandboxControl;
}

/** Long enough for a fresh process to have done what it does after its start. */
const IDLE_MS = 5000;
/** For what a process does once: loading modules, compiling. */
const FIRST_ROWS = 100;

/** Everything that is measured, and what it is measured with. */
export class Bench {
	private readonly vendors = new Map<string, Promise<Vendor>>();
	private readonly files = new Map<string, Promise<string>>();

	private constructor(
		private readonly installed: InstalledN8n,
		private readonly n8n: MeasuredN8n,
		private bare: Serving<{ url: string }>,
	) {}

	static async start(installed: InstalledN8n): Promise<Bench> {
		return new Bench(installed, await MeasuredN8n.start(installed), await startBare(installed));
	}

	/** Counts what is sent, and compares what the output says of each row with what the vendor has. */
	async count(id: RivalId, where: Where): Promise<Counted & { records: TruthRecord[] }> {
		const vendor = await this.begin('whoz', where);
		const { wrong } = CONDITIONS[where.condition];
		const file = await this.people(where.rows, wrong);
		const rival = rivals[id];
		let ended: Counted['ended'] = 'success';
		let statements;
		if ('bare' in rival) {
			const { answers } = await this.askBare(this.saveTask(id, vendor, file));
			statements = answers.flatMap(statementsOf);
		} else {
			const name = `Counted: ${keyOf(id, where)}`;
			const execution = await this.n8n.kept(
				workflowFor(name, peopleFrom(file), rival.placed(vendor)),
			);
			if (execution.status !== 'success') ended = 'error';
			statements = rival.said(execution, where.rows);
		}
		const { requests, connections } = await vendor.control.counts('whoz');
		const records = await vendor.control.truth('whoz');
		return { ...accountOf(statements, wrong, records), requests, connections, ended, records };
	}

	/** @throws Error if rows are missing although nothing was wrong */
	async time(id: RivalId, where: Where): Promise<Run> {
		const vendor = await this.begin('whoz', where);
		const file = await this.people(where.rows, CONDITIONS[where.condition].wrong);
		const rival = rivals[id];
		const { ms, cpuMs } =
			'bare' in rival
				? await this.askBare(this.saveTask(id, vendor, file))
				: await this.n8n.timed(
						workflowFor(keyOf(id, where), peopleFrom(file), rival.placed(vendor)),
						'Rows',
					);
		const { requests, connections, created } = await vendor.control.counts('whoz');
		if (where.condition === 'clean' && id !== 'N' && created !== where.rows)
			throw new Error(`${keyOf(id, where)}: the vendor has ${created} of ${where.rows} rows`);
		return { ms, cpuMs, requests, connections, rows: created };
	}

	/** Bytes that a fresh process takes at its peak over what it takes when idle. */
	async peak(id: RivalId, where: Where): Promise<number> {
		if ('bare' in rivals[id]) {
			await this.bare.stop();
			this.bare = await startBare(this.installed);
		} else await this.n8n.restart();
		await this.time(id, { ...where, rows: FIRST_ROWS });
		await sleep(IDLE_MS);
		const memory = new Memory('bare' in rivals[id] ? this.bare.pid : this.n8n.pid);
		const idle = await memory.now();
		await memory.forget();
		await this.time(id, where);
		return (await memory.peak()) - idle;
	}

	/** @throws Error if records are missing */
	async list(id: ListerId, talents: number, delay: number): Promise<Run> {
		const vendor = await this.vendor('ingedata', delay, talents);
		const { placed, output = '', bare } = listers[id];
		const before = await vendor.control.counts('ingedata');
		const settings = {
			baseUrl: vendor.baseUrl,
			headers: { authorization: `Bearer ${INGEDATA_BEARER_TOKEN}` },
			concurrency: CONCURRENCY,
		};
		let took: Pick<Run, 'ms' | 'cpuMs' | 'rows'>;
		if (placed === undefined) {
			const task: ListTask = { do: 'list', kind: bare!, size: INGEDATA_PAGE_SIZE, ...settings };
			const { records, ...done } = await this.askBare(task);
			took = { ...done, rows: records };
		} else {
			const workflow = workflowFor(`List: ${id}`, [MANUAL], placed(vendor));
			const { items, ...timed } = await this.n8n.timed(workflow, MANUAL.name);
			took = { ...timed, rows: items[output] };
		}
		const { requests, connections } = await vendor.control.counts('ingedata');
		const { ms, cpuMs, rows } = took;
		if (rows !== talents) throw new Error(`${id} listed ${rows} of ${talents} talents`);
		return {
			ms,
			cpuMs,
			rows,
			requests: requests - before.requests,
			connections: connections - before.connections,
		};
	}

	/** The engine's CPU as a multiple of a JSON round trip of the same rows, for each of several rounds. */
	async engine(): Promise<number[]> {
		const script = join(__dirname, 'engine.ts');
		return JSON.parse(
			await run(this.installed.node, ['--import', 'tsx', script], { cwd: ROOT }),
		) as number[];
	}

	/** A vendor as fresh from the start, under the condition. */
	private async begin(name: 'whoz', { delay, condition }: Where): Promise<Vendor> {
		const vendor = await this.vendor(name, delay);
		await vendor.control.reset();
		for (const fault of CONDITIONS[condition].faults) await vendor.control.fault(fault);
		return vendor;
	}

	/** @param talents how many Ingedata has */
	private vendor(name: 'whoz' | 'ingedata', delay: number, talents = 0): Promise<Vendor> {
		const key = `${name} ${delay} ${talents}`;
		let vendor = this.vendors.get(key);
		if (vendor === undefined)
			this.vendors.set(key, (vendor = this.startVendor(name, delay, talents)));
		return vendor;
	}

	private async startVendor(
		name: 'whoz' | 'ingedata',
		delay: number,
		talents: number,
	): Promise<Vendor> {
		const { said } = await startServing<{ url: string }>(
			process.execPath,
			join(ROOT, 'test/sandbox/main.ts'),
			['--vendors', name, '--delay', String(delay), '--jitter', String(delay / 4)],
		);
		const control = sandboxControl(said.url);
		const baseUrl = control.baseUrl(name);
		if (talents > 0) await control.fill(name, talents - INGEDATA_EXISTING_IDS.length);
		const credential =
			name === 'whoz'
				? await this.n8n.saveCredential('whozBearerApi', `Whoz ${delay} ms`, {
						baseUrl,
						token: WHOZ_BEARER_TOKEN,
						apiVersion: API_VERSION,
					})
				: await this.n8n.saveCredential('ingedataBearerApi', 'Ingedata', {
						baseUrl,
						token: INGEDATA_BEARER_TOKEN,
					});
		return { baseUrl, credential, control };
	}

	private people(rows: number, wrong: Wrong): Promise<string> {
		const path = join(FILES, `people-${rows}-${wrong}.csv`);
		let written = this.files.get(path);
		if (written === undefined)
			this.files.set(path, (written = writePeople(path, rows, wrong).then(() => path)));
		return written;
	}

	private saveTask(id: RivalId, { baseUrl }: Vendor, file: string): SaveTask {
		const rival = rivals[id];
		if (!('bare' in rival)) throw new Error(`${rival.name} is a workflow`);
		return {
			do: 'save',
			kind: rival.bare,
			baseUrl,
			headers: {
				authorization: `Bearer ${WHOZ_BEARER_TOKEN}`,
				'accept-version': API_VERSION,
			},
			concurrency: CONCURRENCY,
			size: WHOZ_MAX_ROWS,
			file,
		};
	}

	private async askBare(task: SaveTask | ListTask): Promise<Done> {
		const response = await fetch(this.bare.said.url, {
			method: 'POST',
			body: JSON.stringify(task),
		});
		if (!response.ok) throw new Error(await response.text());
		return (await response.json()) as Done;
	}
}

const startBare = ({ node }: InstalledN8n) =>
	startServing<{ url: string }>(node, join(__dirname, 'bare.ts'));

/** What the vendor holds of the people, without what it made up itself; equal for rivals that did the same work. */
export const savedBy = (records: readonly TruthRecord[]) =>
	records
		.map(({ key, value }) => {
			const { firstName, lastName, emails, history, tags } = value as WhozTalent;
			return { key, firstName, lastName, emails, history, tags };
		})
		.sort((a, b) => (a.key < b.key ? -1 : 1));
