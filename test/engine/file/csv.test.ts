import { RecordReader } from '../../../nodes/shared/file/records';
import { compareWithLibrary } from './oracle';
import { collect, faultOf, readFile, valuesOf } from './reading';

describe('cells', () => {
	it('reads quotes, doubled quotes, delimiters and line breaks inside quotes', async () => {
		expect(await valuesOf('Name,Note\n"Doe, Jane","said ""hi""\r\nand left"\n"",plain\n')).toEqual([
			{ Name: 'Doe, Jane', Note: 'said "hi"\r\nand left' },
			{ Name: '', Note: 'plain' },
		]);
	});

	it('takes a quote inside a cell as a character', async () => {
		expect(await valuesOf('Name,Size\nRobert "Bob" Smith,5"\n"Bob" Smith,6\n')).toEqual([
			{ Name: 'Robert "Bob" Smith', Size: '5"' },
			{ Name: '"Bob" Smith', Size: '6' },
		]);
	});

	it('keeps the spaces of a cell and takes those of a header off', async () => {
		expect(await valuesOf(' Name , Age\n Ann ,7\n')).toEqual([{ Name: ' Ann ', Age: '7' }]);
	});

	it.each([
		['LF', '\n'],
		['CRLF', '\r\n'],
		['CR', '\r'],
	])('ends records at %s, with or without one at the end of the file', async (_, end) => {
		const expected = [
			{ A: '1', B: 'x\ny' },
			{ A: '2', B: 'q' },
		];
		const text = ['A,B', '1,"x\ny"', '"2","q"'].join(end);
		expect(await valuesOf(text)).toEqual(expected);
		expect(await valuesOf(text + end)).toEqual(expected);
	});
});

describe('delimiters', () => {
	it.each([
		['a comma', ','],
		['a semicolon', ';'],
		['a tab', '\t'],
	])('finds %s in the header', async (_, delimiter) => {
		const file = await readFile(
			['Name', 'E-mail', 'City'].join(delimiter) + '\n' + ['Ann', 'a@b.c', 'Bonn'].join(delimiter),
		);
		expect(file.delimiter).toBe(delimiter);
		expect(file.rows).toEqual([
			{ row: 2, values: { Name: 'Ann', 'E-mail': 'a@b.c', City: 'Bonn' } },
		]);
	});

	it('does not count what stands in quotes, doubled quotes included', async () => {
		expect((await readFile('"a,b,""c"",";d\n1;2\n')).headers).toEqual(['a,b,"c",', 'd']);
	});

	it('looks at the header only', async () => {
		expect(await valuesOf('Name;Note\nAnn;a, b, c, d\n')).toEqual([
			{ Name: 'Ann', Note: 'a, b, c, d' },
		]);
	});

	it('takes the one the user set', async () => {
		expect(await valuesOf('a|b,c\n1|2\n', { delimiter: '|' })).toEqual([{ a: '1', 'b,c': '2' }]);
	});

	it('refuses one that cannot be', async () => {
		expect(await faultOf('a\n1\n', { delimiter: '::' })).toBe(
			'The delimiter must be one character, for example a comma, a semicolon or a tab.',
		);
	});

	it.each(['\n\n', ';;\n', ' \r\n'])('looks past the blank lines %j', async (blank) => {
		expect((await readFile(`${blank}A;B\n1;2\n`)).headers).toEqual(['A', 'B']);
	});

	it('follows the first line Excel hides, which is no row', async () => {
		const file = await readFile('sep=;\r\nName;Note,x,y\r\nAnn;1\r\n');
		expect(file.headers).toEqual(['Name', 'Note,x,y']);
		expect(file.rows).toEqual([{ row: 2, values: { Name: 'Ann', 'Note,x,y': '1' } }]);
	});
});

describe('row numbers', () => {
	it('are those of a spreadsheet: blank lines count, a record over two lines counts once', async () => {
		const { rows } = await readFile('\n,\nA,B\n1,"x\ny"\n\n , \n2,z\n');
		expect(rows).toEqual([
			{ row: 4, values: { A: '1', B: 'x\ny' } },
			{ row: 7, values: { A: '2', B: 'z' } },
		]);
	});
});

describe('rows that do not fit the header', () => {
	it('are filled up when they are shorter', async () => {
		expect(await readFile('A,B,C\n1\n')).toMatchObject({
			rows: [{ row: 2, values: { A: '1', B: '', C: '' } }],
		});
	});

	it('have a problem when they hold more, and none when the surplus is empty', async () => {
		const { rows } = await readFile('A,B\n1,2,,3\n4,5,,\n');
		expect(rows).toEqual([
			{
				row: 2,
				values: { A: '1', B: '2' },
				problem:
					'Column D holds a value, but the header ends before it. If a comma belongs to a value, put that value in quotes; else name the column or empty it.',
			},
			{ row: 3, values: { A: '4', B: '5' } },
		]);
	});

	it.each([
		[';', 'a semicolon'],
		['\t', 'a tab'],
		['|', 'a "|"'],
	])('name the delimiter %j', async (delimiter, name) => {
		const { rows } = await readFile(`A\n1${delimiter}2\n`, { delimiter });
		expect(rows[0].problem).toContain(`If ${name} belongs to a value`);
	});
});

