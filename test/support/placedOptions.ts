import { TECHNICAL_NAMES } from '../../nodes/shared/definition/contract';

/** Asked beside the rows of an operation that sends many. */
const IN_SIGHT: ReadonlySet<string> = new Set([
	...['validateOnly', 'unknownFields', 'duplicates', 'sameValues', 'valueMapping'],
]);

/** Options as parameters of a node that sends many rows: n8n drops a name that does not stand in its own place. */
export function placed(options: object): {
	options: Record<string, unknown>;
	technicalOptions: Record<string, unknown>;
} & Record<string, unknown> {
	const entries = Object.entries(options as Record<string, unknown>);
	const isTechnical = ([name]: [string, unknown]) => TECHNICAL_NAMES.has(name);
	const isInSight = ([name]: [string, unknown]) => IN_SIGHT.has(name);
	return {
		...Object.fromEntries(entries.filter(isInSight)),
		options: Object.fromEntries(entries.filter((each) => !isTechnical(each) && !isInSight(each))),
		technicalOptions: Object.fromEntries(entries.filter(isTechnical)),
	};
}
