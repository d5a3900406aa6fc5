import { startSandbox, type Sandbox } from '../sandbox';
import {
	BIRDDOGHR_API_KEY,
	BIRDDOGHR_EXISTING,
	BIRDDOGHR_PASSWORD,
	BIRDDOGHR_TOKEN_PATH,
	BIRDDOGHR_USER_PATH,
	BIRDDOGHR_USERNAME,
	BIRDDOGHR_USERS_PATH,
	type BirdDogHrUser,
} from '../sandbox/birddoghr';
import { call } from './client';

const [MONA, OMAR] = BIRDDOGHR_EXISTING;
const SECRETS = {
	apiKey: BIRDDOGHR_API_KEY,
	userName: BIRDDOGHR_USERNAME,
	password: BIRDDOGHR_PASSWORD,
};

let sandbox: Sandbox;
let base: string;
beforeAll(async () => {
	sandbox = await startSandbox({ vendors: ['birdDogHr'] });
	base = sandbox.baseUrl('birdDogHr');
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const truth = () => sandbox.truth('birdDogHr');
const held = (username: string) => truth().record(username)?.value as BirdDogHrUser;
const signIn = (body: unknown) => call(base + BIRDDOGHR_TOKEN_PATH, { method: 'POST', body });
const freshToken = async (): Promise<string> => (await signIn(SECRETS)).json().token;
const post = (path: string, headers: Record<string, string>, body: unknown) =>
	call(base + path, { method: 'POST', headers, body });
const save = async (body: unknown, path = BIRDDOGHR_USER_PATH) =>
	await post(path, { bdtoken: await freshToken() }, body);

const ADA = {
	username: 'ada@example.com',
	firstName: 'Ada',
	lastName: 'Test',
	displayName: 'Ada T.',
	email: 'ada@example.com',
	employeeId: 'E-1',
	jobCode: 'ENG-1',
	manager: MONA.name,
	location: 'Omaha',
	hireDate: '2026-03-31T00:00:00Z',
	active: true,
	isManager: false,
};
const SAVED = { status: 'Sucessful', messages: [] };

describe('tokens', () => {
	it.each([
		[{ ...SECRETS, apiKey: 'x' }, 401],
		[{ ...SECRETS, userName: 'x' }, 401],
		[{ ...SECRETS, password: 'x' }, 401],
		[{}, 401],
		['apiKey=x', 400],
	])('are not given for %j', async (body, status) => {
		expect((await signIn(body)).status).toBe(status);
	});

	it('work once, even if the call is refused', async () => {
		const bdtoken = await freshToken();
		expect((await post(BIRDDOGHR_USER_PATH, { bdtoken }, {})).json().status).toBe('Error');
		expect((await post(BIRDDOGHR_USER_PATH, { bdtoken }, ADA)).status).toBe(401);
		expect(truth().records).toEqual([]);
	});

	it.each([
		['BDToken', (token: string) => ({ BDToken: token })],
		['bdtoken', (token: string) => ({ bdtoken: token })],
		['Authorization', (token: string) => ({ authorization: token })],
		['Authorization with scheme', (token: string) => ({ authorization: `BDToken ${token}` })],
	])('are taken as %s', async (_, headers) => {
		const reply = await post(BIRDDOGHR_USER_PATH, { ...headers(await freshToken()) }, ADA);
		expect([reply.status, reply.json()]).toEqual([200, SAVED]);
	});

	it.each([
		['no header', () => ({})],
		['another scheme', (token: string) => ({ authorization: `Bearer ${token}` })],
		['two headers', (token: string) => ({ bdtoken: token, authorization: token })],
		['an unknown token', () => ({ bdtoken: 'unknown' })],
	])('are refused with %s', async (_, headers: (token: string) => Record<string, string>) => {
		const reply = await post(BIRDDOGHR_USER_PATH, headers(await freshToken()), ADA);
		expect(reply.status).toBe(401);
	});

	it('expire', async () => {
		const bdtoken = await freshToken();
		sandbox.faults.add({ kind: 'expiredToken' });
		expect((await post(BIRDDOGHR_USER_PATH, { bdtoken }, ADA)).status).toBe(401);
	});

	it('and secrets never show in the ledger', async () => {
		await save(ADA);
		const ledger = JSON.stringify(sandbox.ledger);
		for (const secret of [...Object.values(SECRETS), 'practice-'])
			expect(ledger).not.toContain(secret);
	});

	it.each(['/current/TalentUser', '/v1/TalentUser'])('open no %s', async (path) => {
		expect((await save(ADA, path)).status).toBe(404);
	});
});

describe('one user', () => {
	it('is created, then updated, by username, without a word about it', async () => {
		const replies = [await save(ADA), await save({ ...ADA, displayName: 'A.' })];
		expect(replies.map((reply) => reply.json())).toEqual([SAVED, SAVED]);
		expect(truth().record(ADA.username)).toMatchObject({ created: 1, updated: 1 });
		expect(held(ADA.username).fields.displayName).toBe('A.');
	});

	it('keeps what is null or absent, and loses what is empty', async () => {
		await save({ ...ADA, username: OMAR.username, jobTitle: null });
		expect(held(OMAR.username).fields).toMatchObject({ jobTitle: 'Lead', phone1: '5155550100' });
		await save({ ...ADA, username: OMAR.username, jobTitle: '' });
		expect(held(OMAR.username).fields).not.toHaveProperty('jobTitle');
	});

	it('joins and leaves groups', async () => {
		await save({
			...ADA,
			username: OMAR.username,
			addToGroups: ['CREW-7'],
			removeFromGroups: ['SAFETY'],
		});
		expect(held(OMAR.username).groups).toEqual(['CREW-7']);
	});

	it('drops keys it does not know', async () => {
		await save({ ...ADA, sex: 'Male', shoeSize: 9 });
		expect(held(ADA.username).ignoredKeys).toEqual(['sex', 'shoeSize']);
	});

	it.each([
		...Object.keys(ADA).flatMap(
			(key): Array<[string, unknown]> => [
				[key, ''],
				[key, null],
			],
		),
		['firstName', 'x'.repeat(51)],
		['lastName', 'x'.repeat(51)],
		['displayName', 'x'.repeat(51)],
		['employeeId', 'x'.repeat(51)],
		['employeeId', 7],
		['jobTitle', 'x'.repeat(51)],
		['username', 'x'.repeat(151)],
		['ssoUserName', 'x'.repeat(129)],
		['email', `${'x'.repeat(214)}@example.com`],
		['email', 'ada'],
		['phone1', '+1 515'],
		['phone3', '1'.repeat(51)],
		['middleInitial', 'AB'],
		['middleInitial', ''],
		['gender', 'female'],
		['jobCode', 'Engineer'],
		['location', 'Paris'],
		['department', 'Unknown'],
		['manager', 'Practice Mona'],
		['manager', MONA.username],
		['hireDate', '2026-03-31'],
		['hireDate', '2026-13-31T00:00:00Z'],
		['terminationDate', ''],
		['salary', 1.005],
		['salary', '1.5'],
		['lastRaiseAmount', ''],
		['active', 'true'],
		['addToGroups', 'SAFETY'],
		['removeFromGroups', ['NOPE']],
	])('is refused with %s = %j, under status 200', async (key, value) => {
		const reply = await save({ ...ADA, [key]: value });
		expect(reply.status).toBe(200);
		expect(reply.json()).toEqual({ status: 'Error', messages: [expect.stringMatching(/^User /)] });
		expect(truth().records).toEqual([]);
	});

	it.each([[[ADA]], ['text'], ['{"username":']])('is no %j', async (body) => {
		expect((await save(body)).status).toBe(400);
	});

	it('failedRows refuses by key', async () => {
		sandbox.faults.add({ kind: 'failedRows', keys: [ADA.username], message: 'not this one' });
		expect((await save(ADA)).json().messages).toEqual([`User ${ADA.username}: not this one`]);
		expect((await save(ADA)).json()).toEqual(SAVED);
	});
});

describe('a batch', () => {
	const other = { ...ADA, username: OMAR.username };

	it('is a list', async () => {
		expect((await save([ADA, other], BIRDDOGHR_USERS_PATH)).json()).toEqual(SAVED);
		expect((await save(ADA, BIRDDOGHR_USERS_PATH)).status).toBe(400);
		expect([truth().created, truth().updated]).toEqual([1, 1]);
	});

	it('posts the others when one fails', async () => {
		const reply = await save([{ ...ADA, jobCode: 'x' }, other], BIRDDOGHR_USERS_PATH);
		expect(reply.json()).toEqual({
			status: 'Error',
			messages: [`User ${ADA.username}: JobCode must match existing record`],
		});
		expect(truth().records.map(({ key }) => key)).toEqual([OMAR.username]);
	});

	it('wants managers to be there before it, not in it', async () => {
		const report = { ...other, username: 'bob@example.com', manager: 'Ada Test' };
		expect((await save([ADA, report], BIRDDOGHR_USERS_PATH)).json().status).toBe('Error');
		expect((await save([report], BIRDDOGHR_USERS_PATH)).json()).toEqual(SAVED);
	});

	it('failedRows refuses by position', async () => {
		sandbox.faults.add({ kind: 'failedRows', rows: [1] });
		const { messages } = (await save([ADA, other], BIRDDOGHR_USERS_PATH)).json();
		expect(messages).toEqual([`User ${OMAR.username}: refused by the sandbox`]);
	});
});
