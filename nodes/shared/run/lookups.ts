import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { groupOf, type ListEndpoint, type Resource, type Vendor } from '../definition';
import { SetupFault } from '../http';
import { methodsOf, type PageReader } from '../lookup';
import { plainParameter } from '../mapping';
import { ListFault } from '../paging';
import { connect } from './connection';
import { nodeError, statusOf } from './items';
import { defaultsOf, takeRecords } from './records';

/** A list in the editor is for finding one record; beyond this people type its ID. */
const LISTED = 500;
/** Somebody is waiting at the editor; a list that takes longer is better typed. */
const EDITOR_WAIT_SECONDS = 10;

/** What the editor asks a vendor's node for while it is being set up. */
export const lookupMethods = (vendor: Vendor) =>
	methodsOf(vendor, async (context, resourceName) => {
		const resource = vendor.resources.find(({ name }) => name === resourceName) as Resource;
		return readerFor(context, vendor, resource);
	});

const readerFor =
	(context: ILoadOptionsFunctions, vendor: Vendor, resource: Resource): PageReader =>
	async (name, filter) => {
		const endpoint = resource.endpoints[name] as ListEndpoint;
		try {
			const values = await valuesFor(context, vendor, resource, name, filter);
			const connection = await connect(
				context,
				vendor,
				String(context.getCurrentNodeParameter('authentication') ?? 'default'),
				{ maxWaitSeconds: EDITOR_WAIT_SECONDS, timeoutSeconds: EDITOR_WAIT_SECONDS },
			);
			const results = await takeRecords(connection, resource, endpoint, values, {
				limit: LISTED,
			});
			return { results };
		} catch (error) {
			throw asNodeError(context, error);
		}
	};

/** What the list needs is taken from the node, where it stands under the same name; what was typed, from the user. */
async function valuesFor(
	context: ILoadOptionsFunctions,
	vendor: Vendor,
	resource: Resource,
	name: string,
	filter: string | undefined,
): Promise<Record<string, unknown>> {
	const endpoint = resource.endpoints[name] as ListEndpoint;
	const values: Record<string, unknown> = { ...defaultsOf(endpoint) };
	for (const [key, parameter] of Object.entries(endpoint.parameters ?? {})) {
		if (groupOf(parameter, true) !== 'main') continue;
		const given = givenFor(context, key);
		// A parameter the chosen operation does not show keeps its default.
		if (given === undefined && values[key] !== undefined) continue;
		const value = plainParameter(parameter, given);
		if ('problem' in value || value.wire === undefined) throw missing(parameter.label);
		values[key] = value.wire;
	}
	const query = searchParameter(vendor, resource, name);
	if (query !== undefined && filter !== undefined && filter.trim() !== '') values[query] = filter;
	return values;
}

/** As a field of the panel, or an option where the operation itself has no use for it. Asked for the value of what is not there, n8n throws. */
function givenFor(context: ILoadOptionsFunctions, key: string): unknown {
	if (context.getCurrentNodeParameter(key) !== undefined)
		return context.getCurrentNodeParameter(key, { extractValue: true });
	return context.getCurrentNodeParameter(`options.${key}`);
}

const missing = (label: string): SetupFault =>
	new SetupFault({
		code: 'REFUSED',
		message: `Fill in "${label}" first, the list depends on it. Where it is not in sight, add it under "Options".`,
		applied: 'no',
	});

/** The parameter of a list that searches on the vendor's side, if a locator names one. */
function searchParameter(vendor: Vendor, resource: Resource, list: string): string | undefined {
	for (const owner of vendor.resources)
		for (const endpoint of Object.values(owner.endpoints))
			for (const { locator } of Object.values(endpoint.parameters ?? {}))
				if (locator?.search === list && (locator.resource ?? owner.name) === resource.name)
					return locator.query;
	return undefined;
}

function asNodeError(context: ILoadOptionsFunctions, error: unknown): Error {
	return error instanceof SetupFault || error instanceof ListFault
		? nodeError(context.getNode(), error.message, { status: statusOf(error) })
		: (error as Error);
}
