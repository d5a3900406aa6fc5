import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { BirdDogHr } from '../../../nodes/BirdDogHr/BirdDogHr.node';
import { signBirdDogHr } from '../../../nodes/BirdDogHr/signing';
import {
	BIRDDOGHR_API_KEY,
	BIRDDOGHR_PASSWORD,
	BIRDDOGHR_TOKEN_PATH,
	BIRDDOGHR_USERNAME,
	type BirdDogHrHeader,
} from '../../sandbox/birddoghr';
import { fakeContext, type FakeService, type FakeSetup } from '../../support/fakeContext';
import { realService } from '../../support/realService';

export const credentialFor = (
	baseUrl: string,
	authHeader: BirdDogHrHeader = 'BDToken',
): ICredentialDataDecryptedObject => ({
	baseUrl,
	apiKey: BIRDDOGHR_API_KEY,
	username: BIRDDOGHR_USERNAME,
	password: BIRDDOGHR_PASSWORD,
	authHeader,
});

/** The service that the address names; the credential signs each request, as it does in n8n. */
export const signedBy =
	(credential: ICredentialDataDecryptedObject): FakeService =>
	(request, n) => {
		const { method, url, headers, body } = signBirdDogHr(
			{ ...request, body: JSON.stringify(request.body) } as IHttpRequestOptions,
			credential,
		);
		return realService({})(
			{
				...request,
				method: String(method),
				url,
				headers: headers as Record<string, string>,
				body: body === undefined ? undefined : (JSON.parse(body as string) as unknown),
			},
			n,
		);
	};

/** As much of an item as tests look into by hand. */
type Shown = Record<string, unknown> & {
	status: string;
	errors: Array<{ code: string; message: string; field?: string }>;
};
type Sent = Record<string, unknown> & Array<Record<string, unknown>>;

/** Runs the node against a BirdDogHR at `baseUrl`. */
export async function run(
	baseUrl: string,
	operation: string,
	{
		items = [{}],
		parameters = {},
		credential = credentialFor(baseUrl),
		service = signedBy(credential),
		...more
	}: {
		/** One item each. */
		items?: IDataObject[];
		parameters?: IDataObject;
		credential?: ICredentialDataDecryptedObject;
		service?: FakeService;
	} & Partial<Pick<FakeSetup, 'retryOnFail' | 'run' | 'onError'>> = {},
) {
	const { context, requests, hints } = fakeContext({
		parameters: { resource: 'talentUser', operation, source: 'items', ...parameters },
		items: items.map((json) => ({ json })),
		credential: credential as IDataObject,
		service,
		...more,
	});
	const [output] = await new BirdDogHr().execute.call(context);
	const all = requests.map(({ method, url, body }) => ({
		line: `${method} ${url.slice(baseUrl.length)}`,
		body: body as Sent,
	}));
	return {
		out: output.map(({ json }) => json as unknown as Shown),
		hints: hints.map(({ message }) => message),
		/** Every request in order. */
		all,
		/** Those that are no sign-in. */
		calls: all.filter(({ line }) => line !== `POST ${BIRDDOGHR_TOKEN_PATH}`),
	};
}
