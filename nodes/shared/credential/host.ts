import type { IHttpRequestOptions } from 'n8n-workflow';

export interface Signature {
	/** Address from the credential; only requests to its host are signed. */
	baseUrl: string;
	/** Always set, since a second attempt still carries the headers of the first. */
	headers: Readonly<Record<string, string>>;
	/** Set unless the request brings its own. */
	defaults?: Readonly<Record<string, string>>;
}

/** The HTTP Request node, which n8n uses for custom API calls, hands the address over as `uri`. */
type AnyRequest = IHttpRequestOptions & { uri?: string | URL };

const originOf = (address: string, base?: string): string | undefined => {
	try {
		return new URL(address, base || undefined).origin;
	} catch {
		return undefined;
	}
};

/**
 * Signs a request to the credential's host, and nothing that leaves for another one: neither this request nor, in
 * either line of n8n, one it is redirected to.
 */
export function sign(options: IHttpRequestOptions, signature: Signature): IHttpRequestOptions {
	const { url, uri, baseURL } = options as AnyRequest;
	const home = originOf(signature.baseUrl);
	if (home === undefined || originOf(String(url ?? uri ?? ''), baseURL) !== home) return options;
	return {
		...options,
		headers: { ...signature.defaults, ...options.headers, ...signature.headers },
		sendCredentialsOnCrossOriginRedirect: false,
	};
}
