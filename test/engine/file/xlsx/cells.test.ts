import { readFile } from '../reading';
import { below, workbook } from './make';

/** The value of a cell in column A with this XML, and what is wrong with it. */
async function cell(xml: string, more: Parameters<typeof below>[2] = {}) {
	const file = await below(2, `<row r="2">${xml}<c r="B2" t="str"><v>b</v></c></row>`, more);
	const [{ values, columnProblems, problem }] = (await readFile([file])).rows;
	return { value: values.A1, problem: columnProblems?.A1 ?? problem };
}
const value = async (xml: string, more?: Parameters<typeof below>[2]) => {
	const { value: found, problem } = await cell(xml, more);
	expect(problem).toBeUndefined();
	return found;
};
const formatted = async (format: number | string, number: number | string, date1904?: string) =>
	await value(`<c r="A2" s="1"><v>${number}</v></c>`, { formats: [0, format], date1904 });

describe('texts', () => {
	it('come from the list of shared strings, wherever its part stands', async () => {
		const strings = '<si><t>00123</t></si><si/><si><t xml:space="preserve"> Zoë &amp; Bo </t></si>';
		const at = async (index: number) =>
			await value(`<c r="A2" t="s"><v>${index}</v></c>`, { strings });
		expect(await at(0)).toBe('00123');
		expect(await at(1)).toBe('');
		expect(await at(2)).toBe(' Zoë & Bo ');
	});

	it('may be in several looks, and have readings that are no part of them', async () => {
		const strings =
			'<si><r><rPr><b/></rPr><t>Ta</t></r><r><t>ro</t></r><rPh sb="0" eb="1"><t>タロウ</t></rPh><phoneticPr/></si>';
		expect(await value('<c r="A2" t="s"><v>0</v></c>', { strings })).toBe('Taro');
	});

	it('may stand in the cell', async () => {
		expect(await value('<c r="A2" t="inlineStr"><is><t>a</t></is></c>')).toBe('a');
		expect(await value('<c r="A2" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>')).toBe(
			'ab',
		);
		expect(await value('<c r="A2" t="inlineStr"><is/></c>')).toBe('');
		expect(await value('<c r="A2" t="inlineStr"/>')).toBe('');
	});

	it('may hold what XML cannot', async () => {
		expect(await value('<c r="A2" t="str"><v>a_x000D__x0041_ _x005F_x0041_&#10;z</v></c>')).toBe(
			'a\rA _x0041_\nz',
		);
		expect(await value('<c r="A2" t="str"><v><![CDATA[<a> & ]]>b<!-- c --></v></c>')).toBe(
			'<a> & b',
		);
	});

	it('are shown with what their format adds', async () => {
		const more = { formats: [0, '@"@example.com"', '0;-0;;@'] };
		expect(await value('<c r="A2" s="1" t="str"><v>ann</v></c>', more)).toBe('ann@example.com');
		expect(await value('<c r="A2" s="2" t="str"><v>ann</v></c>', more)).toBe('ann');
	});

	it('that the file does not hold are a problem of their row', async () => {
		const { problem } = await cell('<c r="A2" t="s"><v>7</v></c>', {
			strings: '<si><t>a</t></si>',
		});
		expect(problem).toMatch(/^names a text that the file does not hold/);
		expect((await cell('<c r="A2" t="s"><v>0</v></c>')).problem).toMatch(/^names a text/);
	});
});

