import type { IExecuteFunctions } from 'n8n-workflow';

import type { SaveOperation } from '../definition';
import { SetupFault } from '../http';
import type { Options } from './options';
import { AgentCall, allowedTo, isToolNode } from './tool';

/** More removals than a person would check by eye need their number typed in. */
const UNCONFIRMED_REMOVALS = 10;

interface Guarded {
	operation: SaveOperation;
	options: Options;
	/** The rows are in files, so nobody knows yet how many they are. */
	fromFile: boolean;
}

/** Stands between a run and what it must not write without a word of the user. */
export interface Guards {
	/** The number of rows is known, and none is sent yet. @throws SetupFault when they are too many */
	admit(rows: number): void;
	/** How many rows may have been written. */
	wrote(rows: number): void;
}

/** @throws SetupFault where the run must not write at all */
export function guardsOf(context: IExecuteFunctions, run: Guarded): Guards | undefined {
	const { operation, options, fromFile } = run;
	if (options.validateOnly) return undefined;
	const call = isToolNode(context) ? new AgentCall(context) : undefined;
	if (call !== undefined && !fromFile && hasNothingToFill(context)) throw refusal(NOTHING_TO_FILL);
	if (call !== undefined && fromFile && options.toolMaxRows === undefined)
		throw refusal('An agent may not import a file. To allow it, set "Max Rows per Agent Run".');
	const allowed = allowedTo(options.toolMaxRows, operation.destructive ?? false);
	return {
		admit(rows) {
			checkRemovals(rows, run);
			call?.take(rows, allowed);
		},
		wrote: (rows) => call?.wrote(rows),
	};
}

/** A tool whose columns come from its input, and which is called without any: its parameters offer the agent none. */
function hasNothingToFill(context: IExecuteFunctions): boolean {
	const { columns } = context.getNode().parameters;
	const mapped =
		typeof columns !== 'object' ||
		columns === null ||
		('mappingMode' in columns && columns.mappingMode === 'defineBelow');
	return !mapped && context.getInputData().every(({ json }) => Object.keys(json).length === 0);
}

const NOTHING_TO_FILL =
	'The agent has nothing to fill in, because this tool takes its columns from its input. Set "Mapping Column Mode" to "Map Each Column Manually", and let the model fill the fields.';

function checkRemovals(count: number, { operation, options }: Guarded): void {
	if (!operation.destructive || count <= UNCONFIRMED_REMOVALS) return;
	if (options.confirmDeleteCount === count) return;
	throw refusal(
		`This would remove or wipe ${count} records. To go on, add "Confirm Delete Count" under "Options" and enter ${count} there.`,
	);
}

const refusal = (message: string): SetupFault =>
	new SetupFault({ code: 'REFUSED', message, applied: 'no' });
