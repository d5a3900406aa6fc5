import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { SaveOperation } from '../definition';
import { columnsOf, isShareable } from '../mapping';
import { choiceCounts, choiceLines, choiceNotices } from './chosenValues';
import { errorModeOf, nodeError } from './items';
import { wantsSummary, type Options } from './options';
import type { Prepared } from './prepare';
import type { Results } from './results';
import type { Tally } from './summary';
import { columnNotice, LastColumns, type ColumnChanges } from './lastColumns';
import { isToolNode } from './tool';

interface Finished {
	operation: SaveOperation;
	prepared: Prepared;
	results: Results;
	/** What the rows as a whole gave rise to say. */
	notices: readonly string[];
	/** What a check cannot know. */
	unsure: { lines: readonly string[]; counts: IDataObject };
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
	const tell = (hint: Hint) => context.addExecutionHints({ ...hint, location: 'outputPane' });
	hintsOf(finished).forEach(tell);
	const columns = columnChanges(context, prepared);
	if (columns !== undefined) tell({ type: 'warning', message: columnNotice(columns) });
	for (const message of settingsAtOdds(context, finished)) tell({ type: 'warning', message });
	failWhereAsked(context, finished);
	const items = results.inRowOrder();
	const summary = wantsSummary(prepared.options)
		? summaryItem(context, finished, columns)
		: undefined;
	if (summary !== undefined) items.push(summary);
	await attachRejects(
		context,
		results,
		summary ?? items.find(({ json }) => isBadResult(json)),
		tell,
	);
	return items;
}

/** What is different in the columns of the file since the last run. A check writes nothing, so it is none. */
function columnChanges(
	context: IExecuteFunctions,
	{ input: { headers, matched = {} }, job, options: { validateOnly } }: Prepared,
): ColumnChanges | undefined {
	if (headers === undefined) return undefined;
	const columns = new LastColumns(context, job.resource.name, headers, matched);
	const changes = columns.changes();
	if (!validateOnly) columns.keep();
	return changes;
}

type Hint = { type: 'info' | 'warning'; message: string };

function hintsOf(finished: Finished): Hint[] {
	const { operation, prepared, results, notices, unsure } = finished;
	const { tally } = results;
	const { options, input, job, history } = prepared;
	const chosen = choiceNotices(job.mapper.choices());
	const hints = [...input.notices, ...notices, ...chosen, ...(history?.notices ?? [])].map(
		(message): Hint => ({ type: 'info', message }),
	);
	const counts = [tally.told(), surpriseOf(operation, tally)].filter(Boolean).join(' ');
	hints.push(
		tally.trouble() === undefined
			? { type: 'info', message: counts }
			: { type: 'warning', message: `${counts} ${whereToLook(operation, options, results)}` },
	);
	const advice = adviceOf(finished);
	if (advice !== undefined) hints.push({ type: 'warning', message: advice });
	return [...hints, ...unsure.lines.map((message): Hint => ({ type: 'warning', message }))];
}

function adviceOf({ operation, prepared, results }: Finished): string | undefined {
	if (operation.rows === 'one') return undefined;
	const { resource } = prepared.job;
	const shareable = columnsOf(resource, operation)
		.filter(({ key, field }) => isShareable(field, key === resource.key))
		.map(({ label }) => label);
	return results.missing.advice(results.tally.rows, new Set(shareable));
}

/** Settings of n8n that let fewer rows in, or less out, than people expect. */
function settingsAtOdds(
	context: IExecuteFunctions,
	{ operation, prepared: { options }, results: { tally } }: Finished,
): string[] {
	const once = context.getNode().executeOnce === true && operation.rows === 'items';
	const nothing =
		options.output === 'failuresOnly' && !wantsSummary(options) && tally.trouble() === undefined;
	return [
		...(once
			? ['Only the first item was used, because "Execute Once" is on in the settings of this node.']
			: []),
		...(nothing
			? [
					'No row failed, so "Failures Only" returns nothing. Inside "Loop Over Items" that ends the loop: choose "Every Row" there.',
				]
			: []),
	];
}

