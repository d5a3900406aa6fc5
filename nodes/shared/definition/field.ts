import type { Locator } from './endpoint';
import type { Evidence } from './evidence';
import { z, type ZodTypeAny } from './zod';

export type FieldKind =
	| 'text'
	| 'number'
	| 'boolean'
	| 'date'
	| 'dateTime'
	| 'choice'
	| 'textList'
	| 'object'
	| 'objectList'
	| 'json';

/**
 * How a value travels. What people type and what the mapper holds is always the plain value (text, number, boolean,
 * `YYYY-MM-DD`, ISO 8601 instant, list of texts); the wire form is the vendor's spelling of it.
 * - `asIs`: the plain value.
 * - `epochSeconds`: an instant or date as whole seconds since 1970 UTC.
 * - `commaJoined`: a list of texts as one text, joined by commas.
 * - `centsText`: an amount in currency units as a text of whole cents (`500.00` as `"50000"`).
 * - `isoMidnight`: a date as an ISO 8601 instant at 00:00 UTC.
 * - `digits`: a number of a telephone without the marks people write between its digits.
 */
export type WireForm =
	| 'asIs'
	| 'epochSeconds'
	| 'commaJoined'
	| 'centsText'
	| 'isoMidnight'
	| 'digits';

/**
 * The purpose of a write, as far as required marks differ by it.
 * - `create`: the record is known not to exist.
 * - `replace`: what is not sent is wiped.
 * - `patch`: any other write (update, create or update, bulk): what is not sent stays as it is.
 * - `fill`: what the row leaves out is taken from what is stored.
 */
export type WritePurpose = 'create' | 'replace' | 'patch' | 'fill';

/** What a field means in the common person model; drives the matching of column headers in imports. */
export type Concept =
	| 'externalId'
	| 'internalId'
	| 'givenName'
	| 'middleName'
	| 'familyName'
	| 'displayName'
	| 'email'
	| 'phone'
	| 'username'
	| 'jobTitle'
	| 'department'
	| 'location'
	| 'country'
	| 'address'
	| 'manager'
	| 'mentor'
	| 'startDate'
	| 'endDate'
	| 'birthDate'
	| 'gender'
	| 'salary'
	| 'dailyRate'
	| 'skills'
	| 'tags'
	| 'linkedIn'
	| 'resume'
	| 'picture'
	| 'website'
	| 'atsUrl'
	| 'language'
	| 'contractType'
	| 'organization'
	| 'workspace'
	| 'role'
	| 'grade'
	| 'status'
	| 'summary';

/** A reference to another record that must exist before it can be sent. */
export interface Relation {
	/** Which field of the other record the value names; several, separated by a space, when it names their texts so joined. */
	refersTo: string;
	/**
	 * `secondPass`: saved without it first, then sent alone with the key for rows that succeeded.
	 * `parentsFirst`: the vendor demands it in the first call, so parents are sent before their children.
	 */
	order: 'secondPass' | 'parentsFirst';
}

/**
 * Where a missing value comes from.
 * - `now`: the time of the run. Instants only.
 * - `value`: always the same.
 * - `joined`: the texts of other fields with blanks between them, if all of them are there and the field can hold the whole.
 */
export type Filling =
	| 'now'
	| { readonly value: string | number | boolean }
	| { readonly joined: readonly string[] };

/** The vendor's documents name a field in several ways; which one is sent is an option of the user's. */
export interface Naming {
	/** Name of the stored option. */
	option: string;
	label: string;
	help: string;
	/** The first is sent when nothing is chosen. A row may use any of them. */
	names: readonly [string, string, ...string[]];
}

