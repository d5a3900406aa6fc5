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
	const AS_JSON = 'The file is named or sent as CSV, but holds JSON: it was read as JSON.';
	const AS_CSV = 'The file is named or sent as JSON, but holds none: it was read as CSV.';
	it.each([
		['the format chosen, whatever the name', json, { format: 'json', fileName: 'x.csv' }, true, []],
		['NDJSON chosen', '{"a":1}\n', { format: 'ndjson' }, true, []],
		['a file name', json, { fileName: 'People.JSON' }, true, []],
		['a MIME type', json, { mimeType: 'application/x-ndjson; charset=utf-8' }, true, []],
		[
			'the first bytes',
			`\ufeff \n${json}`,
			{ fileName: 'export', mimeType: 'text/plain' },
			true,
			[],
		],
		['the first bytes, as CSV', 'a\n1\n', {}, false, []],
		['CSV chosen', json, { format: 'csv' }, false, []],
		['what it holds, whatever the name says', json, { fileName: 'x.csv' }, true, [AS_JSON]],
		['what it holds, lines as well', '{"a":1}\n{"a":2}', { mimeType: 'text/csv' }, true, [AS_JSON]],
		['what it holds, as CSV', 'a,b\n1,2\n', { fileName: 'people.json' }, false, [AS_CSV]],
		['the name where it may be either', '[a,b\n1,2\n', { fileName: 'people.csv' }, false, []],
		[
			'a MIME type where it may be either',
			'{a\n1\n',
			{ mimeType: 'text/tab-separated-values' },
			false,
			[],
		],
	] as const)('goes by %s', async (_, text, options, isJson, notices) => {
		const read = await readFile(`${text}${isJson ? '' : '\nx'}`, options);
		expect(read.headers === undefined).toBe(isJson);
		expect(read.notices).toEqual(notices);
	});
});

describe('a list inside an object', () => {
	const FIELDS = ['id', 'firstName', 'emails', 'address'];
	const fieldsNamed = (cells: readonly string[]) =>
		cells.map((cell) => (FIELDS.includes(cell) ? cell : undefined));
	const people = '[{"id":"1","firstName":"Ana"},{"id":"2"}]';
	const rows = [{ id: '1', firstName: 'Ana' }, { id: '2' }];

	it.each([
		['data', `{"data":${people}}`],
		['Report_Entry', `{"Report_Entry": ${people} }`],
		['d.results', `{"d":{"results":${people},"__count":"2"}}`],
		[
			'employees',
			`{"title":"x","fields":[{"id":"firstName","name":"First"}],"employees":${people},"more":[1,"]"]}\n`,
		],
		['myOwnPeople', `{"myOwnPeople":${people}}`],
	])('is read where it is called %s', async (path, text) => {
		const read = await readFile(text, { fieldsNamed });
		expect(read.rows.map(({ values }) => values)).toEqual(rows);
		expect(read.notices).toEqual([`The records were read from the list "${path}" in the file.`]);
	});

	it('is found far longer than a block', async () => {
		const many = Array.from({ length: 20_000 }, (_, id) => ({ id: String(id) }));
		const read = await readFile(JSON.stringify({ data: many, next: { a: ['}'] } }), {
			fieldsNamed,
		});
		expect(read.rows).toHaveLength(20_000);
		expect(read.rows[19_999]).toEqual({ row: 20_001, values: { id: '19999' } });
	});

	it.each([
		['a record with a list in it', '{"id":"1","firstName":"Ana","emails":[{"address":"a@x.de"}]}'],
		['a record whose list is called data', '{"id":"1","firstName":"Ana","data":[{"id":"x"}]}'],
		['records one after another', '{"data":[{"id":"1"}]}\n{"data":[{"id":"2"}]}'],
		['a list of texts', '{"data":["a","b"]}'],
	])('is not %s', async (_, text) => {
		const { rows: found, notices } = await readFile(text, { fieldsNamed });
		expect(found.map(({ values }) => values)).toEqual(
			text.split('\n').map((line) => JSON.parse(line)),
		);
		expect(notices).toEqual([]);
	});

	it('is not guessed among two', async () => {
		expect(await faultOf(`{"active":${people},"left":${people}}`, { fieldsNamed })).toBe(
			'The file holds several lists: "active" and "left". Provide the one with the records.',
		);
	});

	it('is not guessed where another one names as much', async () => {
		const others = people.replaceAll('Ana', 'Cy');
		expect(await faultOf(`{"employees":${people},"contractors":${others}}`, { fieldsNamed })).toBe(
			'The file holds several lists: "employees" and "contractors". Provide the one with the records.',
		);
	});

	it.each([
		[',"contractors":PEOPLE}', 'contractors'],
		[',"x":["}"],"old":{"left":PEOPLE}}', 'old.left'],
	])('says which other one stands behind it: %s', async (rest, path) => {
		const many = Array.from({ length: 20_000 }, (_, id) => ({ id: String(id), firstName: 'Ana' }));
		const text = `{"employees":${JSON.stringify(many)}${rest.replace('PEOPLE', people)}`;
		const read = await readFile(text, { fieldsNamed });
		expect(read.rows).toHaveLength(20_000);
		expect(read.notices[1]).toBe(
			`The file holds another list behind it, "${path}", which was not read. Import it as a file of its own.`,
		);
	});

	it('says nothing of lists behind it that are of something else', async () => {
		const text = `{"d":{"results":${people},"offices":[{"city":"Paris"}]},"errors":${people}}`;
		expect((await readFile(text, { fieldsNamed })).notices).toHaveLength(1);
	});

	it.each([
		['in the list', '{"data":[{"id":"1"},', /^The JSON ends too early, at row 3/],
		['behind the list', '{"data":[{"id":"1"}],"a":', /^The JSON ends too early/],
		['behind the object', '{"data":[{"id":"1"}]}]', /is not valid JSON/],
	])('is refused when it is broken %s', async (_, text, words) => {
		expect(await faultOf(text, { fieldsNamed })).toMatch(words);
	});
});

it('keeps every digit of long numbers', async () => {
	const text =
		'[{"a":9007199254740993,"b":-12345678901234567890,"c":1.2345678901234567,"d":"12345678901234567","e":1e400,"f":123456789012345}]';
	expect(await valuesOf(text)).toEqual([
		{
			a: '9007199254740993',
			b: '-12345678901234567890',
			c: 1.2345678901234567,
			d: '12345678901234567',
			e: Infinity,
			f: 123456789012345,
		},
	]);
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
		expect(await faultOf('Name,Age\nAnn,7\n', { format: 'json' })).toBe(
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
	const read = async (pieces: string[]) =>
		(await collect(readJson(stream(...pieces), {}, []))).flat();

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
				// As JSON gives them: -0 is 0 there. Whole numbers it cannot hold are texts, up to where they are written as powers.
				const expected = JSON.parse(JSON.stringify(given), (_, value: unknown) =>
					Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(Number(value)) < 1e21
						? String(value)
						: value,
				) as unknown[];
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
