import { groupOf, type Parameters as Definitions } from '../definition';
import { SetupFault } from '../http';
import { plainParameter } from '../mapping';
import type { ParameterValues } from '../write';
import type { Parameters } from './parameters';

/**
 * Reads endpoint parameters in wire form, item by item. `constant`: they hold no expression, so one reading serves all.
 *
 * @throws SetupFault naming the parameter when a value cannot be used
 */
export function valuesOf(
	definitions: Definitions,
	parameters: Parameters,
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
				const given =
					group === 'main'
						? parameters.get<unknown>(key, index, undefined)
						: parameters.get<Record<string, unknown>>(group, index, {})[key];
				const value = plainParameter(definition, given);
				if ('problem' in value)
					throw new SetupFault({
						code: 'REFUSED',
						message: `"${definition.label}" ${value.problem}`,
						applied: 'no',
					});
				if (value.wire !== undefined) values[key] = value.wire;
				else if (definition.required)
					throw new SetupFault({
						code: 'REFUSED',
						message: `"${definition.label}" is missing. Add a value.`,
						applied: 'no',
					});
			}
			return values;
		},
	};
}
