import { isUnreadable } from '../text';
import { Collector, decoded, TextOf } from './cellText';
import { damaged } from './fault';
import { plainNumber, type Format } from './numberFormat';
import { NO_DATE } from './serial';
import type { SharedStrings } from './strings';
import type { XmlListener, XmlTag } from './xml';

/** A row of a sheet that holds something. */
export interface Line {
	/** The number the sheet shows. */
	row: number;
	/** By column, up to the last that is filled. */
	cells: Array<string | number>;
	/** Why a cell must not be used as it is, by column; continues a sentence that the column begins. */
	problems?: Map<number, string>;
}

/** Columns and rows of a sheet. */
const MAX_COLUMNS = 16_384;
export const MAX_ROWS = 1_048_576;
/** From here on the last digits of a whole number are lost: spreadsheets keep 15. */
const CUT_FROM = 1e15;
/** A number of up to so many characters has no digits beyond those. */
const EXACT_LENGTH = 15;

const CUT =
	'holds a number of more than 15 digits, and Excel has replaced the rest by zeros. Format the column as text and enter the number again.';
const NOT_CALCULATED =
	'holds a formula without its result. Open the file in Excel, save it, and run again.';
const LOST_TEXT =
	'names a text that the file does not hold. Open the file in Excel, save it, and run again.';
const NOT_A_DATE = 'holds a date that does not exist, shown as ####. Correct it in the sheet.';
const UNREADABLE_CHARACTER =
	'holds a character that cannot be read (shown as \ufffd). Correct it in the sheet.';
const NOT_A_NUMBER = 'holds a number that cannot be read. Enter it again.';

/** Names of errors; a longer or other text could be anything. */
const ERROR = /^#[\w/]{1,20}[!?]?$/;

const isTrue = (raw: string): boolean => raw === '1' || raw === 'true';

/** The column of a reference like `AB12`, from 0; -1 where there is none. */
function columnOf(reference: string): number {
	let column = 0;
	for (let at = 0; at < reference.length; at++) {
		const letter = reference.charCodeAt(at) & 0xdf;
		if (letter < 65 || letter > 90) break;
		column = column * 26 + letter - 64;
	}
	return column - 1;
}

/** Makes the lines of a sheet from what its part holds, as it comes. Empty rows are no lines. */
export class Cells implements XmlListener {
	listening = false;
	/** Lines that are complete. */
	lines: Line[] = [];
	/** Rows with values that the sheet does not show. */
	hiddenRows = 0;
	/** Ranges of merged cells that span rows, as the sheet names them. */
	readonly tallMerges: string[] = [];

	private inData = false;
	private row = 0;
	private hidden = false;
	private cells: Array<string | number> = [];
	private problems: Map<number, string> | undefined;
	private filled = false;

	private column = -1;
	private type = '';
	private style = 0;
	private formula = false;
	private hasValue = false;
	private readonly value = new Collector();
	private readonly inline = new TextOf('is');
	private inInline = false;

	constructor(
		private readonly strings: SharedStrings,
		private readonly formats: readonly Format[],
		private readonly date1904: boolean,
	) {}

	open(name: string, tag: XmlTag): void {
		if (!this.inData) {
			if (name === 'sheetData') this.inData = true;
			else if (name === 'mergeCell') this.merge(tag.attribute('ref') ?? '');
			return;
		}
		switch (name) {
			case 'c':
				this.openCell(tag);
				break;
			case 'v':
				this.hasValue = true;
				this.listening = true;
				break;
			case 'f':
				this.formula = true;
				break;
			case 'row':
				this.openRow(tag);
				break;
			case 'is':
				this.inInline = true;
				this.hasValue = true;
		}
		if (this.inInline) {
			this.inline.open(name);
			this.listening = this.inline.listening;
		}
	}

	close(name: string): void {
		if (!this.inData) return;
		if (this.inInline) {
			if (this.inline.close(name)) this.inInline = false;
			this.listening = this.inline.listening;
		}
		switch (name) {
			case 'c':
				if (this.hasValue || this.formula) this.closeCell();
				break;
			case 'v':
				this.listening = false;
				break;
			case 'row':
				this.closeRow();
				break;
			case 'sheetData':
				this.inData = false;
		}
	}

	text(piece: string): void {
		if (this.inInline) this.inline.text(piece);
		else this.value.add(piece);
	}

