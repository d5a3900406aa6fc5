import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { SignInFailed } from '../../../nodes/shared/http';
import { n8nPort } from '../../../nodes/shared/run/port';

type Send = (options: IHttpRequestOptions) => unknown;

/** A port onto an n8n whose requests end as told. */
const portOnto = (send: Send) =>
	n8nPort(
		{
			getCredentials: async () => ({}),
			helpers: {
				httpRequestWithAuthentication: async (_: string, options: IHttpRequestOptions) =>
					send(options),
			},
		} as unknown as IExecuteFunctions,
		'acmeApi',
	);

const request = { method: 'GET', url: 'https://acme.example/people', timeoutMs: 1000 } as const;

const failing = (message: string, more: IDataObject = {}) =>
	portOnto(() => {
		throw Object.assign(new Error(message), more);
	}).send(request);

describe('What n8n answers', () => {
	it.each([
		['JSON in text', '{"a":1}', { a: 1 }],
		['JSON in bytes', Buffer.from('[1]'), [1]],
		['an object', { a: 1 }, { a: 1 }],
		['another text', '<html>', '<html>'],
		['a blank text', ' \n', undefined],
		['nothing', null, undefined],
	])('is understood when it is %s', async (_, body, read) => {
		const answer = await portOnto(() => ({ statusCode: 200, body })).send(request);
		expect(answer).toEqual({ status: 200, headers: {}, body: read });
	});

	it('has headers in lower case, without those that hold nothing', async () => {
		const headers = { 'Retry-After': 5, 'X-None': null, 'X-Gone': undefined };
		const answer = await portOnto(() => ({ statusCode: 429, headers })).send(request);
		expect(answer.headers).toEqual({ 'retry-after': '5' });
	});
});

describe('A refused sign-in', () => {
	it('is asked again so that n8n renews the session, where n8n does not throw it by itself', async () => {
		const flags: unknown[] = [];
		const port = portOnto(({ ignoreHttpStatusErrors }) => {
			flags.push(ignoreHttpStatusErrors);
			return ignoreHttpStatusErrors ? { statusCode: 401 } : { statusCode: 200, body: 'in' };
		});
		expect(await port.send(request)).toMatchObject({ status: 200, body: 'in' });
		expect(flags).toEqual([{ ignore: true, except: [401] }, false]);
	});

	const problem = { message: 'No session', passing: true, status: 429, waitMs: 20_000 };

	it.each<[string, IDataObject]>([
		['as the cause, in 2.x', { cause: new SignInFailed(problem) }],
		[
			'beside the error, where 1.123 keeps what it has of the cause',
			{ context: { data: { signInProblem: problem } } },
		],
	])('before the request is recognised: %s', async (_, more) => {
		await expect(failing('Wrapped in other words', more)).rejects.toMatchObject({
			name: 'SignInFailed',
			message: 'No session',
			problem,
		});
	});

	it.each([{ message: 'No session' }, { passing: true }, 'No session', null])(
		'is not seen in an answer of the service: %j',
		async (signInProblem) => {
			const error = { httpCode: '400', context: { data: { signInProblem } } };
			expect(await failing('Bad request', error)).toMatchObject({ status: 400 });
		},
	);
});

describe('An error of n8n that holds an answer', () => {
	it.each<[string, IDataObject, unknown]>([
		['as axios gives it', { response: { status: 422, data: '{"a":1}' } }, { a: 1 }],
		['as request gives it', { response: { statusCode: 422, body: { a: 1 } } }, { a: 1 }],
		[
			'beside the error, as n8n 1.123 keeps it',
			{ httpCode: '422', context: { data: { a: 1 } } },
			{ a: 1 },
		],
		['by its code alone', { httpCode: '422' }, undefined],
		['inside another', { cause: { statusCode: 422, response: { data: 'no' } } }, 'no'],
	])('is that answer: %s', async (_, error, body) => {
		expect(await failing('Request failed', error)).toEqual({ status: 422, headers: {}, body });
	});

	it('is not read out of a number that is no status', async () => {
		await expect(failing('Odd', { httpCode: 'ECONNRESET', statusCode: 42 })).rejects.toMatchObject({
			kind: 'cut',
		});
	});
});

