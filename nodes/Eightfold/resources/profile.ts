import {
	flag,
	json,
	list,
	number,
	read,
	resource,
	text,
	textList,
	write,
	type FieldOptions,
} from '../../shared/definition';
import { byOffset, exclude, filterQuery, keyList, query } from './shared';
import { byTransaction, getTransaction, transactionEndpoints } from './transaction';

const PROFILES = '/api/v2/core/profiles';
/** A public copy of the document behind the vendor's reference. */
const REFERENCE =
	'https://raw.githubusercontent.com/api-evangelist/eightfold-ai/refs/heads/main/openapi/eightfold-ai-profile-api-openapi.yml';

const CHANGELOG_REFERENCE =
	'https://raw.githubusercontent.com/api-evangelist/eightfold-ai/refs/heads/main/openapi/eightfold-ai-entity-changelog-api-openapi.yml';

const WHOLE_PERSON = "Removes the person's whole profile, not only the record of one ATS.";

const AS_CANDIDATE =
	'Eightfold documents calls that write one profile; here people are written as ATS candidates, from which it makes their profiles';

const readOnly = { access: 'readOnly' } as const;
const shown = { ...readOnly, simplified: true } as const;
const person = { ...readOnly, personal: true } as const;
const shownText = (label: string, more: Partial<FieldOptions> = {}) =>
	text({ label, ...shown, ...more });

const include = {
	label: 'Include',
	help: 'Sections to return besides the fields of the profile',
	kind: 'choices',
	in: 'query',
	group: 'options',
	values: [
		'applications',
		'attachmentsInfo',
		'careerSiteQuestions',
		'deletedAt',
		'demandExperiences',
		'inferredSkills',
		'jtnSubmissions',
		'lastContact',
		'notes',
		'resume',
		'tags',
	],
	evidence: { basis: 'observed', source: 'VENDOR.md, section Reading' },
} as const;

