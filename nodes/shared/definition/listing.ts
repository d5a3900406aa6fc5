/** How many entries a message quotes: enough to find the place, and few enough to read. */
const QUOTED = 10;
/** A heading or a name is shorter; what is longer is no name, and a message stays one that can be read. */
const LONGEST = 60;

export const clipped = (text: string, length = LONGEST): string =>
	text.length <= length ? text : `${text.slice(0, length - 1)}…`;

/**
 * Entries as a message quotes them, however many there are: `A, B and C`, or the first ones with `and 5 more`.
 *
 * @param total how many there are, where only the first were kept
 */
export function listed(entries: readonly string[], total = entries.length): string {
	const shown = entries.slice(0, QUOTED).map((entry) => clipped(entry));
	const more = total - shown.length;
	if (more > 0) return `${shown.join(', ')} and ${more} more`;
	const last = shown.pop() ?? '';
	return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

/** For who keeps only what a message can quote: one more, since a row leaves itself out. */
export const KEPT_FOR_QUOTING = QUOTED + 1;

/** Inside a sentence. Abbreviations keep their capitals. */
export const lowered = (label: string): string =>
	label
		.split(' ')
		.map((word) => (word === word.toUpperCase() ? word : word.toLowerCase()))
		.join(' ');
