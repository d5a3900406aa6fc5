import {
	email,
	file,
	flag,
	phone,
	text,
	textList,
	number,
	choice,
	date,
	json,
	url,
} from '../../../../nodes/shared/definition';
import type { Concept, Field } from '../../../../nodes/shared/definition';
import { Problem } from '../../../../nodes/shared/mapping/problem';
import { tidyOf } from '../../../../nodes/shared/mapping/tidy';
import type { Reading } from '../../../../nodes/shared/mapping/values';

const plain = (label: string, concept?: Concept) => text({ label, concept });
const ID = plain('External ID', 'externalId');
const NAME = plain('Last Name', 'familyName');
const PLACE = plain('Location', 'location');
const PROSE = plain('Notes');
const PHONE = phone({ label: 'Phone' });
const PHONES = textList({ label: 'Phones', concept: 'phone' });
const MAIL = email({ label: 'Email' });
const MAILS = textList({ label: 'Emails', format: 'email' });
const END = date({ label: 'End', concept: 'endDate' });
const START = date({ label: 'Start', concept: 'startDate' });

/** The value, or why there is none; and what is noted. */
function tidy(field: Field, raw: unknown, reading: Reading = {}) {
	const notes: string[] = [];
	const isList = field.kind === 'textList';
	const cell = { field, concept: field.concept, isKey: field === ID, isList };
	const value = tidyOf(cell)(raw, (code) => notes.push(code), reading);
	return { value: value instanceof Problem ? value.text : value, notes };
}
const value = (field: Field, raw: unknown, reading?: Reading) => tidy(field, raw, reading).value;

describe('what spreadsheets do to values', () => {
	test.each([
		['a formula around a text', ID, '="00123"', '00123'],
		['a doubled quote in it', PLACE, '="a ""b"""', 'a "b"'],
		['the mark of a text', ID, "'00123", '00123'],
		['the mark before a sign', PHONE, "'+33612345678", '+33612345678'],
		['a name that begins with an apostrophe', NAME, "'t Hooft", "'t Hooft"],
		['a name in quotes', NAME, "'Ana'", "'Ana'"],
		['decimals behind an ID', ID, '10023.0', '10023'],
		['decimals with comma', ID, '10023,00', '10023'],
		['decimals behind a phone', PHONE, '33612345678.0', '33612345678'],
		['decimals of something else', PLACE, '10.0', '10.0'],
		['an ID that looks like a power', ID, '12E3', '12E3'],
	])('%s', (_, field, raw, expected) => {
		expect(tidy(field, raw)).toEqual({ value: expected, notes: [] });
	});
	test.each(['1.23457E+11', '1,23457E+11', '1E+12', '3.36123e+10'])('a number cut to %s', (raw) => {
		for (const field of [ID, PHONE, PHONES, PLACE, PROSE, number({ label: 'Salary' })])
			expect(value(field, raw)).toContain('Format the column as text');
	});
	test.each([
		...['#N/A', '#REF!', '#NAME?', '#VALUE!', '#DIV/0!', '#NV', '#BEZUG!', '#¡REF!', '####'],
		...['=#N/A'.slice(1), '="#N/A"'],
	])('an error: %s', (raw) => {
		for (const field of [ID, NAME, PLACE, PROSE, MAIL, PHONES, END, flag({ label: 'Active' })])
			expect(value(field, raw)).toContain('spreadsheet error');
	});
	test.each(['#1', '#metoo', '# 12', '#A12'])('no error: %s', (raw) => {
		expect(value(PLACE, raw)).toBe(raw);
	});
	test.each(['=A1', '=VLOOKUP(A1,B:C,2)'])('a formula: %s', (raw) => {
		expect(value(PLACE, raw)).toContain('is a formula');
	});
});

describe('what stands for nothing', () => {
	test.each(['NULL', '\\N', '(null)'])('%s is read as empty, and that is said', (raw) => {
		for (const field of [ID, NAME, PLACE, PHONE, END])
			expect(tidy(field, raw)).toEqual({ value: '', notes: ['blankWord'] });
	});
	test('in a list, beside other values', () => {
		expect(tidy(PHONES, 'NULL; +33612345678')).toEqual({
			value: ['+33612345678'],
			notes: ['blankWord'],
		});
		expect(value(PHONES, 'n/a')).toBe('');
	});
	test('people who are called so stay', () => {
		expect(value(NAME, 'Null')).toBe('Null');
		expect(value(NAME, 'Nullmeyer')).toBe('Nullmeyer');
	});
	test.each([
		...[
			'9999-12-31',
			'31.12.9999',
			'12/31/4712',
			'1900-01-01',
			'1/1/1753',
			'0000-00-00',
			'2999-12-31',
		],
	])('%s is no end, and nothing else is that day', (raw) => {
		expect(tidy(END, raw)).toEqual({ value: '', notes: ['openEnd'] });
		expect(value(START, raw)).toContain('stands for none');
	});
	test.each(['2026-03-31', '31.12.2099', '1985-05-12'])('%s is a day', (raw) => {
		expect(value(END, raw)).toBe(raw);
	});
});

