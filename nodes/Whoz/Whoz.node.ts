import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { lookupMethods, runNode } from '../shared/run';
import { propertiesOf, subtitleOf } from '../shared/ui';
import { whoz } from './whoz.vendor';

export class Whoz implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Whoz',
		name: 'whoz',
		icon: { light: 'file:whoz.svg', dark: 'file:whoz.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf(whoz),
		description: 'Save, import and list talents in Whoz',
		defaults: { name: 'Whoz' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{
				name: 'whozTalentApi',
				required: true,
				displayOptions: {
					show: { authentication: ['default'] },
					hide: { operation: ['template', 'getSchema'] },
				},
			},
			{
				name: 'whozBearerApi',
				required: true,
				displayOptions: {
					show: { authentication: ['bearer'] },
					hide: { operation: ['template', 'getSchema'] },
				},
			},
		],
		properties: propertiesOf(whoz),
	};

	methods = lookupMethods(whoz);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode.call(this, whoz);
	}
}
