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

it.each([
	['', 'is missing. Add a value, the address of the record needs it.'],
	['..', 'cannot be used in an address. Check it.'],
	['Ann \ud83d', 'cannot be used in an address. Check it.'],
])('%p in a path is explained, and the field is named', (value, message) => {
	expect(() => fillPath('/talents/{talentId}', () => value)).toThrow(
		expect.objectContaining({ message, field: 'talentId' }),
	);
});

it.each([
	['Jr.', 'Jr.'],
	['.hidden', '.hidden'],
	['...', '...'],
	[' 7 ', '7'],
	[7, '7'],
])('%p can', (value, text) => {
	expect(fillPath('/talents/{id}', () => value)).toBe(`/talents/${text}`);
});

it('an address without a query ends with its path', () => {
	expect(buildUrl('https://x.example', '/t')).toBe('https://x.example/t');
	expect(buildUrl('https://x.example', '/t', [])).toBe('https://x.example/t');
});

it('the pairs of a query are joined', () => {
	const query = [
		['a', '1'],
		['b', '2'],
	] as const;
	expect(buildUrl('https://x.example', '/t', query)).toBe('https://x.example/t?a=1&b=2');
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
	['https://', undefined],
])('the link %s leads to %s', (link, target) => {
	expect(sameHost('https://x.example', 'https://x.example/list', link)).toBe(target);
});

it('an empty or broken base URL is explained', () => {
	expect(baseUrlProblem('')).toBe(
		'The base URL in the credential is empty. Open the credential and fill it in.',
	);
	expect(baseUrlProblem(' ')).toMatch(/is empty/);
	expect(baseUrlProblem('whoops')).toBe(
		'The base URL in the credential is not a web address. It must look like https://example.com.',
	);
	expect(baseUrlProblem('ftp://x.example')).toMatch(/not a web address/);
	expect(baseUrlProblem('https://x.example')).toBeUndefined();
	expect(baseUrlProblem('http://localhost:8080')).toBeUndefined();
});

it.each<[string, RegExp]>([
	[
		'https://x.example?tenant=1',
		/has a query behind the address\. Leave out the "\?" and everything/,
	],
	['https://x.example/#/home', /has a fragment behind the address\. Leave out the "#"/],
	['https://ann:secret@x.example', /has a user name or password in it\. Leave out/],
	['https://x.example/api', /ends in "\/api", which the node adds itself/],
	['https://x.example/proxy/api/v3', /ends in "\/api\/v3", which the node adds itself/],
])('what does not belong into a base URL is named: %s', (baseUrl, words) => {
	const problem = baseUrlProblem(baseUrl, ['/token', '/api/v3/people']);
	expect(problem).toMatch(words);
	expect(problem).not.toContain('secret');
});

it.each(['https://x.example/proxy', 'https://x.example/api/proxy', 'https://x.example/v3'])(
	'a path of its own may be part of a base URL: %s',
	(baseUrl) => {
		expect(baseUrlProblem(baseUrl, ['/api/v3/people'])).toBeUndefined();
	},
);
