import type { INodeProperties } from 'n8n-workflow';

import {
	EVENT,
	EVENTS,
	FILE_SWITCH,
	endpointsOfWatch,
	weakest,
	type Basis,
	type EventName,
	type ReadEndpoint,
	type Resource,
	type Vendor,
	type Watch,
} from '../definition';
import { UNVERIFIED } from '../definition/contract';
import { outputField } from './outputField';
import { selectedFields } from './options';
import { parameterProperty } from './parameter';
import { authentication, SIMPLIFY } from './properties';
import { unverified } from './texts';

const EVENT_LABELS: Readonly<Record<EventName, string>> = {
	created: 'Created',
	changed: 'Changed',
	removed: 'Removed',
};

interface Watched {
	resource: Resource;
	key: string;
	watch: Watch;
}

export const watchesOf = ({ resources }: Vendor): Watched[] =>
	resources.flatMap((resource) =>
		Object.entries(resource.watches ?? {}).map(([key, watch]) => ({ resource, key, watch })),
	);

/** What a watch rests on: the weakest of its endpoints, or what it says itself. */
const basisOf = ({ resource, watch }: Watched): Basis =>
	watch.basis ?? weakest(endpointsOfWatch(watch).map((name) => resource.endpoints[name])).basis;

/** Everything a vendor's trigger shows in n8n's editor, from its definition. */
export function triggerPropertiesOf(vendor: Vendor): INodeProperties[] {
	const watches = watchesOf(vendor);
	const [{ key: first }] = watches;
	return [
		...(vendor.signIns.length > 1 ? [authentication(vendor)] : []),
		{
			displayName: 'Trigger On',
			name: EVENT,
			type: 'options',
			noDataExpression: true,
			default: first,
			options: watches.map((watched) => {
				const { key, watch } = watched;
				const weak = basisOf(watched) !== 'documented';
				return {
					name: weak ? `${watch.label} ${UNVERIFIED}` : watch.label,
					value: key,
					description: weak ? unverified(watch.description) : watch.description,
				};
			}),
		},
		...watches.flatMap(propertiesOfWatch),
		SIMPLIFY,
		...watches.map(optionsOfWatch),
	];
}

const shownFor = (key: string) => ({ show: { [EVENT]: [key] } });

function propertiesOfWatch({ resource, key, watch }: Watched): INodeProperties[] {
	const parameters = resource.endpoints[watch.endpoint].parameters ?? {};
	const displayOptions = shownFor(key);
	const properties: INodeProperties[] = [];
	if (watch.notice !== undefined)
		properties.push({ displayName: watch.notice, name: 'notice', type: 'notice', default: '' });
	for (const name of watch.ask ?? [])
		properties.push(parameterProperty(resource.name, name, parameters[name], true));
	const { each } = watch;
	if (each !== undefined)
		properties.push({
			displayName: each.label,
			name: each.name,
			type: 'string',
			default: '',
			required: true,
			...(parameters[each.parameter].placeholder === undefined
				? {}
				: { placeholder: parameters[each.parameter].placeholder }),
			description: `${each.help}. Separate several values by commas.`,
		});
	if (watch.events.length > 1)
		properties.push({
			displayName: 'What Happened',
			name: EVENTS,
			type: 'multiOptions',
			default: [...watch.events],
			description: 'What starts the workflow',
			options: watch.events.map((value) => ({ name: EVENT_LABELS[value], value })),
		});
	properties.push(...fileProperties(resource, watch));
	return properties.map((property) => ({ ...property, displayOptions }));
}

function fileProperties(resource: Resource, { details }: Watch): INodeProperties[] {
	const endpoint = details && (resource.endpoints[details.endpoint] as ReadEndpoint);
	if (endpoint?.file === undefined) return [];
	return [
		{
			displayName: 'Download File',
			name: FILE_SWITCH,
			type: 'boolean',
			default: true,
			description: 'Whether the file of the record, a CV for example, comes along',
		},
		outputField(),
	];
}

const optionsOfWatch = ({ resource, key }: Watched): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	displayOptions: shownFor(key),
	options: [selectedFields(resource)],
});

/** What the canvas shows below a trigger's name. */
export function triggerSubtitleOf(vendor: Vendor): string {
	const words = Object.fromEntries(watchesOf(vendor).map(({ key, watch }) => [key, watch.label]));
	return `={{ (${JSON.stringify(words)})[$parameter["${EVENT}"]] }}`;
}
