import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Vendor } from '../../../nodes/shared/definition';
import { runNode } from '../../../nodes/shared/run';
import { fakeContext, type FakeAnswer, type FakeSetup } from '../../support/fakeContext';
import { returningRows } from '../../support/returningRows';
import { acme } from '../../support/sampleVendor';

export interface Asked {
	/** `GET /people?start=0` */
	line: string;
	body: unknown;
	headers: Record<string, string>;
}

type Service = (asked: Asked, n: number) => FakeAnswer | Error;

interface Run extends Partial<Omit<FakeSetup, 'items' | 'service'>> {
	service: Service;
	/** The answer to the request for a one-time token. */
	token?: FakeAnswer | Error;
	items?: INodeExecutionData[];
	resource?: string;
	vendor?: Vendor;
	/** Changes what n8n gives the node. */
	change?: (context: ReturnType<typeof fakeContext>['context']) => void;
}

let runs = 0;

/** Runs the sample vendor's node. Each run has a host of its own, so that none waits for the request budget of another. */
export async function runAcme(operation: string, run: Run) {
	const { service, token = { status: 200, body: { token: 'T' } }, vendor = acme, ...more } = run;
	const { items = [{ json: {} }], resource = 'person', parameters = {}, change, ...rest } = more;
	const baseUrl = `https://acme-${++runs}.example`;
	const asked: Asked[] = [];
	const { context, requests, hints } = fakeContext({
		credential: { baseUrl, apiKey: 'open-sesame' },
		...rest,
		parameters: returningRows({ resource, operation, ...parameters }),
		items,
		service: ({ method, url, body, headers }) => {
			const line = `${method} ${url.slice(baseUrl.length)}`;
			if (line === 'POST /token') return token;
			asked.push({ line, body, headers });
			return service(asked[asked.length - 1], asked.length);
		},
	});
	change?.(context);
	const [output] = await runNode.call(context, vendor);
	return {
		output,
		json: output.map((item) => item.json),
		asked,
		lines: asked.map(({ line }) => line),
		credentials: new Set(requests.map(({ credential }) => credential)),
		hints: hints.map(({ message }) => message),
	};
}

export const itemsOf = (...records: IDataObject[]): INodeExecutionData[] =>
	records.map((json) => ({ json }));

/** Takes every row of a bulk save. */
export const savesAll: Service = ({ body }) => ({
	status: 200,
	body: { errors: [], counts: { created: 0, updated: (body as { data: unknown[] }).data.length } },
});

/** The records of all bulk requests. */
export const sentRecords = (asked: readonly Asked[]): IDataObject[] =>
	asked.flatMap(({ body }) => (body as { data: IDataObject[] }).data);
