import { source, type PersonPayload } from '../shared/definition';

const EVENTS = 'https://workable.readme.io/reference/candidate-events';
const CANDIDATE = 'https://workable.readme.io/reference/job-candidates-show';

const person: PersonPayload['fields'] = {
	externalId: 'id',
	givenName: 'firstname',
	familyName: 'lastname',
	displayName: 'name',
	email: 'email',
	phone: 'phone',
	address: 'address',
	links: 'social_profiles[].url',
	summary: 'summary',
	tags: 'tags[]',
	resumeUrl: 'resume_url',
	atsUrl: 'profile_url',
	picture: 'image_url',
};
const applicant: PersonPayload['fields'] = { ...person, appliedJob: 'job.title' };

export const workable = source({
	name: 'workable',
	label: 'Workable',
	payloads: [
		{
			documents: EVENTS,
			marks: {
				event_type: ['candidate_created', 'candidate_moved'],
				resource_type: ['candidate'],
				'data.account.subdomain': 'text',
			},
			person: 'data',
			fields: applicant,
		},
		{
			documents: 'https://workable.readme.io/reference/webhooks',
			marks: { event_type: 'text', resource_type: 'text', fired_at: 'text', data: 'object' },
			event: 'event_type',
		},
		{
			documents: CANDIDATE,
			marks: { 'candidate.account.subdomain': 'text', 'candidate.profile_url': 'text' },
			person: 'candidate',
			fields: applicant,
		},
		{
			documents: CANDIDATE,
			marks: { 'account.subdomain': 'text', profile_url: 'text', firstname: 'text' },
			fields: applicant,
		},
	],
});