describe('what people put where there is no value', () => {
	const PLAIN: readonly string[] = ['n/a', 'N/A', 'k. A.', '-', '—', '--'];
	test.each(PLAIN)('%s is read as empty, and that is said', (raw) => {
		for (const field of [
			PLACE,
			PHONE,
			PHONES,
			MAIL,
			MAILS,
			END,
			START,
			number({ label: 'Salary' }),
		])
			expect(tidy(field, raw)).toEqual({ value: '', notes: ['blankWord'] });
	});
	test.each(['none', 'NA', 'keine', 'aucun'])('%s is, where no word is a value', (raw) => {
		for (const field of [PHONE, PHONES, MAIL, END, number({ label: 'Salary' })])
			expect(tidy(field, raw)).toEqual({ value: '', notes: ['blankWord'] });
		for (const field of [PLACE, NAME]) expect(value(field, raw)).toBe(raw);
	});
	test.each(['TBD', 'tbc', '0', '0000', '?', 'unknown', 'pending', 'none'])(
		'%s is no ID of anybody',
		(raw) => {
			expect(value(ID, raw)).toContain('stands for no ID');
			expect(value(PLACE, raw)).toBe(raw);
		},
	);
	test('of a status nobody knows what a dash means', () => {
		expect(value(flag({ label: 'Active', concept: 'status' }), '-')).toBe('-');
	});
	test('a manager there is none of', () => {
		const manager = plain('Manager', 'manager');
		for (const raw of ['NO_MANAGER', 'No manager', 'none', '-', 'N/A'])
			expect(value(manager, raw)).toBe('');
		expect(value(manager, 'Nona')).toBe('Nona');
	});
});

describe('a name', () => {
	test.each(['Roy, Ana', 'ROY, ANA', 'Lind, Jr., Bo'])('of two in one is refused: %s', (raw) => {
		expect(value(NAME, raw)).toContain('last and first name');
		expect(value(plain('Display Name', 'displayName'), raw)).toBe(raw);
	});
	test.each(['Lind, Jr.', 'Roy, PhD', 'Roy, MBA, CPA', 'Roy, M.D.', 'Roy,'])(
		'may have something behind it: %s',
		(raw) => {
			expect(value(NAME, raw)).toBe(raw);
		},
	);
	test.each([
		'12345',
		'007',
		'(515) 555-0100',
		'ana@acme.example',
		'Roy ana@acme.example',
		'E7',
		'EMP-0042',
	])('is none: %s', (raw) => {
		expect(value(NAME, raw)).toContain('no name');
	});
	test.each(['Wa³êsa', 'Dvo¿ák', 'Lind×'])(
		'with signs of another encoding is refused: %s',
		(raw) => {
			expect(value(NAME, raw)).toContain('wrong encoding');
			expect(value(PLACE, raw)).toBe(raw);
		},
	);
	test.each(['<b>Roy</b>', 'Roy<br>', '&lt;i&gt;Roy&lt;/i&gt;'])(
		'with marks of a web page is refused: %s',
		(raw) => {
			for (const field of [NAME, PLACE]) expect(value(field, raw)).toContain('web page');
			expect(value(PROSE, raw)).toBe(raw);
		},
	);
	test.each(['Ana | Bo', 'Ana\nBo', 'Ana ::: Bo'])('of several people is refused: %j', (raw) => {
		expect(value(NAME, raw)).toContain('several values');
	});
	test.each(['Vacant', 'VACANT', 'TBD', 'tbd', 'N.N.', 'xxx', 'Open Position'])(
		'of somebody still to come is refused: %s',
		(raw) => {
			expect(value(NAME, raw)).toContain('still to come');
			expect(value(PLACE, raw)).toBe(raw);
		},
	);
	test.each(['“Roy”', '„Roy“', '«Roy»'])('in the quotes of a printed text: %s', (raw) => {
		expect(tidy(NAME, raw)).toEqual({ value: 'Roy', notes: ['quotes'] });
	});
	test('that is a question was lost', () => {
		expect(value(NAME, '???')).toContain('was lost');
	});
	test.each([
		'-',
		'.',
		'X Æ A-12',
		'Ana2',
		'O´Neill',
		'Mª José',
		'Gal·la',
		'Ana (E1)',
		'王',
		'Na',
		'None',
	])('is what stands there: %s', (raw) => {
		expect(tidy(NAME, raw)).toEqual({ value: raw, notes: [] });
	});
	test('that is n/a is nobody', () => {
		expect(tidy(NAME, 'n/a')).toEqual({ value: '', notes: ['blankWord'] });
	});
});

