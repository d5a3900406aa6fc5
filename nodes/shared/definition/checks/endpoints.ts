import { endpointsOfWatch } from '../watch';
import {
	placeholdersIn,
	type Endpoint,
	type ListSight,
	type Paging,
	type Parameter,
	type WriteEndpoint,
} from '../endpoint';
import type { Resource } from '../vendor';
import {
	allFieldsIn,
	endpointsIn,
	namesOf,
	operationsIn,
	parametersIn,
	routesOf,
	savesIn,
	type Place,
	type Rule,
} from './walk';

/** Names by which a record fills a path: of its fields, wherever the vendor keeps them. */
const recordNames = ({ fields }: Resource): string[] => Object.keys(fields);

/** Endpoints that requests of records go to, so that the record can fill their paths. */
const servesRecords = ({ resource, key, is }: Place<Endpoint>): boolean =>
	is.does === 'write' ||
	isSeen({ resource, key }) ||
	Object.values(resource.operations).some(
		(operation) => operation.does === 'save' && namesOf(operation).includes(key),
	);

/** The endpoint at which the record of a write can be seen. */
const sightOf = ({ seenBy }: WriteEndpoint): string | undefined =>
	typeof seenBy === 'object' ? seenBy.find : seenBy;

const isSeen = ({ resource, key }: Pick<Place<Endpoint>, 'resource' | 'key'>): boolean =>
	Object.values(resource.endpoints).some(
		(endpoint) => endpoint.does === 'write' && sightOf(endpoint) === key,
	);

const isPolled = ({ resource, key }: Place<Endpoint>): boolean =>
	Object.values(resource.endpoints).some(
		(endpoint) =>
			endpoint.does === 'write' &&
			endpoint.outcome.by === 'transaction' &&
			endpoint.outcome.poll === key,
	);

/** What the vendor calls the things a paging strategy sends by itself. */
function pagingNames(paging: Paging): string[] {
	switch (paging.by) {
		case 'none':
			return [];
		case 'page':
			return [paging.page, paging.size];
		case 'offset':
			return [paging.offset, paging.limit];
		case 'offsetOrPage':
			return [paging.name, paging.limit];
		case 'cursor':
			return [paging.name];
		case 'link':
			return [paging.size];
	}
}

function* writesIn(endpoints: Iterable<Place<Endpoint>>): Generator<Place<WriteEndpoint>> {
	for (const { is, ...place } of endpoints) if (is.does === 'write') yield { ...place, is };
}

const besideRecords = (endpoint: Endpoint): string[] => [
	...Object.keys(endpoint.fixed ?? {}),
	...Object.entries(endpoint.parameters ?? {})
		.filter(([, parameter]) => parameter.in === 'body')
		.map(([key]) => key),
];

const isChoice = ({ kind }: Parameter): boolean => kind === 'choice' || kind === 'choices';

const DEFAULT_TYPES: Readonly<Record<Parameter['kind'], string>> = {
	text: 'string',
	number: 'number',
	boolean: 'boolean',
	date: 'string',
	dateTime: 'string',
	choice: 'string',
	choices: 'list',
	textList: 'list',
	json: 'string',
};

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value);

/** What is wrong with how a record is found in a list. */
function* sightProblems(
	at: string,
	{ fields, endpoints }: Resource,
	{ find, where }: ListSight,
	others: ReadonlyArray<Endpoint | undefined>,
): Generator<string> {
	const names = Object.values(where);
	if (names.length === 0) yield `${at}: it finds a record and compares nothing.`;
	const known = [endpoints[find], ...others].flatMap((endpoint) =>
		Object.keys(endpoint?.parameters ?? {}),
	);
	for (const name of names)
		if (!(name in fields) && !known.includes(name))
			yield `${at}: it compares with "${name}", which is neither field nor parameter.`;
}

