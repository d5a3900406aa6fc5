import fc from 'fast-check';

import type { FieldKind, WireForm } from '../../../../nodes/shared/definition';
import { codecOf, decode, encode } from '../../../../nodes/shared/mapping/codecs';
import { Problem } from '../../../../nodes/shared/mapping/problem';

const days = fc
	.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
	.map((day) => day.toISOString().slice(0, 10));
const instants = fc
	.integer({ min: -2_000_000_000, max: 4_000_000_000 })
	.map((seconds) => new Date(seconds * 1000).toISOString().replace('.000', ''));
const texts = fc.array(
	fc
		.string()
		.map((entry) => entry.replaceAll(',', '').trim())
		.filter((entry) => entry !== ''),
	{ minLength: 1 },
);
const amounts = fc.integer({ min: -1e12, max: 1e12 }).map((cents) => cents / 100);

const shape = (wire: WireForm, kind: FieldKind) => ({ wire, kind });

describe('decode undoes encode', () => {
	test.each<[WireForm, FieldKind, fc.Arbitrary<unknown>]>([
		['asIs', 'text', fc.jsonValue()],
		['epochSeconds', 'date', days],
		['epochSeconds', 'dateTime', instants],
		['commaJoined', 'textList', texts],
		['centsText', 'number', amounts],
		['isoMidnight', 'date', days],
	])('%s of a %s', (wire, kind, values) => {
		fc.assert(
			fc.property(values, (plain) => {
				const encoded = encode(plain, shape(wire, kind));
				expect(encoded).not.toBeInstanceOf(Problem);
				expect(decode(encoded, shape(wire, kind))).toEqual(plain);
			}),
		);
	});
});

test.each<[WireForm, FieldKind, unknown, unknown]>([
	['epochSeconds', 'dateTime', '2026-01-01T01:00:00.900+01:00', 1767225600],
	['epochSeconds', 'date', '1969-12-31', -86400],
	['commaJoined', 'textList', ['a@b.co', 'c@d.co'], 'a@b.co,c@d.co'],
	['centsText', 'number', 500, '50000'],
	['centsText', 'number', 0.5, '50'],
	['centsText', 'number', 0, '0'],
	['centsText', 'number', -0.05, '-5'],
	['centsText', 'number', 19.99, '1999'],
	['isoMidnight', 'date', '2026-03-31', '2026-03-31T00:00:00Z'],
	['digits', 'text', '(515) 555-0100', '5155550100'],
	['digits', 'text', '515.555/0100', '5155550100'],
])('%s of a %s: %j is %j', (wire, kind, plain, wireValue) => {
	expect(encode(plain, shape(wire, kind))).toBe(wireValue);
});

test('an entry with a comma would come back as two', () => {
	for (const entries of [['a,b'], ['c', 'a,b']])
		expect(encode(entries, shape('commaJoined', 'textList'))).toMatchObject({
			code: 'INVALID_VALUE',
			text: 'has an entry with a comma in it, which the service takes for two. Remove the comma.',
		});
});

test.each(['+15155550100', '5155550100 x12', 'none', '()'])(
	'%s cannot be told from its digits alone',
	(text) => {
		expect(encode(text, shape('digits', 'text'))).toMatchObject({
			code: 'INVALID_VALUE',
			text: 'holds more than digits, and the service takes digits only. Write it like 5155550100.',
		});
	},
);

describe('what the vendor spells otherwise is kept', () => {
	test.each<[WireForm, FieldKind, unknown]>([
		['epochSeconds', 'dateTime', 'yesterday'],
		['epochSeconds', 'dateTime', 1e15],
		['commaJoined', 'textList', 12],
		['centsText', 'number', '12.50'],
		['isoMidnight', 'date', 'unknown'],
		['isoMidnight', 'date', 'before 2026-03-31T00:00:00Z'],
		['isoMidnight', 'date', '2026-03-31T00:00:00Z\nor later'],
		['centsText', 'number', 1250],
		['digits', 'text', 5155550100],
		['epochSeconds', 'date', null],
		['commaJoined', 'textList', null],
	])('%s of a %s: %p', (wire, kind, value) => {
		expect(decode(value, shape(wire, kind))).toBe(value);
	});
	test('an empty text is an empty list, blanks around entries are not theirs', () => {
		expect(decode('', shape('commaJoined', 'textList'))).toEqual([]);
		expect(decode('a, b,', shape('commaJoined', 'textList'))).toEqual(['a', 'b']);
	});
	test('the day of a timestamp is its text, whatever its zone', () => {
		expect(decode('2025-01-21T19:28:12.09-06:00', shape('isoMidnight', 'date'))).toBe('2025-01-21');
	});
});

test("the vendor's own spelling is told from what people type", () => {
	expect(codecOf('centsText')?.isWire?.('50000')).toBe(true);
	expect(codecOf('centsText')?.isWire?.(500)).toBe(false);
	expect(codecOf('centsText')?.isWire?.('500.00')).toBe(false);
	expect(codecOf('epochSeconds')?.isWire?.(1767225600)).toBe(true);
	expect(codecOf('epochSeconds')?.isWire?.(46112)).toBe(false);
	expect(codecOf('epochSeconds')?.isWire?.('1767225600')).toBe(false);
	expect(codecOf('epochSeconds')?.isWire?.(1767225600.5)).toBe(false);
	expect(codecOf('epochSeconds')?.isWire?.(1767225600000)).toBe(false);
});
