import { startSandbox, type Sandbox } from '../sandbox';
import {
	COLLECTIVE_API_KEY,
	COLLECTIVE_APPLICATION_PATH,
	COLLECTIVE_APPLICATIONS_PATH,
	COLLECTIVE_EXISTING_JOBS,
	COLLECTIVE_EXISTING_USERS,
	COLLECTIVE_IMPORT_PATH,
	COLLECTIVE_JOB_PATH,
	COLLECTIVE_MAX_BYTES,
	COLLECTIVE_POWERLESS_KEY,
	COLLECTIVE_SANDBOX_ENVIRONMENT,
	collectivePath,
	type CollectiveTalent,
} from '../sandbox/collective';
import { call } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ vendors: ['collective'] });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const truth = () => sandbox.truth('collective');
const [JOB, EMPTY_JOB] = COLLECTIVE_EXISTING_JOBS;

interface Ask {
	method?: string;
	body?: unknown;
	key?: string;
	environment?: string;
}

const ask = async (path: string, { method, body, key, environment }: Ask = {}) =>
	await call(sandbox.baseUrl('collective') + collectivePath(path, environment), {
		method: method ?? (body === undefined ? 'GET' : 'POST'),
		headers: { authorization: `Bearer ${key ?? COLLECTIVE_API_KEY}` },
		body,
	});
const importTalent = async (body: unknown) => await ask(COLLECTIVE_IMPORT_PATH, { body });
const person = (more: object = {}) => ({
	internalUserId: 'ada',
	linkedInUrl: 'https://www.linkedin.com/in/ada',
	...more,
});

describe('sign-in', () => {
	it.each([
		['wrong', 401],
		[COLLECTIVE_POWERLESS_KEY, 403],
	])('answers the key %s with %i and applies nothing', async (key, status) => {
		const reply = await ask(COLLECTIVE_IMPORT_PATH, { body: person(), key });
		expect(reply.status).toBe(status);
		expect(truth().records).toEqual([]);
	});

	it('keeps the key out of the ledger', async () => {
		await importTalent(person());
		expect(JSON.stringify(sandbox.ledger)).not.toContain(COLLECTIVE_API_KEY);
	});

	it('knows two environments and no other', async () => {
		const path = `${COLLECTIVE_APPLICATIONS_PATH}?id=${JOB}`;
		expect((await ask(path)).status).toBe(200);
		expect((await ask(path, { environment: COLLECTIVE_SANDBOX_ENVIRONMENT })).status).toBe(200);
		expect((await ask(path, { environment: 'production' })).status).toBe(404);
	});
});

describe('delete', () => {
	const remove = (body: unknown) => ask(COLLECTIVE_IMPORT_PATH, { method: 'DELETE', body });

	it('removes by your own IDs, and names each of them', async () => {
		const [internalUserId] = COLLECTIVE_EXISTING_USERS;
		const ids = [internalUserId, 'nobody'];
		expect((await remove({ internalUserIds: ids })).json()).toEqual({
			deleted: [internalUserId],
			notFound: ['nobody'],
		});
		expect((await remove({ internalUserIds: ids })).json()).toEqual({ deleted: [], notFound: ids });
	});

	it.each([[{}], [{ internalUserIds: 'ada' }], [{ internalUserIds: [] }], [['ada']]])(
		'refuses %j',
		async (body) => {
			expect((await remove(body)).status).toBe(400);
		},
	);
});

describe('import', () => {
	it('makes a talent, then changes it, and says which', async () => {
		const first = (await importTalent(person({ firstname: 'Ada' }))).json();
		const second = (await importTalent(person({ lastname: 'Practice' }))).json();
		expect(first).toEqual({ userId: expect.stringMatching(/^cm/), status: 'created' });
		expect(second).toEqual({ userId: first.userId, status: 'updated' });
		expect(truth().record('ada')?.value).toMatchObject({
			firstname: 'Ada',
			lastname: 'Practice',
		});
	});

	it('finds a talent that was there', async () => {
		const [internalUserId] = COLLECTIVE_EXISTING_USERS;
		expect((await importTalent(person({ internalUserId }))).json().status).toBe('updated');
	});

	it('adds notes each time, so that a repetition is noticed', async () => {
		const notes = [{ content: 'One' }];
		await importTalent(person({ notes }));
		await importTalent(person({ notes }));
		expect((truth().record('ada')?.value as CollectiveTalent).notes).toHaveLength(2);
	});

	it('ignores keys it does not know, and remembers them', async () => {
		await importTalent(person({ favouriteColour: 'green' }));
		expect(truth().record('ada')?.value).toMatchObject({ ignoredKeys: ['favouriteColour'] });
		expect(truth().record('ada')?.value).not.toHaveProperty('favouriteColour');
	});

	it.each<[string, unknown]>([
		['a list of people', [person()]],
		['no ID', person({ internalUserId: undefined })],
		['a blank ID', person({ internalUserId: ' ' })],
		['neither LinkedIn nor résumé', { internalUserId: 'ada' }],
		['the deprecated address alone', { internalUserId: 'ada', resumeUrl: 'https://x.com/cv' }],
		['a data URI', { internalUserId: 'ada', resume: 'data:application/pdf;base64,JVBERi0x' }],
		['one salary limit', person({ yearlySalaryMin: '4500000' })],
		['an amount as number', person({ dailyRate: 50000 })],
		['an amount with decimals', person({ dailyRate: '500.00' })],
		['an unknown preference', person({ workPreference: 'ON_SITE' })],
		['an unknown contract', person({ desiredContractType: ['FREELANCE'] })],
		['one address instead of a list', person({ emails: 'ada@example.com' })],
		['a note as text', person({ notes: ['Good'] })],
		['null', person({ firstname: null })],
	])('refuses %s', async (_, body) => {
		const reply = await importTalent(body);
		expect(reply.status).toBe(400);
		expect(reply.json().message).toEqual(expect.any(String));
		expect(truth().records).toEqual([]);
	});

	it('refuses more than 10 MB of payload', async () => {
		const resume = 'A'.repeat(COLLECTIVE_MAX_BYTES);
		expect((await importTalent(person({ resume }))).status).toBe(413);
		expect(truth().records).toEqual([]);
	});
});

