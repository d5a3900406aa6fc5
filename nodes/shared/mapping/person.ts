import type { PersonPart, PersonPayload, SourcePath } from '../definition';
import { valuesAt } from './sourcePath';
import type { ColumnView, Issue } from './types';
import { isRecord } from './values';

/** What is known of a person, by concept; each a list, for people have several of many things. */
export type Person = Partial<Record<PersonPart, readonly unknown[]>>;

/** What people have several of; of other things the first place that holds something counts. */
const SEVERAL: ReadonlySet<PersonPart> = new Set<PersonPart>([
	...(['email', 'phone', 'links', 'tags', 'skills'] as const),
]);

const isGiven = (value: unknown): boolean =>
	typeof value === 'number' ||
	typeof value === 'boolean' ||
	(typeof value === 'string' && value.trim() !== '');

const listOf = (paths: SourcePath | readonly SourcePath[]): readonly SourcePath[] =>
	typeof paths === 'string' ? [paths] : paths;

/** The person a payload tells of. */
export function personIn(payload: unknown, { person: base, fields }: PersonPayload): Person {
	const [root] = base === undefined ? [payload] : valuesAt(payload, base);
	const person: Person = {};
	for (const [part, paths] of Object.entries(fields) as Array<
		[PersonPart, SourcePath | readonly SourcePath[]]
	>) {
		const found = listOf(paths).map((path) =>
			(path.startsWith('/') ? valuesAt(payload, path.slice(1)) : valuesAt(root, path)).filter(
				isGiven,
			),
		);
		const values = SEVERAL.has(part) ? found.flat() : found.find((list) => list.length > 0);
		if (values !== undefined && values.length > 0) person[part] = [...new Set(values)];
	}
	return person;
}

/** What parts are called where a target has no field for them. None is the name of a field somewhere. */
const WORDS: Readonly<Partial<Record<PersonPart, string>>> = {
	externalId: 'ID in the Source',
	linkedIn: 'LinkedIn',
	website: 'Web Addresses',
	resumeUrl: 'Address of the CV',
	atsUrl: 'Address in the ATS',
	appliedJob: 'Job Applied For',
	displayName: 'Name in One',
	jobTitle: 'Title of the Person',
	email: 'E-Mail Addresses',
	phone: 'Numbers of Phones',
	tags: 'Tags of the Person',
	picture: 'Address of the Picture',
	location: 'Place of the Person',
	country: 'Land of the Person',
	address: 'Postal Address of the Person',
	startDate: 'First Day of Work',
	birthDate: 'Day of Birth of the Person',
	gender: 'Gender of the Person',
	summary: 'Text About the Person',
};

const wordsOf = (part: string): string =>
	WORDS[part as PersonPart] ??
	part.replace(/[A-Z]/g, ' $&').replace(/^./, (first) => `The Person's ${first.toUpperCase()}`);

/** A row under the keys of an operation's columns, as far as it has columns; what is left has names that are no field's. */
export interface PersonRow {
	values: Record<string, unknown>;
	/** A name in one piece was divided. */
	divided?: true;
	problem?: Issue;
}

const LINKEDIN = /^https?:\/\/(?:[\w-]{1,63}\.)*linkedin\.com(?:[/?#]|$)/i;
const WITHOUT_SCHEME = /^(?:[\w-]{1,63}\.){1,5}[a-z]{2,20}(?:[/?#]\S{0,2000})?$/i;

const asAddress = (value: unknown): unknown =>
	typeof value === 'string' && WITHOUT_SCHEME.test(value.trim())
		? `https://${value.trim()}`
		: value;

const isLinkedIn = (value: unknown): boolean =>
	typeof value === 'string' && LINKEDIN.test(value.trim());

/** Whether records of people stand in these columns. */
export const takesPeople = (columns: readonly ColumnView[]): boolean =>
	columns.some(({ concept }) => concept === 'givenName' || concept === 'familyName');

const takesList = ({ field, many }: ColumnView): boolean => many || field.kind === 'textList';

/** Puts people into the columns that hold the same concepts. */
export function personRows(columns: readonly ColumnView[]): (person: Person) => PersonRow {
	const of = (part: string): ColumnView[] =>
		columns.filter(
			({ concept, field }) => concept === part && field.file === undefined && !field.byExactName,
		);
	const places = new Map<string, readonly ColumnView[]>();
	const placesOf = (part: string): readonly ColumnView[] => {
		let found = places.get(part);
		if (found === undefined) places.set(part, (found = of(part)));
		return found;
	};
	const [allAddresses] = of('website').length > 0 ? [] : of('linkedIn').filter(takesList);

	return (given) => {
		const { links = [], ...rest } = given;
		const addresses = [...links.map(asAddress)];
		const person: Record<string, readonly unknown[] | undefined> = { ...rest };
		const add = (part: string, more: readonly unknown[]) => {
			if (more.length > 0) person[part] = [...new Set([...(person[part] ?? []), ...more])];
		};
		add('linkedIn', addresses.filter(isLinkedIn));
		const others = addresses.filter((address) => !isLinkedIn(address));
		// Where all addresses stand in one field, the others stand there too.
		add(allAddresses === undefined ? 'website' : 'linkedIn', others);
		if (person.externalId !== undefined) person.externalId = person.externalId.map(String);
		// A login name that nobody gave is the e-mail address, as services that ask for one advise.
		if (person.username === undefined && placesOf('username').length > 0)
			person.username = person.email?.slice(0, 1);

		const name = nameOf(person, placesOf);
		const values: Record<string, unknown> = {};
		for (const [part, held = []] of Object.entries(person))
			fill(values, part, held, placesOf(part));
		return { values, ...name };
	};
}

function fill(
	values: Record<string, unknown>,
	part: string,
	held: readonly unknown[],
	places: readonly ColumnView[],
): void {
	if (held.length === 0) return;
	const list = places.find(takesList);
	if (list !== undefined) {
		values[list.key] = held;
		return;
	}
	places.slice(0, held.length).forEach(({ key }, at) => (values[key] = held[at]));
	const left = held.slice(places.length);
	if (left.length > 0)
		values[places.length === 0 ? wordsOf(part) : `Further ${wordsOf(part)}`] =
			left.length === 1 ? left[0] : left;
}

const SEVERAL_WORDS: Issue = {
	code: 'AMBIGUOUS_VALUE',
	message:
		'The name comes in one piece and can be divided into first and last name in several ways. Put a node before this one that gives both.',
};

/** Divides a name in one piece, where there are fields for its parts only and it can be divided in one way only. */
function nameOf(
	person: Record<string, readonly unknown[] | undefined>,
	placesOf: (part: string) => readonly ColumnView[],
): Pick<PersonRow, 'divided' | 'problem'> {
	const { displayName, givenName, familyName } = person;
	const hasParts = givenName !== undefined || familyName !== undefined;
	if (displayName === undefined || placesOf('familyName').length === 0) return {};
	if (hasParts) {
		// Both parts say it already.
		if (placesOf('displayName').length === 0) delete person.displayName;
		return {};
	}
	const words = String(displayName[0]).trim().split(/\s+/);
	if (placesOf('displayName').length === 0) delete person.displayName;
	if (words.length !== 2) return { problem: SEVERAL_WORDS };
	person.givenName = [words[0]];
	person.familyName = [words[1]];
	return { divided: true };
}

/** A person in the plain shape that reading gives: what is known of them, and from where. */
export const isPlainPerson = (value: Readonly<Record<string, unknown>>): boolean =>
	isRecord(value.person) && typeof value.personFrom === 'string' && isRecord(value.record);
