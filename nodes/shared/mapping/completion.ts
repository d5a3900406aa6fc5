import { setAt, valueAt, type Resource, type SaveOperation } from '../definition';
import type { Draft, NestedDraft } from './draft';
import type { Planner, Slot } from './plan';
import { cleared, pathOf } from './prepare';
import type { RowState } from './rowState';
import { rulesOf, type Subject } from './rules';
import { presenceOf } from './values';

/** Completes the record of a row with what no single value says, and checks it as a whole. */
export class Completion {
	private readonly slots: ReadonlyMap<string, Slot>;
	private readonly requiredSlots: readonly Slot[];
	private readonly fixed: ReadonlyArray<readonly [path: readonly string[], value: unknown]>;
	private readonly rules: ReturnType<typeof rulesOf>;
	/** Of the row at hand. */
	private draft!: Draft;

	constructor(
		private readonly row: RowState,
		{ slots }: Planner,
		private readonly resource: Resource,
		operation: SaveOperation,
	) {
		this.slots = new Map(slots.map((slot) => [slot.key, slot]));
		this.requiredSlots = slots.filter((slot) => slot.required || slot.requiredColumns.length > 0);
		this.fixed = Object.entries(operation.fixed ?? {}).map(([key, value]) => [
			pathOf(key, resource.fields[key]),
			value,
		]);
		this.rules = rulesOf(
			resource,
			operation,
			(purpose) => purpose === undefined || purpose === operation.purpose,
		);
	}

	/** @param draft all of whose values have been taken */
	complete(draft: Draft): void {
		this.draft = draft;
		this.joinNested();
		this.clearFields();
		this.checkRequired();
		for (const rule of this.rules) {
			this.said.failed = this.row.issues.length > 0;
			const issue = rule(this.said);
			if (issue !== undefined) this.row.add(issue.code, issue.message, issue.field);
		}
		for (const [path, value] of this.fixed) setAt(draft.record, path, value);
	}

	/** Makes nested values of what flat columns gave. */
	private joinNested(): void {
		for (let { nested } = this.draft; nested !== undefined; nested = nested.next) {
			const value = nested.value();
			if (nested.entry !== undefined) this.checkMembers(nested, nested.entry);
			if (value !== undefined) this.draft.set(nested.slot, value);
		}
	}

	/** What each entry needs and the columns did not give; columns that are required anyway speak for themselves. */
	private checkMembers(nested: NestedDraft, entry: Record<string, unknown>): void {
		const { slot } = nested;
		for (const member of slot.requiredMembers) {
			if (valueAt(entry, member.path) !== undefined) continue;
			const column = slot.columns.find((other) => other.column?.member === member.key);
			if (column === undefined) this.row.missing(`${slot.field.label}: ${member.field.label}`);
			else if (!column.isRequired && !nested.isGivenBy(column)) this.row.missing(column.label);
		}
	}

	private clearFields(): void {
		const { row, draft } = this;
		for (const key of row.policy.fieldsToClear) {
			const slot = this.slots.get(key);
			const label = slot?.field.label ?? this.resource.fields[key]?.label ?? key;
			if (slot === undefined || slot.field.clearWith === undefined)
				row.add(
					'CANNOT_CLEAR',
					`"${label}" cannot be cleared: the service has no way to remove a value of it here. Take it off "Fields to Clear".`,
					label,
				);
			else if (draft.giverOf(slot) !== undefined)
				row.add(
					'CONFLICT',
					`"${label}" has a value and stands under "Fields to Clear" too. Keep one of the two.`,
					label,
				);
			else draft.clear(slot, cleared(slot.field));
		}
	}

	private checkRequired(): void {
		for (const slot of this.requiredSlots) {
			const nested = this.draft.nestedOf(slot);
			const isGiven = this.draft.giverOf(slot) !== undefined;
			if (isGiven && (slot.requiredColumns.length === 0 || nested === undefined)) continue;
			if (this.isAdditional(slot.path)) continue;
			if (slot.requiredColumns.length === 0) this.row.missing(slot.field.label);
			for (const column of slot.requiredColumns)
				if (!nested?.isGivenBy(column)) this.row.missing(column.label);
		}
	}

	private isAdditional(path: readonly string[]): boolean {
		const { additionalFields } = this.row.policy;
		return (
			additionalFields !== undefined && presenceOf(valueAt(additionalFields, path)) === 'value'
		);
	}

	/** What rules may ask of the row at hand. */
	private readonly said: Subject = {
		has: (key) => {
			const slot = this.slots.get(key);
			return slot !== undefined && (this.draft.speaksOf(slot) || this.isAdditional(slot.path));
		},
		valueOf: (key) => {
			const { path } = this.slots.get(key)!;
			return valueAt(this.row.policy.additionalFields, path) ?? valueAt(this.draft.record, path);
		},
		// Of everything at the top of the record, known or not.
		names: () =>
			[this.draft.record, this.draft.relations, this.row.policy.additionalFields].flatMap((held) =>
				Object.keys(held ?? {}),
			),
		failed: false,
	};
}