export const profile = resource({
	name: 'profile',
	label: 'Profile',
	plural: 'Profiles',
	key: 'id',
	fields: {
		id: text({
			label: 'Profile ID',
			help: 'Encoded ID that Eightfold gave the profile',
			required: ['patch'],
			concept: 'internalId',
			simplified: true,
		}),
		profileId: number({ label: 'Numeric Profile ID', ...readOnly }),
		atsEntityId: text({
			label: 'ATS Candidate ID',
			help: 'ID of the candidate in the ATS',
			placeholder: 'e.g. C-1001',
			required: ['patch'],
			simplified: true,
		}),
		// No field of a profile: what the guard of a delete compares with the system of the candidate inside it.
		systemId: text({
			label: 'System ID',
			help: 'ID of the ATS that the candidate belongs to. A profile of another one is left alone, as far as Eightfold tells which it is.',
			placeholder: 'e.g. successfactors',
			access: 'writeOnly',
			required: ['patch'],
		}),
		fullName: shownText('Full Name', { personal: true, concept: 'displayName' }),
		firstName: shownText('First Name', { personal: true, concept: 'givenName' }),
		lastName: shownText('Last Name', { personal: true, concept: 'familyName' }),
		email: textList({
			label: 'Emails',
			...shown,
			wire: 'commaJoined',
			personal: true,
			concept: 'email',
		}),
		phone: shownText('Phone', { personal: true, concept: 'phone' }),
		title: shownText('Title', { concept: 'jobTitle' }),
		currentCompany: shownText('Current Company'),
		location: shownText('Location', { concept: 'location' }),
		lastUpdated: text({ label: 'Last Updated', ...readOnly }),
		address: text({ label: 'Address', ...person, concept: 'address' }),
		summary: text({ label: 'Summary', ...person, concept: 'summary' }),
		gender: text({ label: 'Gender', ...person, concept: 'gender' }),
		imageUrl: text({ label: 'Image URL', ...readOnly }),
		urls: textList({ label: 'URLs', ...readOnly, concept: 'linkedIn' }),
		industries: textList({ label: 'Industries', ...readOnly }),
		educationLevel: text({ label: 'Education Level', ...readOnly }),
		workExperienceYears: number({ label: 'Years of Work Experience', ...readOnly }),
		isConfidential: flag({ label: 'Is Confidential', ...readOnly }),
		isCurrentEmployee: flag({ label: 'Is Current Employee', ...readOnly }),
		deletedAt: text({ label: 'Deleted At', ...readOnly }),
		resumeFileName: text({ label: 'Résumé File Name', ...readOnly }),
		resume: text({ label: 'Résumé (Base64)', ...readOnly }),
		skills: json({ label: 'Skills', ...readOnly }),
		tags: json({ label: 'Tags', ...readOnly }),
		notes: json({ label: 'Notes', ...readOnly }),
		applications: json({ label: 'Applications', ...readOnly }),
		education: json({ label: 'Education', ...readOnly }),
		experiences: json({ label: 'Experiences', ...readOnly }),
		projects: json({ label: 'Projects', ...readOnly }),
		certificates: json({ label: 'Certificates', ...readOnly }),
		awards: json({ label: 'Awards', ...readOnly }),
		patents: json({ label: 'Patents', ...readOnly }),
		publications: json({ label: 'Publications', ...readOnly }),
		endorsements: json({ label: 'Endorsements', ...readOnly }),
		internalGroupAffiliation: json({ label: 'Internal Group Affiliation', ...readOnly }),
		attachmentsInfo: json({ label: 'Attachments Info', ...readOnly }),
		employeeInfo: json({ label: 'Employee Info', ...readOnly }),
		sources: json({ label: 'Sources', ...readOnly }),
		dupeData: json({ label: 'Duplicates Data', ...readOnly }),
		customInfo: json({ label: 'Custom Info', ...readOnly }),
		customFields: json({ label: 'Custom Fields', ...readOnly }),
		atsData: json({ label: 'ATS Data', ...readOnly }),
	},
	endpoints: {
		list: list({
			request: { method: 'GET', path: PROFILES },
			basis: 'documented',
			source: REFERENCE,
			parameters: {
				query,
				filterQuery,
				changedSince: {
					label: 'Changed Since',
					help: 'Only profiles that were changed at or after this time',
					kind: 'dateTime',
					in: 'query',
					name: 'filterQuery',
					wire: 'epochSeconds',
					template: 'lastModified:[{} TO *]',
					evidence: { basis: 'observed', source: 'VENDOR.md, section Reading' },
				},
				atsCandidateId: {
					label: 'ATS Candidate ID',
					help: 'ID in the ATS; Eightfold searches all systems for it',
					kind: 'text',
					in: 'query',
				},
				profileIds: {
					label: 'Profile IDs',
					help: 'Numeric or encoded IDs of profiles',
					kind: 'textList',
					in: 'query',
				},
				include,
				exclude,
				keyList,
			},
			records: 'data',
			paging: byOffset,
			total: 'meta.totalCount',
		}),
		get: read({
			request: { method: 'GET', path: `${PROFILES}/{profileId}` },
			basis: 'documented',
			source: REFERENCE,
			parameters: {
				profileId: {
					label: 'Profile',
					kind: 'text',
					in: 'path',
					required: true,
					locator: { search: 'list', query: 'query', label: ['fullName'] },
				},
				include,
				exclude,
				keyList,
			},
		}),
		changelog: list({
			request: { method: 'GET', path: '/api/v2/core/changelog/profiles' },
			basis: 'documented',
			source: CHANGELOG_REFERENCE,
			parameters: {
				startTime: { label: 'Start Time', kind: 'number', in: 'query', required: true },
				endTime: { label: 'End Time', kind: 'number', in: 'query', required: true },
			},
			records: 'data',
			paging: {
				by: 'offsetOrPage',
				name: 'start',
				limit: 'limit',
				pageSize: 100,
			},
		}),
		batchFetch: list({
			request: { method: 'POST', path: `${PROFILES}/batch-fetch` },
			basis: 'documented',
			source: REFERENCE,
			parameters: {
				entityIds: { label: 'Profile IDs', kind: 'textList', in: 'body', required: true },
			},
			records: 'data',
			paging: { by: 'none' },
		}),
		findByCandidate: list({
			request: { method: 'GET', path: PROFILES },
			basis: 'documented',
			source: REFERENCE,
			parameters: {
				atsEntityId: {
					label: 'ATS Candidate ID',
					kind: 'text',
					in: 'query',
					name: 'atsCandidateId',
				},
			},
			records: 'data',
			paging: byOffset,
			total: 'meta.totalCount',
		}),
		remove: write({
			request: { method: 'DELETE', path: `${PROFILES}/{id}` },
			basis: 'documented',
			source: REFERENCE,
			max: 1,
			bodiless: true,
			repeatable: true,
			outcome: byTransaction,
		}),
		...transactionEndpoints,
	},
	operations: {
		getAll: {
			does: 'list',
			endpoint: 'list',
			action: 'Get many profiles',
			description: 'List or search profiles',
		},
		get: {
			does: 'get',
			endpoint: 'get',
			action: 'Get profile',
			description: 'Read one profile by its ID',
		},
		delete: {
			does: 'save',
			rows: 'one',
			label: 'Delete (Profile)',
			action: 'Delete profile',
			description: "Remove a person's whole profile by its ID",
			notice: `${WHOLE_PERSON} It cannot be undone here.`,
			purpose: 'patch',
			route: 'remove',
			only: ['id'],
			ask: ['id'],
			destructive: true,
		},
		deleteByCandidate: {
			does: 'save',
			rows: 'one',
			label: 'Delete by ATS Candidate ID (Profile)',
			action: 'Delete profile by ATS candidate ID',
			description: "Remove a person's whole profile, found by the candidate's ID in an ATS",
			notice: `${WHOLE_PERSON} Only if exactly one fits both IDs.`,
			purpose: 'patch',
			route: {
				find: 'findByCandidate',
				where: { atsEntityId: 'atsEntityId', 'atsData.systemId': 'systemId' },
				take: { id: 'id' },
				then: 'remove',
			},
			only: ['atsEntityId', 'systemId'],
			ask: ['atsEntityId', 'systemId'],
			destructive: true,
		},
		getTransaction: getTransaction('profile'),
	},
	watches: {
		profileLog: {
			by: 'changelog',
			label: 'Profile Created or Changed',
			description: 'When a profile is added or changed, at least 30 minutes later',
			notice:
				'Comes half an hour late, by rule of Eightfold. Whether a profile is new is not in its changelog.',
			endpoint: 'changelog',
			from: 'startTime',
			to: 'endTime',
			delaySeconds: 30 * 60,
			windowSeconds: 24 * 60 * 60,
			id: 'entityId',
			records: { endpoint: 'batchFetch', ids: 'entityIds', max: 100 },
			at: 'lastUpdated',
			test: 'list',
			events: ['changed'],
		},
		profile: {
			by: 'since',
			label: 'Profile Created or Changed, Sooner',
			description:
				'When a profile is added or changed, as soon as the search of Eightfold finds it',
			endpoint: 'list',
			since: 'changedSince',
			at: 'lastUpdated',
			// The filter was seen in public code, not documented.
			basis: 'observed',
			events: ['changed'],
			// How late the search finds a change is unknown. Ten minutes cost no request while they fit on a page.
			overlapSeconds: 600,
		},
	},
	silent: {
		create: AS_CANDIDATE,
		update: AS_CANDIDATE,
		upsert: AS_CANDIDATE,
		bulkSave: AS_CANDIDATE,
		import: AS_CANDIDATE,
	},
});
