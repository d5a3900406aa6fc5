import { createHash } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import { SetupFault } from '../http';
import type { Outcome, Fingerprint, RunHistory, PastState } from '../write';
import { Book, FINGERPRINT_LENGTH } from './book';
import { Journal } from './journal';

/**
 * A list of 100,000 people, and those who have left it. A book of so many rows is 3 MB of text, of which n8n keeps a copy
 * with each execution it saves.
 */
const MAX_ROWS = 120_000;
/** A journal of so many marks is 11 MB, and a call that reads and writes it takes half a second. */
const MAX_MARKS = 400_000;
/**
 * Where sending again does no harm, saved rows are noted when they are this share of the journal: what each note costs
 * grows with the journal, and so all notes together cost no more than twenty of the last. A crash costs sending them again.
 */
const SHARE_OF_JOURNAL = 1 / 20;
const KEYS_PER_CHECK = 5000;

const NOT_REMEMBERED =
	'n8n could not store which rows were saved, so the next run may send some of them again.';

interface Scope {
	/** Account and resource: a row is another one elsewhere. */
	about: readonly string[];
	/** Begin anew. */
	forget: boolean;
	/** A row that is sent twice does no harm. */
	repeatable: boolean;
	/** Nothing is sent, so nothing is to be remembered. */
	dryRun: boolean;
}

/** What this node saved in earlier runs. */
export async function historyOf(
	context: IExecuteFunctions,
	scope: Scope,
): Promise<RunHistory & { notices: readonly string[] }> {
	const kept = new StoredHistory(new Journal(context.helpers), new Book(context), scope);
	await kept.begin();
	return kept;
}

/**
 * Two memories that make up for each other. The **book** holds the last saved state of each key; reading it costs next to
 * nothing, but n8n stores it only at the end of an execution, and not of one that was started by hand. The **journal** is
 * stored at once, and holds what was done since the book was stored, as marks for each key, counted up:
 *
 * - `T n`: the n-th time that a row of this key came up since then. From now on the book is wrong about it.
 * - `O n`: its request leaves (only where it must not be sent twice); `X n`: it was refused for certain.
 * - `S n`: it was saved, with this state.
 *
 * Who asks for a mark sets it. That is why a row that comes up takes the next number before it asks how the last one
 * ended: whatever that question sets belongs to a number that nobody will ask for again. A run that is killed at any
 * moment leaves a number without an `S` behind, and such a row never counts as saved.
 *
 * Each book has a journal of its own. Whether a book may be trusted is in the journal, too: two executions at once both
 * write one, the later without the rows of the earlier.
 */
class StoredHistory implements RunHistory {
	/** Name of the journal in use. */
	private name = '';
	/** The journal has marks, so the book alone cannot be trusted. */
	private live = false;
	/** Marks of older journals can go. */
	private clearOlder = false;
	/** The journal says that it has begun. */
	private isBegun = false;
	/** The number that each key has come to in the journal, of those that came up in this run. */
	private readonly lastNumbers = new Map<string, number>();
	private readonly numberOf = new WeakMap<Fingerprint, number>();
	/** Rows whose number is not in the journal yet. The book knows nothing of them, so that may wait for their end. */
	private readonly uncounted = new WeakSet<Fingerprint>();
	/** How many marks the journal holds, about. */
	private marks = 0;
	/** Keys that are sent, until they end. */
	private readonly underWay = new Set<string>();
	/** Rows that left, and must not leave twice, until they end: key and state. */
	private readonly leaving = new Set<string>();
	/** What the journal has still to be told. */
	private unsaid: string[] = [];
	private storing: Promise<void> | undefined;
	private changed = false;
	/** What the user must know of it. */
	readonly notices: string[] = [];

	constructor(
		private readonly journal: Journal,
		private readonly book: Book,
		private readonly scope: Scope,
	) {}

