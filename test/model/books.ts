import type { IDataObject } from 'n8n-workflow';

import type { Sandbox } from '../sandbox';
import type { Ended } from './drive';
import type { Content, Row, Subject } from './subjects';

/*
 * What a run said, held against what the vendor holds. Only `row`, `key`, `status` and the pairing are taken from what it said.
 */

/** Everybody's records, by who they are about. */
export type Books = ReadonlyMap<string, readonly Content[]>;

export function booksOf(sandbox: Sandbox, { vendor, held }: Subject): Books {
	const books = new Map<string, Content[]>();
	for (const { value } of sandbox.truth(vendor.name).records) {
		const { who, content } = held(value);
		books.set(who, [...(books.get(who) ?? []), content]);
	}
	return books;
}

/** A row that was given to a node: its item, and the number its outcome must carry. */
export interface Given {
	item: number;
	number: number | undefined;
	row: Row;
}

export interface Step {
	given: readonly Given[];
	ended: Ended;
	duplicates: 'fail' | 'first' | 'last' | 'merge' | undefined;
	skipUnchanged: boolean;
	validateOnly: boolean;
	/** Something goes wrong on the wire, so that a good row may fail. */
	disturbed: boolean;
	/** People whom earlier runs of this node may have left in doubt. */
	doubtful: ReadonlySet<string>;
	/** People whom somebody else has changed since this node saved them. */
	outdated: ReadonlySet<string>;
}

const DRY = ['wouldCreate', 'wouldUpdate', 'wouldSave', 'skipped', 'failed'];
const WET = ['saved', 'failed', 'skipped', 'inProgress', 'unknown'];

const same = (one: unknown, other: unknown): boolean => textOf(one) === textOf(other);
const textOf = (value: unknown): string =>
	JSON.stringify(value, (_, held: unknown) =>
		typeof held === 'object' && held !== null && !Array.isArray(held)
			? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
			: held,
	);

/** What does not add up, a sentence each. */
export function* complaints(
	subject: Subject,
	before: Books,
	after: Books,
	step: Step,
): Generator<string> {
	const people = new Set(step.given.map(({ row }) => subject.who(row)));
	for (const who of new Set([...before.keys(), ...after.keys()]))
		if (!people.has(who) && !same(before.get(who), after.get(who)))
			yield `${who} was in no row and has changed: ${textOf(before.get(who))} -> ${textOf(after.get(who))}.`;

	const told = yield* statusesOf(subject, step);
	for (const who of people) {
		const rows = step.given
			.filter(({ row }) => subject.who(row) === who)
			.map((given) => ({ ...given, ...told?.get(given) }));
		const lines = subject.makesKeys
			? countsOf(subject, before.get(who) ?? [], after.get(who) ?? [], rows, step)
			: contentsOf(subject, before.get(who)?.[0], after.get(who)?.[0], rows, step);
		for (const line of lines)
			yield `${who}: ${line} Before ${textOf(before.get(who))}, after ${textOf(after.get(who))}, rows ${textOf(rows)}.`;
	}
}

interface Said {
	status: string;
	/** All of it, for whoever reads the complaint. */
	said: string;
}

type Told = Given & Partial<Said>;

/** Each row's status, or undefined where the run told nothing of single rows. */
function* statusesOf(
	subject: Subject,
	{ given, ended, validateOnly }: Step,
): Generator<string, Map<Given, Said> | undefined> {
	if (ended.how !== 'returned') return undefined;
	const told = new Map<Given, Said>();
	for (const { json, pairedItem } of ended.items) {
		const outcome = (
			typeof json.error === 'object' && json.error !== null ? json.error : json
		) as IDataObject;
		const { item } = pairedItem as { item: number };
		// The whole node refused: nothing was sent.
		if (outcome.status === undefined) return undefined;
		const number = outcome.row as number | undefined;
		const whose = given.filter((each) => each.item === item && each.number === number);
		if (whose.length !== 1) {
			yield `An outcome belongs to ${whose.length} rows: ${textOf(json)}.`;
			continue;
		}
		if (told.has(whose[0])) yield `A row has two outcomes: ${textOf(json)}.`;
		if (!(validateOnly ? DRY : WET).includes(String(outcome.status)))
			yield `A status that cannot be here: ${textOf(json)}.`;
		if (
			!subject.makesKeys &&
			outcome.key !== null &&
			outcome.key !== '' &&
			outcome.key !== subject.who(whose[0].row)
		)
			yield `An outcome speaks of somebody else than its row: ${textOf(json)} for ${textOf(whose[0].row)}.`;
		told.set(whose[0], { status: String(outcome.status), said: textOf(json) });
	}
	for (const each of given) if (!told.has(each)) yield `A row has no outcome: ${textOf(each)}.`;
	return told;
}

