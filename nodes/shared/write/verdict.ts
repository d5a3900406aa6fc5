import { valueAt, valuesAt, type ActionAt, type OutcomeRule } from '../definition';
import type { Issue } from '../mapping/types';

/** What an answer says of one row of its request. */
export interface Verdict {
	status: 'saved' | 'failed' | 'unknown';
	action?: 'created' | 'updated';
	/** The vendor's own ID of the record. */
	id?: string;
	errors?: Issue[];
	vendor?: Record<string, unknown>;
	/** A transaction that has to end before the row is saved. */
	transaction?: string;
	/** The record is not there, which may be the work of an earlier attempt. */
	missing?: true;
	/** The answer leaves the row open; asking the same again would settle it where repeating is safe. */
	open?: boolean;
}

interface RowRef {
	key: string | undefined;
}

/** Reads the answer to a request that carried `rows`. One verdict for each, in their order; paths lead into `body`. */
export function verdictOf(rule: OutcomeRule, body: unknown, rows: readonly RowRef[]): Verdict[] {
	switch (rule.by) {
		case 'status': {
			const verdict: Verdict = { status: 'saved' };
			const action = rule.action ?? actionOf(body, rule.actionAt);
			// A vendor that always says which of the two it did has not answered if it says neither.
			if (action === undefined && rule.actionAt !== undefined)
				return rows.map(() => open(UNDECIDED));
			if (action !== undefined) verdict.action = action;
			const vendor = kept(body, rule.keep);
			if (vendor !== undefined) verdict.vendor = vendor;
			const id = idAt(body, rule.recordId);
			if (id !== undefined) verdict.id = id;
			return rows.map(() => ({ ...verdict }));
		}
		case 'word':
			return byWord(rule, body, rows);
		case 'located':
			return located(rule, body, rows);
		case 'lists':
			return byLists(rule, body, rows);
		case 'transaction': {
			const id = valueAt(body, rule.id);
			if (typeof id !== 'string' || id === '') return rows.map(() => open(UNDECIDED));
			return rows.map(() => ({ status: 'unknown', transaction: id, vendor: { [rule.id]: id } }));
		}
	}
}

const UNDECIDED: Issue = {
	code: 'UNREADABLE_ANSWER',
	message:
		'The service answered without saying whether the record was saved. Look it up in the service before sending it again.',
};

const NOT_ALL_TOLD: Issue = {
	code: 'SHORT_ANSWER',
	message:
		'The service answered for fewer records than were sent, so it does not say what became of this one. Look it up in the service before sending it again.',
};

const open = (issue: Issue): Verdict => ({ status: 'unknown', errors: [issue], open: true });

const sameWord = (value: unknown, words: readonly string[]): boolean =>
	typeof value === 'string' &&
	words.some((word) => word.toLowerCase() === value.trim().toLowerCase());

function actionOf(body: unknown, rule: ActionAt | undefined): 'created' | 'updated' | undefined {
	if (rule === undefined) return undefined;
	const word = valueAt(body, rule.at);
	if (sameWord(word, rule.created)) return 'created';
	return sameWord(word, rule.updated) ? 'updated' : undefined;
}

