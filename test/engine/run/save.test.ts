import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { changed } from '../definition/examples';
import { itemsOf, runAcme, savesAll, sentRecords, type Asked } from './acmeNode';

const person = (n: number, more: IDataObject = {}) => ({
	externalId: `E${n}`,
	email: `p${n}@acme.example`,
	...more,
});

/** Refuses the people it is told to, and takes the rest. */
const refusing =
	(...keys: string[]) =>
	({ body }: { body: unknown }) => {
		const { data } = body as { data: Array<{ externalId: string }> };
		const errors = data.flatMap(({ externalId }, index) =>
			keys.includes(externalId)
				? [{ code: 'NO', message: `No ${externalId}.`, locations: [{ index, externalId }] }]
				: [],
		);
		return {
			status: 200,
			body: { errors, counts: { created: 0, updated: data.length - errors.length } },
		};
	};

describe('A record that is asked for in single parameters', () => {
	const given = {
		externalId: 'E1',
		team: 'Blue',
		active: true,
		level: 3,
		birthDate: '1990-01-02',
		grade: 'A',
		since: '2020-01-02',
		perks: 'car',
	};
	const service = ({ line }: { line: string }) =>
		line.startsWith('GET')
			? { status: 200, body: { data: [{ externalId: 'E1', id: '77' }] } }
			: { status: 204 };

	it('is found by them and removed', async () => {
		const { json, lines } = await runAcme('delete', { parameters: given, service });
		expect(lines).toEqual(['GET /people?external_id=E1', 'DELETE /people/77']);
		expect(json).toEqual([
			{ key: 'E1', status: 'saved', action: '', reason: '', field: '', id: '', deleted: true },
		]);
	});

	it('is not looked for while one of them is missing', async () => {
		const { json, lines } = await runAcme('delete', {
			parameters: { ...given, perks: '' },
			service,
		});
		expect(lines).toEqual([]);
		expect(json).toMatchObject([
			{
				status: 'failed',
				errors: [
					{
						code: 'MISSING_VALUE',
						field: 'Perks',
						message: '"Perks" is missing. Add a value.',
					},
				],
			},
		]);
	});
});

describe('The way rows are sent', () => {
	const tenant = { tenant: 'north' };

	it('is the first one until the user chooses another', async () => {
		const bulk = await runAcme('bulkSave', { items: itemsOf(person(1)), service: savesAll });
		expect(bulk.lines).toEqual(['POST /people/bulk']);
		const { lines, json } = await runAcme('bulkSave', {
			items: itemsOf(person(1), person(2)),
			parameters: { ...tenant, options: { sendBy: 'row' } },
			service: ({ line }) => ({
				status: 200,
				body: { result: line.endsWith('/E1') ? 'NEW' : 'changed', id: '7' },
			}),
		});
		expect(lines.sort()).toEqual([
			'PATCH /tenants/north/people/E1',
			'PATCH /tenants/north/people/E2',
		]);
		expect(json).toMatchObject([
			{ key: 'E1', status: 'saved', action: 'created', vendor: { id: '7' } },
			{ key: 'E2', status: 'saved', action: 'updated' },
		]);
	});

	it('leaves a row unknown where the service does not say which of the two it did', async () => {
		const { json } = await runAcme('update', {
			items: itemsOf(person(1)),
			parameters: tenant,
			service: () => ({ status: 200, body: { result: 'maybe' } }),
		});
		expect(json).toMatchObject([{ status: 'unknown', errors: [{ code: 'UNREADABLE_ANSWER' }] }]);
	});

	it.each<[string, IDataObject]>([
		['1 of 1 row saved (1 created). 1 record did not exist and was created.', { result: 'new' }],
		['1 of 1 row saved (1 updated).', { result: 'changed' }],
	])('is told, and what surprises the user too: %s', async (hint, body) => {
		const { hints } = await runAcme('update', {
			items: itemsOf(person(1)),
			parameters: tenant,
			service: () => ({ status: 200, body }),
		});
		expect(hints).toEqual([hint]);
	});

	it('counts the surprises', async () => {
		const route = { 'resources/0/operations/create/route': 'update' };
		const whole = (n: number) => person(n, { firstName: 'Ann', lastName: 'Lee' });
		for (const [items, hint] of [
			[itemsOf(whole(1)), '1 record existed already and was updated.'],
			[itemsOf(whole(1), whole(2)), '2 records existed already and were updated.'],
		] as const) {
			const { hints } = await runAcme('create', {
				vendor: changed(route),
				items: [...items],
				parameters: tenant,
				service: () => ({ status: 200, body: { result: 'changed' } }),
			});
			expect(hints).toEqual([expect.stringContaining(hint)]);
		}
		const { hints } = await runAcme('update', {
			items: itemsOf(person(1), person(2)),
			parameters: tenant,
			service: () => ({ status: 200, body: { result: 'new' } }),
		});
		expect(hints).toEqual([expect.stringContaining('2 records did not exist and were created.')]);
	});
});

