import {
	endpointsOf,
	isRouteChoice,
	type Operation,
	type Resource,
	type SaveOperation,
	type Vendor,
	type WriteEndpoint,
} from '../../../nodes/shared/definition';
import { columnsOf } from '../../../nodes/shared/mapping';
import { sampleRow } from '../../support/samples';
import { wholeVendors } from '../../support/vendors';
import { sandbox } from './sandbox';
import { worlds, type Row } from './world';

export interface Case {
	vendor: Vendor;
	resource: Resource;
	name: string;
	operation: Operation;
}

/** Whether a vendor is under test: all are, unless one was asked for. */
export const isWanted = (name: string): boolean =>
	[undefined, '', name].includes(process.env.E2E_VENDOR);

/** The test of some vendors: skipped when another one was asked for. */
export const testOf = (...names: string[]): jest.It => (names.every(isWanted) ? it : it.skip);

export const wantedVendors = wholeVendors.filter(({ name }) => isWanted(name));

/** Every operation of the vendors under test. */
export const cases: Case[] = wantedVendors.flatMap((vendor) =>
	vendor.resources.flatMap((resource) =>
		Object.entries(resource.operations).map(([name, operation]) => ({
			vendor,
			resource,
			name,
			operation,
		})),
	),
);
export type SaveCase = Case & { operation: SaveOperation };
/** Whether its records are rows, and not asked one by one. */
export const takesRows = (entry: Case): entry is SaveCase =>
	entry.operation.does === 'save' && entry.operation.ask === undefined;
export const titled = <T extends Case>(list: T[]): Array<[string, T]> =>
	list.map((entry) => [`${entry.vendor.name} ${entry.resource.name} ${entry.name}`, entry]);

/** Each test file has numbers of its own, because all write to the same vendors. */
let made = Date.now() % 1_000_000;

/** A row the vendor takes. */
export function goodRow({ vendor, resource, name, operation }: SaveCase, key?: string): Row {
	made += 1;
	const columns = columnsOf(resource, operation).map((column) => column.key);
	const known = Object.entries(worlds[vendor.name].known(made, name)).filter(([column]) =>
		columns.includes(column),
	);
	const row = { ...sampleRow(resource, operation, made, 'required'), ...Object.fromEntries(known) };
	return key === undefined ? row : { ...row, [resource.key]: key };
}

/** The endpoint that writes the rows made here. */
export function writer({ resource, operation }: SaveCase, existing: boolean): WriteEndpoint {
	const { route } = operation;
	const chosen = isRouteChoice(route) ? route.choices[0].route : route;
	const names =
		typeof chosen === 'object' && 'withKey' in chosen
			? [existing ? chosen.withKey : chosen.withoutKey]
			: endpointsOf(chosen);
	return names
		.map((name) => resource.endpoints[name])
		.filter((endpoint): endpoint is WriteEndpoint => endpoint.does === 'write')
		.at(-1)!;
}

/**
 * Makes the vendor refuse a row: by its key where many go in one request, else the second write.
 *
 * @param times how often it refuses the row when it comes again
 */
export async function refuse(
	{ vendor, resource }: SaveCase,
	{ max, request: { method, path } }: WriteEndpoint,
	row: Row,
	times: 1 | 'always',
): Promise<void> {
	const message = 'Refused by the vendor';
	const where = { vendor: vendor.name, method };
	if (max > 1)
		await sandbox.fault({
			kind: 'failedRows',
			keys: [String(row[resource.key])],
			message,
			times,
			...where,
		});
	else
		await sandbox.fault({
			kind: 'status',
			status: 422,
			body: { message, messages: [message], errors: [{ detail: message }] },
			// The part before the first variable, as other variables hold IDs.
			pathPattern: path.split('{')[0],
			nth: 2,
			...where,
		});
}