describe('an ID', () => {
	test.each(['12,345', 'E10; E11', 'E10, E11', 'E8\nE9', 'E1 | E2', 'a:::b'])(
		'of two in one cell, or with marks in it, is refused: %j',
		(raw) => {
			expect(value(ID, raw)).toContain('two IDs');
		},
	);
	test.each(['01-Mar', '3-Mär', '1-Dec-24', '2024-03-01 00:00:00', '2024-03-01T00:00:00.000Z'])(
		'that became a date is refused: %s',
		(raw) => {
			expect(value(ID, raw)).toContain('made a date');
		},
	);
	test.each([
		'E-1',
		'12-345',
		'2024-001',
		'ana.roy',
		'Roy, Ana',
		'CN=ana,OU=hr',
		'4-ABC',
		'12 345',
	])('may be anything else: %s', (raw) => {
		expect(tidy(ID, raw)).toEqual({ value: raw, notes: [] });
	});
	test.each(['TRUE', '0.0', '0,00'])('is no word of a spreadsheet: %s', (raw) => {
		expect(value(ID, raw)).toContain('stands for no ID');
	});
});

test('wide letters of Japanese keyboards are the usual ones where a code is meant', () => {
	expect(tidy(ID, 'Ｅ１７')).toEqual({ value: 'E17', notes: ['wide'] });
	expect(value(PHONES, '０３－１２３４－５６７８')).toEqual(['03-1234-5678']);
	expect(value(START, '２０２４/０４/０３')).toBe('2024/04/03');
	expect(value(MAIL, 'ana＠acme.example')).toBe('ana@acme.example');
	for (const field of [NAME, PLACE]) expect(value(field, 'Ａｎａ')).toBe('Ａｎａ');
});

test('several values between the marks of Google are no single one', () => {
	expect(value(PLACE, 'Paris ::: Lyon')).toContain('several values');
	for (const raw of ['Paris: Lyon', 'a:::b', 'Paris | Lyon']) expect(value(PLACE, raw)).toBe(raw);
});

test('nothing beside crosses is not yes because yes is what is taken without a value', () => {
	const active = flag({ label: 'Active', whenMissing: { value: true } });
	expect(value(active, '', { letters: 'x' })).toContain('marks with an x');
	expect(value(active, '', {})).toBe('');
	expect(value(flag({ label: 'Is Manager' }), '', { letters: 'x' })).toBe('');
});

test.each([
	['mailto:ana@acme.example?subject=Hello', 'ana@acme.example'],
	['ana@acme.example#mailto:ana@acme.example#', 'ana@acme.example'],
	['[ana@acme.example](mailto:ana@acme.example)', 'ana@acme.example'],
	['Ana Roy <mailto:ana@acme.example>', 'ana@acme.example'],
	['bo@acme.example <mailto:bo@acme.example>', 'bo@acme.example'],
])('the address in a link: %s', (raw, expected) => {
	expect(value(MAIL, raw)).toBe(expected);
	expect(value(MAILS, raw)).toEqual([expected]);
});
test('of two addresses in a link neither', () => {
	expect(value(MAIL, 'ana@acme.example#mailto:bo@acme.example#')).toContain('two e-mail addresses');
});

test('codes of HTML separate no entries', () => {
	expect(tidy(textList({ label: 'Skills' }), 'Sales; R&amp;D')).toEqual({
		value: ['Sales', 'R&D'],
		notes: ['entities'],
	});
});

describe('numbers of telephones that are written freely', () => {
	test.each<[string, unknown]>([
		['tel:+1-515-555-0100;ext=12', ['+1-515-555-0100 ext. 12']],
		['tel:+1-515-555-0100; +33612345678', ['+1-515-555-0100', '+33612345678']],
		['555-0100 (home)', ['555-0100 (home)']],
		['1-800-FLOWERS', ['1-800-FLOWERS']],
	])('%s', (raw, expected) => {
		expect(value(PHONES, raw)).toEqual(expected);
	});
	test.each([
		['ext. 12', 'not a phone number'],
		['after six', 'not a phone number'],
		['030/123456 u. 0171/9876543', 'two numbers'],
		['0301234567 01719876543', 'two numbers'],
	])('%s is refused', (raw, words) => {
		expect(value(PHONES, raw)).toContain(words);
	});
});

