import type { Endpoint, EndpointParameters } from '../endpoint';
import type { Vendor } from '../vendor';
import type { Watch } from '../watch';
import type { Place, Rule } from './walk';

function* watchesIn({ resources }: Vendor): Generator<Place<Watch>> {
	for (const resource of resources)
		for (const [key, is] of Object.entries(resource.watches ?? {}))
			yield { at: `${resource.name}.watches.${key}`, resource, key, is };
}

/** Endpoints a watch names, with the kind they must be. */
function endpointsIn(watch: Watch): Array<[name: string, does: Endpoint['does']]> {
	return [
		[watch.endpoint, 'list'],
		...(watch.details === undefined ? [] : [[watch.details.endpoint, 'read'] as const]),
		...(watch.by === 'changelog'
			? [[watch.records.endpoint, 'list'] as const, [watch.test, 'list'] as const]
			: []),
	].map(([name, does]) => [name, does] as [string, Endpoint['does']]);
}

/** Parameters of the watched list that something fills. */
function filledIn(watch: Watch): string[] {
	return [
		...(watch.ask ?? []),
		...Object.keys(watch.fixed ?? {}),
		...(watch.each === undefined ? [] : [watch.each.parameter]),
		...(watch.by === 'since' ? [watch.since] : []),
		...(watch.by === 'changelog' ? [watch.from, watch.to] : []),
	];
}

export const watchRules: Readonly<Record<string, Rule>> = {
	*watchNamesAreUnique(vendor) {
		const known = new Set<string>();
		for (const { at, key } of watchesIn(vendor)) {
			if (known.has(key))
				yield `${at}: another resource has a watch of this name. A trigger stores the name alone.`;
			known.add(key);
		}
	},

	*watchEndpointsExist(vendor) {
		for (const { at, resource, is } of watchesIn(vendor))
			for (const [name, does] of endpointsIn(is))
				if (resource.endpoints[name]?.does !== does)
					yield `${at}: it names "${name}", which is no ${does} endpoint.`;
	},

	*watchesFillTheirLists(vendor) {
		for (const { at, resource, is } of watchesIn(vendor)) {
			const parameters: EndpointParameters = resource.endpoints[is.endpoint]?.parameters ?? {};
			const filled = filledIn(is);
			for (const name of filled)
				if (!(name in parameters))
					yield `${at}: it fills "${name}", which is no parameter of its list.`;
			for (const [name, { required }] of Object.entries(parameters))
				if (required && !filled.includes(name))
					yield `${at}: its list wants "${name}". Ask for it, or state it under "fixed".`;
		}
	},

	*watchesTellWhatTheyCan(vendor) {
		for (const { at, is } of watchesIn(vendor)) {
			const tellsRemoved = is.by === 'since' && is.removed !== undefined;
			if (is.events.includes('removed') && !tellsRemoved)
				yield `${at}: nothing says that a record was removed. State "removed", or leave the event out.`;
			if (is.events.includes('changed') && (is.by === 'newest' || is.by === 'whole'))
				yield `${at}: a list by the time of making cannot tell that something changed.`;
			if ('overlapSeconds' in is && is.overlapSeconds < 60)
				yield `${at}: less than a minute of overlap loses what the service lists late.`;
		}
	},
};
