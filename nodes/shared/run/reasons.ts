/** How many different reasons are told, and how many rows of each. */
const TOLD_REASONS = 3;
const TOLD_ROWS = 3;
/** How many are held to tell them from; a file may give a million rows a reason each. */
const HELD_REASONS = 100;

interface Place {
	index: number;
	row: number;
	file?: string;
}

interface Held {
	text: string;
	/** The first rows, in order. */
	rows: Place[];
	count: number;
}

const inOrder = (one: Place, other: Place): number =>
	one.index - other.index || one.row - other.row;

/** Why rows failed, each reason once, however many rows share it. */
export class Reasons {
	private readonly held = new Map<string, Held>();
	private rows = 0;

	add(text: string, row: Place): void {
		this.rows++;
		let held = this.held.get(text);
		if (held === undefined) {
			if (this.held.size >= HELD_REASONS) return;
			this.held.set(text, (held = { text, rows: [], count: 0 }));
		}
		held.count++;
		held.rows.push(row);
		held.rows.sort(inOrder).splice(TOLD_ROWS);
	}

	/** What all rows that failed have in common; undefined when they do not. */
	shared(): string | undefined {
		const [first] = this.held.values();
		return this.held.size === 1 && first.count === this.rows ? first.text : undefined;
	}

	/** A line for each of the first reasons: `Row 3: …`, `Rows 2, 5, 9 and 191 more: …`. */
	lines(word: 'Item' | 'Row'): string[] {
		const told = [...this.held.values()]
			.sort((a, b) => inOrder(a.rows[0], b.rows[0]))
			.slice(0, TOLD_REASONS);
		const more = told.reduce((left, { count }) => left - count, this.rows);
		return [
			...told.map((held) => `${named(held, word)}: ${held.text}`),
			...(more === 0 ? [] : [`and ${more} more`]),
		];
	}
}

function named({ rows: places, count }: Held, word: string): string {
	const rows = places.map(({ row, file }) => (file === undefined ? `${row}` : `${row} of ${file}`));
	if (count === 1) return `${word} ${rows[0]}`;
	const more = count - rows.length;
	if (more > 0) return `${word}s ${rows.join(', ')} and ${more} more`;
	return `${word}s ${rows.slice(0, -1).join(', ')} and ${rows[rows.length - 1]}`;
}
