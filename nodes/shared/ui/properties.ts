import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import {
	hasSchema,
	hasTemplate,
	SCHEMA,
	TEMPLATE,
	type Operation,
	type Resource,
	type SaveOperation,
	type Vendor,
} from '../definition';
import { columnsOf } from '../mapping';
import { askedProperty } from './asked';
import { userParameters, type UserParameter } from './groups';
import { operationDescription, operationLabel, operationNotice } from './labels';
import { mergeViews } from './merge';
import { listNeeds } from './listNeeds';
import { COLUMNS_METHOD } from './methods';
import { readOptions, rowDecisions, saveOptions, technicalOptions } from './options';
import { outputField } from './outputField';
import { parameterProperty, sortedOptions, sortedProperties } from './parameter';
import { schemaOption, schemaProperties } from './schema';
import { templateOption, templateProperties } from './template';

/** Everything a vendor's node shows in n8n's editor, from its definition. */
export function propertiesOf(vendor: Vendor): INodeProperties[] {
	const views = vendor.resources.flatMap((resource) => [
		...Object.entries(resource.operations).map(([operation, stated]) => ({
			resource: resource.name,
			operation,
			phases: phasesOf(vendor, resource, stated),
		})),
		...(hasTemplate(resource)
			? [
					{
						resource: resource.name,
						operation: TEMPLATE.operation,
						phases: [templateProperties(resource)],
					},
				]
			: []),
		...(hasSchema(resource)
			? [
					{
						resource: resource.name,
						operation: SCHEMA.operation,
						phases: [schemaProperties(resource)],
					},
				]
			: []),
	]);
	return [
		...(vendor.signIns.length > 1 ? [authentication(vendor)] : []),
		resources(vendor),
		...vendor.resources.map(operations),
		...mergeViews(views),
	];
}

export function authentication({ signIns }: Vendor): INodeProperties {
	const [{ authentication: first }] = signIns;
	return {
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		options: signIns.map(({ authentication: value, label }) => ({ name: label, value })),
		default: first,
	};
}

function resources({ resources: stated }: Vendor): INodeProperties {
	const [{ name: first }] = stated;
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: sortedOptions(stated.map(({ name, label }) => ({ name: label, value: name }))),
		default: first,
	};
}

/** The first operation of the definition is the one a new node shows. */
function operations(resource: Resource): INodeProperties {
	const stated = Object.entries(resource.operations);
	const [[first]] = stated;
	const options = stated.map(
		([value, operation]): INodePropertyOptions => ({
			name: operationLabel(resource, value, operation),
			value,
			description: operationDescription(resource, value, operation),
			action: operation.action,
		}),
	);
	if (hasTemplate(resource)) options.push(templateOption(resource));
	if (hasSchema(resource)) options.push(schemaOption(resource));
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.name] } },
		options: options.sort((a, b) => a.name.localeCompare(b.name)),
		default: first,
	};
}

/** What an operation shows: what to know, what is needed, what is sent or read, what comes back, how. */
function phasesOf(vendor: Vendor, resource: Resource, operation: Operation): INodeProperties[][] {
	const main = userParameters(resource, operation).filter(({ group }) => group === 'main');
	// How a list is ordered is asked after how long it may be, which every list asks.
	const isLate = ({ parameter }: UserParameter) => operation.does === 'list' && !parameter.required;
	const propertyOf = ({ key, parameter }: UserParameter) =>
		parameterProperty(resource.name, key, parameter, true);
	return [
		notice(operationNotice(resource, operation)),
		main.filter((each) => !isLate(each)).map(propertyOf),
		contentOf(vendor, resource, operation),
		outputOf(resource, operation),
		main.filter(isLate).map(propertyOf),
		filtersOf(resource, operation),
		[
			...collection('Options', 'options', 'Add Option', optionsOf(vendor, resource, operation)),
			...collection(
				'Technical Options',
				'technicalOptions',
				'Add Technical Option',
				technicalOptions(vendor, resource, operation),
			),
		],
	];
}

const optionsOf = (vendor: Vendor, resource: Resource, operation: Operation): INodeProperties[] =>
	operation.does === 'save'
		? saveOptions(vendor, resource, operation)
		: readOptions(resource, operation);

const collection = (
	displayName: string,
	name: string,
	placeholder: string,
	options: INodeProperties[],
): INodeProperties[] =>
	options.length === 0
		? []
		: [{ displayName, name, type: 'collection', placeholder, default: {}, options }];

const notice = (text: string | undefined): INodeProperties[] =>
	text === undefined ? [] : [{ displayName: text, name: 'notice', type: 'notice', default: '' }];

