import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import { collectiveBaseUrl, environmentOf, PRODUCTION, TEST_PATH } from '../nodes/Collective/hosts';
import { signCollective } from '../nodes/Collective/signing';
import { SignInFailed } from '../nodes/shared/credential/session';

/** A key is looked at in well under a second; n8n's own limit of five minutes would hold up a whole run. */
const TIMEOUT_MS = 30_000;

export class CollectiveApi implements ICredentialType {
	name = 'collectiveApi';

	displayName = 'Collective API';

	icon = {
		light: 'file:../nodes/Collective/collective.svg',
		dark: 'file:../nodes/Collective/collective.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/n8n-nodes-talent/n8n-nodes-talent#collective-credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: PRODUCTION,
			required: true,
			placeholder: `e.g. ${PRODUCTION}`,
			description:
				'Address without the environment and without /v1. The key is sent to this host only.',
		},
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. production',
			description:
				'The part of the address between host and /v1, as Collective gave it to you. Its documents say that there is a sandbox and do not print the names, so production and sandbox are guesses.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Given out by Collective',
		},
		{
			displayName:
				'Collective has no call that is meant for a test, so the test asks for the applications of a job that cannot exist. It fails when the key is refused (401 or 403) or nobody answers. If it succeeds, that means only that the key was not refused: it proves neither the environment nor the right to save.',
			name: 'testNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Session',
			name: 'session',
			type: 'hidden',
			typeOptions: { expirable: true },
			// Not empty: n8n would look at the key before each run. This way it does so after a 401 only.
			default: 'there-is-no-session',
		},
	];

	/**
	 * Called by n8n after a 401, in a test as well: says in words what was refused. There is nothing to sign in to, so nothing
	 * is stored.
	 */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		if (environmentOf(credentials) === '')
			throw new SignInFailed(
				'The environment in the credential is empty. Ask Collective for its name and fill it in.',
				false,
			);
		const url = collectiveBaseUrl(credentials) + TEST_PATH;
		let status: number;
		try {
			({ statusCode: status } = (await this.helpers.httpRequest({
				...signCollective({ url }, credentials),
				method: 'GET',
				timeout: TIMEOUT_MS,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				// A redirect could carry the key to another address.
				disableFollowRedirect: true,
			})) as { statusCode: number });
		} catch {
			// n8n's error is dropped, it holds the key.
			throw new SignInFailed(
				'Collective did not answer. Check the Base URL in the credential, and that n8n can reach it.',
				true,
			);
		}
		if (status === 401 || status === 403)
			throw new SignInFailed(
				`Collective refused the API key (HTTP ${status}). Check API Key and Environment in the credential.`,
				false,
			);
		return {};
	}

	authenticate: IAuthenticate = async (credentials, options) =>
		signCollective(options, credentials);

	/**
	 * Only a refused key counts; whatever else it answers is fine. n8n 1.123 does not know the exception and takes every
	 * answer for a success.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ $credentials.baseUrl.trim() }}/{{ encodeURIComponent($credentials.environment.trim()) }}/v1',
			url: TEST_PATH,
			ignoreHttpStatusErrors: { ignore: true, except: [401, 403] },
			disableFollowRedirect: true,
		},
	};
}
