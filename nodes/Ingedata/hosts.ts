import { addressFrom } from '../shared/credential/typed';
import type { CredentialData } from '../shared/definition';

/** The only host that is published. */
export const PRODUCTION = 'https://pulse.ingedata.ai';

/** The address an Ingedata credential of either type means, without a slash at the end. */
export const ingedataBaseUrl = (credential: CredentialData): string =>
	addressFrom(credential.baseUrl);
