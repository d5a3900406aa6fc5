import { startSandbox, type Sandbox } from '../sandbox';
import {
	EIGHTFOLD_AMBIGUOUS_ID,
	EIGHTFOLD_API_KEY,
	EIGHTFOLD_BEARER_TOKEN,
	EIGHTFOLD_CLAIMED_ID,
	EIGHTFOLD_CLIENT_AUTHORIZATION,
	EIGHTFOLD_DEFAULT_PAGE,
	EIGHTFOLD_EXISTING_IDS,
	EIGHTFOLD_MAX_PAGE,
	EIGHTFOLD_OTHER_SYSTEM_ID,
	EIGHTFOLD_PROFILES_PATH,
	EIGHTFOLD_REFUSED_TAG,
	EIGHTFOLD_SEEDED,
	EIGHTFOLD_SHARED_ID,
	EIGHTFOLD_SIMILAR_ID,
	EIGHTFOLD_SLOW_TAG,
	EIGHTFOLD_STUCK_TAG,
	EIGHTFOLD_SYSTEM_ID,
	EIGHTFOLD_TOKEN_PATH,
	EIGHTFOLD_TRACKING_SYSTEM_ID,
	EIGHTFOLD_USERNAME,
	eightfoldCandidatesPath,
	eightfoldTransactionPath,
	type EightfoldCandidate,
} from '../sandbox/eightfold';
import { call, type Reply } from './client';

const [FIRST = ''] = EIGHTFOLD_EXISTING_IDS;
const headers = { authorization: `Bearer ${EIGHTFOLD_BEARER_TOKEN}` };

let sandbox: Sandbox;
let base: string;

