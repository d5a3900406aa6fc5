import { source, type PersonPayload } from '../shared/definition';

const WEBHOOKS = 'https://docs.recruitee.com/docs/webhooks';
/** The members are those that public code reads from it. */
const CANDIDATES = 'https://api.recruitee.com/docs/index.html#candidate.web.candidate';

const person: PersonPayload['fields'] = {
	externalId: 'id',
	displayName: 'name',
	email: 'emails[]',
	phone: 'phones[]',
	links: ['social_links[]', 'links[]'],
	tags: 'tags[]',
	resumeUrl: ['cv_original_url', 'cv_url'],
	atsUrl: 'adminapp_url',
};

export const recruitee = source({
	name: 'recruitee',
	label: 'Recruitee',
	payloads: [
		// The button "Test Payload" sends somebody who is not there.
		{
			documents: WEBHOOKS,
			marks: { test: [true], event_type: 'text', payload: 'object' },
			event: 'event_type',
		},
		// What such a webhook tells of the person stands on no page that could be read.
		{
			documents: WEBHOOKS,
			marks: {
				event_type: ['new_candidate', 'candidate_moved', 'candidate_assigned'],
				attempt_count: 'number',
				payload: 'object',
			},
			readBy: 'an HTTP Request node that asks Recruitee for the candidate',
		},
		{
			documents: WEBHOOKS,
			marks: { event_type: 'text', attempt_count: 'number', payload: 'object' },
			event: 'event_type',
		},
		{
			documents: CANDIDATES,
			marks: {
				'candidate.name': 'text',
				'candidate.emails': 'list',
				'candidate.phones': 'list',
				'candidate.placements': 'list',
			},
			person: 'candidate',
			fields: person,
		},
	],
});
