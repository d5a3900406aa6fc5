import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import { birdDogHrBaseUrl, PRODUCTION, TOKEN_PATH } from '../nodes/BirdDogHr/hosts';
import { secretsOf, signBirdDogHr } from '../nodes/BirdDogHr/signing';
import { fetchToken } from '../nodes/shared/credential/session';
import { TESTED_ADDRESS } from '../nodes/shared/credential/typed';
import { Trial } from '../nodes/shared/credential/trial';

const trial = new Trial();

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
			default: 'BDToken',
			description:
				"How the token is sent. BirdDogHR's pages describe it in two ways and show no example: if calls are refused although the test is green, choose another one.",
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
		await trial.judge(credentials, () =>
			fetchToken(this, {
				service: 'BirdDogHR',
				baseUrl: birdDogHrBaseUrl(credentials),
				path: TOKEN_PATH,
				headers: { 'content-type': 'application/json' },
				body: secretsOf(credentials),
				tokenAt: 'token',
				check: 'API Key, Username and Password',
				// How wrong secrets are answered is not documented.
				refusesWithoutToken: true,
			}),
		);
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
