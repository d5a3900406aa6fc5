import { source, type PersonPayload } from '../shared/definition';

const PAGE = 'https://hire.lever.co/developer/documentation';

const person: PersonPayload['fields'] = {
	// The contact is the person, an opportunity one of their applications; it is an object where it was asked for in full.
	externalId: ['contact.id', 'contact', 'id'],
	displayName: 'name',
	email: 'emails[]',
	phone: 'phones[].value',
	location: 'location',
	links: 'links[]',
	tags: 'tags[]',
	atsUrl: 'urls.show',
};

const OF_AN_OPPORTUNITY = {
	id: 'text',
	emails: 'list',
	phones: 'list',
	links: 'list',
	'urls.show': 'text',
} as const;

const OF_A_WEBHOOK = { triggeredAt: 'number', signature: 'text', token: 'text' } as const;

/** The events in which somebody is still there. */
const WITH_SOMEBODY = ['applicationCreated', 'candidateHired', 'candidateStageChange'];

export const lever = source({
	name: 'lever',
	label: 'Lever',
	payloads: [
		{
			documents: `${PAGE}#webhooks`,
			marks: { ...OF_A_WEBHOOK, 'data.opportunityId': 'text', event: WITH_SOMEBODY },
			readBy: 'an HTTP Request node that asks Lever for the opportunity',
		},
		{
			documents: `${PAGE}#webhooks`,
			marks: { ...OF_A_WEBHOOK, event: 'text', data: 'object' },
			event: 'event',
		},
		{
			documents: `${PAGE}#retrieve-a-single-opportunity`,
			marks: Object.fromEntries(
				Object.entries(OF_AN_OPPORTUNITY).map(([path, mark]) => [`data.${path}`, mark]),
			),
			person: 'data',
			fields: person,
		},
		{
			documents: `${PAGE}#list-all-opportunities`,
			marks: OF_AN_OPPORTUNITY,
			fields: person,
		},
	],
});
