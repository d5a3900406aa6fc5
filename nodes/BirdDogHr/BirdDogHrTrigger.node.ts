import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { runTrigger } from '../shared/run';
import { triggerPropertiesOf, triggerSubtitleOf } from '../shared/ui';
import { birdDogHr } from './birdDogHr.vendor';

export class BirdDogHrTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'BirdDogHR Trigger',
		name: 'birdDogHrTrigger',
		icon: { light: 'file:birdDogHr.svg', dark: 'file:birdDogHr.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitleOf(birdDogHr),
		description:
			'Starts a workflow when an onboarding is completed or a talent user changes in BirdDogHR',
		defaults: { name: 'BirdDogHR Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'birdDogHrApi', required: true }],
		properties: triggerPropertiesOf(birdDogHr),
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await runTrigger.call(this, birdDogHr);
	}
}
