import { Duplicates, type DuplicatePolicy } from '../../../nodes/shared/write/duplicates';

const KEYS = ['A', 'B', 'A', 'C', 'A'];

/** What is to be done with each row, once all were read where that is needed. */
function judged(policy: DuplicatePolicy, keys = KEYS) {
	const duplicates = new Duplicates(policy, 'Email');
	if (duplicates.needsReading) keys.forEach((key, at) => duplicates.note(key, at + 1));
	duplicates.endReading();
	return keys.map((key, at) => duplicates.judge(key, at + 1));
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
				`It stands in row ${others} too. Remove one, or choose what to do under "Duplicates".`,
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
		const held = { do: 'hold', issue: issue('It was merged into row 5; see there.') };
		expect(judged('merge')).toEqual([held, SEND, held, SEND, { do: 'join' }]);
	});

	it.each<DuplicatePolicy>(['fail', 'first', 'last', 'merge'])(
		'are none where all keys differ: %s',
		(policy) => {
			expect(judged(policy, ['A', 'a', ' A', 'AA'])).toEqual(Array(4).fill(SEND));
		},
	);
});
