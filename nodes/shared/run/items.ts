import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

import type { Fault } from '../http';
import type { Outcome } from '../write';
import { reasonOf, resultOf, type ResultShape } from './result';

/**
 * What the user chose under "On Error". n8n sends an item to the error output only when its json is exactly
 * `{ error }` and it is paired to exactly one input; a node that throws in one of the continue modes sends its input out
 * as if it had succeeded, so in those modes nothing may be thrown.
 */
export type ErrorMode = 'stop' | 'regularOutput' | 'errorOutput';

export function errorModeOf(context: IExecuteFunctions): ErrorMode {
	if (!context.continueOnFail()) return 'stop';
	return context.getNode().onError === 'continueErrorOutput' ? 'errorOutput' : 'regularOutput';
}

/** The words of an outcome, with the row they speak of. */
export function textOf(outcome: Outcome, many: boolean): string {
	const reasons = reasonOf(outcome.errors);
	if (!many) return reasons;
	const place = outcome.file === undefined ? '' : ` of ${outcome.file}`;
	return `Row ${outcome.row}${place}: ${reasons}`;
}

export function outcomeItem(
	outcome: Outcome,
	item: number,
	shape: ResultShape,
	mode: ErrorMode,
): INodeExecutionData {
	const bad = outcome.status === 'failed' || outcome.status === 'unknown';
	const result = resultOf(outcome, shape);
	const json =
		mode === 'errorOutput' && bad
			? { error: { message: textOf(outcome, shape.many), ...result } }
			: result;
	return { json, pairedItem: { item } };
}

/** A failure of the whole node, or of one item: thrown, or in the continue modes one error item per input item. */
export function errorItems(message: string, items: readonly number[]): INodeExecutionData[] {
	return items.map((item) => ({ json: { error: { message } }, pairedItem: { item } }));
}

interface ErrorDetails {
	description?: string;
	itemIndex?: number;
	/** HTTP status of the answer that is the reason, where there is one. */
	status?: number;
}

/** What the node fails with: n8n tells an answer of a service, with its status, from a set-up that is wrong. */
export function nodeError(
	node: INode,
	message: string,
	{ status, ...details }: ErrorDetails = {},
): NodeApiError | NodeOperationError {
	if (status === undefined) return new NodeOperationError(node, message, details);
	return new NodeApiError(node, { message }, { message, httpCode: String(status), ...details });
}

/** HTTP status of the answer behind an error of ours. */
export const statusOf = (error: unknown): number | undefined =>
	(error as { fault?: Partial<Fault> } | undefined)?.fault?.status;
