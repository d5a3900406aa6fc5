import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import {
	valueAt,
	type CallEndpoint,
	type Endpoint,
	type GatherOperation,
	type ListEndpoint,
	type ListOperation,
	type NodeOption,
	type Operation,
	type ReadEndpoint,
	type Resource,
	type SaveOperation,
	type Vendor,
} from '../definition';
import { personPresenter, presenter } from '../mapping';
import type { ParameterValues } from '../write';
import type { Connection } from './connection';
import { ItemFault } from './itemFault';
import { checked, optionsAt } from './options';
import type { NodeParameters } from './parameters';
import { recordItem, type Item } from './recordItem';
import { defaultsOf, readOne, takeRecords } from './records';
import { callOnce, freeRequest } from './requests';
import { unusable, valuesOf } from './values';

export type ReadOperation = Exclude<Operation, SaveOperation>;

type Reader = (index: number) => Promise<Item[]>;

const SIMPLIFY: NodeOption = { label: 'Simplify', kind: 'boolean' };
export interface ReadSetup {
	vendor: Vendor;
	resource: Resource;
	operation: ReadOperation;
	connection: Connection;
	parameters: NodeParameters;
}

/** What an operation does for one item. */
export function readerOf(context: IExecuteFunctions, setup: ReadSetup): Reader {
	const { operation, connection, parameters } = setup;
	if (operation.does === 'request')
		return async (index) => [{ json: await freeRequest(connection, parameters, index) }];
	const reading = new Reading(context, setup, operation.endpoint, operation.does === 'list');
	switch (operation.does) {
		case 'list':
			return async (index) => await reading.list(operation, index);
		case 'get':
			return async (index) => [await reading.one(index)];
		case 'gather':
			return async (index) => [await reading.gathered(operation, index)];
		case 'call':
			return async (index) => [await reading.answer(index)];
	}
}

/** Reads by one endpoint, for one item after the other. */
class Reading {
	private readonly endpoint: Endpoint;
	private readonly values: ReturnType<typeof valuesOf>;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly setup: ReadSetup,
		endpoint: string,
		isList: boolean,
	) {
		this.endpoint = setup.resource.endpoints[endpoint];
		this.values = valuesOf(this.endpoint.parameters ?? {}, setup.parameters, isList);
	}

	async list({ details }: ListOperation, index: number): Promise<Item[]> {
		const { connection, parameters, resource } = this.setup;
		const endpoint = this.endpoint as ListEndpoint;
		const limit = limitOf(parameters, index);
		const records = await takeRecords(connection, resource, endpoint, this.values.read(index), {
			limit,
			onTotal: (total) => {
				if (total > limit) hintTotal(this.context, limit, total);
			},
			tell: this.tell,
		});
		const present = this.presenter(index);
		if (details === undefined || !optionsAt(parameters, index).fullDetails)
			return records.map((record) => ({ json: present(record) as IDataObject }));
		const items: Item[] = [];
		for (const record of records) items.push(await this.inFull(details, record, index));
		return items;
	}

	private async inFull(
		{ endpoint, by }: NonNullable<ListOperation['details']>,
		listed: unknown,
		index: number,
	): Promise<Item> {
		const { connection, resource } = this.setup;
		const values: Record<string, unknown> = { ...this.values.read(index) };
		for (const [path, name] of Object.entries(by)) values[name] = valueAt(listed, path);
		const details = resource.endpoints[endpoint] as ReadEndpoint;
		return await this.asItem(details, await readOne(connection, resource, details, values), index);
	}

	async one(index: number): Promise<Item> {
		const { connection, resource } = this.setup;
		const endpoint = this.endpoint as ReadEndpoint;
		const record = await readOne(connection, resource, endpoint, this.values.read(index));
		return await this.asItem(endpoint, record, index);
	}

	async gathered({ parts }: GatherOperation, index: number): Promise<Item> {
		const { connection, resource } = this.setup;
		const given = this.values.read(index);
		const record = await readOne(connection, resource, this.endpoint as ReadEndpoint, given);
		const whole: IDataObject = { ...(this.presenter(index)(record) as IDataObject) };
		const [key] = Object.values(given);
		for (const part of parts) whole[part.as] = await this.part(part, key, index);
		return { json: whole };
	}

	private async part(
		part: GatherOperation['parts'][number],
		key: unknown,
		index: number,
	): Promise<IDataObject[]> {
		const { connection, vendor } = this.setup;
		const other = vendor.resources.find(({ name }) => name === part.resource)!;
		const list = other.endpoints[part.endpoint] as ListEndpoint;
		const values: ParameterValues = { ...defaultsOf(list), [part.by]: key };
		const records = await takeRecords(connection, other, list, values, {
			limit: Infinity,
			tell: this.tell,
		});
		const show = presenter(other, this.simplified(index));
		return records
			.filter((entry) => belongs(entry, part, other, key))
			.map((entry) => show(entry) as IDataObject);
	}

	async answer(index: number): Promise<Item> {
		const endpoint = this.endpoint as CallEndpoint;
		return { json: await callOnce(this.setup.connection, endpoint, this.values.read(index)) };
	}

	private readonly tell = (message: string): void =>
		this.context.addExecutionHints({ type: 'warning', location: 'outputPane', message });

	private simplified(index: number): 'simplified' | 'raw' {
		const given = this.setup.parameters.get<unknown>('simplify', index, true);
		return checked(SIMPLIFY, given) ? 'simplified' : 'raw';
	}

	private presenter(index: number): (record: unknown) => unknown {
		const { vendor, resource, parameters } = this.setup;
		const { outputFields = [], commonPerson } = optionsAt(parameters, index);
		const asPerson = commonPerson ? personPresenter(vendor.name, resource) : undefined;
		if (asPerson !== undefined) return asPerson;
		const form = outputFields.length > 0 ? 'selected' : this.simplified(index);
		return presenter(resource, form, outputFields);
	}

	private async asItem(endpoint: ReadEndpoint, record: unknown, index: number): Promise<Item> {
		return await recordItem(endpoint, record, {
			helpers: this.context.helpers,
			present: this.presenter(index),
			field: this.setup.parameters.get('binaryPropertyName', index, 'data'),
		});
	}
}

