import { source, type PersonPayload } from '../shared/definition';

const CANDIDATE = 'https://developer.personio.de/reference/get_v2-recruiting-candidates-id';

const person: PersonPayload['fields'] = {
	externalId: 'id',
	givenName: 'first_name',
	familyName: 'last_name',
	email: 'email',
	phone: 'phone',
	location: 'location',
	gender: 'gender',
	birthDate: 'birthday',
	links: 'linkedin_profile',
};

export const personio = source({
	name: 'personio',
	label: 'Personio',
	payloads: [
		{
			documents: CANDIDATE,
			marks: { id: 'id', first_name: 'text', 'applications[].application_date': 'text' },
			fields: person,
		},
		{
			documents: 'https://developer.personio.de/reference/get_v2-recruiting-applications-id',
			marks: {
				application_date: 'text',
				current_stage: 'object',
				'candidate.first_name': 'text',
				'candidate.email': 'text',
				'job.name': 'text',
			},
			person: 'candidate',
			fields: { ...person, appliedJob: '/job.name' },
		},
	],
});
