import { vendor } from '../shared/definition';
import { collectiveBaseUrl } from './hosts';
import { application } from './resources/application';
import { job } from './resources/job';
import { talent } from './resources/talent';

export const collective = vendor({
	name: 'collective',
	displayName: 'Collective',
	signIns: [{ authentication: 'default', label: 'API Key', credential: 'collectiveApi' }],
	baseUrl: collectiveBaseUrl,
	// No limit is published. Every talent is a request of its own and may carry 10 MB, so two at a time.
	concurrency: 2,
	// Error bodies are not documented; these are where JSON services keep their texts.
	errorMessages: ['errors.*.message', 'message', 'error.message', 'error', 'errors.*'],
	resources: [talent, job, application],
});