function idAt(body: unknown, path: string | undefined): string | undefined {
	const id = path === undefined ? undefined : valueAt(body, path);
	return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

function kept(
	body: unknown,
	paths: readonly string[] | undefined,
): Record<string, unknown> | undefined {
	const kept: Record<string, unknown> = {};
	for (const path of paths ?? []) {
		const value = valueAt(body, path);
		if (value !== undefined) kept[path.slice(path.lastIndexOf('.') + 1)] = value;
	}
	return Object.keys(kept).length === 0 ? undefined : kept;
}

type RuleBy<K extends OutcomeRule['by']> = Extract<OutcomeRule, { by: K }>;

function byWord(rule: RuleBy<'word'>, body: unknown, rows: readonly RowRef[]): Verdict[] {
	const answers = Array.isArray(body) ? body : [body];
	const words = answers.map((answer) => valueAt(answer, rule.at));
	// One answer may be of the whole request; a list is of its records, and tells nothing of those it leaves out.
	const short = Array.isArray(body) && answers.length < rows.length;
	if (words.length === 0 || words.some((word) => typeof word !== 'string'))
		return rows.map(() => open(UNDECIDED));
	if (words.every((word) => sameWord(word, rule.success)))
		return rows.map(() => (short ? open(NOT_ALL_TOLD) : { status: 'saved' }));

	const errors: Issue[] = answers
		.flatMap((answer) => valuesAt(answer, `${rule.messages}.*`))
		.filter((text): text is string => typeof text === 'string' && text.trim() !== '')
		.map((message) => ({ code: 'REFUSED', message }));
	if (errors.length === 0)
		errors.push({ code: 'REFUSED', message: `The service answered "${words.join(', ')}".` });
	if ((rule.unlocated || short) && rows.length > 1) {
		errors.push({
			code: 'NOT_LOCATED',
			message:
				'The service does not say which record of the request it means. Look the record up in the service, or send one record per call.',
		});
		return rows.map(() => ({ status: 'unknown', errors: [...errors] }));
	}
	return rows.map(() => ({ status: 'failed', errors: [...errors] }));
}

function byLists(rule: RuleBy<'lists'>, body: unknown, rows: readonly RowRef[]): Verdict[] {
	const [done, missing] = [rule.done, rule.missing].map((path) => {
		const list = valueAt(body, path);
		return Array.isArray(list) ? new Set(list.map(String)) : undefined;
	});
	if (done === undefined || missing === undefined) return rows.map(() => open(UNDECIDED));
	return rows.map(({ key = '' }): Verdict => {
		const [isDone, isMissing] = [done.has(key), missing.has(key)];
		if (isDone === isMissing) return open(UNDECIDED);
		return isDone ? { status: 'saved' } : { status: 'failed', missing: true, errors: [NOT_THERE] };
	});
}

const NOT_THERE: Issue = {
	code: 'NOT_FOUND',
	message: 'The service has no record with this ID. Check the ID; nothing was changed.',
};

function located(rule: RuleBy<'located'>, body: unknown, rows: readonly RowRef[]): Verdict[] {
	const list = valueAt(body, rule.errors) ?? [];
	const created = valueAt(body, rule.created);
	const updated = valueAt(body, rule.updated);
	const counted = typeof created === 'number' && typeof updated === 'number';
	if (!Array.isArray(list) || !counted) return rows.map(() => open(UNDECIDED));

	const named: Array<Issue[] | undefined> = new Array(rows.length);
	const general: Issue[] = [];
	for (const error of list) {
		const issue = issueFrom(rule, error);
		const places = valueAt(error, rule.locations);
		let placed = false;
		for (const place of Array.isArray(places) ? places : []) {
			const at = position(rule, place, rows);
			if (at === undefined) continue;
			(named[at] ??= []).push(issue);
			placed = true;
		}
		if (!placed) general.push(issue);
	}

	const saved = created + updated;
	const unnamed = rows.length - named.filter((issues) => issues !== undefined).length;
	return rows.map((_, at): Verdict => {
		const issues = named[at];
		if (issues !== undefined) return { status: 'failed', errors: issues };
		if (general.length > 0)
			// Nobody was saved: the errors concern all. Somebody was: the answer does not say who.
			return saved === 0
				? { status: 'failed', errors: [...general] }
				: { status: 'unknown', errors: [...general, NOT_TOLD], open: true };
		if (saved < unnamed) return { status: 'unknown', errors: [NOT_TOLD], open: true };
		if (updated === 0) return { status: 'saved', action: 'created' };
		return created === 0 ? { status: 'saved', action: 'updated' } : { status: 'saved' };
	});
}

/** How many records a request made and changed, by the vendor's own word. */
export function totalsOf(
	rule: OutcomeRule,
	body: unknown,
	verdicts: readonly Verdict[],
): { created: number; updated: number } {
	if (rule.by === 'located') {
		const [created, updated] = [valueAt(body, rule.created), valueAt(body, rule.updated)];
		return {
			created: typeof created === 'number' ? created : 0,
			updated: typeof updated === 'number' ? updated : 0,
		};
	}
	const count = (action: Verdict['action']) =>
		verdicts.filter((verdict) => verdict.action === action).length;
	return { created: count('created'), updated: count('updated') };
}

const NOT_TOLD: Issue = {
	code: 'SHORT_ANSWER',
	message:
		'The service counted fewer saved records than were sent and does not say which are missing. Look the record up in the service, or send it again.',
};

function issueFrom(rule: RuleBy<'located'>, error: unknown): Issue {
	const code = valueAt(error, rule.code);
	const message = valueAt(error, rule.message);
	const known = typeof code === 'string' && code !== '' ? code : 'REFUSED';
	return { code: known, message: typeof message === 'string' && message !== '' ? message : known };
}

/** The row an error points at: by position, unless the key beside it says otherwise. */
function position(
	rule: RuleBy<'located'>,
	place: unknown,
	rows: readonly RowRef[],
): number | undefined {
	const index = valueAt(place, rule.index);
	const key = valueAt(place, rule.key);
	const keyText = typeof key === 'string' || typeof key === 'number' ? String(key) : undefined;
	const fits =
		typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < rows.length;
	if (fits && (keyText === undefined || rows[index].key === keyText)) return index;
	if (keyText === undefined) return undefined;
	const at = rows.findIndex((row) => row.key === keyText);
	if (at >= 0) return at;
	// Services that do not tell capitals apart give a key back as they keep it.
	const alike = rows.flatMap((row, place) => (isAlike(row.key, keyText) ? [place] : []));
	if (fits && alike.includes(index)) return index;
	return alike.length === 1 ? alike[0] : undefined;
}

const folded = (key: string): string => key.trim().toLowerCase();
const isAlike = (one: string | undefined, other: string): boolean =>
	one !== undefined && folded(one) === folded(other);

/** What a polled transaction says. */
export function transactionVerdict(
	rule: RuleBy<'transaction'>,
	body: unknown,
): Pick<Verdict, 'status' | 'errors' | 'vendor' | 'id'> | 'pending' {
	const state = valueAt(body, rule.state);
	const vendor = kept(body, [rule.state, ...(rule.keep ?? [])]);
	const id = idAt(body, rule.recordId);
	if (sameWord(state, rule.success))
		return { status: 'saved', vendor, ...(id !== undefined && { id }) };
	if (sameWord(state, rule.failure))
		return {
			status: 'failed',
			vendor,
			errors: [
				{
					code: 'REFUSED',
					message: `The service ended the transaction with "${String(state)}" and gives no reason. Check the values of the row.`,
				},
			],
		};
	return 'pending';
}
