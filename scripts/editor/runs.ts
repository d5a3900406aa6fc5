import { WHOZ_WORKSPACE_IDS } from '../../test/sandbox/whoz';
import { MANUAL, talentNode, workflowOf, type Node } from '../../test/e2e/support/n8n';
import { wholeVendors } from '../../test/support/vendors';
import { N8N_ADDRESS, provideWorkflows } from '../lib/practice';
import { startStandIns } from '../lib/standIns';
import { around, ROUND_NODES, within } from './pictures';
import { checkTexts } from './texts';
import type { Tour } from './tour';

const MAIN_JOB = 'csv-to-whoz.json';

const [WORKSPACE] = WHOZ_WORKSPACE_IDS;

/** People as they come from a sheet: two are right, four are not. */
const PEOPLE = [
	['EMP-2001', 'Ana', 'Silva', 'ana.silva@example.com', WORKSPACE, '2026-01-15'],
	['EMP-2002', 'Ben', 'Okafor', 'ben.okafor@example.com', 'nowhere', '2026-01-15'],
	['EMP-2003', 'Chloé', 'Martin', 'chloe.martin@example.com', WORKSPACE, '2026-02-01'],
	['EMP-2004', 'Dev', 'Patel', 'dev.patel@example.com', WORKSPACE, '31/02/2026'],
	['EMP-2005', 'Eva', 'Novak', 'eva.novak@', WORKSPACE, '2026-02-01'],
	['', 'Finn', 'Larsen', 'finn.larsen@example.com', WORKSPACE, '2026-02-01'],
].map(([id, first, last, email, workspace, since]) => ({
	'External ID': id,
	'First Name': first,
	'Last Name': last,
	Email: email,
	'Workspace ID': workspace,
	Since: since,
}));
/** Positions of those that are right. */
const RIGHT = [0, 2];
const FAILED = '4 of 6 rows failed';

const RETURNED = 'Return All Rows';
const PARTED = 'Part Failures';
const STOPPED = 'Stop on Failures';

/** Last row in the picture, with the third kind of reason. */
const PICTURED = 3;

/** Of the window, to see the reasons beside the rows. */
const WIDE = 1700;

/** Nodes below each other, behind the trigger. */
const PLACES: Array<[number, number]> = [
	[0, 200],
	[300, 0],
	[300, 200],
	[300, 400],
];

/** What a run leaves: rows that failed, in the three ways a node can tell, and the main job of the examples. */
export async function runs(tour: Tour): Promise<void> {
	await failingRun(tour);
	await example(tour);
}

async function failingRun(tour: Tour): Promise<void> {
	const { client, editor, pictures, report } = tour;
	const { page } = editor;
	const nodes = [
		MANUAL,
		saving(tour, RETURNED, {}),
		saving(tour, PARTED, {}, { onError: 'continueErrorOutput' }),
		saving(tour, STOPPED, { whenRowsFail: 'failNode' }),
	];
	const workflow = workflowOf('Runs', nodes, { [MANUAL.name]: [[RETURNED, PARTED, STOPPED]] });
	await editor.openWorkflow(
		await client.saveWorkflow({
			...workflow,
			nodes: workflow.nodes.map((node, at) => ({ ...node, position: PLACES[at] })),
			pinData: { [MANUAL.name]: PEOPLE.map((json) => ({ json })) },
		}),
	);
	await page.getByTestId('execute-workflow-button').click();
	const message = page.locator('.el-notification');
	await message.waitFor();
	report.at('A run that fails');
	report.same('the message', await editor.messages(), [`Problem in node ‘${STOPPED}‘: ${FAILED}`]);
	await message.locator('.el-notification__closeBtn').click();
	await message.waitFor({ state: 'hidden' });
	// What left by which output is told after the run has ended.
	for (const count of [RIGHT.length, PEOPLE.length - RIGHT.length])
		await page.getByText(`${count} items`, { exact: true }).waitFor();
	const shown = [MANUAL.name, RETURNED, PARTED, STOPPED].map((name) => editor.node(name));
	await pictures.keep(page, 'run', () => within(ROUND_NODES, shown));

	await checkResult(tour);
	await checkFailure(tour);
}

