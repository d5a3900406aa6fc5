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
import { strangerIn } from '../nodes/shared/credential/answerer';
import { answerTo, checkAddress, SignInFailed } from '../nodes/shared/credential/session';
import { TESTED_ADDRESS } from '../nodes/shared/credential/typed';
import { Trial } from '../nodes/shared/credential/trial';

const trial = new Trial();

/** No environment can have this name: it ends as no word does. */
const NO_ENVIRONMENT = 'no-such-environment--';

/** What Collective answers to the test in one of its environments. */
const ask = async (helper: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) => {
	const url = collectiveBaseUrl(credentials) + TEST_PATH;
	return await answerTo(helper, { ...signCollective({ url }, credentials), url, method: 'GET' });
};

/** Two answers without the name of the environment, which some services repeat, are the same. */
const textOf = (body: unknown, environment: unknown): string =>
	JSON.stringify(body ?? '').replaceAll(String(environment), '');

/** Whether key and address look right, in words. Throws SignInFailed. */
async function look(
	helper: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): Promise<void> {
	const fails = (message: string): never => {
		throw new SignInFailed({ message, passing: false });
	};
	const environment = environmentOf(credentials);
	if (environment === '')
		fails(
			'The environment in the credential is empty. Ask Collective for its name and fill it in.',
		);
	checkAddress(collectiveBaseUrl(credentials));
	const { status, body } = await ask(helper, credentials);
	const stranger = strangerIn({ status, body }, 'Collective');
	if (stranger !== undefined) fails(stranger);
	if (status === 401 || status === 403)
		fails(
			`Collective refused the API key (HTTP ${status}). Check API Key and Environment in the credential.`,
		);
	if (status === 408 || status === 429 || status >= 500)
		fails(`Collective could not answer (HTTP ${status}). Test the credential again later.`);
	if (status !== 404) return;
	// A job that does not exist may be answered with 404; so may an environment that does not.
	const other = await ask(helper, { ...credentials, environment: NO_ENVIRONMENT });
	if (other.status === 404 && textOf(body, environment) === textOf(other.body, NO_ENVIRONMENT))
		fails(
			'The answer is the same as for an environment that does not exist (HTTP 404). Check Base URL and Environment in the credential.',
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
			displayName: 'Ask Collective for an API key and for the name of your environment.',
			name: 'keyNotice',
			type: 'notice',
			default: '',
		},
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
			baseURL: `${TESTED_ADDRESS}/{{ encodeURIComponent($credentials.environment.trim()) }}/v1`,
			url: TEST_PATH,
		},
	};
}
