import { isJsonObject, type Parameter } from '../definition';
import { encode } from './codecs';
import { dateOf, instantOf, isDate, isDateTime } from './dates';
import { numberOf, wholeNumberOf, type DecimalMark } from './numbers';
import { invalid, Problem } from './problem';
import { fold, nearest } from './text';
import type { DateOrders } from './types';

/** Four different things: not there, null, there but empty, and a value. */
export type Presence = 'absent' | 'null' | 'empty' | 'value';

const isBlankEntry = (value: unknown): boolean =>
	value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** Lists and objects without entries are empty, and so are lists of blanks. */
export function presenceOf(raw: unknown): Presence {
	if (typeof raw === 'string') return raw === '' || raw.trim() === '' ? 'empty' : 'value';
	if (raw === undefined) return 'absent';
	if (raw === null) return 'null';
	if (Array.isArray(raw)) return raw.every(isBlankEntry) ? 'empty' : 'value';
	return isRecord(raw) && Object.keys(raw).length === 0 ? 'empty' : 'value';
}

/** A JSON object: neither a list nor a date. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
	isJsonObject(value) && !isDate(value) && !isDateTime(value);

/** What a value is converted by. `choices`: several out of known values. */
export interface Shape {
	kind: Parameter['kind'] | 'object' | 'objectList';
	values?: readonly string[];
	openValues?: boolean;
	/** Of a number; without any it is written in digits only. */
	decimals?: number;
}

/** Letters that say yes and no in a column that holds nothing else: an x, and no cell without, `O` and `N`, `T` and `F`. */
export type FlagLetters = 'x' | 'on' | 'tf';

/** How a value is read that could be read in two ways: as the other values of its column are, or as the user says. */
export interface Reading {
	dateOrder?: DateOrders;
	decimalMark?: DecimalMark;
	/** The column names sexes with an H for men. */
	hasH?: boolean;
	/** The single letters by which the column says yes and no. */
	letters?: FlagLetters;
	/** The column looks wrong as a whole, and the user sends it as it is. */
	isMeant?: boolean;
	/** Men and women may both be an M here. */
	mIsUnclear?: boolean;
}

/** A raw value, not blank, as the plain value of its kind. Does not check limits. */
export type Convert = (raw: unknown, reading?: Reading) => unknown | Problem;

const NOT_TEXT = invalid('is a list or an object where a text is expected. Give plain text.');
const NO_TEXT = invalid('is true or false where a text is expected. Give the text itself.');
const NO_NUMBER = invalid('is no number (NaN or infinite). Check the node that gives it.');
const DIGITS_LOST = invalid(
	'is a number with more digits than it keeps, so the last ones are lost. Give it as text.',
);
const NOT_FLAG = invalid('is neither yes nor no. Use true or false.');
const NOT_JSON = invalid('is not a JSON object or list. Check its brackets and quotes.');

/**
 * In English, French, German, Spanish, Portuguese, Italian and Dutch; then in Polish, Czech, Turkish, the languages of the
 * North, Hungarian, Romanian, Russian, Greek, Japanese and Chinese. Without accents. No word says yes in one and no in another.
 */
const YES = `true yes y 1 on vrai oui wahr ja j verdadero si verdadeiro sim vero waar
	tak prawda ano evet kylla igen da да ναι はい 是`;
const NO = `false no n 0 off faux non falsch nein falso nao onwaar nee
	nie falsz ne hayir nej nei ei nem nu нет οχι いいえ 否`;
const FLAGS: ReadonlyMap<string, boolean> = new Map([
	...YES.split(/\s+/).map((word) => [word, true] as const),
	...NO.split(/\s+/).map((word) => [word, false] as const),
]);

function textOf(raw: unknown): string | Problem {
	switch (typeof raw) {
		case 'string':
			return raw.trim();
		case 'number':
			if (!Number.isFinite(raw)) return NO_NUMBER;
			return Math.abs(raw) > Number.MAX_SAFE_INTEGER ? DIGITS_LOST : String(raw);
		case 'bigint':
			return String(raw);
		case 'boolean':
			return NO_TEXT;
		default:
			return isDate(raw) || isDateTime(raw) ? instantOf(raw) : NOT_TEXT;
	}
}

