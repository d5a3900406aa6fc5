/**
 * A local Whoz.
 *
 * What the vendor's bulk save article documents is enforced as written. Where the documents are
 * silent the comments say "Assumption": such behaviour is the sandbox's own choice, made so that a
 * client which relies on more than the documents is noticed. Error codes that start with `SANDBOX_`
 * are ours, because the article names one code only.
 */
import { randomUUID } from 'node:crypto';

import { FOREIGN_URL, isPicked, type FaultOf } from './faults';
import { TokenStore } from './tokens';
import { Truth } from './truth';
import {
	bearerToken,
	isObject,
	ownName,
	type Answer,
	type Happening,
	type RunningVendor,
	type SandboxRequest,
	type SandboxVendor,
} from './vendor';

export const WHOZ_CLIENT_ID = 'practice-client';
export const WHOZ_CLIENT_SECRET = 'practice-secret';
/** Accepted at all times, for users who bring a token of their own. */
export const WHOZ_BEARER_TOKEN = 'practice-bearer-token';

export const WHOZ_TOKEN_PATH = '/auth/realms/whoz/protocol/openid-connect/token';
export const WHOZ_SAVE_PATH = '/api/talent/bulk/save';
export const WHOZ_LIST_PATH = '/api/talent/list/by-workspace-id';

/** The documented maximum of talents in one request. */
export const WHOZ_MAX_ROWS = 300;
/** Assumption: the page size is not documented. */
export const WHOZ_PAGE_SIZE = 100;
/** Assumption: what clients take for granted when the answer names no lifetime. */
const TOKEN_SECONDS = 300;
/** A row that carries this tag makes its whole request refused, as a malformed row does. */
export const WHOZ_POISON_TAG = '__poison__';

export const WHOZ_FEDERATION_ID = '5f7b1a5b9d3e6c001a7e0001';
export const WHOZ_WORKSPACES = [
	{ id: '5f7b1a5b9d3e6c001a7e1001', name: 'Practice North', status: 'ACTIVE' },
	{ id: '5f7b1a5b9d3e6c001a7e1002', name: 'Practice South', status: 'ACTIVE' },
	{ id: '5f7b1a5b9d3e6c001a7e1003', name: 'Practice Remote', status: 'ACTIVE' },
] as const;
export const WHOZ_WORKSPACE_IDS: readonly string[] = WHOZ_WORKSPACES.map(({ id }) => id);
export const WHOZ_QUALIFICATION_IDS: readonly string[] = ['QUAL-001', 'QUAL-002', 'QUAL-003'];

/** External ids of the 40 talents that are there from the start. */
export const WHOZ_EXISTING_IDS: readonly string[] = Array.from(
	{ length: 40 },
	(_, position) => `EMP-EXIST-${String(position + 1).padStart(3, '0')}`,
);
/** Those of them who manage the others. */
export const WHOZ_EXISTING_MANAGER_IDS: readonly string[] = WHOZ_EXISTING_IDS.slice(0, 5);
/** Talents that are there but removed; only a list that asks for removed ones shows them. */
export const WHOZ_REMOVED_IDS: readonly string[] = ['EMP-GONE-001', 'EMP-GONE-002'];
/** When the talents of the start were last changed. */
export const WHOZ_SEEDED_AT = '2026-01-15T08:00:00.000Z';

interface Reference {
	externalId: string;
}

/** A talent row as sent, once its JSON types are known to be right. */
interface TalentRow {
	id?: string;
	externalId?: string;
	firstName?: string;
	lastName?: string;
	emails?: Array<{ address?: string; main?: boolean }>;
	history?: HistoryEntry[];
	staffable?: boolean;
	tags?: string[];
	manager?: Reference;
	mentor?: Reference;
	qualifications?: Reference[];
}

interface HistoryEntry {
	since?: string;
	workspaceId?: string;
	scope?: string;
	roleExternalId?: string;
	gradeExternalId?: string;
}