export const endpointRules = {
	*pathsBeginWithSlash(vendor) {
		for (const { at, is } of endpointsIn(vendor))
			if (!/^\/(?!\/)/.test(is.request.path))
				yield is.request.path === ''
					? `${at}: say in "path" where the request goes.`
					: `${at}: the path "${is.request.path}" does not begin with one slash.`;
	},

	*pathPlaceholdersAreFilled(vendor) {
		for (const place of endpointsIn(vendor)) {
			const { at, resource, is } = place;
			const known = new Set([
				...Object.keys(is.parameters ?? {}),
				...(servesRecords(place) ? recordNames(resource) : []),
				...(isPolled(place) ? ['transactionId'] : []),
			]);
			for (const name of placeholdersIn(is.request))
				if (!known.has(name)) yield `${at}: nothing fills "{${name}}" in the path.`;
		}
	},

	*pathParametersStandInPath(vendor) {
		for (const { at, key, is, endpoint } of parametersIn(vendor))
			if (is.in === 'path' && !placeholdersIn(endpoint.request).includes(key))
				yield `${at}: the path has no place for it.`;
	},

	*pathParametersAreRequired(vendor) {
		for (const { at, is } of parametersIn(vendor))
			if (is.in === 'path' && !is.required)
				yield `${at}: it stands in the path and is not required.`;
	},

	*readsByGetHaveNoBody(vendor) {
		for (const { at, is } of endpointsIn(vendor))
			if (is.request.method === 'GET')
				for (const name of besideRecords(is))
					yield `${at}: a GET request cannot carry "${name}" in a body.`;
	},

	*listsHavePaging(vendor) {
		for (const { at, is } of endpointsIn(vendor))
			if (is.does === 'list' && is.paging === undefined) yield `${at}: a list needs paging.`;
	},

	*pagingNamesAreFree(vendor) {
		for (const { at, is } of endpointsIn(vendor)) {
			if (is.does !== 'list' || is.paging === undefined) continue;
			const taken = Object.entries(is.parameters ?? {}).map(([key, { name }]) => name ?? key);
			for (const name of pagingNames(is.paging))
				if (taken.includes(name))
					yield `${at}: the paging sends "${name}", which is a parameter too.`;
		}
	},

	*pagingNamesAreSaid(vendor) {
		for (const { at, is } of endpointsIn(vendor))
			if (is.does === 'list' && is.paging !== undefined && pagingNames(is.paging).includes(''))
				yield `${at}: say in "paging" what the vendor calls its parameters; without pages it is by 'none'.`;
	},

	*pagesHoldRecords(vendor) {
		for (const { at, is } of endpointsIn(vendor))
			if (is.does === 'list' && is.paging !== undefined && 'pageSize' in is.paging)
				if (!Number.isInteger(is.paging.pageSize) || is.paging.pageSize < 1)
					yield `${at}: a page cannot hold ${is.paging.pageSize} records; say in "pageSize" how many it may.`;
	},

	*recordsAreSeenByReading(vendor) {
		for (const { at, resource, is } of writesIn(endpointsIn(vendor))) {
			const name = sightOf(is);
			const wanted = typeof is.seenBy === 'object' ? 'list' : 'read';
			if (name !== undefined && resource.endpoints[name]?.does !== wanted)
				yield `${at}: "${name}", where its record is seen, is no ${wanted} endpoint.`;
		}
	},

	*sightsNameWhatTheyCompare(vendor) {
		for (const { at, resource, is } of writesIn(endpointsIn(vendor)))
			if (typeof is.seenBy === 'object') yield* sightProblems(at, resource, is.seenBy, [is]);
		for (const { at, resource, is } of savesIn(vendor))
			for (const route of routesOf(is))
				if (typeof route === 'object' && 'find' in route)
					yield* sightProblems(at, resource, route, [resource.endpoints[route.then]]);
	},

	*fixedMembersAreNoFields(vendor) {
		for (const { at, resource, is } of writesIn(endpointsIn(vendor)))
			for (const fixed of Object.keys(is.fixedInside ?? {}))
				for (const [key, { path = key }] of Object.entries(resource.fields))
					if (`${path}.`.startsWith(`${fixed}.`) || `${fixed}.`.startsWith(`${path}.`))
						yield `${at}: "${fixed}" is always the same, and the field "${key}" would set it.`;
	},

	*pollsAreReads(vendor) {
		for (const { at, resource, is } of writesIn(endpointsIn(vendor))) {
			if (is.outcome.by !== 'transaction') continue;
			const polled = resource.endpoints[is.outcome.poll];
			if (polled?.does !== 'read')
				yield `${at}: the poll "${is.outcome.poll}" is no read endpoint.`;
			else if (!placeholdersIn(polled.request).includes('transactionId'))
				yield `${at}: the path of the poll "${is.outcome.poll}" has no "{transactionId}".`;
		}
	},

	*requestsCarryRecords(vendor) {
		for (const { at, is } of writesIn(endpointsIn(vendor)))
			if (!Number.isInteger(is.max) || is.max < 1)
				yield `${at}: a request cannot carry ${is.max} records; say in "max" how many it may.`;
	},

	*manyRecordsTellTheirFate(vendor) {
		for (const { at, is } of writesIn(endpointsIn(vendor)))
			if (is.max > 1 && is.outcome.by === 'transaction')
				yield `${at}: one transaction cannot tell the fate of ${is.max} records.`;
	},

	*valuesStandInLists(vendor) {
		for (const { at, resource, is } of writesIn(endpointsIn(vendor))) {
			if (is.value === undefined) continue;
			if (!(is.value in resource.fields)) yield `${at}: "${is.value}" is no field.`;
			if (is.max < 2 || is.bodiless)
				yield `${at}: values without names stand in a list; say in "max" how many a request carries.`;
		}
	},

	*pathsNameOneRecord(vendor) {
		for (const { at, resource, is } of writesIn(endpointsIn(vendor))) {
			const names = recordNames(resource).filter((name) => is.parameters?.[name] === undefined);
			const named = placeholdersIn(is.request).filter((name) => names.includes(name));
			if (is.max > 1 && named.length > 0)
				yield `${at}: a path with "{${named[0]}}" cannot carry ${is.max} records.`;
		}
	},

	*valuesBesideRecordsNeedWrap(vendor) {
		for (const { at, is } of writesIn(endpointsIn(vendor)))
			if (is.wrap === undefined)
				for (const name of besideRecords(is))
					yield `${at}: "${name}" stands beside the records, which needs a wrap.`;
	},

	*wrapsAreFree(vendor) {
		for (const { at, is } of writesIn(endpointsIn(vendor))) {
			const paths = [
				...Object.keys(is.fixed ?? {}),
				...Object.entries(is.parameters ?? {})
					.filter(([, parameter]) => parameter.in === 'body')
					.map(([key, { name }]) => name ?? key),
			];
			for (const path of paths)
				if (is.wrap !== undefined && `${path}.`.startsWith(`${is.wrap}.`))
					yield `${at}: "${path}" stands where the records go.`;
		}
	},

	*bodilessCarryNothing(vendor) {
		for (const { at, is } of writesIn(endpointsIn(vendor)))
			if (
				is.bodiless &&
				(is.max > 1 ||
					is.wrap !== undefined ||
					is.fixedInside !== undefined ||
					besideRecords(is).length > 0)
			)
				yield `${at}: a request without body carries one record and nothing else.`;
	},

	*fieldsOfEndpointsExist(vendor) {
		for (const { at, resource, is } of writesIn(endpointsIn(vendor)))
			for (const key of [...(is.omit ?? []), ...(is.accepts ?? [])])
				if (!(key in resource.fields)) yield `${at}: "${key}" is no field.`;
	},

	*onlyChoicesHaveValues(vendor) {
		for (const { at, is } of parametersIn(vendor))
			if (isChoice(is) !== (is.values !== undefined && is.values.length > 0))
				yield isChoice(is)
					? `${at}: a choice needs values.`
					: `${at}: a parameter of kind ${is.kind} cannot have values.`;
	},

	*defaultsFitTheirKind(vendor) {
		for (const { at, is } of parametersIn(vendor)) {
			if (is.default === undefined) continue;
			if (typeOf(is.default) !== DEFAULT_TYPES[is.kind])
				yield `${at}: the default ${JSON.stringify(is.default)} is no value of kind ${is.kind}.`;
			else if (is.kind === 'choice' && !is.openValues && !is.values?.includes(String(is.default)))
				yield `${at}: the default "${String(is.default)}" is not one of the values.`;
		}
	},

	*locatorsSearchLists(vendor) {
		for (const { at, resource, is } of [...parametersIn(vendor), ...allFieldsIn(vendor)]) {
			if (is.locator === undefined) continue;
			const { resource: named = resource.name, search, query } = is.locator;
			const other = vendor.resources.find(({ name }) => name === named);
			const searched = search === undefined ? undefined : other?.endpoints[search];
			if (other === undefined)
				yield `${at}: the locator names the resource "${named}", which does not exist.`;
			else if (search !== undefined && searched?.does !== 'list')
				yield `${at}: the locator searches "${search}", which is no list endpoint of ${named}.`;
			else if (query !== undefined && searched?.parameters?.[query] === undefined)
				yield `${at}: the locator fills "${query}", which is no parameter of its list.`;
		}
	},

	*endpointsAreUsed(vendor) {
		const used = new Set<string>();
		for (const { resource, is } of operationsIn(vendor)) {
			for (const name of namesOf(is)) used.add(`${resource.name} ${name}`);
			if (is.does === 'gather')
				for (const part of is.parts) used.add(`${part.resource} ${part.endpoint}`);
		}
		for (const { resource, is } of parametersIn(vendor))
			if (is.locator?.search !== undefined)
				used.add(`${is.locator.resource ?? resource.name} ${is.locator.search}`);
		for (const { name, watches = {} } of vendor.resources)
			for (const watch of Object.values(watches))
				for (const endpoint of endpointsOfWatch(watch)) used.add(`${name} ${endpoint}`);
		for (const place of endpointsIn(vendor))
			if (!used.has(`${place.resource.name} ${place.key}`) && !isPolled(place) && !isSeen(place))
				yield `${place.at}: no operation uses it.`;
	},
} satisfies Record<string, Rule>;
