import {
	Budget,
	Cancelled,
	Sender,
	SignInFailed,
	TransportFault,
	type Fault,
	type HttpRequest,
	type HttpResponse,
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
		errorMessages: ['message'],
		redact: (text) => text,
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
	const faultOf = async (more: Partial<Outgoing> = {}): Promise<Fault> => {
		const sent = await send(more);
		if (sent.ok) throw new Error('There is an answer.');
		return sent.fault;
	};
	return { port, sender, send, faultOf };
}

/** Answers in this order; the last one for ever. */
const inOrder =
	(...answers: Array<ReturnType<Handler>>): Handler =>
	(_, attempt) =>
		answers[Math.min(attempt, answers.length) - 1];

const fine = answer({ ok: true });
const late = new TransportFault('timeout', 'The service did not answer in time.');
const cut = new TransportFault('cut', 'The connection ended.');
const refusedSignIn = new SignInFailed({
	message: 'The key was revoked.',
	passing: false,
	status: 401,
});
const unreachable = new TransportFault('notSent', 'The host cannot be found.');

describe('What is told of a request without a usable answer', () => {
	it.each<[string, ReturnType<Handler>, Fault]>([
		[
			'401',
			answer({ message: 'Bad key' }, 401),
			{
				code: 'AUTHENTICATION',
				message:
					'Bad key. The service does not accept the credential. Open it and check the key, or make a new one.',
				status: 401,
				applied: 'no',
			},
		],
		[
			'403',
			answer({ message: 'Not yours!' }, 403),
			{
				code: 'PERMISSION',
				message:
					'Not yours! The credential has no permission for this. Ask the administrator of your account for it.',
				status: 403,
				applied: 'no',
			},
		],
		[
			'404',
			answer({ message: 'Gone?' }, 404),
			{
				code: 'NOT_FOUND',
				message: 'Gone? Check the ID, and the base URL in the credential.',
				status: 404,
				applied: 'no',
			},
		],
		[
			'410',
			answer({ message: 'Gone.' }, 410),
			{
				code: 'NOT_FOUND',
				message: 'Gone. Check the ID, and the base URL in the credential.',
				status: 410,
				applied: 'no',
			},
		],
		[
			'413',
			answer('', 413),
			{
				code: 'TOO_LARGE',
				message: 'HTTP status 413. The request is too large for the service.',
				status: 413,
				applied: 'no',
			},
		],
		[
			'422',
			answer({ message: 'Bad date' }, 422),
			{
				code: 'REFUSED',
				message: 'Bad date. Check the values and try again.',
				status: 422,
				applied: 'no',
			},
		],
		[
			'a status that says nothing of success',
			answer({ ok: true }, 199),
			{
				code: 'REFUSED',
				message: 'HTTP status 199. Check the values and try again.',
				status: 199,
				applied: 'no',
			},
		],
		[
			'a redirect to elsewhere',
			answer('', 307, { location: 'https://elsewhere.example/' }),
			{
				code: 'REDIRECTED',
				message:
					'The service redirects to another address, which is not followed because your key would go there. Check the base URL in the credential.',
				status: 307,
				applied: 'no',
			},
		],
		[
			'a rate limit that goes on',
			answer({ message: 'Slow down' }, 429),
			{
				code: 'RATE_LIMITED',
				message:
					'Slow down. The service keeps asking to slow down. This run may wait 300 seconds in all. Run it again later, or raise "Max Wait (Seconds)".',
				status: 429,
				applied: 'no',
			},
		],
		[
			'500',
			answer('', 500),
			{ code: 'SERVICE_FAILED', message: 'HTTP status 500', status: 500, applied: 'unknown' },
		],
		[
			'408',
			answer({ message: 'Late' }, 408),
			{ code: 'TIMEOUT', message: 'Late', status: 408, applied: 'unknown' },
		],
		[
			'a time-out',
			late,
			{ code: 'TIMEOUT', message: 'The service did not answer in time.', applied: 'unknown' },
		],
		[
			'a cut connection',
			cut,
			{ code: 'CONNECTION_LOST', message: 'The connection ended.', applied: 'unknown' },
		],
		[
			'a host that is not there',
			unreachable,
			{
				code: 'HOST_UNREACHABLE',
				message: 'The host cannot be found.',
				applied: 'no',
				heldBack: true,
			},
		],
		[
			'what n8n did not let out',
			new TransportFault('blocked', 'n8n says no.'),
			{ code: 'HOST_UNREACHABLE', message: 'n8n says no.', applied: 'no', heldBack: true },
		],
		[
			'a sign-in that is refused',
			refusedSignIn,
			{
				code: 'AUTHENTICATION',
				message: 'The key was revoked.',
				status: 401,
				applied: 'no',
				heldBack: true,
			},
		],
		[
			'an address that nobody can sign in to',
			new SignInFailed({ message: 'No address.', passing: false }),
			{ code: 'HOST_UNREACHABLE', message: 'No address.', applied: 'no', heldBack: true },
		],
		[
			'a service that cannot carry out the sign-in',
			new SignInFailed({ message: 'Down.', passing: true, status: 503 }),
			{ code: 'SERVICE_FAILED', message: 'Down.', status: 503, applied: 'no', heldBack: true },
		],
		[
			'a sign-in that nobody answers',
			new SignInFailed({ message: 'Nobody.', passing: true }),
			{ code: 'HOST_UNREACHABLE', message: 'Nobody.', applied: 'no', heldBack: true },
		],
		[
			'a text in place of JSON',
			answer('fine'),
			{
				code: 'UNREADABLE_ANSWER',
				message: 'The service answered with something that is not JSON.',
				status: 200,
				applied: 'unknown',
			},
		],
	])('%s', async (_, result, fault) => {
		expect(await service(() => result).faultOf()).toEqual(fault);
	});
});

