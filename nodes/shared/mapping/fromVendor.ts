import {
	valueAt,
	type Column,
	type Concept,
	type Field,
	type Fields,
	type Resource,
} from '../definition';
import { decode } from './codecs';
import { pathOf } from './prepare';
import { isRecord } from './values';

/**
 * How records are shown. `raw`: as the vendor gave them. `simplified`: the fields marked for it. `selected`: chosen fields.
 * `decoded`: all known fields with plain values, and everything unknown as it came.
 */
export type RecordView = 'raw' | 'simplified' | 'selected' | 'decoded';

type Present = (record: unknown) => unknown;
type Reader = [key: string, path: readonly string[], read: Present];

/** Prepares how the vendor's records are shown. What is no object is shown as it came. */
export function presenter(
	resource: Resource,
	view: string,
	selected: readonly string[] = [],
): Present {
	if (view === 'raw') return (record) => record;
	const shown = Object.entries(resource.fields).filter(([key, field]) => {
		if (view === 'simplified') return field.simplified;
		return view === 'decoded' || selected.includes(key);
	});
	// A resource without marks has nothing to leave out.
	if (shown.length === 0 && view === 'simplified') return presenter(resource, 'decoded');
	const readers = shown.flatMap(([key, field]): Reader[] => {
		const path = pathOf(key, field);
		return view === 'simplified' ? plainReaders(key, path, field) : [[key, path, decoderOf(field)]];
	});
	const known = view === 'decoded' ? readers.map(([, path]) => path) : undefined;

	return (record) => {
		if (!isRecord(record)) return record;
		const result: Record<string, unknown> = {};
		for (const [key, path, read] of readers) {
			const value = valueAt(record, path);
			const shownValue = value === undefined ? undefined : read(value);
			if (shownValue !== undefined) result[key] = shownValue;
		}
		return known === undefined ? result : { ...result, ...without(record, known) };
	};
}

/** What people have several of, and the first is the one to write to. */
const FIRST_COUNTS: ReadonlySet<Concept | undefined> = new Set<Concept>(['email', 'phone']);

/** A value as one cell of a table takes it: of a nested field its flat columns, of a list one text. */
function plainReaders(key: string, path: readonly string[], field: Field): Reader[] {
	const { columns, kind, concept } = field;
	const decoded = decoderOf(field);
	if (columns !== undefined)
		return Object.entries(columns).map(([name, column]) => [
			name,
			path,
			(value) => memberOf(decoded(value), field, column),
		]);
	if (kind !== 'textList') return [[key, path, decoded]];
	return [[key, path, (value) => asText(decoded(value), FIRST_COUNTS.has(concept))]];
}

/** What a flat column would have put there. */
function memberOf(value: unknown, { members = {} }: Field, column: Column): unknown {
	const entries: unknown[] = Array.isArray(value) ? value : [value];
	const path = (members[column.member]?.path ?? column.member).split('.');
	const held = (entry: unknown) => valueAt(entry, path);
	if (column.into === 'each')
		return asText(
			entries.map(held).filter((each) => each !== undefined && each !== null),
			false,
		);
	const marks = Object.entries(column.beside ?? {});
	const marked = entries.find((entry) =>
		marks.every(([name, mark]) => valueAt(entry, name) === mark),
	);
	// An empty cell, so that a table has its column.
	return held(marked ?? entries[0]) ?? '';
}

const asText = (value: unknown, firstOnly: boolean): unknown => {
	if (!Array.isArray(value)) return value;
	if (value.some((entry) => typeof entry === 'object' && entry !== null)) return value;
	return firstOnly ? (value[0] ?? '') : value.join(', ');
};

/** Undefined members of a value stay as they are; nothing of it is changed. */
function decoderOf(field: Field): Present {
	const { members } = field;
	if (members === undefined)
		return field.wire === 'asIs' ? (value) => value : (value) => decode(value, field);
	if (!holdsCodec(members)) return (value) => value;
	const readers = new Map(
		Object.entries(members).map(([key, member]) => [member.path ?? key, decoderOf(member)]),
	);
	const readOne: Present = (value) =>
		isRecord(value)
			? Object.fromEntries(
					Object.entries(value).map(([name, entry]) => [name, readers.get(name)?.(entry) ?? entry]),
				)
			: value;
	return (value) => (Array.isArray(value) ? value.map(readOne) : readOne(value));
}

const holdsCodec = (members: Fields): boolean =>
	Object.values(members).some(
		({ wire, members: inner }) => wire !== 'asIs' || (inner !== undefined && holdsCodec(inner)),
	);

/** A record without what stands at these paths, and without objects that this leaves empty. */
function without(
	record: Record<string, unknown>,
	paths: ReadonlyArray<readonly string[]>,
): Record<string, unknown> {
	const rest: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(record)) {
		const inner = paths.filter(([first]) => first === name).map(([, ...more]) => more);
		if (inner.length === 0) rest[name] = value;
		else if (inner.every((path) => path.length > 0) && isRecord(value)) {
			const left = without(value, inner);
			if (Object.keys(left).length > 0) rest[name] = left;
		}
	}
	return rest;
}
