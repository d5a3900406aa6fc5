import type { INodeProperties } from 'n8n-workflow';

import {
	endpointsOf,
	isRouteChoice,
	MAX_WAIT_SECONDS,
	TOOL_ROWS,
	type Naming,
	type Operation,
	type Rate,
	type Resource,
	type RouteChoice,
	type SaveOperation,
	type Vendor,
	type WriteEndpoint,
	lowered,
} from '../definition';
import { UPSERT_DESCRIPTION } from '../definition/contract';
import { columnsOf, holdsPeople, takesPeople, type ColumnView } from '../mapping';
import { chosenValues, UNMAPPED_VALUES } from './chosenValues';
import { fileOptions } from './fileOptions';
import { userParameters } from './groups';
import { listNeeds } from './listNeeds';
import { inputFormat } from './inputFormat';
import { parameterProperty, sortedOptions, sortedProperties, valueOptions } from './parameter';

/** Where a vendor states no limit: one request a second troubles no service. */
const UNSTATED: Rate = { requests: 60, seconds: 60 };

const perMinute = ({ requests, seconds }: Rate): number =>
	Math.max(1, Math.floor((requests * 60) / seconds));

function limits({ rate = UNSTATED }: Vendor): INodeProperties[] {
	const requestsPerMinute = perMinute(rate);
	return [
		{
			displayName: 'Max Wait (Seconds)',
			name: 'maxWaitSeconds',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: MAX_WAIT_SECONDS,
			description: 'How long to wait in all for a service that asks to slow down',
		},
		{
			displayName: 'Requests per Minute',
			name: 'requestsPerMinute',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: requestsPerMinute,
			description:
				'How many requests may be sent in a minute with this credential. Each worker of a queue counts for itself: with two workers, enter half.',
		},
	];
}

const endpointOptions = (resource: Resource, operation: Operation): INodeProperties[] =>
	userParameters(resource, operation)
		.filter(({ group }) => group === 'options')
		.map(({ key, parameter }) => parameterProperty(resource.name, key, parameter, false));

/** The collection `options` of an operation that reads or calls. */
export function readOptions(
	resource: Resource,
	operation: Exclude<Operation, SaveOperation>,
): INodeProperties[] {
	const options = endpointOptions(resource, operation);
	if (operation.does === 'list' && operation.details !== undefined)
		options.push({
			displayName: 'Full Details',
			name: 'fullDetails',
			type: 'boolean',
			default: true,
			description: 'Whether to read each record in full, with one more request for each',
		});
	if (operation.does === 'list' || operation.does === 'get') {
		options.push(selectedFields(resource));
		if (holdsPeople(resource)) options.push(COMMON_PERSON);
	}
	return options;
}

const COMMON_PERSON: INodeProperties = {
	displayName: 'Common Person Format',
	name: 'commonPerson',
	type: 'boolean',
	default: true,
	description:
		"Whether to return people in one format for all services, which Bulk Save of each takes as it is, with the service's own record beside it",
};

/** The collection `technicalOptions` of any operation: what few people ever touch. */
export function technicalOptions(
	vendor: Vendor,
	resource: Resource,
	operation: Operation,
): INodeProperties[] {
	const options = limits(vendor);
	if (operation.does === 'call' || operation.does === 'request')
		options.push(toolMaxRows(TOOL_ROWS));
	if (operation.does !== 'save') return sortedProperties(options);
	const writes = writesOf(resource, operation);
	options.push(INCLUDE_REQUEST, toolMaxRows(operation.destructive ? 1 : TOOL_ROWS));
	if (!writes.every((endpoint) => endpoint.bodiless)) options.push(ADDITIONAL_FIELDS);
	if (operation.rows === 'one') return sortedProperties(options);
	options.push(inParallel(vendor));
	const max = Math.max(...writes.map((endpoint) => endpoint.max));
	if (max > 1) options.push(rowsPerRequest(resource, max));
	return sortedProperties(options);
}

/** The third way between simplified and raw. The definition knows the fields, so the service is not asked for them. */
export const selectedFields = ({ fields }: Resource): INodeProperties => ({
	displayName: 'Selected Fields',
	name: 'outputFields',
	type: 'multiOptions',
	default: [],
	description: "The only fields to return, whatever 'Simplify' says",
	options: sortedOptions(
		Object.entries(fields)
			.filter(([, { access }]) => access !== 'writeOnly')
			.map(([key, { label }]) => ({ name: label, value: key })),
	),
});

const writesOf = (resource: Resource, operation: SaveOperation): WriteEndpoint[] =>
	endpointsOf(operation.route)
		.map((name) => resource.endpoints[name])
		.filter((endpoint): endpoint is WriteEndpoint => endpoint.does === 'write');

/**
 * What is decided about the rows before each run, in sight beside them: nobody looks for these among many options, and one who
 * does not see them writes where a check was meant.
 */
