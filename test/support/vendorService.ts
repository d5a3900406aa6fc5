import {
	setAt,
	valueAt,
	type Endpoint,
	type ListEndpoint,
	type OutcomeRule as Rule,
	type ReadEndpoint,
	type Resource,
	type Vendor,
	type WriteEndpoint,
} from '../../nodes/shared/definition';
import type { FakeAnswer, FakeRequest } from './fakeContext';

/** The endpoint of a vendor that a request is for. */
export function endpointFor(
	vendor: Vendor,
	resource: Resource,
	baseUrl: string,
	request: FakeRequest,
): { name: string; endpoint: Endpoint } | undefined {
	const path = request.url.slice(baseUrl.length).split('?')[0];
	const fits = (endpoint: Endpoint): boolean =>
		endpoint.request.method === request.method &&
		new RegExp(
			`^${endpoint.request.path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}$`,
		).test(path);
	const own = Object.entries(resource.endpoints);
	const all = vendor.resources.flatMap(({ endpoints }) => Object.entries(endpoints));
	const found = [...own, ...all].find(([, endpoint]) => fits(endpoint));
	return found === undefined ? undefined : { name: found[0], endpoint: found[1] };
}

/** The records a write carries, as its body holds them. */
export function recordsIn(endpoint: WriteEndpoint, body: unknown): Array<Record<string, unknown>> {
	const held = endpoint.wrap === undefined ? body : valueAt(body, endpoint.wrap);
	if (endpoint.bodiless) return [{}];
	return (endpoint.max > 1 ? held : [held]) as Array<Record<string, unknown>>;
}

/** An answer by which a vendor says that all was well. */
export function success(
	rule: Rule,
	records: readonly unknown[],
	n: number,
): Record<string, unknown> {
	const body: Record<string, unknown> = {};
	switch (rule.by) {
		case 'status':
			if (rule.actionAt !== undefined) setAt(body, rule.actionAt.at, rule.actionAt.created[0]);
			for (const path of rule.keep ?? [])
				if (valueAt(body, path) === undefined) setAt(body, path, `kept-${n}`);
			return body;
		case 'word':
			setAt(body, rule.at, rule.success[0]);
			setAt(body, rule.messages, []);
			return body;
		case 'located':
			setAt(body, rule.errors, []);
			setAt(body, rule.created, records.length);
			setAt(body, rule.updated, 0);
			return body;
		case 'lists':
			setAt(body, rule.done, records);
			setAt(body, rule.missing, []);
			return body;
		case 'transaction':
			setAt(body, rule.id, `transaction-${n}`);
			return body;
	}
}

/** The one record a find route is looking for, on the first page it asks for. */
function foundBy(
	resource: Resource,
	name: string,
	endpoint: ListEndpoint,
	request: FakeRequest,
): unknown[] {
	const { searchParams } = new URL(request.url);
	const { paging } = endpoint;
	if (paging.by === 'offset' && Number(searchParams.get(paging.offset) ?? 0) > 0) return [];
	for (const operation of Object.values(resource.operations)) {
		if (
			operation.does !== 'save' ||
			typeof operation.route !== 'object' ||
			!('find' in operation.route)
		)
			continue;
		const { find, where, take, fill = {} } = operation.route;
		const sought = resource.endpoints[find];
		if (find !== name && sought.request.path !== endpoint.request.path) continue;
		const record: Record<string, unknown> = {};
		for (const [path, key] of Object.entries(where)) {
			const value = searchParams.get(sought.parameters?.[key]?.name ?? key);
			if (value !== null) setAt(record, path, value);
		}
		for (const path of Object.keys({ ...fill, ...take })) setAt(record, path, 'found-1');
		return [record];
	}
	return [];
}

/** The record that was asked for, in an answer that holds a list; with what a save would look for in it. */
function among(
	{ among: paths = {}, parameters = {}, request: line }: ReadEndpoint,
	resource: Resource,
	request: FakeRequest,
): Record<string, unknown> {
	const record: Record<string, unknown> = {};
	const { searchParams } = new URL(request.url);
	for (const [path, key] of Object.entries(paths))
		setAt(record, path, searchParams.get(parameters[key]?.name ?? key));
	for (const [name, other] of Object.entries(resource.endpoints))
		if (other.does === 'list' && other.request.path === line.path)
			Object.assign(record, foundBy(resource, name, other, request)[0]);
	return record;
}

/** A body in which the vendor says no with these words, where it keeps such words by its definition. */
export function refusal({ errorMessages }: Vendor, words: string): unknown {
	return errorMessages[0]
		.split('.')
		.reduceRight<unknown>((held, part) => (part === '*' ? [held] : { [part]: held }), words);
}

/** A vendor that is pleased with everything, made from its definition alone. */
export function pleasedService(vendor: Vendor, resource: Resource, baseUrl: string) {
	return (request: FakeRequest, n: number): FakeAnswer => {
		if (
			vendor.oneTimeToken !== undefined &&
			request.url === baseUrl + vendor.oneTimeToken.request.path
		) {
			const body = {};
			setAt(body, vendor.oneTimeToken.at, `token-${n}`);
			return { status: 200, body };
		}
		const found = endpointFor(vendor, resource, baseUrl, request);
		if (found === undefined)
			return {
				status: 404,
				body: refusal(vendor, `No endpoint for ${request.method} ${request.url}`),
			};
		const { name, endpoint } = found;
		switch (endpoint.does) {
			case 'write':
				return {
					status: 200,
					body: success(endpoint.outcome, recordsIn(endpoint, request.body), n),
				};
			case 'list': {
				const records = foundBy(resource, name, endpoint, request);
				if (endpoint.records === '') return { status: 200, body: records };
				const body = {};
				setAt(body, endpoint.records, records);
				return { status: 200, body };
			}
			case 'read': {
				const body: Record<string, unknown> = {};
				for (const other of Object.values(resource.endpoints))
					if (
						other.does === 'write' &&
						other.outcome.by === 'transaction' &&
						other.outcome.poll === name
					)
						setAt(body, other.outcome.state, other.outcome.success[0]);
				if (endpoint.record !== undefined && valueAt(body, endpoint.record) === undefined)
					setAt(body, endpoint.record, endpoint.among ? [among(endpoint, resource, request)] : {});
				return { status: 200, body };
			}
			case 'call':
				return { status: 200, body: { ok: true } };
		}
	};
}
