import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../sandbox';
import { inlineFile } from '../support/fakeContext';
import { ProcessedData } from '../support/processedData';
import { booksOf, complaints, type Given } from './books';
import { drive, type WorkflowNode } from './drive';
import type { Plan, Settings, Story } from './steps';
import type { Row, Subject } from './subjects';

export interface Count {
	/** Runs of a node. */
	steps: number;
	/** Rows that were called saved. */
	saved: number;
}

/** Plays a story against a fresh vendor. What does not add up is thrown. */
export async function play(subject: Subject, story: Story, count: Count): Promise<void> {
	const sandbox = await startSandbox();
	const stage = new Stage(sandbox, subject, story.nodes, count);
	try {
		for (const [at, plan] of story.plans.entries()) {
			const found = await stage.play(plan, story.lists[plan.list]);
			if (found.length > 0) throw new Error(`Step ${at + 1}: ${found.join('\n')}`);
		}
	} finally {
		await sandbox.close();
	}
}

interface StageNode extends WorkflowNode {
	settings: Settings;
	/** People whom the other node has changed since this one saved them: it cannot know. */
	outdated: Set<string>;
}

class Stage {
	private readonly nodes: readonly StageNode[];
	/** People of whom a run could not say what became of them: a later run may well refuse to send them. */
	private readonly doubtful = new Set<string>();

	constructor(
		private readonly sandbox: Sandbox,
		private readonly subject: Subject,
		settings: Story['nodes'],
		private readonly count: Count,
	) {
		this.nodes = settings.map((each, at) => ({
			name: `Node ${at + 1}`,
			processed: new ProcessedData(),
			settings: each,
			outdated: new Set(),
		}));
	}

	async play(plan: Plan, rows: readonly Row[]): Promise<string[]> {
		const { faults } = this.sandbox;
		const node = this.nodes[plan.node];
		if (plan.fault !== undefined) faults.add({ ...plan.fault, vendor: this.subject.vendor.name });
		// An agent calls a tool once for each person, and hands all calls the same object.
		const shared = {};
		const found: string[] = [];
		for (const part of passesOf(node.settings.mode, rows)) {
			const executeData = node.settings.mode === 'agent' ? shared : {};
			found.push(...(await this.run(plan, node, part, executeData)));
			if (found.length > 0) break;
		}
		faults.clear();
		return found;
	}

	private async run(
		plan: Plan,
		node: StageNode,
		rows: readonly Row[],
		executeData: object,
	): Promise<string[]> {
		this.count.steps++;
		const { subject, sandbox } = this;
		const { settings } = node;
		const way = subject.ways[settings.way];
		const operation = settings.mode === 'agent' ? 'upsert' : way.operation;
		const many = operation !== 'upsert';
		const { items, given } =
			operation === 'import' ? asFiles(rows, plan.files) : asItems(rows, many);
		const before = booksOf(sandbox, subject);
		const ended = await drive(sandbox, subject, {
			node,
			items,
			onError: settings.onError,
			retryOnFail: settings.retryOnFail,
			tool: settings.mode === 'agent',
			executeData,
			kill: plan.kill,
			parameters: {
				operation,
				source: 'binary',
				binaryPropertyName: 'data',
				options: optionsOf(plan, settings, many, way.options),
			},
		});
		const after = booksOf(sandbox, subject);
		if (ended.how === 'returned')
			this.count.saved += ended.items.filter(({ json }) => json.status === 'saved').length;
		const disturbed = plan.fault !== undefined || plan.kill !== undefined;
		const found = [
			...complaints(subject, before, after, {
				given,
				ended,
				duplicates: many ? settings.duplicates : undefined,
				skipUnchanged: many && settings.skipUnchanged,
				validateOnly: plan.validateOnly,
				disturbed,
				doubtful: this.doubtful,
				outdated: node.outdated,
			}),
		];
		for (const { row } of given) {
			const who = subject.who(row);
			if (disturbed) this.doubtful.add(who);
			for (const other of this.nodes) if (other !== node) other.outdated.add(who);
		}
		return found;
	}
}

function passesOf(mode: Settings['mode'], rows: readonly Row[]): ReadonlyArray<readonly Row[]> {
	switch (mode) {
		case 'once':
			return [rows];
		case 'loop':
			return [rows.slice(0, 2), rows.slice(2)].filter((part) => part.length > 0);
		case 'agent':
			return rows.map((row) => [row]);
	}
}

const optionsOf = (
	{ validateOnly }: Plan,
	{ duplicates, skipUnchanged, whenRowsFail }: Settings,
	many: boolean,
	more: IDataObject | undefined,
): IDataObject => ({
	...more,
	...(many ? { duplicates, skipUnchanged: skipUnchanged ? 'skip' : 'off' } : {}),
	validateOnly,
	whenRowsFail,
	// Its guard is not what is tested here.
	toolMaxRows: 1000,
	maxWaitSeconds: 600,
	requestsPerMinute: 60_000,
});

function asItems(
	rows: readonly Row[],
	many: boolean,
): { items: INodeExecutionData[]; given: Given[] } {
	return {
		items: rows.map((row) => ({ json: { ...row } })),
		given: rows.map((row, item) => ({ item, number: many ? item + 1 : undefined, row })),
	};
}

/** Rows in files, each an item. The header of a file is its first line. */
function asFiles(
	rows: readonly Row[],
	count: number,
): { items: INodeExecutionData[]; given: Given[] } {
	const size = Math.ceil(rows.length / count);
	const parts = Array.from({ length: count }, (_, at) =>
		rows.slice(at * size, (at + 1) * size),
	).filter((part) => part.length > 0);
	const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))];
	return {
		items: parts.map((part, at) => {
			const lines = [headers, ...part.map((row) => headers.map((header) => row[header] ?? ''))];
			const csv = lines.map((cells) => cells.join(',')).join('\n');
			return { json: {}, binary: { data: inlineFile(csv, `rows-${at + 1}.csv`) } };
		}),
		given: parts.flatMap((part, item) => part.map((row, at) => ({ item, number: at + 2, row }))),
	};
}
