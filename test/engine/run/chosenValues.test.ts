import type { IDataObject } from 'n8n-workflow';

import { inlineFile } from '../../support/fakeContext';
import { itemsOf, runAcme, savesAll, sentRecords } from './acmeNode';

const listed = (value: unknown) => ({ __rl: true, mode: 'list', value });

const same = (...pairs: Array<[field: string, value: unknown]>) => ({
	sameValues: { values: pairs.map(([field, value]) => ({ field, value: listed(value) })) },
});

const mapped = (...entries: Array<[field: string, from: unknown, to: unknown]>) => ({
	valueMapping: {
		values: entries.map(([field, from, to]) => ({ field, from, to: listed(to) })),
	},
});

const row = (n: number, more: IDataObject = {}) => ({
	externalId: `E${n}`,
	email: `p${n}@acme.example`,
	...more,
});

const SUMMARY = { options: { summary: true } };

/** The same rows, from each place that rows come from. */
const sources: Array<
	[string, (rows: IDataObject[], parameters: object) => ReturnType<typeof runAcme>]
> = [
	[
		'items of a bulk save',
		(rows, parameters) =>
			runAcme('bulkSave', {
				items: itemsOf(...rows),
				service: savesAll,
				parameters: parameters as IDataObject,
			}),
	],
	[
		'items of an import',
		(rows, parameters) =>
			runAcme('import', {
				items: itemsOf(...rows),
				service: savesAll,
				parameters: { ...parameters, source: 'items' } as IDataObject,
			}),
	],
	[
		'a file',
		(rows, parameters) => {
			const columns = [...new Set(rows.flatMap((each) => Object.keys(each)))];
			const lines = rows.map((each) => columns.map((name) => each[name] ?? '').join(';'));
			const file = inlineFile([columns.join(';'), ...lines].join('\n'), 'people.csv');
			return runAcme('import', {
				items: [{ json: {}, binary: { data: file } }],
				service: savesAll,
				parameters: parameters as IDataObject,
			});
		},
	],
];

describe.each(sources)('Values chosen for all rows of %s', (_, run) => {
	it('fill what is not there, and the summary says what', async () => {
		const { asked, hints, json } = await run([row(1), row(2, { team: 'Blue' })], {
			...same(['team', 'Red'], ['active', 'true']),
			...SUMMARY,
		});
		expect(sentRecords(asked)).toEqual([
			row(1, { team: 'Red', active: true }),
			row(2, { team: 'Blue', active: true }),
		]);
		const said =
			'Filled in as "Same Value for Every Row" says: "Team" in 1 row, "Active" in 2 rows.';
		expect(hints).toContain(said);
		expect(json[2].summary).toMatchObject({
			text: `2 of 2 rows saved (2 updated).\n${said}`,
			filled: { Team: 1, Active: 2 },
		});
	});

	it('stand for what the list calls otherwise, and the summary counts what has no entry', async () => {
		const rows = ['eng', 'Law', 'Law', ' ENG ', 'Red'].map((team, at) => row(at + 1, { team }));
		const { asked, hints, json } = await run(rows, {
			...mapped(['team', 'Eng', 'Red']),
			...SUMMARY,
		});
		expect(sentRecords(asked).map(({ team }) => team)).toEqual(['Red', 'Law', 'Law', 'Red', 'Red']);
		const said = '"Value Mapping" has no entry for 1 value of "Team": Law (2 rows).';
		expect(hints).toContain(said);
		expect(json[5].summary).toMatchObject({ unmapped: { Team: { Law: 2 } } });
		expect((json[5].summary as IDataObject).text).toContain(said);
	});

	it('make rows fail that hold others, where the user wants that', async () => {
		const { asked, json } = await run([row(1, { team: 'Eng' }), row(2, { team: 'Law' })], {
			...mapped(['team', 'Eng', 'Red']),
			options: { unmappedValues: 'fail' },
		});
		expect(sentRecords(asked).map(({ externalId }) => externalId)).toEqual(['E1']);
		expect(json[1]).toMatchObject({
			status: 'failed',
			field: 'Team',
			errors: [{ code: 'UNMAPPED_VALUE' }],
		});
	});

	it('count each row once, though duplicates are looked for first', async () => {
		const { json } = await run([row(1), row(2), row(2)], {
			...same(['team', 'Red']),
			...SUMMARY,
			duplicates: 'last',
		});
		expect(json[3].summary).toMatchObject({ filled: { Team: 3 } });
	});

	it.each<[string, object]>([
		['Under "Same Value for Every Row": "Active" is neither yes nor no.', same(['active', 'x'])],
		['Under "Value Mapping": "Grade" is not one of A, B, C.', mapped(['grade', 'x', 'D'])],
		['"Same Value for Every Row" has no value for "Team".', same(['team', ' '])],
		[
			'"Same Value for Every Row" has two values for "Team".',
			same(['team', 'Red'], ['team', 'Blue']),
		],
		['"Same Value for Every Row" is set for something that is no field here.', same(['x', 'y'])],
		['"Value Mapping" has an entry for "Team" that is not filled in.', mapped(['team', '', 'Red'])],
		['"Value Mapping" has an entry for "Team" that is not filled in.', mapped(['team', 'x', ''])],
		[
			'"Value Mapping" has two entries for one value of "Team".',
			mapped(['team', 'x', 'Red'], ['team', ' X', 'Blue']),
		],
	])('stop the run before anything is sent: %s', async (message, parameters) => {
		await expect(run([row(1)], parameters)).rejects.toThrow(message);
	});
});

it('Values of people without an entry stand in the summary, and in no hint', async () => {
	const { hints, json } = await runAcme('bulkSave', {
		items: itemsOf(row(1, { lastName: 'Meier' })),
		service: savesAll,
		parameters: { ...mapped(['lastName', 'Maier', 'Mayer']), ...SUMMARY } as IDataObject,
	});
	expect(hints.join()).not.toContain('Meier');
	expect(hints).toContain(
		'"Value Mapping" has no entry for 1 value of "Last Name". The summary lists them.',
	);
	expect(json[1].summary).toMatchObject({ unmapped: { 'Last Name': { Meier: 1 } } });
});

it('A value that is chosen for all rows may be worked out, as long as it is the same', async () => {
	const run = (teams: string[]) =>
		runAcme('bulkSave', {
			items: itemsOf(...teams.map((team, at) => row(at + 1, { unit: team }))),
			service: savesAll,
			parameters: same(['team', '={{ $json.unit }}']) as IDataObject,
			byItem: { sameValues: teams.map((team) => same(['team', team]).sameValues) },
		});
	const { asked } = await run(['Red', 'Red']);
	expect(sentRecords(asked).map(({ team }) => team)).toEqual(['Red', 'Red']);
	await expect(run(['Red', 'Blue'])).rejects.toThrow(
		'"Same Value for Every Row" holds for the whole run, but is not the same for item 1 and item 2.',
	);
});
