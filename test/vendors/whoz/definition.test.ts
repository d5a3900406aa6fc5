import { readFileSync } from 'fs';
import { join } from 'path';

import {
	evidenceOf,
	type Field,
	type Fields,
	type ListEndpoint,
	type SaveOperation,
	type WriteEndpoint,
} from '../../../nodes/shared/definition';
import { checkVendor } from '../../../nodes/shared/definition/check';
import { BodyBuilder, bodyBeside } from '../../../nodes/shared/write/request';
import { verdictOf } from '../../../nodes/shared/write/verdict';
import { talent } from '../../../nodes/Whoz/resources/talent';
import { whoz } from '../../../nodes/Whoz/whoz.vendor';

const bulkSave = talent.endpoints.bulkSave as WriteEndpoint;
const list = talent.endpoints.list as ListEndpoint;
const operation = (name: string) => talent.operations[name] as SaveOperation;
const field = (name: string): Field => talent.fields[name];
const member = (name: string, of: string): Field => (field(of).members as Fields)[name];

const sample: unknown = JSON.parse(
	readFileSync(join(__dirname, 'responses/bulk-save.json'), 'utf8'),
);
const rows = (...keys: string[]) => keys.map((key) => ({ key }));
const judge = (body: unknown, ...keys: string[]) =>
	verdictOf(bulkSave.outcome, body, rows(...keys));

it('obeys the rules of definitions', () => {
	expect(checkVendor(whoz)).toEqual([]);
});

describe('bulk save request', () => {
	const talents = [{ externalId: 'EXT-001', lastName: 'Doe-Smith', tags: ['senior'] }];
	const body = (values: Record<string, unknown>): unknown => {
		const builder = new BodyBuilder(bulkSave, values, talent.fields);
		return JSON.parse(builder.join(talents.map((row) => builder.record(row))) as string);
	};

	it('has the shape of the article', () => {
		expect(bulkSave.request).toEqual({ method: 'POST', path: '/api/talent/bulk/save' });
		expect(body({})).toEqual({ data: talents, configuration: { usingPatch: true } });
	});

	it('carries 300 talents at most', () => {
		expect(bulkSave.max).toBe(300);
	});

	it('never says usingPatch false: the value is fixed and no parameter reaches it', () => {
		expect(bulkSave.fixed).toEqual({ 'configuration.usingPatch': true });
		expect(Object.keys(bulkSave.parameters ?? {})).toEqual(['trustedSource']);
		expect(body({ usingPatch: false, 'configuration.usingPatch': false })).toMatchObject({
			configuration: { usingPatch: true },
		});
	});

	it('resets to DRAFT by default, as the article does, and says so', () => {
		expect(bulkSave.parameters?.trustedSource).toMatchObject({ default: false, kind: 'boolean' });
		expect(bulkSave.parameters?.trustedSource.help).toContain('DRAFT');
		expect(body({ trustedSource: true })).toMatchObject({
			configuration: { usingPatch: true, trustedSource: true },
		});
	});

	it('may be sent twice, because every row must carry the external ID', () => {
		expect(bulkSave.repeatable).toBe(true);
		expect(field('externalId').required).toEqual(['create', 'patch']);
	});
});

