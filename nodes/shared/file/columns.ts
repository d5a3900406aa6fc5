import { REJECT_COLUMNS, restore } from './marks';

/** How many columns are told of one by one: a list of thousands of columns must not bring as many notices. */
const QUOTED_COLUMNS = 10;

/** Longer than names of columns are. */
const QUOTED_LENGTH = 60;
const clipped = (name: string): string =>
	name.length > QUOTED_LENGTH ? `${name.slice(0, QUOTED_LENGTH)}…` : name;

export interface Columns {
	/** Unique; the columns a reject file adds are not among them. */
	names: string[];
	/** A row without values. A copy of it is filled in a fifth of the time that a row with twenty columns takes from nothing, and is smaller. */
	empty: Readonly<Record<string, string>>;
	/** Cells that have a column, those of a reject file included. */
	width: number;
	/** The file is one of our reject files: its cells carry the mark against formulas. */
	marked: boolean;
	notices: string[];
}

/** The name a spreadsheet shows above a column, from 0: A, B, … Z, AA. */
export const columnLetter = (index: number): string =>
	(index < 26 ? '' : columnLetter(Math.floor(index / 26) - 1)) +
	String.fromCharCode('A'.charCodeAt(0) + (index % 26));

/** Gives each column of a header a name of its own: a value must not be lost for its header's sake. */
export function nameColumns(header: readonly string[]): Columns {
	const cells = header.map((cell) => cell.trim());
	// Spreadsheets often save empty columns behind the last one.
	while (cells[cells.length - 1] === '') cells.pop();
	const width = cells.length;
	const marked = REJECT_COLUMNS.every((name, index) => cells[width - 2 + index] === name);
	if (marked) cells.length = width - REJECT_COLUMNS.length;

	const notices: string[] = [];
	let further = 0;
	const notice = (text: string): void => {
		if (notices.length < QUOTED_COLUMNS) notices.push(text);
		else further++;
	};
	const names = new Set<string>();
	cells.forEach((cell, index) => {
		const letter = columnLetter(index);
		let name = (marked ? restore(cell) : cell) || `Column ${letter}`;
		if (cell === '')
			notice(
				`Column ${letter} has no name in the header. It is called "${name}" here; give it a name if its values matter.`,
			);
		else if (names.has(name))
			notice(
				`The header "${clipped(name)}" stands there more than once. The one in column ${letter} is called "${clipped(name)} (column ${letter})" here; rename or remove it.`,
			);
		while (names.has(name)) name += ` (column ${letter})`;
		names.add(name);
	});
	if (further > 0)
		notices.push(
			`${further} more columns have no name in the header, or one that stands there twice.`,
		);
	const empty = Object.fromEntries([...names].map((name) => [name, '']));
	return { names: [...names], empty, width, marked, notices };
}
