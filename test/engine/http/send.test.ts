import {
	Budget,
	Sender,
	TransportFault,
	redactor,
	type Outgoing,
	type SenderSettings,
} from '../../../nodes/shared/http';
import { answer, VirtualPort, type Handler } from '../../support/virtualPort';

const BASE = 'https://api.example.com';

function service(handler: Handler, settings: Partial<SenderSettings> = {}) {
	const port = new VirtualPort(handler);
	const sender = new Sender(port, {
		baseUrl: BASE,
		budget: new Budget(),
		maxWaitMs: 300_000,
		timeoutMs: 60_000,
		errorMessages: ['message', 'errors.*.detail'],
		redact: redactor(['s3cret-key']),
		...settings,
	});
	const send = async (more: Partial<Outgoing> = {}) =>
		await sender.send({
			method: 'POST',
			url: `${BASE}/people`,
			body: '{}',
			repeatable: true,
			expects: 'json',
			...more,
		});
	return { port, sender, send };
}

const once = (first: ReturnType<Handler>) => (_: unknown, attempt: number) =>
	attempt === 1 ? first : answer({ ok: true });

describe('a request that brings an answer', () => {
	it('is sent once', async () => {
		const { port, send } = service(() => answer({ ok: true }));
		expect(await send()).toMatchObject({ ok: true, body: { ok: true }, repeated: false });
		expect(port.requests).toHaveLength(1);
	});
});

describe('429', () => {
	it('waits as many seconds as Retry-After says, also for requests that must not be repeated', async () => {
		const { port, sender, send } = service(once(answer({}, 429, { 'retry-after': '17' })));
		expect(await send({ repeatable: false })).toMatchObject({ ok: true, repeated: false });
		expect(port.sleeps).toEqual([17_000]);
		expect(sender.traffic).toEqual({ requests: 2, retries: 1, waitedMs: 17_000 });
	});

	it('measures a Retry-After date against the clock of the answer', async () => {
		const headers = {
			date: 'Mon, 05 Jan 2026 10:00:00 GMT',
			'retry-after': 'Mon, 05 Jan 2026 10:00:40 GMT',
		};
		const { port, send } = service(once(answer({}, 429, headers)));
		await send();
		expect(port.sleeps).toEqual([40_000]);
	});

	it('measures a Retry-After date against our clock where the answer has none', async () => {
		const { port, send } = service(
			once(answer({}, 429, { 'retry-after': 'Thu, 01 Jan 2026 00:00:25 GMT' })),
		);
		await send();
		expect(port.sleeps).toEqual([25_000]);
	});

	it('never spins on a Retry-After of zero', async () => {
		const { port, send } = service(
			() => answer({ message: 'slow down' }, 429, { 'retry-after': '0' }),
			{ maxWaitMs: 10_000 },
		);
		expect(await send()).toMatchObject({ ok: false, fault: { code: 'RATE_LIMITED' } });
		expect(port.requests.length).toBeLessThanOrEqual(11);
	});

	it('gives up at once when the wish exceeds what the run may wait, and says both', async () => {
		const { port, send } = service(() =>
			answer({ message: 'Too many' }, 429, { 'retry-after': '3600' }),
		);
		expect(await send()).toEqual({
			ok: false,
			fault: {
				code: 'RATE_LIMITED',
				status: 429,
				applied: 'no',
				message:
					'Too many. The service asks to wait 3600 seconds. This run may wait 300 seconds in all. Run it again later, or raise "Max Wait (Seconds)".',
			},
		});
		expect(port.requests).toHaveLength(1);
	});

	it('holds back every other request of the credential and counts the wait once', async () => {
		const { port, sender, send } = service(once(answer({}, 429, { 'retry-after': '30' })));
		const first = send();
		await new Promise((resolve) => setImmediate(resolve));
		await Promise.all([first, send(), send()]);
		expect(sender.traffic.waitedMs).toBe(30_000);
		expect(port.clock).toBeGreaterThanOrEqual(Date.parse('2026-01-01T00:00:30Z'));
	});
});

describe.each([500, 502, 503, 504])('status %i', (status) => {
	it('is retried where repeating is safe', async () => {
		const { port, send } = service(once(answer({}, status)));
		expect(await send()).toMatchObject({ ok: true, repeated: true });
		expect(port.requests).toHaveLength(2);
	});

	it('is not repeated on a guess; its fate is unknown', async () => {
		const { port, send } = service(() => answer({ message: 'Oops' }, status));
		expect(await send({ repeatable: false })).toMatchObject({
			ok: false,
			fault: { code: 'SERVICE_FAILED', applied: 'unknown', status, message: 'Oops' },
		});
		expect(port.requests).toHaveLength(1);
	});

	it('ends after five attempts with growing waits', async () => {
		const { port, send } = service(() => answer('', status));
		expect(await send()).toMatchObject({ ok: false, fault: { code: 'SERVICE_FAILED' } });
		expect(port.sleeps).toEqual([375, 750, 1500, 3000]);
	});
});