describe('An answer', () => {
	it.each<[Outgoing['expects'], string, unknown, boolean]>([
		['json', 'an object', {}, true],
		['json', 'a list', [], true],
		['json', 'nothing', undefined, false],
		['json', 'null', null, false],
		['json', 'a text', 'OK', false],
		['jsonOrNothing', 'an object', {}, true],
		['jsonOrNothing', 'nothing', undefined, true],
		['jsonOrNothing', 'null', null, false],
		['jsonOrNothing', 'a text', 'OK', false],
		['anything', 'nothing', undefined, true],
		['anything', 'a text', 'OK', true],
	])('where %s is expected may be %s: %p', async (expects, _, body, ok) => {
		expect(await service(() => answer(body)).send({ expects, repeatable: false })).toMatchObject({
			ok,
		});
	});

	it('is given back whole', async () => {
		const { send } = service(() => answer({ id: 7 }, 201, { etag: 'x' }));
		expect(await send()).toEqual({
			ok: true,
			status: 201,
			headers: { etag: 'x' },
			body: { id: 7 },
			repeated: false,
		});
	});
});

describe('What leaves', () => {
	it('is the request as it was given, with the time it may take', async () => {
		const { port, send } = service(() => fine);
		await send({ method: 'PUT', headers: { 'x-a': '1' }, body: '{"a":1}' });
		expect(port.requests).toEqual([
			{
				method: 'PUT',
				url: `${BASE}/people`,
				headers: { 'x-a': '1' },
				body: '{"a":1}',
				timeoutMs: 60_000,
			},
		]);
	});

	it('is announced each time, after the budget let it go', async () => {
		const order: string[] = [];
		const { port, send } = service(
			(_, attempt) => {
				order.push('leaves');
				return attempt === 1 ? unreachable : fine;
			},
			{ rate: { requests: 1, seconds: 60 } },
		);
		await send({ leaving: async () => void order.push(`announced after ${port.sleeps.length}`) });
		// The wait between the attempts, and that of the budget.
		expect(order).toEqual(['announced after 0', 'leaves', 'announced after 2', 'leaves']);
	});
});

describe('Retries', () => {
	it.each<[string, ReturnType<Handler>, number]>([
		['a time-out', late, 5],
		['408', answer('', 408), 5],
		['a cut connection', cut, 5],
		['a host that is not there', unreachable, 5],
		['an unreadable answer', answer('x'), 5],
		['what n8n did not let out', new TransportFault('blocked', 'No.'), 1],
		['a refused sign-in', refusedSignIn, 1],
		['a proxy that wants a sign-in', answer('', 407), 1],
	])('after %s are counted', async (_, result, requests) => {
		const { sender, faultOf } = service(() => result);
		await faultOf();
		expect(sender.traffic).toMatchObject({ requests, retries: requests - 1 });
	});

	it('of a rate limit go on as long as the run may wait', async () => {
		const slow = answer('', 429, { 'retry-after': '1' });
		const { sender, send } = service(inOrder(...Array<typeof slow>(8).fill(slow), fine));
		expect(await send({ repeatable: false })).toMatchObject({ ok: true, repeated: false });
		expect(sender.traffic).toEqual({ requests: 9, retries: 8, waitedMs: 8_000 });
	});

	it('of a cut connection are made also where a time-out is given back at once', async () => {
		const { send } = service(inOrder(cut, fine));
		expect(await send({ retryTimeouts: false })).toMatchObject({ ok: true, repeated: true });
	});

	it('of a failed service wait as long as it says', async () => {
		const { port, send } = service(inOrder(answer('', 503, { 'retry-after': '20' }), fine));
		await send();
		expect(port.sleeps).toEqual([20_000]);
	});
});

