import { importContent } from '../cases/run';
import { startSandbox, type Sandbox } from '../sandbox';
import { isPerson, meantBy, type Line, type List } from './list';
import { Chance, FIELDS, somebody, type FieldName, type Person } from './people';
import { TROUBLES } from './troubles';
import { written } from './write';

const LABELS: Readonly<Record<FieldName, string>> = {
	externalId: 'External ID',
	firstName: 'First Name',
	lastName: 'Last Name',
	email: 'Email',
	workspaceId: 'Workspace ID',
	since: 'Since',
};

/** A list without any trouble. */
function goodList(chance: Chance): List {
	const columns = [...FIELDS].sort(() => chance.next() - 0.5);
	const header: Line = { cells: columns.map((field) => LABELS[field]) };
	const lineOf = (person: Person): Line => ({
		cells: columns.map((field) => person[field]),
		meant: meantBy(person),
	});
	const count = 1 + chance.below(6);
	return {
		kind: chance.of(['csv', 'csv', 'xlsx', 'xlsx', 'json'] as const),
		columns,
		header,
		lines: [header, ...Array.from({ length: count }, (_, n) => lineOf(somebody(chance, n)))],
		csv: {
			delimiter: ',',
			lineEnd: chance.of(['\n', '\r\n']),
			before: '',
			encoding: 'utf-8',
			wrap: (_, quoted) => quoted,
			whole: (text) => text,
		},
		xlsx: {
			date1904: false,
			more: [],
			left: 0,
			above: 0,
			merged: undefined,
			inlineStrings: false,
		},
		json: { lines: false },
		troubles: [],
	};
}

export const NAMES: readonly string[] = Object.keys(TROUBLES);
/** Most lists have one trouble, some several that meet. */
const MOST_TROUBLES = 3;

/** The list of a seed, with its troubles. */
export function listOf(seed: number, from: readonly string[] = NAMES): List {
	const chance = new Chance(seed);
	// The first numbers of neighbouring seeds are alike.
	for (let at = 0; at < 5; at++) chance.next();
	const list = goodList(chance);
	const wanted = 1 + chance.below(MOST_TROUBLES);
	for (let tries = 0; list.troubles.length < wanted && tries < 20; tries++) {
		const name = chance.of(from);
		if (list.troubles.includes(name) || TROUBLES[name](list, chance) === false) continue;
		list.troubles.push(name);
	}
	return list;
}

/** Of a record that nobody meant, what the list was about. */
type Held = Record<string, unknown>;

export interface Tally {
	files: number;
	people: number;
	/** People who were saved as they were meant. */
	asMeant: number;
	/** People whose rows failed, or were not saved for another reason that was said. */
	failed: number;
	/** Files that were stopped before anything was sent. */
	stopped: number;
	/** What nobody meant, with the seed that brings it again. */
	wrong: Array<{ seed: number; kind: List['kind']; troubles: readonly string[]; held: Held }>;
}

const text = (value: unknown): string =>
	value === undefined || value === null ? '' : String(value);

/** Is the record what the line means, field for field? */
const isMeant = (held: Held, { meant }: Required<Line>): boolean =>
	FIELDS.every((field) => {
		const wanted = meant[field];
		return typeof wanted === 'object'
			? text(held[field]) === wanted.value
			: text(held[field]) === '';
	});

async function checkOne(sandbox: Sandbox, list: List, seed: number, tally: Tally): Promise<void> {
	const name = `people.${list.kind}`;
	const { held, refused } = await importContent(sandbox, await written(list), name, 'whoz', {
		unknownFields: 'ignore',
	});
	const left = list.lines.filter(isPerson);
	tally.files++;
	tally.people += left.length;
	if (refused !== undefined) tally.stopped++;
	for (const record of held) {
		const at = left.findIndex((line) => isMeant(record, line));
		if (at < 0)
			tally.wrong.push({
				seed,
				kind: list.kind,
				troubles: list.troubles,
				held: Object.fromEntries(FIELDS.map((field) => [field, record[field]])),
			});
		else {
			left.splice(at, 1);
			tally.asMeant++;
		}
	}
	if (refused === undefined) tally.failed += left.length;
}

/** Imports the lists of many seeds into the local vendor, and compares what it holds then with what was meant. */
export async function checkLists(
	count: number,
	firstSeed: number,
	troubles: readonly string[] = NAMES,
): Promise<Tally> {
	const sandbox = await startSandbox();
	const tally: Tally = { files: 0, people: 0, asMeant: 0, failed: 0, stopped: 0, wrong: [] };
	try {
		for (let seed = firstSeed; seed < firstSeed + count; seed++)
			await checkOne(sandbox, listOf(seed, troubles), seed, tally);
	} finally {
		await sandbox.close();
	}
	return tally;
}
