import fc from 'fast-check';
import { DateTime } from 'luxon';

import { dateOf, instantOf } from '../../../../nodes/shared/mapping/dates';
import { monthNamed } from '../../../../nodes/shared/mapping/months';
import { Problem } from '../../../../nodes/shared/mapping/problem';
import { date, dateTime } from '../../../../nodes/shared/definition';

const textOf = (value: unknown): unknown => (value instanceof Problem ? value.text : value);

const days = fc
	.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
	.map((day) => day.toISOString().slice(0, 10));

describe('a date', () => {
	test.each([
		['2026-03-31', '2026-03-31'],
		[' 2026-03-31 ', '2026-03-31'],
		['2026-3-5', '2026-03-05'],
		['2024-02-29', '2024-02-29'],
		['2026-03-31T23:30:00-05:00', '2026-03-31'],
		['2026-03-31T00:30:00.123456789+14:00', '2026-03-31'],
		['2026-03-31T23:59:59.999Z', '2026-03-31'],
		['2026-03-31 08:15', '2026-03-31'],
		['31.12.2026', '2026-12-31'],
		['31. 12. 2026', '2026-12-31'],
		['31/12/2026', '2026-12-31'],
		['31-12-2026', '2026-12-31'],
		['12/31/2026', '2026-12-31'],
		['12/31/2026 11:05 PM', '2026-12-31'],
		['31.12.2026 14:30:00', '2026-12-31'],
		['31/12/2026 14h30', '2026-12-31'],
		['03/03/2026', '2026-03-03'],
		['2026/12/31', '2026-12-31'],
		['2026.12.31', '2026-12-31'],
		['20261231', '2026-12-31'],
		['3 March 2026', '2026-03-03'],
		['March 3, 2026', '2026-03-03'],
		['3rd of March 2026', '2026-03-03'],
		['3-Mar-2026', '2026-03-03'],
		['2026 March 3', '2026-03-03'],
		['3 mars 2026', '2026-03-03'],
		['3 kwietnia 2026', '2026-04-03'],
		['3 Ağustos 2026', '2026-08-03'],
		['3. maj 2026', '2026-05-03'],
		['2026年4月3日', '2026-04-03'],
		['1er août 2026', '2026-08-01'],
		['3. März 2026', '2026-03-03'],
		['3. Maerz 2026', '2026-03-03'],
		['3 de marzo de 2026', '2026-03-03'],
		['3 de março de 2026', '2026-03-03'],
		['3 marzo 2026', '2026-03-03'],
		['3 maart 2026', '2026-03-03'],
		['31 DÉC. 2026', '2026-12-31'],
		['3 de marzo del 2026', '2026-03-03'],
		['3 do março 2026', '2026-03-03'],
		['the 3rd of March, 2026', '2026-03-03'],
		['3 van maart 2026', '2026-03-03'],
		['0001-01-01', '0001-01-01'],
		['2000-02-29', '2000-02-29'],
		['2026 - 3 - 5', '2026-03-05'],
		['31 / 12 / 2026', '2026-12-31'],
		['31.12.2026, 14:30', '2026-12-31'],
		['31.12.2026  2:30 pm', '2026-12-31'],
		['31.12.2026 14:30:15,5 UTC', '2026-12-31'],
	])('%s is %s', (typed, expected) => {
		expect(textOf(dateOf(typed))).toBe(expected);
	});

	test.each([
		['04/03/2026', 'dayFirst', '2026-03-04'],
		['04/03/2026', 'monthFirst', '2026-04-03'],
		['04.03.2026', 'dayFirst', '2026-03-04'],
		['2026-04-03', 'dayFirst', '2026-04-03'],
		['31/12/2026', 'dayFirst', '2026-12-31'],
		['12/31/2026', 'monthFirst', '2026-12-31'],
	] as const)('%s with %s is %s', (typed, order, expected) => {
		expect(textOf(dateOf(typed, order))).toBe(expected);
	});

	const AMBIGUOUS =
		'can be read as two different days. Write it as YYYY-MM-DD, or choose a "Date Order".';
	const NOT_A_DATE = 'is not a date. Use the form YYYY-MM-DD, for example 2026-03-31.';
	const NO_SUCH_DAY =
		'is a day that does not exist. Use the form YYYY-MM-DD, for example 2026-03-31.';
	const SHORT_YEAR =
		'has a year of two digits. Write the year with four digits, for example 2026-03-31.';
	const OTHER_ORDER =
		'does not fit the chosen "Date Order". Write it as YYYY-MM-DD, or choose the other order.';

	test.each([
		['04/03/2026', undefined, AMBIGUOUS],
		['04.03.2026', undefined, AMBIGUOUS],
		['2026-02-30', undefined, NO_SUCH_DAY],
		['2026-13-01', undefined, NO_SUCH_DAY],
		['2025-02-29', undefined, NO_SUCH_DAY],
		['1900-02-29', undefined, NO_SUCH_DAY],
		['0000-01-01', undefined, NO_SUCH_DAY],
		['31/31/2026', undefined, NO_SUCH_DAY],
		['2026-00-10', undefined, NO_SUCH_DAY],
		['2026-01-00', undefined, NO_SUCH_DAY],
		['2026-01-32', undefined, NO_SUCH_DAY],
		['2026-11-31', undefined, NO_SUCH_DAY],
		['31/13/2026', undefined, NO_SUCH_DAY],
		['31/13/2026', 'dayFirst', NO_SUCH_DAY],
		['31 April 2026', undefined, NO_SUCH_DAY],
		['31/12/26', undefined, SHORT_YEAR],
		['3 March 26', undefined, SHORT_YEAR],
		['31/12/2026', 'monthFirst', OTHER_ORDER],
		['12/31/2026', 'dayFirst', OTHER_ORDER],
		['tomorrow', undefined, NOT_A_DATE],
		// A part of it alone would be a date.
		['12026-03-31', undefined, NOT_A_DATE],
		['no 2026/12/31', undefined, NOT_A_DATE],
		['2026/12/311', undefined, NOT_A_DATE],
		['no 31/12/2026', undefined, NOT_A_DATE],
		['131/12/2026', undefined, NOT_A_DATE],
		['31/12/20267', undefined, NOT_A_DATE],
		['120261231', undefined, NOT_A_DATE],
		['202612311', undefined, NOT_A_DATE],
		['3 March 12026', undefined, NOT_A_DATE],
		['3 March 20261', undefined, NOT_A_DATE],
		['13rd March 2026 2027', undefined, NOT_A_DATE],
		['no3 March 2026', undefined, NOT_A_DATE],
		['3x March 2026', undefined, NOT_A_DATE],
		['3 March April 2026', undefined, NOT_A_DATE],
		['3 March 4 2026', undefined, SHORT_YEAR],
		['3 4 March 2026', undefined, NOT_A_DATE],
		['3 2026', undefined, NOT_A_DATE],
		['', undefined, NOT_A_DATE],
		['March 2026', undefined, NOT_A_DATE],
		['3 Foo 2026', undefined, NOT_A_DATE],
		['46112', undefined, NOT_A_DATE],
		['2026', undefined, NOT_A_DATE],
		['31-12/2026', undefined, NOT_A_DATE],
		[2026, undefined, NOT_A_DATE],
		[20261231, undefined, NOT_A_DATE],
		[Number.NaN, undefined, NOT_A_DATE],
		[1767225600000, undefined, NOT_A_DATE],
		[true, undefined, NOT_A_DATE],
		[{}, undefined, NOT_A_DATE],
		[new Date(Number.NaN), undefined, NOT_A_DATE],
		[DateTime.invalid('test'), undefined, NOT_A_DATE],
	] as const)('%p with %s: %s', (typed, order, expected) => {
		const found = dateOf(typed, order);
		expect(found).toBeInstanceOf(Problem);
		expect(textOf(found)).toBe(expected);
	});

	test('only the ambiguous one has its own code', () => {
		expect(dateOf('04/03/2026')).toMatchObject({ code: 'AMBIGUOUS_DATE' });
		expect(dateOf('2026-02-30')).toMatchObject({ code: 'INVALID_VALUE' });
	});

	test('serial numbers of spreadsheets count from the end of 1899', () => {
		// Known pairs: https://support.microsoft.com/office/datevalue-function
		expect(dateOf(40777)).toBe('2011-08-22');
		expect(dateOf(40685)).toBe('2011-05-22');
		expect(dateOf(40777.99)).toBe('2011-08-22');
		expect(dateOf(7306)).toBe('1920-01-01');
		expect(dateOf(73050)).toBe('2099-12-31');
		expect(textOf(dateOf(7305))).toBe(NOT_A_DATE);
		expect(textOf(dateOf(73051))).toBe(NOT_A_DATE);
	});

	test('objects keep the calendar of their own zone', () => {
		expect(dateOf(new Date(2026, 2, 31, 0, 5))).toBe('2026-03-31');
		expect(dateOf(new Date(2026, 2, 31, 23, 55))).toBe('2026-03-31');
		for (const zone of ['Pacific/Kiritimati', 'America/Los_Angeles', 'utc'])
			for (const hour of [0, 12, 23])
				expect(dateOf(DateTime.fromObject({ year: 2026, month: 3, day: 31, hour }, { zone }))).toBe(
					'2026-03-31',
				);
	});

	test('the calendar day that was typed is the day that is sent, in any time zone', () => {
		const time = fc.constantFrom('', 'T00:00:00', 'T23:59:59Z', ' 00:30', 'T12:00:00.000-11:00');
		fc.assert(
			fc.property(days, time, (day, tail) => {
				expect(dateOf(day + tail)).toBe(day);
				const [year, month, date] = day.split('-');
				expect(dateOf(`${date}.${month}.${year}`, 'dayFirst')).toBe(day);
				expect(dateOf(`${month}/${date}/${year}`, 'monthFirst')).toBe(day);
				expect(dateOf(new Date(+year, +month - 1, +date, 12))).toBe(day);
				if (year < '2100') expect(dateOf(year + month + date)).toBe(day);
			}),
		);
	});

	test('what is accepted passes the field', () => {
		const { schema } = date({ label: 'Since' });
		fc.assert(
			fc.property(fc.oneof(days, fc.string(), fc.double({ min: 0, max: 1e5 })), (typed) => {
				const found = dateOf(typed);
				expect(found instanceof Problem || schema.safeParse(found).success).toBe(true);
			}),
		);
	});
});

