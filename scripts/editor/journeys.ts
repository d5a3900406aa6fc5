import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';

import { vendors, wholeVendors } from '../../test/support/vendors';
import { MANUAL, talentNode, workflowOf, type Node } from '../../test/e2e/support/n8n';
import { BIRDDOGHR_EXISTING, BIRDDOGHR_LOCATIONS } from '../../test/sandbox/birddoghr';
import { EIGHTFOLD_SYSTEM_ID } from '../../test/sandbox/eightfold';
import { WHOZ_WORKSPACE_IDS } from '../../test/sandbox/whoz';
import type { Execution, Workflow } from '../lib/n8nClient';
import { startStandIns, type StandIns } from '../lib/standIns';
import { effortOf, Person, rowsOf, upload, workbookOf, type Effort, type Row } from './person';
import { columnOf } from './panels';
import { checkTexts } from './texts';
import type { Tour } from './tour';

/** How somebody got from nothing to the first person at the vendor. */
export interface Journey extends Effort {
	name: string;
	/** Until the first person was saved; of a credential, until it was accepted. */
	runs: number;
	/** What came of it, in words. */
	end: string;
}

interface Target extends Partial<Effort> {
	runs: number;
}

/** As far as a first day goes: one run, nothing typed that looks like code. */
const FIRST_RUN: Target = { runs: 1, expressions: 0 };

const NAMES = ['Ana Silva', 'Ben Okafor', 'Chloé Martin', 'Dev Patel', 'Eva Novak', 'Finn Larsen'];

/** A list of people under the headings of an HR system; `n` keeps lists apart. */
function people(n: number, more: (at: number, mail: string) => Row = () => ({})): Row[] {
	return NAMES.map((name, at) => {
		const [first, last] = name.split(' ');
		const mail = `${first.toLowerCase().replace('é', 'e')}.${last.toLowerCase()}.${n}@example.com`;
		return {
			'Employee ID': `J${n}-${100 + at}`,
			'First Name': first,
			'Last Name': last,
			'E-Mail': mail,
			...more(at, mail),
		};
	});
}

const started = (at: number): Row => ({
	'Job Title': 'Engineer',
	'Start Date': `2026-0${at + 1}-15`,
});
const atArcoro = (at: number, mail: string): Row => ({
	'User Name': mail,
	'Job Code': 'ENG-1',
	Manager: BIRDDOGHR_EXISTING[0].name,
	'Hire Date': `2026-0${at + 1}-15`,
});
const onLinkedIn = (at: number): Row => ({
	LinkedIn: `https://www.linkedin.com/in/${NAMES[at].toLowerCase().replace(/\W+/g, '-')}`,
});
const WORKSPACE = ['Workspace ID', WHOZ_WORKSPACE_IDS[0]] as const;
const LOCATION = ['Location', BIRDDOGHR_LOCATIONS[0]] as const;

type SetUp = (person: Person, panel: Locator) => Promise<void>;

const same =
	([field, value]: readonly [string, string]): SetUp =>
	(person, panel) =>
		person.sameValue(panel, field, value);
const inSystem: SetUp = (person, panel) => person.type(panel, 'systemId', EIGHTFOLD_SYSTEM_ID);
const asItIs: SetUp = async () => undefined;

/** Per vendor: the columns that lists have for it, and what is set in the node. */
const LISTS: Record<
	string,
	{ resource: string; rows(n: number): Row[]; setUp: SetUp; inFile?: boolean }
> = {
	whoz: {
		resource: 'talent',
		rows: (n) => people(n, started),
		setUp: same(WORKSPACE),
		inFile: true,
	},
	birdDogHr: {
		resource: 'talentUser',
		rows: (n) => people(n, atArcoro),
		setUp: same(LOCATION),
		inFile: true,
	},
	eightfold: {
		resource: 'atsCandidate',
		rows: (n) => people(n, started).map((row) => ({ 'Candidate ID': row['Employee ID'], ...row })),
		setUp: inSystem,
		inFile: true,
	},
	collective: { resource: 'talent', rows: (n) => people(n, onLinkedIn), setUp: asItIs },
	ingedata: {
		resource: 'talent',
		// Ingedata numbers people itself, so no list has a number for it.
		rows: (n) =>
			people(n, () => ({ 'Organizational Unit': 'MG' })).map(
				({ 'Employee ID': _, ...rest }) => rest,
			),
		setUp: asItIs,
	},
};

