import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { inlineFile } from '../../support/fakeContext';
import { workbook, type RawSheet, type RawWorkbook } from '../file/xlsx/make';
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

	describe('of several files', () => {
		const bad = 'External ID,Email\nE1,no address\n';
		const files = (...named: Array<[name: string, content: string]>): INodeExecutionData[] =>
			named.map(([name, content]) => ({ json: {}, binary: { data: inlineFile(content, name) } }));

		it('says of each row which file it stands in', async () => {
			const { json, output } = await importing('', {
				items: files(['a.csv', CSV], ['b.csv', bad], ['a.csv', bad]),
				parameters: { options: { summary: true }, duplicates: 'first' },
				onError: 'continueErrorOutput',
			});
			expect(json.slice(0, 3)).toMatchObject([
				{ row: 2, file: 'a.csv', status: 'saved' },
				{ error: { row: 2, file: 'b.csv', message: expect.stringMatching(/^Row 2 of b\.csv: /) } },
				{ error: { row: 2, file: 'a.csv (item 3)' } },
			]);
			const rejects = Buffer.from(output[3].binary!.rejects.data, 'base64').toString();
			expect(rejects).toMatch(/b\.csv: [^;]*;2\s+E1;no address;"a\.csv \(item 3\): /);
		});

		it('finds who stands in two of them, though the row has the same number', async () => {
			const { json } = await importing('', { items: files(['a.csv', CSV], ['b.csv', CSV]) });
			expect(json.map(({ status }) => status)).toEqual(['failed', 'failed']);
			expect(json[0].errors).toMatchObject([
				{ code: 'DUPLICATE_KEY', message: expect.stringContaining('row 2 of b.csv') },
			]);
		});

		it('says nothing of it where there is one', async () => {
			const { json } = await importing(CSV);
			expect(json[0]).not.toHaveProperty('file');
		});
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
			{ unknownFields: 'error' },
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

	it('leaves a column without a field out, and says so once', async () => {
		const { asked, hints, json } = await importing(
			'External ID;Email;Wind;Sea\nE1;ann@acme.example;none;x\nE2;bob@acme.example;none;y\n',
			{ parameters: { options: { summary: true } } },
		);
		expect(sentRecords(asked)).toEqual([
			{ externalId: 'E1', email: 'ann@acme.example' },
			{ externalId: 'E2', email: 'bob@acme.example' },
		]);
		expect(hints).toContain('2 columns were left out, Acme has no field for them: Wind and Sea.');
		expect(json.at(-1)?.summary).toMatchObject({ leftOut: ['Wind', 'Sea'] });
	});

	it('stops at a column that is a field but for a slip', async () => {
		await expect(importing('External ID;Emial\nE1;ann@acme.example\n')).rejects.toThrow(
			'Did you mean "Email"?',
		);
	});

	it('stops at a column that holds something else than its field, unless the user goes on', async () => {
		const list =
			'External ID;Email;First Name\nE1;a@acme.example;1\nE2;b@acme.example;2\nE3;c@acme.example;3\n';
		await expect(importing(list)).rejects.toThrow('Column "First Name" holds numbers only');
		const { asked, hints } = await importing(list, {
			parameters: { options: { columnCheck: 'send' } },
		});
		expect(sentRecords(asked)).toHaveLength(3);
		expect(hints.join()).toContain('Column "First Name" holds numbers only');
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

	describe('finds the file', () => {
		const file = inlineFile(CSV, 'people.csv');
		const importingFrom = (...binaries: Array<Record<string, typeof file> | undefined>) =>
			importing('', {
				items: binaries.map((binary, at) => ({ json: { name: `n${at}` }, binary })),
			});

		it('whatever its field is called, if it is the only one', async () => {
			const { json } = await importingFrom({ attachment_0: file });
			expect(json).toMatchObject([{ key: 'E1', status: 'saved', row: 2 }]);
		});

		it('under its name among several', async () => {
			const { json } = await importingFrom({ other: inlineFile('x', 'x.txt'), data: file });
			expect(json).toMatchObject([{ key: 'E1', status: 'saved' }]);
		});

		it('or names those there are', async () => {
			await expect(importingFrom({ attachment_0: file, attachment_1: file })).rejects.toThrow(
				'The item has no file in "data". It has files in "attachment_0" and "attachment_1": enter one of these under "Input Data Field Name".',
			);
		});

		it('or says that there are rows instead', async () => {
			await expect(importingFrom(undefined, {}, undefined)).rejects.toThrow(
				'There is no file, but 3 rows. Set "Source" to "Input Items".',
			);
		});

		it('or says that there is none', async () => {
			await expect(importing('', { items: [{ json: {} }] })).rejects.toThrow(
				'The item has no file. Connect a node that gives a file.',
			);
			await expect(importingFrom({ data: file }, undefined)).rejects.toThrow(
				'Item 2 has no file. Connect a node that gives a file.',
			);
		});
	});

	describe('of an Excel file', () => {
		const text = (value: string) => `<c t="str"><v>${value}</v></c>`;
		const row = (...cells: string[]) => `<row>${cells.join('')}</row>`;
		const HEADER = row(text('External ID'), text('Email'), text('Seen'));
		const excel = (sheets: RawSheet[], formats: RawWorkbook['formats'] = []) =>
			workbook({ sheets, formats });
		const importingExcel = async (file: Buffer, more: object = {}) =>
			await importing('', {
				items: [{ json: {}, binary: { data: inlineFile(file, 'people.xlsx') } }],
				...more,
			});
		const IGNORE = { options: { unknownFields: 'ignore' }, unknownFields: 'ignore' };

		it('sends what its sheet shows, and counts rows as it does', async () => {
			const data =
				row(text('Staff of 2026')) +
				'<row/>' +
				HEADER +
				row('<c s="1"><v>123</v></c>', text('ann@acme.example'), '<c t="e"><v>#N/A</v></c>');
			const { json, asked } = await importingExcel(await excel([{ data }], [0, '00000']), {
				parameters: IGNORE,
			});
			// The error stands in a column that goes nowhere.
			expect(sentRecords(asked)).toEqual([{ externalId: '00123', email: 'ann@acme.example' }]);
			expect(json).toMatchObject([{ key: '00123', row: 4, status: 'saved' }]);
		});

		it('fails the row with an error in a column that is sent, in words for its owner', async () => {
			const data =
				HEADER +
				row('<c t="e"><v>#REF!</v></c>', text('ann@acme.example')) +
				row(text('E2'), text('bob@acme.example'));
			const { json, asked } = await importingExcel(await excel([{ data }]), { parameters: IGNORE });
			expect(sentRecords(asked)).toEqual([{ externalId: 'E2', email: 'bob@acme.example' }]);
			expect(json[0]).toMatchObject({
				row: 2,
				status: 'failed',
				errors: [
					{
						code: 'UNREADABLE_ROW',
						message: 'Column "External ID" holds the error #REF!. Correct it in the sheet.',
					},
				],
			});
		});

		it('takes the sheet with the list, or the one that is named', async () => {
			const list = (id: string) => HEADER + row(text(id), text(`${id}@acme.example`));
			const file = await excel([
				{ name: 'Notes', data: row(text('Read me')) },
				{ name: 'People', data: list('E1') },
				{ name: 'Old', data: list('E2'), state: 'hidden' },
			]);
			const found = await importingExcel(file, { parameters: IGNORE });
			expect(sentRecords(found.asked)).toMatchObject([{ externalId: 'E1' }]);
			expect(found.hints).toEqual(
				expect.arrayContaining(['Read from sheet "People". Not read: "Notes".']),
			);
			const named = await importingExcel(file, {
				parameters: { ...IGNORE, options: { ...IGNORE.options, sheet: 'old' } },
			});
			expect(sentRecords(named.asked)).toMatchObject([{ externalId: 'E2' }]);
		});

		it('sends nothing of a list with cells merged over rows, however many rows came before', async () => {
			const many = Array.from({ length: 400 }, (_, at) =>
				row(text(`E${at}`), text(`e${at}@acme.example`)),
			).join('');
			const file = await excel([
				{ data: HEADER + many, behind: '<mergeCells><mergeCell ref="A3:A9"/></mergeCells>' },
			]);
			let requests = 0;
			const refused = importingExcel(file, {
				parameters: IGNORE,
				service: () => (requests++, { status: 200, body: {} }),
			});
			await expect(refused).rejects.toThrow(
				'Cells are merged over several rows: "External ID" (A3:A9).',
			);
			expect(requests).toBe(0);
		});

		it('reads its source once: it stays in memory for the second reading', async () => {
			const data = HEADER + row(text('E1'), text('ann@acme.example'));
			const files = [await excel([{ data }]), await excel([{ data: data.replace('E1', 'E2') }])];
			const opened: string[] = [];
			const { asked } = await importing('', {
				items: files.map((_, at) => ({
					json: {},
					binary: { data: { id: String(at), fileName: `${at}.xlsx`, data: '' } },
				})),
				parameters: IGNORE,
				change: ({ helpers }: { helpers: object }) =>
					void Object.assign(helpers, {
						getBinaryStream: async (id: string) => {
							opened.push(id);
							return (async function* () {
								yield files[Number(id)];
							})();
						},
					}),
			});
			expect(sentRecords(asked)).toMatchObject([{ externalId: 'E1' }, { externalId: 'E2' }]);
			// Only the last is kept: several would fill the memory.
			expect(opened).toEqual(['0', '1', '0', '1', '0', '1']);
			opened.length = 0;
			files.pop();
			await importing('', {
				items: [{ json: {}, binary: { data: { id: '0', fileName: '0.xlsx', data: '' } } }],
				parameters: IGNORE,
				change: ({ helpers }: { helpers: object }) =>
					void Object.assign(helpers, {
						getBinaryStream: async (id: string) => {
							opened.push(id);
							return (async function* () {
								yield files[0];
							})();
						},
					}),
			});
			expect(opened).toEqual(['0']);
		});

		const BAD = HEADER + row(text('00123'), text('no address'), '<c><v>1.5</v></c>');
		const rejectsOf = async (run: Promise<{ output: INodeExecutionData[] }>) => {
			const { binary } = (await run).output.at(-1)!;
			const { fileName, data } = binary!.rejects;
			return { fileName, bytes: Buffer.from(data, 'base64') };
		};

		it('gives failed rows back as an Excel file that can be imported again', async () => {
			const { fileName, bytes } = await rejectsOf(
				importingExcel(await excel([{ data: BAD }]), {
					parameters: { ...IGNORE, options: { ...IGNORE.options, summary: true } },
				}),
			);
			expect(fileName).toBe('rejects.xlsx');
			const again = await importingExcel(bytes, { parameters: IGNORE });
			expect(again.json).toMatchObject([
				{
					row: 2,
					status: 'failed',
					input: { 'External ID': '00123', Email: 'no address', Seen: '1.5' },
				},
			]);
		});

		it.each([
			['csv', BAD, 'rejects.csv'],
			['xlsx', undefined, 'rejects.xlsx'],
			['asInput', undefined, 'rejects.csv'],
		])('gives them back as the option says: %s', async (rejectFile, data, name) => {
			const options = { ...IGNORE.options, summary: true, rejectFile };
			const parameters = { ...IGNORE, options };
			const run =
				data === undefined
					? importing('External ID;Email\nE1;no address\n', { parameters })
					: importingExcel(await excel([{ data }]), { parameters });
			expect((await rejectsOf(run)).fileName).toBe(name);
		});
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
