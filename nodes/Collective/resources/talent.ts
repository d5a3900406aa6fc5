import {
	choice,
	dateTime,
	email,
	file,
	first,
	listOf,
	number,
	resource,
	text,
	textList,
	url,
	write,
} from '../../shared/definition';

const PAGE = 'https://docs.collective.work/api-reference/endpoint/my-talents/import';
const DELETE_PAGE = 'https://docs.collective.work/api-reference/endpoint/my-talents/delete';

/**
 * The page limits "the payload" to 10 MB and does not say before or after base64, nor how a megabyte is counted. Base64 makes
 * four bytes of three, so 7.5 million bytes of file are 10 million of payload; the rest is left for the other fields.
 */
const LARGEST_FILE = 7_400_000;
const LARGEST_PAYLOAD = 10_000_000;

const ONE_CALL = 'since Collective has one call that creates or updates';
const EVERY_TIME = 'Needs the LinkedIn URL or a résumé every time.';
const MANY =
	'Talents that exist are overwritten. Each row needs the LinkedIn URL or a résumé; a lost answer is not repeated.';

export const talent = resource({
	name: 'talent',
	label: 'Talent',
	plural: 'Talents',
	key: 'internalUserId',
	fields: {
		internalUserId: text({
			label: 'Internal User ID',
			meaning: 'Yours',
			help: 'Your own ID of the person; it links the talent to your system',
			placeholder: 'e.g. candidate-12345',
			required: ['create', 'patch'],
			concept: 'externalId',
		}),
		linkedInUrl: url({
			label: 'LinkedIn URL',
			shown: true,
			help: 'This or the résumé is needed every time',
			placeholder: 'e.g. https://www.linkedin.com/in/johndoe',
			personal: true,
			concept: 'linkedIn',
		}),
		resume: file({
			label: 'Résumé',
			shown: true,
			help: 'File as base64 text, or from binary data. This or the LinkedIn URL is needed every time.',
			concept: 'resume',
			limits: {
				maxBytes: LARGEST_FILE,
				// Collective names no kinds. These are all a résumé comes in; anything else in its place is a slip.
				kinds: ['pdf', 'docx', 'doc', 'odt', 'rtf', 'txt', 'png', 'jpg'],
			},
		}),
		firstname: text({ label: 'First Name', shown: true, personal: true, concept: 'givenName' }),
		lastname: text({ label: 'Last Name', shown: true, personal: true, concept: 'familyName' }),
		emails: textList({ label: 'Emails', shown: true, format: 'email', concept: 'email' }),
		// Free text in Collective's examples, so nothing is refused for its form.
		phones: textList({ label: 'Phones', personal: true, concept: 'phone' }),
		location: text({
			label: 'Location',
			help: 'Overrides any location that Collective has gathered',
			placeholder: 'e.g. Paris, France',
			concept: 'location',
		}),
		atsUrl: url({
			label: 'ATS URL',
			help: 'Address of the profile in your ATS, so that you can jump to it from Collective',
			placeholder: 'e.g. https://ats.example.com/candidates/12345',
			concept: 'atsUrl',
		}),
		pictureUrl: url({ label: 'Picture URL', personal: true, concept: 'picture' }),
		dailyRate: number({
			label: 'Daily Rate',
			help: 'In currency, sent as cents',
			placeholder: 'e.g. 500',
			decimals: 2,
			wire: 'centsText',
			concept: 'dailyRate',
		}),
		yearlySalaryMin: number({
			label: 'Yearly Salary Min',
			help: 'In currency, sent as cents. Needs the maximum too.',
			placeholder: 'e.g. 45000',
			decimals: 2,
			wire: 'centsText',
		}),
		yearlySalaryMax: number({
			label: 'Yearly Salary Max',
			help: 'In currency, sent as cents. Needs the minimum too.',
			placeholder: 'e.g. 65000',
			decimals: 2,
			wire: 'centsText',
		}),
		workPreference: choice({ label: 'Work Preference', values: ['FLEXIBLE', 'REMOTE'] }),
		desiredContractType: textList({
			label: 'Desired Contract Types',
			values: ['FREELANCER', 'PERMANENT_CONTRACT'],
			concept: 'contractType',
		}),
		notes: listOf(
			{
				content: text({ label: 'Content', personal: true }),
				timestamp: dateTime({ label: 'Time' }),
				// Whose address it is, the page does not say.
				email: email({ label: 'Email' }),
			},
			{
				label: 'Notes',
				help: 'Notes and interview reviews about the person',
				columns: {
					noteContent: first('content', { label: 'Note', help: 'Text of one note' }),
					noteTimestamp: first('timestamp', {
						label: 'Note Time',
						help: 'A time without a zone is taken as UTC',
					}),
					noteEmail: first('email', { label: 'Note Email' }),
				},
			},
		),
		links: listOf(
			{ name: text({ label: 'Name' }), url: url({ label: 'URL' }) },
			{
				label: 'Links',
				help: 'GitHub, personal website and so on',
				columns: {
					linkName: first('name', { label: 'Link Name', help: 'For example GitHub' }),
					linkUrl: first('url', { label: 'Link URL', concept: 'website' }),
				},
			},
		),
	},
	rules: [
		{ anyOf: ['linkedInUrl', 'resume'] },
		{ together: ['yearlySalaryMin', 'yearlySalaryMax'] },
	],
	endpoints: {
		import: write({
			request: { method: 'POST', path: '/my-talents/import' },
			basis: 'documented',
			source: PAGE,
			max: 1,
			maxBytes: LARGEST_PAYLOAD,
			// Whether notes, links, emails and phones are replaced or added to is not documented.
			repeatable: false,
			outcome: {
				by: 'status',
				actionAt: { at: 'status', created: ['created'], updated: ['updated'] },
				recordId: 'userId',
				keep: ['userId'],
			},
		}),
		remove: write({
			request: { method: 'DELETE', path: '/my-talents/import' },
			basis: 'documented',
			source: DELETE_PAGE,
			// No limit is stated. A hundred IDs are a few kilobytes, and what is refused is halved.
			max: 100,
			wrap: 'internalUserIds',
			value: 'internalUserId',
			repeatable: true,
			outcome: { by: 'lists', done: 'deleted', missing: 'notFound' },
		}),
	},
	operations: {
		upsert: {
			does: 'save',
			rows: 'one',
			action: 'Create or update talent',
			notice: `${EVERY_TIME} Amounts are in currency, not in cents.`,
			purpose: 'patch',
			route: 'import',
		},
		create: {
			does: 'save',
			rows: 'one',
			label: 'Create (Overwrites Existing)',
			action: 'Create talent or overwrite an existing one',
			description: `Create a talent; an existing one is overwritten, ${ONE_CALL}`,
			notice: `A talent that exists is overwritten. ${EVERY_TIME}`,
			purpose: 'create',
			route: 'import',
			expects: 'created',
		},
		update: {
			does: 'save',
			rows: 'one',
			label: 'Update (Creates if Missing)',
			action: 'Update talent or create a missing one',
			description: `Update a talent; a missing one is created, ${ONE_CALL}`,
			notice: `A missing talent is created. ${EVERY_TIME}`,
			purpose: 'patch',
			route: 'import',
			expects: 'updated',
		},
		delete: {
			does: 'save',
			rows: 'one',
			action: 'Delete talent',
			description: 'Remove talents from My Talents by your own IDs, many in one request',
			notice: 'Removes talents from My Talents by your own IDs. There is no way back here.',
			purpose: 'patch',
			route: 'remove',
			only: ['internalUserId'],
			ask: ['internalUserId'],
			destructive: true,
		},
		bulkSave: {
			does: 'save',
			rows: 'items',
			action: 'Bulk save talents',
			notice: MANY,
			purpose: 'patch',
			route: 'import',
		},
		import: {
			does: 'save',
			rows: 'file',
			action: 'Import talents',
			notice: MANY,
			purpose: 'patch',
			route: 'import',
		},
	},
	silent: {
		getAll: 'No page of Collective that could be read describes a call that lists talents',
		get: 'No page of Collective that could be read describes a call that reads a talent',
	},
});
