import type { INodeProperties } from 'n8n-workflow';

import {
	groupOf,
	lowered,
	type ListEndpoint,
	type Resource,
	type SaveOperation,
	type Vendor,
} from '../definition';
import { columnsOf } from '../mapping';
import { userParameters } from './groups';
import { parameterProperty } from './parameter';
import { prose } from './texts';

/**
 * Options that do nothing but let values be chosen from a list: what a list of another resource must be told, and the operation
 * itself does not ask.
 */
export function listNeeds(
	vendor: Vendor,
	resource: Resource,
	operation: SaveOperation,
): INodeProperties[] {
	const asked = new Set(userParameters(resource, operation).map(({ key }) => key));
	const needs = new Map<string, INodeProperties>();
	for (const { field, label } of columnsOf(resource, operation)) {
		const { locator } = field;
		const listed = vendor.resources.find(({ name }) => name === locator?.resource);
		if (locator?.search === undefined || listed === undefined) continue;
		const { parameters = {} } = listed.endpoints[locator.search] as ListEndpoint;
		for (const [key, parameter] of Object.entries(parameters)) {
			if (asked.has(key) || !parameter.required || groupOf(parameter, true) !== 'main') continue;
			const what = `Only to choose "${label}" from the list of ${lowered(listed.plural)}`;
			const help = prose(what, parameter.help);
			needs.set(key, parameterProperty(listed.name, key, { ...parameter, help }, false));
		}
	}
	return [...needs.values()];
}
