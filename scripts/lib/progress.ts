/** Long enough not to fill a log, short enough not to look dead. */
const HEARTBEAT_MS = 15_000;

export function secondsSince(start: number): string {
	return `${((Date.now() - start) / 1000).toFixed(1)} s`;
}

/** Says what is being done, that it still is, and how long it took. */
export async function step<T>(label: string, work: () => Promise<T>): Promise<T> {
	const start = Date.now();
	console.log(`• ${label}`);
	const heartbeat = setInterval(
		() => console.log(`  ... still at it after ${secondsSince(start)}: ${label}`),
		HEARTBEAT_MS,
	);
	try {
		const result = await work();
		console.log(`✓ ${label} (${secondsSince(start)})`);
		return result;
	} catch (error) {
		console.log(`✗ ${label} (${secondsSince(start)})`);
		throw error;
	} finally {
		clearInterval(heartbeat);
	}
}
