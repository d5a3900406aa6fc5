/**
 * A local Collective.
 *
 * What the vendor's six pages say is enforced as written. Where they are silent the comments say "Assumption": such
 * behaviour is the sandbox's own choice, made so that a client which relies on more than the documents is noticed.
 */
import { Truth } from './truth';
import {
	bearerToken,
	isObject,
	type Answer,
	type RunningVendor,
	type SandboxRequest,
	type SandboxVendor,
} from './vendor';

export const COLLECTIVE_API_KEY = 'practice-collective-key';
/** Known to Collective, but not allowed anything. Assumption: such a key is answered with 403. */
export const COLLECTIVE_POWERLESS_KEY = 'practice-powerless-key';

/** Segments of the address. Their real names are not documented. */
export const COLLECTIVE_ENVIRONMENT = 'practice live';
/** Here titles of jobs get a prefix, as documented. Assumption: apart from that it shares its data with the other one. */
export const COLLECTIVE_SANDBOX_ENVIRONMENT = 'practice-sandbox';

export const COLLECTIVE_IMPORT_PATH = '/my-talents/import';
export const COLLECTIVE_JOB_PATH = '/job';
export const COLLECTIVE_APPLICATIONS_PATH = '/job/applications';
export const COLLECTIVE_APPLICATION_PATH = '/job/application';

/** Documented as 10 MB of payload. Assumption: decimal, and of the whole body. */
export const COLLECTIVE_MAX_BYTES = 10_000_000;

/** Your own IDs of the talents that are there from the start. */
export const COLLECTIVE_EXISTING_USERS: readonly string[] = ['candidate-001', 'candidate-002'];
/** Your own IDs of the jobs that are there from the start: three applications, none. */
export const COLLECTIVE_EXISTING_JOBS: readonly string[] = ['job-001', 'job-002'];
export const COLLECTIVE_ACCOUNT = 'recruiter@example.com';

/** Below a base URL: `/<environment>/v1`. */
export const collectivePath = (path: string, environment = COLLECTIVE_ENVIRONMENT): string =>
	`/${encodeURIComponent(environment)}/v1${path}`;

/** A talent as the sandbox holds it; what `truth` shows as `value`. */
export interface CollectiveTalent extends Record<string, unknown> {
	userId: string;
	internalUserId: string;
	notes: unknown[];
	/** Top-level keys that were sent but mean nothing here. */
	ignoredKeys: string[];
}

/** A job as the sandbox holds it. */
export interface CollectiveJob extends Record<string, unknown> {
	jobId: string;
	internalJobId?: string;
	accountEmail: string;
	title: string;
	ignoredKeys: string[];
}

interface Application {
	id: string;
	createdAt: string;
	jobId: string;
	candidate: Record<string, string>;
	cv: { fileName: string; contentType: string; data: string };
	questions: Array<{ question: string; answer: string }>;
	evaluation: unknown;
}

export const collective: SandboxVendor = { name: 'collective', secretBodyKeys: [], start };

function start(): RunningVendor {
	const store = new Store();
	const route = (method: string, path: string, handle: (request: SandboxRequest) => Answer) => ({
		method,
		path: `/:environment/v1${path}`,
		handle: (request: SandboxRequest) =>
			isKnown(request.params.environment) ? handle(request) : refusal(404, 'Not Found'),
	});
	return {
		truth: store.truth,
		happen: (what, count) => (what === 'created' ? store.apply(count) : undefined),
		// The key itself is sent with every request: there is nothing that could expire.
		expireTokens: () => undefined,
		authorize: (request) => {
			const key = bearerToken(request);
			if (key === COLLECTIVE_API_KEY) return undefined;
			// Assumption: status and body of a refused key are not documented.
			return key === COLLECTIVE_POWERLESS_KEY
				? refusal(403, 'Forbidden')
				: refusal(401, 'Unauthorized');
		},
		routes: [
			route('POST', COLLECTIVE_IMPORT_PATH, (request) => importTalent(request, store)),
			route('DELETE', COLLECTIVE_IMPORT_PATH, (request) => deleteTalents(request, store)),
			route('POST', COLLECTIVE_JOB_PATH, (request) => createJob(request, store)),
			route('PUT', COLLECTIVE_JOB_PATH, (request) => updateJob(request, store)),
			route('GET', COLLECTIVE_APPLICATIONS_PATH, (request) => listApplications(request, store)),
			route('GET', COLLECTIVE_APPLICATION_PATH, (request) => readApplication(request, store)),
		],
	};
}

