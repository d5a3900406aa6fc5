/**
 * A local Eightfold: ATS candidates, profiles, transactions.
 *
 * What the vendor's reference says is enforced as written (types, required fields, closed lists, lengths, read-only
 * fields, where generated IDs are allowed, asynchronous writes). Comments that start with "Assumption" mark every choice
 * the documents leave open, status and body of refusals before all: the reference declares 200 only.
 */
import { randomUUID } from 'node:crypto';

import {
	EIGHTFOLD_CANDIDATE,
	EIGHTFOLD_REQUIRED,
	flawOf,
	problemWith,
	type CandidateRow,
} from './eightfoldRecord';
import { isPicked } from './faults';
import { TokenStore } from './tokens';
import { Truth } from './truth';
import {
	bearerToken,
	isObject,
	type Answer,
	type Happening,
	type RunningVendor,
	type SandboxRequest,
	type SandboxVendor,
} from './vendor';

/** What stands behind `Basic` in the sign-in; another one in each region. */
export const EIGHTFOLD_CLIENT_AUTHORIZATION = Buffer.from(
	'practice-client:practice-secret',
).toString('base64');
export const EIGHTFOLD_USERNAME = 'practice@example.com';
export const EIGHTFOLD_API_KEY = 'practice-api-key';
/** Accepted at all times, for users who bring a token of their own. */
export const EIGHTFOLD_BEARER_TOKEN = 'practice-bearer-token';

export const EIGHTFOLD_TOKEN_PATH = '/oauth/v1/authenticate';
export const EIGHTFOLD_PROFILES_PATH = '/api/v2/core/profiles';
export const EIGHTFOLD_CHANGELOG_PATH = '/api/v2/core/changelog/profiles';
const EIGHTFOLD_BATCH_PATH = `${EIGHTFOLD_PROFILES_PATH}/batch-fetch`;
/** Documented: a window is a day long at most, and ends half an hour ago at the latest. */
const CHANGELOG_WINDOW_SECONDS = 24 * 60 * 60;
const CHANGELOG_DELAY_SECONDS = 30 * 60;
const BATCH_MAX = 100;
export const eightfoldCandidatesPath = (systemId: string = EIGHTFOLD_SYSTEM_ID): string =>
	`/api/v2/core/ats-systems/${systemId}/ats-candidates`;
export const eightfoldTransactionPath = (id: string): string => `/api/v2/core/transactions/${id}`;

export const EIGHTFOLD_SYSTEM_ID = 'practice_ats';
export const EIGHTFOLD_OTHER_SYSTEM_ID = 'other_ats';
/** Eightfold's own tracking system, the only one that generates IDs. Empty at the start. */
export const EIGHTFOLD_TRACKING_SYSTEM_ID = 'talent_tracking';

/** Second-hand: what a third party reports as the largest page. Assumption: more is refused. */
export const EIGHTFOLD_MAX_PAGE = 100;
/** Assumption: the default is not documented; this one makes a client notice that it relies on it. */
export const EIGHTFOLD_DEFAULT_PAGE = 20;
/** Seconds a token lives. */
const TOKEN_SECONDS = 8640;
/** What `include` may name. */
const SECTIONS = {
	candidate: ['applications', 'tags', 'notes'],
	profile: [
		'resume',
		'applications',
		'tags',
		'notes',
		'attachmentsInfo',
		'inferredSkills',
		'careerSiteQuestions',
		'deletedAt',
		'demandExperiences',
		'jtnSubmissions',
		'lastContact',
	],
} as const;

/** Candidates of the practice system from the start. */
export const EIGHTFOLD_EXISTING_IDS: readonly string[] = Array.from(
	{ length: 120 },
	(_, position) => `C-EXIST-${String(position + 1).padStart(3, '0')}`,
);
/** Its person has claimed the profile: changed only with `refreshClaimedProfile`. */
export const EIGHTFOLD_CLAIMED_ID = 'C-CLAIMED-001';
/** In both systems, and each profile tells its own. */
export const EIGHTFOLD_SHARED_ID = 'C-SHARED-001';
/** A search for the one above brings this one along. */
export const EIGHTFOLD_SIMILAR_ID = 'C-SHARED-0011';
/** In both systems, and the profiles do not tell which is which. */
export const EIGHTFOLD_AMBIGUOUS_ID = 'C-TWICE-001';
/** How many candidates the practice system holds at the start. */
export const EIGHTFOLD_SEEDED = EIGHTFOLD_EXISTING_IDS.length + 4;
export const EIGHTFOLD_SEEDED_AT = Date.parse('2026-01-15T08:00:00Z') / 1000;

