import { startSandbox, type Sandbox } from '../sandbox';
import {
	INGEDATA_ACCOUNT_PATH,
	INGEDATA_API_KEY,
	INGEDATA_BEARER_TOKEN,
	INGEDATA_EXISTING_IDS,
	INGEDATA_PAGE_SIZE,
	INGEDATA_PROFILED_IDS,
	INGEDATA_RESUME_PATH,
	INGEDATA_SIGN_IN_PATH,
	INGEDATA_TALENTS_PATH,
	type IngedataRecord,
} from '../sandbox/ingedata';
import { call, type Reply } from './client';

const bearer = { authorization: `Bearer ${INGEDATA_BEARER_TOKEN}` };
const [FIRST = '', SECOND = ''] = INGEDATA_EXISTING_IDS;
const SKILLS_PATH = '/api/v3/talent/skills';

interface IngedataShown {
	relationships: { talent: { data: { id: string } } };
}

let sandbox: Sandbox;
let base: string;

beforeAll(async () => {
	sandbox = await startSandbox({ vendors: ['ingedata'] });
	base = sandbox.baseUrl('ingedata');
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const truth = () => sandbox.truth('ingedata');
const held = (id: string) => truth().record(id)?.value as IngedataRecord;
const get = (path: string) => call(base + path, { headers: bearer });
const send = (method: string, path: string, body?: unknown) =>
	call(base + path, { method, headers: bearer, body });
const talent = (attributes: unknown) => ({ data: { type: 'talent/talents', attributes } });
const skill = (attributes: unknown, id: unknown = FIRST) => ({
	data: {
		type: 'talent/skills',
		attributes,
		relationships: { talent: { data: { type: 'talent/talents', id } } },
	},
});
const ids = (reply: Reply): string[] => reply.json().data.map(({ id }: { id: string }) => id);
/** The list for these pairs; brackets are encoded as a client does. */
const list = (pairs: Record<string, string>, path = INGEDATA_TALENTS_PATH) =>
	get(`${path}?${new URLSearchParams(pairs).toString()}`);

describe('sign-in', () => {
	it('exchanges the key for a token at meta.token', async () => {
		const reply = await call(base + INGEDATA_SIGN_IN_PATH, {
			method: 'POST',
			body: { key: INGEDATA_API_KEY },
		});
		const { token } = reply.json().meta;
		const me = await call(base + INGEDATA_ACCOUNT_PATH, {
			headers: { authorization: `Bearer ${token}` },
		});
		expect([reply.status, me.status]).toEqual([200, 200]);
	});

	it.each([
		[{ key: 'PULSE_00' }, 401],
		[{}, 401],
		['key=x', 400],
	])('refuses %j', async (body, status) => {
		const reply = await call(base + INGEDATA_SIGN_IN_PATH, { method: 'POST', body });
		expect(reply.status).toBe(status);
	});

	it('never shows the key in the ledger', async () => {
		await call(base + INGEDATA_SIGN_IN_PATH, { method: 'POST', body: { key: INGEDATA_API_KEY } });
		expect(JSON.stringify(sandbox.ledger)).not.toContain(INGEDATA_API_KEY);
	});

	it.each<Record<string, string>>([
		{},
		{ authorization: 'Bearer unknown' },
		{ authorization: INGEDATA_BEARER_TOKEN },
	])('answers 401 to %j', async (headers) => {
		const reply = await call(base + INGEDATA_TALENTS_PATH, { headers });
		expect([reply.status, reply.json().errors[0].status]).toEqual([401, '401']);
	});
});

describe('list of talents', () => {
	it('shows resource objects with the ID as text beside the attributes', async () => {
		const [first] = (await get(INGEDATA_TALENTS_PATH)).json().data;
		expect(first).toMatchObject({
			type: 'talent/talents',
			id: FIRST,
			attributes: { first_name: 'Given1', organizational_unit: 'MG' },
		});
		expect(first.attributes).not.toHaveProperty('id');
	});

	it('goes by numbered pages, the last one shorter or empty', async () => {
		const page = async (number: string) =>
			ids(await list({ 'page[number]': number, 'page[size]': '20', sort: 'id' }));
		expect([...(await page('1')), ...(await page('2'))]).toEqual([...INGEDATA_EXISTING_IDS]);
		expect(await page('3')).toEqual([]);
	});

	it.each([
		[{ 'page[size]': String(INGEDATA_PAGE_SIZE + 1) }],
		[{ 'page[size]': '0' }],
		[{ 'page[number]': '0' }],
		[{ 'page[number]': 'x' }],
		[{ count: '1' }],
		[{ sort: 'shoe_size' }],
	])('refuses %j', async (pairs) => {
		expect((await list(pairs as unknown as Record<string, string>)).status).toBe(422);
	});

	it.each([
		[{ 'filter[id]': FIRST }, [FIRST]],
		[{ 'filter[id][]': SECOND }, [SECOND]],
		[{ 'filter[first_name]': 'Given2' }, [SECOND]],
		[{ 'filter[search]': 'family40' }, [INGEDATA_EXISTING_IDS[39]]],
		[{ 'filter[is_favorited]': 'true', 'filter[last_name]': 'Family1' }, [FIRST]],
		[{ 'filter[last_name]': 'Nobody' }, []],
	])('filters by %j', async (pairs, expected) => {
		expect(ids(await list(pairs as unknown as Record<string, string>))).toEqual(expected);
	});

	it('drops a filter it does not list, and shows everybody', async () => {
		expect(ids(await list({ 'filter[first_nam]': 'Given2' }))).toHaveLength(40);
	});

	it('sorts, and backwards with a minus', async () => {
		expect(ids(await list({ sort: '-id' }))[0]).toBe(INGEDATA_EXISTING_IDS[39]);
		expect(ids(await list({ sort: 'organizational_unit,-id' }))[0]).toBe(INGEDATA_EXISTING_IDS[39]);
	});

	it('shows the fields that were asked for only', async () => {
		const reply = await list({ 'fields[talent/talents][]': 'last_name' });
		expect(reply.json().data[0].attributes).toEqual({ last_name: 'Family1' });
	});

	it('counts only when asked', async () => {
		expect((await list({ count: 'true', 'page[size]': '5' })).json().meta).toEqual({
			count: 40,
			more: false,
		});
		expect((await list({})).json()).not.toHaveProperty('meta');
	});

	it('endlessPages fills every page', async () => {
		sandbox.faults.add({ kind: 'endlessPages' });
		const pages = await Promise.all(
			['1', '2', '9'].map((number) => list({ 'page[number]': number, 'page[size]': '30' })),
		);
		expect(pages.map((page) => ids(page).length)).toEqual([30, 30, 30]);
		expect(ids(pages[0] as Reply)).not.toEqual(ids(pages[1] as Reply));
	});

	it('repeatedCursor shows the first page again', async () => {
		sandbox.faults.add({ kind: 'repeatedCursor' });
		const page = (number: string) => list({ 'page[number]': number, 'page[size]': '10' });
		expect((await page('2')).text).toBe((await page('1')).text);
	});
});

describe('one talent', () => {
	it('is shown by its number', async () => {
		expect((await get(`${INGEDATA_TALENTS_PATH}/${FIRST}`)).json().data.id).toBe(FIRST);
	});

	it.each([
		['9999', 404],
		['EMP-1', 422],
		[`${FIRST}?included[]=skills`, 422],
	])('%s: %i', async (id, status) => {
		expect((await get(`${INGEDATA_TALENTS_PATH}/${id}`)).status).toBe(status);
	});
});

describe('creating a talent', () => {
	it('makes a new one each time', async () => {
		const body = talent({ first_name: 'Ada', last_name: 'Practice' });
		const replies = [
			await send('POST', INGEDATA_TALENTS_PATH, body),
			await send('POST', INGEDATA_TALENTS_PATH, body),
		];
		expect(replies.map(({ status }) => status)).toEqual([201, 201]);
		expect(new Set(replies.map((reply) => reply.json().data.id)).size).toBe(2);
		expect(truth().created).toBe(2);
	});

	it('takes an ID that is free', async () => {
		expect((await send('POST', INGEDATA_TALENTS_PATH, talent({ id: 77 }))).json().data.id).toBe(
			'77',
		);
		expect((await send('POST', INGEDATA_TALENTS_PATH, talent({ id: 77 }))).status).toBe(422);
		expect(truth().savesOf('77')).toBe(1);
	});

	it('drops what it does not know', async () => {
		const body = talent({ first_name: 'Ada', email: 'ada@example.com' });
		const { id } = (await send('POST', INGEDATA_TALENTS_PATH, body)).json().data;
		expect(held(id).ignoredKeys).toEqual(['email']);
		expect(held(id).attributes).not.toHaveProperty('email');
	});

	it.each<[string, unknown, number]>([
		['no JSON', '{"data":', 400],
		['no data', {}, 422],
		['another type', { data: { type: 'talents', attributes: {} } }, 422],
		['no attributes', { data: { type: 'talent/talents' } }, 422],
		['a number as name', talent({ first_name: 7 }), 422],
		['null as name', talent({ first_name: null }), 422],
		['text as facets', talent({ facets: 'x' }), 422],
		['text as ID', talent({ id: '7' }), 422],
	])('refuses %s', async (_, body, status) => {
		const reply = await send('POST', INGEDATA_TALENTS_PATH, body);
		expect([reply.status, truth().records]).toEqual([status, []]);
	});

	it('points at what is wrong', async () => {
		const reply = await send('POST', INGEDATA_TALENTS_PATH, talent({ first_name: 7 }));
		expect(reply.json().errors).toEqual([
			{
				status: 422,
				title: 'ValidationFailed',
				detail: 'first_name has the wrong type',
				source: { pointer: '/data/attributes/first_name' },
			},
		]);
	});
});

describe('updating and deleting a talent', () => {
	const path = `${INGEDATA_TALENTS_PATH}/${FIRST}`;

	it('changes what was sent', async () => {
		const reply = await send('PATCH', path, talent({ organizational_unit: 'FR', facets: [] }));
		expect(reply.json().data.attributes).toMatchObject({
			first_name: 'Given1',
			organizational_unit: 'FR',
			facets: [],
		});
		expect(truth().record(FIRST)).toMatchObject({ updated: 1, created: 0 });
	});

	it('drops the picture without a word, which is not in the documented body', async () => {
		await send('PATCH', path, talent({ picture_url: 'https://x.example/p.png' }));
		expect(held(FIRST).ignoredKeys).toEqual(['picture_url']);
		expect(held(FIRST).attributes.picture_url).toBeNull();
	});

	it('knows nobody under another number', async () => {
		const reply = await send('PATCH', `${INGEDATA_TALENTS_PATH}/9999`, talent({}));
		expect(reply.status).toBe(404);
	});

	it('removes the talent with everything of theirs', async () => {
		expect((await send('DELETE', path)).status).toBe(204);
		expect((await send('DELETE', path)).status).toBe(404);
		expect((await list({ 'filter[talent_id]': FIRST }, SKILLS_PATH)).json().data).toEqual([]);
	});

	it.each([
		['PATCH', path],
		['POST', INGEDATA_TALENTS_PATH],
	])('failedRows refuses a %s by function', async (method, address) => {
		sandbox.faults.add({ kind: 'failedRows', pick: () => true, message: 'not this one' });
		const reply = await send(method, address, talent({ first_name: 'Ada' }));
		expect([reply.status, reply.json().errors[0].detail]).toEqual([422, 'not this one']);
		expect(truth().records).toEqual([]);
	});

	it('failedRows refuses an update by key, and no other', async () => {
		sandbox.faults.add({ kind: 'failedRows', keys: [FIRST], times: 'always' });
		expect((await send('PATCH', path, talent({ first_name: 'A' }))).status).toBe(422);
		const other = `${INGEDATA_TALENTS_PATH}/${SECOND}`;
		expect((await send('PATCH', other, talent({ first_name: 'A' }))).status).toBe(200);
	});
});

describe('uploading a resume', () => {
	const fields = {
		file_url: 'https://files.example.com/ada.pdf',
		mime_type: 'application/pdf',
		organizational_unit: 'MG',
	};
	const address = (given: Record<string, string>) =>
		`${INGEDATA_RESUME_PATH}?${new URLSearchParams(given).toString()}`;

	it('takes the fields in the address and in the body', async () => {
		expect((await send('POST', address(fields))).status).toBe(201);
		expect((await send('POST', INGEDATA_RESUME_PATH, fields)).status).toBe(201);
		expect(truth().created).toBe(2);
	});

	it.each(Object.keys(fields))('refuses one without %s', async (name) => {
		const { [name as 'file_url']: _, ...rest } = fields;
		expect((await send('POST', address(rest))).status).toBe(422);
	});
});

describe('what belongs to a talent', () => {
	it('is made for one who exists', async () => {
		const reply = await send('POST', SKILLS_PATH, skill({ name: 'Ruby', level: 3 }));
		expect(reply.json().data).toMatchObject({
			type: 'talent/skills',
			attributes: { name: 'Ruby', level: 3 },
			relationships: { talent: { data: { type: 'talent/talents', id: FIRST } } },
		});
		expect((await list({ 'filter[talent_id]': FIRST }, SKILLS_PATH)).json().data).toHaveLength(2);
	});

	it.each<[string, unknown]>([
		['no talent', { data: { type: 'talent/skills', attributes: { name: 'Ruby' } } }],
		['a number as talent', skill({ name: 'Ruby' }, Number(FIRST))],
		['an unknown talent', skill({ name: 'Ruby' }, '9999')],
		['no name', skill({ level: 3 })],
	])('is refused with %s', async (_, body) => {
		expect((await send('POST', SKILLS_PATH, body)).status).toBe(422);
		expect(truth().records).toEqual([]);
	});

	it('is changed and removed without naming the talent', async () => {
		const { id } = (await list({ 'filter[talent_id]': FIRST }, SKILLS_PATH)).json().data[0];
		const body = { data: { type: 'talent/skills', attributes: { level: 1 } } };
		expect((await send('PATCH', `${SKILLS_PATH}/${id}`, body)).json().data.attributes).toEqual({
			name: 'Annotation',
			level: 1,
		});
		expect((await send('DELETE', `${SKILLS_PATH}/${id}`)).status).toBe(204);
	});

	it.each(['experiences', 'educations', 'certifications', 'languages'])(
		'%s cannot be limited to one talent, but say whose they are',
		async (segment) => {
			const reply = await list({ 'filter[talent_id]': FIRST }, `/api/v3/talent/${segment}`);
			const owners = reply
				.json()
				.data.map((record: IngedataShown) => record.relationships.talent.data.id);
			expect(owners).toEqual([...INGEDATA_PROFILED_IDS]);
		},
	);
});
