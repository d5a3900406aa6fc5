import { startSandbox, type Sandbox } from '../../sandbox';
import {
	COLLECTIVE_EXISTING_JOBS,
	COLLECTIVE_EXISTING_USERS,
	COLLECTIVE_SANDBOX_ENVIRONMENT,
	type CollectiveJob,
	type CollectiveTalent,
} from '../../sandbox/collective';
import { inlineFile } from '../../support/fakeContext';
import { credentialFor, run } from './node';

/** Each trap of the vendor's documents, through the node and against the local Collective. */

// Ten megabytes pass through here, which on a busy machine takes longer than jest's five seconds.
jest.setTimeout(30_000);

let sandbox: Sandbox;
let baseUrl: string;
beforeAll(async () => {
	sandbox = await startSandbox({ vendors: ['collective'] });
	baseUrl = sandbox.baseUrl('collective');
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const truth = () => sandbox.truth('collective');
const talent = (key: string) => truth().record(key)?.value as CollectiveTalent;
const job = (key: string) => truth().record(key)?.value as CollectiveJob;
const [KNOWN] = COLLECTIVE_EXISTING_USERS;
const [KNOWN_JOB, JOB_WITHOUT_APPLICANTS] = COLLECTIVE_EXISTING_JOBS;

const linkedInUrl = 'https://www.linkedin.com/in/ada';
const ada = (more: object = {}) => ({ internalUserId: 'ada', linkedInUrl, ...more });

describe('removing talents', () => {
	const remove = (ids: string[], options: object = {}, more: object = {}) =>
		run(baseUrl, 'delete', {
			items: ids.map(() => ({})),
			byItem: { internalUserId: ids },
			parameters: { options: { confirmDeleteCount: ids.length, ...options } },
			...more,
		});
	const [ONE, OTHER] = COLLECTIVE_EXISTING_USERS;

	it('takes one DELETE with all IDs, and each row is decided by the list that names it', async () => {
		const { out, requests } = await remove([ONE, 'nobody', OTHER]);
		expect(requests).toEqual([
			{
				line: 'DELETE /practice%20live/v1/my-talents/import',
				query: [],
				body: { internalUserIds: [ONE, 'nobody', OTHER] },
			},
		]);
		expect(out.map(({ status }) => status)).toEqual(['saved', 'failed', 'saved']);
		expect(out[1].errors[0].code).toBe('NOT_FOUND');
		expect(truth().record(ONE)?.deleted).toBe(1);
	});

	it('in many requests where there are many, none with more than a hundred', async () => {
		const ids = Array.from({ length: 250 }, (_, n) => `gone-${n}`);
		const { requests } = await remove(ids);
		const sizes = requests.map(({ body }) => (body.internalUserIds as string[]).length);
		expect(sizes).toEqual([100, 100, 50]);
	});

	it('is halved where one request is refused, until the bad row is alone', async () => {
		const ids = [ONE, ' ', OTHER, 'x'].map((id, at) => (at === 1 ? 'bad' : id));
		sandbox.faults.add({ kind: 'status', status: 413, times: 1, vendor: 'collective' });
		const { out, requests } = await remove(ids);
		expect(requests.map(({ body }) => (body.internalUserIds as string[]).length)).toEqual([
			4, 2, 2,
		]);
		expect(out.map(({ status }) => status)).toEqual(['saved', 'failed', 'saved', 'failed']);
	});

	it('says that it cannot tell, when the answer was lost and the second one does not know the ID', async () => {
		sandbox.faults.add({ kind: 'status', status: 503, applied: true, vendor: 'collective' });
		const { out } = await remove([ONE, 'nobody']);
		expect(out.map(({ status }) => status)).toEqual(['unknown', 'unknown']);
		expect(out[0].errors[0].message).toContain('cannot be told');
	});

	it('leaves open what neither list names, and asks once more', async () => {
		const body = { deleted: [ONE], notFound: [] };
		sandbox.faults.add({ kind: 'status', status: 200, body, times: 'always' });
		const { out, requests } = await remove([ONE, OTHER]);
		expect(out.map(({ status }) => status)).toEqual(['saved', 'unknown']);
		expect(requests.map(({ body }) => body.internalUserIds)).toEqual([[ONE, OTHER], [OTHER]]);
	});

	it('of more than ten wants their number', async () => {
		const ids = Array.from({ length: 11 }, (_, n) => `gone-${n}`);
		await expect(remove(ids, { confirmDeleteCount: 0 })).rejects.toThrow('Confirm Delete Count');
	});

	it('by an agent is one person at most', async () => {
		const type = 'n8n-nodes-talent.collectiveTool';
		await expect(remove([ONE, OTHER], {}, { type })).rejects.toThrow('An agent may write 1 record');
	});
});

describe('talents', () => {
	it('one person per request: an object, not a list, though the page speaks of users', async () => {
		const { requests, out } = await run(baseUrl, 'bulkSave', {
			items: [ada(), ada({ internalUserId: 'bob' }), ada({ internalUserId: 'eve' })],
		});
		expect(requests).toHaveLength(3);
		for (const { line, body } of requests) {
			expect(line).toBe('POST /practice%20live/v1/my-talents/import');
			expect(body).toMatchObject({ linkedInUrl });
		}
		expect(out.map(({ status }) => status)).toEqual(['saved', 'saved', 'saved']);
		expect(truth().created).toBe(3);
	});

	it('created or updated is what the answer says, and the user ID is kept', async () => {
		const { out } = await run(baseUrl, 'bulkSave', {
			items: [ada(), ada({ internalUserId: KNOWN })],
		});
		expect(out).toMatchObject([
			{ key: 'ada', status: 'saved', action: 'created', vendor: { userId: talent('ada').userId } },
			{ key: KNOWN, status: 'saved', action: 'updated' },
		]);
	});

	it('create only and update only do not exist: the result is shown and a hint given', async () => {
		const created = await run(baseUrl, 'create', { items: [ada({ internalUserId: KNOWN })] });
		expect(created.out[0]).toMatchObject({ status: 'saved', action: 'updated' });
		expect(created.hints).toHaveLength(1);
		const updated = await run(baseUrl, 'update', { items: [ada()] });
		expect(updated.out[0]).toMatchObject({ status: 'saved', action: 'created' });
		expect(updated.hints).toHaveLength(1);
	});

	it('an update too needs the LinkedIn URL or the résumé again', async () => {
		const { out, requests } = await run(baseUrl, 'update', {
			items: [{ internalUserId: KNOWN, firstname: 'Ada' }],
		});
		expect(out[0].errors).toEqual([
			{
				code: 'RULE',
				field: 'LinkedIn URL',
				message: '"LinkedIn URL" or "Résumé" is needed. Add a value for one of them.',
			},
		]);
		expect(requests).toEqual([]);
	});

	it('the deprecated address of a résumé is no field, and does not count as one', async () => {
		const { out, requests } = await run(baseUrl, 'upsert', {
			items: [{ internalUserId: 'ada', resumeUrl: 'https://files.example.com/cv.pdf' }],
			parameters: { unknownFields: 'error' },
		});
		expect(out[0].errors.map(({ code }) => code)).toEqual(['UNKNOWN_FIELD', 'RULE']);
		expect(requests).toEqual([]);
	});

	it.each([{ yearlySalaryMin: 45000 }, { yearlySalaryMax: 65000 }])(
		'salary limits go together: %j is refused',
		async (salary) => {
			const { out, requests } = await run(baseUrl, 'upsert', { items: [ada(salary)] });
			expect(out[0]).toMatchObject({ status: 'failed', errors: [{ code: 'RULE' }] });
			expect(requests).toEqual([]);
		},
	);

	it('amounts are cents in text: 500.5 in currency is "50050", without rounding errors', async () => {
		const { out } = await run(baseUrl, 'upsert', {
			items: [
				ada({ dailyRate: 500.5, yearlySalaryMin: 45000, yearlySalaryMax: '65000.00' }),
				ada({ internalUserId: 'bob', dailyRate: 1.1 }),
			],
		});
		expect(out.map(({ status }) => status)).toEqual(['saved', 'saved']);
		expect(talent('ada')).toMatchObject({
			dailyRate: '50050',
			yearlySalaryMin: '4500000',
			yearlySalaryMax: '6500000',
		});
		expect(talent('bob').dailyRate).toBe('110');
	});

	it('an amount typed into the column mapper is currency, though n8n hands it over as text', async () => {
		await run(baseUrl, 'upsert', {
			parameters: {
				columns: { mappingMode: 'defineBelow', value: ada({ dailyRate: '500' }) },
			},
		});
		expect(talent('ada').dailyRate).toBe('50000');
	});

	it("an amount in Collective's own spelling passes unchanged in a row that can only be Collective's", async () => {
		const links = [{ name: 'GitHub', url: 'https://example.com' }];
		await run(baseUrl, 'upsert', { items: [ada({ dailyRate: '50000', links })] });
		expect(talent('ada').dailyRate).toBe('50000');
	});

	it('an amount that may be cents or not is refused', async () => {
		const { out } = await run(baseUrl, 'upsert', { items: [ada({ dailyRate: '500' })] });
		expect(out[0].errors).toMatchObject([{ code: 'AMBIGUOUS_VALUE', field: 'Daily Rate' }]);
	});

	it.each([
		['more than two decimals', { dailyRate: 0.005 }],
		['an unknown preference', { workPreference: 'ON_SITE' }],
		["the job's word for freelance", { desiredContractType: ['FREELANCE'] }],
	])('%s is refused before anything is sent', async (_, wrong) => {
		const { out, requests } = await run(baseUrl, 'upsert', { items: [ada(wrong)] });
		expect(out[0]).toMatchObject({ status: 'failed', errors: [{ code: 'INVALID_VALUE' }] });
		expect(requests).toEqual([]);
	});

	it("notes and links are lists, in Collective's shape or from flat columns", async () => {
		const notes = [
			{ content: 'One, two', timestamp: '2024-03-15T14:30:00Z', email: 'hr@example.com' },
			{ content: 'Three' },
		];
		const links = [{ name: 'GitHub', url: 'https://github.com/ada' }];
		await run(baseUrl, 'bulkSave', {
			items: [
				ada({ notes, links }),
				{
					'Internal User ID': 'bob',
					'LinkedIn URL': linkedInUrl,
					Note: 'Strong, and kind',
					'Link Name': 'GitHub',
					'Link URL': 'https://github.com/bob',
				},
			],
		});
		expect(talent('ada')).toMatchObject({ notes, links });
		expect(talent('bob')).toMatchObject({
			notes: [{ content: 'Strong, and kind' }],
			links: [{ name: 'GitHub', url: 'https://github.com/bob' }],
		});
	});

	it('one note and one link are typed into the column mapper without JSON', async () => {
		const value = ada({
			noteContent: 'Strong, and kind',
			noteTimestamp: '2024-03-15 14:30',
			linkName: 'GitHub',
			linkUrl: 'https://github.com/ada',
		});
		await run(baseUrl, 'upsert', {
			parameters: { columns: { mappingMode: 'defineBelow', value } },
		});
		expect(talent('ada')).toMatchObject({
			notes: [{ content: 'Strong, and kind', timestamp: '2024-03-15T14:30Z' }],
			links: [{ name: 'GitHub', url: 'https://github.com/ada' }],
		});
	});

	it('phones are free text and several addresses may stand in one cell', async () => {
		await run(baseUrl, 'upsert', {
			items: [ada({ phones: ['+33 6 12 34 56 78', '06 98 76 54 32'], emails: 'a@x.com; b@x.com' })],
		});
		expect(talent('ada')).toMatchObject({
			phones: ['+33 6 12 34 56 78', '06 98 76 54 32'],
			emails: ['a@x.com', 'b@x.com'],
		});
	});

	it('a repeated import may add notes twice, so one that stays without answer is unknown and sent once', async () => {
		sandbox.faults.add({ kind: 'cutAfter', vendor: 'collective' });
		const { out } = await run(baseUrl, 'bulkSave', {
			items: [ada({ notes: [{ content: 'Once' }] }), ada({ internalUserId: 'bob' })],
			parameters: { options: { concurrency: 1 } },
		});
		expect(out.map(({ key, status }) => [key, status])).toEqual([
			['ada', 'unknown'],
			['bob', 'saved'],
		]);
		expect(out[0].errors[0].message).toContain('Look it up in the service');
		expect(talent('ada').notes).toEqual([{ content: 'Once' }]);
		expect(truth().savesOf('ada')).toBe(1);
	});
});

describe('a résumé', () => {
	const inField = { options: { resumeBinaryProperty: 'cv' } };
	const pdf = (bytes: number) => {
		const content = Buffer.alloc(bytes, 65);
		content.write('%PDF-1.4 ');
		return content;
	};
	const save = async (content: Buffer) =>
		await run(baseUrl, 'upsert', {
			items: [{ internalUserId: 'ada' }],
			binary: [{ cv: inlineFile(content, 'cv.pdf', 'application/pdf') }],
			parameters: inField,
		});

	it('comes from binary data as plain base64, without a data URI, and counts for the rule', async () => {
		const { out } = await save(pdf(100));
		expect(out[0].status).toBe('saved');
		expect(talent('ada').resume).toBe(pdf(100).toString('base64'));
		expect(talent('ada').resume).toMatch(/^JVBERi0x/);
	});

	it('of 7.4 MB fits into the 10 MB of payload once it is base64', async () => {
		const { out } = await save(pdf(7_400_000));
		expect([out[0].status, out[0].errors]).toEqual(['saved', undefined]);
	});

	it('of 8 MB would be more than 10 MB in base64, so it is not sent', async () => {
		const { out, requests } = await save(pdf(8_000_000));
		expect(out[0].errors[0].message).toBe('"Résumé" is larger than 7.4 MB. Use a smaller file.');
		expect(requests).toEqual([]);
	});

	it.each([
		['a program', Buffer.from('7f454c4602010100000000', 'hex')],
		['an empty file', Buffer.alloc(0)],
	])('that is really %s is refused, whatever its name says', async (_, content) => {
		const { out, requests } = await save(content);
		expect(out[0]).toMatchObject({ status: 'failed', errors: [{ field: 'Résumé' }] });
		expect(requests).toEqual([]);
	});

	it('with a data URI in front is refused', async () => {
		const { out } = await run(baseUrl, 'upsert', {
			items: [{ internalUserId: 'ada', resume: 'data:application/pdf;base64,JVBERi0x' }],
		});
		expect(out[0].errors[0].message).toContain('is not base64 text');
	});
});

describe('jobs', () => {
	it('are posted with a description alone; the answer gives ID and address', async () => {
		const { out, requests } = await run(baseUrl, 'create', {
			resource: 'job',
			items: [{ description: '<p>Build</p>', internalJobId: 'job-9' }],
		});
		expect(requests[0].line).toBe('POST /practice%20live/v1/job');
		expect(out[0]).toMatchObject({
			status: 'saved',
			action: 'created',
			vendor: {
				jobId: job('job-9').jobId,
				jobUrl: expect.stringMatching(/^https:/),
				accountEmail: 'recruiter@example.com',
			},
		});
	});

	it('get the prefix [Sandbox] in the sandbox, so titles there are not what was sent', async () => {
		await run(baseUrl, 'create', {
			resource: 'job',
			credential: credentialFor(baseUrl, COLLECTIVE_SANDBOX_ENVIRONMENT),
			items: [{ description: 'Build', title: 'Builder', internalJobId: 'job-9' }],
		});
		expect(job('job-9').title).toBe('[Sandbox] Builder');
	});

	it('are not posted twice when the answer is lost', async () => {
		sandbox.faults.add({ kind: 'status', status: 503, applied: true, vendor: 'collective' });
		const { out } = await run(baseUrl, 'create', {
			resource: 'job',
			items: [{ description: 'Build' }],
		});
		expect(out[0].status).toBe('unknown');
		expect(truth().created).toBe(1);
	});

	it("are changed by an ID in the body, Collective's or your own", async () => {
		const { out, requests } = await run(baseUrl, 'update', {
			resource: 'job',
			items: [{ id: KNOWN_JOB, expirationDate: '2026-12-31' }],
		});
		expect(requests).toEqual([
			{
				line: 'PUT /practice%20live/v1/job',
				query: [],
				body: { id: KNOWN_JOB, expirationDate: '2026-12-31' },
			},
		]);
		expect(out[0]).toMatchObject({ key: KNOWN_JOB, status: 'saved', action: 'updated' });
		const { jobId } = job(KNOWN_JOB);
		await run(baseUrl, 'update', { resource: 'job', items: [{ id: jobId, language: 'fr' }] });
		expect(job(KNOWN_JOB)).toMatchObject({ expirationDate: '2026-12-31', language: 'fr' });
	});

	it.each([{ internalJobId: 'other' }, { accountEmail: 'x@example.com' }, { questions: ['Why?'] }])(
		'cannot change %j after creation',
		async (fixed) => {
			const { out, requests } = await run(baseUrl, 'update', {
				resource: 'job',
				items: [{ id: KNOWN_JOB, ...fixed }],
				parameters: { unknownFields: 'error' },
			});
			expect(out[0]).toMatchObject({ status: 'failed', errors: [{ code: 'UNKNOWN_FIELD' }] });
			expect(requests).toEqual([]);
		},
	);

	it('are not changed by an ID alone: what is left out may be lost', async () => {
		const { out, requests } = await run(baseUrl, 'update', {
			resource: 'job',
			items: [{ id: KNOWN_JOB }],
		});
		expect(out[0]).toMatchObject({ status: 'failed', errors: [{ code: 'RULE', field: 'Job ID' }] });
		expect(requests).toEqual([]);
	});

	it('spell a freelance contract FREELANCE, not FREELANCER', async () => {
		const { out } = await run(baseUrl, 'create', {
			resource: 'job',
			items: [{ description: 'Build', contractType: 'FREELANCER' }],
		});
		expect(out[0]).toMatchObject({ status: 'failed', errors: [{ field: 'Contract Type' }] });
	});

	it('take other work preferences than the one that could be read', async () => {
		await run(baseUrl, 'create', {
			resource: 'job',
			items: [{ description: 'Build', internalJobId: 'job-9', workPreferences: 'REMOTE_FIRST' }],
		});
		expect(job('job-9').workPreferences).toBe('REMOTE_FIRST');
	});
});

describe('applications', () => {
	const list = async (jobId: string, parameters = {}) =>
		await run(baseUrl, 'getAll', {
			resource: 'application',
			parameters: { jobId, returnAll: true, simplify: true, ...parameters },
		});
	const fullDetails = { options: { fullDetails: true } };

	it('of a job hold ID and time only, in one request', async () => {
		const { out, requests } = await list(KNOWN_JOB);
		expect(requests).toMatchObject([
			{ line: 'GET /practice%20live/v1/job/applications', query: [['id', 'job-001']] },
		]);
		expect(out).toHaveLength(3);
		expect(Object.keys(out[0])).toEqual(['id', 'createdAt']);
	});

	it('of a job without applicants are none', async () => {
		expect((await list(JOB_WITHOUT_APPLICANTS)).out).toEqual([]);
	});

	it('in full cost one more request each and bring the CV as a file', async () => {
		const { out, files, requests } = await list(KNOWN_JOB, fullDetails);
		expect(requests).toHaveLength(4);
		expect(out[1]).toMatchObject({
			firstname: 'Given2',
			email: 'applicant2@example.com',
			// A small i, unlike the field of talents.
			linkedinUrl: 'https://www.linkedin.com/in/applicant2',
			evaluationScore: 82,
			jobName: 'Practice job-001',
		});
		expect(files[1]).toMatchObject({ fileName: 'cv-2.pdf', mimeType: 'application/pdf' });
		expect(Buffer.from(files[1]?.data ?? '', 'base64').toString()).toBe('%PDF-1.4 CV 2');
	});

	it('in full are read up to the limit only', async () => {
		const { requests } = await list(KNOWN_JOB, { ...fullDetails, returnAll: false, limit: 1 });
		expect(requests).toHaveLength(2);
	});

	it('may have no evaluation', async () => {
		const { out } = await list(KNOWN_JOB, fullDetails);
		expect(out[0]).not.toHaveProperty('evaluationScore');
		expect(out[0].questions).toHaveLength(2);
	});

	it('are read one by one, without the base64 of the CV in the json', async () => {
		const [{ id }] = (await list(KNOWN_JOB)).out;
		const { out, files, requests } = await run(baseUrl, 'get', {
			resource: 'application',
			parameters: { applicationId: id, simplify: false },
		});
		expect(requests).toMatchObject([
			{ line: 'GET /practice%20live/v1/job/application', query: [['id', id]] },
		]);
		expect(out[0]).toMatchObject({ id, cv: { fileName: 'cv-1.pdf' }, evaluation: null });
		expect(JSON.stringify(out[0])).not.toContain('JVBER');
		expect(files[0]).toMatchObject({ fileName: 'cv-1.pdf' });
	});

	it('of a job that does not exist fail in the words of the service', async () => {
		const { out } = await run(baseUrl, 'getAll', {
			resource: 'application',
			parameters: { jobId: 'none', returnAll: true },
			onError: 'continueErrorOutput',
		});
		expect(out[0].error.message).toMatch(/^Job not found/);
	});
});
