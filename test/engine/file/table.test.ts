import { faultOf, readFile } from './reading';

/** What the tests' columns are called; in the package that is known from the vendor's fields. */
const FIELDS: Readonly<Record<string, string>> = {
	id: 'id',
	'external id': 'id',
	'first name': 'first',
	firstname: 'first',
	'last name': 'last',
	lastname: 'last',
	email: 'email',
	company: 'company',
};

const fieldsNamed = (cells: readonly string[]) => cells.map((cell) => FIELDS[cell.toLowerCase()]);

const read = async (text: string, options = {}) => {
	const { headers, notices, rows } = await readFile(text, { fieldsNamed, ...options });
	return {
		headers,
		notices,
		rows: rows.map(({ row, values }) => [row, ...Object.values(values)]),
		problems: rows.flatMap(({ row, problem }) => (problem === undefined ? [] : [[row, problem]])),
	};
};

const refused = (text: string, options = {}) => faultOf(text, { fieldsNamed, ...options });

describe('the header', () => {
	it.each([
		['lines of notes', 'Notes:\n"Some, and\nmore"\n\n', 4],
		['a title', 'Employee directory\nPrinted 01.12.2026\n\n', 4],
		['lines that name a field as well', 'Company,ACME SA\nPrinted,2026-12-01\n', 3],
	])('is found below %s, which are no people', async (_, above, row) => {
		const found = await read(`${above}External ID,First Name,Last Name\nE1,Ana,Roy\n`);
		expect(found).toEqual({
			headers: ['External ID', 'First Name', 'Last Name'],
			notices: [
				`The column names stand in row ${row}. What stands above is no record and was left out.`,
			],
			rows: [[row + 1, 'E1', 'Ana', 'Roy']],
			problems: [],
		});
	});

	it('is the first of those that name as many fields, and nothing is said of one in the first row', async () => {
		const found = await read('External ID,Pet,Last Name\nE1,Cat,Roy\n');
		expect(found.notices).toEqual([]);
		expect(found.rows).toEqual([[2, 'E1', 'Cat', 'Roy']]);
	});

	it('is not looked for below the twentieth line that holds anything', async () => {
		const lines = (count: number) => `${'x\n'.repeat(count)}External ID,First Name\nE1,Ana\n`;
		expect((await read(lines(19))).headers).toEqual(['External ID', 'First Name']);
		expect((await read(lines(20))).headers).toEqual(['x']);
	});

	it('is no row with an address, a date or a long number in it', async () => {
		const { headers } = await read(
			'Company,ana@acme.example\nCompany,2026-12-01\nExternal ID\nE1\n',
		);
		expect(headers).toEqual(['External ID']);
	});

	it('stands where the user says, whatever the rows look like', async () => {
		const text = 'External ID,First Name\nKey,Given\nE1,Ana\n';
		const found = await read(text, { headerRow: 2 });
		expect(found).toMatchObject({ headers: ['Key', 'Given'], rows: [[3, 'E1', 'Ana']] });
		expect(await refused(text, { headerRow: 9 })).toBe(
			'The file ends before row 9, which "Header Row" names. Correct that option.',
		);
		expect(await refused(`\n${text}`, { headerRow: 1 })).toBe(
			'Row 1 is empty, but "Header Row" says that the column names stand there. Correct that option.',
		);
	});

	it('that was sorted among the people ends the reading', async () => {
		const text =
			'E0,Ana,Roy,ana@acme.example\nExternal ID,First Name,Last Name,Email\nE1,Bo,Lind,bo@x.de\n';
		expect(await refused(text)).toBe(
			'The column names seem to stand in row 2, but row 1 above it looks like a record. Move the column names to the top, or set "Header Row".',
		);
	});

	it('in curly quotes says that these are the quotes of the file', async () => {
		const { rows, problems } = await read(
			'“External ID”,“First Name”,“Last Name”\n“E1”,Ana,“Roy”\n“E2”,Bo,“Lind, Jr.”\n“E3”,“Cy”,“Li\n',
		);
		expect(rows).toEqual([
			[2, 'E1', 'Ana', 'Roy'],
			[3, 'E2', 'Bo', '“Lind'],
			[4, 'E3', 'Cy', '“Li'],
		]);
		expect(problems).toEqual([
			[3, expect.stringContaining('Column D holds a value')],
			[4, expect.stringContaining('curly quote')],
		]);
	});
});

