import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox';
import {
	BIRDDOGHR_DOCUMENTS_PATH,
	BIRDDOGHR_EXISTING,
	BIRDDOGHR_TOKEN_PATH,
	BIRDDOGHR_USER_PATH,
	BIRDDOGHR_USERS_PATH,
	birdDogHrTaking,
	type BirdDogHrHeader,
	type BirdDogHrUser,
} from '../../sandbox/birddoghr';
import { serve } from '../../sandbox/server';
import { credentialFor, run } from './node';
import { nameOf } from '../../support/names';

/** What the documents make easy to get wrong, one test each. */

let sandbox: Sandbox;
let base: string;
beforeAll(async () => {
	sandbox = await startSandbox({ vendors: ['birdDogHr'] });
	base = sandbox.baseUrl('birdDogHr');
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const [MONA, OMAR] = BIRDDOGHR_EXISTING;
const truth = () => sandbox.truth('birdDogHr');
const held = (username: string) => truth().record(username)?.value as BirdDogHrUser;
const node = (operation: string, more: Parameters<typeof run>[2] = {}) =>
	run(base, operation, more);

const ADA: IDataObject = {
	username: 'ada@example.com',
	firstName: 'Ada',
	lastName: 'Test',
	displayName: 'Ada T.',
	email: 'ada@example.com',
	employeeId: 'E-1',
	jobCode: 'ENG-1',
	manager: MONA.name,
	location: 'Omaha',
	hireDate: '2026-03-31',
	active: true,
	isManager: true,
};
const person = (n: number, more: IDataObject = {}): IDataObject => ({
	...ADA,
	username: `p${n}@example.com`,
	firstName: nameOf(n),
	employeeId: `E-${n}`,
	...more,
});
const sentTo = (calls: Array<{ line: string }>): string[] => calls.map(({ line }) => line);

describe('a token', () => {
	it('is fetched for every call and used once, whatever the call', async () => {
		const { all, out } = await node('bulkSave', { items: [person(1), person(2), person(3)] });
		expect(sentTo(all)).toEqual(
			[1, 2, 3].flatMap(() => [`POST ${BIRDDOGHR_TOKEN_PATH}`, `POST ${BIRDDOGHR_USER_PATH}`]),
		);
		expect(out.map(({ status }) => status)).toEqual(['saved', 'saved', 'saved']);
	});

	it('is fetched anew for a repetition', async () => {
		sandbox.faults.add({ kind: 'status', status: 503 });
		const { all, out } = await node('upsert', {
			items: [ADA],
			parameters: { options: { maxWaitSeconds: 5 } },
		});
		expect(out[0].status).toBe('saved');
		expect(sentTo(all)).toEqual([
			...[`POST ${BIRDDOGHR_TOKEN_PATH}`, `POST ${BIRDDOGHR_USER_PATH}`],
			...[`POST ${BIRDDOGHR_TOKEN_PATH}`, `POST ${BIRDDOGHR_USER_PATH}`],
		]);
	});

	it('that cannot be had sends nothing', async () => {
		const wrong = { ...credentialFor(base), password: 'wrong' };
		await expect(node('upsert', { items: [ADA], credential: wrong })).rejects.toThrow(
			/^BirdDogHR refused the sign-in \(HTTP 401\)\. Check API Key, Username and Password/,
		);
		expect(sandbox.ledger.requests.map(({ path }) => path)).not.toContain(BIRDDOGHR_USER_PATH);
	});

	it('is not in what leaves the node, nor are the secrets', async () => {
		const { out, hints } = await node('upsert', { items: [{ ...ADA, jobCode: 'NONE' }] });
		expect(JSON.stringify({ out, hints })).not.toMatch(/practice-/);
	});
});

describe('the header of the token, which the documents describe in two ways', () => {
	const forms: BirdDogHrHeader[] = ['BDToken', 'Authorization', 'AuthorizationScheme'];
	it.each(forms.flatMap((wanted) => forms.map((chosen) => [wanted, chosen] as const)))(
		'%s wanted, %s chosen',
		async (wanted, chosen) => {
			const strict = await serve([birdDogHrTaking(wanted)], {});
			try {
				const address = strict.baseUrl('birdDogHr');
				const saving = run(address, 'upsert', {
					items: [ADA],
					credential: credentialFor(address, chosen),
				});
				if (wanted === chosen) expect((await saving).out[0].status).toBe('saved');
				else await expect(saving).rejects.toThrow(/denied/);
			} finally {
				await strict.close();
			}
		},
	);
});

describe('a 200 that carries an error', () => {
	it('is a failure, in the words of the vendor, without the values of the person', async () => {
		const { out } = await node('upsert', { items: [{ ...ADA, manager: 'Nobody Known' }] });
		expect(out[0]).toMatchObject({ key: 'ada@example.com', status: 'failed' });
		expect(out[0].errors).toEqual([
			{ code: 'REFUSED', message: 'User ***: Manager must match existing record' },
		]);
		expect(truth().records).toEqual([]);
	});

	it.each([
		['Sucessful', 'saved'],
		['SUCESSFUL', 'saved'],
		['Successful', 'saved'],
		['success', 'saved'],
		['Error', 'failed'],
		['Partial', 'failed'],
	])('with the status %s: %s', async (status, expected) => {
		const { out } = await node('upsert', {
			items: [ADA],
			service: ({ url }) => ({
				status: 200,
				body: url.endsWith(BIRDDOGHR_TOKEN_PATH) ? { token: 't' } : { status, messages: [] },
			}),
		});
		expect(out[0].status).toBe(expected);
		if (expected === 'failed') expect(out[0].errors[0].message).toContain(`"${status}"`);
	});
});

describe('unknown values', () => {
	it.each([
		['jobCode', 'JobCode'],
		['location', 'Location'],
		['department', 'Department'],
	])('of %s come back as a message', async (field, name) => {
		const { out } = await node('upsert', { items: [{ ...ADA, [field]: 'Nowhere' }] });
		expect(out[0].status).toBe('failed');
		expect(out[0].errors[0].message).toContain(`${name} must match existing record`);
	});

	it('of groups too', async () => {
		const { out } = await node('upsert', { items: [{ ...ADA, addToGroups: 'SAFETY, NOPE' }] });
		expect(out[0].errors[0].message).toContain('NOPE');
	});
});

describe('create, update, create or update', () => {
	it.each(['create', 'update', 'upsert'])(
		'%s is the same call, which never says what it did',
		async (name) => {
			const { out, calls } = await node(name, { items: [ADA] });
			expect(sentTo(calls)).toEqual([`POST ${BIRDDOGHR_USER_PATH}`]);
			expect(out[0]).toMatchObject({ key: 'ada@example.com', status: 'saved', action: '' });
		},
	);

	it.each(['create', 'update', 'upsert', 'bulkSave', 'import'])(
		'%s sends nothing for a row without one of the required fields',
		async (name) => {
			const { hireDate, ...rest } = ADA;
			expect(hireDate).toBeDefined();
			const { out, all } = await node(name, {
				items: [rest],
				parameters: { options: { confirmDeleteCount: 1 } },
			});
			expect(out[0]).toMatchObject({ status: 'failed', errors: [{ field: 'Hire Date' }] });
			expect(all).toEqual([]);
		},
	);
});

describe('the three of twelve required fields that follow from the others', () => {
	const { displayName, active, isManager, ...nine } = ADA;

	it.each(['create', 'update', 'upsert', 'bulkSave', 'import'])(
		'are filled in by %s where the row leaves them out, or blank',
		async (name) => {
			expect([displayName, active, isManager]).toEqual(['Ada T.', true, true]);
			const blank = { displayName: '', active: null, isManager: ' ' };
			for (const row of [nine, { ...nine, ...blank }]) {
				const { out, calls } = await node(name, { items: [row] });
				expect(out[0].status).toBe('saved');
				expect(calls[0].body).toMatchObject({
					displayName: 'Ada Test',
					active: true,
					isManager: false,
				});
			}
		},
	);

	it('are sent as given', async () => {
		const { calls } = await node('create', { items: [{ ...ADA, active: false }] });
		expect(calls[0].body).toMatchObject({ displayName: 'Ada T.', active: false, isManager: true });
	});
});

describe('a user who leaves', () => {
	const remove = (row: IDataObject) =>
		node('delete', { items: [row], parameters: { options: { confirmDeleteCount: 1 } } });
	const { active, ...row } = ADA;

	const FIND = `GET ${BIRDDOGHR_USER_PATH}?userName=omar.practice%40example.com`;

	it('is deactivated by the username alone, and what is stored stays as it is', async () => {
		const before = await node('get', {
			parameters: { talentUser: OMAR.username, simplify: false },
		});
		const { out, calls } = await remove({ username: OMAR.username });
		expect(out[0].status).toBe('saved');
		expect(sentTo(calls)).toEqual([FIND, `POST ${BIRDDOGHR_USER_PATH}`]);
		const after = await node('get', { parameters: { talentUser: OMAR.username, simplify: false } });
		expect(after.out[0]).toEqual({ ...before.out[0], active: false });
	});

	it('keeps what the row says over what is stored', async () => {
		await remove({ username: OMAR.username, jobCode: 'OFFICE', terminationDate: '2026-06-30' });
		expect(held(OMAR.username).fields).toMatchObject({
			active: false,
			jobCode: 'OFFICE',
			terminationDate: '2026-06-30T00:00:00Z',
			isManager: true,
		});
	});

	it('is not made by a username that nobody has', async () => {
		const { out, calls } = await remove({ username: 'nobody@example.com' });
		expect(out[0]).toMatchObject({ status: 'failed', errors: [{ code: 'NOT_FOUND' }] });
		expect(calls).toHaveLength(1);
	});

	it('is not called deactivated while a lost request has left them active', async () => {
		sandbox.faults.add({
			kind: 'status',
			status: 503,
			method: 'POST',
			path: BIRDDOGHR_USER_PATH,
			times: 'always',
		});
		const { out } = await node('delete', {
			items: [{ username: OMAR.username }],
			parameters: { options: { confirmDeleteCount: 1 }, technicalOptions: { maxWaitSeconds: 0 } },
		});
		expect(out[0].status).not.toBe('saved');
		expect(held(OMAR.username)).toBeUndefined();
	});

	it('is left alone where the stored user does not show all that is needed', async () => {
		const { isManager, ...shown } = held(OMAR.username)?.fields ?? {};
		expect(isManager).toBeUndefined();
		expect(shown).toEqual({});
		const lists = { TalentUsers: [{ Username: OMAR.username, FirstName: 'Omar' }] };
		sandbox.faults.add({
			kind: 'status',
			status: 200,
			body: lists,
			method: 'GET',
			path: BIRDDOGHR_USER_PATH,
		});
		const { out, calls } = await remove({ username: OMAR.username });
		expect(out[0]).toMatchObject({ status: 'failed', errors: [{ code: 'MISSING_VALUE' }] });
		expect(out[0].errors[0].message).toContain('the stored record does not show it');
		expect(sentTo(calls)).toEqual([FIND]);
	});

	it('is deactivated by a whole row without being read', async () => {
		expect(active).toBe(true);
		const { out, calls } = await remove({ ...row, terminationDate: '2026-06-30' });
		expect(out[0].status).toBe('saved');
		expect(calls[0].body).toEqual({
			...row,
			hireDate: '2026-03-31T00:00:00Z',
			terminationDate: '2026-06-30T00:00:00Z',
			active: false,
		});
		expect(held('ada@example.com').fields.active).toBe(false);
	});

	it('is never left active by a row that says so', async () => {
		const { out, calls } = await remove({ ...row, active: true });
		expect(out[0].status).toBe('saved');
		expect(calls[0].body.active).toBe(false);
	});
});

describe('reading', () => {
	it('takes the list under its name in any capitals, and as a bare list', async () => {
		const bodies = [
			{ TalentUsers: [{ Username: 'a', FirstName: 'A' }] },
			{ talentUsers: [{ username: 'a', firstName: 'A' }] },
			[{ UserName: 'a', FIRSTNAME: 'A' }],
		];
		for (const body of bodies) {
			sandbox.faults.add({ kind: 'status', status: 200, body, path: BIRDDOGHR_USERS_PATH });
			const { out } = await node('getAll', { parameters: { returnAll: true } });
			expect(out).toEqual([{ username: 'a', firstName: 'A' }]);
		}
	});

	it('lists users as text that people can read', async () => {
		const { out, calls } = await node('getAll', { parameters: { returnAll: true } });
		expect(sentTo(calls)).toEqual([`GET ${BIRDDOGHR_USERS_PATH}`]);
		expect(out[0]).toMatchObject({
			username: MONA.username,
			firstName: 'Mona',
			employeeId: 'E-Practice-Mona',
			active: true,
		});
	});

	it('gives one user, and never another one than was asked for', async () => {
		const read = (talentUser: string) => node('get', { parameters: { talentUser } });
		expect((await read(OMAR.username)).out[0]).toMatchObject({ firstName: 'Omar' });
		await expect(read('nobody@example.com')).rejects.toThrow('without the talent user');
		sandbox.faults.add({
			kind: 'status',
			status: 200,
			body: { TalentUsers: [{ Username: MONA.username }] },
			method: 'GET',
			path: BIRDDOGHR_USER_PATH,
		});
		await expect(read(OMAR.username)).rejects.toThrow('without the talent user');
	});

	it.each([
		['jobCandidate', { days: 0 }, '/v2/JobCandidates?numdays=0', { FirstName: 'Cara' }],
		[
			'onboardingEmployee',
			{ status: 'Complete', filters: { searchDate: '01/31/2026', searchDateType: 'hiredate' } },
			'/v2/Employees?disp=Complete&SearchDate=01%2F31%2F2026&SearchDateType=hiredate',
			{ FirstName: 'Olga' },
		],
	])('lists records of %s as they come', async (resource, given, path, first) => {
		const parameters = { resource, returnAll: true, ...given } as IDataObject;
		const { out, calls } = await node('getAll', { parameters });
		expect(sentTo(calls)).toEqual([`GET ${path}`]);
		expect(out[0]).toMatchObject(first);
	});

	it('tells in a dry run who would be made and who changed', async () => {
		const items = [{ ...ADA, username: OMAR.username }, ADA];
		const { out, calls } = await node('bulkSave', { items, parameters: { validateOnly: true } });
		expect(out.map(({ status }) => status)).toEqual(['wouldUpdate', 'wouldCreate']);
		expect(calls.every(({ line }) => line.startsWith('GET '))).toBe(true);
	});

	it('that is refused leaves a dry run as it was, with one word about it', async () => {
		sandbox.faults.add({ kind: 'status', status: 405, method: 'GET', times: 'always' });
		const { out, hints, calls } = await node('bulkSave', {
			items: [person(1), person(2), person(3)],
			parameters: { validateOnly: true },
		});
		expect(out.map(({ status }) => status)).toEqual(['wouldSave', 'wouldSave', 'wouldSave']);
		expect(hints.filter((hint) => hint.includes('could not be looked up'))).toHaveLength(1);
		expect(calls).toHaveLength(1);
	});

	it('settles a row whose answer stays lost', async () => {
		const lost = { kind: 'status', status: 503, method: 'POST', times: 'always' } as const;
		sandbox.faults.add({ ...lost, applied: true, path: BIRDDOGHR_USER_PATH });
		const { out } = await node('create', {
			items: [ADA],
			parameters: { technicalOptions: { maxWaitSeconds: 0 } },
		});
		expect(out[0].status).toBe('saved');
	});
});

describe('empty values', () => {
	it('clear nothing: they are not sent', async () => {
		const { calls } = await node('upsert', {
			items: [{ ...ADA, phone1: '', jobTitle: null, department: '  ' }],
		});
		expect(Object.keys(calls[0].body).sort()).toEqual(Object.keys(ADA).sort());
	});

	it('are sent for the fields to clear only', async () => {
		const items = [{ ...ADA, username: MONA.username }];
		await node('upsert', {
			items,
			parameters: { options: { fieldsToClear: ['phone1', 'jobTitle'] } },
		});
		expect(held(MONA.username).fields).not.toHaveProperty('phone1');
		expect(held(MONA.username).fields).not.toHaveProperty('jobTitle');
	});

	it('of a required field fail before anything is sent', async () => {
		const { out, all } = await node('upsert', { items: [{ ...ADA, jobCode: '' }] });
		expect(out[0]).toMatchObject({ status: 'failed', errors: [{ field: 'Job Code' }] });
		expect(all).toEqual([]);
	});
});

describe('values in the form of the documents', () => {
	it('dates go out as timestamps, and a timestamp keeps its day', async () => {
		const { calls, out } = await node('bulkSave', {
			items: [
				person(1, { hireDate: '2025-01-21T19:28:12.0951407-06:00' }),
				person(2, { hireDate: '31.12.2025', lastRaiseDate: '2026-02-28' }),
			],
		});
		expect(calls.map(({ body }) => body.hireDate)).toEqual([
			'2025-01-21T00:00:00Z',
			'2025-12-31T00:00:00Z',
		]);
		expect(out.map(({ status }) => status)).toEqual(['saved', 'saved']);
	});

	it('amounts are numbers, with two decimals at most', async () => {
		const { calls } = await node('upsert', { items: [{ ...ADA, salary: '52000.5' }] });
		expect(calls[0].body.salary).toBe(52000.5);
		const { out } = await node('upsert', { items: [{ ...ADA, lastRaiseAmount: 1.005 }] });
		expect(out[0]).toMatchObject({ status: 'failed', errors: [{ field: 'Last Raise Amount' }] });
	});

	it.each<[string, string, string, string]>([
		['lastName', 'of 51 characters', 'x'.repeat(51), 'Last Name'],
		['email', 'of 226 characters', `${'x'.repeat(214)}@example.com`, 'Email'],
		['email', 'without @', 'ada at example', 'Email'],
		['username', 'of 151 characters', 'x'.repeat(151), 'Username'],
		['ssoUserName', 'of 129 characters', 'x'.repeat(129), 'SSO User Name'],
		['middleInitial', 'of two', 'AB', 'Middle Initial'],
		['gender', 'outside the list', 'unknown', 'Gender'],
		['active', 'that is no yes or no', 'perhaps', 'Active'],
		['phone2', 'without digits', 'at the desk', 'Phone 2'],
		['phone1', 'with a plus', '+1 515 555 0100', 'Phone 1'],
		['phone3', 'with an extension', '515 555 0100 x12', 'Phone 3'],
	])('%s %s is refused here', async (field, _, value, label) => {
		const { out, all } = await node('upsert', { items: [{ ...ADA, [field]: value }] });
		expect(out[0]).toMatchObject({ status: 'failed', errors: [{ field: label }] });
		expect(all).toEqual([]);
	});

	it('phones are digits only, as the documents call them numeric: marks between digits are left out', async () => {
		const { calls, out } = await node('upsert', {
			items: [{ ...ADA, phone1: '(515) 555-0100', phone2: 5155550101, phone3: '515.555.0102' }],
		});
		expect(out[0].status).toBe('saved');
		expect(calls[0].body).toMatchObject({
			phone1: '5155550100',
			phone2: '5155550101',
			phone3: '5155550102',
		});
	});

	it('an address of 225 characters is taken', async () => {
		const { out } = await node('upsert', {
			items: [{ ...ADA, email: `${'x'.repeat(213)}@example.com` }],
		});
		expect(out[0].status).toBe('saved');
	});
});

describe('gender or sex', () => {
	const asSex = { parameters: { options: { genderName: 'sex' } } };
	const rows = [
		['gender', { gender: 'female' }],
		['sex', { sex: 'female' }],
		['a header', { Geschlecht: 'female' }],
	] as const;

	it.each(rows)('goes out as gender unless told otherwise, given as %s', async (_, given) => {
		const { calls } = await node('bulkSave', { items: [person(1, given)] });
		expect(calls[0].body.gender).toBe('Female');
		expect(calls[0].body).not.toHaveProperty('sex');
		expect(held('p1@example.com').fields.gender).toBe('Female');
	});

	it.each(rows)('goes out as sex by the option, given as %s', async (_, given) => {
		const { calls, out } = await node('bulkSave', { items: [person(1, given)], ...asSex });
		expect(calls[0].body.sex).toBe('Female');
		expect(calls[0].body).not.toHaveProperty('gender');
		expect(out[0].status).toBe('saved');
	});

	it('from the column mapper goes out by the option too', async () => {
		const columns = { mappingMode: 'defineBelow', value: { ...ADA, gender: 'Male' } };
		const { calls } = await node('upsert', {
			parameters: { columns, options: { genderName: 'sex' } },
		});
		expect(calls[0].body.sex).toBe('Male');
	});

	it('is cleared under the chosen name', async () => {
		const { calls } = await node('upsert', {
			items: [ADA],
			parameters: { options: { genderName: 'sex', fieldsToClear: ['gender'] } },
		});
		expect(calls[0].body.sex).toBe('');
	});

	it('in one row under both names is refused', async () => {
		const { out, all } = await node('upsert', { items: [{ ...ADA, gender: 'Male', sex: 'Male' }] });
		expect(out[0]).toMatchObject({ status: 'failed', errors: [{ code: 'CONFLICT' }] });
		expect(all).toEqual([]);
	});

	it('under the other name may be dropped without a word', async () => {
		await node('upsert', { items: [{ ...ADA, gender: 'Male' }], ...asSex });
		expect(held('ada@example.com').ignoredKeys).toEqual(['sex']);
	});
});

it('groups are joined and left by code', async () => {
	await node('upsert', {
		items: [
			{ ...ADA, username: MONA.username, addToGroups: ['CREW-7'], removeFromGroups: 'SAFETY' },
		],
	});
	expect(held(MONA.username).groups).toEqual(['CREW-7']);
});

describe.each(['bulkSave', 'import'])('%s with managers among the rows', (operation) => {
	const boss = person(1);
	const lead = person(2, { manager: `${nameOf(1)} Test` });
	const crew = person(3, { manager: `${nameOf(2).toLowerCase()}  test` });

	it('sends them before their reports, and keeps the order of the outcomes', async () => {
		const { calls, out } = await node(operation, { items: [lead, boss] });
		expect(calls.map(({ body }) => body.username)).toEqual([boss.username, lead.username]);
		expect(out.map(({ row, status }) => [row, status])).toEqual([
			[1, 'saved'],
			[2, 'saved'],
		]);
	});

	it('goes down level by level', async () => {
		const { calls } = await node(operation, { items: [crew, lead, boss] });
		expect(calls.map(({ body }) => body.username)).toEqual([
			boss.username,
			lead.username,
			crew.username,
		]);
	});

	it('tells, in a dry run too, whose manager is not among them', async () => {
		const parameters = { options: { validateOnly: true } };
		const { calls, hints } = await node(operation, { items: [boss, lead, crew], parameters });
		expect(calls.filter(({ line }) => !line.startsWith('GET '))).toEqual([]);
		expect(hints).toEqual([
			'"Manager" of row 1 names somebody who is not saved by this run and so must be in the service already. Otherwise the service refuses the row.',
			'3 of 3 rows would be created.',
		]);
	});

	it('names those who wait for each other and sends nothing for them', async () => {
		const { calls, out } = await node(operation, {
			items: [person(1, { manager: `${nameOf(2)} Test` }), lead, person(4)],
		});
		expect(calls.map(({ body }) => body.username)).toEqual(['p4@example.com']);
		expect(out.map(({ status }) => status)).toEqual(['failed', 'failed', 'saved']);
		expect(out[0].errors[0]).toMatchObject({ code: 'CIRCULAR_RELATION', field: 'Manager' });
	});
});

describe('batches', () => {
	const batch = { parameters: { options: { requestMode: 'batch' } } };

	it('carry fifty rows as a list, for one token', async () => {
		const items = Array.from({ length: 51 }, (_, n) => person(n));
		const { all, calls, out } = await node('bulkSave', { items, ...batch });
		expect(sentTo(calls)).toEqual([`POST ${BIRDDOGHR_USERS_PATH}`, `POST ${BIRDDOGHR_USERS_PATH}`]);
		expect([calls[0].body.length, calls[1].body.length]).toEqual([50, 1]);
		expect(all).toHaveLength(4);
		expect(out.every(({ status }) => status === 'saved')).toBe(true);
	});

	it('with managers among the rows are cut so that these are there first', async () => {
		const { calls, out } = await node('bulkSave', {
			items: [person(2, { manager: `${nameOf(1)} Test` }), person(1)],
			...batch,
		});
		expect(calls.map(({ body }) => body.map(({ username }) => username))).toEqual([
			['p1@example.com'],
			['p2@example.com'],
		]);
		expect(out.map(({ status }) => status)).toEqual(['saved', 'saved']);
	});

	it('with an error leave all their rows unknown, since it names none, and are not sent again', async () => {
		const items = [person(1), person(2, { jobCode: 'NONE' }), person(3)];
		const { calls, out } = await node('bulkSave', { items, ...batch });
		expect(calls).toHaveLength(1);
		expect(out.map(({ status }) => status)).toEqual(['unknown', 'unknown', 'unknown']);
		expect(out[0].errors.map(({ code }) => code)).toEqual(['REFUSED', 'NOT_LOCATED']);
		expect(truth().created).toBe(2);
	});

	it.each([
		[
			[
				{ status: 'Sucessful', messages: [] },
				{ status: 'Sucessful', messages: [] },
			],
			'saved',
		],
		// Shorter than the batch: nobody knows whose answer is missing.
		[[{ status: 'Sucessful', messages: [] }], 'unknown'],
		[
			[
				{ status: 'Error', messages: ['bad'] },
				{ status: 'Sucessful', messages: [] },
			],
			'unknown',
		],
		[[], 'unknown'],
	])('may be answered with a list: %j', async (body, expected) => {
		const { out } = await node('bulkSave', {
			items: [person(1), person(2)],
			...batch,
			service: ({ url }) => ({
				status: 200,
				body: url.endsWith(BIRDDOGHR_TOKEN_PATH) ? { token: 't' } : body,
			}),
		});
		expect(out.map(({ status }) => status)).toEqual([expected, expected]);
	});
});

describe('an answer that is lost', () => {
	it('is asked for again, since the same user results', async () => {
		sandbox.faults.add({ kind: 'cutAfter', path: BIRDDOGHR_USER_PATH });
		const { out } = await node('upsert', {
			items: [ADA],
			parameters: { options: { maxWaitSeconds: 5 } },
		});
		expect(out[0].status).toBe('saved');
		expect(truth().record('ada@example.com')).toMatchObject({ created: 1, updated: 1 });
	});
});

describe('API Request', () => {
	it('signs in like every other call', async () => {
		const { out, all } = await node('apiRequest', {
			parameters: { method: 'GET', path: BIRDDOGHR_DOCUMENTS_PATH, query: '{"employeeId": "E 1"}' },
		});
		expect(out).toEqual([{ documents: [], query: { employeeId: 'E 1' } }]);
		expect(sentTo(all)).toEqual([
			`POST ${BIRDDOGHR_TOKEN_PATH}`,
			`GET ${BIRDDOGHR_DOCUMENTS_PATH}?employeeId=E%201`,
		]);
	});

	it('can save a row as it is', async () => {
		const body = { ...ADA, username: OMAR.username, hireDate: '2026-03-31T00:00:00Z' };
		const { out } = await node('apiRequest', {
			parameters: { method: 'POST', path: BIRDDOGHR_USER_PATH, body: JSON.stringify(body) },
		});
		expect(out).toEqual([{ status: 'Sucessful', messages: [] }]);
		expect(truth().savesOf(OMAR.username)).toBe(1);
	});

	it('of the sign-in itself gets no secrets, and so no token', async () => {
		const asking = node('apiRequest', {
			parameters: { method: 'POST', path: BIRDDOGHR_TOKEN_PATH, body: '{}' },
		});
		await expect(asking).rejects.toThrow();
	});
});
