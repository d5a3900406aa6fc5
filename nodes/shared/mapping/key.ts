import { valueAt, type Resource } from '../definition';
import type { Plan } from './plan';
import { pathOf } from './prepare';
import { Problem } from './problem';
import { plainTestOf, tidyOf } from './tidy';
import type { MappingPolicy } from './types';
import { converterOf, presenceOf } from './values';

/** The key that a row carries, as text; undefined when it carries none. */
export type KeyReader = (
	raw: Readonly<Record<string, unknown>>,
	plan: Plan,
	policy: MappingPolicy,
) => string | undefined;

const quiet = (): void => undefined;

export function keyReaderOf({ key, fields }: Resource): KeyReader {
	const field = fields[key];
	const path = pathOf(key, field);
	const cell = { field, concept: field.concept, isKey: true, isList: false };
	const tidy = tidyOf(cell);
	const convert = converterOf(field);
	const isPlain = field.kind === 'text' ? plainTestOf(cell) : () => false;

	/** As the mapper would read it; a text that cannot be read is a key all the same. */
	const textOf = (value: unknown): string | undefined => {
		if (typeof value === 'string' && isPlain(value)) return value;
		if (presenceOf(value) !== 'value') return undefined;
		const meant = tidy(value, quiet, {});
		if (meant instanceof Problem || presenceOf(meant) !== 'value') return undefined;
		const plain = convert(meant, undefined);
		if (!(plain instanceof Problem) && !Array.isArray(plain)) return String(plain);
		return typeof meant === 'string' ? meant.trim() : undefined;
	};

	return (raw, { keys, keyAt }, { additionalFields }) => {
		const added = additionalFields === undefined ? undefined : valueAt(additionalFields, path);
		if (presenceOf(added) === 'value') return textOf(added);
		if (keyAt >= 0) return textOf(raw[keys[keyAt]]);
		return path.length > 1 ? textOf(valueAt(raw, path)) : undefined;
	};
}
