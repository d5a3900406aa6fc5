import { NodeHelpers, type INode, type INodeParameters, type INodeProperties } from 'n8n-workflow';

import type { Vendor } from '../../../nodes/shared/definition';
import { propertiesOf } from '../../../nodes/shared/ui';

/** What n8n shows of a vendor's node with these parameters. What is not given stands at its default. */
export function visible(vendor: Vendor, given: INodeParameters): INodeProperties[] {
	const properties = propertiesOf(vendor);
	const node = { typeVersion: 1, parameters: given } as INode;
	const values = NodeHelpers.getNodeParameters(properties, given, true, false, node, null);
	return properties.filter((property) =>
		NodeHelpers.displayParameter(values ?? {}, property, node, null),
	);
}

/** Members of a collection that is visible. */
export const members = (shown: readonly INodeProperties[], name: string): INodeProperties[] =>
	(shown.find((property) => property.name === name)?.options ?? []) as INodeProperties[];

export const names = (properties: readonly INodeProperties[]): string[] =>
	properties.map(({ name }) => name);

export const named = (properties: readonly INodeProperties[], name: string): INodeProperties => {
	const found = properties.filter((property) => property.name === name);
	if (found.length !== 1) throw new Error(`${found.length} properties have the name ${name}.`);
	return found[0];
};
