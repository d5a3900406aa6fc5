import type { Resource, SaveOperation } from '../definition';
import { headerMatchOf } from './headers';
import { Survey, type Judged } from './judge';
import { mergeRecords } from './merge';
import { Planner, type Plan, type Slot, type SlotColumn, type Target } from './plan';
import { at, blankOf, cleared, pathOf, put, sendsUnknown } from './prepare';
import { Problem } from './problem';
import { RowState } from './rowState';
import { rulesOf, type Subject } from './rules';
import { tidyOf, type Tidy } from './tidy';
import type { BlankPolicy, HeaderMatch, Issue, MappedRow, Mapper, MappingPolicy } from './types';
import { converterOf, entriesOf, isRecord, presenceOf } from './values';

type Row = Readonly<Record<string, unknown>>;

/** A mapper for the rows of one operation. */
export const prepareMapper = (resource: Resource, operation: SaveOperation): Mapper =>
	new RowMapper(resource, operation);

/** More names than a message can show. */
const MOST_LEFT_OUT = 500;

const EMPTY_ROW: Issue = {
	code: 'EMPTY_ROW',
	message:
		'The row holds no values. Map at least one column. If it is the empty item that "Always Output Data" makes, switch that off in the node before.',
};

/** What flat columns have given of one nested field. */
interface FlatDraft {
	/** The object, or the first entry of the list. */
	entry: Record<string, unknown> | undefined;
	/** Set beside it where no column sets them. */
	beside: Array<Row>;
	/** Entries of `each` columns. */
	others: Array<Record<string, unknown>>;
}

/**
 * Reads row after row into the same working state: what differs between rows is written over, what belongs to the operation
 * was prepared once. State per field or column belongs to the row at hand when its entry holds that row's stamp.
 */
class RowMapper implements Mapper {
	private readonly planner: Planner;
	private readonly row = new RowState();
	private readonly rules: ReturnType<typeof rulesOf>;
	private readonly slots: ReadonlyMap<string, Slot>;
	private readonly requiredSlots: readonly Slot[];
	private readonly fixed: ReadonlyArray<readonly [path: readonly string[], value: unknown]>;
	private readonly keyPath: readonly string[];
	private readonly convertKey: ReturnType<typeof converterOf>;
	private readonly tidyKey: Tidy;

	private readonly left = new Set<string>();
	private stamp = 0;
	/** By slot: the row in which a value was given. */
	private readonly filled: number[];
	/** By slot: the row in which it was given or cleared. */
	private readonly written: number[];
	/** By slot: what gave it. */
	private readonly giver: string[];
	/** By slot: parts given by flat columns; of the row at hand if the slot stands in `touched`. */
	private readonly drafts: FlatDraft[];
	private touched: Slot[] = [];
	/** By column: the row in which a value was given. */
	private readonly filledColumns: number[];
	private record: Record<string, unknown> = {};
	private relations: Record<string, unknown> | undefined;

	constructor(
		private readonly resource: Resource,
		operation: SaveOperation,
	) {
		this.planner = new Planner(resource, operation);
		const { slots, columnCount } = this.planner;
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
		const keyField = resource.fields[resource.key];
		this.keyPath = pathOf(resource.key, keyField);
		this.convertKey = converterOf(keyField);
		const { concept } = keyField;
		this.tidyKey = tidyOf({ field: keyField, concept, isKey: true, isList: false });
		this.filled = new Array<number>(slots.length).fill(0);
		this.written = new Array<number>(slots.length).fill(0);
		this.giver = new Array<string>(slots.length).fill('');
		this.drafts = new Array<FlatDraft>(slots.length);
		this.filledColumns = new Array<number>(columnCount).fill(0);
	}

	match(headers: readonly string[], headerMapping?: MappingPolicy['headerMapping']): HeaderMatch {
		return headerMatchOf(this.planner.index.find(headers, headerMapping));
	}

	survey({ headerMapping, dateOrder }: MappingPolicy): Survey {
		const judged = new WeakMap<Plan, readonly Judged[]>();
		return new Survey((row) => {
			const plan = this.planner.planFor(row, headerMapping);
			let columns = judged.get(plan);
			if (columns === undefined) judged.set(plan, (columns = this.judgedIn(plan)));
			return columns;
		}, dateOrder);
	}

