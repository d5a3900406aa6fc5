import { jsonApi, number, text } from '../../shared/definition';
import { byTalent, partOfTalent } from './partOfTalent';
import { CLIENT, SKILLS_PAGE } from './sources';

const evidence = { basis: 'documented', source: SKILLS_PAGE } as const;

export const skill = partOfTalent({
	name: 'skill',
	label: 'Skill',
	plural: 'Skills',
	segment: 'skills',
	evidence,
	filterEvidence: evidence,
	title: ['attributes.name'],
	filters: {
		ids: {
			label: 'IDs',
			help: 'Only these skills',
			kind: 'textList',
			in: 'query',
			name: 'filter[id]',
			list: 'brackets',
		},
		talentId: byTalent,
		name: { label: 'Name', kind: 'text', in: 'query', name: 'filter[name]' },
		level: { label: 'Level', kind: 'text', in: 'query', name: 'filter[level]' },
	},
	fields: {
		name: text(
			jsonApi.attribute('name', {
				label: 'Name',
				required: ['create'],
				concept: 'skills',
				simplified: true,
				evidence: { basis: 'observed', source: CLIENT },
			}),
		),
		level: number(
			jsonApi.attribute('level', {
				label: 'Level',
				shown: true,
				help: "The form of Ingedata's own n8n package takes whole numbers from 1 to 5",
				simplified: true,
				evidence: { basis: 'observed', source: CLIENT },
			}),
		),
	},
});
