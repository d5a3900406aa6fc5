import type { IBinaryData, IDataObject } from 'n8n-workflow';

import { collective } from '../../../nodes/Collective/collective.vendor';
import { runNode } from '../../../nodes/shared/run';
import { COLLECTIVE_API_KEY, COLLECTIVE_ENVIRONMENT } from '../../sandbox/collective';
import { call } from '../../sandbox-tests/client';
import { fakeContext, type FakeService, type FakeSetup } from '../../support/fakeContext';

/** The service that the address names, signed in; bodies as n8n hands them over. */
const theService: FakeService = async ({ method, url, body, headers }) => {
	try {
		const reply = await call(url, {
			method,
			body,
			headers: { ...headers, authorization: `Bearer ${COLLECTIVE_API_KEY}` },
		});
		const isJson = reply.text.startsWith('{');
		return { status: reply.status, body: isJson ? reply.json() : reply.text };
	} catch (error) {
		// Jest gives tests an Error of their own, which one from Node's network is not an instance of.
		return Object.assign(new Error((error as Error).message), {
			code: (error as NodeJS.ErrnoException).code,
		});
	}
};

/** An item of the output: an outcome, an error or a record. */
interface Item extends Record<string, unknown> {
	id: string;
	status: string;
	errors: Array<{ code: string; message: string }>;
	error: { message: string };
}

interface RunOptions
	extends Partial<Pick<FakeSetup, 'retryOnFail' | 'run' | 'onError' | 'byItem' | 'type'>> {
	resource?: string;
	/** One item each. */
	items?: IDataObject[];
	/** By position of the item. */
	binary?: Array<Record<string, IBinaryData>>;
	parameters?: IDataObject;
	environment?: string;
}

/** Runs the node against a Collective at `baseUrl`. */
export async function run(
	baseUrl: string,
	operation: string,
	{
		resource = 'talent',
		items = [{}],
		binary = [],
		parameters = {},
		environment = COLLECTIVE_ENVIRONMENT,
		...more
	}: RunOptions = {},
) {
	const { context, requests, hints } = fakeContext({
		parameters: { resource, operation, source: 'items', ...parameters },
		items: items.map((json, at) => ({ json, binary: binary[at] })),
		credential: { baseUrl, environment, apiKey: COLLECTIVE_API_KEY },
		service: theService,
		...more,
	});
	const [output] = await runNode.call(context, collective);
	return {
		out: output.map(({ json }) => json as unknown as Item),
		files: output.map((item) => item.binary?.data),
		hints: hints.map(({ message }) => message),
		requests: requests.map(({ method, url, body }) => ({
			line: `${method} ${url.slice(baseUrl.length)}`,
			body: body as Record<string, unknown>,
		})),
	};
}