describe('connections', () => {
	it('that never came about are retried for every request', async () => {
		const { port, send } = service(once(new TransportFault('notSent', 'no route')));
		expect(await send({ repeatable: false })).toMatchObject({ ok: true, repeated: false });
		expect(port.requests).toHaveLength(2);
	});

	it.each(['timeout', 'cut'] as const)(
		'lost by %s leave a write that must not be repeated unknown',
		async (kind) => {
			const { port, send } = service(() => new TransportFault(kind, 'gone'));
			expect(await send({ repeatable: false })).toMatchObject({
				ok: false,
				fault: { applied: 'unknown' },
			});
			expect(port.requests).toHaveLength(1);
		},
	);

	it('lost once are repeated where that is safe, and the answer is marked', async () => {
		const { send } = service(once(new TransportFault('cut', 'gone')));
		expect(await send()).toMatchObject({ ok: true, repeated: true });
	});

	it('stay in doubt when a later attempt is held up by a rate limit', async () => {
		const { send } = service((_, attempt) =>
			attempt === 1
				? new TransportFault('cut', 'gone')
				: answer({}, 429, { 'retry-after': '9999' }),
		);
		expect(await send()).toMatchObject({
			ok: false,
			fault: { code: 'RATE_LIMITED', applied: 'unknown' },
		});
	});

	it('that time out are given back at once when the caller has something better', async () => {
		const { port, send } = service(() => new TransportFault('timeout', 'late'));
		expect(await send({ retryTimeouts: false })).toMatchObject({ fault: { code: 'TIMEOUT' } });
		expect(port.requests).toHaveLength(1);
	});
});

describe('answers that are none', () => {
	it.each([
		['an HTML page', '<html><title>Hi</title></html>'],
		['truncated JSON', '{"errors": [{"co'],
		['nothing', undefined],
	])('%s with status 200 is retried where that is safe', async (_, body) => {
		const { port, send } = service(once(answer(body)));
		expect(await send()).toMatchObject({ ok: true });
		expect(port.requests).toHaveLength(2);
	});

	it('leave a write that must not be repeated unknown', async () => {
		const { send } = service(() => answer('<html></html>'));
		expect(await send({ repeatable: false })).toMatchObject({
			fault: { code: 'UNREADABLE_ANSWER', applied: 'unknown' },
		});
	});

	it('are fine where the status decides', async () => {
		const { send } = service(() => answer(undefined, 204));
		expect(await send({ expects: 'anything' })).toMatchObject({ ok: true, status: 204 });
	});
});

describe('refusals', () => {
	it.each([
		[400, 'REFUSED'],
		[401, 'AUTHENTICATION'],
		[403, 'PERMISSION'],
		[404, 'NOT_FOUND'],
		[409, 'REFUSED'],
		[413, 'TOO_LARGE'],
		[422, 'REFUSED'],
	])('%i is final: %s', async (status, code) => {
		const { port, send } = service(() => answer({ errors: [{ detail: 'Bad one' }] }, status));
		const sent = await send();
		expect(sent).toMatchObject({ ok: false, fault: { code, status, applied: 'no' } });
		expect(sent.ok ? '' : sent.fault.message).toMatch(/^Bad one\. \S/);
		expect(port.requests).toHaveLength(1);
	});

	it('never show the key, even when the service repeats it', async () => {
		const { send } = service(() =>
			answer({ message: 'key s3cret-key (Bearer abcdefgh123) is bad' }, 401),
		);
		const sent = await send();
		expect(JSON.stringify(sent)).not.toMatch(/s3cret-key|abcdefgh123/);
	});

	it('of an HTML page show its title only', async () => {
		const { send } = service(() =>
			answer('<html><title>No entry</title><body>long</body></html>', 404),
		);
		expect(await send()).toMatchObject({
			fault: { message: expect.stringMatching(/^No entry\. /) },
		});
	});
});

describe('redirects', () => {
	it('within the host are followed', async () => {
		const { port, send } = service(once(answer('', 308, { location: '/v2/people' })));
		expect(await send()).toMatchObject({ ok: true });
		expect(port.requests[1]).toMatchObject({
			url: `${BASE}/v2/people`,
			method: 'POST',
			body: '{}',
		});
	});

	it.each([
		['to another host', 308, 'https://evil.example.net/people'],
		['to the same host by http', 308, 'http://api.example.com/people'],
		['that would turn a write into a read', 302, '/people2'],
	])('%s are not', async (_, status, location) => {
		const { port, send } = service(() => answer('', status, { location }));
		expect(await send()).toMatchObject({ fault: { code: 'REDIRECTED', applied: 'no' } });
		expect(port.requests).toHaveLength(1);
	});

	it('in a circle end', async () => {
		const { port, send } = service(() => answer('', 307, { location: '/people' }));
		expect(await send()).toMatchObject({ fault: { code: 'REDIRECTED' } });
		expect(port.requests).toHaveLength(4);
	});
});

describe('the request budget', () => {
	it('spreads the requests over their window', async () => {
		const { port, send } = service(() => answer({}), { rate: { requests: 10, seconds: 60 } });
		const started = port.clock;
		for (let i = 0; i < 25; i++) await send();
		// Five leave at once, then one each 6.05 seconds, and never more than ten in a window.
		expect(port.clock - started).toBe(24 * 6_050 - 4 * 6_050);
	});

	it('is shared by every sender of the credential', async () => {
		const budget = new Budget();
		const one = service(() => answer({}), { rate: { requests: 2, seconds: 60 }, budget });
		const two = service(() => answer({}), { rate: { requests: 2, seconds: 60 }, budget });
		await one.send();
		await two.send();
		await one.send();
		// Half a window after the second.
		expect([one.port.sleeps, two.port.sleeps]).toEqual([[60_500], [30_250]]);
	});
});

describe('a stop', () => {
	it('ends a wait', async () => {
		const { port, send } = service(() => {
			port.cancelled = true;
			return answer({}, 429, { 'retry-after': '100' });
		});
		await expect(send()).rejects.toMatchObject({ name: 'Cancelled' });
	});
});
