import { hashOf, KeyRows } from '../../../nodes/shared/write/keyRows';

describe('KeyRows', () => {
	it('finds the first row of every key among many, however often it grew', () => {
		const keys = new KeyRows();
		const key = (n: number) => `person${n}@example.com`;
		for (let n = 1; n <= 50_000; n++) expect(keys.add(key(n), n)).toBeUndefined();
		for (let n = 1; n <= 50_000; n++) expect(keys.add(key(n), 99)).toBe(n);
	});

	it('knows nothing after it was cleared', () => {
		const keys = new KeyRows();
		keys.add('a', 1);
		keys.clear();
		expect(keys.add('a', 2)).toBeUndefined();
		expect(keys.add('a', 3)).toBe(2);
	});

	it('takes the empty key and characters outside of Latin', () => {
		const keys = new KeyRows();
		expect(['', 'é', 'e\u0301', '李', '😀'].map((key, at) => keys.add(key, at + 1))).toEqual(
			Array(5).fill(undefined),
		);
		expect(keys.add('😀', 9)).toBe(5);
	});
});

describe('a hash', () => {
	/** Keys as people have them: counted up, alike but for a character, swapped, and of every length. */
	const alike = [
		...Array.from({ length: 100_000 }, (_, n) => String(n)),
		...Array.from({ length: 100_000 }, (_, n) => `EMP-${n.toString(16)}`),
		...Array.from({ length: 100_000 }, (_, n) => `${n % 317}.${Math.floor(n / 317)}@example.com`),
		...Array.from({ length: 500 }, (_, n) => 'a'.repeat(n)),
	];

	it('differs in both halves about as often as chance has it', () => {
		const of = (half: 0 | 1) => new Set(alike.map((key) => hashOf(key)[half])).size;
		// 300,000 values among 2^32: about 10 pairs fall together by chance.
		for (const half of [0, 1] as const) expect(alike.length - of(half)).toBeLessThan(60);
	});

	it('as a whole is never shared by them', () => {
		expect(new Set(alike.map((key) => hashOf(key).join(' '))).size).toBe(alike.length);
	});
});
