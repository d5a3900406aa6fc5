import type { IExecuteFunctions } from 'n8n-workflow';

import { TOOL_ROWS, type SaveOperation } from '../definition';
import { SetupFault } from '../http';
import type { Options } from './options';
import { isToolNode, takeForAgent } from './tool';

/** More removals than a person would check by eye need their number typed in. */
const UNCONFIRMED_REMOVALS = 10;

interface Guarded {
	operation: SaveOperation;
	options: Options;
	/** The rows are in files, so nobody knows yet how many they are. */
	fromFile: boolean;
}

/** Why a run may not write without a word of the user; undefined when it may. */
type Guard = (context: IExecuteFunctions, run: Guarded) => string | undefined;

const removals: Guard = (context, { operation, options }) => {
	const count = context.getInputData().length;
	if (!operation.destructive || count <= UNCONFIRMED_REMOVALS) return undefined;
	if (options.confirmDeleteCount === count) return undefined;
	return `This would remove or wipe ${count} records. To go on, enter ${count} under "Confirm Delete Count".`;
};

const filesOfAgents: Guard = (context, { options, fromFile }) =>
	isToolNode(context) && fromFile && options.toolMaxRows === undefined
		? 'An agent may not import a file. To allow it, set "Max Rows per Agent Run".'
		: undefined;

const rowsOfAgents: Guard = (context, { operation, options }) => {
	if (!isToolNode(context)) return undefined;
	const allowed = options.toolMaxRows ?? (operation.destructive ? 1 : TOOL_ROWS);
	const all = takeForAgent(context, context.getInputData().length, allowed);
	if (all <= allowed) return undefined;
	return `An agent may write ${allowed} ${allowed === 1 ? 'record' : 'records'} in one run of the workflow, this would be ${all}. To allow more, raise "Max Rows per Agent Run".`;
};

/** In this order: what is taken for an agent counts, so that comes last. */
const GUARDS: readonly Guard[] = [removals, filesOfAgents, rowsOfAgents];

/** @throws SetupFault before anything is sent */
export function checkGuards(context: IExecuteFunctions, run: Guarded): void {
	if (run.options.validateOnly) return;
	for (const guard of GUARDS) {
		const message = guard(context, run);
		if (message !== undefined) throw new SetupFault({ code: 'REFUSED', message, applied: 'no' });
	}
}
