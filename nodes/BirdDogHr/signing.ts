import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { sign } from '../shared/credential/host';
import { addressFrom, keyFrom, trimmed } from '../shared/credential/typed';
import { birdDogHrBaseUrl, HAND_OVER, TOKEN_PATH } from './hosts';

/** The documents name the header in two ways and show no request, so the user chooses. Public client code sends the scheme. */
function tokenHeader(choice: unknown, token: string): Record<string, string> {
	switch (choice) {
		case 'Authorization':
			return { Authorization: token };
		case 'BDToken':
			return { BDToken: token };
		default:
			return { Authorization: `BDToken ${token}` };
	}
}

/** What buys a token, serialised. */
export const secretsOf = ({ apiKey, username, password }: ICredentialDataDecryptedObject): string =>
	JSON.stringify({
		apiKey: keyFrom(apiKey),
		userName: trimmed(username),
		password: trimmed(password),
	});

/** The credential test brings base and path, everything else a whole address. */
const addressOf = ({ url, baseURL = '' }: IHttpRequestOptions): string =>
	addressFrom(baseURL) + String(url ?? '');

/**
 * A request that brings a token sends it in the chosen header. The one that fetches a token gets the secrets. Everything
 * else, and whatever goes to another host, gets neither.
 */
export function signBirdDogHr(
	options: IHttpRequestOptions,
	credentials: ICredentialDataDecryptedObject,
): IHttpRequestOptions {
	const baseUrl = birdDogHrBaseUrl(credentials);
	const { [HAND_OVER]: token, ...headers } = options.headers ?? {};
	if (token !== undefined)
		return sign(
			{ ...options, headers },
			{ baseUrl, headers: tokenHeader(credentials.authHeader, String(token)) },
		);
	if (options.method !== 'POST' || addressOf(options) !== baseUrl + TOKEN_PATH) return options;
	const signed = sign(options, { baseUrl, headers: { 'content-type': 'application/json' } });
	if (signed === options) return options;
	return {
		...signed,
		body: secretsOf(credentials),
		// A redirect would carry the secrets to another address.
		disableFollowRedirect: true,
	};
}
