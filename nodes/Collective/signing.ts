import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { sign } from '../shared/credential/host';
import { collectiveBaseUrl } from './hosts';

/** The API key is the bearer token. */
export const signCollective = (
	options: IHttpRequestOptions,
	credentials: ICredentialDataDecryptedObject,
): IHttpRequestOptions =>
	sign(options, {
		baseUrl: collectiveBaseUrl(credentials),
		headers: { Authorization: `Bearer ${String(credentials.apiKey).trim()}` },
	});
