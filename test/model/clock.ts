/** Time that passes only by waiting, for the nodes and the local vendors alike: hours of back-off cost nothing. */
let ahead = 0;
const real = Date.now.bind(Date);

export function useVirtualTime(): void {
	jest.spyOn(Date, 'now').mockImplementation(() => real() + ahead);
}

/** Stands in for n8n's `sleep`. Others get their turn, as they would meanwhile. */
export async function passTime(ms: number): Promise<void> {
	ahead += Math.max(0, ms);
	await new Promise((resolve) => setImmediate(resolve));
}
