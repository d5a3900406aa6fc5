import {
	type Field,
	type RecordRule,
	type Resource,
	type SaveOperation,
	type Valued,
	type WritePurpose,
} from '../definition';
import { inputFields } from './columns';
import { pathOf } from './prepare';
import { quoted } from './text';
import type { Issue } from './types';

/** What a rule may ask of a record. */
export interface Subject {
	/** Whether it says something of a field. */
	has(field: string): boolean;
	/** What it says, as it is sent. */
	valueOf(field: string): unknown;
	/** Of everything that stands at its top. */
	names(): string[];
	/** Something is wrong with it already. */
	failed: boolean;
}

/** What is wrong, if anything is. */
type Check = (record: Subject) => Issue | undefined;

const broken = (message: string, field: string): Issue => ({ code: 'RULE', message, field });

/** The vendor's rules between fields for writes of a purpose, as far as the operation takes those fields. */
export function rulesOf(
	resource: Resource,
	operation: SaveOperation,
	holds: (purpose: WritePurpose | undefined) => boolean,
): Check[] {
	const taken = new Set(inputFields(resource, operation).map(([key]) => key));
	return (resource.rules ?? []).flatMap((rule): Check[] => {
		if (!holds('for' in rule ? rule.for : undefined)) return [];
		if ('anyOf' in rule) return anyOf(rule.anyOf, resource, operation, taken);
		if ('beside' in rule) return only(rule.beside, resource.fields[rule.beside], taken);
		if (!rule.together.every((key) => taken.has(key))) return [];
		return together(rule.together, resource);
	});
}

function anyOf(
	parts: Extract<RecordRule, { anyOf: unknown }>['anyOf'],
	{ fields }: Resource,
	{ fixed = {} }: SaveOperation,
	taken: ReadonlySet<string>,
): Check[] {
	const usable = parts.map(valued).filter(({ field }) => taken.has(field));
	const settled = parts
		.map(valued)
		.some(({ field, is }) => field in fixed && fits(fixed[field], is));
	if (usable.length === 0 || settled) return [];
	const needed = usable
		.map(({ field, is }) =>
			is === undefined ? quoted([fields[field].label], 'or') : `"${fields[field].label}" = ${is}`,
		)
		.join(' or ');
	return [
		({ has, valueOf }) =>
			usable.some(({ field, is }) => has(field) && fits(valueOf(field), is))
				? undefined
				: broken(
						`${needed} is needed. Add a value for one of them.`,
						fields[usable[0].field].label,
					),
	];
}

const valued = (part: string | Valued): { field: string; is?: Valued['is'] } =>
	typeof part === 'string' ? { field: part } : part;

const fits = (value: unknown, is: Valued['is'] | undefined): boolean =>
	is === undefined || String(value) === String(is);

function together(keys: readonly string[], { fields }: Resource): Check[] {
	const labels = (some: readonly string[]) => some.map((key) => fields[key].label);
	return [
		({ has }) => {
			const given = labels(keys.filter(has));
			const absent = labels(keys.filter((key) => !has(key)));
			if (given.length === 0 || absent.length === 0) return undefined;
			return broken(
				`${quoted(labels(keys), 'and')} go together. Add a value for ${quoted(absent, 'and')}, or remove ${quoted(given, 'and')}.`,
				absent[0],
			);
		},
	];
}

/** Whatever else is sent counts, known to the definition or not. */
function only(key: string, field: Field, taken: ReadonlySet<string>): Check[] {
	if (taken.size < 2 || !taken.has(key)) return [];
	const [name] = pathOf(key, field);
	return [
		({ has, names, failed }) =>
			failed || !has(key) || names().some((other) => other !== name)
				? undefined
				: broken(
						`"${field.label}" is all that the row holds, so there is nothing to save. Add a value for another field.`,
						field.label,
					),
	];
}
