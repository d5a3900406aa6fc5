import type { Concept } from '../definition';
import {
	BARE_NAMES,
	CITY_HEADERS,
	CONCEPT_HEADERS,
	FOREIGN_IDS,
	HOME_ADDRESS_HEADERS,
	ID_KINDS,
	ID_OF_ANOTHER,
	LESSER_HEADERS,
	type BareName,
} from '../definition/concepts';
import { MORE_HEADERS } from '../definition/moreLanguages';
import { alternatives, isOfRelative, withoutMarks } from './marks';
import { fold, isSlip } from './text';
import type { ColumnView, HeaderMatch, MappingPolicy } from './types';

const foldedSet = (headers: readonly string[]): ReadonlySet<string> => new Set(headers.map(fold));

/** Concepts by folded header. */
const CONCEPTS = new Map<string, Concept>();
for (const [concept, headers] of [CONCEPT_HEADERS, MORE_HEADERS].flatMap((table) =>
	Object.entries(table),
))
	for (const header of headers) CONCEPTS.set(fold(header), concept as Concept);

/** Of a name that means a concept only where no better one stands: the concept, and how near it is. */
const LESSER = new Map<string, { concept: Concept; rank: number }>();
for (const [concept, headers] of Object.entries(LESSER_HEADERS))
	headers.forEach((header, rank) =>
		LESSER.set(fold(header), { concept: concept as Concept, rank }),
	);

const BARE: ReadonlyMap<string, BareName> = new Map(
	Object.entries(BARE_NAMES).map(([name, way]) => [fold(name), way]),
);
const FOREIGN = foldedSet(FOREIGN_IDS);
const HOME_ADDRESS = foldedSet(HOME_ADDRESS_HEADERS);
const CITIES = foldedSet(CITY_HEADERS);
/** Airtable puts both on every record it gives out. */
const AIRTABLE = { id: 'id', beside: 'createdTime' };

/** As they are written, but for capitals. */
const AS_WRITTEN: ReadonlySet<string> = new Set(
	[CONCEPT_HEADERS, MORE_HEADERS, LESSER_HEADERS]
		.flatMap((table) => Object.values(table).flat())
		.concat(Object.keys(BARE_NAMES))
		.map((header) => header.toLowerCase()),
);

/** Whether people call a column of a list of people so. Asked of each row of a file, so it takes names as they are written. */
export const isKnownHeading = (cell: string): boolean => AS_WRITTEN.has(cell.trim().toLowerCase());

/** Whose number a name of an external ID says it is; undefined for what is no such name. */
function kindOfId(name: string): string | undefined {
	if (CONCEPTS.get(name) !== 'externalId') return undefined;
	const found = ID_KINDS.find(([, stems]) => stems.some((stem) => name.includes(stem)));
	return found?.[0] ?? 'employer';
}

/** Of an ID of another kind than the field's own: no name is likelier, unless one says the same as the field. */
const OTHER_KIND = -1;

/** Somebody else, whom lists give by name, by number, or in two columns by both. */
const ANOTHER: ReadonlySet<Concept | undefined> = new Set<Concept>(['manager', 'mentor']);
const isById = (name: string): boolean =>
	/^id|id$/.test(name) || ID_OF_ANOTHER.some((stem) => name.includes(stem));

/** Its own name is certain as well: beside "Username" a "User ID" is the number of the account. */
const LOGIN: Concept = 'username';

/** Several numbers of one person are ordinary: they fill a list, or one column after the other. */
const SEVERAL: Concept = 'phone';
/** Whose name it is changes with every word in front of it. */
const EMPLOYER: Concept = 'organization';
/** What people have at work as well as in private. */
const AT_WORK: ReadonlySet<Concept | undefined> = new Set<Concept>([
	...(['phone', 'email', 'location', 'country', 'jobTitle'] as const),
]);
const NAMES: readonly Concept[] = ['givenName', 'familyName', 'displayName'];
const REACHED_BY: ReadonlySet<Concept | undefined> = new Set<Concept>(['phone', 'email']);
/** No name is less likely. */
const AFTER_ALL = 1_000;
/** What is told by a number. */
const NUMBERED: ReadonlySet<Concept | undefined> = new Set<Concept>(['phone', 'externalId']);

