import { endpointsOf, groupOf, type Operation, type Parameter, type Resource } from '../definition';

export interface UserParameter {
	key: string;
	parameter: Parameter;
	group: ReturnType<typeof groupOf>;
}

/** The parameters of an operation's endpoints that users set, each once. */
export function userParameters(resource: Resource, operation: Operation): UserParameter[] {
	if (operation.does === 'request') return [];
	const names = operation.does === 'save' ? endpointsOf(operation.route) : [operation.endpoint];
	const isList = operation.does === 'list';
	const found = new Map<string, UserParameter>();
	for (const name of names) {
		const endpoint = resource.endpoints[name];
		// A list in which a save finds its record is asked with the record's own values.
		const fromRecord = !isList && endpoint.does === 'list';
		for (const [key, parameter] of Object.entries(endpoint.parameters ?? {}))
			if (!found.has(key) && !(fromRecord && key in resource.fields))
				found.set(key, { key, parameter, group: groupOf(parameter, isList) });
	}
	return [...found.values()];
}
