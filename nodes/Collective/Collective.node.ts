import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { lookupMethods, runNode } from '../shared/run';
import { propertiesOf, subtitleOf } from '../shared/ui';
import { collective } from './collective.vendor';

export class Collective implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Collective',
		name: 'collective',
		icon: { light: 'file:collective.svg', dark: 'file:collective.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf(collective),
		description: 'Import talents, post jobs and read applications in Collective',
		defaults: { name: 'Collective' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{
				name: 'collectiveApi',
				required: true,
				displayOptions: { hide: { operation: ['template', 'getSchema'] } },
			},
		],
		properties: propertiesOf(collective),
	};

	methods = lookupMethods(collective);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode.call(this, collective);
	}
}
