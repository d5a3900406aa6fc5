import { removeAt, setAt, valueAt, valuesAt } from '../../../nodes/shared/definition';

describe('A path', () => {
	it.each<[string | string[], unknown]>([
		['', { a: { b: 1 }, list: [2] }],
		['a.b', 1],
		[['a', 'b'], 1],
		['a.c.d', undefined],
		['list.0', 2],
	])('%j leads to %j, written or in parts', (path, value) => {
		expect(valueAt({ a: { b: 1 }, list: [2] }, path)).toEqual(value);
	});

	it('with a star leads to every entry of a list', () => {
		expect(valuesAt({ list: [{ a: 1 }, {}, 'text', { a: 2 }] }, 'list.*.a')).toEqual([1, 2]);
		expect(valuesAt({ list: 'none' }, 'list.*.a')).toEqual([]);
	});

	it.each<[string | string[]]>([['a.b'], [['a', 'b']]])(
		'%j makes the objects on its way, in place of what is none',
		(path) => {
			for (const a of [undefined, null, 'text', [1]]) {
				const target = { a };
				setAt(target, path, 2);
				expect(target).toEqual({ a: { b: 2 } });
			}
			const target = { a: { c: 1 } };
			setAt(target, path, 2);
			expect(target).toEqual({ a: { b: 2, c: 1 } });
		},
	);

	it('takes its value away and leaves the objects on its way', () => {
		const target = { a: { b: 1, c: 2 } };
		removeAt(target, 'a.b');
		removeAt(target, 'x.y');
		expect(target).toEqual({ a: { c: 2 } });
	});
});
