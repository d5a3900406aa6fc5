import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import type { Vendor } from '../../../nodes/shared/definition';
import { lookupMethods } from '../../../nodes/shared/run';
import { acme } from '../../support/sampleVendor';
import { changed } from '../definition/examples';

let editors = 0;

/** Opens "From List" of the person in the editor. `shown`: the parameters the chosen operation shows. */
async function open(
	shown: IDataObject,
	{
		vendor = acme,
		method = 'searchPersonListByIdNameFirstNameLast',
		typed,
		answer = { data: [{ id: 7, name: { first: 'Ann', last: 'Lee' } }] },
		status = 200,
	}: { vendor?: Vendor; method?: string; typed?: string; answer?: unknown; status?: number } = {},
) {
	const baseUrl = `https://acme-${++editors}.example`;
	const urls: string[] = [];
	const credentials = new Set<string>();
	const context = {
		getNode: () => ({ name: 'Acme', parameters: {} }),
		getCredentials: async () => ({ baseUrl }),
		getCurrentNodeParameter(name: string, options?: { extractValue?: boolean }) {
			if (!(name in shown) && options?.extractValue) throw new Error('Could not find property');
			return shown[name];
		},
		helpers: {
			async httpRequestWithAuthentication(credential: string, { url }: { url: string }) {
				credentials.add(credential);
				if (url.endsWith('/token')) return { statusCode: 200, headers: {}, body: { token: 'T' } };
				urls.push(url.slice(baseUrl.length));
				return { statusCode: status, headers: {}, body: answer };
			},
		},
	} as unknown as ILoadOptionsFunctions;
	const search = lookupMethods(vendor).listSearch[method];
	const { results } = await search.call(context, typed);
	return { results, query: new URL(urls[0], baseUrl).searchParams, path: urls[0], credentials };
}

const LIST = 'resources/0/endpoints/list';

describe('"From List" in the editor', () => {
	it('lists people by name with the first credential, as the list is asked by default', async () => {
		const { results, query, credentials } = await open({});
		expect(results).toEqual([{ name: 'Ann Lee (7)', value: '7' }]);
		expect(query.get('grade')).toBe('B');
		expect([...credentials]).toEqual(['acmeApi']);
	});

	it('uses the credential that is chosen', async () => {
		const { credentials } = await open({ authentication: 'bearer' });
		expect([...credentials]).toEqual(['acmeBearerApi']);
	});

	it('hands what is typed to the service, and only that', async () => {
		expect((await open({}, { typed: 'lee' })).query.get('query')).toBe('lee');
		expect((await open({}, { typed: '  ' })).query.has('query')).toBe(false);
		expect((await open({})).query.has('query')).toBe(false);
	});

	it('looks through the names itself where the service cannot search', async () => {
		const vendor = changed({
			'resources/0/endpoints/get/parameters/personId/locator/query': undefined,
			'resources/0/endpoints/invite/parameters/personId/locator/query': undefined,
		});
		const { results, query } = await open({}, { vendor, typed: 'zoe' });
		expect(results).toEqual([]);
		expect(query.has('query')).toBe(false);
	});

	const byTenant = changed({
		[`${LIST}/request/path`]: '/tenants/{tenant}/people',
		[`${LIST}/parameters/tenant`]: { label: 'Tenant', kind: 'text', in: 'path', required: true },
	});

	it('takes what the list needs from the node', async () => {
		const { path } = await open({ tenant: 'north' }, { vendor: byTenant });
		expect(path).toMatch(/^\/tenants\/north\/people\?/);
	});

	it.each([
		['is not shown', {}],
		['is empty', { tenant: '' }],
		['is of no use', { tenant: ['a'] }],
	])('says what to fill in first where that %s', async (_, shown) => {
		await expect(open(shown, { vendor: byTenant })).rejects.toThrow(
			'Fill in "Tenant" first, the list depends on it.',
		);
	});

	it('keeps the default of what the operation does not show', async () => {
		const vendor = changed({
			[`${LIST}/parameters/grade/group`]: 'main',
		});
		expect((await open({}, { vendor })).query.get('grade')).toBe('B');
		expect((await open({ grade: 'A' }, { vendor })).query.get('grade')).toBe('A');
	});

	it.each([
		[
			'refuses',
			{ message: 'No lists today' },
			400,
			{ name: 'NodeApiError', httpCode: '400', message: /^No lists today\. Check the values/ },
		],
		[
			'gives no list',
			{ data: 'none' },
			200,
			{
				name: 'NodeOperationError',
				message: /^The service answered without a list of records\./,
			},
		],
	])('shows the words of a failure where the service %s', async (_, answer, status, error) => {
		const failing = open({}, { answer, status });
		await expect(failing).rejects.toMatchObject({
			...error,
			message: expect.stringMatching(error.message),
		});
	});
});