function flagOf(raw: unknown): boolean | Problem {
	if (typeof raw === 'boolean') return raw;
	if (typeof raw !== 'string' && typeof raw !== 'number') return NOT_FLAG;
	const word = String(raw);
	return FLAGS.get(word) ?? FLAGS.get(fold(word)) ?? NOT_FLAG;
}

/** A text that stands for a list or an object is read as JSON; anything else is itself. */
export function structureOf(raw: unknown): unknown | Problem {
	if (typeof raw !== 'string') return raw;
	try {
		return JSON.parse(raw) as unknown;
	} catch {
		return NOT_JSON;
	}
}

const SEPARATORS = /[,;\r\n]+/;

/** The entries of a list, of a JSON list in text, or of a text with entries between comma, semicolon or line break. */
export function entriesOf(raw: unknown): unknown[] {
	if (typeof raw !== 'string')
		return (Array.isArray(raw) ? raw : [raw]).filter((e) => !isBlankEntry(e));
	if (raw.trimStart().startsWith('[')) {
		const list = structureOf(raw);
		if (Array.isArray(list)) return list.filter((entry) => !isBlankEntry(entry));
	}
	return raw.split(SEPARATORS).filter((entry) => !isBlankEntry(entry));
}

/** Known values in another case or with other separators are put right; unknown ones pass if the list is open. */
function choiceOf({ values = [], openValues }: Shape): Convert {
	if (values.length === 0) return textOf;
	const known = new Set(values);
	const byFold = new Map<string, string>();
	for (const value of values) byFold.set(fold(value), value);
	return (raw) => {
		const text = textOf(raw);
		if (text instanceof Problem || known.has(text)) return text;
		const meant = byFold.get(fold(text));
		if (meant !== undefined) return meant;
		return openValues ? text : notOneOf(values, text);
	};
}

function notOneOf(values: readonly string[], text: string): Problem {
	const near = nearest(text, values);
	const advice = near === undefined ? 'Use one of them.' : `Did you mean ${near}?`;
	return invalid(`is not one of ${values.join(', ')}. ${advice}`);
}

function listOfTexts(shape: Shape): Convert {
	const entryOf = choiceOf(shape);
	return (raw, reading) => {
		const list: unknown[] = [];
		for (const entry of entriesOf(raw)) {
			const text = entryOf(entry, reading);
			if (text instanceof Problem) return invalid(`has an entry that ${text.text}`);
			list.push(text);
		}
		return list.length === 0
			? invalid('holds separators only. Add a value, or leave it empty.')
			: list;
	};
}

const jsonOf: Convert = (raw) => {
	const value = structureOf(raw);
	return isRecord(value) || Array.isArray(value) ? value : NOT_JSON;
};

export function converterOf(shape: Shape): Convert {
	switch (shape.kind) {
		case 'text':
			return textOf;
		case 'number':
			return shape.decimals === 0
				? wholeNumberOf
				: (raw, reading) => numberOf(raw, reading?.decimalMark);
		case 'boolean':
			return flagOf;
		case 'date':
			return (raw, reading) => dateOf(raw, reading?.dateOrder);
		case 'dateTime':
			return (raw, reading) => instantOf(raw, reading?.dateOrder);
		case 'choice':
			return choiceOf(shape);
		case 'choices':
		case 'textList':
			return listOfTexts(shape);
		case 'json':
		case 'object':
		case 'objectList':
			return jsonOf;
	}
}

/**
 * The value of a parameter in wire form, undefined when it is blank; or why it cannot be used, in words that continue the
 * parameter's label.
 */
export function plainParameter(
	parameter: Parameter,
	given: unknown,
): { wire: unknown } | { problem: string } {
	if (presenceOf(given) !== 'value') return { wire: undefined };
	const plain = converterOf(parameter)(given, undefined);
	const { kind, wire = 'asIs' } = parameter;
	const held =
		plain instanceof Problem
			? plain
			: encode(plain, { wire, kind: kind === 'choices' ? 'textList' : kind });
	if (!(held instanceof Problem)) return { wire: held };
	// A date outside of rows has no option that could tell the order.
	return {
		problem:
			held.code === 'AMBIGUOUS_DATE'
				? 'can be read as two different days. Write it as YYYY-MM-DD.'
				: held.text,
	};
}
