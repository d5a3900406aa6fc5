import { Agent } from 'node:http';

import { startSandbox, type FaultSpec, type Sandbox } from '../sandbox';
import { INGEDATA_EXISTING_IDS, INGEDATA_TALENTS_PATH } from '../sandbox/ingedata';
import { WHOZ_LIST_PATH, WHOZ_SAVE_PATH, WHOZ_TOKEN_PATH } from '../sandbox/whoz';
import { askToken, bearer, call, people, person, save } from './client';

let sandbox: Sandbox;
let whoz: string;

beforeAll(async () => {
	sandbox = await startSandbox();
	whoz = sandbox.baseUrl('whoz');
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const savesOf = (key: string) => sandbox.truth('whoz').savesOf(key);

/** Sends one person as `A` under the fault; `undefined` if the connection was cut. */
async function saveUnder(fault: FaultSpec) {
	const handle = sandbox.faults.add(fault);
	const reply = await save(whoz, [person('A')]).catch(() => undefined);
	expect(handle.hits).toBe(1);
	return reply;
}

describe('faults in the transport', () => {
	it('status answers as told and applies nothing', async () => {
		const reply = await saveUnder({
			kind: 'status',
			status: 422,
			body: { message: 'no' },
			headers: { 'x-extra': 'yes' },
		});
		expect([reply?.status, reply?.json(), reply?.headers['x-extra']]).toEqual([
			422,
			{ message: 'no' },
			'yes',
		]);
		expect(savesOf('A')).toBe(0);
	});

	it('status with applied takes effect before it answers', async () => {
		expect((await saveUnder({ kind: 'status', status: 504, applied: true }))?.status).toBe(504);
		expect(savesOf('A')).toBe(1);
	});

	it('rateLimit lets so many in until its window ends', async () => {
		const handle = sandbox.faults.add({ kind: 'rateLimit', requests: 2, windowMs: 59_500 });
		const at = async (n: number) => (await save(whoz, [person(`P${n}`)])).status;
		expect([await at(1), await at(2), await at(3), await at(4)]).toEqual([200, 200, 429, 429]);
		const refused = await save(whoz, [person('P5')]);
		expect(refused.headers['retry-after']).toBe('60');
		handle.window!.end = Date.now();
		expect([await at(6), await at(7), await at(8)]).toEqual([200, 200, 429]);
		expect([savesOf('P3'), savesOf('P6'), handle.hits]).toEqual([0, 1, 4]);
	});

	it('Retry-After comes in seconds or as an HTTP date that is not before the wait is over', async () => {
		const seconds = await saveUnder({ kind: 'status', status: 429, retryAfter: { seconds: 7 } });
		expect(seconds?.headers['retry-after']).toBe('7');
		const before = Date.now();
		const date = await saveUnder({
			kind: 'status',
			status: 429,
			retryAfter: { seconds: 7, as: 'date' },
		});
		const at = date?.headers['retry-after'] ?? '';
		expect(at).toMatch(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/);
		expect(Date.parse(at)).toBeGreaterThanOrEqual(before + 7000);
	});

	it('cutBefore applies nothing', async () => {
		expect(await saveUnder({ kind: 'cutBefore' })).toBeUndefined();
		expect(savesOf('A')).toBe(0);
		expect(sandbox.ledger.requests).toMatchObject([{ status: null, faults: ['cutBefore'] }]);
	});

	it('cutAfter applies exactly once', async () => {
		expect(await saveUnder({ kind: 'cutAfter' })).toBeUndefined();
		expect(savesOf('A')).toBe(1);
		expect(sandbox.truth('whoz').record('A')?.requests).toEqual([1]);
	});

	it('truncatedJson applies and answers with JSON that does not parse', async () => {
		const reply = await saveUnder({ kind: 'truncatedJson' });
		expect(reply?.status).toBe(200);
		expect(reply?.headers['content-type']).toBe('application/json');
		expect(() => reply?.json()).toThrow(SyntaxError);
		expect(savesOf('A')).toBe(1);
	});

	it.each([undefined, 200])('html answers a page with status %s', async (status) => {
		const reply = await saveUnder({ kind: 'html', status });
		expect(reply?.status).toBe(status ?? 502);
		expect(reply?.headers['content-type']).toMatch('text/html');
		expect(reply?.text).toMatch('<html>');
		expect(savesOf('A')).toBe(0);
	});

	it('emptyBody applies unless told not to', async () => {
		const reply = await saveUnder({ kind: 'emptyBody' });
		expect([reply?.status, reply?.text, savesOf('A')]).toEqual([200, '', 1]);
		await saveUnder({ kind: 'emptyBody', applied: false });
		expect(savesOf('A')).toBe(1);
	});

	it('expiredToken makes issued tokens invalid, and a new one works', async () => {
		const token = async () => ({
			authorization: `Bearer ${(await askToken(whoz)).json().access_token}`,
		});
		const headers = await token();
		sandbox.faults.add({ kind: 'expiredToken' });
		expect((await save(whoz, [person('A')], { headers })).status).toBe(401);
		expect((await save(whoz, [person('A')], { headers })).status).toBe(401);
		expect((await save(whoz, [person('A')], { headers: await token() })).status).toBe(200);
		expect(savesOf('A')).toBe(1);
	});

	it('slow applies and answers as usual, but not before others', async () => {
		expect((await saveUnder({ kind: 'slow', ms: 1 }))?.status).toBe(200);
		expect(savesOf('A')).toBe(1);

		const own = await startSandbox();
		own.faults.add({ kind: 'slow', ms: 1e6 });
		const slow = save(own.baseUrl('whoz'), [person('A')]).catch(() => 'cut');
		while (own.ledger.requests.length === 0) await new Promise(setImmediate);
		expect((await save(own.baseUrl('whoz'), [person('B')])).status).toBe(200);
		await own.close();
		expect(await slow).toBe('cut');
		expect(own.truth('whoz').records.map(({ key }) => key)).toEqual(['B']);
	});
});

describe('close', () => {
	it.each([false, true])('ends requests that hang (applied: %s)', async (applied) => {
		const own = await startSandbox();
		own.faults.add({ kind: 'timeout', applied });
		const hung = save(own.baseUrl('whoz'), [person('A')]).then(
			() => 'answered',
			() => 'cut',
		);
		while (own.ledger.requests.length === 0) await new Promise(setImmediate);
		await own.close();
		expect(await hung).toBe('cut');
		expect(own.truth('whoz').savesOf('A')).toBe(applied ? 1 : 0);
	});

	it('ends slow requests, idle connections and listening', async () => {
		const own = await startSandbox({ delay: { ms: 1e6, jitter: 10 } });
		const agent = new Agent({ keepAlive: true });
		await call(`${own.url}/__sandbox/ledger`, { agent });
		const slow = save(own.baseUrl('whoz'), [person('A')]).catch(() => 'cut');
		while (own.ledger.requests.length === 0) await new Promise(setImmediate);
		await own.close();
		expect(await slow).toBe('cut');
		await expect(call(own.url)).rejects.toThrow('ECONNREFUSED');
		agent.destroy();
	});
});

describe('which requests a fault strikes', () => {
	const statuses = async (count: number) => {
		const seen: number[] = [];
		for (let n = 0; n < count; n++) seen.push((await save(whoz, [person('A')])).status);
		return seen;
	};

	it('the first one only, by default', async () => {
		sandbox.faults.add({ kind: 'status', status: 503 });
		expect(await statuses(3)).toEqual([503, 200, 200]);
	});

	it('from nth on, times long', async () => {
		const handle = sandbox.faults.add({ kind: 'status', status: 503, nth: 2, times: 2 });
		expect(await statuses(5)).toEqual([200, 503, 503, 200, 200]);
		expect([handle.matched, handle.hits]).toEqual([5, 2]);
	});

	it('always, until removed', async () => {
		const handle = sandbox.faults.add({ kind: 'status', status: 503, times: 'always' });
		expect(await statuses(3)).toEqual([503, 503, 503]);
		handle.remove();
		expect(await statuses(1)).toEqual([200]);
	});

	it.each<[string, Partial<FaultSpec>]>([
		['vendor', { vendor: 'another' }],
		['method', { method: 'GET' }],
		['path', { path: '/api/talent' }],
		['path pattern', { path: /^\/api\/user/ }],
		['when', { when: ({ headers }) => 'x-strike-me' in headers }],
	])('none that differ in %s', async (_, match) => {
		const handle = sandbox.faults.add({ kind: 'status', status: 503, ...match } as FaultSpec);
		expect(await statuses(1)).toEqual([200]);
		expect(handle.matched).toBe(0);
	});

	it('those that agree in everything asked for', async () => {
		sandbox.faults.add({
			kind: 'status',
			status: 503,
			vendor: 'whoz',
			method: 'POST',
			path: /bulk/,
			when: ({ body }) => JSON.stringify(body).includes('"A"'),
		});
		expect(await statuses(1)).toEqual([503]);
	});

	it('sign-in only when its path is named', async () => {
		const broad = sandbox.faults.add({ kind: 'status', status: 503 });
		expect((await askToken(whoz)).status).toBe(200);
		broad.remove();
		sandbox.faults.add({ kind: 'status', status: 503, path: WHOZ_TOKEN_PATH });
		expect((await askToken(whoz)).status).toBe(503);
	});

	it('several at once: one shapes the answer, one its way', async () => {
		sandbox.faults.add({ kind: 'failedRows', rows: [0] });
		sandbox.faults.add({ kind: 'cutAfter' });
		await expect(save(whoz, people(2))).rejects.toThrow();
		expect([savesOf('P-0'), savesOf('P-1')]).toEqual([0, 1]);
	});

	it('a kind that the endpoint cannot act on is said aloud', async () => {
		sandbox.faults.add({ kind: 'endlessPages' });
		const reply = await save(whoz, [person('A')]);
		expect([reply.status, reply.json().message]).toEqual([
			501,
			'Fault endlessPages is not known here',
		]);
	});
});

describe('ledger', () => {
	it('tells what was asked, over which connection, without secrets', async () => {
		const agent = new Agent({ keepAlive: true });
		const url = `${whoz}/api/workspace?federationId=a%20b&tag=1&tag=2`;
		await call(url, { agent, headers: { ...bearer, 'accept-version': 'V19' } });
		await call(`${sandbox.url}/__sandbox/ledger`);
		await call(url, { agent, headers: bearer });
		await askToken(whoz);
		agent.destroy();
		expect(sandbox.ledger.connections).toBe(2);
		expect(sandbox.ledger.requests).toMatchObject([
			{
				n: 1,
				vendor: 'whoz',
				method: 'GET',
				path: '/api/workspace',
				query: { federationId: 'a b', tag: ['1', '2'] },
				headers: { 'accept-version': 'V19', authorization: '[hidden]' },
				status: 200,
				faults: [],
				connection: 1,
			},
			{ n: 2, connection: 1 },
			{
				n: 3,
				connection: 2,
				body: { client_id: 'practice-client', client_secret: '[hidden]' },
			},
		]);
		const written = JSON.stringify(sandbox.ledger);
		expect(written).not.toMatch(/practice-secret|practice-bearer-token/);
	});

	it('can be emptied without the truth losing its numbers', async () => {
		await save(whoz, [person('A')]);
		sandbox.ledger.reset();
		await save(whoz, [person('A')]);
		expect(sandbox.ledger.requests.map(({ n }) => n)).toEqual([2]);
		expect(sandbox.ledger.connections).toBe(1);
		expect(sandbox.truth('whoz').record('A')).toMatchObject({
			saved: 2,
			created: 1,
			updated: 1,
			requests: [1, 2],
		});
	});
});

describe('control over HTTP', () => {
	const control = (action: string, method = 'GET', body?: unknown) =>
		call(`${sandbox.url}/__sandbox/${action}`, { method, body });

	it('adds, lists and clears faults', async () => {
		const fault = { kind: 'status', status: 503, pathPattern: 'bulk/save$', times: 'always' };
		expect((await control('faults', 'POST', fault)).status).toBe(201);
		expect((await save(whoz, [person('A')])).status).toBe(503);
		expect((await control('faults')).json()).toMatchObject([{ spec: { status: 503 }, hits: 1 }]);
		expect((await control('faults', 'DELETE')).status).toBe(204);
		expect((await save(whoz, [person('A')])).status).toBe(200);
	});

	it('shows ledger and truth, and resets everything', async () => {
		await save(whoz, [person('A')]);
		expect((await control('ledger')).json()).toMatchObject({
			connections: 1,
			requests: [{ path: WHOZ_SAVE_PATH }],
		});
		expect((await control('truth?vendor=whoz')).json()).toMatchObject({
			created: 1,
			updated: 0,
			records: [{ key: 'A', saved: 1, requests: [1] }],
		});
		expect((await control('reset', 'POST')).status).toBe(204);
		expect((await control('ledger')).json().requests).toEqual([]);
		expect((await control('truth?vendor=whoz')).json().records).toEqual([]);
	});

	it('counts without showing what was sent', async () => {
		await save(whoz, [person('A'), person('B')]);
		await save(whoz, [person('A')]);
		expect((await control('counts?vendor=whoz')).json()).toEqual({
			requests: 2,
			connections: 2,
			created: 2,
			updated: 1,
			deleted: 0,
		});
	});

	it('fills a vendor with people who were there from the start', async () => {
		expect((await control('fill?vendor=ingedata', 'POST', { count: 1500 })).status).toBe(204);
		const talents = `${sandbox.baseUrl('ingedata')}${INGEDATA_TALENTS_PATH}`;
		const pages = await Promise.all(
			[1, 2].map((page) => call(`${talents}?page[number]=${page}`, { headers: bearer })),
		);
		const ids = pages.flatMap((page) => page.json().data.map(({ id }: { id: string }) => id));
		expect(ids).toHaveLength(INGEDATA_EXISTING_IDS.length + 1500);
		expect(new Set(ids).size).toBe(ids.length);
		expect(sandbox.truth('ingedata').created).toBe(0);
	});

	it.each([
		['truth?vendor=nobody', 'GET', undefined, 404],
		['counts?vendor=nobody', 'GET', undefined, 404],
		['fill?vendor=ingedata', 'POST', {}, 400],
		['fill?vendor=whoz', 'POST', { count: 1 }, 501],
		['faults', 'POST', { kind: 'earthquake' }, 400],
		['faults', 'POST', [], 400],
		['faults', 'POST', { kind: 'status', status: 503, pathPattern: '(' }, 400],
		['ledger', 'DELETE', undefined, 404],
	])('refuses %s %s %j', async (action, method, body, status) => {
		expect((await control(action, method, body)).status).toBe(status);
	});
});

describe('start', () => {
	it('refuses a vendor it does not have, and a port that is taken', async () => {
		await expect(startSandbox({ vendors: ['nobody'] })).rejects.toThrow('no vendor named nobody');
		const port = Number(new URL(sandbox.url).port);
		await expect(startSandbox({ port })).rejects.toThrow('EADDRINUSE');
	});

	it('serves only the vendors asked for', async () => {
		const own = await startSandbox({ vendors: [] });
		expect(() => own.baseUrl('whoz')).toThrow('does not serve');
		expect((await call(`${own.url}/whoz/api/user/current`)).status).toBe(404);
		await own.close();
	});

	it('has 404 for a path and 405 for a method it does not know', async () => {
		const unknown = await call(`${whoz}/api/nothing`, { headers: bearer });
		const wrongMethod = await call(`${whoz}${WHOZ_LIST_PATH}`, { headers: bearer });
		expect([unknown.status, wrongMethod.status]).toEqual([404, 405]);
	});
});
