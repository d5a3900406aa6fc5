import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { runTrigger } from '../shared/run';
import { triggerPropertiesOf, triggerSubtitleOf } from '../shared/ui';
import { eightfold } from './eightfold.vendor';

export class EightfoldTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Eightfold Trigger',
		name: 'eightfoldTrigger',
		icon: { light: 'file:eightfold.svg', dark: 'file:eightfold.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitleOf(eightfold),
		description: 'Starts a workflow when a profile in Eightfold is created or changed',
		defaults: { name: 'Eightfold Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'eightfoldApi',
				required: true,
				displayOptions: { show: { authentication: ['default'] } },
			},
			{
				name: 'eightfoldBearerApi',
				required: true,
				displayOptions: { show: { authentication: ['bearer'] } },
			},
		],
		properties: triggerPropertiesOf(eightfold),
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runTrigger.call(this, eightfold);
	}
}
