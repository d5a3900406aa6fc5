import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { sign } from '../shared/credential/host';
import { keyFrom } from '../shared/credential/typed';
import { collectiveBaseUrl } from './hosts';

/** The API key is the bearer token. */
export const signCollective = (
	options: IHttpRequestOptions,
	credentials: ICredentialDataDecryptedObject,
): IHttpRequestOptions =>
	sign(options, {
		baseUrl: collectiveBaseUrl(credentials),
		headers: { Authorization: `Bearer ${keyFrom(credentials.apiKey)}` },
	});