/** A talent as the sandbox holds it; what `truth` shows as `value`. */
export interface WhozTalent extends Omit<TalentRow, 'id'> {
	id: string;
	/** `DRAFT` is documented; the other value is not. */
	status: 'DRAFT' | 'SANDBOX_VALIDATED';
	removed: boolean;
	createdDate: string;
	lastModifiedDate: string;
	/** The account that a main address brings with it. */
	user?: { username: string; federationRole: 'MEMBER'; workspaceRole: 'RESTRICTED' };
	/** Top-level keys that were sent but mean nothing here. */
	ignoredKeys: string[];
}

interface Problem {
	code: string;
	message: string;
}

interface Location {
	index?: number;
	id?: string;
	externalId?: string;
}

export const whoz: SandboxVendor = {
	name: 'whoz',
	secretBodyKeys: ['client_secret'],
	start,
};

function start(): RunningVendor {
	const tokens = new TokenStore();
	const store = new TalentStore();
	return {
		truth: store.truth,
		happen: (what, count) => (what === 'onboarded' ? undefined : store.happen(what, count)),
		expireTokens: () => tokens.expireAll(),
		authorize: (request) => {
			const token = bearerToken(request);
			if (token === WHOZ_BEARER_TOKEN || (token && tokens.isValid(token))) return undefined;
			// Assumption: status and body of a refused token are not documented.
			return refusal(401, 'Unauthorized', { 'www-authenticate': 'Bearer' });
		},
		routes: [
			{
				method: 'POST',
				path: WHOZ_TOKEN_PATH,
				signIn: true,
				handle: (request) => issueToken(request, tokens),
			},
			// Assumption: the answer's keys; clients only look at its status.
			{
				method: 'GET',
				path: '/api/user/current',
				handle: () =>
					ok({ id: '5f7b1a5b9d3e6c001a7e2001', username: 'practice-client@example.com' }),
			},
			{ method: 'GET', path: '/api/workspace', handle: listWorkspaces },
			{ method: 'POST', path: WHOZ_SAVE_PATH, handle: (request) => bulkSave(request, store) },
			{ method: 'POST', path: WHOZ_LIST_PATH, handle: (request) => list(request, store) },
		],
	};
}

// --- Sign-in: client credentials in the form body; errors in the manner of RFC 6749 -------------

function issueToken({ body, headers }: SandboxRequest, tokens: TokenStore): Answer {
	const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
	const form = isForm && isObject(body) ? body : {};
	if (form.grant_type !== 'client_credentials') {
		return { status: 400, body: { error: 'unsupported_grant_type' } };
	}
	if (form.client_id !== WHOZ_CLIENT_ID || form.client_secret !== WHOZ_CLIENT_SECRET) {
		return {
			status: 401,
			body: {
				error: 'unauthorized_client',
				error_description: 'Invalid client or Invalid client credentials',
			},
		};
	}
	return ok({
		access_token: tokens.issue(TOKEN_SECONDS),
		expires_in: TOKEN_SECONDS,
		token_type: 'Bearer',
	});
}

function listWorkspaces({ query }: SandboxRequest): Answer {
	// Assumption: without a federation all workspaces are listed, with another one none.
	const federation = query.get('federationId');
	return ok(federation === null || federation === WHOZ_FEDERATION_ID ? WHOZ_WORKSPACES : []);
}

// --- Bulk save ----------------------------------------------------------------------------------

