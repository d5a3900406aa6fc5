import type { ListEndpoint, SaveOperation, WriteEndpoint } from '../../../nodes/shared/definition';
import { checkVendor } from '../../../nodes/shared/definition/check';
import { verdictOf } from '../../../nodes/shared/write/verdict';
import { collective } from '../../../nodes/Collective/collective.vendor';
import { application } from '../../../nodes/Collective/resources/application';
import { job } from '../../../nodes/Collective/resources/job';
import { talent } from '../../../nodes/Collective/resources/talent';

const importCall = talent.endpoints.import as WriteEndpoint;
const createCall = job.endpoints.create as WriteEndpoint;
const updateCall = job.endpoints.update as WriteEndpoint;
const operation = (of: typeof talent, name: string) => of.operations[name] as SaveOperation;
const requiredFor = (of: typeof talent, purpose: 'create' | 'patch') =>
	Object.entries(of.fields)
		.filter(([, { required }]) => required?.includes(purpose))
		.map(([name]) => name);

it('obeys the rules of definitions', () => {
	expect(checkVendor(collective)).toEqual([]);
});

it('uses the six calls that are documented in full, and no other', () => {
	const calls = collective.resources.flatMap(({ endpoints }) =>
		Object.values(endpoints).map(({ request: { method, path }, basis, source }) => ({
			call: `${method} ${path}`,
			basis,
			documented: source.startsWith('https://docs.collective.work/api-reference/endpoint/'),
		})),
	);
	expect(calls.map(({ call }) => call)).toEqual([
		'POST /my-talents/import',
		'DELETE /my-talents/import',
		'POST /job',
		'PUT /job',
		'GET /job/applications',
		'GET /job/application',
	]);
	expect(calls.every(({ basis, documented }) => basis === 'documented' && documented)).toBe(true);
});

describe('talents', () => {
	it('have the fields of the page, without the deprecated address of a résumé', () => {
		expect(Object.keys(talent.fields).sort()).toEqual(
			[
				'internalUserId',
				'linkedInUrl',
				'resume',
				'firstname',
				'lastname',
				'pictureUrl',
				'atsUrl',
				'emails',
				'phones',
				'notes',
				'links',
				'dailyRate',
				'yearlySalaryMin',
				'yearlySalaryMax',
				'workPreference',
				'location',
				'desiredContractType',
			].sort(),
		);
	});

	it('need nothing but your own ID, and the LinkedIn URL or the résumé', () => {
		expect(requiredFor(talent, 'patch')).toEqual(['internalUserId']);
		expect(requiredFor(talent, 'create')).toEqual(['internalUserId']);
		expect(talent.rules).toEqual([
			{ anyOf: ['linkedInUrl', 'resume'] },
			{ together: ['yearlySalaryMin', 'yearlySalaryMax'] },
		]);
	});

	it('are all written by the one call, which is never repeated', () => {
		expect(importCall.repeatable).toBe(false);
		const { delete: remove, ...writing } = talent.operations;
		expect(remove).toMatchObject({ route: 'remove', destructive: true });
		expect(Object.values(writing).map((each) => each as SaveOperation)).toEqual(
			['upsert', 'create', 'update', 'bulkSave', 'import'].map(() =>
				expect.objectContaining({ does: 'save', route: 'import' }),
			),
		);
	});

	it('are called created or updated by the word of the answer, and keep the user ID', () => {
		const judge = (status: string) =>
			verdictOf(importCall.outcome, { userId: 'cm71', status }, [{ key: 'A' }]);
		expect(judge('created')).toEqual([
			{ status: 'saved', action: 'created', id: 'cm71', vendor: { userId: 'cm71' } },
		]);
		expect(judge('updated')).toMatchObject([{ action: 'updated' }]);
	});

	it('say in label and notice that create and update are one call', () => {
		expect(operation(talent, 'create').label).toBe('Create (Overwrites Existing)');
		expect(operation(talent, 'update').label).toBe('Update (Creates if Missing)');
		expect(operation(talent, 'create').notice).toMatch(/^A talent that exists is overwritten\./);
		expect(operation(talent, 'update').notice).toMatch(/^A missing talent is created\./);
	});

	it('leave room for the other fields beside the largest file in base64', () => {
		const { maxBytes = Infinity } = talent.fields.resume.file ?? {};
		expect(Math.ceil(maxBytes / 3) * 4 + 100_000).toBeLessThan(importCall.maxBytes ?? 0);
	});

	it('cannot be cleared in any field, since Collective does not say how', () => {
		expect(Object.values(talent.fields).filter(({ clearWith }) => clearWith)).toEqual([]);
	});
});

describe('jobs', () => {
	it('need a description when they are made and an ID when they are changed', () => {
		expect(requiredFor(job, 'create')).toEqual(['description']);
		expect(requiredFor(job, 'patch')).toEqual(['id']);
	});

	it('are posted once, and may be changed again', () => {
		expect(createCall.repeatable).toBe(false);
		expect(updateCall.repeatable).toBe(true);
	});

	it('take account, internal ID and questions at creation only', () => {
		expect(operation(job, 'create').except).toEqual(['id']);
		expect([...(operation(job, 'update').except ?? [])].sort()).toEqual([
			'accountEmail',
			'internalJobId',
			'questions',
		]);
	});

	it('mark what could be read in an example only', () => {
		const weak = Object.entries(job.fields).filter(([, { evidence }]) => evidence);
		expect(weak.map(([name]) => name)).toEqual(['workPreferences']);
		expect(job.fields.workPreferences).toMatchObject({ values: ['ON_SITE'], openValues: true });
	});

	it('spell a freelance contract otherwise than talents do', () => {
		expect(job.fields.contractType.values).toContain('FREELANCE');
		expect(talent.fields.desiredContractType.values).toContain('FREELANCER');
	});
});

describe('applications', () => {
	it('come in one answer, of one job', () => {
		const { paging, records, parameters } = application.endpoints.list as ListEndpoint;
		expect(paging).toEqual({ by: 'none' });
		expect(records).toBe('applications');
		expect(parameters?.jobId).toMatchObject({ in: 'query', name: 'id', required: true });
	});

	it('are called applications, never talents', () => {
		expect(talent.operations.getAll).toBeUndefined();
		expect(talent.silent?.getAll).toMatch(/^No page .* that could be read/);
	});
});

it('gives the reason for what is named in a guide but could not be read', () => {
	expect(job.silent?.get).toMatch(/could not be read/);
	expect(job.silent?.delete).toMatch(/could not be read/);
});

it.each([
	[
		{ baseUrl: 'https://api.collective.work', environment: 'production' },
		'https://api.collective.work/production/v1',
	],
	[
		{ baseUrl: ' https://proxy.example/collective// ', environment: ' /my env/ ' },
		'https://proxy.example/collective/my%20env/v1',
	],
	[
		{ baseUrl: 'https://api.collective.work', environment: 'a/b?c' },
		'https://api.collective.work/a%2Fb%3Fc/v1',
	],
	[{ environment: 'production' }, ''],
])('%j is at %s', (credential, address) => {
	expect(collective.baseUrl(credential)).toBe(address);
});
