import type { Concept, Field } from '../definition';
import { DATES_OF_NOBODY, meansNoDate } from './dates';
import {
	GARBLED,
	hasForeignSigns,
	hasLostLetters,
	hasTags,
	LETTERS_LOST,
	unmisread,
	withoutEntities,
} from './letters';
import { invalid, Problem } from './problem';
import type { NoteCode } from './notes';
import { withoutCurrency } from './numbers';
import { monthNamed } from './months';
import {
	isPlainAddress,
	isPlainCode,
	isPlainName,
	isPlainPhone,
	isPlainText,
	mayBeNothing,
} from './plain';
import { fold } from './text';
import { entriesOf, type Reading } from './values';
import { flagLetters, sexOf, worksStill } from './words';

/** What a column holds, as far as it matters for what its cells may be damaged by. */
export interface Cell {
	field: Field;
	concept: Concept | undefined;
	/** The record is recognised by it, or by it another record is. */
	isKey: boolean;
	/** Takes several values. */
	isList: boolean;
}

/** The cell as it was meant; blank where it means nothing; or why it cannot be used. `note` is told what was read otherwise than it stands there. */
export type Tidy = (
	raw: unknown,
	note: (code: NoteCode) => void,
	reading: Reading,
) => unknown | Problem;

type Clean = (text: string, note: (code: NoteCode) => void, reading: Reading) => string | Problem;

const asIs: Tidy = (raw) => raw;
/** What a blank cell holds. */
const BLANK = '';

const NAMES: ReadonlySet<Concept | undefined> = new Set<Concept>([
	...(['givenName', 'middleName', 'familyName', 'displayName'] as const),
]);
/** Another person. */
const RELATED: ReadonlySet<Concept | undefined> = new Set<Concept>(['manager', 'mentor']);
/** Texts of several sentences, with whatever marks their writer likes. */
const PROSE: ReadonlySet<Concept | undefined> = new Set<Concept | undefined>([
	'summary',
	undefined,
]);

/** Letters that are not seen. Joiners shape words in scripts that need them, and signs of several parts. */
const UNSEEN =
	'\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u206f\\ufeff\\ufff9-\\ufffb';
const JOINERS = '\\u200c\\u200d';
const ALL_UNSEEN = new RegExp(`[${UNSEEN}]`, 'g');
const ALL_JOINERS = new RegExp(`[${JOINERS}]`, 'g');
const AT_ENDS = new RegExp(`[${UNSEEN}${JOINERS}\\s]`);

/** Letter by letter: an expression for what stands at the end costs the square of a long run of blanks. */
function withoutEnds(text: string): string {
	let first = 0;
	let last = text.length;
	while (first < last && AT_ENDS.test(text[first])) first++;
	while (last > first && AT_ENDS.test(text[last - 1])) last--;
	return text.slice(first, last);
}

/** Longer texts are no damaged values, and expressions are not to be run on texts of any length. */
const LONGEST_VALUE = 1_000;
/** A field of its own that says which of many things is meant. */
const CODE_LABEL = /\b(?:ID|IDs|Code|Number)$/;

const QUOTED_FORMULA = /^=\s*"((?:[^"]|"")*)"$/;
const FORMULA = /^=(?:[A-Z]{1,3}\$?\d|[A-Z][A-Z.]+\()/;
/** Spreadsheets mark a number that is to stay a text with it. */
const TEXT_MARK = /^'(?=[\d+=(-])(?!.*'$)/;
const SPREADSHEET_ERROR = /^#(?:N\/A|N\/D|N\/DISP|NV|NB|[A-ZÀ-Ý¡¿/0]{2,12}[!?])$/;
const TOO_NARROW = /^#{3,}$/;
const BLANK_WORD = /^(?:NULL|\\N|\(null\)|<null>|\[null\])$/;
const BLANK_WORD_OF_MACHINES = /^null$/i;
/** What people put where there is nothing, whatever the column holds. */
const NO_VALUE = /^(?:n\/a|n\.\s?a\.|k\.\s?a\.|[-\u2010-\u2015_./]+)$/i;
const NO_NAME = /^(?:n\/a|n\.\s?a\.)$/i;
/** Where no word is a value: in columns of numbers, dates, addresses. `NA` is Namibia as well, and Na a name. */
const NO_VALUE_IN_WORDS =
	/^(?:na|none|nil|nothing|keine?|aucune?|ningun[oa]|nenhuma?|nessun[oa]|geen|brak|yok)$/i;
