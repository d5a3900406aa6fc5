import {
	choice,
	date,
	flag,
	json,
	list,
	read,
	resource,
	text,
	textList,
	write,
	type RouteChoice,
} from '../../shared/definition';
import {
	applications,
	attachments,
	certifications,
	courseAttendance,
	detailTags,
	education,
	experience,
	notes,
	photoContent,
	project,
	questions,
	resumeContent,
	scheduledInterviews,
	skillDetails,
} from './candidateParts';
import { byOffset, exclude, filterQuery, instant, keyList, query, systemId } from './shared';
import { byTransaction, getTransaction, transactionEndpoints } from './transaction';

const CANDIDATES = '/api/v2/core/ats-systems/{systemId}/ats-candidates';
const CANDIDATE = `${CANDIDATES}/{candidateId}`;
const reference = (operationId: string): string =>
	`https://apidocs.eightfold.ai/v2.0/reference/${operationId}`;

const ACCEPTED =
	'Eightfold accepts a write at once and decides later, without a reason for a refusal: a row is saved when its transaction has passed, and in progress until then.';
const TWO_CALLS =
	'Each candidate is read first. That Eightfold answers 404 for an unknown Candidate ID was seen in public code and is not documented.';
const NEW_NEEDS = 'A new candidate needs First Name and Emails.';
/** A lookup, a write and at least one poll. */
const PACE =
	'At 100 requests a minute, which Eightfold is said to take, about 30 rows are saved in a minute.';

const refreshClaimedProfile = {
	label: 'Refresh Claimed Profile',
	help: 'Whether to apply the change even if the person has claimed the profile',
	kind: 'boolean',
	in: 'query',
	default: false,
	group: 'options',
} as const;

/** Only for `createWithGeneratedId`, and that one takes nothing that belongs to another system. */
const except = ['autoGenerateCandidateId'] as const;

const writeMode: RouteChoice<'lookup' | 'create' | 'update'> = {
	option: 'writeMode',
	label: 'Write Mode',
	help: 'What to do with each row',
	choices: [
		{
			value: 'upsert',
			label: 'Create or Update',
			help: 'Read each candidate first; one that Eightfold answers with 404 is created. That answer was seen in public code and is not documented.',
			route: { lookup: 'lookup', found: 'update', missing: 'create' },
		},
		{
			value: 'create',
			label: 'Create Only',
			help: 'One request less for each row. What Eightfold does with a Candidate ID that exists is not documented.',
			route: 'create',
		},
		{
			value: 'update',
			label: 'Update Only',
			help: 'One request less for each row. A Candidate ID that does not exist fails.',
			route: 'update',
		},
	],
};

