import type { IDataObject } from 'n8n-workflow';

import { inlineFile } from '../../support/fakeContext';
import { itemsOf, runAcme, savesAll, sentRecords } from './acmeNode';

const bulk = (rows: IDataObject[], parameters: IDataObject = {}) =>
	runAcme('bulkSave', { items: itemsOf(...rows), service: savesAll, parameters });

const json = (rows: IDataObject[], parameters: IDataObject = {}) =>
	runAcme('import', {
		items: [
			{
				json: {},
				binary: { data: inlineFile(JSON.stringify(rows), 'people.json', 'application/json') },
			},
		],
		service: savesAll,
		parameters,
	});

const places: Array<[of: string, typeof bulk]> = [
	['the items', bulk],
	['people.json', json],
];

const ann = { externalId: 'E1', email: 'ann@acme.example' };
const REFUSE = { unknownFields: 'error' };
const WITHIN = (level: string) => ({ options: { recordField: level } });

describe.each(places)('Headings of %s', (of, run) => {
	it('without a field stop the run, all of them at once, where the user refuses them', async () => {
		await expect(
			run(
				[
					{ ...ann, Shoe: 1 },
					{ ...ann, Hat: 2, id: 'rec1' },
					{ ...ann, Shoe: 3 },
				],
				REFUSE,
			),
		).rejects.toThrow(
			`Columns of ${of} without a field: "Shoe" and "Hat". Rename or remove them, map them under "Header Mapping", or set "Columns Without a Field" to leave them out.`,
		);
	});

	it('that are a field but for a slip stop the run before anything is sent', async () => {
		await expect(run([ann, { externalId: 'E2', Emial: 'bob@acme.example' }])).rejects.toThrow(
			'"Emial" is no field. Did you mean "Email"?',
		);
		const { asked } = await run([ann, { ...ann, externalId: 'E2', Websiet: '' }]);
		expect(sentRecords(asked)).toHaveLength(2);
	});

	it('that fit two fields at once stop the run', async () => {
		await expect(run([ann, { ...ann, 'E-Mail': 'a@acme.example' }])).rejects.toThrow(
			'"email" and "E-Mail" all belong to "Email". Keep one of them. Choose its field under "Header Mapping".',
		);
	});

	it('may differ from row to row', async () => {
		const { asked } = await run([ann, { externalId: 'E2', 'E-Mail': 'bob@acme.example' }]);
		expect(sentRecords(asked)).toHaveLength(2);
	});

	it('of which none names a field stop the run, with what there is', async () => {
		await expect(run([{ foo: 1 }, { bar: 2 }])).rejects.toThrow(
			`No column of ${of} names a field: "foo" and "bar". Fields are "External ID", `,
		);
		const { json: results } = await run([{ foo: 1 }], { unknownFields: 'send' });
		expect(results).toMatchObject([{ status: 'failed' }]);
	});

	it('that stand one level deeper are found, and the level is named', async () => {
		const webhook = [{ headers: { host: 'x' }, body: { 'First Name': 'Ann', ...ann } }];
		await expect(run(webhook)).rejects.toThrow(
			`No column of ${of} names a field, but those inside "body" do: "First Name", "externalId" and "email". Add the option "Field With the Record" and enter "body" there.`,
		);
		const { asked, json: results } = await run(webhook, WITHIN('body'));
		expect(sentRecords(asked)).toEqual([{ ...ann, name: { first: 'Ann' } }]);
		expect(results).toMatchObject([{ status: 'saved', key: 'E1' }]);
	});

	it('that stand in a list are found too', async () => {
		await expect(run([{ data: [ann] }])).rejects.toThrow(
			'"data" holds a list: put a "Split Out" node before this one and enter "data" there.',
		);
	});

	it('are looked for where the user says, and a row without that fails alone', async () => {
		const { json: results } = await run(
			[{ fields: ann }, { other: 1 }, { fields: { ...ann, externalId: 'E2', email: 'bob' } }],
			WITHIN('fields'),
		);
		expect(results).toMatchObject([
			{ status: 'saved' },
			{
				status: 'failed',
				errors: [
					{
						code: 'UNREADABLE_ROW',
						message: 'There is no record in "fields", where "Field With the Record" looks for it.',
					},
				],
			},
			{ status: 'failed', field: 'Email', input: { externalId: 'E2', email: 'bob' } },
		]);
	});

	it('quote no value that stands in the place of one', async () => {
		await expect(run([{ ...ann, 'eve@acme.example': 1 }], REFUSE)).rejects.toThrow(
			/^(?!.*eve@).*one that holds a value instead of a name/,
		);
	});
});

it('Headings of rows that carry further JSON need not name a field', async () => {
	const { json: results } = await bulk([{ foo: 1 }], {
		technicalOptions: { additionalFieldsJson: JSON.stringify(ann) },
	});
	expect(results).toMatchObject([{ status: 'saved' }]);
});

it('Headings of all items are looked at, however many there are', async () => {
	const rows = Array.from({ length: 1_200 }, (_, at) => ({ ...ann, externalId: `E${at}` }));
	await expect(bulk([...rows, { ...ann, Late: 1 }], REFUSE)).rejects.toThrow('"Late"');
});
