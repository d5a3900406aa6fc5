/**
 * The objects inside an ATS candidate. Members marked as needed are needed where Eightfold checks them, in a create and in
 * a replace: a patch enforces nothing.
 */
import {
	choice,
	each,
	email,
	first,
	flag,
	inside,
	json,
	listOf,
	number,
	object,
	text,
	textList,
	type Field,
	type WritePurpose,
} from '../../shared/definition';
import { instant } from './shared';

const required: readonly WritePurpose[] = ['create', 'replace'];
const needed = { required } as const;
const readOnly = { access: 'readOnly' } as const;

/** Of `reason`; the only length the vendor states. */
const REASON_LENGTH = 5000;

/** A file of the item, or text of either kind. Kinds and sizes are not documented, so all are sent. */
const contentOf = (extension: string) => ({
	extension: text({ label: 'Extension', placeholder: 'e.g. .pdf' }),
	content: { ...text({ label: 'Content' }), file: { extension } },
	isBase64: flag({ label: 'Is Base64', help: 'Whether the content is base64 text' }),
});

export const resumeContent = object(contentOf('resumeExtension'), {
	label: 'Résumé Content',
	columns: {
		resumeBase64: inside('content', {
			label: 'Résumé',
			help: 'File from the binary data of the item, or base64 text with its extension',
			concept: 'resume',
			beside: { isBase64: true },
		}),
		resumeExtension: inside('extension', {
			label: 'Résumé Extension',
			help: 'With its dot, for example .pdf',
		}),
	},
});

export const photoContent = object(contentOf('photoExtension'), {
	label: 'Photo Content',
	columns: {
		photoBase64: inside('content', {
			label: 'Photo',
			help: 'Picture from the binary data of the item, or base64 text with its extension',
			beside: { isBase64: true },
		}),
		photoExtension: inside('extension', {
			label: 'Photo Extension',
			help: 'With its dot, for example .jpg',
		}),
	},
});

export const attachments = listOf(
	{
		attachmentId: text({ label: 'Attachment ID', ...needed }),
		fileName: text({ label: 'File Name', ...needed }),
		attachmentContent: text({ label: 'Attachment Content', ...needed }),
		attachmentType: choice({
			label: 'Attachment Type',
			values: ['resume', 'others', 'photo', 'cover_letter'],
			...needed,
		}),
		isBase64: flag({ label: 'Is Base64' }),
		lastModifiedTs: instant('Last Modified'),
		applicationMetadata: listOf(
			{ applicationId: text({ label: 'Application ID', ...needed }) },
			{ label: 'Application Metadata' },
		),
	},
	{
		label: 'Attachments',
		help: 'Each entry needs attachmentId, fileName, attachmentContent and attachmentType',
	},
);

const verification = {
	verificationStatus: text({ label: 'Verification Status' }),
	verificationBy: email({ label: 'Verified By' }),
	verificationTs: instant('Verified At'),
};

export const education = listOf(
	{
		degree: text({ label: 'Degree', ...needed }),
		description: text({ label: 'Description', ...needed }),
		location: text({ label: 'Location', ...needed }),
		major: text({ label: 'Major', ...needed }),
		school: text({ label: 'School', ...needed }),
		startTs: instant('Start', needed),
		endTs: instant('End'),
		isCurrent: flag({ label: 'Is Current' }),
		isGraduated: flag({ label: 'Is Graduated' }),
		nameAlias: text({ label: 'Name Alias' }),
		degreeExternalId: text({ label: 'Degree External ID' }),
		majorExternalId: text({ label: 'Major External ID' }),
		schoolExternalId: text({ label: 'School External ID' }),
		...verification,
		attachmentIds: textList({ label: 'Attachment IDs' }),
	},
	{
		label: 'Education',
		help: 'Each entry needs degree, description, location, major, school and startTs',
	},
);

export const experience = listOf(
	{
		company: text({ label: 'Company', ...needed }),
		title: text({ label: 'Title', ...needed }),
		location: text({ label: 'Location', ...needed }),
		startTs: instant('Start', needed),
		endTs: instant('End'),
		isCurrent: flag({ label: 'Is Current', ...needed }),
		isInternal: flag({ label: 'Is Internal', ...needed }),
		industry: text({ label: 'Industry' }),
		department: text({ label: 'Department' }),
		description: text({ label: 'Description' }),
	},
	{
		label: 'Experience',
		help: 'Each entry needs company, title, location, startTs, isCurrent and isInternal',
	},
);

