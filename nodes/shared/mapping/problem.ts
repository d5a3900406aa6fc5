/** Why a value cannot be used. The text continues the sentence that the field's label begins; it never holds the value. */
export class Problem {
	constructor(
		readonly code: string,
		readonly text: string,
	) {}
}

export const invalid = (text: string): Problem => new Problem('INVALID_VALUE', text);