	private judgedIn({ keys, targets }: Plan): Judged[] {
		return keys.flatMap((header, at): Judged[] => {
			const target = targets[at];
			if (target.to === 'column') {
				const { key, label, concept, member } = target.column;
				const { field, tidy } = member;
				return [{ header, key, label, field, concept, isKey: false, tidy }];
			}
			if (target.to !== 'field') return [];
			const { key, field, tidy } = target.slot;
			const { label, concept } = field;
			const isKey = key === this.resource.key;
			return [{ header, key, label, field, concept, isKey, tidy }];
		});
	}

	notices(): string[] {
		return this.row.notes.texts();
	}

	keyOf(raw: Row, policy: MappingPolicy): string | undefined {
		return this.keyIn(raw, this.planner.planFor(raw, policy.headerMapping), policy);
	}

	map(raw: Row, policy: MappingPolicy): MappedRow {
		const { row } = this;
		const plan = this.planner.planFor(raw, policy.headerMapping);
		row.begin(policy);
		this.stamp++;
		this.touched = [];
		this.record = {};
		this.relations = undefined;

		const { keys, targets, further, nested } = plan;
		row.isVendors = nested.some(
			(at) => typeof raw[keys[at]] === 'object' && raw[keys[at]] !== null,
		);
		for (let index = 0; index < keys.length; index++) {
			row.readBy(keys[index]);
			this.take(targets[index], further.size === 0 ? raw[keys[index]] : listed(raw, plan, index));
		}

		const key = this.keyIn(raw, plan, policy);
		if (row.skip !== undefined) return { record: {}, key, issues: [], skip: row.skip };
		const { additionalFields } = policy;
		if (row.given === 0 && additionalFields === undefined)
			return { record: {}, key, issues: [EMPTY_ROW] };

		for (const slot of this.touched) this.join(slot);
		this.clearFields();
		this.checkRequired();
		for (const rule of this.rules) {
			this.said.failed = row.issues.length > 0;
			const issue = rule(this.said);
			if (issue !== undefined) row.add(issue.code, issue.message, issue.field);
		}
		for (const [path, value] of this.fixed) put(this.record, path, value);
		const record =
			additionalFields === undefined ? this.record : mergeRecords(this.record, additionalFields);
		const { relations } = this;
		const { issues } = row;
		return relations === undefined ? { record, key, issues } : { record, relations, key, issues };
	}

