import { readFileSync } from 'node:fs';
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Execution, Workflow } from '../../scripts/lib/n8nClient';
import { ROOT } from '../../scripts/lib/paths';
import {
	N8N_ADDRESS,
	practiceCredentials,
	provideFiles,
	provideWorkflows,
} from '../../scripts/lib/practice';
import { startStandIns, type StandIns } from '../../scripts/lib/standIns';
import { OFTEN } from '../../scripts/lib/workflow';
import { EIGHTFOLD_EXISTING_IDS } from '../sandbox/eightfold';
import { INGEDATA_BEARER_TOKEN, INGEDATA_EXISTING_IDS } from '../sandbox/ingedata';
import { WHOZ_WORKSPACE_IDS } from '../sandbox/whoz';
import { testOf } from './support/cases';
import { outputsOf, theN8n, type N8n } from './support/n8n';
import { sandbox } from './support/sandbox';
import { post, submit } from './support/web';

/* Each example as `npm start` leaves it in n8n, run as its users run it. */

type Saved = Workflow & { id: string };
type Json = Record<string, unknown>;

let n8n: N8n;
let standIns: StandIns;
let files: string;
let examples: Map<string, Saved>;

beforeAll(async () => {
	n8n = await theN8n();
	await sandbox.reset();
	standIns = await startStandIns();
	files = await provideFiles(n8n.home);
	examples = await provideWorkflows(
		n8n.client,
		[...practiceCredentials(sandbox), ...standIns.credentials],
		files,
		{ ...standIns.addresses, [N8N_ADDRESS]: n8n.url },
	);
});
afterAll(async () => await standIns.close());

const data = (name: string): string => join(ROOT, 'examples/data', name);
const example = (name: string): Saved => {
	const found = examples.get(`${name}.json`);
	if (found === undefined) throw new Error(`There is no example ${name}`);
	return found;
};

/** From a trigger that is started by hand, or would be by the clock. */
const run = async (name: string, trigger = 'Start'): Promise<Execution> =>
	await n8n.client.runWorkflow(example(name), trigger);

/** What an action gave, and the executions it started in a workflow, newest first, once they have ended. */
async function started<T>(
	workflow: Saved,
	action: () => Promise<T>,
	count = 1,
): Promise<[T, ...Execution[]]> {
	const known = await n8n.client.executionsOf(workflow);
	const result = await action();
	for (;;) {
		const ids = await n8n.client.executionsOf(workflow);
		const fresh = ids.filter((id) => !known.includes(id));
		if (fresh.length >= count)
			return [result, ...(await Promise.all(fresh.map((id) => n8n.client.finished(id))))];
		await sleep(100);
	}
}

/** What a node's output held, item by item. */
const items = (execution: Execution, node: string, output = 0): Json[] => {
	const { error, outputs } = outputsOf(execution, node);
	if (error !== undefined) throw new Error(`${node}: ${error}`);
	return (outputs[output] ?? []).map(({ json }) => json);
};

const csv = (text: string, name = 'list.csv'): File => new File([text], name, { type: 'text/csv' });

const records = async (vendor: string) =>
	new Map((await sandbox.truth(vendor)).map((record) => [record.key, record]));

const people = JSON.parse(readFileSync(data('people.expected.json'), 'utf8')) as {
	rows: number;
	status: { saved: number; failed: number };
	vendor: { created: number; updated: number };
};

describe('csv-to-whoz', () => {
	testOf('whoz')('imports the file and counts every row', async () => {
		const outcomes = items(await run('csv-to-whoz'), 'Import into Whoz');
		expect(outcomes).toHaveLength(people.rows + 1);
		const { rows, status, vendor } = people;
		const { created, updated } = vendor;
		expect(outcomes.at(-1)?.summary).toMatchObject({ rows, ...status, created, updated });
		const there = [...(await records('whoz')).values()];
		expect(there.filter((record) => record.created === 1)).toHaveLength(created);
		expect(there.filter((record) => record.created > 1)).toEqual([]);
	});
});

