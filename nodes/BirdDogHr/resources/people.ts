import {
	list,
	resource,
	text,
	type EndpointParameters,
	type Resource,
	type Watch,
} from '../../shared/definition';
import { CLIENT } from './sources';

const observed = { basis: 'observed', source: CLIENT } as const;

const NOT_DESCRIBED =
	'No page that could be read describes such a call, and the public client code has none';

/** A list that people come from. What its records hold is nowhere written, so they are shown as they come. */
const listed = (of: {
	name: string;
	label: string;
	plural: string;
	path: string;
	records: string;
	parameters: EndpointParameters;
	watches?: Readonly<Record<string, Watch<'list'>>>;
}): Resource =>
	resource({
		name: of.name,
		label: of.label,
		plural: of.plural,
		key: 'id',
		fields: {
			id: text({
				label: 'ID',
				access: 'readOnly',
				evidence: { basis: 'unverified', source: 'VENDOR.md, section Reading' },
			}),
		},
		endpoints: {
			list: list({
				request: { method: 'GET', path: of.path },
				...observed,
				parameters: of.parameters,
				records: of.records,
				loose: true,
				paging: { by: 'none' },
			}),
		},
		operations: {
			getAll: {
				does: 'list',
				endpoint: 'list',
				action: `Get many ${of.plural.toLowerCase()}`,
			},
		},
		watches: of.watches,
		silent: Object.fromEntries(
			['get', 'create', 'update', 'upsert', 'delete', 'bulkSave', 'import'].map((name) => [
				name,
				NOT_DESCRIBED,
			]),
		),
	});

export const jobCandidate = listed({
	name: 'jobCandidate',
	label: 'Job Candidate',
	plural: 'Job Candidates',
	path: '/v2/JobCandidates',
	records: 'candidates',
	parameters: {
		days: {
			label: 'Days Back',
			help: 'How many days back to look; 0 lists all candidates',
			kind: 'number',
			in: 'query',
			name: 'numdays',
			required: true,
			default: 30,
		},
	},
});

export const onboardingEmployee = listed({
	name: 'onboardingEmployee',
	label: 'Onboarding Employee',
	plural: 'Onboarding Employees',
	path: '/v2/Employees',
	records: 'employees',
	parameters: {
		status: {
			label: 'Status',
			help: 'Whose onboarding is to be listed',
			kind: 'choice',
			in: 'query',
			name: 'disp',
			values: ['incomplete', 'Complete'],
			required: true,
			default: 'incomplete',
		},
		searchDate: {
			label: 'Search Date',
			help: 'Date to look for, in the form 12/31/2026. Needs Search Date Type too.',
			placeholder: 'e.g. 12/31/2026',
			kind: 'text',
			in: 'query',
			name: 'SearchDate',
		},
		searchDateType: {
			label: 'Search Date Type',
			help: 'Which date of the employee is compared',
			kind: 'choice',
			in: 'query',
			name: 'SearchDateType',
			values: ['completedate', 'hiredate'],
		},
	},
	watches: {
		onboarding: {
			by: 'compare',
			label: 'Onboarding Completed',
			description: 'When somebody new is on the list of completed onboardings',
			endpoint: 'list',
			// What the search date compares is not described, so the whole list is.
			fixed: { status: 'Complete' },
			events: ['created'],
		},
	},
});
