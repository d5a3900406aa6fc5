import type { IDataObject } from 'n8n-workflow';

import { isJsonObject } from '../definition';
import { SetupFault } from '../http';
import type { MappingPolicy } from '../mapping';
import { areConstant, optionsAt, type Options } from './options';
import type { NodeParameters } from './parameters';

export type PolicyReader = (index: number) => MappingPolicy;

/**
 * How the values of a row are read. Policies may differ by item; without expressions they are one object.
 *
 * @param plainValues a person filled the columns one by one
 */
export function policyReader(parameters: NodeParameters, plainValues: boolean): PolicyReader {
	const read = (index: number) => policyOf(optionsAt(parameters, index), plainValues);
	if (!areConstant(parameters)) return read;
	const same = read(0);
	return () => same;
}

function policyOf(options: Options, plainValues: boolean): MappingPolicy {
	const extra = options.additionalFieldsJson;
	const byField = options.blankValuesByField?.fields ?? [];
	return {
		unknownFields: options.unknownFields ?? 'ignore',
		blankValues: options.blankValues ?? 'leave',
		...(byField.length > 0 && {
			blankValuesByColumn: Object.fromEntries(byField.map(({ field, policy }) => [field, policy])),
		}),
		fieldsToClear: options.fieldsToClear ?? [],
		dateOrder: options.dateOrder === 'refuse' ? undefined : options.dateOrder,
		headerMapping: headerMappingOf(options),
		plainValues,
		additionalFields: extra === undefined || extra === '' ? undefined : jsonObject(extra),
	};
}

/** Header -> key of the column it fills. */
export function headerMappingOf(options: Options): Record<string, string> | undefined {
	const pairs = options.headerMapping?.columns ?? [];
	return pairs.length === 0
		? undefined
		: Object.fromEntries(pairs.map(({ header, field }) => [header, field]));
}

function jsonObject(value: string | IDataObject): Record<string, unknown> {
	let parsed: unknown = value;
	if (typeof value === 'string')
		try {
			parsed = JSON.parse(value);
		} catch {
			parsed = undefined;
		}
	if (!isJsonObject(parsed))
		throw new SetupFault({
			code: 'REFUSED',
			message: '"Additional Fields (JSON)" is not a JSON object. Use the form {"field": "value"}.',
			applied: 'no',
		});
	return parsed as Record<string, unknown>;
}
