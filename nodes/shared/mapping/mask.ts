import { valueAt, type Field, type Fields, type Resource } from '../definition';
import { pathOf } from './prepare';
import { isRecord } from './values';

const MASK = '***';
/** One or two characters occur inside other words. Two signs of a script without spaces are a whole name. */
const SHORT = 3;
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]{2}/u;
/** Half a character, which no address can spell. */
const LONE_SURROGATE = /\p{Cs}/gu;

/**
 * Outside words without the personal values of a record (in the vendor's shape), whatever their case or Unicode form, and as
 * JSON or an address would spell them.
 */
export function maskPersonal(
	text: string,
	resource: Resource,
	record: Readonly<Record<string, unknown>>,
): string {
	const values = new Set<string>();
	collect(resource.fields, record, values);
	const spellings = new Set<string>();
	const lower = text.toLowerCase();
	for (const value of values)
		for (const spelling of spellingsOf(value))
			if (lower.includes(spelling.toLowerCase())) spellings.add(spelling);
	if (spellings.size === 0) return text;
	// The longest first: a full name before the first name in it.
	const patterns = [...spellings].sort((a, b) => b.length - a.length).map(patternOf);
	return text.replace(new RegExp(patterns.join('|'), 'giu'), MASK);
}

function collect(fields: Fields, record: Readonly<Record<string, unknown>>, values: Set<string>) {
	for (const [key, field] of Object.entries(fields)) {
		const value = valueAt(record, pathOf(key, field));
		if (value === undefined || value === null) continue;
		if (field.personal) leaves(value, field, values);
		else if (field.members !== undefined)
			for (const entry of Array.isArray(value) ? value : [value])
				if (isRecord(entry)) collect(field.members, entry, values);
	}
}

/** Every text and number inside a personal value. Yes and no tell nothing by themselves. */
function leaves(value: unknown, field: Field, values: Set<string>): void {
	if (typeof value === 'string' || typeof value === 'number') {
		const text = String(value).trim();
		if (text !== '') values.add(text);
		if (field.wire === 'commaJoined')
			for (const entry of text.split(',')) if (entry.trim() !== '') values.add(entry.trim());
	} else if (Array.isArray(value)) for (const entry of value) leaves(entry, field, values);
	else if (isRecord(value)) for (const entry of Object.values(value)) leaves(entry, field, values);
}

const spellingsOf = (value: string): Set<string> =>
	new Set(
		[value, value.normalize('NFC'), value.normalize('NFD')].flatMap((text) => [
			text,
			JSON.stringify(text).slice(1, -1),
			encodeURIComponent(text.replace(LONE_SURROGATE, '\ufffd')),
		]),
	);

function patternOf(text: string): string {
	const literal = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
	const isShort = [...text].length < SHORT && !UNSPACED.test(text);
	return isShort ? `(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])` : literal;
}