/** A nested field that has flat columns is filled by them; itself only by its exact name, from rows in the vendor's shape. */
const isWhole = ({ field, column }: ColumnView): boolean =>
	column === undefined &&
	(field.columns !== undefined || field.kind === 'object' || field.kind === 'objectList');

/** Given out by the vendor: what a list of people calls "ID" is the number of another system. */
const isInternal = ({ concept }: ColumnView): boolean => concept === 'internalId';

/** Taken only under their exact names, among names that are the vendor's. */
const isStrict = (view: ColumnView): boolean =>
	isWhole(view) || isInternal(view) || view.field.byExactName === true;

const takesSeveral = ({ concept, field, many }: ColumnView): boolean =>
	concept === SEVERAL && (many || field.kind === 'textList');

/** Its key, and what the vendor calls it. */
const namesOf = ({ key, column, field }: ColumnView): string[] =>
	column === undefined
		? [...new Set([key, field.path ?? key, ...(field.naming?.names ?? [])])]
		: [key];

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(' and ');

/** Which column each header goes to. */
export interface Found {
	/** Several headers go to one column where it takes a list. */
	matched: ReadonlyMap<string, ColumnView>;
	ambiguous: HeaderMatch['ambiguous'];
	misdirected: HeaderMatch['misdirected'];
	doubtful: HeaderMatch['doubtful'];
	/** Headers that name a field which is there but not to be filled. */
	closed: ReadonlyMap<string, ColumnView>;
	/** Names of nested fields in a list that is not in the vendor's shape: those are meant if a list or an object stands there. */
	nested: ReadonlyMap<string, ColumnView>;
	unmatched: readonly string[];
	/** Of the unmatched, those that are a column's name but for a slip. */
	slips: HeaderMatch['slips'];
}

/** What a list as a whole says about its headers. */
interface Reading {
	/** What is known stands there under the vendor's own names, or under its labels beside them. */
	isVendorShape: boolean;
	/** What "Name" and its like stand for. */
	bareName(way: BareName): Concept;
	isHomeCity: boolean;
	/** The list is about relatives of people who are only numbers in it. */
	isOfRelatives: boolean;
}

/** What a header may mean. */
interface Fit {
	views: readonly ColumnView[];
	/** Means it only where no other header does; the lower the likelier. */
	rank?: number;
}

/**
 * Finds the columns of headers: by hand, by the vendor's or the column's exact name, by label without case, accents, spaces and
 * punctuation, by what people call the same thing in ten languages; then what is left, without the marks around it, for
 * columns that are left. A list is read as a whole: what "Name" is depends on what stands beside it.
 */
export class HeaderIndex {
	private readonly byName = new Map<string, ColumnView[]>();
	private readonly byLabel = new Map<string, ColumnView[]>();
	private readonly byConcept = new Map<Concept, ColumnView[]>();
	private readonly closedNames = new Map<string, ColumnView>();

	/** `closed`: fields that are not to be filled; their names are no synonyms of others. */
	constructor(
		private readonly columns: readonly ColumnView[],
		closed: readonly ColumnView[] = [],
	) {
		for (const view of columns) {
			for (const name of namesOf(view)) append(this.byName, name, view);
			if (isWhole(view) || view.field.byExactName) continue;
			for (const name of this.labelsOf(view)) append(this.byLabel, name, view);
			if (view.concept !== undefined) append(this.byConcept, view.concept, view);
		}
		for (const view of closed)
			for (const name of [view.label, ...namesOf(view)]) this.closedNames.set(fold(name), view);
	}