	async begin(): Promise<void> {
		const { book, journal, scope } = this;
		const marks = (this.marks = await journal.size());
		this.name = book.isOwn ? book.journal : book.by;
		this.live = book.isOwn;
		if (scope.forget) return await this.forgetAll();
		if (!book.isOwn) await this.compare(marks);
		const full = book.size >= MAX_ROWS || marks >= MAX_MARKS;
		if (!full || scope.dryRun) return;
		// Sending all rows once more does no harm.
		if (scope.repeatable) return await this.forgetAll();
		throw new SetupFault({
			code: 'REFUSED',
			message: `"Skip Unchanged Rows" cannot remember more: it holds ${MAX_ROWS} rows. Choose once to forget earlier runs; all rows of that run are then sent, so take out those that are there already.`,
			applied: 'no',
		});
	}

	private async forgetAll(): Promise<void> {
		await this.journal.clear();
		this.marks = 0;
		this.book.clear();
		[this.live, this.isBegun, this.changed] = [false, false, true];
	}

	/** Is the book the last word, or has the journal more? */
	private async compare(marks: number): Promise<void> {
		const { book, journal } = this;
		const trusted = trust(book.from);
		const [older, newer] = [begun(book.journal), begun(book.by)];
		const asked = book.by === '' ? [newer] : [trusted, older, newer];
		const there = marks === 0 ? new Set() : await journal.set(asked);
		if (marks > 0) await journal.remove(asked.filter((mark) => !there.has(mark)));
		this.live = there.has(newer);
		if (book.by === '') return;
		// Until a run begins the next journal, only one that did not know this book can have made a mark.
		const isLast = this.live || marks === book.marks;
		if (there.has(trusted) && isLast) this.clearOlder = !this.live && marks > 0;
		else if (there.has(older)) {
			// Another execution ran at the same time: what both of them did is in the older journal.
			this.name = book.journal;
			this.live = true;
		} else book.clear(); // The journal was emptied, or belongs to another workflow.
	}

	fingerprintOf(key: unknown, content: unknown): Fingerprint {
		const hash = (value: unknown) =>
			createHash('sha256')
				.update(this.scope.about.join(' '))
				.update(JSON.stringify(value))
				.digest('base64')
				// 72 bits: one in ten thousand million that any two of 100,000 keys share them, and then both are sent.
				.slice(0, FINGERPRINT_LENGTH);
		const state = hash(content);
		return { key: key === undefined ? state : hash(key), state };
	}

	async pastStates(fingerprints: readonly Fingerprint[]): Promise<PastState[]> {
		const counted = this.live ? await this.countUp(fingerprints) : undefined;
		const marks: string[] = [];
		const states = fingerprints.map((fingerprint): PastState => {
			const state = this.stateOf(fingerprint, counted);
			if (state !== undefined || this.scope.dryRun) return state;
			const isKnown =
				this.book.states.has(fingerprint.key) ||
				this.book.open.has(fingerprint.key + fingerprint.state);
			this.changed = true;
			this.underWay.add(fingerprint.key);
			this.book.drop(fingerprint);
			if (this.numberOf.has(fingerprint)) return undefined;
			const number = (this.lastNumbers.get(fingerprint.key) ?? 0) + 1;
			this.lastNumbers.set(fingerprint.key, number);
			this.numberOf.set(fingerprint, number);
			if (number > 1) marks.push(this.mark('T', number - 1, fingerprint.key));
			if (isKnown || number > 1) marks.push(this.mark('T', number, fingerprint.key));
			else this.uncounted.add(fingerprint);
			return undefined;
		});
		await this.set(marks);
		return states;
	}

	private stateOf(fingerprint: Fingerprint, counted: Counted | undefined): PastState {
		const { book } = this;
		const earlier = counted?.earlier.get(fingerprint);
		if (earlier !== undefined) return earlier === 'other' ? undefined : earlier;
		// A second row with the same key in one run says something else.
		if (
			counted === undefined
				? this.lastNumbers.has(fingerprint.key)
				: !counted.byBook.has(fingerprint)
		)
			return undefined;
		if (book.states.get(fingerprint.key) === fingerprint.state) return 'saved';
		if (book.open.has(fingerprint.key + fingerprint.state)) return 'open';
		const isNew = !book.states.has(fingerprint.key) && !this.underWay.has(fingerprint.key);
		return isNew && book.size + this.underWay.size >= MAX_ROWS ? 'full' : undefined;
	}

