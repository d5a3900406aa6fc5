import type { TruthRecord } from '../../sandbox';
import { keyOf } from '../../../scripts/bench/people';
import { accountOf, statementsOf } from '../../../scripts/bench/statements';

describe('what an answer says of the rows that were sent', () => {
	it('takes rows that an error points at for not saved, the others for saved', () => {
		const body = { errors: [{ code: 'X', locations: [{ index: 2 }, { index: 0 }] }] };
		expect(statementsOf({ size: 4, body })).toEqual(['failed', 'saved', 'failed', 'saved']);
	});

	it('takes all rows for not saved where there was no answer', () => {
		expect(statementsOf({ size: 2, error: 'Status 400' })).toEqual(['failed', 'failed']);
	});
});

describe("statements beside the vendor's books", () => {
	const made = (n: number, created = 1) => ({ key: keyOf(n), created }) as TruthRecord;
	const none = { notSaved: 0, silent: 0, unknown: 0, doubled: 0, misreported: 0 };

	it('finds nothing where they agree', () => {
		const account = accountOf(['saved', 'saved'], 'nothing', [made(0), made(1)]);
		expect(account).toEqual({ rows: 2, ...none });
	});

	it.each([
		['saved and not there', 'saved', 0, { notSaved: 1, misreported: 1 }],
		['failed and there', 'failed', 1, { misreported: 1 }],
		['failed and not there', 'failed', 0, { notSaved: 1 }],
		['unknown and there', 'unknown', 1, { unknown: 1 }],
		['nothing said', undefined, 1, { silent: 1 }],
		['made twice', 'saved', 2, { doubled: 1 }],
	] as const)('%s', (_, said, created, counts) => {
		const truth = created === 0 ? [] : [made(0, created)];
		expect(accountOf([said], 'nothing', truth)).toEqual({ rows: 1, ...none, ...counts });
	});

	it('does not ask for rows that no vendor would take', () => {
		const statements = Array.from({ length: 100 }, () => 'failed' as const);
		expect(accountOf(statements, 'poison', []).notSaved).toBe(99);
	});
});
