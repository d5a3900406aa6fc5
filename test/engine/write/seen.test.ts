import {
	json,
	listOf,
	number,
	object,
	text,
	type SaveOperation,
	type WriteEndpoint,
} from '../../../nodes/shared/definition';
import { judgeSeen } from '../../../nodes/shared/write/seen';
import { people, single, type Row } from './running';

const RESOURCE = people(
	{},
	{
		age: number({ label: 'Age' }),
		tags: listOf({ code: text({ label: 'Code' }) }, { label: 'Tags' }),
		home: object(
			{ city: text({ label: 'City' }), street: text({ label: 'Street' }) },
			{ label: 'Home' },
		),
		extra: json({ label: 'Extra' }),
		secret: text({ label: 'Secret', access: 'writeOnly' }),
	},
);
const OPERATION = { fixed: { age: 7 } } as unknown as SaveOperation;

const judge = (
	record: Row,
	stored: Row | undefined,
	operation = {} as SaveOperation,
	endpoint: WriteEndpoint = single(),
) =>
	judgeSeen(RESOURCE, operation, endpoint, record, stored === undefined ? undefined : { stored });

describe('A record that was looked up', () => {
	it.each<[string, Row, Row]>([
		['says the same', { name: 'Ada' }, { name: 'Ada' }],
		['says more', { name: 'Ada' }, { name: 'Ada', age: 36 }],
		['spells a number as text', { age: 36 }, { age: '36' }],
		['has blanks around', { name: 'Ada' }, { name: ' Ada ' }],
		['had blanks around', { name: ' Ada ' }, { name: 'Ada' }],
		['holds nothing where nothing was sent', { extra: [], name: '' }, { extra: null }],
		[
			'has the entries in another order',
			{ tags: [{ code: 'a' }, { code: 'b' }] },
			{ tags: [{ code: 'b' }, { code: 'a', at: 1 }] },
		],
		['has more inside', { home: { city: 'Bern' } }, { home: { city: 'Bern', street: 'Elm' } }],
		['does not show what nobody may read', { name: 'Ada', secret: 'x' }, { name: 'Ada' }],
	])('is as the row wants it if it %s', (_, record, stored) => {
		expect(judge({ id: 'P1', ...record }, { id: 'P1', ...stored })).toBeUndefined();
	});

	it.each<[string, Row, Row, string]>([
		['says something else', { name: 'Ada' }, { name: 'Bea' }, '"Name"'],
		['says nothing', { name: 'Ada' }, {}, '"Name"'],
		['still says what was to be cleared', { name: '' }, { name: 'Ada' }, '"Name"'],
		[
			'lacks an entry',
			{ tags: [{ code: 'a' }, { code: 'b' }] },
			{ tags: [{ code: 'a' }] },
			'"Tags"',
		],
		['holds no list', { tags: [{ code: 'a' }] }, { tags: 'a' }, '"Tags"'],
		[
			'differs in one of several places',
			{ home: { city: 'Bern', street: 'Elm' } },
			{ home: { city: 'Bern', street: 'Oak' } },
			'"Home"',
		],
		[
			'holds a text where an object was sent',
			{ home: { city: 'Bern' } },
			{ home: 'Bern' },
			'"Home"',
		],
		['holds an object where a text was sent', { name: '[object Object]' }, { name: {} }, '"Name"'],
		['differs twice', { name: 'Ada', age: 36 }, { name: 'Bea', age: 37 }, '"Name", "Age"'],
	])('is not as the row wants it if it %s', (_, record, stored, labels) => {
		expect(judge({ id: 'P1', ...record }, { id: 'P1', ...stored })).toBe(
			`When looked up, it did not hold what the row says for ${labels}.`,
		);
	});

	it('tells nothing by its key and by what every row is given', () => {
		expect(judge({ id: 'P1' }, { id: 'P2' })).toBe('When looked up, it was there.');
		expect(judge({ id: 'P1', age: 7 }, { id: 'P1' }, OPERATION)).toBe(
			'When looked up, it was there.',
		);
	});

	it.each<[string, Row, string]>([
		['a field that was not sent', { age: 36 }, '"Age"'],
		['an entry that was not sent', { tags: [{ code: 'a' }, { code: 'b' }] }, '"Tags"'],
		['a member that was not sent', { home: { city: 'Bern', street: 'Elm' } }, '"Home"'],
		['several of these', { age: 36, extra: { a: 1 } }, '"Age", "Extra"'],
	])('was not replaced as long as it holds %s', (_, more, labels) => {
		const record = { id: 'P1', name: 'Ada', tags: [{ code: 'a' }], home: { city: 'Bern' } };
		const replacing = { purpose: 'replace' } as SaveOperation;
		expect(judge(record, { ...record, ...more }, replacing)).toBe(
			`When looked up, it still held more than the row says for ${labels}.`,
		);
		expect(
			judge(record, { ...record, ...more }, undefined, single({ demands: 'replace' })),
		).toMatch(/still held more/);
		expect(judge(record, record, replacing)).toBeUndefined();
		// Nobody could have sent or seen these.
		const without = { purpose: 'replace', except: ['age', 'extra', 'tags', 'home'] };
		const secret = { ...record, secret: 'x', somethingElse: 1 };
		expect(judge(record, secret, without as unknown as SaveOperation)).toBeUndefined();
	});

	it('that is not there was not saved, or was removed', () => {
		const remove = single({ request: { method: 'DELETE', path: '/people/{id}' } });
		expect(judge({ id: 'P1' }, undefined)).toBe('When looked up, it was not there.');
		expect(judge({ id: 'P1' }, undefined, undefined, remove)).toBeUndefined();
		expect(judge({ id: 'P1' }, { id: 'P1' }, undefined, remove)).toBe(
			'When looked up, it was still there.',
		);
	});
});