export function rowDecisions(resource: Resource, operation: SaveOperation): INodeProperties[] {
	if (operation.rows === 'one') return [VALIDATE_ONLY];
	return [
		VALIDATE_ONLY,
		...chosenValues(resource, columnsOf(resource, operation)),
		UNKNOWN_FIELDS,
		duplicates(resource),
	];
}

/**
 * The collection `options` of an operation that saves, in the order of use: what this service needs, how the input is read, what
 * comes back.
 */
export function saveOptions(
	vendor: Vendor,
	resource: Resource,
	operation: SaveOperation,
): INodeProperties[] {
	const columns = columnsOf(resource, operation);
	const writes = writesOf(resource, operation);
	const options: INodeProperties[] = [];
	if (operation.destructive) options.push(CONFIRM_DELETE_COUNT);
	options.push(...endpointOptions(resource, operation), ...listNeeds(vendor, resource, operation));
	if (isRouteChoice(operation.route)) options.push(routeOption(operation.route));
	// Messages about headings send people there, whatever the operation.
	if (operation.ask === undefined) options.push(headerMapping(columns));
	if (operation.rows !== 'one') options.push(RECORD_FIELD);
	if (operation.ask === undefined && takesPeople(columns)) options.push(inputFormat(operation));
	if (operation.rows === 'file') options.push(...fileOptions());
	options.push(...recordOptions(resource, operation, columns));
	if (operation.rows !== 'one') options.push(UNMAPPED_VALUES, COLUMN_CHECK);
	options.push(whenRowsFail(operation));
	if (operation.rows !== 'one') options.push(OUTPUT, SUMMARY, REJECT_FILE);
	options.push(INCLUDE_INPUT);
	if (operation.rows !== 'one') options.push(SKIP_UNCHANGED);
	if (writes.some(({ outcome }) => outcome.by === 'transaction')) options.push(WAIT_FOR_RESULT);
	return options;
}

const SKIP_UNCHANGED: INodeProperties = {
	displayName: 'Skip Unchanged Rows',
	name: 'skipUnchanged',
	type: 'options',
	options: [
		{ name: 'Forget Earlier Runs and Send All Rows', value: 'forget' },
		{ name: 'Send All Rows', value: 'off' },
		{ name: 'Skip Rows That an Earlier Run Saved', value: 'skip' },
	],
	default: 'skip',
	description:
		'Remembers of up to 120,000 rows what this node saved last (as hashes, without personal data) and skips those that come again just so. For one execution at a time.',
};

const VALIDATE_ONLY: INodeProperties = {
	displayName: 'Validate Only',
	name: 'validateOnly',
	type: 'boolean',
	default: false,
	description: 'Whether to check everything and change nothing at the service',
};

/** Who adds a switch wants it on. */
const INCLUDE_INPUT: INodeProperties = {
	displayName: 'Include Input',
	name: 'includeInput',
	type: 'boolean',
	default: true,
	description:
		'Whether to return with each result the row as it was given, and the files of its item. Rows that failed always have the row.',
};

const INCLUDE_REQUEST: INodeProperties = {
	displayName: 'Include Request',
	name: 'includeRequest',
	type: 'boolean',
	default: true,
	description:
		"Whether to return with each row the request it would make, if 'Validate Only' is on",
};

/** As operations on one record have it. */
const WHEN_ROWS_FAIL: INodeProperties = {
	displayName: 'When Rows Fail',
	name: 'whenRowsFail',
	type: 'options',
	default: 'failNode',
	description:
		"What to do when rows fail and 'On Error' is set to stop. All rows are tried first. A check, and an agent, get every row unless you choose here.",
	options: [
		{
			name: 'Fail If None Was Saved',
			value: 'failIfNoneSaved',
			description: 'Stop the workflow if rows failed and no other was saved',
		},
		{
			name: 'Fail Node',
			value: 'failNode',
			description: 'Stop the workflow if any row failed',
		},
		{
			name: 'Return Rows',
			value: 'returnRows',
			description: 'Return every row with what became of it, and go on',
		},
	],
};

const whenRowsFail = ({ rows }: SaveOperation): INodeProperties =>
	rows === 'one' ? WHEN_ROWS_FAIL : { ...WHEN_ROWS_FAIL, default: 'failIfNoneSaved' };

