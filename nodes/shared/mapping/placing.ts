import { setAt } from '../definition';
import type { Choices } from './chosen';
import type { Draft, NestedDraft } from './draft';
import type { Planner, Slot, SlotColumn, Target } from './plan';
import { blankOf, sendsUnknown } from './prepare';
import { Problem } from './problem';
import type { RowState } from './rowState';
import type { BlankPolicy } from './types';
import { entriesOf, isRecord, presenceOf } from './values';

/** More names than a message can show. */
const MOST_LEFT_OUT = 500;

/** Puts the values of a row where they go. */
export class Placing {
	/** Of the row at hand. */
	draft!: Draft;
	/** Names that no field takes, of all rows. */
	readonly left = new Set<string>();

	constructor(
		private readonly row: RowState,
		private readonly planner: Planner,
		private readonly chosen: Choices,
	) {}

	/** Gives the row what it has no value of its own for. */
	fillBlanks(): void {
		this.row.readBy('');
		for (const chosen of this.chosen.filling) {
			const { slot, column, same } = chosen;
			const nested = this.draft.nestedOf(slot);
			const isGiven =
				column === undefined || nested === undefined
					? this.draft.giverOf(slot) !== undefined
					: nested.isGivenBy(column);
			if (isGiven) continue;
			this.chosen.noteFilled(chosen);
			if (column === undefined) this.takeField(slot, same, false);
			else this.takeColumn(slot, column, same);
		}
	}

	take(target: Target, value: unknown): void {
		switch (target.to) {
			case 'field':
				return this.takeField(target.slot, value, target.native);
			case 'column':
				return this.takeColumn(target.slot, target.column, value);
			case 'nested':
				return typeof value === 'object' || presenceOf(value) !== 'value'
					? this.takeField(target.slot, value, true)
					: this.take(target.plain, value);
			case 'branch':
				return this.takeBranch(target, value);
			default:
				return this.takeOther(target, value);
		}
	}

	private takeField(slot: Slot, given: unknown, isNative: boolean): void {
		if (slot.columns.length === 1 && isFlat(given, slot.columns[0].many))
			return this.takeColumn(slot, slot.columns[0], given);
		const { row, chosen } = this;
		const native = isNative && !row.policy.plainValues;
		row.column = slot.field.label;
		const raw = chosen.isNone ? given : chosen.translate(slot.key, chosen.inside(slot, given));
		if (typeof raw === 'string') {
			const wire = slot.quick.read(raw, row.reading, native);
			if (wire !== undefined) {
				if (this.opens(slot)) this.draft.set(slot, wire);
				return;
			}
		}
		row.isQuiet = true;
		const value = raw instanceof Problem ? raw : slot.tidy(raw, row.note, row.reading);
		if (value instanceof Problem) {
			this.draft.begin(slot, row.column);
			return this.refuse(value);
		}
		const presence = presenceOf(value);
		if (presence === 'absent') return;
		if (presence !== 'value')
			return chosen.fills(slot.key) ? undefined : this.takeBlank(slot, this.blankPolicy(slot.key));
		if (!this.opens(slot)) return;
		const wire = slot.read(value, row, native);
		if (wire === undefined) return;
		if (row.isQuiet) slot.quick.learn(raw, row.reading, native, wire);
		this.draft.set(slot, wire);
	}

	private takeColumn(slot: Slot, column: SlotColumn, given: unknown): void {
		const { row, chosen } = this;
		const { member } = column;
		row.column = column.label;
		const raw = chosen.isNone ? given : chosen.translate(column.key, given);
		if (typeof raw === 'string' && !column.many) {
			const wire = member.quick.read(raw, row.reading, false);
			if (wire !== undefined) {
				this.opensIn(slot, column)?.set(column, wire);
				return;
			}
		}
		row.isQuiet = true;
		const value = raw instanceof Problem ? raw : member.tidy(raw, row.note, row.reading);
		if (value instanceof Problem) {
			this.nestedOf(slot)?.begin(column);
			return this.refuse(value);
		}
		const presence = presenceOf(value);
		if (presence === 'absent') return;
		if (presence !== 'value')
			return chosen.fills(column.key) ? undefined : this.takeBlankColumn(slot, column);
		const nested = this.opensIn(slot, column);
		if (nested === undefined) return;
		if (column.many) return this.takeEntries(nested, column, value);
		const wire = member.read(value, row, false);
		if (wire === undefined) return;
		if (row.isQuiet) member.quick.learn(raw, row.reading, false, wire);
		nested.set(column, wire);
	}

	private takeEntries(nested: NestedDraft, column: SlotColumn, value: unknown): void {
		const { row } = this;
		entriesOf(value).forEach((entry, index) => {
			row.inner.push(index + 1);
			const wire = column.member.read(entry, row, false);
			row.inner.pop();
			if (wire !== undefined) nested.add(column, wire);
		});
	}