/** A record with this tag is accepted, and its transaction fails. */
export const EIGHTFOLD_REFUSED_TAG = '__refused__';
/** The transaction is in progress for two polls, then passes. */
export const EIGHTFOLD_SLOW_TAG = '__slow__';
/** The transaction never ends, and nothing is saved. */
export const EIGHTFOLD_STUCK_TAG = '__stuck__';
const SLOW_POLLS = 2;

/** A candidate as the sandbox holds it; what `truth` shows as `value`. */
export interface EightfoldCandidate extends CandidateRow {
	candidateId: string;
	systemId: string;
	/** Top-level keys that were sent but mean nothing here. */
	ignoredKeys: string[];
}

interface Profile {
	/** Encoded. */
	id: string;
	profileId: number;
	candidate: EightfoldCandidate;
	claimed: boolean;
	tellsSystem: boolean;
	/** Seconds since 1970; undefined as it was seeded. */
	changed?: number;
}

export const eightfold: SandboxVendor = {
	name: 'eightfold',
	secretBodyKeys: ['password'],
	start,
};

function start(): RunningVendor {
	const tokens = new TokenStore();
	const store = new Store();
	const one = `${eightfoldCandidatesPath(':systemId')}/:candidateId`;
	return {
		truth: store.truth,
		happen: (what, count) => store.happen(what, count),
		expireTokens: () => tokens.expireAll(),
		authorize: (request) => {
			const token = bearerToken(request);
			if (token === EIGHTFOLD_BEARER_TOKEN || (token && tokens.isValid(token))) return undefined;
			return refusal(401, 'Unauthorized');
		},
		routes: [
			{
				method: 'POST',
				path: EIGHTFOLD_TOKEN_PATH,
				signIn: true,
				handle: (request) => issueToken(request, tokens),
			},
			{
				method: 'GET',
				path: eightfoldCandidatesPath(':systemId'),
				handle: (request) => listCandidates(request, store),
			},
			{
				method: 'POST',
				path: eightfoldCandidatesPath(':systemId'),
				handle: (request) => createCandidate(request, store),
			},
			{ method: 'GET', path: one, handle: (request) => getCandidate(request, store) },
			{ method: 'PUT', path: one, handle: (request) => changeCandidate(request, store, 'replace') },
			{ method: 'PATCH', path: one, handle: (request) => changeCandidate(request, store, 'patch') },
			{
				method: 'GET',
				path: eightfoldTransactionPath(':transactionId'),
				handle: ({ params, query }) =>
					withQuery(query, ['exclude', 'keyList'], () => store.poll(params.transactionId)),
			},
			{
				method: 'GET',
				path: EIGHTFOLD_PROFILES_PATH,
				handle: (request) => listProfiles(request, store),
			},
			{
				method: 'GET',
				path: EIGHTFOLD_CHANGELOG_PATH,
				handle: (request) => listChanges(request, store),
			},
			{
				method: 'POST',
				path: EIGHTFOLD_BATCH_PATH,
				handle: (request) => fetchProfiles(request, store),
			},
			{
				method: 'GET',
				path: `${EIGHTFOLD_PROFILES_PATH}/:profileId`,
				handle: (request) => getProfile(request, store),
			},
			{
				method: 'DELETE',
				path: `${EIGHTFOLD_PROFILES_PATH}/:profileId`,
				handle: (request) => deleteProfile(request, store),
			},
		],
	};
}

// --- Sign-in: password grant behind a Basic header ----------------------------------------------