/** What may stand in a record beside the columns, and how columns are read. */
function recordOptions(
	resource: Resource,
	operation: SaveOperation,
	columns: readonly ColumnView[],
): INodeProperties[] {
	const options: INodeProperties[] = [];
	for (const { key, label, field } of columns)
		if (field.file !== undefined)
			options.push({
				displayName: `${label} Data Field Name`,
				name: `${key}BinaryProperty`,
				type: 'string',
				default: 'data',
				placeholder: 'e.g. data',
				description: 'The name of the input field that holds the file of each item',
				// The rows of a file bring no files of their own.
				...(operation.rows === 'file'
					? { displayOptions: { show: { '/source': ['items'] } } }
					: {}),
			});
	for (const { field } of columns)
		if (field.naming !== undefined) options.push(namingOption(field.naming));
	if (columns.some(({ field }) => field.kind === 'date' || field.kind === 'dateTime'))
		options.push(DATE_ORDER);
	// The other policies are about rows of many columns.
	if (operation.ask !== undefined) return options;

	const clearable = [...new Set(columns.map(({ fieldKey }) => fieldKey))].filter(
		(key) => resource.fields[key].clearWith !== undefined,
	);
	// Where many rows are sent, this is asked beside them.
	if (operation.rows === 'one') options.push(UNKNOWN_FIELDS);
	options.push(
		blankValues(clearable.length > 0),
		blankValuesByField(columns, clearable.length > 0),
	);
	if (clearable.length > 0)
		options.push({
			displayName: 'Fields to Clear',
			name: 'fieldsToClear',
			type: 'multiOptions',
			default: [],
			description: 'Stored values to remove from each record',
			options: sortedOptions(
				clearable.map((key) => ({ name: resource.fields[key].label, value: key })),
			),
		});
	return options;
}

const duplicates = (resource: Resource): INodeProperties => ({
	displayName: 'Duplicates',
	name: 'duplicates',
	type: 'options',
	default: 'fail',
	description: `What to do with rows that have the same ${resource.fields[resource.key].label}`,
	options: [
		{ name: 'Fail', value: 'fail', description: 'All rows that share it fail' },
		{ name: 'Merge', value: 'merge', description: 'Later values win over earlier ones' },
		{ name: 'Use First', value: 'first', description: 'The others are skipped' },
		{ name: 'Use Last', value: 'last', description: 'The earlier ones are skipped' },
	],
});

const OUTPUT: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	default: 'everyRow',
	description: 'Which results to return',
	options: [
		{ name: 'Every Row', value: 'everyRow', description: 'One item for each row' },
		{
			name: 'Failures Only',
			value: 'failuresOnly',
			description:
				'The rows that failed or ended as unknown. Inside Loop Over Items, a part without failures gives nothing and ends the loop.',
		},
		{
			name: 'Summary Only',
			value: 'summaryOnly',
			description: 'One item with the counts and a file of the rows that failed',
		},
	],
};

const SUMMARY: INodeProperties = {
	displayName: 'Summary',
	name: 'summary',
	type: 'boolean',
	default: true,
	description:
		'Whether to add a last item with the counts and a file of the rows that failed, to correct and send again',
};

const REJECT_FILE: INodeProperties = {
	displayName: 'Reject File',
	name: 'rejectFile',
	type: 'options',
	default: 'asInput',
	description:
		'What the file of the rows that failed is. Excel keeps zeros, phone numbers and dates in its own files, and spoils them in a CSV.',
	options: [
		{ name: 'As the Input', value: 'asInput', description: 'Excel for an Excel file, else CSV' },
		{ name: 'CSV', value: 'csv' },
		{ name: 'Excel', value: 'xlsx' },
	],
};

const inParallel = ({ concurrency }: Vendor): INodeProperties => ({
	displayName: 'Requests in Parallel',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: concurrency,
	description: 'How many requests may be under way at the same time',
});

const rowsPerRequest = (resource: Resource, max: number): INodeProperties => ({
	displayName: 'Rows per Request',
	name: 'chunkSize',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: max },
	default: max,
	description: `How many ${lowered(resource.plural)} to send in one request, ${max} at most`,
});

/** Stored as it is, not as an expression: names are the same for all rows of a run. */
function namingOption({ option, label, help, names }: Naming): INodeProperties {
	const [first] = names;
	return {
		displayName: label,
		name: option,
		type: 'options',
		noDataExpression: true,
		default: first,
		description: help,
		options: valueOptions(names),
	};
}

const ADDITIONAL_FIELDS: INodeProperties = {
	displayName: 'Additional Fields (JSON)',
	name: 'additionalFieldsJson',
	type: 'json',
	default: '{}',
	description:
		"Fields in the service's own names and nesting. They are added to each record unchecked and win over other values.",
};

const DATE_ORDER: INodeProperties = {
	displayName: 'Date Order',
	name: 'dateOrder',
	type: 'options',
	default: 'refuse',
	description: 'How dates like 03/04/2026 are read',
	options: [
		{ name: 'Day First', value: 'dayFirst', description: 'As 3 April 2026' },
		{ name: 'Month First', value: 'monthFirst', description: 'As March 4, 2026' },
		{ name: 'Refuse Unclear Dates', value: 'refuse', description: 'Not at all, the row fails' },
	],
};

