import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';
import { PRODUCTION } from '../nodes/Ingedata/hosts';
import { signIngedata } from '../nodes/Ingedata/signing';
import { keyFrom, TESTED_ADDRESS } from '../nodes/shared/credential/typed';

export class IngedataBearerApi implements ICredentialType {
	name = 'ingedataBearerApi';

	displayName = 'Ingedata Bearer API';

	icon = {
		light: 'file:../nodes/Ingedata/ingedata.svg',
		dark: 'file:../nodes/Ingedata/ingedata.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-talent/n8n-nodes-talent/blob/main/docs/vendors/ingedata.md#credentials-and-permissions';

	properties: INodeProperties[] = [
		{
			displayName:
				'For a bearer token you already have. It is not renewed: for what runs by itself, choose the API key.',
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
	];

	authenticate: IAuthenticate = async (credentials, options) =>
		signIngedata(options, credentials, keyFrom(credentials.token));

	test: ICredentialTestRequest = {
		request: { baseURL: TESTED_ADDRESS, url: '/api/v3/iam/accounts/me' },
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Ingedata did not accept the token. It may have expired or belong to another host.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Ingedata knows the token, but it may not read its own account. Talents may work all the same.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'There is no /api/v3/iam/accounts/me at this address. Check the Base URL.',
				},
			},
		],
	};
}
