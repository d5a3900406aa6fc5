import { vendor } from '../shared/definition';
import { birdDogHrBaseUrl, HAND_OVER, TOKEN_PATH } from './hosts';
import { jobCandidate, onboardingEmployee } from './resources/people';
import { talentUser } from './resources/talentUser';
import { TOKEN_PAGE } from './resources/sources';

export const birdDogHr = vendor({
	name: 'birdDogHr',
	displayName: 'BirdDogHR',
	signIns: [{ authentication: 'default', label: 'API Key', credential: 'birdDogHrApi' }],
	baseUrl: birdDogHrBaseUrl,
	// Whether a new token ends the one before is not documented. One call after the other is right either way.
	concurrency: 1,
	// The first is documented; the others are where services of this kind keep the text of a refused request.
	errorMessages: ['messages.*', 'message', 'Message', 'error'],
	oneTimeToken: {
		request: { method: 'POST', path: TOKEN_PATH },
		at: 'token',
		handOver: HAND_OVER,
		check: 'API Key, Username and Password',
		basis: 'documented',
		source: TOKEN_PAGE,
	},
	resources: [talentUser, jobCandidate, onboardingEmployee],
});
