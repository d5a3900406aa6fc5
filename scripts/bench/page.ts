import { spreadOf, type Spread } from '../lib/statistics';
import {
	COMMON_ROWS,
	CONDITIONS,
	DELAY,
	DELAYS,
	keyOf,
	RATE_LIMIT,
	type Condition,
	type Where,
} from './cells';
import { aheadOf } from './comparisons';
import { cpuOf, memoryOf, ratioOf, runsOf, timeOf } from './figures';
import type { Results, Run } from './results';
import {
	ANYWHERE,
	CONCURRENCY,
	effortOf,
	listers,
	rivals,
	type Lister,
	type ListerId,
	type RivalId,
} from './rivals';
import { targetsOf } from './targets';

/*
 * The page for people, all of it made of the results.
 */

const IDS = Object.keys(rivals) as RivalId[];
const NONE = '–';

const count = (figure: number) => figure.toLocaleString('en', { maximumFractionDigits: 3 });
const seconds = (ms: number) => (ms / 1000).toFixed(ms < 10_000 ? 2 : 1);
const times = (ratio: number) => ratio.toFixed(2);
const megabytes = (bytes: number) => String(Math.round(bytes / 1e6));

const shown = <T>(figure: T | undefined, show: (figure: T) => string): string =>
	figure === undefined ? NONE : show(figure);

/** `0.21 (0.20–0.25)`; the median alone where there is one. */
const spread = (figure: Spread | undefined, show: (figure: number) => string): string =>
	shown(figure, ({ low, median, high }) =>
		low === high ? show(median) : `${show(median)} (${show(low)}–${show(high)})`,
	);