describe('form-cv-to-collective', () => {
	const cv = () => new File([readFileSync(data('cv.pdf'))], 'cv.pdf', { type: 'application/pdf' });
	const applicant = (email: string, file: File) => ['Ada', 'Example', email, '555-0100', '', file];
	let workflow: Saved;
	beforeAll(async () => {
		workflow = example('form-cv-to-collective');
		await n8n.client.activate(workflow);
	});

	testOf('collective')('makes an applicant a talent with the CV, once', async () => {
		const apply = (email: string) =>
			started(workflow, () => submit(n8n, 'apply-with-cv', applicant(email, cv())));
		const [page, first] = await apply('Ada@Example.com');
		expect(page.text).toBe('Thank you We have your application, Ada.');
		const [saved] = items(first, 'Save in Collective');
		expect(saved).toMatchObject({ key: 'ada@example.com', status: 'saved', action: 'created' });

		const [, second] = await apply('ada@example.com');
		const [again] = items(second, 'Save in Collective');
		expect(again).toMatchObject({ key: 'ada@example.com', status: 'saved', action: 'updated' });

		const talent = (await records('collective')).get('ada@example.com');
		expect(talent).toMatchObject({
			created: 1,
			updated: 1,
			value: {
				firstname: 'Ada',
				lastname: 'Example',
				phones: ['555-0100'],
				resume: readFileSync(data('cv.pdf')).toString('base64'),
			},
		});
	});

	testOf('collective')('tells the applicant that the file is no CV', async () => {
		const zip = new File([Buffer.from('504b0506000000000000', 'hex')], 'cv.pdf');
		const page = await submit(n8n, 'apply-with-cv', applicant('zip@example.com', zip));
		expect(page.text).toMatch(/^Your application was not saved .*"Résumé" is no PDF, DOCX/);
		expect(await records('collective')).not.toContain('zip@example.com');
	});
});

describe('check-and-import-to-whoz', () => {
	const HEADERS = 'External ID,First Name,Last Name,Email,Workspace ID,Since';
	const [workspace] = WHOZ_WORKSPACE_IDS;
	const person = (id: string, more: { last?: string; workspace?: string; since?: string } = {}) =>
		[
			...[id, 'Ada', more.last ?? 'Upload', `${id.toLowerCase()}@example.com`],
			...[more.workspace ?? workspace, more.since ?? '2026-02-01'],
		].join(',');
	const upload = (lines: string[]) =>
		submit(n8n, 'people-for-whoz', [csv([HEADERS, ...lines].join('\n'))]);
	const keys = async () =>
		[...(await records('whoz')).keys()].filter((key) => key.startsWith('UP-')).sort();
	beforeAll(async () => await n8n.client.activate(example('check-and-import-to-whoz')));

	testOf('whoz')('changes nothing when the file looks wrong', async () => {
		const shifted = ['UP-1', 'UP-2', 'UP-3'].map((id) => person(id, { since: workspace }));
		const { text, file } = await upload([...shifted, person('UP-4')]);
		expect(text).toMatch(/^Nothing was imported 3 of 4 rows are wrong/);
		expect(file?.name).toBe('rejects.csv');
		expect(file?.content.split('\r\n').filter((line) => line.startsWith('UP-'))).toHaveLength(3);
		expect(await keys()).toEqual([]);
	});

	testOf('whoz')('says why a file is no list of people', async () => {
		const { text } = await submit(n8n, 'people-for-whoz', [csv('Colour,Size\nred,XL\n')]);
		expect(text).toMatch(/^Nothing was imported No row at the top of list\.csv names a field/);
	});

	testOf('whoz')('imports what is good, and the rest once it is corrected', async () => {
		const good = Array.from({ length: 10 }, (_, at) => person(`UP-G${at}`));
		// One that the check sees, two that only Whoz can know: the file given back is that of the import.
		const wrong = [
			person('UP-D', { since: 'soon' }),
			person('UP-W', { workspace: 'nowhere' }),
			person('UP-L', { last: '' }),
		];
		const first = await upload([...good, ...wrong]);
		expect(first.text).toMatch(/^Some rows need to be corrected 10 of 13 rows were saved/);
		const rejects = first.file?.content ?? '';
		expect(rejects.split('\r\n').filter((line) => line.startsWith('UP-'))).toHaveLength(3);
		expect(rejects).toContain('Unknown Workspace');
		expect(await keys()).toHaveLength(10);

		const corrected = rejects
			.replace(',soon,', ',2026-02-02,')
			.replace(',nowhere,', `,${workspace},`)
			.replace('UP-L,Ada,,', 'UP-L,Ada,Lee,');
		const second = await submit(n8n, 'people-for-whoz', [csv(corrected, 'rejects.csv')]);
		expect(second).toEqual({
			text: 'All people are in Whoz 3 rows were saved: 3 new people, 0 changed.',
		});
		const saved = await records('whoz');
		expect(await keys()).toHaveLength(13);
		expect(
			[...saved].filter(([key, { created }]) => key.startsWith('UP-') && created !== 1),
		).toEqual([]);
		expect(saved.get('UP-L')?.value).toMatchObject({ lastName: 'Lee' });
	});
});

