/** What goes wrong with Eightfold when one trusts it too early; the engine against the local vendor. */
import { atsCandidate } from '../../../nodes/Eightfold/resources/atsCandidate';
import { profile } from '../../../nodes/Eightfold/resources/profile';
import { startSandbox, type Sandbox } from '../../sandbox';
import {
	EIGHTFOLD_AMBIGUOUS_ID,
	EIGHTFOLD_CLAIMED_ID,
	EIGHTFOLD_EXISTING_IDS,
	EIGHTFOLD_OTHER_SYSTEM_ID,
	EIGHTFOLD_REFUSED_TAG,
	EIGHTFOLD_SEEDED,
	EIGHTFOLD_SEEDED_AT,
	EIGHTFOLD_SHARED_ID,
	EIGHTFOLD_SIMILAR_ID,
	EIGHTFOLD_SLOW_TAG,
	EIGHTFOLD_STUCK_TAG,
	EIGHTFOLD_SYSTEM_ID,
	EIGHTFOLD_TRACKING_SYSTEM_ID,
	type EightfoldCandidate,
} from '../../sandbox/eightfold';
import { listAll, saveRows, type SaveOptions } from './practice';

const [FIRST = '', SECOND = ''] = EIGHTFOLD_EXISTING_IDS;

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ vendors: ['eightfold'] });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const truth = () => sandbox.truth('eightfold');
const candidate = (key: string) => truth().record(key)?.value as EightfoldCandidate;
const methods = () =>
	sandbox.ledger.requests.map(({ method, path }) => `${method} ${path.split('/')[4]}`);
const run = (name: string, rows: Array<Record<string, unknown>>, options?: SaveOptions) =>
	saveRows(sandbox, atsCandidate, name, rows, options);
const person = (candidateId: string, more: Record<string, unknown> = {}) => ({
	candidateId,
	firstName: 'Ada',
	emails: 'ada@example.com',
	lastActivityTs: '2026-01-01',
	...more,
});

describe('a write is only accepted', () => {
	it('and saved once its transaction has passed, with the IDs it brings', async () => {
		const { outcomes } = await run('create', [person('A')]);
		expect(outcomes).toEqual([
			{
				key: 'A',
				status: 'saved',
				id: expect.any(String),
				row: 1,
				vendor: {
					transactionId: expect.any(String),
					status: 'PASS',
					efEntityId: expect.any(String),
					externalEntityId: 'A',
				},
			},
		]);
		expect(truth().created).toBe(1);
	});

	it('IN PROGRESS is never saved, whatever the wait', async () => {
		const stuck = person('A', { tags: [EIGHTFOLD_STUCK_TAG] });
		const { outcomes } = await run('create', [stuck]);
		expect(outcomes).toEqual([
			{
				key: 'A',
				status: 'inProgress',
				row: 1,
				vendor: { transactionId: expect.any(String) },
			},
		]);
		expect(truth().savesOf('A')).toBe(0);
	});

	it('is asked about until it ends', async () => {
		const { statuses } = await run('create', [person('A', { tags: [EIGHTFOLD_SLOW_TAG] })]);
		expect(statuses).toEqual(['saved']);
		expect(methods()).toEqual([
			'POST ats-systems',
			'GET transactions',
			'GET transactions',
			'GET transactions',
		]);
	});

	it('is in progress at once when nobody waits', async () => {
		const { statuses } = await run('create', [person('A')], { wait: false });
		expect(statuses).toEqual(['inProgress']);
		expect(methods()).toEqual(['POST ats-systems']);
	});

	it('FAIL is a failure, though it gives no reason', async () => {
		const { outcomes } = await run('create', [person('A', { tags: [EIGHTFOLD_REFUSED_TAG] })]);
		expect(outcomes[0]).toMatchObject({ status: 'failed', vendor: { status: 'FAIL' } });
		expect(outcomes[0].errors?.[0].message).toContain('gives no reason');
	});

	it('an answer without a transaction is unknown, and not sent again', async () => {
		sandbox.faults.add({ kind: 'shortAnswer', method: 'POST', keep: 0 });
		const { statuses } = await run('create', [person('A')]);
		expect(statuses).toEqual(['unknown']);
		expect(methods()).toEqual(['POST ats-systems', 'GET ats-systems']);
	});

	it('a create whose answer is lost is looked up, and not sent again', async () => {
		sandbox.faults.add({ kind: 'status', method: 'POST', status: 503, applied: true });
		expect((await run('create', [person('A')])).statuses).toEqual(['saved']);
		expect(truth().savesOf('A')).toBe(1);

		sandbox.faults.add({ kind: 'status', method: 'POST', status: 503 });
		expect((await run('create', [person('B')])).statuses).toEqual(['unknown']);
		expect(truth().savesOf('B')).toBe(0);
	});

	it('polls come after all writes', async () => {
		const rows = ['A', 'B', 'C'].map((id) => person(id));
		await run('bulkSave', rows, { writeMode: 'create' });
		expect(methods()).toEqual([
			...new Array<string>(3).fill('POST ats-systems'),
			...new Array<string>(3).fill('GET transactions'),
		]);
	});
});