function contentOf(vendor: Vendor, resource: Resource, operation: Operation): INodeProperties[] {
	switch (operation.does) {
		case 'save':
			return [...recordsOf(vendor, resource, operation), ...rowDecisions(resource, operation)];
		case 'list':
			return [RETURN_ALL, LIMIT];
		case 'request':
			return REQUEST;
		default:
			return [];
	}
}

function recordsOf(
	vendor: Vendor,
	resource: Resource,
	operation: SaveOperation,
): INodeProperties[] {
	const { ask, preset, rows } = operation;
	if (ask !== undefined) {
		const columns = columnsOf(resource, operation);
		return ask.flatMap((key) =>
			columns
				.filter((column) => column.key === key)
				.map((column) => askedProperty(resource, column, preset?.[key])),
		);
	}
	const columns = columnsProperty(
		operation,
		listNeeds(vendor, resource, operation).map(({ name }) => `options.${name}`),
	);
	if (rows !== 'file') return [columns];
	return [
		{
			displayName: 'Source',
			name: 'source',
			type: 'options',
			default: 'binary',
			description: 'Where the rows come from',
			options: [
				{
					name: 'File',
					value: 'binary',
					description: 'Excel, CSV or JSON in the binary data of an item',
				},
				{ name: 'Input Items', value: 'items', description: 'Each item is a row' },
			],
		},
		{
			displayName: 'Input Data Field Name',
			name: 'binaryPropertyName',
			type: 'string',
			default: 'data',
			required: true,
			placeholder: 'e.g. data',
			hint: 'The name of the input field that holds the file',
			displayOptions: { show: { source: ['binary'] } },
		},
		{ ...columns, displayOptions: { show: { source: ['items'] } } },
	];
}

/** One record is mapped by hand at first; many come from where the fields have names already. */
const columnsProperty = (
	{ rows }: SaveOperation,
	dependsOn: readonly string[],
): INodeProperties => ({
	displayName: 'Columns',
	name: 'columns',
	type: 'resourceMapper',
	noDataExpression: true,
	required: true,
	default: { mappingMode: rows === 'one' ? 'defineBelow' : 'autoMapInputData', value: null },
	description: 'What is sent of each record',
	typeOptions: {
		loadOptionsDependsOn: ['resource', 'operation', ...dependsOn],
		resourceMapper: {
			resourceMapperMethod: COLUMNS_METHOD,
			mode: 'add',
			fieldWords: { singular: 'field', plural: 'fields' },
			supportAutoMap: true,
		},
	},
});

const RETURN_ALL: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const LIMIT: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

export const SIMPLIFY: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

function outputOf(resource: Resource, operation: Operation): INodeProperties[] {
	switch (operation.does) {
		case 'list':
			return [SIMPLIFY, ...fileOf(resource, operation.details?.endpoint, true)];
		case 'get':
			return [SIMPLIFY, ...fileOf(resource, operation.endpoint, false)];
		case 'gather':
			return [SIMPLIFY];
		default:
			return [];
	}
}

/** Where the file of a record goes, if the endpoint that reads the record gives one. */
function fileOf(
	resource: Resource,
	name: string | undefined,
	onlyWithDetails: boolean,
): INodeProperties[] {
	const endpoint = name === undefined ? undefined : resource.endpoints[name];
	if (endpoint?.does !== 'read' || endpoint.file === undefined) return [];
	// Always shown: what depends on a value inside a collection cannot be resolved by n8n 1.123, and is dropped by n8n 2.
	return [outputField(onlyWithDetails ? ", if 'Full Details' is on" : '')];
}

function filtersOf(resource: Resource, operation: Operation): INodeProperties[] {
	const filters = userParameters(resource, operation)
		.filter(({ group }) => group === 'filters')
		.map(({ key, parameter }) => parameterProperty(resource.name, key, parameter, false));
	if (filters.length === 0) return [];
	return [
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: sortedProperties(filters),
		},
	];
}

const METHODS = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'];

/** A request of the user's own making. */
const REQUEST: INodeProperties[] = [
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		default: 'GET',
		description: 'What the service is asked to do',
		options: METHODS.map((method) => ({ name: method, value: method })),
	},
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. /v2/example',
		description: 'Begins with a slash. The host comes from the credential.',
	},
	{
		displayName: 'Query Parameters',
		name: 'query',
		type: 'json',
		default: '{}',
		description: 'Names and values that are added to the address, as a JSON object',
	},
	{
		displayName: 'Body',
		name: 'body',
		type: 'json',
		default: '{}',
		description: 'What is sent, as JSON',
		displayOptions: { hide: { method: ['GET'] } },
	},
];