const FORM = 'List';
const DOWN = 300;

function formNode(fields: Array<Record<string, unknown>>, title: string): Node {
	return {
		name: FORM,
		type: 'n8n-nodes-base.formTrigger',
		typeVersion: 2.3,
		parameters: { formTitle: title, formFields: { values: fields }, options: {} },
		webhookId: `journey-${title.toLowerCase().replace(/\W+/g, '-')}`,
	} as Node;
}

const FILE_FORM = (title: string) => formNode([{ fieldLabel: 'List', fieldType: 'file' }], title);

/** The first day with the package, gone through in the editor as people do, and counted. */
export async function journeys(tour: Tour): Promise<void> {
	let n = 0;
	const go = async (journey: (n: number) => Promise<void>) => {
		try {
			await journey(++n);
		} catch (error) {
			tour.report.check(false, `the journey ended here: ${String(error)}`);
			await tour.pictures.look(tour.editor.page, `journey-${n}-stopped`);
		}
	};
	for (const [vendor, { inFile }] of Object.entries(LISTS)) {
		const target = vendor === 'whoz' ? { nodes: 2, fields: 6 } : { nodes: 2 };
		if (inFile) await go((at) => fromExcel(tour, vendor, at, { ...FIRST_RUN, ...target }));
	}
	for (const { name } of wholeVendors) await go((at) => fromSheet(tour, name, at));
	await go((at) => withFailures(tour, at));
	await go((at) => oneFromForm(tour, at));
	tour.report.at('Journeys');
	tour.report.check(
		vendors.every(({ name }) => name in LISTS),
		'a vendor has no journey',
	);
}

const labelOf = (name: string): string =>
	wholeVendors.find((vendor) => vendor.name === name)!.displayName;

function vendorNodeOf(tour: Tour, vendor: string, parameters: Record<string, unknown>): Node {
	const stated = wholeVendors.find(({ name }) => name === vendor)!;
	const { resource } = LISTS[vendor];
	return {
		...talentNode(tour, stated, { resource, ...parameters }),
		name: stated.displayName,
	};
}

/** Opens a workflow in which the nodes are connected in a row, as they come from the panel of nodes. */
async function open(
	{ client, editor, report }: Tour,
	title: string,
	nodes: readonly Node[],
	pinned?: readonly object[],
): Promise<{ id: string; form: string }> {
	const connections = Object.fromEntries(
		nodes.slice(1).map(({ name }, at) => [nodes[at].name, [[name]]]),
	);
	const workflow = workflowOf(title, [...nodes], connections);
	const saved = await client.saveWorkflow({
		...workflow,
		nodes: workflow.nodes.map((node, at) => ({ ...node, position: [at * DOWN, 0] })),
		...(pinned && { pinData: { [nodes[0].name]: pinned.map((json) => ({ json })) } }),
	} as Workflow);
	report.at(`Journey ${title}`);
	await editor.openWorkflow(saved);
	return { id: saved.id, form: String((saved.nodes[0] as { webhookId?: string }).webhookId) };
}

async function setUp(
	tour: Tour,
	vendor: string,
	steps: readonly SetUp[],
	picture: string,
): Promise<void> {
	const person = new Person(tour);
	const panel = await tour.editor.openNode(labelOf(vendor));
	for (const step of steps) await step(person, panel);
	await tour.pictures.look(tour.editor.page, `journey-${picture}`, () => columnOf(panel));
	await tour.editor.closeNode();
	await person.save();
}

/** Notes what a journey took, and complains where it took more than it may. */
async function arrive(
	{ client, report }: Tour,
	name: string,
	{ id }: { id: string },
	{ runs, end }: { runs: number; end: string },
	target: Target,
): Promise<void> {
	const effort = effortOf(await client.call<Workflow>('GET', `workflows/${id}`));
	const journey = { name, ...effort, runs, end };
	report.journeys.push(journey);
	report.at(`Journey ${name}`);
	for (const [what, most] of Object.entries(target))
		report.check(
			journey[what as keyof Target]! <= most,
			`${journey[what as keyof Target]} ${what}, ${most} at most`,
		);
}