describe('spelling', () => {
	it('several emails and phones become one text with commas', async () => {
		await run('create', [
			person('A', {
				emails: ['a@example.com', 'b@example.com'],
				phones: '+15550100; +15550101',
			}),
		]);
		expect(candidate('A')).toMatchObject({
			emails: 'a@example.com,b@example.com',
			phones: '+15550100,+15550101',
		});
	});

	it.each([
		['2026-01-01', 1767225600],
		['2026-01-01T10:00:00+02:00', 1767254400],
		[1767225600, 1767225600],
		[1767225600000, 1767225600],
	])('%s travels as %i seconds', async (given, seconds) => {
		await run('create', [person('A', { lastActivityTs: given })]);
		expect(candidate('A').lastActivityTs).toBe(seconds);
	});

	it.each(['2038-01-19T03:14:08Z', 2147483648, '2040-01-01'])(
		'%s is more than an int32 can hold, so it is not sent',
		async (given) => {
			const { outcomes } = await run('create', [person('A', { lastActivityTs: given })]);
			expect(outcomes[0].errors?.[0].message).toContain('is not between 1901-12-13 and 2038-01-19');
			expect(sandbox.ledger.requests).toEqual([]);
		},
	);

	it('the last second of an int32 is sent', async () => {
		await run('create', [person('A', { lastActivityTs: '2038-01-19T03:14:07Z' })]);
		expect(candidate('A').lastActivityTs).toBe(2147483647);
	});

	it('a row in the vendor’s own shape passes unchanged', async () => {
		const row = {
			candidateId: 'A',
			firstName: 'Ada',
			emails: 'a@example.com,b@example.com',
			lastActivityTs: 1767225600,
			resumeContent: { isBase64: true, content: 'JVBERi0=', extension: '.pdf' },
			education: [
				{
					degree: 'BSc',
					description: 'Mathematics at home',
					location: 'London',
					major: 'Mathematics',
					school: 'Home',
					startTs: 1567296000,
				},
			],
			applications: [
				{
					applicationId: 'P-1',
					candidateId: 'A',
					applicationTs: 1767225600,
					lastModifiedTs: 1767225601,
					currentStage: {
						wfStage: 'Screening',
						wfSubStage: 'Phone',
						reason: 'Applied',
						stageTs: 1767225600,
						user: { name: 'Recruiter' },
					},
					scorecards: [{ overallRating: 'yes', attributes: [{ rating_label: 'Good' }] }],
				},
			],
			customInfo: { badge: '42' },
		};
		const { statuses } = await run('create', [row]);
		expect(statuses).toEqual(['saved']);
		expect(candidate('A')).toMatchObject(row);
	});

	it('flat columns become a résumé, a note and certificates', async () => {
		await run('create', [
			person('A', {
				Résumé: 'JVBERi0=',
				'Résumé Extension': '.pdf',
				Notes: 'Met at a fair; call back',
				Certifications: 'First Aid, Forklift',
			}),
		]);
		expect(candidate('A')).toMatchObject({
			resumeContent: { content: 'JVBERi0=', extension: '.pdf', isBase64: true },
			notes: [{ body: 'Met at a fair; call back', noteType: 'note' }],
			certifications: [{ certificateName: 'First Aid' }, { certificateName: 'Forklift' }],
		});
	});

	it.each(['veteranStatusStr', 'disabilityStatusStr', 'autoGenerateCandidateId'])(
		'%s in a row is refused before it is sent',
		async (name) => {
			const { outcomes } = await run('create', [person('A', { [name]: 'yes' })]);
			expect(outcomes[0].errors?.[0].code).toBe('UNKNOWN_FIELD');
			expect(sandbox.ledger.requests).toEqual([]);
		},
	);

	it('an ID with a slash stays one part of the address', async () => {
		await run('create', [person('A/1')]);
		const { statuses } = await run('update', [{ candidateId: 'A/1', title: 'Countess' }]);
		expect(statuses).toEqual(['saved']);
		expect(candidate('A/1').title).toBe('Countess');
	});
});

