/**
 * A local BirdDogHR.
 *
 * What the vendor's help pages for `v2` document is enforced as written. Where they are silent the comments say
 * "Assumption": such behaviour is the sandbox's own choice, and always the one that catches careless clients.
 */
import { isPicked } from './faults';
import { TokenStore } from './tokens';
import { Truth } from './truth';
import {
	isObject,
	ownName,
	type Answer,
	type Happening,
	type RunningVendor,
	type SandboxRequest,
	type SandboxVendor,
} from './vendor';

export const BIRDDOGHR_API_KEY = 'practice-api-key';
export const BIRDDOGHR_USERNAME = 'practice-api-user';
export const BIRDDOGHR_PASSWORD = 'practice-password';

export const BIRDDOGHR_TOKEN_PATH = '/v2/accesstoken';
export const BIRDDOGHR_USER_PATH = '/v2/TalentUser';
export const BIRDDOGHR_USERS_PATH = '/v2/TalentUsers';
export const BIRDDOGHR_DOCUMENTS_PATH = '/v2/GetUploadedDocumentsList';

export const BIRDDOGHR_CANDIDATES_PATH = '/v2/JobCandidates';
export const BIRDDOGHR_EMPLOYEES_PATH = '/v2/Employees';

/** Assumption: what such records hold is not known. */
export const BIRDDOGHR_CANDIDATES: ReadonlyArray<Record<string, string>> = [
	{ FirstName: 'Cara', LastName: 'Practice', JobTitle: 'Welder' },
];

/** Documented: a token lapses after five minutes. */
const TOKEN_SECONDS = 300;

export const BIRDDOGHR_JOB_CODES: readonly string[] = ['ENG-1', 'FOREMAN', 'OFFICE'];
export const BIRDDOGHR_LOCATIONS: readonly string[] = ['Des Moines', 'Omaha'];
export const BIRDDOGHR_DEPARTMENTS: readonly string[] = ['Field', 'Finance'];
export const BIRDDOGHR_GROUPS: readonly string[] = ['SAFETY', 'NEWHIRE', 'CREW-7'];

/** Who is there from the start; all of them can be named as manager. */
export const BIRDDOGHR_EXISTING: ReadonlyArray<{ username: string; name: string }> = [
	{ username: 'mona.practice@example.com', name: 'Mona Practice' },
	{ username: 'omar.practice@example.com', name: 'Omar Practice' },
	{ username: 'ines.practice@example.com', name: 'Ines Practice' },
];

/** A user as the sandbox holds it; what `truth` shows as `value`. */
export interface BirdDogHrUser {
	fields: Record<string, unknown>;
	groups: string[];
	/** Keys that were sent but mean nothing here. */
	ignoredKeys: string[];
}

/** The forms in which the documents can be read to want the token. */
export type BirdDogHrHeader = 'BDToken' | 'Authorization' | 'AuthorizationScheme';
const HEADERS: readonly BirdDogHrHeader[] = ['BDToken', 'Authorization', 'AuthorizationScheme'];

/** A BirdDogHR that takes the token in these forms only. */
export const birdDogHrTaking = (...forms: readonly BirdDogHrHeader[]): SandboxVendor => ({
	name: 'birdDogHr',
	secretBodyKeys: ['apiKey', 'userName', 'password'],
	start: () => start(forms),
});

export const birdDogHr = birdDogHrTaking(...HEADERS);

