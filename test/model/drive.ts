import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { runNode } from '../../nodes/shared/run';
import { practiceCredentials } from '../../scripts/lib/practice';
import type { Sandbox } from '../sandbox';
import { fakeContext, type FakeAnswer } from '../support/fakeContext';
import type { ProcessedData } from '../support/processedData';
import { signedService } from '../support/signedService';
import type { Subject } from './subjects';

/** How often n8n runs a node that fails, at most. */
const TRIES = 3;

/** A node of a workflow, with what n8n keeps for it between executions. */
export interface WorkflowNode {
	name: string;
	processed: ProcessedData;
}

type Driven = Pick<Subject, 'vendor' | 'credential' | 'resource' | 'parameters'>;

export interface Run {
	node: WorkflowNode;
	parameters: IDataObject;
	/** Parameters that differ by item. */
	byItem?: Readonly<Record<string, readonly unknown[]>>;
	items: INodeExecutionData[];
	onError: INode['onError'];
	retryOnFail: boolean;
	/** As the tool of an agent. */
	tool: boolean;
	/** The object n8n keeps for one run of a node. An agent hands the same one to every call. */
	executeData: object;
	/** n8n is killed at this request, from 1, and whether the vendor gets that one. */
	kill?: { at: number; delivered: boolean };
}

export type Ended =
	| { how: 'returned'; items: INodeExecutionData[] }
	| { how: 'thrown'; error: unknown }
	| { how: 'killed' };

/** Runs a node as n8n does: Retry On Fail runs all of it again when it threw, or when its first item is an error. */
export async function drive(sandbox: Sandbox, subject: Driven, run: Run): Promise<Ended> {
	const life = new Life(run.kill);
	const tried = async (): Promise<Ended> => {
		let ended: Ended = { how: 'killed' };
		for (let tries = run.retryOnFail ? TRIES : 1; tries > 0; tries--) {
			try {
				const [items] = await runNode.call(contextOf(sandbox, subject, run, life), subject.vendor);
				ended = { how: 'returned', items };
				if (items[0]?.json.error === undefined) break;
			} catch (error) {
				ended = { how: 'thrown', error };
			}
		}
		return ended;
	};
	return await Promise.race([tried(), life.end.then((): Ended => ({ how: 'killed' }))]);
}

/** A process that may be killed: from then on nothing leaves it, and nothing reaches it. */
class Life {
	readonly end: Promise<void>;
	private over = false;
	private requests = 0;
	private readonly underWay = new Set<Promise<unknown>>();
	private die: () => void = () => undefined;

	constructor(private readonly kill: Run['kill']) {
		this.end = new Promise((resolve) => (this.die = resolve));
	}

	async send(deliver: () => Promise<FakeAnswer | Error>): Promise<FakeAnswer | Error> {
		if (this.over) return await never();
		if (++this.requests === this.kill?.at) {
			this.over = true;
			if (this.kill.delivered) await this.track(deliver());
			// What left before arrives all the same, if nobody hears the answer.
			await Promise.all(this.underWay);
			this.die();
			return await never();
		}
		const answer = await this.track(deliver());
		return this.over ? await never() : answer;
	}

	private async track<T>(delivery: Promise<T>): Promise<T> {
		this.underWay.add(delivery);
		return await delivery.finally(() => this.underWay.delete(delivery));
	}

	/** n8n's helpers, which a dead process cannot call. */
	around<T extends object>(helpers: T): T {
		return Object.fromEntries(
			Object.entries(helpers).map(([name, helper]) => [
				name,
				async (...given: unknown[]) =>
					this.over ? await never() : await (helper as (...all: unknown[]) => unknown)(...given),
			]),
		) as T;
	}
}

const never = async (): Promise<never> => await new Promise<never>(() => undefined);

function contextOf(sandbox: Sandbox, subject: Driven, run: Run, life: Life) {
	const data = practiceCredentials(sandbox).find(({ type }) => type === subject.credential.name)
		?.data as IDataObject;
	const service = signedService(subject.credential, data);
	const { context } = fakeContext({
		type: `n8n-nodes-talent.${subject.vendor.name}${run.tool ? 'Tool' : ''}`,
		items: run.items,
		byItem: run.byItem,
		credential: data,
		onError: run.onError,
		retryOnFail: run.retryOnFail,
		run: run.executeData,
		processed: { helpers: life.around(run.node.processed.helpers) } as unknown as ProcessedData,
		service: async (request, n) => await life.send(async () => await service(request, n)),
		parameters: {
			authentication: 'bearer',
			resource: subject.resource,
			columns: { mappingMode: 'autoMapInputData', value: null },
			...subject.parameters,
			...run.parameters,
		},
	});
	context.getNode().name = run.node.name;
	return context;
}
