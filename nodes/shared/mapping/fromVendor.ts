import { valueAt, type Field, type Fields, type Resource } from '../definition';
import { decode } from './codecs';
import { pathOf } from './prepare';
import { isRecord } from './values';

/**
 * How records are shown. `raw`: as the vendor gave them. `simplified`: the fields marked for it. `selected`: chosen fields.
 * `decoded`: all known fields with plain values, and everything unknown as it came.
 */
export type RecordView = 'raw' | 'simplified' | 'selected' | 'decoded';

type Present = (record: unknown) => unknown;

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
	const readers = shown.map(([key, field]) => [key, pathOf(key, field), decoderOf(field)] as const);
	const known = view === 'decoded' ? readers.map(([, path]) => path) : undefined;

	return (record) => {
		if (!isRecord(record)) return record;
		const result: Record<string, unknown> = {};
		for (const [key, path, read] of readers) {
			const value = valueAt(record, path);
			if (value !== undefined) result[key] = read(value);
		}
		return known === undefined ? result : { ...result, ...without(record, known) };
	};
}

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
