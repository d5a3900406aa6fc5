import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import {
	isRouteChoice,
	type Endpoint,
	type Resource,
	type Route,
	type SaveOperation,
	type Vendor,
	type WriteEndpoint,
	endpointsOf,
} from '../definition';
import { SetupFault } from '../http';
import {
	columnsOf,
	prepareMapper,
	presenceOf,
	type ColumnView,
	type Issue,
	type MappingPolicy,
} from '../mapping';
import { save, type DuplicatePolicy, type Outcome, type SourceRow } from '../write';
import { MAX_WAIT_SECONDS, TOOL_ROWS } from '../ui';
import { connect } from './connection';
import { fileRows } from './fileRows';
import { fileFiller } from './files';
import { errorModeOf, nodeError, outcomeItem, textOf } from './items';
import { memoryOf } from './memory';
import { Parameters } from './parameters';
import { recollectionOf } from './recollection';
import { Rejects } from './rejects';
import { Tally } from './summary';
import { giveBackToAgent, isToolNode, takeForAgent } from './tool';
import { valuesOf } from './values';

interface Options {
	validateOnly?: boolean;
	output?: 'everyRow' | 'failuresOnly' | 'summaryOnly';
	duplicates?: DuplicatePolicy;
	unknownFields?: MappingPolicy['unknownFields'];
	blankValues?: MappingPolicy['blankValues'];
	blankValuesByField?: {
		fields?: Array<{ field: string; policy: MappingPolicy['blankValues'] }>;
	};
	dateOrder?: MappingPolicy['dateOrder'] | 'refuse';
	concurrency?: number;
	chunkSize?: number;
	requestsPerMinute?: number;
	maxWaitSeconds?: number;
	skipUnchanged?: 'off' | 'skip' | 'forget';
	whenRowsFail?: 'returnRows' | 'failNode';
	includeInput?: boolean;
	includeRequest?: boolean;
	summary?: boolean;
	waitForResult?: boolean;
	fieldsToClear?: string[];
	additionalFieldsJson?: string | IDataObject;
	headerMapping?: { columns?: Array<{ header: string; field: string }> };
	confirmDeleteCount?: number;
	toolMaxRows?: number;
}

/** More removals than a person would check by eye need their number typed in. */
const UNCONFIRMED_REMOVALS = 10;
/** How many rows an error of the whole node quotes. */
const QUOTED_ROWS = 3;

