import type { IDataObject } from 'n8n-workflow';

import { Lacking } from '../../../nodes/shared/run/lacking';
import { changed } from '../definition/examples';
import { itemsOf, runAcme, savesAll } from './acmeNode';

const PATH = 'resources/0/operations/bulkSave/route';
const vendor = changed({ [PATH]: 'bulk' });

const check = (rows: IDataObject[], more: object = {}) =>
	runAcme('bulkSave', {
		vendor,
		items: itemsOf(...rows),
		service: savesAll,
		parameters: { validateOnly: true, options: { summary: true } },
		...more,
	});

const row = (n: number, more: IDataObject = {}): IDataObject => ({
	externalId: `E${n}`,
	email: `p${n}@acme.example`,
	...more,
});

describe('A check of rows whose records may be there or not', () => {
	it('says what it cannot know, by field', async () => {
		const { hints, json } = await check([
			row(1, { firstName: 'Ann', lastName: 'Lee' }),
			row(2, { firstName: 'Bob' }),
			row(3),
		]);
		const lines = [
			'2 rows lack "Last Name": Acme refuses them unless the person exists.',
			'1 row lacks "First Name": Acme refuses it unless the person exists.',
		];
		expect(hints).toEqual(expect.arrayContaining(lines));
		expect(json[3].summary).toMatchObject({
			text: ['3 of 3 rows would be saved.', ...lines].join('\n'),
			lacking: { 'First Name': 1, 'Last Name': 2 },
		});
	});

	it('says nothing of rows that are whole, or are sent', async () => {
		const whole = row(1, { firstName: 'Ann', lastName: 'Lee' });
		expect((await check([whole])).json[1].summary).not.toHaveProperty('lacking');
		const { hints } = await check([row(1)], { parameters: {} });
		expect(hints.join()).not.toContain('unless');
	});
});

it('A row that is empty of it, a member of a list included, lacks it', () => {
	const lacking = new Lacking();
	lacking.add(['Workspace ID']);
	lacking.add(['Workspace ID', 'Since']);
	expect(lacking.lines('Whoz', 'talent')).toEqual([
		'2 rows lack "Workspace ID": Whoz refuses them unless the talent exists.',
		'1 row lacks "Since": Whoz refuses it unless the talent exists.',
	]);
	expect(new Lacking().counts()).toEqual({});
});

describe('What no row has', () => {
	const strict = changed({
		[PATH]: 'bulk',
		'resources/0/fields/team/required': ['create', 'patch'],
		'resources/0/fields/lastName/required': ['create', 'patch'],
	});
	const sent = (...rows: IDataObject[]) =>
		runAcme('bulkSave', { vendor: strict, items: itemsOf(...rows), service: savesAll });
	const ADVICE =
		'No row has "Team". What is the same for all of them goes under "Same Value for Every Row".';

	it('is said once, with the place for what is the same for all', async () => {
		expect((await sent(row(1), row(2))).hints).toContain(ADVICE);
		const failing = runAcme('bulkSave', {
			vendor: strict,
			items: itemsOf(row(1), row(2)),
			service: savesAll,
			parameters: { options: { whenRowsFail: 'failNode' } },
		});
		await expect(failing).rejects.toMatchObject({
			description: expect.stringContaining(`• ${ADVICE}`),
		});
	});

	it.each([
		['one row alone', [row(1)]],
		['what some rows have', [row(1), row(2, { team: 'Red' })]],
		['what belongs to one person', [row(1, { team: 'Red' }), row(2, { team: 'Red' })]],
		[
			'the key, which is the same for nobody',
			[
				{ team: 'Red', lastName: 'Lee' },
				{ team: 'Red', lastName: 'Poe' },
			],
		],
	])('is not told of %s', async (_, rows) => {
		expect((await sent(...rows)).hints.join()).not.toContain('No row has');
	});
});