export const project = listOf(
	{
		company: text({ label: 'Company', ...needed }),
		title: text({ label: 'Title', ...needed }),
		startTs: instant('Start', needed),
		endTs: instant('End'),
		description: text({ label: 'Description' }),
		links: textList({ label: 'Links' }),
		skills: textList({ label: 'Skills' }),
		contributors: textList({ label: 'Contributors' }),
	},
	{ label: 'Projects', help: 'Each entry needs company, title and startTs' },
);

export const certifications = listOf(
	{
		certificateName: text({ label: 'Certificate Name', ...needed }),
		certificateType: text({ label: 'Certificate Type' }),
		certificateExternalId: text({ label: 'Certificate External ID' }),
		licenseNo: text({ label: 'License Number' }),
		issuingAuthority: text({ label: 'Issuing Authority' }),
		status: text({ label: 'Status' }),
		proficiency: text({ label: 'Proficiency' }),
		description: text({ label: 'Description' }),
		comments: text({ label: 'Comments' }),
		allText: text({ label: 'All Text' }),
		locationCountry: text({ label: 'Location Country' }),
		locationState: text({ label: 'Location State' }),
		skills: textList({ label: 'Skills' }),
		attachmentIds: textList({ label: 'Attachment IDs' }),
		startTs: instant('Start'),
		endTs: instant('End'),
		validFromTs: instant('Valid From'),
		validToTs: instant('Valid To'),
		...verification,
	},
	{
		label: 'Certifications',
		columns: {
			certificateNames: each('certificateName', {
				label: 'Certifications',
				help: 'Names of certificates',
			}),
		},
	},
);

const note = {
	noteType: choice({ label: 'Note Type', values: ['email', 'note', 'other'] }),
	subject: text({ label: 'Subject' }),
	body: text({ label: 'Body' }),
	visibility: text({ label: 'Visibility' }),
	creator: text({ label: 'Creator' }),
	sender: email({ label: 'Sender' }),
	to: email({ label: 'To' }),
	cc: textList({ label: 'CC', personal: true }),
	creationTs: instant('Created At'),
};

export const notes = listOf(note, {
	label: 'Notes',
	personal: true,
	columns: {
		note: first('body', { label: 'Notes', help: 'Text of one note', beside: { noteType: 'note' } }),
	},
});

export const detailTags = listOf(
	{
		tag: text({ label: 'Tag', ...needed }),
		tagType: text({ label: 'Tag Type' }),
		tagSubtype: text({ label: 'Tag Subtype' }),
		jobId: text({ label: 'Job ID' }),
		creator: text({ label: 'Creator' }),
		creationTs: instant('Created At'),
	},
	{ label: 'Detail Tags', help: 'Each entry needs tag' },
);

export const scheduledInterviews = listOf(
	{
		referenceId: text({ label: 'Reference ID' }),
		interviewType: text({ label: 'Interview Type' }),
		status: text({ label: 'Status' }),
		organizer: text({ label: 'Organizer' }),
		interviewers: textList({ label: 'Interviewers' }),
		location: text({ label: 'Location' }),
		comment: text({ label: 'Comment' }),
		startTs: instant('Start'),
		endTs: instant('End'),
	},
	{ label: 'Scheduled Interviews' },
);

export const questions = listOf(
	{
		questionId: text({ label: 'Question ID', ...needed }),
		question: text({ label: 'Question' }),
		type: choice({
			label: 'Type',
			values: ['text', 'choice', 'dropdown', 'date', 'multi_value', 'numeric'],
		}),
		choices: textList({ label: 'Choices' }),
		answer: textList({ label: 'Answer', personal: true }),
		explanation: text({ label: 'Explanation' }),
		formId: text({ label: 'Form ID' }),
		formName: text({ label: 'Form Name' }),
		formType: text({ label: 'Form Type' }),
		displayOrder: text({ label: 'Display Order' }),
	},
	{ label: 'Questions', help: 'Each entry needs questionId' },
);

export const courseAttendance = listOf(
	{
		lmsCourseId: text({ label: 'LMS Course ID' }),
		title: text({ label: 'Title' }),
		courseType: text({ label: 'Course Type' }),
		courseUrl: text({ label: 'Course URL' }),
		description: text({ label: 'Description' }),
		difficulty: text({ label: 'Difficulty' }),
		medium: text({ label: 'Medium' }),
		language: text({ label: 'Language' }),
		provider: text({ label: 'Provider' }),
		status: text({ label: 'Status' }),
		assignedBy: email({ label: 'Assigned By' }),
		// A text, unlike the other yes-or-no members.
		verified: text({ label: 'Verified' }),
		durationHours: number({ label: 'Duration in Hours' }),
		percentageCompletion: number({ label: 'Percentage Completed' }),
		pointsEarned: number({ label: 'Points Earned' }),
		isInternal: flag({ label: 'Is Internal' }),
		isMandatory: flag({ label: 'Is Mandatory' }),
		startTs: instant('Start'),
		dueTs: instant('Due'),
		completionTs: instant('Completed'),
	},
	{
		label: 'Course Attendance',
		help: 'Each entry needs lmsCourseId or title',
		anyOf: ['lmsCourseId', 'title'],
	},
);