const table = (head: string[], rows: string[][]): string =>
	[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const paragraphs = (...parts: Array<string | undefined>): string =>
	parts.filter((part) => part !== undefined && part !== '').join('\n\n');

const clean = (rows: number, delay: number): Where => ({ rows, delay, condition: 'clean' });

// --- The parts ----------------------------------------------------------------------------------

function introduction({ setting, measuredOn, load }: Results): string {
	const { cpu, cores, memoryBytes, n8n, node, package: version, commit } = setting;
	return paragraphs(
		'# Benchmark',
		'Written by `npm run bench`, which measures all of it anew; every figure and every sentence about figures is made of its results.',
		`Measured on ${measuredOn}, on ${cpu} with ${cores} cores and ${Math.round(memoryBytes / 1e9)} GB of memory; load of the machine before the start: ${load.toFixed(1)}. n8n ${n8n} on Node.js ${node}, n8n-nodes-talent ${version} (commit ${commit}).`,
		`People from a CSV file are saved in Whoz. A vendor stands for Whoz that runs on the same machine, keeps Whoz's documented rules, and answers after a delay.`,
		IDS.filter((id) => id !== 'N')
			.map((id) => `- **${rivals[id].name}**: ${rivals[id].what}.`)
			.join('\n'),
	);
}

function headline(results: Results): string {
	const where = clean(COMMON_ROWS, DELAY);
	const ids = IDS.filter((id) => id !== 'N' && runsOf(results, id, where).length > 0);
	const ours = timeOf(results, 'A', where)?.median;
	const rows = ids.map((id) => {
		const rival = rivals[id];
		const effort = 'placed' in rival ? effortOf(rival.placed(ANYWHERE)) : undefined;
		const [{ requests, connections }] = runsOf(results, id, where);
		const time = timeOf(results, id, where);
		const poisoned = results.counted[`${id} poison`];
		return [
			rival.name,
			shown(effort?.nodes, count),
			shown(effort?.expressions, count),
			count(requests),
			count(connections),
			spread(time, seconds),
			ours === undefined || time === undefined ? NONE : times(time.median / ours),
			shown(cpuOf(results, id, where), (ms) => ms.toFixed(0)),
			shown(poisoned?.notSaved, count),
			shown(poisoned?.silent, count),
			shown(poisoned?.misreported, count),
		];
	});
	return paragraphs(
		`## ${count(COMMON_ROWS)} people, a vendor that answers after ${DELAY} ms`,
		table(
			[
				'',
				'Nodes',
				'Expressions',
				'Requests',
				'Connections',
				'Seconds',
				'Times A',
				'CPU, ms',
				'Good rows not saved¹',
				'Rows without a result¹',
				'Rows misreported¹',
			],
			rows,
		),
		`¹ Where ${COMMON_ROWS / 100} of the rows are malformed, so that the vendor refuses any request that holds one of them.`,
	);
}

function targets(results: Results): string {
	return paragraphs(
		'## Targets',
		table(
			['What', 'At most', 'Measured', ''],
			targetsOf(results).map(({ what, limit, figure }) => [
				what,
				String(limit),
				spread(figure, times),
				shown(figure, ({ median }) => (median <= limit ? 'met' : '**missed**')),
			]),
		),
	);
}

function ahead(results: Results): string {
	const sentences = aheadOf(results);
	return paragraphs(
		'## Where another way is ahead of our node',
		sentences.length === 0
			? 'Nowhere in what was measured.'
			: paragraphs(
					'Of everything that was measured, for each way and each measure. Lower is ahead; a script without n8n has no n8n to wait for, and what does not try again ends sooner.',
					sentences.map((sentence) => `- ${sentence}`).join('\n'),
				),
	);
}

const SPREAD_NOTE = 'Seconds: median (least–most).';

function timesUnder(results: Results, condition: Condition, text: string): string | undefined {
	const ids: RivalId[] = ['A', 'D', 'E1', 'E2'];
	const wheres = measuredUnder(results, condition);
	if (wheres.length === 0) return undefined;
	const saved = (id: RivalId, where: Where) => {
		const runs = runsOf(results, id, where);
		return condition === 'clean' || runs.length === 0
			? ''
			: `; ${spread(spreadOf(runs.map(({ rows }) => rows)), count)} saved`;
	};
	return paragraphs(
		`### ${CONDITIONS[condition].label[0].toUpperCase()}${CONDITIONS[condition].label.slice(1)}`,
		text,
		table(
			[
				'Rows',
				'Delay',
				'Runs',
				...ids.map((id) => rivals[id].name),
				...ids.slice(1).map((id) => `A / ${rivals[id].name}`),
			],
			wheres.map((where) => [
				count(where.rows),
				`${where.delay} ms`,
				String(runsOf(results, 'A', where).length),
				...ids.map((id) => spread(timeOf(results, id, where), seconds) + saved(id, where)),
				...ids.slice(1).map((id) => spread(ratioOf(results, ['A', id], where), times)),
			]),
		),
	);
}

/** In the order in which they were measured. */
function measuredUnder({ timed }: Results, wanted: Condition): Where[] {
	return Object.keys(timed).flatMap((key) => {
		const [id, rows, delay, condition] = key.split(' ');
		return id === 'A' && condition === wanted
			? [{ rows: Number(rows), delay: Number(delay), condition: wanted }]
			: [];
	});
}

function oneByOne(results: Results): string {
	const ids: RivalId[] = ['B', 'C', 'F', 'F4'];
	const delays = DELAYS.filter((delay) =>
		ids.some((id) => runsOf(results, id, clean(COMMON_ROWS, delay)).length > 0),
	);
	return paragraphs(
		`### One request a row, ${count(COMMON_ROWS)} rows, clean`,
		SPREAD_NOTE,
		table(
			['Delay', 'A', ...ids.map((id) => rivals[id].name), 'F / B'],
			delays.map((delay) => {
				const where = clean(COMMON_ROWS, delay);
				return [
					`${delay} ms`,
					...(['A', ...ids] as RivalId[]).map((id) => spread(timeOf(results, id, where), seconds)),
					spread(ratioOf(results, ['F', 'B'], where), times),
				];
			}),
		),
	);
}

function perRow(results: Results): string {
	const keys = measuredUnder(results, 'clean').filter(({ delay }) => delay === DELAY);
	const ids = IDS.filter((id) => id !== 'N');
	const figure = (id: RivalId, where: Where, of: 'requests' | 'connections') => {
		const runs = results.timed[keyOf(id, where)] ?? [];
		return runs.length === 0
			? NONE
			: spread(spreadOf(runs.map((run) => run[of] / where.rows)), (n) =>
					n.toLocaleString('en', { maximumFractionDigits: 5 }),
				);
	};
	return paragraphs(
		'## Requests and connections for each row',
		'Requests / connections, counted by the vendor for clean rows; the same in every run unless a range is given.',
		table(
			['', ...keys.map(({ rows }) => `${count(rows)} rows`)],
			ids.map((id) => [
				rivals[id].name,
				...keys.map((where) => {
					const [requests, connections] = (['requests', 'connections'] as const).map((of) =>
						figure(id, where, of),
					);
					return requests === NONE ? NONE : `${requests} / ${connections}`;
				}),
			]),
		),
	);
}

const CONDITION_TEXTS: Readonly<Record<Condition, string>> = {
	clean: 'nothing is wrong',
	refused:
		'one row in a hundred names a workspace that does not exist; the vendor refuses that row and says so in a success answer',
	poison:
		'one row in a hundred is malformed; the vendor refuses the whole request and does not say because of which row',
	rateLimited: `the vendor takes ${RATE_LIMIT} requests a second and answers the others with 429 and Retry-After`,
	cut: 'the second request is cut off after the vendor has saved its rows, the third before',
};

function faults(results: Results): string {
	const conditions = Object.keys(CONDITIONS) as Condition[];
	const rows = conditions.flatMap((condition) =>
		IDS.flatMap((id) => {
			const counted = results.counted[`${id} ${condition}`];
			if (counted === undefined) return [];
			const { requests, notSaved, silent, unknown, doubled, misreported, ended } = counted;
			return [
				[
					CONDITIONS[condition].label,
					rivals[id].name,
					'placed' in rivals[id] ? ended : NONE,
					...[requests, notSaved, silent, unknown, doubled, misreported].map(count),
				],
			];
		}),
	);
	return paragraphs(
		`## What becomes of ${count(COMMON_ROWS)} rows when something is wrong`,
		`Counted in one run each at ${DELAY} ms: what the output says of each row, beside the vendor's own books. An answer of Whoz in an output is read as by somebody who knows its documentation: rows that an error points at are taken for not saved, the others for saved.`,
		conditions
			.map((name) => `- **${CONDITIONS[name].label}**: ${CONDITION_TEXTS[name]}.`)
			.join('\n'),
		table(
			[
				'',
				'',
				'Execution',
				'Requests',
				'Good rows not saved',
				'Rows without a result',
				'Called unknown',
				'Doubled',
				'Misreported',
			],
			rows,
		),
	);
}

function consumption(results: Results): string {
	const wheres = measuredUnder(results, 'clean').filter(({ delay }) => delay === DELAY);
	const ids = IDS.filter((id) => id !== 'N');
	const sizes = [...new Set(Object.keys(results.memory).map((key) => Number(key.split(' ')[1])))];
	return paragraphs(
		'## CPU',
		`Milliseconds for each 1,000 rows at ${DELAY} ms, as Linux counts them: n8n with its task runner, less what the same workflow takes with a node that does nothing; scripts their own process.`,
		table(
			['', ...wheres.map(({ rows }) => `${count(rows)} rows`)],
			ids.map((id) => [
				rivals[id].name,
				...wheres.map((where) => shown(cpuOf(results, id, where), (ms) => ms.toFixed(1))),
			]),
		),
		'## Memory',
		`Megabytes that a fresh process takes at its peak over what it takes when idle, the rows included; median (least–most). "${rivals.N.name}" is ${rivals.N.what}.`,
		table(
			['', ...sizes.map((rows) => `${count(rows)} rows`)],
			IDS.filter((id) => sizes.some((rows) => memoryOf(results, id, rows) !== undefined)).map(
				(id) => [
					rivals[id].name,
					...sizes.map((rows) => spread(memoryOf(results, id, rows), megabytes)),
				],
			),
		),
	);
}

function listing({ listed }: Results): string | undefined {
	const { talents, delay, runs } = listed;
	if (talents === 0) return undefined;
	const ids = Object.keys(listers) as ListerId[];
	const of = (id: ListerId, figure: keyof Run) => spreadOf(runs[id].map((run) => run[figure]));
	return paragraphs(
		`## Listing ${count(talents)} Ingedata talents`,
		`At ${delay} ms, ${runs.ours.length} runs in turn.`,
		ids.map((id) => `- **${listers[id].name}**: ${listers[id].what}.`).join('\n'),
		table(
			['', 'Nodes', 'Expressions', 'Requests', 'Connections', 'Seconds', 'CPU, seconds'],
			ids.map((id) => {
				const { name, placed } = listers[id] as Lister;
				const effort = placed === undefined ? undefined : effortOf(placed(ANYWHERE));
				return [
					name,
					shown(effort?.nodes, count),
					shown(effort?.expressions, count),
					spread(of(id, 'requests'), count),
					spread(of(id, 'connections'), count),
					spread(of(id, 'ms'), seconds),
					spread(of(id, 'cpuMs'), seconds),
				];
			}),
		),
	);
}

function method(): string {
	const workflows = IDS.filter((id) => id !== 'N').flatMap((id) => {
		const rival = rivals[id];
		if (!('placed' in rival)) return [];
		const nodes = rival.placed(ANYWHERE).nodes.map(({ credentials: _, ...node }) => node);
		const bodies: string[] = [];
		const text = JSON.stringify(
			nodes,
			(_, value: unknown) => {
				if (typeof value !== 'string' || !value.includes('\n')) return value;
				bodies.push(value);
				return '(see below)';
			},
			2,
		);
		return [
			`<details><summary>${rival.name}</summary>`,
			`\`\`\`json\n${text}\n\`\`\``,
			...bodies.map((body) => `\`\`\`text\n${body}\n\`\`\``),
			'</details>',
		];
	});
	return paragraphs(
		'## How it was measured',
		[
			`- One n8n, one credential for each delay of the vendor, the same CSV files for all. B and F have all requests under way at once; A, E and F (${CONCURRENCY} at once) have ${CONCURRENCY}; D has one.`,
			'- The vendor is the practice sandbox of this repository, in a process of its own on the same machine. Its delay varies by a quarter up and down. It is emptied before each run.',
			'- **Counted first**, in one run each: requests, connections, and what the output says of each row.',
			'- **Then timed**, the ways in turn, round after round; a ratio is taken within a round. The time of a workflow goes from the end of the node that gives the rows to the end of the execution, both as n8n reports them to its hook `workflow.postExecute`; the time of a script from its rows being in memory to its last answer. n8n keeps no data of these executions, for none of the workflows.',
			`- **Runs**: as each table says. Cells whose time is fixed waits have fewer than the others: with 1 % poison D waits two seconds for each batch, and C waits a second after each 50 rows.`,
			'- **Memory**: the highest resident memory (VmHWM) of a process that has been started for this run, over its resident memory when idle after a run of 100 rows.',
			'- **Nodes and expressions** are counted in the workflows below: what a user places behind the node that gives the rows, and its parameters that begin with `=`.',
			'- **The engine without n8n**: the CPU of a bulk save of 10,000 rows with 11 columns with a vendor that costs nothing, beside `JSON.parse(JSON.stringify(row))` for the same rows.',
		].join('\n'),
		'## The workflows',
		...workflows,
	);
}

export function pageOf(results: Results): string {
	return `${paragraphs(
		introduction(results),
		headline(results),
		targets(results),
		ahead(results),
		'## Times',
		timesUnder(results, 'clean', SPREAD_NOTE),
		oneByOne(results),
		timesUnder(
			results,
			'poison',
			`${SPREAD_NOTE} "Saved" are the rows that the vendor has afterwards; all but one in a hundred could be.`,
		),
		timesUnder(
			results,
			'rateLimited',
			`${SPREAD_NOTE} The vendor takes ${RATE_LIMIT} requests a second. "Saved" are the rows that it has afterwards.`,
		),
		perRow(results),
		faults(results),
		consumption(results),
		listing(results),
		method(),
	)}\n`;
}
