import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/** A node of a few lines. */
export function inlineNode(
	execute: Execute,
	description: Partial<INodeTypeDescription> = {},
): INodeType {
	return {
		description: {
			displayName: 'Inline',
			name: 'inline',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: 'Inline' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
			...description,
		},
		execute,
	};
}

export const startWith = (items: INodeExecutionData[]): INodeType =>
	inlineNode(async () => [items], { inputs: [] });

export const passOn = (): INodeType =>
	inlineNode(async function () {
		return [this.getInputData()];
	});

/** The same node, which counts how often it is executed. */
export function counted(node: INodeType, count: { calls: number }): INodeType {
	const { execute } = node;
	if (execute === undefined) return node;
	return Object.create(node, {
		execute: {
			value: async function (this: IExecuteFunctions, ...rest: []) {
				count.calls++;
				return await execute.apply(this, rest);
			},
		},
	}) as INodeType;
}
