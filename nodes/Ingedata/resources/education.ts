import { date, jsonApi, text } from '../../shared/definition';
import { observed } from './observed';
import { partOfTalent } from './partOfTalent';

export const education = partOfTalent({
	...observed,
	name: 'education',
	label: 'Education',
	plural: 'Educations',
	segment: 'educations',
	title: ['attributes.name', 'attributes.institution'],
	fields: {
		name: text(
			jsonApi.attribute('name', { label: 'Name', required: ['create'], simplified: true }),
		),
		institution: text(
			jsonApi.attribute('institution', {
				label: 'Institution',
				required: ['create'],
				simplified: true,
			}),
		),
		degree: text(
			jsonApi.attribute('degree', { label: 'Degree', required: ['create'], simplified: true }),
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
	},
});
