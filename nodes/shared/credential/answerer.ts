import { isPage } from '../http/errors';
import type { SignInAnswer } from '../http/signIn';

/** Why an answer is not the service's own, in words; undefined when it may be. */
export function strangerIn(
	{ status, body }: Pick<SignInAnswer, 'status' | 'body'>,
	service: string,
): string | undefined {
	if (status >= 300 && status < 400)
		return `The address sends elsewhere (HTTP ${status}), where the key does not go. Check the Base URL in the credential.`;
	if (status !== 407 && !isPage(body)) return undefined;
	const page = isPage(body) ? ', a web page' : '';
	return `Something other than ${service} answered (HTTP ${status}${page}). Check the Base URL in the credential, and the proxy or firewall between n8n and ${service}.`;
}