export const atsCandidate = resource({
	name: 'atsCandidate',
	label: 'ATS Candidate',
	plural: 'ATS Candidates',
	key: 'candidateId',
	fields: {
		candidateId: text({
			label: 'Candidate ID',
			help: 'ID of the candidate in the ATS',
			placeholder: 'e.g. C-1001',
			required: ['create', 'replace', 'save'],
			concept: 'externalId',
			simplified: true,
		}),
		firstName: text({
			label: 'First Name',
			required: ['create', 'replace'],
			personal: true,
			concept: 'givenName',
			simplified: true,
		}),
		lastName: text({
			label: 'Last Name',
			clearWith: 'null',
			personal: true,
			concept: 'familyName',
			simplified: true,
		}),
		emails: textList({
			label: 'Emails',
			help: 'One or more addresses',
			required: ['create', 'replace'],
			wire: 'commaJoined',
			personal: true,
			concept: 'email',
			simplified: true,
			// The reference calls it one e-mail address; that several are joined by commas was seen.
			evidence: { basis: 'observed', source: 'VENDOR.md, section Fields' },
		}),
		phones: textList({
			label: 'Phones',
			help: 'One or more phone numbers',
			clearWith: 'null',
			wire: 'commaJoined',
			personal: true,
			concept: 'phone',
			simplified: true,
		}),
		lastActivityTs: instant('Last Activity', {
			help: 'When the candidate was last active. Where Eightfold requires it and nothing is given, the time of the run is sent, as public apps for Eightfold do.',
			required: ['create', 'replace'],
			whenMissing: 'now',
			simplified: true,
		}),
		title: text({ label: 'Title', clearWith: 'null', concept: 'jobTitle', simplified: true }),
		location: text({
			label: 'Location',
			clearWith: 'null',
			concept: 'location',
			simplified: true,
		}),
		locationCountry: text({
			label: 'Location Country',
			help: 'Whether Eightfold wants a code or a name is not documented',
			clearWith: 'null',
			concept: 'country',
			simplified: true,
		}),
		address: text({
			label: 'Address',
			clearWith: 'null',
			personal: true,
			concept: 'address',
		}),
		summary: text({ label: 'Summary', clearWith: 'null', personal: true, concept: 'summary' }),
		skills: textList({ label: 'Skills', concept: 'skills', simplified: true }),
		tags: textList({ label: 'Tags', concept: 'tags' }),
		displayTags: textList({ label: 'Display Tags' }),
		urls: textList({
			label: 'URLs',
			help: 'Web addresses of the candidate, for example a LinkedIn profile',
			concept: 'linkedIn',
		}),
		contactConsent: choice({
			label: 'Contact Consent',
			values: ['applied_only', 'all', 'country_only'],
			clearWith: 'null',
		}),
		dateOfBirth: date({
			label: 'Date of Birth',
			clearWith: 'null',
			personal: true,
			concept: 'birthDate',
			evidence: { basis: 'observed', source: 'VENDOR.md, section Fields' },
		}),
		gender: text({ label: 'Gender', clearWith: 'null', personal: true, concept: 'gender' }),
		races: textList({ label: 'Races', personal: true }),
		visaStatuses: textList({ label: 'Visa Statuses', personal: true }),
		veteranStatus: flag({ label: 'Veteran Status', clearWith: 'null' }),
		veteranStatusStr: text({ label: 'Veteran Status (Text)', access: 'readOnly' }),
		disabilityStatus: flag({ label: 'Disability Status', clearWith: 'null' }),
		disabilityStatusStr: text({ label: 'Disability Status (Text)', access: 'readOnly' }),
		highestEducationLevel: text({ label: 'Highest Education Level', clearWith: 'null' }),
		isAnonymized: flag({ label: 'Is Anonymized', clearWith: 'null' }),
		isInternal: flag({ label: 'Is Internal', clearWith: 'null' }),
		systemId: text({
			label: 'System ID',
			help: 'Sent inside the record, beside the one in the address; usually not needed',
			clearWith: 'null',
		}),
		resumeContent,
		photoContent,
		attachments,
		notes,
		certifications,
		education,
		experience,
		project,
		skillDetails,
		courseAttendance,
		detailTags,
		scheduledInterviews,
		questions,
		applications,
		customInfo: json({ label: 'Custom Info', help: 'Names and values of your own' }),
		autoGenerateCandidateId: flag({ label: 'Auto-Generate Candidate ID', access: 'writeOnly' }),
	},
	endpoints: {
		list: list({
			request: { method: 'GET', path: CANDIDATES },
			basis: 'documented',
			source: reference('list_ats_candidate'),
			parameters: { systemId, query, filterQuery, exclude, keyList },
			records: 'data',
			paging: byOffset,
			total: 'meta.totalCount',
		}),
		get: read({
			request: { method: 'GET', path: `${CANDIDATES}/{atsCandidateId}` },
			basis: 'documented',
			source: reference('get_ats_candidate_by_id'),
			parameters: {
				systemId,
				atsCandidateId: {
					label: 'ATS Candidate',
					help: 'Candidate ID in the ATS',
					kind: 'text',
					in: 'path',
					required: true,
					locator: { search: 'list', query: 'query', label: ['firstName', 'lastName'] },
				},
				include: {
					label: 'Include',
					help: 'Sections to return besides the fields of the candidate',
					kind: 'choices',
					in: 'query',
					values: ['applications', 'notes', 'tags'],
					// That several are joined by commas was seen in public code.
					evidence: { basis: 'observed', source: 'VENDOR.md, section Reading' },
				},
				exclude,
				keyList,
			},
		}),
		lookup: read({
			request: { method: 'GET', path: CANDIDATE },
			basis: 'documented',
			source: reference('get_ats_candidate_by_id'),
			parameters: { systemId },
		}),
		create: write({
			request: { method: 'POST', path: CANDIDATES },
			basis: 'documented',
			source: reference('create_ats_candidate'),
			parameters: { systemId },
			max: 1,
			demands: 'create',
			// Whether a second create overwrites, fails or makes a second record is not documented.
			repeatable: false,
			outcome: byTransaction,
		}),
		// The reference allows generated IDs at this system only, so its name stands in the address.
		createGenerated: write({
			request: { method: 'POST', path: CANDIDATES.replace('{systemId}', 'talent_tracking') },
			basis: 'documented',
			source: reference('create_ats_candidate'),
			max: 1,
			repeatable: false,
			outcome: byTransaction,
		}),
		update: write({
			request: { method: 'PATCH', path: CANDIDATE },
			basis: 'documented',
			source: reference('patch_ats_candidate'),
			parameters: { systemId, refreshClaimedProfile },
			max: 1,
			omit: ['candidateId'],
			// Whether lists are merged or replaced is not documented: merged, a second patch could double their entries.
			repeatable: false,
			outcome: byTransaction,
		}),
		replace: write({
			request: { method: 'PUT', path: CANDIDATE },
			basis: 'documented',
			source: reference('update_ats_candidate'),
			parameters: { systemId, refreshClaimedProfile },
			max: 1,
			repeatable: true,
			outcome: byTransaction,
		}),
		...transactionEndpoints,
	},
	operations: {
		getAll: {
			does: 'list',
			endpoint: 'list',
			action: 'Get many ATS candidates',
			description: 'List or search the candidates of an ATS',
		},
		get: {
			does: 'get',
			endpoint: 'get',
			action: 'Get ATS candidate',
			description: 'Read one candidate by its ID in the ATS',
		},
		create: {
			does: 'save',
			rows: 'one',
			action: 'Create ATS candidate',
			notice: `${ACCEPTED} What a create does with a Candidate ID that exists is not documented; where it may exist, use Create or Update.`,
			purpose: 'create',
			route: 'create',
			except,
		},
		createWithGeneratedId: {
			does: 'save',
			rows: 'one',
			label: 'Create With Generated ID',
			action: 'Create ATS candidate with generated ID',
			description: "Create a candidate in Eightfold's own tracking system, which gives the ID",
			notice: `For candidates of Eightfold's own tracking system (talent_tracking) only: Eightfold makes the Candidate ID. Sending a person twice makes two candidates. ${ACCEPTED}`,
			purpose: 'create',
			route: 'createGenerated',
			except: ['candidateId', 'systemId'],
			fixed: { autoGenerateCandidateId: true },
		},
		update: {
			does: 'save',
			rows: 'one',
			action: 'Update ATS candidate',
			notice: `Only the fields you give are changed. Whether a list that you give is merged with the stored one or replaces it is not documented. ${ACCEPTED}`,
			purpose: 'save',
			route: 'update',
			except,
		},
		replace: {
			does: 'save',
			rows: 'one',
			label: 'Replace (Wipes Fields Not Given)',
			action: 'Replace ATS candidate',
			description: 'Overwrite a whole candidate: every field that is not given or empty is wiped',
			notice: `Overwrites the whole candidate. Eightfold wipes fields that are sent empty and does not say what becomes of those that are not sent: take them to be wiped too. To change some fields, use Update. ${ACCEPTED}`,
			purpose: 'replace',
			route: 'replace',
			except,
			destructive: true,
		},
		upsert: {
			does: 'save',
			rows: 'one',
			action: 'Create or update ATS candidate',
			notice: `${TWO_CALLS} ${NEW_NEEDS} ${ACCEPTED}`,
			basis: 'observed',
			purpose: 'save',
			route: { lookup: 'lookup', found: 'update', missing: 'create' },
			except,
		},
		bulkSave: {
			does: 'save',
			rows: 'items',
			action: 'Bulk save ATS candidates',
			notice: `All items are sent, one by one: Eightfold has no bulk call. ${PACE} ${TWO_CALLS} ${NEW_NEEDS} ${ACCEPTED}`,
			purpose: 'save',
			route: writeMode,
			except,
		},
		import: {
			does: 'save',
			rows: 'file',
			action: 'Import ATS candidates',
			notice: `Rows are sent one by one: Eightfold has no import. ${PACE} ${TWO_CALLS} ${NEW_NEEDS} ${ACCEPTED}`,
			purpose: 'save',
			route: writeMode,
			except,
		},
		getTransaction: getTransaction('ATS candidate'),
	},
	silent: {
		delete:
			"Eightfold has no call that deletes an ATS candidate. Profile: Delete removes the person's whole profile instead",
	},
});