	private openRow(tag: XmlTag): void {
		const given = tag.attribute('r');
		const row = given === undefined ? this.row + 1 : Number(given);
		if (!Number.isInteger(row) || row <= this.row || row > MAX_ROWS) throw damaged();
		this.row = row;
		this.hidden = tag.attribute('hidden') !== undefined && isTrue(tag.attribute('hidden') ?? '');
		this.cells = [];
		this.problems = undefined;
		this.filled = false;
		this.column = -1;
	}

	private openCell(tag: XmlTag): void {
		const reference = tag.attribute('r');
		const column = reference === undefined ? this.column + 1 : columnOf(reference);
		if (column < 0 || column >= MAX_COLUMNS) throw damaged();
		this.column = column;
		this.type = tag.attribute('t') ?? 'n';
		this.style = Number(tag.attribute('s') ?? 0);
		this.formula = false;
		this.hasValue = false;
	}

	private closeCell(): void {
		const { type, formula, hasValue } = this;
		const raw = type === 'inlineStr' ? this.inline.take() : this.value.take();
		// A formula that gives an empty text has an empty value.
		if (formula && !hasValue && type !== 'str') return this.fail(NOT_CALCULATED, '(formula)');
		switch (type) {
			case 's':
				return this.shared(raw);
			case 'inlineStr':
				return this.put(this.shownText(raw));
			case 'str':
				return this.put(this.shownText(decoded(raw)));
			case 'b':
				return this.put(raw === '' ? '' : isTrue(raw.trim()) ? 'TRUE' : 'FALSE');
			case 'e':
				return this.error(raw.trim());
			case 'd':
				return this.put(raw.replace(/T00:00(?::00(?:\.0+)?)?Z?$/, ''));
			default:
				return this.number(raw.trim());
		}
	}

	private shared(raw: string): void {
		if (raw === '') return;
		const text = this.strings.at(Number(raw));
		if (text === undefined) this.fail(LOST_TEXT, '(lost text)');
		else this.put(this.shownText(text));
	}

	private error(raw: string): void {
		const name = ERROR.test(raw) ? raw : '#VALUE!';
		this.fail(`holds the error ${name}. Correct it in the sheet.`, name);
	}

	private shownText(text: string): string {
		const show = this.formats[this.style]?.text;
		return show === undefined || text === '' ? text : show(text);
	}

	private number(raw: string): void {
		if (raw === '') return;
		const given = Number(raw);
		if (!Number.isFinite(given)) return this.fail(NOT_A_NUMBER, raw);
		if (Math.abs(given) >= CUT_FROM) return this.fail(CUT, raw);
		const value = raw.length > EXACT_LENGTH ? plainNumber(given) : given;
		const shown = this.formats[this.style]?.number?.(value) ?? value;
		if (shown === NO_DATE) return this.fail(NOT_A_DATE, '####');
		// Days are counted from 1900 wherever a number stands for a date; as text it stands for none.
		this.put(typeof shown === 'number' && this.date1904 ? String(shown) : shown);
	}

	private put(value: string | number): void {
		const { cells, column } = this;
		if (value === '') return;
		while (cells.length < column) cells.push('');
		// Two cells in one place: programs differ in which they show.
		if ((cells[column] ?? '') !== '') throw damaged();
		cells[column] = value;
		if (typeof value === 'number') this.filled = true;
		else if (value.trim() !== '') {
			this.filled = true;
			if (isUnreadable(value)) this.problem(UNREADABLE_CHARACTER);
		}
	}

	/** @param shown what stands for it in the row, which is not empty. */
	private fail(what: string, shown: string): void {
		this.problem(what);
		this.put(shown);
	}

	private problem(what: string): void {
		this.problems ??= new Map();
		this.problems.set(this.column, what);
	}

	private closeRow(): void {
		if (!this.filled) return;
		if (this.hidden) this.hiddenRows++;
		const line: Line = { row: this.row, cells: this.cells };
		if (this.problems !== undefined) line.problems = this.problems;
		this.lines.push(line);
	}

	private merge(range: string): void {
		const [, first, last] = /^\$?[A-Z]+\$?(\d+):\$?[A-Z]+\$?(\d+)$/.exec(range) ?? [];
		if (first !== last && this.tallMerges.length < 1000) this.tallMerges.push(range);
	}
}
