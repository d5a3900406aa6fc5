/**
 * `npm run bench`: our nodes beside the ways n8n offers without them, and beside a script without n8n, in one real n8n
 * against the local vendors. Writes docs/benchmark.md.
 *
 * `--quick` a few rows, each once: whether everything works. Its page stays beside its results.
 * `--only A,D` measures these again and keeps the other results; `--runs 3` runs of each instead of 7;
 * `--page` measures nothing and writes the page anew.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';

import { Bench, savedBy } from './bench/measure';
import { fullPlan, keyOf, only, quickPlan, CONDITIONS, type Plan, type Where } from './bench/cells';
import { estimateOf } from './bench/estimate';
import { pageOf } from './bench/page';
import {
	emptyResults,
	readResults,
	RESULTS,
	settingOf,
	writeResults,
	type Results,
} from './bench/results';
import { listers, rivals, type ListerId, type RivalId } from './bench/rivals';
import { installN8n, N8N_CURRENT } from './lib/n8nInstall';
import { ROOT } from './lib/paths';
import { run } from './lib/processes';
import { secondsSince, step } from './lib/progress';
import { runToEnd } from './lib/runToEnd';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** `count` of parts, with the time that has passed. */
class Progress {
	private readonly start = Date.now();
	private done = 0;

	constructor(private readonly parts: number) {}

	tell(text: string): void {
		console.log(`[${++this.done}/${this.parts}, ${secondsSince(this.start)}] ${text}`);
	}
}

async function measure(bench: Bench, plan: Plan, results: Results, quick: boolean): Promise<void> {
	const { counted, timed, memory, listed } = plan;
	const progress = new Progress(
		counted.conditions.length * counted.rivals.length +
			timed.length +
			memory.rivals.length * memory.rows.length * memory.runs +
			listed.runs,
	);

	let reference: ReturnType<typeof savedBy> | undefined;
	for (const condition of counted.conditions)
		for (const id of counted.rivals) {
			const where = { rows: counted.rows, delay: counted.delay, condition };
			const { records, ...count } = await bench.count(id, where);
			// Whoever saves all rows has to have saved the same.
			if (condition === 'clean') reference ??= savedBy(records);
			if (condition === 'clean' && !isDeepStrictEqual(savedBy(records), reference))
				throw new Error(`${rivals[id].name} saved other values than ${counted.rivals[0]}`);
			results.counted[`${id} ${condition}`] = count;
			progress.tell(
				`Counted ${rivals[id].name}, ${CONDITIONS[condition].label}: ${count.requests} requests, ${count.notSaved} not saved, ${count.misreported} misreported`,
			);
		}
	await writeResults(results, quick);

	for (const { rivals: ids, runs, ...where } of timed) {
		const cell = await timeInTurn(bench, ids, runs, where);
		Object.assign(results.timed, cell);
		const medians = ids.map((id) => {
			const all = cell[keyOf(id, where)].map(({ ms }) => ms).sort((a, b) => a - b);
			return `${rivals[id].name} ${seconds(all[Math.floor(all.length / 2)])}`;
		});
		const { rows, delay, condition } = where;
		progress.tell(
			`${rows} rows, ${delay} ms, ${CONDITIONS[condition].label}: ${medians.join(', ')}`,
		);
		await writeResults(results, quick);
	}

	for (const rows of memory.rows) {
		const where = { rows, delay: memory.delay, condition: 'clean' as const };
		for (const id of memory.rivals) results.memory[`${id} ${rows}`] = [];
		for (let n = 0; n < memory.runs; n++)
			for (const id of memory.rivals) {
				const bytes = await bench.peak(id, where);
				results.memory[`${id} ${rows}`].push(bytes);
				progress.tell(`Memory of ${rivals[id].name}, ${rows} rows: ${Math.round(bytes / 1e6)} MB`);
			}
		await writeResults(results, quick);
	}

	if (listed.runs === 0) return;
	const { talents, delay } = listed;
	const ids = Object.keys(listers) as ListerId[];
	results.listed = { talents, delay, runs: Object.fromEntries(ids.map((id) => [id, []])) };
	// The first of each is not kept: until then nothing has been compiled.
	for (const id of ids) await bench.list(id, talents, delay);
	for (let n = 0; n < listed.runs; n++) {
		const times: string[] = [];
		for (const id of ids) {
			const listing = await bench.list(id, talents, delay);
			results.listed.runs[id].push(listing);
			times.push(`${listers[id].name} ${seconds(listing.ms)}`);
		}
		progress.tell(`Listing ${talents} talents: ${times.join(', ')}`);
	}
	results.engine = await step('Measure the engine without n8n', () => bench.engine());
	await writeResults(results, quick);
}

/** One after the other, round after round, so that a slow minute of the machine strikes all of them. */
async function timeInTurn(
	bench: Bench,
	ids: RivalId[],
	runs: number,
	where: Where,
): Promise<Results['timed']> {
	const cell: Results['timed'] = Object.fromEntries(ids.map((id) => [keyOf(id, where), []]));
	for (let n = 0; n < runs; n++)
		for (const id of ids) cell[keyOf(id, where)].push(await bench.time(id, where));
	return cell;
}

async function main(): Promise<number> {
	const { values } = parseArgs({
		// Behind the name of this script, which `run.mjs` is called with.
		args: process.argv.slice(3),
		options: {
			quick: { type: 'boolean', default: false },
			only: { type: 'string' },
			runs: { type: 'string' },
			page: { type: 'boolean', default: false },
		},
	});
	const { quick } = values;
	if (!values.page) {
		const whole = quick
			? quickPlan()
			: fullPlan(values.runs === undefined ? undefined : Number(values.runs));
		const plan = values.only === undefined ? whole : only(whole, idsOf(values.only));
		console.log(`This will take about ${estimateOf(plan)} after n8n has started.`);

		await step('Build the package', () => run('npm', ['run', 'build']));
		const installed = await installN8n(N8N_CURRENT);
		const setting = settingOf(installed);
		const results =
			values.only === undefined ? emptyResults(setting) : await readResults(quick, setting);
		await measure(await Bench.start(installed), plan, results, quick);
	}
	const page = quick ? join(RESULTS, 'quick.md') : join(ROOT, 'docs/benchmark.md');
	await writeFile(page, pageOf(await readResults(quick)));
	await run('npx', ['prettier', '--write', page], { cwd: ROOT });
	console.log(`The page is ${page}`);
	return 0;
}

/** `E` stands for both clients, `F` for both of its settings. */
function idsOf(list: string): Set<RivalId> {
	const wanted = list.split(',').map((name) => name.trim().toUpperCase());
	const ids = Object.keys(rivals) as RivalId[];
	const unknown = wanted.find((name) => !ids.some((id) => id.startsWith(name)));
	if (unknown !== undefined) throw new Error(`--only takes names out of A, B, C, D, E, F`);
	return new Set(ids.filter((id) => id === 'N' || wanted.some((name) => id.startsWith(name))));
}

runToEnd(main);
