import type { CredentialData } from '../shared/definition';

/** The only host that is published. */
export const PRODUCTION = 'https://api.collective.work';

/** No job can have it: the IDs in Collective's examples are letters and digits only. */
const IMPOSSIBLE_JOB = '--no-such-job--';

/** Asks for the applications of a job that cannot exist: reads nothing of anybody, and needs the key all the same. */
export const TEST_PATH = `/job/applications?id=${IMPOSSIBLE_JOB}`;

/** Host of a credential, without a slash at the end. */
const hostOf = ({ baseUrl }: CredentialData): string =>
	String(baseUrl ?? '')
		.trim()
		.replace(/\/+$/, '');

/** The segment of the address that names the environment, as its owner typed it. */
export const environmentOf = ({ environment }: CredentialData): string =>
	String(environment ?? '')
		.trim()
		.replace(/^\/+|\/+$/g, '');

/** Host, environment and version: what all paths are appended to. */
export function collectiveBaseUrl(credential: CredentialData): string {
	const host = hostOf(credential);
	return host === '' ? '' : `${host}/${encodeURIComponent(environmentOf(credential))}/v1`;
}
