import {
	choice,
	date,
	email,
	flag,
	list,
	number,
	phone,
	read,
	resource,
	text,
	textList,
	write,
	type Concept,
	type Field,
} from '../../shared/definition';
import { CLIENT, INDEX_PAGE, USER_PAGE, USERS_PAGE } from './sources';

/** Every write states the twelve fields that the model marks as required. */
const always = { required: ['create', 'patch'] } as const;
const removable = { clearWith: 'emptyString' } as const;

/** The samples show full instants; whether a bare date is taken is not documented. */
const day = (
	label: string,
	options: { help?: string; concept?: Concept; required?: Field['required'] } = {},
): Field => date({ label, wire: 'isoMidnight', ...options });

const amount = (label: string, concept?: Concept): Field =>
	number({ label, help: 'At most two decimals', decimals: 2, personal: true, concept });

const phoneNumber = (label: string, concept?: Concept): Field =>
	phone({
		label,
		help: 'Digits only, as BirdDogHR calls it numeric. Spaces, dashes, dots, slashes and brackets are left out.',
		placeholder: 'e.g. 5155550100',
		maxLength: 50,
		wire: 'digits',
		concept,
		...removable,
	});

const groups = (label: string): Field =>
	textList({
		label,
		help: 'Codes of groups that exist, separated by commas',
		access: 'writeOnly',
	});

const outcome = {
	by: 'word',
	at: 'status',
	// The first is how BirdDogHR spells it; the others are for the day it is put right.
	success: ['Sucessful', 'Successful', 'Success'],
	messages: 'messages',
} as const;

/** The call is eight years old where it was seen, and a slip there may have kept it from ever running. */
const observed = { basis: 'observed', source: CLIENT } as const;

/** Taken from the stored user where the row leaves them out. Active is set by the operation. */
const STORED = [
	'firstName',
	'lastName',
	'displayName',
	'email',
	'employeeId',
	'jobCode',
	'manager',
	'location',
	'hireDate',
	'isManager',
] as const;

const WHOLE = 'All required fields are needed every time.';
/** Every call fetches a token of its own. */
const MANY =
	'Users that exist are overwritten. Managers are sent first; every row takes two requests.';