describe('below the header', () => {
	const HEADER = 'External ID,First Name,Last Name\n';
	const note = (rows: string, what: string) => `${rows} left out as no record: ${what}.`;

	it.each([
		['the header again', 'External ID,First Name,Last Name', 'column names once more'],
		[
			'the header of a joined file',
			'\ufeff"External ID","First Name","Last Name"',
			'column names once more',
		],
		['labels below names', 'ID,FirstName,LastName', 'column names once more'],
		['zeros of dragged formulas', ' , ,0', 'nothing but zeros, dashes or errors'],
		['dashes', '-,-,-', 'nothing but zeros, dashes or errors'],
		['an error', ',#N/A,FALSE', 'nothing but zeros, dashes or errors'],
		['a date that means none', ',,00/01/1900', 'nothing but zeros, dashes or errors'],
		['a total', 'Grand Totals (2 records)', 'a total, a note or a page number'],
		['a total with its number', 'Total,,12', 'a total, a note or a page number'],
		['a total in German', ';;Summe: 12'.replaceAll(';', ','), 'a total, a note or a page number'],
		['a page number', ',Page 1 of 2,', 'a total, a note or a page number'],
		['a count', '25 records', 'a total, a note or a page number'],
		['a notice', '"Confidential, not for distribution"', 'a total, a note or a page number'],
	])('%s is no record', async (_, line, what) => {
		const { rows, notices, problems } = await read(`${HEADER}E1,Ana,Roy\n${line}\nE2,Bo,Lind\n`);
		expect(rows).toEqual([
			[2, 'E1', 'Ana', 'Roy'],
			[4, 'E2', 'Bo', 'Lind'],
		]);
		expect(notices).toEqual([note('Row 3 was', what)]);
		expect(problems).toEqual([]);
	});

	it('they are found far down as well, and a few are named', async () => {
		const people = 'E1,Ana,Roy\n'.repeat(30);
		const { rows, notices } = await read(HEADER + `${people}${HEADER}`.repeat(7));
		expect(rows).toHaveLength(210);
		expect(notices).toEqual([
			'7 rows were left out as no record (32, 63, 94, 125, 156, …): column names once more.',
		]);
	});

	it('names in another order end the reading: the people below belong to other columns', async () => {
		const message =
			'holds column names in another order than row 1: two lists were joined. Split the file there.';
		expect(await refused(`${HEADER}E1,Ana,Roy\nLast Name,First Name,External ID\n`)).toBe(
			`Row 3 ${message}`,
		);
		const far = 'E1,Ana,Roy\n'.repeat(30);
		expect(await refused(`${HEADER}${far}Last Name,First Name,External ID\n`)).toBe(
			`Row 32 ${message}`,
		);
	});

	it('a line of text fails, for it may belong to somebody', async () => {
		const { problems } = await read(`${HEADER}E1,Ana,Roy\nthese people left us recently\n`);
		expect(problems).toEqual([
			[
				3,
				'Only one column holds a value, and it reads like a line of text, not like a record. Remove the row, or fill its other columns.',
			],
		]);
	});

	it('what follows a total is the end of a report until a row is filled again', async () => {
		const { rows, problems } = await read(
			`${HEADER}E1,Ana,Roy\nTotal,,1\nStaff on 1 December\nPrepared\nE2,Bo,Lind\nE3\n`,
		);
		expect(rows.map(([row]) => row)).toEqual([2, 5, 6, 7]);
		expect(problems).toEqual([[5, expect.stringContaining('It stands below a total or note')]]);
	});

	it.each([
		['is called like the words for a total', 'E1,Total,Summe'],
		['is called like two columns', 'E1,First Name,Last Name'],
		['has a dash for a name', '-,-,Roy'],
		['has zeros', '0,Ana,0'],
		['has a key only', 'E1'],
		['has an address on the page', 'Page,Page 1,Roy'],
	])('somebody who %s is a record', async (_, line) => {
		const { rows, problems } = await read(`${HEADER}E1,Ana,Roy\n${line}\n`);
		expect(rows).toHaveLength(2);
		expect(problems).toEqual([]);
	});
});

