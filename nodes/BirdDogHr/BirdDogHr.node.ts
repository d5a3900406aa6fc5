import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { lookupMethods, runNode } from '../shared/run';
import { propertiesOf, subtitleOf } from '../shared/ui';
import { birdDogHr } from './birdDogHr.vendor';

export class BirdDogHr implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'BirdDogHR',
		name: 'birdDogHr',
		icon: { light: 'file:birdDogHr.svg', dark: 'file:birdDogHr.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf(birdDogHr),
		description: 'Save, import and deactivate talent users in BirdDogHR (Arcoro)',
		defaults: { name: 'BirdDogHR' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{
				name: 'birdDogHrApi',
				required: true,
				displayOptions: { hide: { operation: ['template', 'getSchema'] } },
			},
		],
		properties: propertiesOf(birdDogHr),
	};

	methods = lookupMethods(birdDogHr);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode.call(this, birdDogHr);
	}
}
