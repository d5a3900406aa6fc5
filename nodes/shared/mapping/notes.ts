/** What was read otherwise than it stands in the list, because it is certain what was meant. */
const NOTES = {
	encoding: 'letters of a wrong encoding were put right',
	entities: 'codes for letters like &eacute; were read as letters',
	blankWord: '"NULL" or the like was read as empty',
	openEnd: 'a date that means there is none was read as empty',
	currency: 'currency signs were left out',
	scheme: 'web addresses got the https:// that they lacked',
	quotes: 'quotes around a name were left out',
	wide: 'wide letters and digits of Japanese keyboards were read as the usual ones',
	words: 'short words were read as what they stand for (F as Female, Terminated as no)',
} as const;

export type NoteCode = keyof typeof NOTES;

/** Columns are few; rows of JSON whose keys are data must not fill the memory. */
const MOST = 200;

/** Counts notes by column. */
export class Notes {
	private readonly counts = new Map<string, number>();

	add(column: string, code: NoteCode): void {
		const text = `"${column}": ${NOTES[code]}`;
		const count = this.counts.get(text);
		if (count !== undefined || this.counts.size < MOST) this.counts.set(text, (count ?? 0) + 1);
	}

	texts(): string[] {
		return [...this.counts].map(
			([text, count]) => `${text} (${count} ${count === 1 ? 'value' : 'values'}).`,
		);
	}
}
