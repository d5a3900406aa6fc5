import fc from 'fast-check';

import { number as numberField } from '../../../../nodes/shared/definition';
import { plainParameter, presenceOf } from '../../../../nodes/shared/mapping';
import { Problem } from '../../../../nodes/shared/mapping/problem';
import { converterOf, entriesOf, type Shape } from '../../../../nodes/shared/mapping/values';
import { fold, nearest } from '../../../../nodes/shared/mapping/text';

const convert = (shape: Shape, raw: unknown): unknown => {
	const value = converterOf(shape)(raw, undefined);
	return value instanceof Problem ? value.text : value;
};

describe('presence', () => {
	test.each([
		[undefined, 'absent'],
		[null, 'null'],
		['', 'empty'],
		['  \u00a0\n', 'empty'],
		[[], 'empty'],
		[['', null], 'empty'],
		[{}, 'empty'],
		[0, 'value'],
		[false, 'value'],
		['x', 'value'],
		[[0], 'value'],
		[{ a: null }, 'value'],
		[new Date(0), 'value'],
	])('%p is %s', (raw, expected) => {
		expect(presenceOf(raw)).toBe(expected);
	});
});

describe('yes and no', () => {
	test.each(
		'true yes Y 1 vrai OUI wahr Ja verdadero sí si verdadeiro sim vero sì waar on'.split(' '),
	)('%s is yes', (word) => {
		expect(convert({ kind: 'boolean' }, word)).toBe(true);
	});
	test.each('false no N 0 faux non falsch Nein falso não nao onwaar nee off'.split(' '))(
		'%s is no',
		(word) => {
			expect(convert({ kind: 'boolean' }, word)).toBe(false);
		},
	);
	test('booleans and the numbers 1 and 0 are themselves', () => {
		expect([true, false, 1, 0].map((raw) => convert({ kind: 'boolean' }, raw))).toEqual([
			true,
			false,
			true,
			false,
		]);
	});
	test.each([['perhaps'], [2], ['x'], [[]], [['yes']], [[1]], [new Date(0)]])(
		'%p is neither',
		(raw) => {
			expect(convert({ kind: 'boolean' }, raw)).toBe('is neither yes nor no. Use true or false.');
		},
	);
});

describe('a number', () => {
	test.each([
		[12.5, 12.5],
		['12', 12],
		[' -12.5 ', -12.5],
		['.5', 0.5],
		['1e3', 1000],
		['12,5', 12.5],
		['0,125', 0.125],
		['0.125', 0.125],
		['1250,50', 1250.5],
		['1.250,50', 1250.5],
		['1,250.50', 1250.5],
		['1.250.000', 1250000],
		['1,250,000', 1250000],
		['1 250', 1250],
		['1\u202f250,5', 1250.5],
		["1'250.50", 1250.5],
		['1250.125', 1250.125],
		['.125', 0.125],
		['12 345 678,5', 12345678.5],
		['-1 250', -1250],
		['-12,5', -12.5],
		['-1.250,50', -1250.5],
		['-12,345,678.5', -12345678.5],
		['125,000,000', 125000000],
	])('%p is %d', (raw, expected) => {
		expect(convert({ kind: 'number' }, raw)).toBe(expected);
	});

	const TWO_READINGS =
		'can be read as two different numbers: its point or comma may stand before decimals or thousands. Write it as 1250 or 1250.00.';
	const NOT_A_NUMBER = 'is not a number. Use digits, for example 1250.5.';

	test.each([
		['1.250', TWO_READINGS],
		['1,250', TWO_READINGS],
		['-12,500', TWO_READINGS],
		['12 €', NOT_A_NUMBER],
		['1.25.0', NOT_A_NUMBER],
		['1,2,3', NOT_A_NUMBER],
		['12 5', NOT_A_NUMBER],
		['1250 000', NOT_A_NUMBER],
		['x1 250', NOT_A_NUMBER],
		['x12,5', NOT_A_NUMBER],
		['1250.000,5', NOT_A_NUMBER],
		['1.250,5,0', NOT_A_NUMBER],
		['1250,000.5', NOT_A_NUMBER],
		['1,250.5.0', NOT_A_NUMBER],
		['x1,250,000', NOT_A_NUMBER],
		[Infinity, NOT_A_NUMBER],
		['Infinity', NOT_A_NUMBER],
		['0x10', NOT_A_NUMBER],
		['-', NOT_A_NUMBER],
		[Number.NaN, NOT_A_NUMBER],
		[true, NOT_A_NUMBER],
		[['1'], NOT_A_NUMBER],
	])('%p: %s', (raw, expected) => {
		expect(convert({ kind: 'number' }, raw)).toBe(expected);
	});

	const TOO_MANY_DIGITS =
		'has more digits than a number keeps, so the last ones are lost. Give it as text.';
	const isKept = (value: number) => !Number.isInteger(value) || Number.isSafeInteger(value);
	/** Without -0, which has no text of its own. */
	const doubles = fc
		.double({ noNaN: true, noDefaultInfinity: true })
		.filter((value) => !Object.is(value, -0));

	test('as text it stays itself, unless its text can be read in two ways', () => {
		fc.assert(
			fc.property(doubles, (value) => {
				const read = isKept(value) ? value : TOO_MANY_DIGITS;
				expect([read, TWO_READINGS]).toContainEqual(convert({ kind: 'number' }, String(value)));
				expect(convert({ kind: 'number' }, value)).toBe(read);
			}),
		);
	});
});

