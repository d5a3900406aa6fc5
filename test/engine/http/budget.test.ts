import type { Rate } from '../../../nodes/shared/definition';
import { Budget, budgetOf } from '../../../nodes/shared/http';
import { answer, VirtualPort } from '../../support/virtualPort';

const newPort = () => new VirtualPort(() => answer({}));

it('a credential has one budget, and each its own', () => {
	expect(budgetOf('one account')).toBe(budgetOf('one account'));
	expect(budgetOf('one account')).not.toBe(budgetOf('another account'));
});

/** Times at which requests leave, from the first on, when all want to leave at once. */
async function leaving(count: number, rate: Rate): Promise<number[]> {
	const [budget, port] = [new Budget(), newPort()];
	const start = port.clock;
	const times: number[] = [];
	for (let n = 0; n < count; n++) {
		await budget.enter(port, rate);
		times.push(port.clock - start);
	}
	return times;
}

const RATES: Rate[] = [
	{ requests: 1, seconds: 1 },
	{ requests: 3, seconds: 60 },
	{ requests: 50, seconds: 10 },
	{ requests: 100, seconds: 60 },
	{ requests: 1000, seconds: 3600 },
];

describe.each(RATES)('A budget of $requests requests in $seconds seconds', (rate) => {
	it('is never exceeded in any window, and used whole', async () => {
		const times = await leaving(rate.requests * 4, rate);
		const inWindow = times.map(
			(from) => times.filter((at) => at >= from && at < from + rate.seconds * 1000).length,
		);
		expect(Math.max(...inWindow)).toBeLessThanOrEqual(rate.requests);
		const windows = times.at(-1)! / (rate.seconds * 1000 + 500);
		expect(times.length / windows).toBeGreaterThanOrEqual(rate.requests * 0.95);
	});

	it('never leaves all at once at the start of a window', async () => {
		const times = await leaving(rate.requests, rate);
		expect(times.filter((at) => at === 0).length).toBe(Math.max(1, Math.floor(rate.requests / 2)));
	});
});

describe('A budget', () => {
	it('lets requests go that have kept their distance, and others as earlier ones leave the window', async () => {
		const [budget, port] = [new Budget(), newPort()];
		for (const pause of [0, 30_000, 30_000, 0, 0]) {
			await port.sleep(pause);
			await budget.enter(port, { requests: 3, seconds: 60 });
		}
		// Sent at 0, 30 and 60 s; then one every 20 s or so, when the first is a minute old.
		expect(port.sleeps).toEqual([30_000, 30_000, 20_167, 20_167]);
	});

	it('without a limit never waits, and takes nothing from those who have one', async () => {
		const [budget, port] = [new Budget(), newPort()];
		for (let i = 0; i < 100; i++) await budget.enter(port, undefined);
		await budget.enter(port, { requests: 1, seconds: 60 });
		expect(port.sleeps).toEqual([]);
	});

	it('holds all back while the vendor wants a pause, whatever their limit, and tells how long', async () => {
		const [budget, port] = [new Budget(), newPort()];
		const told: number[] = [];
		budget.pause(port.now(), 5_000);
		await budget.enter(port, undefined, (ms) => void told.push(ms));
		await budget.enter(port, { requests: 10, seconds: 60 }, (ms) => void told.push(ms));
		expect([port.sleeps, told]).toEqual([[5_000], [5_000]]);
	});

	it('keeps the longer of two pauses', () => {
		const budget = new Budget();
		budget.pause(1_000, 5_000);
		budget.pause(2_000, 1_000);
		expect(budget.pauseLeft(2_000)).toBe(4_000);
		expect(budget.pauseLeft(6_000)).toBe(0);
	});

	it('ends with the run that waits for it', async () => {
		const [budget, port] = [new Budget(), newPort()];
		port.cancelled = true;
		await expect(budget.enter(port, { requests: 1, seconds: 60 })).rejects.toMatchObject({
			name: 'Cancelled',
		});
	});
});