describe('the delimiter', () => {
	it.each([
		['below a title without any', 'Employee directory, Paris\n\n', ';'],
		['of bars', '', '|'],
		['of a single column', '', ','],
	])('is the one whose header names most fields: %s', async (_, above, delimiter) => {
		const names = ['External ID', 'First Name', 'Last Name'].slice(0, delimiter === ',' ? 1 : 3);
		const file = await readFile(
			`${above}${names.join(delimiter)}\nE1${delimiter}a,b;c\n`.replace(/,a,b;c/, ''),
			{
				fieldsNamed,
			},
		);
		expect(file).toMatchObject({ delimiter, headers: names });
	});

	it('of two that name as many fields is the one the rows agree with', async () => {
		expect(
			await read('First Name,Last Name;Email\nAna,Roy;a@x.de,b@x.de\nBo;bo@x.de\nCy;cy@x.de\n'),
		).toMatchObject({
			headers: ['First Name,Last Name', 'Email'],
		});
	});

	it('is asked for where nothing speaks for one of two', async () => {
		expect(await refused('First Name,Last Name;Email\n')).toBe(
			'It is not clear which character separates the columns. Choose it under "Delimiter".',
		);
	});

	it.each(['sep=;', '"sep=;"', 'SEP=;', '\ufeffsep=;', 'sep=;;;;'])(
		'is said by %s',
		async (line) => {
			const { headers, rows } = await read(
				`${line}\r\nExternal ID;First Name,Last Name\r\nE1;x\r\n`,
			);
			expect(headers).toEqual(['External ID', 'First Name,Last Name']);
			expect(rows).toEqual([[2, 'E1', 'x']]);
		},
	);
});

describe('line ends', () => {
	it.each([
		[
			'CR CR LF',
			'"a","b"\r\r\n"1","x\r\ny"\r\r\n"2","z"\r\r\n',
			[
				[2, '1', 'x\r\ny'],
				[3, '2', 'z'],
			],
		],
		[
			'CR, then LF',
			'a,b\r1,x\r\n2,y\n3,z\r',
			[
				[2, '1', 'x'],
				[3, '2', 'y'],
				[4, '3', 'z'],
			],
		],
		[
			'LF, with CR between quoted rows',
			'"a","b"\n"1","x"\r"2","y"\n',
			[
				[2, '1', 'x'],
				[3, '2', 'y'],
			],
		],
	])('%s end rows, and rows are counted as they are shown', async (_, text, rows) => {
		expect(await read(text)).toMatchObject({ rows, problems: [] });
	});

	it('a CR that makes no rows of the header’s width fails its row, if it is not in quotes', async () => {
		const { rows, problems } = await read('a,b,c\n1,x\ry,z\n2,"x\ry",z\n3\r4,x\n');
		expect(rows.map(([row]) => row)).toEqual([2, 3, 4]);
		expect(problems).toEqual([
			[2, expect.stringContaining('outside quotes')],
			[4, expect.stringContaining('outside quotes')],
		]);
	});
});

describe('quotes', () => {
	it('may have blanks before and behind them', async () => {
		expect(await read('"a", "b" ,"c"\n"1" , "x, y", z\n')).toMatchObject({
			headers: ['a', 'b', 'c'],
			rows: [[2, '1', 'x, y', ' z']],
		});
	});

	it('may be written with a backslash', async () => {
		const { rows } = await read(
			'a,b,c\n1,"Led the \\"Blue\\" team, Paris",x\n2,"Bo \\"Bob\\"",y\n3,"C:\\",z\n',
		);
		expect(rows).toEqual([
			[2, '1', 'Led the "Blue" team, Paris', 'x'],
			[3, '2', 'Bo "Bob"', 'y'],
			[4, '3', 'C:\\', 'z'],
		]);
	});
});

describe('characters that mean nothing', () => {
	it('zero bytes are left out, and said', async () => {
		expect(await read('a,b\n1,Ana\0\n2,Bo\n')).toEqual({
			headers: ['a', 'b'],
			notices: ['The file holds zero bytes, which mean nothing in a text: they were left out.'],
			rows: [
				[2, '1', 'Ana'],
				[3, '2', 'Bo'],
			],
			problems: [],
		});
	});

	it('Ctrl-Z ends a file, and elsewhere stands for a letter that was lost', async () => {
		expect(await read('a,b\n1,Ana\n\x1a')).toMatchObject({ rows: [[2, '1', 'Ana']], notices: [] });
		expect(await read('a,b\n1,An\x1aa\n2,Bo\x1a')).toMatchObject({
			rows: [
				[2, '1', 'An\x1aa'],
				[3, '2', 'Bo'],
			],
			problems: [[2, expect.stringContaining('A character cannot be read')]],
		});
	});
});