/** Runs any operation that sends records. */
export async function runSave(
	context: IExecuteFunctions,
	vendor: Vendor,
	resource: Resource,
	operation: SaveOperation,
): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	const parameters = new Parameters(context);
	const options = parameters.get<Options>('options', 0, {});
	const many = operation.rows !== 'one';
	const mode = errorModeOf(context);
	const tally = new Tally();
	const out: INodeExecutionData[] = [];
	const failures: Outcome[] = [];
	const notices: string[] = [];
	const output = options.output ?? 'everyRow';

	const fromFile = operation.rows === 'file' && parameters.get('source', 0, 'binary') === 'binary';
	const route = chosenRoute(operation, options);
	const endpoints = endpointsOf(route).map((name) => resource.endpoints[name]);
	const writes = endpoints.filter(
		(endpoint): endpoint is WriteEndpoint => endpoint.does === 'write',
	);
	const repeatable = writes.every((endpoint) => endpoint.repeatable);
	const mapper = prepareMapper(resource, operation);
	const memory = context.getNode().retryOnFail
		? memoryOf(context.getExecuteData(), repeatable)
		: undefined;

	const guard = guardOf(context, operation, options, items.length, fromFile);
	if (guard !== undefined) throw new SetupFault({ code: 'REFUSED', message: guard, applied: 'no' });

	const connection = await connect(
		context,
		vendor,
		parameters.get('authentication', 0, 'default'),
		{
			requestsPerMinute: options.requestsPerMinute,
			maxWaitSeconds: options.maxWaitSeconds ?? MAX_WAIT_SECONDS,
		},
	);
	const policies = policyReader(parameters, !fromFile && parameters.isMapped('columns'));
	const values = parameterReader(parameters, endpoints);
	const source = fromFile
		? await fileRows(context, parameters, {
				columns: columnsOf(resource, operation),
				mapper,
				policies,
				values,
				headerMapping: headerMappingOf(options),
				unknownFields: options.unknownFields ?? 'error',
			})
		: itemRows(context, parameters, operation, {
				policies,
				values,
				columns: columnsOf(resource, operation),
			});
	const rejects =
		options.summary || output === 'summaryOnly'
			? new Rejects(source.headers, source.delimiter)
			: undefined;

	const order: number[] = [];
	const take = (outcome: Outcome, index: number, input: Readonly<Record<string, unknown>>) => {
		tally.add(outcome);
		memory?.keep(index, outcome);
		const bad = outcome.status === 'failed' || outcome.status === 'unknown';
		if (bad) keepFirst(failures, outcome);
		if (bad) rejects?.add(outcome, index, input, textOf(outcome, false));
		if (output === 'summaryOnly' || (output === 'failuresOnly' && !bad)) return;
		const full = bad || options.includeInput ? { ...outcome, input: { ...input } } : outcome;
		out.push(outcomeItem(full, index, many, mode));
		order.push(outcome.row);
	};
	const { skipUnchanged = 'off', validateOnly = false } = options;
	const recollection =
		skipUnchanged === 'off'
			? undefined
			: await recollectionOf(context, {
					about: [connection.account, resource.name],
					forget: skipUnchanged === 'forget' && !validateOnly,
					repeatable,
				});
	await save(source.rows, {
		resource,
		operation,
		route,
		mapper,
		sender: connection.sender,
		port: connection.port,
		baseUrl: connection.baseUrl,
		redact: connection.redact,
		concurrency: options.concurrency ?? vendor.concurrency,
		chunkSize: options.chunkSize,
		duplicates: many ? (options.duplicates ?? 'fail') : undefined,
		readFirst: fromFile,
		validateOnly,
		recollection,
		includeRequest: options.includeRequest ?? false,
		transactionWaitMs:
			(options.waitForResult ?? true) ? (options.maxWaitSeconds ?? MAX_WAIT_SECONDS) * 1000 : 0,
		earlier: memory === undefined ? undefined : (row) => memory.recall(row.index, row.row),
		count: (totals) => tally.addTotals(totals),
		notice: (text) => void notices.push(text),
		emit: (outcome, row) => take(outcome, row.index, row.values),
	});

	if (isToolNode(context) && !validateOnly) giveBackToAgent(context, tally.count('failed'));
	const sorted = inRowOrder(out, order);
	tellHints(context, operation, tally, mode, options, [
		...source.notices,
		...notices,
		...(recollection?.notices ?? []),
	]);
	if (mode === 'stop' && options.whenRowsFail === 'failNode' && tally.trouble() !== undefined)
		throw nodeError(context.getNode(), `${tally.trouble()}`, {
			description: quoted(failures, tally, many),
		});
	if (options.summary || output === 'summaryOnly') {
		const summary: IDataObject = {
			...(tally.summary(connection.sender.traffic) as IDataObject),
			...(source.matched === undefined ? {} : { columns: source.matched }),
		};
		const item: INodeExecutionData = {
			json: { summary },
			pairedItem: items.map((_, item) => ({ item })),
		};
		if (rejects !== undefined && rejects.rows > 0)
			item.binary = {
				rejects: await context.helpers.prepareBinaryData(
					rejects.toBuffer(),
					'rejects.csv',
					'text/csv',
				),
			};
		sorted.push(item);
	}
	return sorted;
}

/** Keeps the outcomes of the first rows, whatever order they come in. */
function keepFirst(held: Outcome[], outcome: Outcome): void {
	held.push(outcome);
	held.sort((a, b) => a.row - b.row).splice(QUOTED_ROWS);
}

