import { Duplicates, type DuplicatePolicy } from '../../../nodes/shared/write/duplicates';

const KEYS = ['A', 'B', 'A', 'C', 'A'];

const rowAt = (at: number) => ({ row: at + 1, index: 0 });

/** What is to be done with each row, once all were read where that is needed. */
function judged(policy: DuplicatePolicy, keys = KEYS) {
	const duplicates = new Duplicates(policy, 'Email');
	if (duplicates.needsReading) keys.forEach((key, at) => duplicates.note(key, rowAt(at)));
	duplicates.endReading();
	return keys.map((key, at) => duplicates.judge(key, rowAt(at)));
}

const issue = (rest: string) => ({
	code: 'DUPLICATE_KEY',
	message: `"Email" is the same as in another row. ${rest}`,
	field: 'Email',
});
const SEND = { do: 'send' };

describe('Rows that share a key', () => {
	it('all fail and name the others', () => {
		const failed = (others: string) => ({
			do: 'fail',
			issue: issue(
				`It stands in rows ${others} too. Remove one, or choose what to do under "Duplicates".`,
			),
		});
		expect(judged('fail')).toEqual([
			failed('3 and 5'),
			SEND,
			failed('1 and 5'),
			SEND,
			failed('1 and 3'),
		]);
	});

	it('are skipped after the first, without another reading', () => {
		expect(new Duplicates('first', 'Email').needsReading).toBe(false);
		const skipped = { do: 'skip', issue: issue('Row 1 was used.') };
		expect(judged('first')).toEqual([SEND, SEND, skipped, SEND, skipped]);
	});

	it('are skipped before the last', () => {
		const skipped = { do: 'skip', issue: issue('Row 5 was used.') };
		expect(judged('last')).toEqual([skipped, SEND, skipped, SEND, SEND]);
	});

	it('join the last', () => {
		const held = {
			do: 'hold',
			issue: issue('It was merged into another. Row 5 tells what became of it.'),
		};
		expect(judged('merge')).toEqual([held, SEND, held, SEND, { do: 'join' }]);
	});

	it.each<DuplicatePolicy>(['fail', 'first', 'last', 'merge'])(
		'are none where all keys differ: %s',
		(policy) => {
			expect(judged(policy, ['A', 'a', ' A', 'AA'])).toEqual(Array(4).fill(SEND));
		},
	);

	it('are named with their file where several come together', () => {
		const duplicates = new Duplicates('fail', 'Email');
		const rows = ['a.csv', 'b.csv'].map((file, index) => ({ row: 2, index, file }));
		for (const row of rows) duplicates.note('A', row);
		duplicates.endReading();
		expect(rows.map((row) => duplicates.judge('A', row))).toMatchObject([
			{ do: 'fail', issue: { message: expect.stringContaining('in row 2 of b.csv too') } },
			{ do: 'fail', issue: { message: expect.stringContaining('in row 2 of a.csv too') } },
		]);
	});

	it('are told apart by keys of any length', () => {
		const long = 'x'.repeat(5000);
		expect(
			judged('first', [`${long}1`, `${long}2`, `${long}1`]).map((verdict) => verdict.do),
		).toEqual(['send', 'send', 'skip']);
	});
});

/** A file of one value copied down is what a spreadsheet makes at the slip of a hand. */
describe('The messages of many rows with one key', () => {
	const textOf = (policy: DuplicatePolicy, count: number): number =>
		JSON.stringify(judged(policy, Array<string>(count).fill('A'))).length;

	it.each<DuplicatePolicy>(['fail', 'first', 'last', 'merge'])(
		'grow with the rows and no faster: %s',
		(policy) => {
			// Ten rows say all that a message can quote; from there on each row adds a message, and its number gets longer.
			const each = (textOf(policy, 2000) - textOf(policy, 1000)) / 1000;
			expect(textOf(policy, 20_000)).toBeLessThan(20_000 * each * 1.1);
			expect(each).toBeLessThan(300);
		},
	);
});