/** Stands in place of an ID that is still to come, or of one that is unknown. */
const NO_ID = /^(?:0+(?:[.,]0+)?|true|false|\?+|tb[acd]|pending|unknown|none|na)$/i;
const ID = '[a-z]{0,5}[-_]?\\d+';
/** `12,345` and `E1, E2`; a comma in anything else may be part of it. */
const IDS_BY_COMMA = new RegExp(`^${ID}(?:\\s*,\\s*${ID})+$`, 'i');
const BETWEEN_IDS = /[;\r\n]|:::|\s\|\s/g;
/** With something on both sides. */
const hasIdsBetween = (text: string): boolean => {
	const inner = text.trim();
	return [...inner.matchAll(BETWEEN_IDS)].some(
		({ index, 0: mark }) => index > 0 && index + mark.length < inner.length,
	);
};
/** What Excel makes of `3-1` and of `MAR1`. */
const DAY_OF_SHEET = /^\d{1,2}-(\p{L}{3,4})\.?(?:-\d{2,4})?$/u;
const MIDNIGHT = /^\d{4}-\d{2}-\d{2}[T ]00:00:00(?:\.0+)?Z?$/;
/** Letters, digits and marks as wide as Japanese letters. */
const WIDE = /[\uff01-\uff5e]/g;
const narrow = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) - 0xfee0);
/** SuccessFactors writes the first. */
const NO_MANAGER = /^(?:no[_ ]manager|none|na|nil)$/i;
/** Behind the comma of a name that stands alone in its column. Any other word there is the rest of a name. */
const BEHIND_NAME = new Set(
	`jr sr jnr snr junior senior i ii iii iv v vi phd md mba cpa esq esquire rn np pa pe pmp msc bsc meng beng ma ba mphil dds dvm
	cfa jd llm llb edd dba dphil pharmd psyd bcba lcsw phr sphr shrmcp shrmscp gphr dipling dipl ing dr prof drmed mdphd`
		.trim()
		.split(/\s+/),
);
/** What stands in the column of IDs beside it. */
const CODE = /^\p{Lu}{1,4}[-_]?\d+$/u;
/** A whole name in quotes of a printed text. */
const IN_QUOTES = /^(?:“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»)$/;
/** Stands where somebody is still to come. */
const NOBODY =
	/^(?:vacant|vacancy|vakant|vacante|unbesetzt|open position|to be hired|tb[adc]|t\.b\.[adc]\.|n\.\s?n\.|x{2,})$/i;
/** A number, or question marks; marks alone are not looked into. */
const NUMBER_OR_QUESTION = /[\d?]/;
const LETTER = /\p{L}/u;
const hasNoLetters = (text: string): boolean => NUMBER_OR_QUESTION.test(text) && !LETTER.test(text);
const CUT_NUMBER = /^[+-]?\d(?:[.,]\d+)?E\+\d{2,3}$/i;
const DECIMALS_OF_NONE = /^(\+?\d+)[.,]0+$/;
const BULLET = /^(?:[•·▪‣◦●]\s*|[-*–]\s+)(?=\S)/u;

const FORMULA_LEFT = invalid('is a formula of a spreadsheet. Put its result there.');
const ERROR_OF_SHEET = invalid(
	'is a spreadsheet error (like #N/A or ####). Correct the cell in the spreadsheet.',
);
const NUMBER_CUT = invalid(
	'was cut by a spreadsheet: it shows a long number as 1.2E+11, and the last digits are gone. Format the column as text and enter the number again.',
);
const SEVERAL_NUMBERS = invalid('holds two numbers or more, and one is wanted. Keep one of them.');
const SEVERAL_ADDRESSES = invalid(
	'holds two e-mail addresses or more, and one is wanted. Keep one of them.',
);

