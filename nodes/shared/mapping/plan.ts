import { endpointsOf, type Field, type Resource, type SaveOperation } from '../definition';
import { columnsOfField, neededBy, inputFields, wholeField } from './columns';
import { HeaderIndex, type Found } from './headers';
import { NOT_WRITABLE, pathOf, prepare, renameOrRemove, type Prepared } from './prepare';
import type { ColumnView, Issue, MappingPolicy, RowNames } from './types';

/** A flat column of a nested field. */
export interface SlotColumn extends ColumnView {
	/** Its place among those of its field. */
	readonly index: number;
	readonly member: Prepared;
	readonly isRequired: boolean;
	/** What is set beside its value. */
	readonly beside: ReadonlyArray<readonly [member: string, value: unknown]> | undefined;
}

/** A field that the operation takes. */
export interface Slot extends Prepared {
	/** Its place among them. */
	readonly index: number;
	/** Kept apart from the record. */
	readonly secondPass: boolean;
	readonly columns: readonly SlotColumn[];
	/** One for each of them: a copy is made faster than a new list. */
	readonly noneGiven: readonly undefined[];
	/** Those that set something beside their value. */
	readonly columnsBeside: readonly SlotColumn[];
	readonly requiredColumns: readonly SlotColumn[];
	/** Members that every entry made of columns needs. */
	readonly requiredMembers: readonly Prepared[];
}

/** Where the value under a key goes. */
export type Target =
	/** `native`: the key is the vendor's own name. */
	| { to: 'field'; slot: Slot; native: boolean }
	| { to: 'column'; slot: Slot; column: SlotColumn }
	/** A nested field in a row that is not in the vendor's shape otherwise. A plain value is another column's, or nobody's. */
	| { to: 'nested'; slot: Slot; plain: Target }
	/** The vendor's nesting above fields. */
	| { to: 'branch'; branch: Branch; path: readonly string[] }
	/** Left out: set by the operation, or by hand to nothing. */
	| { to: 'nothing' }
	/** A field that is not written here. `quiet`: nobody is told where it is left out. */
	| { to: 'refused'; issue: Issue; quiet?: boolean }
	| { to: 'unknown'; path: readonly string[] }
	/** An unknown name that is a field's but for a slip. */
	| { to: 'slip'; path: readonly string[]; slip: Target }
	/** Wrong whatever the value is. */
	| { to: 'issue'; issue: Issue };

export type Branch = Map<string, Target>;

/** Where each key of a row goes; one plan serves all rows with the same keys. */
export interface Plan {
	readonly keys: readonly string[];
	readonly targets: readonly Target[];
	/** Position of the key field's value; -1 where no key of the row holds it. */
	readonly keyAt: number;
	readonly headerMapping: MappingPolicy['headerMapping'];
	/** Positions of nested values under the vendor's names. */
	readonly nested: readonly number[];
	/** Positions of further values of a list, by the position of its first. */
	readonly further: ReadonlyMap<number, readonly number[]>;
}

/** What other nodes put beside the columns of a list: Google Sheets, Airtable, n8n's own form. */
const OF_N8N: ReadonlySet<string> = new Set([
	...['row_number', 'id', 'createdTime', 'submittedAt', 'formMode'],
]);
const NOTHING: Target = { to: 'nothing' };

/** Rows of a sheet share one set of keys; rows of JSON that leave out what they lack have some dozens. */
const REMEMBERED_PLANS = 500;

/** What an operation takes, prepared, and where the keys of rows go. */
export class Planner {
	readonly slots: readonly Slot[];
	/** As many as there are slots. */
	readonly noneGiven: readonly undefined[];
	readonly index: HeaderIndex;
	private readonly targets = new Map<ColumnView, Target>();
	private readonly branches: Branch = new Map();
	private plans = new Map<string, Plan>();
	private last: Plan | undefined;

