/**
 * A local Ingedata Pulse.
 *
 * What the vendor's pages on sign-in, talents and skills document is enforced as written. Where they are silent the
 * comments say "Assumption": such behaviour is the sandbox's own choice. Many of these choices copy the open-source
 * framework the service appears to be built on, because its habits (dropping what it does not know without a word) are
 * the ones that catch careless clients.
 */
import { isPicked } from './faults';
import { TokenStore } from './tokens';
import { Truth, type TruthAction } from './truth';
import {
	bearerToken,
	isObject,
	ownName,
	type Answer,
	type Route,
	type RunningVendor,
	type SandboxRequest,
	type SandboxVendor,
} from './vendor';

export const INGEDATA_API_KEY = 'PULSE_5ca1ab1e0ddba11c0ffee5eed';
/** Accepted at all times, for users who bring a token of their own. */
export const INGEDATA_BEARER_TOKEN = 'practice-bearer-token';

export const INGEDATA_SIGN_IN_PATH = '/api/v3/iam/auth/api/login';
export const INGEDATA_ACCOUNT_PATH = '/api/v3/iam/accounts/me';
export const INGEDATA_TALENTS_PATH = '/api/v3/talent/talents';
export const INGEDATA_RESUME_PATH = `${INGEDATA_TALENTS_PATH}/upload_resume`;

/** The documented default. Assumption: also the most that a page may hold. */
export const INGEDATA_PAGE_SIZE = 1000;
/** Assumption: how long a session lives is not documented. */
const TOKEN_SECONDS = 3600;

/** IDs of the 40 talents that are there from the start. */
export const INGEDATA_EXISTING_IDS: readonly string[] = Array.from({ length: 40 }, (_, position) =>
	String(1001 + position),
);
/** Those of them who have one skill, experience, education, certification and language each. */
export const INGEDATA_PROFILED_IDS: readonly string[] = INGEDATA_EXISTING_IDS.slice(0, 3);
export const INGEDATA_SEEDED_AT = '2026-01-15T08:00:00.000Z';

/** A record as the sandbox holds it; what `truth` shows as `value`. */
export interface IngedataRecord {
	id: number;
	type: string;
	attributes: Record<string, unknown>;
	/** The talent it belongs to; not on talents. */
	talentId?: number;
	/** Attributes that were sent but mean nothing here. */
	ignoredKeys: string[];
}

export const ingedata: SandboxVendor = {
	name: 'ingedata',
	secretBodyKeys: ['key'],
	start,
};

function start(): RunningVendor {
	const tokens = new TokenStore();
	const store = new Store();
	return {
		truth: store.truth,
		expireTokens: () => tokens.expireAll(),
		fill: (count) => store.fill(count),
		happen: (what, count) => (what === 'created' ? store.add(count) : undefined),
		authorize: (request) => {
			const token = bearerToken(request);
			if (token === INGEDATA_BEARER_TOKEN || (token && tokens.isValid(token))) return undefined;
			return refusal(401, 'Unauthorized', 'missing or invalid token');
		},
		routes: [
			{
				method: 'POST',
				path: INGEDATA_SIGN_IN_PATH,
				signIn: true,
				handle: (request) => signIn(request, tokens),
			},
			{
				method: 'GET',
				path: INGEDATA_ACCOUNT_PATH,
				// Assumption: attributes of an account; the page was read for the address only.
				handle: () =>
					ok({ data: { type: 'iam/accounts', id: '1', attributes: { email: 'key@example.com' } } }),
			},
			{
				method: 'POST',
				path: INGEDATA_RESUME_PATH,
				handle: (request) => uploadResume(request, store),
			},
			...KINDS.flatMap((kind) => routesOf(kind, store)),
		],
	};
}

/** The key in a JSON body; the token stands at `meta.token`, which is all that is documented of the answer. */
function signIn({ body }: SandboxRequest, tokens: TokenStore): Answer {
	if (!isObject(body)) return refusal(400, 'BadRequest', 'a JSON body is needed');
	return body.key === INGEDATA_API_KEY
		? ok({ meta: { token: tokens.issue(TOKEN_SECONDS) } })
		: refusal(401, 'Unauthorized', 'invalid API key');
}