function start(forms: readonly BirdDogHrHeader[]): RunningVendor {
	const tokens = new TokenStore();
	const store = new Store();
	return {
		truth: store.truth,
		happen: (what, count) => store.happen(what, count),
		expireTokens: () => tokens.expireAll(),
		authorize: (request) => {
			const token = tokenOf(request, forms);
			// Documented: for one-time use. It is used up by the call, whatever becomes of that.
			if (token !== undefined && tokens.take(token)) return undefined;
			// Assumption: status and body of a refused token are not documented.
			return { status: 401, body: { message: 'Authorization has been denied for this request.' } };
		},
		routes: [
			{
				method: 'POST',
				path: BIRDDOGHR_TOKEN_PATH,
				signIn: true,
				handle: (request) => signIn(request, tokens),
			},
			{
				method: 'POST',
				path: BIRDDOGHR_USER_PATH,
				handle: (request) =>
					isObject(request.body) ? saveAll(request, [request.body], store) : notUnderstood(),
			},
			{
				method: 'POST',
				path: BIRDDOGHR_USERS_PATH,
				// Assumption: the collection is a top-level list; our copy of the page ends before the sample.
				handle: (request) =>
					Array.isArray(request.body) ? saveAll(request, request.body, store) : notUnderstood(),
			},
			{
				method: 'GET',
				path: BIRDDOGHR_USERS_PATH,
				handle: () => ({ status: 200, body: { TalentUsers: store.read() } }),
			},
			{
				method: 'GET',
				path: BIRDDOGHR_USER_PATH,
				// Assumption: a user that is not there is an empty list; what really comes is not known.
				handle: ({ query }) => ({
					status: 200,
					body: { TalentUsers: store.read(query.get('userName') ?? '') },
				}),
			},
			{
				method: 'GET',
				path: BIRDDOGHR_CANDIDATES_PATH,
				handle: ({ query }) =>
					/^\d+$/.test(query.get('numdays') ?? '')
						? { status: 200, body: { candidates: BIRDDOGHR_CANDIDATES } }
						: notUnderstood(),
			},
			{
				method: 'GET',
				path: BIRDDOGHR_EMPLOYEES_PATH,
				handle: ({ query }) => employees(query, store),
			},
			{
				method: 'GET',
				path: BIRDDOGHR_DOCUMENTS_PATH,
				// Assumption: only path and purpose are documented; the answer repeats the query so that tests can see it.
				handle: ({ query }) => ({
					status: 200,
					body: { documents: [], query: Object.fromEntries(query) },
				}),
			},
		],
	};
}

/** The one token header of a request; two of them would hide which one was understood. */
function tokenOf(
	{ headers }: SandboxRequest,
	forms: readonly BirdDogHrHeader[],
): string | undefined {
	const own = headers.bdtoken;
	const { authorization } = headers;
	if (own !== undefined && authorization !== undefined) return undefined;
	if (typeof own === 'string') return forms.includes('BDToken') ? own : undefined;
	const [, scheme, token] = /^(BDToken\s+)?(\S+)$/i.exec(authorization ?? '') ?? [];
	return forms.includes(scheme === undefined ? 'Authorization' : 'AuthorizationScheme')
		? token
		: undefined;
}

function signIn({ body }: SandboxRequest, tokens: TokenStore): Answer {
	if (!isObject(body)) return notUnderstood();
	const fits =
		body.apiKey === BIRDDOGHR_API_KEY &&
		body.userName === BIRDDOGHR_USERNAME &&
		body.password === BIRDDOGHR_PASSWORD;
	if (fits) return { status: 200, body: { token: tokens.issue(TOKEN_SECONDS) } };
	// Assumption: how wrong secrets are answered is not documented.
	return { status: 401, body: { message: 'API key, user name or password is wrong.' } };
}

// --- The model TalentUserPostRequestModel_V2 ----------------------------------------------------

interface Rule {
	/** As the tables and the messages spell it. */
	name: string;
	required?: true;
	check(value: unknown, known: Known): string | undefined;
	/** An optional text can be emptied. */
	text?: true;
}

/** What is there when a request arrives. */
interface Known {
	managers: ReadonlySet<string>;
}

type Check = Rule['check'];

const texts =
	(max = Infinity, more: Check = () => undefined): Check =>
	(value, known) => {
		if (typeof value !== 'string') return 'must be a string';
		if (value.length > max) return `must not be longer than ${max}`;
		return more(value, known);
	};

const oneOf = (records: readonly string[]): Check =>
	texts(Infinity, (value) =>
		records.includes(value as string) ? undefined : 'must match existing record',
	);

/** Assumption: only the form of the samples is sure to be taken, a full instant with an offset or Z. */
const day: Check = (value) =>
	typeof value === 'string' &&
	/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(value) &&
	!Number.isNaN(Date.parse(value))
		? undefined
		: 'must be a date';

const amount: Check = (value) => {
	if (typeof value !== 'number') return 'must be numeric';
	return Number(value.toFixed(2)) === value ? undefined : 'must have up to 2 decimals';
};

const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be a boolean');

const codes: Check = (value) => {
	if (!Array.isArray(value)) return 'must be a collection';
	// Assumption: what becomes of an unknown group code is not documented.
	const unknown = value.find((code) => !BIRDDOGHR_GROUPS.includes(code as string));
	return unknown === undefined ? undefined : `has the unknown group code ${String(unknown)}`;
};

/** "Numeric", read strictly. */
const digits = texts(50, (value) =>
	/^\d+$/.test(value as string) ? undefined : 'must be numeric',
);