	private take(target: Target, value: unknown): void {
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

	private takeField(slot: Slot, raw: unknown, native: boolean): void {
		if (slot.columns.length === 1 && isFlat(raw, slot.columns[0].many))
			return this.takeColumn(slot, slot.columns[0], raw);
		const { row } = this;
		row.column = slot.field.label;
		const value = slot.tidy(raw, row.note, row.reading);
		if (value instanceof Problem) return this.refuse(slot, value);
		const presence = presenceOf(value);
		if (presence === 'absent') return;
		if (presence !== 'value') {
			const blank = blankOf(slot, row, this.blankPolicy(slot.key));
			if (blank !== undefined) this.set(slot, blank);
			return;
		}
		row.given++;
		if (this.filled[slot.index] === this.stamp) return this.conflict(slot);
		this.filled[slot.index] = this.stamp;
		this.giver[slot.index] = row.column;
		const wire = slot.read(value, row, native && !row.policy.plainValues);
		if (wire !== undefined) this.set(slot, wire);
	}

	private takeColumn(slot: Slot, column: SlotColumn, raw: unknown): void {
		const { row } = this;
		row.column = column.label;
		const value = column.member.tidy(raw, row.note, row.reading);
		if (value instanceof Problem) {
			this.filledColumns[column.index] = this.stamp;
			return this.refuse(slot, value);
		}
		const presence = presenceOf(value);
		if (presence === 'absent') return;
		if (presence !== 'value') return this.blankColumn(slot, column);
		row.given++;
		const draft = this.draftOf(slot);
		if (draft === undefined || this.filledColumns[column.index] === this.stamp)
			return this.conflict(slot);
		this.filledColumns[column.index] = this.stamp;
		const { member } = column;
		const beside = column.column?.beside;
		if (column.many) {
			entriesOf(value).forEach((entry, index) => {
				row.inner.push(index + 1);
				const wire = member.read(entry, row, false);
				row.inner.pop();
				if (wire === undefined) return;
				const other = { ...beside };
				put(other, member.path, wire);
				draft.others.push(other);
			});
			return;
		}
		const wire = member.read(value, row, false);
		if (wire === undefined) return;
		put((draft.entry ??= {}), member.path, wire);
		if (beside !== undefined) draft.beside.push(beside);
	}

	/** The value cannot be used, which is said once: the field is not missing besides. */
	private refuse(slot: Slot, problem: Problem): void {
		this.row.given++;
		this.filled[slot.index] = this.stamp;
		this.giver[slot.index] = this.row.column;
		this.row.report(problem);
	}

	/** A blank column clears its member, or the whole field where it is all that is asked of it. */
	private blankColumn(slot: Slot, column: SlotColumn): void {
		const policy = this.blankPolicy(column.key, slot.key);
		const isWhole = slot.columns.length === 1 && slot.field.clearWith !== undefined;
		if (isWhole && column.member.field.clearWith === undefined) {
			const blank = blankOf(slot, this.row, policy);
			if (blank !== undefined) this.set(slot, blank);
			return;
		}
		const { field, isRequired: required } = column;
		const blank = blankOf({ field, required }, this.row, policy);
		const draft = blank === undefined ? undefined : this.draftOf(slot);
		if (draft !== undefined) put((draft.entry ??= {}), column.member.path, blank);
	}

	/** Undefined: the field was given as a whole. */
	private draftOf(slot: Slot): FlatDraft | undefined {
		if (this.touched.includes(slot)) return this.drafts[slot.index];
		if (this.filled[slot.index] === this.stamp) return undefined;
		this.filled[slot.index] = this.stamp;
		this.giver[slot.index] = this.row.column;
		this.touched.push(slot);
		return (this.drafts[slot.index] = { entry: undefined, beside: [], others: [] });
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
					put(this.record, path, value);
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

	leftOut(): readonly string[] {
		return [...this.left];
	}

	private set(slot: Slot, wire: unknown): void {
		this.written[slot.index] = this.stamp;
		put(slot.secondPass ? (this.relations ??= {}) : this.record, slot.path, wire);
	}

	/** Makes the nested value of what flat columns gave. */
	private join(slot: Slot): void {
		const { entry, beside, others } = this.drafts[slot.index];
		const entries = entry === undefined ? others : [entry, ...others];
		if (entry !== undefined) {
			for (const more of beside)
				for (const [name, value] of Object.entries(more)) entry[name] ??= value;
			this.checkMembers(slot, entry);
		}
		if (entries.length > 0) this.set(slot, slot.field.kind === 'objectList' ? entries : entries[0]);
	}

	/** What each entry needs and the columns did not give; columns that are required anyway speak for themselves. */
	private checkMembers(slot: Slot, entry: Record<string, unknown>): void {
		for (const member of slot.requiredMembers) {
			if (at(entry, member.path) !== undefined) continue;
			const column = slot.columns.find((other) => other.column?.member === member.key);
			if (column === undefined) this.row.missing(`${slot.field.label}: ${member.field.label}`);
			else if (!column.isRequired && !this.hasColumn(column)) this.row.missing(column.label);
		}
	}

	private checkRequired(): void {
		for (const slot of this.requiredSlots) {
			const isFilled = this.filled[slot.index] === this.stamp;
			if (isFilled && (slot.requiredColumns.length === 0 || !this.touched.includes(slot))) continue;
			if (this.isAdditional(slot.path)) continue;
			if (slot.requiredColumns.length === 0) this.row.missing(slot.field.label);
			for (const column of slot.requiredColumns)
				if (!this.hasColumn(column)) this.row.missing(column.label);
		}
	}

	private hasColumn(column: SlotColumn): boolean {
		return this.filledColumns[column.index] === this.stamp;
	}

	private isAdditional(path: readonly string[]): boolean {
		return presenceOf(at(this.row.policy.additionalFields, path)) === 'value';
	}

	/** Whether the record will say something of a field: a value, or that it is cleared. */
	private readonly isIn = (key: string): boolean => {
		const slot = this.slots.get(key);
		return (
			slot !== undefined &&
			(this.filled[slot.index] === this.stamp ||
				this.written[slot.index] === this.stamp ||
				this.isAdditional(slot.path))
		);
	};

	private readonly valueIn = (key: string): unknown => {
		const { path } = this.slots.get(key)!;
		return at(this.row.policy.additionalFields, path) ?? at(this.record, path);
	};

	/** Of everything at the top of the record, known or not. */
	private readonly names = (): string[] =>
		[this.record, this.relations, this.row.policy.additionalFields].flatMap((held) =>
			Object.keys(held ?? {}),
		);

	/** What rules may ask of the row at hand. */
	private readonly said: Subject = {
		has: this.isIn,
		valueOf: this.valueIn,
		names: this.names,
		failed: false,
	};

	private clearFields(): void {
		const { row } = this;
		for (const key of row.policy.fieldsToClear) {
			const slot = this.slots.get(key);
			const label = slot?.field.label ?? this.resource.fields[key]?.label ?? key;
			if (slot === undefined || slot.field.clearWith === undefined)
				row.add(
					'CANNOT_CLEAR',
					`"${label}" cannot be cleared: the service has no way to remove a value of it here. Take it off "Fields to Clear".`,
					label,
				);
			else if (this.filled[slot.index] === this.stamp)
				row.add(
					'CONFLICT',
					`"${label}" has a value and stands under "Fields to Clear" too. Keep one of the two.`,
					label,
				);
			else this.set(slot, cleared(slot.field));
		}
	}

	private blankPolicy(key: string, fieldKey = key): BlankPolicy {
		const { blankValues, blankValuesByColumn: byColumn } = this.row.policy;
		return byColumn === undefined
			? blankValues
			: (byColumn[key] ?? byColumn[fieldKey] ?? blankValues);
	}

	private conflict(slot: Slot): void {
		const { row } = this;
		const other = this.giver[slot.index];
		const both =
			other === row.column
				? `"${other}" is given twice.`
				: `"${row.column}" and "${other}" set the same field.`;
		row.add('CONFLICT', `${both} Keep one of them.`, row.column);
	}

	private keyIn(raw: Row, plan: Plan, { additionalFields }: MappingPolicy): string | undefined {
		const added = at(additionalFields, this.keyPath);
		const value =
			presenceOf(added) === 'value'
				? added
				: plan.keyAt >= 0
					? raw[plan.keys[plan.keyAt]]
					: this.keyPath.length > 1
						? at(raw, this.keyPath)
						: undefined;
		if (presenceOf(value) !== 'value') return undefined;
		const tidy = this.tidyKey(value, () => undefined, {});
		if (tidy instanceof Problem || presenceOf(tidy) !== 'value') return undefined;
		const plain = this.convertKey(tidy, undefined);
		const isUsable = !(plain instanceof Problem) && !Array.isArray(plain);
		if (isUsable) return String(plain);
		return typeof tidy === 'string' ? tidy.trim() : undefined;
	}
}

/** The value at a position, and with it those of further columns that fill the same list. */
function listed(raw: Row, { keys, further }: Plan, index: number): unknown {
	const value = raw[keys[index]];
	const more = further.get(index);
	if (more === undefined) return value;
	const values = [value, ...more.map((at) => raw[keys[at]])];
	if (!values.some((other) => presenceOf(other) === 'value')) return value;
	return [...new Set(values.flatMap(entriesOf))];
}

/** A value for the only column of a nested field, given under the field's own name. */
const isFlat = (value: unknown, many: boolean): boolean => {
	if (typeof value === 'string') return !/^\s*[[{]/.test(value);
	if (Array.isArray(value)) return many && value.length > 0 && !isRecord(value[0]);
	return value !== undefined && value !== null && typeof value !== 'object';
};
