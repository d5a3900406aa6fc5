import { Reasons } from '../../../nodes/shared/run/reasons';

const reasonsOf = (...rows: Array<[row: number, text: string]>): Reasons => {
	const reasons = new Reasons();
	for (const [row, text] of rows) reasons.add(text, { index: 0, row });
	return reasons;
};

it('a reason is told once, with the first rows it holds for, whatever order they come in', () => {
	const reasons = reasonsOf([9, 'b'], [4, 'a'], [2, 'a'], [5, 'a'], [3, 'a'], [7, 'b'], [8, 'c']);
	expect(reasons.lines('Row')).toEqual([
		'Rows 2, 3, 4 and 1 more: a',
		'Rows 7 and 9: b',
		'Row 8: c',
	]);
	expect(reasons.shared()).toBeUndefined();
});

it('those beyond the first are counted', () => {
	const reasons = reasonsOf([1, 'a'], [2, 'b'], [3, 'c'], [4, 'd'], [5, 'd']);
	expect(reasons.lines('Item')).toEqual(['Item 1: a', 'Item 2: b', 'Item 3: c', 'and 2 more']);
});

it('a million reasons are not held', () => {
	const reasons = new Reasons();
	for (let row = 1; row <= 10_000; row++) reasons.add(`reason ${row}`, { index: 0, row });
	expect(reasons.lines('Row').at(-1)).toBe('and 9997 more');
	expect(reasons.shared()).toBeUndefined();
	const held = reasons as unknown as { held: Map<string, unknown> };
	expect(held.held.size).toBe(100);
});

it('one reason for all is shared, if it is one for all', () => {
	expect(reasonsOf([1, 'a'], [2, 'a']).shared()).toBe('a');
	expect(reasonsOf([1, 'a'], [2, 'b']).shared()).toBeUndefined();
});

it('rows of several files come with the name of theirs, file by file', () => {
	const reasons = new Reasons();
	reasons.add('a', { index: 1, row: 2, file: 'b.csv' });
	reasons.add('a', { index: 0, row: 9, file: 'a.csv' });
	expect(reasons.lines('Row')).toEqual(['Rows 9 of a.csv and 2 of b.csv: a']);
});
