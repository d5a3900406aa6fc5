import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NodeHelpers, type INodeParameters, type INodeProperties } from 'n8n-workflow';

import { columnsOf } from '../../nodes/shared/mapping';
import { propertiesOf, triggerPropertiesOf } from '../../nodes/shared/ui';
import { withColumns } from '../../scripts/lib/exampleColumns';
import { talentsCsv } from '../../scripts/makeExampleFiles';
import { wholeVendors } from '../support/vendors';

const FOLDER = resolve(__dirname, '../../examples');
const PACKAGE = 'n8n-nodes-talent.';
const STICKY = 'n8n-nodes-base.stickyNote';

interface Node {
	id: string;
	name: string;
	type: string;
	position: [number, number];
	parameters: INodeParameters & { width: number; height: number; content: string };
	credentials?: Record<string, { id: string; name: string }>;
	onError?: string;
}

interface Workflow {
	name: string;
	nodes: Node[];
	connections: Record<string, Record<string, Array<Array<{ node: string }>>>>;
}

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const textOf = (file: string) => readFileSync(join(FOLDER, file), 'utf8');
const examples = files.map((file) => [file, JSON.parse(textOf(file)) as Workflow] as const);

interface Box {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** As the editor draws them: a node is 96 wide and high, an agent 256 wide, with name and operation in 48 below. */
function boxOf({ name, type, position: [left, top], parameters: { width, height } }: Node): Box {
	if (type === STICKY) return { name, left, top, right: left + width, bottom: top + height };
	const wide = type.endsWith('.agent') ? 256 : 96;
	return { name, left, top, right: left + wide, bottom: top + 96 + 48 };
}

const overlap = (a: Box, b: Box) =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const holds = (a: Box, b: Box) =>
	a.left <= b.left && a.top <= b.top && b.right <= a.right && b.bottom <= a.bottom;

const pairs = <T>(list: T[]): Array<[T, T]> =>
	list.flatMap((one, at) => list.slice(at + 1).map((other): [T, T] => [one, other]));
const clashes = (boxes: Box[]) =>
	pairs(boxes)
		.filter(([a, b]) => overlap(a, b))
		.map(([a, b]) => `${a.name} and ${b.name}`);

/** Parameters and options that the node does not show with these values, and columns that the operation has not. */
function unknownIn({ type, parameters }: Node): string[] {
	const isTrigger = type.endsWith('Trigger');
	const name = type.slice(PACKAGE.length).replace(/(Tool|Trigger)$/, '');
	const vendor = wholeVendors.find((candidate) => candidate.name === name);
	if (vendor === undefined) return [`There is no node ${type}`];
	const properties = isTrigger ? triggerPropertiesOf(vendor) : propertiesOf(vendor);
	const node = { typeVersion: 1 };
	const shown =
		NodeHelpers.getNodeParameters(properties, parameters, true, false, node, null) ?? {};
	// n8n adds the times of a trigger that polls.
	const { descriptionType, toolDescription, pollTimes, ...own } = parameters;
	const found = Object.keys(own).filter((key) => !(key in shown));
	if (type.endsWith('Tool') !== (toolDescription !== undefined)) found.push('toolDescription');
	for (const collection of ['options', 'filters'])
		for (const key of Object.keys((parameters[collection] ?? {}) as object))
			if (!optionsOf(properties, collection, parameters).includes(key))
				found.push(`${collection}.${key}`);

	if (isTrigger !== (pollTimes !== undefined)) found.push('pollTimes');
	if (isTrigger) return found;
	const resource = vendor.resources.find((entry) => entry.name === parameters.resource);
	const operation = resource?.operations[String(parameters.operation)];
	if (resource === undefined || operation === undefined) return [...found, 'operation'];
	const { value } = (parameters.columns ?? {}) as { value?: object | null };
	if (operation.does === 'save') {
		const columns = columnsOf(resource, operation).map(({ key }) => key);
		for (const key of Object.keys(value ?? {}))
			if (!columns.includes(key)) found.push(`columns.${key}`);
	}
	return found;
}

/** The members of a collection as it is shown with these values. */
function optionsOf(
	properties: INodeProperties[],
	collection: string,
	parameters: INodeParameters,
): string[] {
	const node = { typeVersion: 1 };
	return properties
		.filter(({ name }) => name === collection)
		.filter((property) => NodeHelpers.displayParameter(parameters, property, node, null))
		.flatMap(({ options }) => options ?? [])
		.map(({ name }) => name);
}

describe.each(examples)('%s', (file, { name, nodes, connections }) => {
	const stickies = nodes.filter(({ type }) => type === STICKY);
	const others = nodes.filter(({ type }) => type !== STICKY);
	const talent = nodes.filter(({ type }) => type.startsWith(PACKAGE));

	it('imports: nodes that exist, wired to each other, with parameters that exist', () => {
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		expect(new Set(nodes.map((node) => node.name)).size).toBe(nodes.length);
		const types = /^(n8n-nodes-base|@n8n\/n8n-nodes-langchain|n8n-nodes-talent)\.\w+$/;
		expect(nodes.filter(({ type }) => !types.test(type))).toEqual([]);
		const ends = Object.entries(connections).flatMap(([from, outputs]) => [
			from,
			...Object.values(outputs).flatMap((lists) => lists.flat().map((target) => target.node)),
		]);
		expect(ends.filter((end) => !others.some((node) => node.name === end))).toEqual([]);
		expect(others.filter((node) => !ends.includes(node.name))).toEqual([]);
		expect(
			talent.flatMap((node) => unknownIn(node).map((what) => `${node.name}: ${what}`)),
		).toEqual([]);
	});

	it('shows the columns of our nodes as n8n stores them (npm run docs)', () => {
		const workflow = JSON.parse(textOf(file)) as Parameters<typeof withColumns>[0];
		expect(workflow).toEqual(withColumns(workflow));
	});

	it('is explained by sticky notes', () => {
		const about = stickies.find((node) => node.name === 'About This Workflow');
		for (const heading of ['## ', '### For your own account', '### If '])
			expect(about?.parameters.content).toContain(heading);
		// Names in bold are those of nodes or files, or of another example.
		const known = [...nodes.map((node) => node.name), ...examples.map(([, other]) => other.name)];
		const text = stickies.map(({ parameters }) => parameters.content).join('\n');
		const named = [...text.matchAll(/\*\*(.+?)\*\*/g)].map(([, words]) => words);
		expect(named.length).toBeGreaterThan(0);
		expect(named.filter((words) => !known.includes(words) && !WORDS.has(words))).toEqual([]);
	});

	it('is laid out tidily: each node in a note of its own group, nothing over anything else', () => {
		const frames = stickies.map(boxOf);
		const boxes = others.map(boxOf);
		expect(clashes(frames)).toEqual([]);
		expect(clashes(boxes)).toEqual([]);
		const loose = boxes.filter((box) => !frames.some((frame) => holds(frame, box)));
		expect(loose.map((box) => box.name)).toEqual([]);
	});

	it('holds nobody real, no credential and no address of an account', () => {
		expect(personal(textOf(file))).toEqual([]);
		const ids = nodes.flatMap(({ credentials }) => Object.values(credentials ?? {}));
		expect(ids.filter(({ id }) => id !== '')).toEqual([]);
		expect(Object.keys(JSON.parse(textOf(file)) as object).sort()).toEqual(
			['connections', 'name', 'nodes', 'settings'].sort(),
		);
		expect(name).not.toBe('');
	});
});

/** Bold words of the notes that name no node: what the editor calls things, fields, and nodes one may put in. */
const WORDS = new Set([
	...[
		'Executions',
		'Fetch Test Event',
		'CV',
		'cv',
		'rejects',
		'rejects.csv',
		'pass 2',
		'Pass 1',
		'ats',
		'NEWHIRE',
	],
	...[
		'Reject Reason',
		'Reject Row',
		'Email Trigger (IMAP)',
		'Large Import: One Part',
		'Collective',
	],
]);

/** Hosts that belong to nobody, to n8n's own computer, or to the service that an example is about. */
const HOST =
	/^(localhost:5678|api\.lever\.co|hooks\.slack\.com|www\.linkedin\.com|([\w-]+\.)*example\.(com|org|net))$/;

/** Addresses of people and of computers that might be somebody's. */
function personal(text: string): string[] {
	const emails = [...text.matchAll(/[\w.+-]+@([\w-]+(?:\.[\w-]+)+)/g)]
		.filter(([, host]) => !HOST.test(host))
		.map(([email]) => email);
	const urls = [...text.matchAll(/https?:\/\/([^/"'\s{}]+)/g)]
		.filter(([, host]) => !HOST.test(host))
		.map(([url]) => url);
	return [...emails, ...urls];
}

describe('examples/data', () => {
	const data = join(FOLDER, 'data');
	it.each(readdirSync(data).filter((name) => /\.(csv|json)$/.test(name)))(
		'%s holds nobody real',
		(name) => {
			expect(personal(readFileSync(join(data, name), 'utf8'))).toEqual([]);
		},
	);

	it('talents.csv is what scripts/makeExampleFiles.ts makes', () => {
		expect(readFileSync(join(data, 'talents.csv'), 'utf8')).toBe(talentsCsv());
	});
});

it('the table of examples/README.md and the folder agree', () => {
	const readme = textOf('README.md');
	const rows = readme.split('\n').filter((line) => line.startsWith('| ['));
	const listed = rows.map((row) => /^\| \[[^\]]+\]\(([^)]+)\)/.exec(row)?.[1]);
	expect(listed.sort()).toEqual(files.sort());
	for (const row of rows) {
		const [, label, file] = /^\| \[([^\]]+)\]\(([^)]+)\)/.exec(row) ?? [];
		const workflow = examples.find(([other]) => other === file)?.[1];
		expect(label).toBe(workflow?.name);
		// Every vendor whose node takes part is named.
		const types = workflow?.nodes.map(({ type }) => type.replace(/Tool$/, '')) ?? [];
		for (const { name, displayName } of wholeVendors)
			if (types.includes(PACKAGE + name)) expect(row).toContain(displayName);
	}
});
