import { addressFrom, trimmed } from '../shared/credential/typed';
import type { CredentialData } from '../shared/definition';

/** The only host that is published. */
export const PRODUCTION = 'https://api.collective.work';

/** No job can have it: the IDs in Collective's examples are letters and digits only. */
const IMPOSSIBLE_JOB = '--no-such-job--';

/** Asks for the applications of a job that cannot exist: reads nothing of anybody, and needs the key all the same. */
export const TEST_PATH = `/job/applications?id=${IMPOSSIBLE_JOB}`;

/** The segment of the address that names the environment, as its owner typed it. */
export const environmentOf = ({ environment }: CredentialData): string =>
	trimmed(environment)
		.split('/')
		.filter((part) => part !== '')
		.join('/');

/** Host, environment and version: what all paths are appended to. */
export function collectiveBaseUrl(credential: CredentialData): string {
	const host = addressFrom(credential.baseUrl);
	const rest = `/${encodeURIComponent(environmentOf(credential))}/v1`;
	// Some paste the whole address.
	return host === '' || host.endsWith(rest) ? host : host + rest;
}
