import { vendor } from '../shared/definition';
import { whozBaseUrl } from './hosts';
import { talent } from './resources/talent';
import { workspace } from './resources/workspace';

export const whoz = vendor({
	name: 'whoz',
	displayName: 'Whoz',
	signIns: [
		{ authentication: 'default', label: 'Client Credentials', credential: 'whozTalentApi' },
		{ authentication: 'bearer', label: 'Bearer Token', credential: 'whozBearerApi' },
	],
	baseUrl: whozBaseUrl,
	// No limit is published. Four requests are 1,200 talents in flight, and creating one sets up rights and an account.
	concurrency: 4,
	// Only the first is documented; error bodies of refused requests are not, these are where JSON services keep them.
	errorMessages: ['errors.*.message', 'message', 'error_description', 'error'],
	resources: [talent, workspace],
});
