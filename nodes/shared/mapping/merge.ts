import { isRecord } from './values';

/** One record laid over another: objects are joined, anything else is replaced. Changes neither. */
export function mergeRecords(
	record: Readonly<Record<string, unknown>>,
	over: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
	const result = { ...record };
	for (const [name, value] of Object.entries(over)) {
		const earlier = result[name];
		result[name] = isRecord(earlier) && isRecord(value) ? mergeRecords(earlier, value) : value;
	}
	return result;
}
