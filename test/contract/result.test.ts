import type { IDataObject, INodeExecutionData, OnError } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../sandbox';
import { WHOZ_EXISTING_IDS, WHOZ_SAVE_PATH, WHOZ_TOKEN_PATH } from '../sandbox/whoz';
import { contentOf, inlineFile, storedFile, type EngineRun } from '../support/engine';
import { itemsOf, person, WhozRun } from './whozRun';

/** The result of saving, as saved workflows depend on it. */

// Half of what a service makes a run wait here, so a stop that does not work cannot pass for a slow machine.
jest.setTimeout(30_000);

let sandbox: Sandbox;
beforeEach(async () => {
	// A sandbox of its own for each test, since waits that a service asks for hold for its whole address.
	sandbox = await startSandbox({ vendors: ['whoz'] });
});
afterEach(async () => await sandbox.close());

const ADA = person('A1');
const NOBODY: IDataObject = { firstName: 'No', lastName: 'Key' };
const LOST_REPORT = person('A3', { manager: { externalId: 'NOBODY' } });
const NOWHERE = person('A4', { history: [{ since: '2026-01-01', workspaceId: 'nowhere' }] });
/** Saved, wrong in itself, saved without its manager, refused by the service. */
const MIXED = [ADA, NOBODY, LOST_REPORT, NOWHERE];

/** What is plain of every outcome, where there is nothing to say. */
const PLAIN = { action: '', reason: '', field: '', id: '' };

/** The outcomes of MIXED. */
const OUTCOMES = [
	{ ...PLAIN, key: 'A1', status: 'saved', action: 'created', row: 1 },
	{
		...PLAIN,
		key: '',
		status: 'failed',
		reason: '"External ID" is missing. Add a value or map a column to it.',
		field: 'External ID',
		errors: [
			{
				code: 'MISSING_VALUE',
				message: '"External ID" is missing. Add a value or map a column to it.',
				field: 'External ID',
			},
		],
		row: 2,
		input: NOBODY,
	},
	{
		...PLAIN,
		key: 'A3',
		status: 'failed',
		action: 'created',
		reason: 'Unknown manager NOBODY. The record is saved, but not its Manager.',
		field: 'Manager',
		errors: [
			{
				code: 'RELATION_FAILED',
				message: 'Unknown manager NOBODY. The record is saved, but not its Manager.',
				field: 'Manager',
			},
		],
		row: 3,
		input: LOST_REPORT,
	},
	{
		...PLAIN,
		key: 'A4',
		status: 'failed',
		reason: 'Unknown Workspace nowhere.',
		errors: [{ code: 'UNKNOWN_WORKSPACE', message: 'Unknown Workspace nowhere' }],
		row: 4,
		input: NOWHERE,
	},
];

const pairedTo = (...items: number[]) => items.map((item) => ({ item }));

const toErrorOutput = { onError: 'continueErrorOutput' as OnError };
const toRegularOutput = { onError: 'continueRegularOutput' as OnError };
/** The shortest wait n8n knows; 0 means its default of a second. */
const retrying = { retryOnFail: true, waitBetweenTries: 1 };
/** One request a row, one after the other. */
const ONE_BY_ONE = { chunkSize: 1, concurrency: 1 };

const statuses = (items: IDataObject[] | null) => items?.map(({ status }) => status);

