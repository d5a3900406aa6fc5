import type { Concept, Field } from '../definition';
import { orderIn } from './dates';
import { decimalMarkIn, eitherMarkIn, type DecimalMark } from './numbers';
import { Problem } from './problem';
import { fold } from './text';
import type { Tidy } from './tidy';
import type { DateMark, DateOrder } from './types';
import { converterOf, type Convert, type Reading } from './values';
import { isSalutation } from './words';

/** What a column is judged by; more values would hardly change it, and nothing is sent before they are read. */
export const JUDGED_ROWS = 1_000;
/** One or two wrong values are those of their rows. */
const ENOUGH = 3;

/** A column of the list and the field it goes to. */
export interface Judged {
	header: string;
	key: string;
	label: string;
	field: Field;
	concept: Concept | undefined;
	isKey: boolean;
	tidy: Tidy;
}

/** What a list as a whole says of its columns, before any of it is sent. */
export interface Verdict {
	/** How values are read that alone could be read in two ways, by header. */
	readings: ReadonlyMap<string, Reading>;
	/** Of these readings. */
	notices: readonly string[];
	/** Columns that mean something else than their fields. */
	problems: readonly string[];
}

const NAMES: ReadonlySet<Concept | undefined> = new Set<Concept>([
	...(['givenName', 'middleName', 'familyName', 'displayName'] as const),
]);
const MONEY: ReadonlySet<Concept | undefined> = new Set<Concept>(['salary', 'dailyRate']);
const quiet = (): void => undefined;
const AS_CROSSES: Reading = { xIsYes: true };

/** What the values of a column say of how they are to be read. */
class Evidence {
	/** By the mark within the dates. */
	readonly orders = new Map<DateMark, Set<DateOrder | 'either'>>();
	/** Orders that a date rules out which does not say its own: of its two-digit numbers the first may be the year. */
	readonly ruledOut = new Map<DateMark, Set<DateOrder>>();
	readonly marks = new Set<DecimalMark>();
	readonly unclearMarks = new Set<DecimalMark>();

	constructor(
		private readonly field: Field,
		private readonly concept: Concept | undefined,
	) {}

	noteDate(text: string): void {
		const found = orderIn(text);
		if (found === undefined) return;
		if ('order' in found) append(this.orders, found.mark, found.order);
		else append(this.ruledOut, found.mark, found.ruledOut);
	}

	noteNumber(text: string): void {
		const mark = decimalMarkIn(text);
		const unclear = eitherMarkIn(text);
		if (mark !== undefined) this.marks.add(mark);
		if (unclear !== undefined) this.unclearMarks.add(unclear);
	}

	/** For each mark whose unclear dates stand beside clear ones, all of one order. */
	dateOrders(): Map<DateMark, DateOrder> {
		const settled = new Map<DateMark, DateOrder>();
		for (const [mark, orders] of this.orders) {
			if (orders.size !== 2 || !orders.has('either')) continue;
			const order = orders.has('dayFirst') ? 'dayFirst' : 'monthFirst';
			if (this.ruledOut.get(mark)?.has(order) !== true) settled.set(mark, order);
		}
		return settled;
	}

	/** What stands before decimals: as values say that leave no doubt, or as money is written, which never has three decimals. */
	decimalMark(): DecimalMark | undefined {
		if (this.unclearMarks.size === 0) return undefined;
		if (this.marks.size === 1) return [...this.marks][0];
		const isMoney = MONEY.has(this.concept) && this.field.decimals === 2;
		if (!isMoney || this.marks.size > 0 || this.unclearMarks.size > 1) return undefined;
		return this.unclearMarks.has(',') ? '.' : ',';
	}
}

function append<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
	const held = sets.get(key);
	if (held === undefined) sets.set(key, new Set([value]));
	else held.add(value);
}

/** What one column holds, counted value by value. */
class Column {
	private values = 0;
	/** Of its kind, as far as that shows. */
	private good = 0;
	private salutations = 0;
	private crosses = 0;
	private hasH = false;
	private readonly own: Evidence;
	private first: string | undefined;
	private isSame = true;
	private isCount = true;
	private readonly convert: Convert;

	/** @param shared what all columns of the field say together: items may name one field in several ways */
	constructor(
		readonly judged: Judged,
		private readonly shared: Evidence,
	) {
		this.convert = converterOf(judged.field);
		this.own = new Evidence(judged.field, judged.concept);
	}

	/** @param row from 1 */
	take(raw: unknown, row: number): void {
		if (typeof raw !== 'string' && typeof raw !== 'number' && typeof raw !== 'boolean') return;
		const text = String(raw).trim();
		if (text === '') return;
		const { tidy, field, concept } = this.judged;
		const meant = tidy(raw, quiet, AS_CROSSES);
		if (meant === '') return;
		this.values++;
		this.first ??= text;
		this.isSame &&= this.first === text;
		this.isCount &&= text === String(row);
		if (this.isOfKind(meant, text)) this.good++;
		if (concept === 'jobTitle' && isSalutation(text)) this.salutations++;
		if (field.kind === 'boolean' && /^[x✓✔☑]$/i.test(text)) this.crosses++;
		if (concept === 'gender') this.hasH ||= fold(text) === 'h';
		const isDay = field.kind === 'date' || field.kind === 'dateTime';
		for (const evidence of [this.own, this.shared])
			if (isDay) evidence.noteDate(typeof meant === 'string' ? meant : text);
			else if (field.kind === 'number') evidence.noteNumber(text);
	}

