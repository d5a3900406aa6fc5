import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import * as XLSX from 'xlsx';

import { openRows } from '../../nodes/shared/file';
import { columnsOf, prepareMapper } from '../../nodes/shared/mapping';
import { runNode } from '../../nodes/shared/run';
import { filledInFor } from '../../nodes/shared/definition';
import { stream } from '../engine/file/reading';
import { fakeContext, inlineFile } from '../support/fakeContext';
import { vendors } from '../support/vendors';

const FILLED_IN = vendors.flatMap((vendor) =>
	vendor.resources.flatMap((resource) =>
		Object.entries(filledInFor(resource)).map(
			([name, operation]) =>
				[`${vendor.name} ${resource.name} ${name}`, { vendor, resource, name, operation }] as const,
		),
	),
);
type FilledIn = (typeof FILLED_IN)[number][1];

/** An import signs in before it reads its file, a template does not. */
const CREDENTIAL = {
	environment: 'custom',
	region: 'custom',
	baseUrl: 'https://vendor.example.com',
	apiKey: 'key',
	username: 'name',
};

async function run(
	{ vendor, resource }: Pick<FilledIn, 'vendor' | 'resource'>,
	operation: string,
	parameters: IDataObject,
	binary?: INodeExecutionData['binary'],
) {
	const { context, requests, hints } = fakeContext({
		parameters: { resource: resource.name, operation, ...parameters },
		items: [{ json: {}, binary }],
		service: () => new Error('Nothing may be asked'),
		credential: operation === 'template' ? undefined : CREDENTIAL,
	});
	const [items] = await runNode.call(context, vendor);
	return { items, requests, hints: hints.map(({ message }) => message) };
}

async function templateOf(target: FilledIn, templateFormat: string) {
	const { items, requests } = await run(target, 'template', {
		templateFor: target.name,
		templateFormat,
	});
	expect(requests).toEqual([]);
	const { data, fileName = '' } = items[0].binary!.data;
	return { json: items[0].json, fileName, file: Buffer.from(data, 'base64') };
}

const read = async (file: Buffer) => {
	const { headers = [], rows } = await openRows(stream(file));
	const read = [];
	for await (const block of rows) read.push(...block);
	return { headers, rows: read };
};

const POLICY = {
	unknownFields: 'error',
	blankValues: 'leave',
	fieldsToClear: [],
	plainValues: true,
} as const;

it('every vendor has templates', () => {
	expect(new Set(FILLED_IN.map(([, { vendor }]) => vendor.name)).size).toBe(vendors.length);
});

describe.each(FILLED_IN)('The template of %s', (_, target) => {
	it.each(['xlsx', 'csv'])(
		'as %s has columns that fill their fields, and an example that is right',
		async (format) => {
			const { file, fileName, json } = await templateOf(target, format);
			expect(fileName).toBe(`${target.resource.name}.${format}`);
			const { headers, rows } = await read(file);
			const mapper = prepareMapper(target.resource, target.operation);
			const { matched, ambiguous, unmatched } = mapper.match(headers);
			const labels = new Map(
				columnsOf(target.resource, target.operation).map(({ key, label }) => [key, label]),
			);
			expect({ ambiguous, unmatched }).toEqual({ ambiguous: [], unmatched: [] });
			expect(headers.map((header) => labels.get(matched[header]))).toEqual(json.columns);
			expect(headers.filter((header) => header.endsWith(' *'))).toEqual(
				(json.required as string[]).map((label) => `${label} *`),
			);
			expect(rows).toHaveLength(1);
			expect(mapper.map(rows[0].values, POLICY).issues).toEqual([]);
		},
	);

	it('offers the values of closed lists', async () => {
		const { file } = await templateOf(target, 'xlsx');
		const book = XLSX.read(file);
		const closed = columnsOf(target.resource, target.operation).filter(
			({ field, many }) => field.kind === 'choice' && !many,
		);
		const listed = book.SheetNames.includes('Choices')
			? XLSX.utils.sheet_to_json<string[]>(book.Sheets.Choices, { header: 1, defval: '' })
			: [];
		const lists = (listed[0] ?? []).map((__, at) => listed.map((row) => row[at]).filter(Boolean));
		expect(lists).toEqual(expect.arrayContaining(closed.map(({ field }) => field.values)));
	});
});

const IMPORTS = FILLED_IN.filter(([, { name }]) => name === 'import');

describe.each(IMPORTS)('A template for %s', (_, target) => {
	const importing = async (file: Buffer | string, fileName: string) =>
		await run(
			target,
			'import',
			{
				source: 'binary',
				validateOnly: true,
				unknownFields: 'error',
				// What has to be chosen for the run, whatever it is.
				...Object.fromEntries(
					Object.values(target.resource.endpoints).flatMap(({ parameters = {} }) =>
						Object.keys(parameters).map((key) => [key, 'x']),
					),
				),
			},
			{ data: inlineFile(file, fileName) },
		);

	it.each(['xlsx', 'csv'])(
		'imports as it is, and nobody is made of its example: %s',
		async (format) => {
			const { file, fileName } = await templateOf(target, format);
			const { items, requests, hints } = await importing(file, fileName);
			expect(items).toEqual([]);
			expect(requests).toEqual([]);
			expect(hints).toContain('Row 2 is the example of the template and was left out.');
		},
	);

	it('fails a row that still holds a part of the example', async () => {
		const { file } = await templateOf(target, 'csv');
		const { headers, rows } = await read(file);
		const [{ values }] = rows;
		const kept = headers.find((header) => /example/i.test(String(values[header])))!;
		const changed = headers.find((header) => header !== kept && values[header] !== '')!;
		const csv = [
			headers,
			headers.map((header) => (header === changed ? 'Changed' : values[header])),
		]
			.map((cells) => cells.map((cell) => `"${String(cell)}"`).join())
			.join('\n');
		const { items } = await importing(csv, 'people.csv');
		expect(items).toHaveLength(1);
		expect(items[0].json).toMatchObject({
			status: 'failed',
			errors: [
				{ code: 'INVALID_VALUE', message: expect.stringContaining('the example of the template') },
			],
		});
	});
});

it('refuses what it does not know', async () => {
	const [[, target]] = FILLED_IN;
	await expect(run(target, 'template', { templateFor: 'delete' })).rejects.toThrow(
		'"For Operation" is none of this resource.',
	);
	await expect(run(target, 'template', { templateFormat: 'pdf' })).rejects.toThrow(
		'"File Format" is none that can be made.',
	);
});