/** Somebody at work in Ingedata itself. */
async function inIngedata<T>(
	method: string,
	talent?: { id?: string; attributes: Json },
): Promise<T> {
	const path = ['api/v3/talent/talents', talent?.id].filter(Boolean).join('/');
	const response = await fetch(`${sandbox.baseUrl('ingedata')}/${path}`, {
		method,
		headers: {
			authorization: `Bearer ${INGEDATA_BEARER_TOKEN}`,
			'content-type': 'application/json',
		},
		body: talent && JSON.stringify({ data: { type: 'talent/talents', ...talent } }),
	});
	if (!response.ok) throw new Error(await response.text());
	return (await response.json()) as T;
}

const newTalent = async (organizational_unit: string) =>
	await inIngedata('POST', {
		attributes: {
			first_name: 'New',
			last_name: 'Talent',
			organizational_unit,
			created_at: '2026-02-01T00:00:00Z',
		},
	});

describe('nightly-ingedata-to-whoz', () => {
	const night = () => run('nightly-ingedata-to-whoz', 'Every Night');
	const summaryOf = (execution: Execution) => items(execution, 'Save in Whoz').at(-1)?.summary;
	const rename = async (id: string, last_name: string) =>
		await inIngedata('PATCH', { id, attributes: { last_name } });

	testOf('ingedata', 'whoz')('copies everybody, then only who has changed', async () => {
		const count = INGEDATA_EXISTING_IDS.length;
		const writes = async () =>
			(await sandbox.ledger('whoz')).filter(({ path }) => path.endsWith('/bulk/save')).length;
		const before = await writes();
		expect(summaryOf(await night())).toMatchObject({ rows: count, saved: count, created: count });
		const there = await records('whoz');
		for (const [at, id] of INGEDATA_EXISTING_IDS.entries())
			expect(there.get(String(id))?.value).toMatchObject({
				lastName: `Family${at + 1}`,
				// Their units alternate.
				history: [{ workspaceId: WHOZ_WORKSPACE_IDS[at % 2], since: '2026-01-15' }],
			});

		const first = await writes();
		expect(summaryOf(await night())).toMatchObject({ rows: count, saved: 0, skipped: count });
		expect([first - before, (await writes()) - first]).toEqual([1, 0]);

		await rename(INGEDATA_EXISTING_IDS[4], 'Married');
		expect(summaryOf(await night())).toMatchObject({ saved: 1, updated: 1, skipped: count - 1 });
		const changed = (await records('whoz')).get(String(INGEDATA_EXISTING_IDS[4]));
		expect(changed).toMatchObject({ saved: 2, value: { lastName: 'Married' } });
	});

	testOf('ingedata', 'whoz')(
		'turns red for a unit that has no workspace, and saves the others',
		async () => {
			await newTalent('XX');
			await rename(INGEDATA_EXISTING_IDS[6], 'Renamed');
			const execution = await night();
			expect(execution.status).toBe('error');
			expect(execution.error?.message).toMatch(/^1 of 41 rows failed/);
			const changed = (await records('whoz')).get(String(INGEDATA_EXISTING_IDS[6]));
			expect(changed?.value).toMatchObject({ lastName: 'Renamed' });
		},
	);
});

