import {
	setAt,
	valueAt,
	type FindRoute,
	type ListEndpoint,
	type ListSight,
	type ReadEndpoint,
	type Resource,
} from '../definition';
import type { Fault, Sender } from '../http';
import { mergeRecords } from '../mapping';
import type { Issue, MappedRow } from '../mapping/types';
import { ListFault } from '../paging';
import { recordPages } from './recordPages';
import { addressOf, isGiven, namedIn, valuesByField, type ParameterValues } from './request';

/** What is needed to ask a vendor about one record. */
export interface LookupContext {
	resource: Resource;
	sender: Sender;
	baseUrl: string;
}

/** Asks the vendor for the record that a record's own values lead to; undefined: there is none. */
export async function readRecord(
	{ resource, sender, baseUrl }: LookupContext,
	name: string,
	parameters: ParameterValues,
	record: Readonly<Record<string, unknown>>,
): Promise<{ stored: unknown } | { fault: Fault } | undefined> {
	const endpoint = resource.endpoints[name] as ReadEndpoint;
	const sent = await sender.send({
		method: endpoint.request.method,
		headers: endpoint.headers,
		url: addressOf(baseUrl, endpoint, parameters, namedIn(resource.fields, record)),
		repeatable: true,
		expects: 'json',
	});
	if (sent.ok) return { stored: endpoint.record ? valueAt(sent.body, endpoint.record) : sent.body };
	return sent.fault.code === 'NOT_FOUND' ? undefined : { fault: sent.fault };
}

/**
 * The one record of a list that fits. Exactly one must, otherwise it is not clear who is meant; and where the row says
 * nothing of what comes first, it could be anybody, so nothing is asked.
 */
async function findOne(
	seeker: LookupContext,
	{ find, where }: ListSight,
	parameters: ParameterValues,
	record: Readonly<Record<string, unknown>>,
): Promise<{ stored: unknown } | { issue: Issue } | { fault: Fault }> {
	const { fields, endpoints } = seeker.resource;
	const values = { ...parameters, ...record, ...valuesByField(fields, record) };
	const [[, first]] = Object.entries(where);
	if (!isGiven(values[first])) return { issue: missing(fields[first]?.label ?? first) };
	const fits = fitter(where, values);
	const found: unknown[] = [];
	try {
		const list = recordPages(seeker, endpoints[find] as ListEndpoint, {
			values,
			record,
			wanted: Infinity,
		});
		for await (const page of list) {
			for (const entry of page) if (fits(entry)) found.push(entry);
			if (found.length > 1) return { issue: NOT_UNIQUE };
		}
	} catch (error) {
		if (!(error instanceof ListFault)) throw error as Error;
		const { message, fault } = error;
		return { fault: fault ?? { code: 'UNREADABLE_ANSWER', message, applied: 'no' } };
	}
	return found.length === 0 ? { issue: NOT_FOUND } : { stored: found[0] };
}

/** What the vendor shows of the record that a write makes, where the endpoint says that it can be seen. */
export async function lookUp(
	seeker: LookupContext,
	sight: string | ListSight,
	parameters: ParameterValues,
	record: Readonly<Record<string, unknown>>,
): Promise<{ stored: unknown } | { issue: Issue } | { fault: Fault } | undefined> {
	if (typeof sight === 'string') return await readRecord(seeker, sight, parameters, record);
	const found = await findOne(seeker, sight, parameters, record);
	return 'issue' in found && found.issue === NOT_FOUND ? undefined : found;
}

/** The row with what the one record that fits it has at the vendor; an issue when not exactly one fits. */
export async function withFound(
	seeker: LookupContext,
	route: FindRoute,
	parameters: ParameterValues,
	mapped: MappedRow,
): Promise<{ row: MappedRow } | { issue: Issue } | { fault: Fault }> {
	const { resource } = seeker;
	const found = await findOne(seeker, route, parameters, mapped.record);
	if (!('stored' in found)) return found;

	const takenBy = (paths: Readonly<Record<string, string>>) => {
		const taken: Record<string, unknown> = {};
		for (const [path, field] of Object.entries(paths)) {
			const value = valueAt(found.stored, path);
			if (value !== undefined && value !== null)
				setAt(taken, resource.fields[field]?.path ?? field, value);
		}
		return taken;
	};
	const taken = takenBy(route.take);
	const filled = takenBy(route.fill ?? {});
	const key = valueAt(taken, resource.fields[resource.key].path ?? resource.key);
	return {
		row: {
			...mapped,
			key: mapped.key ?? (key === undefined ? undefined : String(key)),
			record: mergeRecords(mergeRecords(filled, mapped.record), taken),
		},
	};
}

/** The first condition must hold; the others only where the vendor says something about them. */
function fitter(where: FindRoute['where'], given: ParameterValues) {
	const [first, ...others] = Object.entries(where);
	return (record: unknown): boolean =>
		sameText(valueAt(record, first[0]), given[first[1]]) &&
		others.every(([path, name]) => {
			const stored = valueAt(record, path);
			return stored === undefined || stored === null || sameText(stored, given[name]);
		});
}

const sameText = (one: unknown, other: unknown): boolean =>
	one !== undefined && one !== null && String(one) === String(other);

const missing = (label: string): Issue => ({
	code: 'MISSING_VALUE',
	message: `"${label}" is missing, and the record is found by it. Add a value.`,
	field: label,
});
const NOT_FOUND: Issue = {
	code: 'NOT_FOUND',
	message: 'No record fits. Check the ID; nothing was changed.',
};
const NOT_UNIQUE: Issue = {
	code: 'NOT_UNIQUE',
	message:
		'More than one record fits, so it is not clear which is meant. Use the ID of the record itself; nothing was changed.',
};