	private isOfKind(meant: unknown, text: string): boolean {
		const { field, concept } = this.judged;
		if (field.format === 'email' || concept === 'email') return text.includes('@');
		if (field.format === 'phone' || concept === 'phone')
			return /\d\D*\d\D*\d/.test(text.slice(0, 200));
		if (NAMES.has(concept)) return !/^[\d\s.,:/+-]+$/.test(text.slice(0, 200));
		if (field.kind === 'choice' && field.openValues) return true;
		switch (field.kind) {
			case 'date':
			case 'dateTime':
				// A date in the wrong form, or in one of two, is a date all the same.
				return /\d\D+\d/.test(text.slice(0, 200)) || this.isRead(meant);
			case 'number':
				return /\d/.test(text.slice(0, 200));
			case 'boolean':
			case 'choice':
				return this.isRead(meant);
			default:
				return true;
		}
	}

	private isRead(meant: unknown): boolean {
		return !(meant instanceof Problem) && !(this.convert(meant) instanceof Problem);
	}

	/** @param rows how many were judged */
	problem(rows: number): string | undefined {
		const { label, concept, isKey, field } = this.judged;
		const { values } = this;
		if (concept === 'jobTitle' && values > 0 && this.salutations === values)
			return this.wrong(`holds forms of address (Mr, Ms), which are no "${label}"`);
		if (values < ENOUGH) return undefined;
		if (isKey && this.isSame && values === rows)
			return this.wrong(`has the same value in all rows, and "${label}" tells people apart`);
		if (concept === 'internalId' && this.isCount && values === rows)
			return this.wrong(`only counts the rows, and "${label}" is the ID that the service gave`);
		if (this.good > 0) return undefined;
		if (NAMES.has(concept)) return this.wrong(`holds numbers only, and "${label}" is a name`);
		return this.wrong(`goes to "${label}", but none of its values is ${whatIs(field, concept)}`);
	}

	private wrong(what: string): string {
		return `Column "${this.judged.header}" ${what}.`;
	}

	/** Undefined where nothing is to be settled. */
	reading(chosen: DateOrder | undefined): { reading: Reading; notice?: string } | undefined {
		const { field, concept, header } = this.judged;
		const dateOrder = chosen === undefined ? this.dateOrders() : undefined;
		if (dateOrder !== undefined) {
			const read = [...dateOrder].map(
				([mark, order]) =>
					`dates with "${mark}" are read with the ${order === 'dayFirst' ? 'day' : 'month'} first`,
			);
			return {
				reading: { dateOrder },
				notice: `Column "${header}": ${read.join(', ')}, since some of them can be read in no other way.`,
			};
		}
		const decimalMark = this.own.decimalMark();
		if (decimalMark !== undefined && decimalMark === this.shared.decimalMark()) {
			const thousands = decimalMark === '.' ? ',' : '.';
			return {
				reading: { decimalMark },
				notice: `Column "${header}": "${thousands}" is read as the mark of thousands, as the whole column has it.`,
			};
		}
		if (field.kind === 'boolean' && this.crosses > 0 && this.crosses === this.values)
			return { reading: { xIsYes: true } };
		return concept === 'gender' && this.hasH ? { reading: { hasH: true } } : undefined;
	}

	/** Those of its own, as far as no other column of the field speaks against them. */
	private dateOrders(): ReadonlyMap<DateMark, DateOrder> | undefined {
		const shared = this.shared.dateOrders();
		const settled = [...this.own.dateOrders()].filter(([mark]) => shared.has(mark));
		return settled.length > 0 ? new Map(settled) : undefined;
	}
}

function whatIs(field: Field, concept: Concept | undefined): string {
	if (field.format === 'email' || concept === 'email') return 'an e-mail address';
	if (field.format === 'phone' || concept === 'phone') return 'a phone number';
	switch (field.kind) {
		case 'date':
		case 'dateTime':
			return 'a date';
		case 'number':
			return 'a number';
		case 'boolean':
			return 'yes or no';
		default:
			return `one of ${(field.values ?? []).join(', ')}`;
	}
}

/** Judges the columns of a list by its first rows. */
export class Survey {
	private readonly columns = new Map<string, Column>();
	/** By column key. */
	private readonly evidence = new Map<string, Evidence>();
	private rows = 0;

	constructor(
		private readonly judgedOf: (row: Readonly<Record<string, unknown>>) => readonly Judged[],
		/** As the user chose it for all columns. */
		private readonly dateOrder: DateOrder | undefined,
	) {}

	get isFull(): boolean {
		return this.rows >= JUDGED_ROWS;
	}

	take(row: Readonly<Record<string, unknown>>): void {
		if (this.isFull) return;
		this.rows++;
		for (const judged of this.judgedOf(row)) {
			let column = this.columns.get(judged.header);
			if (column === undefined)
				this.columns.set(judged.header, (column = new Column(judged, this.evidenceOf(judged))));
			column.take(row[judged.header], this.rows);
		}
	}

	private evidenceOf({ key, field, concept }: Judged): Evidence {
		let evidence = this.evidence.get(key);
		if (evidence === undefined) this.evidence.set(key, (evidence = new Evidence(field, concept)));
		return evidence;
	}

	verdict(): Verdict {
		const readings = new Map<string, Reading>();
		const notices: string[] = [];
		const problems: string[] = [];
		for (const column of this.columns.values()) {
			const problem = column.problem(this.rows);
			if (problem !== undefined) problems.push(problem);
			const settled = column.reading(this.dateOrder);
			if (settled === undefined) continue;
			readings.set(column.judged.header, { dateOrder: this.dateOrder, ...settled.reading });
			if (settled.notice !== undefined) notices.push(settled.notice);
		}
		return { readings, notices, problems };
	}
}