describe('one outcome for each row, in row order', () => {
	test('on On Error = Stop all leave by the one output, with a warning', async () => {
		const { ok, err, error, pairing, hints } = await new WhozRun(sandbox).bulkSave(MIXED);
		expect(ok).toEqual(OUTCOMES);
		expect([err, error]).toEqual([null, undefined]);
		expect(pairing.ok).toEqual(pairedTo(0, 1, 2, 3));
		expect(hints).toEqual([
			{
				type: 'warning',
				location: 'outputPane',
				message: '1 of 4 rows saved, 3 failed. Each row says why.',
			},
		]);
	});

	test('on continue (regular output) as well', async () => {
		const { ok, err, pairing, hints } = await new WhozRun(sandbox).bulkSave(
			MIXED,
			{},
			toRegularOutput,
		);
		expect(ok).toEqual(OUTCOMES);
		expect(err).toBeNull();
		expect(hints).toMatchObject([{ message: expect.stringMatching(/^1 of 4 rows saved/) }]);
		expect(pairing.ok).toEqual(pairedTo(0, 1, 2, 3));
	});

	test('on continue (error output) failed rows leave there, under their input', async () => {
		const { ok, err, pairing } = await new WhozRun(sandbox).bulkSave(MIXED, {}, toErrorOutput);
		const [saved, ...failed] = OUTCOMES;
		expect(ok).toEqual([saved]);
		expect(err).toEqual(
			failed.map((outcome, at) => ({
				...MIXED[at + 1],
				error: {
					message: `Row ${outcome.row}: ${outcome.reason}`,
					...outcome,
				},
			})),
		);
		expect(pairing).toEqual({ ok: pairedTo(0), err: pairedTo(1, 2, 3) });
	});

	test('rows whose fate is unknown leave by the error output too', async () => {
		sandbox.faults.add({ kind: 'cutAfter', path: WHOZ_SAVE_PATH, nth: 2 });
		const rows = [ADA, person('A2')];
		const { ok, err } = await new WhozRun(sandbox).bulkSave(rows, ONE_BY_ONE, toErrorOutput);
		expect(statuses(ok)).toEqual(['saved']);
		expect(err).toEqual([
			{
				...rows[1],
				error: expect.objectContaining({
					key: 'A2',
					status: 'unknown',
					row: 2,
					input: rows[1],
					errors: [expect.objectContaining({ code: 'CONNECTION_LOST' })],
				}),
			},
		]);
	});

	test('skipped rows are no failures', async () => {
		const { ok, err } = await new WhozRun(sandbox).bulkSave(
			[ADA, ADA],
			{ duplicates: 'first' },
			toErrorOutput,
		);
		expect(err).toBeNull();
		expect(ok).toEqual([
			{ ...PLAIN, key: 'A1', status: 'saved', action: 'created', row: 1 },
			{
				...PLAIN,
				key: 'A1',
				status: 'skipped',
				reason: '"External ID" is the same as in another row. Row 1 was used.',
				field: 'External ID',
				row: 2,
			},
		]);
	});

	test('rows that were never sent say so', async () => {
		sandbox.faults.add({
			kind: 'status',
			status: 429,
			retryAfter: { seconds: 60 },
			nth: 2,
			times: 'always',
		});
		const run = new WhozRun(sandbox);
		const { ok } = await run.bulkSave([ADA, person('A2'), person('A3')], ONE_BY_ONE);
		expect(ok).toEqual([
			expect.objectContaining({ key: 'A1', status: 'saved' }),
			expect.objectContaining({
				status: 'failed',
				errors: [expect.objectContaining({ code: 'RATE_LIMITED' })],
			}),
			expect.objectContaining({
				status: 'failed',
				errors: [expect.objectContaining({ code: 'NOT_SENT' })],
			}),
		]);
		expect(run.sent()).toEqual([['A1'], ['A2']]);
	});

	test('action is there only when the service said it of this very row', async () => {
		const rows = [ADA, person(WHOZ_EXISTING_IDS[0])];
		const together = await new WhozRun(sandbox).bulkSave(rows);
		expect(together.ok).toEqual([
			{ ...PLAIN, key: 'A1', status: 'saved', row: 1 },
			{ ...PLAIN, key: WHOZ_EXISTING_IDS[0], status: 'saved', row: 2 },
		]);
		const apart = await new WhozRun(sandbox).bulkSave(rows, ONE_BY_ONE);
		expect(apart.ok?.map(({ action }) => action)).toEqual(['updated', 'updated']);
	});

	test('the input is added on request', async () => {
		const { ok } = await new WhozRun(sandbox).bulkSave([ADA], { includeInput: true });
		expect(ok).toEqual([
			{ ...PLAIN, key: 'A1', status: 'saved', action: 'created', row: 1, input: ADA },
		]);
	});

	test('a dry run sends nothing and tells what would happen', async () => {
		const { ok } = await new WhozRun(sandbox).bulkSave(MIXED, { validateOnly: true });
		expect(statuses(ok)).toEqual(['wouldSave', 'failed', 'wouldSave', 'wouldSave']);
		expect(sandbox.ledger.requests).toEqual([]);
	});

	test('a single record has the same outcome without a row', async () => {
		const { ok, pairing } = await new WhozRun(sandbox).run(
			'create',
			itemsOf([ADA, { externalId: 'A2', firstName: 'Bo', lastName: 'Example' }]),
		);
		expect(ok).toEqual([
			{ ...PLAIN, key: 'A1', status: 'saved', action: 'created' },
			expect.objectContaining({ key: 'A2', status: 'failed' }),
		]);
		expect(ok?.[1]).not.toHaveProperty('row');
		expect(pairing.ok).toEqual(pairedTo(0, 1));
	});
});

