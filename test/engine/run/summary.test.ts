import { Tally } from '../../../nodes/shared/run/summary';
import type { Status } from '../../../nodes/shared/write';

const troubleOf = (...statuses: Status[]): string | undefined => {
	const tally = new Tally();
	statuses.forEach((status, at) => tally.add({ key: null, status, row: at + 1 }));
	return tally.trouble();
};

it.each([
	['nothing when all went well', ['saved', 'skipped'], undefined],
	['how many failed', ['saved', 'failed', 'failed'], '2 of 3 rows failed'],
	['one row alone', ['failed'], '1 of 1 row failed'],
	['what nobody can know', ['saved', 'unknown'], '1 of 2 rows ended as unknown'],
	['both', ['failed', 'unknown', 'failed'], '2 of 3 rows failed, 1 ended as unknown'],
] as const)('a run says %s', (_, statuses, words) => {
	expect(troubleOf(...statuses)).toBe(words);
});
