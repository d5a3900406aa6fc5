import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import type { Vendor } from '../../nodes/shared/definition';
import { runTrigger } from '../../nodes/shared/run';
import { fakeContext, type FakeRequest, type FakeService } from './fakeContext';

interface Setup {
	parameters: IDataObject;
	service: FakeService;
	/** ID of the workflow. */
	workflow: string;
	credential?: IDataObject;
	/** n8n works on a copy and stores it together with the items. */
	durable?: boolean;
	/** What n8n says a poll may take; undefined as in 1.123, which does not say. */
	budgetMs?: number;
}

/** A trigger in an active workflow: what n8n keeps of it outlives the poll, as long as n8n stores it. */
export class FakePolls {
	/** What n8n has stored. */
	stored: IDataObject = {};
	/** With durable cursors: the workflow's own static data, which n8n stores when the workflow is switched on. */
	readonly beside: IDataObject = {};
	readonly requests: FakeRequest[] = [];

	constructor(
		private readonly vendor: Vendor,
		private readonly setup: Setup,
	) {}

	/**
	 * @param isTried n8n tries the trigger out when the workflow is switched on, and then durable cursors keep nothing
	 * @param isStored by the time the next poll begins
	 */
	async poll({
		mode = 'trigger',
		isTried = false,
		isStored = true,
	}: { mode?: string; isTried?: boolean; isStored?: boolean } = {}): Promise<IDataObject[] | null> {
		const { parameters, service, workflow, credential, durable = false, budgetMs } = this.setup;
		const fake = fakeContext({ parameters, items: [], service, workflow, credential });
		const own = this.stored;
		const data = durable ? (JSON.parse(JSON.stringify(own)) as IDataObject) : own;
		const { getNodeParameter, ...rest } = fake.context as unknown as Record<string, never>;
		const context = {
			...rest,
			getNodeParameter: (name: string, fallback?: unknown) =>
				(getNodeParameter as unknown as (...all: unknown[]) => unknown)(name, 0, fallback),
			getMode: () => mode,
			getWorkflowStaticData: () => data,
			...(budgetMs === undefined ? {} : { getPollBudgetMs: () => budgetMs }),
			workflow: { getStaticData: () => (durable ? this.beside : own) },
		};
		delete (context as Record<string, unknown>).getInputData;
		try {
			const items = await runTrigger.call(context as unknown as IPollFunctions, this.vendor);
			if (durable && !isTried && isStored) this.stored = data;
			return items === null ? null : items[0].map(({ json }) => json);
		} finally {
			for (const request of fake.requests) this.requests.push(request);
		}
	}
}