const HAS_TAGS = invalid('holds marks of a web page (like <b>). Enter the text without them.');
const NO_CROSS = invalid(
	'is empty in a column that marks with an x who has it, and left out it would be yes. Enter x, or no.',
);
const SEVERAL_VALUES = invalid('holds several values, and one is wanted. Keep one of them.');
const NOT_AN_ID = invalid(
	'stands for no ID (like TBD or 0). Enter the ID of this record, or empty the cell.',
);
const NO_PERSON = invalid(
	'stands for somebody who is still to come (like Vacant or TBD). Enter the name, or remove the row.',
);
const NOT_A_NAME = invalid(
	'is a number, a code or an e-mail address, and no name. Enter the name.',
);
/** Told apart by the survey of columns. */
export const NAMES_TOGETHER = invalid(
	'holds a comma, as if last and first name stood together. Give each of them its own column.',
);
const SEVERAL_IDS = invalid(
	'holds two IDs, or a number with marks between its digits. Enter one ID as it is.',
);
const ID_BECAME_A_DATE = invalid(
	'was made a date by a spreadsheet. Format the column as text and enter the ID again.',
);
const NO_FILE = invalid(
	'is a word or the name of a file, not the file itself. Give the file as binary data, or empty the cell.',
);
const NOT_A_PHONE = invalid(
	'has an entry that is not a phone number. Use digits, for example +33 1 23 45 67 89.',
);

/**
 * Prepared for a column.
 *
 * @param isPlain spares a value the rules; a test gives one that spares none
 */
export function tidyOf(cell: Cell, isPlain = plainTestOf(cell)): Tidy {
	const { field, isList } = cell;
	const { kind } = field;
	if (field.file !== undefined || kind === 'object' || kind === 'objectList' || kind === 'json')
		return field.file === undefined ? asIs : fileIn;
	const rules = cleanerOf(cell);
	if (!isList)
		return (raw, note, reading) =>
			typeof raw !== 'string' || isPlain(raw) ? raw : rules(raw, note, reading);
	const clean: Clean = (raw, note, reading) => {
		const bare = raw.trim();
		return isPlain(bare) ? bare : rules(raw, note, reading);
	};
	return (raw, note, reading) => {
		if (typeof raw !== 'string' && !Array.isArray(raw)) return raw;
		// With a comma it would fall apart into two numbers.
		if (typeof raw === 'string' && raw.length < LONGEST_VALUE && CUT_NUMBER.test(raw.trim()))
			return NUMBER_CUT;
		const list: unknown[] = [];
		for (const entry of listEntries(withLetters(raw, note), cell)) {
			const tidy = typeof entry === 'string' ? clean(entry, note, reading) : entry;
			if (tidy instanceof Problem) return tidy;
			if (tidy !== BLANK) list.push(tidy);
		}
		if (list.length > 0) return list;
		// Separators alone are said to be that by what reads the list.
		return typeof raw === 'string' && /[,;]/.test(raw) ? raw : BLANK;
	};
}

/** With letters for their codes in HTML, whose semicolon separates nothing. */
function withLetters(raw: unknown, note: (code: NoteCode) => void): unknown {
	const letters =
		typeof raw === 'string' && raw.includes('&') && raw.length <= LONGEST_VALUE
			? withoutEntities(raw)
			: undefined;
	if (letters !== undefined) note('entities');
	return letters ?? raw;
}

/** `Attached`, `yes1`, `CV`: base64 as well, of bytes that are nothing. What base64 makes of a file is in both cases. */
const WORD = /^(?:[A-Z]?[a-z]+|[A-Z]+)\d{0,8}$/;
const LONGEST_FILE_WORD = 40;

const fileIn: Tidy = (raw) =>
	typeof raw === 'string' && raw.length <= LONGEST_FILE_WORD && WORD.test(raw.trim())
		? NO_FILE
		: raw;

