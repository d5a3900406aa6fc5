import { setAt, valueAt, type Field } from '../definition';
import type { Planner, Slot, SlotColumn } from './plan';
import type { Prepared } from './prepare';
import { invalid, Problem } from './problem';
import { RowState } from './rowState';
import type { ChosenValues, Issue, ValuesReport } from './types';
import { converterOf, entriesOf, isRecord, presenceOf, structureOf } from './values';

/** Different values of a column that are told; a column of remarks has one for each row. */
const MOST_VALUES = 100;

const SAME = 'Same Value for Every Row';
const MAPPING = 'Value Mapping';

const UNMAPPED = new Problem(
	'UNMAPPED_VALUE',
	'has a value without an entry under "Value Mapping". Add an entry for it, or correct it.',
);

const under =
	(option: string) =>
	(issue: Issue): Issue => ({ ...issue, message: `Under "${option}": ${issue.message}` });

const quiet = (): void => undefined;
const folded = (value: unknown): string => String(value).trim().toLowerCase();
const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** A field or flat column for which the user has chosen values. */
interface Chosen {
	label: string;
	personal: boolean;
	slot: Slot;
	column?: SlotColumn;
	prepared: Prepared;
	/** Values of the list, folded -> values for the service. */
	entries?: ReadonlyMap<string, unknown>;
	/** Values that need no entry. */
	fits(value: unknown): boolean;
	/** For rows that have none. */
	same?: unknown;
}

/** What the user has said of values for all rows of a run: which stand for which, and what rows without one get. */
export class Choices {
	/** Fields and columns whose blank values get another. */
	readonly filling: readonly Chosen[];
	/** Nothing is chosen: each value of a row would be asked about. */
	readonly isNone: boolean;
	private readonly byKey = new Map<string, Chosen>();
	private readonly bySlot = new Map<Slot, Chosen[]>();
	private readonly fails: boolean;
	/** Of the row at hand. */
	private filledNow = new Set<Chosen>();
	private unmappedNow: Array<[Chosen, string]> = [];
	/** Of all rows of the run. */
	private readonly filled = new Map<Chosen, number>();
	private readonly unmapped = new Map<Chosen, Map<string, number>>();

	constructor({ slots }: Planner, { same, translations, unmapped }: ChosenValues) {
		this.fails = unmapped === 'fail';
		for (const slot of slots) {
			const parts = slot.columns.length === 0 ? [undefined] : slot.columns;
			for (const column of parts) {
				const key = column?.key ?? slot.key;
				if (!same.has(key) && !translations.has(key)) continue;
				const chosen = chosenFor(slot, column, translations.get(key), same.get(key));
				this.byKey.set(key, chosen);
				if (column !== undefined) append(this.bySlot, slot, chosen);
			}
		}
		this.isNone = this.byKey.size === 0;
		this.filling = [...this.byKey.values()].filter((chosen) => chosen.same !== undefined);
	}

	begin(): void {
		this.filledNow.clear();
		this.unmappedNow = [];
	}

	/** The row at hand is one of the run; it may have been read before, to know of others what they share with it. */
	count(): void {
		for (const chosen of this.filledNow)
			this.filled.set(chosen, (this.filled.get(chosen) ?? 0) + 1);
		for (const [chosen, value] of this.unmappedNow) {
			let counts = this.unmapped.get(chosen);
			if (counts === undefined) this.unmapped.set(chosen, (counts = new Map<string, number>()));
			if (counts.has(value) || counts.size < MOST_VALUES)
				counts.set(value, (counts.get(value) ?? 0) + 1);
		}
	}

	report(): ValuesReport {
		return {
			filled: [...this.filled].map(([{ label }, rows]) => ({ label, rows })),
			unmapped: [...this.unmapped].map(([{ label, personal }, counts]) => ({
				label,
				personal,
				values: [...counts].sort(([, one], [, other]) => other - one),
			})),
		};
	}

	/** Is a blank under this key to be filled? */
	fills(key: string): boolean {
		return this.byKey.get(key)?.same !== undefined;
	}

	noteFilled(chosen: Chosen): void {
		this.filledNow.add(chosen);
	}

	/** Does it take part in reading what stands under this key? */
	translates(key: string): boolean {
		return this.byKey.get(key)?.entries !== undefined;
	}

	/** A value of the list as the service has it. */
	translate(key: string, raw: unknown): unknown | Problem {
		const chosen = this.byKey.get(key);
		if (chosen?.entries === undefined || raw instanceof Problem || presenceOf(raw) !== 'value')
			return raw;
		return this.translated(chosen, raw);
	}