function saving(tour: Tour, name: string, options: object, settings: object = {}): Node {
	const whoz = wholeVendors.find((vendor) => vendor.name === 'whoz')!;
	const columns = { mappingMode: 'autoMapInputData', value: null };
	const parameters = { resource: 'talent', operation: 'bulkSave', columns, options };
	return { ...talentNode(tour, whoz, parameters), ...settings, name };
}

async function checkResult({ editor, pictures, report }: Tour): Promise<void> {
	report.at('The result of a run');
	const size = editor.page.viewportSize();
	await editor.page.setViewportSize({ width: WIDE, height: size?.height ?? WIDE });
	const output = (await editor.openNode(RETURNED)).getByTestId('output-panel');
	await output.getByTestId('radio-button-table').click();
	const rows = output.locator('tbody tr');
	await rows.first().waitFor();
	const texts = await rows.allInnerTexts();
	const counts = /^2 of 6 rows saved.*4 failed/m;
	report.check(counts.test(await output.innerText()), `the hint does not say ${counts.source}`);
	report.check(texts.length === PEOPLE.length, `${texts.length} rows for ${PEOPLE.length} people`);
	for (const [at, text] of texts.entries()) {
		const failed = !RIGHT.includes(at);
		report.check(text.includes(failed ? 'failed' : 'saved'), `row ${at + 1} is another: ${text}`);
		report.check(text.includes('message') === failed, `row ${at + 1} and its reason: ${text}`);
	}
	await pictures.keep(editor.page, 'result', async () => {
		const shown = await around(output.getByTestId('radio-button-table'), rows.nth(PICTURED));
		// The table is wider than the panel and scrolls in it.
		const column = await output.boundingBox();
		return { ...shown, x: column?.x ?? 0, width: column?.width ?? 0 };
	});
	await editor.closeNode();
	if (size !== null) await editor.page.setViewportSize(size);
}

async function checkFailure({ editor, pictures, report }: Tour): Promise<void> {
	report.at('A node that failed');
	const output = (await editor.openNode(STOPPED)).getByTestId('output-panel');
	const title = output.getByTestId('node-error-message');
	const description = output.getByTestId('node-error-description');
	report.same('the title', await title.allInnerTexts(), [FAILED]);
	const text = await description.innerText();
	for (const row of [2, 4, 5])
		report.check(text.includes(`• Row ${row}: `), `row ${row} has no reason: ${text}`);
	checkTexts(report, [text]);
	report.note([text]);
	await pictures.keep(output.locator('.node-error-view__header'), 'error');
	await editor.closeNode();
}

/** The workflow people begin with, as it looks when it has run. */
async function example(tour: Tour): Promise<void> {
	const { client, editor, pictures, report } = tour;
	const { page } = editor;
	report.at(MAIN_JOB);
	const standIns = await startStandIns();
	const credentials = [...tour.credentials.values(), ...standIns.credentials];
	const saved = await provideWorkflows(client, credentials, tour.files, {
		...standIns.addresses,
		[N8N_ADDRESS]: tour.url,
	});
	const workflow = saved.get(MAIN_JOB);
	if (workflow === undefined) throw new Error(`examples/${MAIN_JOB} is missing`);
	await editor.openWorkflow(workflow);
	await page.getByTestId('execute-workflow-button').click();
	const nodes = workflow.nodes.filter(({ type }) => !type.endsWith('.stickyNote'));
	for (const { name } of nodes)
		await editor.node(name).getByTestId('canvas-node-status-success').waitFor();
	const shown = [page.getByTestId('sticky'), ...nodes.map(({ name }) => editor.node(name))];
	await pictures.keep(page, 'example', () => around(...shown));
	const output = (await editor.openNode(nodes.at(-1)!.name)).getByTestId('output-panel');
	const text = await output.innerText();
	report.check(
		/\d+ of 1000 rows saved, \d+ failed/.test(text),
		`the hint does not count the rows: ${text}`,
	);
	report.check(text.includes('rejects.csv'), 'there is no file of the rows that failed');
	await pictures.look(output, 'example-output');
	await editor.closeNode();
	await standIns.close();
}