	/** Counts a value; whether it is the first of its field. */
	private opens(slot: Slot): boolean {
		this.row.given++;
		if (this.draft.giverOf(slot) === undefined) {
			this.draft.begin(slot, this.row.column);
			return true;
		}
		this.conflict(slot);
		return false;
	}

	/** Counts a value of a flat column; undefined where it is not the first of its place. */
	private opensIn(slot: Slot, column: SlotColumn): NestedDraft | undefined {
		this.row.given++;
		const nested = this.nestedOf(slot);
		if (nested?.begin(column)) return nested;
		this.conflict(slot);
		return undefined;
	}

	/** The value cannot be used, which is said once: its field is not missing besides. */
	private refuse(problem: Problem): void {
		this.row.given++;
		this.row.report(problem);
	}

	private takeBlank(slot: Slot, policy: BlankPolicy): void {
		const blank = blankOf(slot, this.row, policy);
		if (blank !== undefined) this.draft.clear(slot, blank);
	}

	/** A blank column clears its member, or the whole field where it is all that is asked of it. */
	private takeBlankColumn(slot: Slot, column: SlotColumn): void {
		const policy = this.blankPolicy(column.key, slot.key);
		const isWhole = slot.columns.length === 1 && slot.field.clearWith !== undefined;
		if (isWhole && column.member.field.clearWith === undefined) return this.takeBlank(slot, policy);
		const { field, isRequired: required } = column;
		const blank = blankOf({ field, required }, this.row, policy);
		if (blank !== undefined) this.nestedOf(slot)?.blank(column, blank);
	}

	/** Undefined: the field was given as a whole. */
	private nestedOf(slot: Slot): NestedDraft | undefined {
		const { draft } = this;
		const known = draft.nestedOf(slot);
		if (known !== undefined || draft.giverOf(slot) !== undefined) return known;
		draft.begin(slot, this.row.column);
		return draft.beginNested(slot);
	}

	private takeBranch(target: Extract<Target, { to: 'branch' }>, value: unknown): void {
		const { branch, path } = target;
		if (!isRecord(value)) return this.takeOther({ to: 'unknown', path }, value);
		for (const [part, inner] of Object.entries(value))
			this.take(branch.get(part) ?? { to: 'unknown', path: [...path, part] }, inner);
	}

	private takeOther(
		target: Exclude<Target, { to: 'field' | 'column' | 'nested' | 'branch' }>,
		value: unknown,
	): void {
		const { row } = this;
		const isGiven = presenceOf(value) === 'value';
		if (isGiven) row.given++;
		switch (target.to) {
			case 'slip':
				// Whoever wants unknown fields sent, or none at all, has said what becomes of it.
				return row.policy.unknownFields === 'ignore' && isGiven
					? this.take(target.slip, value)
					: this.takeOther({ to: 'unknown', path: target.path }, value);
			case 'unknown': {
				const { path } = target;
				if (isGiven && row.policy.unknownFields === 'ignore') this.leave(path[0]);
				if (
					value !== undefined &&
					sendsUnknown(path[path.length - 1], row, () => this.planner.unknown(path))
				)
					setAt(this.draft.record, path, value);
				return;
			}
			case 'refused':
				if (isGiven && row.policy.unknownFields !== 'ignore') row.issues.push(target.issue);
				else if (isGiven && !target.quiet) this.leave(target.issue.field as string);
				return;
			case 'issue':
				row.issues.push(target.issue);
				return;
			case 'nothing':
		}
	}

	/** Rows whose keys are data must not fill the memory. */
	private leave(name: string): void {
		if (this.left.size < MOST_LEFT_OUT) this.left.add(name);
	}

	private blankPolicy(key: string, fieldKey = key): BlankPolicy {
		const { blankValues, blankValuesByColumn: byColumn } = this.row.policy;
		return byColumn === undefined
			? blankValues
			: (byColumn[key] ?? byColumn[fieldKey] ?? blankValues);
	}

	private conflict(slot: Slot): void {
		const { row } = this;
		const other = this.draft.giverOf(slot);
		const both =
			other === row.column
				? `"${other}" is given twice.`
				: `"${row.column}" and "${other}" set the same field.`;
		row.add('CONFLICT', `${both} Keep one of them.`, row.column);
	}
}

/** A value for the only column of a nested field, given under the field's own name. */
const isFlat = (value: unknown, many: boolean): boolean => {
	if (typeof value === 'string') return !/^\s*[[{]/.test(value);
	if (Array.isArray(value)) return many && value.length > 0 && !isRecord(value[0]);
	return value !== undefined && value !== null && typeof value !== 'object';
};