/** Is a listed record the key's own? One that does not say so may be anybody's. */
function belongs(
	record: unknown,
	{ belongs: path, unowned = 'fail' }: GatherOperation['parts'][number],
	{ plural }: Resource,
	key: unknown,
): boolean {
	if (path === undefined) return true;
	const owner = valueAt(record, path);
	if (owner !== undefined && owner !== null) return String(owner) === String(key);
	if (unowned === 'keep') return true;
	throw new ItemFault({
		code: 'UNREADABLE_ANSWER',
		message: `The service listed ${plural.toLowerCase()} without saying whose they are, so they cannot be told from those of others.`,
		applied: 'no',
	});
}

const WHOLE_NUMBER = /^\d+$/;

/**
 * How many records are wanted. Blank or unreadable is an error, since everybody would be the answer, and what stands behind
 * this node may remove them.
 */
function limitOf(parameters: NodeParameters, index: number): number {
	const all = parameters.get<unknown>('returnAll', index, false);
	const yes = /^(true|false)$/i.test(String(all)) ? /^true$/i.test(String(all)) : undefined;
	if (yes === undefined) throw unusable('Return All', 'is neither true nor false. Choose one.');
	if (yes) return Infinity;
	const limit = parameters.get<unknown>('limit', index, 50);
	const text = typeof limit === 'number' || typeof limit === 'string' ? String(limit).trim() : '';
	if (!WHOLE_NUMBER.test(text) || Number(text) < 1)
		throw unusable(
			'Limit',
			text === ''
				? 'is empty. Enter how many records you want at most.'
				: 'is not a whole number from 1. Enter how many records you want at most.',
		);
	return Number(text);
}

function hintTotal(context: IExecuteFunctions, shown: number, total: number): void {
	context.addExecutionHints({
		type: 'info',
		location: 'outputPane',
		message: `The first ${shown} of ${total} records, as the service counts them.`,
	});
}