function issueToken({ body, headers }: SandboxRequest, tokens: TokenStore): Answer {
	if (headers.authorization !== `Basic ${EIGHTFOLD_CLIENT_AUTHORIZATION}`)
		return refusal(401, 'Unknown client');
	const isJson = headers['content-type']?.startsWith('application/json');
	const { grantType, username, password } = isJson && isObject(body) ? body : {};
	// An older connector sends a form instead; the vendor's own page is followed here.
	if (grantType !== 'password') return refusal(400, 'grantType must be password');
	if (username !== EIGHTFOLD_USERNAME || password !== EIGHTFOLD_API_KEY)
		return refusal(401, 'Invalid username or API key');
	return ok({
		data: {
			access_token: tokens.issue(TOKEN_SECONDS),
			token_type: 'Bearer',
			expires_in: TOKEN_SECONDS,
			scope: 'profile:READ profile:WRITE',
		},
	});
}

// --- Reading ------------------------------------------------------------------------------------

/** Assumption: a query parameter that the reference does not list is refused, so that relying on one is noticed. */
function withQuery(query: URLSearchParams, known: readonly string[], answer: () => Answer): Answer {
	const unknown = [...query.keys()].find((name) => !known.includes(name));
	return unknown === undefined ? answer() : refusal(400, `Unknown parameter ${unknown}`);
}

const names = (query: URLSearchParams, name: string): string[] =>
	(query.get(name) ?? '').split(',').filter((entry) => entry !== '');

/** `exclude`, `keyList` and `include` of a query, applied to a record. `undefined`: a section that does not exist. */
function shown(
	record: Record<string, unknown>,
	query: URLSearchParams,
	sections: readonly string[],
): Record<string, unknown> | undefined {
	const include = names(query, 'include');
	if (include.some((section) => !sections.includes(section))) return undefined;
	const exclude = names(query, 'exclude');
	const keys = names(query, 'keyList');
	return Object.fromEntries(
		Object.entries(record).filter(
			([key]) =>
				!exclude.includes(key) &&
				(keys.length === 0 || keys.includes(key)) &&
				// Assumption: a section is there only when it is asked for.
				(!sections.includes(key) || include.includes(key)),
		),
	);
}

function page(
	request: SandboxRequest,
	all: readonly Record<string, unknown>[],
	sections: readonly string[],
): Answer {
	const { query } = request;
	const number = (name: string, otherwise: number) => Number(query.get(name) ?? otherwise);
	let start = number('start', 0);
	const limit = number('limit', EIGHTFOLD_DEFAULT_PAGE);
	if (!Number.isInteger(start) || start < 0) return refusal(400, 'start must be an offset');
	if (!Number.isInteger(limit) || limit < 1 || limit > EIGHTFOLD_MAX_PAGE)
		return refusal(400, `limit must be 1 to ${EIGHTFOLD_MAX_PAGE}`);
	const endless = request.fault('endlessPages') !== undefined && all.length > 0;
	if (request.fault('repeatedCursor')) start = 0;
	const from = endless ? start % all.length : start;
	const data = all.slice(from, from + limit).map((record) => shown(record, query, sections));
	if (data.includes(undefined)) return refusal(400, 'Unknown section in include');
	return ok({
		data,
		meta: {
			totalCount: endless ? start + limit + 1 : all.length,
			pageTotalCount: data.length,
			pageStartIndex: start,
		},
	});
}

/** Assumption: `*` stands for anything, case does not matter, and the text may occur inside these fields. */
function matches(record: Record<string, unknown>, wanted: string | null, keys: string[]): boolean {
	if (wanted === null) return true;
	const pattern = new RegExp(
		wanted.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*'),
		'i',
	);
	return keys.some((key) => pattern.test(String(record[key] ?? '')));
}

/**
 * Seen: `lastModified:[<epoch seconds> TO *]`, and two conditions in brackets with AND. Assumption: beside that only
 * `field:value` is understood; the list of arguments is not public.
 */
function filter(record: Record<string, unknown>, filterQuery: string | null): boolean {
	if (filterQuery === null) return true;
	const [, one, other] = /^\((.+) AND (.+)\)$/.exec(filterQuery) ?? [];
	if (one !== undefined) return filter(record, one) && filter(record, other);
	const [, since] = /^lastModified:\[(\d+) TO \*\]$/.exec(filterQuery) ?? [];
	if (since !== undefined) return Number(record.lastModified) >= Number(since);
	const [, key = '', value = ''] = /^(\w+):(.+)$/.exec(filterQuery) ?? [];
	return String(record[key] ?? '') === value;
}

const LIST_QUERY = ['start', 'limit', 'filterQuery', 'query', 'exclude', 'keyList'];

