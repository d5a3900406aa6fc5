import type { IDataObject } from 'n8n-workflow';

import { inlineFile } from '../../support/fakeContext';
import { runAcme, savesAll, sentRecords } from './acmeNode';

const CSV = 'External ID;Email\nE1;ann@acme.example\n';

const importing = (content: string, more: object = {}) =>
	runAcme('import', {
		items: [{ json: {}, binary: { data: inlineFile(content, 'people.csv') } }],
		service: savesAll,
		...more,
	});

const importingJson = (content: string, more: object = {}) => {
	const data = inlineFile(content, 'people.json', 'application/json');
	return importing('', { items: [{ json: {}, binary: { data } }], ...more });
};

describe('An import', () => {
	it('sends the rows of a file and counts them as a spreadsheet does', async () => {
		const { json, asked } = await importing(`${CSV}E2;bob@acme.example\n`);
		expect(sentRecords(asked)).toEqual([
			{ externalId: 'E1', email: 'ann@acme.example' },
			{ externalId: 'E2', email: 'bob@acme.example' },
		]);
		expect(json.map(({ key, row }) => [key, row])).toEqual([
			['E1', 2],
			['E2', 3],
		]);
	});

	it('reads the rows of the items where the user says so', async () => {
		const { json } = await runAcme('import', {
			parameters: { source: 'items' },
			items: [{ json: { externalId: 'E1', email: 'ann@acme.example' } }],
			service: savesAll,
		});
		expect(json).toMatchObject([{ key: 'E1', status: 'saved', row: 1 }]);
	});

	it('reads a large file as a stream, each time from its start', async () => {
		let opened = 0;
		const { json } = await importing('', {
			items: [{ json: {}, binary: { data: { id: 'stored-1', fileName: 'people.csv', data: '' } } }],
			change: ({ helpers }: { helpers: object }) =>
				void Object.assign(helpers, {
					getBinaryStream: async (id: string) => {
						expect(id).toBe('stored-1');
						opened++;
						return (async function* () {
							yield Buffer.from(CSV.slice(0, 20));
							yield Buffer.from(CSV.slice(20));
						})();
					},
				}),
		});
		expect(json).toMatchObject([{ key: 'E1', status: 'saved' }]);
		expect(opened).toBeGreaterThan(1);
	});

	it('tells in the summary which columns fill which fields, and keeps what was rejected', async () => {
		const { output } = await importing(`${CSV}E2;nobody\n`, {
			parameters: { options: { output: 'summaryOnly' } },
		});
		expect(output).toHaveLength(1);
		expect(output[0].json.summary).toMatchObject({
			columns: { 'External ID': 'External ID', Email: 'Email' },
		});
		const rejects = Buffer.from(output[0].binary!.rejects.data, 'base64').toString();
		expect(rejects).toContain('E2;nobody');
	});

	it('takes a JSON file, which has no columns', async () => {
		const { json, output } = await importingJson(
			JSON.stringify([
				{ externalId: 'E1', email: 'ann@acme.example', history: [{ since: '2020-01-02' }] },
			]),
			{ parameters: { options: { summary: true } } },
		);
		expect(json[0]).toMatchObject({ key: 'E1', status: 'saved' });
		expect((output.at(-1)!.json.summary as IDataObject).columns).toBeUndefined();
	});

	it('fails a line that cannot be read, and no other', async () => {
		const { json } = await importing(`${CSV}E2;bob@acme.example;too;many\n`);
		expect(json).toMatchObject([
			{ status: 'saved', row: 2 },
			{ status: 'failed', row: 3, errors: [{ code: 'UNREADABLE_ROW' }] },
		]);
	});

	it.each<[string, string, IDataObject, RegExp]>([
		[
			'belongs elsewhere',
			'Weather;Wind\nfine;none\n',
			{},
			/^No row at the top of people\.csv names a field\. Fields are .* and \d+ more\./,
		],
		[
			'has a column without a field',
			`External ID;Wind\nE1;none\n`,
			{},
			/^Columns of people\.csv without a field: "Wind"\./,
		],
		[
			'is mapped to a field that is none',
			CSV,
			{ headerMapping: { columns: [{ header: 'Email', field: 'mail' }] } },
			/"Email" is mapped to "mail", which is no field here\./,
		],
		[
			'has two columns for one field',
			'External ID;Email;E-Mail\nE1;ann@acme.example;bob@acme.example\n',
			{},
			/Map the column by hand under "Header Mapping"\./,
		],
		['has no rows', 'External ID;Email\n', {}, /has a header but no rows/],
		['is empty', '', {}, /empty/i],
	])('sends nothing of a file that %s', async (_, content, options, words) => {
		let sent = 0;
		const refused = importing(content, {
			parameters: { options },
			service: () => {
				sent++;
				return { status: 200, body: {} };
			},
		});
		await expect(refused).rejects.toThrow(words);
		expect(sent).toBe(0);
	});

	it('leaves a column without a field out where the user says so', async () => {
		const { asked } = await importing('External ID;Email;Wind\nE1;ann@acme.example;none\n', {
			parameters: { options: { unknownFields: 'ignore' } },
		});
		expect(sentRecords(asked)).toEqual([{ externalId: 'E1', email: 'ann@acme.example' }]);
	});

	const POLISH = Buffer.from(
		'External ID;Email;First Name\nE1;ann@acme.example;£ukasz\n',
		'latin1',
	);
	it.each<[string, string | Buffer, IDataObject, IDataObject]>([
		['Encoding', POLISH, { encoding: 'windows-1250' }, { first: 'Łukasz' }],
		[
			'Delimiter',
			'External ID,Email,First Name;Last Name\nE1,ann@acme.example,Ana;Roy\n',
			{ delimiter: ',', unknownFields: 'ignore' },
			{},
		],
		['Format', '{"a":1},External ID,Email\nx,E1,ann@acme.example\n', { format: 'csv' }, {}],
		[
			'Header Row',
			'External ID;Email;First Name\nExternal ID;Email;Last Name\nE1;ann@acme.example;Roy\n',
			{ headerRow: 2 },
			{ last: 'Roy' },
		],
	])('reads a file as the option %s says', async (_, content, options, name) => {
		const { asked } = await importing('', {
			items: [{ json: {}, binary: { data: inlineFile(content, 'people.csv') } }],
			parameters: { options: { unknownFields: 'ignore', ...options } },
		});
		expect(sentRecords(asked)).toEqual([
			{
				externalId: 'E1',
				email: 'ann@acme.example',
				...(Object.keys(name).length > 0 && { name }),
			},
		]);
	});

	it.each([
		[{ headerRow: 0 }, '"Header Row" is not a row number. Enter a whole number from 1.'],
		[{ headerRow: 'two' }, '"Header Row" is not a row number. Enter a whole number from 1.'],
		[{ format: 'pdf' }, '"Format" is none that can be read. Choose one of the list.'],
		[{ encoding: 'utf-9' }, 'The encoding "utf-9" is not known.'],
		[{ delimiter: '::' }, 'The delimiter must be one character'],
	])('refuses the set-up %j', async (options, words) => {
		await expect(importing(CSV, { parameters: { options } })).rejects.toThrow(words);
	});

	it.each([
		{ headerRow: '' },
		{ headerRow: null },
		{ encoding: '' },
		{ encoding: 'auto' },
		{ delimiter: 'auto' },
		{ format: 'auto' },
	])('finds out by itself with %j', async (options) => {
		const { json } = await importing(CSV, { parameters: { options } });
		expect(json).toMatchObject([{ key: 'E1', status: 'saved', row: 2 }]);
	});

	it('says where it looked for the file', async () => {
		const refused = importing(CSV, { parameters: { binaryPropertyName: 'sheet' } });
		await expect(refused).rejects.toThrow('The item has no file in "sheet".');
	});

	it('calls a file without a name "the file"', async () => {
		const { data } = inlineFile('Weather\nfine\n', '');
		const refused = importing('', {
			items: [{ json: {}, binary: { data: { data, mimeType: 'text/csv' } } }],
		});
		await expect(refused).rejects.toThrow('No row at the top of the file names a field.');
	});

	it('sends nothing of a file that breaks off after its first rows', async () => {
		let sent = 0;
		const refused = importingJson(
			'[{"externalId": "E1", "email": "ann@acme.example"}, {"externalId": ',
			{
				service: () => {
					sent++;
					return { status: 200, body: {} };
				},
			},
		);
		await expect(refused).rejects.toThrow('The JSON ends too early');
		expect(sent).toBe(0);
	});

	it('passes on that the stored file cannot be read, in the words of n8n', async () => {
		const refused = importing(CSV, {
			change: ({ helpers }: { helpers: object }) =>
				void Object.assign(helpers, {
					getBinaryDataBuffer: async () => {
						throw new Error('The file is gone from the store.');
					},
				}),
		});
		await expect(refused).rejects.toThrow('The file is gone from the store.');
	});
});
