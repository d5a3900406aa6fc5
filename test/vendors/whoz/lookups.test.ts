import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { lookupMethods } from '../../../nodes/shared/run';
import { VALUES_METHOD } from '../../../nodes/shared/ui';
import { propertiesOf } from '../../../nodes/shared/ui';
import { whoz } from '../../../nodes/Whoz/whoz.vendor';

const WORKSPACES = [
	{ id: 'w1', name: 'North' },
	{ id: 'w2', name: 'South' },
];

/** The editor of an operation of a talent. */
function editor(operation: string, given: Record<string, unknown> = {}, status = 200) {
	const urls: string[] = [];
	const shown: Record<string, unknown> = {
		authentication: 'bearer',
		resource: 'talent',
		operation,
		...given,
	};
	const context = {
		getNode: () => ({ name: 'Whoz', parameters: {} }),
		getCredentials: async () => ({ baseUrl: 'https://whoz.example.com', token: 't' }),
		getCurrentNodeParameter: (name: string) => shown[name],
		helpers: {
			async httpRequestWithAuthentication(_: string, { url }: { url: string }) {
				urls.push(url);
				return { statusCode: status, headers: {}, body: WORKSPACES };
			},
		},
	} as unknown as ILoadOptionsFunctions;
	return { urls, context };
}

const { listSearch, resourceMapping } = lookupMethods(whoz);
const FEDERATION = { 'options.federationId': 'fed' };
const NAMED = [
	{ name: 'North (w1)', value: 'w1' },
	{ name: 'South (w2)', value: 'w2' },
];

const workspaceColumn = async ({ context }: ReturnType<typeof editor>) =>
	(await resourceMapping.getColumns.call(context)).fields.find(({ id }) => id === 'workspaceId');

describe('The workspace of a talent is chosen by name', () => {
	it('in the mapper', async () => {
		const here = editor('create', FEDERATION);
		expect(await workspaceColumn(here)).toMatchObject({ type: 'options', options: NAMED });
		expect(here.urls).toEqual(['https://whoz.example.com/api/workspace?federationId=fed']);
	});

	it.each([
		['the federation is not known', editor('create')],
		['Whoz does not let them be read', editor('create', FEDERATION, 403)],
	])('or typed where %s', async (_, here) => {
		expect(await workspaceColumn(here)).toMatchObject({ type: 'string' });
	});

	it('beside a value for every row', async () => {
		const { context } = editor('import', { ...FEDERATION, '&field': 'workspaceId' });
		expect(await listSearch[VALUES_METHOD].call(context, 'sou')).toEqual({ results: [NAMED[1]] });
		const unknown = editor('import', { '&field': 'workspaceId' });
		await expect(listSearch[VALUES_METHOD].call(unknown.context, '')).rejects.toThrow(
			'Fill in "Federation ID" first, the list depends on it. Where it is not in sight, add it under "Options".',
		);
	});

	it('at Delete, with the federation among the options', () => {
		const of = (name: string) =>
			propertiesOf(whoz).filter(
				(property) =>
					property.name === name &&
					(property.displayOptions?.show?.operation ?? []).includes('delete') &&
					(property.displayOptions?.show?.resource ?? []).includes('talent'),
			);
		const [workspace] = of('workspaceId');
		expect(workspace.modes?.map(({ name }) => name)).toEqual(['list', 'id']);
		expect(JSON.stringify(of('options'))).toContain('"federationId"');
	});
});
