import type { Expected } from './expected';
import type { Result } from './run';

/** What is wrong with a result; empty where it is right. */
export function faultsOf({ held, outcomes, said, refused }: Result, wanted: Expected): string[] {
	const faults: string[] = [];
	const words = [refused ?? '', said, ...outcomes.map(({ message }) => message)].join('\n');
	const { holds = [], rows, says, never } = wanted;
	if (wanted.refused === undefined && refused !== undefined) faults.push(`refused: ${refused}`);
	if (wanted.refused !== undefined && !wanted.refused.test(refused ?? ''))
		faults.push(`not refused as it should: ${refused}`);
	if (held.length !== holds.length) faults.push(`holds ${held.length} of ${holds.length} records`);
	holds.forEach((fields, at) => {
		for (const [name, value] of Object.entries(fields))
			if (JSON.stringify(held[at]?.[name]) !== JSON.stringify(value))
				faults.push(`record ${at + 1}: ${name} is ${JSON.stringify(held[at]?.[name])}`);
	});
	const statuses = outcomes.map(({ status }) => status);
	const expected = rows ?? statuses.map(() => 'saved');
	if (statuses.join() !== expected.join()) faults.push(`rows: ${statuses.join()}`);
	if (says !== undefined && !says.test(words)) faults.push(`says: ${words}`);
	if (never?.test(words)) faults.push(`says what it must not: ${words}`);
	return faults;
}
