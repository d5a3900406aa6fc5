import type { SaveOperation } from '../../../nodes/shared/definition';
import { mapperFields } from '../../../nodes/shared/ui';
import { ingedata } from '../../../nodes/Ingedata/ingedata.vendor';
import { startSandbox, type Sandbox } from '../../sandbox';
import {
	INGEDATA_EXISTING_IDS,
	INGEDATA_RESUME_PATH,
	INGEDATA_TALENTS_PATH,
	type IngedataRecord,
} from '../../sandbox/ingedata';
import { run } from './node';

const [FIRST = '', SECOND = ''] = INGEDATA_EXISTING_IDS;
const ADA = { first_name: 'Ada', last_name: 'Practice', organizational_unit: 'MG' };

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
const node = (operation: string, more: Parameters<typeof run>[2] = {}) =>
	run(base, operation, more);

describe('the ID of a record', () => {
	it('stands beside the attributes as text, and is shown there; attributes are shown flat', async () => {
		const { out } = await node('get', { parameters: { talentId: FIRST } });
		expect(out).toEqual([
			{
				id: FIRST,
				first_name: 'Given1',
				last_name: 'Family1',
				organizational_unit: 'MG',
				created_at: expect.any(String),
			},
		]);
	});

	it('is whole: one of another system costs no request', async () => {
		const { out, requests } = await node('bulkSave', {
			items: [{ id: 'EMP-0042', ...ADA }],
		});
		expect(out[0]).toMatchObject({ status: 'failed', errors: [{ field: 'Talent ID' }] });
		expect(requests).toEqual([]);
	});

	it('goes into the address of an update and not into its body', async () => {
		const { requests } = await node('update', { items: [{ id: FIRST, last_name: 'New' }] });
		expect(requests).toEqual([
			{
				line: `PATCH ${INGEDATA_TALENTS_PATH}/${FIRST}`,
				query: [],
				body: { data: { type: 'talent/talents', attributes: { last_name: 'New' } } },
			},
		]);
	});

	it('of a new talent is a whole number among the attributes', async () => {
		const { requests, out } = await node('create', { items: [{ new_id: '77', ...ADA }] });
		expect(requests[0].body).toEqual({
			data: { type: 'talent/talents', attributes: { id: 77, ...ADA } },
		});
		expect(out[0]).toMatchObject({ status: 'saved', action: 'created', vendor: { id: '77' } });
	});
});

describe('rows in the shape of the vendor', () => {
	it('are taken as resource objects, type included', async () => {
		const { out, requests } = await node('bulkSave', {
			items: [
				{ type: 'talent/talents', id: FIRST, attributes: { last_name: 'New', facets: ['a'] } },
			],
		});
		expect(out[0]).toMatchObject({ key: FIRST, status: 'saved', action: 'updated' });
		expect(requests[0].body).toEqual({
			data: { type: 'talent/talents', attributes: { last_name: 'New', facets: ['a'] } },
		});
	});

	it('of skills name their talent as relationship, with an ID that is text', async () => {
		const relationships = { talent: { data: { type: 'talent/talents', id: FIRST } } };
		const { requests } = await node('bulkSave', {
			resource: 'skill',
			items: [
				{ relationships, attributes: { name: 'Ruby' } },
				{ 'Talent ID': Number(FIRST), Name: 'Go', Level: '3' },
			],
		});
		expect(requests.map(({ body }) => body)).toEqual([
			{ data: { type: 'talent/skills', attributes: { name: 'Ruby' }, relationships } },
			{ data: { type: 'talent/skills', attributes: { name: 'Go', level: 3 }, relationships } },
		]);
	});
});

