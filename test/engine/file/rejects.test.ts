import * as fc from 'fast-check';

import { RejectFile, type RejectFormat } from '../../../nodes/shared/file';
import { restore } from '../../../nodes/shared/file/marks';
import { readFile } from './reading';

const rejectFile = async (
	headers: string[],
	rows: Array<Record<string, unknown>>,
	delimiter?: string,
	format: RejectFormat = 'csv',
): Promise<Buffer> => {
	const file = new RejectFile(headers);
	rows.forEach((values, index) => file.add({ row: index + 2, values, reason: 'wrong' }));
	return (await file.toFile(format, delimiter)).data;
};

it('is a CSV with the original columns, reason and row, for a spreadsheet', async () => {
	const file = new RejectFile(['Name', 'Note']);
	file.add({
		row: 7,
		values: { Note: 'a "b"\nc', Name: 'Zoë', other: 1 },
		reason: '"Email" is missing.',
	});
	file.add({ row: 9, values: { Name: null, Note: { a: [1] } }, reason: 'Refused; no, really' });
	expect(file.rows).toBe(2);
	expect((await file.toFile('csv')).data.toString()).toBe(
		'\ufeffName,Note,Reject Reason,Reject Row\r\n' +
			'Zoë,"a ""b""\nc","""Email"" is missing.",7\r\n' +
			',"{""a"":[1]}","Refused; no, really",9\r\n',
	);
});

it('keeps the delimiter of the file it comes from', async () => {
	const bytes = await rejectFile(['A', 'B'], [{ A: 'x;y', B: '1,5' }], ';');
	expect(bytes.toString()).toContain('"x;y";"1,5";wrong;2\r\n');
	expect(await readFile([bytes])).toMatchObject({
		delimiter: ';',
		rows: [{ row: 2, values: { A: 'x;y', B: '1,5' } }],
	});
});

it.each([
	'=1+1',
	'+33 1 23',
	'-5',
	'@x',
	'\tx',
	'\rx',
	'\nx',
	'＝1',
	'＋1',
	'－1',
	'＠x',
	"'=1",
	"''-5",
])('marks %j for the spreadsheet and reads it back', async (value) => {
	const bytes = await rejectFile(['A', 'B'], [{ A: value, B: 'b' }]);
	const written = bytes.toString().split('\r\n').slice(1).join('\r\n');
	expect(written.replace(/^"/, '').startsWith(`'${value}`)).toBe(true);
	expect((await readFile([bytes])).rows[0].values).toEqual({ A: value, B: 'b' });
});

it.each(["'", "'x", "O'Brien", 'a=b', '1-2', ' =1', ''])('leaves %j alone', async (value) => {
	expect((await rejectFile(['A', 'B'], [{ A: value, B: 'b' }])).toString()).toContain(
		`\r\n${value},b,wrong,2`,
	);
});

it('writes values that are no text as text', async () => {
	const values = { n: -5, t: true, d: new Date('2026-01-31T00:00:00Z'), l: ['x'], u: undefined };
	expect(
		(await readFile([await rejectFile(Object.keys(values), [values])])).rows[0].values,
	).toEqual({
		n: '-5',
		t: 'true',
		d: '2026-01-31T00:00:00.000Z',
		l: '["x"]',
		u: '',
	});
});

it('marks headers and the reason, too', async () => {
	const file = new RejectFile(['=Name']);
	file.add({ row: 2, values: { '=Name': 'x' }, reason: '=cmd' });
	expect((await file.toFile('csv')).data.toString()).toBe(
		"\ufeff'=Name,Reject Reason,Reject Row\r\nx,'=cmd,2\r\n",
	);
	expect(await readFile([(await file.toFile('csv')).data])).toMatchObject({
		headers: ['=Name'],
		rows: [{ row: 2, values: { '=Name': 'x' } }],
	});
});

it('leaves its own columns out when its rows are rejected again', async () => {
	expect(
		(
			await rejectFile(['A', 'Reject Reason', 'Reject Row'], [{ A: 'x', 'Reject Reason': 'old' }])
		).toString(),
	).toBe('\ufeffA,Reject Reason,Reject Row\r\nx,wrong,2\r\n');
});

it('is known by its last columns only: another file keeps its apostrophes', async () => {
	const other = await readFile("A,Reject Row,Reject Reason\n'=1,2,x\n");
	expect(other.headers).toEqual(['A', 'Reject Row', 'Reject Reason']);
	expect(other.rows[0].values.A).toBe("'=1");
});

it('is known after a spreadsheet saved it: other delimiter, empty columns behind, no mark', async () => {
	const saved = await readFile(
		"Phone;Reject Reason;Reject Row;;\r\n'+33 1;wrong;2;;\r\n-7;wrong;3;;\r\n",
	);
	expect(saved.headers).toEqual(['Phone']);
	expect(saved.rows).toEqual([
		{ row: 2, values: { Phone: '+33 1' } },
		{ row: 3, values: { Phone: '-7' } },
	]);
});

it('still reports a surplus value', async () => {
	const { rows } = await readFile('A,Reject Reason,Reject Row\nx,wrong,2,surplus\n');
	expect(rows[0].problem).toContain('Column D holds a value');
});

it('gives back any text in any order of rows, however many', async () => {
	const text = fc.oneof(
		fc.fullUnicodeString({ maxLength: 10 }),
		fc.stringOf(fc.constantFrom("'", '=', '-', '+', '"', ',', ';', '\t', '\r', '\n', 'a'), {
			maxLength: 6,
		}),
	);
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.record({ A: text, B: text, Key: fc.constant('k') }), {
				minLength: 1,
				maxLength: 30,
			}),
			fc.constantFrom(',', ';', '\t', '|'),
			async (rows, delimiter) => {
				// A character that stands for "unreadable" is a problem by itself; its value comes back all the same.
				const bytes = await rejectFile(['A', 'B', 'Key'], rows, delimiter);
				const read = await readFile([bytes], { delimiter });
				expect(read.rows.map((row) => row.values)).toEqual(rows);
			},
		),
	);
});

it('restores what a text was before it was marked, once', () => {
	expect(restore("''=x")).toBe("'=x");
	expect(restore("'x")).toBe("'x");
});

it('grows row by row beyond a page', async () => {
	const rows = Array.from({ length: 5000 }, (_, index) => ({ A: `Zoë ${index}`, B: `-${index}` }));
	expect(
		(await readFile([await rejectFile(['A', 'B'], rows)])).rows.map((row) => row.values),
	).toEqual(rows);
});

it('has its rows in the order of the files and their rows, whatever order they failed in', async () => {
	const file = new RejectFile(['Name']);
	const long = 'é'.repeat(40_000);
	for (const [source, row, Name] of [
		[1, 2, 'e'],
		[0, 5, long],
		[0, 2, 'a\nb'],
		[1, 3, 'f'],
		[0, 4, long],
		[0, 3, '"b"'],
	] as const)
		file.add({ source, row, values: { Name }, reason: 'wrong' });
	const { rows } = await readFile([(await file.toFile('csv')).data]);
	expect(rows.map(({ values }) => values.Name)).toEqual(['a\nb', '"b"', long, long, 'e', 'f']);
});
