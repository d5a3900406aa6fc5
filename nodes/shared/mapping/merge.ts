import { isRecord } from './values';

/** One record laid over another: objects are joined, anything else is replaced. Changes neither. */
export function mergeRecords(
	record: Readonly<Record<string, unknown>>,
	over: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
	const result = { ...record };
	for (const [name, value] of Object.entries(over)) {
		const held = result[name];
		result[name] = isRecord(held) && isRecord(value) ? mergeRecords(held, value) : value;
	}
	return result;
}
