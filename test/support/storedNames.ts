import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { ICredentialType, INodeProperties, INodeType } from 'n8n-workflow';

import { mapperFields } from '../../nodes/shared/ui';
import {
	hasSchema,
	hasTemplate,
	SCHEMA,
	TEMPLATE,
	type Operation,
	type Resource,
	type Vendor,
} from '../../nodes/shared/definition';
import { vendors } from './vendors';

/*
 * Saved workflows hold names, not what they stand for: of node and credential types, resources, operations, parameters and
 * their values. A workflow says nothing of a parameter that stands at its default either, so that is as binding as a name.
 */

const ROOT = resolve(__dirname, '../..');

/** Names and values below a property. */
function* namesIn(property: INodeProperties): Generator<string> {
	const { name, type, options = [] } = property;
	if (type === 'notice') return;
	yield name;
	for (const mode of property.modes ?? []) yield `${name}:${mode.name}`;
	for (const option of options) {
		if ('value' in option) yield `${name}=${String(option.value)}`;
		else
			for (const member of 'values' in option ? option.values : [option])
				for (const below of namesIn(member))
					yield 'values' in option ? `${name}.${option.name}.${below}` : `${name}.${below}`;
	}
}

/** What holds other parameters, or only says something, has no value of its own. */
const WITHOUT_VALUE = ['notice', 'collection', 'fixedCollection'];

function* namesAndDefaultIn(property: INodeProperties): Generator<string> {
	yield* namesIn(property);
	if (!WITHOUT_VALUE.includes(property.type))
		yield `${property.name} unless stored ${JSON.stringify(property.default)}`;
}

const columnsIn = (resource: Resource, operation: Operation | undefined): string[] =>
	operation?.does === 'save'
		? mapperFields(resource, operation).map(({ id }) => `columns.value.${id}`)
		: [];

/** Whether it belongs to a resource and, if one is given, to its operation; other conditions do not matter here. */
const isShownFor = ({ displayOptions }: INodeProperties, resource: string, operation?: string) => {
	const { resource: resources, operation: operations } = displayOptions?.show ?? {};
	return (
		resources?.includes(resource) === true &&
		(operation === undefined || operations?.includes(operation) === true)
	);
};

function* namesOf(properties: INodeProperties[], vendor: Vendor): Generator<string> {
	for (const property of properties.filter(({ displayOptions }) => displayOptions === undefined))
		yield* namesAndDefaultIn(property);
	for (const resource of vendor.resources) {
		for (const property of properties.filter((each) => each.name === 'operation'))
			if (isShownFor(property, resource.name))
				for (const name of namesAndDefaultIn(property)) yield `${resource.name} ${name}`;
		const operations: Record<string, Operation | undefined> = {
			...resource.operations,
			...(hasTemplate(resource) && { [TEMPLATE.operation]: undefined }),
			...(hasSchema(resource) && { [SCHEMA.operation]: undefined }),
		};
		for (const [name, operation] of Object.entries(operations)) {
			const shown = properties.filter((each) => isShownFor(each, resource.name, name));
			const names = [
				...shown.flatMap((property) => [...namesAndDefaultIn(property)]),
				...(shown.some(({ type }) => type === 'resourceMapper')
					? columnsIn(resource, operation)
					: []),
			];
			for (const below of names) yield `${resource.name} ${name} ${below}`;
		}
	}
}

/** A trigger asks by its event where the nodes ask by resource and operation. */
function* namesOfTrigger(properties: INodeProperties[]): Generator<string> {
	for (const property of properties) {
		const events = property.displayOptions?.show?.event ?? [''];
		for (const event of events)
			for (const name of namesAndDefaultIn(property)) yield `${String(event)} ${name}`.trim();
	}
}

/** Instances of what package.json lists, by the class named like the file. */
function listed<T>(kind: 'nodes' | 'credentials'): T[] {
	const { n8n } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
		n8n: Record<typeof kind, string[]>;
	};
	return n8n[kind].map((path) => {
		const source = join(ROOT, path.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
		// eslint-disable-next-line @typescript-eslint/no-require-imports -- the names are only known at run time
		const classes = require(source) as Record<string, new () => T>;
		return new classes[basename(source).split('.')[0]]();
	});
}

/** Where the names that were ever there are kept, one a line. */
export const STORED_NAMES = join(ROOT, 'test/conformance/stored-names.txt');

export const recordedNames = (): string[] =>
	readFileSync(STORED_NAMES, 'utf8').split('\n').filter(Boolean);

/** Every name that a saved workflow or credential may hold, sorted. */
export function storedNames(): string[] {
	const found = new Set<string>();
	for (const { description } of listed<INodeType>('nodes')) {
		for (const version of [description.version].flat())
			found.add(`node ${description.name} version ${version}`);
		for (const { name } of description.credentials ?? [])
			found.add(`node ${description.name} credential ${name}`);
		if (description.polling) {
			for (const name of namesOfTrigger(description.properties))
				found.add(`node ${description.name} ${name}`);
			continue;
		}
		const vendor = vendors.find(({ name }) => name === description.name);
		if (vendor === undefined) throw new Error(`No vendor has the name ${description.name}.`);
		for (const name of namesOf(description.properties, vendor))
			found.add(`node ${vendor.name} ${name}`);
	}
	for (const { name, properties } of listed<ICredentialType>('credentials')) {
		found.add(`credential ${name}`);
		for (const property of properties)
			for (const below of namesAndDefaultIn(property)) found.add(`credential ${name} ${below}`);
	}
	return [...found].sort();
}
