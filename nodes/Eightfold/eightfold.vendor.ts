import { vendor } from '../shared/definition';
import { eightfoldBaseUrl } from './hosts';
import { atsCandidate } from './resources/atsCandidate';
import { profile } from './resources/profile';

export const eightfold = vendor({
	name: 'eightfold',
	displayName: 'Eightfold',
	signIns: [
		{ authentication: 'default', label: 'API Key', credential: 'eightfoldApi' },
		{ authentication: 'bearer', label: 'Bearer Token', credential: 'eightfoldBearerApi' },
	],
	baseUrl: eightfoldBaseUrl,
	// Second-hand (VENDOR.md, section Limits), so it is a starting value that users can change.
	rate: { requests: 100, seconds: 60 },
	// 100 a minute are fewer than two a second: with answers that take up to two seconds, four in flight use all of it.
	concurrency: 4,
	// Error bodies are not documented; public code reads `message`, the others are where JSON services keep texts.
	errorMessages: ['message', 'errors.*.message', 'error_description', 'error'],
	resources: [atsCandidate, profile],
});
