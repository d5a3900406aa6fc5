import * as fc from 'fast-check';

import { readJson } from '../../../nodes/shared/file/json';
import { collect, cut, faultOf, readFile, stream, utf16be, valuesOf } from './reading';

describe('forms', () => {
	it.each([
		['a list', '[{"a":1},{"a":2}]'],
		['a list over several lines', '\n [\n  {\n "a": 1 },\n\n {"a": 2}\n ]\n '],
		['lines', '{"a":1}\n{"a":2}\n'],
		['lines with CRLF, blank ones and no end', '{"a":1}\r\n\r\n{"a":2}'],
		['objects one after another', '{"a":1}{"a":\n2}'],
	])('reads %s', async (_, text) => {
		expect(await readFile(text)).toEqual({
			notices: [],
			rows: [
				{ row: 2, values: { a: 1 } },
				{ row: 3, values: { a: 2 } },
			],
		});
	});

	it('reads a single object as one row', async () => {
		expect(await valuesOf('{"a":{"b":[1,{"c":"}"}]}}')).toEqual([{ a: { b: [1, { c: '}' }] } }]);
	});

	it('keeps brackets, commas and escapes inside strings', async () => {
		const record = { 'a"],[{': 'x\\', b: '\\"},{"', c: '\n\u2028é😀' };
		expect(await valuesOf(JSON.stringify([record, record]))).toEqual([record, record]);
	});

	it('keeps numbers, booleans, null and nesting as they are', async () => {
		const record = { n: -1.5e3, t: true, z: null, l: [], o: {} };
		expect(await valuesOf(`${JSON.stringify(record)}\n`)).toEqual([record]);
	});

	it('reads UTF-16', async () => {
		expect(await valuesOf(utf16be('[{"é":"ë"}]'))).toEqual([{ é: 'ë' }]);
	});
});

describe('detection', () => {
	const json = '[{"a":1}]';
	it.each([
		['the format chosen, whatever the name', json, { format: 'json', fileName: 'x.csv' }, true],
		['NDJSON chosen', '{"a":1}\n', { format: 'ndjson' }, true],
		['a file name', json, { fileName: 'People.JSON' }, true],
		['a file name over the MIME type', json, { fileName: 'x.jsonl', mimeType: 'text/csv' }, true],
		['a MIME type', json, { mimeType: 'application/x-ndjson; charset=utf-8' }, true],
		['the first bytes', `\ufeff \n${json}`, { fileName: 'export', mimeType: 'text/plain' }, true],
		['the first bytes, as CSV', 'a\n1\n', {}, false],
		['CSV chosen', json, { format: 'csv' }, false],
		['a CSV file name', `${json}\n1`, { fileName: 'x.csv' }, false],
		['a CSV MIME type', `${json}\n1`, { mimeType: 'text/tab-separated-values' }, false],
	] as const)('goes by %s', async (_, text, options, isJson) => {
		const read = readFile(`${text}${isJson ? '' : '\nx'}`, options);
		expect((await read).headers === undefined).toBe(isJson);
	});
});

describe('records that are none', () => {
	it('are rows with a problem', async () => {
		const problem =
			'It is not a record. Each must be an object with named values, like {"name": "value"}.';
		expect((await readFile('[{"a":1},null,"x,]",[{"b":2}],3]')).rows).toEqual([
			{ row: 2, values: { a: 1 } },
			{ row: 3, values: {}, problem },
			{ row: 4, values: {}, problem },
			{ row: 5, values: {}, problem },
			{ row: 6, values: {}, problem },
		]);
	});
});

describe('broken JSON', () => {
	const broken = (row: number, line: number) =>
		`Row ${row} (from line ${line} of the file) is not valid JSON. Correct it, then run again.`;
	const early = (row: number, line: number) =>
		`The JSON ends too early, at row ${row} (from line ${line} of the file). Probably the file is cut off: provide all of it.`;

	it.each([
		['a bare word', '[\n{"a":1},\n{"a": Bob}\n]', broken(3, 3)],
		['a missing comma', '[\n{"a":1}\n{"a":2},\n{"a":3}]', broken(2, 2)],
		['a comma too many', '[\n{"a":1},\n]', broken(3, 3)],
		['a comma at the start', '[,{"a":1}]', broken(2, 1)],
		['a string over the end of its line', '{"a":1}\n{"a":"x}\n{"a":"y"}\n', broken(3, 2)],
		['a comma between lines', '{"a":1},\n{"a":2}\n', broken(3, 1)],
		['a wrong bracket', '[{"a":[1}},{"a":2}]', broken(2, 1)],
		['a wrong end of the list', '[{"a":1}}', broken(2, 1)],
		['something behind the list', '[{"a":1}]\n\n{"a":2}', broken(3, 3)],
		['something between lines', '{"a":1}\n\nabc\n{"a":2}\n', broken(3, 3)],
		['a list that is cut off', '[{"a":1},\n{"a":', early(3, 2)],
		['a list without its end', '[{"a":1}\n', early(2, 1)],
		['a line that is cut off', '{"a":1}\n{"a":"', early(3, 2)],
	])('names row and line of %s', async (_, text, message) => {
		expect(await faultOf(text, { format: 'json' })).toBe(message);
	});

	it('counts the lines of earlier blocks', async () => {
		const lines = Array.from({ length: 20_000 }, (_, index) => JSON.stringify({ index }));
		lines[15_000] = '{"index": oops}';
		expect(await faultOf(lines.join('\n'))).toBe(broken(15_002, 15_001));
	});

	it('says what is no JSON at all', async () => {
		expect(await faultOf('Name,Age\nAnn,7\n', { fileName: 'people.json' })).toBe(
			'The file is not JSON: it must begin with [ or {. If it is a CSV file, choose that format.',
		);
	});

	it('gives up on a record without end', async () => {
		expect(await faultOf(`[{"a":1},\n{"a":"${'x'.repeat(5_000_000)}`)).toBe(
			'Row 3 (from line 2 of the file) is longer than 4 million characters. Probably a bracket or quote in it is never closed.',
		);
	});
});

describe('wherever the text is cut', () => {
	const read = async (pieces: string[]) => (await collect(readJson(stream(...pieces)))).flat();

	it('gives the same rows at every position', async () => {
		const text = ' [ {"a\\"":"x\\\\","b":[1,{}]} ,\n null, {} ] ';
		const whole = await read([text]);
		expect(whole.length).toBe(3);
		for (let at = 0; at <= text.length; at++) expect(await read(cut(text, [at]))).toEqual(whole);
		expect(await read([...text])).toEqual(whole);
	});

	it('gives any records back, as a list and as lines', async () => {
		const records = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1 });
		await fc.assert(
			fc.asyncProperty(records, fc.array(fc.nat()), fc.nat(2), async (given, positions, indent) => {
				// As JSON gives them: -0 is 0 there.
				const expected = JSON.parse(JSON.stringify(given)) as unknown[];
				const forms = [
					JSON.stringify(given, null, indent),
					given.map((record) => JSON.stringify(record)).join('\n'),
				];
				for (const text of forms) {
					const rows = await read(cut(text, positions));
					expect(rows.map((row) => row.values)).toEqual(expected);
					expect(rows.map((row) => row.row)).toEqual(given.map((_, index) => index + 2));
				}
			}),
		);
	});
});