describe('headers', () => {
	it('are known before the first row', async () => {
		expect((await readFile('A,B\n1,2\n')).headers).toEqual(['A', 'B']);
	});

	it('lose no column of the same name', async () => {
		const file = await readFile('Email,Name,Email,Email\n1,2,3,4\n');
		expect(file.rows[0].values).toEqual({
			Email: '1',
			Name: '2',
			'Email (column C)': '3',
			'Email (column D)': '4',
		});
		expect(file.notices).toEqual([
			'The header "Email" stands there more than once. The one in column C is called "Email (column C)" here; rename or remove it.',
			'The header "Email" stands there more than once. The one in column D is called "Email (column D)" here; rename or remove it.',
		]);
	});

	it('lose no column without a name, except empty ones at the end', async () => {
		const file = await readFile(',Name,,Age,,\n0,Ann,x,7,,\n');
		expect(file.headers).toEqual(['Column A', 'Name', 'Column C', 'Age']);
		expect(file.rows).toEqual([
			{ row: 2, values: { 'Column A': '0', Name: 'Ann', 'Column C': 'x', Age: '7' } },
		]);
		expect(file.notices).toEqual([
			'Column A has no name in the header. It is called "Column A" here; give it a name if its values matter.',
			'Column C has no name in the header. It is called "Column C" here; give it a name if its values matter.',
		]);
	});

	it('of thousands of columns bring a few notices, and none of any length', async () => {
		const same = 'x'.repeat(500);
		const { notices } = await readFile(
			`${Array.from({ length: 3000 }, () => same).join(',')}\n1\n`,
		);
		expect(notices).toHaveLength(11);
		expect(notices[10]).toBe(
			'2989 more columns have no name in the header, or one that stands there twice.',
		);
		for (const notice of notices) expect(notice.length).toBeLessThan(400);
	});

	it('are found behind the 26th column by two letters', async () => {
		const header = Array.from({ length: 27 }, (_, index) => `h${index}`);
		header.push('h0');
		expect((await readFile(`${header.join(',')}\n1\n`)).headers?.at(-1)).toBe('h0 (column AB)');
	});
});

describe('a quote that is never closed', () => {
	const message = (row: number) =>
		`The quote (") that opens in row ${row} is never closed. Close it or remove it, then run again.`;

	it('is found at the end of the file', async () => {
		expect(await faultOf('A,B\n1,2\n\n3,"4\n5,6\n')).toBe(message(4));
	});

	it('is found where the next quote opens, before it swallows the rows between', async () => {
		expect(await faultOf('A,B\n1,"2\n3,4\n"5",6\n')).toBe(message(2));
	});

	it('is found in a row of a later block', async () => {
		const rows = Array.from({ length: 20_000 }, (_, index) => `${index},"x"`);
		rows[15_000] = '15000,"x';
		expect(await faultOf(`A,B\n${rows.join('\n')}`)).toBe(message(15_002));
	});

	it('is given up after a bounded length', async () => {
		let read = 0;
		async function* long(): AsyncGenerator<Uint8Array> {
			yield Buffer.from('A,B\n1,2\n3,"');
			for (; read < 200; read++) yield Buffer.alloc(65_536, 'x\n');
		}
		const { openRows } = await import('../../../nodes/shared/file');
		await expect(openRows(long()).then(({ rows }) => collect(rows))).rejects.toThrow(
			'Row 3 is longer than 4 million characters. Probably a quote (") in it is never closed, or this is not a CSV file.',
		);
		expect(read).toBeLessThan(100);
	});
});

describe('records', () => {
	/** By piece, and last what is left. */
	function recordsOf(...pieces: string[]): string[][][] {
		const reader = new RecordReader(',');
		const parts = [...pieces.map((piece) => reader.push(piece)), reader.finish()];
		return parts.map((part) => [...part].flatMap(({ cells }) => cells));
	}

	it('are those a library reads, slips included, wherever the text is cut', () => {
		// Files that end in a fault compare nothing; most must not.
		expect(compareWithLibrary(3000)).toBeGreaterThan(1500);
	});

	it('wait for the end of the line behind a quote', () => {
		expect(recordsOf('"a\nb"', '\r', '\n1')).toEqual([[], [], [['a\nb']], [['1']]]);
	});

	it('are not held back once they are finished', () => {
		expect(recordsOf('1,"a\n', 'b"\n2,c', 'd\n3,"e"')).toEqual([
			[],
			[['1', 'a\nb']],
			[['2', 'cd']],
			[['3', 'e']],
		]);
	});

	it('come before the fault behind them', () => {
		const reader = new RecordReader(',');
		const found = reader.push('1,2\n3,"4\n"5",6\n');
		expect(found.next().value).toEqual({ cells: [['1', '2']], sources: ['1,2\n'] });
		expect(() => found.next()).toThrow('opens in row 2');
	});

	it('come some at a time, each with what it was made of', () => {
		const lines = Array.from({ length: 120 }, (_, n) => `${n},"x"\r\n`);
		const found = [...new RecordReader(',').push(lines.join(''))];
		expect(found.map(({ cells }) => cells.length)).toEqual([50, 50, 20]);
		expect(found.flatMap(({ sources }) => sources)).toEqual(lines);
	});
});