	/** Gives each row the next number of its key, then asks the journal how the one before it ended. */
	private async countUp(fingerprints: readonly Fingerprint[]): Promise<Counted> {
		const firsts = new Map<string, Fingerprint>();
		for (const fingerprint of fingerprints)
			if (!this.lastNumbers.has(fingerprint.key) && !firsts.has(fingerprint.key))
				firsts.set(fingerprint.key, fingerprint);
		const { numbers, marks } = await this.nextNumbers([...firsts.values()]);

		const counted: Counted = { earlier: new Map(), byBook: new Set() };
		const marksBefore = (fingerprint: Fingerprint) =>
			(['S', 'O', 'X'] as const).map((kind) =>
				this.mark(kind, numbers.get(fingerprint)! - 1, fingerprint.key, fingerprint.state),
			);
		const asked = [...numbers.keys()].filter((fingerprint) => numbers.get(fingerprint)! > 1);
		const questions = asked.flatMap(marksBefore);
		const there = await this.set(questions);
		for (const fingerprint of numbers.keys()) {
			if (numbers.get(fingerprint) === 1) {
				counted.byBook.add(fingerprint);
				continue;
			}
			const [saved, left, refused] = marksBefore(fingerprint).map((mark) => there.has(mark));
			counted.earlier.set(fingerprint, saved ? 'saved' : left && !refused ? 'open' : 'other');
		}
		if (this.scope.dryRun) {
			await this.journal.remove([...marks, ...questions.filter((mark) => !there.has(mark))]);
			return counted;
		}
		for (const [fingerprint, number] of numbers) {
			this.lastNumbers.set(fingerprint.key, number);
			this.numberOf.set(fingerprint, number);
		}
		await this.carryOn(counted);
		return counted;
	}

	/** The number that is next for each key, and the marks that take it. */
	private async nextNumbers(
		fingerprints: readonly Fingerprint[],
	): Promise<{ numbers: Map<Fingerprint, number>; marks: string[] }> {
		const numbers = new Map<Fingerprint, number>();
		const taken: string[] = [];
		let left = fingerprints;
		for (let number = 1; left.length > 0; number++) {
			const marks = left.map(({ key }) => this.mark('T', number, key));
			const there = await this.set(marks);
			left.forEach((fingerprint, at) => {
				if (there.has(marks[at])) return;
				numbers.set(fingerprint, number);
				taken.push(marks[at]);
			});
			left = left.filter((_, at) => there.has(marks[at]));
		}
		return { numbers, marks: taken };
	}

	/** Under their new numbers rows are what they were; and the journal's word becomes the book's. */
	private async carryOn({ earlier, byBook }: Counted): Promise<void> {
		const { book } = this;
		for (const [fingerprint, state] of earlier) {
			this.changed = true;
			book.drop(fingerprint);
			if (state === 'saved') book.states.set(fingerprint.key, fingerprint.state);
			if (state === 'open') book.open.add(fingerprint.key + fingerprint.state);
		}
		const marks: string[] = [];
		for (const fingerprint of [...earlier.keys(), ...byBook])
			if (book.states.get(fingerprint.key) === fingerprint.state)
				marks.push(...this.marksOf('S', fingerprint));
			else if (book.open.has(fingerprint.key + fingerprint.state))
				marks.push(...this.marksOf('O', fingerprint));
		await this.set(marks);
	}

	async sending(fingerprints: readonly Fingerprint[]): Promise<void> {
		await this.set(fingerprints.flatMap((fingerprint) => this.marksOf('O', fingerprint)));
		for (const { key, state } of fingerprints) this.leaving.add(key + state);
	}

	ended(fingerprint: Fingerprint, status: Outcome['status']): void {
		const row = fingerprint.key + fingerprint.state;
		this.underWay.delete(fingerprint.key);
		this.changed = true;
		if (status === 'saved') {
			this.leaving.delete(row);
			this.book.drop(fingerprint);
			this.book.states.set(fingerprint.key, fingerprint.state);
			for (const mark of this.marksOf('S', fingerprint)) this.unsaid.push(mark);
		} else {
			this.book.states.delete(fingerprint.key);
			// Not applied, for certain: the row may come again.
			const refused = status === 'failed' && this.leaving.delete(row);
			if (refused) for (const mark of this.marksOf('X', fingerprint)) this.unsaid.push(mark);
		}
		if (this.isWorthNoting) this.storing ??= this.store().finally(() => (this.storing = undefined));
	}

