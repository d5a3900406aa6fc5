import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import {
	birdDogHrBaseUrl,
	HAND_OVER,
	PRODUCTION,
	READ_PATH,
	TOKEN_PATH,
} from '../nodes/BirdDogHr/hosts';
import { secretsOf, signBirdDogHr } from '../nodes/BirdDogHr/signing';
import { strangerIn } from '../nodes/shared/credential/answerer';
import { answerTo, fetchToken, SignInFailed } from '../nodes/shared/credential/session';
import { TESTED_ADDRESS, trimmed } from '../nodes/shared/credential/typed';
import { Trial } from '../nodes/shared/credential/trial';

const trial = new Trial();

/** Buys a token and reads the user's own record with it. Throws SignInFailed. */
async function look(
	helper: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): Promise<void> {
	const baseUrl = birdDogHrBaseUrl(credentials);
	const token = await fetchToken(helper, {
		service: 'BirdDogHR',
		baseUrl,
		path: TOKEN_PATH,
		headers: { 'content-type': 'application/json' },
		body: secretsOf(credentials),
		tokenAt: 'token',
		check: 'API Key, Username and Password',
		// How wrong secrets are answered is not documented.
		refusesWithoutToken: true,
	});
	const url = `${baseUrl}${READ_PATH}?userName=${encodeURIComponent(trimmed(credentials.username))}`;
	const reading = { url, method: 'GET', headers: { [HAND_OVER]: token } } as const;
	const answer = await answerTo(helper, {
		...reading,
		...signBirdDogHr(reading, credentials),
		url,
	});
	const problem = strangerIn(answer, 'BirdDogHR') ?? refusalOf(answer.status);
	if (problem !== undefined) throw new SignInFailed({ message: problem, passing: false });
}

/**
 * Only a refusal of the token, and what says that BirdDogHR is not well, are held against the credential: what it answers about a
 * user it does not know is not documented, and the account need not be a talent user.
 */
function refusalOf(status: number): string | undefined {
	if (status === 401 || status === 403)
		return `BirdDogHR gave a token and refused a call with it (HTTP ${status}). Choose another Token Header in the credential; if all are refused, ask Arcoro whether the account may read users.`;
	if (PASSING.has(status))
		return `BirdDogHR gave a token and could not answer a call with it (HTTP ${status}). Test the credential again later.`;
	return undefined;
}

const PASSING: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);

/** A token is fetched before each call and used once. A static header cannot do that: the node fetches, this signs. */
export class BirdDogHrApi implements ICredentialType {
	name = 'birdDogHrApi';

	displayName = 'BirdDogHR API';

	icon = {
		light: 'file:../nodes/BirdDogHr/birdDogHr.svg',
		dark: 'file:../nodes/BirdDogHr/birdDogHr.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-talent/n8n-nodes-talent/blob/main/docs/vendors/birddoghr.md#credentials-and-permissions';

	properties: INodeProperties[] = [
		{
			displayName:
				'Ask your implementation specialist or account manager at Arcoro for API key, username and password.',
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
			description: 'Address without the /v2 part. Secrets and tokens are sent to this host only.',
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
			displayName: 'Username',
			name: 'username',
			type: 'string',
			default: '',
			required: true,
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{
			displayName: 'Token Header',
			name: 'authHeader',
			type: 'options',
			options: [
				{
					name: 'Authorization',
					value: 'Authorization',
					description: 'Authorization: token',
				},
				{
					name: 'Authorization With Scheme',
					value: 'AuthorizationScheme',
					description: 'Authorization: BDToken token',
				},
				{
					name: 'BDToken',
					value: 'BDToken',
					description: 'BDToken: token',
				},
			],
			default: 'AuthorizationScheme',
			description:
				"How the token is sent. BirdDogHR's pages describe it in two ways and show no example; the first choice is what public client code does. If the test says that a call was refused, choose another one.",
		},
		{
			displayName: 'Session',
			name: 'session',
			type: 'hidden',
			typeOptions: { expirable: true },
			// Without such a field n8n calls no preAuthentication. It is never empty and never set: no token is kept.
			default: 'there-is-no-session',
		},
	];

	/** For the test alone. A token of a workflow is fetched by the node, for each call anew. */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		await trial.judge(credentials, () => look(this, credentials));
		return {};
	}

	authenticate: IAuthenticate = async (credentials, options) => {
		// The test's own request: those of workflows bring whole addresses.
		if (options.url !== TOKEN_PATH) return signBirdDogHr(options, credentials);
		trial.admit(credentials);
		return { ...signBirdDogHr(options, credentials), ignoreHttpStatusErrors: true };
	};

	/** Judged before it is sent. */
	test: ICredentialTestRequest = {
		request: { baseURL: TESTED_ADDRESS, method: 'POST', url: TOKEN_PATH },
	};
}
