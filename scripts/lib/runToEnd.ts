import { endAll } from './processes';

/** What a shell calls a program that was interrupted (128 + SIGINT). */
const INTERRUPTED = 130;

/**
 * Runs a script's `main` to its end and exits with the code it answers. Everything the script has started ends with it,
 * also when it is interrupted.
 *
 * @param interrupted says what an interruption means for the exit code
 */
export function runToEnd(
	main: () => Promise<number>,
	interrupted: () => number = () => INTERRUPTED,
): void {
	let stopping = false;
	const stop = async (code: number): Promise<never> => {
		stopping = true;
		await endAll();
		process.exit(code);
	};

	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
		process.on(signal, () => void stop(interrupted()));
	// A signal to npm ends npm's shell but does not reach this process, which then has another parent.
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent && !stopping) void stop(INTERRUPTED);
	}, 1000).unref();

	main().then(stop, (error: unknown) => {
		// What fails because it is being stopped is not news.
		if (stopping) return;
		console.error(error instanceof Error ? error.message : error);
		void stop(1);
	});
}
