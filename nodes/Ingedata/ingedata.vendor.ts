import { jsonApi, vendor } from '../shared/definition';
import { ingedataBaseUrl } from './hosts';
import { certification } from './resources/certification';
import { education } from './resources/education';
import { experience } from './resources/experience';
import { language } from './resources/language';
import { skill } from './resources/skill';
import { talent } from './resources/talent';

export const ingedata = vendor({
	name: 'ingedata',
	displayName: 'Ingedata',
	signIns: [
		{ authentication: 'default', label: 'API Key', credential: 'ingedataApi' },
		{ authentication: 'bearer', label: 'Bearer Token', credential: 'ingedataBearerApi' },
	],
	baseUrl: ingedataBaseUrl,
	// No limit is published, and every record is a request of its own.
	concurrency: 2,
	// Error bodies are not documented. The first four are where the vendor's own client looks, the last is where the
	// framework it is built on describes an unknown address.
	errorMessages: [...jsonApi.ERROR_TEXTS, 'message', 'error', 'error.message', 'detail'],
	resources: [talent, skill, experience, education, certification, language],
});
