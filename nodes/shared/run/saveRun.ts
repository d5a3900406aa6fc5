import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Resource, SaveOperation, Vendor } from '../definition';
import { save } from '../write';
import { errorModeOf } from './items';
import { prepare } from './prepare';
import { present } from './present';
import { mayBeWritten, Results } from './results';

/**
 * Runs any operation that sends records. What must be right before anything is sent is in `prepare` (guards in `guards`, where
 * rows come from in `rows`), what the user gets in `present` (which rows leave as items in `results`).
 */
export async function runSave(
	context: IExecuteFunctions,
	vendor: Vendor,
	resource: Resource,
	operation: SaveOperation,
): Promise<INodeExecutionData[]> {
	const prepared = await prepare(context, vendor, resource, operation);
	const { options, input, job } = prepared;
	const results = new Results(options, operation.rows !== 'one', errorModeOf(context), input);
	const notices: string[] = [];
	let written = 0;
	try {
		await save(input.rows, {
			...job,
			count: (totals) => results.tally.addTotals(totals),
			notice: (text) => void notices.push(text),
			emit: (outcome, row) => {
				if (mayBeWritten(outcome)) written++;
				prepared.settle(row.index, outcome);
				results.take(outcome, row);
			},
		});
	} finally {
		prepared.guards?.wrote(written);
	}
	notices.push(...job.mapper.notices());
	return await present(context, { operation, prepared, results, notices });
}