// --- The kinds of records -----------------------------------------------------------------------

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isNumber: Check = (value) => typeof value === 'number';
const isWhole: Check = (value) => Number.isInteger(value);
const isTime: Check = (value) => isText(value) && !Number.isNaN(Date.parse(value as string));
const orNull =
	(check: Check): Check =>
	(value) =>
		value === null || check(value);

interface Kind {
	type: string;
	/** JSON types of the attributes. Assumption: null is none of them unless documented. */
	attributes: Record<string, Check>;
	/** Attributes PATCH takes; all unless said. */
	patched?: readonly string[];
	/** Attributes a new record needs. */
	needed: readonly string[];
	filters: readonly string[];
	/** Belongs to a talent. */
	part: boolean;
}

const part = (name: string, kind: Omit<Kind, 'type' | 'part'>): Kind => ({
	type: `talent/${name}`,
	part: true,
	...kind,
});

const TALENT: Kind = {
	type: 'talent/talents',
	part: false,
	attributes: {
		id: isWhole,
		organizational_unit: isText,
		first_name: isText,
		middle_name: isText,
		last_name: isText,
		picture_url: orNull(isText),
		created_at: isTime,
		is_favorited: isFlag,
		facets: Array.isArray,
	},
	patched: ['organizational_unit', 'first_name', 'middle_name', 'last_name', 'facets'],
	needed: [],
	filters: [
		'id',
		'organizational_unit',
		'first_name',
		'middle_name',
		'last_name',
		'picture_url',
		'created_at',
		'is_favorited',
		'facets',
		'search',
		'favorites_only',
		'with_favorites',
	],
};

/**
 * Of the parts only skills are documented. Attributes, and which of them a new record needs, are those of the form in the
 * vendor's own client. Assumption: the other parts have no filter by talent, so that a client that trusts one shows
 * everybody's records.
 */
const KINDS: readonly Kind[] = [
	TALENT,
	part('skills', {
		attributes: { name: isText, level: isNumber },
		needed: ['name'],
		filters: ['id', 'talent_id', 'name', 'level'],
	}),
	part('experiences', {
		attributes: {
			organization: isText,
			position: isText,
			start_date: isTime,
			end_date: orNull(isTime),
			summary: isText,
		},
		needed: ['organization', 'position', 'start_date'],
		filters: ['id'],
	}),
	part('educations', {
		attributes: {
			name: isText,
			institution: isText,
			degree: isText,
			start_date: isTime,
			end_date: orNull(isTime),
		},
		needed: ['name', 'institution', 'degree', 'start_date'],
		filters: ['id'],
	}),
	part('certifications', {
		attributes: { name: isText, organization: isText, url: isText, obtention_date: isTime },
		needed: ['name', 'organization', 'url', 'obtention_date'],
		filters: ['id'],
	}),
	part('languages', {
		attributes: { iso_code: isText, reading: isNumber, writing: isNumber, speaking: isNumber },
		needed: ['iso_code', 'reading', 'writing', 'speaking'],
		filters: ['id'],
	}),
];

function routesOf(kind: Kind, store: Store): Route[] {
	const path = `/api/v3/${kind.type}`;
	const one = `${path}/:id`;
	const withRecord =
		(handle: (request: SandboxRequest, record: IngedataRecord) => Answer) =>
		(request: SandboxRequest): Answer => {
			const id = request.params.id ?? '';
			if (!/^\d+$/.test(id)) return invalid('resource_id', 'must be an integer');
			const record = store.find(kind, Number(id));
			return record === undefined
				? refusal(404, 'RecordNotFound', `${kind.type} ${id} not found`)
				: handle(request, record);
		};
	return [
		{ method: 'GET', path, handle: (request) => list(request, kind, store) },
		{ method: 'POST', path, handle: (request) => create(request, kind, store) },
		{
			method: 'GET',
			path: one,
			handle: withRecord((request, record) => show(request, kind, record)),
		},
		{
			method: 'PATCH',
			path: one,
			handle: withRecord((request, record) => update(request, kind, record, store)),
		},
		{
			method: 'DELETE',
			path: one,
			handle: withRecord((request, record) => {
				store.remove(record, request.n);
				// Assumption: the answer to a delete is not documented.
				return { status: 204 };
			}),
		},
	];
}

