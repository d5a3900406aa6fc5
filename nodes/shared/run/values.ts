import { groupOf, type EndpointParameters } from '../definition';
import { SetupFault } from '../http';
import { plainParameter } from '../mapping';
import type { ParameterValues } from '../write';
import { ExpressionFault, type NodeParameters } from './parameters';

/**
 * Reads endpoint parameters in wire form, item by item. `constant`: they hold no expression, so one reading serves all.
 *
 * @throws SetupFault naming the parameter when a value cannot be used
 */
export function valuesOf(
	definitions: EndpointParameters,
	parameters: NodeParameters,
	list = false,
): { constant: boolean; read(index: number): ParameterValues } {
	const entries = Object.entries(definitions).map(
		([key, definition]) => [key, definition, groupOf(definition, list)] as const,
	);
	const sources = new Set(entries.map(([key, , group]) => (group === 'main' ? key : group)));
	return {
		constant: [...sources].every((source) => parameters.isConstant(source)),
		read(index) {
			const values: Record<string, unknown> = {};
			for (const [key, definition, group] of entries) {
				const holder =
					group === 'main' ? undefined : parameters.get<Record<string, unknown>>(group, index, {});
				const given = holder ? holder[key] : mainValue(parameters, key, index, definition.label);
				const value = plainParameter(definition, given);
				if ('problem' in value) throw unusable(definition.label, value.problem);
				if (value.wire !== undefined) values[key] = value.wire;
				else if (definition.required) throw unusable(definition.label, 'is missing. Add a value.');
				else if (list && holder !== undefined && key in holder)
					throw unusable(definition.label, BLANK_FILTER);
			}
			return values;
		},
	};
}

/** One of the item's own; an expression that cannot be worked out says for what. */
function mainValue(parameters: NodeParameters, key: string, index: number, label: string): unknown {
	try {
		return parameters.get<unknown>(key, index, undefined);
	} catch (error) {
		throw unusable(label, new ExpressionFault(error).message);
	}
}

/** Whoever adds a filter wants some records; without its value they would get everybody. */
const BLANK_FILTER =
	'is empty, so nothing would be filtered by it. Give it a value, or remove it from the node.';

/** A parameter that cannot be used, in words that continue its label. */
export const unusable = (label: string, problem: string): SetupFault =>
	new SetupFault({ code: 'REFUSED', message: `"${label}" ${problem}`, applied: 'no' });
