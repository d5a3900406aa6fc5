import fc from 'fast-check';

import {
	choice,
	date,
	email,
	flag,
	number,
	phone,
	text,
	textList,
	type Concept,
	type Field,
	type Resource,
	type SaveOperation,
} from '../../../nodes/shared/definition';
import { Planner } from '../../../nodes/shared/mapping/plan';
import { prepare, type Prepared } from '../../../nodes/shared/mapping/prepare';
import { Problem } from '../../../nodes/shared/mapping/problem';
import { RowState } from '../../../nodes/shared/mapping/rowState';
import { plainTestOf, tidyOf } from '../../../nodes/shared/mapping/tidy';
import { presenceOf } from '../../../nodes/shared/mapping/values';
import { wholeVendors } from '../../support/vendors';

/*
 * Most texts are read at first sight. What is read so has to be what the rules and the schema make of it, with nothing to note
 * and nothing to refuse: for the fields of every vendor, and for those of every concept.
 */

const PIECES = [
	...[
		'null',
		'NULL',
		'n/a',
		'none',
		'TBD',
		'unknown',
		'no_manager',
		'k.A.',
		'na',
		'Roy, Ana',
		'tel:',
		';ext=',
		'(0)',
		'www.',
		'linkedin.com/in/',
		'x',
		'F',
		'yes',
		'Active',
		'alpha',
		'Ana',
		'Roy',
		'ß',
		'é',
		'Ã©',
		'â€™',
		'œ',
		'Ÿ',
		'ł',
	],
	...[
		'0',
		'00',
		'1',
		'12',
		'999',
		'1.0',
		',00',
		'1e5',
		'E+11',
		'1.2E+11',
		'12345678901234567890',
		'1,250',
		'.5',
	],
	...[
		'2026-01-15',
		'2026-02-30',
		'9999-12-31',
		'1900-01-01',
		'0001-01-01',
		'2200-01-01',
		'1901-01-01',
		'20260115',
	],
	...[
		'+33',
		' 6',
		'-',
		'.',
		',',
		';',
		'/',
		'(',
		')',
		' ',
		'  ',
		'\t',
		'\n',
		'\u00a0',
		'\u200b',
		'\ufeff',
		'\u00ad',
	],
	...[
		'@',
		'ana@acme.example',
		'mailto:',
		'<',
		'>',
		'example.com',
		':::',
		'|',
		' x 12',
		'#',
		'?',
		'&eacute;',
		'&amp;',
	],
	...[
		'=',
		'="1"',
		"'",
		'"',
		'*',
		'- ',
		'• ',
		'\\N',
		'(null)',
		'$',
		'€',
		'%',
		'USD ',
		'\ufffd',
		'https://a.example/b',
	],
];
const raw = fc.oneof(
	fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 4 }).map((some) => some.join('')),
	fc.constantFrom('null', 'Null', 'NULL', '12.0', '12,00', '+12.0', '612345678.00', '1.5', '10.50'),
	fc.stringMatching(/^\+?\d{14,17}$/),
	fc.string({ minLength: 1, maxLength: 20 }),
	fc.stringMatching(/^[ -~À-ſ]{1,15}$/u),
	fc.stringMatching(/^\+?[\d ().-]{1,22}$/),
	fc.stringMatching(/^[\w.+-]{1,8}@[\w.-]{1,12}$/),
	fc.stringMatching(/^(?:1[89]|2[012])\d\d-[01]\d-[0-3]\d$/),
);

type Member = Pick<Prepared, 'quick' | 'read'>;

const never = () => false;

/** What the rules make of a text; undefined where they say anything besides, or refuse it. */
function byRules({ quick, read }: Member, given: string): unknown {
	const row = new RowState();
	row.begin({ unknownFields: 'error', blankValues: 'leave', fieldsToClear: [] });
	row.isQuiet = true;
	const meant = tidyOf(quick.cell, never)(given, row.note, row.reading);
	if (meant instanceof Problem || presenceOf(meant) !== 'value') return undefined;
	const wire = read(meant, row, false);
	return row.isQuiet && row.issues.length === 0 ? wire : undefined;
}

const membersOf = (resource: Resource, operation: SaveOperation): Member[] =>
	new Planner(resource, operation).slots.flatMap((slot) => [
		slot,
		...slot.columns.filter(({ many }) => !many).map(({ member }) => member),
	]);

const OF_VENDORS = wholeVendors.flatMap((vendor) =>
	vendor.resources.map((resource): [string, Member[]] => [
		`${vendor.name} ${resource.name}`,
		Object.values(resource.operations)
			.filter((operation): operation is SaveOperation => operation.does === 'save')
			.flatMap((operation) => membersOf(resource, operation)),
	]),
);

