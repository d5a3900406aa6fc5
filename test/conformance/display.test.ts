import type { INodeProperties } from 'n8n-workflow';

import { propertiesOf } from '../../nodes/shared/ui';
import { wholeVendors } from '../support/vendors';

/** What decides whether a property is shown, as `name`s beside it; those that begin with `/` are the node's own. */
function* conditionsIn(
	properties: INodeProperties[],
	top: ReadonlySet<string>,
): Generator<[property: string, name: string, known: boolean]> {
	const beside = new Set(properties.map(({ name }) => name));
	for (const { name, displayOptions, options } of properties) {
		for (const rule of [displayOptions?.show, displayOptions?.hide])
			for (const condition of Object.keys(rule ?? {})) {
				if (condition.startsWith('@')) continue;
				const own = condition.startsWith('/');
				yield [name, condition, own ? top.has(condition.slice(1)) : beside.has(condition)];
			}
		for (const option of options ?? []) {
			if ('values' in option) yield* conditionsIn(option.values, top);
			else if ('type' in option) yield* conditionsIn([option], top);
		}
	}
}

/*
 * n8n 1.123 waits for a property of exactly the name that a condition gives, and gives the whole node up when there is none; a path
 * into a collection is such a name, and n8n 2 drops the value instead.
 */
it.each(wholeVendors.map((vendor) => [vendor.name, vendor] as const))(
	'%s shows properties by what n8n can resolve',
	(_, vendor) => {
		const properties = propertiesOf(vendor);
		const conditions = [...conditionsIn(properties, new Set(properties.map(({ name }) => name)))];
		expect(conditions.length).toBeGreaterThan(10);
		expect(conditions.filter(([, , known]) => !known)).toEqual([]);
	},
);
