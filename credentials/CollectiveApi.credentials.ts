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
import { checkAddress, SignInFailed } from '../nodes/shared/credential/session';
import { Trial } from '../nodes/shared/credential/trial';

/** A key is looked at in well under a second; n8n's own limit of five minutes would hold up a whole run. */
const TIMEOUT_MS = 30_000;

const trial = new Trial();

/** Whether the key is refused, in words. Throws SignInFailed. */
async function look(
	{ helpers }: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): Promise<void> {
	if (environmentOf(credentials) === '')
		throw new SignInFailed(
			'The environment in the credential is empty. Ask Collective for its name and fill it in.',
			false,
		);
	const baseUrl = collectiveBaseUrl(credentials);
	checkAddress(baseUrl);
	const url = baseUrl + TEST_PATH;
	let status: number;
	try {
		({ statusCode: status } = (await helpers.httpRequest({
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
			`${new URL(baseUrl).origin} did not answer. Check the Base URL in the credential, and that n8n can reach it.`,
			true,
		);
	}
	if (status === 401 || status === 403)
		throw new SignInFailed(
			`Collective refused the API key (HTTP ${status}). Check API Key and Environment in the credential.`,
			false,
		);
}

export class CollectiveApi implements ICredentialType {
	name = 'collectiveApi';

	displayName = 'Collective API';

	icon = {
		light: 'file:../nodes/Collective/collective.svg',
		dark: 'file:../nodes/Collective/collective.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-talent/n8n-nodes-talent/blob/main/docs/vendors/collective.md#credentials-and-permissions';

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
				'A green test means only that the key was not refused. It asks for the applications of a job that cannot exist, as Collective has no call for tests, and proves neither the environment nor the right to save.',
			name: 'testNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Session',
			name: 'session',
			type: 'hidden',
			typeOptions: { expirable: true },
			// Without such a field n8n calls no preAuthentication. It is never empty, or n8n would call it before each request.
			default: 'there-is-no-session',
		},
	];

	/** For the test alone: there is nothing to sign in to. */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		await trial.judge(credentials, () => look(this, credentials));
		return {};
	}

	authenticate: IAuthenticate = async (credentials, options) => {
		const signed = signCollective(options, credentials);
		// The test's own request: those of workflows bring whole addresses.
		if (options.url !== TEST_PATH) return signed;
		trial.admit(credentials);
		// A job that does not exist may be answered with any status.
		return { ...signed, ignoreHttpStatusErrors: true, disableFollowRedirect: true };
	};

	/** Judged before it is sent. */
	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ $credentials.baseUrl.trim() }}/{{ encodeURIComponent($credentials.environment.trim()) }}/v1',
			url: TEST_PATH,
		},
	};
}
