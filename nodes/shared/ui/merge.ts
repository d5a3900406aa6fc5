import type { INodeProperties } from 'n8n-workflow';

/** What one operation shows, phase by phase (for example what is needed before how it is done), in order. */
export interface OperationView {
	resource: string;
	operation: string;
	phases: ReadonlyArray<readonly INodeProperties[]>;
}

interface Shared {
	property: INodeProperties;
	text: string;
	/** Operations by resource. */
	shownIn: Map<string, string[]>;
}

/**
 * Properties of all operations, those that are the same stated once. Each operation keeps its own order: what is the same but
 * would come too early is stated again.
 */
export function mergeViews(views: readonly OperationView[]): INodeProperties[] {
	const phases: Shared[][] = [];
	for (const view of views)
		view.phases.forEach((properties, at) => merge((phases[at] ??= []), view, properties));
	return phases.flat().flatMap(placed);
}

function merge(
	list: Shared[],
	{ resource, operation }: OperationView,
	properties: readonly INodeProperties[],
): void {
	let from = 0;
	for (const property of properties) {
		const text = JSON.stringify(property);
		let at = list.findIndex((shared, index) => index >= from && shared.text === text);
		if (at < 0) {
			at = from;
			list.splice(at, 0, { property, text, shownIn: new Map() });
		}
		const { shownIn } = list[at];
		shownIn.set(resource, [...(shownIn.get(resource) ?? []), operation]);
		from = at + 1;
	}
}

/** n8n shows a property where resource and operation both fit, so one statement serves resources with the same operations. */
function placed({ property, shownIn }: Shared): INodeProperties[] {
	const resourcesBy = new Map<string, { resource: string[]; operation: string[] }>();
	for (const [resource, operation] of shownIn) {
		const same = resourcesBy.get(operation.join());
		if (same === undefined) resourcesBy.set(operation.join(), { resource: [resource], operation });
		else same.resource.push(resource);
	}
	return [...resourcesBy.values()].map((where) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { ...where, ...property.displayOptions?.show },
		},
	}));
}