describe('unless the user chooses, rows that fail', () => {
	const unset = { ...ONE_BY_ONE, whenRowsFail: undefined };

	test('fail the node where no other was saved, with the reason said once', async () => {
		const run = new WhozRun(sandbox);
		const nobody = [1, 2, 3].map((n) => ({ externalId: `N${n}` }));
		const { ok, error } = await run.bulkSave(nobody, unset);
		expect([ok, error?.message]).toEqual([null, '3 of 3 rows failed']);
		expect(error?.description).toMatch(/^• Rows 1, 2 and 3: /);
	});

	test('are told beside those that were saved', async () => {
		const { ok, error } = await new WhozRun(sandbox).bulkSave([ADA, { externalId: 'N1' }], unset);
		expect([error, statuses(ok)]).toEqual([undefined, ['saved', 'failed']]);
	});

	test('fail the node where records are sent one by one, and nothing goes on', async () => {
		const columns = { mappingMode: 'autoMapInputData', value: null };
		const { ok, error } = await new WhozRun(sandbox).run(
			'create',
			itemsOf([{ externalId: 'N1' }]),
			{ whenRowsFail: undefined },
			{ parameters: { columns } },
		);
		expect(ok).toBeNull();
		expect(error?.message).toMatch(/is missing/);
	});
});

describe('When Rows Fail = Fail Node', () => {
	test('finishes all rows, then fails with the counts and the first reasons', async () => {
		const { ok, error, status } = await new WhozRun(sandbox).bulkSave([...MIXED, person('A5')], {
			...ONE_BY_ONE,
			whenRowsFail: 'failNode',
		});
		expect([ok, status]).toEqual([null, 'error']);
		expect(error?.message).toBe('3 of 5 rows failed');
		for (const outcome of OUTCOMES.slice(1))
			expect(error?.description).toContain(`Row ${outcome.row}: ${outcome.reason}`);
		expect(sandbox.truth('whoz').savesOf('A5')).toBe(1);
	});

	test('does not fail when no row did', async () => {
		const { ok } = await new WhozRun(sandbox).bulkSave([ADA], { whenRowsFail: 'failNode' });
		expect(statuses(ok)).toEqual(['saved']);
	});
});

describe('the summary', () => {
	const countsOf = (summary: unknown) => {
		const { rows, ...counts } = summary as Record<string, number>;
		const names = ['saved', 'failed', 'skipped', 'inProgress', 'unknown', 'wouldSave'];
		return { rows, sum: names.reduce((sum, name) => sum + (counts[name] ?? 0), 0) };
	};

	test('is one more item, last, paired to every input, and never an error', async () => {
		const { ok, err, pairing } = await new WhozRun(sandbox).bulkSave(
			MIXED,
			{ summary: true },
			toErrorOutput,
		);
		expect([ok?.length, err?.length]).toEqual([2, 3]);
		expect(ok?.[1]).toEqual({
			summary: expect.objectContaining({ rows: 4, saved: 1, failed: 3, requests: 2, retries: 0 }),
		});
		expect(pairing.ok[1]).toEqual(pairedTo(0, 1, 2, 3));
	});

	test.each<[string, IDataObject]>([
		['saving', {}],
		['a dry run', { validateOnly: true }],
		['skipping', { duplicates: 'last' }],
	])('counts every row once (%s)', async (_, options) => {
		const rows = [...MIXED, ADA];
		const { ok } = await new WhozRun(sandbox).bulkSave(rows, { ...options, summary: true });
		expect(countsOf(ok?.at(-1)?.summary)).toEqual({ rows: 5, sum: 5 });
	});

	test('counts requests and retries', async () => {
		sandbox.faults.add({ kind: 'status', status: 500, times: 2 });
		const { ok } = await new WhozRun(sandbox).bulkSave([ADA], {
			summary: true,
			maxWaitSeconds: 10,
		});
		expect(ok?.at(-1)?.summary).toMatchObject({ rows: 1, saved: 1, requests: 3, retries: 2 });
	});

	test('can be the only item', async () => {
		const { ok, err } = await new WhozRun(sandbox).bulkSave(
			MIXED,
			{ output: 'summaryOnly' },
			toErrorOutput,
		);
		expect(err).toBeNull();
		expect(ok).toEqual([{ summary: expect.objectContaining({ rows: 4, failed: 3 }) }]);
	});

	test('carries the rejected rows as a file that can be imported again', async () => {
		const { task } = await new WhozRun(sandbox).bulkSave(MIXED, { summary: true });
		const { binary } = task!.data!.main[0]!.at(-1)!;
		expect(Object.keys(binary!)).toEqual(['rejects']);
		const lines = (await contentOf(binary!.rejects)).toString().trim().split('\r\n');
		expect(lines[0]).toMatch(/,Reject Reason,Reject Row$/);
		expect(lines.slice(1).map((line) => line.split(',').at(-1))).toEqual(['2', '3', '4']);

		const again = await new WhozRun(sandbox).run(
			'import',
			[{ json: {}, binary: { data: binary!.rejects } }],
			{ validateOnly: true },
		);
		expect(statuses(again.ok)).toEqual(['failed', 'wouldSave', 'wouldSave']);
	});

	test('has no file when nothing was rejected', async () => {
		const { task } = await new WhozRun(sandbox).bulkSave([ADA], { summary: true });
		expect(task!.data!.main[0]!.at(-1)!.binary).toBeUndefined();
	});
});

