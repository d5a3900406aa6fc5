import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { endProcess, killProcess, startProcess, type CommandOptions } from './processes';

/** A program that runs until it is ended. */
export interface Service {
	pid: number;
	/** File with everything it printed. */
	log: string;
	stop(): Promise<void>;
	/** Ends it without a warning, as a crash or a power cut would. */
	kill(): Promise<void>;
}

export interface ServiceOptions extends Omit<CommandOptions, 'show'> {
	/** As people call it. */
	name: string;
	command: string;
	args: string[];
	log: string;
	/** Whether it can be used, by what it has printed so far. */
	isReady(printed: string): boolean | Promise<boolean>;
	timeoutMs: number;
}

const POLL_MS = 200;
const SHOWN_LINES = 20;

/**
 * Starts a program and waits until it is ready.
 *
 * @throws Error with the last lines it printed if it does not get there
 */
export async function startService({
	name,
	command,
	args,
	log,
	isReady,
	timeoutMs,
	...options
}: ServiceOptions): Promise<Service> {
	await mkdir(dirname(log), { recursive: true });
	const child = startProcess(command, args, options);
	const file = createWriteStream(log);
	let printed = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (chunk) => {
			file.write(chunk);
			printed += chunk;
		});
	}

	let failure: Error | undefined;
	child.once('error', (error) => (failure = error));
	const deadline = Date.now() + timeoutMs;
	while (!(await isReady(printed))) {
		const ended = failure !== undefined || child.exitCode !== null || child.signalCode !== null;
		if (ended || Date.now() > deadline) {
			await endProcess(child);
			const lines = failure?.message ?? printed.trim().split('\n').slice(-SHOWN_LINES).join('\n');
			throw new Error(`${name} did not start. Its last lines:\n${lines}`);
		}
		await sleep(POLL_MS);
	}
	return { pid: child.pid!, log, stop: () => endProcess(child), kill: () => killProcess(child) };
}
