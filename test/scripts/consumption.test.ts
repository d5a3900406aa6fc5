import { spawnSync } from 'node:child_process';

import { cpuOf } from '../../scripts/lib/consumption';

/** Microseconds of CPU in which the clock of Linux, in hundredths of a second, shows something. */
const WORK_US = 60_000;

/** A busy machine may give the work its time late. */
jest.setTimeout(60_000);

const work = `const start = process.cpuUsage().user; while (process.cpuUsage().user - start < ${WORK_US});`;

describe('CPU of a process', () => {
	it('holds its own time and that of what it has started', async () => {
		const before = await cpuOf(process.pid);
		const start = process.cpuUsage().user;
		while (process.cpuUsage().user - start < WORK_US);
		const own = await cpuOf(process.pid);
		expect(own - before).toBeGreaterThanOrEqual(WORK_US / 1000 - 20);
		spawnSync(process.execPath, ['-e', work]);
		expect((await cpuOf(process.pid)) - own).toBeGreaterThanOrEqual(WORK_US / 1000 - 20);
	});

	it('is none for a process that has ended', async () => {
		const { pid } = spawnSync(process.execPath, ['-e', '0']);
		expect(await cpuOf(pid)).toBe(0);
	});
});
