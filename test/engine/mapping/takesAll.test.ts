import fc from 'fast-check';

import {
	choice,
	date,
	email,
	flag,
	number,
	acceptsEveryValue,
	text,
	textList,
	type Field,
} from '../../../nodes/shared/definition';
import { converterOf, presenceOf } from '../../../nodes/shared/mapping/values';
import { Problem } from '../../../nodes/shared/mapping/problem';

/*
 * The values of such fields are not checked a second time after they have been converted: then the conversion has to let
 * nothing through that the field's own check would refuse.
 */

const TAKING: ReadonlyArray<readonly [string, Field]> = [
	['text', text({ label: 'T' })],
	['flag', flag({ label: 'F' })],
	['list of texts', textList({ label: 'L' })],
	['open choice', choice({ label: 'C', values: ['ONE', 'TWO'], open: true })],
];

const LIMITED: ReadonlyArray<readonly [string, Field]> = [
	['text with a length', text({ label: 'T', maxLength: 3 })],
	['e-mail address', email({ label: 'E' })],
	['number', number({ label: 'N', min: 1 })],
	['date', date({ label: 'D' })],
	['closed choice', choice({ label: 'C', values: ['ONE', 'TWO'] })],
	['list of known texts', textList({ label: 'L', values: ['ONE', 'TWO'] })],
	['list of addresses', textList({ label: 'L', format: 'email' })],
];

const raw = fc.oneof(
	fc.anything({ withDate: true, withBigInt: true }),
	fc.string(),
	fc.constantFrom('yes', 'no', ' one', 'TWO ', '  ', '\u00a0', '0', 'ja', true, 0, 1),
	fc.constantFrom('a; b', ' ;a', ';', '["a", " "]', '[null]', '[]'),
	fc.array(fc.oneof(fc.string(), fc.integer(), fc.constantFrom(null, '', ' ', [], {}))),
);

test.each(TAKING)('%s: what is converted passes the check', (_, field) => {
	expect(acceptsEveryValue(field)).toBe(true);
	const convert = converterOf(field);
	fc.assert(
		fc.property(raw, (value) => {
			fc.pre(presenceOf(value) === 'value');
			const plain = convert(value, undefined);
			return plain instanceof Problem || field.schema.safeParse(plain).success;
		}),
		{ numRuns: 2000 },
	);
});

test.each(LIMITED)('%s: is checked', (_, field) => {
	expect(acceptsEveryValue(field)).toBe(false);
});