test('failures only leaves the others out and keeps the pairing', async () => {
	const { ok, pairing } = await new WhozRun(sandbox).bulkSave(MIXED, { output: 'failuresOnly' });
	expect(ok).toEqual(OUTCOMES.slice(1));
	expect(pairing.ok).toEqual(pairedTo(1, 2, 3));
});

describe('an import', () => {
	const csv = (...lines: string[]) =>
		['External ID,First Name,Last Name,Workspace ID,Since', ...lines].join('\n');
	const line = (id: string) => `${id},Ada,Lovelace,5f7b1a5b9d3e6c001a7e1001,2026-01-01`;

	test.each([
		['in the item', async (text: string) => inlineFile(text, 'people.csv')],
		['on disk', async (text: string) => await storedFile(text, 'people.csv')],
	])(
		'numbers rows as a spreadsheet shows them and pairs them to their file (%s)',
		async (_, file) => {
			const input: INodeExecutionData[] = [
				{ json: {}, binary: { data: await file(csv(line('A1'), ',No,Key,,')) } },
				{ json: {}, binary: { data: await file(csv(line('B1'))) } },
			];
			const { ok, pairing } = await new WhozRun(sandbox).run('import', input, { summary: true });
			expect(ok?.map(({ key, status, row }) => [key, status, row])).toEqual([
				['A1', 'saved', 2],
				['', 'failed', 3],
				['B1', 'saved', 2],
				[undefined, undefined, undefined],
			]);
			expect(ok?.[1].input).toMatchObject({ 'First Name': 'No', 'Last Name': 'Key' });
			expect(pairing.ok).toEqual([...pairedTo(0, 0, 1), pairedTo(0, 1)]);
		},
	);

	test('takes items as well', async () => {
		const { ok } = await new WhozRun(sandbox).run(
			'import',
			itemsOf(MIXED),
			{},
			{
				parameters: { source: 'items' },
			},
		);
		expect(ok).toEqual(OUTCOMES);
	});
});

