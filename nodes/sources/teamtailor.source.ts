import { source, type PersonPayload } from '../shared/definition';

const WEBHOOKS = 'https://partner.teamtailor.com/company_webhooks';
const CANDIDATES = 'https://docs.teamtailor.com/#candidates';

const person: PersonPayload['fields'] = {
	externalId: 'id',
	givenName: 'attributes.first-name',
	familyName: 'attributes.last-name',
	email: 'attributes.email',
	phone: 'attributes.phone',
	links: ['attributes.linkedin-url', 'attributes.linkedin-profile'],
	tags: 'attributes.tags[]',
	resumeUrl: ['attributes.original-resume', 'attributes.resume'],
	picture: 'attributes.picture',
};

export const teamtailor = source({
	name: 'teamtailor',
	label: 'Teamtailor',
	payloads: [
		{
			documents: WEBHOOKS,
			marks: {
				'payload.event_name': ['candidate.create', 'candidate.update'],
				'payload.data.type': ['candidates'],
				'payload.data.attributes': 'object',
			},
			person: 'payload.data',
			fields: person,
		},
		{
			documents: WEBHOOKS,
			marks: { 'payload.event_name': 'text', 'payload.data': 'object' },
			event: 'payload.event_name',
		},
		{
			documents: CANDIDATES,
			marks: {
				'data.type': ['candidates'],
				'data.id': 'id',
				'data.attributes.first-name': 'text',
				'data.attributes.sourced': [true, false],
			},
			person: 'data',
			fields: person,
		},
		{
			documents: CANDIDATES,
			marks: {
				type: ['candidates'],
				id: 'id',
				'attributes.first-name': 'text',
				'attributes.sourced': [true, false],
			},
			fields: person,
		},
	],
});