describe('what is required', () => {
	it('is checked before a create is sent', async () => {
		const { outcomes } = await run('create', [{ candidateId: 'A', title: 'Countess' }]);
		expect(outcomes[0].errors?.map(({ field }) => field)).toEqual(['First Name', 'Emails']);
		expect(sandbox.ledger.requests).toEqual([]);
	});

	it('is filled in with the time of the run where it is the last activity', async () => {
		const { statuses } = await run('create', [
			{ candidateId: 'A', firstName: 'Ada', emails: 'ada@example.com' },
		]);
		expect(statuses).toEqual(['saved']);
		// The clock of the harness stands at the first second of 2026.
		expect(candidate('A').lastActivityTs).toBe(Date.parse('2026-01-01T00:00:00Z') / 1000);
	});

	it('is checked when a lookup shows that the candidate is new', async () => {
		const { outcomes } = await run('upsert', [{ candidateId: 'A', title: 'Countess' }]);
		expect(outcomes[0]).toMatchObject({ status: 'failed', errors: [{ code: 'MISSING_VALUE' }] });
		expect(methods()).toEqual(['GET ats-systems']);
	});

	it('is something beside the ID: a patch of nothing is not sent', async () => {
		for (const name of ['update', 'upsert', 'bulkSave', 'import']) {
			const { outcomes } = await run(name, [{ candidateId: FIRST, title: ' ' }]);
			expect(outcomes[0]).toMatchObject({
				status: 'failed',
				errors: [{ code: 'RULE', message: expect.stringContaining('nothing to save') }],
			});
		}
		expect(sandbox.ledger.requests).toEqual([]);
	});

	it('is a course ID or a title in each entry of course attendance', async () => {
		const courses = (courseAttendance: object[]) =>
			run('update', [{ candidateId: FIRST, courseAttendance }]);
		const { outcomes } = await courses([{ title: 'First Aid' }, { status: 'done' }]);
		expect(outcomes[0].errors?.[0].message).toBe(
			'"Course Attendance 2" needs "LMS Course ID" or "Title". Add a value for one of them.',
		);
		expect(sandbox.ledger.requests).toEqual([]);
		expect((await courses([{ title: 'First Aid' }])).statuses).toEqual(['saved']);
	});

	it('is not demanded of an update', async () => {
		expect((await run('update', [{ candidateId: FIRST, title: 'Countess' }])).statuses).toEqual([
			'saved',
		]);
		expect(sandbox.ledger.requests[0].body).toEqual({ title: 'Countess' });
	});

	it('is demanded of a replace, which wipes the rest', async () => {
		expect((await run('replace', [{ candidateId: FIRST, title: 'x' }])).statuses).toEqual([
			'failed',
		]);
		expect((await run('replace', [person(FIRST)])).statuses).toEqual(['saved']);
		expect(candidate(FIRST)).not.toHaveProperty('phones');
	});

	it('an ID is generated in its own tracking system only', async () => {
		const { candidateId: _, ...nameless } = person('A');
		expect((await run('create', [nameless])).statuses).toEqual(['failed']);
		const { outcomes } = await run('createWithGeneratedId', [nameless]);
		expect(outcomes[0]).toMatchObject({
			key: null,
			status: 'saved',
			vendor: { externalEntityId: 'TT-1' },
		});
		const [request] = sandbox.ledger.requests;
		expect(request.path).toContain(`/${EIGHTFOLD_TRACKING_SYSTEM_ID}/`);
		expect(request.body).toMatchObject({ autoGenerateCandidateId: true });
		expect(request.body).not.toHaveProperty('candidateId');
	});
});

