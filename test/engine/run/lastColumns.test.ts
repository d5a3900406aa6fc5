import type { IDataObject } from 'n8n-workflow';

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

	it('keeps names of columns alone', async () => {
		const { data } = await nights()(FIRST);
		expect(data.columns).toEqual({
			'External ID': 'External ID',
			Email: 'Email',
			Team: 'Team',
		});
	});
});