describe('bulk save answer', () => {
	it('of the article: the located row failed, the others are saved, nobody is called created', () => {
		expect(judge(sample, 'ABC00123', 'B', 'C', 'D')).toEqual([
			{
				status: 'failed',
				errors: [
					{
						code: 'UNKNOWN_WORKSPACE',
						message: 'Unknown Workspace 621bd81dcf36e1a258e5848c',
					},
				],
			},
			{ status: 'saved' },
			{ status: 'saved' },
			{ status: 'saved' },
		]);
	});

	it('with a success status and errors is no success', () => {
		const [verdict] = judge(
			{
				errors: [{ code: 'X', message: 'x', locations: [{ index: 0 }] }],
				metadata: { created: 0, updated: 0 },
			},
			'A',
		);
		expect(verdict.status).toBe('failed');
	});

	it.each([
		['absent', {}],
		['empty', { errors: [] }],
	])('with errors %s is a full success', (_, errors) => {
		const body = { ...errors, metadata: { count: 2, created: 1, updated: 1, took: 3 } };
		expect(judge(body, 'A', 'B')).toEqual([{ status: 'saved' }, { status: 'saved' }]);
	});

	it('says created or updated only where the totals leave no choice', () => {
		expect(judge({ metadata: { created: 1, updated: 0 } }, 'A')).toEqual([
			{ status: 'saved', action: 'created' },
		]);
		expect(judge({ metadata: { created: 0, updated: 1 } }, 'A')).toEqual([
			{ status: 'saved', action: 'updated' },
		]);
	});

	it('with one error at several talents fails each of them', () => {
		const body = {
			errors: [{ code: 'X', message: 'x', locations: [{ index: 0 }, { externalId: 'C' }] }],
			metadata: { created: 1, updated: 0 },
		};
		expect(judge(body, 'A', 'B', 'C').map(({ status }) => status)).toEqual([
			'failed',
			'saved',
			'failed',
		]);
	});

	it('with an error without locations concerns the whole request', () => {
		const body = { errors: [{ code: 'X', message: 'x' }], metadata: { created: 0, updated: 0 } };
		expect(judge(body, 'A', 'B').map(({ status }) => status)).toEqual(['failed', 'failed']);
	});
});

describe('fields', () => {
	it('are those of the article, and what lists show besides', () => {
		const paths = (fields: Fields, before = ''): string[] =>
			Object.entries(fields).flatMap(([name, { members }]) => [
				before + name,
				...(members ? paths(members, `${before}${name}.`) : []),
			]);
		expect(paths(talent.fields).sort()).toEqual(
			[
				...['createdDate', 'currentWorkspaceId', 'lastModifiedDate', 'removed'],
				'externalId',
				'id',
				'firstName',
				'lastName',
				'emails',
				'emails.address',
				'emails.main',
				'history',
				'history.since',
				'history.workspaceId',
				'history.scope',
				'history.roleExternalId',
				'history.gradeExternalId',
				'staffable',
				'tags',
				'manager',
				'manager.externalId',
				'mentor',
				'mentor.externalId',
				'qualifications',
				'qualifications.externalId',
			].sort(),
		);
	});

	it('never send the internal ID, whose name in a request is not documented', () => {
		expect(field('id').access).toBe('readOnly');
	});

	it('are required on creation only, the key apart', () => {
		const demandedBySaves = Object.entries(talent.fields)
			.filter(([, { required }]) => required?.includes('patch'))
			.map(([name]) => name);
		const demandedByCreate = Object.entries(talent.fields)
			.filter(([, { required }]) => required?.includes('create'))
			.map(([name]) => name);
		expect(demandedBySaves).toEqual(['externalId']);
		expect(demandedByCreate).toEqual(['externalId', 'firstName', 'lastName', 'history']);
	});

	it('demand Since in each history entry, because it is the key of the patch', () => {
		expect(member('since', 'history').required).toEqual(['create', 'patch']);
		expect(member('workspaceId', 'history').required).toEqual(['create']);
	});

	it('know the scopes and take others', () => {
		const { values, openValues, schema } = member('scope', 'history');
		expect([...(values ?? [])].sort()).toEqual([
			'ALUMNI',
			'CANDIDATE',
			'EMPLOYEE',
			'EXTERNAL',
			'FREELANCE',
			'POOL',
			'PRE_BOARDING',
		]);
		expect(openValues).toBe(true);
		expect(schema.safeParse('SOMETHING_NEW').success).toBe(true);
	});

	it('cannot be cleared, since Whoz does not say how', () => {
		const clearable = Object.values(talent.fields).filter(({ clearWith }) => clearWith);
		expect(clearable).toEqual([]);
	});

	it.each(['manager', 'mentor'])('set the %s in a second pass', (name) => {
		expect(field(name).relation).toEqual({ refersTo: 'externalId', order: 'secondPass' });
	});

	it('give the main mark to an address from a column', () => {
		expect(field('emails').columns?.email.beside).toEqual({ main: true });
	});

	it('offer the columns of a spreadsheet under these labels', () => {
		const labels = Object.values(talent.fields).flatMap(({ columns, access, label }) =>
			columns ? Object.values(columns).map((column) => column.label) : access ? [] : [label],
		);
		expect(labels).toEqual([
			'External ID',
			'First Name',
			'Last Name',
			'Email',
			'Workspace ID',
			'Since',
			'Scope',
			'Role External ID',
			'Grade External ID',
			'Staffable',
			'Tags',
			'Manager External ID',
			'Mentor External ID',
			'Qualification External IDs',
		]);
	});
});

