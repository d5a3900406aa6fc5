import type { IExecuteFunctions } from 'n8n-workflow';

import { TOOL_ROWS } from '../definition';
import { SetupFault } from '../http';

/** n8n 2.x says so itself; in both lines the tool variant of a node carries a type name that ends in `Tool`. */
export function isToolNode(context: IExecuteFunctions): boolean {
	const asked = context as unknown as { isToolExecution?: () => boolean };
	if (typeof asked.isToolExecution === 'function' && asked.isToolExecution()) return true;
	return context.getNode().type.endsWith('Tool');
}

/** What an agent has written with one of its tools. */
interface Written {
	records: number;
	/** By call, known by what the agent passed: n8n's Retry On Fail makes the same call again. */
	byCall: WeakMap<object, number>;
	/** When it was first written, in milliseconds since 1970. */
	since: number;
}

type ByTool = Map<string, Written>;

/**
 * By execution. n8n hands a tool one call after the other, each with a single item, so the size of a call limits nothing.
 * The signal that ends an execution is the same object in every run of its nodes, and goes with it.
 */
const executions = new WeakMap<AbortSignal, ByTool>();

/**
 * By workflow, where calls come without an execution around them, as from n8n's MCP Server Trigger. There nothing ends, so
 * what was written counts for an hour.
 */
const workflows = new Map<string, ByTool>();
const COUNTED_MS = 3_600_000;

/** What one call of an agent counts against what the agent may write. */
export class AgentCall {
	private readonly written: Written;
	private readonly input: object;

	/** `kind`: what is counted apart, such as removals. */
	constructor(context: IExecuteFunctions, kind = '') {
		const [{ json }] = context.getInputData();
		this.input = json;
		this.written = writtenBy(context, `${context.getNode().name} ${kind}`);
	}

	/**
	 * Counts the records that the call is about to write, instead of those of an earlier try of the same call.
	 *
	 * @throws SetupFault where all calls would write more than is allowed; this one then counts as before
	 */
	take(records: number, allowed: number): void {
		const all = this.written.records - this.counted + records;
		if (all > allowed) throw tooMany(allowed, all);
		this.wrote(records);
	}

	/** What was written after all: the agent may try again with what was not. */
	wrote(records: number): void {
		this.written.records += records - this.counted;
		this.written.byCall.set(this.input, records);
	}

	private get counted(): number {
		return this.written.byCall.get(this.input) ?? 0;
	}
}

function writtenBy(context: IExecuteFunctions, tool: string): Written {
	const signal = context.getExecutionCancelSignal();
	const workflow = context.getWorkflow().id ?? '';
	const now = Date.now();
	let byTool = signal === undefined ? workflows.get(workflow) : executions.get(signal);
	if (byTool === undefined) {
		byTool = new Map();
		if (signal === undefined) workflows.set(workflow, byTool);
		else executions.set(signal, byTool);
	}
	let written = byTool.get(tool);
	if (written === undefined || (signal === undefined && now - written.since >= COUNTED_MS))
		byTool.set(tool, (written = { records: 0, byCall: new WeakMap(), since: now }));
	return written;
}

/** What an agent may write with one tool, in one execution. */
export const allowedTo = (toolMaxRows: number | undefined, removes: boolean): number =>
	toolMaxRows ?? (removes ? 1 : TOOL_ROWS);

const tooMany = (allowed: number, all: number): SetupFault =>
	new SetupFault({
		code: 'REFUSED',
		message: `An agent may write ${allowed} ${allowed === 1 ? 'record' : 'records'} in one run of the workflow, this would be ${all}. To allow more, raise "Max Rows per Agent Run".`,
		applied: 'no',
	});
