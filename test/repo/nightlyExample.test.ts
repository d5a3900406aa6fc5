import { readFileSync } from 'fs';
import { join } from 'path';

import type { IDataObject } from 'n8n-workflow';

import { presenter } from '../../nodes/shared/mapping';
import { runNode } from '../../nodes/shared/run';
import { ingedata } from '../../nodes/Ingedata/ingedata.vendor';
import { whoz } from '../../nodes/Whoz/whoz.vendor';
import { fakeContext } from '../support/fakeContext';

const text = readFileSync(join(__dirname, '../../examples/nightly-ingedata-to-whoz.json'), 'utf8');
const { nodes } = JSON.parse(text) as {
	nodes: Array<{ name: string; parameters: IDataObject }>;
};
const { parameters } = nodes.find(({ name }) => name === 'Save in Whoz')!;

/** As Ingedata's node gives a talent by default. */
const talent = (id: string, organizational_unit: string): IDataObject =>
	presenter(
		ingedata.resources.find(({ name }) => name === 'talent')!,
		'simplified',
	)({
		id,
		type: 'talent/talents',
		attributes: {
			first_name: 'Ada',
			last_name: `Byron ${id}`,
			organizational_unit,
			created_at: '2026-01-15T08:30:00.000Z',
		},
	}) as IDataObject;

it('The nightly copy needs no expression, and a unit without a workspace fails alone', async () => {
	expect(text).not.toContain('{{');
	const sent: IDataObject[] = [];
	const { context } = fakeContext({
		credential: { environment: 'custom', baseUrl: 'https://whoz.example.com', clientId: 'c' },
		items: [talent('1001', 'MG'), talent('1002', 'fr '), talent('1003', 'XX')].map((json) => ({
			json,
		})),
		parameters: {
			...parameters,
			options: {
				...(parameters.options as IDataObject),
				whenRowsFail: 'returnRows',
				skipUnchanged: 'off',
			},
		},
		service: ({ body }) => {
			const { data } = body as { data: IDataObject[] };
			sent.push(...data);
			return { status: 200, body: { metadata: { created: data.length, updated: 0 } } };
		},
	});
	const [out] = await runNode.call(context, whoz);
	expect(sent).toEqual([
		{
			externalId: '1001',
			firstName: 'Ada',
			lastName: 'Byron 1001',
			history: [{ workspaceId: '5f7b1a5b9d3e6c001a7e1001', since: '2026-01-15' }],
		},
		expect.objectContaining({
			history: [{ workspaceId: '5f7b1a5b9d3e6c001a7e1002', since: '2026-01-15' }],
		}),
	]);
	expect(out.map(({ json }) => json.status ?? 'summary')).toEqual([
		...['saved', 'saved', 'failed', 'summary'],
	]);
	expect(out[3].json.summary).toMatchObject({ unmapped: { 'Workspace ID': { XX: 1 } } });
});
