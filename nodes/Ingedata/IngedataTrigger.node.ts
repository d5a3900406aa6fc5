import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { runTrigger } from '../shared/run';
import { triggerPropertiesOf, triggerSubtitleOf } from '../shared/ui';
import { ingedata } from './ingedata.vendor';

export class IngedataTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Ingedata Trigger',
		name: 'ingedataTrigger',
		icon: { light: 'file:ingedata.svg', dark: 'file:ingedata.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitleOf(ingedata),
		description: 'Starts a workflow when a talent is created in Ingedata',
		defaults: { name: 'Ingedata Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'ingedataApi',
				required: true,
				displayOptions: { show: { authentication: ['default'] } },
			},
			{
				name: 'ingedataBearerApi',
				required: true,
				displayOptions: { show: { authentication: ['bearer'] } },
			},
		],
		properties: triggerPropertiesOf(ingedata),
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runTrigger.call(this, ingedata);
	}
}
