import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import { ingedataBaseUrl, PRODUCTION } from '../nodes/Ingedata/hosts';
import { signIngedata } from '../nodes/Ingedata/signing';
import { bindingOf, fetchToken, seal, unseal } from '../nodes/shared/credential/session';
import { keyFrom, TESTED_ADDRESS } from '../nodes/shared/credential/typed';

const SIGN_IN_PATH = '/api/v3/iam/auth/api/login';

const keyOf = (credentials: ICredentialDataDecryptedObject): string => keyFrom(credentials.apiKey);

const bindingFor = (credentials: ICredentialDataDecryptedObject): string =>
	bindingOf(ingedataBaseUrl(credentials), keyOf(credentials));

/** A lasting API key, exchanged for the bearer token of a session. */
export class IngedataApi implements ICredentialType {
	name = 'ingedataApi';

	displayName = 'Ingedata API';

	icon = {
		light: 'file:../nodes/Ingedata/ingedata.svg',
		dark: 'file:../nodes/Ingedata/ingedata.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-talent/n8n-nodes-talent/blob/main/docs/vendors/ingedata.md#credentials-and-permissions';

	properties: INodeProperties[] = [
		{
			displayName:
				'In Pulse, open your profile and API Keys, and create a key with the permissions this node needs.',
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
			description: 'Address without the /api part. Key and token are sent to this host only.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. PULSE_0123456789abcdef',
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
			service: 'Ingedata',
			baseUrl: ingedataBaseUrl(credentials),
			path: SIGN_IN_PATH,
			headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
			body: JSON.stringify({ key: keyOf(credentials) }),
			tokenAt: 'meta.token',
			check: 'API Key and Base URL',
		});
		return { sessionToken: seal(token, bindingFor(credentials)) };
	}

	authenticate: IAuthenticate = async (credentials, options) =>
		signIngedata(options, credentials, unseal(credentials.sessionToken, bindingFor(credentials)));

	test: ICredentialTestRequest = {
		request: { baseURL: TESTED_ADDRESS, url: '/api/v3/iam/accounts/me' },
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'The sign-in worked, but Ingedata did not accept its token. Check the Base URL.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The sign-in worked, but this key may not read its own account. Talents may work all the same; look at the permissions of the key in Pulse.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'The sign-in worked, but there is no /api/v3/iam/accounts/me at this address. Check the Base URL.',
				},
			},
		],
	};
}
