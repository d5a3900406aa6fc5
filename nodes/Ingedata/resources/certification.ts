import { date, text } from '../../shared/definition';
import { attribute } from './jsonApi';
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
		name: text(attribute('name', { label: 'Name', required: ['create'], simplified: true })),
		organization: text(
			attribute('organization', {
				label: 'Organization',
				help: 'Who gave the certificate out',
				required: ['create'],
				concept: 'organization',
				simplified: true,
			}),
		),
		url: text(
			attribute('url', {
				label: 'URL',
				required: ['create'],
				personal: true,
				simplified: true,
			}),
		),
		obtention_date: date(
			attribute('obtention_date', {
				label: 'Obtention Date',
				required: ['create'],
				wire: 'isoMidnight',
				simplified: true,
			}),
		),
	},
});
