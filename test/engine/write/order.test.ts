import * as fc from 'fast-check';

import { listOf, text } from '../../../nodes/shared/definition';
import { kinshipOf, orderOf, parentField } from '../../../nodes/shared/write';

const person = (name: string, parent?: string) => ({ name, parent });

it('parents come before their children, wherever they stand', () => {
	const { levels, circles, elsewhere } = orderOf([
		person('ann', 'bob'),
		person('bob', 'cid'),
		person('cid'),
		person('dan', 'elsewhere'),
	]);
	expect(levels).toEqual([[2, 3], [1], [0]]);
	expect(circles).toEqual([]);
	expect(elsewhere).toEqual([3]);
});

it('who names themselves needs nobody', () => {
	expect(orderOf([person('ann', 'ann')])).toEqual({
		levels: [[0]],
		circles: [],
		elsewhere: [],
	});
});

it('a circle comes back apart, and who waits for it goes on without it', () => {
	expect(
		orderOf([
			person('ann', 'bob'),
			person('bob', 'ann'),
			person('cid', 'ann'),
			person('dan'),
			person('eve', 'cid'),
		]),
	).toEqual({ levels: [[3], [2], [4]], circles: [[0, 1]], elsewhere: [2] });
});

it('each circle comes back by itself', () => {
	const { levels, circles } = orderOf([
		person('a', 'b'),
		person('x', 'y'),
		person('b', 'c'),
		person('y', 'x'),
		person('c', 'a'),
	]);
	expect(levels).toEqual([]);
	expect(circles.sort(([a], [b]) => a - b)).toEqual([
		[0, 2, 4],
		[1, 3],
	]);
});

it('two people of one name make no circle', () => {
	// The one John leads Ann, who leads the other.
	const rows = [person('john', 'ann'), person('ann', 'john'), person('john')];
	expect(orderOf(rows)).toEqual({ levels: [[2], [1], [0]], circles: [], elsewhere: [] });
});

it('a circle above somebody of the same name makes none below', () => {
	// R names S, S an R; one of the two Rs waits for P and Q, who wait for each other.
	const rows = [
		person('r', 's'),
		person('s', 'r'),
		person('r', 'p'),
		person('p', 'q'),
		person('q', 'p'),
	];
	expect(orderOf(rows)).toEqual({ levels: [[2], [1], [0]], circles: [[3, 4]], elsewhere: [2] });
});

it('a chain or a circle as long as the input is no trouble', () => {
	const count = 100_000;
	const chain = Array.from({ length: count }, (_, at) => person(`p${at}`, `p${at + 1}`));
	expect(orderOf(chain).levels).toHaveLength(count);
	const circle = chain.map((row, at) => (at === count - 1 ? person(row.name, 'p0') : row));
	expect(orderOf(circle).circles.map((rows) => rows.length)).toEqual([count]);
	const namesakes = Array.from({ length: count }, (_, at) =>
		person('a', at === 0 ? undefined : 'b'),
	);
	expect(orderOf([...namesakes, person('b', 'a')]).levels.map((rows) => rows.length)).toEqual([
		1,
		1,
		count - 1,
	]);
});

it('places every row exactly once, and each after all rows it names', () => {
	const names = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
	const rows = fc.array(fc.record({ name: names, parent: fc.option(names, { nil: undefined }) }), {
		maxLength: 12,
	});
	fc.assert(
		fc.property(rows, (people) => {
			const { levels, circles } = orderOf(people);
			const placed = levels.flat();
			const all = [...placed, ...circles.flat()];
			expect(all.sort((x, y) => x - y)).toEqual(people.map((_, at) => at));
			const levelOf = new Map(
				levels.flatMap((level, depth) => level.map((at) => [at, depth] as const)),
			);
			const named = (at: number) =>
				people.flatMap(({ name }, other) => (name === people[at].parent ? [other] : []));
			for (const at of placed) {
				const parents = named(at);
				if (parents.length === 0 || people[at].name === people[at].parent) continue;
				// After at least one of that name, unless none of them can be sent.
				const first = Math.min(...parents.map((other) => levelOf.get(other) ?? -1));
				expect(first).toBeLessThan(levelOf.get(at) as number);
			}
			for (const circle of circles)
				for (const at of circle) {
					expect(named(at).every((other) => circle.includes(other))).toBe(true);
					expect(named(at)).not.toEqual([]);
				}
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
	expect(orderOf([nameless, person('ann', 'bob'), nameless])).toEqual({
		levels: [[0, 1, 2]],
		circles: [],
		elsewhere: [1],
	});
});

it('namesakes all come first', () => {
	expect(orderOf([person('ann', 'bob'), person('bob'), person('bob')]).levels).toEqual([
		[1, 2],
		[0],
	]);
});

it('rows of one level keep the order of the input', () => {
	const rows = [person('a', 'y'), person('b', 'x'), person('x'), person('y')];
	expect(orderOf(rows).levels).toEqual([
		[2, 3],
		[0, 1],
	]);
});
