import type { Column, Concept, Field, WritePurpose } from '../definition';
import type { Survey } from './judge';
import type { Reading } from './values';

/** What becomes of null, empty and blank cells. `leave` never touches what the vendor holds. */
export type BlankPolicy = 'leave' | 'clear' | 'skipRow';

/** How `03/04/2026` is read. */
export type DateOrder = 'dayFirst' | 'monthFirst';

/** What stands between the numbers of a date. */
export type DateMark = '-' | '/' | '.';

/** The order of all dates, or that of the dates with each mark: who writes 12/31/2026 still may mean 5 March by 05.03.2026. */
export type DateOrders = DateOrder | ReadonlyMap<DateMark, DateOrder>;

/** What the user chose for all rows of a run. */
export interface MappingPolicy {
	/** Keys of a row that belong to no field. */
	unknownFields: 'error' | 'ignore' | 'send';
	blankValues: BlankPolicy;
	/** Columns that are treated otherwise, by column or field key. */
	blankValuesByColumn?: Readonly<Record<string, BlankPolicy>>;
	/** Fields to clear in every row, by field key. */
	fieldsToClear: readonly string[];
	/** Absent: a date that can be read in two ways is refused. */
	dateOrder?: DateOrder;
	/** How values are read that alone could be read in two ways, by header or item key; as the rest of their column settles it. */
	readings?: ReadonlyMap<string, Reading>;
	/** Header or item key -> column key, set by hand; wins over every match. An empty text: the column is left out. */
	headerMapping?: Readonly<Record<string, string>>;
	/** Merged into every record in the vendor's shape, unchecked; wins over the row. */
	additionalFields?: Readonly<Record<string, unknown>>;
	/**
	 * The values were typed by people (column mapper, spreadsheet). Absent: a text under the vendor's own name may be in the
	 * vendor's spelling, so `"50000"` under a field of cents is 500 units, as the vendor itself would write it.
	 */
	plainValues?: boolean;
}

export interface Issue {
	/** Stable code in capitals, for example `MISSING_VALUE`. */
	code: string;
	/** Plain words with what to do; never the value itself. Does not name the row: the caller knows it. */
	message: string;
	/** Label of the column or field. */
	field?: string;
}

/** A row, mapped and checked. `issues` empty: `record` may be sent. */
export interface MappedRow {
	/** In the vendor's names, nesting and wire form. */
	record: Record<string, unknown>;
	/** Fields with a second-pass relation, kept apart; undefined when the row has none. */
	relations?: Record<string, unknown>;
	/** The record's key as text; undefined when the row carries none. */
	key?: string;
	issues: Issue[];
	/** The row asks not to be sent (blank value policy). */
	skip?: Issue;
}

/** A column people can fill: a plain field, a flat column of a nested field, or a nested field as JSON. */
export interface ColumnView {
	/** Field key, or column key of a nested field. Unique in a resource. */
	key: string;
	label: string;
	help?: string;
	/** The field the value is checked by (the member, for flat columns). */
	field: Field;
	/** Takes a list although the member is a single value (`each` columns). */
	many: boolean;
	required: readonly WritePurpose[];
	/** The editor shows it from the start, required or not. */
	shown: boolean;
	concept?: Concept;
	/** Key of the resource's field it belongs to. */
	fieldKey: string;
	/** How it writes into that field; flat columns only. */
	column?: Column;
}

/** Which header fills which column. */
export interface HeaderMatch {
	/** Header -> column key. */
	matched: Readonly<Record<string, string>>;
	/** Nothing is guessed: a header that fits several columns, or several headers that fit one. */
	ambiguous: ReadonlyArray<{ headers: readonly string[]; message: string }>;
	/** Headers without a column, the ambiguous ones not included. */
	unmatched: readonly string[];
	/** Headers set by hand to a column that does not exist. */
	misdirected: ReadonlyArray<{ header: string; message: string }>;
	/** Headers that may be the vendor's own ID and probably are that of another system; nothing may be sent before it is settled. */
	doubtful: ReadonlyArray<{ header: string; message: string }>;
	/** Headers without a column that are the name of one but for a slip: left out, their values would be missed. */
	slips: ReadonlyArray<{ header: string; message: string }>;
}

/** What the user has said of values for all rows of a run, by column key. */
export interface ChosenValues {
	/** What rows get that have no value of their own. */
	same: ReadonlyMap<string, unknown>;
	/** Values of the list -> values for the service. */
	translations: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
	/** A value that has no entry among these and does not fit the field: it is sent as it is, or its row fails. */
	unmapped: 'send' | 'fail';
}

/** What chosen values have done in the rows of a run. */
export interface ValuesReport {
	filled: ReadonlyArray<{ label: string; rows: number }>;
	/** `values`: each with how often it occurs, the most frequent first. */
	unmapped: ReadonlyArray<{
		label: string;
		personal: boolean;
		values: ReadonlyArray<readonly [value: string, count: number]>;
	}>;
}

/** What the names in a row mean. */
export interface RowNames {
	/** Those that name a field. */
	taken: readonly string[];
	/** `unknown`: no field; `slip`: no field, but one's name but for a slip; `issue`: wrong whatever becomes of unknown ones. */
	wrong: ReadonlyArray<{ name: string; is: 'unknown' | 'slip' | 'issue'; message: string }>;
}

/** Turns rows into records of one operation. Prepared once, used for every row; keeps no row. */
export interface Mapper {
	map(raw: Readonly<Record<string, unknown>>, policy: MappingPolicy): MappedRow;
	/** The key a row carries, without checking the rest of it. */
	keyOf(raw: Readonly<Record<string, unknown>>, policy: MappingPolicy): string | undefined;
	/** Judges columns by what they hold, row by row, before anything is sent. */
	survey(policy: MappingPolicy): Survey;
	namesIn(
		raw: Readonly<Record<string, unknown>>,
		headerMapping?: MappingPolicy['headerMapping'],
	): RowNames;
	/** Names in the rows mapped so far that no field takes, as far as they had values and were left out. */
	leftOut(): readonly string[];
	/** What was read otherwise than it stands in the rows mapped so far, in words for the user. */
	notices(): string[];
	/** The row mapped last is one of the run, and counts in what is told of chosen values. */
	count(): void;
	/** What is wrong with the chosen values themselves. */
	choiceIssues(): readonly Issue[];
	choices(): ValuesReport;
	/** Which field each header goes to, exactly as `map` will read rows with these keys. */
	match(headers: readonly string[], headerMapping?: MappingPolicy['headerMapping']): HeaderMatch;
}