const isPhone = ({ field, concept }: Cell): boolean =>
	field.format === 'phone' || concept === 'phone';
const isEmail = ({ field, concept }: Cell): boolean =>
	field.format === 'email' || concept === 'email';

const isWeb = ({ field, concept }: Cell): boolean =>
	field.format === 'url' || concept === 'linkedIn';

const never = (): boolean => false;

/** Tells values that no rule changes or refuses; what it does not know is left to the rules. */
export function plainTestOf(cell: Cell): (text: string) => boolean {
	const { kind, file } = cell.field;
	const isText = kind === 'text' || kind === 'textList';
	if (file !== undefined || !(isText || kind === 'choice') || spellingOf(cell) !== undefined)
		return never;
	if (isEmail(cell)) return isPlainAddress;
	if (isPhone(cell)) return isPlainPhone;
	if (isWeb(cell)) return never;
	if (NAMES.has(cell.concept)) return isPlainName;
	const isNothing = nothingIn(cell);
	const isPlain = cell.isKey ? isPlainCode : isPlainText;
	return (text) =>
		isPlain(text) && !(mayBeNothing(text) && isNothing(text)) && !text.includes(':::');
}

/** Plain text, still to be looked at for a second value. */
function oneOf(raw: unknown, cell: Cell): unknown | Problem {
	if (typeof raw !== 'string') return raw;
	if (isPhone(cell) && holdsSeveralNumbers(raw)) return SEVERAL_NUMBERS;
	if (isEmail(cell) && raw.indexOf('@') !== raw.lastIndexOf('@')) return SEVERAL_ADDRESSES;
	return raw;
}

/** What a column holds, as far as it settles which rules hold for it. */
function traitsOf(cell: Cell) {
	const { field, concept, isKey, isList } = cell;
	const isText = field.kind === 'text' || field.kind === 'textList';
	const isName = NAMES.has(concept) && field.kind === 'text' && field.format === undefined;
	const [phone, email, web] = [isPhone(cell), isEmail(cell), isWeb(cell)];
	const { whenMissing } = field;
	return {
		isText,
		isName,
		isOneName: isName && concept !== 'displayName',
		isProse: isText && !isKey && PROSE.has(concept) && field.format === undefined,
		isDate: field.kind === 'date' || field.kind === 'dateTime',
		isNumber: isKey || phone || CODE_LABEL.test(field.label),
		isCode: isKey || !isText || phone || email || web,
		/** Of the record itself, and not of somebody it names. */
		isOwnKey: isKey && isText && !RELATED.has(concept),
		isKey: isKey && isText,
		isList,
		/** Left out, it would be yes. */
		isYesAlone:
			typeof whenMissing === 'object' && 'value' in whenMissing && whenMissing.value === true,
		phone,
		email,
		web,
	};
}
type Traits = ReturnType<typeof traitsOf>;

function cleanerOf(cell: Cell): Clean {
	const traits = traitsOf(cell);
	const nothingOf = blankRule(cell, traits);
	const read = readerOf(cell, traits);
	return (raw, note, reading) => {
		const bare = bareIn(raw, traits, note);
		if (typeof bare !== 'string' || bare.length > LONGEST_VALUE) return bare;
		if (bare === '') return traits.isYesAlone && reading.letters === 'x' ? NO_CROSS : BLANK;
		const nothing = nothingOf(bare, note, reading);
		if (nothing !== undefined) return nothing;
		if (CUT_NUMBER.test(bare)) return NUMBER_CUT;
		if (!traits.isProse && FORMULA.test(bare)) return FORMULA_LEFT;
		return read(bare, note, reading);
	};
}

type Note = Parameters<Clean>[1];

