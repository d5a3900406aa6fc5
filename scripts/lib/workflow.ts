import type { Workflow, WorkflowNode } from './n8nClient';

/** A node of a workflow; id and position are filled in. */
export type Node = Pick<WorkflowNode, 'name' | 'type' | 'parameters' | 'credentials'> & {
	typeVersion?: number;
	[setting: string]: unknown;
};

/** Where a node's outputs lead, by node name: a list for each output. */
export type Wires = Record<string, Array<string[]>>;

/** A workflow from nodes; without wires they stand in a row, each fed by the one before. */
export function workflowOf(name: string, nodes: Node[], wires?: Wires): Workflow {
	const chain: Wires =
		wires ??
		Object.fromEntries(nodes.slice(0, -1).map((node, at) => [node.name, [[nodes[at + 1].name]]]));
	return {
		name,
		nodes: nodes.map((node, at) => ({
			id: `node-${at}`,
			typeVersion: 1,
			position: [at * 200, 0],
			...node,
		})),
		connections: Object.fromEntries(
			Object.entries(chain).map(([from, outputs]) => [
				from,
				{
					main: outputs.map((targets) => targets.map((node) => ({ node, type: 'main', index: 0 }))),
				},
			]),
		),
		settings: { executionOrder: 'v1' },
	};
}

export const MANUAL: Node = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} };

/** Poll times of a trigger: every five seconds, as twelve times a minute, since n8n refuses one that repeats faster than that. */
export const OFTEN = {
	item: Array.from({ length: 12 }, (_, at) => ({
		mode: 'custom',
		cronExpression: `${at * 5} * * * * *`,
	})),
};
