import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { lookupMethods, runNode } from '../shared/run';
import { propertiesOf, subtitleOf } from '../shared/ui';
import { ingedata } from './ingedata.vendor';

export class Ingedata implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Ingedata',
		name: 'ingedata',
		icon: { light: 'file:ingedata.svg', dark: 'file:ingedata.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf(ingedata),
		description: 'Save, import and read talents and their skills in Ingedata Pulse',
		defaults: { name: 'Ingedata' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{
				name: 'ingedataApi',
				required: true,
				displayOptions: {
					show: { authentication: ['default'] },
					hide: { operation: ['template', 'getSchema'] },
				},
			},
			{
				name: 'ingedataBearerApi',
				required: true,
				displayOptions: {
					show: { authentication: ['bearer'] },
					hide: { operation: ['template', 'getSchema'] },
				},
			},
		],
		properties: propertiesOf(ingedata),
	};

	methods = lookupMethods(ingedata);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode.call(this, ingedata);
	}
}
