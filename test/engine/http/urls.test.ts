import {
	AddressFault,
	baseUrlProblem,
	buildUrl,
	fillPath,
	sameHost,
} from '../../../nodes/shared/http';

it('every value in a path is percent-encoded', () => {
	const path = fillPath('/talents/{id}/notes', () => 'a/b?c#d é');
	expect(path).toBe('/talents/a%2Fb%3Fc%23d%20%C3%A9/notes');
});

it.each(['', '  ', undefined, null, {}, '.', '..'])('%p cannot stand in a path', (value) => {
	expect(() => fillPath('/talents/{id}', () => value)).toThrow(AddressFault);
});

it('names and values of a query are encoded', () => {
	expect(buildUrl('https://x.example', '/t', [['filter[id][]', 'a&b=c']])).toBe(
		'https://x.example/t?filter%5Bid%5D%5B%5D=a%26b%3Dc',
	);
});

it.each([
	['/next?page=2', 'https://x.example/next?page=2'],
	['https://x.example/p', 'https://x.example/p'],
	['https://x.example.evil.net/p', undefined],
	['//evil.net/p', undefined],
	['http://x.example/p', undefined],
	['https://x.example:8443/p', undefined],
	['javascript:alert(1)', undefined],
])('the link %s leads to %s', (link, target) => {
	expect(sameHost('https://x.example', 'https://x.example/list', link)).toBe(target);
});

it('an empty or broken base URL is explained', () => {
	expect(baseUrlProblem('')).toBe(
		'The base URL in the credential is empty. Open the credential and fill it in.',
	);
	expect(baseUrlProblem('whoops')).toBe(
		'The base URL in the credential is not a web address. It must look like https://example.com.',
	);
	expect(baseUrlProblem('ftp://x.example')).toMatch(/not a web address/);
	expect(baseUrlProblem('https://x.example')).toBeUndefined();
});
