import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { SaveOperation } from '../definition';
import { errorModeOf, nodeError, textOf } from './items';
import { wantsSummary } from './options';
import type { Prepared } from './prepare';
import type { Results } from './results';
import type { Tally } from './summary';

interface Finished {
	operation: SaveOperation;
	prepared: Prepared;
	results: Results;
	/** What the rows as a whole gave rise to say. */
	notices: readonly string[];
}

/**
 * What the user gets of a run that has ended: hints, then its items, or an error for all.
 *
 * @throws NodeOperationError where failed rows are to fail the node
 */
export async function present(
	context: IExecuteFunctions,
	finished: Finished,
): Promise<INodeExecutionData[]> {
	const { prepared, results } = finished;
	for (const hint of hintsOf(context, finished))
		context.addExecutionHints({ ...hint, location: 'outputPane' });
	failWhereAsked(context, finished);
	const items = results.inRowOrder();
	if (wantsSummary(prepared.options)) items.push(await summaryItem(context, finished));
	return items;
}

type Hint = { type: 'info' | 'warning'; message: string };

function hintsOf(
	context: IExecuteFunctions,
	{ operation, prepared, results: { tally }, notices }: Finished,
): Hint[] {
	const { options, input, recollection } = prepared;
	const hints = [...input.notices, ...notices, ...(recollection?.notices ?? [])].map(
		(message): Hint => ({ type: 'info', message }),
	);
	const trouble = tally.trouble();
	const goesOn = errorModeOf(context) === 'stop' && options.whenRowsFail !== 'failNode';
	if (trouble !== undefined && goesOn)
		hints.push({ type: 'warning', message: `${trouble}. Each row says why under "errors".` });
	const surprise = surpriseOf(operation, tally);
	if (surprise !== undefined) hints.push({ type: 'info', message: surprise });
	return hints;
}

/** Records that were updated where the user expects new ones, or the other way round. */
function surpriseOf({ expects }: SaveOperation, tally: Tally): string | undefined {
	if (expects === undefined) return undefined;
	const other = expects === 'created' ? 'updated' : 'created';
	const count = tally.acted(other);
	if (count === 0) return undefined;
	const records = `${count} ${count === 1 ? 'record' : 'records'}`;
	const were = count === 1 ? 'was' : 'were';
	return other === 'updated'
		? `${records} existed already and ${were} updated.`
		: `${records} did not exist and ${were} created.`;
}

function failWhereAsked(
	context: IExecuteFunctions,
	{ operation, prepared, results }: Finished,
): void {
	const trouble = results.tally.trouble();
	if (trouble === undefined || errorModeOf(context) !== 'stop') return;
	if (prepared.options.whenRowsFail !== 'failNode') return;
	throw nodeError(context.getNode(), trouble, {
		description: quoted(results, operation.rows !== 'one'),
	});
}

/** The first reasons, how many more there are, and what to do. n8n runs lines together, so each begins with a mark. */
function quoted({ tally, firstFailures }: Results, many: boolean): string {
	const more = tally.count('failed') + tally.count('unknown') - firstFailures.length;
	return [
		...firstFailures.map((outcome) => textOf(outcome, many)),
		...(more === 0 ? [] : [`and ${more} more`]),
		'All rows were tried. Run the node again with those that failed, or set "When Rows Fail" to get every row with its result.',
	]
		.map((line) => `• ${line}`)
		.join('\n');
}

/** The counts of the run, paired to all inputs, with the file of the rows that failed. */
async function summaryItem(
	context: IExecuteFunctions,
	{ prepared: { connection, input }, results: { tally, rejects } }: Finished,
): Promise<INodeExecutionData> {
	const summary: IDataObject = {
		...(tally.summary(connection.sender.traffic) as IDataObject),
		...(input.matched === undefined ? {} : { columns: input.matched }),
	};
	const item: INodeExecutionData = {
		json: { summary },
		pairedItem: context.getInputData().map((_, index) => ({ item: index })),
	};
	if (rejects !== undefined && rejects.rows > 0) {
		const { data, name, type } = await rejects.toFile();
		item.binary = { rejects: await context.helpers.prepareBinaryData(data, name, type) };
	}
	return item;
}
