import { vendors } from '../../support/vendors';
import { count, LISTS, rightShare, wrongShare } from './count';

/**
 * Headings of real lists in seven languages, for each vendor. The marks are below what is reached, so that a list more does
 * not fail for one odd heading, and above what guessing would reach.
 */
describe('headings of real lists', () => {
	const counts = count(vendors, LISTS);

	test('are found: at least 92 % of those that the vendor has a column for', () => {
		expect([rightShare(counts) >= 0.92, counts.missed.slice(0, 20)]).toEqual([
			true,
			expect.anything(),
		]);
	});
	test('are not taken for something else: at most 0.5 % of those that are matched', () => {
		expect([wrongShare(counts) <= 0.005, counts.wrong]).toEqual([true, expect.anything()]);
	});
	test('seldom clash: at most 1 % of those that count', () => {
		const counted = counts.right + counts.missed.length + counts.wrong.length;
		expect([counts.blocked.length / counted <= 0.01, counts.blocked]).toEqual([
			true,
			expect.anything(),
		]);
	});
	test('seldom block a list: at most 1 % of lists, each for each vendor', () => {
		const blocked = vendors.flatMap((vendor) =>
			LISTS.filter((list) => count([vendor], [list]).blocked.length > 0).map(
				({ system }) => `${vendor.name} | ${system}`,
			),
		);
		expect([blocked.length / (vendors.length * LISTS.length) <= 0.01, blocked]).toEqual([
			true,
			expect.anything(),
		]);
	});
	test('are counted in lists that are worth it', () => {
		expect(LISTS.length).toBeGreaterThan(130);
		expect(counts.right).toBeGreaterThan(2_000);
	});
});
