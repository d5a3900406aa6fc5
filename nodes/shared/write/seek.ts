import {
	setAt,
	valueAt,
	type FindRoute,
	type ListEndpoint,
	type ReadEndpoint,
	type Resource,
} from '../definition';
import type { Fault, Sender } from '../http';
import { mergeRecords } from '../mapping';
import type { Issue, MappedRow } from '../mapping/types';
import { ListFault } from '../paging';
import { listed } from './listed';
import { addressOf, type ParameterValues } from './request';

/** What is needed to ask a vendor about one record. */
export interface Seeker {
	resource: Resource;
	sender: Sender;
	baseUrl: string;
}

/** Asks the vendor for the record that a record's own values lead to; undefined: there is none. */
export async function readBack(
	{ resource, sender, baseUrl }: Seeker,
	name: string,
	parameters: ParameterValues,
	record: Readonly<Record<string, unknown>>,
): Promise<{ held: unknown } | { fault: Fault } | undefined> {
	const endpoint = resource.endpoints[name] as ReadEndpoint;
	const sent = await sender.send({
		method: endpoint.request.method,
		url: addressOf(baseUrl, endpoint, parameters, record),
		repeatable: true,
		expects: 'json',
	});
	if (sent.ok) return { held: endpoint.record ? valueAt(sent.body, endpoint.record) : sent.body };
	return sent.fault.code === 'NOT_FOUND' ? undefined : { fault: sent.fault };
}

/** The row with what the one record that fits it has at the vendor; an issue when not exactly one fits. */
export async function findOne(
	{ resource, sender, baseUrl }: Seeker,
	route: FindRoute,
	parameters: ParameterValues,
	mapped: MappedRow,
): Promise<{ row: MappedRow } | { issue: Issue } | { fault: Fault }> {
	const endpoint = resource.endpoints[route.find] as ListEndpoint;
	const given = { ...parameters, ...mapped.record };
	const fits = fitter(route, given);
	const found: unknown[] = [];
	try {
		const list = listed({ resource, sender, baseUrl }, endpoint, {
			values: given,
			record: mapped.record,
			wanted: Infinity,
		});
		for await (const page of list) {
			for (const record of page) if (fits(record)) found.push(record);
			if (found.length > 1) return { issue: NOT_UNIQUE };
		}
	} catch (error) {
		if (!(error instanceof ListFault)) throw error as Error;
		const { message, fault } = error;
		return { fault: fault ?? { code: 'UNREADABLE_ANSWER', message, applied: 'no' } };
	}
	if (found.length === 0) return { issue: NOT_FOUND };

	const taken: Record<string, unknown> = {};
	for (const [path, field] of Object.entries(route.take))
		setAt(taken, resource.fields[field]?.path ?? field, valueAt(found[0], path));
	const key = valueAt(taken, resource.fields[resource.key].path ?? resource.key);
	return {
		row: {
			...mapped,
			key: mapped.key ?? (key === undefined ? undefined : String(key)),
			record: mergeRecords(mapped.record, taken),
		},
	};
}

/** The first condition must hold; the others only where the vendor says something about them. */
function fitter({ where }: FindRoute, given: Readonly<Record<string, unknown>>) {
	const [first, ...others] = Object.entries(where);
	return (record: unknown): boolean =>
		sameText(valueAt(record, first[0]), given[first[1]]) &&
		others.every(([path, name]) => {
			const held = valueAt(record, path);
			return held === undefined || held === null || sameText(held, given[name]);
		});
}

const sameText = (one: unknown, other: unknown): boolean =>
	one !== undefined && one !== null && String(one) === String(other);

const NOT_FOUND: Issue = {
	code: 'NOT_FOUND',
	message: 'No record fits. Check the ID; nothing was changed.',
};
const NOT_UNIQUE: Issue = {
	code: 'NOT_UNIQUE',
	message:
		'More than one record fits, so it is not clear which is meant. Use the ID of the record itself; nothing was changed.',
};
