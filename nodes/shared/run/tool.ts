import type { IExecuteFunctions } from 'n8n-workflow';

/** n8n 2.x says so itself; in both lines the tool variant of a node carries a type name that ends in `Tool`. */
export function isToolNode(context: IExecuteFunctions): boolean {
	const asked = context as unknown as { isToolExecution?: () => boolean };
	if (typeof asked.isToolExecution === 'function' && asked.isToolExecution()) return true;
	return context.getNode().type.endsWith('Tool');
}
