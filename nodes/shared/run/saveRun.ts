import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import {
	clipped,
	endpointsOf,
	listed,
	lowered,
	type Resource,
	type SaveOperation,
	type Vendor,
} from '../definition';
import { holdsData } from '../file';
import { columnsOf } from '../mapping';
import { save, type SaveJob } from '../write';
import { errorModeOf } from './items';
import { Lacking } from './lacking';
import { prepare } from './prepare';
import { headerMappingOf } from './policies';
import { present } from './present';
import { ColumnNames } from './result';
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
	const shape = {
		many: operation.rows !== 'one',
		deletes: deletes(resource, operation),
	};
	const results = new Results(options, shape, errorModeOf(context), input);
	const columns = new ColumnNames(
		job.mapper,
		columnsOf(resource, operation),
		headerMappingOf(options),
	);
	const notices: string[] = [];
	const lacking = new Lacking();
	let written = 0;
	try {
		const hearing: Pick<SaveJob, 'count' | 'notice' | 'lacks' | 'emit'> = {
			count: (totals) => results.tally.addTotals(totals),
			notice: (text) => void notices.push(text),
			lacks: lacking.add,
			emit: (outcome, row) => {
				if (mayBeWritten(outcome)) written++;
				prepared.settle(row.index, outcome);
				results.take(operation.ask === undefined ? columns.inWords(outcome, row) : outcome, row);
			},
		};
		// Not by spreading: from the tenth run on V8 would compile all that reads the job once more in each.
		await save(input.rows, Object.assign(job, hearing));
	} finally {
		prepared.guards?.wrote(written);
	}
	notices.push(...job.mapper.notices());
	const leftOut = job.mapper.leftOut();
	if (leftOut.length > 0) notices.unshift(leftOutNotice(leftOut, vendor.displayName));
	const unsure = {
		lines: lacking.lines(vendor.displayName, lowered(resource.label)),
		counts: lacking.counts(),
	};
	return await present(context, { operation, prepared, results, notices, unsure });
}

/** Said once for the whole list: a row would say it again and again. */
function leftOutNotice(names: readonly string[], vendor: string): string {
	const [were, them] = names.length === 1 ? ['column was', 'it'] : ['columns were', 'them'];
	const shown = listed(
		names.map((name) => (holdsData(name) ? 'one named by a value' : clipped(name))),
	);
	return `${names.length} ${were} left out, ${vendor} has no field for ${them}: ${shown}.`;
}

/** Is a row that was saved a record less? Who is deactivated or has left is still there. */
function deletes({ endpoints }: Resource, { route }: SaveOperation): boolean {
	const writes = endpointsOf(route)
		.map((name) => endpoints[name])
		.filter(({ does }) => does === 'write');
	return writes.every(({ request }) => request.method === 'DELETE');
}