	find(headers: readonly string[], headerMapping: MappingPolicy['headerMapping'] = {}): Found {
		const matching = new Matching(headers);
		const misdirected = this.byHand(headers, headerMapping, matching);
		const reading = this.read(headers, matching);
		const closed = new Map<string, ColumnView>();
		const nested = new Map<string, ColumnView>();

		for (const header of matching.left) {
			const whole = this.byName.get(header)?.find(isWhole);
			const other = this.closedNames.get(fold(header));
			const fit = this.fitOf(header, reading);
			if (whole !== undefined && !reading.isVendorShape) nested.set(header, whole);
			if (fit !== undefined)
				matching.want(header, nested.has(header) ? { ...fit, rank: AFTER_ALL } : fit);
			else if (other !== undefined) closed.set(header, other);
		}
		matching.settle();
		for (const header of [...closed.keys(), ...nested.keys()]) matching.left.delete(header);
		for (const header of matching.left) {
			const fit = this.fitWithoutMarks(header, reading, matching);
			if (fit !== undefined) matching.want(header, fit);
		}
		matching.settle();
		const { matched, ambiguous, left } = matching;
		const doubtful = this.doubtful(headers, matching);
		const slips = this.slips(matching);
		const unmatched = [...left];
		return { matched, ambiguous, misdirected, doubtful, closed, nested, unmatched, slips };
	}

	private labelsOf(view: ColumnView): ReadonlySet<string> {
		if (!isInternal(view)) return new Set([view.label, ...namesOf(view)].map(fold));
		const label = fold(view.label);
		return new Set(FOREIGN.has(label) ? [] : [label]);
	}

	private byHand(
		headers: readonly string[],
		headerMapping: Readonly<Record<string, string>>,
		matching: Matching,
	): Array<{ header: string; message: string }> {
		const misdirected: Array<{ header: string; message: string }> = [];
		for (const [name, target] of Object.entries(headerMapping)) {
			const header = matching.left.has(name)
				? name
				: headers.find((other) => sameName(other, name));
			if (header === undefined || !matching.left.has(header)) continue;
			const view = this.columns.find(({ key }) => key === target);
			if (view !== undefined) matching.want(header, { views: [view] });
			else matching.left.delete(header);
			if (view === undefined && target !== '')
				misdirected.push({
					header,
					message: `"${header}" is mapped to "${target}", which is no field here. Choose another field under "Header Mapping".`,
				});
		}
		matching.settle();
		return misdirected;
	}

	private read(headers: readonly string[], { left }: Matching): Reading {
		const concepts = new Set(headers.flatMap((header) => conceptsIn(header)));
		const hasGiven = concepts.has('givenName');
		const hasFamily = concepts.has('familyName');
		return {
			isVendorShape: this.isVendorShape([...left]),
			bareName: (way) => {
				if (hasFamily && !hasGiven && way !== 'family') return 'givenName';
				if (hasGiven && !hasFamily && way !== 'given') return 'familyName';
				return 'displayName';
			},
			isHomeCity: headers.some((header) => HOME_ADDRESS.has(fold(header))),
			isOfRelatives:
				!NAMES.some((name) => concepts.has(name)) && headers.filter(isOfRelative).length > 2,
		};
	}

	private isVendorShape(headers: readonly string[]): boolean {
		const others = headers.filter((header) => !this.byName.has(header)).map(fold);
		const isConcept = (name: string) =>
			!this.byLabel.has(name) && this.byConcept.has(CONCEPTS.get(name) as Concept);
		if (others.some(isConcept)) return false;
		const isPlain = (header: string) => this.byName.get(header)?.some((view) => !isStrict(view));
		return headers.some(isPlain) || !others.some((name) => this.byLabel.has(name));
	}

	/** The columns a header fits as it stands, from certain to likely. */
	private fitOf(header: string, reading: Reading): Fit | undefined {
		const name = fold(header);
		const exact = this.byName.get(header);
		if (exact !== undefined && (reading.isVendorShape || !exact.some(isStrict)))
			return { views: exact, rank: rankOf(name, exact) };
		if (name === '') return undefined;
		const labelled = this.byLabel.get(name);
		if (labelled !== undefined && reading.isOfRelatives && REACHED_BY.has(labelled[0].concept))
			return undefined;
		if (labelled !== undefined) return { views: labelled, rank: rankOf(name, labelled) };
		if (this.closedNames.has(name)) return undefined;
		return this.fitByConcept(name, reading);
	}

