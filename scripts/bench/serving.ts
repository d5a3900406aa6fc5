import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { ROOT } from '../lib/paths';
import { endProcess, startProcess } from '../lib/processes';

export interface Serving<T> {
	/** What it said once it listened. */
	said: T;
	pid: number;
	stop(): Promise<void>;
}

/**
 * Starts a program of this repository that prints one line of JSON once it listens.
 *
 * @throws Error with what it printed if it ends before that
 */
export async function startServing<T>(
	node: string,
	script: string,
	args: string[] = [],
): Promise<Serving<T>> {
	const child = startProcess(node, ['--import', 'tsx', script, ...args], { cwd: ROOT });
	let trouble = '';
	child.stderr?.on('data', (chunk) => (trouble += chunk));
	const lines = createInterface({ input: child.stdout! });
	const [line] = (await Promise.race([once(lines, 'line'), once(child, 'close')])) as [unknown];
	if (typeof line !== 'string') throw new Error(`${script} did not start:\n${trouble}`);
	return { said: JSON.parse(line) as T, pid: child.pid!, stop: () => endProcess(child) };
}