const optional = (name: string, check: Check): Rule => ({ name, check });
const removable = (name: string, check: Check): Rule => ({ name, check, text: true });
const required = (name: string, check: Check): Rule => ({ name, check, required: true });

const MODEL: Readonly<Record<string, Rule>> = {
	lastPromotionDate: optional('LastPromotionDate', day),
	ssoUserName: removable('SSOUserName', texts(128)),
	ethnicity: removable('Ethnicity', texts()),
	// Assumption: of the two names the pages give this field, the one of the page this was written from. `sex` is dropped.
	gender: removable(
		'Gender',
		texts(Infinity, (value) =>
			value === 'Male' || value === 'Female' ? undefined : 'must be Male or Female',
		),
	),
	department: removable('Department', oneOf(BIRDDOGHR_DEPARTMENTS)),
	lastName: required('LastName', texts(50)),
	firstName: required('FirstName', texts(50)),
	// A character, so there is nothing that could be empty.
	middleInitial: optional('MiddleInitial', (value) =>
		typeof value === 'string' && value.length === 1 ? undefined : 'must be a character',
	),
	displayName: required('DisplayName', texts(50)),
	phone1: removable('Phone1', digits),
	phone2: removable('Phone2', digits),
	phone3: removable('Phone3', digits),
	email: required(
		'Email',
		texts(225, (value) =>
			/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value as string) ? undefined : 'must be an email',
		),
	),
	employeeId: required('EmployeeId', texts(50)),
	jobCode: required('JobCode', oneOf(BIRDDOGHR_JOB_CODES)),
	jobTitle: removable('JobTitle', texts(50)),
	username: required('Username', texts(150)),
	manager: required(
		'Manager',
		texts(Infinity, (value, { managers }) =>
			managers.has(value as string) ? undefined : 'must match existing record',
		),
	),
	organization: removable('Organization', texts()),
	costCenter: removable('CostCenter', texts()),
	institute: removable('Institute', texts()),
	hireDate: required('HireDate', day),
	terminationDate: optional('TerminationDate', day),
	nextEvaluationDate: optional('NextEvaluationDate', day),
	salary: optional('Salary', amount),
	lastRaiseDate: optional('LastRaiseDate', day),
	lastRaiseAmount: optional('LastRaiseAmount', amount),
	location: required('Location', oneOf(BIRDDOGHR_LOCATIONS)),
	active: required('Active', flag),
	isManager: required('IsManager', flag),
	addToGroups: optional('AddToGroups', codes),
	removeFromGroups: optional('RemoveFromGroups', codes),
};

/** What is wrong with a record, in the words of its message. */
function problemOf(record: Record<string, unknown>, known: Known): string | undefined {
	for (const [key, rule] of Object.entries(MODEL)) {
		const value = record[key];
		// Assumption: the required marks hold for updates too; null "is ignored", and so is an absent key.
		if (value === undefined || value === null) {
			if (rule.required) return `${rule.name} is required`;
			continue;
		}
		if (value === '') {
			if (rule.text) continue;
			return rule.required ? `${rule.name} is required` : `${rule.name} cannot be empty`;
		}
		const problem = rule.check(value, known);
		if (problem !== undefined) return `${rule.name} ${problem}`;
	}
	return undefined;
}

function saveAll(request: SandboxRequest, records: unknown[], store: Store): Answer {
	const fault = request.fault('failedRows');
	// Assumption: a manager must be there before the request, not only before the record.
	const known: Known = { managers: store.names() };
	const messages: string[] = [];
	// Assumption: a batch might as well have an answer for each record; this one says less than it was asked.
	const short = request.fault('shortAnswer');
	const taken = short === undefined ? records : records.slice(0, short.keep);
	taken.forEach((record, at) => {
		const username = isObject(record) ? String(record.username ?? '') : '';
		const injected = fault !== undefined && isPicked(fault, record, at, username);
		const problem = injected
			? (fault.message ?? 'refused by the sandbox')
			: isObject(record)
				? problemOf(record, known)
				: 'is no record';
		// Documented: the others are posted all the same. Assumption: a message names the record by its username.
		if (problem === undefined) store.save(record as Record<string, unknown>, request.n);
		else messages.push(`User ${username}: ${problem}`);
	});
	// The vendor's own spelling. Assumption: an error goes with status 200, and a batch has one answer for all.
	const status = messages.length === 0 ? 'Sucessful' : 'Error';
	if (short !== undefined && records.length > taken.length)
		return { status: 200, body: taken.map(() => ({ status, messages })) };
	return { status: 200, body: { status, messages } };
}

