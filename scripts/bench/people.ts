import { readFile, writeFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';

import { WHOZ_POISON_TAG, WHOZ_WORKSPACE_IDS } from '../../test/sandbox/whoz';

/**
 * What is wrong with one row in a hundred. `refused`: its workspace does not exist, which the vendor says of that row in a
 * success answer. `poison`: the vendor refuses the whole request it comes in, and does not say because of which row.
 */
export type Wrong = 'nothing' | 'refused' | 'poison';

const COLUMNS = [
	'External ID',
	'First Name',
	'Last Name',
	'Email',
	'Workspace ID',
	'Since',
	'Tags',
] as const;

export type Row = Record<(typeof COLUMNS)[number], string>;

const WRONG_EVERY = 100;

export const keyOf = (n: number): string => `BENCH-${n}`;

/** In the middle of its hundred, so that no request begins or ends with it. */
export const isWrong = (n: number, wrong: Wrong): boolean =>
	wrong !== 'nothing' && n % WRONG_EVERY === WRONG_EVERY / 2;

const rowAt = (n: number, wrong: Wrong): Row => ({
	'External ID': keyOf(n),
	'First Name': `Given ${n}`,
	'Last Name': `Family ${n}`,
	Email: `person${n}@example.com`,
	'Workspace ID':
		wrong === 'refused' && isWrong(n, wrong)
			? 'nowhere'
			: WHOZ_WORKSPACE_IDS[n % WHOZ_WORKSPACE_IDS.length],
	Since: '2026-01-15',
	Tags: wrong === 'poison' && isWrong(n, wrong) ? WHOZ_POISON_TAG : 'alpha; beta',
});

export async function writePeople(path: string, count: number, wrong: Wrong): Promise<void> {
	const lines = [COLUMNS.join(',')];
	for (let n = 0; n < count; n++) lines.push(Object.values(rowAt(n, wrong)).join(','));
	await writeFile(path, `${lines.join('\n')}\n`);
}

export const readPeople = async (path: string): Promise<Row[]> =>
	parse(await readFile(path), { columns: true });