/** What the output of a node says of the run, its table in a picture. */
async function outcome(tour: Tour, node: string, picture: string): Promise<string> {
	const { editor, pictures, report } = tour;
	const output = (await editor.openNode(node)).getByTestId('output-panel');
	const text = await output.innerText();
	checkTexts(report, [text.split('\n').find((line) => /rows?\b/.test(line)) ?? '']);
	await pictures.look(editor.page, `journey-${picture}-result`);
	await editor.closeNode();
	return text;
}

const allSaved = (text: string, count: number): boolean =>
	text.includes(`${count} of ${count} rows saved`) ||
	text.includes(`${count} of ${count} row saved`);

async function fromExcel(tour: Tour, vendor: string, n: number, target: Target): Promise<void> {
	const name = `Excel to ${labelOf(vendor)}`;
	const { rows, setUp: step } = LISTS[vendor];
	const node = vendorNodeOf(tour, vendor, { operation: 'import' });
	const workflow = await open(tour, name, [FILE_FORM(name), node]);
	await setUp(tour, vendor, [step], `excel-${vendor}`);
	const list = rows(n);
	const file = { name: 'Employees.xlsx', content: workbookOf(list) };
	await new Person(tour).runForm(node.name, workflow.form, upload(file));
	const text = await outcome(tour, node.name, `excel-${vendor}`);
	await arrive(tour, name, workflow, savedAt(text, list.length), target);
}

const savedAt = (text: string, count: number) =>
	allSaved(text, count)
		? { runs: 1, end: `${count} of ${count} saved` }
		: { runs: Infinity, end: text.split('\n').find((line) => /rows?\b/.test(line)) ?? text };

async function fromSheet(tour: Tour, vendor: string, n: number): Promise<void> {
	const name = `Google Sheets to ${labelOf(vendor)}`;
	const { rows, setUp: step } = LISTS[vendor];
	const node = vendorNodeOf(tour, vendor, { operation: 'bulkSave' });
	const list = rows(n);
	// As n8n's node for Google Sheets gives them.
	const pinned = list.map((row, at) => ({ row_number: at + 2, ...row }));
	const workflow = await open(tour, name, [MANUAL, node], pinned);
	await setUp(tour, vendor, [step], `sheet-${vendor}`);
	await new Person(tour).run(node.name);
	const text = await outcome(tour, node.name, `sheet-${vendor}`);
	await arrive(tour, name, workflow, savedAt(text, list.length), { ...FIRST_RUN, nodes: 2 });
}

/** Six rows fail, are mailed as text, corrected in the file of rejects and imported again. */
async function withFailures(tour: Tour, n: number): Promise<void> {
	const standIns = await startStandIns();
	try {
		await failuresMailed(tour, n, standIns);
	} finally {
		await standIns.close();
	}
}