function listCandidates(request: SandboxRequest, store: Store): Answer {
	const { query, params } = request;
	return withQuery(query, LIST_QUERY, () => {
		const candidates = store.candidatesOf(params.systemId);
		if (candidates === undefined) return refusal(404, 'Unknown system');
		const found = [...candidates.values()]
			.map(publicCandidate)
			.filter(
				(record) =>
					matches(record, query.get('query'), ['candidateId', 'firstName', 'lastName', 'emails']) &&
					filter(record, query.get('filterQuery')),
			);
		return page(request, found, SECTIONS.candidate);
	});
}

function getCandidate({ query, params }: SandboxRequest, store: Store): Answer {
	return withQuery(query, ['include', 'exclude', 'keyList'], () => {
		const candidate = store.find(params);
		// Seen in public code, not documented.
		if (candidate === undefined) return refusal(404, 'Unknown candidate');
		const record = shown(publicCandidate(candidate), query, SECTIONS.candidate);
		return record === undefined ? refusal(400, 'Unknown section in include') : ok(record);
	});
}

function publicCandidate(candidate: EightfoldCandidate): Record<string, unknown> {
	// Assumption: the words of the texts.
	const word = (flag: boolean | null = null) => (flag === null ? null : flag ? 'yes' : 'no');
	return {
		...candidate,
		ignoredKeys: undefined,
		veteranStatusStr: word(candidate.veteranStatus),
		disabilityStatusStr: word(candidate.disabilityStatus),
	};
}

// --- Writing: accepted at once, decided by a transaction -----------------------------------------

function createCandidate(request: SandboxRequest, store: Store): Answer {
	const { query, params, body } = request;
	return withQuery(query, [], () => {
		const candidates = store.candidatesOf(params.systemId);
		if (candidates === undefined) return refusal(404, 'Unknown system');
		if (!isObject(body)) return refusal(400, 'Expected a JSON object');
		const { autoGenerateCandidateId: generated, ...row } = body;
		if (generated !== undefined && typeof generated !== 'boolean' && generated !== null)
			return refusal(400, 'autoGenerateCandidateId must be a boolean');
		if (generated !== undefined && params.systemId !== EIGHTFOLD_TRACKING_SYSTEM_ID)
			return refusal(400, 'autoGenerateCandidateId must not be sent for this system');
		if (generated === true && 'candidateId' in row)
			return refusal(400, 'candidateId must be omitted with autoGenerateCandidateId');
		const required = EIGHTFOLD_REQUIRED.filter((key) => !(generated && key === 'candidateId'));
		const problem = problemWith(EIGHTFOLD_CANDIDATE, row, { required });
		if (problem !== undefined) return refusal(400, problem);

		const id = generated ? store.nextId() : String(row.candidateId ?? '');
		const exists = candidates.has(id);
		// Assumption: an ID that exists fails, because nothing says that it may be relied upon.
		return store.accept(request, row, id, exists || id === '', () =>
			store.save(params.systemId, id, row, { request: request.n, replace: true }),
		);
	});
}

function changeCandidate(request: SandboxRequest, store: Store, how: 'replace' | 'patch'): Answer {
	const { query, params, body } = request;
	return withQuery(query, ['refreshClaimedProfile'], () => {
		const refresh = query.get('refreshClaimedProfile');
		if (![null, 'true', 'false'].includes(refresh))
			return refusal(400, 'refreshClaimedProfile must be true or false');
		if (!isObject(body)) return refusal(400, 'Expected a JSON object');
		const required = how === 'replace' ? EIGHTFOLD_REQUIRED : undefined;
		const problem = problemWith(EIGHTFOLD_CANDIDATE, body, { required });
		if (problem !== undefined) return refusal(400, problem);
		const candidate = store.find(params);
		// Assumption: as in reading.
		if (candidate === undefined) return refusal(404, 'Unknown candidate');
		const { candidateId } = candidate;
		// Assumption: the record cannot move to another ID.
		if ((body.candidateId ?? candidateId) !== candidateId)
			return refusal(400, 'candidateId differs from the address');
		// Assumption: what happens to a claimed profile that is not to be refreshed.
		const barred = store.profileOf(candidate)?.claimed === true && refresh !== 'true';
		return store.accept(request, body, candidateId, barred, () =>
			store.save(candidate.systemId, candidateId, body, {
				request: request.n,
				replace: how === 'replace',
			}),
		);
	});
}