	private fitByConcept(name: string, reading: Reading): Fit | undefined {
		if (reading.isHomeCity && CITIES.has(name)) return undefined;
		if (reading.isOfRelatives && REACHED_BY.has(CONCEPTS.get(name))) return undefined;
		const way = BARE.get(name);
		const concept = way === undefined ? CONCEPTS.get(name) : reading.bareName(way);
		const lesser = concept === undefined ? LESSER.get(name) : undefined;
		const views = this.byConcept.get((concept ?? lesser?.concept) as Concept);
		if (views === undefined) return undefined;
		const isOther =
			concept === LOGIN ||
			(concept === 'externalId' && kindOfId(name) !== kindOfId(fold(views[0].label))) ||
			(ANOTHER.has(concept) && isById(name) !== isById(fold(views[0].label)));
		return { views, rank: isOther ? OTHER_KIND : lesser?.rank };
	}

	/** Not for employers, and not where it would take a column that another header has. */
	private fitWithoutMarks(header: string, reading: Reading, matching: Matching): Fit | undefined {
		const { names, inBrackets } = withoutMarks(header);
		for (const { name, atWork, isNumber } of names) {
			const fit =
				name === fold(header)
					? undefined
					: this.freeFit(
							name,
							reading,
							matching,
							({ concept }) =>
								(!atWork || AT_WORK.has(concept)) && (!isNumber || NUMBERED.has(concept)),
						);
			if (fit === undefined) continue;
			const [{ concept }] = fit.views;
			const others = inBrackets.map((text) => conceptOf(fold(text)));
			return others.every((other) => other === undefined || other === concept) ? fit : undefined;
		}
		const parts = alternatives(header).map((part) => this.freeFit(fold(part), reading, matching));
		const [first] = parts;
		return parts.length > 1 && parts.every((part) => part?.views[0] === first?.views[0])
			? first
			: undefined;
	}

	private freeFit(
		name: string,
		reading: Reading,
		matching: Matching,
		suits: (view: ColumnView) => boolean = () => true,
	): Fit | undefined {
		const labelled = this.byLabel.get(name);
		const fit = labelled === undefined ? this.fitByConcept(name, reading) : { views: labelled };
		const views = fit?.views.filter(
			(view) =>
				!isStrict(view) && view.concept !== EMPLOYER && matching.isFree(view) && suits(view),
		);
		return views === undefined || views.length === 0 ? undefined : { ...fit, views };
	}

	private slips(matching: Matching): HeaderMatch['slips'] {
		const free = this.columns.filter((view) => !isStrict(view) && matching.isFree(view));
		return [...matching.left].flatMap((header) => {
			const meant = free.find(({ key, label }) => isSlip(header, label) || isSlip(header, key));
			if (meant === undefined) return [];
			const message = `"${header}" is no field. Did you mean "${meant.label}"? Rename the column, or take it out of the list.`;
			return [{ header, message }];
		});
	}

	/** Headers that are probably the ID of another system where the vendor gives out its own. */
	private doubtful(headers: readonly string[], matching: Matching): HeaderMatch['doubtful'] {
		const view = this.columns.find((column) => isInternal(column) && matching.isFree(column));
		if (view === undefined) return [];
		const isAirtable = headers.includes(AIRTABLE.beside);
		const doubtful = [...matching.left].filter(
			(header) => FOREIGN.has(fold(header)) && !(isAirtable && header === AIRTABLE.id),
		);
		for (const header of doubtful) matching.left.delete(header);
		return doubtful.map((header) => ({
			header,
			message: `"${header}" may be the ID that another system gave, and with it records of somebody else would be changed. If it is the "${view.label}", map it under "Header Mapping"; otherwise leave it out there.`,
		}));
	}
}

const conceptOf = (name: string): Concept | undefined =>
	CONCEPTS.get(name) ?? LESSER.get(name)?.concept;

