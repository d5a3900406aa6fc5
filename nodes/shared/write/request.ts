import {
	setAt,
	valueAt,
	type Parameter,
	type Parameters,
	type WriteEndpoint,
	type Endpoint,
} from '../definition';
import { AddressFault, buildUrl, fillPath, type Query } from '../http';

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
	parameters: Parameters | undefined,
	values: ParameterValues,
	place: Parameter['in'],
): Generator<[name: string, parameter: Parameter, value: unknown]> {
	for (const [key, parameter] of Object.entries(parameters ?? {}))
		if (parameter.in === place && isGiven(values[key]))
			yield [parameter.name ?? key, parameter, values[key]];
}

/** The complete address of an endpoint for these parameters, and this record where its path names fields. */
export function addressOf(
	baseUrl: string,
	endpoint: Endpoint,
	values: ParameterValues,
	record: Readonly<Record<string, unknown>> = {},
	extra: Query = [],
): string {
	const path = fillPath(endpoint.request.path, (name) =>
		isGiven(values[name]) ? values[name] : record[name],
	);
	const query: Array<readonly [string, string]> = [];
	for (const [name, parameter, value] of given(endpoint.parameters, values, 'query'))
		query.push(...queryPairs(name, parameter, value));
	return buildUrl(baseUrl, path, [...query, ...extra]);
}

/** What stands in the body beside the records. */
export function bodyBeside(endpoint: Endpoint, values: ParameterValues): Record<string, unknown> {
	const body: Record<string, unknown> = {};
	for (const [path, value] of Object.entries(endpoint.fixed ?? {})) setAt(body, path, value);
	for (const [path, , value] of given(endpoint.parameters, values, 'body'))
		setAt(body, path, value);
	return body;
}

/** Stands where the records will; no vendor's data holds this. */
const PLACE = '\u0000records\u0000';

/**
 * Serialises requests of one endpoint with one set of parameters. Records are serialised once, by themselves, so that
 * their bytes can be counted before they share a request.
 */
export class BodyBuilder {
	private readonly before: string;
	private readonly after: string;
	/** Bytes of a body without records. */
	readonly frameBytes: number;

	constructor(
		private readonly endpoint: WriteEndpoint,
		values: ParameterValues,
	) {
		const beside = bodyBeside(endpoint, values);
		if (endpoint.wrap === undefined) {
			[this.before, this.after] = ['', ''];
		} else {
			const inside = valueAt(beside, endpoint.wrap);
			if (inside !== undefined)
				throw new Error(`Fixed values stand where records go: ${endpoint.wrap}`);
			setAt(beside, endpoint.wrap, PLACE);
			const [before, after] = JSON.stringify(beside).split(JSON.stringify(PLACE));
			[this.before, this.after] = [before, after];
		}
		this.frameBytes = Buffer.byteLength(this.before) + Buffer.byteLength(this.after) + 2;
	}

	record(record: Readonly<Record<string, unknown>>): string {
		const { omit } = this.endpoint;
		if (omit === undefined) return JSON.stringify(record);
		const body = { ...record };
		for (const field of omit) delete body[field];
		return JSON.stringify(body);
	}

	join(records: readonly string[]): string | undefined {
		if (this.endpoint.bodiless) return undefined;
		const inner = this.endpoint.max > 1 ? `[${records.join(',')}]` : records[0];
		return this.before + inner + this.after;
	}
}

export { AddressFault };
