import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';
import { PRODUCTION } from '../nodes/Whoz/hosts';
import { signWhoz } from '../nodes/Whoz/signing';
import { keyFrom, TESTED_ADDRESS } from '../nodes/shared/credential/typed';

export class WhozBearerApi implements ICredentialType {
	name = 'whozBearerApi';

	displayName = 'Whoz Bearer API';

	icon = {
		light: 'file:../nodes/Whoz/whoz.svg',
		dark: 'file:../nodes/Whoz/whoz.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-talent/n8n-nodes-talent/blob/main/docs/vendors/whoz.md#credentials-and-permissions';

	properties: INodeProperties[] = [
		{
			displayName:
				'For a bearer token you already have. It lives for minutes: for what runs by itself, choose the client credentials.',
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
			placeholder: 'e.g. https://sandbox.whoz.com',
			description: 'Address without the /api part. The token is sent to this host only.',
		},
		{
			displayName: 'Token',
			name: 'token',
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
	];

	authenticate: IAuthenticate = async (credentials, options) =>
		signWhoz(options, credentials, keyFrom(credentials.token));

	test: ICredentialTestRequest = {
		request: { baseURL: TESTED_ADDRESS, url: '/api/user/current' },
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Whoz did not accept the token. It may have expired or belong to another environment.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Whoz knows the token, but it may not read its own user. Saving talents may work all the same.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'There is no /api/user/current at this address. Check the Base URL and the API Version. Saving talents may work all the same.',
				},
			},
		],
	};
}
