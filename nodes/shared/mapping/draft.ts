import { setAt } from '../definition';
import type { Slot, SlotColumn } from './plan';

type Entry = Record<string, unknown>;

/** What flat columns have given of one nested field. */
export class NestedDraft {
	/** The one that was begun after it. */
	next: NestedDraft | undefined = undefined;
	/** The object, or the first entry of the list. */
	entry: Entry | undefined = undefined;
	/** Entries of `each` columns. */
	private others: Entry[] | undefined = undefined;
	/** By column: whether it gave a value that can be used; undefined while it gave none. */
	private readonly given: Array<boolean | undefined>;

	constructor(readonly slot: Slot) {
		this.given = slot.noneGiven.slice();
	}

	isGivenBy({ index }: SlotColumn): boolean {
		return this.given[index] !== undefined;
	}

	/** @returns whether it gives its first value */
	begin({ index }: SlotColumn): boolean {
		if (this.given[index] !== undefined) return false;
		this.given[index] = false;
		return true;
	}

	set({ index, member }: SlotColumn, wire: unknown): void {
		this.given[index] = true;
		this.putIn(member.path, wire);
	}

	blank({ member }: SlotColumn, wire: unknown): void {
		this.putIn(member.path, wire);
	}

	private putIn(path: readonly string[], wire: unknown): void {
		const entry = (this.entry ??= {});
		if (path.length === 1) entry[path[0]] = wire;
		else setAt(entry, path, wire);
	}

	/** Of one value among several, an entry of its own. */
	add({ member: { path }, column }: SlotColumn, wire: unknown): void {
		const other: Entry = { ...column?.beside };
		setAt(other, path, wire);
		(this.others ??= []).push(other);
	}

	/** The nested value; undefined where nothing is to be said of it. */
	value(): unknown {
		const { entry, others, slot } = this;
		if (entry !== undefined) this.fillIn(entry);
		if (slot.field.kind !== 'objectList') return entry ?? others?.[0];
		if (entry === undefined) return others;
		return others === undefined ? [entry] : [entry, ...others];
	}

	/** What stands beside the values of columns, where no column sets it. */
	private fillIn(entry: Entry): void {
		for (const { index, beside } of this.slot.columnsBeside)
			if (this.given[index] === true) for (const [name, value] of beside!) entry[name] ??= value;
	}
}

/** The record that is being made of a row. */
export class Draft {
	readonly record: Record<string, unknown> = {};
	/** Fields with a second-pass relation. */
	relations: Record<string, unknown> | undefined = undefined;
	/** Of the nested fields that flat columns speak of; each knows the next, as a list of them would take more than they do. */
	nested: NestedDraft | undefined = undefined;
	private lastNested: NestedDraft | undefined = undefined;
	/** By slot: the label of what gave a value of it, usable or not. */
	private readonly givers: Array<string | undefined>;
	/** Fields of which the record says something without a value. */
	private cleared: Slot[] | undefined = undefined;

	/** @param noneGiven as many as there are slots */
	constructor(noneGiven: readonly undefined[]) {
		this.givers = noneGiven.slice();
	}

	/** What has given a value of a field; undefined while nothing has. */
	giverOf({ index }: Slot): string | undefined {
		return this.givers[index];
	}

	begin({ index }: Slot, giver: string): void {
		this.givers[index] = giver;
	}

	set({ path, secondPass }: Slot, wire: unknown): void {
		const target = secondPass ? (this.relations ??= {}) : this.record;
		if (path.length === 1) target[path[0]] = wire;
		else setAt(target, path, wire);
	}

	clear(slot: Slot, wire: unknown): void {
		(this.cleared ??= []).push(slot);
		this.set(slot, wire);
	}

	/** Whether the record says something of a field. */
	speaksOf(slot: Slot): boolean {
		return this.giverOf(slot) !== undefined || (this.cleared?.includes(slot) ?? false);
	}

	nestedOf(slot: Slot): NestedDraft | undefined {
		let nested = this.nested;
		while (nested !== undefined && nested.slot !== slot) nested = nested.next;
		return nested;
	}

	beginNested(slot: Slot): NestedDraft {
		const nested = new NestedDraft(slot);
		if (this.lastNested === undefined) this.nested = nested;
		else this.lastNested.next = nested;
		this.lastNested = nested;
		return nested;
	}
}
