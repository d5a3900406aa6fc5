import { Tally } from '../../../nodes/shared/run/summary';
import type { Status } from '../../../nodes/shared/write';

const tallyOf = (...statuses: Status[]): Tally => {
	const tally = new Tally();
	statuses.forEach((status, at) => tally.add({ key: null, status, row: at + 1 }));
	return tally;
};

it.each([
	['nothing when all went well', ['saved', 'skipped'], undefined],
	['how many failed', ['saved', 'failed', 'failed'], '2 of 3 rows failed'],
	['one row alone', ['failed'], '1 of 1 row failed'],
	['what nobody can know', ['saved', 'unknown'], '1 of 2 rows ended as unknown'],
	['both', ['failed', 'unknown', 'failed'], '2 of 3 rows failed, 1 ended as unknown'],
] as const)('a run says %s', (_, statuses, words) => {
	expect(tallyOf(...statuses).trouble()).toBe(words);
});

it.each([
	['2 of 3 rows saved, 1 skipped.', ['saved', 'skipped', 'saved']],
	['0 of 1 row saved, 1 failed.', ['failed']],
	[
		'1 of 4 rows saved, 1 failed, 1 ended as unknown, 1 in progress.',
		['unknown', 'saved', 'failed', 'inProgress'],
	],
	[
		'1 of 3 rows would be created, 1 would be updated, 1 failed.',
		['failed', 'wouldCreate', 'wouldUpdate'],
	],
	['2 of 2 rows would be saved.', ['wouldSave', 'wouldSave']],
] as const)('a run is told in one line: %s', (words, statuses) => {
	expect(tallyOf(...statuses).told()).toBe(words);
});

it('and with what the service says it did', () => {
	const tally = tallyOf('saved', 'saved', 'failed');
	tally.addTotals({ created: 1, updated: 1 });
	expect(tally.told()).toBe('2 of 3 rows saved (1 created, 1 updated), 1 failed.');
});

it('counts what an earlier run saved as well, where it asks if anybody was saved', () => {
	const tally = tallyOf('failed');
	expect(tally.anySaved).toBe(false);
	const errors = [{ code: 'UNCHANGED', message: 'An earlier run saved this row.' }];
	tally.add({ key: 'A', status: 'skipped', errors, row: 2 });
	expect(tally.anySaved).toBe(true);
});