/** The first reasons, how many more there are, and what to do. n8n runs lines together, so each begins with a mark. */
function quoted(failures: readonly Outcome[], tally: Tally, many: boolean): string {
	const more = tally.count('failed') + tally.count('unknown') - failures.length;
	return [
		...failures.map((outcome) => textOf(outcome, many)),
		...(more === 0 ? [] : [`and ${more} more`]),
		'All rows were tried. Run the node again with those that failed, or set "When Rows Fail" to get every row with its result.',
	]
		.map((line) => `• ${line}`)
		.join('\n');
}

/** Outcomes come in the order in which the vendor answered. */
function inRowOrder(items: INodeExecutionData[], rows: readonly number[]): INodeExecutionData[] {
	const itemOf = (at: number) => (items[at].pairedItem as { item: number }).item;
	const inOrder = items.every(
		(_, at) => at === 0 || itemOf(at - 1) < itemOf(at) || rows[at - 1] < rows[at],
	);
	if (inOrder) return items;
	return items
		.map((_, at) => at)
		.sort((a, b) => itemOf(a) - itemOf(b) || rows[a] - rows[b])
		.map((at) => items[at]);
}

function chosenRoute(operation: SaveOperation, options: Options): Route {
	const { route } = operation;
	if (!isRouteChoice(route)) return route;
	const wanted = (options as Record<string, unknown>)[route.option];
	return (route.choices.find((choice) => choice.value === wanted) ?? route.choices[0]).route;
}

type PolicyReader = (index: number) => MappingPolicy;

/** Policies may differ by item; without expressions they are one object. */
function policyReader(parameters: Parameters, plainValues: boolean): PolicyReader {
	const read = (index: number): MappingPolicy => {
		const options = parameters.get<Options>('options', index, {});
		const extra = options.additionalFieldsJson;
		const byField = options.blankValuesByField?.fields ?? [];
		return {
			unknownFields: options.unknownFields ?? 'error',
			blankValues: options.blankValues ?? 'leave',
			...(byField.length > 0 && {
				blankValuesByColumn: Object.fromEntries(
					byField.map(({ field, policy }) => [field, policy]),
				),
			}),
			fieldsToClear: options.fieldsToClear ?? [],
			dateOrder: options.dateOrder === 'refuse' ? undefined : options.dateOrder,
			headerMapping: headerMappingOf(options),
			plainValues,
			additionalFields: extra === undefined || extra === '' ? undefined : jsonObject(extra),
		};
	};
	if (!parameters.isConstant('options')) return read;
	const same = read(0);
	return () => same;
}

const headerMappingOf = (options: Options): Record<string, string> | undefined => {
	const pairs = options.headerMapping?.columns ?? [];
	return pairs.length === 0
		? undefined
		: Object.fromEntries(pairs.map(({ header, field }) => [header, field]));
};

function jsonObject(value: string | IDataObject): Record<string, unknown> {
	let parsed: unknown = value;
	if (typeof value === 'string')
		try {
			parsed = JSON.parse(value);
		} catch {
			parsed = undefined;
		}
	if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
		throw new SetupFault({
			code: 'REFUSED',
			message: '"Additional Fields (JSON)" is not a JSON object. Use the form {"field": "value"}.',
			applied: 'no',
		});
	return parsed as Record<string, unknown>;
}

type ValueReader = (index: number) => Readonly<Record<string, unknown>>;

/** Endpoint parameters may differ by item; without expressions they are one object, and rows need no grouping. */
function parameterReader(parameters: Parameters, endpoints: readonly Endpoint[]): ValueReader {
	const all = Object.assign({}, ...endpoints.map((endpoint) => endpoint.parameters ?? {}));
	const { constant, read } = valuesOf(all, parameters);
	if (!constant) return read;
	const same = read(0);
	return () => same;
}

interface ItemReading {
	policies: PolicyReader;
	values: ValueReader;
	columns: readonly ColumnView[];
}

