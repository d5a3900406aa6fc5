/**
 * What the reference says about the fields of an Eightfold ATS candidate, written down from the documents and not from
 * the node, so that the two can disagree.
 */
import { isObject } from './vendor';

/** The fields the sandbox itself looks at. */
export interface CandidateRow {
	firstName?: string;
	lastName?: string | null;
	emails?: string | null;
	phones?: string | null;
	title?: string | null;
	location?: string | null;
	lastActivityTs?: number | null;
	tags?: string[] | null;
	notes?: Array<Record<string, unknown>> | null;
	veteranStatus?: boolean | null;
	disabilityStatus?: boolean | null;
	resumeContent?: { content?: string } | null;
}

/** Says what is wrong; `undefined`: nothing. `strict`: required members are enforced, as patches do not. */
type Check = (value: unknown, at: string, strict: boolean) => string | undefined;

interface Shape {
	members: Readonly<Record<string, Check>>;
	required: readonly string[];
	/** In answers only. */
	readOnly: readonly string[];
}

/** The fields of the seed page that are required. Only `firstName` may not be null. */
export const EIGHTFOLD_REQUIRED = ['candidateId', 'emails', 'firstName', 'lastActivityTs'] as const;

/** The first thing that is wrong with a record. `required`: these keys must be there, and inside it all that is marked. */
export function problemWith(
	shape: Shape,
	row: Record<string, unknown>,
	{ required }: { required?: readonly string[] },
): string | undefined {
	const missing = required?.find((key) => row[key] === undefined);
	if (missing !== undefined) return `${missing} is required`;
	if (row.firstName === null) return 'firstName must be a string';
	return insideOf({ ...shape, required: [] }, row, '', required !== undefined);
}

function insideOf(
	{ members, required, readOnly }: Shape,
	value: Record<string, unknown>,
	at: string,
	strict: boolean,
): string | undefined {
	const place = (key: string) => (at === '' ? key : `${at}.${key}`);
	// Assumption: what the reference marks as read-only is refused.
	const answered = readOnly.find((key) => key in value);
	if (answered !== undefined) return `${place(answered)} is read-only`;
	const missing = required.find((key) => value[key] === undefined || value[key] === null);
	if (strict && missing !== undefined) return `${place(missing)} is required`;
	for (const [key, check] of Object.entries(members)) {
		const problem = key in value ? check(value[key], place(key), strict) : undefined;
		if (problem !== undefined) return problem;
	}
	return undefined;
}

/** Whether a value contradicts what its description says beyond its type. */
export function flawOf(row: Record<string, unknown>): boolean {
	// Assumption: public code sends a space where there is no name, so an empty one seems to be refused.
	if (row.firstName === '') return true;
	// Assumption: an address has an @.
	if (typeof row.emails === 'string' && row.emails.split(',').some((one) => !one.includes('@')))
		return true;
	const entries = (value: unknown) => (Array.isArray(value) ? value.filter(isObject) : []);
	return (
		entries(row.courseAttendance).some(({ lmsCourseId, title }) => !lmsCourseId && !title) ||
		entries(row.skillDetails).some(({ skillGroups, proficiency }) => skillGroups && proficiency)
	);
}

const typed =
	(what: string, is: (value: unknown) => boolean): Check =>
	(value, at) =>
		value === null || is(value) ? undefined : `${at} must be ${what}`;

const text = typed('a string', (value) => typeof value === 'string');
const flag = typed('a boolean', (value) => typeof value === 'boolean');
const float = typed('a number', (value) => typeof value === 'number');
const free = typed('an object', isObject);
const int32 = typed(
	'an int32',
	(value) => typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31,
);
const oneOf = (...values: string[]): Check =>
	typed(`one of ${values.join(', ')}`, (value) => values.includes(String(value)));
const upTo = (length: number): Check =>
	typed(
		`a string of at most ${length} characters`,
		(value) => typeof value === 'string' && value.length <= length,
	);
const listOf =
	(check: Check): Check =>
	(value, at, strict) => {
		if (value === null) return undefined;
		if (!Array.isArray(value)) return `${at} must be an array`;
		for (const [index, entry] of value.entries()) {
			const problem =
				entry === null
					? `${at}[${index}] must not be null`
					: check(entry, `${at}[${index}]`, strict);
			if (problem !== undefined) return problem;
		}
		return undefined;
	};
const texts = listOf(text);

/** Names after which a `*` stands are required, after which a `-` stands read-only. */
function shape(members: Record<string, Check>): Shape {
	const marked = (mark: string) =>
		Object.keys(members)
			.filter((key) => key.endsWith(mark))
			.map((key) => key.slice(0, -1));
	return {
		members: Object.fromEntries(
			Object.entries(members).map(([key, check]) => [key.replace(/[*-]$/, ''), check]),
		),
		required: marked('*'),
		readOnly: marked('-'),
	};
}

function object(members: Record<string, Check>): Check {
	const inner = shape(members);
	return (value, at, strict) => {
		if (value === null) return undefined;
		return isObject(value) ? insideOf(inner, value, at, strict) : `${at} must be an object`;
	};
}

const objects = (members: Record<string, Check>): Check => listOf(object(members));

