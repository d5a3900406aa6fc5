/** Five minutes outlast the usual rate windows and end well before a user gives up on a run. */
export const MAX_WAIT_SECONDS = 300;
/** What an agent may write in one run of a workflow unless the user allows more: a conversation's worth of people. */
export const TOOL_ROWS = 20;

export interface NodeOption {
	/** As the editor shows it. */
	label: string;
	kind: 'boolean' | 'choice' | 'list' | 'number' | 'other';
	/** Of a choice. */
	values?: readonly string[];
	/** Of a number, which is always a whole one. */
	min?: number;
	/** Each item may have its own. */
	perItem?: boolean;
}

const number = (label: string, min: number): NodeOption => ({ label, kind: 'number', min });
const flag = (label: string): NodeOption => ({ label, kind: 'boolean' });
const choice = (label: string, ...values: string[]): NodeOption => ({
	label,
	kind: 'choice',
	values,
});
const perItem = (option: NodeOption): NodeOption => ({ ...option, perItem: true });

/** The node's own options. An expression may give each of them anything, so what they may be stands here. */
export const NODE_OPTIONS = {
	blankValues: perItem(choice('Blank Values', 'clear', 'leave', 'skipRow')),
	chunkSize: number('Rows per Request', 1),
	columnCheck: choice('Columns That Look Wrong', 'stop', 'send'),
	commonPerson: perItem(flag('Common Person Format')),
	concurrency: number('Requests in Parallel', 1),
	confirmDeleteCount: number('Confirm Delete Count', 0),
	dateOrder: perItem(choice('Date Order', 'dayFirst', 'monthFirst', 'refuse')),
	duplicates: choice('Duplicates', 'fail', 'merge', 'first', 'last'),
	fieldsToClear: perItem({ label: 'Fields to Clear', kind: 'list' }),
	fullDetails: perItem(flag('Full Details')),
	headerMapping: { label: 'Header Mapping', kind: 'other' },
	includeInput: flag('Include Input'),
	includeRequest: flag('Include Request'),
	inputFormat: { label: 'Input Format', kind: 'other' },
	maxWaitSeconds: number('Max Wait (Seconds)', 0),
	output: choice('Output', 'everyRow', 'failuresOnly', 'summaryOnly'),
	outputFields: perItem({ label: 'Selected Fields', kind: 'list' }),
	rejectFile: choice('Reject File', 'asInput', 'csv', 'xlsx'),
	requestsPerMinute: number('Requests per Minute', 1),
	sameValues: { label: 'Same Value for Every Row', kind: 'other' },
	skipUnchanged: choice('Skip Unchanged Rows', 'forget', 'off', 'skip'),
	summary: flag('Summary'),
	toolMaxRows: number('Max Rows per Agent Run', 0),
	unmappedValues: choice('Values Without an Entry', 'send', 'fail'),
	unknownFields: perItem(choice('Columns Without a Field', 'ignore', 'error', 'send')),
	validateOnly: flag('Validate Only'),
	valueMapping: { label: 'Value Mapping', kind: 'other' },
	waitForResult: flag('Wait for Result'),
	whenRowsFail: choice('When Rows Fail', 'failIfNoneSaved', 'failNode', 'returnRows'),
} satisfies Record<string, NodeOption>;

export type NodeOptionName = keyof typeof NODE_OPTIONS;
