import { date, jsonApi, text } from '../../shared/definition';
import { observed } from './observed';
import { partOfTalent } from './partOfTalent';

export const experience = partOfTalent({
	...observed,
	name: 'experience',
	label: 'Experience',
	plural: 'Experiences',
	segment: 'experiences',
	title: ['attributes.position', 'attributes.organization'],
	fields: {
		organization: text(
			jsonApi.attribute('organization', {
				label: 'Organization',
				help: 'Where the experience was gained',
				required: ['create'],
				concept: 'organization',
				simplified: true,
			}),
		),
		position: text(
			jsonApi.attribute('position', {
				label: 'Position',
				required: ['create'],
				concept: 'jobTitle',
				simplified: true,
			}),
		),
		start_date: date(
			jsonApi.attribute('start_date', {
				label: 'Start Date',
				required: ['create'],
				wire: 'isoMidnight',
				concept: 'startDate',
				simplified: true,
			}),
		),
		end_date: date(
			jsonApi.attribute('end_date', {
				label: 'End Date',
				help: 'Empty while it goes on',
				wire: 'isoMidnight',
				clearWith: 'null',
				concept: 'endDate',
				simplified: true,
			}),
		),
		summary: text(
			jsonApi.attribute('summary', { label: 'Summary', personal: true, concept: 'summary' }),
		),
	},
});
