import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { runTrigger } from '../shared/run';
import { triggerPropertiesOf, triggerSubtitleOf } from '../shared/ui';
import { whoz } from './whoz.vendor';

export class WhozTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Whoz Trigger',
		name: 'whozTrigger',
		icon: { light: 'file:whoz.svg', dark: 'file:whoz.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitleOf(whoz),
		description: 'Starts a workflow when a talent in Whoz is created, changed or removed',
		defaults: { name: 'Whoz Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'whozTalentApi',
				required: true,
				displayOptions: { show: { authentication: ['default'] } },
			},
			{
				name: 'whozBearerApi',
				required: true,
				displayOptions: { show: { authentication: ['bearer'] } },
			},
		],
		properties: triggerPropertiesOf(whoz),
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runTrigger.call(this, whoz);
	}
}