/** What a header says about the list, whatever the vendor's columns are. */
function conceptsIn(header: string): Concept[] {
	const names = [fold(header), ...withoutMarks(header).names.map(({ name }) => name)];
	const known = names.find((name) => CONCEPTS.has(name));
	return known === undefined ? [] : [CONCEPTS.get(known) as Concept];
}

const rankOf = (name: string, [view]: readonly ColumnView[]): number | undefined => {
	const lesser = LESSER.get(name);
	return lesser !== undefined && lesser.concept === view.concept ? lesser.rank : undefined;
};

const sameName = (a: string, b: string): boolean => fold(a) === fold(b) && fold(a) !== '';

/** Gives columns to headers. */
class Matching {
	readonly left: Set<string>;
	readonly matched = new Map<string, ColumnView>();
	readonly ambiguous: Array<{ headers: readonly string[]; message: string }> = [];
	private readonly taken = new Set<ColumnView>();
	private readonly wanted = new Map<ColumnView, Array<{ header: string; rank?: number }>>();
	/** Headers of what people have several of, where the columns of it are single ones. */
	private readonly oneByOne: Array<{ header: string; views: readonly ColumnView[] }> = [];

	constructor(headers: readonly string[]) {
		this.left = new Set(headers);
	}

	isFree(view: ColumnView): boolean {
		return !this.taken.has(view) || takesSeveral(view);
	}

	want(header: string, { views, rank }: Fit): void {
		if (views.length === 1) append(this.wanted, views[0], { header, rank });
		else if (views.every(({ concept }) => concept === SEVERAL))
			this.oneByOne.push({ header, views });
		else {
			this.left.delete(header);
			const labels = quoted(views.map(({ label }) => label));
			this.ambiguous.push({ headers: [header], message: `"${header}" fits ${labels}.` });
		}
	}

	/** A column goes to the headers that want it: to one, to all where it takes a list, to none where they clash. */
	settle(): void {
		for (const [view, all] of this.wanted) if (this.isFree(view)) this.settleOne(view, all);
		this.wanted.clear();
		for (const { header, views } of this.oneByOne) {
			const free = views.find((view) => !this.taken.has(view));
			if (free !== undefined) this.give(header, free);
		}
		this.oneByOne.length = 0;
	}

	private settleOne(view: ColumnView, all: ReadonlyArray<{ header: string; rank?: number }>): void {
		const plain = all.filter(({ rank }) => rank === undefined);
		const best = Math.min(...all.map(({ rank = Infinity }) => rank));
		const fitting = plain.length > 0 ? plain : all.filter(({ rank }) => rank === best);
		if (fitting.length === 1 || takesSeveral(view)) {
			for (const { header } of fitting) this.give(header, view);
			return;
		}
		const headers = fitting.map(({ header }) => header);
		this.taken.add(view);
		for (const header of headers) this.left.delete(header);
		this.ambiguous.push({
			headers,
			message: `${quoted(headers)} all belong to "${view.label}". Keep one of them.`,
		});
	}

	private give(header: string, view: ColumnView): void {
		this.left.delete(header);
		this.taken.add(view);
		this.matched.set(header, view);
	}
}

function append<K, V>(lists: Map<K, V[]>, key: K, entry: V): void {
	const list = lists.get(key);
	if (list === undefined) lists.set(key, [entry]);
	else list.push(entry);
}

export const headerMatchOf = (found: Found): HeaderMatch => ({
	matched: Object.fromEntries([...found.matched].map(([header, view]) => [header, view.key])),
	ambiguous: found.ambiguous,
	unmatched: [
		...new Set([...found.unmatched, ...found.closed.keys(), ...found.nested.keys()]),
	].filter((header) => !found.matched.has(header)),
	misdirected: found.misdirected,
	doubtful: found.doubtful,
	slips: found.slips,
});

/** The column of each header, by column key; for checks before rows are read. */
export const matchHeaders = (
	headers: readonly string[],
	columns: readonly ColumnView[],
	headerMapping?: MappingPolicy['headerMapping'],
): HeaderMatch => headerMatchOf(new HeaderIndex(columns).find(headers, headerMapping));
