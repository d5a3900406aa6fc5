/** Last columns of a reject file. They tell it apart from any other file, so the names never change. */
export const REJECT_COLUMNS = ['Reject Reason', 'Reject Row'] as const;

/**
 * Characters that make a spreadsheet run a cell as a formula, full-width forms included
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
const FORMULA = '[=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20]';
/** Apostrophes already there count as well: else `'=x` as a value and as the mark of `=x` were the same. */
const TO_MARK = new RegExp(`^'*${FORMULA}`);
const MARKED = new RegExp(`^'+${FORMULA}`);

export const mark = (cell: string): string => (TO_MARK.test(cell) ? `'${cell}` : cell);

/** Text cells of a workbook are run by nobody; only what would be taken for a mark needs one. */
export const markLookalike = (cell: string): string => (MARKED.test(cell) ? `'${cell}` : cell);

/** Undoes the mark against formulas: `restore(mark(x)) === x` for every text. */
export const restore = (cell: string): string => (MARKED.test(cell) ? cell.slice(1) : cell);
