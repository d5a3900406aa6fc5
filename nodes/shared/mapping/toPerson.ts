import { valueAt, type Column, type Concept, type Field, type Resource } from '../definition';
import { decode } from './codecs';
import { pathOf } from './prepare';
import { isRecord } from './values';

/**
 * A person as every service of the package takes it: what is known under the engine's concepts, of which service it came, and the
 * service's own record as it is.
 */
export interface PlainPerson {
	person: Record<string, unknown>;
	personFrom: string;
	record: Record<string, unknown>;
}

/** What names something of one service only: another one has no such workspace, and another manager under that name. */
const OF_ONE_SERVICE: ReadonlySet<Concept> = new Set<Concept>([
	...(['internalId', 'manager', 'mentor', 'workspace', 'role', 'grade', 'organization'] as const),
	// A file, which is no value of a person.
	'resume',
]);
/** A service that holds addresses in one field does not sort them. */
const ADDRESSES: ReadonlySet<Concept> = new Set<Concept>(['linkedIn', 'website']);
/** Always lists, so that what reads them need not look. */
const SEVERAL: ReadonlySet<string> = new Set(['email', 'phone', 'links', 'tags', 'skills']);

type Reader = (record: unknown) => { part: string; values: unknown[] };

/** Undefined: its records are no people. */
export function personPresenter(
	vendor: string,
	resource: Resource,
): ((record: unknown) => unknown) | undefined {
	const readers = Object.entries(resource.fields).flatMap(([key, field]) => readersOf(key, field));
	const concepts = conceptsOf(resource);
	if (!concepts.has('givenName') && !concepts.has('familyName')) return undefined;
	return (record): unknown => {
		if (!isRecord(record)) return record;
		const person: Record<string, unknown> = {};
		for (const read of readers) {
			const { part, values } = read(record);
			if (values.length === 0) continue;
			if (!SEVERAL.has(part)) person[part] ??= values[0];
			else person[part] = [...new Set([...((person[part] as unknown[]) ?? []), ...values])];
		}
		person.externalId ??= ownId(resource, record);
		return { person, personFrom: vendor, record } satisfies PlainPerson;
	};
}

/** Whether records of the resource can be given as people. */
export const holdsPeople = (resource: Resource): boolean =>
	personPresenter('', resource) !== undefined;

const conceptsOf = ({ fields }: Resource): Set<Concept | undefined> =>
	new Set(
		Object.values(fields).flatMap(({ concept, columns }) => [
			concept,
			...Object.values(columns ?? {}).map((column) => column.concept),
		]),
	);

/** To another service, the ID that this one gave is a foreign one, as any. */
function ownId({ fields }: Resource, record: unknown): string | undefined {
	const [key, field] =
		Object.entries(fields).find(([, { concept }]) => concept === 'internalId') ?? [];
	const id = key === undefined ? undefined : valueAt(record, pathOf(key, field!));
	return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

function readersOf(key: string, field: Field): Reader[] {
	if (field.access === 'writeOnly' || field.relation !== undefined || field.file !== undefined)
		return [];
	const path = pathOf(key, field);
	const { columns, concept } = field;
	const own = isShared(concept)
		? [reader(concept, (record) => flat(decode(valueAt(record, path), field)))]
		: [];
	const others = Object.values(columns ?? {}).flatMap((column) =>
		isShared(column.concept)
			? [reader(column.concept, (record) => membersOf(valueAt(record, path), field, column))]
			: [],
	);
	return [...own, ...others];
}

const isShared = (concept: Concept | undefined): concept is Concept =>
	concept !== undefined && !OF_ONE_SERVICE.has(concept);

const reader =
	(concept: Concept, read: (record: unknown) => unknown[]): Reader =>
	(record) => ({
		part: ADDRESSES.has(concept) ? 'links' : concept,
		values: read(record).filter(isGiven),
	});

const isGiven = (value: unknown): boolean =>
	(typeof value === 'string' && value.trim() !== '') ||
	typeof value === 'number' ||
	typeof value === 'boolean';

const flat = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** The entry that is marked as the main one comes first. */
function membersOf(value: unknown, { members = {} }: Field, { member, beside }: Column): unknown[] {
	const of = members[member];
	const marks = Object.entries(beside ?? {});
	const isMain = (entry: unknown) =>
		marks.length > 0 && marks.every(([name, mark]) => valueAt(entry, name) === mark);
	return flat(value)
		.filter(isRecord)
		.sort((one, other) => Number(isMain(other)) - Number(isMain(one)))
		.map((entry) => decode(valueAt(entry, pathOf(member, of)), of));
}
