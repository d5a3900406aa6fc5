import * as fc from 'fast-check';

import { levelsOf } from '../../../nodes/shared/write';

const person = (name: string, parent?: string) => ({ name, parent });

it('parents come before their children, wherever they stand', () => {
	const { levels, circular } = levelsOf([
		person('ann', 'bob'),
		person('bob', 'cid'),
		person('cid'),
		person('dan', 'elsewhere'),
	]);
	expect(levels).toEqual([[2, 3], [1], [0]]);
	expect(circular).toEqual([]);
});

it('who names themselves needs nobody', () => {
	expect(levelsOf([person('ann', 'ann')])).toEqual({ levels: [[0]], circular: [] });
});

it('a circle comes back apart, with those that wait for it', () => {
	const { levels, circular } = levelsOf([
		person('ann', 'bob'),
		person('bob', 'ann'),
		person('cid', 'ann'),
		person('dan'),
	]);
	expect(levels).toEqual([[3]]);
	expect(circular).toEqual([0, 1, 2]);
});

it('places every row exactly once, and each after all rows it names', () => {
	const names = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
	const rows = fc.array(fc.record({ name: names, parent: fc.option(names, { nil: undefined }) }), {
		maxLength: 12,
	});
	fc.assert(
		fc.property(rows, (people) => {
			const { levels, circular } = levelsOf(people);
			const placed = levels.flat();
			expect([...placed, ...circular].sort((x, y) => x - y)).toEqual(people.map((_, at) => at));
			const levelOf = new Map(
				levels.flatMap((level, depth) => level.map((at) => [at, depth] as const)),
			);
			for (const at of placed)
				people.forEach((other, first) => {
					const { parent, name } = people[at];
					if (other.name === parent && parent !== name)
						expect(levelOf.get(first) as number).toBeLessThan(levelOf.get(at) as number);
				});
		}),
	);
});
