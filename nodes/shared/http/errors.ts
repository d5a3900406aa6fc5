import { valueAt, valuesAt } from '../definition/path';
import type { ErrorPointers } from '../definition/vendor';
import type { Place } from './fault';

/** A vendor's page of HTML or a stack trace helps nobody; a sentence fits in this. */
const LONGEST_MESSAGE = 400;

/** The title stands at the beginning of a page. What comes later is not looked at: a page may have any length. */
const LOOKED_AT = 4_000;

/** So many messages of one answer as fit in a sentence; an answer may hold one for each record. */
const MOST_MESSAGES = 10;

const tidy = (text: string): string => {
	const line = text.slice(0, LOOKED_AT).replace(/\s+/g, ' ').trim();
	return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE)}…` : line;
};

/** Is this a page for people, where a service would have sent data? */
export function isPage(body: unknown): body is string {
	if (typeof body !== 'string') return false;
	const start = body.slice(0, LOOKED_AT).toLowerCase();
	return start.includes('<html') || start.includes('<!doctype');
}

/** The title of an HTML page, which is all that is worth showing of it. */
function titleOf(page: string): string | undefined {
	const start = page.slice(0, LOOKED_AT);
	const tag = start.toLowerCase().indexOf('<title');
	const from = start.indexOf('>', tag) + 1;
	const to = start.indexOf('<', from);
	if (tag < 0 || from === 0 || to < 0) return undefined;
	const title = tidy(start.slice(from, to));
	return title === '' ? undefined : title;
}

/** What the errors of an answer point at, as far as they do. */
export function placesIn(body: unknown, at: ErrorPointers | undefined): Place[] {
	const errors = at === undefined ? undefined : valueAt(body, at.errors);
	if (at === undefined || !Array.isArray(errors)) return [];
	return errors.slice(0, MOST_MESSAGES).flatMap((error): Place[] => {
		const [pointer, message] = [valueAt(error, at.pointer), valueAt(error, at.message)];
		if (typeof pointer !== 'string' || typeof message !== 'string') return [];
		return [{ pointer: pointer.slice(0, LONGEST_MESSAGE), message: tidy(message) }];
	});
}

/**
 * The vendor's own words in an answer: the texts at the first of the given paths that leads to any. Undefined when the
 * answer holds none.
 */
export function vendorMessage(body: unknown, paths: readonly string[]): string | undefined {
	if (isPage(body)) return titleOf(body);
	if (typeof body === 'string') return tidy(body) === '' ? undefined : tidy(body);
	for (const path of paths) {
		const texts = valuesAt(body, path).filter(
			(value): value is string | number =>
				(typeof value === 'string' && value.trim() !== '') || typeof value === 'number',
		);
		const different = [...new Set(texts.map((text) => tidy(String(text))))];
		if (different.length > 0) return tidy(different.slice(0, MOST_MESSAGES).join('; '));
	}
	return undefined;
}