test('an address of the web gets the scheme that people leave out', () => {
	const site = url({ label: 'Website' });
	expect(tidy(site, 'www.acme.example/ana')).toEqual({
		value: 'https://www.acme.example/ana',
		notes: ['scheme'],
	});
	expect(value(site, 'linkedin.com/in/ana')).toBe('https://linkedin.com/in/ana');
	expect(value(site, 'de.linkedin.com/in/ana')).toBe('https://de.linkedin.com/in/ana');
	for (const raw of ['https://www.acme.example', 'ana', 'www. ana'])
		expect(value(site, raw)).toBe(raw);
});

describe('letters', () => {
	test.each([
		['JosÃ©', 'José'],
		['NÃºÃ±ez', 'Núñez'],
		['GroÃŸ', 'Groß'],
		['Oâ€™Neill', 'O’Neill'],
		['Å\u0081ukasz', 'Łukasz'],
		['JosÃƒÂ©', 'José'],
		['çŽ‹', '王'],
	])('of a wrong encoding are put right: %s', (raw, expected) => {
		expect(tidy(NAME, raw)).toEqual({ value: expected, notes: ['encoding'] });
	});
	test.each(['José', 'JOÃO', 'São Paulo', 'Łukasz', 'Ångström', 'Œuvre', 'Ça', '王', 'Ñandú', 'Â'])(
		'that are right stay: %s',
		(raw) => {
			expect(tidy(NAME, raw)).toEqual({ value: raw, notes: [] });
		},
	);
	test('of which only some are wrong are refused', () => {
		expect(value(NAME, 'JosÃ© Łukasz')).toContain('wrong encoding');
	});
	test.each(['?ukasz', 'Wa??sa', 'Nguy?n', 'Jos\ufffd'])(
		'that were lost are refused: %s',
		(raw) => {
			expect(value(NAME, raw)).toContain('lost');
		},
	);
	test('a question is none in a text', () => {
		expect(value(PROSE, 'Really? Yes')).toBe('Really? Yes');
	});
	test.each([
		['Andr&eacute;', 'André'],
		['R&amp;D', 'R&D'],
		['M&#252;ller', 'Müller'],
		['Wa&#x142;&#x119;sa', 'Wałęsa'],
	])('as codes are read: %s', (raw, expected) => {
		expect(tidy(PLACE, raw)).toEqual({ value: expected, notes: ['entities'] });
	});
	test.each([
		[PLACE, 'A&B; C'],
		[PLACE, 'R&D'],
		[PROSE, '<p>R&amp;D</p>'],
		[PLACE, 'a&unknown;b'],
	])('that are no codes stay', (field, raw) => {
		expect(tidy(field, raw)).toEqual({ value: raw, notes: [] });
	});
});

describe('what is not seen', () => {
	test.each([ID, MAIL, PLACE, PHONE, START])('is gone', (field) => {
		expect(value(field, '\u200b12\u200d3\u202c\ufeff')).toBe('123');
	});
	test('stays inside a name, where scripts need it', () => {
		expect(value(NAME, '\u200bعلی\u200cرضا\u200e')).toBe('علی\u200cرضا');
		expect(value(PROSE, '👩\u200d💻')).toBe('👩\u200d💻');
	});
});

describe('several values in one cell', () => {
	test.each([
		['a ::: b', ['a', 'b']],
		['a | b', ['a', 'b']],
		['• a\n• b', ['a', 'b']],
		['- a\r\n- b', ['a', 'b']],
		['a;b, c', ['a', 'b', 'c']],
		['C/C++', ['C/C++']],
		['UI / UX', ['UI / UX']],
	])('of a list: %j', (raw, expected) => {
		expect(value(textList({ label: 'Skills', concept: 'skills' }), raw)).toEqual(expected);
	});
	test.each([
		['515-555-0100 / 515-555-0101', ['515-555-0100', '515-555-0101']],
		['+33612345678|+33123456789', ['+33612345678', '+33123456789']],
	])('of telephones: %s', (raw, expected) => {
		expect(value(PHONES, raw)).toEqual(expected);
	});
	test.each([
		...['515-555-0100 / 515-555-0101', '515 555 0102  515 555 0103', '51555501005155550101'],
		...['0612345678 ou 0698765432', '0612345678;0698765432', '0612345678\n0698765432'],
	])('where one is wanted: %s', (raw) => {
		expect(value(PHONE, raw)).toContain('two numbers');
	});
	test.each([
		'+33 1 23 45 67 89',
		'(515) 555-0100 ext. 12345678',
		'030/1234567',
		'+49 (0) 30 123456-78',
	])('%s is one number', (raw) => {
		expect(value(PHONE, raw)).toBe(raw);
	});
	test('two addresses where one is wanted', () => {
		expect(value(MAIL, 'a@x.com / b@x.com')).toContain('two e-mail addresses');
	});
});

