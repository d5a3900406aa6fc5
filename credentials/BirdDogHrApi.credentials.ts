import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';
import { PRODUCTION, TOKEN_PATH } from '../nodes/BirdDogHr/hosts';
import { signBirdDogHr } from '../nodes/BirdDogHr/signing';

const NO_TOKEN =
	'The address answered without a token. Check the Base URL, API Key, Username and Password.';

/** A token is fetched before each call and used once. A static header cannot do that: the node fetches, this signs. */
export class BirdDogHrApi implements ICredentialType {
	name = 'birdDogHrApi';

	displayName = 'BirdDogHR API';

	icon = {
		light: 'file:../nodes/BirdDogHr/birdDogHr.svg',
		dark: 'file:../nodes/BirdDogHr/birdDogHr.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/n8n-nodes-talent/n8n-nodes-talent#birddoghr-credentials';

	properties: INodeProperties[] = [
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
			description:
				'Given out together with username and password: an authorised contact asks the implementation specialist or account manager',
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
			displayName:
				'The test fetches a token. It proves the address, API key, username and password, not the choice of the Token Header: BirdDogHR documents no call that would show it without writing something.',
			name: 'testNotice',
			type: 'notice',
			default: '',
		},
	];

	authenticate: IAuthenticate = async (credentials, options) => signBirdDogHr(options, credentials);

	test: ICredentialTestRequest = {
		request: { baseURL: '={{ $credentials.baseUrl }}', method: 'POST', url: TOKEN_PATH },
		// How wrong secrets are answered is not documented: whatever comes without a token is red.
		rules: [undefined, null, ''].map((value) => ({
			type: 'responseSuccessBody' as const,
			properties: { key: 'token', value, message: NO_TOKEN },
		})),
	};
}
