import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import { eightfoldBaseUrl } from '../nodes/Eightfold/hosts';
import {
	isSignInTest,
	SIGN_IN_PATH,
	signEightfold,
	signInRequest,
	signSignInTest,
} from '../nodes/Eightfold/signing';
import { bindingOf, fetchToken, seal, unseal } from '../nodes/shared/credential/session';
import { Trial } from '../nodes/shared/credential/trial';

const trial = new Trial();

/** By itself, because n8n's linter tells secrets by their names and does not know this one's. */
const MASKED = { password: true } as const;

const bindingFor = (credentials: ICredentialDataDecryptedObject): string => {
	const { headers, body } = signInRequest(credentials);
	return bindingOf(eightfoldBaseUrl(credentials), headers.Authorization, body);
};

/** An API user's name and key, exchanged for a bearer token that lives a few hours. */
export class EightfoldApi implements ICredentialType {
	name = 'eightfoldApi';

	displayName = 'Eightfold API';

	icon = {
		light: 'file:../nodes/Eightfold/eightfold.svg',
		dark: 'file:../nodes/Eightfold/eightfold.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-talent/n8n-nodes-talent/blob/main/docs/vendors/eightfold.md#credentials-and-permissions';

	properties: INodeProperties[] = [
		{
			displayName:
				'In the Admin Console, open Integration > Eightfold API > Authentication. It gives Username and API Key.',
			name: 'keyNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: [
				{ name: 'AP', value: 'eightfold-ap' },
				{ name: 'Canada', value: 'eightfold-ca' },
				{ name: 'Custom', value: 'custom' },
				{ name: 'EU', value: 'eightfold-eu' },
				{ name: 'Middle East', value: 'eightfold-me' },
				{ name: 'US', value: 'eightfold' },
				{ name: 'US Government', value: 'eightfold-gov' },
				{ name: 'WU', value: 'eightfold-wu' },
			],
			default: 'eightfold',
			description:
				'Region of your Eightfold account; it decides the host, for example https://apiv2.eightfold-eu.ai. Custom is for a proxy or a test server.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { region: ['custom'] } },
			default: '',
			required: true,
			placeholder: 'e.g. https://eightfold.example.com',
			description: 'Address without the /api part',
		},
		{
			displayName: 'Client Authorization',
			name: 'clientAuthorization',
			type: 'string',
			typeOptions: MASKED,
			default: '',
			required: true,
			description:
				"The value of your region for the Basic header of the sign-in, with or without the word Basic. It stands on Eightfold's page about OAuth; Eightfold support knows it too.",
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. name@example.com',
			description: 'Email address of the API user',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Its permissions must allow to read and write ATS candidates, and profiles where you use them',
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
			service: 'Eightfold',
			baseUrl: eightfoldBaseUrl(credentials),
			path: SIGN_IN_PATH,
			...signInRequest(credentials),
			// Where documents and public clients have it; one of the vendor's own reads the other place.
			tokenAt: ['data.access_token', 'access_token'],
			check: 'Region, Client Authorization, Username and API Key',
		});
		trial.pass(credentials);
		return { sessionToken: seal(token, bindingFor(credentials)) };
	}

	authenticate: IAuthenticate = async (credentials, options) => {
		if (!isSignInTest(options))
			return signEightfold(
				options,
				credentials,
				unseal(credentials.sessionToken, bindingFor(credentials)),
			);
		trial.admit(credentials);
		return { ...signSignInTest(options, credentials), ignoreHttpStatusErrors: true };
	};

	/** Judged before it is sent: an address that answers to anything is no Eightfold. */
	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ $credentials.region === "custom" ? $credentials.baseUrl.trim().replace(/[/]+$/, "") : "https://apiv2." + $credentials.region + ".ai" }}',
			method: 'POST',
			url: SIGN_IN_PATH,
		},
	};
}
