import type { Resource, SaveOperation } from '../definition';
import { Choices } from './chosen';
import { Completion } from './completion';
import { Draft } from './draft';
import { headerMatchOf } from './headers';
import { Placing } from './placing';
import { Survey, type Judged } from './judge';
import { keyReaderOf, type KeyReader } from './key';
import { mergeRecords } from './merge';
import { namesOf, Planner, type Plan, type Slot } from './plan';
import { RowState } from './rowState';
import type {
	ChosenValues,
	HeaderMatch,
	Issue,
	MappedRow,
	Mapper,
	MappingPolicy,
	RowNames,
	ValuesReport,
} from './types';
import { entriesOf, presenceOf } from './values';

type Row = Readonly<Record<string, unknown>>;

/** A mapper for the rows of one operation. */
export const prepareMapper = (
	resource: Resource,
	operation: SaveOperation,
	chosen?: ChosenValues,
): Mapper => new RowMapper(resource, operation, chosen);

const NOTHING_CHOSEN: ChosenValues = {
	same: new Map(),
	translations: new Map(),
	unmapped: 'send',
};

const EMPTY_ROW: Issue = {
	code: 'EMPTY_ROW',
	message:
		'The row holds no values. Map at least one column. If it is the empty item that "Always Output Data" makes, switch that off in the node before.',
};

/** Reads row after row: what belongs to the operation was prepared once, what a row gives is in its draft. */
class RowMapper implements Mapper {
	private readonly planner: Planner;
	private readonly row = new RowState();
	private readonly placing: Placing;
	private readonly completion: Completion;
	private readonly keyOfValues: KeyReader;
	private readonly chosen: Choices;
	private readonly namesOf = new WeakMap<Plan, RowNames>();

	constructor(
		private readonly resource: Resource,
		operation: SaveOperation,
		chosen = NOTHING_CHOSEN,
	) {
		this.planner = new Planner(resource, operation);
		this.chosen = new Choices(this.planner, chosen);
		this.placing = new Placing(this.row, this.planner, this.chosen);
		this.completion = new Completion(this.row, this.planner, resource, operation);
		this.keyOfValues = keyReaderOf(resource);
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
				const refersTo = this.referred(target.slot);
				const translate = this.translator(key);
				return [{ header, key, label, field, concept, isKey: false, refersTo, tidy, translate }];
			}
			if (target.to !== 'field') return [];
			const { key, field, tidy } = target.slot;
			const { label, concept } = field;
			const isKey = key === this.resource.key;
			const refersTo = this.referred(target.slot);
			const translate = this.translator(key);
			return [{ header, key, label, field, concept, isKey, refersTo, tidy, translate }];
		});
	}

	private translator(key: string): Judged['translate'] {
		return this.chosen.translates(key) ? (raw) => this.chosen.translate(key, raw) : undefined;
	}

	/** By what the field names another record: its number, or what people are called. */
	private referred({ field: { relation } }: Slot): Judged['refersTo'] {
		if (relation === undefined) return undefined;
		return relation.refersTo.includes(' ') ? 'names' : 'id';
	}

	namesIn(raw: Row, headerMapping?: MappingPolicy['headerMapping']): RowNames {
		const plan = this.planner.planFor(raw, headerMapping);
		let names = this.namesOf.get(plan);
		if (names === undefined) this.namesOf.set(plan, (names = namesOf(plan)));
		return names;
	}

	notices(): string[] {
		return this.row.notes.texts();
	}

	count(): void {
		this.chosen.count();
	}

	choiceIssues(): readonly Issue[] {
		return this.chosen.issues();
	}

	choices(): ValuesReport {
		return this.chosen.report();
	}

	leftOut(): readonly string[] {
		return [...this.placing.left];
	}

	keyOf(raw: Row, policy: MappingPolicy): string | undefined {
		return this.keyOfValues(raw, this.planner.planFor(raw, policy.headerMapping), policy);
	}

	map(raw: Row, policy: MappingPolicy): MappedRow {
		const { row, placing } = this;
		const plan = this.planner.planFor(raw, policy.headerMapping);
		const draft = new Draft(this.planner.noneGiven);
		row.begin(policy);
		placing.draft = draft;
		if (!this.chosen.isNone) this.chosen.begin();

		const { keys, targets, further, nested } = plan;
		row.isVendors = nested.length > 0 && nested.some((at) => isObject(raw[keys[at]]));
		for (let index = 0; index < keys.length; index++) {
			if (policy.readings !== undefined) row.readBy(keys[index]);
			placing.take(
				targets[index],
				further.size === 0 ? raw[keys[index]] : listed(raw, plan, index),
			);
		}

		const key = this.keyOfValues(raw, plan, policy);
		if (row.skip !== undefined) return { record: {}, key, issues: [], skip: row.skip };
		const { additionalFields } = policy;
		if (row.given === 0 && additionalFields === undefined)
			return { record: {}, key, issues: [EMPTY_ROW] };

		if (!this.chosen.isNone) placing.fillBlanks();
		this.completion.complete(draft);
		const record =
			additionalFields === undefined ? draft.record : mergeRecords(draft.record, additionalFields);
		const { relations } = draft;
		const { issues } = row;
		return relations === undefined ? { record, key, issues } : { record, relations, key, issues };
	}
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** The value at a position, and with it those of further columns that fill the same list. */
function listed(raw: Row, { keys, further }: Plan, index: number): unknown {
	const value = raw[keys[index]];
	const more = further.get(index);
	if (more === undefined) return value;
	const values = [value, ...more.map((at) => raw[keys[at]])];
	if (!values.some((other) => presenceOf(other) === 'value')) return value;
	return [...new Set(values.flatMap(entriesOf))];
}