describe('"Additional Fields (JSON)"', () => {
	const saving = (additionalFieldsJson: unknown) =>
		runAcme('bulkSave', {
			items: itemsOf(person(1)),
			parameters: { options: { additionalFieldsJson } as IDataObject },
			service: savesAll,
		});

	it.each([
		['as text', '{"badge": 7}', { badge: 7 }],
		['as an object', { badge: 7 }, { badge: 7 }],
		['as nothing', '', {}],
	])('go out with each record, given %s', async (_, given, sent) => {
		expect(sentRecords((await saving(given)).asked)).toEqual([{ ...person(1), ...sent }]);
	});

	it.each(['{"badge"', '[1]', 'null', '7'])('are refused when they are %s', async (given) => {
		await expect(saving(given)).rejects.toThrow(
			'"Additional Fields (JSON)" is not a JSON object. Use the form {"field": "value"}.',
		);
	});
});

describe('What the user gets', () => {
	const rows = itemsOf(person(1), person(2), person(3));

	it('is the failed rows alone where that is chosen, with what they held', async () => {
		const { json } = await runAcme('bulkSave', {
			items: rows,
			parameters: { options: { output: 'failuresOnly' } },
			service: refusing('E2'),
		});
		expect(json).toMatchObject([{ key: 'E2', status: 'failed', input: person(2), row: 2 }]);
		expect(json).toHaveLength(1);
	});

	it('is every row with what it held where that is chosen', async () => {
		const { json } = await runAcme('bulkSave', {
			items: rows,
			parameters: { options: { includeInput: true } },
			service: savesAll,
		});
		expect(json.map(({ input }) => input)).toEqual([person(1), person(2), person(3)]);
	});

	it('has its columns in the same order, whatever becomes of the first row', async () => {
		const { json } = await runAcme('bulkSave', { items: rows, service: refusing('E1') });
		expect(json.map((outcome) => Object.keys(outcome).slice(0, 7))).toEqual(
			rows.map(() => ['row', 'key', 'status', 'action', 'reason', 'field', 'id']),
		);
	});

	it('is an error that quotes the first failed rows where failed rows fail the node', async () => {
		const failing = runAcme('bulkSave', {
			items: itemsOf(...[1, 2, 3, 4, 5].map((n) => person(n))),
			parameters: { options: { whenRowsFail: 'failNode' } },
			service: refusing('E1', 'E2', 'E4', 'E5'),
		});
		await expect(failing).rejects.toMatchObject({
			description: expect.stringMatching(
				/^• Row 1: No E1\.\n• Row 2: No E2\.\n• Row 4: No E4\.\n• and 1 more\n• All rows were tried\./,
			),
		});
	});

	it('is a hint where rows fail and the node goes on', async () => {
		const saving = { items: rows, service: refusing('E2') };
		const { hints } = await runAcme('bulkSave', saving);
		expect(hints).toEqual(['2 of 3 rows saved (2 updated), 1 failed. Row 2: No E2.']);
		const two = await runAcme('bulkSave', { ...saving, service: refusing('E2', 'E3') });
		expect(two.hints).toEqual(['1 of 3 rows saved (1 updated), 2 failed. Each row says why.']);
		const parameters = { options: { output: 'summaryOnly' } };
		const none = await runAcme('bulkSave', {
			...saving,
			parameters,
			service: refusing('E2', 'E3'),
		});
		expect(none.hints).toEqual([
			expect.stringMatching(/The file "rejects" says why, row by row\.$/),
		]);
	});

	it('is one reason where all rows have the same', async () => {
		const items = itemsOf(...Array.from({ length: 50 }, (_, n) => ({ externalId: `E${n}` })));
		const { hints } = await runAcme('bulkSave', { items, service: savesAll });
		expect(hints[0]).toMatch(/^0 of 50 rows saved, 50 failed\. Rows 1, 2, 3 and 47 more: "/);
		const failing = runAcme('bulkSave', {
			...{ items, service: savesAll },
			parameters: { options: { whenRowsFail: 'failIfNoneSaved' } },
		});
		await expect(failing).rejects.toMatchObject({
			message: '50 of 50 rows failed',
			description: expect.stringMatching(
				/^• Rows 1, 2, 3 and 47 more: "[^•]+\n• All rows were tried\./,
			),
		});
	});

	describe('unless the user chooses,', () => {
		const unset = { options: { whenRowsFail: undefined } };

		it('is a failed node where one of several records is refused one by one', async () => {
			const running = runAcme('update', {
				items: itemsOf(person(1), person(2)),
				parameters: { tenant: 'T', ...unset },
				service: ({ line }) =>
					line.endsWith('E2')
						? { status: 422, body: { message: 'No.' } }
						: { status: 200, body: { result: 'changed' } },
			});
			await expect(running).rejects.toMatchObject({
				message: '1 of 2 rows failed',
				description: expect.stringMatching(/^• Item 2: No\./),
			});
		});

		it('is a failed node with the words of the service where there is one record', async () => {
			const running = runAcme('update', {
				items: itemsOf(person(1)),
				parameters: { tenant: 'T', ...unset },
				service: () => ({ status: 422, body: { message: 'No.' } }),
			});
			await expect(running).rejects.toThrow(/^No\. Check the values/);
		});

		it.each([
			['some were saved', ['E1'], false],
			['none was', ['E1', 'E2', 'E3'], true],
		])('depends for many on whether any was saved: %s', async (_, refused, fails) => {
			const saving = runAcme('bulkSave', {
				...{ items: rows, parameters: unset, service: refusing(...refused) },
			});
			if (fails) await expect(saving).rejects.toThrow('3 of 3 rows failed');
			else expect((await saving).json).toHaveLength(3);
		});

		it.each([
			['a check', { parameters: { validateOnly: true, ...unset } }],
			['an agent', { parameters: unset, type: 'n8n-nodes-talent.acmeTool' }],
		])('is every row for %s', async (_, more) => {
			const items = itemsOf({ externalId: '' });
			const { json } = await runAcme('bulkSave', { items, service: savesAll, ...more });
			expect(json).toMatchObject([{ status: 'failed' }]);
		});
	});

	it('are outcomes in the order of the rows, whichever answer comes first', async () => {
		const { json } = await runAcme('bulkSave', {
			items: itemsOf(person(1), { externalId: 'E2' }, person(3)),
			service: savesAll,
		});
		expect(json.map(({ row, status }) => [row, status])).toEqual([
			[1, 'saved'],
			[2, 'failed'],
			[3, 'saved'],
		]);
	});
});

it('treats blank values of a field the way chosen for it', async () => {
	const { json, asked } = await runAcme('bulkSave', {
		items: itemsOf({ ...person(1), email: '' }, { ...person(2), perks: '' }, person(3)),
		parameters: {
			options: {
				blankValues: 'leave',
				blankValuesByField: {
					fields: [
						{ field: 'email', policy: 'clear' },
						{ field: 'perks', policy: 'skipRow' },
					],
				},
			},
		},
		service: savesAll,
	});
	expect(json.map(({ status }) => status)).toEqual(['saved', 'skipped', 'saved']);
	expect(sentRecords(asked).map(({ email }) => email)).toEqual([null, 'p3@acme.example']);
});

describe('An expression that cannot be worked out', () => {
	const failAt =
		(at: number, parameter = 'tenant') =>
		(context: object) => {
			const { getNodeParameter } = context as { getNodeParameter(...given: unknown[]): unknown };
			Object.assign(context, {
				getNodeParameter(name: string, index: number, ...more: unknown[]) {
					if (name === parameter && index === at) throw new Error('No such node "Before"');
					return getNodeParameter(name, index, ...more);
				},
			});
		};
	const byItem = { tenant: ['north', 'south', 'north'] };
	const service = () => ({ status: 200, body: { result: 'changed' } });
	const items = itemsOf(person(1), person(2), person(3));

	const words = 'cannot be worked out for this item: No such node "Before"';

	it.each([0, 1, 2])('fails the row of its item alone (item %i)', async (at) => {
		const { json } = await runAcme('update', { items, byItem, change: failAt(at), service });
		for (const [index, { status, errors }] of json.entries()) {
			expect([index, status]).toEqual([index, index === at ? 'failed' : 'saved']);
			if (index === at)
				expect(errors).toEqual([{ code: 'UNREADABLE_ROW', message: `"Tenant" ${words}` }]);
		}
	});

	it.each([
		['"Last Name"', { firstName: '={{ $json.a + 1 }}', lastName: '={{ $("Before").item }}' }],
		['A column', { firstName: '={{ $json.a + 1 }}' }],
	])('names the column: %s', async (name, value) => {
		const change = (context: object) => {
			failAt(0, 'columns')(context);
			const evaluateExpression = (expression: string) => {
				if (expression.includes('Before')) throw new Error('No such node "Before"');
			};
			Object.assign(context, { evaluateExpression });
		};
		const { json } = await runAcme('bulkSave', {
			...{ items: itemsOf({}, {}), service: savesAll, change },
			parameters: { columns: { mappingMode: 'defineBelow', value } },
		});
		const field = name === 'A column' ? undefined : 'Last Name';
		const [issue] = json[0].errors as object[];
		expect(issue).toEqual({ code: 'UNREADABLE_ROW', message: `${name} ${words}`, field });
	});

	it('names what the operation asks for by itself', async () => {
		const { json } = await runAcme('delete', {
			items: itemsOf({}, {}),
			byItem: { externalId: ['E1', 'E2'] },
			parameters: { team: 'Red', active: true, level: 1, birthDate: '2000-01-01', grade: 'A' },
			change: failAt(0, 'externalId'),
			service: () => ({ status: 200, body: { data: [] } }),
		});
		expect(json[0]).toMatchObject({
			errors: [{ field: 'External ID', message: `"External ID" ${words}` }],
		});
	});

	it('fails that row also where files are filled in', async () => {
		const { json } = await runAcme('bulkSave', {
			items,
			byItem: { options: [{ pictureBinaryProperty: 'photo' }, {}, {}] },
			change: failAt(1, 'options'),
			service: savesAll,
		});
		expect(json).toMatchObject([
			{ status: 'saved' },
			{ status: 'failed', errors: [{ code: 'UNREADABLE_ROW' }] },
			{ status: 'saved' },
		]);
	});

	it('for an option of any item is the set-up, and nothing is sent', async () => {
		const running = runAcme('update', {
			...{ items, service },
			byItem: { ...byItem, options: [{}, {}, {}] },
			change: (context) => [0, 1, 2].forEach((at) => failAt(at, 'options')(context)),
		});
		await expect(running).rejects.toThrow('No such node "Before"');
	});
});

describe('A later try of the same run', () => {
	const rows = itemsOf(person(1), person(2));

	it('is not another call of an agent, which hands the same run to all calls of all its tools', async () => {
		const one = async (number: number, name: string) => {
			const { json, asked } = await runAcme('bulkSave', {
				...{ run, retryOnFail: true, type: 'n8n-nodes-talent.acmeTool' },
				items: itemsOf(person(number)),
				change: (context) => void Object.assign(context.getNode(), { name }),
				service: savesAll,
			});
			return [json[0].key, sentRecords(asked)];
		};
		const run = {};
		for (const number of [1, 2, 3])
			expect(await one(number, 'Tool')).toEqual([`E${number}`, [person(number)]]);
		expect(await one(1, 'Tool')).toEqual(['E1', [person(1)]]);
	});

	it('is not the same input in another node', async () => {
		const run = {};
		for (const name of ['One', 'Two']) {
			const { asked } = await runAcme('bulkSave', {
				...{ run, retryOnFail: true, items: rows, service: savesAll },
				change: (context) => void Object.assign(context.getNode(), { name }),
			});
			expect(sentRecords(asked)).toHaveLength(2);
		}
	});

	it('leaves alone what an earlier one settled, and sends the rest', async () => {
		const run = {};
		const retry = { retryOnFail: true, run, items: rows };
		const options = { whenRowsFail: 'failNode', maxWaitSeconds: 0 };
		let down = true;
		const service = (asked: Asked) => {
			const { data } = asked.body as { data: Array<{ externalId: string }> };
			return down && data[0].externalId === 'E2'
				? { status: 503, body: { message: 'Down' } }
				: savesAll(asked, 1);
		};
		const parameters = { options: { ...options, chunkSize: 1 } };
		await expect(runAcme('bulkSave', { ...retry, parameters, service })).rejects.toThrow();
		down = false;
		const { asked, json } = await runAcme('bulkSave', { ...retry, parameters, service });
		expect(sentRecords(asked)).toEqual([person(2)]);
		expect(json).toMatchObject([{ status: 'saved' }, { status: 'saved' }]);
	});
});

describe('"Include Input"', () => {
	const [item] = itemsOf(person(1));
	const binary = { cv: { data: 'QUJD', mimeType: 'text/plain' } };
	const saving = (options: IDataObject) =>
		runAcme('bulkSave', {
			items: [{ ...item, binary }],
			parameters: { options },
			service: savesAll,
		});

	it('passes the files of the item on', async () => {
		expect((await saving({ includeInput: true })).output[0].binary).toEqual(binary);
		expect((await saving({})).output[0].binary).toBeUndefined();
	});
});

it('a file of rejects that n8n cannot store takes no outcome with it', async () => {
	const { json, hints } = await runAcme('bulkSave', {
		items: itemsOf(person(1), { externalId: 'E2' }),
		parameters: { options: { summary: true } },
		service: savesAll,
		change: ({ helpers }) =>
			void Object.assign(helpers, {
				prepareBinaryData: async () => {
					throw new Error('ENOSPC');
				},
			}),
	});
	expect(json.map(({ status }) => status)).toEqual(['saved', 'failed', undefined]);
	expect(hints).toContain('n8n could not store the file of the rows that failed.');
});

it.each<[string, object]>([
	[
		'Only the first item was used, because "Execute Once" is on',
		{ change: (context: IExecuteFunctions) => void (context.getNode().executeOnce = true) },
	],
	['"Failures Only" returns nothing.', { parameters: { options: { output: 'failuresOnly' } } }],
])('tells of settings that work against each other: %s', async (words, more) => {
	const saving = { items: itemsOf(person(1)), service: savesAll };
	const told = await runAcme('bulkSave', { ...saving, ...more });
	expect(told.hints).toContainEqual(expect.stringContaining(words));
	expect((await runAcme('bulkSave', saving)).hints).toHaveLength(1);
});