describe('numbers', () => {
	it.each([
		['123456789012', 123456789012],
		['-0.5', -0.5],
		['1E3', 1000],
		['0.30000000000000004', 0.3],
		['1.1000000000000001', 1.1],
		['999999999999999', 999999999999999],
	])('%s', async (raw, expected) => {
		expect(await value(`<c r="A2"><v>${raw}</v></c>`)).toBe(expected);
	});

	it.each(['1234567890123456', '1.2345678901234500E+15', '-1000000000000000'])(
		'of more than 15 digits fail as cut: %s',
		async (raw) => {
			expect((await cell(`<c r="A2"><v>${raw}</v></c>`)).problem).toBe(
				'holds a number of more than 15 digits, and Excel has replaced the rest by zeros. Format the column as text and enter the number again.',
			);
		},
	);

	it('that are none are a problem', async () => {
		expect((await cell('<c r="A2"><v>abc</v></c>')).problem).toMatch(/cannot be read/);
	});

	it.each([
		['00000', 123, '00123'],
		['00000', 123456, '123456'],
		['00000', 12.5, 12.5],
		['0', 12, 12],
		['0', 12.4, 12.4],
		['0.00', 12.345, 12.345],
		['#,##0', 85000, 85000],
		['#,##0.00\\ "€"', 85000, 85000],
		['[$€-407]\\ #,##0', 85000, 85000],
		['0" EUR"', 85000, 85000],
		['_-* #,##0.00_-;\\-* #,##0.00_-;_-* "-"??_-;_-@_-', 0, 0],
		['0_);(0)', -5, -5],
		['0_);[Red]\\(0\\)', 5, 5],
		['"E"0000', 42, 'E0042'],
		['"EMP-"0', 42, 'EMP-42'],
		['000\\-00\\-0000', 12345678, '012-34-5678'],
		['[<=9999999]###\\-####;\\(###\\) ###\\-####', 5551234, '555-1234'],
		['[<=9999999]###\\-####;\\(###\\) ###\\-####', 5155550100, '(515) 555-0100'],
		['0#" "##" "##" "##" "##', 612345678, '06 12 34 56 78'],
		['\\+0', 33612345678, '+33612345678'],
		['"Yes";"Yes";"No"', 1, 'Yes'],
		['"Yes";"Yes";"No"', 0, 'No'],
		['0;-0;;@', 0, ''],
		['General" yrs"', 5, '5 yrs'],
		['0.00E+00', 1234567, 1234567],
		['# ?/?', 0.5, 0.5],
		['General', 7, 7],
		[9, 0.15, '15%'],
		['0.0%', 0.07, '7%'],
		[49, 12, 12],
		[37, -5, -5],
	])('formatted %s: %s is %j', async (format, number, expected) => {
		expect(await formatted(format, number)).toBe(expected);
	});
});

