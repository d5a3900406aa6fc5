import type { Slot, SlotColumn } from './plan';
import { put } from './prepare';

type Entry = Record<string, unknown>;

/** What flat columns have given of one nested field. */
export class NestedDraft {
	/** The object, or the first entry of the list. */
	entry: Entry | undefined;
	/** Entries of `each` columns. */
	private others: Entry[] | undefined;
	/** Set beside a column's value where no column sets it itself. */
	private beside: Array<NonNullable<SlotColumn['beside']>> | undefined;
	/** Those that gave a value, usable or not. */
	private readonly givers: SlotColumn[] = [];

	constructor(readonly slot: Slot) {}

	isGivenBy(column: SlotColumn): boolean {
		return this.givers.includes(column);
	}

	/** @returns whether it gives its first value */
	begin(column: SlotColumn): boolean {
		if (this.givers.includes(column)) return false;
		this.givers.push(column);
		return true;
	}

	set({ member: { path }, beside }: SlotColumn, wire: unknown): void {
		put((this.entry ??= {}), path, wire);
		if (beside !== undefined) (this.beside ??= []).push(beside);
	}

	/** Of one value among several, an entry of its own. */
	add({ member: { path }, column }: SlotColumn, wire: unknown): void {
		const other: Entry = { ...column?.beside };
		put(other, path, wire);
		(this.others ??= []).push(other);
	}

	blank({ member: { path } }: SlotColumn, wire: unknown): void {
		put((this.entry ??= {}), path, wire);
	}

	/** The nested value; undefined where nothing is to be said of it. */
	value(): unknown {
		const { entry, beside, others } = this;
		if (entry !== undefined && beside !== undefined)
			for (const more of beside) for (const [name, value] of more) entry[name] ??= value;
		if (this.slot.field.kind !== 'objectList') return entry ?? others?.[0];
		if (entry === undefined) return others;
		return others === undefined ? [entry] : [entry, ...others];
	}
}

/** The record that is being made of a row. */
export class Draft {
	readonly record: Record<string, unknown> = {};
	/** Fields with a second-pass relation. */
	relations: Record<string, unknown> | undefined;
	/** Of the nested fields that flat columns speak of. */
	readonly nested: NestedDraft[] = [];
	/** By slot: the label of what gave a value of it, usable or not. */
	private readonly givers: Array<string | undefined>;
	/** Fields of which the record says something without a value. */
	private cleared: Slot[] | undefined;

	constructor(slots: number) {
		this.givers = new Array<string | undefined>(slots);
	}

	/** What has given a value of a field; undefined while nothing has. */
	giverOf({ index }: Slot): string | undefined {
		return this.givers[index];
	}

	begin({ index }: Slot, giver: string): void {
		this.givers[index] = giver;
	}

	set({ path, secondPass }: Slot, wire: unknown): void {
		put(secondPass ? (this.relations ??= {}) : this.record, path, wire);
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
		for (const nested of this.nested) if (nested.slot === slot) return nested;
		return undefined;
	}
}
