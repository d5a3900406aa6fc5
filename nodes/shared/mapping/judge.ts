import type { Concept, Field } from '../definition';
import { orderIn } from './dates';
import { currencyIn, decimalMarkIn, eitherMarkIn, type DecimalMark } from './numbers';
import { Problem } from './problem';
import { fold } from './text';
import { NAMES_TOGETHER, type Tidy } from './tidy';
import type { DateMark, DateOrder } from './types';
import { converterOf, type Convert, type FlagLetters, type Reading } from './values';
import { flagLetters, isSalutation, sexOf } from './words';

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
	/** Another record is meant, by what stands in these fields of it. */
	refersTo?: 'id' | 'names';
	tidy: Tidy;
	/** Its values stand for others. */
	translate?: (raw: unknown) => unknown;
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
const NUMBER_OR_CODE = /^(?:[\d\s.,:/+-]+|\p{Lu}{1,4}[-_]?\d+)$/u;
/** East of Greenwich a day begins in the evening of the one before. */
const MIDNIGHT_ELSEWHERE =
	/^\d{4}-\d\d-\d\d[T ]((?:1[2-9]|2[0-3]):(?:00|15|30|45)):00(?:\.0{1,9})?Z$/;
const NO_READING: Reading = {};
const quiet = (): void => undefined;
/** Two words or more of letters; an ID has no blanks, or digits. */
const FULL_NAME = /^[\p{L}\p{M}.'’,-]+(?:\s+[\p{L}\p{M}.'’,-]+)+$/u;
/** A number, a code or an address: one word with a digit or an @ in it. */
const NO_FULL_NAME = /^(?=\S*[\d@])\S+$/;
const SEX_IN_SPANISH: ReadonlySet<string> = new Set(['sexo', 'genero']);

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

	/** What stands before decimals: as values say that leave no doubt, and as money is written, which never has three decimals. */
	decimalMark(): DecimalMark | undefined {
		if (this.unclearMarks.size === 0 || this.marks.size > 1) return undefined;
		const [settled] = this.marks;
		const isMoney = this.field.decimals === 2 || MONEY.has(this.concept);
		if (!isMoney) return settled;
		if (this.unclearMarks.size > 1) return undefined;
		const decimal = this.unclearMarks.has(',') ? '.' : ',';
		return settled === undefined || settled === decimal ? decimal : undefined;
	}
}

function append<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
	const held = sets.get(key);
	if (held === undefined) sets.set(key, new Set([value]));
	else held.add(value);
}

/** Columns of words and days hold few of them again and again. */
const MOST_NOTED = 200;
const LONGEST_WORD = 12;

