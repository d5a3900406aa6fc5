import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { ingedata } from '../../../nodes/Ingedata/ingedata.vendor';
import { lookupMethods } from '../../../nodes/shared/run';
import { VALUES_METHOD } from '../../../nodes/shared/ui';

/** The editor as n8n really is: asked for the extracted value of a property that is not shown, it throws. */
function editor(shown: Record<string, unknown>) {
	const urls: string[] = [];
	const context = {
		getNode: () => ({ name: 'Ingedata', credentials: {}, parameters: {} }),
		getCredentials: async () => ({ baseUrl: 'https://pulse.example.com', token: 'practice' }),
		getCurrentNodeParameter(name: string, options?: { extractValue?: boolean }) {
			if (!(name in shown) && options?.extractValue) throw new Error('Could not find property');
			return shown[name];
		},
		helpers: {
			async httpRequestWithAuthentication(_: string, { url }: { url: string }) {
				urls.push(url);
				const data = [{ id: '7', attributes: { first_name: 'Ada', last_name: 'Byron' } }];
				return { statusCode: 200, headers: {}, body: { data } };
			},
		},
	};
	return { urls, context: context as unknown as ILoadOptionsFunctions };
}

it('every "From List" lists records where the operation shows none of the list\'s own parameters', async () => {
	// Values of a field are no list of the service here.
	const searches = Object.entries(lookupMethods(ingedata).listSearch).filter(
		([name]) => name !== VALUES_METHOD,
	);
	expect(searches.length).toBeGreaterThan(0);
	for (const [, search] of searches) {
		const { context, urls } = editor({
			authentication: 'bearer',
			resource: 'talent',
			operation: 'get',
		});
		const { results } = await search.call(context, '');
		expect(results).toEqual([expect.objectContaining({ value: '7' })]);
		expect(urls[0]).toContain('sort=id');
	}
});