describe('a wrong set-up', () => {
	const file = (text: string): INodeExecutionData[] => [
		{ json: { from: 'mail' }, binary: { data: inlineFile(text, 'people.csv') } },
	];
	const rows = itemsOf([ADA, person('A2')]);
	const OTHER_KEY = { clientSecret: 'another-secret' };

	interface Case {
		message: unknown;
		operation?: string;
		input?: INodeExecutionData[];
		credential?: IDataObject;
		options?: IDataObject;
		before?(run: WhozRun): void;
		credentials?: string[];
	}
	const CASES: Record<string, Case> = {
		'a wrong client secret': {
			credential: OTHER_KEY,
			message: expect.stringMatching(
				/^Whoz refused the sign-in \(HTTP 401, unauthorized_client\)\. Check Client ID, Client Secret and Environment in the credential\./,
			),
		},
		'a host that does not answer': {
			credential: { baseUrl: 'http://127.0.0.1:1' },
			message:
				'http://127.0.0.1:1 did not answer. Check the address in the credential, and that n8n can reach it.',
		},
		'a base URL that is none': {
			credential: { baseUrl: 'whoz' },
			message:
				'The base URL in the credential is not a web address. It must look like https://example.com.',
		},
		'no permission': {
			before: () =>
				sandbox.faults.add({ kind: 'status', status: 403, body: { message: 'Not for you.' } }),
			message: expect.stringMatching(/^Not for you\. The credential has no permission for this\./),
		},
		'no credential chosen': { credentials: [], message: expect.stringMatching(/credential/i) },
		'a credential that was deleted': {
			credentials: ['whozTalentApi'],
			before: ({ engine }) => void delete engine.credentials.stored.whozTalentApi,
			message: expect.any(String),
		},
		'an expression that fails': {
			options: { trustedSource: '={{ $("Nobody").item.json.trusted }}' },
			message: expect.any(String),
		},
		'a file that is empty': {
			operation: 'import',
			input: file(''),
			message: 'The file is empty. Check the node that provides it.',
		},
		'a file without a known column': {
			operation: 'import',
			input: file('Pet,Colour\nCat,Red\n'),
			message: expect.stringMatching(
				/^No row at the top of people\.csv names a field\. Fields are "External ID", /,
			),
		},
		'no file': {
			operation: 'import',
			input: itemsOf([{ from: 'mail' }]),
			message: 'There is no file, but 1 row. Set "Source" to "Input Items".',
		},
	};

	const saved = () => sandbox.truth('whoz').records;
	const execute = async (
		{ operation = 'bulkSave', input = rows, credential, options, before, credentials }: Case,
		onError?: OnError,
	): Promise<EngineRun> => {
		const run = new WhozRun(sandbox, credential);
		before?.(run);
		return await run.run(operation, input, options, {
			onError,
			...(credentials === undefined ? {} : { credentials }),
		});
	};

	test.each(Object.entries(CASES))('%s fails the node', async (_, setup) => {
		const { ok, err, error, status } = await execute(setup);
		expect([ok, err, status]).toEqual([null, null, 'error']);
		expect(error?.message).toEqual(setup.message);
		expect(saved()).toEqual([]);
	});

	test.each(Object.entries(CASES))(
		'%s is one error item for each input in continue (regular output)',
		async (_, setup) => {
			const input = setup.input ?? rows;
			const { ok, pairing } = await execute(setup, 'continueRegularOutput');
			expect(ok).toEqual(input.map(() => ({ error: { message: setup.message } })));
			expect(pairing.ok).toEqual(input.map((_item, item) => ({ item })));
			expect(saved()).toEqual([]);
		},
	);

	test.each(Object.entries(CASES))(
		'%s is one error item for each input in continue (error output)',
		async (_, setup) => {
			const input = setup.input ?? rows;
			const { ok, err, pairing } = await execute(setup, 'continueErrorOutput');
			expect(ok).toBeNull();
			expect(err).toEqual(
				input.map(({ json }) => ({ ...json, error: { message: setup.message } })),
			);
			expect(pairing.err).toEqual(input.map((_item, item) => ({ item })));
			expect(saved()).toEqual([]);
		},
	);

	test('that shows only in the middle of a run ends the rows, not the node', async () => {
		sandbox.faults.add({ kind: 'status', status: 403, nth: 2, times: 'always' });
		const run = new WhozRun(sandbox);
		const { ok, error } = await run.bulkSave([ADA, person('A2'), person('A3')], ONE_BY_ONE);
		expect(error).toBeUndefined();
		expect(ok?.map(({ status, errors }) => [status, (errors as IDataObject[])?.[0].code])).toEqual([
			['saved', undefined],
			['failed', 'PERMISSION'],
			['failed', 'NOT_SENT'],
		]);
		expect(run.sent()).toEqual([['A1'], ['A2']]);
	});

	test.each([
		['an expression that fails', '$("Nobody").item.json.x'],
		['a value that cannot be used', '"perhaps"'],
	])('of one item does not hide what became of the others (%s)', async (_, expression) => {
		const run = new WhozRun(sandbox);
		const { ok, err } = await run.bulkSave(
			[ADA, person('A2')],
			{
				...ONE_BY_ONE,
				// Rows are not read ahead, so that the first is under way when the second turns out wrong.
				duplicates: 'first',
				trustedSource: `={{ $json.externalId === "A2" ? ${expression} : false }}`,
			},
			toErrorOutput,
		);
		const reported = statuses(ok)?.filter((status) => status === 'saved') ?? [];
		expect(reported).toHaveLength(saved().length);
		expect((ok ?? []).length + (err ?? []).length).toBe(2);
	});
});

