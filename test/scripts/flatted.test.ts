import { parseFlatted } from '../../scripts/lib/flatted';

test('strings inside are indices, other values stand for themselves', () => {
	const text = '[{"name":"1","list":"2","count":3,"none":null},"7",["1",true]]';
	expect(parseFlatted(text)).toEqual({ name: '7', list: ['7', true], count: 3, none: null });
});

test('shared and circular values stay one value', () => {
	const read = parseFlatted('[{"self":"0","a":"1","b":"1"},{"x":1}]') as Record<string, unknown>;
	expect(read.self).toBe(read);
	expect(read.a).toBe(read.b);
});
