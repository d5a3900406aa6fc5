/** Prints proofs as they come and counts them. */
export class Report {
	passed = 0;
	failed = 0;

	/**
	 * @param claim what is to be true
	 * @param figures what was seen
	 * @param problems what speaks against it; none if it holds
	 */
	proof(claim: string, figures: string, problems: string[]): void {
		const holds = problems.length === 0;
		if (holds) this.passed++;
		else this.failed++;
		console.log(`${holds ? '✓' : '✗'} ${claim}\n    ${figures}`);
		for (const problem of problems.slice(0, 10)) console.log(`    but ${problem}`);
	}
}

/** What speaks against a claim: the texts whose condition does not hold. */
export const unless = (conditions: Record<string, boolean>): string[] =>
	Object.entries(conditions)
		.filter(([, holds]) => !holds)
		.map(([text]) => text);

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
