import type { IExecuteFunctions } from 'n8n-workflow';

import {
	endpointsOf,
	isRouteChoice,
	MAX_WAIT_SECONDS,
	type NodeOption,
	type Resource,
	type Route,
	type SaveOperation,
	type Vendor,
	type WriteEndpoint,
} from '../definition';
import { prepareMapper } from '../mapping';
import type { Outcome, SaveJob } from '../write';
import { chosenValuesOf, refuseWrongChoices } from './chosenValues';
import { connect, type Connection } from './connection';
import { guardsOf, type Guards } from './guards';
import { checked, runOptions, type Options } from './options';
import { historyOf } from './history';
import { NodeParameters } from './parameters';
import { readsFile, rowInput, type RowInput } from './rows';
import { settlesRow, triesOf } from './tries';

/** Everything that is settled before the first row is read. */
export interface Prepared {
	options: Options;
	input: RowInput;
	connection: Connection;
	/** Keeps an outcome for later tries of the same run. */
	settle(index: number, outcome: Outcome): void;
	history: Awaited<ReturnType<typeof historyOf>> | undefined;
	guards: Guards | undefined;
	job: Omit<SaveJob, 'emit' | 'count' | 'notice'>;
}

/**
 * Reads the set-up of an operation that saves.
 *
 * @throws SetupFault in words for the user; nothing has been written then
 */
export async function prepare(
	context: IExecuteFunctions,
	vendor: Vendor,
	resource: Resource,
	operation: SaveOperation,
): Promise<Prepared> {
	const parameters = new NodeParameters(context);
	const items = context.getInputData().length;
	const options = await runOptions(parameters, items, routeOption(operation));
	const fromFile = readsFile(operation, parameters);
	const route = chosenRoute(operation, options);
	const endpoints = endpointsOf(route).map((name) => resource.endpoints[name]);
	const repeatable = endpoints
		.filter((endpoint): endpoint is WriteEndpoint => endpoint.does === 'write')
		.every((endpoint) => endpoint.repeatable);
	const mapper = prepareMapper(resource, operation, chosenValuesOf(options, resource, operation));
	refuseWrongChoices(mapper);

	const guards = guardsOf(context, { operation, options, fromFile });
	const authentication = parameters.get('authentication', 0, 'default');
	const connection = await connect(context, vendor, authentication, options);
	const reading = { resource, operation, mapper, endpoints, options };
	const input = await rowInput(context, parameters, reading);
	if (!fromFile) guards?.admit(items);
	const tries = triesOf<Outcome>(context);
	const history = await chosenHistory(context, options, {
		about: [connection.account, resource.name],
		repeatable,
	});
	return {
		options,
		input,
		connection,
		history,
		guards,
		settle(index, outcome) {
			if (settlesRow(outcome, repeatable)) tries?.settle(`${index} ${outcome.row}`, outcome);
		},
		job: {
			...settingsOf(operation, options, vendor),
			resource,
			operation,
			route,
			mapper,
			history,
			sender: connection.sender,
			port: connection.port,
			baseUrl: connection.baseUrl,
			redact: connection.redact,
			readFirst: fromFile,
			admit: fromFile ? (rows) => guards?.admit(rows) : undefined,
			settled: tries && (({ index, row }) => tries.settled(`${index} ${row}`)),
		},
	};
}

/** What the user's options make of a run, and what it is where nothing was chosen. */
function settingsOf(
	{ rows }: SaveOperation,
	options: Options,
	{ displayName, concurrency }: Vendor,
) {
	const { maxWaitSeconds = MAX_WAIT_SECONDS, waitForResult = true } = options;
	return {
		vendor: displayName,
		validateOnly: options.validateOnly ?? false,
		concurrency: options.concurrency ?? concurrency,
		chunkSize: options.chunkSize,
		duplicates: rows === 'one' ? undefined : (options.duplicates ?? 'fail'),
		includeRequest: options.includeRequest ?? false,
		transactionWaitMs: waitForResult ? maxWaitSeconds * 1000 : 0,
	};
}

/** The option by which the user chooses the way of saving, where there are several. */
function routeOption({ route }: SaveOperation): Record<string, NodeOption> {
	if (!isRouteChoice(route)) return {};
	const { option, label, choices } = route;
	return { [option]: { label, kind: 'choice', values: choices.map(({ value }) => value) } };
}

/** The one way of saving, or the one that the user chose. */
function chosenRoute(operation: SaveOperation, options: Options): Route {
	const { route } = operation;
	if (!isRouteChoice(route)) return route;
	const [first] = route.choices;
	const given = (options as Record<string, unknown>)[route.option];
	const wanted =
		given === undefined ? first.value : checked(routeOption(operation)[route.option], given);
	return (route.choices.find(({ value }) => value === wanted) ?? first).route;
}

async function chosenHistory(
	context: IExecuteFunctions,
	{ skipUnchanged = 'off', validateOnly = false }: Options,
	scope: { about: readonly string[]; repeatable: boolean },
): Promise<Prepared['history']> {
	if (skipUnchanged === 'off') return undefined;
	const forget = skipUnchanged === 'forget' && !validateOnly;
	return await historyOf(context, { ...scope, forget, dryRun: validateOnly });
}
