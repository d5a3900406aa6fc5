import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { sign } from '../shared/credential/host';
import { trimmed } from '../shared/credential/typed';
import { whozBaseUrl } from './hosts';

/** Token and API version for a request to Whoz; without a token it goes out unsigned and is answered with 401. */
export function signWhoz(
	options: IHttpRequestOptions,
	credentials: ICredentialDataDecryptedObject,
	token: string | undefined,
): IHttpRequestOptions {
	const version = trimmed(credentials.apiVersion);
	return sign(options, {
		baseUrl: whozBaseUrl(credentials),
		headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
		defaults: version === '' ? {} : { 'Accept-Version': version },
	});
}
