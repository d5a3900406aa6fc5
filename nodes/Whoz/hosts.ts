import { addressFrom } from '../shared/credential/typed';
import type { CredentialData } from '../shared/definition';

export const PRODUCTION = 'https://www.whoz.com';
export const SANDBOX = 'https://sandbox.whoz.com';

/** The address a Whoz credential of either type means, without a slash at the end. */
export function whozBaseUrl(credential: CredentialData): string {
	switch (credential.environment) {
		case 'production':
			return PRODUCTION;
		case 'sandbox':
			return SANDBOX;
		default:
			return addressFrom(credential.baseUrl);
	}
}