describe('Waits', () => {
	it.each([
		['a rate limit', answer('', 429, { 'retry-after': '17' })],
		['a failed service', answer('', 503, { 'retry-after': '17' })],
	])('for %s may take all that the run allows, and no more', async (_, result) => {
		const enough = service(inOrder(result, fine), { maxWaitMs: 17_000 });
		expect(await enough.send()).toMatchObject({ ok: true });
		const short = service(inOrder(result, fine), { maxWaitMs: 16_999 });
		expect(await short.send()).toMatchObject({ ok: false });
		expect(short.sender.traffic).toEqual({ requests: 1, retries: 0, waitedMs: 0 });
	});

	it.each([
		['rate limits', answer('', 429, { 'retry-after': '4' })],
		['failures', answer('', 503, { 'retry-after': '4' })],
	])('for %s add up over the whole run', async (_, result) => {
		const { sender, send } = service(() => result, { maxWaitMs: 10_000 });
		await send();
		expect(sender.traffic).toEqual({ requests: 3, retries: 2, waitedMs: 8_000 });
		await send();
		expect(sender.traffic).toEqual({ requests: 4, retries: 2, waitedMs: 8_000 });
	});

	it.each([
		['after a rate limit hold back other nodes with this credential', 429, [30_000]],
		['after a failure hold back nobody else', 503, []],
	])('%s', async (_, status, sleeps) => {
		const budget = new Budget();
		const handler = inOrder(answer('', status, { 'retry-after': '30' }), fine);
		const one = service(handler, { budget });
		const two = service(() => fine, { budget });
		await one.send();
		await two.send();
		expect(one.port.sleeps).toEqual([30_000]);
		expect(two.port.sleeps).toEqual(sleeps);
	});
});

describe('After an attempt whose fate is unknown', () => {
	it.each<[string, ReturnType<Handler>, Fault['applied']]>([
		['that the content is invalid settles it', answer('', 400), 'no'],
		['a refused sign-in does not settle it', answer('', 401), 'unknown'],
		['an address that is gone does not settle it', answer('', 404), 'unknown'],
		['a size that is refused does not settle it', answer('', 413), 'unknown'],
		['a host that is gone does not settle it', unreachable, 'unknown'],
		['a redirect does not settle it', answer('', 302, { location: '/x' }), 'unknown'],
	])('%s', async (_, next, applied) => {
		const before = await service(() => next).faultOf();
		const fault = await service(inOrder(cut, next)).faultOf();
		expect(fault).toEqual({ ...before, applied });
	});
});

describe('Redirects', () => {
	it.each<[HttpRequest['method'], number, boolean]>([
		['GET', 301, true],
		['GET', 302, true],
		['GET', 303, true],
		['GET', 307, true],
		['GET', 300, true],
		['POST', 301, false],
		['POST', 303, false],
		['POST', 307, true],
		['DELETE', 308, true],
	])('of %s with %i are followed: %p', async (method, status, followed) => {
		const { port, send } = service(inOrder(answer('', status, { location: 'v2?a=b' }), fine));
		expect(await send({ method })).toMatchObject({ ok: followed });
		expect(port.requests.map(({ url }) => url)).toEqual(
			followed ? [`${BASE}/people`, `${BASE}/v2?a=b`] : [`${BASE}/people`],
		);
	});

	it('count as requests, not as retries', async () => {
		const there = answer('', 308, { location: '/there' });
		const { sender, send } = service(inOrder(there, there, there, fine));
		expect(await send()).toMatchObject({ ok: true });
		expect(sender.traffic).toEqual({ requests: 4, retries: 0, waitedMs: 0 });
	});
});

describe('A stop', () => {
	it('while a request is under way ends the run', async () => {
		await expect(service(() => new Cancelled()).send()).rejects.toMatchObject({
			name: 'Cancelled',
		});
	});
});

