import type {
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	NodeParameterValueType,
} from 'n8n-workflow';
import type { Locator } from 'playwright-core';

import type { Operation, Resource, SaveOperation, Vendor } from '../../nodes/shared/definition';
import { mapperFields } from '../../nodes/shared/ui';
import { operationLabel } from '../../nodes/shared/ui/labels';
import { members, visible } from '../../test/engine/ui/visible';
import { MANUAL, talentNode, workflowOf } from '../../test/e2e/support/n8n';
import { vendors, wholeVendors } from '../../test/support/vendors';
import { BESIDE, checkFits, checkTexts, checkWhole, labelsIn, textsIn } from './texts';
import { around, type Clip } from './pictures';
import type { Tour } from './tour';

/** The editor's words in a mapper. */
const MANUALLY = 'Map Each Column Manually';
const ALL_COLUMNS = 'Add All Fields';

interface Shown {
	vendor: Vendor;
	resource: Resource;
	operation: Operation;
	/** As saved in the node. */
	given: INodeParameters;
}

/** Every operation of every node, chosen in the node's panel one after the other, and every option of an import. */
export async function panels(tour: Tour): Promise<void> {
	const { client, editor, report } = tour;
	for (const { displayName } of vendors)
		report.check(
			wholeVendors.some((vendor) => vendor.displayName === displayName),
			`${displayName} is not finished and not looked at`,
		);
	const nodes = wholeVendors.flatMap((vendor) => [
		{ ...talentNode(tour, vendor, {}), name: vendor.displayName },
		{ ...talentNode(tour, vendor, withAllOptions(vendor)), name: `${vendor.displayName} Options` },
	]);
	await editor.openWorkflow(await client.saveWorkflow(workflowOf('Panels', [MANUAL, ...nodes])));
	for (const vendor of wholeVendors) {
		const panel = await editor.openNode(vendor.displayName);
		for (const resource of vendor.resources) await checkResource(tour, panel, vendor, resource);
		await editor.closeNode();
		await checkAllOptions(tour, vendor);
	}
}

async function checkResource(
	tour: Tour,
	panel: Locator,
	vendor: Vendor,
	resource: Resource,
): Promise<void> {
	const { editor, report } = tour;
	await editor.choose(panel.getByTestId('parameter-input-resource'), resource.label);
	let columnsSeen = false;
	for (const [name, operation] of Object.entries(resource.operations)) {
		const label = operationLabel(resource, name, operation);
		report.at(`${vendor.displayName}, ${resource.label}, ${label}`);
		await panel.getByTestId('parameter-input-operation').click();
		await editor.entries().first().waitFor();
		await checkWhole(report, editor.page.locator('.option-description:visible'));
		await editor.pick(label);
		const given = { resource: resource.name, operation: name };
		await checkOperation(tour, panel, { vendor, resource, operation, given });
		if (!columnsSeen && isMapped(operation)) {
			await checkAllColumns(tour, panel, { vendor, resource }, operation);
			columnsSeen = true;
		}
	}
}

const isMapped = (operation: Operation): operation is SaveOperation =>
	operation.does === 'save' && operation.ask === undefined;

async function checkOperation(tour: Tour, panel: Locator, shown: Shown): Promise<void> {
	const { editor, pictures, report } = tour;
	const { vendor, operation, given } = shown;
	const name = `${vendor.name}-${given.resource}-${given.operation}`;
	if (operation.does === 'save' && operation.rows === 'file') {
		const source = panel.getByTestId('parameter-input-source');
		await editor.choose(source, 'File');
		await checkPanel(tour, panel, shown);
		await pictures.look(editor.page, `${name}-file`, () => columnOf(panel));
		await editor.choose(source, 'Input Items');
		given.source = 'items';
	}
	if (isMapped(operation)) await editor.choose(panel.getByTestId('mapping-mode-select'), MANUALLY);
	await checkPanel(tour, panel, shown);
	await checkOptions(tour, panel, shown);
	await pictures.look(editor.page, name, () => columnOf(panel));
	for (const message of await editor.messages()) report.check(false, `a message: ${message}`);
}

/** What stands in the panel against what the node states, texts and all. */
async function checkPanel({ report }: Tour, panel: Locator, shown: Shown): Promise<void> {
	const { vendor, resource, operation, given } = shown;
	const stated = visible(vendor, given);
	const labels = stated
		// n8n asks for the sign-in in the credential's dialog.
		.filter(({ type, name }) => type !== 'notice' && name !== 'authentication')
		.flatMap(({ type, displayName }) =>
			type === 'resourceMapper' && operation.does === 'save'
				? [
						'Mapping Column Mode',
						'Values to Send',
						...mapperFields(resource, operation)
							.filter(({ display, removed }) => display && !removed)
							.map((column) => column.displayName),
					]
				: [displayName],
		);
	const area = panel.getByTestId('node-parameters');
	report.same('the fields', await labelsIn(area), labels);
	const notices = stated.filter(({ type }) => type === 'notice');
	report.same(
		'the notices',
		await checkWhole(report, area.locator('.notice-content')),
		notices.map(({ displayName }) => displayName),
	);
	await checkFits(report, panel);
	const texts = await textsIn(area);
	checkTexts(report, texts);
	report.note(texts.filter((text) => !BESIDE.includes(text)));
}

