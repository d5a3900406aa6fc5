import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { runTrigger } from '../shared/run';
import { triggerPropertiesOf, triggerSubtitleOf } from '../shared/ui';
import { collective } from './collective.vendor';

export class CollectiveTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Collective Trigger',
		name: 'collectiveTrigger',
		icon: { light: 'file:collective.svg', dark: 'file:collective.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitleOf(collective),
		description: 'Starts a workflow when somebody applies in Collective',
		defaults: { name: 'Collective Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'collectiveApi', required: true }],
		properties: triggerPropertiesOf(collective),
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runTrigger.call(this, collective);
	}
}
