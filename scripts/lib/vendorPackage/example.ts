import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
	endpointsOf,
	type Concept,
	type Resource,
	type SaveOperation,
	type Vendor,
} from '../../../nodes/shared/definition';
import { columnsOf } from '../../../nodes/shared/mapping';
import { sample, sampleRow } from '../../../test/support/samples';
import { rewriteWorkflows } from '../../rewriteWorkflow.cjs';
import type { Workflow } from '../n8nClient';
import { ROOT } from '../paths';

/** Somebody whom no vendor mistakes for one of its people. */
const PERSON: Partial<Record<Concept, string>> = {
	externalId: 'EMP-1815',
	username: 'ada.lovelace@example.com',
	givenName: 'Ada',
	familyName: 'Lovelace',
	displayName: 'Ada Lovelace',
	email: 'ada.lovelace@example.com',
	linkedIn: 'https://www.linkedin.com/in/ada-lovelace-example',
};

/** What is told of the person, whether it has to be or not. */
const ALWAYS: readonly Concept[] = ['externalId', 'givenName', 'familyName'];

function personFor(resource: Resource, operation: SaveOperation): Record<string, unknown> {
	// Rules between fields ask for more than the columns say.
	const enough = sampleRow(resource, operation, 0, 'required');
	const row: Record<string, unknown> = {};
	for (const { key, label, field, concept, required, many } of columnsOf(resource, operation)) {
		// A vendor's own ID is that of somebody it knows.
		if (concept === 'internalId') continue;
		if (!(key in enough) && !required.includes('create') && !ALWAYS.includes(concept!)) continue;
		const plain = field.kind === 'text' && field.format === undefined && field.file === undefined;
		const value = PERSON[concept!] ?? (plain ? label : sample(field, 0));
		row[key] = many && !Array.isArray(value) ? [value] : value;
	}
	return row;
}

/** What the node asks for beside the rows, under its own label, for people to put in their own. */
const askedBy = ({ endpoints }: Resource, { route }: SaveOperation): Record<string, string> =>
	Object.fromEntries(
		endpointsOf(route)
			.flatMap((name) => Object.entries(endpoints[name].parameters ?? {}))
			.filter(([, parameter]) => parameter.required)
			.map(([key, { label }]) => [key, label]),
	);

/** A workflow that checks one made-up person and writes nothing; undefined where the vendor saves no lists. */
export function exampleWorkflow(
	{ name, displayName, resources }: Vendor,
	type: string,
): Workflow | undefined {
	for (const resource of resources) {
		const operation = resource.operations.bulkSave;
		if (operation?.does !== 'save') continue;
		const nodes = [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
			{
				name: 'One Person',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				parameters: {
					mode: 'raw',
					jsonOutput: JSON.stringify(personFor(resource, operation), null, 2),
					options: {},
				},
			},
			{
				name: `Check for ${displayName}`,
				type,
				typeVersion: 1,
				parameters: {
					resource: resource.name,
					operation: 'bulkSave',
					...askedBy(resource, operation),
					columns: { mappingMode: 'autoMapInputData', value: null },
					validateOnly: true,
				},
			},
		];
		return {
			name: `Check a person for ${displayName}`,
			nodes: nodes.map((node, at) => ({ id: `${name}-${at}`, position: [at * 220, 0], ...node })),
			connections: Object.fromEntries(
				nodes
					.slice(0, -1)
					.map((node, at) => [
						node.name,
						{ main: [[{ node: nodes[at + 1].name, type: 'main', index: 0 }]] },
					]),
			),
		};
	}
	return undefined;
}

/** The workflows of this repository that need no node of ours but this vendor's, with the package rewritten. */
export function examplesFor({ name }: Vendor): Array<{ path: string; workflow: Workflow }> {
	const own = [name, `${name}Tool`, `${name}Trigger`].map((type) => `n8n-nodes-talent.${type}`);
	return readdirSync(join(ROOT, 'examples'))
		.filter((file) => file.endsWith('.json'))
		.map((file) => `examples/${file}`)
		.map((path) => ({
			path,
			workflow: JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Workflow,
		}))
		.filter(({ workflow: { nodes } }) => {
			const types = nodes.map(({ type }) => type);
			const ours = types.filter((type) => type.startsWith('n8n-nodes-talent.'));
			return ours.length > 0 && ours.every((type) => own.includes(type));
		})
		.map(({ path, workflow }) => ({ path, workflow: rewriteWorkflows(workflow).rewritten }));
}
