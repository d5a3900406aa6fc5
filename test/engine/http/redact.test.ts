import { redactor } from '../../../nodes/shared/http';

describe('Known secrets', () => {
	it('are removed wherever they stand, the longest first', () => {
		const redact = redactor(['abcdef', 'abcdefghij']);
		expect(redact('x abcdefghij y abcdef z abcdef')).toBe('x *** y *** z ***');
	});

	it('of six characters are removed, shorter ones would blank out words', () => {
		expect(redactor(['sesame', 'admin'])('admin: sesame')).toBe('admin: ***');
	});

	it('may hold signs that mean something elsewhere', () => {
		expect(redactor(['a+b$&(c'])('key is a+b$&(c.')).toBe('key is ***.');
	});
});

describe('A known secret', () => {
	const SECRET = 'k"y<&>/+\'é s3cret ';
	const sent = SECRET.trim();
	const basic = (user: string) => Buffer.from(`${user}:${sent}`).toString('base64');

	it.each<[string, string]>([
		['as it is stored', `${SECRET}\n`],
		['as it is sent', sent],
		['in JSON', JSON.stringify({ is: sent })],
		['in JSON with escaped slashes', JSON.stringify({ is: sent }).replace(/\//g, '\\/')],
		['in an address', `?a=${encodeURIComponent(sent)}`],
		[
			'in an address, in small letters',
			encodeURIComponent(sent).replace(/%../g, (c) => c.toLowerCase()),
		],
		['in a form', new URLSearchParams({ is: sent }).toString().replace(/%27/g, "'")],
		[
			'in a page',
			sent
				.replace(/&/g, '&amp;')
				.replace(/</g, '&lt;')
				.replace(/>/g, '&gt;')
				.replace(/"/g, '&quot;')
				.replace(/'/g, '&#39;'),
		],
		['in base64', Buffer.from(sent).toString('base64')],
		['in base64 for addresses', Buffer.from(sent).toString('base64url')],
		['behind a user in base64', basic('u')],
		['behind another user in base64', basic('us')],
		['behind a third in base64', basic('usr')],
	])('is removed %s', (_, text) => {
		const clean = redactor([`${SECRET}\n`])(`said ${text} no`);
		// What is left of it must not be enough to guess the rest.
		expect(clean).toMatch(/\*\*\*/);
		const left = Buffer.from(clean.replace(/said|no|[^\w+/=-]/g, ''), 'base64').toString();
		for (const part of ['s3cret', 's3cre', Buffer.from('s3cret').toString('base64').slice(1, 7)])
			expect([clean.includes(part), left.includes(part)]).toEqual([false, false]);
	});

	it.each(['Bearer abc-12345', 'bearer  abc-12345\n', 'Basic abc-12345'])(
		'is removed without the word it was pasted with: %j',
		(stored) => {
			expect(redactor([stored])('got abc-12345')).toBe('got ***');
		},
	);
});

it('A text is cut before it is searched', () => {
	expect(redactor(['sesame'])('x'.repeat(1_000_000)).length).toBeLessThanOrEqual(20_000);
});

describe('What looks like a secret', () => {
	const JWT = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJh-Yl8ifQ';

	it.each([
		// Headers.
		['Bearer abcd1234', 'Bearer ***'],
		['sent bearer  a.b~c+d/e=f-g_h, refused', 'sent bearer ***, refused'],
		['Basic dXNlcjpwYXNz is wrong', 'Basic *** is wrong'],
		['BDToken 0123456789', 'BDToken ***'],
		// Signed tokens, anywhere.
		[`got ${JWT}.sig-na_ture!`, 'got ***!'],
		[`got ${JWT}`, 'got ***'],
		[`got ${JWT}. Next`, 'got *** Next'],
		['got eyJhbGci.x, expired', 'got ***, expired'],
		// Names and values.
		['token=abc', 'token=***'],
		['apikey=abc&page=2', 'apikey=***&page=2'],
		['api_key=abc;', 'api_key=***;'],
		['API-KEY: abc, sorry', 'API-KEY: ***, sorry'],
		['x-client-secret : abc', 'x-client-secret : ***'],
		['{"access_token":"abc","more":1}', '{"access_token":"***","more":1}'],
		['{"token" : 12}', '{"token" : ***}'],
		["'password' = 'abc' is old", "'password' = '***' is old"],
		['refreshToken:abc sessionKey=def', 'refreshToken:*** sessionKey=***'],
		['auth-token=abc passwd=x pwd=y', 'auth-token=*** passwd=*** pwd=***'],
	])('is removed: %s', (text, clean) => {
		expect(redactor([])(text)).toBe(clean);
	});

	it.each([
		'Basic access is off',
		'The bearer was late',
		'The key is missing',
		'monkey=banana',
		'eyJustice is not a token. Right',
		'Key "name" and token, too',
	])('is not seen in plain words: %s', (text) => {
		expect(redactor([])(text)).toBe(text);
	});
});
