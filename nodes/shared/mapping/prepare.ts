import {
	acceptsEveryValue,
	setAt,
	type Concept,
	type Field,
	type WritePurpose,
} from '../definition';
import { codecOf } from './codecs';
import { DATES_OF_NOBODY, FIRST_YEAR, isDayOfNobody, NOT_BORN, TOO_EARLY } from './dates';
import { invalid, Problem } from './problem';
import { QuickReader } from './quick';
import type { RowState } from './rowState';
import { nearest, quoted } from './text';
import { tidyOf, type Tidy } from './tidy';
import type { BlankPolicy, Issue } from './types';
import { converterOf, isRecord, presenceOf, structureOf } from './values';

/** A field, prepared for a purpose: everything that does not depend on the row. */
export interface Prepared {
	readonly key: string;
	readonly field: Field;
	/** Where the vendor keeps it. */
	readonly path: readonly string[];
	readonly required: boolean;
	/** Reads what needs no rules. */
	readonly quick: QuickReader;
	/** A raw value as it was meant, before it is read. */
	readonly tidy: Tidy;
	/**
	 * A raw value that is not blank in wire form. Undefined: it cannot be used, and the row's issues say why.
	 *
	 * @param native the value stands under the vendor's own name, so that it may be in the vendor's spelling
	 */
	read(raw: unknown, row: RowState, native: boolean): unknown;
}

export const pathOf = (key: string, field: Field): string[] => (field.path ?? key).split('.');

export function prepare(
	key: string,
	field: Field,
	purpose: WritePurpose,
	{ concept = field.concept, isKey = field.relation !== undefined, isList = false } = {},
): Prepared {
	const cell = { field, concept, isKey, isList: isList || field.kind === 'textList' };
	return {
		key,
		field,
		quick: new QuickReader(cell),
		tidy: tidyOf(cell),
		path: pathOf(key, field),
		required: field.required?.includes(purpose) ?? false,
		read:
			field.members === undefined
				? plainReader(field, concept)
				: nestedReader(field, field.members, purpose),
	};
}

/** Why the field's own check refuses a plain value. */
function problemWith(field: Field, plain: unknown): Problem | undefined {
	const checked = field.schema.safeParse(plain);
	return checked.success ? undefined : invalid(checked.error.issues[0].message);
}

function plainReader(field: Field, concept: Concept | undefined): Prepared['read'] {
	const convert = converterOf(field);
	const codec = codecOf(field.wire);
	// What is converted is of its kind; asking the schema again costs more than the conversion.
	const checked = acceptsEveryValue(field) ? () => undefined : problemWith;
	const inWire = (raw: unknown): unknown | Problem =>
		problemWith(field, codec?.decode(raw, field.kind)) ?? raw;
	const isDay = field.kind === 'date' || field.kind === 'dateTime';
	const inPlain = (raw: unknown, row: RowState): unknown | Problem => {
		const value = convert(raw, row.reading);
		if (value instanceof Problem) return value;
		const wrong = isDay ? problemOfDay(value as string, concept) : undefined;
		if (wrong !== undefined) return wrong;
		return checked(field, value) ?? codec?.encode(value, field.kind) ?? value;
	};
	return (raw, row, native) => {
		const isUnclear = native && codec?.isUnclear?.(raw) && !row.isVendors;
		const isWire = native && codec?.isWire?.(raw);
		const value = isUnclear ? TWO_AMOUNTS : isWire ? inWire(raw) : inPlain(raw, row);
		if (!(value instanceof Problem)) return value;
		row.report(value);
		return undefined;
	};
}

/** What no date of a person can be. */
function problemOfDay(day: string, concept: Concept | undefined): Problem | undefined {
	if (isDayOfNobody(day)) return DATES_OF_NOBODY;
	if (day < FIRST_YEAR) return TOO_EARLY;
	const isToCome = concept === 'birthDate' && Number(day.slice(0, 4)) > new Date().getFullYear();
	return isToCome ? NOT_BORN : undefined;
}

const TWO_AMOUNTS = new Problem(
	'AMBIGUOUS_VALUE',
	'can be read as an amount or as its cents. Write 500 units as 500.00, or as a number.',
);

/** What a blank value becomes: undefined where the field is left alone, otherwise what clears it. */
export function blankOf(
	{ field, required }: Pick<Prepared, 'field' | 'required'>,
	row: RowState,
	policy: BlankPolicy,
): unknown {
	if (policy === 'skipRow') row.skipForBlank();
	// A required field is missing, which is said elsewhere.
	if (policy !== 'clear' || required) return undefined;
	if (field.clearWith !== undefined) return cleared(field);
	row.add(
		'CANNOT_CLEAR',
		`"${row.name}" is blank and cannot be cleared: the service has no way to remove a value of it. Add a value, or set "Blank Values" to leave it as it is.`,
		row.name,
	);
	return undefined;
}

