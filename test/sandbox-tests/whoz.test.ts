import { startSandbox, type Sandbox } from '../sandbox';
import {
	WHOZ_BEARER_TOKEN,
	WHOZ_EXISTING_IDS,
	WHOZ_FEDERATION_ID,
	WHOZ_LIST_PATH,
	WHOZ_MAX_ROWS,
	WHOZ_PAGE_SIZE,
	WHOZ_POISON_TAG,
	WHOZ_REMOVED_IDS,
	WHOZ_SAVE_PATH,
	WHOZ_TOKEN_PATH,
	WHOZ_WORKSPACES,
	type WhozTalent,
} from '../sandbox/whoz';
import { askToken, bearer, call, people, person, save } from './client';

const [NORTH, SOUTH] = WHOZ_WORKSPACES.map(({ id }) => id) as [string, string];
const [FIRST = '', SECOND = ''] = WHOZ_EXISTING_IDS;

let sandbox: Sandbox;
let whoz: string;

beforeAll(async () => {
	sandbox = await startSandbox({ vendors: ['whoz'] });
	whoz = sandbox.baseUrl('whoz');
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const truth = () => sandbox.truth('whoz');
const talent = (key: string) => truth().record(key)?.value as WhozTalent;

describe('sign-in', () => {
	it('exchanges client credentials for a bearer token', async () => {
		const { access_token, expires_in } = (await askToken(whoz)).json();
		expect(expires_in).toBe(300);
		const reply = await call(`${whoz}/api/user/current`, {
			headers: { authorization: `Bearer ${access_token}` },
		});
		expect(reply.status).toBe(200);
	});

	it.each([
		[{ client_secret: 'wrong' }, 401, 'unauthorized_client'],
		[{ client_id: 'wrong' }, 401, 'unauthorized_client'],
		[{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
	])('refuses %j', async (form, status, error) => {
		const reply = await askToken(whoz, form);
		expect([reply.status, reply.json().error]).toEqual([status, error]);
	});

	it('refuses credentials that do not come as a form', async () => {
		const body = {
			grant_type: 'client_credentials',
			client_id: 'practice-client',
			client_secret: 'practice-secret',
		};
		const reply = await call(`${whoz}${WHOZ_TOKEN_PATH}`, { method: 'POST', body });
		expect(reply.status).toBe(400);
	});

	it.each([{}, { authorization: 'Bearer unknown' }, { authorization: WHOZ_BEARER_TOKEN }])(
		'answers 401 to %j',
		async (headers) => {
			const reply = await save(whoz, [person('A')], { headers });
			expect([reply.status, reply.json().message]).toEqual([401, 'Unauthorized']);
			expect(truth().records).toEqual([]);
		},
	);
});

describe('bulk save refuses a whole request', () => {
	it.each<[string, unknown, unknown]>([
		['more than 300 rows', people(WHOZ_MAX_ROWS + 1), undefined],
		['usingPatch false', [person('A')], { usingPatch: false }],
		['usingPatch as text', [person('A')], { usingPatch: 'true' }],
		['trustedSource as text', [person('A')], { trustedSource: 'no' }],
		['data that is no array', person('A'), undefined],
		['a row that is no object', [person('A'), 'B'], undefined],
		['a number as name', [person('A'), person('B', { firstName: 7 })], undefined],
		['a null', [person('A'), person('B', { lastName: null })], undefined],
		['text as staffable', [person('A'), person('B', { staffable: 'yes' })], undefined],
		['text as tags', [person('A'), person('B', { tags: 'x' })], undefined],
		['one email instead of a list', [person('A'), person('B', { emails: {} })], undefined],
		['an id instead of a manager', [person('A'), person('B', { manager: FIRST })], undefined],
		['the poison tag', [person('A'), person('B', { tags: [WHOZ_POISON_TAG] })], undefined],
	])('%s', async (_, data, configuration) => {
		const reply = await save(whoz, data, { configuration });
		expect(reply.status).toBe(400);
		expect(reply.json()).toEqual({ message: expect.any(String) });
		expect(truth().records).toEqual([]);
	});

	it('a body that is not JSON', async () => {
		const reply = await call(`${whoz}${WHOZ_SAVE_PATH}`, {
			method: 'POST',
			headers: bearer,
			body: '{"data": [',
		});
		expect(reply.status).toBe(400);
	});

	it('without telling which row is malformed, so that only halving finds it', async () => {
		const rows = [...people(9), person('POISON', { tags: [WHOZ_POISON_TAG] })];
		const reply = await save(whoz, rows);
		expect(reply.text).not.toMatch(/POISON|9/);
		expect((await save(whoz, rows.slice(0, 9))).json().metadata.created).toBe(9);
	});
});

describe('bulk save answers per row', () => {
	it('counts what it created and updated, without errors when there are none', async () => {
		const reply = await save(whoz, [person('A'), { externalId: FIRST, tags: ['senior'] }]);
		expect(reply.status).toBe(200);
		expect(reply.json()).toEqual({
			metadata: { count: 2, created: 1, updated: 1, took: expect.any(Number) },
		});
	});

	it('takes exactly 300 rows', async () => {
		expect((await save(whoz, people(WHOZ_MAX_ROWS))).json().metadata.created).toBe(300);
		expect(truth().created).toBe(300);
	});

	it('reports an unknown workspace as documented and saves the other rows', async () => {
		const lost = [{ since: '2026-01-01', workspaceId: '621bd81dcf36e1a258e5848c' }];
		const reply = await save(whoz, [
			person('A', { history: lost }),
			person('B'),
			{ externalId: FIRST, history: lost },
		]);
		expect(reply.status).toBe(200);
		expect(reply.json()).toMatchObject({
			errors: [
				{
					code: 'UNKNOWN_WORKSPACE',
					message: 'Unknown Workspace 621bd81dcf36e1a258e5848c',
					locations: [
						{ index: 0, externalId: 'A' },
						{ index: 2, id: expect.stringMatching(/^[0-9a-f]{24}$/), externalId: FIRST },
					],
				},
			],
			metadata: { count: 3, created: 1, updated: 0 },
		});
		expect(reply.json().errors[0].locations[0]).not.toHaveProperty('id');
		expect(truth().records.map(({ key }) => key)).toEqual(['B']);
	});

	it.each<[string, Record<string, unknown>, string]>([
		['no first name', { firstName: undefined }, 'SANDBOX_MISSING_FIELD'],
		['a blank last name', { lastName: ' ' }, 'SANDBOX_MISSING_FIELD'],
		['no history', { history: undefined }, 'SANDBOX_MISSING_FIELD'],
		['an empty history', { history: [] }, 'SANDBOX_MISSING_FIELD'],
		['no since', { history: [{ workspaceId: NORTH }] }, 'SANDBOX_MISSING_FIELD'],
		['no workspace', { history: [{ since: '2026-01-01' }] }, 'SANDBOX_MISSING_FIELD'],
		[
			'a day that does not exist',
			{ history: [{ since: '2024-02-31', workspaceId: NORTH }] },
			'SANDBOX_INVALID_DATE',
		],
		[
			'a timestamp as date',
			{ history: [{ since: '2024-02-01T00:00:00Z', workspaceId: NORTH }] },
			'SANDBOX_INVALID_DATE',
		],
		['an address that is none', { emails: [{ address: 'ada' }] }, 'SANDBOX_INVALID_EMAIL'],
		['an email without address', { emails: [{ main: true }] }, 'SANDBOX_MISSING_FIELD'],
		['an unknown manager', { manager: { externalId: 'NOBODY' } }, 'SANDBOX_UNKNOWN_MANAGER'],
		['an unknown mentor', { mentor: { externalId: 'NOBODY' } }, 'SANDBOX_UNKNOWN_MENTOR'],
		[
			'an unknown qualification',
			{ qualifications: [{ externalId: 'QUAL-001' }, { externalId: 'NONE' }] },
			'SANDBOX_UNKNOWN_QUALIFICATION',
		],
		['an unknown internal id', { id: 'f'.repeat(24) }, 'SANDBOX_UNKNOWN_TALENT'],
	])('refuses a new talent with %s', async (_, wrong, code) => {
		const reply = await save(whoz, [person('B'), person('A', wrong)]);
		expect(reply.json().errors).toMatchObject([
			{ code, locations: [{ index: 1, externalId: 'A' }] },
		]);
		expect(reply.json().metadata).toMatchObject({ count: 2, created: 1, updated: 0 });
		expect(truth().savesOf('A')).toBe(0);
	});

	it('accumulates what is wrong with one row', async () => {
		const reply = await save(whoz, [{ externalId: 'A' }]);
		expect(reply.json().errors.map(({ message }: { message: string }) => message)).toEqual([
			'firstName is required',
			'lastName is required',
			'history is required',
		]);
	});

	it('wants managers who were there before the request', async () => {
		const rows = [person('BOSS'), person('A', { manager: { externalId: 'BOSS' } })];
		expect((await save(whoz, rows)).json().errors).toMatchObject([
			{ code: 'SANDBOX_UNKNOWN_MANAGER', locations: [{ index: 1 }] },
		]);
		expect((await save(whoz, rows)).json()).not.toHaveProperty('errors');
		expect(talent('A').manager).toEqual({ externalId: 'BOSS' });
	});

	it('creates a talent without an external id anew each time', async () => {
		const { externalId: _, ...nameless } = person('A');
		await save(whoz, [nameless]);
		await save(whoz, [nameless]);
		expect(truth().created).toBe(2);
	});

	it('updates a row whose external id came earlier in the same request', async () => {
		const reply = await save(whoz, [person('A'), person('A', { lastName: 'Twice' })]);
		expect(reply.json().metadata).toMatchObject({ created: 1, updated: 1 });
		expect(talent('A').lastName).toBe('Twice');
	});
});

describe('what a save does', () => {
	it('changes only what was sent', async () => {
		await save(whoz, [person('A', { staffable: true, tags: ['one'] })]);
		await save(whoz, [{ externalId: 'A', tags: ['two'] }]);
		expect(talent('A')).toMatchObject({ firstName: 'Ada', staffable: true, tags: ['two'] });
		expect(truth().record('A')?.fields.at(-1)).toEqual(['externalId', 'tags']);
	});

	it('finds a talent by internal id, and lets it have another external id that is free', async () => {
		await save(whoz, [person('A')]);
		const { id } = talent('A');
		expect((await save(whoz, [{ id, externalId: FIRST }])).json().errors).toMatchObject([
			{ code: 'SANDBOX_EXTERNAL_ID_TAKEN', locations: [{ index: 0, id, externalId: FIRST }] },
		]);
		expect((await save(whoz, [{ id, externalId: 'A2' }])).json().metadata.updated).toBe(1);
		expect((await save(whoz, [person('A')])).json().metadata.created).toBe(1);
		expect((await save(whoz, [{ externalId: 'A2', tags: [] }])).json().metadata.updated).toBe(1);
	});

	it('patches the history entry with the same since and keeps the others', async () => {
		await save(whoz, [
			person('A', { history: [{ since: '2026-01-01', workspaceId: NORTH, scope: 'POOL' }] }),
		]);
		await save(whoz, [
			{
				externalId: 'A',
				history: [
					{ since: '2026-01-01', workspaceId: SOUTH },
					{ since: '2026-06-01', workspaceId: NORTH },
				],
			},
		]);
		expect(talent('A').history).toEqual([
			{ since: '2026-01-01', workspaceId: SOUTH, scope: 'POOL' },
			{ since: '2026-06-01', workspaceId: NORTH },
		]);
	});

	it('resets the status to DRAFT unless the source is trusted', async () => {
		const tags = ['x'];
		await save(whoz, [{ externalId: FIRST, tags }], { configuration: { trustedSource: true } });
		await save(whoz, [{ externalId: SECOND, tags }], { configuration: { usingPatch: true } });
		expect(talent(FIRST).status).not.toBe('DRAFT');
		expect(talent(SECOND).status).toBe('DRAFT');
	});

	it('makes a user from the main address, which is the first one unless said otherwise', async () => {
		const user = { federationRole: 'MEMBER', workspaceRole: 'RESTRICTED' };
		await save(whoz, [
			person('A', { emails: [{ address: 'a@example.com' }] }),
			person('B', { emails: [{ address: 'b@example.com', main: false }] }),
		]);
		expect(talent('A').user).toEqual({ username: 'a@example.com', ...user });
		expect(talent('B').user).toBeUndefined();
		await save(whoz, [{ externalId: 'A', emails: [{ address: 'new@example.com', main: true }] }]);
		expect(talent('A').user?.username).toBe('new@example.com');
	});

	it('ignores keys it does not know, and remembers them', async () => {
		await save(whoz, [person('A', { favouriteColour: 'green' })]);
		expect(talent('A').ignoredKeys).toEqual(['favouriteColour']);
		expect(talent('A')).not.toHaveProperty('favouriteColour');
	});
});

describe('faults in the answer', () => {
	it.each([
		['full', { locations: [{ index: 1, externalId: 'P-1' }] }],
		['index', { locations: [{ index: 1 }] }],
		['key', { locations: [{ externalId: 'P-1' }] }],
		['none', {}],
	] as const)('failedRows locates them: %s', async (locate, places) => {
		sandbox.faults.add({ kind: 'failedRows', rows: [1], code: 'NO', message: 'not this', locate });
		const reply = await save(whoz, people(3));
		expect(reply.status).toBe(200);
		expect(reply.json().errors).toEqual([{ code: 'NO', message: 'not this', ...places }]);
		expect(reply.json().metadata).toMatchObject({ count: 3, created: 2 });
		expect(truth().records.map(({ key }) => key)).toEqual(['P-0', 'P-2']);
	});

	it('failedRows picks by key or by function too', async () => {
		sandbox.faults.add({ kind: 'failedRows', keys: ['P-0'], pick: (_, index) => index === 2 });
		expect((await save(whoz, people(3))).json().errors[0].locations).toMatchObject([
			{ index: 0 },
			{ index: 2 },
		]);
	});

	it('shortAnswer leaves rows out of data and counts, and does not name them', async () => {
		sandbox.faults.add({ kind: 'shortAnswer', keep: 2 });
		const reply = await save(whoz, people(5));
		expect(reply.json()).toEqual({
			metadata: { count: 2, created: 2, updated: 0, took: expect.any(Number) },
		});
		expect(truth().created).toBe(2);
	});
});

describe('list', () => {
	const list = (body: object) =>
		call(`${whoz}${WHOZ_LIST_PATH}`, { method: 'POST', headers: bearer, body });
	const keys = (reply: { json(): { data: Array<{ externalId: string }> } }) =>
		reply.json().data.map(({ externalId }) => externalId);

	it('shows the talents of one workspace', async () => {
		const pages = await Promise.all(
			WHOZ_WORKSPACES.map(({ id }) => list({ workspaceId: id, federationId: WHOZ_FEDERATION_ID })),
		);
		expect(pages.flatMap(keys).sort()).toEqual([...WHOZ_EXISTING_IDS]);
		expect(pages[0]?.json().metadata).toEqual({});
		expect(pages[0]?.json().data[0]).toMatchObject({
			id: expect.stringMatching(/^[0-9a-f]{24}$/),
			firstName: 'Given1',
			emails: [{ address: 'emp-exist-001@example.com', main: true }],
			photo: { isEmpty: true },
			removed: false,
		});
	});

	it('goes on where `next` points', async () => {
		await save(whoz, people(WHOZ_PAGE_SIZE));
		const first = await list({ workspaceId: NORTH });
		const { next } = first.json().metadata;
		const second = await list({ workspaceId: NORTH, next });
		expect(first.json().data).toHaveLength(WHOZ_PAGE_SIZE);
		expect(new Set([...keys(first), ...keys(second)]).size).toBe(WHOZ_PAGE_SIZE + 14);
		expect(second.json().metadata).toEqual({});
	});

	it('shows removed talents only when asked', async () => {
		const all = await Promise.all(
			WHOZ_WORKSPACES.map(({ id }) => list({ workspaceId: id, withRemoved: true })),
		);
		expect(all.flatMap(keys)).toEqual(expect.arrayContaining([...WHOZ_REMOVED_IDS]));
	});

	it('shows what was modified since', async () => {
		await save(whoz, [person('A')]);
		const reply = await list({ workspaceId: NORTH, modifiedSince: '2026-01-16T00:00:00Z' });
		expect(keys(reply)).toEqual(['A']);
	});

	it.each([
		[{}, 400],
		[{ workspaceId: 'f'.repeat(24) }, 404],
		[{ workspaceId: NORTH, federationId: 'x' }, 404],
		[{ workspaceId: NORTH, next: 'made-up' }, 400],
		[{ workspaceId: NORTH, withRemoved: 'yes' }, 400],
		[{ workspaceId: NORTH, modifiedSince: 'yesterday' }, 400],
	])('refuses %j', async (body, status) => {
		expect((await list(body)).status).toBe(status);
	});

	it('endlessPages always has one more', async () => {
		sandbox.faults.add({ kind: 'endlessPages' });
		const seen = new Set<unknown>();
		let next: unknown;
		for (let page = 0; page < 4; page++) {
			const reply = await list({ workspaceId: NORTH, next });
			expect(reply.json().data).not.toHaveLength(0);
			next = reply.json().metadata.next;
			seen.add(next);
		}
		expect(seen.size).toBe(4);
		expect(seen).not.toContain(undefined);
	});

	it('repeatedCursor points to the page just read', async () => {
		sandbox.faults.add({ kind: 'repeatedCursor' });
		const first = await list({ workspaceId: NORTH });
		const second = await list({ workspaceId: NORTH, next: first.json().metadata.next });
		expect(second.json()).toEqual(first.json());
	});

	it('foreignNext points to another host', async () => {
		sandbox.faults.add({ kind: 'foreignNext' });
		const { next } = (await list({ workspaceId: NORTH })).json().metadata;
		expect(new URL(next).hostname).toMatch(/\.invalid$/);
	});
});

it('lists the workspaces of the federation', async () => {
	const ask = async (query: string) =>
		(await call(`${whoz}/api/workspace${query}`, { headers: bearer })).json();
	expect(await ask(`?federationId=${WHOZ_FEDERATION_ID}`)).toEqual(WHOZ_WORKSPACES);
	expect(await ask('')).toHaveLength(3);
	expect(await ask('?federationId=x')).toEqual([]);
});
