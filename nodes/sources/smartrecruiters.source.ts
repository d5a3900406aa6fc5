import { source } from '../shared/definition';

const CANDIDATES = 'https://developers.smartrecruiters.com/reference/candidatesget-1';

export const smartRecruiters = source({
	name: 'smartRecruiters',
	label: 'SmartRecruiters',
	payloads: [
		{
			documents: CANDIDATES,
			marks: { id: 'text', firstName: 'text', createdOn: 'text', primaryAssignment: 'object' },
			fields: {
				externalId: 'id',
				givenName: 'firstName',
				familyName: 'lastName',
				email: 'email',
				phone: 'phoneNumber',
				location: 'location.city',
				country: 'location.country',
				links: ['web.linkedin', 'web.website'],
				tags: 'tags[]',
			},
		},
	],
});
