import {
	isStandard,
	OPTION_NAMES,
	PARAMETER_NAMES,
	STANDARD_LABELS,
	STANDARD_OPERATIONS,
	UNVERIFIED,
} from '../contract';
import type { Endpoint, Parameter } from '../endpoint';
import type { WritePurpose } from '../field';
import {
	isInput,
	isRouteChoice,
	type Operation,
	type Route,
	type SaveOperation,
} from '../operation';
import { evidenceOf, type Resource, type Vendor } from '../vendor';
import {
	columnKeys,
	fieldsIn,
	namesOf,
	operationsIn,
	parametersIn,
	routesOf,
	savesIn,
	type Rule,
} from './walk';

/** Which kind of endpoint each part of a route must be. */
function partsOf(route: Route): Array<[name: string, does: Endpoint['does']]> {
	if (typeof route === 'string') return [[route, 'write']];
	if ('find' in route)
		return [
			[route.find, 'list'],
			[route.then, 'write'],
		];
	if ('lookup' in route)
		return [
			[route.lookup, 'read'],
			[route.found, 'write'],
			[route.missing, 'write'],
		];
	return [
		[route.withKey, 'write'],
		[route.withoutKey, 'write'],
	];
}

/** Endpoints an operation names outside of routes, with the kind they must be. */
function readsOf(operation: Operation): Array<[name: string, does: Endpoint['does']]> {
	switch (operation.does) {
		case 'list':
			return [
				[operation.endpoint, 'list'],
				...(operation.details === undefined
					? []
					: [[operation.details.endpoint, 'read'] as [string, Endpoint['does']]]),
			];
		case 'get':
		case 'gather':
			return [[operation.endpoint, 'read']];
		case 'call':
			return [[operation.endpoint, 'call']];
		default:
			return [];
	}
}

const parametersOf = (resource: Resource, name: string) =>
	Object.entries(resource.endpoints[name]?.parameters ?? {});

/** What each standard operation does; those not named here may save or call. */
const STANDARD_MEANING: Readonly<Partial<Record<string, (operation: Operation) => boolean>>> = {
	getAll: (operation) => operation.does === 'list',
	get: (operation) => operation.does === 'get',
	bulkSave: (operation) => operation.does === 'save' && operation.rows === 'items',
	import: (operation) => operation.does === 'save' && operation.rows === 'file',
};

const isSingle = (operation: Operation): boolean =>
	operation.does === 'call' || (operation.does === 'save' && operation.rows === 'one');

const meansWhatItSays = (name: string, operation: Operation): boolean =>
	isStandard(name) ? (STANDARD_MEANING[name] ?? isSingle)(operation) : true;

const FIXED_LABELS: readonly string[] = ['getAll', 'upsert', 'bulkSave', 'import'];

const resourceNamed = ({ resources }: Vendor, name: string): Resource | undefined =>
	resources.find((resource) => resource.name === name);

/** The operation's own purpose, and what its endpoints insist on. */
const purposesOf = (
	{ purpose }: SaveOperation,
	endpoints: ReadonlyArray<Endpoint | undefined>,
): WritePurpose[] => [
	purpose,
	...endpoints.flatMap((endpoint) =>
		endpoint?.does === 'write' && endpoint.demands !== undefined ? [endpoint.demands] : [],
	),
];

