import { json, list, number, object, read, resource, text } from '../../shared/definition';

const LIST_PAGE =
	'https://docs.collective.work/api-reference/endpoint/application/get-applications';
const GET_PAGE = 'https://docs.collective.work/api-reference/endpoint/application/get-application';

const NO_WRITE =
	'People apply in Collective; no page that could be read describes a call that writes applications';

const shown = { access: 'readOnly', simplified: true } as const;
const person = { ...shown, personal: true } as const;
const hidden = { access: 'readOnly' } as const;

export const application = resource({
	name: 'application',
	label: 'Application',
	plural: 'Applications',
	key: 'id',
	fields: {
		id: text({ label: 'Application ID', ...shown }),
		createdAt: text({ label: 'Created At', ...shown }),
		candidateId: text({
			label: 'Candidate ID',
			path: 'candidate.id',
			...hidden,
			concept: 'internalId',
		}),
		firstname: text({
			label: 'First Name',
			path: 'candidate.firstname',
			...person,
			concept: 'givenName',
		}),
		lastname: text({
			label: 'Last Name',
			path: 'candidate.lastname',
			...person,
			concept: 'familyName',
		}),
		email: text({ label: 'Email', path: 'candidate.email', ...person, concept: 'email' }),
		phoneNumber: text({
			label: 'Phone Number',
			path: 'candidate.phoneNumber',
			...person,
			concept: 'phone',
		}),
		// Spelled with a small i here, unlike the field of a talent.
		linkedinUrl: text({
			label: 'LinkedIn URL',
			path: 'candidate.linkedinUrl',
			...person,
			concept: 'linkedIn',
		}),
		questions: json({
			label: 'Questions',
			help: "Questions with answers, in the order of the job's questions",
			...shown,
		}),
		evaluationScore: number({ label: 'Evaluation Score', path: 'evaluation.score', ...shown }),
		evaluationComment: text({
			label: 'Evaluation Comment',
			path: 'evaluation.comment',
			...hidden,
			personal: true,
		}),
		evaluationReasons: json({ label: 'Evaluation Reasons', path: 'evaluation.reasons', ...hidden }),
		jobId: text({ label: 'Job ID', path: 'job.id', ...hidden }),
		jobName: text({ label: 'Job Name', path: 'job.name', ...shown }),
		internalJobId: text({ label: 'Internal Job ID', path: 'job.internalJobId', ...hidden }),
		companyName: text({ label: 'Company Name', path: 'job.companyName', ...hidden }),
		cv: object(
			{
				fileName: text({ label: 'File Name' }),
				contentType: text({ label: 'Content Type' }),
			},
			{ label: 'CV', help: 'Name and type of the file, which is in the binary data', ...hidden },
		),
	},
	endpoints: {
		list: list({
			request: { method: 'GET', path: '/job/applications' },
			basis: 'documented',
			source: LIST_PAGE,
			parameters: {
				jobId: {
					label: 'Job',
					help: "Collective's ID of the job",
					where: 'Create Job gives it. Your own internal job ID will do as well.',
					placeholder: 'e.g. cm71yqftr00000ck0bpz3hpg1',
					kind: 'text',
					in: 'query',
					name: 'id',
					required: true,
					locator: { resource: 'job' },
				},
			},
			records: 'applications',
			paging: { by: 'none' },
		}),
		get: read({
			request: { method: 'GET', path: '/job/application' },
			basis: 'documented',
			source: GET_PAGE,
			parameters: {
				applicationId: {
					label: 'Application',
					placeholder: 'e.g. cm71yqftr00000ck0bpz3hpg1',
					kind: 'text',
					in: 'query',
					name: 'id',
					required: true,
					locator: {},
				},
			},
			file: { content: 'cv.data', name: 'cv.fileName', type: 'cv.contentType' },
		}),
	},
	operations: {
		getAll: {
			does: 'list',
			endpoint: 'list',
			details: { endpoint: 'get', by: { id: 'applicationId' } },
			action: 'Get many applications',
			description: 'List who applied to a job',
			notice:
				"Gives IDs and times only. Option 'Full Details' adds the rest, with one more request each.",
		},
		get: {
			does: 'get',
			endpoint: 'get',
			action: 'Get application',
			description: 'Read one application; its CV becomes binary data',
		},
	},
	watches: {
		application: {
			by: 'whole',
			label: 'New Application',
			description: 'When somebody applies to one of your jobs',
			endpoint: 'list',
			at: 'createdAt',
			events: ['created'],
			each: {
				parameter: 'jobId',
				name: 'jobIds',
				label: 'Job IDs',
				help: "Collective's IDs of the jobs, which Create Job gives, or your own internal job IDs",
			},
			details: { endpoint: 'get', by: { id: 'applicationId' } },
			// How late an application is listed is unknown. Ten minutes outlast a lagging copy, and the whole list is read anyway.
			overlapSeconds: 600,
		},
	},
	silent: {
		create: NO_WRITE,
		update: NO_WRITE,
		upsert: NO_WRITE,
		delete: NO_WRITE,
		bulkSave: NO_WRITE,
		import: NO_WRITE,
	},
});
