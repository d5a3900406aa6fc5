import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export interface CommandOptions {
	/** Folder to run in; the repository by default. */
	cwd?: string;
	/** The whole environment; this process's own by default. */
	env?: NodeJS.ProcessEnv;
	/** Output goes straight to the terminal instead of being kept. */
	show?: boolean;
	/** Who runs it, by the system's numbers; only root may choose. */
	user?: { uid: number; gid: number };
}

/** What is shown of a failed command: enough to hold npm's error block. */
const SHOWN_LINES = 30;

/** How long a process may take to end by itself; n8n gives running executions 30 s, none is left here. */
const PATIENCE_MS = 10_000;

const running = new Set<ChildProcess>();
let ending = false;

/** Starts a process in a group of its own, so that what it starts ends with it. */
export function startProcess(
	command: string,
	args: string[],
	{ cwd, env, show = false, user }: CommandOptions = {},
): ChildProcess {
	if (ending) throw new Error('Stopped.');
	const child = spawn(command, args, {
		cwd,
		env,
		...user,
		detached: true,
		stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
	});
	running.add(child);
	child.once('close', () => {
		killGroup(child, 'SIGKILL');
		running.delete(child);
	});
	child.once('error', () => running.delete(child));
	return child;
}

/**
 * Runs a command to its end and answers with its standard output.
 *
 * @throws Error with the last lines it printed, if it fails
 */
export async function run(
	command: string,
	args: string[],
	options: CommandOptions = {},
): Promise<string> {
	const child = startProcess(command, args, options);
	let output = '';
	let all = '';
	child.stdout?.on('data', (chunk) => {
		output += chunk;
		all += chunk;
	});
	child.stderr?.on('data', (chunk) => (all += chunk));
	const [code] = (await once(child, 'close')) as [number | null];
	if (code === 0) return output;
	const lines = all.trim().split('\n').slice(-SHOWN_LINES).join('\n');
	throw new Error(`"${command} ${args.join(' ')}" failed${lines && `:\n${lines}`}`);
}

/** Ends a process started here with everything it started: politely, then by force. */
export async function endProcess(child: ChildProcess): Promise<void> {
	if (!running.has(child)) return;
	const closed = once(child, 'close');
	killGroup(child, 'SIGTERM');
	await Promise.race([closed, sleep(PATIENCE_MS, undefined, { ref: false })]);
	killGroup(child, 'SIGKILL');
}

/** Ends a process started here with everything it started, at once and by force. */
export async function killProcess(child: ChildProcess): Promise<void> {
	if (!running.has(child)) return;
	const closed = once(child, 'close');
	killGroup(child, 'SIGKILL');
	await closed;
}

/** Ends every process started here; none can be started afterwards. */
export async function endAll(): Promise<void> {
	ending = true;
	await Promise.all([...running].map(endProcess));
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
	if (pid === undefined) return;
	try {
		process.kill(-pid, signal);
	} catch {
		// The whole group has ended already.
	}
}

process.on('exit', () => {
	for (const child of running) killGroup(child, 'SIGKILL');
});