// --- Reading ------------------------------------------------------------------------------------

/** Values of `name[]` and `name`. */
const valuesOf = (query: URLSearchParams, name: string): string[] => [
	...query.getAll(`${name}[]`),
	...query.getAll(name),
];

function list(request: SandboxRequest, kind: Kind, store: Store): Answer {
	const { query } = request;
	const number = wholeFrom(query.get('page[number]'), 1);
	if (number === undefined || number < 1) return invalid('page/number', 'must be positive');
	const size = wholeFrom(query.get('page[size]'), INGEDATA_PAGE_SIZE);
	if (size === undefined || size < 1 || size > INGEDATA_PAGE_SIZE)
		return invalid('page/size', `must be between 1 and ${INGEDATA_PAGE_SIZE}`);
	const count = query.get('count') ?? 'false';
	if (count !== 'true' && count !== 'false') return invalid('count', 'must be a boolean');

	const filters = kind.filters.filter((name) => valuesOf(query, `filter[${name}]`).length > 0);
	const all = store.all(kind);
	const filtered =
		filters.length === 0
			? all
			: all.filter((record) => filters.every((name) => fits(record, name, query)));
	const sorted = inOrder(filtered, query.get('sort'), kind);
	if (sorted === undefined) return invalid('sort', 'unknown field');

	const offset = (number - 1) * size;
	const page = pageOf(request, sorted, offset, size);
	// Assumption: place of the total, which the documents do not show; counting stops 1,000 records past the page.
	const counted = Math.min(sorted.length, offset + INGEDATA_PAGE_SIZE);
	const meta = count === 'true' ? { meta: { count: counted, more: sorted.length > counted } } : {};
	return ok({ data: page.map((record) => shown(record, kind, query)), ...meta });
}

function pageOf(
	request: SandboxRequest,
	records: IngedataRecord[],
	offset: number,
	size: number,
): IngedataRecord[] {
	if (request.fault('repeatedCursor')) return records.slice(0, size);
	// A full page each time, going round and round.
	if (request.fault('endlessPages') && records.length > 0)
		return Array.from(
			{ length: size },
			(_, position) => records[(offset + position) % records.length] as IngedataRecord,
		);
	return records.slice(offset, offset + size);
}

/** Filters that a resource does not list are dropped without a word, so the caller never asks for them. */
function fits(record: IngedataRecord, name: string, query: URLSearchParams): boolean {
	const wanted = valuesOf(query, `filter[${name}]`);
	const { attributes } = record;
	switch (name) {
		case 'id':
			return wanted.includes(String(record.id));
		case 'talent_id':
			return wanted.includes(String(record.talentId));
		// Assumption: meaning of these, which the page only names.
		case 'search':
			return wanted.some((text) =>
				JSON.stringify(attributes).toLowerCase().includes(text.toLowerCase()),
			);
		case 'favorites_only':
			return wanted.includes('false') || attributes.is_favorited === true;
		case 'with_favorites':
			return true;
		case 'facets':
			return wanted.some((facet) => (attributes.facets as unknown[] | undefined)?.includes(facet));
		default:
			return wanted.includes(String(attributes[name]));
	}
}