// --- Profiles -----------------------------------------------------------------------------------

function listProfiles(request: SandboxRequest, store: Store): Answer {
	const { query } = request;
	return withQuery(query, [...LIST_QUERY, 'atsCandidateId', 'profileIds', 'include'], () => {
		const candidateId = query.get('atsCandidateId') ?? '';
		const ids = names(query, 'profileIds');
		const found = store
			.profiles()
			.filter(
				({ id, profileId, candidate }) =>
					// Assumption: the search is loose; nothing says that it is exact.
					candidate.candidateId.startsWith(candidateId) &&
					(ids.length === 0 || ids.includes(id) || ids.includes(String(profileId))),
			)
			.map(publicProfile)
			.filter(
				(record) =>
					matches(record, query.get('query'), ['id', 'fullName', 'email']) &&
					filter(record, query.get('filterQuery')),
			);
		return page(request, found, SECTIONS.profile);
	});
}

function getProfile({ query, params }: SandboxRequest, store: Store): Answer {
	return withQuery(query, ['include', 'exclude', 'keyList'], () => {
		const profile = store.profile(params.profileId);
		if (profile === undefined) return refusal(404, 'Unknown profile');
		const record = shown(publicProfile(profile), query, SECTIONS.profile);
		return record === undefined ? refusal(400, 'Unknown section in include') : ok(record);
	});
}

/** Assumption: `start` counts entries, as the reference says; an app of the vendor counts pages. */
function listChanges({ query }: SandboxRequest, store: Store): Answer {
	return withQuery(query, ['startTime', 'endTime', 'start', 'limit'], () => {
		const number = (name: string) => Number(query.get(name) ?? NaN);
		const [from, to] = [number('startTime'), number('endTime')];
		if (!(from >= 0 && to >= from)) return refusal(400, 'startTime and endTime are required');
		if (to - from > CHANGELOG_WINDOW_SECONDS)
			return refusal(400, 'The window is longer than a day');
		if (to > seconds() - CHANGELOG_DELAY_SECONDS)
			return refusal(400, 'endTime must be half an hour ago');
		const ids = new Set(
			store.changes.filter(({ at }) => at >= from && at <= to).map(({ id }) => id),
		);
		const [start, limit] = [Number(query.get('start') ?? 0), Number(query.get('limit') ?? 100)];
		const data = [...ids].slice(start, start + limit).map((entityId) => ({ entityId }));
		return ok({ data, meta: { totalCount: ids.size } });
	});
}

function fetchProfiles({ query, body }: SandboxRequest, store: Store): Answer {
	return withQuery(query, [], () => {
		const ids = isObject(body) ? body.entityIds : undefined;
		if (!Array.isArray(ids) || ids.length === 0 || ids.length > BATCH_MAX)
			return refusal(400, `entityIds must be 1 to ${BATCH_MAX} IDs`);
		const found = ids.flatMap((id) => store.profile(String(id)) ?? []);
		return ok({ data: found.map(publicProfile) });
	});
}

function deleteProfile(request: SandboxRequest, store: Store): Answer {
	return withQuery(request.query, [], () => {
		const profile = store.profile(request.params.profileId);
		if (profile === undefined) return refusal(404, 'Unknown profile');
		return store.accept(request, {}, profile.id, false, () => store.remove(profile, request.n));
	});
}

function publicProfile({ id, profileId, candidate, tellsSystem, changed }: Profile) {
	const { candidateId, firstName, lastName, emails, phones, title, location, tags, notes } =
		candidate;
	return {
		id,
		profileId,
		atsEntityId: candidateId,
		// Assumption: what the filter compares is not shown by any page; here it is the last change, else when the candidate was last active.
		lastModified: changed ?? candidate.lastActivityTs,
		lastUpdated: changed ?? candidate.lastActivityTs,
		fullName: [firstName, lastName].filter(Boolean).join(' '),
		firstName,
		lastName,
		email: emails,
		phone: phones,
		title,
		location,
		tags,
		notes,
		resume: candidate.resumeContent?.content,
		atsData: tellsSystem ? publicCandidate(candidate) : null,
	};
}

// --- The data -----------------------------------------------------------------------------------

