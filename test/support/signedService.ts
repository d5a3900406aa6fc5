import type {
	IAuthenticate,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';

import type { FakeRequest, FakeService } from './fakeContext';
import { realService } from './realService';

/** The service that an address names. A credential signs each request before it leaves, as it does in n8n. */
export const signedService =
	(type: ICredentialType, data: IDataObject, timeoutMs?: number): FakeService =>
	async (request, n) =>
		await realService({}, timeoutMs)(await signed(type, data, request), n);

async function signed(
	{ authenticate }: ICredentialType,
	data: IDataObject,
	request: FakeRequest,
): Promise<FakeRequest> {
	const { body, ...rest } = request;
	const sign = authenticate as Extract<IAuthenticate, (...given: never[]) => unknown>;
	const options = { ...rest, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
	const ready = await sign(data as never, options as unknown as IHttpRequestOptions);
	return {
		...request,
		method: String(ready.method),
		url: ready.url,
		headers: ready.headers as Record<string, string>,
		body: ready.body === undefined ? undefined : (JSON.parse(String(ready.body)) as unknown),
	};
}