describe('A sign-in before the request', () => {
	const busy = (waitMs?: number) =>
		new SignInFailed({ message: 'Too many sign-ins', passing: true, status: 429, waitMs });

	it('that is asked to slow down waits as long as it is told, also for what must not be repeated', async () => {
		const { port, sender, send } = service(inOrder(busy(40_000), busy(20_000), fine));
		expect(await send({ repeatable: false })).toMatchObject({ ok: true, repeated: false });
		expect(port.sleeps).toEqual([40_000, 20_000]);
		expect(sender.traffic.waitedMs).toBe(60_000);
	});

	it('that fails for a time waits as the service says', async () => {
		const down = new SignInFailed({ message: 'Down', passing: true, status: 503, waitMs: 30_000 });
		const { port, send } = service(inOrder(down, fine));
		expect(await send({ repeatable: false })).toMatchObject({ ok: true });
		expect(port.sleeps).toEqual([30_000]);
	});

	it('that would have to wait longer than the run may tells both', async () => {
		const { send } = service(() => busy(400_000));
		expect(await send()).toMatchObject({
			fault: {
				code: 'RATE_LIMITED',
				applied: 'no',
				heldBack: true,
				message: expect.stringMatching(
					/^Too many sign-ins\. The service asks to wait 400 seconds\. This run may wait 300 seconds in all\./,
				),
			},
		});
	});

	it('that was refused is not tried again by any request of the run', async () => {
		const { port, send } = service(() => refusedSignIn);
		const faults = [await send(), await send({ repeatable: false }), await send()];
		expect(faults).toEqual(
			Array(3).fill({ ok: false, fault: expect.objectContaining({ code: 'AUTHENTICATION' }) }),
		);
		expect(port.requests).toHaveLength(1);
	});

	it('that fails in a repetition leaves open what the first did', async () => {
		const { send } = service(inOrder(cut, refusedSignIn));
		expect(await send()).toMatchObject({ fault: { code: 'AUTHENTICATION', applied: 'unknown' } });
	});
});

describe('Whoever stands between n8n and the service', () => {
	it.each<[string, ReturnType<Handler>, RegExp]>([
		['a proxy that wants a sign-in', answer('<html>', 407), /^The proxy .*\(HTTP 407\)/],
		[
			'a firewall',
			answer('<!DOCTYPE html><title>Blocked</title>', 403),
			/^A web page came back .*HTTP 403, "Blocked"/,
		],
	])('is told from the service: %s', async (_, result, message) => {
		expect(await service(() => result).faultOf()).toEqual({
			code: 'HOST_UNREACHABLE',
			message: expect.stringMatching(message),
			status: (result as HttpResponse).status,
			applied: 'no',
			heldBack: true,
		});
	});
});

describe('Max Wait', () => {
	const hangs = (ms: number) => {
		const held: { port?: VirtualPort } = {};
		const made = service(() => {
			held.port!.clock += ms;
			return late;
		});
		held.port = made.port;
		return made;
	};

	it('counts answers that do not come, and ends the run when it is used up', async () => {
		const { port, sender, send } = hangs(120_000);
		for (let n = 0; n < 20; n++) await send({ retryTimeouts: false });
		expect(port.requests).toHaveLength(3);
		expect(sender.traffic.waitedMs).toBe(360_000);
		expect(await send()).toMatchObject({
			fault: {
				code: 'TIMEOUT',
				applied: 'no',
				heldBack: true,
				message: expect.stringMatching(/^This run has waited 360 seconds for the service\./),
			},
		});
	});

	it('ends the attempts of one request, too', async () => {
		const { port, send } = hangs(160_000);
		expect(await send()).toMatchObject({ fault: { code: 'TIMEOUT', applied: 'unknown' } });
		expect(port.requests).toHaveLength(2);
	});

	it('counts time once in which several requests wait', async () => {
		const { sender, send } = service(inOrder(...Array(4).fill(answer('', 500)), fine, fine, fine));
		await Promise.all([send(), send()]);
		expect(sender.traffic.waitedMs).toBeLessThan(3_000);
	});

	it('counts the pause that another run was asked for, and does not sit out a longer one', async () => {
		const budget = new Budget();
		const { port, sender, send } = service(() => fine, { budget });
		budget.pause(port.now(), 200_000);
		expect(await send()).toMatchObject({ ok: true });
		expect(sender.traffic.waitedMs).toBe(200_000);
		budget.pause(port.now(), 200_000);
		expect(await send()).toMatchObject({
			fault: {
				code: 'RATE_LIMITED',
				applied: 'no',
				heldBack: true,
				message: expect.stringMatching(
					/^The service has asked another run to slow down\. The service asks to wait 200 seconds\./,
				),
			},
		});
		expect(port.requests).toHaveLength(1);
	});
});

describe('Headers', () => {
	it('of the vendor are sent with every request, and those of an endpoint win, whatever their capitals', async () => {
		const { port, send } = service(() => fine, {
			headers: { 'X-Version': '1', 'Content-Type': 'application/vnd.api+json' },
		});
		await send();
		await send({ headers: { 'x-version': '2', 'X-More': 'a' } });
		expect(port.requests.map(({ headers }) => headers)).toEqual([
			{ 'x-version': '1', 'content-type': 'application/vnd.api+json' },
			{ 'x-version': '2', 'content-type': 'application/vnd.api+json', 'x-more': 'a' },
		]);
	});
});