beforeAll(async () => {
	sandbox = await startSandbox({ vendors: ['eightfold'] });
	base = sandbox.baseUrl('eightfold');
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const truth = () => sandbox.truth('eightfold');
const candidate = (key: string) => truth().record(key)?.value as EightfoldCandidate;
const person = (candidateId: string, more: Record<string, unknown> = {}) => ({
	candidateId,
	firstName: 'Ada',
	emails: 'ada@example.com',
	lastActivityTs: 1767225600,
	...more,
});

const get = (path: string) => call(base + path, { headers });
const list = (query: string, systemId?: string) =>
	get(`${eightfoldCandidatesPath(systemId)}${query}`);
const create = (body: unknown, systemId?: string) =>
	call(base + eightfoldCandidatesPath(systemId), { method: 'POST', headers, body });
const change = (method: string, id: string, body: unknown, query = '') =>
	call(`${base}${eightfoldCandidatesPath()}/${id}${query}`, { method, headers, body });
const ids = (reply: Reply): string[] =>
	reply.json().data.map((row: { candidateId: string }) => row.candidateId);
const poll = async (reply: Reply) =>
	(await get(eightfoldTransactionPath(reply.json().transactionId))).json().data;
const statusOf = async (reply: Reply): Promise<string> => (await poll(reply)).status;

describe('sign-in', () => {
	const ask = (
		body: unknown,
		authorization = `Basic ${EIGHTFOLD_CLIENT_AUTHORIZATION}`,
		type = 'application/json',
	) =>
		call(base + EIGHTFOLD_TOKEN_PATH, {
			method: 'POST',
			headers: { authorization, 'content-type': type },
			body,
		});
	const grant = {
		grantType: 'password',
		username: EIGHTFOLD_USERNAME,
		password: EIGHTFOLD_API_KEY,
	};

	it('exchanges name and key behind the client value for a bearer token', async () => {
		const { data } = (await ask(grant)).json();
		expect(data).toMatchObject({ token_type: 'Bearer', expires_in: 8640 });
		const reply = await call(base + eightfoldCandidatesPath(), {
			headers: { authorization: `Bearer ${data.access_token}` },
		});
		expect(reply.status).toBe(200);
	});

	it('keeps the key and the client value out of the ledger', async () => {
		await ask(grant);
		const written = JSON.stringify(sandbox.ledger);
		expect(written).not.toContain(EIGHTFOLD_API_KEY);
		expect(written).not.toContain(EIGHTFOLD_CLIENT_AUTHORIZATION);
	});

	it.each([
		['another key', { ...grant, password: 'wrong' }, undefined, 401],
		['another name', { ...grant, username: 'wrong' }, undefined, 401],
		['another client', grant, 'Basic d3Jvbmc6d3Jvbmc=', 401],
		['the client value without Basic', grant, EIGHTFOLD_CLIENT_AUTHORIZATION, 401],
		['another grant', { ...grant, grantType: 'client_credentials' }, undefined, 400],
		[
			'the spelling of OAuth',
			{ ...grant, grantType: undefined, grant_type: 'password' },
			undefined,
			400,
		],
	])('refuses %s', async (_, body, authorization, status) => {
		expect((await ask(body, authorization)).status).toBe(status);
	});

	it('refuses a form', async () => {
		const form = new URLSearchParams(grant).toString();
		const reply = await ask(form, undefined, 'application/x-www-form-urlencoded');
		expect(reply.status).toBe(400);
	});

	it.each<Record<string, string>>([
		{},
		{ authorization: 'Bearer unknown' },
		{ authorization: EIGHTFOLD_BEARER_TOKEN },
	])('answers 401 to %j', async (wrong) => {
		const reply = await call(base + eightfoldCandidatesPath(), {
			method: 'POST',
			headers: wrong,
			body: person('A'),
		});
		expect(reply.status).toBe(401);
		expect(truth().records).toEqual([]);
	});

	it('forgets its tokens when they expire, but not the fixed one', async () => {
		const { data } = (await ask(grant)).json();
		sandbox.faults.add({ kind: 'expiredToken' });
		expect((await list('')).status).toBe(200);
		const reply = await call(base + eightfoldCandidatesPath(), {
			headers: { authorization: `Bearer ${data.access_token}` },
		});
		expect(reply.status).toBe(401);
	});
});

describe('list', () => {
	it('pages by offset and says how many there are', async () => {
		const first = await list('?start=0&limit=100');
		const second = await list('?start=100&limit=100');
		expect(first.json().meta).toEqual({
			totalCount: EIGHTFOLD_SEEDED,
			pageTotalCount: 100,
			pageStartIndex: 0,
		});
		expect(second.json().meta).toMatchObject({ pageStartIndex: 100, pageTotalCount: 24 });
		expect(new Set([...ids(first), ...ids(second)]).size).toBe(EIGHTFOLD_SEEDED);
	});

	it('is empty where there is nobody', async () => {
		const reply = await list('?start=0&limit=100', EIGHTFOLD_TRACKING_SYSTEM_ID);
		expect(reply.json()).toMatchObject({ data: [], meta: { totalCount: 0 } });
	});

	it('gives a short page to those who do not ask for a size', async () => {
		expect(ids(await list(''))).toHaveLength(EIGHTFOLD_DEFAULT_PAGE);
	});

	it.each([
		['?query=exist-00*', 9],
		[`?query=${FIRST}`, 1],
		['?query=nobody', 0],
		[`?filterQuery=candidateId:${FIRST}`, 1],
	])('finds by %s', async (query, count) => {
		expect((await list(query)).json().meta.totalCount).toBe(count);
	});

	it('returns only or all but the named fields', async () => {
		const query = `?limit=1&query=${FIRST}`;
		expect((await list(`${query}&keyList=candidateId,emails`)).json().data).toEqual([
			{ candidateId: FIRST, emails: 'c-exist-001@example.com' },
		]);
		const [row] = (await list(`${query}&exclude=emails,phones`)).json().data;
		expect(row).toHaveProperty('firstName');
		expect(row).not.toHaveProperty('emails');
	});

	it.each([
		`?limit=${EIGHTFOLD_MAX_PAGE + 1}`,
		'?limit=0',
		'?limit=all',
		'?start=-1',
		'?include=notes',
		'?email=ada@example.com',
		'?sort=firstName',
	])('refuses %s', async (query) => {
		expect((await list(query)).status).toBe(400);
	});

	it('knows the systems that are set up only', async () => {
		expect((await list('', 'unknown_ats')).status).toBe(404);
	});

	it('endlessPages always promises more', async () => {
		sandbox.faults.add({ kind: 'endlessPages' });
		for (const start of [0, 100, 200, 5000]) {
			const { data, meta } = (await list(`?start=${start}&limit=100`)).json();
			expect(data.length).toBeGreaterThan(0);
			expect(meta.totalCount).toBeGreaterThan(start + data.length);
		}
	});

	it('repeatedCursor shows the page just read', async () => {
		sandbox.faults.add({ kind: 'repeatedCursor' });
		expect(ids(await list('?start=100&limit=100'))).toEqual(ids(await list('?limit=100')));
	});
});

describe('get', () => {
	it('answers with the bare candidate', async () => {
		const reply = await get(`${eightfoldCandidatesPath()}/${FIRST}`);
		expect(reply.json()).toMatchObject({
			candidateId: FIRST,
			systemId: EIGHTFOLD_SYSTEM_ID,
			phones: '+15550100,+15550101',
			veteranStatusStr: null,
		});
		expect(reply.json()).not.toHaveProperty('ignoredKeys');
	});

	it('shows sections when they are asked for', async () => {
		const path = `${eightfoldCandidatesPath()}/${FIRST}`;
		expect((await get(path)).json()).not.toHaveProperty('tags');
		expect((await get(`${path}?include=tags,notes`)).json()).toMatchObject({
			tags: ['seeded'],
			notes: [{ noteType: 'note' }],
		});
		expect((await get(`${path}?include=resume`)).status).toBe(400);
	});

	it('answers 404 to an unknown ID', async () => {
		expect((await get(`${eightfoldCandidatesPath()}/NOBODY`)).status).toBe(404);
		const other = eightfoldCandidatesPath(EIGHTFOLD_OTHER_SYSTEM_ID);
		expect((await get(`${other}/${FIRST}`)).status).toBe(404);
	});

	it('takes an ID with any character in it', async () => {
		await create(person('A/1 é?'));
		const path = `${eightfoldCandidatesPath()}/${encodeURIComponent('A/1 é?')}`;
		expect((await get(path)).json().candidateId).toBe('A/1 é?');
	});

	it('has no delete for candidates, and none of the other calls that do not exist', async () => {
		expect((await change('DELETE', FIRST, undefined)).status).toBe(405);
		for (const path of ['bulk', 'import', 'batch-fetch'])
			expect((await change('POST', path, { entityIds: [FIRST] })).status).toBe(405);
	});
});

describe('create', () => {
	it('answers with a transaction and nothing else', async () => {
		const reply = await create(person('A', { emails: 'a@example.com,b@example.com' }));
		expect(reply.status).toBe(200);
		expect(reply.json()).toEqual({ transactionId: expect.any(String) });
		const { status, efEntityId, externalEntityId } = await poll(reply);
		expect([status, externalEntityId]).toEqual(['PASS', 'A']);
		expect((await get(`${EIGHTFOLD_PROFILES_PATH}/${efEntityId}`)).json().atsEntityId).toBe('A');
		expect(candidate('A').emails).toBe('a@example.com,b@example.com');
	});

	it.each<[string, Record<string, unknown>]>([
		['no candidate ID', { candidateId: undefined }],
		['no first name', { firstName: undefined }],
		['null as first name', { firstName: null }],
		['no emails', { emails: undefined }],
		['no last activity', { lastActivityTs: undefined }],
		['a list of emails', { emails: ['ada@example.com'] }],
		['a list of phones', { phones: ['+15550100'] }],
		['a date as last activity', { lastActivityTs: '2026-01-01T00:00:00Z' }],
		['milliseconds', { lastActivityTs: 1767225600000 }],
		['a time after January 2038', { lastActivityTs: 2147483648 }],
		['another consent', { contactConsent: 'none' }],
		['one text as skills', { skills: 'Python' }],
		['text as a flag', { isInternal: 'yes' }],
		['a text the vendor writes', { veteranStatusStr: 'yes' }],
		['a project that is no list', { project: {} }],
		['an education without a school', { education: [education({ school: undefined })] }],
		['an experience without a flag', { experience: [experience({ isInternal: undefined })] }],
		['an attachment of no type', { attachments: [attachment({ attachmentType: 'cv' })] }],
		['a certificate without a name', { certifications: [{ status: 'valid' }] }],
		[
			'a stage the vendor writes',
			{ applications: [application({ currentStage: stage({ stage: 'x' }) })] },
		],
		[
			'a stage without a user',
			{ applications: [application({ pastStages: [stage({ user: undefined })] })] },
		],
		['a reason that is too long', { applications: [application({ reason: 'x'.repeat(5001) })] }],
		[
			'another rating',
			{ applications: [application({ scorecards: [{ overallRating: 'maybe' }] })] },
		],
		['a note of no type', { notes: [{ noteType: 'letter' }] }],
		['a null among entries', { notes: [null] }],
		['a generated ID', { candidateId: undefined, autoGenerateCandidateId: true }],
		['the switch for it, off', { autoGenerateCandidateId: false }],
	])('refuses %s', async (_, wrong) => {
		const reply = await create(person('A', wrong));
		expect(reply.status).toBe(400);
		expect(reply.json()).toEqual({ message: expect.any(String) });
		expect(truth().records).toEqual([]);
	});

	it('takes everything the reference names', async () => {
		const reply = await create(
			person('A', {
				emails: null,
				lastActivityTs: null,
				education: [education()],
				experience: [experience()],
				attachments: [attachment()],
				project: [{ company: 'Analytical', title: 'Engine', startTs: 1 }],
				applications: [
					application({
						currentStage: stage(),
						scorecards: [{ overallRating: 'mixed', attributes: [{ rating_label: 'Good' }] }],
						questions: [{ questionId: 'Q', answer: ['yes'] }],
					}),
				],
				customInfo: { badge: '42' },
			}),
		);
		expect(await statusOf(reply)).toBe('PASS');
	});

	it('ignores keys it does not know, and remembers them', async () => {
		await create(person('A', { email: 'x@example.com' }));
		expect(candidate('A').ignoredKeys).toEqual(['email']);
	});

	it.each<[string, Record<string, unknown>]>([
		['an ID that exists', { candidateId: FIRST }],
		['an empty first name', { firstName: '' }],
		['an address that is none', { emails: 'ada@example.com,ada' }],
		['a course without ID and title', { courseAttendance: [{ status: 'done' }] }],
		[
			'a proficiency beside its groups',
			{ skillDetails: [{ skill: 'A', proficiency: 'b', skillGroups: [{ skillGroup: 'c' }] }] },
		],
	])('accepts %s and fails its transaction, without a reason', async (_, wrong) => {
		const reply = await create(person('A', wrong));
		expect(reply.status).toBe(200);
		expect(await poll(reply)).toEqual({
			status: 'FAIL',
			efEntityId: null,
			externalEntityId: null,
		});
		expect(truth().records).toEqual([]);
	});

	it('generates an ID in its own tracking system only, and not beside one', async () => {
		const generated = { ...person('A'), candidateId: undefined, autoGenerateCandidateId: true };
		const reply = await create(generated, EIGHTFOLD_TRACKING_SYSTEM_ID);
		expect((await poll(reply)).externalEntityId).toBe('TT-1');
		await create(generated, EIGHTFOLD_TRACKING_SYSTEM_ID);
		expect(truth().created).toBe(2);
		const both = { ...generated, candidateId: 'A' };
		expect((await create(both, EIGHTFOLD_TRACKING_SYSTEM_ID)).status).toBe(400);
		expect((await create(person('A'), EIGHTFOLD_TRACKING_SYSTEM_ID)).status).toBe(200);
	});
});

describe('patch and replace', () => {
	it('patch changes only what is sent and requires nothing', async () => {
		expect(await statusOf(await change('PATCH', FIRST, { title: 'Countess' }))).toBe('PASS');
		expect(candidate(FIRST)).toMatchObject({ title: 'Countess', phones: '+15550100,+15550101' });
		expect(truth().record(FIRST)?.fields).toEqual([['title']]);
		const half = [{ school: 'Home' }];
		expect(await statusOf(await change('PATCH', FIRST, { education: half }))).toBe('PASS');
		expect((await change('PATCH', FIRST, { emails: ['a@example.com'] })).status).toBe(400);
	});

	it('replace wipes what is not sent and requires the four', async () => {
		expect((await change('PUT', FIRST, { title: 'Countess' })).status).toBe(400);
		await change('PUT', FIRST, person(FIRST));
		expect(candidate(FIRST)).not.toHaveProperty('phones');
		expect(candidate(FIRST)).toMatchObject({ systemId: EIGHTFOLD_SYSTEM_ID, firstName: 'Ada' });
	});

	it.each(['PATCH', 'PUT'])('%s of an unknown ID creates nobody', async (method) => {
		expect((await change(method, 'NOBODY', person('NOBODY'))).status).toBe(404);
		expect(truth().records).toEqual([]);
	});

	it('cannot move a record to another ID', async () => {
		expect((await change('PATCH', FIRST, { candidateId: 'B' })).status).toBe(400);
	});

	it('changes a claimed profile on request only', async () => {
		const title = { title: 'Countess' };
		expect(await statusOf(await change('PATCH', EIGHTFOLD_CLAIMED_ID, title))).toBe('FAIL');
		const refresh = '?refreshClaimedProfile=true';
		expect(await statusOf(await change('PATCH', EIGHTFOLD_CLAIMED_ID, title, refresh))).toBe(
			'PASS',
		);
		const other = '?refreshClaimedProfile=1';
		expect((await change('PATCH', FIRST, title, other)).status).toBe(400);
	});
});

describe('transactions', () => {
	it('are in progress for a while when they are slow', async () => {
		const reply = await create(person('A', { tags: [EIGHTFOLD_SLOW_TAG] }));
		expect([await poll(reply), await statusOf(reply), await statusOf(reply)]).toEqual([
			{ status: 'IN PROGRESS', efEntityId: null, externalEntityId: null },
			'IN PROGRESS',
			'PASS',
		]);
		expect(truth().savesOf('A')).toBe(1);
	});

	it('never end when they are stuck, and save nothing', async () => {
		const reply = await create(person('A', { tags: [EIGHTFOLD_STUCK_TAG] }));
		for (let times = 0; times < 5; times++) expect(await statusOf(reply)).toBe('IN PROGRESS');
		expect(truth().savesOf('A')).toBe(0);
	});

	it('fail for records that are to be refused', async () => {
		const reply = await change('PATCH', FIRST, { tags: [EIGHTFOLD_REFUSED_TAG] });
		expect(await statusOf(reply)).toBe('FAIL');
		expect(truth().savesOf(FIRST)).toBe(0);
	});

	it('are unknown under another ID or path', async () => {
		expect((await get(eightfoldTransactionPath('nothing'))).status).toBe(404);
		const { transactionId } = (await create(person('A'))).json();
		expect((await get(`/api/v2/transactions/${transactionId}`)).status).toBe(404);
	});

	it('failedRows makes them fail', async () => {
		sandbox.faults.add({ kind: 'failedRows', method: 'POST', keys: ['A'], times: 2 });
		expect(await statusOf(await create(person('A')))).toBe('FAIL');
		expect(await statusOf(await create(person('B')))).toBe('PASS');
		expect(truth().records.map(({ key }) => key)).toEqual(['B']);
	});

	it('shortAnswer leaves them out', async () => {
		sandbox.faults.add({ kind: 'shortAnswer', keep: 0 });
		expect((await create(person('A'))).json()).toEqual({ transactionId: null });
		expect(truth().records).toEqual([]);
	});
});

describe('profiles', () => {
	const profiles = async (query: string) => (await get(EIGHTFOLD_PROFILES_PATH + query)).json();
	const remove = (id: string) =>
		call(`${base}${EIGHTFOLD_PROFILES_PATH}/${id}`, { method: 'DELETE', headers });

	it('are listed and read, in full or in part', async () => {
		const { data, meta } = await profiles('?start=0&limit=100');
		expect([data.length, meta.totalCount]).toEqual([100, EIGHTFOLD_SEEDED + 2]);
		const [{ id, profileId }] = data;
		expect(await profiles(`?profileIds=${id}`)).toMatchObject({ data: [{ profileId }] });
		expect(await profiles(`?profileIds=${profileId},1`)).toMatchObject({ data: [{ id }] });
		const one = await get(`${EIGHTFOLD_PROFILES_PATH}/${id}?keyList=id,fullName`);
		expect(one.json()).toEqual({ id, fullName: `Given ${FIRST} Family ${FIRST}` });
	});

	it.each([['?include=photo'], ['?limit=101'], ['?systemId=practice_ats']])(
		'refuse %s',
		async (query) => {
			expect((await get(EIGHTFOLD_PROFILES_PATH + query)).status).toBe(400);
		},
	);

	it('are searched by candidate ID in all systems, and not exactly', async () => {
		const { data } = await profiles(`?atsCandidateId=${EIGHTFOLD_SHARED_ID}`);
		const told = data.map(
			(row: { atsEntityId: string; atsData: { systemId: string } | null }) =>
				`${row.atsEntityId} ${row.atsData?.systemId}`,
		);
		expect(told.sort()).toEqual(
			[
				`${EIGHTFOLD_SHARED_ID} ${EIGHTFOLD_SYSTEM_ID}`,
				`${EIGHTFOLD_SHARED_ID} ${EIGHTFOLD_OTHER_SYSTEM_ID}`,
				`${EIGHTFOLD_SIMILAR_ID} ${EIGHTFOLD_SYSTEM_ID}`,
			].sort(),
		);
		const twice = await profiles(`?atsCandidateId=${EIGHTFOLD_AMBIGUOUS_ID}`);
		expect(twice.data.map((row: { atsData: unknown }) => row.atsData)).toEqual([null, null]);
	});

	it('are deleted with the record of the ATS', async () => {
		const { data } = await profiles(`?atsCandidateId=${FIRST}`);
		const reply = await remove(data[0].id);
		expect(await poll(reply)).toMatchObject({ status: 'PASS', efEntityId: data[0].id });
		expect(truth().record(data[0].id)?.deleted).toBe(1);
		expect((await get(`${eightfoldCandidatesPath()}/${FIRST}`)).status).toBe(404);
		expect((await remove(data[0].id)).status).toBe(404);
	});
});

function education(more: Record<string, unknown> = {}) {
	const texts = { degree: 'BSc', description: 'x', location: 'London', major: 'Maths' };
	return { ...texts, school: 'Home', startTs: 1, ...more };
}

function experience(more: Record<string, unknown> = {}) {
	const flags = { isCurrent: true, isInternal: false };
	return { company: 'Analytical', title: 'x', location: 'London', startTs: 1, ...flags, ...more };
}

function attachment(more: Record<string, unknown> = {}) {
	const file = { fileName: 'cv.pdf', attachmentContent: 'JVBERi0=', attachmentType: 'resume' };
	return { attachmentId: 'F-1', ...file, ...more };
}

function application(more: Record<string, unknown> = {}) {
	const times = { applicationTs: 1, lastModifiedTs: 1 };
	return { applicationId: 'P-1', candidateId: 'A', ...times, ...more };
}

function stage(more: Record<string, unknown> = {}) {
	const names = { wfStage: 'Screening', wfSubStage: 'Phone', reason: 'x' };
	return { ...names, stageTs: 1, user: { name: 'Recruiter' }, ...more };
}
