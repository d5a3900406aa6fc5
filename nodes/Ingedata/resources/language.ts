import { jsonApi, number, text, type Field } from '../../shared/definition';
import { observed } from './observed';
import { partOfTalent } from './partOfTalent';

const level = (name: string, label: string): Field =>
	number(
		jsonApi.attribute(name, {
			label,
			help: "The form of Ingedata's own n8n package takes whole numbers from 1 to 5",
			required: ['create'],
			simplified: true,
		}),
	);

export const language = partOfTalent({
	...observed,
	name: 'language',
	label: 'Language',
	plural: 'Languages',
	segment: 'languages',
	title: ['attributes.iso_code'],
	fields: {
		iso_code: text(
			jsonApi.attribute('iso_code', {
				label: 'ISO Code',
				help: 'Code of the language. Which ISO standard is meant is not documented.',
				placeholder: 'e.g. en',
				required: ['create'],
				concept: 'language',
				simplified: true,
			}),
		),
		reading: level('reading', 'Reading'),
		writing: level('writing', 'Writing'),
		speaking: level('speaking', 'Speaking'),
	},
});
