import { spreadOf } from '../lib/statistics';
import { CONDITIONS, type Condition, type Where } from './cells';
import { cpuOf, memoryOf, runsOf, timeOf } from './figures';
import type { Counted, Results, Run } from './results';
import { ANYWHERE, effortOf, listers, rivals, type ListerId, type RivalId } from './rivals';

/** A figure of ours beside one of somebody else's; less is better in all of them. */
interface Comparison {
	rival: string;
	measure: string;
	/** Empty: it is the same everywhere. */
	where: string;
	ours: number | undefined;
	theirs: number | undefined;
	show(figure: number): string;
	/** Rows that ours saved and theirs did not. */
	missing?: number;
}

const OTHERS: RivalId[] = ['B', 'C', 'D', 'E1', 'E2'];

const SECONDS = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
const MEGABYTES = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
const COUNT = (figure: number) => figure.toLocaleString('en');
const CPU = (ms: number) => `${ms.toFixed(1)} ms for 1,000 rows`;

/** Everything of ours that has something of the rival's beside it. */
const comparisonsOf = (results: Results): Comparison[] =>
	[
		...OTHERS.flatMap((id) => [
			...timed(results, id),
			...counted(results, id),
			...remembered(results, id),
			...placed(id),
		]),
		...listed(results),
	].filter(({ ours, theirs }) => ours !== undefined && theirs !== undefined);

function timed(results: Results, id: RivalId): Comparison[] {
	const keys = new Set(Object.keys(results.timed).map((key) => key.slice(key.indexOf(' ') + 1)));
	return [...keys].flatMap((key) => {
		const [rows, delay, condition] = key.split(' ') as [string, string, Condition];
		const at: Where = { rows: Number(rows), delay: Number(delay), condition };
		const saved = (of: RivalId) => spreadOf(runsOf(results, of, at).map((run) => run.rows)).median;
		const same = {
			rival: rivals[id].name,
			where: `${COUNT(at.rows)} rows at ${delay} ms, ${CONDITIONS[condition].label}`,
			missing: saved('A') - saved(id),
		};
		const time = (of: RivalId) => timeOf(results, of, at)?.median;
		const cpu = (of: RivalId) => cpuOf(results, of, at);
		return [
			{ ...same, measure: 'time', ours: time('A'), theirs: time(id), show: SECONDS },
			{ ...same, measure: 'CPU', ours: cpu('A'), theirs: cpu(id), show: CPU },
		];
	});
}

const COUNTS: ReadonlyArray<readonly [keyof Counted, string]> = [
	['requests', 'requests'],
	['connections', 'connections'],
	['notSaved', 'good rows not saved'],
	['silent', 'rows without a result'],
	['unknown', 'rows called unknown'],
	['doubled', 'rows doubled'],
	['misreported', 'rows misreported'],
];

function counted(results: Results, id: RivalId): Comparison[] {
	return (Object.keys(CONDITIONS) as Condition[]).flatMap((condition) => {
		const [ours, theirs] = ['A', id].map((of) => results.counted[`${of} ${condition}`]);
		if (ours === undefined || theirs === undefined) return [];
		return COUNTS.map(([figure, measure]) => ({
			rival: rivals[id].name,
			measure,
			where: CONDITIONS[condition].label,
			ours: Number(ours[figure]),
			theirs: Number(theirs[figure]),
			show: COUNT,
			missing: theirs.notSaved - ours.notSaved,
		}));
	});
}

function remembered(results: Results, id: RivalId): Comparison[] {
	const sizes = Object.keys(results.memory).filter((key) => key.startsWith('A '));
	return sizes.map((key) => {
		const rows = Number(key.split(' ')[1]);
		const [ours, theirs] = (['A', id] as const).map((of) => memoryOf(results, of, rows)?.median);
		const where = `${COUNT(rows)} rows`;
		return { rival: rivals[id].name, measure: 'memory', where, ours, theirs, show: MEGABYTES };
	});
}

function placed(id: RivalId): Comparison[] {
	const [ours, theirs] = [rivals.A, rivals[id]].map((rival) =>
		'placed' in rival ? effortOf(rival.placed(ANYWHERE)) : undefined,
	);
	return (['nodes', 'expressions'] as const).map((figure) => ({
		rival: rivals[id].name,
		measure: figure,
		where: '',
		ours: ours?.[figure],
		theirs: theirs?.[figure],
		show: COUNT,
	}));
}

const LISTED: ReadonlyArray<readonly [keyof Run, string, (figure: number) => string]> = [
	['ms', 'time', SECONDS],
	['cpuMs', 'CPU', SECONDS],
	['requests', 'requests', COUNT],
	['connections', 'connections', COUNT],
];

function listed({ listed: { talents, delay, runs } }: Results): Comparison[] {
	const others = (Object.keys(runs) as ListerId[]).filter((id) => id !== 'ours');
	const of = (id: ListerId, figure: keyof Run) =>
		spreadOf(runs[id].map((run) => run[figure])).median;
	return others.flatMap((id) =>
		LISTED.map(([figure, measure, show]) => ({
			rival: listers[id].name,
			measure,
			where: `listing ${COUNT(talents)} talents at ${delay} ms`,
			ours: of('ours', figure),
			theirs: of(id, figure),
			show,
		})),
	);
}

/** More places than these are told by the first and the last of them. */
const TOLD = 3;

const told = ({ where, ours, theirs, show, missing = 0 }: Comparison): string => {
	const place = where === '' ? '' : `${where}: `;
	const short = missing > 0 ? `, leaving out ${COUNT(missing)} rows that A saved` : '';
	return `${place}${show(theirs!)} against ${show(ours!)}${short}`;
};

/** Where others are ahead of our node, in words: one sentence for each of them and each measure. */
export function aheadOf(results: Results): string[] {
	const groups = new Map<string, Comparison[]>();
	for (const comparison of comparisonsOf(results)) {
		const name = `${comparison.rival}, ${comparison.measure}`;
		groups.set(name, [...(groups.get(name) ?? []), comparison]);
	}
	return [...groups].flatMap(([name, all]) => {
		const ahead = all
			.filter(({ ours, theirs }) => theirs! < ours!)
			.sort((a, b) => a.theirs! / a.ours! - b.theirs! / b.ours!);
		if (ahead.length === 0) return [];
		const text =
			ahead.length <= TOLD
				? ahead.map(told).join('; ')
				: `most at ${told(ahead[0])}; least at ${told(ahead[ahead.length - 1])}`;
		return [`**${name}**: ahead in ${ahead.length} of ${all.length}; ${text}.`];
	});
}
