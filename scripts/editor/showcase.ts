import type { Locator } from 'playwright-core';

import type { SaveOperation } from '../../nodes/shared/definition';
import { mapperFields } from '../../nodes/shared/ui';
import { COLLECTIVE_EXISTING_JOBS } from '../../test/sandbox/collective';
import { EIGHTFOLD_SYSTEM_ID } from '../../test/sandbox/eightfold';
import { WHOZ_WORKSPACE_IDS } from '../../test/sandbox/whoz';
import { MANUAL, talentNode, workflowOf, type Node } from '../../test/e2e/support/n8n';
import { wholeVendors } from '../../test/support/vendors';
import { columnOf } from './panels';
import { ROUND_NODES, within } from './pictures';
import { checkTexts, textsIn } from './texts';
import type { Tour } from './tour';

/** A person as another system gives it: nothing has the name that a vendor wants. */
const PERSON = {
	number: 'EMP-2001',
	given: 'Ana',
	family: 'Silva',
	mail: 'ana.silva@example.com',
	start: '2026-01-15',
};

/** Gives the person to the nodes that are none of the five. */
const PERSONS: Node = {
	name: 'Every Day',
	type: 'n8n-nodes-base.scheduleTrigger',
	typeVersion: 1.2,
	parameters: { rule: { interval: [{}] } },
};

/** What each node is set up for, as people would; one more to map columns and one to show options. */
const NODES: Record<string, { vendor: string; parameters: Record<string, unknown> }> = {
	BirdDogHR: {
		vendor: 'birdDogHr',
		parameters: {
			resource: 'talentUser',
			operation: 'bulkSave',
			columns: { mappingMode: 'autoMapInputData', value: null },
			options: { summary: true },
		},
	},
	Collective: {
		vendor: 'collective',
		parameters: {
			resource: 'application',
			operation: 'getAll',
			jobId: { __rl: true, mode: 'id', value: COLLECTIVE_EXISTING_JOBS[0] },
			options: { fullDetails: true },
		},
	},
	Eightfold: {
		vendor: 'eightfold',
		parameters: {
			resource: 'atsCandidate',
			operation: 'upsert',
			systemId: EIGHTFOLD_SYSTEM_ID,
			columns: mapped('eightfold', 'atsCandidate', 'upsert', {
				candidateId: '={{ $json.number }}',
				firstName: '={{ $json.given }}',
				lastName: '={{ $json.family }}',
				emails: '={{ $json.mail }}',
			}),
		},
	},
	Ingedata: { vendor: 'ingedata', parameters: { resource: 'talent', operation: 'get' } },
	Whoz: {
		vendor: 'whoz',
		parameters: { resource: 'talent', operation: 'import', validateOnly: true },
	},
	'Map Columns': {
		vendor: 'whoz',
		parameters: {
			resource: 'talent',
			operation: 'create',
			columns: mapped('whoz', 'talent', 'create', {
				externalId: '={{ $json.number }}',
				firstName: '={{ $json.given }}',
				lastName: '={{ $json.family }}',
				email: '={{ $json.mail }}',
				workspaceId: WHOZ_WORKSPACE_IDS[0],
				since: '={{ $json.start }}',
			}),
		},
	},
	'Import Options': {
		vendor: 'whoz',
		parameters: {
			resource: 'talent',
			operation: 'import',
			validateOnly: true,
			duplicates: 'last',
			options: {
				blankValues: 'leave',
				dateOrder: 'dayFirst',
				headerMapping: { columns: [{ header: 'Staff No.', field: 'externalId' }] },
				skipUnchanged: 'skip',
				summary: true,
			},
		},
	},
};

/** The nodes as they are called without further thought. */
const FIVE = Object.keys(NODES).filter((name) =>
	wholeVendors.some(({ displayName }) => displayName === name),
);

/** Above a list stands its name. */
const ROUND_LIST = 32;

/** Distances on the canvas. */
const ROW = 180;
const COLUMN = 300;

/** The five nodes set up as people do, for the documentation: panels, a list of records, icons in both themes. */
export async function showcase(tour: Tour): Promise<void> {
	const { client, editor, pictures, report } = tour;
	const { page } = editor;
	const names = Object.keys(NODES);
	const others = names.filter((name) => !FIVE.includes(name));
	const nodes = [
		MANUAL,
		...FIVE.map((name) => nodeOf(tour, name)),
		PERSONS,
		...others.map((name) => nodeOf(tour, name)),
	];
	const workflow = workflowOf('Showcase', nodes, {
		[MANUAL.name]: [FIVE],
		[PERSONS.name]: [others],
	});
	const items = [{ json: PERSON }];
	await editor.openWorkflow(
		await client.saveWorkflow({
			...workflow,
			nodes: workflow.nodes.map((node, at) => ({ ...node, position: placeOf(at) })),
			pinData: { [MANUAL.name]: items, [PERSONS.name]: items },
		}),
	);
	for (const name of names) {
		report.at(`The node ${name}`);
		const panel = await editor.openNode(name);
		if (name === 'Ingedata') {
			await panel.getByTestId('rlc-input-container').click();
			const entries = page.getByTestId('rlc-item');
			await entries.first().waitFor();
			report.check((await entries.count()) > 1, 'the list of talents is empty');
			await pictures.keep(
				page,
				'list',
				// The list goes on below, behind what follows.
				() =>
					within(ROUND_LIST, [panel.getByTestId('parameter-input-talentId'), ...first(entries, 6)]),
			);
			await entries.first().click();
			await editor.settled();
		}
		const area = panel.getByTestId('node-parameters');
		report.check(
			(await area.getByTestId('parameter-issues').count()) === 0,
			'something is missing',
		);
		checkTexts(report, await textsIn(area));
		await pictures.keep(page, pictureOf(name), () => columnOf(panel));
		await editor.closeNode();
	}
	for (const theme of ['light', 'dark'] as const) {
		await editor.theme(theme);
		const shown = [MANUAL.name, ...FIVE].map((name) => editor.node(name));
		await pictures.keep(page, `icons-${theme}`, () => within(ROUND_NODES, shown));
	}
	await editor.openNode('Map Columns');
	await pictures.look(page, 'dark');
	await editor.closeNode();
	await editor.theme('light');
}

function nodeOf(tour: Tour, name: string): Node {
	const { vendor, parameters } = NODES[name];
	const stated = wholeVendors.find((candidate) => candidate.name === vendor)!;
	return { ...talentNode(tour, stated, parameters), name };
}

/** Two columns behind their triggers. */
function placeOf(at: number): [number, number] {
	const column = at <= FIVE.length ? 0 : 1;
	const row = at - column * (FIVE.length + 1);
	const x = column * 3 * COLUMN;
	return row === 0 ? [x, ((FIVE.length - 1) / 2) * ROW] : [x + COLUMN, (row - 1) * ROW];
}

/** Name of a node's picture in the documentation. */
const pictureOf = (name: string): string =>
	(FIVE.includes(name) ? `node ${name}` : name).toLowerCase().replace(' ', '-');

const first = (list: Locator, count: number): Locator[] =>
	Array.from({ length: count }, (_, at) => list.nth(at));

/** Columns as the editor saves them. */
function mapped(
	vendor: string,
	resourceName: string,
	operation: string,
	value: Record<string, string>,
): object {
	const resource = wholeVendors
		.find(({ name }) => name === vendor)
		?.resources.find(({ name }) => name === resourceName);
	if (resource === undefined) throw new Error(`${vendor} has no ${resourceName}`);
	return {
		mappingMode: 'defineBelow',
		value,
		schema: mapperFields(resource, resource.operations[operation] as SaveOperation),
	};
}