const isOpen = (status: string | undefined): boolean =>
	status === undefined || status === 'unknown' || status === 'inProgress';

/** Where the vendor makes the keys: one record for each row that is called saved, and none on a guess. */
function* countsOf(
	subject: Subject,
	before: readonly Content[],
	after: readonly Content[],
	rows: readonly Told[],
	step: Step,
): Generator<string> {
	const good = rows.filter(({ row }) => subject.means(row) !== undefined);
	const made = after.length - before.length;
	const least = step.validateOnly ? 0 : good.filter(({ status }) => status === 'saved').length;
	const most = step.validateOnly ? 0 : least + good.filter(({ status }) => isOpen(status)).length;
	if (made < least) yield `${least} rows are called saved, ${made} records were made.`;
	if (made > most) yield `${made} records were made, ${most} rows at most could have made them.`;
	if (rows.some(({ row, status }) => subject.means(row) === undefined && status === 'saved'))
		yield 'a row nobody may save is called saved.';
	const wanted = good.map(({ row }) => textOf(subject.means(row)));
	if (after.slice(before.length).some((content) => !wanted.includes(textOf(content))))
		yield 'a record was made that is in no row.';
	const isNew = before.length === 0;
	if (step.skipUnchanged && isNew && good.some(({ status }) => status === 'skipped'))
		yield 'a row is skipped as unchanged that was never saved.';
	if (!step.skipUnchanged && good.some(({ status }) => status === 'skipped'))
		yield 'a row is skipped without a reason.';
	if (!step.disturbed && !step.validateOnly && good.some(({ status }) => status === 'failed'))
		yield 'a good row failed though nothing went wrong.';
}

const without = (content: Content = {}, names: readonly string[] = []): Content =>
	Object.fromEntries(Object.entries(content).filter(([name]) => !names.includes(name)));

/** What the vendor may hold of one person now. */
function* contentsOf(
	subject: Subject,
	before: Content | undefined,
	after: Content | undefined,
	rows: readonly Told[],
	step: Step,
): Generator<string> {
	const who = subject.who(rows[0].row);
	const meaning = ({ row }: Told) => subject.means(row);
	const good = rows.filter((row) => meaning(row) !== undefined);
	if (rows.some((row) => meaning(row) === undefined && row.status === 'saved'))
		yield 'a row nobody may save is called saved.';
	if (step.validateOnly) {
		if (!same(before, after)) yield 'a dry run changed something.';
		return;
	}
	const over = (content: Content | undefined, row: Told): Content => ({
		...content,
		...meaning(row),
	});
	/** A row of which only the first of its requests arrived. */
	const partly = (content: Content | undefined, row: Told): Content => ({
		...content,
		...without(meaning(row), subject.later),
	});
	const statuses = rows.map(({ status }) => status);
	const twins = rows.length > 1 ? step.duplicates : undefined;

	let possible: Array<Content | undefined> = [before];
	if (twins === undefined) {
		for (const row of good)
			if (row.status === 'saved' || (row.status === 'skipped' && !step.outdated.has(who)))
				possible = possible.map((content) => over(content, row));
			else if (isOpen(row.status))
				possible = possible.flatMap((content) => [
					content,
					over(content, row),
					partly(content, row),
				]);
			else if (subject.later !== undefined)
				possible = possible.flatMap((content) => [content, partly(content, row)]);
	} else if (twins !== 'fail' && good.length > 0) {
		// The row that counts, and for a merge what the earlier ones add to it.
		const chosen = twins === 'first' ? good.slice(0, 1) : twins === 'last' ? good.slice(-1) : good;
		const whole = chosen.reduce(over, before);
		const counted = chosen.map(({ status }) => status);
		if (counted.includes('saved')) possible = [whole];
		else if (counted.some(isOpen))
			possible = [before, whole, { ...before, ...without(whole, subject.later) }];
		else if (counted.every((status) => status === 'skipped') && !step.outdated.has(who))
			possible = [whole];
	}
	if (!possible.some((content) => same(content, after)))
		yield `it may hold ${textOf(possible)} by what was said.`;

	const may = step.skipUnchanged || twins !== undefined;
	if (!may && statuses.includes('skipped')) yield 'a row is skipped without a reason.';
	if (subject.slow && rows.length > 1 && step.duplicates === undefined) return;
	if (step.disturbed || twins === 'fail' || step.doubtful.has(who)) return;
	const refused = good.filter(({ status }) => status === 'failed' || status === 'unknown');
	if (refused.length > 0) yield 'a good row failed though nothing went wrong.';
}
