import { source, type PersonPayload } from '../shared/definition';

const REFERENCE = 'https://developers.ashbyhq.com/reference';
const CANDIDATE = `${REFERENCE}/candidateinfo`;

// Of webhooks, pages of others show ID, name, primary e-mail and phone of the candidate and the title of the job
// (https://onwardb.atlassian.net/wiki/spaces/ONLINK/pages/79855617, https://docs.sim.ai/triggers/ashby); the rest is as of the record.
const person: PersonPayload['fields'] = {
	externalId: 'id',
	displayName: 'name',
	email: ['primaryEmailAddress.value', 'emailAddresses[].value'],
	phone: ['primaryPhoneNumber.value', 'phoneNumbers[].value'],
	links: 'socialLinks[].url',
	jobTitle: 'position',
	tags: 'tags[].title',
	atsUrl: 'profileUrl',
};

const OF_A_CANDIDATE = {
	id: 'text',
	name: 'text',
	emailAddresses: 'list',
	phoneNumbers: 'list',
	socialLinks: 'list',
	applicationIds: 'list',
} as const;

export const ashby = source({
	name: 'ashby',
	label: 'Ashby',
	payloads: [
		{
			documents: `${REFERENCE}/candidatehirewebhook`,
			marks: { action: ['candidateHire'], 'data.application.candidate': 'object' },
			person: 'data.application.candidate',
			fields: { ...person, jobTitle: '/data.application.job.title' },
		},
		{
			documents: `${REFERENCE}/applicationsubmitwebhook`,
			marks: {
				action: ['applicationSubmit', 'applicationUpdate', 'candidateStageChange'],
				'data.application.candidate': 'object',
			},
			person: 'data.application.candidate',
			fields: { ...person, appliedJob: '/data.application.job.title' },
		},
		{
			documents: 'https://developers.ashbyhq.com/docs/common-payload-data',
			marks: {
				action: [
					...['ping', 'applicationSubmit', 'applicationUpdate', 'candidateHire', 'candidateDelete'],
					...['candidateMerge', 'candidateStageChange', 'interviewPlanTransition'],
					...['interviewScheduleCreate', 'interviewScheduleUpdate', 'jobPostingPublish'],
					...['jobPostingUnpublish', 'jobPostingUpdate', 'offerCreate', 'offerUpdate'],
				],
				data: 'object',
			},
			event: 'action',
		},
		{
			documents: CANDIDATE,
			marks: Object.fromEntries(
				Object.entries(OF_A_CANDIDATE).map(([path, mark]) => [`results.${path}`, mark]),
			),
			person: 'results',
			fields: person,
		},
		{ documents: CANDIDATE, marks: OF_A_CANDIDATE, fields: person },
	],
});