/** Without what is not seen, and without what a spreadsheet puts around a text. */
function bareIn(raw: string, { isName, isProse, isCode }: Traits, note: Note): string | Problem {
	// First of all: the last byte of `í` reads as a soft hyphen, which is not seen and would be taken off.
	const read = raw.length > LONGEST_VALUE ? undefined : unmisread(raw);
	if (read instanceof Problem) return read;
	if (read !== undefined) note('encoding');
	let text = withoutEnds(read ?? raw);
	if (!isName) text = text.replace(ALL_UNSEEN, '');
	if (!isName && !isProse) text = text.replace(ALL_JOINERS, '');
	if (text.length > LONGEST_VALUE) return text;
	// A full-width apostrophe or equals sign is a spreadsheet's as well.
	const narrowed = isCode ? text.replace(WIDE, narrow) : text;
	if (narrowed !== text) note('wide');
	text = narrowed;
	const formula = QUOTED_FORMULA.exec(text);
	if (formula !== null) text = formula[1].replaceAll('""', '"').trim();
	return text.replace(TEXT_MARK, '');
}

type BlankRule = (...value: Parameters<Clean>) => string | Problem | undefined;

/** Blank where a text says that there is no value. */
function blankRule(cell: Cell, { isName, isOwnKey }: Traits): BlankRule {
	const isNothing = nothingIn(cell);
	return (text, note) => {
		if (SPREADSHEET_ERROR.test(text) || TOO_NARROW.test(text)) return ERROR_OF_SHEET;
		const isBlank = BLANK_WORD.test(text) || (!isName && BLANK_WORD_OF_MACHINES.test(text));
		if (!isBlank && !isNothing(text)) return undefined;
		if (!isBlank && isOwnKey && !NO_VALUE.test(text)) return NOT_AN_ID;
		note('blankWord');
		return BLANK;
	};
}

/** The rules of a date, of a value that vendors spell in their own way, or of a text. */
function readerOf(cell: Cell, traits: Traits): Clean {
	if (traits.isDate)
		return (text, note) => {
			if (!meansNoDate(text)) return text;
			if (cell.concept !== 'endDate') return DATES_OF_NOBODY;
			note('openEnd');
			return BLANK;
		};
	const spelled = spellingOf(cell);
	if (spelled !== undefined)
		return (text, note, reading) => {
			const [plain, code] = spelled(text, reading);
			if (plain !== text) note(code);
			return plain;
		};
	return textReader(cell, traits);
}

function textReader(cell: Cell, traits: Traits): Clean {
	const { isText, isProse, isName, isNumber, isKey, isList, phone, email, web } = traits;
	return (given, note, reading) => {
		let text = isText && !isProse ? withoutMarks(given, isName, note) : given;
		if (isName && hasLostLetters(text)) return LETTERS_LOST;
		if (isName) text = withoutQuotes(text, note);
		const wrong = problemOfText(text, traits, reading);
		if (wrong !== undefined) return wrong;
		if (isNumber) text = text.replace(DECIMALS_OF_NONE, '$1');
		const noId = isKey ? problemOfId(text) : undefined;
		if (noId !== undefined) return noId;
		if (email) text = addressIn(text);
		if (phone) text = text.replace(/^tel:/i, '').replace(PHONE_PARAMETER, ' ext. ');
		if (phone && isList) return phoneIn(text);
		if (web && WITHOUT_SCHEME.test(text)) {
			note('scheme');
			text = `https://${text}`;
		}
		return isList ? text : (oneOf(text, cell) as string | Problem);
	};
}

function withoutQuotes(text: string, note: Note): string {
	const inside = IN_QUOTES.exec(text)?.slice(1).find(Boolean);
	if (inside === undefined) return text;
	note('quotes');
	return inside.trim();
}

/** Letters in place of their codes in HTML, and no bullet of a list before it. */
function withoutMarks(text: string, isName: boolean, note: Note): string {
	const letters = withoutEntities(text);
	if (letters !== undefined) note('entities');
	const plain = letters?.trim() ?? text;
	return isName ? plain : plain.replace(BULLET, '');
}

function problemOfText(
	text: string,
	{ isText, isProse, isName, isOneName, isList }: Traits,
	reading: Reading,
): Problem | undefined {
	if (isName && hasForeignSigns(text)) return GARBLED;
	if (isText && !isProse && hasTags(text)) return HAS_TAGS;
	if (isText && !isProse && !isList && BETWEEN_TEXTS.test(text)) return SEVERAL_VALUES;
	const noName = isName && !reading.isMeant ? problemOfName(text, isOneName) : undefined;
	return noName ?? (isText && text.includes('\ufffd') ? LETTERS_LOST : undefined);
}