describe('jobs', () => {
	const post = async (body: unknown, environment?: string) =>
		await ask(COLLECTIVE_JOB_PATH, { body, environment });
	const put = async (body: unknown) => await ask(COLLECTIVE_JOB_PATH, { method: 'PUT', body });

	it('are posted by their description, with the documented defaults', async () => {
		const reply = (await post({ description: 'Build', internalJobId: 'job-9' })).json();
		expect(reply).toEqual({
			jobId: expect.stringMatching(/^cm/),
			jobUrl: expect.stringMatching(/^https:/),
			accountEmail: 'recruiter@example.com',
			internalJobId: 'job-9',
		});
		expect(truth().record('job-9')?.value).toMatchObject({
			startingDate: 'IN_2_TO_4_WEEKS',
			notifyByEmailForEveryApplication: false,
		});
	});

	it('get a prefix in the sandbox only', async () => {
		await post({ description: 'Build', title: 'Live', internalJobId: 'a' });
		await post(
			{ description: 'Build', title: 'Try', internalJobId: 'b' },
			COLLECTIVE_SANDBOX_ENVIRONMENT,
		);
		expect(truth().record('a')?.value).toMatchObject({ title: 'Live' });
		expect(truth().record('b')?.value).toMatchObject({ title: '[Sandbox] Try' });
	});

	it.each<[string, unknown, number]>([
		['no description', { title: 'x' }, 400],
		['a blank description', { description: '' }, 400],
		["the talents' word for freelance", { description: 'x', contractType: 'FREELANCER' }, 400],
		['an unknown start', { description: 'x', startingDate: 'SOON' }, 400],
		['a day that does not exist', { description: 'x', expirationDate: '2026-02-31' }, 400],
		['a flag as text', { description: 'x', requireResume: 'yes' }, 400],
		['an internal ID that is taken', { description: 'x', internalJobId: JOB }, 409],
	])('are not posted with %s', async (_, body, status) => {
		expect((await post(body)).status).toBe(status);
		expect(truth().records).toEqual([]);
	});

	it('are changed by either ID in the body, and keep the rest', async () => {
		const { jobId } = (await put({ id: JOB, language: 'fr' })).json();
		expect((await put({ id: jobId, title: 'New' })).status).toBe(200);
		expect(truth().record(JOB)).toMatchObject({
			updated: 2,
			value: { language: 'fr', title: 'New', description: '<p>Practice</p>' },
		});
	});

	it.each<[string, unknown, number]>([
		['without an ID', { title: 'x' }, 400],
		['of an unknown ID', { id: 'none', title: 'x' }, 404],
		['in their internal ID', { id: JOB, internalJobId: 'other' }, 400],
		['in their account', { id: JOB, accountEmail: 'x@example.com' }, 400],
		['in their questions', { id: JOB, questions: [] }, 400],
	])('are not changed %s', async (_, body, status) => {
		expect((await put(body)).status).toBe(status);
		expect(truth().records).toEqual([]);
	});

	it.each(['GET', 'DELETE'])('have no %s, which is named in a guide only', async (method) => {
		expect((await ask(`${COLLECTIVE_JOB_PATH}?id=${JOB}`, { method })).status).toBe(405);
	});
});

describe('applications', () => {
	const list = async (id: string) => await ask(`${COLLECTIVE_APPLICATIONS_PATH}?id=${id}`);

	it('are listed by either ID of their job, with ID and time', async () => {
		const byOwn = (await list(JOB)).json();
		expect(byOwn).toEqual({
			jobId: expect.stringMatching(/^cm/),
			internalJobId: JOB,
			applications: Array(3).fill({ id: expect.any(String), createdAt: expect.any(String) }),
		});
		expect((await list(byOwn.jobId)).json()).toEqual(byOwn);
		expect((await list(EMPTY_JOB)).json().applications).toEqual([]);
	});

	it('are read in full, with CV, answers and job', async () => {
		const [, { id }] = (await list(JOB)).json().applications;
		const reply = (await ask(`${COLLECTIVE_APPLICATION_PATH}?id=${id}`)).json();
		expect(Object.keys(reply).sort()).toEqual(
			['id', 'createdAt', 'candidate', 'cv', 'questions', 'evaluation', 'job'].sort(),
		);
		expect(Object.keys(reply.cv)).toEqual(['fileName', 'contentType', 'data']);
		expect(reply.job).toMatchObject({ name: 'Practice job-001', internalJobId: JOB });
	});

	it.each([
		[COLLECTIVE_APPLICATIONS_PATH, 400],
		[`${COLLECTIVE_APPLICATIONS_PATH}?id=none`, 404],
		[COLLECTIVE_APPLICATION_PATH, 400],
		[`${COLLECTIVE_APPLICATION_PATH}?id=none`, 404],
	])('%s is answered with %i', async (path, status) => {
		expect((await ask(path)).status).toBe(status);
	});
});