describe('a whole number, which may name a record', () => {
	const whole = (raw: unknown) => convert({ kind: 'number', decimals: 0 }, raw);
	test.each([
		['1042', 1042],
		[' 1042 ', 1042],
		['1042.0', 1042],
		['1042,00', 1042],
		[1042, 1042],
		['-3', -3],
	])('%p is %d', (raw, expected) => {
		expect(whole(raw)).toBe(expected);
	});
	test.each(['12e3', '1e3', '1,042', '1.042.000', '0x10', '٣', '12 000', 'EMP-0042', 'EUR 12'])(
		'%p is none',
		(raw) => {
			expect(typeof whole(raw)).toBe('string');
		},
	);
	test.each([NaN, Infinity, true, 2 ** 53, '9007199254740993', 1e21, {}])('%p is none', (raw) => {
		expect(typeof whole(raw)).toBe('string');
	});
});

describe('a text that is no text', () => {
	test.each([[true], [false], [NaN], [Infinity], [-Infinity], [2 ** 53], [-(2 ** 60)], [1e21]])(
		'%p is refused: it would name somebody else or nobody',
		(raw) => {
			expect(convert({ kind: 'text' }, raw)).toMatch(/^is /);
		},
	);
});

describe('a text', () => {
	test('loses the space around it and nothing else', () => {
		expect(convert({ kind: 'text' }, '  Ada  Byron\u00a0')).toBe('Ada  Byron');
		expect(convert({ kind: 'text' }, 42)).toBe('42');
		expect(convert({ kind: 'text' }, 12345678901234567890n)).toBe('12345678901234567890');
		expect(convert({ kind: 'text' }, new Date('2026-03-31T09:00:00Z'))).toBe(
			'2026-03-31T09:00:00Z',
		);
	});
	test('is no list and no object', () => {
		for (const raw of [['a'], { a: 1 }])
			expect(convert({ kind: 'text' }, raw)).toBe(
				'is a list or an object where a text is expected. Give plain text.',
			);
	});
});

describe('a list', () => {
	test.each([
		['a, b;c\r\nd,,', ['a', ' b', 'c', 'd']],
		['["a, b", "c"]', ['a, b', 'c']],
		[' \n["a, b"]', ['a, b']],
		[
			['a', '', null, 'b'],
			['a', 'b'],
		],
		['one', ['one']],
		[7, [7]],
		['[draft], final', ['[draft]', ' final']],
	])('%p has the entries %j', (raw, expected) => {
		expect(entriesOf(raw)).toEqual(expected);
	});

	test('of texts', () => {
		expect(convert({ kind: 'textList' }, 'a, b')).toEqual(['a', 'b']);
		expect(convert({ kind: 'textList' }, [1, 'b'])).toEqual(['1', 'b']);
		expect(convert({ kind: 'textList' }, ',;')).toBe(
			'holds separators only. Add a value, or leave it empty.',
		);
		expect(convert({ kind: 'textList' }, [{ a: 1 }])).toBe(
			'has an entry that is a list or an object where a text is expected. Give plain text.',
		);
	});

	test('of known values', () => {
		const shape: Shape = { kind: 'textList', values: ['FREELANCER', 'PERMANENT_CONTRACT'] };
		expect(convert(shape, 'freelancer, permanent contract')).toEqual([
			'FREELANCER',
			'PERMANENT_CONTRACT',
		]);
		expect(convert(shape, 'freelance')).toBe(
			'has an entry that is not one of FREELANCER, PERMANENT_CONTRACT. Did you mean FREELANCER?',
		);
	});
});

describe('a choice', () => {
	const closed: Shape = { kind: 'choice', values: ['Male', 'Female', 'PRE_BOARDING'] };
	test('takes known values in any case and with any separators', () => {
		expect(convert(closed, 'Male')).toBe('Male');
		expect(convert(closed, 'FEMALE')).toBe('Female');
		expect(convert(closed, 'pre-boarding')).toBe('PRE_BOARDING');
	});
	test('refuses others with the nearest one, never with the value', () => {
		expect(convert(closed, 'Femal')).toBe(
			'is not one of Male, Female, PRE_BOARDING. Did you mean Female?',
		);
		expect(convert(closed, 'Unknown')).toBe(
			'is not one of Male, Female, PRE_BOARDING. Use one of them.',
		);
	});
	test('passes others where the list is open', () => {
		const open: Shape = { ...closed, openValues: true };
		expect(convert(open, 'Other')).toBe('Other');
		expect(convert(open, 'male')).toBe('Male');
	});
});