/** Ascending by ID unless told otherwise; a minus reverses. Undefined: no such field. */
function inOrder(
	records: IngedataRecord[],
	sort: string | null,
	kind: Kind,
): IngedataRecord[] | undefined {
	if (sort === null) return [...records].sort((a, b) => a.id - b.id);
	const keys = sort.split(',').map((key) => key.trim());
	const names = keys.map((key) => key.replace(/^-/, ''));
	if (names.some((name) => name !== 'id' && !(name in kind.attributes))) return undefined;
	const valueOf = (record: IngedataRecord, name: string) =>
		name === 'id' ? record.id : String(record.attributes[name] ?? '');
	return [...records].sort((a, b) => {
		for (const [position, name] of names.entries()) {
			const [one, other] = [valueOf(a, name), valueOf(b, name)];
			if (one === other) continue;
			const ascending = one < other ? -1 : 1;
			return keys[position]?.startsWith('-') ? -ascending : ascending;
		}
		return 0;
	});
}

function show({ query }: SandboxRequest, kind: Kind, record: IngedataRecord): Answer {
	// The page lists no value that would be allowed on talents.
	const allowed = kind.part ? ['talent'] : [];
	if (valuesOf(query, 'included').some((name) => !allowed.includes(name)))
		return invalid('included', 'included unauthorized');
	return ok({ data: shown(record, kind, query) });
}

/** A resource object. The ID stands beside the attributes, as text; documented attributes show it only in the schema. */
function shown(record: IngedataRecord, kind: Kind, query = new URLSearchParams()) {
	const only = valuesOf(query, `fields[${kind.type}]`);
	const attributes = Object.fromEntries(
		Object.entries(record.attributes).filter(([name]) => only.length === 0 || only.includes(name)),
	);
	const owner = { data: { type: TALENT.type, id: String(record.talentId) } };
	return {
		type: kind.type,
		id: String(record.id),
		attributes,
		...(kind.part ? { relationships: { talent: owner } } : {}),
	};
}

// --- Writing ------------------------------------------------------------------------------------

interface Sent {
	attributes: Record<string, unknown>;
	talentId?: number;
}

/** What a body carries, or why it is refused. */
function readBody(request: SandboxRequest, kind: Kind, store: Store): Sent | Answer {
	const { body, method } = request;
	if (!isObject(body)) return refusal(400, 'BadRequest', 'malformed JSON');
	const { data } = body;
	if (!isObject(data)) return invalid('data', 'is required');
	if (data.type !== kind.type) return invalid('data/type', `must be ${kind.type}`);
	const { attributes } = data;
	if (!isObject(attributes)) return invalid('data/attributes', 'is required');
	for (const [name, value] of Object.entries(attributes)) {
		const check = kind.attributes[name];
		if (check !== undefined && !check(value)) return wrong(name, 'has the wrong type');
	}
	if (method === 'PATCH') return { attributes };
	const missing = kind.needed.find((name) => attributes[name] === undefined);
	if (missing !== undefined) return wrong(missing, 'is required');
	if (!kind.part) return { attributes };

	const owner = ownerIn(data.relationships);
	if (owner === undefined) return invalid('data/relationships/talent', 'is required');
	if (store.find(TALENT, owner) === undefined)
		return invalid('data/relationships/talent', `talent ${owner} does not exist`);
	return { attributes, talentId: owner };
}

/** The page on skills demands the owner as relationship; an ID is text there. */
function ownerIn(relationships: unknown): number | undefined {
	const talent = isObject(relationships) ? relationships.talent : undefined;
	const data = isObject(talent) ? talent.data : undefined;
	if (!isObject(data) || data.type !== TALENT.type) return undefined;
	return typeof data.id === 'string' && /^\d+$/.test(data.id) ? Number(data.id) : undefined;
}

/** The injected refusal of this record, if there is one. */
function injected(request: SandboxRequest, key: string | undefined): Answer | undefined {
	const fault = request.fault('failedRows');
	if (fault === undefined) return undefined;
	const row = isObject(request.body) ? request.body.data : undefined;
	if (!isPicked(fault, row, 0, key)) return undefined;
	return refusal(422, fault.code ?? 'ValidationFailed', fault.message ?? 'The record was refused');
}

