import { searchesOf } from '../../nodes/shared/lookup';
import type { Operation, Vendor } from '../../nodes/shared/definition';
import { COLUMNS_METHOD, searchMethod } from '../../nodes/shared/ui/methods';
import { columnsOf } from '../../nodes/shared/mapping';
import { cases, takesRows, titled, wantedVendors } from './support/cases';
import { talentNode, theN8n, type N8n } from './support/n8n';
import { worlds } from './support/world';

/* What the editor asks n8n for while a node is set up. No node has options that are loaded, so that endpoint is not asked. */

let n8n: N8n;
beforeAll(async () => {
	n8n = await theN8n();
});

const ask = async <T>(
	vendor: (typeof wantedVendors)[number],
	kind: string,
	methodName: string,
	parameters: Record<string, unknown>,
	filter?: string,
): Promise<T> => {
	const { type, credentials } = talentNode(n8n, vendor, {});
	return await n8n.client.call<T>('POST', `dynamic-node-parameters/${kind}`, {
		path: 'parameters.any',
		methodName,
		nodeTypeAndVersion: { name: type, version: 1 },
		currentNodeParameters: { authentication: 'default', ...parameters },
		credentials,
		...(filter === undefined ? {} : { filter }),
	});
};

/** Where the editor shows the list of a method: n8n gives a list only what the chosen operation shows. */
function placeOf(vendor: Vendor, method: string): { resource: string; operation: string } {
	for (const { name: resource, endpoints, operations } of vendor.resources)
		for (const [operation, is] of Object.entries<Operation>(operations)) {
			const { parameters = {} } = 'endpoint' in is ? endpoints[is.endpoint] : {};
			for (const { locator } of Object.values(parameters))
				if (locator && searchMethod(locator.resource ?? resource, locator) === method)
					return { resource, operation };
		}
	throw new Error(`No operation of ${vendor.name} shows the list of ${method}`);
}

const searches = wantedVendors.flatMap((vendor) =>
	[...searchesOf(vendor)].map(
		([method, search]) =>
			[`${vendor.name} ${search.resource}`, { vendor, method, search }] as const,
	),
);

if (searches.length > 0)
	it.each(searches)(
		'%s: the list shows records and finds one by what is typed',
		async (_, given) => {
			const { vendor, method, search } = given;
			const place = placeOf(vendor, method);
			const look = async (filter?: string) =>
				(
					await ask<{ results: Array<{ name: string; value: string }> }>(
						vendor,
						'resource-locator-results',
						method,
						{ ...worlds[vendor.name].constants?.(search.resource, 'get'), ...place },
						filter,
					)
				).results;
			const all = await look();
			expect(all.length).toBeGreaterThan(1);
			const { name, value } = all[all.length - 1];
			expect(name).toContain(`(${value})`);
			const typed = name.replace(` (${value})`, '').split(' ').pop()!;
			const found = await look(typed);
			expect(found).toContainEqual(expect.objectContaining({ name, value }));
			expect(found.length).toBeLessThanOrEqual(all.length);
		},
	);

it.each(titled(cases.filter(takesRows)))('%s: the mapper has the columns', async (_, entry) => {
	const { vendor, resource, name, operation } = entry;
	const { fields } = await ask<{ fields: Array<{ id: string; displayName: string }> }>(
		vendor,
		'resource-mapper-fields',
		COLUMNS_METHOD,
		{ resource: resource.name, operation: name },
	);
	expect(fields.map(({ id }) => id)).toEqual(columnsOf(resource, operation).map(({ key }) => key));
});