interface Transaction {
	/** What the coming polls see; the last one stays. */
	states: string[];
	efEntityId: string | null;
	externalEntityId: string | null;
}

class Store {
	readonly truth = new Truth();
	/** What the changelog says. */
	readonly changes: Array<{ id: string; at: number }> = [];

	private readonly systems = new Map<string, Map<string, EightfoldCandidate>>();
	private readonly byId = new Map<string, Profile>();
	private readonly transactions = new Map<string, Transaction>();
	private madeProfiles = 0;
	private madeIds = 0;

	constructor() {
		for (const systemId of [
			EIGHTFOLD_SYSTEM_ID,
			EIGHTFOLD_OTHER_SYSTEM_ID,
			EIGHTFOLD_TRACKING_SYSTEM_ID,
		])
			this.systems.set(systemId, new Map());
		for (const candidateId of [...EIGHTFOLD_EXISTING_IDS, EIGHTFOLD_SIMILAR_ID])
			this.seed(EIGHTFOLD_SYSTEM_ID, candidateId);
		this.seed(EIGHTFOLD_SYSTEM_ID, EIGHTFOLD_CLAIMED_ID, { claimed: true });
		for (const systemId of [EIGHTFOLD_SYSTEM_ID, EIGHTFOLD_OTHER_SYSTEM_ID]) {
			this.seed(systemId, EIGHTFOLD_SHARED_ID);
			this.seed(systemId, EIGHTFOLD_AMBIGUOUS_ID, { tellsSystem: false });
		}
	}

	/** Assumption: a system that is not set up is unknown. */
	candidatesOf(systemId = ''): Map<string, EightfoldCandidate> | undefined {
		return this.systems.get(systemId);
	}

	find({ systemId, candidateId = '' }: Record<string, string>): EightfoldCandidate | undefined {
		return this.candidatesOf(systemId)?.get(candidateId);
	}

	profiles(): Profile[] {
		return [...this.byId.values()];
	}

	/** Assumption: both kinds of ID stand for a profile in an address, as they do in a search. */
	profile(id = ''): Profile | undefined {
		return this.byId.get(id) ?? this.profiles().find(({ profileId }) => String(profileId) === id);
	}

	profileOf(candidate: EightfoldCandidate): Profile | undefined {
		return this.profiles().find((profile) => profile.candidate === candidate);
	}

	nextId(): string {
		this.madeIds += 1;
		return `TT-${this.madeIds}`;
	}

	/**
	 * Takes a write. Assumption: what it does is there at once, while its transaction may still be in progress; mistakes in
	 * the values come out in the transaction, mistakes in the types before.
	 */
	accept(
		request: SandboxRequest,
		row: Record<string, unknown>,
		key: string,
		barred: boolean,
		apply: () => { efEntityId: string; externalEntityId: string },
	): Answer {
		const failed = request.fault('failedRows');
		// The schema allows a null; an answer without the transaction tells nothing.
		if ((request.fault('shortAnswer')?.keep ?? 1) < 1) return ok({ transactionId: null });
		const tags = Array.isArray(row.tags) ? row.tags : [];
		const refused =
			barred ||
			flawOf(row) ||
			tags.includes(EIGHTFOLD_REFUSED_TAG) ||
			(failed !== undefined && isPicked(failed, row, 0, key));
		const transaction: Transaction = { states: ['PASS'], efEntityId: null, externalEntityId: null };
		if (refused) transaction.states = ['FAIL'];
		else if (tags.includes(EIGHTFOLD_STUCK_TAG)) transaction.states = ['IN PROGRESS'];
		else {
			Object.assign(transaction, apply());
			if (tags.includes(EIGHTFOLD_SLOW_TAG))
				transaction.states = [...new Array<string>(SLOW_POLLS).fill('IN PROGRESS'), 'PASS'];
		}
		const transactionId = randomUUID();
		this.transactions.set(transactionId, transaction);
		return ok({ transactionId });
	}

	poll(id = ''): Answer {
		const transaction = this.transactions.get(id);
		if (transaction === undefined) return refusal(404, 'Unknown transaction');
		const { states, efEntityId, externalEntityId } = transaction;
		const status = states.length > 1 ? states.shift() : states[0];
		const known = status === 'PASS' ? { efEntityId, externalEntityId } : {};
		return ok({ data: { status, efEntityId: null, externalEntityId: null, ...known } });
	}