const isKnown = (environment: string | undefined): boolean =>
	environment === COLLECTIVE_ENVIRONMENT || environment === COLLECTIVE_SANDBOX_ENVIRONMENT;

// --- What a body may hold ------------------------------------------------------------------------

/** Why a value is wrong, or undefined. */
type Check = (value: unknown) => string | undefined;

const text: Check = (value) => (typeof value === 'string' ? undefined : 'must be a string');
const filled: Check = (value) =>
	typeof value === 'string' && value.trim() !== '' ? undefined : 'must not be empty';
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be a boolean');
/** An amount: whole cents as text. */
const cents: Check = (value) =>
	typeof value === 'string' && /^\d+$/.test(value) ? undefined : 'must be cents as a string';
/** An expression for the whole text can run out of stack on megabytes of it. */
const FOREIGN_TO_BASE64 = /[^A-Za-z0-9+/]/;
/** Assumption: base64 is checked, and a data URI is none. */
const base64: Check = (value) =>
	typeof value === 'string' &&
	value !== '' &&
	value.length % 4 === 0 &&
	!FOREIGN_TO_BASE64.test(value.replace(/={1,2}$/, ''))
		? undefined
		: 'must be base64';
/** `YYYY-MM-DD`, and that day exists. */
const day: Check = (value) => {
	const at = typeof value === 'string' ? new Date(`${value}T00:00:00Z`) : new Date(NaN);
	return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(`${String(value)}T`)
		? undefined
		: 'must be a date YYYY-MM-DD';
};
const oneOf =
	(...values: string[]): Check =>
	(value) =>
		values.includes(value as string) ? undefined : `must be one of ${values.join(', ')}`;
const listOf =
	(check: Check): Check =>
	(value) =>
		Array.isArray(value)
			? value.map(check).find((problem) => problem !== undefined)
			: 'must be an array';
/** Assumption: no key of an entry is required, and unknown ones are ignored. */
const entryOf =
	(...keys: string[]): Check =>
	(value) =>
		isObject(value) && keys.every((key) => !(key in value) || typeof value[key] === 'string')
			? undefined
			: 'must hold objects with strings';

type Checks = Readonly<Record<string, Check>>;

const TALENT: Checks = {
	internalUserId: filled,
	linkedInUrl: filled,
	resume: base64,
	resumeUrl: text,
	firstname: text,
	lastname: text,
	pictureUrl: text,
	atsUrl: text,
	emails: listOf(text),
	phones: listOf(text),
	notes: listOf(entryOf('content', 'timestamp', 'email')),
	links: listOf(entryOf('name', 'url')),
	dailyRate: cents,
	yearlySalaryMin: cents,
	yearlySalaryMax: cents,
	workPreference: oneOf('REMOTE', 'FLEXIBLE'),
	location: text,
	desiredContractType: listOf(oneOf('FREELANCER', 'PERMANENT_CONTRACT')),
};

const CHANGEABLE: Checks = {
	description: filled,
	contractType: oneOf('FREELANCE', 'PERMANENT_CONTRACT'),
	companyLogoUrl: text,
	companyName: text,
	title: text,
	profileWanted: text,
	isSalaryAccordingToProfile: flag,
	budget: text,
	startingDate: oneOf('ASAP', 'IN_2_TO_4_WEEKS', 'IN_4_TO_8_WEEKS', 'IN_8_WEEKS_OR_MORE'),
	expirationDate: day,
	notifyByEmailForEveryApplication: flag,
	applicationUrl: text,
	requirePhoneNumber: flag,
	requireResume: flag,
	skills: listOf(text),
	// Assumption: a text, as in the one example.
	workPreferences: text,
	location: text,
	language: text,
};
/** Documented to be set at creation only. */
const FIXED: Checks = { accountEmail: filled, internalJobId: filled, questions: listOf(text) };

