import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { LastColumns } from '../../../nodes/shared/run/lastColumns';
import { inlineFile } from '../../support/fakeContext';
import { runAcme, savesAll, sentRecords } from './acmeNode';

/** A node that is run night after night: what n8n keeps of it. */
function nights() {
	const data: IDataObject = {};
	return async (content: string, parameters: IDataObject = {}) => {
		const run = await runAcme('import', {
			items: [{ json: {}, binary: { data: inlineFile(content, 'people.csv') } }],
			parameters: { ...parameters, options: { summary: true } },
			service: savesAll,
			change: (context) => Object.assign(context, { getWorkflowStaticData: () => data }),
		});
		const { summary } = run.json[run.json.length - 1] as { summary: IDataObject };
		return {
			...run,
			data,
			summary,
			notice: run.hints.find((hint) => hint.startsWith('Since the last run')),
		};
	};
}

const FIRST = 'External ID;Email;Team\nE1;ann@acme.example;Red\n';

describe('A list that comes every night', () => {
	it('says nothing the first time, or while its columns stay', async () => {
		const night = nights();
		expect((await night(FIRST)).notice).toBeUndefined();
		const { notice, summary } = await night(FIRST);
		expect(notice).toBeUndefined();
		expect(summary).not.toHaveProperty('columnChanges');
	});

	it('names a column that is gone and one that is new, and clears nothing', async () => {
		const night = nights();
		await night(FIRST);
		const { asked, notice, summary } = await night(
			'External ID;Email;Shoe Size\nE1;ann@acme.example;44\n',
		);
		expect(notice).toBe(
			'Since the last run 1 column is gone: Team; 1 column is new: Shoe Size. Nothing is sent for what is gone.',
		);
		expect(summary.columnChanges).toEqual({ added: ['Shoe Size'], gone: ['Team'], renamed: [] });
		expect(sentRecords(asked)).toEqual([{ externalId: 'E1', email: 'ann@acme.example' }]);
	});

	it('names a column that is called otherwise', async () => {
		const night = nights();
		await night(FIRST);
		const { notice, summary } = await night('External ID;E-Mail;Team\nE1;ann@acme.example;Red\n');
		expect(notice).toBe('Since the last run "Email" is called "E-Mail".');
		expect(summary.columnChanges).toEqual({
			added: [],
			gone: [],
			renamed: [{ from: 'Email', to: 'E-Mail' }],
		});
	});

	it('compares a check too, and keeps nothing of it', async () => {
		const night = nights();
		await night(FIRST);
		const other = 'External ID;Email\nE1;ann@acme.example\n';
		expect((await night(other, { validateOnly: true })).notice).toMatch(/1 column is gone: Team/);
		expect((await night(other)).notice).toMatch(/1 column is gone: Team/);
		expect((await night(other)).notice).toBeUndefined();
	});

	it('is not compared with a list of something else', async () => {
		const night = nights();
		const { data } = await night(FIRST);
		data.columns = { of: 'skill', columns: { Level: 'Level' } };
		expect((await night(FIRST)).notice).toBeUndefined();
	});

	it('names a column called as something every object has', async () => {
		const night = nights();
		await night(FIRST);
		const { summary } = await night(
			'External ID;Email;Team;constructor\nE1;ann@acme.example;Red;x\n',
		);
		expect(summary.columnChanges).toEqual({ added: ['constructor'], gone: [], renamed: [] });
	});

	it('is not compared where it has more columns than are kept', () => {
		const data: IDataObject = {};
		const context = { getWorkflowStaticData: () => data } as unknown as IExecuteFunctions;
		const wide = Array.from({ length: 501 }, (_, n) => `Note ${n}`);
		for (const headers of [['Email'], wide, ['In Front', ...wide]]) {
			const columns = new LastColumns(context, 'person', headers, {});
			expect(columns.changes()).toBeUndefined();
			columns.keep();
		}
		expect(data.columns).toEqual({ of: 'person', columns: { Email: '' } });
	});

	it('keeps names of columns alone', async () => {
		const { data } = await nights()(FIRST);
		expect(data.columns).toEqual({
			of: 'person',
			columns: { 'External ID': 'External ID', Email: 'Email', Team: 'Team' },
		});
	});
});
