import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { sign } from '../shared/credential/host';
import { ingedataBaseUrl } from './hosts';

/** Token for a request to Ingedata; without a token it goes out unsigned and is answered with 401. */
export const signIngedata = (
	options: IHttpRequestOptions,
	credentials: ICredentialDataDecryptedObject,
	token: string | undefined,
): IHttpRequestOptions =>
	sign(options, {
		baseUrl: ingedataBaseUrl(credentials),
		headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
	});