export interface FieldOptions {
	/** The vendor's words, in title case. */
	label: string;
	help?: string;
	/** Two or three words that stand behind the label in the mapper, where n8n shows no help. */
	meaning?: string;
	/** Begins with `e.g.` */
	placeholder?: string;
	/** Where the vendor keeps it, dot-separated, when that is not the field's own name. */
	path?: string;
	/** Fields of records only, not their members. */
	naming?: Naming;
	required?: readonly WritePurpose[];
	/** Default `readWrite`. */
	access?: 'readWrite' | 'readOnly' | 'writeOnly';
	/** What is sent where it is required and the row gives none. Nobody is asked for it then. */
	whenMissing?: Filling;
	/** How the vendor removes a stored value. Absent: it cannot be cleared and is not offered for clearing. */
	clearWith?: 'null' | 'emptyString' | 'emptyList';
	relation?: Relation;
	/** Its values are masked in messages, hints and logs. */
	personal?: boolean;
	/** Part of the simplified output. */
	simplified?: boolean;
	/** The editor shows its column from the start. What is required anywhere is shown anyway. */
	shown?: boolean;
	concept?: Concept;
	/** A heading fills it under its exact name or by hand only: what lists call so is a stamp or number of another system. */
	byExactName?: boolean;
	/** Where people find the value, if it is the service's own. In sight below the field where an operation asks for it alone. */
	where?: string;
	/** The list its values can be chosen from, where the service can be asked for one. */
	locator?: Locator;
	/** When the field stands on weaker ground than its operation. */
	evidence?: Evidence;
	wire?: WireForm;
}

/**
 * A flat column that writes into a nested field, for people whose rows come from a spreadsheet.
 * - `inside`: sets one member of an object.
 * - `first`: sets one member of the first entry of a list of objects.
 * - `each`: takes a list; makes one entry of the list for each value.
 */
export interface Column<K extends string = string> {
	label: string;
	help?: string;
	/** As of a field. */
	meaning?: string;
	into: 'inside' | 'first' | 'each';
	member: K;
	/** Members set beside it when the column has a value (for example a main mark). */
	beside?: Readonly<Record<string, unknown>>;
	required?: readonly WritePurpose[];
	shown?: boolean;
	concept?: Concept;
}

export interface Field extends FieldOptions {
	kind: FieldKind;
	wire: WireForm;
	/** Checks one plain value. Its messages continue the sentence that the field's label begins. */
	schema: ZodTypeAny;
	values?: readonly string[];
	/** Other values than the known ones are allowed. */
	openValues?: boolean;
	/** Characters. */
	maxLength?: number;
	/** Digits after the decimal point. */
	decimals?: number;
	/** Of a number. */
	min?: number;
	max?: number;
	format?: 'email' | 'phone' | 'url';
	/** The text is the base64 content of a file, which may also come from the item's binary data. */
	file?: FileLimits;
	/** Members of an object, or of each entry of a list of objects. */
	members?: Fields;
	/** Members of which each entry needs at least one. */
	anyOf?: readonly string[];
	/** Flat columns that write into this nested field, by column key. */
	columns?: Readonly<Record<string, Column>>;
}

/** What the vendor takes as a file. */
export interface FileLimits {
	/** Bytes of the file itself, before base64. Absent: the vendor names no limit. */
	maxBytes?: number;
	/** Column that takes the file's extension with its dot, where the vendor wants it. */
	extension?: string;
	/** Kinds by content. Absent: the vendor names none, all are sent. */
	kinds?: ReadonlyArray<'pdf' | 'docx' | 'doc' | 'odt' | 'rtf' | 'txt' | 'png' | 'jpg'>;
}

export type Fields = Readonly<Record<string, Field>>;

const notBlank = z.string().min(1, 'is empty. Add a value.');
const noneBlank = z.array(notBlank);

/** Whether a field takes every value of its kind, as long as nothing in it is blank. */
export const acceptsEveryValue = ({ schema, kind }: Field): boolean =>
	schema === notBlank || schema === noneBlank || kind === 'boolean';

interface TextOptions extends FieldOptions {
	maxLength?: number;
}

const limited = (maxLength?: number) =>
	maxLength === undefined
		? notBlank
		: notBlank.max(
				maxLength,
				`is longer than ${maxLength} characters. Shorten it to ${maxLength} characters at most.`,
			);

export function text(options: TextOptions): Field {
	return { wire: 'asIs', ...options, kind: 'text', schema: limited(options.maxLength) };
}