describe('Retry On Fail', () => {
	const failing = (key: string, status = 500) =>
		sandbox.faults.add({
			kind: 'status',
			status,
			when: ({ body }) => JSON.stringify(body).includes(`"${key}"`),
		});

	test('after Fail Node sends only what is not finished', async () => {
		failing('A2');
		const run = new WhozRun(sandbox);
		const { ok, calls } = await run.bulkSave(
			[ADA, person('A2'), person('A3')],
			{ ...ONE_BY_ONE, whenRowsFail: 'failNode' },
			retrying,
		);
		expect(calls).toBe(2);
		expect(run.sent()).toEqual([['A1'], ['A2'], ['A3'], ['A2']]);
		expect(statuses(ok)).toEqual(['saved', 'saved', 'saved']);
		expect(ok?.[0]).toEqual({ ...PLAIN, key: 'A1', status: 'saved', action: 'created', row: 1 });
	});

	test('after a first row that failed does so in the error output mode', async () => {
		failing('A1');
		const run = new WhozRun(sandbox);
		const { ok, err, calls } = await run.bulkSave([ADA, person('A2')], ONE_BY_ONE, {
			...toErrorOutput,
			...retrying,
		});
		expect(calls).toBe(2);
		expect(run.sent()).toEqual([['A1'], ['A2'], ['A1']]);
		expect([statuses(ok), err]).toEqual([['saved', 'saved'], null]);
	});

	test('does not send a row again that the service has refused for good', async () => {
		const run = new WhozRun(sandbox);
		const { ok, err, calls } = await run.bulkSave([NOWHERE, ADA], ONE_BY_ONE, {
			...toErrorOutput,
			...retrying,
		});
		expect(calls).toBe(3);
		expect(run.sent()).toEqual([['A4'], ['A1']]);
		expect([statuses(ok), err?.length]).toEqual([['saved'], 1]);
	});

	test('works for a file as it does for items', async () => {
		failing('A2');
		const run = new WhozRun(sandbox);
		const row = (id: string) => `${id},Ada,Lovelace,5f7b1a5b9d3e6c001a7e1001,2026-01-01`;
		const text = `External ID,First Name,Last Name,Workspace ID,Since\n${row('A1')}\n${row('A2')}`;
		const { ok, calls } = await run.run(
			'import',
			[{ json: {}, binary: { data: inlineFile(text, 'people.csv') } }],
			{ ...ONE_BY_ONE, whenRowsFail: 'failNode' },
			retrying,
		);
		expect(calls).toBe(2);
		expect(run.sent()).toEqual([['A1'], ['A2'], ['A2']]);
		expect(statuses(ok)).toEqual(['saved', 'saved']);
	});

	test('starts from nothing in a new run', async () => {
		const run = new WhozRun(sandbox);
		await run.bulkSave([ADA], {}, retrying);
		await run.bulkSave([ADA], {}, retrying);
		expect(run.sent()).toEqual([['A1'], ['A1']]);
	});

	test('counts every row once in the summary of the last try', async () => {
		failing('A1');
		const { ok } = await new WhozRun(sandbox).bulkSave(
			[ADA, person('A2')],
			{ ...ONE_BY_ONE, whenRowsFail: 'failNode', summary: true },
			retrying,
		);
		expect(ok?.at(-1)?.summary).toMatchObject({ rows: 2, saved: 2, failed: 0 });
	});

	test('repeats a wrong set-up without saving anything', async () => {
		const run = new WhozRun(sandbox, { clientSecret: 'another-secret' });
		const { calls, err } = await run.bulkSave([ADA], {}, { ...toErrorOutput, ...retrying });
		expect([calls, err?.length, run.sent()]).toEqual([3, 1, []]);
	});
});