describe('dates and times', () => {
	it.each([
		[14, 45382, '2024-03-31'],
		['yyyy-mm-dd', 45382.75, '2024-03-31'],
		['dd/mm/yyyy hh:mm', 45382, '2024-03-31'],
		[22, 45382.604166666664, '2024-03-31T14:30:00'],
		['yyyymmdd', 45382, '2024-03-31'],
		['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 45382, '2024-03-31'],
		['yyyy"年"m"月"d"日"', 45382, '2024-03-31'],
		[31, 45382, '2024-03-31'],
		['mmm-yy', 45382, '2024-03-31'],
		['dd.mm.yyyy;@', 45382, '2024-03-31'],
		['yyyy-mm-dd hh:mm:ss.000', 45382.000011574074, '2024-03-31T00:00:01'],
		['yyyy-mm-dd hh:mm:ss.000', 45382.0000177, '2024-03-31T00:00:01.529'],
		[14, 1, '1900-01-01'],
		[14, 59, '1900-02-28'],
		[14, 61, '1900-03-01'],
		[14, 2958465, '9999-12-31'],
		[20, 0.5, '12:00:00'],
		['h:mm AM/PM', 0.75, '18:00:00'],
		['[h]:mm', 1.5, '36:00:00'],
		['mm:ss', 0.0005, '00:00:43'],
		// Days that never were, as the sheet shows them: no date field takes them.
		[14, 0, '1900-01-00'],
		[14, 60, '1900-02-29'],
	])('formatted %s: %s is %j', async (format, number, expected) => {
		expect(await formatted(format, number)).toBe(expected);
	});

	it.each(['1', 'true'])('count from 1904 where the workbook says %s', async (said) => {
		expect(await formatted(14, 43920, said)).toBe('2024-03-31');
		expect(await formatted('yyyy-mm-dd', 0, said)).toBe('1904-01-01');
		expect(await formatted(20, 0.5, said)).toBe('12:00:00');
		// As a number it would be read as a day of the other system, four years off.
		expect(await value('<c r="A2"><v>43920</v></c>', { date1904: said })).toBe('43920');
	});

	it.each(['0', 'false'])('count from 1900 where it says %s', async (said) => {
		expect(await formatted(14, 45382, said)).toBe('2024-03-31');
	});

	it('of ISO 8601 come as they are', async () => {
		expect(await value('<c r="A2" t="d"><v>2024-03-31T00:00:00</v></c>')).toBe('2024-03-31');
		expect(await value('<c r="A2" t="d"><v>2024-03-31T09:30:00Z</v></c>')).toBe(
			'2024-03-31T09:30:00Z',
		);
	});

	it.each([-1, 2958466])('that a sheet cannot show are a problem: %s', async (number) => {
		const { problem } = await cell(`<c r="A2" s="1"><v>${number}</v></c>`, { formats: [0, 14] });
		expect(problem).toMatch(/a date that does not exist/);
	});
});

describe('other cells', () => {
	it('booleans', async () => {
		expect(await value('<c r="A2" t="b"><v>1</v></c>')).toBe('TRUE');
		expect(await value('<c r="A2" t="b"><v>0</v></c>')).toBe('FALSE');
	});

	it('formulas have their stored result', async () => {
		expect(await value('<c r="A2"><f>1+1</f><v>2</v></c>')).toBe(2);
		expect(await value('<c r="A2" t="str"><f>"a"</f><v>a</v></c>')).toBe('a');
		expect(await value('<c r="A2" t="str"><f>""</f></c>')).toBe('');
	});

	it('formulas that were never calculated are a problem', async () => {
		expect((await cell('<c r="A2"><f>1+1</f></c>')).problem).toMatch(
			/^holds a formula without its result/,
		);
	});

	it.each(['#N/A', '#REF!', '#DIV/0!', '#NAME?', '#SPILL!'])(
		'the error %s is a problem',
		async (name) => {
			const found = await cell(`<c r="A2" t="e"><v>${name}</v></c>`);
			expect(found).toEqual({
				value: name,
				problem: `holds the error ${name}. Correct it in the sheet.`,
			});
		},
	);

	it('quotes nothing that is no name of an error', async () => {
		const { problem } = await cell('<c r="A2" t="e"><v>Jane Doe</v></c>');
		expect(problem).toBe('holds the error #VALUE!. Correct it in the sheet.');
	});

	it('a style the workbook does not have is none', async () => {
		expect(await value('<c r="A2" s="99"><v>5</v></c>')).toBe(5);
	});
});

describe('where cells stand', () => {
	const grid = async (rows: string) =>
		(await readFile([await below(3, rows)])).rows.map(({ row, values }) => [
			row,
			...Object.values(values),
		]);
	const t = (text: string, r = '') => `<c${r && ` r="${r}"`} t="str"><v>${text}</v></c>`;

	it('without references they follow each other', async () => {
		expect(await grid(`<row>${t('a')}${t('b')}</row><row>${t('c')}${t('d', 'C3')}</row>`)).toEqual([
			[2, 'a', 'b', ''],
			[3, 'c', '', 'd'],
		]);
	});

	it('gaps are blank, order does not matter, rows keep their numbers', async () => {
		expect(await grid(`<row r="7">${t('c', 'C7')}${t('a', 'A7')}</row>`)).toEqual([
			[7, 'a', '', 'c'],
		]);
	});

	it('rows that are only styled, or hold only blanks, are none', async () => {
		expect(
			await grid(
				`<row r="2">${t('a')}</row><row r="3" s="1" customFormat="1"><c r="A3" s="1"/></row><row r="4">${t('  ')}<c t="inlineStr"><is/></c></row><row r="5"/>`,
			),
		).toEqual([[2, 'a', '', '']]);
	});

	it('the names of elements may have a prefix', async () => {
		const file = await workbook({
			sheets: [{ data: '' }],
			parts: {
				'xl/worksheets/sheet1.xml':
					'<x:worksheet xmlns:x="urn"><x:sheetData><x:row><x:c t="str"><x:v>A1</x:v></x:c></x:row><x:row><x:c t="str"><x:v>a</x:v></x:c></x:row></x:sheetData></x:worksheet>',
			},
		});
		expect((await readFile([file])).rows).toEqual([{ row: 2, values: { A1: 'a' } }]);
	});

	it('a value behind the last name of the header is a problem', async () => {
		const { rows } = await readFile([await below(1, `<row r="2">${t('a')}<c/>${t('c')}</row>`)]);
		expect(rows[0].problem).toBe(
			'Column C holds a value, but the header ends before it. Name the column or empty it.',
		);
	});
});