/** The first thing that is wrong. Assumption: null is a value of no field. */
const wrongIn = (body: Record<string, unknown>, checks: Checks): string | undefined => {
	for (const [key, check] of Object.entries(checks)) {
		const problem = key in body ? check(body[key]) : undefined;
		if (problem !== undefined) return `${key} ${problem}`;
	}
	return undefined;
};

/** What a body sets, and the keys in it that mean nothing. */
function known(body: Record<string, unknown>, checks: Checks) {
	const entries = Object.entries(body);
	return {
		fields: Object.fromEntries(entries.filter(([key]) => key in checks)),
		ignoredKeys: entries.map(([key]) => key).filter((key) => !(key in checks)),
	};
}

// --- Talents -------------------------------------------------------------------------------------

function importTalent({ n, body, text: raw }: SandboxRequest, store: Store): Answer {
	if (Buffer.byteLength(raw) > COLLECTIVE_MAX_BYTES) return refusal(413, 'Payload too large');
	if (!isObject(body)) return refusal(400, 'Expected one JSON object');
	if (body.internalUserId === undefined) return refusal(400, 'internalUserId is required');
	// The deprecated resumeUrl does not count.
	if (body.linkedInUrl === undefined && body.resume === undefined) {
		return refusal(400, 'At least one of linkedInUrl or resume must be provided');
	}
	if ((body.yearlySalaryMin === undefined) !== (body.yearlySalaryMax === undefined)) {
		return refusal(400, 'yearlySalaryMin and yearlySalaryMax must be provided together');
	}
	const problem = wrongIn(body, TALENT);
	if (problem !== undefined) return refusal(400, problem);
	return ok(store.importTalent(body, n));
}

/** Documented: the list is required, and the answer names every ID in one of two lists, both always there. */
function deleteTalents({ n, body }: SandboxRequest, store: Store): Answer {
	const ids = isObject(body) ? body.internalUserIds : undefined;
	// Assumption: an empty list, and an ID that is no text or blank, are refused.
	if (!Array.isArray(ids) || ids.length === 0)
		return refusal(400, 'internalUserIds must be a list with entries');
	if (ids.some((id) => filled(id) !== undefined))
		return refusal(400, 'internalUserIds must hold strings');
	const deleted = (ids as string[]).filter((id) => store.deleteTalent(id, n));
	return ok({ deleted, notFound: (ids as string[]).filter((id) => !deleted.includes(id)) });
}

// --- Jobs ----------------------------------------------------------------------------------------

function createJob({ n, body, params }: SandboxRequest, store: Store): Answer {
	if (!isObject(body)) return refusal(400, 'Expected one JSON object');
	if (body.description === undefined) return refusal(400, 'description is required');
	const problem = wrongIn(body, { ...CHANGEABLE, ...FIXED });
	if (problem !== undefined) return refusal(400, problem);
	// Assumption: an ID that is taken is refused; documented is that it is unique.
	if (store.job(body.internalJobId) !== undefined) {
		return refusal(409, 'internalJobId is taken');
	}
	return ok(answerOf(store.createJob(body, n, params.environment ?? '')));
}

function updateJob({ n, body, params }: SandboxRequest, store: Store): Answer {
	if (!isObject(body)) return refusal(400, 'Expected one JSON object');
	if (filled(body.id) !== undefined) return refusal(400, 'id is required');
	const fixed = Object.keys(FIXED).find((key) => key in body);
	// Assumption: these are refused rather than ignored.
	if (fixed !== undefined) return refusal(400, `${fixed} can only be set at creation`);
	const problem = wrongIn(body, CHANGEABLE);
	if (problem !== undefined) return refusal(400, problem);
	const job = store.job(body.id);
	if (job === undefined) return refusal(404, 'Job not found');
	store.updateJob(job, body, n, params.environment ?? '');
	return ok(answerOf(job));
}