describe('a row', () => {
	it('with an ID is updated, one without is created', async () => {
		const { out, requests } = await node('bulkSave', { items: [{ id: FIRST, ...ADA }, ADA] });
		expect(requests.map(({ line }) => line)).toEqual([
			`PATCH ${INGEDATA_TALENTS_PATH}/${FIRST}`,
			`POST ${INGEDATA_TALENTS_PATH}`,
		]);
		expect(out).toMatchObject([
			{ key: FIRST, status: 'saved', action: 'updated', row: 1 },
			{ key: '', status: 'saved', action: 'created', row: 2, vendor: { id: expect.any(String) } },
		]);
	});

	it('with an ID that nobody has fails and makes nobody', async () => {
		const { out, requests } = await node('upsert', { items: [{ id: '9999', ...ADA }] });
		expect(out[0]).toMatchObject({ status: 'failed', errors: [{ code: 'NOT_FOUND' }] });
		expect(requests).toHaveLength(1);
		expect(truth().records).toEqual([]);
	});

	it('with the name of somebody else makes a new talent: names are not compared', async () => {
		const { out } = await node('upsert', {
			items: [{ first_name: 'Given1', last_name: 'Family1' }],
		});
		expect(out[0]).toMatchObject({ status: 'saved', action: 'created' });
		expect(truth().savesOf(FIRST)).toBe(0);
	});

	it.each([
		['picture_url', 'https://x.example/p.png', 'Picture URL'],
		['is_favorited', true, 'Is Favorited'],
		['created_at', '2026-01-01T00:00:00Z', 'Created At'],
		['new_id', 5, 'New ID'],
	])('cannot change %s, which PATCH does not take', async (field, value, label) => {
		const { out, requests } = await node('bulkSave', {
			items: [{ id: FIRST, last_name: 'New', [field]: value }],
		});
		expect(out[0]).toMatchObject({
			status: 'failed',
			errors: [{ code: 'CANNOT_CHANGE', field: label }],
		});
		expect(requests).toEqual([]);
	});

	it('of attributes that only the client of the vendor knows is refused', async () => {
		const { out, requests } = await node('create', {
			items: [{ ...ADA, status: 'archived' }],
			parameters: { unknownFields: 'error' },
		});
		expect(out[0]).toMatchObject({ status: 'failed', errors: [{ code: 'UNKNOWN_FIELD' }] });
		expect(requests).toEqual([]);
	});

	it('is updated by its ID, which the mapper asks for and a create does not know', () => {
		for (const resource of ingedata.resources) {
			const columns = (name: string) =>
				mapperFields(resource, resource.operations[name] as SaveOperation);
			expect(columns('update').find(({ id }) => id === 'id')).toMatchObject({
				required: true,
				removed: false,
			});
			expect(columns('create').map(({ id }) => id)).not.toContain('id');
		}
	});

	it('without an ID is not updated, and costs no request', async () => {
		const { out, requests } = await node('update', { items: [ADA] });
		expect(out[0]).toMatchObject({
			status: 'failed',
			errors: [{ code: 'MISSING_VALUE', field: 'Talent ID' }],
		});
		expect(requests).toEqual([]);
	});

	it('of a new talent begins with the names and the unit in the mapper, none of them required', () => {
		const [talent] = ingedata.resources;
		const shown = mapperFields(talent, talent.operations.create as SaveOperation)
			.filter(({ removed }) => !removed)
			.map(({ id, required }) => [id, required]);
		expect(shown).toEqual([
			['first_name', false],
			['last_name', false],
			['organizational_unit', false],
		]);
	});

	it('without content is refused', async () => {
		const { out, requests } = await node('update', { items: [{ id: FIRST }] });
		expect(out[0]).toMatchObject({ status: 'failed', errors: [{ code: 'RULE' }] });
		expect(requests).toEqual([]);
	});

	it('can empty the facets with an empty list', async () => {
		await node('update', {
			items: [{ id: FIRST }],
			parameters: { options: { fieldsToClear: ['facets'] } },
		});
		expect(held(FIRST).attributes.facets).toEqual([]);
	});
});

describe('a new record whose answer is lost', () => {
	const lost = { kind: 'cutAfter', method: 'POST' } as const;

	it('is sent once and ends as unknown', async () => {
		sandbox.faults.add({ ...lost, times: 'always' });
		const { out, requests } = await node('bulkSave', { items: [ADA] });
		expect(out[0]).toMatchObject({ status: 'unknown' });
		expect(out[0].errors[0].message).toContain('Look it up');
		expect([requests.length, truth().created]).toEqual([1, 1]);
	});

	it('is not sent again by a retry of the node', async () => {
		sandbox.faults.add(lost);
		const again = { items: [ADA, { ...ADA, first_name: 'Bob' }], retryOnFail: true, run: {} };
		await node('bulkSave', again);
		const { out, requests } = await node('bulkSave', again);
		expect(out.map(({ status }) => status)).toEqual(['unknown', 'saved']);
		expect([requests, truth().created]).toEqual([[], 2]);
	});

	it('is no concern of updates, which are simply repeated', async () => {
		sandbox.faults.add({ kind: 'cutAfter', method: 'PATCH' });
		const { out } = await node('bulkSave', { items: [{ id: FIRST, ...ADA }] });
		expect(out[0]).toMatchObject({ key: FIRST, status: 'saved' });
		expect(truth().savesOf(FIRST)).toBe(2);
	});

	it('of a resume warns that it may have been done', async () => {
		sandbox.faults.add(lost);
		const upload = node('uploadResume', {
			parameters: {
				fileUrl: 'https://files.example.com/ada.pdf',
				mimeType: 'application/pdf',
				organizationalUnit: 'MG',
			},
		});
		await expect(upload).rejects.toThrow(/It may have been done/);
		expect(truth().created).toBe(1);
	});
});

