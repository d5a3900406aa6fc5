import type { Outcome } from '../lib/account';
import type { Execution, ExecutionSummary } from '../lib/n8nClient';
import type { Node } from '../lib/workflow';
import type { Cluster } from './cluster';
import { ended, isUnfinished, publish, trigger, until, upload, type Saved } from './driving';
import { CALL, partWorkflow, wholeWorkflow } from './partedWorkflows';
import { KEY } from './people';

export interface Result {
	execution: Execution;
	/** What the workflow says of each row; `row` counts from 1 through all parts. */
	outcomes: Outcome[];
	/** Parts that left by the error output, with the keys of the rows they brought along. */
	lost: Array<{ keys: string[] }>;
	/** The executions of the parts. */
	parts: ExecutionSummary[];
	/** Milliseconds from the call to the end of the workflow. */
	took: number;
}

/**
 * A list that one workflow cuts into parts, each sent to the webhook of a second workflow, which hands it to the
 * vendor's node. In queue mode every call of a webhook is an execution of its own, that any worker may take.
 */
export class PartedJob {
	private constructor(
		private readonly cluster: Cluster,
		private readonly path: string,
		private readonly count: number,
		private readonly whole: Saved,
		private readonly part: Saved,
	) {}

	/**
	 * @param name of the workflows, and of the webhook's address
	 * @param nodes the vendor's node: one for all parts, or one for each
	 */
	static async provide(
		cluster: Cluster,
		name: string,
		count: number,
		nodes: Node[],
	): Promise<PartedJob> {
		const { client, main } = cluster;
		const path = name.toLowerCase().replace(/\W+/g, '-');
		const part = await publish(client, partWorkflow(`${name}: a part`, `${path}-part`, nodes));
		const address = `${main.url}/webhook/${path}-part`;
		const whole = await publish(client, wholeWorkflow(`${name}: the list`, path, count, address));
		return new PartedJob(cluster, path, count, whole, part);
	}

	/** @returns id of the execution that cuts and collects */
	async start(csv: string): Promise<string> {
		return await trigger(this.cluster, this.whole, this.path, upload(csv));
	}

	/** The executions of the parts that this execution has called so far. */
	async partsOf(execution: string): Promise<ExecutionSummary[]> {
		const all = await this.cluster.client.summariesOf(this.part);
		return all.filter(({ id }) => Number(id) > Number(execution));
	}

	/** Waits for the end of everything. */
	async result(id: string, rows: number, started = Date.now()): Promise<Result> {
		const { client } = this.cluster;
		const { stoppedAt } = await ended(client, this.whole, id);
		await until(`the parts of ${this.whole.name} end`, async () =>
			(await this.partsOf(id)).every((part) => !isUnfinished(part)),
		);
		const execution = await client.finished(id);
		const [answers = [], errors = []] = execution.runs[CALL]?.at(-1)?.data?.main ?? [];
		const size = Math.ceil(rows / this.count);
		return {
			execution,
			outcomes: (answers ?? []).map(({ json, pairedItem }) => ({
				...(json as unknown as Outcome),
				row: (pairedItem as { item: number }).item * size + Number(json.row),
			})),
			lost: (errors ?? []).map(({ json }) => ({
				keys: (json.rows as Array<Record<string, string>>).map((row) => row[KEY]),
			})),
			parts: await this.partsOf(id),
			took: Date.parse(stoppedAt ?? '') - started,
		};
	}

	async run(csv: string, rows: number): Promise<Result> {
		const started = Date.now();
		return await this.result(await this.start(csv), rows, started);
	}
}