describe('An error of n8n without an answer', () => {
	const NOT_SENT = /^The host acme\.example does not answer\. Check the base URL/;
	const LATE = 'The host acme.example did not answer in time.';
	const CUT = 'The connection to acme.example ended before the answer was complete.';

	it.each<[string, string, string | RegExp, IDataObject]>([
		['a refused connection', 'notSent', NOT_SENT, { code: 'ECONNREFUSED' }],
		['an unknown host, further down', 'notSent', NOT_SENT, { cause: { errno: 'ENOTFOUND' } }],
		['a time-out by code', 'timeout', LATE, { code: 'ECONNABORTED' }],
		['a cut connection', 'cut', CUT, { code: 'ECONNRESET' }],
		['anything else', 'cut', CUT, { message: undefined }],
	])('tells %s', async (_, kind, message, error) => {
		await expect(failing('Failed', error)).rejects.toMatchObject({
			kind,
			message: typeof message === 'string' ? message : expect.stringMatching(message),
		});
	});

	it.each([
		['connect ECONNREFUSED 127.0.0.1:1', 'notSent'],
		['timeout of 1000ms exceeded', 'timeout'],
		['The request timed out', 'timeout'],
	])('is told by its words where it has no code: %s', async (words, kind) => {
		await expect(failing(words)).rejects.toMatchObject({ kind });
	});

	const TRUST = /^n8n does not trust the certificate of acme\.example.*NODE_EXTRA_CA_CERTS/;
	const KEPT_IN = /^n8n did not let the request to acme\.example out: /;

	it.each<[string, string, RegExp, IDataObject]>([
		['a certificate, by code', 'Failed', TRUST, { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }],
		['a certificate, by the code 1.123 keeps', 'Failed', TRUST, { httpCode: 'CERT_HAS_EXPIRED' }],
		['a certificate, by its words', 'self-signed certificate', TRUST, {}],
		[
			'a certificate for another name',
			"Hostname/IP does not match certificate's altnames: Host: acme.example.",
			TRUST,
			{},
		],
		[
			"the server's protection",
			'The request was blocked because it resolves to a restricted IP address',
			/restricted IP address\. Ask your n8n administrator\.$/,
			{ description: 'Ask your n8n administrator.' },
		],
		[
			"the server's protection, further down",
			'Failed',
			KEPT_IN,
			{ cause: { name: 'SsrfBlockedHostnameError', message: 'Restricted.' } },
		],
		[
			'the domains of the credential',
			'Domain not allowed: This credential is restricted from accessing acme.example.',
			KEPT_IN,
			{},
		],
		[
			'words that n8n has replaced',
			'Bad request',
			KEPT_IN,
			{ messages: ['Domain not allowed: only example.com'] },
		],
	])('tells what was not let out, and why: %s', async (_, words, message, error) => {
		await expect(failing(words, error)).rejects.toMatchObject({
			kind: 'blocked',
			message: expect.stringMatching(message),
		});
	});

	it('quotes n8n within bounds', async () => {
		const words = `The request was blocked because ${'x'.repeat(100_000)}`;
		const error = (await failing(words).catch((caught: unknown) => caught)) as Error;
		expect(error.message.length).toBeLessThan(700);
	});

	it('that is no object leaves the request in doubt', async () => {
		const port = portOnto(() => {
			throw 'broken';
		});
		await expect(port.send(request)).rejects.toMatchObject({ kind: 'cut' });
	});
});

describe('The credential', () => {
	const readings = { of: (): unknown => ({ token: 'first' }), count: 0 };
	const used: unknown[] = [];
	const port = () =>
		n8nPort(
			{
				getCredentials: async () => (readings.count++, readings.of()),
				helpers: {
					async httpRequestWithAuthentication(
						_: string,
						__: IHttpRequestOptions,
						{ credentialsDecrypted }: { credentialsDecrypted: { type: string; data: IDataObject } },
					) {
						used.push({ type: credentialsDecrypted.type, ...credentialsDecrypted.data });
						credentialsDecrypted.data.token = 'renewed';
						return { statusCode: 200 };
					},
				},
			} as unknown as IExecuteFunctions,
			'acmeApi',
		);

	beforeEach(() => {
		jest.useFakeTimers();
		Object.assign(readings, { of: () => ({ token: 'first' }), count: 0 });
		used.length = 0;
	});
	afterEach(() => jest.useRealTimers());

	it('is read once for requests of the same second, and what n8n renews in it is kept', async () => {
		const { send } = port();
		await send(request);
		jest.advanceTimersByTime(999);
		await send(request);
		expect(used).toEqual([
			{ type: 'acmeApi', token: 'first' },
			{ type: 'acmeApi', token: 'renewed' },
		]);
		expect(readings.count).toBe(1);
	});

	it('is read again after that, as another process may have renewed it', async () => {
		const { send } = port();
		await send(request);
		jest.advanceTimersByTime(1000);
		await send(request);
		expect(used).toEqual(Array(2).fill({ type: 'acmeApi', token: 'first' }));
		expect(readings.count).toBe(2);
	});

	it.each([[new Error('database is locked')], ['database is locked']])(
		'that cannot be read has sent nothing, and is read again: %s',
		async (problem) => {
			const { send } = port();
			readings.of = () => {
				throw problem;
			};
			await expect(send(request)).rejects.toMatchObject({
				kind: 'notSent',
				message: 'n8n could not read the credential: database is locked',
			});
			readings.of = () => ({ token: 'first' });
			expect(await send(request)).toMatchObject({ status: 200 });
			expect(used).toHaveLength(1);
		},
	);
});

it('A body leaves as bytes, which nobody parses once more', async () => {
	const bodies: unknown[] = [];
	const port = portOnto(({ body }) => {
		bodies.push(body);
		return { statusCode: 200 };
	});
	await port.send({ ...request, method: 'POST', body: '{"name":"Zoë"}' });
	expect(bodies).toEqual([Buffer.from('{"name":"Zoë"}')]);
});