describe('answers to writes, which are not documented', () => {
	it.each(['POST', 'PATCH'])('may be empty: %s', async (method) => {
		sandbox.faults.add({ kind: 'emptyBody', method, status: 200 });
		const { out } = await node('upsert', {
			items: [method === 'POST' ? ADA : { id: FIRST, ...ADA }],
		});
		expect(out[0].status).toBe('saved');
		expect(out[0]).not.toHaveProperty('vendor');
	});

	it('are no success when a proxy answers with a page', async () => {
		sandbox.faults.add({ kind: 'html', status: 200, method: 'POST' });
		const { out } = await node('create', { items: [ADA] });
		expect(out[0].status).toBe('unknown');
	});

	it('of a delete have no body', async () => {
		const { out, requests } = await node('delete', { parameters: { id: FIRST } });
		expect(out[0]).toMatchObject({ key: FIRST, status: 'saved' });
		expect(requests).toEqual([
			{ line: `DELETE ${INGEDATA_TALENTS_PATH}/${FIRST}`, query: [], body: undefined },
		]);
		expect(truth().record(FIRST)?.deleted).toBe(1);
	});
});

describe('errors', () => {
	it.each([
		[{ errors: [{ title: 'T', detail: 'first' }, { detail: 'second' }] }, /^first; second/],
		[{ errors: [{ status: 422, title: 'only a title' }] }, /^only a title/],
		[{ message: 'plain message' }, /^plain message/],
		[{ error: 'as text' }, /^as text/],
		[{ error: { message: 'inside' } }, /^inside/],
		[{ status: '404', type: 'x', detail: 'no such address' }, /^no such address/],
	])('are read from %j', async (body, words) => {
		const { out } = await node('update', {
			items: [{ id: FIRST, ...ADA }],
			service: () => ({ status: 422, body }),
		});
		expect(out[0].errors[0].message).toMatch(words);
	});
});

describe('the list of talents', () => {
	const list = async (parameters: Record<string, unknown>) =>
		await node('getAll', { parameters: { sort: 'id', returnAll: true, ...parameters } as never });

	it('asks for pages of a thousand in a fixed order, and ends with a page that is not full', async () => {
		const { out, requests } = await list({});
		expect(out).toHaveLength(40);
		expect(requests.map(({ query }) => query)).toEqual([
			[
				['sort', 'id'],
				['page[number]', '1'],
				['page[size]', '1000'],
			],
		]);
	});

	it('never asks for a page of more than a thousand, or for more than the limit', async () => {
		const { out, requests } = await list({ returnAll: false, limit: 5 });
		expect(out).toHaveLength(5);
		expect(requests[0].query).toContainEqual(['page[size]', '5']);
	});

	it('sends a list in brackets and a single value without', async () => {
		const { out, requests } = await list({
			filters: { ids: `${FIRST}, ${SECOND}`, organizationalUnit: 'MG' },
		});
		expect(out.map(({ id }) => id)).toEqual([FIRST]);
		expect(requests[0].query.slice(1, 4)).toEqual([
			['filter[id][]', FIRST],
			['filter[id][]', SECOND],
			['filter[organizational_unit]', 'MG'],
		]);
	});

	it('sends the count as the word true', async () => {
		const { requests } = await list({ options: { count: true } });
		expect(requests[0].query).toContainEqual(['count', 'true']);
	});

	it('tells the total beside the list, since Ingedata may count no further than the page', async () => {
		const { hints } = await list({ returnAll: false, limit: 5, options: { count: true } });
		expect(hints).toEqual(['The first 5 of 40 records, as the service counts them.']);
	});

	it('asks for fields by resource type', async () => {
		const { out } = await list({
			limit: 1,
			returnAll: false,
			options: { fields: ['last_name'] },
		});
		expect(out).toEqual([{ id: FIRST, last_name: 'Family1' }]);
	});

	it('ends when the service shows the same page again', async () => {
		const full = Array.from({ length: 1000 }, (_, n) => ({ id: String(n), attributes: {} }));
		const endless = node('getAll', {
			parameters: { sort: 'id', returnAll: true },
			service: () => ({ status: 200, body: { data: full } }),
		});
		await expect(endless).rejects.toThrow(/same page twice/);
	});
});

