import type { Concept } from '../definition';
import { CONCEPT_HEADERS } from '../definition/concepts';
import { fold } from './text';
import type { ColumnView, HeaderMatch, MappingPolicy } from './types';

/** Concepts by folded header. */
const CONCEPTS = new Map<string, Set<Concept>>();
for (const [concept, headers] of Object.entries(CONCEPT_HEADERS))
	for (const header of headers) {
		const folded = fold(header);
		CONCEPTS.set(folded, (CONCEPTS.get(folded) ?? new Set()).add(concept as Concept));
	}

export const conceptsOf = (header: string): ReadonlySet<Concept> | undefined =>
	CONCEPTS.get(fold(header));

/** A nested field that has flat columns is filled by them; itself only by its exact name, from rows in the vendor's shape. */
const isWhole = (view: ColumnView): boolean =>
	view.field.columns !== undefined && view.column === undefined;

/** Its key, and what the vendor calls it. */
const namesOf = ({ key, column, field }: ColumnView): string[] =>
	column === undefined
		? [...new Set([key, field.path ?? key, ...(field.naming?.names ?? [])])]
		: [key];

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(' and ');

/** Which column each header goes to. */
export interface Found {
	matched: ReadonlyMap<string, ColumnView>;
	ambiguous: HeaderMatch['ambiguous'];
	misdirected: HeaderMatch['misdirected'];
	/** Headers that name a field which is there but not to be filled. */
	closed: ReadonlyMap<string, ColumnView>;
	unmatched: readonly string[];
}

/** The columns a header fits: by exact name, by label, by concept, from certain to likely. */
interface Candidates {
	ways: ReadonlyArray<readonly ColumnView[]>;
	closed: ColumnView | undefined;
}

const NONE: readonly ColumnView[] = [];
const WAYS = 3;
const BY_LABEL = 1;
/** Far more names than a spreadsheet has columns; rows whose keys are data must not fill the memory. */
const REMEMBERED_HEADERS = 2_000;

/**
 * Finds the columns of headers: by hand, by the vendor's or the column's exact name, by label without case, accents, spaces and
 * punctuation, by what people call the same thing in seven languages. A column found by a more certain way is not there
 * for the others.
 */
export class HeaderIndex {
	private readonly byName = new Map<string, ColumnView[]>();
	private readonly byLabel = new Map<string, ColumnView[]>();
	private readonly byConcept = new Map<Concept, ColumnView[]>();
	private readonly closedNames = new Map<string, ColumnView>();
	private readonly candidates = new Map<string, Candidates>();

	/** `closed`: fields that are not to be filled; their names are no synonyms of others. */
	constructor(
		private readonly columns: readonly ColumnView[],
		closed: readonly ColumnView[] = [],
	) {
		for (const view of columns) {
			for (const name of namesOf(view)) append(this.byName, name, view);
			if (isWhole(view)) continue;
			const names = [view.label, ...namesOf(view)].map(fold);
			for (const name of new Set(names)) append(this.byLabel, name, view);
			if (view.concept !== undefined) append(this.byConcept, view.concept, view);
		}
		for (const view of closed)
			for (const name of [view.label, ...namesOf(view)]) this.closedNames.set(fold(name), view);
	}

	find(headers: readonly string[], headerMapping: MappingPolicy['headerMapping'] = {}): Found {
		const matched = new Map<string, ColumnView>();
		const closed = new Map<string, ColumnView>();
		const ambiguous: Array<{ headers: readonly string[]; message: string }> = [];
		const left = new Set(headers);
		const taken = new Set<ColumnView>();

		const give = (wanted: ReadonlyMap<ColumnView, readonly string[]>) => {
			for (const [view, fitting] of wanted) {
				for (const header of fitting) left.delete(header);
				taken.add(view);
				if (fitting.length === 1) matched.set(fitting[0], view);
				else
					ambiguous.push({
						headers: fitting,
						message: `${quoted(fitting)} all belong to "${view.label}". Keep one of them.`,
					});
			}
		};

		const { wanted, misdirected } = this.byHand(headers, headerMapping, left);
		give(wanted);
		for (let way = 0; way < WAYS; way++) {
			const fitting = new Map<ColumnView, string[]>();
			for (const header of left) {
				const held = this.candidatesOf(header);
				const views = held.ways[way];
				if (views.length > 1) {
					left.delete(header);
					const labels = quoted(views.map(({ label }) => label));
					ambiguous.push({ headers: [header], message: `"${header}" fits ${labels}.` });
				} else if (views.length === 1) {
					if (!taken.has(views[0])) append(fitting, views[0], header);
				} else if (held.closed !== undefined && way === BY_LABEL) {
					left.delete(header);
					closed.set(header, held.closed);
				}
			}
			give(fitting);
		}
		return { matched, ambiguous, misdirected, closed, unmatched: [...left] };
	}

	/** Takes the headers that are set by hand out of those that are left. */
	private byHand(
		headers: readonly string[],
		headerMapping: Readonly<Record<string, string>>,
		left: Set<string>,
	) {
		const wanted = new Map<ColumnView, string[]>();
		const misdirected: Array<{ header: string; message: string }> = [];
		for (const [name, target] of Object.entries(headerMapping)) {
			const header = left.has(name) ? name : headers.find((other) => sameName(other, name));
			if (header === undefined || !left.delete(header)) continue;
			const view = this.columns.find(({ key }) => key === target);
			if (view !== undefined) append(wanted, view, header);
			else if (target !== '')
				misdirected.push({
					header,
					message: `"${header}" is mapped to "${target}", which is no field here. Choose another field under "Header Mapping".`,
				});
		}
		return { wanted, misdirected };
	}

	private candidatesOf(header: string): Candidates {
		const known = this.candidates.get(header);
		if (known !== undefined) return known;
		const folded = fold(header);
		const concepts = CONCEPTS.get(folded) ?? [];
		const held: Candidates = {
			ways: [
				this.byName.get(header) ?? NONE,
				(folded === '' ? undefined : this.byLabel.get(folded)) ?? NONE,
				[...concepts].flatMap((concept) => this.byConcept.get(concept) ?? NONE),
			],
			closed: this.closedNames.get(folded),
		};
		if (this.candidates.size >= REMEMBERED_HEADERS) this.candidates.clear();
		this.candidates.set(header, held);
		return held;
	}
}

const sameName = (a: string, b: string): boolean => fold(a) === fold(b) && fold(a) !== '';

function append<K, V>(lists: Map<K, V[]>, key: K, entry: V): void {
	const list = lists.get(key);
	if (list === undefined) lists.set(key, [entry]);
	else list.push(entry);
}

export const headerMatchOf = ({
	matched,
	ambiguous,
	misdirected,
	closed,
	unmatched,
}: Found): HeaderMatch => ({
	matched: Object.fromEntries([...matched].map(([header, view]) => [header, view.key])),
	ambiguous,
	unmatched: [...unmatched, ...closed.keys()],
	misdirected,
});

/** The column of each header, by column key; for checks before rows are read. */
export const matchHeaders = (
	headers: readonly string[],
	columns: readonly ColumnView[],
	headerMapping?: MappingPolicy['headerMapping'],
): HeaderMatch => headerMatchOf(new HeaderIndex(columns).find(headers, headerMapping));