/** What removes a stored value of a field that can be cleared. */
export function cleared({ clearWith }: Field): unknown {
	if (clearWith === 'emptyString') return '';
	return clearWith === 'emptyList' ? [] : null;
}

function nestedReader(
	field: Field,
	members: Readonly<Record<string, Field>>,
	purpose: WritePurpose,
): Prepared['read'] {
	const readOne = objectReader(field, members, purpose);
	const isList = field.kind === 'objectList';
	return (raw, row) => {
		const value = structureOf(raw);
		if (value instanceof Problem || !(isList ? Array.isArray(value) : isRecord(value))) {
			row.report(problemWith(field, value) ?? NOT_AN_OBJECT);
			return undefined;
		}
		return isList ? readEntries(value as unknown[], row) : readOne(value as RawObject, row);
	};

	function readEntries(entries: readonly unknown[], row: RowState): unknown[] {
		return entries.map((entry, index) => {
			row.inner.push(index + 1);
			const record = isRecord(entry) ? readOne(entry, row) : row.report(NOT_AN_OBJECT);
			row.inner.pop();
			return record;
		});
	}
}

const NOT_AN_OBJECT = invalid('is not a JSON object. Use the form {"name": "value"}.');

const needsOneOf = (labels: readonly string[]): Problem =>
	new Problem('RULE', `needs ${quoted(labels, 'or')}. Add a value for one of them.`);

type RawObject = Readonly<Record<string, unknown>>;
type ReadObject = (raw: RawObject, row: RowState) => Record<string, unknown>;

function objectReader(
	{ anyOf }: Field,
	members: Readonly<Record<string, Field>>,
	purpose: WritePurpose,
): ReadObject {
	const prepared = Object.entries(members).map(([key, field]) => prepare(key, field, purpose));
	const byName = new Map<string, Prepared>();
	for (const member of prepared) {
		byName.set(member.key, member);
		byName.set(member.path[0], member);
	}
	const required = prepared.filter((member) => member.required);

	return (raw, row) => {
		const record: Record<string, unknown> = {};
		for (const name of Object.keys(raw)) {
			const member = byName.get(name);
			if (member === undefined) {
				if (sendsUnknown(name, row, () => unknownMember(name, row, byName)))
					record[name] = raw[name];
				continue;
			}
			row.inner.push(member.field.label);
			const value = readMember(member, raw[name], row);
			if (value !== undefined) setAt(record, member.path, value);
			row.inner.pop();
		}
		for (const member of required)
			if (presenceOf(raw[member.key] ?? raw[member.path[0]]) !== 'value')
				row.missing(`${row.name}: ${member.field.label}`);
		if (anyOf !== undefined && anyOf.every((key) => presenceOf(raw[key]) !== 'value'))
			row.report(needsOneOf(anyOf.map((key) => members[key].label)));
		return record;
	};
}

function readMember(member: Prepared, given: unknown, row: RowState): unknown {
	if (typeof given === 'string' && member.field.access !== 'readOnly') {
		const wire = member.quick.read(given, row.reading, true);
		if (wire !== undefined) return wire;
	}
	const raw = member.tidy(given, row.note, row.reading);
	if (raw instanceof Problem) {
		row.report(raw);
		return undefined;
	}
	const presence = presenceOf(raw);
	if (presence === 'absent') return undefined;
	if (member.field.access === 'readOnly') {
		if (presence === 'value' && row.policy.unknownFields !== 'ignore') row.report(NOT_WRITABLE);
		return undefined;
	}
	if (presence !== 'value') return blankOf(member, row, row.policy.blankValues);
	return member.read(raw, row, true);
}

export const NOT_WRITABLE = new Problem(
	'UNKNOWN_FIELD',
	'cannot be written by this operation. Remove it, or set "Columns Without a Field" to leave it out.',
);

/** The one name that a JSON text can hold and an assignment would not take as a name. */
const UNSAFE = '__proto__';

/** Whether a name that is no field is sent all the same; if it is neither sent nor ignored, the row says so. */
export function sendsUnknown(name: string, row: RowState, issue: () => Issue): boolean {
	const { unknownFields } = row.policy;
	if (unknownFields === 'send' && name !== UNSAFE) return true;
	if (unknownFields !== 'ignore') row.issues.push(issue());
	return false;
}

/** What to do about a name that is no field. */
export const renameOrRemove = (name: string, known: Iterable<string>): string => {
	const near = nearest(name, known);
	const advice = near === undefined ? '' : ` Did you mean "${near}"?`;
	return `${advice} Rename or remove it, or set "Columns Without a Field" to leave it out.`;
};

function unknownMember(name: string, row: RowState, known: ReadonlyMap<string, Prepared>): Issue {
	return {
		code: 'UNKNOWN_FIELD',
		message: `"${row.name}" has an unknown entry "${name}".${renameOrRemove(name, known.keys())}`,
		field: row.name,
	};
}