/** Whether a text says that there is no value. Of a status nobody knows what it means. */
function nothingIn(cell: Cell): (text: string) => boolean {
	const { field, concept, isKey } = cell;
	if (field.kind === 'boolean') return never;
	// A dash is what people without a first name have there.
	if (NAMES.has(concept)) return (text) => NO_NAME.test(text);
	if (RELATED.has(concept)) return (text) => NO_VALUE.test(text) || NO_MANAGER.test(text);
	const isText = field.kind === 'text' || field.kind === 'textList';
	if (isKey && isText) return (text) => NO_VALUE.test(text) || NO_ID.test(text);
	const isAddress = field.format !== undefined || isPhone(cell) || isEmail(cell) || isWeb(cell);
	if (field.kind === 'text' && !isAddress) return (text) => NO_VALUE.test(text);
	return (text) => NO_VALUE.test(text) || NO_VALUE_IN_WORDS.test(text);
}

function problemOfName(text: string, isOneName: boolean): Problem | undefined {
	if (hasNoLetters(text)) return text.includes('?') ? LETTERS_LOST : NOT_A_NAME;
	if (text.includes('@') || CODE.test(text)) return NOT_A_NAME;
	if (BETWEEN_NAMES.test(text)) return SEVERAL_VALUES;
	if (NOBODY.test(text)) return NO_PERSON;
	return isOneName && isTogether(text) ? NAMES_TOGETHER : undefined;
}

function problemOfId(text: string): Problem | undefined {
	if (IDS_BY_COMMA.test(text) || hasIdsBetween(text)) return SEVERAL_IDS;
	const month = DAY_OF_SHEET.exec(text)?.[1];
	const isDay = MIDNIGHT.test(text) || (month !== undefined && monthNamed(month) !== undefined);
	return isDay ? ID_BECAME_A_DATE : undefined;
}

/** `Roy, Ana`, but not `Roy, Jr.` */
function isTogether(name: string): boolean {
	const [, ...behind] = name.split(',');
	return behind.some((part) => part.trim() !== '' && !BEHIND_NAME.has(fold(part)));
}

/** One of several numbers, which people write as they like. */
function phoneIn(text: string): string | Problem {
	if (text.replace(/\D/g, '').length < FEWEST_DIGITS) return NOT_A_PHONE;
	return holdsSeveralNumbers(text) ? SEVERAL_NUMBERS : text;
}

/** The field's spelling of a word or a number, and what is noted where it differs. */
function spellingOf({
	field: { kind, values = [], decimals },
	concept,
	isKey,
}: Cell): ((text: string, reading: Reading) => readonly [string, NoteCode]) | undefined {
	if (kind === 'number' && !isKey && decimals !== 0)
		return (text) => [withoutCurrency(text), 'currency'];
	if (kind === 'boolean')
		return (text, { letters }) => {
			const said = letters === undefined ? undefined : flagLetters(text);
			if (said !== undefined && said.letters === letters) return [String(said.yes), 'words'];
			const works = concept === 'status' ? worksStill(text) : undefined;
			return [works === undefined ? text : String(works), 'words'];
		};
	if (kind !== 'choice' || concept !== 'gender') return undefined;
	const [female, male] = ['female', 'male'].map((sex) =>
		values.find((value) => value.toLowerCase() === sex),
	);
	if (female === undefined || male === undefined) return undefined;
	return (text, { hasH = false, mIsUnclear = false }) => {
		const sex = mIsUnclear && /^m$/i.test(text) ? undefined : sexOf(text, hasH);
		const known = sex === undefined ? text : sex === 'f' ? female : male;
		return [known.toLowerCase() === text.toLowerCase() ? text : known, 'words'];
	};
}

