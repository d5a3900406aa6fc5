import {
	choice,
	date,
	email,
	flag,
	resource,
	text,
	textList,
	url,
	write,
} from '../../shared/definition';

const CREATE_PAGE = 'https://docs.collective.work/api-reference/endpoint/job/create';
const UPDATE_PAGE = 'https://docs.collective.work/api-reference/endpoint/job/put';

const UNREAD =
	"named in Collective's guide to jobs, but its reference page could not be read, so method, path and answer are unknown";

export const job = resource({
	name: 'job',
	label: 'Job',
	plural: 'Jobs',
	key: 'id',
	fields: {
		id: text({
			label: 'Job ID',
			help: "Collective's ID of the job, which Create Job gives, or your own internal job ID",
			placeholder: 'e.g. cm71yqftr00000ck0bpz3hpg1',
			required: ['patch'],
		}),
		description: text({
			label: 'Description',
			help: 'Text or HTML. Collective keeps basic tags only.',
			required: ['create'],
		}),
		title: text({
			label: 'Title',
			shown: true,
			help: 'Collective infers it when it is missing',
			concept: 'jobTitle',
		}),
		internalJobId: text({
			label: 'Internal Job ID',
			meaning: 'Yours',
			help: 'Your own ID of the job. It is unique, finds the job later, and can never be changed.',
			placeholder: 'e.g. job-12345',
		}),
		accountEmail: email({
			label: 'Account Email',
			help: 'Collective account that posts the job. Without it the first account found does.',
		}),
		profileWanted: text({
			label: 'Profile Wanted',
			help: 'Text or HTML. Collective strongly recommends it.',
		}),
		contractType: choice({
			label: 'Contract Type',
			shown: true,
			// Not FREELANCER, as it is for talents.
			values: ['FREELANCE', 'PERMANENT_CONTRACT'],
			concept: 'contractType',
		}),
		companyName: text({
			label: 'Company Name',
			help: "Without it the company of the recruiter's account",
			concept: 'organization',
		}),
		companyLogoUrl: url({ label: 'Company Logo URL' }),
		budget: text({
			label: 'Budget',
			help: 'Free text, which Collective recommends to give',
			placeholder: 'e.g. 1250€/day or 80-100K€/year',
		}),
		isSalaryAccordingToProfile: flag({
			label: 'Salary Depends on Profile',
			help: 'Hides the budget, which Collective advises against',
		}),
		startingDate: choice({
			label: 'Starting Date',
			help: 'Collective infers it when it is missing, otherwise takes IN_2_TO_4_WEEKS',
			values: ['ASAP', 'IN_2_TO_4_WEEKS', 'IN_4_TO_8_WEEKS', 'IN_8_WEEKS_OR_MORE'],
		}),
		expirationDate: date({
			label: 'Expiration Date',
			help: 'Last day to apply. Collective infers it when it is missing, otherwise takes two weeks.',
		}),
		location: text({ label: 'Location', shown: true, concept: 'location' }),
		language: text({ label: 'Language', placeholder: 'e.g. fr', concept: 'language' }),
		skills: textList({ label: 'Skills', concept: 'skills' }),
		workPreferences: choice({
			label: 'Work Mode',
			help: 'ON_SITE stands in an example; the other values could not be read',
			values: ['ON_SITE'],
			open: true,
			evidence: { basis: 'unverified', source: 'VENDOR.md, section Jobs' },
		}),
		questions: textList({
			label: 'Questions',
			help: 'Screening questions. Give a list where a question holds a comma.',
		}),
		applicationUrl: url({
			label: 'Application URL',
			help: 'Where people apply outside Collective',
		}),
		requireResume: flag({ label: 'Require Résumé' }),
		requirePhoneNumber: flag({ label: 'Require Phone Number' }),
		notifyByEmailForEveryApplication: flag({ label: 'Email per Application' }),
	},
	// A PUT of the ID alone: whether Collective keeps what is left out is not documented.
	rules: [{ beside: 'id' }],
	endpoints: {
		create: write({
			request: { method: 'POST', path: '/job' },
			basis: 'documented',
			source: CREATE_PAGE,
			max: 1,
			// What happens to an internal job ID that is taken is not documented, so a repetition may post twice.
			repeatable: false,
			outcome: {
				by: 'status',
				action: 'created',
				recordId: 'jobId',
				keep: ['jobId', 'jobUrl', 'accountEmail'],
			},
		}),
		update: write({
			// The ID stands in the body, not in the path.
			request: { method: 'PUT', path: '/job' },
			basis: 'documented',
			source: UPDATE_PAGE,
			max: 1,
			// PUT means the same however often it is sent.
			repeatable: true,
			outcome: { by: 'status', action: 'updated', recordId: 'jobId', keep: ['jobId', 'jobUrl'] },
		}),
	},
	operations: {
		create: {
			does: 'save',
			rows: 'one',
			action: 'Create job',
			notice: 'Posts the job at once. One whose answer is lost is not posted again.',
			purpose: 'create',
			route: 'create',
			except: ['id'],
		},
		update: {
			does: 'save',
			rows: 'one',
			action: 'Update job',
			notice:
				'What you leave out may be lost: Collective does not say. Account, internal ID and questions stay as they are.',
			purpose: 'patch',
			route: 'update',
			except: ['internalJobId', 'accountEmail', 'questions'],
		},
	},
	silent: {
		getAll: 'No page of Collective that could be read describes a call that lists jobs',
		get: `A call is ${UNREAD}`,
		upsert:
			'No page that could be read describes a call that does both, or one that tells whether a job exists',
		delete: `A call is ${UNREAD}`,
		bulkSave: 'Jobs are posted one by one; Create and Update take any number of items',
		import: 'Jobs are posted one by one; Create and Update take any number of items',
	},
});
