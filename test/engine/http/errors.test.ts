import { vendorMessage } from '../../../nodes/shared/http';

const PATHS = ['message', 'errors.*.detail', 'code'];

describe('What a vendor says in an answer', () => {
	it.each<[string, unknown, string | undefined]>([
		['a text', 'Bad key', 'Bad key'],
		['a text of several lines', '  Bad\n\n\tkey ', 'Bad key'],
		['a blank text', ' \n', undefined],
		['nothing', undefined, undefined],
		['the first path that leads to a text', { message: 'One', code: 'C' }, 'One'],
		['a later path', { code: 'C' }, 'C'],
		['a later path, where the first is blank', { message: ' ', code: 'C' }, 'C'],
		['a later path, where the first is no text', { message: { a: 1 }, code: 'C' }, 'C'],
		['a number', { code: 42 }, '42'],
		[
			'all of a list, each once',
			{ errors: [{ detail: 'A' }, { detail: 'B' }, { detail: 'A' }, { detail: true }] },
			'A; B',
		],
		['a path that is not asked for', { reason: 'secret stack' }, undefined],
	])('is found: %s', (_, body, said) => {
		expect(vendorMessage(body, PATHS)).toBe(said);
	});

	it.each<[string, string, string | undefined]>([
		['its title', '<html><head><title>No entry</title></head><body>x</body></html>', 'No entry'],
		['a title with attributes', '<!DOCTYPE html><title lang="en"> No\nentry </title>', 'No entry'],
		['nothing without a title', '<html><body>long</body></html>', undefined],
		['nothing of a blank title', '<html><title> </title></html>', undefined],
	])('is, of a page for a browser, %s', (_, body, said) => {
		expect(vendorMessage(body, PATHS)).toBe(said);
	});

	it('is bounded whatever the answer holds', () => {
		const errors = Array.from({ length: 100_000 }, (_, n) => ({ detail: `No ${n}` }));
		expect(vendorMessage({ errors }, PATHS)).toBe(
			Array.from({ length: 10 }, (_, n) => `No ${n}`).join('; '),
		);
		expect(vendorMessage({ message: ' '.repeat(1_000_000) + 'x' }, PATHS)!.length).toBeLessThan(
			500,
		);
		expect(vendorMessage(`<html>${'<title'.repeat(100_000)}`, PATHS)).toBeUndefined();
		expect(vendorMessage('x '.repeat(1_000_000), PATHS)!.length).toBeLessThan(500);
	});

	it('is cut after 400 characters', () => {
		expect(vendorMessage('x'.repeat(400), PATHS)).toBe('x'.repeat(400));
		expect(vendorMessage('x'.repeat(401), PATHS)).toBe(`${'x'.repeat(400)}…`);
	});
});
