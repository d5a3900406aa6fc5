import type { FieldName, Person } from './people';

export type Encoding = 'utf-8' | 'utf-8-mark' | 'utf-16le' | 'windows-1252' | 'windows-1250';

/** A cell as it stands in a file. Text, or what only a workbook can hold. */
export type Cell =
	| string
	| { number: number; format?: string }
	| { error: string }
	| { formula: string };

/** What a field means: a value, nothing, or nobody can know, so that no value is right. */
export type Meant = { value: string } | 'nothing' | 'unknowable';

export interface Line {
	cells: Cell[];
	/** What a person of this line is meant to be. Undefined: the line is no person. */
	meant?: Record<FieldName, Meant>;
}

/** A list on its way from a good one to one as people have it. */
export interface List {
	kind: 'csv' | 'xlsx' | 'json';
	/** What stands in each column; undefined: what no field takes. */
	columns: Array<FieldName | undefined>;
	/** The header among them. */
	lines: Line[];
	header: Line;
	/** How a CSV is written. */
	csv: {
		delimiter: string;
		lineEnd: string;
		/** In front of the header line. */
		before: string;
		encoding: Encoding;
		/** What becomes of a cell's text, after it is quoted. */
		wrap(text: string, quoted: string): string;
		/** What becomes of the whole text. */
		whole(text: string): string;
	};
	xlsx: {
		date1904: boolean;
		/** Other sheets. */
		more: Array<{ name: string; hidden: boolean; cells: string[][] }>;
		/** Empty columns before the table, and empty rows. */
		left: number;
		above: number;
		/** Two lines whose last names are one cell, if they still stand together in the end. */
		merged: readonly [Line, Line] | undefined;
		inlineStrings: boolean;
	};
	/** `other`: the name of a second list beside the first. */
	json: { wrapper?: string; other?: string; lines: boolean };
	/** The troubles it has, for those who look why. */
	troubles: string[];
}

export const known = (value: string): Meant => ({ value });

export const meantBy = (person: Person): Record<FieldName, Meant> =>
	Object.fromEntries(
		Object.entries(person).map(([field, value]) => [field, known(value)]),
	) as Record<FieldName, Meant>;

export const isPerson = (line: Line): line is Required<Line> => line.meant !== undefined;
