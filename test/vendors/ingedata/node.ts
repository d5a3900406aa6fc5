import { IngedataBearerApi } from '../../../credentials/IngedataBearerApi.credentials';
import { ingedata } from '../../../nodes/Ingedata/ingedata.vendor';
import { INGEDATA_BEARER_TOKEN } from '../../sandbox/ingedata';
import { nodeRunner } from '../../support/vendorNode';

type Sent = { data: { attributes: Record<string, unknown> } } | undefined;

/** Runs the node against an Ingedata at `baseUrl`. */
export const run = nodeRunner<Sent>({
	vendor: ingedata,
	credential: new IngedataBearerApi(),
	data: (baseUrl) => ({ baseUrl, token: INGEDATA_BEARER_TOKEN }),
	parameters: { resource: 'talent', authentication: 'bearer' },
});