	private translated(chosen: Chosen, raw: unknown): unknown | Problem {
		const { prepared, column } = chosen;
		const isList = column?.many === true || prepared.field.kind === 'textList';
		if (!isList) return isPlain(raw) ? this.oneOf(chosen, raw) : raw;
		const whole = isPlain(raw) ? chosen.entries!.get(folded(raw)) : undefined;
		if (whole !== undefined) return whole;
		const entries = entriesOf(raw).map((entry) =>
			isPlain(entry) ? this.oneOf(chosen, entry) : entry,
		);
		return entries.find((entry) => entry instanceof Problem) ?? entries;
	}

	private oneOf(chosen: Chosen, value: unknown): unknown | Problem {
		const found = chosen.entries!.get(folded(value));
		if (found !== undefined) return found;
		if (chosen.fits(value)) return value;
		this.unmappedNow.push([chosen, String(value).trim()]);
		return this.fails ? UNMAPPED : value;
	}

	/** A nested field as the service has it: the same for the members that columns would fill. */
	inside(slot: Slot, raw: unknown): unknown | Problem {
		const chosen = this.bySlot.get(slot);
		if (chosen === undefined || presenceOf(raw) !== 'value') return raw;
		const value = structureOf(raw);
		if (Array.isArray(value)) {
			const entries = value.map((entry, place) => this.member(chosen, entry, place));
			return entries.find((entry) => entry instanceof Problem) ?? entries;
		}
		return this.member(chosen, value, 0);
	}

	private member(all: readonly Chosen[], entry: unknown, place: number): unknown | Problem {
		if (!isRecord(entry)) return entry;
		const result: Record<string, unknown> = { ...entry };
		for (const chosen of all) {
			const { prepared, column } = chosen;
			const held = valueAt(result, prepared.path) ?? result[prepared.key];
			const isFirst = column!.column?.into !== 'each' && place === 0;
			if (presenceOf(held) === 'value') {
				if (chosen.entries === undefined || !isPlain(held)) continue;
				const value = this.oneOf(chosen, held);
				if (value instanceof Problem) return value;
				setAt(result, prepared.path, value);
			} else if (chosen.same !== undefined && isFirst) {
				setAt(result, prepared.path, chosen.same);
				this.noteFilled(chosen);
			}
		}
		return result;
	}

	/** What is wrong with the chosen values themselves, said as of their fields. */
	issues(): Issue[] {
		return [...this.byKey.values()].flatMap(({ label, prepared, entries, same }) => [
			...(same === undefined ? [] : issuesWith(label, prepared, same).map(under(SAME))),
			...[...(entries?.values() ?? [])].flatMap((value) =>
				issuesWith(label, prepared, value).map(under(MAPPING)),
			),
		]);
	}
}

function chosenFor(
	slot: Slot,
	column: SlotColumn | undefined,
	entries: ReadonlyMap<string, unknown> | undefined,
	same: unknown,
): Chosen {
	const prepared = column?.member ?? slot;
	const label = column?.label ?? slot.field.label;
	return {
		label,
		personal: prepared.field.personal === true || slot.field.personal === true,
		slot,
		column,
		prepared,
		same,
		entries: entries && new Map([...entries].map(([from, to]) => [folded(from), to] as const)),
		fits: fitsOf(prepared, new Set([...(entries?.values() ?? [])].map(folded))),
	};
}

/** A text may be anything: that it fits shows only if it is one of those that others stand for. */
function fitsOf({ field, tidy }: Prepared, targets: ReadonlySet<string>): Chosen['fits'] {
	const convert = converterOf(field);
	const known = new Set(field.values?.map(folded));
	const isOpen = field.kind === 'text' || field.kind === 'textList' || field.openValues === true;
	return (value) => {
		if (targets.has(folded(value)) || known.has(folded(value))) return true;
		if (isOpen) return false;
		const meant = tidy(value, quiet, {});
		return !(meant instanceof Problem) && !(convert(meant) instanceof Problem);
	};
}

function issuesWith(label: string, prepared: Prepared, value: unknown): Issue[] {
	const row = new RowState();
	row.begin({ unknownFields: 'ignore', blankValues: 'leave', fieldsToClear: [] });
	row.column = label;
	const meant = prepared.tidy(value, quiet, {});
	if (meant instanceof Problem) row.report(meant);
	else if (presenceOf(meant) !== 'value') row.report(EMPTY);
	else prepared.read(meant, row, false);
	return row.issues;
}

const EMPTY = invalid('is empty. Add a value.');

function append<K, V>(lists: Map<K, V[]>, key: K, entry: V): void {
	const list = lists.get(key);
	if (list === undefined) lists.set(key, [entry]);
	else list.push(entry);
}

/** May values stand for others in it? Not where each record has its own, or where nobody types it. */
export const isTranslatable = (field: Field, isKey: boolean): boolean =>
	!isKey && field.file === undefined && !['object', 'objectList', 'json'].includes(field.kind);

/** May all records have the same of it? Not what belongs to one person. */
export const isShareable = (field: Field, isKey: boolean): boolean =>
	isTranslatable(field, isKey) && field.personal !== true;