const answerOf = ({ jobId, accountEmail, internalJobId }: CollectiveJob) => ({
	jobId,
	jobUrl: `https://app.collective.example/jobs/${jobId}`,
	accountEmail,
	internalJobId,
});

// --- Applications --------------------------------------------------------------------------------

function listApplications({ query }: SandboxRequest, store: Store): Answer {
	const job = idIn(query);
	if (typeof job !== 'string') return job;
	const found = store.job(job);
	// Assumption: what is answered about a job that does not exist is not documented.
	if (found === undefined) return refusal(404, 'Job not found');
	const { jobId, internalJobId } = found;
	const applications = store.applications
		.filter((application) => application.jobId === jobId)
		.map(({ id, createdAt }) => ({ id, createdAt }));
	return ok({ jobId, applications, internalJobId });
}

function readApplication({ query }: SandboxRequest, store: Store): Answer {
	const id = idIn(query);
	if (typeof id !== 'string') return id;
	const found = store.applications.find((application) => application.id === id);
	if (found === undefined) return refusal(404, 'Application not found');
	const { jobId, ...rest } = found;
	const { title, internalJobId, companyName } = store.job(jobId) as CollectiveJob;
	return ok({ ...rest, job: { id: jobId, name: title, internalJobId, companyName } });
}

const idIn = (query: URLSearchParams): string | Answer => {
	const id = query.get('id') ?? '';
	return id === '' ? refusal(400, 'id is required') : id;
};

// --- The data ------------------------------------------------------------------------------------

class Store {
	readonly truth = new Truth();
	readonly applications: Application[];

	private readonly talents = new Map<string, CollectiveTalent>();
	private readonly jobs: CollectiveJob[] = [];
	private made = 0;

	constructor() {
		for (const internalUserId of COLLECTIVE_EXISTING_USERS)
			this.talents.set(internalUserId, {
				userId: this.newId(),
				internalUserId,
				linkedInUrl: `https://www.linkedin.com/in/${internalUserId}`,
				notes: [{ content: 'Known from before' }],
				ignoredKeys: [],
			});
		for (const internalJobId of COLLECTIVE_EXISTING_JOBS)
			this.jobs.push({
				jobId: this.newId(),
				internalJobId,
				accountEmail: COLLECTIVE_ACCOUNT,
				title: `Practice ${internalJobId}`,
				description: '<p>Practice</p>',
				companyName: 'Practice Ltd',
				questions: ['When can you start?', 'Do you speak French?'],
				ignoredKeys: [],
			});
		this.applications = [1, 2, 3].map((position) => this.seededApplication(position));
	}

	/** People who apply to the first job. */
	apply(count: number): string[] {
		const fresh = Array.from({ length: count }, (_, at) => ({
			...this.seededApplication(this.applications.length + at + 1),
			createdAt: new Date().toISOString(),
		}));
		this.applications.push(...fresh);
		return fresh.map(({ id }) => id);
	}

	/** Assumption: your own ID decides who is meant; notes are added, everything else sent is replaced, the rest is kept. */
	importTalent(body: Record<string, unknown>, request: number) {
		const { fields, ignoredKeys } = known(body, TALENT);
		const internalUserId = String(body.internalUserId);
		const existing = this.talents.get(internalUserId);
		const talent: CollectiveTalent = {
			...(existing ?? { userId: this.newId(), notes: [] }),
			...fields,
			internalUserId,
			notes: [...(existing?.notes ?? []), ...((fields.notes as unknown[]) ?? [])],
			ignoredKeys: [...(existing?.ignoredKeys ?? []), ...ignoredKeys],
		} as CollectiveTalent;
		this.talents.set(internalUserId, talent);
		const status = existing === undefined ? 'created' : 'updated';
		this.truth.note(internalUserId, status, { request, fields: Object.keys(body), value: talent });
		return { userId: talent.userId, status };
	}