/** What can be added under Options and Filters. */
async function checkOptions({ editor, report }: Tour, panel: Locator, shown: Shown): Promise<void> {
	const stated = visible(shown.vendor, shown.given);
	const collections = stated.filter(({ type }) => type === 'collection');
	for (const [at, { name, displayName }] of collections.entries()) {
		const wanted = members(stated, name)
			.filter(({ displayOptions }) => fits(displayOptions?.show?.['/source'], shown.given.source))
			.map((member) => member.displayName);
		// What is the only one is added at once, without a list.
		if (wanted.length === 1) continue;
		const button = panel.getByTestId('collection-parameter-add').nth(at);
		await button.click();
		await editor.entries().first().waitFor();
		report.same(
			`what can be added under ${displayName}`,
			await editor.entries().allInnerTexts(),
			wanted,
		);
		await button.click();
		await editor.entries().first().waitFor({ state: 'hidden' });
	}
}

/** Options that only one source of rows has. */
const fits = (wanted: unknown, source: unknown): boolean =>
	!Array.isArray(wanted) || wanted.includes(source ?? 'binary');

/** Adds every column there is to the mapper. */
async function checkAllColumns(
	{ editor, pictures, report }: Tour,
	panel: Locator,
	{ vendor, resource }: { vendor: Vendor; resource: Resource },
	operation: SaveOperation,
): Promise<void> {
	const mapper = panel.getByTestId('resource-mapper-container');
	await mapper.getByTestId('action-toggle').first().click();
	await editor.page.getByText(ALL_COLUMNS, { exact: true }).click();
	await editor.settled();
	report.same(
		'all columns',
		(await labelsIn(mapper)).slice(2),
		mapperFields(resource, operation)
			.filter(({ display }) => display)
			.map(({ displayName }) => displayName),
	);
	await checkFits(report, panel);
	await pictures.look(mapper, `${vendor.name}-${resource.name}-columns`);
}

/** An import with every option, as if somebody had added them all. */
function withAllOptions(vendor: Vendor): INodeParameters {
	const resource = vendor.resources.find(({ operations }) => 'import' in operations);
	const given = { resource: resource?.name, operation: 'import' };
	const collections = visible(vendor, given).filter(({ type }) => type === 'collection');
	const withAll = ({ name, options }: INodeProperties) => {
		const shown = (options as INodeProperties[]).filter(({ displayOptions }) =>
			fits(displayOptions?.show?.['/source'], undefined),
		);
		return [name, Object.fromEntries(shown.map((each) => [each.name, added(each)]))] as const;
	};
	return { ...given, ...Object.fromEntries(collections.map(withAll)) };
}

function added({ type, default: preset, options }: INodeProperties): NodeParameterValueType {
	if (type !== 'fixedCollection') return preset;
	const [group] = options as INodePropertyCollection[];
	const entry = Object.fromEntries(group.values.map((value) => [value.name, value.default]));
	return { [group.name]: [entry] };
}

async function checkAllOptions({ editor, pictures, report }: Tour, vendor: Vendor): Promise<void> {
	report.at(`${vendor.displayName}, all options of an import`);
	const panel = await editor.openNode(`${vendor.displayName} Options`);
	const area = panel.getByTestId('node-parameters');
	const labels = await labelsIn(area);
	const given = withAllOptions(vendor);
	for (const { name, displayName, type, options } of visible(vendor, given))
		if (type === 'collection')
			for (const option of options as INodeProperties[])
				if (option.name in (given[name] as object))
					report.check(
						labels.includes(option.displayName),
						`no ${option.displayName} in ${displayName}`,
					);
	const texts = await textsIn(area);
	checkTexts(report, texts);
	report.note(texts);
	await checkFits(report, panel);
	await pictures.look(editor.page, `${vendor.name}-options`, () => columnOf(panel));
	await editor.closeNode();
}

/** The middle column of a panel, with nothing under the mouse. Options always come last. */
export async function columnOf(panel: Locator): Promise<Clip> {
	await panel.page().mouse.move(0, 0);
	await panel.evaluate(({ ownerDocument }) => ownerDocument.activeElement?.blur());
	const add = panel.getByTestId('collection-parameter-add');
	// Nothing is left to add where all options are there.
	const end = (await add.count()) > 0 ? add.last() : panel.getByTestId('node-feature-request');
	const { y, height } = await around(panel.getByTestId('tab-params'), end);
	const column = await panel.getByTestId('node-parameters').boundingBox();
	return { x: column?.x ?? 0, width: column?.width ?? 0, y, height };
}
