import { source, type PersonPayload } from '../shared/definition';

const WEBHOOKS = 'https://developers.greenhouse.io/webhooks.html';
const HARVEST = 'https://developers.greenhouse.io/harvest.html#the-candidate-object';

const person: PersonPayload['fields'] = {
	externalId: 'id',
	givenName: 'first_name',
	familyName: 'last_name',
	email: 'email_addresses[].value',
	phone: 'phone_numbers[].value',
	address: 'addresses[].value',
	links: ['website_addresses[].value', 'social_media_addresses[].value'],
	tags: 'tags[]',
	resumeUrl: 'attachments[type=resume].url',
	atsUrl: 'url',
	picture: 'photo_url',
};

export const greenhouse = source({
	name: 'greenhouse',
	label: 'Greenhouse',
	payloads: [
		{
			documents: `${WEBHOOKS}#candidate-hired`,
			marks: { action: ['hire_candidate'], 'payload.application.candidate': 'object' },
			person: 'payload.application.candidate',
			fields: {
				...person,
				// Whoever is hired has that job from then on; the title is the one they leave.
				jobTitle: ['/payload.application.jobs[].name', '/payload.application.job.name'],
				startDate: '/payload.application.offer.starts_at',
			},
		},
		{
			documents: `${WEBHOOKS}#application-created`,
			marks: {
				action: ['new_candidate_application', 'new_prospect_application', 'candidate_stage_change'],
				'payload.application.candidate': 'object',
			},
			person: 'payload.application.candidate',
			fields: { ...person, jobTitle: 'title', appliedJob: '/payload.application.jobs[].name' },
		},
		{
			documents: WEBHOOKS,
			marks: {
				action: [
					...[
						'ping',
						'delete_candidate',
						'merge_candidate',
						'reject_candidate',
						'unhire_candidate',
					],
					...['update_candidate', 'candidate_anonymized', 'application_updated'],
					...['delete_application', 'new_prospect_application', 'new_candidate_application'],
					...['offer_created', 'offer_updated', 'offer_approved', 'offer_deleted'],
					...['job_created', 'job_updated', 'job_deleted', 'job_approved', 'hire_candidate'],
				],
				payload: 'object',
			},
			event: 'action',
		},
		{
			documents: HARVEST,
			marks: {
				id: 'number',
				first_name: 'text',
				application_ids: 'list',
				email_addresses: 'list',
				phone_numbers: 'list',
			},
			fields: { ...person, jobTitle: 'title' },
		},
	],
});
