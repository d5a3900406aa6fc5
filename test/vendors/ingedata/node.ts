import type { IDataObject } from 'n8n-workflow';

import { ingedata } from '../../../nodes/Ingedata/ingedata.vendor';
import { runNode } from '../../../nodes/shared/run';
import { INGEDATA_BEARER_TOKEN } from '../../sandbox/ingedata';
import { call } from '../../sandbox-tests/client';
import { fakeContext, type FakeService, type FakeSetup } from '../../support/fakeContext';

/** The service that the address names, signed in; bodies as n8n hands them over. */
const theService: FakeService = async ({ method, url, body, headers }) => {
	try {
		const reply = await call(url, {
			method,
			body,
			headers: { ...headers, authorization: `Bearer ${INGEDATA_BEARER_TOKEN}` },
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

/** As much of an item and of a body as tests look into by hand. */
type Shown = Record<string, unknown> & { errors: Array<{ message: string }> };
type Sent = { data: { attributes: Record<string, unknown> } } | undefined;

/** Runs the node against an Ingedata at `baseUrl`. */
export async function run(
	baseUrl: string,
	operation: string,
	{
		resource = 'talent',
		items = [{}],
		parameters = {},
		service = theService,
		...more
	}: {
		resource?: string;
		/** One item each. */
		items?: IDataObject[];
		parameters?: IDataObject;
		service?: FakeService;
	} & Partial<Pick<FakeSetup, 'retryOnFail' | 'run' | 'onError'>> = {},
) {
	const { context, requests, hints } = fakeContext({
		parameters: { resource, operation, authentication: 'bearer', ...parameters },
		items: items.map((json) => ({ json })),
		credential: { baseUrl, token: INGEDATA_BEARER_TOKEN },
		service,
		...more,
	});
	const [output] = await runNode.call(context, ingedata);
	return {
		out: output.map(({ json }) => json as unknown as Shown),
		hints: hints.map(({ message }) => message),
		requests: requests.map(({ method, url, body }) => {
			const [path, query = ''] = url.slice(baseUrl.length).split('?');
			return {
				line: `${method} ${path}`,
				query: [...new URLSearchParams(query)],
				body: body as Sent,
			};
		}),
	};
}