async function failuresMailed(tour: Tour, n: number, standIns: StandIns): Promise<void> {
	const name = 'Six failures, mailed and corrected';
	const { report } = tour;
	const node = vendorNodeOf(tour, 'whoz', { operation: 'import' });
	const channel = `${Object.values(standIns.addresses)[1]}/services/YOUR/OWN/WEBHOOK`;
	const mail: Node = {
		name: 'Mail',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			method: 'POST',
			url: channel,
			sendBody: true,
			// The text is dragged into its place.
			bodyParameters: { parameters: [{ name: 'text', value: '={{ $json.summary.text }}' }] },
			options: {},
		},
	};
	const workflow = await open(tour, name, [FILE_FORM(name), node, mail]);
	const onlySummary: SetUp = (person, panel) =>
		person.option(panel, 'Output', 'output', 'Summary Only');
	await setUp(tour, 'whoz', [same(WORKSPACE), onlySummary], 'failures');

	const good = [...people(n, started), ...people(n + 50, started)];
	const spoilt = good.map((row, at) => ({ ...row, ...SPOILT[at] }));
	const person = new Person(tour);
	const file = { name: 'Employees.xlsx', content: workbookOf(spoilt) };
	await person.runForm(mail.name, workflow.form, upload(file));
	await outcome(tour, node.name, 'failures');
	const [text = ''] = standIns.messages;
	report.at(name);
	report.note([text]);
	report.check(/^6 of 12 rows saved.*6 failed/.test(text), `the mail does not count: ${text}`);
	report.check(
		(text.match(/^Row \d+ /gm) ?? []).length === 6,
		`the mail does not name six rows: ${text}`,
	);

	const rejects = await rejectsOf(tour, workflow, node.name);
	report.check(rejects.name === 'rejects.xlsx', `the reject file is ${rejects.name}`);
	const corrected = rowsOf(rejects.content).map((row) => {
		const meant = good.find(
			(other) => other['E-Mail'] === row['E-Mail'] || other['Employee ID'] === row['Employee ID'],
		);
		return { ...row, ...meant };
	});
	report.check(corrected.length === 6, `the reject file has ${corrected.length} rows`);
	const whole = upload({ name: rejects.name, content: workbookOf(corrected) });
	await person.runForm(mail.name, workflow.form, whole);
	// What shows on the canvas may still be of the run before.
	for (let tries = 0; standIns.messages.length < 2 && tries < MOST_TRIES; tries++) await sleep(100);
	const again = standIns.messages[1] ?? '';
	report.note([again]);
	report.check(/^6 of 6 rows saved/.test(again), `the corrected rows: ${again}`);
	await arrive(
		tour,
		name,
		workflow,
		{ runs: 1, end: `6 of 12 saved, then ${again.split('\n')[0]}` },
		{ ...FIRST_RUN, nodes: 3 },
	);
}

/** Half a minute. */
const MOST_TRIES = 300;

/** What is wrong in six of the rows, as people write it. */
const SPOILT: Row[] = [
	{ 'E-Mail': 'ana.silva@' },
	{ 'Start Date': '31/02/2026' },
	{ 'First Name': '' },
	{ 'Start Date': 'soon' },
	{ 'Last Name': '#N/A' },
	{ 'E-Mail': 'finn' },
];

async function rejectsOf(
	{ client, url }: Tour,
	workflow: { id: string },
	node: string,
): Promise<{ name: string; content: Buffer }> {
	const [latest] = await client.executionsOf(workflow);
	const { runs }: Execution = await client.finished(latest);
	const items = runs[node][0].data?.main[0] ?? [];
	const held = items[0]?.binary?.rejects as
		| { id?: string; data: string; fileName: string }
		| undefined;
	if (held === undefined) throw new Error('there is no reject file');
	if (held.id === undefined)
		return { name: held.fileName, content: Buffer.from(held.data, 'base64') };
	const response = await fetch(
		`${url}/rest/binary-data?id=${encodeURIComponent(held.id)}&action=download&fileName=${held.fileName}`,
		{ headers: { cookie: client.session } },
	);
	return { name: held.fileName, content: Buffer.from(await response.arrayBuffer()) };
}

async function oneFromForm(tour: Tour, n: number): Promise<void> {
	const name = 'One person from a form';
	const [row] = people(n, started);
	const labels = ['Employee ID', 'First Name', 'Last Name', 'E-Mail', 'Start Date'];
	const fields = labels.map((fieldLabel) => ({ fieldLabel }));
	const node = vendorNodeOf(tour, 'whoz', { operation: 'bulkSave' });
	const workflow = await open(tour, name, [formNode(fields, name), node]);
	await setUp(tour, 'whoz', [same(WORKSPACE)], 'form');
	await new Person(tour).runForm(node.name, workflow.form, async (form: Page) => {
		const inputs = form.locator('form input:visible');
		for (const [at, label] of labels.entries()) await inputs.nth(at).fill(row[label]);
	});
	const text = await outcome(tour, node.name, 'form');
	await arrive(tour, name, workflow, savedAt(text, 1), { ...FIRST_RUN, nodes: 2 });
}

/** The journeys as a table. */
export function journeyTable(all: readonly Journey[]): string {
	const head = ['Journey', 'Nodes', 'Fields', 'Expressions', 'Runs', 'End'];
	const rows = all.map(({ name, nodes, fields, expressions, runs, end }) =>
		[name, nodes, fields, expressions, Number.isFinite(runs) ? runs : '-', end].map(String),
	);
	const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at].length)));
	return [head, ...rows]
		.map((row) =>
			row
				.map((cell, at) => cell.padEnd(widths[at]))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}
