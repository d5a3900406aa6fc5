import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import { PRODUCTION, SANDBOX, whozBaseUrl } from '../nodes/Whoz/hosts';
import { signWhoz } from '../nodes/Whoz/signing';
import { bindingOf, fetchToken, seal, unseal } from '../nodes/shared/credential/session';
import { keyFrom, trimmed } from '../nodes/shared/credential/typed';

const SIGN_IN_PATH = '/auth/realms/whoz/protocol/openid-connect/token';

const bindingFor = (credentials: ICredentialDataDecryptedObject): string =>
	bindingOf(
		whozBaseUrl(credentials),
		trimmed(credentials.clientId),
		keyFrom(credentials.clientSecret),
	);

/**
 * OAuth 2.0 client credentials, exchanged here and not by n8n's own OAuth2 credential, which keeps using a token after
 * its host or secret has been edited.
 */
export class WhozTalentApi implements ICredentialType {
	name = 'whozTalentApi';

	displayName = 'Whoz Talent API';

	icon = {
		light: 'file:../nodes/Whoz/whoz.svg',
		dark: 'file:../nodes/Whoz/whoz.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-talent/n8n-nodes-talent/blob/main/docs/vendors/whoz.md#credentials-and-permissions';

	properties: INodeProperties[] = [
		{
			displayName: 'Ask Whoz support for a client ID and a client secret.',
			name: 'keyNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'Custom', value: 'custom' },
				{ name: 'Production', value: 'production' },
				{ name: 'Sandbox', value: 'sandbox' },
			],
			default: 'production',
			description: `Production is ${PRODUCTION}, Sandbox is ${SANDBOX}. Custom is for a proxy or a test server.`,
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { environment: ['custom'] } },
			default: '',
			required: true,
			placeholder: 'e.g. https://whoz.example.com',
			description: 'Address without the /api part',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'string',
			default: 'V19',
			description:
				'Sent as the header Accept-Version. V19 is the newest version seen in public clients; ask Whoz which one is meant for you. Empty sends no version.',
		},
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const token = await fetchToken(this, {
			service: 'Whoz',
			baseUrl: whozBaseUrl(credentials),
			path: SIGN_IN_PATH,
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams({
				grant_type: 'client_credentials',
				client_id: trimmed(credentials.clientId),
				client_secret: keyFrom(credentials.clientSecret),
			}).toString(),
			tokenAt: 'access_token',
			check: 'Client ID, Client Secret and Environment',
		});
		return { sessionToken: seal(token, bindingFor(credentials)) };
	}

	authenticate: IAuthenticate = async (credentials, options) =>
		signWhoz(options, credentials, unseal(credentials.sessionToken, bindingFor(credentials)));

	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ $credentials.environment === "custom" ? $credentials.baseUrl.trim().replace(/[/]+$/, "") : $credentials.environment === "sandbox" ? "${SANDBOX}" : "${PRODUCTION}" }}`,
			url: '/api/user/current',
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'The sign-in worked, but Whoz did not accept its token. Check the Environment and the API Version.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The sign-in worked, but this API client may not read its own user. Saving talents may work all the same; ask Whoz which rights the client has.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'The sign-in worked, but there is no /api/user/current at this address. Check the Base URL and the API Version. Saving talents may work all the same.',
				},
			},
		],
	};
}