function create(request: SandboxRequest, kind: Kind, store: Store): Answer {
	const sent = readBody(request, kind, store);
	if ('status' in sent) return sent;
	const refused = injected(request, undefined);
	if (refused !== undefined) return refused;
	const { talentId } = sent;
	const attributes = { ...sent.attributes };
	let id: number | undefined;
	if (!kind.part && attributes.id !== undefined) {
		id = attributes.id as number;
		delete attributes.id;
		if (store.find(kind, id) !== undefined) return wrong('id', 'is taken');
	}
	const record = store.create(kind, attributes, { id, talentId, request: request.n });
	// Assumption: what a create answers is not documented.
	return { status: 201, body: { data: shown(record, kind) } };
}

function update(request: SandboxRequest, kind: Kind, record: IngedataRecord, store: Store): Answer {
	const sent = readBody(request, kind, store);
	if ('status' in sent) return sent;
	const refused = injected(request, String(record.id));
	if (refused !== undefined) return refused;
	store.update(kind, record, sent.attributes, request.n);
	// Assumption: what an update answers is not documented.
	return ok({ data: shown(record, kind) });
}

/** Assumption: the fields may stand in the address or in the body, since the page does not say which. */
function uploadResume(request: SandboxRequest, store: Store): Answer {
	const given: Record<string, unknown> = {
		...Object.fromEntries(request.query),
		...(isObject(request.body) ? request.body : {}),
	};
	for (const name of ['file_url', 'mime_type', 'organizational_unit'])
		if (!isText(given[name]) || given[name] === '') return invalid(name, 'is required');
	const candidate = given.create_candidate;
	if (candidate !== undefined && !['true', 'false'].includes(String(candidate)))
		return invalid('create_candidate', 'must be a boolean');
	const name = String(given.file_url).split('/').at(-1) ?? '';
	const record = store.create(
		TALENT,
		{ last_name: name, organizational_unit: given.organizational_unit },
		{ request: request.n },
	);
	// Assumption: the answer is not documented at all.
	return { status: 201, body: { data: shown(record, TALENT) } };
}

// --- The records --------------------------------------------------------------------------------

class Store {
	readonly truth = new Truth();

	private readonly byType = new Map<string, Map<number, IngedataRecord>>();
	/** Assumption: IDs are given out once for all kinds, which keeps the truth readable. */
	private lastId = 5000;

	constructor() {
		for (const kind of KINDS) this.byType.set(kind.type, new Map());
		for (const record of seeded()) this.keep(record);
	}

	fill(count: number): void {
		for (let n = 0; n < count; n++) this.keep(seededTalent(this.nextId(TALENT), n));
	}

	/** Talents whom people add in Ingedata itself. */
	add(count: number): string[] {
		return Array.from({ length: count }, (_, at) => {
			const names = { first_name: ownName(at), last_name: 'Happened' };
			return String(this.create(TALENT, names, { request: 0 }).id);
		});
	}

	all(kind: Kind): IngedataRecord[] {
		return [...this.of(kind.type).values()];
	}

	find(kind: Kind, id: number): IngedataRecord | undefined {
		return this.of(kind.type).get(id);
	}

	create(
		kind: Kind,
		attributes: Record<string, unknown>,
		{ id, talentId, request }: { id?: number; talentId?: number; request: number },
	): IngedataRecord {
		const record: IngedataRecord = {
			id: id ?? this.nextId(kind),
			type: kind.type,
			attributes: kind.part ? {} : { created_at: new Date().toISOString(), is_favorited: false },
			...(talentId === undefined ? {} : { talentId }),
			ignoredKeys: [],
		};
		this.apply(record, attributes, Object.keys(kind.attributes));
		this.keep(record);
		this.note(record, 'created', attributes, request);
		return record;
	}

	update(
		kind: Kind,
		record: IngedataRecord,
		attributes: Record<string, unknown>,
		request: number,
	): void {
		this.apply(record, attributes, kind.patched ?? Object.keys(kind.attributes));
		this.note(record, 'updated', attributes, request);
	}

	/** Assumption: what belongs to a talent goes with the talent. */
	remove(record: IngedataRecord, request: number): void {
		this.of(record.type).delete(record.id);
		this.note(record, 'deleted', {}, request);
		if (record.type !== TALENT.type) return;
		for (const records of this.byType.values())
			for (const other of records.values())
				if (other.talentId === record.id) this.remove(other, request);
	}