function bulkSave(request: SandboxRequest, store: TalentStore): Answer {
	const startedAt = Date.now();
	const { body } = request;
	if (!isObject(body) || !Array.isArray(body.data)) {
		return refusal(400, 'Expected a JSON object with an array "data"');
	}
	const rows: unknown[] = body.data;
	if (rows.length > WHOZ_MAX_ROWS) {
		return refusal(400, `At most ${WHOZ_MAX_ROWS} talents per request, got ${rows.length}`);
	}
	const configuration = readConfiguration(body.configuration);
	if ('message' in configuration) return refusal(400, configuration.message);
	// Assumption: a malformed row refuses the whole request, and the message does not say which row.
	if (!rows.every(isTalentRow)) return refusal(400, 'Malformed talent in request');

	const short = request.fault('shortAnswer');
	const failed = request.fault('failedRows');
	const taken = short ? rows.slice(0, short.keep) : rows;
	const report = new ErrorReport(failed?.locate ?? 'full');
	// "Must exist already" is read strictly: a manager who comes with the same request does not.
	const people = rows.some(({ manager, mentor }) => manager ?? mentor)
		? store.externalIds()
		: new Set<string>();
	let created = 0;
	let updated = 0;
	for (const [index, row] of taken.entries()) {
		const existing = store.find(row);
		const problems = [
			...problemsOf(row, existing, people, store),
			...injectedProblems(failed, row, index),
		];
		if (problems.length > 0) {
			const id = existing?.id ?? row.id;
			report.add(problems, { index, id, externalId: row.externalId });
		} else if (existing) {
			store.update(existing, row, request.n, configuration.trustedSource);
			updated += 1;
		} else {
			store.create(row, request.n);
			created += 1;
		}
	}
	return ok({
		// Assumption: the key is left out when there is nothing to report.
		...(report.errors.length > 0 ? { errors: report.errors } : {}),
		metadata: { count: taken.length, created, updated, took: Date.now() - startedAt },
	});
}

function readConfiguration(value: unknown): { trustedSource: boolean } | { message: string } {
	const { usingPatch = true, trustedSource = false } = isObject(value) ? value : {};
	// The vendor would replace the record and says never to ask for that; here it is refused.
	if (usingPatch !== true) return { message: 'usingPatch must be true' };
	if (typeof trustedSource !== 'boolean') return { message: 'trustedSource must be a boolean' };
	return { trustedSource };
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isReference: Check = (value) => isObject(value) && isText(value.externalId);
const listOf =
	(check: Check): Check =>
	(value) =>
		Array.isArray(value) && value.every(check);
const objectOf =
	(checks: Record<string, Check>): Check =>
	(value) =>
		isObject(value) &&
		Object.entries(checks).every(([key, check]) => !(key in value) || check(value[key]));

/** The JSON types of the documented fields. Assumption: null is none of them. */
const ROW_CHECKS: Record<keyof TalentRow, Check> = {
	id: isText,
	externalId: isText,
	firstName: isText,
	lastName: isText,
	emails: listOf(objectOf({ address: isText, main: isFlag })),
	history: listOf(
		objectOf({
			since: isText,
			workspaceId: isText,
			scope: isText,
			roleExternalId: isText,
			gradeExternalId: isText,
		}),
	),
	staffable: isFlag,
	tags: listOf((tag) => isText(tag) && tag !== WHOZ_POISON_TAG),
	manager: isReference,
	mentor: isReference,
	qualifications: listOf(isReference),
};
const hasRightTypes = objectOf(ROW_CHECKS);

function isTalentRow(row: unknown): row is TalentRow {
	return hasRightTypes(row);
}

/** Everything that is wrong with a row, as the article says: errors are accumulated per talent. */
function problemsOf(
	row: TalentRow,
	existing: WhozTalent | undefined,
	people: Set<string>,
	store: TalentStore,
): Problem[] {
	const problems: Problem[] = [];
	const complain = (code: string, message: string) => problems.push({ code, message });

	if (row.id !== undefined && !existing) {
		// Assumption: ids are given by the vendor, so an unknown one creates nobody.
		complain('SANDBOX_UNKNOWN_TALENT', `Unknown Talent ${row.id}`);
	} else if (existing && store.belongsToAnother(existing, row.externalId)) {
		complain(
			'SANDBOX_EXTERNAL_ID_TAKEN',
			`External id ${row.externalId} belongs to another talent`,
		);
	}
	for (const key of ['firstName', 'lastName'] as const) {
		// Required on creation only. Assumption: an update cannot blank a name either.
		if (row[key]?.trim() === '' || (!existing && row[key] === undefined)) {
			complain('SANDBOX_MISSING_FIELD', `${key} is required`);
		}
	}
	if (!existing && (row.history ?? []).length === 0) {
		complain('SANDBOX_MISSING_FIELD', 'history is required');
	}
	for (const { since, workspaceId } of row.history ?? []) {
		if (!since) complain('SANDBOX_MISSING_FIELD', 'history.since is required');
		else if (!isCalendarDate(since)) {
			complain('SANDBOX_INVALID_DATE', `history.since is not a date YYYY-MM-DD: ${since}`);
		}
		if (!workspaceId) complain('SANDBOX_MISSING_FIELD', 'history.workspaceId is required');
		else if (!WHOZ_WORKSPACE_IDS.includes(workspaceId)) {
			complain('UNKNOWN_WORKSPACE', `Unknown Workspace ${workspaceId}`);
		}
	}
	for (const { address } of row.emails ?? []) {
		if (!address) complain('SANDBOX_MISSING_FIELD', 'emails.address is required');
		// Assumption: an address becomes a user name, so it has to look like one.
		else if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) {
			complain('SANDBOX_INVALID_EMAIL', `Invalid address ${address}`);
		}
	}
	for (const relation of ['manager', 'mentor'] as const) {
		const externalId = row[relation]?.externalId;
		if (externalId !== undefined && !people.has(externalId)) {
			complain(`SANDBOX_UNKNOWN_${relation.toUpperCase()}`, `Unknown ${relation} ${externalId}`);
		}
	}
	for (const { externalId } of row.qualifications ?? []) {
		if (!WHOZ_QUALIFICATION_IDS.includes(externalId)) {
			complain('SANDBOX_UNKNOWN_QUALIFICATION', `Unknown qualification ${externalId}`);
		}
	}
	// Roles, grades and scopes are not checked: no list of them is documented.
	return problems;
}

