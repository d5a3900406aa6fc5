import { mapperFields } from '../../nodes/shared/ui';
import { vendors } from '../../test/support/vendors';
import type { Workflow } from './n8nClient';

interface Columns {
	mappingMode: string;
	value: Record<string, unknown> | null;
	schema?: unknown;
}

/**
 * A workflow with what n8n's editor stores beside the columns that are mapped by hand: the list of all columns, and which of
 * them are shown. Without it the editor hides mapped columns and shows those nobody asked for.
 */
export function withColumns<T extends Workflow>(workflow: T): T {
	return { ...workflow, nodes: workflow.nodes.map(complete) };
}

function complete<T extends Workflow['nodes'][number]>(node: T): T {
	const { columns: given, resource: resourceName, operation: name } = node.parameters;
	const columns = given as Columns | undefined;
	if (columns?.mappingMode !== 'defineBelow') return node;
	const vendor = vendors.find((candidate) => node.type === `n8n-nodes-talent.${candidate.name}`);
	const resource = vendor?.resources.find((candidate) => candidate.name === resourceName);
	const operation = resource?.operations[String(name)];
	if (resource === undefined || operation?.does !== 'save') return node;
	const schema = mapperFields(resource, operation).map((field) => ({
		...field,
		removed: field.removed === true && !(field.id in (columns.value ?? {})),
	}));
	return {
		...node,
		parameters: { ...node.parameters, columns: { ...columns, matchingColumns: [], schema } },
	};
}