	/** Assumption: attributes that are not taken are dropped without a word. */
	private apply(
		record: IngedataRecord,
		sent: Record<string, unknown>,
		taken: readonly string[],
	): void {
		for (const [name, value] of Object.entries(sent))
			if (taken.includes(name)) record.attributes[name] = value;
			else record.ignoredKeys.push(name);
	}

	private nextId(kind: Kind): number {
		do this.lastId += 1;
		while (this.find(kind, this.lastId) !== undefined);
		return this.lastId;
	}

	private of(type: string): Map<number, IngedataRecord> {
		return this.byType.get(type) as Map<number, IngedataRecord>;
	}

	private keep(record: IngedataRecord): void {
		this.of(record.type).set(record.id, record);
	}

	private note(
		record: IngedataRecord,
		action: TruthAction,
		sent: Record<string, unknown>,
		request: number,
	): void {
		this.truth.note(String(record.id), action, {
			request,
			fields: Object.keys(sent),
			value: record,
		});
	}
}

const seededTalent = (id: number, position: number): IngedataRecord => ({
	id,
	type: TALENT.type,
	attributes: {
		organizational_unit: position % 2 === 0 ? 'MG' : 'FR',
		first_name: `Given${position + 1}`,
		last_name: `Family${position + 1}`,
		picture_url: null,
		created_at: INGEDATA_SEEDED_AT,
		is_favorited: position % 10 === 0,
		facets: [`practice-${position % 3}`],
	},
	ignoredKeys: [],
});

function seeded(): IngedataRecord[] {
	const talents = INGEDATA_EXISTING_IDS.map((id, position) => seededTalent(Number(id), position));
	const parts = INGEDATA_PROFILED_IDS.flatMap((talentId, position) =>
		Object.entries(SEEDED_PARTS).map(
			([type, attributes], at): IngedataRecord => ({
				id: 2001 + position * 10 + at,
				type,
				attributes: { ...attributes },
				talentId: Number(talentId),
				ignoredKeys: [],
			}),
		),
	);
	return [...talents, ...parts];
}

const SEEDED_PARTS: Record<string, Record<string, unknown>> = {
	'talent/skills': { name: 'Annotation', level: 4 },
	'talent/experiences': {
		organization: 'Practice Ltd',
		position: 'Analyst',
		start_date: '2020-02-01T00:00:00Z',
		end_date: null,
		summary: 'Labelled things',
	},
	'talent/educations': {
		name: 'Linguistics',
		institution: 'Practice University',
		degree: 'MA',
		start_date: '2015-09-01T00:00:00Z',
		end_date: '2019-06-30T00:00:00Z',
	},
	'talent/certifications': {
		name: 'Practice Certificate',
		organization: 'Practice Board',
		url: 'https://certificates.example.com/1',
		obtention_date: '2021-05-05T00:00:00Z',
	},
	'talent/languages': { iso_code: 'fr', reading: 5, writing: 4, speaking: 5 },
};

// --- Answers ------------------------------------------------------------------------------------

function ok(body: unknown): Answer {
	return { status: 200, body };
}

/** Assumption: error bodies are not documented; the framework's are JSON:API errors. */
function refusal(status: number, title: string, detail: string): Answer {
	return { status, body: { errors: [{ status: String(status), title, detail }] } };
}

function invalid(pointer: string, detail: string): Answer {
	const error = {
		status: 422,
		title: 'ValidationFailed',
		detail,
		source: { pointer: `/${pointer}` },
	};
	return { status: 422, body: { errors: [error] } };
}

const wrong = (attribute: string, problem: string): Answer =>
	invalid(`data/attributes/${attribute}`, `${attribute} ${problem}`);

/** A whole number from a query, or undefined if it is none. */
function wholeFrom(text: string | null, fallback: number): number | undefined {
	if (text === null) return fallback;
	return /^-?\d+$/.test(text) ? Number(text) : undefined;
}
