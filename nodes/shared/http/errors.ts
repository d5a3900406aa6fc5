import { valuesAt } from '../definition';

/** A vendor's page of HTML or a stack trace helps nobody; a sentence fits in this. */
const LONGEST_MESSAGE = 400;

const tidy = (text: string): string => {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE)}…` : line;
};

/** The title of an HTML page, which is all that is worth showing of it. */
function fromHtml(text: string): string | undefined {
	const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1].trim();
	return title === undefined || title === '' ? undefined : tidy(title);
}

/**
 * The vendor's own words in an answer: the texts at the first of the given paths that leads to any. Undefined when the
 * answer holds none.
 */
export function vendorMessage(body: unknown, paths: readonly string[]): string | undefined {
	if (typeof body === 'string') {
		if (/<html|<!doctype/i.test(body)) return fromHtml(body);
		return body.trim() === '' ? undefined : tidy(body);
	}
	for (const path of paths) {
		const texts = valuesAt(body, path).filter(
			(value): value is string | number =>
				(typeof value === 'string' && value.trim() !== '') || typeof value === 'number',
		);
		if (texts.length > 0) return tidy([...new Set(texts.map(String))].join('; '));
	}
	return undefined;
}