describe('a month name', () => {
	const LANGUAGES = ['en', 'fr', 'de', 'es', 'pt', 'it', 'nl'];

	test.each(LANGUAGES)('every name and short form of %s is known', (language) => {
		for (const length of ['long', 'short'] as const)
			for (let month = 0; month < 12; month++) {
				const name = new Intl.DateTimeFormat(language, { month: length, timeZone: 'UTC' }).format(
					Date.UTC(2026, month, 1),
				);
				expect([name, monthNamed(name)]).toEqual([name, month + 1]);
			}
	});
});

describe('an instant', () => {
	test.each([
		['2026-03-31T09:00:00Z', '2026-03-31T09:00:00Z'],
		['2026-03-31T09:00Z', '2026-03-31T09:00Z'],
		['2026-03-31t09:00:00z', '2026-03-31T09:00:00Z'],
		['2026-03-31T09:00:00.1234567-06:00', '2026-03-31T09:00:00.1234567-06:00'],
		['2026-03-31 09:00:00+0200', '2026-03-31T09:00:00+02:00'],
		['2026-03-31T09:00:00', '2026-03-31T09:00:00Z'],
		['2026-03-31', '2026-03-31T00:00:00Z'],
		['31.12.2026 14:30', '2026-12-31T14:30:00Z'],
		['31.12.2026', '2026-12-31T00:00:00Z'],
		['12/31/2026 12:05 AM', '2026-12-31T00:05:00Z'],
		['12/31/2026 11:05 p.m.', '2026-12-31T23:05:00Z'],
		['3 mars 2026 08h15', '2026-03-03T08:15:00Z'],
		['1767225600', '2026-01-01T00:00:00Z'],
		['1767225600123', '2026-01-01T00:00:00.123Z'],
		[1767225600, '2026-01-01T00:00:00Z'],
		[1767225600123, '2026-01-01T00:00:00.123Z'],
		[40777.75, '2011-08-22T18:00:00Z'],
		[1e8, '1973-03-03T09:46:40Z'],
		[1e11, '1973-03-03T09:46:40Z'],
		['12/31/2026 1:05 AM', '2026-12-31T01:05:00Z'],
		['12/31/2026 12:05 PM', '2026-12-31T12:05:00Z'],
		['31.12.2026 14:30:15 UTC', '2026-12-31T14:30:15Z'],
		['31.12.2026 14:30 +0200', '2026-12-31T14:30:00+02:00'],
		[' 2026-03-31T09:00Z ', '2026-03-31T09:00Z'],
		[new Date('2026-03-31T09:00:00Z'), '2026-03-31T09:00:00Z'],
		[
			DateTime.fromISO('2026-03-31T09:00:00+02:00', { setZone: true }),
			'2026-03-31T09:00:00.000+02:00',
		],
	])('%s is %s', (typed, expected) => {
		const found = instantOf(typed);
		expect(textOf(found)).toBe(expected);
		expect(dateTime({ label: 'At' }).schema.safeParse(found).success).toBe(true);
	});

	const NOT_AN_INSTANT = 'is not a date with time. Use the form 2026-03-31T09:00:00Z.';

	test.each([
		['2026-03-31T24:00:00Z', NOT_AN_INSTANT],
		['2026-03-31T09:60:00Z', NOT_AN_INSTANT],
		['2026-03-31T09:00:60Z', NOT_AN_INSTANT],
		['31.12.2026 14:60', NOT_AN_INSTANT],
		['31.12.2026 14:30:60', NOT_AN_INSTANT],
		['31.12.2026 0:30 am', NOT_AN_INSTANT],
		['12026-03-31T09:00Z', NOT_AN_INSTANT],
		['2026-03-31T09:00Z!', NOT_AN_INSTANT],
		[99_999_999, NOT_AN_INSTANT],
		[4.2e9, NOT_AN_INSTANT],
		[4.2e12, NOT_AN_INSTANT],
		['31.12.2026 13:00 PM', NOT_AN_INSTANT],
		['soon', NOT_AN_INSTANT],
		[12, NOT_AN_INSTANT],
		[{}, NOT_AN_INSTANT],
		[new Date(Number.NaN), NOT_AN_INSTANT],
		[DateTime.invalid('test'), NOT_AN_INSTANT],
		[
			'2026-02-30T09:00:00Z',
			'is a day that does not exist. Use the form YYYY-MM-DD, for example 2026-03-31.',
		],
		[
			'04/03/2026 09:00',
			'can be read as two different days. Write it as YYYY-MM-DD, or choose a "Date Order".',
		],
	])('%p: %s', (typed, expected) => {
		const found = instantOf(typed);
		expect(found).toBeInstanceOf(Problem);
		expect(textOf(found)).toBe(expected);
	});
});
