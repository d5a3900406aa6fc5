import { readFile, writeFile } from 'node:fs/promises';

/*
 * What a process uses, as Linux counts it; see proc(5).
 */

/** Linux tells programs its time in hundredths of a second, whatever the kernel counts in. */
const TICK_MS = 10;

/** Resident memory of a process, in bytes. */
export class Memory {
	constructor(private readonly pid: number) {}

	/** Lets the peak start anew. */
	async forget(): Promise<void> {
		// 5 resets the high-water mark.
		await writeFile(`/proc/${this.pid}/clear_refs`, '5');
	}

	async now(): Promise<number> {
		return await this.read('VmRSS');
	}

	/** The most since the last call of `forget`. */
	async peak(): Promise<number> {
		return await this.read('VmHWM');
	}

	private async read(name: string): Promise<number> {
		const status = await readFile(`/proc/${this.pid}/status`, 'utf8');
		return Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
	}
}

/** Milliseconds of CPU that a process has used so far, together with the processes it has started. */
export async function cpuOf(pid: number): Promise<number> {
	const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
	// It has ended since it was listed; its parent counts it now.
	if (stat === undefined) return 0;
	// The name of the program stands in brackets and may hold anything. Then: own time in user and kernel, that of ended children.
	const numbers = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	const own = numbers.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * TICK_MS;
	const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
	const theirs = await Promise.all(children.split(' ').filter(Boolean).map(Number).map(cpuOf));
	return theirs.reduce((sum, time) => sum + time, own);
}