describe('lines below the header that say what the columns hold', () => {
	const rest = 'E1,Ana,Roy\n';
	it.each([
		'text,text,text\n',
		'Required,(max 50 characters),optional\n',
		'varchar(20),e.g. Ana,e.g. Roy\n(your own number),,\n',
	])('are no people: %j', async (about) => {
		const { rows, notices } = await read(`External ID,First Name,Last Name\n${about}${rest}`);
		expect(rows.map(([, ...values]) => values)).toEqual([['E1', 'Ana', 'Roy']]);
		expect(notices[0]).toContain('it says what the columns are to hold');
	});
	it.each(['E0,Date,Text\n', 'Text,,\n', 'Required,Ana,optional\n'])(
		'but who is called so is: %j',
		async (person) => {
			const { rows } = await read(`External ID,First Name,Last Name\n${person}${rest}`);
			expect(rows).toHaveLength(2);
		},
	);
	it('stand there only', async () => {
		const { rows } = await read(`External ID,First Name,Last Name\n${rest}text,text,text\n`);
		expect(rows).toHaveLength(2);
	});
});

describe('two lists in one', () => {
	const isHeading = (cell: string) => ['Name', 'Phone', 'Team', 'Email'].includes(cell);
	const joined = /^Row 4 holds column names in another order than row 1: two lists were joined/;
	it('one below the other are not sent', async () => {
		const text = 'External ID,First Name\nE1,Ana\n\nName,Phone\nRoy,1\n';
		expect(await refused(text, { isHeading })).toMatch(joined);
		expect((await read(text)).rows).toHaveLength(3);
	});
	it('of the same columns in another language are one', async () => {
		const inGerman = (cells: readonly string[]) =>
			cells.map((cell) => ({ Nr: 'id', Vorname: 'first' })[cell] ?? fieldsNamed([cell])[0]);
		const text = `${'External ID,First Name\n'}${'E1,Ana\n'.repeat(30)}Nr,Vorname\nE2,Bo\n`;
		const found = await read(text, {
			isHeading: (cell: string) => ['Nr', 'Vorname'].includes(cell),
			fieldsNamed: inGerman,
		});
		expect(found.rows).toHaveLength(31);
		expect(found.notices[0]).toContain('Row 32 was left out as no record: column names once more');
	});
	it.each([
		'External ID,First Name\nE1,Ana\nTeam,Ana\n',
		'External ID,First Name\nE1,Ana\nE2,Team\n',
	])('but people may be called like columns: %j', async (text) => {
		expect((await read(text, { isHeading })).rows).toHaveLength(2);
	});
	it('side by side are not sent', async () => {
		const head = 'External ID,First Name,Last Name';
		expect(await refused(`${head},,${head}\nE1,Ana,Roy,,E2,Bo,Lind\n`)).toContain(
			'from column E on once more: two lists stand side by side',
		);
		const { rows } = await read(`${head},Phone,Phone,Phone\nE1,Ana,Roy,1,2,3\n`);
		expect(rows).toHaveLength(1);
	});
});

describe('rows in quotes as a whole', () => {
	it('are told of', async () => {
		const text = '"External ID,First Name,Last Name"\n"E1,Ana,""Roy, Jr."""\n';
		expect(await refused(text)).toContain('there are quotes around it');
	});
	it('below a header without fail', async () => {
		const { problems } = await read('External ID,First Name,Last Name\n"E1,Ana,Roy"\nE2,Bo,Lind\n');
		expect(problems).toEqual([[2, expect.stringContaining('stands in one cell')]]);
	});
});

describe('lines of words alone', () => {
	const text = (line: string) =>
		`First Name,Last Name,Email\nAna,Roy,a@x.de\n${line}\nBo,Lind,b@x.de\n`;
	it.each(['Sales,,', 'Approved,,', 'MG = Madagascar,,'])('are no records: %s', async (line) => {
		const { problems } = await read(text(line));
		expect(problems).toEqual([[3, expect.stringContaining('Only its first column holds a value')]]);
	});
	it.each(['Prepared by,Grace Hopper,', 'Stand: 31.03.2026,,', 'Sheet: Leavers,,'])(
		'are left out where they say who made a report, or when: %s',
		async (line) => {
			const { rows, notices } = await read(text(line));
			expect(rows).toHaveLength(2);
			expect(notices[0]).toContain('a note');
		},
	);
	it.each(['E7,,', 'cy@x.de,,', ',Ng,', 'Approved,Ng,cy@x.de'])('but may be: %s', async (line) => {
		const { rows, problems } = await read(text(line));
		expect([rows.length, problems]).toEqual([3, []]);
	});
});
