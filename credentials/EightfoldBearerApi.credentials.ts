import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';
import { DEFAULT_BASE_URL } from '../nodes/Eightfold/hosts';
import { signEightfold } from '../nodes/Eightfold/signing';
import { keyFrom, TESTED_ADDRESS } from '../nodes/shared/credential/typed';

export class EightfoldBearerApi implements ICredentialType {
	name = 'eightfoldBearerApi';

	displayName = 'Eightfold Bearer API';

	icon = {
		light: 'file:../nodes/Eightfold/eightfold.svg',
		dark: 'file:../nodes/Eightfold/eightfold.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-talent/n8n-nodes-talent/blob/main/docs/vendors/eightfold.md#credentials-and-permissions';

	properties: INodeProperties[] = [
		{
			displayName:
				'For a bearer token you already have. It lives for hours: for what runs by itself, choose the API key.',
			name: 'keyNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: DEFAULT_BASE_URL,
			required: true,
			placeholder: 'e.g. https://apiv2.eightfold-eu.ai',
			description:
				'Address of your region without the /api part. The token is sent to this host only.',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
	];

	authenticate: IAuthenticate = async (credentials, options) =>
		signEightfold(options, credentials, keyFrom(credentials.token));

	test: ICredentialTestRequest = {
		request: {
			baseURL: TESTED_ADDRESS,
			url: '/api/v2/core/profiles',
			qs: { start: 0, limit: 1, keyList: 'id' },
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Eightfold did not accept the token. It may have expired or belong to another region.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Eightfold knows the token, but it may not read profiles. Saving ATS candidates may work all the same.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'There is no Eightfold at this address. Check the Base URL.',
				},
			},
		],
	};
}