	private get isWorthNoting(): boolean {
		const least = this.scope.repeatable ? this.marks * SHARE_OF_JOURNAL : 0;
		return this.unsaid.length > least;
	}

	async close(): Promise<void> {
		await this.storing;
		await this.store(true);
		if (this.notices.length > 0 || !this.changed || this.scope.dryRun) return;
		if (!this.book.canBeWritten) return;
		try {
			await this.writeBook();
		} catch {
			this.notices.push(NOT_REMEMBERED);
		}
	}

	/** Rows end faster than n8n stores: what has ended meanwhile goes together. */
	private async store(all = false): Promise<void> {
		try {
			while (this.isWorthNoting || (all && this.unsaid.length > 0))
				await this.set(this.unsaid.splice(0));
		} catch {
			// The rows are saved and are reported so; failing now would hide that.
			this.notices.push(NOT_REMEMBERED);
		}
	}

	private async writeBook(): Promise<void> {
		const { book, journal, scope } = this;
		if (book.isOwn) {
			for (const row of this.leaving) book.open.add(row);
			if (scope.forget) await journal.set([closed(book.from), trust(book.from)]);
			return book.write(book.from, book.journal, await journal.size());
		}
		// Of what must not be sent twice, the journal may hold rows that did not come up in this run.
		if (this.live && !scope.repeatable) return;
		if (this.live) await this.takeOver();
		for (const row of this.leaving) book.open.add(row);
		const there = await journal.set([closed(book.by)]);
		if (there.size === 0) await journal.set([trust(book.by)]);
		else await journal.remove([trust(book.by)]);
		book.write(book.by, this.name, await journal.size());
	}

	/** The book forgets whatever the journal knows better; in this run these rows did not come up. */
	private async takeOver(): Promise<void> {
		const { book } = this;
		const others = [...book.states].filter(([key]) => !this.lastNumbers.has(key));
		for (let at = 0; at < others.length; at += KEYS_PER_CHECK) {
			const keys = others.slice(at, at + KEYS_PER_CHECK);
			const marksOf = ([key, state]: [string, string]) => [
				this.mark('T', 1, key),
				this.mark('T', 2, key),
				this.mark('S', 1, key, state),
			];
			const there = await this.set(keys.flatMap(marksOf));
			const kept: string[] = [];
			for (const row of keys) {
				const [once, twice, saved] = marksOf(row).map((mark) => there.has(mark));
				if (once && (twice || !saved)) book.states.delete(row[0]);
				else kept.push(this.mark('S', 2, ...row));
			}
			await this.set(kept);
		}
	}

	private async set(marks: readonly string[]): Promise<ReadonlySet<unknown>> {
		if (marks.length === 0) return new Set();
		const { clearOlder, isBegun } = this;
		[this.clearOlder, this.isBegun] = [false, true];
		const all = isBegun ? marks : [begun(this.name), ...marks];
		const there = await this.journal.set(all, { clearOlder });
		this.marks = (clearOlder ? 0 : this.marks) + all.length - there.size;
		return there;
	}

	/** The mark, behind the row's number where that is not in the journal yet. */
	private marksOf(kind: 'S' | 'O' | 'X', fingerprint: Fingerprint): string[] {
		const number = this.numberOf.get(fingerprint) ?? 1;
		const mark = this.mark(kind, number, fingerprint.key, fingerprint.state);
		return this.uncounted.delete(fingerprint)
			? [this.mark('T', number, fingerprint.key), mark]
			: [mark];
	}

	private mark(kind: 'T' | 'S' | 'O' | 'X', number: number, key: string, state = ''): string {
		return `${this.name} ${kind}${number} ${key} ${state}`;
	}
}

/** What the journal says of rows that come up. */
interface Counted {
	/** How the number before ended; `other`: not with this state. */
	earlier: Map<Fingerprint, 'saved' | 'open' | 'other'>;
	/** Rows of which the journal knows nothing. */
	byBook: Set<Fingerprint>;
}

/** The journal of this name has marks. */
const begun = (name: string): string => `${name} begun`;
/** A book was made from the one of this name. */
const closed = (name: string): string => `${name} closed`;
/** Only one was. */
const trust = (name: string): string => `${name} trusted`;