function holdAgainstRules(members: readonly Member[], runs: number): number {
	let seen = 0;
	fc.assert(
		fc.property(raw, fc.nat(members.length - 1), (given, at) => {
			const member = members[at];
			const wire = member.quick.read(given, {}, false);
			if (wire === undefined) return;
			seen++;
			expect(wire).toEqual(byRules(member, given));
		}),
		{ numRuns: runs },
	);
	return seen;
}

const CONCEPTS: ReadonlyArray<Concept | undefined> = [
	...([
		'givenName',
		'familyName',
		'externalId',
		'email',
		'phone',
		'summary',
		'location',
		'manager',
		'linkedIn',
	] as const),
	...(['gender', 'status', 'startDate', 'endDate', 'salary', 'skills'] as const),
	undefined,
];
const OF_CONCEPTS = CONCEPTS.flatMap((concept) =>
	[
		text({ label: 'Text', concept }),
		text({ label: 'Code', concept, maxLength: 6 }),
		text({ label: 'Day', concept, wire: 'isoMidnight' }),
		email({ label: 'Mail', concept, maxLength: 18 }),
		phone({ label: 'Phone', concept }),
		phone({ label: 'Phone', concept, wire: 'digits', maxLength: 12 }),
		number({ label: 'Number', concept, min: 2, max: 900 }),
		number({ label: 'Number', concept, decimals: 0 }),
		number({ label: 'Number', concept, decimals: 2, wire: 'centsText' }),
		date({ label: 'Date', concept }),
		date({ label: 'Date', concept, wire: 'epochSeconds' }),
		flag({ label: 'Flag', concept }),
		choice({ label: 'Choice', concept, values: ['Ana', 'Male', 'Female', '12'] }),
		choice({ label: 'Choice', concept, values: ['F', 'yes', '1.0'], open: true }),
	].map((field) => prepare('field', field, 'patch')),
);

describe('what is read at first sight', () => {
	test.each(OF_VENDORS.filter(([, members]) => members.length > 0))('%s', (_, members) => {
		expect(holdAgainstRules(members, 3000)).toBeGreaterThan(100);
	});
	test('fields of all concepts', () => {
		expect(holdAgainstRules(OF_CONCEPTS, 30_000)).toBeGreaterThan(1000);
	});

	test('entries of lists', () => {
		const fields = CONCEPTS.map((concept) => textList({ label: 'List', concept }));
		let seen = 0;
		fc.assert(
			fc.property(raw, fc.constantFrom(...fields), (given, field) => {
				const cell = { field, concept: field.concept, isKey: false, isList: true };
				if (!plainTestOf(cell)(given)) return;
				seen++;
				// In a list that is none, nothing is looked for between its entries.
				const whole = { ...cell, isList: false, field: { ...field, kind: 'text' as const } };
				expect(tidyOf(whole, never)(given, () => expect(given).toBe('quiet'), {})).toBe(given);
			}),
			{ numRuns: 10_000 },
		);
		expect(seen).toBeGreaterThan(500);
	});
});

describe('what is read as before', () => {
	const reader = (field: Field) => prepare('field', field, 'patch').quick;

	test('only by the same reading', () => {
		const quick = reader(flag({ label: 'Flag' }));
		const [one, other] = [{}, { letters: 'x' as const }];
		quick.learn('ja', one, false, true);
		expect(quick.read('ja', one, false)).toBe(true);
		expect(quick.read('ja', other, false)).toBeUndefined();
		quick.learn('x', other, false, true);
		expect(quick.read('x', other, false)).toBe(true);
		expect(quick.read('ja', other, false)).toBeUndefined();
	});

	test('only where the vendor would not mean something else by it', () => {
		const quick = reader(number({ label: 'Pay', decimals: 2, wire: 'centsText' }));
		const reading = {};
		quick.learn('12,5', reading, false, '1250');
		expect(quick.read('12,5', reading, false)).toBe('1250');
		expect(quick.read('12,5', reading, true)).toBeUndefined();
	});

	test('each record has lists of its own', () => {
		const quick = reader(textList({ label: 'Tags' }));
		const reading = {};
		const list = ['a', 'b'];
		quick.learn('a; b', reading, false, list);
		list.push('c');
		(quick.read('a; b', reading, false) as string[]).push('d');
		expect(quick.read('a; b', reading, false)).toEqual(['a', 'b']);
	});

	test('no more than a few texts, and no long ones', () => {
		const quick = reader(choice({ label: 'Choice', values: ['A'], open: true }));
		const reading = {};
		for (let at = 0; at < 1000; at++) quick.learn(`${at}.`, reading, false, 'A');
		expect(quick.read('0.', reading, false)).toBe('A');
		expect(quick.read('999.', reading, false)).toBeUndefined();
		quick.learn('longer than kept', reading, false, 'A');
		expect(reader(choice({ label: 'C', values: ['A'] })).read('longer than kept', {}, false)).toBe(
			undefined,
		);
	});
});