describe('an e-mail address', () => {
	test.each([
		['mailto:ana@acme.example', 'ana@acme.example'],
		['Ana Roy <ana@acme.example>', 'ana@acme.example'],
		['"Roy, Ana" <ana@acme.example>', 'ana@acme.example'],
		['<ana@acme.example>', 'ana@acme.example'],
		['ana@acme.example;', 'ana@acme.example'],
	])('%s', (raw, expected) => {
		expect(value(MAIL, raw)).toBe(expected);
		expect(value(MAILS, raw)).toEqual([expected]);
	});
	test('several with names', () => {
		expect(value(MAILS, '"Roy, Ana" <a@x.com>, Bo Lind <b@x.com>')).toEqual(['a@x.com', 'b@x.com']);
	});
});

describe('words and signs', () => {
	const sex = choice({ label: 'Gender', values: ['Male', 'Female'], concept: 'gender' });
	const active = flag({ label: 'Active', concept: 'status' });
	test.each([
		['F', 'Female'],
		['m', 'Male'],
		['Frau', 'Female'],
		['homme', 'Male'],
		['Woman', 'Female'],
	])('%s is %s', (raw, expected) => {
		expect(tidy(sex, raw)).toEqual({ value: expected, notes: ['words'] });
	});
	test('M is mujer where the column has an H', () => {
		expect(value(sex, 'M', { hasH: true })).toBe('Female');
		expect(value(sex, 'H', { hasH: true })).toBe('Male');
	});
	test('what the field knows is not noted', () => {
		expect(tidy(sex, 'female')).toEqual({ value: 'female', notes: [] });
		expect(value(sex, 'X')).toBe('X');
	});
	test.each([
		['Active', 'true'],
		['Terminated', 'false'],
		['ausgeschieden', 'false'],
		['Baja', 'false'],
	])('%s is %s', (raw, expected) => {
		expect(tidy(active, raw)).toEqual({ value: expected, notes: ['words'] });
		expect(value(flag({ label: 'Is Manager' }), raw)).toBe(raw);
	});
	test('an x is yes only where the column agrees', () => {
		expect(value(active, 'x')).toBe('x');
		expect(value(active, 'x', { letters: 'x' })).toBe('true');
	});
	test.each([
		['$85,000.00', '85,000.00'],
		['85000 USD', '85000'],
		['€ 1.250,50', '1.250,50'],
		['-12 €', '-12'],
	])('the currency of %s', (raw, expected) => {
		expect(tidy(number({ label: 'Salary' }), raw)).toEqual({
			value: expected,
			notes: ['currency'],
		});
	});
	test('three letters before digits are no currency, and none is looked for in an ID', () => {
		expect(value(number({ label: 'Salary' }), 'EMP-0042')).toBe('EMP-0042');
		expect(value(number({ label: 'ID', decimals: 0 }), 'EUR 42')).toBe('EUR 42');
	});
});

test('files that are none are refused, and JSON is left alone', () => {
	const cell = (field: Field) => value(field, '="x"');
	expect(cell(file({ label: 'File', limits: {} }))).toBe('="x"');
	expect(value(file({ label: 'File', limits: {} }), 'attached')).toContain('is a word');
	for (const text of ['QW5hIFJveQ==', 'A'.repeat(200)])
		expect(value(file({ label: 'File', limits: {} }), text)).toBe(text);
	expect(cell(json({ label: 'Custom' }))).toBe('="x"');
});

/** Every pattern is run on texts of 100,000 characters; one that tries each start again would take minutes. */
test('texts of any length are looked at once', () => {
	const hostile = [
		' ',
		'(',
		'1',
		'.0',
		'"',
		'<',
		'&',
		':',
		'|',
		'\u200b',
		'?',
		'Ã',
		'1 ',
		', ',
	].flatMap((part) => {
		const long = part.repeat(100_000 / part.length);
		return [long, `1${long}x`, `=${long}`, `a@${long}<`];
	});
	const started = Date.now();
	for (const field of [ID, NAME, PLACE, PROSE, PHONE, PHONES, MAIL, MAILS, END, START])
		for (const raw of hostile) value(field, raw);
	expect(Date.now() - started).toBeLessThan(20_000);
});