describe('operations', () => {
	it('all write by the one documented call', () => {
		const writing = Object.values(talent.operations).filter(({ does }) => does === 'save');
		expect(writing).toHaveLength(6);
		for (const each of writing) expect(each).toMatchObject({ route: 'bulkSave' });
		expect(evidenceOf(talent, operation('bulkSave')).basis).toBe('documented');
	});

	it.each([
		['create', 'Create (Overwrites Existing)', 'is overwritten'],
		['update', 'Update (Creates if Missing)', 'is created'],
	])('say in label and notice of %s that it cannot refuse', (name, label, consequence) => {
		expect(operation(name).label).toBe(label);
		expect(operation(name).notice).toContain(consequence);
	});

	it.each(['create', 'upsert', 'bulkSave', 'import'])(
		'say first that an e-mail address makes a user account (%s)',
		(name) => {
			expect(operation(name).notice).toMatch(
				/^(A main e-mail address makes|E-mail addresses make)/,
			);
		},
	);

	it('offboard instead of deleting, on unverified ground', () => {
		expect(operation('delete')).toMatchObject({
			ask: ['externalId', 'workspaceId', 'since', 'scope'],
			preset: { scope: 'ALUMNI' },
			fixed: { staffable: false },
			destructive: true,
		});
		expect(operation('delete').label).toBe('Delete (Offboard) (Unverified)');
		expect(evidenceOf(talent, operation('delete')).basis).toBe('unverified');
	});

	it('list as public code does, with the cursor in the body', () => {
		expect(evidenceOf(talent, talent.operations.getAll).basis).toBe('observed');
		expect(list.paging).toEqual({
			by: 'cursor',
			sendIn: 'body',
			name: 'next',
			next: 'metadata.next',
		});
		expect(
			bodyBeside(list, {
				workspaceId: 'w',
				federationId: 'f',
				modifiedSince: '2026-01-01T00:00:00Z',
				withRemoved: true,
			}),
		).toEqual({
			workspaceId: 'w',
			federationId: 'f',
			modifiedSince: '2026-01-01T00:00:00Z',
			withRemoved: true,
		});
	});

	it('give the reason for what is missing', () => {
		expect(talent.operations.get).toBeUndefined();
		expect(talent.silent?.get).toMatch(/could not be read/);
	});
});

describe('hosts', () => {
	it.each([
		[{ environment: 'production' }, 'https://www.whoz.com'],
		[{ environment: 'sandbox', baseUrl: 'https://old.example' }, 'https://sandbox.whoz.com'],
		[
			{ environment: 'custom', baseUrl: 'https://proxy.example/whoz/ ' },
			'https://proxy.example/whoz',
		],
		[{ baseUrl: 'https://www.whoz.com/' }, 'https://www.whoz.com'],
		[{ environment: 'custom' }, ''],
	])('%j is %s', (credential, host) => {
		expect(whoz.baseUrl(credential)).toBe(host);
	});
});