describe('failures-to-spreadsheet', () => {
	testOf('whoz')('writes who failed into a spreadsheet and says so', async () => {
		standIns.messages.splice(0);
		const execution = await run('failures-to-spreadsheet');
		expect(execution.status).toBe('success');
		const lines = items(execution, 'Lines to Correct');
		expect(lines).toHaveLength(people.status.failed);
		const [name] = (await readdir(files)).filter((file) => /^failures-.*\.xlsx$/.test(file));
		expect(standIns.messages).toEqual([
			`${people.status.failed} people could not be saved in Whoz. They are in ${join(files, name)}, with the reasons.`,
		]);
		const there = await records('whoz');
		expect(lines.filter((line) => there.has(String(line['External ID'])))).toHaveLength(
			// Saved, but for their managers.
			lines.filter((line) => /manager/i.test(String(line['Reject Reason']))).length,
		);
		expect(await sheetOf(name)).toEqual(lines);
		await rm(join(files, name));
	});
});

/** What n8n itself reads in a spreadsheet. */
async function sheetOf(name: string): Promise<Json[]> {
	const saved = await n8n.client.saveWorkflow({
		name: 'Read a spreadsheet',
		nodes: [
			['Start', 'manualTrigger', {}],
			['File', 'readWriteFile', { fileSelector: join(files, name), options: {} }],
			['Lines', 'extractFromFile', { operation: 'xlsx', options: { includeEmptyCells: true } }],
		].map(([title, type, parameters], at) => ({
			id: `node-${at}`,
			name: title as string,
			type: `n8n-nodes-base.${type as string}`,
			typeVersion: 1,
			position: [at * 200, 0],
			parameters: parameters as Json,
		})),
		connections: {
			Start: { main: [[{ node: 'File', type: 'main', index: 0 }]] },
			File: { main: [[{ node: 'Lines', type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	});
	return items(await n8n.client.runWorkflow(saved, 'Start'), 'Lines');
}

describe('ats-webhook-to-eightfold', () => {
	const body = (name: string) => readFileSync(data(name), 'utf8');
	const json = { 'content-type': 'application/json' };
	const signIn = () => {
		const { user, password } = standIns.credentials[1].data as Record<string, string>;
		return {
			...json,
			authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
		};
	};
	let workflow: Saved;
	beforeAll(async () => {
		workflow = example('ats-webhook-to-eightfold');
		await n8n.client.activate(workflow);
	});

	const fromGreenhouse = (text: string, headers = signIn()) =>
		started(workflow, () => post(n8n, 'webhook/greenhouse-application', text, headers));
	const fromLever = (text: string) =>
		started(workflow, () => post(n8n, 'webhook/lever-application', text, json));

	testOf('eightfold')('takes an applicant over from Greenhouse', async () => {
		const stranger = await post(
			n8n,
			'webhook/greenhouse-application',
			body('greenhouse-application.json'),
			json,
		);
		expect(stranger.ok).toBe(false);
		// What Greenhouse sends when the webhook is made.
		const [ping, dropped] = await fromGreenhouse('{"action":"ping","payload":{}}');
		expect(ping.status).toBe(200);
		expect(items(dropped, 'New Application?')).toEqual([]);

		const [answer, execution] = await fromGreenhouse(body('greenhouse-application.json'));
		expect(answer.status).toBe(200);
		expect(items(execution, 'Save in Eightfold')).toMatchObject([
			{ key: '60000012', status: 'saved' },
		]);
		expect((await records('eightfold')).get('60000012')?.value).toMatchObject({
			systemId: 'practice_ats',
			firstName: 'Noor',
			lastName: 'Vermeulen',
			emails: 'noor.vermeulen@example.com,noor@bridges.example.com',
			phones: '555-0112',
			title: 'Site Engineer',
			tags: ['Bridges', 'AutoCAD'],
			lastActivityTs: Date.parse('2026-03-02T09:15:00Z') / 1000,
			applications: [
				{
					applicationId: '71000012',
					status: 'active',
					applicationTs: Date.parse('2026-03-02T09:15:00Z') / 1000,
					jobs: [{ atsJobId: '270001', name: 'Structural Engineer' }],
				},
			],
			ignoredKeys: [],
		});
	});

	testOf('eightfold')('reads an applicant at Lever', async () => {
		const { contact } = (JSON.parse(body('lever-opportunity.json')) as { data: Json }).data;
		// What Lever sends from its settings to try the address.
		const [, tried] = await fromLever(
			'{"event":"candidateHired","data":{},"triggeredAt":1,"token":"","signature":""}',
		);
		expect(items(tried, 'Application Created?')).toEqual([]);

		const [, execution] = await fromLever(body('lever-application.json'));
		expect(items(execution, 'Save in Eightfold')).toMatchObject([
			{ key: contact, status: 'saved' },
		]);
		expect((await records('eightfold')).get(String(contact))?.value).toMatchObject({
			systemId: 'other_ats',
			firstName: 'Tomás',
			lastName: 'de la Cruz Pérez',
			emails: 'tomas.delacruz@example.com',
			phones: '555-0133',
			location: 'Valencia',
			urls: ['https://tomas.example.com'],
			lastActivityTs: 1772443200,
			ignoredKeys: [],
		});

		await fromLever(body('lever-application.json'));
		expect((await records('eightfold')).get(String(contact))).toMatchObject({
			created: 1,
			updated: 1,
		});
	});

	testOf('eightfold')('can be tried by a click, with what is pinned to its webhooks', async () => {
		for (const webhook of ['Greenhouse Webhook', 'Lever Webhook']) {
			const execution = await run('ats-webhook-to-eightfold', webhook);
			expect(items(execution, 'Save in Eightfold')).toMatchObject([{ status: 'saved' }]);
		}
	});

	testOf('eightfold')(
		'turns red when Eightfold refuses, since the ATS has its answer',
		async () => {
			await sandbox.fault({
				kind: 'failedRows',
				vendor: 'eightfold',
				method: 'PATCH',
				keys: ['60000012'],
			});
			const [answer, execution] = await fromGreenhouse(body('greenhouse-application.json'));
			expect(answer.status).toBe(200);
			expect(execution.status).toBe('error');
			expect(execution.error?.message).toMatch(/^The service ended the transaction with "FAIL"/);
		},
	);
});

describe('hired-to-birddoghr', () => {
	testOf('birdDogHr')('sets up who was hired, managers before their people', async () => {
		const execution = await run('hired-to-birddoghr', 'Every Monday');
		expect(execution.status).toBe('success');
		const users = (names: string[]) => names.map((name) => `${name}@example.com`);
		const hired = users(['ida.lindqvist', 'kofi.mensah', 'petra.novak', 'sofia.rossi']);
		expect(items(execution, 'Onboarded')).toEqual(hired.map((User) => ({ User, Status: 'saved' })));
		expect(items(execution, 'To Correct')).toEqual([
			{ User: 'raj.patel@example.com', Why: expect.stringContaining('Manager must match') },
			{ User: 'tariq.haddad@example.com', Why: expect.stringContaining('JobCode must match') },
		]);
		const there = await records('birdDogHr');
		expect([...there.keys()].sort()).toEqual(hired);
		const sent = (name: string) => there.get(`${name}@example.com`)?.requests[0] ?? NaN;
		expect(sent('petra.novak')).toBeLessThan(sent('ida.lindqvist'));
		expect(sent('petra.novak')).toBeLessThan(sent('kofi.mensah'));
		expect(sent('kofi.mensah')).toBeLessThan(sent('sofia.rossi'));
		expect(there.get('ida.lindqvist@example.com')?.value).toMatchObject({
			fields: {
				manager: 'Petra Novak',
				active: true,
				isManager: false,
				hireDate: '2026-05-04T00:00:00Z',
			},
			groups: ['NEWHIRE'],
			ignoredKeys: [],
		});
	});
});

describe('check-only-report', () => {
	beforeAll(async () => await n8n.client.activate(example('check-only-report')));

	testOf('eightfold')('says what an import would do, and changes nothing', async () => {
		const before = (await sandbox.truth('eightfold')).length;
		const list = csv(readFileSync(data('candidates.csv'), 'utf8'), 'candidates.csv');
		const { text } = await submit(n8n, 'check-candidates', [list]);
		expect(text).toMatch(/^Nothing was changed Result Rows /);
		expect(text).toContain('would be updated 2');
		expect(text).toContain('would be created 3');
		expect(text).toContain('failed 5');
		expect(text).toMatch(/Rows to correct .* 6 C-2003 .*Date of Birth/);
		expect((await sandbox.truth('eightfold')).length).toBe(before);
	});

	testOf('eightfold')('names a file that is none', async () => {
		const { text } = await submit(n8n, 'check-candidates', [csv('Colour,Size\nred,XL\n')]);
		expect(text).toMatch(
			/^This list could not be checked No row at the top of list\.csv names a field/,
		);
	});
});

describe('large-import', () => {
	testOf('collective')('runs each part by itself, and each keeps its own rejects', async () => {
		const part = example('large-import-part');
		const [parent, ...parts] = await started(part, () => run('large-import'), 3);
		expect(parent.status).toBe('success');
		expect(items(parent, 'Parts Started')).toEqual([{ count_message: 3 }]);
		expect(parts.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
		for (const execution of parts)
			expect(items(execution, 'Save in Collective')).toMatchObject([
				{ summary: { rows: 200, saved: 198, failed: 2 } },
			]);
		const there = [...(await records('collective')).values()].filter(({ key }) =>
			/^T-\d/.test(key),
		);
		expect(there).toHaveLength(594);
		expect(there.every(({ saved }) => saved === 1)).toBe(true);
		const missing = ['T-0007', 'T-0151', 'T-0260', 'T-0399', 'T-0402', 'T-0598'];
		expect(there.filter(({ key }) => missing.includes(key))).toEqual([]);
		for (const [at, keys] of [
			missing.slice(0, 2),
			missing.slice(2, 4),
			missing.slice(4),
		].entries()) {
			const rejects = await readFile(join(files, `rejects-part-${at + 1}.csv`), 'utf8');
			expect(rejects.match(/^T-\d+/gm)).toEqual(keys);
		}
	});

	testOf('collective')('lets nobody else start an import', async () => {
		const response = await post(n8n, 'webhook/import-part', '{"part":9,"rows":[]}', {
			'content-type': 'application/json',
		});
		expect(response.ok).toBe(false);
	});
});

describe('weekly-report', () => {
	testOf('ingedata')('counts talents by unit', async () => {
		// One more than in the unit that comes first.
		await newTalent('FR');
		const execution = await run('weekly-report', 'Every Monday');
		expect(execution.status).toBe('success');
		const units = items(execution, 'Name the Columns');
		const { data: talents } = await inIngedata<{
			data: Array<{ attributes: { organizational_unit: string } }>;
		}>('GET');
		const count = (unit: string) =>
			talents.filter(({ attributes }) => attributes.organizational_unit === unit).length;
		expect(units.length).toBeGreaterThan(1);
		expect(units).toEqual(units.map(({ Unit }) => ({ Unit, Talents: count(String(Unit)) })));
		const numbers = units.map(({ Talents }) => Number(Talents));
		expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
		expect(numbers.reduce((sum, number) => sum + number, 0)).toBe(talents.length);
		const report = await readFile(join(files, 'talents-by-unit.csv'), 'utf8');
		expect(report.replace('\ufeff', '').trim().split(/\r?\n/)).toEqual([
			'Unit,Talents',
			...units.map(({ Unit, Talents }) => `${String(Unit)},${String(Talents)}`),
		]);
		expect(items(execution, 'Make a Table')[0].table).toMatch(/<td[^>]*>MG<\/td>/);
	});
});

describe('agent-with-guards', () => {
	const say = async (chatInput: string): Promise<Execution> => {
		const workflow = await n8n.client.saveWorkflow({
			...example('agent-with-guards'),
			pinData: { Chat: [{ json: { sessionId: chatInput, action: 'sendMessage', chatInput } }] },
		});
		return await n8n.client.runWorkflow(workflow, 'Chat');
	};
	const answer = (execution: Execution) => String(items(execution, 'Talent Agent')[0].output);
	const deleted = async () =>
		[...(await records('ingedata')).values()]
			.filter((record) => record.deleted > 0)
			.map(({ key }) => key);

	testOf('ingedata')('looks people up with the node as a tool', async () => {
		const execution = await say('find Family17');
		expect(execution.status).toBe('success');
		expect(answer(execution)).toContain('"id":"1017"');
		expect(execution.runs['Find Talents']).toHaveLength(1);
	});

	testOf('ingedata')('deletes one, and refuses more in the same run', async () => {
		expect(answer(await say('delete 1030'))).toContain('"status":"saved"');
		expect(await deleted()).toEqual(['1030']);
		const execution = await say('delete 1031 1032 1033');
		expect(execution.runs['Delete Talent']).toHaveLength(3);
		expect(answer(execution)).toContain('An agent may write 1 record in one run of the workflow');
		// Which of them goes first is n8n's choice.
		expect(await deleted()).toEqual(['1030', expect.stringMatching(/^103[123]$/)]);
	});
});

describe('xlsx-to-eightfold', () => {
	testOf('eightfold')('saves the lines of a sheet, with zeros and dates as they are', async () => {
		const execution = await run('xlsx-to-eightfold');
		expect(execution.status).toBe('success');
		const outcomes = items(execution, 'Save in Eightfold');
		expect(outcomes.map(({ key, status }) => [key, status])).toEqual([
			['00417', 'saved'],
			['00418', 'saved'],
			[EIGHTFOLD_EXISTING_IDS[2], 'saved'],
			['00419', 'failed'],
			['00420', 'saved'],
			[undefined, undefined],
		]);
		expect(outcomes.at(-1)?.summary).toMatchObject({ rows: 5, saved: 4, failed: 1 });
		const there = await records('eightfold');
		expect(there.get('00417')?.value).toMatchObject({
			firstName: 'Hana',
			lastName: 'Kovář',
			emails: 'hana.kovar@example.com',
			dateOfBirth: '1990-01-02',
			ignoredKeys: [],
		});
		expect(there.has('00419')).toBe(false);
	});
});

describe('ats-webhook-to-collective', () => {
	let workflow: Saved;
	beforeAll(async () => {
		workflow = example('ats-webhook-to-collective');
		await n8n.client.activate(workflow);
	});
	const call = async (text: string) => {
		const { user, password } = standIns.credentials[1].data as Record<string, string>;
		const [, execution] = await started(workflow, () =>
			post(n8n, 'webhook/ats-applicant', text, {
				'content-type': 'application/json',
				authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
			}),
		);
		return execution;
	};

	testOf('collective')('saves who applies, with nothing between', async () => {
		const execution = await call(readFileSync(data('workable-candidate.json'), 'utf8'));
		expect(items(execution, 'Save in Collective')).toMatchObject([
			{ key: 'ce4da98', status: 'saved' },
		]);
		expect((await records('collective')).get('ce4da98')?.value).toMatchObject({
			firstname: 'Noor',
			lastname: 'Vermeulen',
			emails: ['noor.vermeulen@example.com'],
			phones: ['555-0112'],
			linkedInUrl: 'https://www.linkedin.com/in/noor-vermeulen-example',
			atsUrl: 'https://bridges.example.com/backend/candidates/1',
		});
	});

	testOf('collective')('skips what brings nobody', async () => {
		const execution = await call('{"action":"ping","payload":{"web_hook_id":1}}');
		expect(items(execution, 'Save in Collective')).toMatchObject([
			{ status: 'skipped', reason: 'The event "ping" of Greenhouse brings nobody to save.' },
		]);
	});
});

describe('copy-eightfold-to-whoz', () => {
	testOf('eightfold', 'whoz')('copies everybody, the second time nobody', async () => {
		const first = await run('copy-eightfold-to-whoz');
		const read = items(first, 'Read From Eightfold');
		expect(read.length).toBeGreaterThan(100);
		const summaryOf = (execution: Execution) => items(execution, 'Save in Whoz').at(-1)?.summary;
		expect(summaryOf(first)).toMatchObject({ rows: read.length, saved: read.length });
		const [{ person }] = read as Array<{ person: Json }>;
		expect((await records('whoz')).get(String(person.externalId))?.value).toMatchObject({
			firstName: person.givenName,
			lastName: person.familyName,
		});
		const second = await run('copy-eightfold-to-whoz');
		expect(summaryOf(second)).toMatchObject({ rows: read.length, skipped: read.length });
	});
});

/** Saves an example with its trigger polled every few seconds, and switches it on. */
async function watching(name: string): Promise<Saved> {
	const { nodes, ...rest } = example(name);
	const often = nodes.map((node) => {
		const { parameters } = node;
		return 'pollTimes' in parameters
			? { ...node, parameters: { ...parameters, pollTimes: OFTEN } }
			: node;
	});
	const workflow = await n8n.client.saveWorkflow({ ...rest, nodes: often });
	await n8n.client.switchOn(workflow);
	return workflow;
}

describe('new-applicant-to-email', () => {
	testOf('collective')('sends the CV of whoever applies', async () => {
		const workflow = await watching('new-applicant-to-email');
		standIns.mails.splice(0);
		const [[id], execution] = await started(workflow, () =>
			sandbox.happen('collective', 'created'),
		);
		expect(items(execution, 'New Application')).toMatchObject([{ event: 'created', id }]);
		expect(items(execution, 'Send the CV')).toHaveLength(1);
		const [mail] = standIns.mails;
		expect(standIns.mails).toHaveLength(1);
		expect(mail).toMatch(/^Subject: New application: Given4 Family4/m);
		expect(mail).toContain('filename=cv-4.pdf');
		expect(mail).toContain(Buffer.from('%PDF-1.4 CV 4').toString('base64'));
		await n8n.client.deactivate(workflow);
	});
});

describe('changed-talent-to-collective', () => {
	testOf('whoz', 'collective')('saves who is new or changed at the other vendor', async () => {
		const workflow = await watching('changed-talent-to-collective');
		const save = async (what: 'created' | 'changed', action: string) => {
			const [, execution] = await started(workflow, () => sandbox.happen('whoz', what, 2));
			const people = items(execution, 'Talent Changed');
			expect(people.map(({ event }) => event)).toEqual([what, what]);
			const outcomes = items(execution, 'Save in Collective');
			expect(outcomes.map(({ key, status }) => [key, status])).toEqual(
				people.map(({ externalId }) => [externalId, 'saved']),
			);
			expect(outcomes.map((outcome) => outcome.action)).toEqual([action, action]);
		};
		await save('created', 'created');
		await save('changed', 'updated');
		await n8n.client.deactivate(workflow);
	});
});

describe('onboarded-to-birddoghr', () => {
	testOf('birdDogHr')('sets up whose onboarding is completed, and tells', async () => {
		const workflow = await watching('onboarded-to-birddoghr');
		standIns.messages.splice(0);
		const [[email], execution] = await started(workflow, () =>
			sandbox.happen('birdDogHr', 'onboarded'),
		);
		expect(items(execution, 'Set Up as User')).toMatchObject([{ key: email, status: 'saved' }]);
		expect(standIns.messages).toEqual([`${email} is onboarded and set up.`]);
		expect((await records('birdDogHr')).get(email)).toMatchObject({ created: 1 });
		await n8n.client.deactivate(workflow);
	});
});
