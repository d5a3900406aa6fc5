/** The middle of several figures, and how far they spread. */
export interface Spread {
	low: number;
	median: number;
	high: number;
}

export function spreadOf(figures: readonly number[]): Spread {
	const sorted = [...figures].sort((a, b) => a - b);
	return {
		low: sorted[0],
		median: sorted[Math.floor(sorted.length / 2)],
		high: sorted[sorted.length - 1],
	};
}