describe('JSON', () => {
	test('as value or as text', () => {
		expect(convert({ kind: 'json' }, { a: 1 })).toEqual({ a: 1 });
		expect(convert({ kind: 'json' }, '[1, {"a": 2}]')).toEqual([1, { a: 2 }]);
	});
	test.each(['{"a": ', '12', 'text'])('%s is none', (raw) => {
		expect(convert({ kind: 'json' }, raw)).toBe(
			'is not a JSON object or list. Check its brackets and quotes.',
		);
	});
});

describe('a name', () => {
	test('is the same without case, accents, spaces and punctuation', () => {
		expect(fold(' E-mail (Pro.) ')).toBe(fold('EMAILPRO'));
		expect(fold('Prénom')).toBe('prenom');
		expect(fold('Straße')).toBe('strasse');
		// Plain letters are folded another way, to the same.
		for (const text of ['', 'abc', 'E-mail (Pro.) 2', '~ _ [x]', '@', 'NULL'])
			expect(`${fold(text)}e`).toBe(fold(`${text}é`));
		expect(fold('Dirección')).toBe(fold('DIRECCIO\u0301N'));
		expect(fold('氏名')).toBe('氏名');
		expect(fold('Cœur Ærø Łódź Đuro Kırşehir')).toBe('coeuraerolodzdurokirsehir');
	});
	test('has a nearest one where a slip is likely', () => {
		expect(nearest('Emial', ['Email', 'Mail ID', 'Phone'])).toBe('Email');
		expect(nearest('workspace', ['workspaceId', 'scope'])).toBe('workspaceId');
		// Two neighbours swapped are one step, at the beginning and the end as well.
		expect(nearest('abc', ['bac'])).toBe('bac');
		expect(nearest('abc', ['acb'])).toBe('acb');
		expect(nearest('abc', ['cab'])).toBeUndefined();
		expect(nearest('abcdef', ['badcfe'])).toBeUndefined();
		expect(nearest('abcdef', ['badcef'])).toBe('badcef');
		// A third of the longer one may differ, and no more.
		expect(nearest('abcd', ['abcdef'])).toBe('abcdef');
		expect(nearest('abc', ['abcde'])).toBeUndefined();
		expect(nearest('', ['a'])).toBeUndefined();
		expect(nearest('...', [''])).toBeUndefined();
		expect(nearest('a'.repeat(60), ['a'.repeat(59)])).toBe('a'.repeat(59));
		expect(nearest('Emial', ['Email', 'Email'])).toBe('Email');
		expect(nearest('Photo', ['Phone'])).toBeUndefined();
		expect(nearest('cat', ['car', 'can'])).toBeUndefined();
		expect(nearest('???', ['Email'])).toBeUndefined();
		expect(nearest('a'.repeat(61), ['a'.repeat(60)])).toBeUndefined();
	});
});

describe('a parameter', () => {
	test('travels in wire form', () => {
		const since = { label: 'Since', kind: 'dateTime', in: 'query', wire: 'epochSeconds' } as const;
		expect(plainParameter(since, '2026-01-01T00:00:00Z')).toEqual({ wire: 1767225600 });
		const scopes = { label: 'Scopes', kind: 'choices', in: 'query', wire: 'commaJoined' } as const;
		expect(plainParameter(scopes, ['a', 'b'])).toEqual({ wire: 'a,b' });
		expect(plainParameter({ label: 'Name', kind: 'text', in: 'query' }, 'x')).toEqual({
			wire: 'x',
		});
	});
	test('is not sent when blank', () => {
		const name = { label: 'Name', kind: 'text', in: 'query' } as const;
		for (const blank of [undefined, null, '', '  ', []])
			expect(plainParameter(name, blank)).toEqual({ wire: undefined });
		expect(plainParameter({ label: 'All', kind: 'boolean', in: 'query' }, false)).toEqual({
			wire: false,
		});
	});
	test('says what is wrong without an option it does not have', () => {
		const day = { label: 'Day', kind: 'date', in: 'query' } as const;
		expect(plainParameter(day, '04/03/2026')).toEqual({
			problem: 'can be read as two different days. Write it as YYYY-MM-DD.',
		});
		expect(plainParameter(day, 'soon')).toEqual({
			problem: 'is not a date. Use the form YYYY-MM-DD, for example 2026-03-31.',
		});
	});
	test('limits of fields are the business of fields', () => {
		expect(numberField({ label: 'Age', max: 3 }).schema.safeParse(4).success).toBe(false);
	});
});