describe('create or update', () => {
	it('reads first, then patches what is there and creates what is not', async () => {
		const { statuses } = await run('bulkSave', [person('A'), person(FIRST)], { concurrency: 1 });
		expect(statuses).toEqual(['saved', 'saved']);
		expect(sandbox.ledger.requests.slice(0, 4).map(({ method }) => method)).toEqual([
			'GET',
			'POST',
			'GET',
			'PATCH',
		]);
		expect([truth().created, truth().updated]).toEqual([1, 1]);
		expect(candidate(FIRST).phones).toBe('+15550100,+15550101');
	});

	it('sends nothing when the lookup fails', async () => {
		sandbox.faults.add({ kind: 'status', method: 'GET', status: 403, body: { message: 'no' } });
		await run('bulkSave', [person('A')]).catch(() => undefined);
		expect(truth().records).toEqual([]);
	});

	it('makes one candidate of two items with one ID', async () => {
		const { statuses } = await run('upsert', [person('A'), person('A', { title: 'Countess' })]);
		expect(truth().created).toBe(1);
		expect(statuses[0]).toBe('saved');
	});

	it('Update Only does not create', async () => {
		const { statuses } = await run('bulkSave', [person('A'), person(FIRST)], {
			writeMode: 'update',
		});
		expect(statuses).toEqual(['failed', 'saved']);
		expect(truth().created).toBe(0);
	});

	it('Create Only reads nothing, and an ID that exists fails here', async () => {
		const { statuses } = await run('bulkSave', [person('A'), person(FIRST)], {
			writeMode: 'create',
		});
		expect(statuses).toEqual(['saved', 'failed']);
		expect(truth().updated).toBe(0);
	});

	it('leaves a claimed profile alone unless it is told otherwise', async () => {
		const row = { candidateId: EIGHTFOLD_CLAIMED_ID, title: 'Countess' };
		expect((await run('update', [row])).statuses).toEqual(['failed']);
		const refresh = { parameters: { refreshClaimedProfile: true } };
		expect((await run('update', [row], refresh)).statuses).toEqual(['saved']);
		expect(sandbox.ledger.requests.at(-2)?.query).toEqual({ refreshClaimedProfile: 'true' });
	});

	it('keeps to the requests of a minute, polls included', async () => {
		const rows = Array.from({ length: 40 }, (_, n) => person(`P-${n}`));
		const { port, statuses } = await run('bulkSave', rows, { perMinute: 100 });
		expect(new Set(statuses)).toEqual(new Set(['saved']));
		// A lookup, a create and a poll for each: 120 requests are more than one minute's.
		expect(port.requests).toHaveLength(120);
		expect(port.sleeps.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(60_000);
	});
});

describe('deleting a profile by the ID of a candidate', () => {
	const remove = (atsEntityId: string, systemId = EIGHTFOLD_SYSTEM_ID) =>
		saveRows(sandbox, profile, 'deleteByCandidate', [{ atsEntityId, systemId }]);
	const deletes = () => sandbox.ledger.requests.filter(({ method }) => method === 'DELETE');

	it('finds the one profile, deletes it and waits for the transaction', async () => {
		const { outcomes } = await remove(FIRST);
		expect(outcomes[0]).toMatchObject({ status: 'saved', vendor: { externalEntityId: FIRST } });
		expect(truth().deleted).toBe(1);
		expect(outcomes[0].key).toBe(truth().records[0].key);
		const find = sandbox.ledger.requests[0];
		expect(find.query).toEqual({ atsCandidateId: FIRST, start: '0', limit: '100' });
		expect(deletes()[0].body).toBeUndefined();
	});

	it('tells the systems apart where profiles tell theirs, and leaves similar IDs alone', async () => {
		await remove(EIGHTFOLD_SHARED_ID, EIGHTFOLD_OTHER_SYSTEM_ID);
		const left = await listAll(sandbox, profile, { atsCandidateId: EIGHTFOLD_SHARED_ID });
		expect(left.records.map(({ atsEntityId }) => atsEntityId).sort()).toEqual([
			EIGHTFOLD_SHARED_ID,
			EIGHTFOLD_SIMILAR_ID,
		]);
		expect(left.records[0].atsData).toMatchObject({ systemId: EIGHTFOLD_SYSTEM_ID });
	});

	it.each([
		['two that fit', EIGHTFOLD_AMBIGUOUS_ID, EIGHTFOLD_SYSTEM_ID],
		['none', 'C-SHARED-00', EIGHTFOLD_SYSTEM_ID],
		['one of another system', FIRST, EIGHTFOLD_OTHER_SYSTEM_ID],
	])('deletes nothing when it finds %s', async (_, id, systemId) => {
		expect((await remove(id, systemId)).statuses).toEqual(['failed']);
		expect(deletes()).toEqual([]);
	});
});

it('deletes a profile by its own ID', async () => {
	const { records } = await listAll(sandbox, profile, { atsCandidateId: SECOND });
	const [{ id }] = records;
	const { outcomes } = await saveRows(sandbox, profile, 'delete', [{ id }]);
	expect(outcomes[0]).toMatchObject({ key: id, status: 'saved' });
	expect(truth().record(String(id))?.deleted).toBe(1);
});

describe('profiles that were changed', () => {
	const changed = async (changedSince: number, more: object = {}) =>
		(await listAll(sandbox, profile, { changedSince, ...more })).records;

	it('are asked for in the form of public apps, alone or beside another condition', async () => {
		const all = await changed(EIGHTFOLD_SEEDED_AT);
		expect(all.length).toBeGreaterThan(1);
		expect(await changed(EIGHTFOLD_SEEDED_AT + 1)).toEqual([]);
		const [{ title }] = all;
		const some = await changed(EIGHTFOLD_SEEDED_AT, { filterQuery: `title:${String(title)}` });
		expect(some.length).toBeGreaterThan(0);
		expect(some.every((record) => record.title === title)).toBe(true);
	});
});

it.each(['none', 'ada at example.com', 'ada@example.com, unknown'])(
	'the e-mail address %j is refused before it is sent',
	async (emails) => {
		const { outcomes } = await run('create', [person('A', { emails })]);
		expect(outcomes[0]).toMatchObject({ status: 'failed', errors: [{ field: 'Emails' }] });
		expect(truth().record('A')).toBeUndefined();
	},
);

describe('lists', () => {
	it('go on to the total, whatever the default page size is', async () => {
		const { records, port } = await listAll(sandbox, atsCandidate);
		expect(new Set(records.map(({ candidateId }) => candidateId)).size).toBe(EIGHTFOLD_SEEDED);
		expect(port.requests.map(({ url }) => new URL(url).search)).toEqual([
			'?start=0&limit=100',
			'?start=100&limit=100',
		]);
	});

	it('are empty where there is nobody', async () => {
		const none = await listAll(sandbox, atsCandidate, { systemId: EIGHTFOLD_TRACKING_SYSTEM_ID });
		expect([none.records, none.port.requests.length]).toEqual([[], 1]);
	});

	it('join the names of fields by commas', async () => {
		const { records } = await listAll(sandbox, atsCandidate, {
			query: FIRST,
			keyList: ['candidateId', 'emails'],
		});
		expect(Object.keys(records[0])).toEqual(['candidateId', 'emails']);
	});

	it('that show the same page again end with an error', async () => {
		sandbox.faults.add({ kind: 'repeatedCursor' });
		await expect(listAll(sandbox, atsCandidate)).rejects.toThrow('same page twice');
	});
});
