import {
	setAt,
	valueAt,
	type Field,
	type Filling,
	type Resource,
	type SaveOperation,
	type WriteEndpoint,
	type WritePurpose,
} from '../definition';
import { encode, mergeRecords, rulesOf } from '../mapping';
import type { Issue } from '../mapping/types';

/** Makes records fit the endpoint their route has led them to, as far as the operation as a whole cannot know it. */
export class EndpointRules {
	/** Fields that are filled in where the row gives no value. */
	private readonly filled: ReadonlyArray<[name: string, field: Field, filling: Filling]>;
	private readonly now: string;
	/** Rules for purposes that endpoints demand. */
	private readonly rules = new Map<WritePurpose, ReturnType<typeof rulesOf>>();

	/** `now`: one time for the whole run, so that a repeated row is the same row. */
	constructor(
		private readonly resource: Resource,
		private readonly operation: SaveOperation,
		now: number,
	) {
		this.now = new Date(now).toISOString();
		this.filled = Object.entries(resource.fields).flatMap(([name, field]) =>
			field.whenMissing === undefined ? [] : [[name, field, field.whenMissing] as const],
		);
	}

	/** The record with what nobody needs to be asked for. */
	completed(
		{ demands = this.operation.purpose }: WriteEndpoint,
		record: Record<string, unknown>,
	): Record<string, unknown> {
		// What the stored record does not show may not be made up: it would overwrite what is there.
		if (this.operation.purpose === 'fill') return record;
		let whole = record;
		for (const [name, field, filling] of this.filled) {
			const path = field.path ?? name;
			if (!field.required?.includes(demands) || valueAt(record, path) !== undefined) continue;
			const value = this.fillingOf(field, filling, record);
			if (value === undefined) continue;
			const filled: Record<string, unknown> = {};
			setAt(filled, path, encode(value, field));
			whole = mergeRecords(whole, filled);
		}
		return whole;
	}

	private fillingOf(
		field: Field,
		filling: Filling,
		record: Readonly<Record<string, unknown>>,
	): unknown {
		if (filling === 'now') return this.now;
		if ('value' in filling) return filling.value;
		const { fields } = this.resource;
		const parts = filling.joined.map((name) => valueAt(record, fields[name].path ?? name));
		const whole = parts.join(' ');
		const fits = parts.every((part) => typeof part === 'string') && field.schema.safeParse(whole);
		return fits && fits.success ? whole : undefined;
	}

	/** The label of a field that could not be filled in. */
	private unfilled(
		purpose: WritePurpose,
		record: Readonly<Record<string, unknown>>,
	): string | undefined {
		const lacking = this.filled.find(
			([name, field, filling]) =>
				typeof filling === 'object' &&
				'joined' in filling &&
				field.required?.includes(purpose) &&
				valueAt(record, field.path ?? name) === undefined,
		);
		return lacking?.[1].label;
	}

	private get why(): string {
		return this.operation.purpose === 'fill'
			? 'the stored record does not show it'
			: 'the record does not exist yet';
	}

	/** Why an endpoint does not take a record; undefined when it does. */
	problem(
		{ accepts, demands }: WriteEndpoint,
		record: Readonly<Record<string, unknown>>,
		relations: Readonly<Record<string, unknown>> | undefined,
	): Issue | undefined {
		const { purpose } = this.operation;
		const unfilled = this.unfilled(demands ?? purpose, record);
		if (unfilled !== undefined && purpose !== 'fill')
			return {
				code: 'MISSING_VALUE',
				message: `"${unfilled}" is missing, and could not be made of the other values. Add a value or map a column to it.`,
				field: unfilled,
			};
		if (accepts === undefined && demands === undefined) return undefined;
		const lacking = this.lacking({ accepts, demands }, record, relations);
		if (lacking !== undefined || demands === undefined) return lacking;
		return this.ruleBroken(demands, record, relations);
	}

	private lacking(
		{ accepts, demands }: Pick<WriteEndpoint, 'accepts' | 'demands'>,
		record: Readonly<Record<string, unknown>>,
		relations: Readonly<Record<string, unknown>> | undefined,
	): Issue | undefined {
		const { fields } = this.resource;
		const { fixed = {} } = this.operation;
		const given = (name: string): boolean =>
			[record, relations].some((held) => valueAt(held, fields[name].path ?? name) !== undefined);
		for (const [name, field] of Object.entries(fields)) {
			const { label, required } = field;
			if (accepts !== undefined && !accepts.includes(name) && !(name in fixed) && given(name))
				return {
					code: 'CANNOT_CHANGE',
					message: `"${label}" cannot be changed on a record that exists. Remove the value.`,
					field: label,
				};
			if (demands === undefined) continue;
			const lacking =
				required?.includes(demands) && !given(name)
					? label
					: missingIn(field, valueAt(record, field.path ?? name), demands);
			if (lacking !== undefined)
				return {
					code: 'MISSING_VALUE',
					message: `"${lacking}" is missing, and ${this.why}. Add a value or map a column to it.`,
					field: lacking,
				};
		}
		return undefined;
	}

	/** Rules for what the endpoint demands; those for the operation's own purpose were checked with the row. */
	private ruleBroken(
		demands: WritePurpose,
		record: Readonly<Record<string, unknown>>,
		relations: Readonly<Record<string, unknown>> | undefined,
	): Issue | undefined {
		const { resource, operation } = this;
		if (demands === operation.purpose) return undefined;
		const valueOf = (name: string): unknown => {
			const path = resource.fields[name].path ?? name;
			return valueAt(record, path) ?? valueAt(relations, path);
		};
		const said = {
			has: (name: string) => valueOf(name) !== undefined,
			valueOf,
			names: () => Object.keys(record),
			failed: false,
		};
		let rules = this.rules.get(demands);
		if (rules === undefined) {
			rules = rulesOf(resource, operation, (purpose) => purpose === demands);
			this.rules.set(demands, rules);
		}
		for (const rule of rules) {
			const issue = rule(said);
			if (issue !== undefined) return issue;
		}
		return undefined;
	}
}

/** The first member that a value lacks, as a label: `Education: Degree`. */
function missingIn(field: Field, value: unknown, purpose: WritePurpose): string | undefined {
	const { label, members = {} } = field;
	for (const entry of Array.isArray(value) ? (value as unknown[]) : [value]) {
		if (typeof entry !== 'object' || entry === null) continue;
		for (const [name, member] of Object.entries(members)) {
			const held = valueAt(entry, member.path ?? name);
			if (held === undefined && member.required?.includes(purpose))
				return `${label}: ${member.label}`;
			const inner = missingIn(member, held, purpose);
			if (inner !== undefined) return `${label}: ${inner}`;
		}
	}
	return undefined;
}
