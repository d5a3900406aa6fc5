import { endAll } from './processes';

/**
 * Runs a script and ends the process with the code it answers; everything it started is ended with it, also when it is
 * stopped.
 */
export function runScript(main: () => Promise<number>): void {
	let stopping = false;
	const stop = async (code: number): Promise<never> => {
		stopping = true;
		await endAll();
		process.exit(code);
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
		process.on(signal, () => void stop(130));
	// A signal to npm ends npm's shell but does not reach this process, which then has another parent.
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent && !stopping) void stop(130);
	}, 1000).unref();

	main().then(stop, (error: unknown) => {
		// What fails because it is being stopped is not news.
		if (stopping) return;
		console.error(error instanceof Error ? error.message : error);
		void stop(1);
	});
}
