import { addressFrom } from '../shared/credential/typed';
import type { CredentialData } from '../shared/definition';

/** The regions of the vendor's reference; each is a name between `apiv2.` and `.ai`. */
const REGIONS: ReadonlySet<unknown> = new Set([
	'eightfold',
	'eightfold-ap',
	'eightfold-ca',
	'eightfold-eu',
	'eightfold-gov',
	'eightfold-me',
	'eightfold-wu',
]);

export const DEFAULT_BASE_URL = 'https://apiv2.eightfold.ai';

/** The address an Eightfold credential of either type means, without a slash at the end. */
export function eightfoldBaseUrl({ region, baseUrl }: CredentialData): string {
	if (REGIONS.has(region)) return `https://apiv2.${String(region)}.ai`;
	return addressFrom(baseUrl);
}
