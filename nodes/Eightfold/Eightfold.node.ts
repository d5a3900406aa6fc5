import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { lookupMethods, runNode } from '../shared/run';
import { propertiesOf, subtitleOf } from '../shared/ui';
import { eightfold } from './eightfold.vendor';

export class Eightfold implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Eightfold',
		name: 'eightfold',
		icon: { light: 'file:eightfold.svg', dark: 'file:eightfold.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf(eightfold),
		description: 'Save, import, list and read ATS candidates and profiles in Eightfold',
		defaults: { name: 'Eightfold' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{
				name: 'eightfoldApi',
				required: true,
				displayOptions: {
					show: { authentication: ['default'] },
					hide: { operation: ['template', 'getSchema'] },
				},
			},
			{
				name: 'eightfoldBearerApi',
				required: true,
				displayOptions: {
					show: { authentication: ['bearer'] },
					hide: { operation: ['template', 'getSchema'] },
				},
			},
		],
		properties: propertiesOf(eightfold),
	};

	methods = lookupMethods(eightfold);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode.call(this, eightfold);
	}
}