function injectedProblems(
	fault: FaultOf<'failedRows'> | undefined,
	row: TalentRow,
	index: number,
): Problem[] {
	if (!fault || !isPicked(fault, row, index, row.externalId)) return [];
	const { code = 'SANDBOX_ROW_REFUSED', message = 'The talent was refused' } = fault;
	return [{ code, message }];
}

/** Collects problems the way the answer lists them: one entry per problem, with all its places. */
class ErrorReport {
	readonly errors: Array<Problem & { locations?: Location[] }> = [];

	constructor(private readonly locate: NonNullable<FaultOf<'failedRows'>['locate']>) {}

	add(problems: Problem[], place: Required<Pick<Location, 'index'>> & Location): void {
		for (const { code, message } of problems) {
			let error = this.errors.find((other) => other.code === code && other.message === message);
			if (!error) {
				error = { code, message, ...(this.locate === 'none' ? {} : { locations: [] }) };
				this.errors.push(error);
			}
			error.locations?.push(this.visible(place));
		}
	}

	private visible({ index, id, externalId }: Location): Location {
		if (this.locate === 'index') return { index };
		if (this.locate === 'key') return { externalId };
		return { index, id, externalId };
	}
}

/** Whether the text is `YYYY-MM-DD` and that day exists. */
function isCalendarDate(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const day = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

// --- List ---------------------------------------------------------------------------------------

interface Cursor {
	offset: number;
	/** The query it belongs to. */
	of: string;
	/** Makes cursors differ even where they point to the same place. */
	unique: string;
}

/** Known from third-party code only (V19); every refusal and limit here is an assumption. */
function list(request: SandboxRequest, store: TalentStore): Answer {
	const body = isObject(request.body) ? request.body : {};
	const { workspaceId, federationId, withRemoved = false, modifiedSince, next } = body;
	if (typeof workspaceId !== 'string') return refusal(400, 'workspaceId is required');
	if (!WHOZ_WORKSPACE_IDS.includes(workspaceId)) {
		return refusal(404, `Unknown Workspace ${workspaceId}`);
	}
	if (federationId !== undefined && federationId !== WHOZ_FEDERATION_ID) {
		return refusal(404, 'Unknown Federation');
	}
	if (typeof withRemoved !== 'boolean') return refusal(400, 'withRemoved must be a boolean');
	const since = modifiedSince === undefined ? 0 : Date.parse(String(modifiedSince));
	if (Number.isNaN(since)) return refusal(400, 'modifiedSince must be a timestamp');
	const of = JSON.stringify([workspaceId, withRemoved, since]);
	const cursor = next === undefined ? cursorAt(0, of) : readCursor(next);
	if (cursor?.of !== of) return refusal(400, 'Unknown continuation');

	const all = store.inWorkspace(workspaceId, { withRemoved, since });
	const end = cursor.offset + WHOZ_PAGE_SIZE;
	const following = nextToken(request, { cursor, end, total: all.length });
	return ok({
		data: all.slice(cursor.offset, end).map(publicTalent),
		metadata: following === undefined ? {} : { next: following },
	});
}

function nextToken(
	request: SandboxRequest,
	{ cursor, end, total }: { cursor: Cursor; end: number; total: number },
): string | undefined {
	const foreign = request.fault('foreignNext');
	if (foreign) return foreign.url ?? FOREIGN_URL;
	if (request.fault('repeatedCursor')) return writeCursor(cursor);
	if (request.fault('endlessPages')) {
		return writeCursor(cursorAt(end < total ? end : 0, cursor.of));
	}
	return end < total ? writeCursor(cursorAt(end, cursor.of)) : undefined;
}

function cursorAt(offset: number, of: string): Cursor {
	return { offset, of, unique: randomUUID() };
}

function writeCursor(cursor: Cursor): string {
	return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function readCursor(token: unknown): Cursor | undefined {
	try {
		return JSON.parse(Buffer.from(String(token), 'base64url').toString('utf8')) as Cursor;
	} catch {
		return undefined;
	}
}

function publicTalent({ ignoredKeys: _, user: __, ...talent }: WhozTalent) {
	return { ...talent, photo: { uid: null, isEmpty: true } };
}

// --- The talents --------------------------------------------------------------------------------

class TalentStore {
	readonly truth = new Truth();

	private readonly byId = new Map<string, WhozTalent>();
	private readonly byExternalId = new Map<string, WhozTalent>();
	private created = 0;

	constructor() {
		for (const talent of seededTalents()) this.keep(talent);
	}

	/** A talent is matched by internal or external id. */
	find({ id, externalId }: TalentRow): WhozTalent | undefined {
		if (id !== undefined) return this.byId.get(id);
		return externalId ? this.byExternalId.get(externalId) : undefined;
	}

	externalIds(): Set<string> {
		return new Set(this.byExternalId.keys());
	}

	belongsToAnother(talent: WhozTalent, externalId = ''): boolean {
		const owner = this.byExternalId.get(externalId);
		return owner !== undefined && owner !== talent;
	}

	create(row: TalentRow, request: number): void {
		this.created += 1;
		const talent: WhozTalent = {
			id: (0x6000_0000 + this.created).toString(16).padEnd(24, '0'),
			status: 'DRAFT',
			removed: false,
			createdDate: new Date().toISOString(),
			lastModifiedDate: '',
			ignoredKeys: [],
		};
		this.apply(talent, row);
		this.note(talent, 'created', row, request);
	}

	update(talent: WhozTalent, row: TalentRow, request: number, trustedSource: boolean): void {
		this.apply(talent, row);
		if (!trustedSource) talent.status = 'DRAFT';
		this.note(talent, 'updated', row, request);
	}

	/** What people do in Whoz themselves: in the first workspace, newest talents first. */
	happen(what: Happening, count: number): string[] {
		if (what === 'created')
			for (let n = 0; n < count; n++) {
				const history = [{ since: '2026-01-01', workspaceId: WHOZ_WORKSPACE_IDS[0] }];
				const externalId = `OWN-${this.created + 1}`;
				const emails = [{ address: `${externalId.toLowerCase()}@example.com`, main: true }];
				const names = { firstName: ownName(this.created), lastName: 'Happened' };
				this.create({ externalId, ...names, emails, history }, 0);
			}
		const present = this.inWorkspace(WHOZ_WORKSPACE_IDS[0], { withRemoved: false, since: 0 });
		const talents = present.reverse().slice(0, count);
		if (what !== 'created')
			for (const talent of talents) {
				talent.removed = what === 'removed';
				talent.lastModifiedDate = new Date().toISOString();
			}
		return talents.map(({ id }) => id);
	}

	/** Assumption: a talent is in the workspace of its latest history entry. */
	inWorkspace(
		workspaceId: string,
		{ withRemoved, since }: { withRemoved: boolean; since: number },
	): WhozTalent[] {
		return [...this.byId.values()].filter(
			(talent) =>
				latest(talent.history)?.workspaceId === workspaceId &&
				(withRemoved || !talent.removed) &&
				Date.parse(talent.lastModifiedDate) >= since,
		);
	}

	/** Patch: only keys that were sent change. */
	private apply(talent: WhozTalent, row: TalentRow): void {
		const { id: _, history, ...sent } = row;
		if (sent.externalId && talent.externalId) this.byExternalId.delete(talent.externalId);
		for (const [key, value] of Object.entries(sent)) {
			if (!(key in ROW_CHECKS)) talent.ignoredKeys.push(key);
			// Assumption: lists other than the history are replaced.
			else Object.assign(talent, { [key]: value });
		}
		// Assumption: no external id is better than an empty one, which would match anybody's.
		if (talent.externalId === '') delete talent.externalId;
		if (history) talent.history = patchedHistory(talent.history ?? [], history);
		const main = talent.emails?.find((email) => email.main ?? true)?.address;
		if (main) {
			talent.user = { username: main, federationRole: 'MEMBER', workspaceRole: 'RESTRICTED' };
		}
		talent.lastModifiedDate = new Date().toISOString();
		this.keep(talent);
	}

	private keep(talent: WhozTalent): void {
		this.byId.set(talent.id, talent);
		if (talent.externalId) this.byExternalId.set(talent.externalId, talent);
	}

	private note(
		talent: WhozTalent,
		action: 'created' | 'updated',
		row: TalentRow,
		request: number,
	): void {
		this.truth.note(talent.externalId ?? talent.id, action, {
			request,
			fields: Object.keys(row),
			value: talent,
		});
	}
}

/** An entry with a known `since` patches that period; another one opens a period. */
function patchedHistory(known: HistoryEntry[], sent: HistoryEntry[]): HistoryEntry[] {
	const bySince = new Map(known.map((entry) => [entry.since, entry]));
	for (const entry of sent) bySince.set(entry.since, { ...bySince.get(entry.since), ...entry });
	return [...bySince.values()];
}

function latest(history: HistoryEntry[] = []): HistoryEntry | undefined {
	return [...history].sort((a, b) => (a.since ?? '').localeCompare(b.since ?? '')).at(-1);
}

function seededTalents(): WhozTalent[] {
	return [...WHOZ_EXISTING_IDS, ...WHOZ_REMOVED_IDS].map((externalId, position) => {
		const managerId = WHOZ_EXISTING_MANAGER_IDS[position % WHOZ_EXISTING_MANAGER_IDS.length];
		const address = `${externalId.toLowerCase()}@example.com`;
		const isReport = managerId !== undefined && !WHOZ_EXISTING_MANAGER_IDS.includes(externalId);
		return {
			id: (0x5f00_0001 + position).toString(16).padEnd(24, '0'),
			externalId,
			firstName: `Given${position + 1}`,
			lastName: `Family${position + 1}`,
			emails: [{ address, main: true }],
			history: [
				{
					since: '2024-01-01',
					workspaceId: WHOZ_WORKSPACE_IDS[position % WHOZ_WORKSPACE_IDS.length],
					scope: 'EMPLOYEE',
				},
			],
			staffable: true,
			...(isReport ? { manager: { externalId: managerId } } : {}),
			status: 'SANDBOX_VALIDATED' as const,
			removed: WHOZ_REMOVED_IDS.includes(externalId),
			createdDate: WHOZ_SEEDED_AT,
			lastModifiedDate: WHOZ_SEEDED_AT,
			user: { username: address, federationRole: 'MEMBER', workspaceRole: 'RESTRICTED' },
			ignoredKeys: [],
		};
	});
}

function ok(body: unknown): Answer {
	return { status: 200, body };
}

/** Assumption: the body of a refusal is not documented. */
function refusal(status: number, message: string, headers?: Record<string, string>): Answer {
	return { status, body: { message }, headers };
}