	constructor(
		private readonly resource: Resource,
		operation: SaveOperation,
	) {
		const taken = inputFields(resource, operation);
		const views: ColumnView[] = [];
		const closed: ColumnView[] = [];
		const needed = neededBy(resource, operation);
		this.slots = taken.map(([key, field], index) =>
			slotOf(key, field, index, { operation, needed, isKey: key === resource.key }),
		);
		this.noneGiven = this.slots.map(() => undefined);
		for (const slot of this.slots) {
			const whole = wholeField(slot.key, slot.field);
			views.push(...slot.columns, whole);
			this.targets.set(whole, { to: 'field', slot, native: false });
			for (const column of slot.columns) this.targets.set(column, { to: 'column', slot, column });
			this.branch(slot.path, { to: 'field', slot, native: true });
		}
		const takenKeys = new Set(taken.map(([key]) => key));
		for (const [key, field] of Object.entries(resource.fields)) {
			if (takenKeys.has(key)) continue;
			const isFixed = operation.fixed !== undefined && key in operation.fixed;
			const whole = wholeField(key, field);
			const held = field.columns === undefined ? [whole] : [whole, ...columnsOfField(key, field)];
			closed.push(...held);
			for (const view of held) this.targets.set(view, isFixed ? NOTHING : refused(view.label));
			this.branch(pathOf(key, field), isFixed ? NOTHING : refused(field.label));
		}
		for (const path of fixedInside(resource, operation)) this.leaveOut(path.split('.'));
		this.index = new HeaderIndex(views, closed);
	}

	planFor(
		raw: Readonly<Record<string, unknown>>,
		headerMapping: MappingPolicy['headerMapping'],
	): Plan {
		const { last } = this;
		if (last !== undefined && last.headerMapping === headerMapping && hasKeys(raw, last.keys))
			return last;
		const keys = Object.keys(raw);
		// A mapping by hand is the same for a run; should it change from row to row, nothing is remembered.
		if (last?.headerMapping !== headerMapping) this.plans.clear();
		const signature = JSON.stringify(keys);
		let plan = this.plans.get(signature);
		if (plan === undefined) {
			plan = this.plan(keys, headerMapping);
			if (this.plans.size >= REMEMBERED_PLANS) this.plans.clear();
			this.plans.set(signature, plan);
		}
		this.last = plan;
		return plan;
	}

	/** Names under which values may be given, for a suggestion. */
	names(): string[] {
		return this.slots.flatMap((slot) =>
			slot.columns.length === 0
				? [slot.field.label]
				: [...slot.columns.map(({ label }) => label), slot.key],
		);
	}

	unknown(path: readonly string[]): Issue {
		const name = path.join('.');
		return {
			code: 'UNKNOWN_FIELD',
			message: `"${name}" is no field of ${this.resource.label}.${renameOrRemove(name, this.names())}`,
			field: name,
		};
	}

	private plan(keys: readonly string[], headerMapping: MappingPolicy['headerMapping']): Plan {
		const found = this.index.find(keys, headerMapping);
		const issues = issuesOf(found);
		const unmatched = new Set(found.unmatched);
		const firstOf = new Map<ColumnView, number>();
		const further = new Map<number, number[]>();
		const targets = keys.map((key, at): Target => {
			const whole = found.nested.get(key);
			const nested = whole === undefined ? undefined : this.targets.get(whole);
			const view = found.matched.get(key) ?? found.closed.get(key);
			const target = view === undefined ? undefined : this.targets.get(view);
			if (nested?.to === 'field') {
				const plain = target ?? { to: 'unknown', path: [key] };
				return { to: 'nested', slot: nested.slot, plain };
			}
			if (view !== undefined && found.matched.has(key)) {
				const first = firstOf.get(view);
				if (first !== undefined) {
					further.set(first, [...(further.get(first) ?? []), at]);
					return NOTHING;
				}
				firstOf.set(view, at);
			}
			if (target?.to === 'field')
				return { ...target, native: vendorNames(target.slot).includes(key) };
			if (target?.to === 'refused' && OF_N8N.has(key)) return { ...target, quiet: true };
			if (target !== undefined) return target;
			const slip = issues.get(key);
			if (slip !== undefined && unmatched.has(key)) return { to: 'slip', path: [key], slip };
			if (unmatched.has(key) && OF_N8N.has(key)) return NOTHING;
			if (unmatched.has(key)) return this.branches.get(key) ?? { to: 'unknown', path: [key] };
			return issues.get(key) ?? NOTHING;
		});
		const keyAt = targets.findIndex(
			(target) => target.to === 'field' && target.slot.key === this.resource.key,
		);
		const nested = [...targets.keys()].filter((at) => isNested(targets[at]));
		return { keys, targets, keyAt, headerMapping, further, nested };
	}

	/** What the endpoint always sends itself may stand in a row that is a record of the vendor, and says nothing new there. */
	private leaveOut(path: readonly string[]): void {
		if (path.length === 1) this.branches.set(path[0], NOTHING);
		else this.branch(path, NOTHING);
	}