describe('a resume', () => {
	it('goes out by address, with its fields in the query and no body, one for each item', async () => {
		const parameters = {
			fileUrl: 'https://files.example.com/a b.pdf',
			mimeType: 'application/pdf',
			organizationalUnit: 'MG',
			options: { createCandidate: true },
		};
		const { requests, out } = await node('uploadResume', { parameters, items: [{}, {}] });
		expect(requests).toHaveLength(2);
		expect(requests[0]).toEqual({
			line: `POST ${INGEDATA_RESUME_PATH}`,
			query: [
				['file_url', 'https://files.example.com/a b.pdf'],
				['mime_type', 'application/pdf'],
				['organizational_unit', 'MG'],
				['create_candidate', 'true'],
			],
			body: undefined,
		});
		expect(out[0]).toHaveProperty('data.id');
	});
});

describe('a skill', () => {
	it('needs its talent when it is new, and refuses one when it is there', async () => {
		const { out, requests } = await node('bulkSave', {
			resource: 'skill',
			items: [
				{ name: 'Ruby' },
				{ id: 2001, 'Talent ID': SECOND, name: 'Ruby' },
				{ id: 2001, level: 2 },
			],
		});
		expect(out).toMatchObject([
			{ status: 'failed', errors: [{ code: 'MISSING_VALUE', field: 'Talent' }] },
			{ status: 'failed', errors: [{ field: 'Skill ID', code: 'DUPLICATE_KEY' }] },
			{ status: 'failed', errors: [{ field: 'Skill ID', code: 'DUPLICATE_KEY' }] },
		]);
		expect(requests).toEqual([]);
		const { out: alone } = await node('upsert', {
			resource: 'skill',
			items: [{ id: 2001, 'Talent ID': SECOND, name: 'Ruby' }],
		});
		expect(alone[0]).toMatchObject({
			status: 'failed',
			errors: [{ code: 'CANNOT_CHANGE', field: 'Talent' }],
		});
	});

	it('is listed for one talent by a documented filter', async () => {
		const { out } = await node('getAll', {
			resource: 'skill',
			parameters: { sort: 'id', returnAll: true, filters: { talentId: SECOND } },
		});
		expect(out).toEqual([{ id: '2011', talent_id: SECOND, name: 'Annotation', level: 4 }]);
	});
});

describe('an experience', () => {
	it('travels with full instants, and is shown with days', async () => {
		const { requests } = await node('create', {
			resource: 'experience',
			items: [{ talent_id: FIRST, organization: 'A', position: 'B', start_date: '2024-02-29' }],
		});
		expect(requests[0].body?.data.attributes.start_date).toBe('2024-02-29T00:00:00Z');
		const { out } = await node('get', {
			resource: 'experience',
			parameters: { experienceId: '2002' },
		});
		expect(out[0]).toMatchObject({ start_date: '2020-02-01', end_date: null });
	});

	it('that goes on again loses its end with null', async () => {
		const { requests } = await node('update', {
			resource: 'experience',
			items: [{ id: 2002, position: 'Lead' }],
			parameters: { options: { fieldsToClear: ['end_date'] } },
		});
		expect(requests[0].body?.data.attributes).toEqual({
			position: 'Lead',
			end_date: null,
		});
	});
});

describe('the full profile', () => {
	const profile = (more: Parameters<typeof run>[2] = {}) =>
		node('getFullProfile', { parameters: { talentId: FIRST }, ...more });

	it('holds the records of this talent only, although four lists ignore the filter', async () => {
		const { out, requests } = await profile();
		expect(out).toHaveLength(1);
		expect(out[0]).toMatchObject({
			id: FIRST,
			skills: [{ id: '2001' }],
			experiences: [{ id: '2002' }],
			educations: [{ id: '2003' }],
			certifications: [{ id: '2004' }],
			languages: [{ id: '2005', iso_code: 'fr' }],
		});
		for (const part of ['skills', 'experiences', 'educations', 'certifications', 'languages'])
			expect(out[0][part]).toHaveLength(1);
		expect(requests).toHaveLength(6);
	});

	it.each([
		['experiences', false],
		['skills', true],
	])('with %s that do not say whose they are is shown: %s', async (segment, isShown) => {
		const anonymous = [{ type: `talent/${segment}`, id: '1', attributes: {} }];
		const run = profile({
			service: ({ url }) => ({
				status: 200,
				body: {
					data: url.includes(`/${segment}`)
						? anonymous
						: url.includes('/talents/')
							? { type: 'talent/talents', id: FIRST, attributes: {} }
							: [],
				},
			}),
		});
		if (isShown) expect((await run).out[0]).toMatchObject({ [segment]: [{ id: '1' }] });
		else await expect(run).rejects.toThrow(/without saying whose they are/);
	});
});