	save(
		systemId: string,
		candidateId: string,
		row: Record<string, unknown>,
		{ request, replace }: { request: number; replace: boolean },
	): { efEntityId: string; externalEntityId: string } {
		const candidates = this.candidatesOf(systemId) as Map<string, EightfoldCandidate>;
		const known = candidates.get(candidateId);
		const candidate: EightfoldCandidate = known ?? {
			candidateId,
			systemId,
			ignoredKeys: [],
		};
		const held = candidate as object as Record<string, unknown>;
		// Assumption: fields that a replace does not name are wiped, as those are that it sends empty.
		if (replace) for (const key of Object.keys(EIGHTFOLD_CANDIDATE.members)) delete held[key];
		for (const [key, value] of Object.entries(row)) {
			if (!(key in EIGHTFOLD_CANDIDATE.members)) candidate.ignoredKeys.push(key);
			// Assumption: lists are replaced, not merged.
			else held[key] = value;
		}
		// Assumption: the address says which record and which system it is, whatever stands in the body.
		Object.assign(candidate, { candidateId, systemId });
		candidates.set(candidateId, candidate);
		const profile = this.profileOf(candidate) ?? this.newProfile(candidate);
		this.change(profile);
		this.truth.note(candidateId, known === undefined ? 'created' : 'updated', {
			request,
			fields: Object.keys(row),
			value: candidate,
		});
		return { efEntityId: profile.id, externalEntityId: candidateId };
	}

	/** What people do in Eightfold themselves. */
	happen(what: Happening, count: number): string[] | undefined {
		if (what !== 'created' && what !== 'changed') return undefined;
		if (what === 'created')
			for (let n = 0; n < count; n++)
				this.seed(EIGHTFOLD_SYSTEM_ID, `C-OWN-${this.madeProfiles + 1}`);
		const profiles = this.profiles().slice(-count);
		for (const profile of profiles) this.change(profile);
		return profiles.map(({ id }) => id);
	}

	private change(profile: Profile): void {
		profile.changed = seconds();
		this.changes.push({ id: profile.id, at: profile.changed });
	}

	/** Assumption: with the profile of a person the record of the ATS goes too. */
	remove(profile: Profile, request: number): { efEntityId: string; externalEntityId: string } {
		const { candidate, id } = profile;
		this.byId.delete(id);
		this.candidatesOf(candidate.systemId)?.delete(candidate.candidateId);
		this.truth.note(id, 'deleted', { request, fields: [], value: undefined });
		return { efEntityId: id, externalEntityId: candidate.candidateId };
	}

	private newProfile(
		candidate: EightfoldCandidate,
		{ claimed = false, tellsSystem = true }: { claimed?: boolean; tellsSystem?: boolean } = {},
	): Profile {
		this.madeProfiles += 1;
		const profileId = 9_000_000 + this.madeProfiles;
		const id = Buffer.from(`practice-profile-${profileId}`).toString('base64url');
		const profile: Profile = { id, profileId, candidate, claimed, tellsSystem };
		this.byId.set(id, profile);
		return profile;
	}

	private seed(
		systemId: string,
		candidateId: string,
		traits: { claimed?: boolean; tellsSystem?: boolean } = {},
	): void {
		const candidate: EightfoldCandidate = {
			candidateId,
			systemId,
			firstName: `Given ${candidateId}`,
			lastName: `Family ${candidateId}`,
			emails: `${candidateId.toLowerCase()}@example.com`,
			phones: '+15550100,+15550101',
			lastActivityTs: EIGHTFOLD_SEEDED_AT,
			title: 'Practice Engineer',
			tags: ['seeded'],
			notes: [{ noteType: 'note', body: 'There from the start', creationTs: EIGHTFOLD_SEEDED_AT }],
			ignoredKeys: [],
		};
		this.candidatesOf(systemId)?.set(candidateId, candidate);
		this.newProfile(candidate, traits);
	}
}

const seconds = (): number => Math.floor(Date.now() / 1000);

function ok(body: unknown): Answer {
	return { status: 200, body };
}

/** Assumption: the body of a refusal; public code looks for `message`. */
function refusal(status: number, message: string): Answer {
	return { status, body: { message } };
}