const UNKNOWN_FIELDS: INodeProperties = {
	displayName: 'Columns Without a Field',
	name: 'unknownFields',
	type: 'options',
	default: 'ignore',
	description: 'What to do with columns that the service has no field for',
	options: [
		{ name: 'Leave Out', value: 'ignore', description: 'Send the other columns' },
		{ name: 'Refuse', value: 'error', description: 'Send nothing and name them' },
		{ name: 'Send', value: 'send', description: 'Send them as they are, unchecked' },
	],
};

const RECORD_FIELD: INodeProperties = {
	displayName: 'Field With the Record',
	name: 'recordField',
	type: 'string',
	default: '',
	placeholder: 'e.g. body',
	description:
		'The field of each item, or of each row of a JSON file, that holds the record, where its columns stand one level deeper',
};

const COLUMN_CHECK: INodeProperties = {
	displayName: 'Columns That Look Wrong',
	name: 'columnCheck',
	type: 'options',
	default: 'stop',
	description:
		'What to do when a column holds something else than its field wants, for example words as phone numbers',
	options: [
		{ name: 'Send Anyway', value: 'send', description: 'Each row is checked by itself' },
		{ name: 'Stop', value: 'stop', description: 'Send nothing and say which column it is' },
	],
};

const blankPolicies = (clearable: boolean) => [
	...(clearable
		? [{ name: 'Clear', value: 'clear', description: 'Remove what the service has stored' }]
		: []),
	{ name: 'Leave', value: 'leave', description: 'Keep what the service has stored' },
	{ name: 'Skip Row', value: 'skipRow', description: 'Do not send the row' },
];

const blankValues = (clearable: boolean): INodeProperties => ({
	displayName: 'Blank Values',
	name: 'blankValues',
	type: 'options',
	default: 'leave',
	description: 'What to do with values that are null, empty or blank',
	options: blankPolicies(clearable),
});

const blankValuesByField = (
	columns: readonly ColumnView[],
	clearable: boolean,
): INodeProperties => {
	const [{ key: first }] = columns;
	return {
		displayName: 'Blank Values by Field',
		name: 'blankValuesByField',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Field',
		default: {},
		description: "Fields whose blank values are treated in another way than 'Blank Values' says",
		options: [
			{
				displayName: 'Fields',
				name: 'fields',
				values: [
					{
						displayName: 'Blank Values',
						name: 'policy',
						type: 'options',
						default: 'leave',
						description: 'What to do with blank values of this field',
						options: blankPolicies(clearable),
					},
					{
						displayName: 'Field',
						name: 'field',
						type: 'options',
						default: first,
						options: sortedOptions(columns.map(({ key, label }) => ({ name: label, value: key }))),
					},
				],
			},
		],
	};
};

const WAIT_FOR_RESULT: INodeProperties = {
	displayName: 'Wait for Result',
	name: 'waitForResult',
	type: 'boolean',
	default: true,
	description:
		"Whether to wait until the service has decided about each record. Otherwise its status is 'inProgress'.",
};

const CONFIRM_DELETE_COUNT: INodeProperties = {
	displayName: 'Confirm Delete Count',
	name: 'confirmDeleteCount',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'How many records you expect to be removed. Many are removed only when their exact number stands here.',
};

const toolMaxRows = (rows: number): INodeProperties => ({
	displayName: 'Max Rows per Agent Run',
	name: 'toolMaxRows',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: rows,
	description: 'How many records an AI agent may write in one run of the workflow',
});

function routeOption({ option, label, help, choices }: RouteChoice): INodeProperties {
	const [{ value: first }] = choices;
	return {
		displayName: label,
		name: option,
		type: 'options',
		default: first,
		description: help,
		options: sortedOptions(
			choices.map((choice) => {
				const description = choice.value === 'upsert' ? UPSERT_DESCRIPTION : choice.help;
				return {
					name: choice.label,
					value: choice.value,
					...(description === undefined ? {} : { description }),
				};
			}),
		),
	};
}

const headerMapping = (columns: readonly ColumnView[]): INodeProperties => ({
	displayName: 'Header Mapping',
	name: 'headerMapping',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Column',
	default: {},
	description: 'Fields of columns whose names are not recognized',
	options: [
		{
			displayName: 'Columns',
			name: 'columns',
			values: [
				{
					displayName: 'Column Name',
					name: 'header',
					type: 'string',
					default: '',
					placeholder: 'e.g. Staff Number',
					description: 'The column as your list calls it',
				},
				{
					displayName: 'Field',
					name: 'field',
					type: 'options',
					default: '',
					description: 'What the column fills',
					options: sortedOptions([
						{ name: '(Leave Out)', value: '' },
						...columns.map(({ key, label }) => ({ name: label, value: key })),
					]),
				},
			],
		},
	],
});