/** What one column holds, counted value by value. */
class Column {
	private values = 0;
	/** One at least is of its kind, as far as that shows. */
	private hasGood = false;
	/** Forms of address, all of them. */
	private areSalutations: boolean;
	/** Last and first name in one, all of them. */
	private areTogether = true;
	/** Moments that a database made of days, all of them; and their times of day: two where clocks change. */
	private areShifted: boolean;
	private readonly times = new Set<string>();
	/** Words that were noted. */
	private readonly noted = new Set<string>();
	/** Single letters of a flag, by what they could say. */
	private readonly flags = new Set<string>();
	private readonly currencies = new Set<string>();
	/** Of whole numbers: how long those are that begin with a zero, and the shortest of the others. */
	private readonly padded = new Set<number>();
	private shortest = Infinity;
	/** Days that a node gave as spreadsheets count them. */
	private hasSerials = false;
	private hasH = false;
	private hasWomen = false;
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
		this.areShifted = judged.field.kind === 'date';
		this.areSalutations = judged.concept === 'jobTitle' || NAMES.has(judged.concept);
	}

	/** @param row from 1 */
	take(given: unknown, row: number): void {
		const raw = this.judged.translate?.(given) ?? given;
		if (typeof raw !== 'string' && typeof raw !== 'number' && typeof raw !== 'boolean') return;
		const text = String(raw).trim();
		if (text === '') return;
		const { tidy } = this.judged;
		const meant = tidy(raw, quiet, NO_READING);
		if (meant === '') return;
		this.values++;
		this.first ??= text;
		this.isSame &&= this.first === text;
		this.isCount &&= text === String(row);
		this.hasGood ||= this.isOfKind(meant, text);
		this.areSalutations &&= isSalutation(text);
		this.areTogether &&= meant === NAMES_TOGETHER;
		this.hasSerials ||= typeof raw === 'number' && this.judged.field.kind === 'date';
		this.areShifted &&= this.isShifted(text);
		if (this.noted.has(text)) return;
		if (this.noted.size < MOST_NOTED && text.length <= LONGEST_WORD) this.noted.add(text);
		this.noteWord(text);
		this.noteEvidence(typeof meant === 'string' ? meant : text, text);
	}

	private isShifted(text: string): boolean {
		const time = MIDNIGHT_ELSEWHERE.exec(text)?.[1];
		if (time !== undefined) this.times.add(time);
		return time !== undefined && this.times.size < 3;
	}

	/** @param meant as the rules read the text */
	private noteEvidence(meant: string, text: string): void {
		const { kind } = this.judged.field;
		if (this.judged.concept === 'externalId') this.noteZeros(meant);
		if (kind === 'date' || kind === 'dateTime') {
			this.own.noteDate(meant);
			this.shared.noteDate(meant);
		} else if (kind === 'number') {
			this.own.noteNumber(text);
			this.shared.noteNumber(text);
		}
	}

	private noteWord(text: string): void {
		const { field, concept } = this.judged;
		if (field.kind === 'boolean') {
			const flag = flagLetters(text);
			this.flags.add(flag === undefined ? '' : `${flag.letters} ${flag.yes}`);
		}
		if (field.kind === 'number') {
			const currency = currencyIn(text);
			if (currency !== undefined) this.currencies.add(currency);
		}
		if (concept !== 'gender') return;
		this.hasH ||= fold(text) === 'h';
		this.hasWomen ||= sexOf(text, false) === 'f';
	}

	private noteZeros(text: string): void {
		if (!/^(?=0*[1-9])\d{1,20}$/.test(text)) return;
		if (text.startsWith('0')) this.padded.add(text.length);
		else this.shortest = Math.min(this.shortest, text.length);
	}

	/** Numbers of one length, zeros included, and shorter ones: a spreadsheet took the zeros off some. */
	private get lostZeros(): boolean {
		return this.padded.size === 1 && this.shortest < Math.max(...this.padded);
	}

	/** The letters by which a column says yes and no that holds nothing else. Only an F may be anything. */
	private letters(): FlagLetters | undefined {
		const { flags } = this;
		const only = (...said: string[]) => [...flags].every((flag) => said.includes(flag));
		if (flags.has('x true') && flags.size === 1) return 'x';
		if (flags.has('on true') && only('on true', 'on false')) return 'on';
		return flags.has('tf true') && flags.has('tf false') && flags.size === 2 ? 'tf' : undefined;
	}

	private isOfKind(meant: unknown, text: string): boolean {
		const { field, concept, refersTo } = this.judged;
		if (field.format === 'email' || concept === 'email') return text.includes('@');
		if (field.format === 'phone' || concept === 'phone')
			return /\d\D*\d\D*\d/.test(text.slice(0, 200));
		if (NAMES.has(concept))
			return meant !== NAMES_TOGETHER && !NUMBER_OR_CODE.test(text.slice(0, 200));
		if (concept === 'jobTitle') return !/^[\d\s.,/-]+$/.test(text.slice(0, 200));
		if (field.file !== undefined) return isContent(text);
		if (refersTo === 'id') return !FULL_NAME.test(text.slice(0, 200));
		if (refersTo === 'names') return !NO_FULL_NAME.test(text.slice(0, 200));
		if (concept === 'linkedIn' && field.format === 'url') return /linkedin\.|lnkd\.in/i.test(text);
		if (field.kind === 'choice' && field.openValues) return true;
		switch (field.kind) {
			case 'date':
			case 'dateTime':
				// A date in the wrong form, or in one of two, is a date all the same.
				return /\d\D+\d/.test(text.slice(0, 200)) || this.isRead(meant);
			case 'number':
				return field.decimals === 0
					? /^[+-]?\d[\d\s.,'’]*$/.test(text.slice(0, 200))
					: /\d/.test(text.slice(0, 200));
			case 'boolean':
				return flagLetters(text) !== undefined || this.isRead(meant);
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
		const { label, concept, isKey } = this.judged;
		const { values } = this;
		if (values > 0 && this.areSalutations)
			return this.wrong(`holds forms of address (Mr, Ms), which are no "${label}"`);
		if (this.currencies.size > 1)
			return this.wrong(
				`holds amounts in several currencies, and "${label}" takes the number alone`,
			);
		if (this.lostZeros)
			return this.wrong(
				`holds numbers with zeros in front and shorter ones without, which have probably lost theirs. Format the column as text and enter all numbers in one length`,
			);
		if (values < ENOUGH) return undefined;
		if (isKey && this.isSame && values === rows)
			return this.wrong(`has the same value in all rows, and "${label}" tells people apart`);
		if (concept === 'internalId' && this.isCount && values === rows)
			return this.wrong(`only counts the rows, and "${label}" is the ID that the service gave`);
		if (this.areShifted)
			return this.wrong(
				`holds times in UTC (like ${[...this.times][0]}) that are midnight somewhere else, so the day would be the one before. Give "${label}" as YYYY-MM-DD`,
			);
		if (this.hasGood) return undefined;
		if (this.areTogether)
			return this.wrong(
				`holds last and first name in one, and "${label}" is one of them. Give each its own column`,
			);
		if (NAMES.has(concept))
			return this.wrong(`holds numbers only, or codes, and "${label}" is a name`);
		return this.wrong(`goes to "${label}", but none of its values is ${whatIs(this.judged)}`);
	}

	private wrong(what: string): string {
		return `Column "${this.judged.header}" ${what}.`;
	}

	/** Of values that are read, and may not be what the workbook showed. */
	doubt(): string | undefined {
		if (!this.hasSerials) return undefined;
		return `Column "${this.judged.header}": numbers were read as days counted from 1900, as Excel stores them. If they come from a workbook, give the file to Import instead: it reads dates and leading zeros as the sheet shows them.`;
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
		const letters = field.kind === 'boolean' ? this.letters() : undefined;
		if (letters !== undefined) return { reading: { letters } };
		if (concept !== 'gender') return undefined;
		if (this.hasH) return { reading: { hasH: true } };
		// In Spanish M may be hombre beside F, or mujer beside H. Alone it is neither.
		const isUnclear = !this.hasWomen && SEX_IN_SPANISH.has(fold(header));
		return isUnclear ? { reading: { mIsUnclear: true } } : undefined;
	}

	/** Those of its own, as far as no other column of the field speaks against them. */
	private dateOrders(): ReadonlyMap<DateMark, DateOrder> | undefined {
		const shared = this.shared.dateOrders();
		const settled = [...this.own.dateOrders()].filter(([mark]) => shared.has(mark));
		return settled.length > 0 ? new Map(settled) : undefined;
	}
}

/** The beginning of a file as base64; no word or name of a file is that long without a dot or blank. */
const isContent = (text: string): boolean =>
	text.length >= 60 && /^(?:data:\S{1,100},)?[\w+/=\r\n-]*$/.test(text.slice(0, 200));

function whatIs({ field, concept, refersTo }: Judged): string {
	if (field.file !== undefined)
		return 'a file (its content as base64). Names of files do not hold them: give them as binary data, or leave the column out';
	if (refersTo === 'id') return 'an ID: they are names';
	if (refersTo === 'names') return 'a first and last name';
	if (concept === 'linkedIn') return 'an address at LinkedIn';
	if (concept === 'jobTitle') return 'a title: they are numbers';
	if (field.format === 'email' || concept === 'email') return 'an e-mail address';
	if (field.format === 'phone' || concept === 'phone') return 'a phone number';
	switch (field.kind) {
		case 'date':
		case 'dateTime':
			return 'a date';
		case 'number':
			return field.decimals === 0 ? 'a whole number' : 'a number';
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
			if (settled?.notice !== undefined) notices.push(settled.notice);
			const doubt = column.doubt();
			if (doubt !== undefined) notices.push(doubt);
			if (settled === undefined && problem === undefined) continue;
			readings.set(column.judged.header, {
				dateOrder: this.dateOrder,
				...settled?.reading,
				// If it is sent at all, it is sent as it is.
				...(problem !== undefined && { isMeant: true }),
			});
		}
		return { readings, notices, problems };
	}
}
