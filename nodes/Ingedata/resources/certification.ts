import { date, jsonApi, text } from '../../shared/definition';
import { observed } from './observed';
import { partOfTalent } from './partOfTalent';

export const certification = partOfTalent({
	...observed,
	name: 'certification',
	label: 'Certification',
	plural: 'Certifications',
	segment: 'certifications',
	title: ['attributes.name', 'attributes.organization'],
	fields: {
		name: text(
			jsonApi.attribute('name', { label: 'Name', required: ['create'], simplified: true }),
		),
		organization: text(
			jsonApi.attribute('organization', {
				label: 'Organization',
				help: 'Who gave the certificate out',
				required: ['create'],
				concept: 'organization',
				simplified: true,
			}),
		),
		url: text(
			jsonApi.attribute('url', {
				label: 'URL',
				required: ['create'],
				personal: true,
				simplified: true,
			}),
		),
		obtention_date: date(
			jsonApi.attribute('obtention_date', {
				label: 'Obtention Date',
				required: ['create'],
				wire: 'isoMidnight',
				simplified: true,
			}),
		),
	},
});
