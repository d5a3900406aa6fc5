import { NodeHelpers, Workflow, type INodeType, type INodeTypes } from 'n8n-workflow';

import { propertiesOf, subtitleOf } from '../../../nodes/shared/ui';
import { acme } from '../../support/sampleVendor';

/** What n8n makes of the expression on the canvas. */
function shownFor(parameters: Record<string, string>): unknown {
	const type = {
		description: { properties: propertiesOf(acme), version: 1, inputs: [], outputs: [] },
	} as unknown as INodeType;
	const node = {
		id: '1',
		name: 'Acme',
		type: 'acme',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: NodeHelpers.getNodeParameters(
			propertiesOf(acme),
			parameters,
			true,
			false,
			null,
			null,
		)!,
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: { getByNameAndVersion: () => type } as unknown as INodeTypes,
	});
	return workflow.expression.getSimpleParameterValue(node, subtitleOf(acme), 'internal', {});
}

it.each([
	[{ resource: 'person', operation: 'bulkSave' }, 'Bulk Save: Person'],
	[{ resource: 'person', operation: 'getAll' }, 'Get Many: Person'],
	[{ resource: 'skill', operation: 'getCatalog' }, /^Get .*: Skill$/],
])('the canvas says in words what a node does: %j', (parameters, words) => {
	expect(shownFor(parameters)).toEqual(
		typeof words === 'string' ? words : expect.stringMatching(words),
	);
});

it('leaves out what stands in brackets, and never ends the expression early', () => {
	expect(shownFor({ resource: 'person', operation: 'delete' })).toBe('Delete: Person');
	expect(subtitleOf(acme).indexOf('}}')).toBe(subtitleOf(acme).length - 2);
});