class Store {
	readonly truth = new Truth();
	readonly onboarded: Array<Record<string, string>> = [];
	private readonly users = new Map<string, BirdDogHrUser>();
	private happened = 0;

	constructor() {
		for (const { username, name } of BIRDDOGHR_EXISTING) {
			const [firstName, lastName] = name.split(' ');
			this.users.set(username, {
				fields: {
					username,
					firstName,
					lastName,
					displayName: name,
					email: username,
					employeeId: `E-${lastName}-${firstName}`,
					jobCode: 'FOREMAN',
					manager: BIRDDOGHR_EXISTING[0].name,
					location: 'Omaha',
					hireDate: '2020-01-01T00:00:00Z',
					jobTitle: 'Lead',
					phone1: '5155550100',
					active: true,
					isManager: true,
				},
				groups: ['SAFETY'],
				ignoredKeys: [],
			});
		}
	}

	/** What people do in BirdDogHR themselves. */
	happen(what: Happening, count: number): string[] | undefined {
		const known = [...this.users.keys()];
		const ids: string[] = [];
		for (let n = 0; n < count; n++) {
			const number = ++this.happened;
			const email = `own${number}@example.com`;
			const names = { FirstName: ownName(number), LastName: 'Happened' };
			if (what === 'onboarded') this.onboarded.push({ ...names, Email: email, Status: 'Complete' });
			else if (what === 'removed') return undefined;
			else if (what === 'created') {
				const fields = { username: email, email, firstName: names.FirstName, lastName: 'Happened' };
				this.users.set(email, { fields, groups: [], ignoredKeys: [] });
			} else {
				const username = known[known.length - 1 - (n % known.length)];
				this.users.get(username)!.fields.jobTitle = `Title ${number}`;
				ids.push(username);
				continue;
			}
			ids.push(email);
		}
		return ids;
	}

	/** Assumption: names are spelled as in the tables of the help pages; that is the other way than in what is sent. */
	read(username?: string): Array<Record<string, unknown>> {
		return [...this.users.values()]
			.filter(({ fields }) => username === undefined || fields.username === username)
			.map(({ fields }) =>
				Object.fromEntries(
					Object.entries(fields).map(([name, value]) => [MODEL[name].name, value]),
				),
			);
	}

	names(): ReadonlySet<string> {
		return new Set(
			[...this.users.values()].map(
				({ fields }) => `${String(fields.firstName)} ${String(fields.lastName)}`,
			),
		);
	}

	/** Found by username and updated, otherwise created. */
	save(record: Record<string, unknown>, requestNumber: number): void {
		const username = String(record.username);
		const held = this.users.get(username);
		const fields = { ...held?.fields };
		const ignoredKeys: string[] = [];
		for (const [key, value] of Object.entries(record)) {
			if (!(key in MODEL)) ignoredKeys.push(key);
			else if (value === '') delete fields[key];
			else if (value !== null && !key.endsWith('Groups')) fields[key] = value;
		}
		const groups = new Set(held?.groups);
		for (const code of listOf(record.addToGroups)) groups.add(code);
		for (const code of listOf(record.removeFromGroups)) groups.delete(code);
		const user: BirdDogHrUser = { fields, groups: [...groups], ignoredKeys };
		this.users.set(username, user);
		this.truth.note(username, held === undefined ? 'created' : 'updated', {
			request: requestNumber,
			fields: Object.keys(record),
			value: user,
		});
	}
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]) : []);

/** Seen: `disp`, and a date with its type. Assumption: anything else is refused. */
function employees(query: URLSearchParams, store: Store): Answer {
	const [disp, date, type] = ['disp', 'SearchDate', 'SearchDateType'].map((name) =>
		query.get(name),
	);
	const fits =
		(disp === 'incomplete' || disp === 'Complete') &&
		(date === null) === (type === null) &&
		(date === null || /^\d{2}\/\d{2}\/\d{4}$/.test(date ?? '')) &&
		(type === null || ['hiredate', 'completedate'].includes(type ?? ''));
	if (!fits) return notUnderstood();
	// Assumption: what such a record holds is not known; here it is a name and an e-mail address.
	const onboarded = disp === 'Complete' ? store.onboarded : [];
	return { status: 200, body: { employees: [{ FirstName: 'Olga', Status: disp }, ...onboarded] } };
}

/** Assumption: what a body that is no JSON of the model is answered with is not documented. */
function notUnderstood(): Answer {
	return { status: 400, body: { message: 'The request is invalid.' } };
}
