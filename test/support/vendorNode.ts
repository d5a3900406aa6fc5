import type { IBinaryData, ICredentialType, IDataObject } from 'n8n-workflow';

import type { Vendor } from '../../nodes/shared/definition';
import { runNode } from '../../nodes/shared/run';
import { fakeContext, type FakeService, type FakeSetup } from './fakeContext';
import { returningRows } from './returningRows';
import { signedService } from './signedService';

/** As much of an item as tests look into by hand: an outcome, an error or a record. */
export interface Shown extends Record<string, unknown> {
	id: string;
	status: string;
	errors: Array<{ code: string; message: string; field?: string }>;
	error: { message: string };
}

interface Stage {
	vendor: Vendor;
	credential: ICredentialType;
	/** What the credential holds, as its owner typed it. */
	data(baseUrl: string): IDataObject;
	/** Of every run, unless it says otherwise. */
	parameters: IDataObject;
}

export interface NodeRun
	extends Partial<Pick<FakeSetup, 'retryOnFail' | 'run' | 'onError' | 'byItem' | 'type'>> {
	/** Instead of what the stage says. */
	resource?: string;
	/** One item each. */
	items?: IDataObject[];
	/** By position of the item. */
	binary?: Array<Record<string, IBinaryData>>;
	parameters?: IDataObject;
	/** Instead of what the stage says. */
	credential?: IDataObject;
	service?: FakeService;
}

/** Runs a vendor's node against a local vendor at an address, signed in by the vendor's own credential. */
export function nodeRunner<Body = Record<string, unknown>>(stage: Stage) {
	return async (baseUrl: string, operation: string, run: NodeRun = {}) => {
		const { items = [{}], binary = [], parameters = {}, credential, service, ...rest } = run;
		const { resource = stage.parameters.resource, ...more } = rest;
		const data = credential ?? stage.data(baseUrl);
		const { context, requests, hints } = fakeContext({
			parameters: returningRows({ ...stage.parameters, resource, operation, ...parameters }),
			items: items.map((json, at) => ({ json, binary: binary[at] })),
			credential: data,
			service: service ?? signedService(stage.credential, data),
			...more,
		});
		const [output] = await runNode.call(context, stage.vendor);
		return {
			out: output.map(({ json }) => json as unknown as Shown),
			files: output.map((item) => item.binary?.data),
			hints: hints.map(({ message }) => message),
			requests: requests.map(({ method, url, body }) => {
				const [path, query = ''] = url.slice(baseUrl.length).split('?');
				return {
					/** `GET /people` */
					line: `${method} ${path}`,
					query: [...new URLSearchParams(query)],
					body: body as Body,
				};
			}),
		};
	};
}