/** One `@`, something before it and a dotted domain behind it: the vendors publish no stricter rule. */
const EMAIL = /^[^\s@,;<>()]+@[^\s@,;<>().]+(\.[^\s@,;<>().]+)+$/;

export function email(options: TextOptions): Field {
	return {
		wire: 'asIs',
		personal: true,
		...options,
		kind: 'text',
		format: 'email',
		schema: limited(options.maxLength).regex(
			EMAIL,
			'is not an e-mail address. Use the form name@example.com.',
		),
	};
}

/** Digits and the marks people write between them; at least three digits, since short internal numbers exist. */
const PHONE = /^\+?(?:[\s().\-/]*\d){3,20}[\s().]*(?:(?:x|ext\.?)\s*\d{1,8})?$/i;

export function phone(options: TextOptions): Field {
	return {
		wire: 'asIs',
		personal: true,
		...options,
		kind: 'text',
		format: 'phone',
		schema: limited(options.maxLength).regex(
			PHONE,
			'is not a phone number. Use digits, for example +33 1 23 45 67 89.',
		),
	};
}

const WEB_ADDRESS = /^https?:\/\/[^\s/?#.]+(\.[^\s/?#.]+)*(:\d+)?([/?#]\S*)?$/i;

export function url(options: TextOptions): Field {
	return {
		wire: 'asIs',
		...options,
		kind: 'text',
		format: 'url',
		schema: limited(options.maxLength).regex(
			WEB_ADDRESS,
			'is not a web address. Use the form https://example.com/page.',
		),
	};
}

/** What base64 text never holds. An expression for the whole text would run out of stack on one of several megabytes. */
const NOT_BASE64 = /[^A-Za-z0-9+/=\s]|=\s*[^=\s]|^\s*=|={3}/;

/** A file as base64 text. */
export function file(options: FieldOptions & { limits: FileLimits }): Field {
	const { limits, ...rest } = options;
	// Four characters of base64 carry three bytes.
	const maxLength = limits.maxBytes === undefined ? Infinity : Math.ceil(limits.maxBytes / 3) * 4;
	const megabytes = Math.floor((limits.maxBytes ?? 0) / 100_000) / 10;
	return {
		wire: 'asIs',
		...rest,
		kind: 'text',
		file: limits,
		schema: notBlank
			.max(maxLength, `is larger than ${megabytes} MB. Use a smaller file.`)
			.refine((text) => !NOT_BASE64.test(text), {
				message: 'is not base64 text. Give the file as binary data instead.',
			}),
	};
}

export function number(
	options: FieldOptions & { decimals?: number; min?: number; max?: number },
): Field {
	const { decimals, min, max } = options;
	let schema = z.number({ invalid_type_error: 'is not a number. Use digits, for example 1250.5.' });
	if (min !== undefined) schema = schema.min(min, `is below ${min}. Use ${min} or more.`);
	if (max !== undefined) schema = schema.max(max, `is above ${max}. Use ${max} or less.`);
	const exact =
		decimals === undefined
			? schema
			: schema.refine((value) => Number(value.toFixed(decimals)) === value, {
					message:
						decimals === 0
							? 'is not a whole number. Remove the decimals.'
							: `has more than ${decimals} decimals. Round it to ${decimals} decimals.`,
				});
	return { wire: 'asIs', ...options, kind: 'number', schema: exact };
}

export function flag(options: FieldOptions): Field {
	return {
		wire: 'asIs',
		...options,
		kind: 'boolean',
		schema: z.boolean({ invalid_type_error: 'is neither yes nor no. Use true or false.' }),
	};
}

export function date(options: FieldOptions): Field {
	return {
		wire: 'asIs',
		...options,
		kind: 'date',
		schema: z
			.string()
			.regex(
				/^\d{4}-\d{2}-\d{2}$/,
				'is not a date. Use the form YYYY-MM-DD, for example 2026-03-31.',
			),
	};
}

const instant = z
	.string()
	.regex(
		/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/,
		'is not a date with time. Use the form 2026-03-31T09:00:00Z.',
	);

/** `between`: the first and the last instant the service can hold, ISO 8601. */
export function dateTime({
	between,
	...options
}: FieldOptions & { between?: readonly [first: string, last: string] }): Field {
	const field = { wire: 'asIs', ...options, kind: 'dateTime', schema: instant } as const;
	if (between === undefined) return field;
	const [first, last] = between.map((end) => Date.parse(end));
	const days = between.map((end) => end.slice(0, 10)).join(' and ');
	const schema = instant.refine(
		(value) => Date.parse(value) >= first && Date.parse(value) <= last,
		`is not between ${days}, which is all the service can hold. Correct the date.`,
	);
	return { ...field, schema };
}

/** A text out of known values; `open` where the vendor's list is known to be incomplete. */
export function choice(
	options: FieldOptions & { values: readonly [string, ...string[]]; open?: boolean },
): Field {
	const { open, ...rest } = options;
	return {
		wire: 'asIs',
		...rest,
		kind: 'choice',
		openValues: open ?? false,
		schema: open
			? notBlank
			: z.enum(options.values as [string, ...string[]], {
					errorMap: () => ({ message: `is not one of ${options.values.join(', ')}.` }),
				}),
	};
}

type Format = NonNullable<Field['format']>;

const FORMATS: Readonly<Record<Format, RegExp>> = {
	email: EMAIL,
	phone: PHONE,
	url: WEB_ADDRESS,
};
const FORMAT_NAMES: Readonly<Record<Format, string>> = {
	email: 'an e-mail address',
	phone: 'a phone number',
	url: 'a web address',
};

/** A list of texts; people may also give one text with entries separated by comma, semicolon or line break. */
export function textList(
	options: FieldOptions & { values?: readonly string[]; format?: Format },
): Field {
	const { format } = options;
	const pattern = format === undefined ? undefined : FORMATS[format];
	const entry = options.values
		? z.enum(options.values as [string, ...string[]], {
				errorMap: () => ({
					message: `has an entry that is not one of ${options.values?.join(', ')}.`,
				}),
			})
		: pattern === undefined
			? notBlank
			: notBlank.regex(pattern, `has an entry that is not ${FORMAT_NAMES[format as Format]}.`);
	const personal = format === 'email' || format === 'phone';
	const schema = entry === notBlank ? noneBlank : z.array(entry);
	return { wire: 'asIs', personal, ...options, kind: 'textList', schema };
}

/** A free object (custom information); sent as it is. */
export function json(options: FieldOptions): Field {
	return {
		wire: 'asIs',
		...options,
		kind: 'json',
		schema: z.union([z.record(z.unknown()), z.array(z.unknown())], {
			errorMap: () => ({ message: 'is not a JSON object or list.' }),
		}),
	};
}

type MemberKey<F extends Fields> = keyof F & string;

interface NestedOptions<F extends Fields> extends FieldOptions {
	anyOf?: ReadonlyArray<NoInfer<MemberKey<F>>>;
	columns?: Readonly<Record<string, Column<NoInfer<MemberKey<F>>>>>;
}

export function object<F extends Fields>(members: F, options: NestedOptions<F>): Field {
	return {
		wire: 'asIs',
		...options,
		kind: 'object',
		members,
		schema: z.record(z.unknown(), { invalid_type_error: 'is not a JSON object.' }),
	};
}

export function listOf<F extends Fields>(members: F, options: NestedOptions<F>): Field {
	return {
		wire: 'asIs',
		...options,
		kind: 'objectList',
		members,
		schema: z.array(z.record(z.unknown()), {
			invalid_type_error: 'is not a list of JSON objects.',
		}),
	};
}

type ColumnOptions = Omit<Column, 'into' | 'member'>;

export const inside = <K extends string>(member: K, options: ColumnOptions): Column<K> => ({
	...options,
	into: 'inside',
	member,
});
export const first = <K extends string>(member: K, options: ColumnOptions): Column<K> => ({
	...options,
	into: 'first',
	member,
});
export const each = <K extends string>(member: K, options: ColumnOptions): Column<K> => ({
	...options,
	into: 'each',
	member,
});
