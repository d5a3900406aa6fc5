import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { sign } from '../shared/credential/host';
import { keyFrom, trimmed } from '../shared/credential/typed';
import { eightfoldBaseUrl } from './hosts';

export const SIGN_IN_PATH = '/oauth/v1/authenticate';

/** The bearer token for a request to Eightfold; without one it goes out unsigned and is answered with 401. */
export function signEightfold(
	options: IHttpRequestOptions,
	credentials: ICredentialDataDecryptedObject,
	token: string | undefined,
): IHttpRequestOptions {
	return sign(options, {
		baseUrl: eightfoldBaseUrl(credentials),
		headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
	});
}

/** What buys a token: the region's client value in the header, the user's own name and key in the body. */
export function signInRequest(credentials: ICredentialDataDecryptedObject): {
	headers: Record<string, string>;
	body: string;
} {
	const client = keyFrom(credentials.clientAuthorization);
	return {
		headers: { Authorization: `Basic ${client}`, 'Content-Type': 'application/json' },
		body: JSON.stringify({
			grantType: 'password',
			username: trimmed(credentials.username),
			password: keyFrom(credentials.apiKey),
		}),
	};
}

/**
 * The credential test's own request, which is the sign-in. It is known by its bare path: calls of workflows bring whole
 * addresses, and none of them gets the secrets.
 */
export const isSignInTest = ({ url }: IHttpRequestOptions): boolean => url === SIGN_IN_PATH;

export function signSignInTest(
	options: IHttpRequestOptions,
	credentials: ICredentialDataDecryptedObject,
): IHttpRequestOptions {
	const { headers, body } = signInRequest(credentials);
	const signed = sign(options, { baseUrl: eightfoldBaseUrl(credentials), headers });
	// A redirect would carry the secrets to another address.
	return signed === options ? options : { ...signed, body, disableFollowRedirect: true };
}
