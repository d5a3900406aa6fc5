import type { Evidence } from '../definition';

/** Weaker than the vendor's own documentation. */
export const isWeak = (evidence: Evidence | undefined): boolean =>
	evidence !== undefined && evidence.basis !== 'documented';

/** Says it first, once. */
export const unverified = (text: string): string =>
	/^Unverified\b/.test(text) ? text : `Unverified: ${text}`;

/** Sentences in a row, by n8n's rule: one has no full stop, several have. */
export function prose(...parts: Array<string | undefined>): string | undefined {
	const said = parts.filter((part): part is string => part !== undefined && part !== '');
	if (said.length < 2) return said[0];
	return said.map((part) => (/[.!?]$/.test(part) ? part : `${part}.`)).join(' ');
}
