import { Budget, budgetOf } from '../../../nodes/shared/http';
import { answer, VirtualPort } from '../../support/virtualPort';

const newPort = () => new VirtualPort(() => answer({}));

it('a credential has one budget, and each its own', () => {
	expect(budgetOf('one account')).toBe(budgetOf('one account'));
	expect(budgetOf('one account')).not.toBe(budgetOf('another account'));
});

describe('A budget', () => {
	it('lets requests go as earlier ones leave the minute, one by one', async () => {
		const [budget, port] = [new Budget(), newPort()];
		for (const pause of [0, 10_000, 10_000, 0, 0]) {
			await port.sleep(pause);
			await budget.enter(port, 3);
		}
		// Sent at 0, 10 and 20 s; the next may go when the first and the second are a minute old.
		expect(port.sleeps).toEqual([10_000, 10_000, 40_500, 10_000]);
	});

	it('without a limit never waits, and takes nothing from those who have one', async () => {
		const [budget, port] = [new Budget(), newPort()];
		for (let i = 0; i < 100; i++) await budget.enter(port, undefined);
		await budget.enter(port, 1);
		expect(port.sleeps).toEqual([]);
	});

	it('holds all back while the vendor wants a pause, whatever their limit', async () => {
		const [budget, port] = [new Budget(), newPort()];
		expect(budget.pause(port.now(), 5_000)).toBe(5_000);
		await budget.enter(port, undefined);
		await budget.enter(port, 10);
		expect(port.sleeps).toEqual([5_000]);
	});

	it('tells by how much a second pause lengthens the first', () => {
		const budget = new Budget();
		expect(budget.pause(1_000, 5_000)).toBe(5_000);
		expect(budget.pause(2_000, 5_000)).toBe(1_000);
		expect(budget.pause(3_000, 1_000)).toBe(0);
		expect(budget.pause(60_000, 1_000)).toBe(1_000);
	});

	it('ends with the run that waits for it', async () => {
		const [budget, port] = [new Budget(), newPort()];
		port.cancelled = true;
		await expect(budget.enter(port, 1)).rejects.toMatchObject({ name: 'Cancelled' });
	});
});
