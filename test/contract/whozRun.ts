import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { WhozBearerApi } from '../../credentials/WhozBearerApi.credentials';
import { WhozTalentApi } from '../../credentials/WhozTalentApi.credentials';
import { Whoz } from '../../nodes/Whoz/Whoz.node';
import type { Sandbox } from '../sandbox';
import {
	WHOZ_CLIENT_ID,
	WHOZ_CLIENT_SECRET,
	WHOZ_SAVE_PATH,
	WHOZ_WORKSPACE_IDS,
} from '../sandbox/whoz';
import { Engine, type EngineSetup, type WorkflowSetup } from '../support/engine';
import { returningRows } from '../support/returningRows';
import { placed } from '../support/placedOptions';

/** A person the sandbox takes, in Whoz's own names. */
export const person = (externalId: string, more: IDataObject = {}): IDataObject => ({
	externalId,
	firstName: 'Ada',
	lastName: 'Lovelace',
	history: [{ since: '2026-01-01', workspaceId: WHOZ_WORKSPACE_IDS[0] }],
	...more,
});

export const itemsOf = (rows: IDataObject[]): INodeExecutionData[] =>
	rows.map((json) => ({ json }));

type NodeSetup = Partial<WorkflowSetup['node']>;

const FROM_SOURCE = {
	nodes: { whoz: new Whoz() },
	credentialTypes: [new WhozTalentApi(), new WhozBearerApi()],
};

/** The Whoz node, from source unless a package is given, in n8n's engine, against a sandbox. */
export class WhozRun {
	readonly engine: Engine;

	constructor(
		private readonly sandbox: Sandbox,
		credential: IDataObject = {},
		loaded: Pick<EngineSetup, 'nodes' | 'credentialTypes'> = FROM_SOURCE,
	) {
		this.engine = new Engine({
			...loaded,
			secrets: {
				whozTalentApi: {
					environment: 'custom',
					baseUrl: sandbox.baseUrl('whoz'),
					clientId: WHOZ_CLIENT_ID,
					clientSecret: WHOZ_CLIENT_SECRET,
					apiVersion: 'V19',
					...(credential as Record<string, string>),
				},
			},
		});
	}

	/** @param options of the node, as the user sets them */
	start(
		operation: string,
		input: INodeExecutionData[],
		options: IDataObject = {},
		node?: NodeSetup,
	) {
		const { parameters, ...settings } = node ?? {};
		return this.engine.start({
			input,
			node: {
				...settings,
				type: 'whoz',
				parameters: {
					resource: 'talent',
					operation,
					columns: { mappingMode: 'autoMapInputData', value: null },
					// Faults are answered at once, and every row is told, unless a test is about that.
					...placed(
						returningRows({ options: { maxWaitSeconds: 0, ...options } }).options as IDataObject,
					),
					...parameters,
				} as WorkflowSetup['node']['parameters'],
			},
		});
	}

	async run(...setup: Parameters<WhozRun['start']>) {
		return await this.start(...setup).done;
	}

	async bulkSave(rows: IDataObject[], options?: IDataObject, node?: NodeSetup) {
		return await this.run('bulkSave', itemsOf(rows), options, node);
	}

	/** External ids in each save request that arrived, in order. */
	sent(): Array<Array<string | undefined>> {
		return this.sandbox.ledger.requests
			.filter(({ path }) => path === WHOZ_SAVE_PATH)
			.map(({ body }) =>
				(body as { data: Array<{ externalId?: string }> }).data.map((row) => row.externalId),
			);
	}
}
