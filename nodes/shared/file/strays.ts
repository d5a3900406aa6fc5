/**
 * Lines below the header that are no records: what reports, spreadsheets and joined files leave there. `leftOut`: certainly none.
 * `doubtful`: it reads like none, so the row fails instead of becoming somebody.
 */
export type Stray = { leftOut: 'header' | 'about' | 'nothing' | 'note' } | { doubtful: string };

const TOTAL =
	/^(?:grand |sub-?|overall )?totals?\b|^(?:gesamt(?:summe|zahl)?|summe|insgesamt|total g[eé]n[eé]ral|totale|suma|razem|totaal)\b/i;
const PAGE =
	/^(?:page|seite|p[aá]gina|strona|sida|pagina)\s*:?\s*\d+(?:\s*(?:of|\/|von|de|di|van|sur|z|av)\s*\d+)?$/i;
const COUNT =
	/^(?:count|(?:number|no\.?|anzahl|nombre|n[uú]mero|aantal|liczba) (?:of|der|de|di|van)? ?[\p{L} ]{2,30})\s*[:=]?\s*\d+$|^\(?\d[\d.,' ]*\s(?:records?|rows?|employees?|people|persons?|entries|results?|contacts?|candidates?|users?|members?|datens[aä]tze|zeilen|eintr[aä]ge|mitarbeiter|lignes?|enregistrements?|employ[eé]s|filas|registros|righe)\b.{0,40}$/iu;
const NOTICE =
	/^©|\b(?:confidential(?:ity)?|vertraulich|confidentiel|confidencial|riservato|vertrouwelijk|poufne|copyright|all rights reserved|internal use|do not distribute|not for distribution|end of (?:the )?(?:report|file|list|data)|(?:generated|printed|exported|created|downloaded) (?:on|by|at|from|with)|report (?:date|generated|run)|erstellt am|gedruckt am|g[eé]n[eé]r[eé] le|imprim[eé] le)\b/i;

/** Who made a report, and when; a name or a date may stand beside it. */
const SIGNED =
	/^(?:(?:prepared|approved|checked|reviewed|signed|authori[sz]ed|verified|compiled|issued)(?: by| on)?|(?:erstellt|gepr[uü]ft|freigegeben|genehmigt)(?: von| am)?|stand|as of|status as of|situation au|[eé]tabli par|valid[eé] par|elaborado por|aprobado por|sheet|tabelle|tabellenblatt|feuille|hoja)\s*(?::.{0,60})?$/i;

/** What a formula dragged over empty rows, or a line drawn by hand, leaves in a cell. */
const EMPTY =
	/^(?:[-\u2010-\u2015_=*.#~]+|0(?:[.,]0+)?|false|#(?:n\/a|ref!|value!|name\?|div\/0!)|(?:0?[01][./]0{1,2}|0{1,2}[./]0?1)[./]1900|1900-0[01]-00)$/i;
const NUMBER = /^[\p{Sc}\s(]{0,20}[-+]?\d[\d.,'\s:/-]{0,60}[%\p{Sc})\s]{0,20}$/u;

/** What templates say of a column below its name: its kind, whether it is required, a form or an example. */
const ABOUT =
	/^(?:\(.{1,100}\)|\[.{1,100}\]|text|string|(?:var)?char(?:\(\d+\))?|number|numeric|decimal|integer|int|date|date ?time|boolean|bool|e-?mail|phone|required|optional|mandatory|conditional|recommended|yes ?\/ ?no|pflicht(?:feld)?|zahl|datum|optionnel|obligatoire|facultatif|texte|nombre|obligatorio|opcional|texto|n[uú]mero|fecha|(?:y{2,4}|j{2,4}|a{2,4}|m{2,3}|d{2}|t{2})(?:[-/. ](?:y{2,4}|j{2,4}|a{2,4}|m{2,3}|d{2}|t{2})){2}|max(?:\.|imum)? .{1,60}|(?:e\.g\.|z\. ?b\.|p\. ?ej\.|ex\.|example:|beispiel:) .{1,100})$/i;

/** Whether a row says of every column it fills what is to stand there. */
export function isAbout(cells: readonly string[]): boolean {
	const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
	const isSome = filled.length > 1 || /^[([]/.test(filled[0] ?? '');
	return isSome && filled.every((cell) => cell.length <= LABEL_LENGTH && ABOUT.test(cell));
}

/** Longer cells are text that somebody wrote about a person; the patterns are for labels and lines of a report. */
const LABEL_LENGTH = 120;

const isNote = (cell: string): boolean =>
	cell.length <= LABEL_LENGTH &&
	(TOTAL.test(cell) || PAGE.test(cell) || COUNT.test(cell) || NOTICE.test(cell));

const WORDS = /\S+/g;
/** A name has two or three words, and lines of a report more; a sum or a heading in the first column may have fewer and fails by its missing values. */
const WORDS_OF_A_LINE = 4;

const LINE_OF_TEXT =
	'Only one column holds a value, and it reads like a line of text, not like a record. Remove the row, or fill its other columns.';
const ALONE =
	'Only its first column holds a value, as in a heading or a note. Remove the row if it is no record, else fill its other columns.';
const BELOW_THE_TOTAL =
	'It stands below a total or note and most of its columns are empty. Remove the row if it is no record, else move it up.';

/** A cell as it is compared: spreadsheets and people differ in case and blanks. A byte order mark is a blank as well. */
export const cellKey = (cell: string): string => cell.trim().replace(/\s+/g, ' ').toLowerCase();

/** Judges the lines of one table. */
export class Strays {
	/** The header's cells by place. */
	private readonly header: readonly string[];
	private readonly names: ReadonlySet<string>;
	private readonly longestName: number;
	/** A total or note was seen: what follows is the end of a report, until a row is filled again. */
	private ending = false;

	constructor(header: readonly string[]) {
		this.header = header.map(cellKey);
		this.names = new Set(this.header.filter((name) => name !== ''));
		this.longestName = Math.max(0, ...header.map(({ length }) => length));
	}

	/** Cheap enough for every row: whether it deserves a look. `first`: its first cell that is filled, `filled`: how many are. */
	mayBe(first: string, filled: number): boolean {
		if (filled <= 2 || this.ending) return true;
		if (first.length <= 5 && EMPTY.test(first.trim())) return true;
		return first.length <= this.longestName + 2
			? this.names.has(cellKey(first)) || TOTAL.test(first)
			: first.length <= LABEL_LENGTH && TOTAL.test(first);
	}

	/** Undefined for what may be a record. @param cells of which at least one is filled. */
	judge(cells: readonly string[]): Stray | 'reordered' | undefined {
		const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
		const heading = this.asHeader(cells, filled);
		if (heading !== undefined) return heading;
		if (filled.every((cell) => EMPTY.test(cell))) return { leftOut: 'nothing' };
		const [first, ...others] = filled;
		if (isNote(first) && others.every((cell) => NUMBER.test(cell) || isNote(cell))) {
			// One column: a list of addresses or numbers goes on behind anything.
			this.ending = this.names.size > 1;
			return { leftOut: 'note' };
		}
		const isSigned = filled.length === 2 || (filled.length === 1 && first.includes(':'));
		if (isSigned && this.names.size > 1 && SIGNED.test(first.slice(0, LABEL_LENGTH)))
			return { leftOut: 'note' };
		if (this.names.size < 2) return undefined;
		if (this.ending) {
			if (filled.length * 2 < this.names.size || filled.length === 1)
				return filled.length === 1 && isSentence(first)
					? { leftOut: 'note' }
					: { doubtful: BELOW_THE_TOTAL };
			this.ending = false;
		}
		if (filled.length > 1) return undefined;
		if ((first.match(WORDS)?.length ?? 0) >= WORDS_OF_A_LINE) return { doubtful: LINE_OF_TEXT };
		// A heading above a group of people, or a note below them; a code or an address may be a record's key.
		const isWords = this.names.size > 2 && cells[0]?.trim() === first && !/[\d@]/.test(first);
		return isWords ? { doubtful: ALONE } : undefined;
	}

	private asHeader(cells: readonly string[], filled: readonly string[]) {
		const { header, names } = this;
		const known = filled.filter((cell) => names.has(cellKey(cell))).length;
		if (known < Math.min(2, names.size) || known < filled.length) return undefined;
		// A name may stand twice in a header, and a person may be called like two columns; not like most of them.
		if (known * 2 < names.size) return undefined;
		return cells.every((cell, index) => cell.trim() === '' || cellKey(cell) === header[index])
			? ({ leftOut: 'header' } as const)
			: ('reordered' as const);
	}
}

const isSentence = (cell: string): boolean => (cell.match(WORDS)?.length ?? 0) > 1;