export const operationRules = {
	*routesLeadToWrites(vendor) {
		for (const { at, resource, is } of savesIn(vendor))
			for (const [name, does] of routesOf(is).flatMap(partsOf))
				if (resource.endpoints[name]?.does !== does)
					yield `${at}: the route names "${name}", which is no ${does} endpoint.`;
	},

	*operationsUseFittingEndpoints(vendor) {
		for (const { at, resource, is } of operationsIn(vendor))
			for (const [name, does] of readsOf(is))
				if (resource.endpoints[name]?.does !== does)
					yield `${at}: it uses "${name}", which is no ${does} endpoint.`;
	},

	*findsTakeOverFields(vendor) {
		for (const { at, resource, is } of savesIn(vendor))
			for (const route of routesOf(is)) {
				if (typeof route === 'string' || !('find' in route)) continue;
				for (const key of [...Object.values(route.take), ...Object.values(route.fill ?? {})])
					if (!(key in resource.fields)) yield `${at}: it takes over "${key}", which is no field.`;
			}
	},

	*detailsFillParameters(vendor) {
		for (const { at, resource, is } of operationsIn(vendor)) {
			if (is.does !== 'list' || is.details === undefined) continue;
			const filled = Object.values(is.details.by);
			const given = parametersOf(resource, is.endpoint).map(([key]) => key);
			const taken = parametersOf(resource, is.details.endpoint);
			for (const name of filled)
				if (!taken.some(([key]) => key === name))
					yield `${at}: the details fill "${name}", which is no parameter of "${is.details.endpoint}".`;
			for (const [key, parameter] of taken)
				if (parameter.required && !filled.includes(key) && !given.includes(key))
					yield `${at}: nothing fills "${key}" of the details.`;
		}
	},

	*gatheredPartsExist(vendor) {
		for (const { at, is } of operationsIn(vendor)) {
			if (is.does !== 'gather') continue;
			for (const { as, resource, endpoint, by } of is.parts) {
				const other = resourceNamed(vendor, resource);
				if (other?.endpoints[endpoint]?.does !== 'list') {
					yield `${at}: the part "${as}" names "${resource}.${endpoint}", which is no list endpoint.`;
					continue;
				}
				const taken = parametersOf(other, endpoint);
				if (!taken.some(([key]) => key === by))
					yield `${at}: the part "${as}" fills "${by}", which is no parameter of "${endpoint}".`;
				for (const [key, parameter] of taken)
					if (parameter.required && key !== by)
						yield `${at}: nothing fills "${key}" of the part "${as}".`;
			}
		}
	},

	*askedColumnsExist(vendor) {
		for (const { at, resource, is } of savesIn(vendor)) {
			const columns = Object.entries(resource.fields).flatMap(([key, field]) =>
				isInput(is, key, field) ? columnKeys(key, field) : [],
			);
			for (const key of is.ask ?? [])
				if (!columns.includes(key)) yield `${at}: it asks "${key}", which is no column it takes.`;
		}
	},

	*onlyOneRecordIsAsked(vendor) {
		for (const { at, is } of savesIn(vendor))
			if (is.ask !== undefined && is.rows !== 'one')
				yield `${at}: columns are asked where each item is one record only.`;
	},

	*presetsAreAsked(vendor) {
		for (const { at, is } of savesIn(vendor))
			for (const key of Object.keys(is.preset ?? {}))
				if (!is.ask?.includes(key)) yield `${at}: it presets "${key}", which it does not ask.`;
	},

	*requiredFieldsAreTaken(vendor) {
		for (const { at, resource, is } of savesIn(vendor)) {
			const writes = namesOf(is).map((name) => resource.endpoints[name]);
			// What has no body needs no more than its path names.
			if (writes.some((endpoint) => endpoint?.does === 'write' && endpoint.bodiless)) continue;
			for (const [key, field] of Object.entries(resource.fields)) {
				const purpose = purposesOf(is, writes).find((each) => field.required?.includes(each));
				if (purpose === undefined) continue;
				if (is.fixed !== undefined && key in is.fixed) continue;
				// A new record may get its key from the vendor.
				if (key === resource.key && purpose === 'create') continue;
				const { ask } = is;
				const asked =
					ask === undefined || columnKeys(key, field).some((name) => ask.includes(name));
				if (!isInput(is, key, field) || !asked)
					yield `${at}: it leaves out "${key}", which a ${purpose} requires.`;
			}
		}
	},

	*fieldsOfOperationsExist(vendor) {
		for (const { at, resource, is } of savesIn(vendor))
			for (const key of [...(is.only ?? []), ...(is.except ?? []), ...Object.keys(is.fixed ?? {})])
				if (!(key in resource.fields)) yield `${at}: "${key}" is no field.`;
	},

	*onlyOrExcept(vendor) {
		for (const { at, is } of savesIn(vendor))
			if (is.only !== undefined && is.except !== undefined)
				yield `${at}: it says both which fields it takes and which it does not.`;
	},

	*standardLabelsStay(vendor) {
		for (const { at, key, is } of operationsIn(vendor))
			if (FIXED_LABELS.includes(key) && is.label !== undefined)
				yield `${at}: the label is always "${STANDARD_LABELS[key as keyof typeof STANDARD_LABELS]}".`;
	},

	*upsertDescriptionStays(vendor) {
		for (const { at, key, is } of operationsIn(vendor))
			if (key === 'upsert' && is.description !== undefined)
				yield `${at}: n8n prescribes the description; say it in the notice.`;
	},

	*otherOperationsExplainThemselves(vendor) {
		for (const { at, key, is } of operationsIn(vendor))
			if (!isStandard(key) && (is.label === undefined || is.description === undefined))
				yield `${at}: an operation of its own needs a label and a description.`;
	},

	*standardOperationsMeanTheSame(vendor) {
		for (const { at, key, is } of operationsIn(vendor))
			if (!meansWhatItSays(key, is)) yield `${at}: it does not do what "${key}" does elsewhere.`;
	},

	*listsSayMany(vendor) {
		for (const { at, key, is } of operationsIn(vendor))
			if (key === 'getAll' && / all /i.test(` ${is.description ?? ''} `))
				yield `${at}: the description says "all", but a limit may end the list.`;
	},

	*destructionIsAnnounced(vendor) {
		for (const { at, is } of operationsIn(vendor))
			if ('destructive' in is && is.destructive && !is.notice)
				yield `${at}: it removes something and has no notice.`;
	},

	*onlyWeakOnesAreUnverified(vendor) {
		for (const { at, resource, is } of operationsIn(vendor)) {
			if (namesOf(is).some((name) => resource.endpoints[name] === undefined)) continue;
			const says = [is.label, is.description, is.notice].some((text) =>
				/^Unverified\b|\(Unverified\)$/.test(text ?? ''),
			);
			if (says && evidenceOf(resource, is).basis === 'documented')
				yield `${at}: it is called ${UNVERIFIED} and rests on documentation.`;
		}
	},

	*mainParametersHaveTheirOwnNames(vendor) {
		for (const { at, key, is } of parametersIn(vendor))
			if ((is.group ?? (is.required ? 'main' : '')) === 'main' && PARAMETER_NAMES.has(key))
				yield `${at}: "${key}" is the name of a parameter every node has.`;
	},

	*optionsHaveTheirOwnNames(vendor) {
		for (const { at, key, is, endpoint } of parametersIn(vendor)) {
			const unstated = endpoint.does === 'list' || is.required ? '' : 'options';
			if ((is.group ?? unstated) === 'options' && OPTION_NAMES.has(key))
				yield `${at}: "${key}" is the name of an option operations have.`;
		}
		for (const { at, is } of savesIn(vendor))
			if (isRouteChoice(is.route) && OPTION_NAMES.has(is.route.option))
				yield `${at}: "${is.route.option}" is the name of an option operations have.`;
		for (const { at, is } of fieldsIn(vendor))
			if (is.naming !== undefined && OPTION_NAMES.has(is.naming.option))
				yield `${at}: "${is.naming.option}" is the name of an option operations have.`;
	},

	*askedColumnsHaveTheirOwnNames(vendor) {
		for (const { at, resource, is } of savesIn(vendor))
			for (const key of is.ask ?? []) {
				// A list in which the record is found takes its parameters from the record.
				const taken = namesOf(is).some(
					(name) =>
						resource.endpoints[name]?.does !== 'list' &&
						parametersOf(resource, name).some(([other]) => other === key),
				);
				if (PARAMETER_NAMES.has(key) || taken)
					yield `${at}: it asks "${key}", which is the name of a parameter too.`;
			}
	},

	*sharedParametersAgree(vendor) {
		for (const { at, resource, is } of operationsIn(vendor)) {
			const known = new Map<string, string>();
			for (const [key, parameter] of namesOf(is).flatMap((name) => parametersOf(resource, name))) {
				const stated = shapeOf(parameter);
				if ((known.get(key) ?? stated) !== stated)
					yield `${at}: its endpoints state the parameter "${key}" in two ways.`;
				known.set(key, stated);
			}
		}
	},

	*routeChoicesDiffer(vendor) {
		for (const { at, is } of savesIn(vendor)) {
			if (!isRouteChoice(is.route)) continue;
			const values = new Set(is.route.choices.map(({ value }) => value));
			if (values.size < 2 || values.size < is.route.choices.length)
				yield `${at}: "${is.route.option}" needs two or more different choices.`;
		}
	},

	*silencesHaveReasons({ resources }) {
		for (const { name, operations, silent = {} } of resources)
			for (const standard of STANDARD_OPERATIONS) {
				const reason = silent[standard]?.trim() ?? '';
				if (standard in operations && reason !== '')
					yield `${name}: "${standard}" is an operation and called silent.`;
				if (!(standard in operations) && reason === '')
					yield `${name}: there is no "${standard}"; add it, or say in "silent" why the vendor has none.`;
			}
	},
} satisfies Record<string, Rule>;

/** Everything the editor and the request depend on; what it rests on may differ between endpoints. */
const shapeOf = (parameter: Parameter): string =>
	JSON.stringify({ ...parameter, evidence: undefined });