export const skillDetails = listOf(
	{
		skill: text({ label: 'Skill' }),
		proficiency: text({
			label: 'Proficiency',
			help: 'With skill groups, give it inside the groups only',
		}),
		dataSource: text({ label: 'Data Source' }),
		evaluationTimestamp: instant('Evaluated At'),
		skillGroups: listOf(
			{
				skillGroup: text({ label: 'Skill Group' }),
				proficiency: text({ label: 'Proficiency' }),
			},
			{ label: 'Skill Groups' },
		),
	},
	{
		label: 'Skill Details',
		help: 'In an entry with skillGroups, proficiency stands inside the groups only',
	},
);

const user = {
	userId: text({ label: 'User ID' }),
	email: email({ label: 'Email' }),
	name: text({ label: 'Name', personal: true }),
	atsRoles: textList({ label: 'ATS Roles' }),
};

const stage = {
	wfStage: text({ label: 'Stage', ...needed }),
	wfSubStage: text({ label: 'Sub-Stage', ...needed }),
	reason: text({ label: 'Reason', maxLength: REASON_LENGTH, ...needed }),
	stageTs: instant('Stage Time', needed),
	user: object(user, { label: 'User', ...needed }),
	stage: text({ label: 'Stage Name', ...readOnly }),
};

const RATINGS = ['strong_yes', 'yes', 'mixed', 'no', 'strong_no'] as const;

const scorecard = {
	interviewName: text({ label: 'Interview Name' }),
	description: text({ label: 'Description' }),
	overallRating: choice({ label: 'Overall Rating', values: RATINGS }),
	overallRatingLabel: text({ label: 'Overall Rating Label' }),
	submittedBy: object(user, { label: 'Submitted By' }),
	submittedAt: instant('Submitted At'),
	interviewedAt: instant('Interviewed At'),
	attributes: listOf(
		{
			question: text({ label: 'Question' }),
			answer: text({ label: 'Answer' }),
			note: text({ label: 'Note' }),
			rating: choice({ label: 'Rating', values: RATINGS }),
			// The only name in the whole record that is spelled so.
			rating_label: text({ label: 'Rating Label' }),
		},
		{ label: 'Attributes' },
	),
};

export const applications: Field = listOf(
	{
		applicationId: text({ label: 'Application ID', ...needed }),
		candidateId: text({ label: 'Candidate ID', ...needed }),
		applicationTs: instant('Application Time', needed),
		lastModifiedTs: instant('Last Modified', needed),
		status: choice({
			label: 'Status',
			values: ['active', 'hired', 'rejected', 'converted', 'withdrawn'],
		}),
		jobs: listOf(
			{ atsJobId: text({ label: 'ATS Job ID' }), name: text({ label: 'Name' }) },
			{ label: 'Jobs' },
		),
		currentStage: object(stage, { label: 'Current Stage' }),
		pastStages: listOf(stage, { label: 'Past Stages' }),
		hiredTs: instant('Hired At'),
		rejectedTs: instant('Rejected At'),
		rejectedBy: text({ label: 'Rejected By' }),
		reason: text({ label: 'Reason', maxLength: REASON_LENGTH }),
		note: object(note, { label: 'Note', personal: true }),
		sourceName: text({ label: 'Source Name' }),
		sourceType: text({ label: 'Source Type' }),
		creditor: text({ label: 'Creditor' }),
		isProspect: flag({ label: 'Is Prospect' }),
		systemId: text({ label: 'System ID' }),
		jobSystemId: text({ label: 'Job System ID' }),
		location: text({ label: 'Location' }),
		locationCountry: text({ label: 'Location Country' }),
		visaStatuses: textList({ label: 'Visa Statuses', personal: true }),
		races: textList({ label: 'Races', personal: true }),
		gender: text({ label: 'Gender', personal: true }),
		veteranStatus: flag({ label: 'Veteran Status' }),
		veteranStatusStr: text({ label: 'Veteran Status (Text)', ...readOnly }),
		disabilityStatus: flag({ label: 'Disability Status' }),
		disabilityStatusStr: text({ label: 'Disability Status (Text)', ...readOnly }),
		customInfo: json({ label: 'Custom Info' }),
		scorecards: listOf(scorecard, { label: 'Scorecards' }),
		questions,
	},
	{
		label: 'Applications',
		help: 'Each entry needs applicationId, candidateId, applicationTs and lastModifiedTs',
	},
);