	/** Enters a field that the vendor keeps inside others. */
	private branch(path: readonly string[], target: Target): void {
		let held = this.branches;
		path.forEach((part, depth) => {
			if (depth === path.length - 1) {
				if (depth > 0) held.set(part, target);
				return;
			}
			let next = held.get(part);
			if (next?.to !== 'branch') {
				next = { to: 'branch', branch: new Map(), path: path.slice(0, depth + 1) };
				held.set(part, next);
			}
			held = next.branch;
		});
	}
}

/** What the keys of a plan mean, beside what becomes of their values. */
export function namesOf({ keys, targets }: Plan): RowNames {
	const taken: string[] = [];
	const wrong: Array<RowNames['wrong'][number]> = [];
	keys.forEach((name, at) => {
		const target = targets[at];
		switch (target.to) {
			case 'unknown':
				return void wrong.push({ name, is: 'unknown', message: '' });
			case 'refused':
				return target.quiet
					? undefined
					: void wrong.push({ name, is: 'unknown', message: target.issue.message });
			case 'slip':
				return void wrong.push({
					name,
					is: 'slip',
					message: target.slip.to === 'issue' ? target.slip.issue.message : '',
				});
			case 'issue':
				return void wrong.push({ name, is: 'issue', message: target.issue.message });
			case 'nothing':
				return;
			default:
				taken.push(name);
		}
	});
	return { taken, wrong };
}

function slotOf(
	key: string,
	field: Field,
	index: number,
	{
		operation: { purpose },
		needed,
		isKey,
	}: {
		operation: SaveOperation;
		needed: readonly string[];
		isKey: boolean;
	},
): Slot {
	const views = columnsOfField(key, field, needed);
	const columns = views.flatMap((view, place): SlotColumn[] => {
		if (view.column === undefined) return [];
		return [
			{
				...view,
				index: place,
				member: prepare(view.column.member, view.field, purpose, {
					concept: view.concept,
					isKey: field.relation !== undefined,
					isList: view.many,
				}),
				isRequired: view.required.includes(purpose),
				beside: view.column.beside && Object.entries(view.column.beside),
			},
		];
	});
	return {
		...prepare(key, field, purpose, isKey ? { isKey } : {}),
		...(columns.length === 0 ? { required: views[0].required.includes(purpose) } : {}),
		index,
		secondPass: field.relation?.order === 'secondPass',
		columns,
		noneGiven: columns.map(() => undefined),
		columnsBeside: columns.filter(({ beside }) => beside !== undefined),
		requiredColumns: columns.filter((column) => column.isRequired),
		requiredMembers: Object.entries(field.members ?? {})
			.map(([name, member]) => prepare(name, member, purpose))
			.filter((member) => member.required),
	};
}

function fixedInside({ endpoints }: Resource, { route }: SaveOperation): string[] {
	return endpointsOf(route).flatMap((name) => {
		const endpoint = endpoints[name];
		return endpoint?.does === 'write' ? Object.keys(endpoint.fixedInside ?? {}) : [];
	});
}

const isNested = (target: Target): boolean =>
	target.to === 'branch' ||
	(target.to === 'field' && target.native && target.slot.field.members !== undefined);

const vendorNames = ({ key, field }: Slot): Array<string | undefined> => [
	key,
	field.path,
	...(field.naming?.names ?? []),
];

const refused = (label: string): Target => ({
	to: 'refused',
	issue: { code: NOT_WRITABLE.code, message: `"${label}" ${NOT_WRITABLE.text}`, field: label },
});

/** By header; of several headers in one trouble the first speaks. */
function issuesOf({ ambiguous, misdirected, doubtful, slips }: Found): Map<string, Target> {
	const issues = new Map<string, Target>();
	for (const { headers, message } of ambiguous)
		issues.set(headers[0], {
			to: 'issue',
			issue: {
				code: 'CONFLICT',
				message: `${message} Choose its field under "Header Mapping".`,
				field: headers[0],
			},
		});
	for (const { header, message } of slips)
		issues.set(header, { to: 'issue', issue: { code: 'UNKNOWN_FIELD', message, field: header } });
	for (const { header, message } of doubtful)
		issues.set(header, { to: 'issue', issue: { code: 'CONFLICT', message, field: header } });
	for (const { header, message } of misdirected)
		issues.set(header, { to: 'issue', issue: { code: 'UNKNOWN_FIELD', message, field: header } });
	return issues;
}

/** Without a list of the row's own keys, which there would be one of for each row. */
function hasKeys(raw: Readonly<Record<string, unknown>>, keys: readonly string[]): boolean {
	let at = 0;
	for (const key in raw) if (key !== keys[at++]) return false;
	return at === keys.length;
}
