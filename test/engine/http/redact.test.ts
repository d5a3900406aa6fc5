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
