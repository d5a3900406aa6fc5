import * as fc from 'fast-check';

import { listOf, text } from '../../../nodes/shared/definition';
import { kinshipOf, levelsOf, parentField } from '../../../nodes/shared/write';

const person = (name: string, parent?: string) => ({ name, parent });

it('parents come before their children, wherever they stand', () => {
	const { levels, circular, elsewhere } = levelsOf([
		person('ann', 'bob'),
		person('bob', 'cid'),
		person('cid'),
		person('dan', 'elsewhere'),
	]);
	expect(levels).toEqual([[2, 3], [1], [0]]);
	expect(circular).toEqual([]);
	expect(elsewhere).toEqual([3]);
});

it('who names themselves needs nobody', () => {
	expect(levelsOf([person('ann', 'ann')])).toEqual({
		levels: [[0]],
		circular: [],
		elsewhere: [],
	});
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

describe('whom a row names', () => {
	const fields = {
		first: text({ label: 'First', path: 'name.first' }),
		last: text({ label: 'Last' }),
		lead: text({ label: 'Lead', relation: { refersTo: 'first last', order: 'parentsFirst' } }),
	};
	const kin = (record: Record<string, unknown>) => kinshipOf(fields, parentField(fields)!, record);

	it('is understood in any case and spacing', () => {
		expect(kin({ name: { first: 'Ann ' }, last: 'LEE', lead: ' bob  Lee' })).toEqual({
			name: 'ann lee',
			parent: 'bob lee',
		});
	});

	it('is nobody where nothing or no text is given', () => {
		expect(kin({ last: 7, lead: null })).toEqual({ name: undefined, parent: undefined });
	});

	it('matters for no resource without such a field', () => {
		expect(parentField({ last: fields.last, list: listOf({}, { label: 'List' }) })).toBeUndefined();
	});
});

it('rows without a name are nobody another row could wait for', () => {
	const nameless = { name: undefined, parent: undefined };
	expect(levelsOf([nameless, person('ann', 'bob'), nameless])).toEqual({
		levels: [[0, 1, 2]],
		circular: [],
		elsewhere: [1],
	});
});

it('namesakes all come first', () => {
	expect(levelsOf([person('ann', 'bob'), person('bob'), person('bob')]).levels).toEqual([
		[1, 2],
		[0],
	]);
});

it('rows of one level keep the order of the input', () => {
	const rows = [person('a', 'y'), person('b', 'x'), person('x'), person('y')];
	expect(levelsOf(rows).levels).toEqual([
		[2, 3],
		[0, 1],
	]);
});