export const talentUser = resource({
	name: 'talentUser',
	label: 'Talent User',
	plural: 'Talent Users',
	key: 'username',
	fields: {
		username: text({
			label: 'Username',
			meaning: 'Login Name',
			help: 'Login name, by which BirdDogHR recognises a user. An email address is advised.',
			placeholder: 'e.g. ada.lovelace@example.com',
			maxLength: 150,
			personal: true,
			concept: 'username',
			simplified: true,
			required: ['create', 'patch', 'fill'],
		}),
		firstName: text({
			label: 'First Name',
			maxLength: 50,
			personal: true,
			concept: 'givenName',
			simplified: true,
			...always,
		}),
		// No concept: columns of whole middle names would not fit.
		middleInitial: text({ label: 'Middle Initial', help: 'One character', maxLength: 1 }),
		lastName: text({
			label: 'Last Name',
			maxLength: 50,
			personal: true,
			concept: 'familyName',
			simplified: true,
			...always,
		}),
		displayName: text({
			label: 'Display Name',
			help: 'Preferred name. Left out, it is made of First Name and Last Name.',
			maxLength: 50,
			personal: true,
			concept: 'displayName',
			whenMissing: { joined: ['firstName', 'lastName'] },
			...always,
		}),
		email: email({
			label: 'Email',
			maxLength: 225,
			concept: 'email',
			simplified: true,
			...always,
		}),
		employeeId: text({
			label: 'Employee ID',
			maxLength: 50,
			concept: 'externalId',
			simplified: true,
			...always,
		}),
		jobCode: text({
			label: 'Job Code',
			help: 'Code of a job that exists, not its title. Get Many Talent Users shows codes in use.',
			...always,
		}),
		jobTitle: text({
			label: 'Job Title',
			maxLength: 50,
			concept: 'jobTitle',
			simplified: true,
			...removable,
		}),
		manager: text({
			label: 'Manager',
			meaning: 'Full Name',
			help: 'First name and last name of a user who exists, or of another row when many are sent',
			placeholder: 'e.g. Grace Hopper',
			personal: true,
			concept: 'manager',
			simplified: true,
			relation: { refersTo: 'firstName lastName', order: 'parentsFirst' },
			...always,
		}),
		location: text({
			label: 'Location',
			help: 'Name of a location that exists',
			concept: 'location',
			simplified: true,
			...always,
		}),
		hireDate: day('Hire Date', { concept: 'startDate', ...always }),
		active: flag({
			label: 'Active',
			help: 'Inactive users get no notifications, training or evaluations. Left out, it is yes.',
			whenMissing: { value: true },
			concept: 'status',
			simplified: true,
			...always,
		}),
		isManager: flag({
			label: 'Is Manager',
			help: 'Left out, it is no',
			whenMissing: { value: false },
			...always,
		}),
		department: text({
			label: 'Department',
			help: 'Name of a department that exists',
			concept: 'department',
			simplified: true,
			...removable,
		}),
		organization: text({ label: 'Organization', concept: 'organization', ...removable }),
		costCenter: text({ label: 'Cost Center', ...removable }),
		institute: text({ label: 'Institute', ...removable }),
		ssoUserName: text({
			label: 'SSO User Name',
			maxLength: 128,
			personal: true,
			...removable,
		}),
		phone1: phoneNumber('Phone 1', 'phone'),
		phone2: phoneNumber('Phone 2', 'phone'),
		phone3: phoneNumber('Phone 3', 'phone'),
		ethnicity: text({ label: 'Ethnicity', personal: true, ...removable }),
		// Pages of the same call differ in the name of this one field (VENDOR.md, section Gender or sex).
		gender: choice({
			label: 'Gender',
			values: ['Male', 'Female'],
			naming: {
				option: 'genderName',
				label: 'Send Gender As',
				help: 'The help pages of BirdDogHR name this field in both ways. Choose the other one if the gender is not stored.',
				names: ['gender', 'sex'],
			},
			concept: 'gender',
			...removable,
		}),
		salary: amount('Salary', 'salary'),
		lastRaiseAmount: amount('Last Raise Amount'),
		lastRaiseDate: day('Last Raise Date'),
		lastPromotionDate: day('Last Promotion Date'),
		nextEvaluationDate: day('Next Evaluation Date'),
		terminationDate: day('Termination Date', { concept: 'endDate' }),
		addToGroups: groups('Add to Groups'),
		removeFromGroups: groups('Remove From Groups'),
	},
	endpoints: {
		save: write({
			request: { method: 'POST', path: '/v2/TalentUser' },
			basis: 'documented',
			source: USER_PAGE,
			max: 1,
			// Found by username: the same request a second time leaves the same user.
			repeatable: true,
			seenBy: { find: 'find', where: { username: 'username' } },
			upserts: true,
			outcome,
		}),
		/** The same call, for a row that is completed from what is stored. */
		deactivate: write({
			request: { method: 'POST', path: '/v2/TalentUser' },
			basis: 'documented',
			source: USER_PAGE,
			max: 1,
			demands: 'patch',
			repeatable: true,
			seenBy: { find: 'find', where: { username: 'username' } },
			outcome,
		}),
		list: list({
			request: { method: 'GET', path: '/v2/TalentUsers' },
			...observed,
			records: 'TalentUsers',
			loose: true,
			// No page was seen; the whole list in one answer.
			paging: { by: 'none' },
		}),
		get: read({
			request: { method: 'GET', path: '/v2/TalentUser' },
			...observed,
			parameters: {
				talentUser: {
					label: 'Talent User',
					help: 'Username of the user',
					placeholder: 'e.g. ada.lovelace@example.com',
					kind: 'text',
					in: 'query',
					name: 'userName',
					required: true,
					locator: { search: 'list', value: 'username', label: ['firstName', 'lastName'] },
				},
			},
			record: 'TalentUsers',
			among: { username: 'talentUser' },
			loose: true,
		}),
		find: list({
			request: { method: 'GET', path: '/v2/TalentUser' },
			...observed,
			parameters: {
				username: {
					label: 'Username',
					kind: 'text',
					in: 'query',
					name: 'userName',
				},
			},
			records: 'TalentUsers',
			loose: true,
			paging: { by: 'none' },
		}),
		saveMany: write({
			request: { method: 'POST', path: '/v2/TalentUsers' },
			basis: 'documented',
			source: USERS_PAGE,
			// No limit is published. An error leaves every row of its request open, so the requests stay small.
			max: 50,
			repeatable: true,
			// The answer is not documented; the one of the single call names no record.
			outcome: { ...outcome, unlocated: true },
		}),
	},
	watches: {
		talentUser: {
			by: 'compare',
			label: 'Talent User Created or Changed',
			description: 'When a user is new in the list of all, or anything of it is different',
			notice: 'Reads all users each time. Of those it has seen it keeps fingerprints only.',
			endpoint: 'list',
			events: ['created', 'changed'],
		},
	},
	operations: {
		create: {
			does: 'save',
			rows: 'one',
			label: 'Create (Overwrites Existing)',
			action: 'Create talent user or overwrite an existing one',
			description: 'Add one user for each item; a Username that exists is overwritten instead',
			notice:
				'A user with the same Username is overwritten. The manager must exist; give first and last name.',
			purpose: 'create',
			route: 'save',
		},
		update: {
			does: 'save',
			rows: 'one',
			label: 'Update (Creates if Missing)',
			action: 'Update talent user or create a missing one',
			description: 'Change one user for each item; a Username that does not exist makes a new one',
			notice: `A Username that does not exist makes a new user. ${WHOLE}`,
			purpose: 'patch',
			route: 'save',
		},
		upsert: {
			does: 'save',
			rows: 'one',
			action: 'Create or update talent user',
			notice: `The Username decides. ${WHOLE} BirdDogHR does not say what it did.`,
			purpose: 'patch',
			route: 'save',
		},
		delete: {
			does: 'save',
			rows: 'one',
			label: 'Delete (Deactivate)',
			action: 'Deactivate talent user',
			description: 'Sets Active to no by the Username alone; nothing is removed',
			notice: 'Sets Active to no; nothing is removed. What you leave out stays as stored.',
			basis: 'observed',
			purpose: 'fill',
			route: {
				find: 'find',
				where: { username: 'username' },
				take: {},
				fill: Object.fromEntries(STORED.map((name) => [name, name])),
				then: 'deactivate',
			},
			fixed: { active: false },
			destructive: true,
		},
		getAll: {
			does: 'list',
			endpoint: 'list',
			action: 'Get many talent users',
		},
		get: { does: 'get', endpoint: 'get', action: 'Get talent user' },
		bulkSave: {
			does: 'save',
			rows: 'items',
			action: 'Bulk save talent users',
			notice: MANY,
			purpose: 'patch',
			route: {
				option: 'requestMode',
				label: 'Request Mode',
				help: 'How the rows are sent',
				choices: [
					{
						value: 'single',
						label: 'One Call per Row',
						help: 'Every row has its own result',
						route: 'save',
					},
					{
						value: 'batch',
						label: 'Batches',
						help: 'Up to 50 rows in a call. How BirdDogHR answers is not documented; if it reports an error, all rows of that call end as unknown.',
						route: 'saveMany',
					},
				],
			},
		},
		import: {
			does: 'save',
			rows: 'file',
			action: 'Import talent users',
			notice: MANY,
			purpose: 'patch',
			route: 'save',
		},
		apiRequest: {
			does: 'request',
			label: 'API Request',
			action: 'Make API request',
			description:
				'For any other call of BirdDogHR. n8n\'s own "Custom API Call" does not work, as each request needs a token of its own.',
			notice:
				"Begin paths with /v2. n8n's Custom API Call cannot sign in here: BirdDogHR wants a token for each request.",
			basis: 'documented',
			source: INDEX_PAGE,
		},
	},
});