function itemRows(
	context: IExecuteFunctions,
	parameters: Parameters,
	operation: SaveOperation,
	{ policies, values, columns: views }: ItemReading,
) {
	const items = context.getInputData();
	const fill = fileFiller(context, parameters, views);
	const asked = operation.ask?.map((name) => ({
		name,
		label: views.find(({ key }) => key === name)?.label ?? name,
	}));
	const columns = parameters.columns('columns');
	const rowAt = (index: number): SourceRow => {
		const row = { row: index + 1, index, parameters: values(index), policy: policies(index) };
		if (asked === undefined) return { ...row, values: columns(index, items[index].json) };
		const given = asked.map(
			({ name }) => [name, parameters.get<unknown>(name, index, '')] as const,
		);
		const missing = asked.find((_, at) => presenceOf(given[at][1]) !== 'value');
		const problem: Issue | undefined = missing && {
			code: 'MISSING_VALUE',
			message: `"${missing.label}" is missing. Add a value.`,
			field: missing.label,
		};
		return { ...row, values: Object.fromEntries(given), ...(problem && { problem }) };
	};
	/** In the first item it is the set-up that is wrong, and nothing has been sent; in a later one it is that item's own. */
	const unreadable = (index: number, error: unknown): SourceRow => {
		if (index === 0) throw error as Error;
		const { message } = error as Error;
		return {
			row: index + 1,
			index,
			values: items[index].json,
			parameters: {},
			policy: policies(0),
			problem: { code: 'UNREADABLE_ROW', message },
		};
	};
	function* rows(): Generator<SourceRow> {
		for (let index = 0; index < items.length; index++) {
			let row: SourceRow;
			try {
				row = rowAt(index);
			} catch (error) {
				row = unreadable(index, error);
			}
			yield row;
		}
	}
	async function* filledRows(): AsyncGenerator<SourceRow[]> {
		for (let row of rows()) {
			if (fill !== undefined && row.problem === undefined)
				try {
					row = { ...row, ...(await fill(row.index, row.values)) };
				} catch (error) {
					row = unreadable(row.index, error);
				}
			yield [row];
		}
	}
	return {
		rows: fill === undefined ? rows : filledRows,
		matched: undefined,
		headers: undefined,
		delimiter: undefined,
		notices: [],
	};
}

/** Why this many records may not be written or removed without a word of the user; undefined when they may. */
function guardOf(
	context: IExecuteFunctions,
	operation: SaveOperation,
	options: Options,
	count: number,
	fromFile: boolean,
): string | undefined {
	if (options.validateOnly) return undefined;
	if (operation.destructive && count > UNCONFIRMED_REMOVALS && options.confirmDeleteCount !== count)
		return `This would remove or wipe ${count} records. To go on, enter ${count} under "Confirm Delete Count".`;
	if (!isToolNode(context)) return undefined;
	const allowed = options.toolMaxRows ?? (operation.destructive ? 1 : TOOL_ROWS);
	if (fromFile && options.toolMaxRows === undefined)
		return 'An agent may not import a file. To allow it, set "Max Rows per Agent Run".';
	const all = takeForAgent(context, count, allowed);
	if (all > allowed)
		return `An agent may write ${allowed} ${allowed === 1 ? 'record' : 'records'} in one run of the workflow, this would be ${all}. To allow more, raise "Max Rows per Agent Run".`;
	return undefined;
}

function tellHints(
	context: IExecuteFunctions,
	operation: SaveOperation,
	tally: Tally,
	mode: string,
	options: Options,
	notices: readonly string[],
): void {
	for (const message of notices)
		context.addExecutionHints({ type: 'info', location: 'outputPane', message });
	const trouble = tally.trouble();
	if (trouble !== undefined && mode === 'stop' && options.whenRowsFail !== 'failNode')
		context.addExecutionHints({
			type: 'warning',
			location: 'outputPane',
			message: `${trouble}. Each row says why under "errors".`,
		});
	const { expects } = operation;
	const other = expects === 'created' ? 'updated' : 'created';
	const surprises = expects === undefined ? 0 : tally.acted(other);
	if (surprises > 0)
		context.addExecutionHints({
			type: 'info',
			location: 'outputPane',
			message:
				other === 'updated'
					? `${surprises} ${surprises === 1 ? 'record' : 'records'} existed already and ${surprises === 1 ? 'was' : 'were'} updated.`
					: `${surprises} ${surprises === 1 ? 'record' : 'records'} did not exist and ${surprises === 1 ? 'was' : 'were'} created.`,
		});
}
