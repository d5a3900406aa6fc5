import {
	removeAt,
	setAt,
	valueAt,
	type Parameter,
	type EndpointParameters,
	type Fields,
	type WriteEndpoint,
	type Endpoint,
} from '../definition';
import { buildUrl, fillPath, type Query } from '../http';

/** Values of an endpoint's parameters, by parameter key, in wire form; undefined and empty ones are not sent. */
export type ParameterValues = Readonly<Record<string, unknown>>;

export const isGiven = (value: unknown): boolean =>
	value !== undefined &&
	value !== null &&
	value !== '' &&
	!(Array.isArray(value) && value.length === 0);

/** The pairs a parameter adds to a query. */
function queryPairs(name: string, parameter: Parameter, value: unknown): Query {
	if (!Array.isArray(value)) return [[name, String(value)]];
	switch (parameter.list ?? 'comma') {
		case 'brackets':
			return value.map((entry) => [`${name}[]`, String(entry)]);
		case 'repeat':
			return value.map((entry) => [name, String(entry)]);
		case 'comma':
			return [[name, value.map(String).join(',')]];
	}
}

function* given(
	parameters: EndpointParameters | undefined,
	values: ParameterValues,
	place: Parameter['in'],
): Generator<[name: string, parameter: Parameter, value: unknown]> {
	for (const [key, parameter] of Object.entries(parameters ?? {}))
		if (parameter.in === place && isGiven(values[key]))
			yield [parameter.name ?? key, parameter, values[key]];
}

/** The value a record has for a name: of the field of that name, wherever the vendor keeps it. */
export type Named = (name: string) => unknown;

export const namedIn =
	(fields: Fields, record: Readonly<Record<string, unknown>>): Named =>
	(name) =>
		name in fields ? valueAt(record, fields[name].path ?? name) : record[name];

/** All that a record says, by field. */
export function valuesByField(
	fields: Fields,
	record: Readonly<Record<string, unknown>>,
): ParameterValues {
	const named = namedIn(fields, record);
	return Object.fromEntries(
		Object.keys(fields)
			.map((key) => [key, named(key)] as const)
			.filter(([, value]) => value !== undefined),
	);
}

/** The complete address of an endpoint for these parameters, and a record where its path names fields. */
export function addressOf(
	baseUrl: string,
	endpoint: Endpoint,
	values: ParameterValues,
	named: Named = () => undefined,
	extra: Query = [],
): string {
	const path = fillPath(endpoint.request.path, (name) =>
		isGiven(values[name]) ? values[name] : named(name),
	);
	const query: Array<readonly [string, string]> = [];
	for (const [name, parameter, value] of given(endpoint.parameters, values, 'query')) {
		const { template } = parameter;
		if (template === undefined) query.push(...queryPairs(name, parameter, value));
		else joinIn(query, name, template.replace('{}', String(value)));
	}
	return buildUrl(baseUrl, path, [...query, ...extra]);
}

/** A condition beside those that another parameter has put under the same name. */
function joinIn(query: Array<readonly [string, string]>, name: string, condition: string): void {
	const at = query.findIndex(([other]) => other === name);
	if (at < 0) query.push([name, condition]);
	else query[at] = [name, `(${query[at][1]} AND ${condition})`];
}

/** What stands in the body beside the records. */
export function bodyBeside(endpoint: Endpoint, values: ParameterValues): Record<string, unknown> {
	const body: Record<string, unknown> = {};
	for (const [path, value] of Object.entries(endpoint.fixed ?? {})) setAt(body, path, value);
	for (const [path, , value] of given(endpoint.parameters, values, 'body'))
		setAt(body, path, value);
	return body;
}

/** The text of a body up to the place at a path, and from there on. */
function around(
	beside: Readonly<Record<string, unknown>>,
	path: readonly string[],
): [string, string] {
	const [name, ...rest] = path;
	if (name === undefined) return ['', ''];
	const { [name]: inner, ...others } = beside;
	const held = typeof inner === 'object' && inner !== null ? inner : {};
	const [before, after] = around(held as Record<string, unknown>, rest);
	const members = JSON.stringify(others).slice(1, -1);
	const comma = members === '' ? '' : ',';
	return [`{${members}${comma}${JSON.stringify(name)}:${before}`, `${after}}`];
}

/**
 * Serialises requests of one endpoint with one set of parameters. Records are serialised once, by themselves, so that
 * their bytes can be counted before they share a request.
 */
export class BodyBuilder {
	private readonly before: string;
	private readonly after: string;
	/** What joins each record itself. */
	private readonly inside: Readonly<Record<string, unknown>>;
	/** Path of the value that stands for a record. */
	private readonly value: string | undefined;
	/** Paths that stand in the address only. */
	private readonly omitted: readonly string[];
	/** Bytes of a body without records. */
	readonly frameBytes: number;

	constructor(
		private readonly endpoint: WriteEndpoint,
		values: ParameterValues,
		fields: Fields,
	) {
		const beside = bodyBeside(endpoint, values);
		this.inside = { ...(endpoint.wrap === undefined ? beside : {}), ...endpoint.fixedInside };
		[this.before, this.after] =
			endpoint.wrap === undefined ? ['', ''] : around(beside, endpoint.wrap.split('.'));
		const { value } = endpoint;
		this.value = value === undefined ? undefined : (fields[value]?.path ?? value);
		this.omitted = (endpoint.omit ?? []).map((name) => fields[name]?.path ?? name);
		this.frameBytes = Buffer.byteLength(this.before) + Buffer.byteLength(this.after) + 2;
	}

	/** Is all of a record in its text, and nothing else? */
	get isWhole(): boolean {
		const isChanged = this.omitted.length + Object.keys(this.inside).length > 0;
		return this.value === undefined && !isChanged && !this.endpoint.bodiless;
	}

	record(record: Readonly<Record<string, unknown>>): string {
		if (this.value !== undefined) return JSON.stringify(valueAt(record, this.value));
		const added = Object.entries(this.inside);
		if (this.omitted.length + added.length === 0) return JSON.stringify(record);
		const body = JSON.parse(JSON.stringify(record)) as Record<string, unknown>;
		for (const path of this.omitted) removeAt(body, path);
		for (const [path, value] of added) setAt(body, path, value);
		return JSON.stringify(body);
	}

	join(records: readonly string[]): string | undefined {
		if (this.endpoint.bodiless) return undefined;
		const inner = this.endpoint.max > 1 ? `[${records.join(',')}]` : records[0];
		return this.before + inner + this.after;
	}
}

/** Label of the field that a JSON pointer into a body leads to, or into. */
export function fieldAt(
	pointer: string,
	wrap: string | undefined,
	fields: Fields,
): string | undefined {
	const path = pointer
		.split('/')
		// The place of a record in a list, or of an entry.
		.filter((step) => step !== '' && Number.isNaN(Number(step)))
		.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
		.join('.');
	const inside =
		wrap !== undefined && path.startsWith(`${wrap}.`) ? path.slice(wrap.length + 1) : path;
	return Object.entries(fields).find(([name, field]) => {
		const own = field.path ?? name;
		return inside === own || inside.startsWith(`${own}.`);
	})?.[1].label;
}
