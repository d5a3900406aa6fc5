import type { IExecuteFunctions } from 'n8n-workflow';

/** n8n 2.x says so itself; in both lines the tool variant of a node carries a type name that ends in `Tool`. */
export function isToolNode(context: IExecuteFunctions): boolean {
	const asked = context as unknown as { isToolExecution?: () => boolean };
	if (typeof asked.isToolExecution === 'function' && asked.isToolExecution()) return true;
	return context.getNode().type.endsWith('Tool');
}

interface Written {
	/** By tool. */
	records: Map<string, number>;
	/** Calls that are counted, by what the agent passed: n8n's Retry On Fail makes the same call again. */
	calls: WeakSet<object>;
}

/**
 * What agents have written, by execution. n8n hands a tool one call after the other, each with a single item, so the size
 * of a call limits nothing. The signal that ends an execution is the same object in every run of its nodes, and goes with
 * it.
 */
const executions = new WeakMap<AbortSignal, Written>();

/**
 * Counts records against what an agent may write in one execution.
 *
 * @returns how many it would be in all; if that is more than `allowed`, none of these is counted
 */
export function takeForAgent(context: IExecuteFunctions, records: number, allowed: number): number {
	const written = writtenIn(context);
	const { name } = context.getNode();
	const before = written.records.get(name) ?? 0;
	const [{ json: call }] = context.getInputData();
	if (written.calls.has(call)) return before;
	const all = before + records;
	if (all <= allowed) {
		written.records.set(name, all);
		written.calls.add(call);
	}
	return all;
}

/** Records that were not written after all: the agent may try again with other values. */
export function giveBackToAgent(context: IExecuteFunctions, records: number): void {
	const written = writtenIn(context);
	const { name } = context.getNode();
	written.records.set(name, (written.records.get(name) ?? 0) - records);
}

function writtenIn(context: IExecuteFunctions): Written {
	const signal = context.getExecutionCancelSignal();
	const known = signal && executions.get(signal);
	const written: Written = known ?? { records: new Map(), calls: new WeakSet() };
	if (signal) executions.set(signal, written);
	return written;
}
