import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { version } from '../../package.json';
import type { InstalledN8n } from '../lib/n8nInstall';
import { N8N_ROOT, ROOT } from '../lib/paths';
import type { Account } from './statements';

/** Of one execution or one run of a script. */
export interface Run {
	ms: number;
	cpuMs: number;
	requests: number;
	connections: number;
	/** Of a save: rows the vendor has afterwards. Of a list: records. */
	rows: number;
}

export interface Counted extends Account {
	requests: number;
	connections: number;
	/** What the workflow ended with. */
	ended: 'success' | 'error';
}

/** In which everything was measured; parts from two of them do not belong on one page. */
export interface Setting {
	cpu: string;
	cores: number;
	memoryBytes: number;
	n8n: string;
	node: string;
	package: string;
	commit: string;
}

export interface Results {
	setting: Setting;
	/** ISO date of the last part. */
	measuredOn: string;
	/** Processes that wanted to run, on average over the minute before the start. */
	load: number;
	/** By rival and condition. */
	counted: Record<string, Counted>;
	/** By rival, rows, delay and condition. */
	timed: Record<string, Run[]>;
	/** Bytes over idle by rival and rows. */
	memory: Record<string, number[]>;
	listed: { talents: number; delay: number; runs: Record<string, Run[]> };
	/** CPU of the engine beside that of a JSON round trip of the same rows. */
	engine: number[];
}

export function settingOf({ line }: InstalledN8n): Setting {
	const all = cpus();
	return {
		cpu: all[0].model.trim(),
		cores: all.length,
		memoryBytes: totalmem(),
		n8n: line.n8n,
		node: line.node,
		package: version,
		commit: commit(),
	};
}

const MEASURED = ['nodes', 'credentials'];

/** The last that changed what is measured, where the sources are under git. */
function commit(): string {
	const git = (...args: string[]) =>
		execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
	try {
		const changed = git('status', '--porcelain', '--', ...MEASURED) !== '';
		const last = git('log', '-1', '--format=%h', '--', ...MEASURED).trim();
		return `${last}${changed ? ', with changes' : ''}`;
	} catch {
		return 'unknown';
	}
}

export const emptyResults = (setting: Setting): Results => ({
	setting,
	measuredOn: '',
	load: loadavg()[0],
	counted: {},
	timed: {},
	memory: {},
	listed: { talents: 0, delay: 0, runs: {} },
	engine: [],
});

/** Ignored by git. */
export const RESULTS = join(N8N_ROOT, 'bench-results');

const fileOf = (quick: boolean): string => join(RESULTS, quick ? 'quick.json' : 'full.json');

/**
 * @param setting in which more will be measured
 * @throws Error if there are no results, or they come from another setting
 */
export async function readResults(quick: boolean, setting?: Setting): Promise<Results> {
	const file = fileOf(quick);
	let results: Results;
	try {
		results = JSON.parse(await readFile(file, 'utf8')) as Results;
	} catch (cause) {
		throw new Error(`There are no results in ${file} yet.`, { cause });
	}
	if (setting !== undefined && !isDeepStrictEqual(setting, results.setting))
		throw new Error(
			`The results in ${file} come from another machine or other versions: measure all anew.`,
		);
	return results;
}

export async function writeResults(results: Results, quick: boolean): Promise<void> {
	results.measuredOn = new Date().toISOString().slice(0, 10);
	await mkdir(RESULTS, { recursive: true });
	await writeFile(fileOf(quick), JSON.stringify(results, null, '\t'));
}
