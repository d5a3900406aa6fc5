import { CollectiveApi } from '../../../credentials/CollectiveApi.credentials';
import { collective } from '../../../nodes/Collective/collective.vendor';
import { COLLECTIVE_API_KEY, COLLECTIVE_ENVIRONMENT } from '../../sandbox/collective';
import { nodeRunner } from '../../support/vendorNode';

export const credentialFor = (baseUrl: string, environment: string = COLLECTIVE_ENVIRONMENT) => ({
	baseUrl,
	environment,
	apiKey: COLLECTIVE_API_KEY,
});

/** Runs the node against a Collective at `baseUrl`. */
export const run = nodeRunner({
	vendor: collective,
	credential: new CollectiveApi(),
	data: credentialFor,
	parameters: { resource: 'talent', source: 'items' },
});