	deleteTalent(internalUserId: string, request: number): boolean {
		const talent = this.talents.get(internalUserId);
		if (talent === undefined) return false;
		this.talents.delete(internalUserId);
		this.truth.note(internalUserId, 'deleted', { request, fields: [], value: talent });
		return true;
	}

	/** By Collective's ID or by your own. */
	job(id: unknown): CollectiveJob | undefined {
		if (typeof id !== 'string') return undefined;
		return this.jobs.find((job) => job.jobId === id || job.internalJobId === id);
	}

	createJob(body: Record<string, unknown>, request: number, environment: string): CollectiveJob {
		const { fields, ignoredKeys } = known(body, { ...CHANGEABLE, ...FIXED });
		const job = {
			accountEmail: COLLECTIVE_ACCOUNT,
			companyName: 'Practice Ltd',
			startingDate: 'IN_2_TO_4_WEEKS',
			notifyByEmailForEveryApplication: false,
			...fields,
			jobId: this.newId(),
			title: titleIn(environment, String(fields.title ?? 'Inferred from the description')),
			ignoredKeys,
		} as CollectiveJob;
		this.jobs.push(job);
		this.note(job, 'created', body, request);
		return job;
	}

	/** Assumption: what is left out stays as it is. */
	updateJob(
		job: CollectiveJob,
		{ id: _, ...body }: Record<string, unknown>,
		request: number,
		environment: string,
	): void {
		const { fields, ignoredKeys } = known(body, CHANGEABLE);
		Object.assign(job, fields);
		if (typeof fields.title === 'string') job.title = titleIn(environment, fields.title);
		job.ignoredKeys.push(...ignoredKeys);
		this.note(job, 'updated', body, request);
	}

	private note(
		job: CollectiveJob,
		action: 'created' | 'updated',
		body: Record<string, unknown>,
		request: number,
	): void {
		const key = job.internalJobId ?? job.jobId;
		this.truth.note(key, action, { request, fields: Object.keys(body), value: job });
	}

	private seededApplication(position: number): Application {
		const content = `%PDF-1.4 CV ${position}`;
		return {
			id: this.newId(),
			createdAt: `2026-01-0${position}T08:00:00.000Z`,
			jobId: this.jobs[0].jobId,
			candidate: {
				id: this.newId(),
				firstname: `Given${position}`,
				lastname: `Family${position}`,
				email: `applicant${position}@example.com`,
				phoneNumber: `+33 6 12 34 56 7${position}`,
				linkedinUrl: `https://www.linkedin.com/in/applicant${position}`,
			},
			cv: {
				fileName: `cv-${position}.pdf`,
				contentType: 'application/pdf',
				data: Buffer.from(content).toString('base64'),
			},
			questions: [
				{ question: 'When can you start?', answer: 'Tomorrow' },
				{ question: 'Do you speak French?', answer: 'Oui' },
			],
			// Documented to be null at times; when, could not be read.
			evaluation:
				position === 1
					? null
					: {
							score: 80 + position,
							comment: 'Fits',
							reasons: [{ text: 'Ten years of practice', isPositive: true }],
						},
		};
	}

	/** In the form of the examples. */
	private newId(): string {
		this.made += 1;
		return `cm71yqftr${String(this.made).padStart(5, '0')}ck0bpz3hpg1`;
	}
}

const titleIn = (environment: string, title: string): string =>
	environment === COLLECTIVE_SANDBOX_ENVIRONMENT ? `[Sandbox] ${title}` : title;

const ok = (body: unknown): Answer => ({ status: 200, body });

/** Assumption: status and body of a refusal are not documented. */
const refusal = (status: number, message: string): Answer => ({ status, body: { message } });