describe('a stop', () => {
	const PEOPLE = [ADA, person('A2'), person('A3')];
	const until = async (condition: () => boolean) => {
		while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
	};
	/** Stops when the first save request has come as far as `condition`. No answer or wait would end in time by itself. */
	const stopped = async (
		run: WhozRun,
		condition: () => boolean,
		node: { onError?: OnError; retryOnFail?: boolean } = {},
	) => {
		const options = { ...ONE_BY_ONE, maxWaitSeconds: 300 };
		const running = run.start('bulkSave', itemsOf(PEOPLE), options, node);
		await until(condition);
		running.stop();
		return await running.done;
	};
	const saveRequests = () => sandbox.ledger.requests.filter(({ path }) => path === WHOZ_SAVE_PATH);

	test.each<OnError>(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'])(
		'ends a request that gets no answer, and nothing is sent after it (%s)',
		async (onError) => {
			sandbox.faults.add({ kind: 'timeout', path: WHOZ_SAVE_PATH });
			const run = new WhozRun(sandbox);
			const { status, ok, err } = await stopped(run, () => saveRequests().length === 1, {
				onError,
			});
			expect([status, ok, err]).toEqual(['canceled', null, null]);
			expect(run.sent()).toEqual([['A1']]);
		},
	);

	test('ends a wait the service asked for', async () => {
		sandbox.faults.add({ kind: 'status', status: 429, retryAfter: { seconds: 60 } });
		const run = new WhozRun(sandbox);
		const { status } = await stopped(run, () => saveRequests()[0]?.status === 429);
		expect([status, run.sent()]).toEqual(['canceled', [['A1']]]);
	});

	test('is not undone by Retry On Fail', async () => {
		sandbox.faults.add({ kind: 'timeout', path: WHOZ_SAVE_PATH });
		const run = new WhozRun(sandbox);
		const { status } = await stopped(run, () => saveRequests().length === 1, retrying);
		expect([status, run.sent()]).toEqual(['canceled', [['A1']]]);
	});

	test('leaves nothing that the next run could not finish', async () => {
		sandbox.faults.add({ kind: 'timeout', path: WHOZ_SAVE_PATH, nth: 2, applied: true });
		const run = new WhozRun(sandbox);
		await stopped(run, () => saveRequests().length === 2);
		const { ok } = await run.bulkSave(PEOPLE);
		expect(statuses(ok)).toEqual(['saved', 'saved', 'saved']);
		expect(sandbox.truth('whoz').created).toBe(3);
	});
});

describe('a session', () => {
	const signIns = () =>
		sandbox.ledger.requests.filter(({ path }) => path === WHOZ_TOKEN_PATH).length;

	test('is opened once for requests that could start together, and kept for the next run', async () => {
		const run = new WhozRun(sandbox);
		const rows = Array.from({ length: 8 }, (_, at) => person(`A${at}`));
		await run.bulkSave(rows, { chunkSize: 1 });
		await run.bulkSave(rows, { chunkSize: 1 });
		expect(signIns()).toBe(1);
	});

	test('that has expired is renewed in the middle of a run, and no row is sent for nothing', async () => {
		const run = new WhozRun(sandbox);
		sandbox.faults.add({ kind: 'expiredToken', path: WHOZ_SAVE_PATH, nth: 2 });
		const { ok } = await run.bulkSave([ADA, person('A2'), person('A3')], ONE_BY_ONE);
		expect(statuses(ok)).toEqual(['saved', 'saved', 'saved']);
		expect(signIns()).toBe(2);
		expect(['A1', 'A2', 'A3'].map((key) => sandbox.truth('whoz').savesOf(key))).toEqual([1, 1, 1]);
	});

	test('of another host or key is not used', async () => {
		const run = new WhozRun(sandbox);
		await run.bulkSave([ADA]);
		const { whozTalentApi } = run.engine.credentials.stored;
		const elsewhere = await startSandbox({ vendors: ['whoz'] });
		whozTalentApi.baseUrl = elsewhere.baseUrl('whoz');
		await run.bulkSave([ADA]);
		const [first] = elsewhere.ledger.requests;
		expect(first.headers).not.toHaveProperty('authorization');
		expect(elsewhere.truth('whoz').savesOf('A1')).toBe(1);
		await elsewhere.close();
	});
});