/** What all rows that failed have in common is said once, here. */
function whereToLook(
	operation: SaveOperation,
	{ output }: Options,
	{ tally, reasons }: Results,
): string {
	const shared = reasons.shared();
	if (shared !== undefined) return tally.rows === 1 ? shared : reasons.lines(wordOf(operation))[0];
	return output === 'summaryOnly'
		? 'The file "rejects" says why, row by row.'
		: 'Each row says why.';
}

const wordOf = ({ rows }: SaveOperation) => (rows === 'one' ? 'Item' : 'Row');

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

function failWhereAsked(context: IExecuteFunctions, finished: Finished): void {
	const { operation, prepared, results } = finished;
	const { tally, reasons } = results;
	const trouble = tally.trouble();
	if (trouble === undefined || errorModeOf(context) !== 'stop') return;
	const { whenRowsFail = defaultFor(context, operation, prepared.options) } = prepared.options;
	if (whenRowsFail === 'returnRows') return;
	if (whenRowsFail === 'failIfNoneSaved' && tally.anySaved) return;
	const shared = reasons.shared();
	const single = shared !== undefined && tally.rows === 1;
	const advice = adviceOf(finished);
	const lines = [...reasons.lines(wordOf(operation)), ...(advice === undefined ? [] : [advice])];
	throw nodeError(context.getNode(), single ? shared : trouble, {
		description: described(single ? [] : lines, whenRowsFail),
	});
}

/** A check is for reading its result; an agent that gets an error instead of the row cannot correct it. */
function defaultFor(
	context: IExecuteFunctions,
	{ rows }: SaveOperation,
	{ validateOnly }: Options,
): NonNullable<Options['whenRowsFail']> {
	if (validateOnly || isToolNode(context)) return 'returnRows';
	return rows === 'one' ? 'failNode' : 'failIfNoneSaved';
}

/** The first reasons and what to do. n8n runs lines together, so each begins with a mark. */
function described(lines: readonly string[], whenRowsFail: Options['whenRowsFail']): string {
	const again =
		whenRowsFail === 'failNode'
			? 'All rows were tried. Run the node again with those that failed'
			: 'All rows were tried. Correct them and run the node again';
	return [...lines, `${again}, or set "When Rows Fail" to get every row with its result.`]
		.map((line) => `• ${line}`)
		.join('\n');
}

/** The counts of the run, paired to all inputs. */
function summaryItem(
	context: IExecuteFunctions,
	{ prepared: { connection, input, job }, results: { tally, mailed }, unsure }: Finished,
	columns: ColumnChanges | undefined,
): INodeExecutionData {
	const leftOut = [...job.mapper.leftOut()];
	const choices = job.mapper.choices();
	const summary: IDataObject = {
		text: [mailed.text(tally), ...unsure.lines, ...choiceLines(choices)].join('\n'),
		...(tally.summary(connection.sender.traffic) as IDataObject),
		...(input.matched === undefined ? {} : { columns: input.matched }),
		...(leftOut.length === 0 ? {} : { leftOut }),
		...(columns === undefined ? {} : { columnChanges: { ...columns } }),
		...choiceCounts(choices),
		...unsure.counts,
	};
	return {
		json: { summary },
		pairedItem: context.getInputData().map((_, index) => ({ item: index })),
	};
}

const isBadResult = ({ status, error }: IDataObject): boolean =>
	error !== undefined || status === 'failed' || status === 'unknown';

/** The rows that failed, as a file to correct and send again. An agent has no use for it. */
async function attachRejects(
	context: IExecuteFunctions,
	{ rejects }: Results,
	item: INodeExecutionData | undefined,
	tell: (hint: Hint) => void,
): Promise<void> {
	if (item === undefined || rejects === undefined || rejects.rows === 0) return;
	if (isToolNode(context)) return;
	try {
		const { data, name, type } = await rejects.toFile();
		const file = await context.helpers.prepareBinaryData(data, name, type);
		item.binary = { ...item.binary, rejects: file };
	} catch {
		// The rows are sent: failing now would hide what became of them.
		tell({ type: 'warning', message: 'n8n could not store the file of the rows that failed.' });
	}
}