const content = object({ extension: text, content: text, isBase64: flag });
const verification = { verificationStatus: text, verificationBy: text, verificationTs: int32 };
const note = {
	noteType: oneOf('email', 'note', 'other'),
	subject: text,
	body: text,
	visibility: text,
	creator: text,
	sender: text,
	to: text,
	cc: texts,
	creationTs: int32,
};
const question = {
	'questionId*': text,
	question: text,
	type: oneOf('text', 'choice', 'dropdown', 'date', 'multi_value', 'numeric'),
	choices: texts,
	answer: texts,
	explanation: text,
	formId: text,
	formName: text,
	formType: text,
	displayOrder: text,
};
const user = { userId: text, email: text, name: text, atsRoles: texts };
const stage = {
	'wfStage*': text,
	'wfSubStage*': text,
	'reason*': upTo(5000),
	'stageTs*': int32,
	'user*': object(user),
	'stage-': text,
};
const rating = oneOf('strong_yes', 'yes', 'mixed', 'no', 'strong_no');
const statusTexts = { 'veteranStatusStr-': text, 'disabilityStatusStr-': text };

const application = {
	'applicationId*': text,
	'candidateId*': text,
	'applicationTs*': int32,
	'lastModifiedTs*': int32,
	status: oneOf('active', 'hired', 'rejected', 'converted', 'withdrawn'),
	jobs: objects({ atsJobId: text, name: text }),
	currentStage: object(stage),
	pastStages: objects(stage),
	hiredTs: int32,
	rejectedTs: int32,
	rejectedBy: text,
	reason: upTo(5000),
	note: object(note),
	sourceName: text,
	sourceType: text,
	creditor: text,
	isProspect: flag,
	systemId: text,
	jobSystemId: text,
	location: text,
	locationCountry: text,
	visaStatuses: texts,
	races: texts,
	gender: text,
	veteranStatus: flag,
	disabilityStatus: flag,
	customInfo: free,
	scorecards: objects({
		interviewName: text,
		description: text,
		overallRating: rating,
		overallRatingLabel: text,
		submittedBy: object(user),
		submittedAt: int32,
		interviewedAt: int32,
		attributes: objects({ question: text, answer: text, note: text, rating, rating_label: text }),
	}),
	questions: objects(question),
	...statusTexts,
};

/** The 41 fields of the seed page, and the two that only answers have. */
export const EIGHTFOLD_CANDIDATE: Shape = shape({
	locationCountry: text,
	contactConsent: oneOf('applied_only', 'all', 'country_only'),
	isAnonymized: flag,
	scheduledInterviews: objects({
		referenceId: text,
		interviewType: text,
		status: text,
		organizer: text,
		interviewers: texts,
		location: text,
		comment: text,
		startTs: int32,
		endTs: int32,
	}),
	skills: texts,
	location: text,
	address: text,
	firstName: text,
	detailTags: objects({
		'tag*': text,
		tagType: text,
		tagSubtype: text,
		jobId: text,
		creator: text,
		creationTs: int32,
	}),
	emails: text,
	attachments: objects({
		'attachmentId*': text,
		'fileName*': text,
		'attachmentContent*': text,
		'attachmentType*': oneOf('resume', 'others', 'photo', 'cover_letter'),
		isBase64: flag,
		lastModifiedTs: int32,
		applicationMetadata: objects({ 'applicationId*': text }),
	}),
	resumeContent: content,
	visaStatuses: texts,
	education: objects({
		'degree*': text,
		'description*': text,
		'location*': text,
		'major*': text,
		'school*': text,
		'startTs*': int32,
		endTs: int32,
		isCurrent: flag,
		isGraduated: flag,
		nameAlias: text,
		degreeExternalId: text,
		majorExternalId: text,
		schoolExternalId: text,
		...verification,
		attachmentIds: texts,
	}),
	isInternal: flag,
	customInfo: free,
	courseAttendance: objects({
		lmsCourseId: text,
		title: text,
		courseType: text,
		courseUrl: text,
		description: text,
		difficulty: text,
		medium: text,
		language: text,
		provider: text,
		status: text,
		assignedBy: text,
		verified: text,
		durationHours: float,
		percentageCompletion: float,
		pointsEarned: float,
		isInternal: flag,
		isMandatory: flag,
		startTs: int32,
		dueTs: int32,
		completionTs: int32,
	}),
	systemId: text,
	candidateId: text,
	urls: texts,
	title: text,
	displayTags: texts,
	tags: texts,
	veteranStatus: flag,
	highestEducationLevel: text,
	certifications: objects({
		'certificateName*': text,
		certificateType: text,
		certificateExternalId: text,
		licenseNo: text,
		issuingAuthority: text,
		status: text,
		proficiency: text,
		description: text,
		comments: text,
		allText: text,
		locationCountry: text,
		locationState: text,
		skills: texts,
		attachmentIds: texts,
		startTs: int32,
		endTs: int32,
		validFromTs: int32,
		validToTs: int32,
		...verification,
	}),
	lastActivityTs: int32,
	summary: text,
	photoContent: content,
	applications: objects(application),
	disabilityStatus: flag,
	phones: text,
	experience: objects({
		'company*': text,
		'title*': text,
		'location*': text,
		'startTs*': int32,
		endTs: int32,
		'isCurrent*': flag,
		'isInternal*': flag,
		industry: text,
		department: text,
		description: text,
	}),
	races: texts,
	dateOfBirth: text,
	project: objects({
		'company*': text,
		'title*': text,
		'startTs*': int32,
		endTs: int32,
		description: text,
		links: texts,
		skills: texts,
		contributors: texts,
	}),
	notes: objects(note),
	gender: text,
	questions: objects(question),
	skillDetails: objects({
		skill: text,
		proficiency: text,
		dataSource: text,
		evaluationTimestamp: int32,
		skillGroups: objects({ skillGroup: text, proficiency: text }),
	}),
	lastName: text,
	...statusTexts,
});