const NAMED_ADDRESS = /^[^<>@]*<\s*([^<>\s]+@[^<>\s]+)\s*>[\s;,.]*$/;

/** `mailto:ana@acme.example?subject=x`, and how Access and web pages write the address before its link. */
const MAIL_LINK =
	/^\[?([^\s#()[\]<>]{0,254})(?:#|\]\(|\s?<)?mailto:([^\s?#()<>]{1,254})(?:[?#)>].{0,254})?$/i;
/** What people leave behind the last address of a list. */
const AT_THE_END = /[\s;,]/;

/** The address in `mailto:ana@acme.example`, `Ana Roy <ana@acme.example>` and `ana@acme.example;`. */
function addressIn(text: string): string {
	// No address is longer than 254 characters; a name may stand before it.
	if (text.length > 500) return text;
	let end = text.length;
	while (end > 0 && AT_THE_END.test(text[end - 1])) end--;
	const bare = text.slice(0, end);
	const link = MAIL_LINK.exec(bare);
	if (link !== null && (link[1] === '' || link[1].toLowerCase() === link[2].toLowerCase()))
		return link[2];
	return (NAMED_ADDRESS.exec(bare)?.[1] ?? bare).replace(/^mailto:/i, '');
}

const NUMBER_SEPARATORS = /\s*(?::::|[|;,/\n\r]|\s(?:or|ou|oder|o|and|et|und|y|e|en)\s)\s*|\s{2,}/i;
/** The shortest numbers inside a company have three. */
const FEWEST_DIGITS = 3;
/** As addresses of telephones carry an extension: `tel:+1-515-555-0100;ext=12`. */
const PHONE_PARAMETER = /;\s*ext(?:ension)?\s*=\s*/gi;
/** How people copy an address of the web. */
const WITHOUT_SCHEME = /^(?:www\.|(?:[a-z]{2,3}\.)?linkedin\.com\/)\S+$/i;
/** A number of a telephone has at most 15 digits in the whole world, and at least six with its area. */
const MOST_DIGITS = 15;
const WHOLE_NUMBER = 6;
/** An extension stands behind the number it belongs to. */
const EXTENSION = /(?:\bext\.?|\bx|#)\s*\d{1,8}$/i;

function holdsSeveralNumbers(text: string): boolean {
	if (text.length > 200) return true;
	const digits = text.replace(EXTENSION, '').replace(/\D/g, '').length;
	if (digits > MOST_DIGITS) return true;
	const parts = text.split(NUMBER_SEPARATORS).map((part) => part.replace(/\D/g, '').length);
	return parts.filter((length) => length >= WHOLE_NUMBER).length > 1;
}

/** As contacts of Google are exported. */
const BETWEEN_TEXTS = /\s:::\s/;
const BETWEEN_NAMES = /\s\|\s|[\r\n]/;
const BETWEEN_VALUES = /:::|\s\|\s|[,;\r\n]/;
const BETWEEN_CONTACTS = /:::|[|,;\r\n]|\s\/\s/;
/** `"Roy, Ana" <ana@acme.example>, Bo Lind <bo@acme.example>`: between the addresses stand names. */
const IN_ANGLES = /<\s*([^<>\s]{1,254}@[^<>\s]{1,254})\s*>/g;

/** The entries of a list; of one cell, those between the marks people and systems put there. */
function listEntries(given: unknown, cell: Cell): unknown[] {
	if (typeof given !== 'string' || given.trimStart().startsWith('[')) return entriesOf(given);
	let raw = given;
	const isContact = isPhone(cell) || isEmail(cell);
	if (isPhone(cell)) raw = raw.replace(PHONE_PARAMETER, ' ext. ');
	if (isEmail(cell)) {
		const inAngles = [...raw.matchAll(IN_ANGLES)].map(([, address]) => address);
		if (inAngles.length > 0 && !raw.replace(IN_ANGLES, '').includes('@')) return inAngles;
	}
	return raw
		.split(isContact ? BETWEEN_CONTACTS : BETWEEN_VALUES)
		.filter((entry) => entry.trim() !== '');
}
