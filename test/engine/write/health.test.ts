import { SetupFault, type Fault, type FaultCode } from '../../../nodes/shared/http';
import { Health } from '../../../nodes/shared/write/health';
import type { Report } from '../../../nodes/shared/write/report';

const fault = (code: FaultCode, more: Partial<Fault> = {}): Fault => ({
	code,
	message: `${code} of Ann`,
	applied: 'no',
	...more,
});
const RECORDS = [{ name: 'Ann' }];

const healthy = () =>
	new Health({
		clean: (text: string, records: typeof RECORDS) =>
			records.reduce((held, { name }) => held.replace(name, '***'), text),
	} as Report);

const SETUP: FaultCode[] = ['AUTHENTICATION', 'PERMISSION', 'HOST_UNREACHABLE', 'REDIRECTED'];
const PASSING: FaultCode[] = ['SERVICE_FAILED', 'TIMEOUT', 'CONNECTION_LOST', 'UNREADABLE_ANSWER'];
const OWN: FaultCode[] = ['REFUSED', 'NOT_FOUND', 'TOO_LARGE'];

describe('A wrong set-up', () => {
	it.each(SETUP)('ends the run with the first request: %s', (code) => {
		expect(() => healthy().react(fault(code, { status: 400 }), RECORDS)).toThrow(
			expect.objectContaining({
				name: 'SetupFault',
				fault: { code, message: `${code} of ***`, status: 400, applied: 'no' },
			}),
		);
	});

	it.each(SETUP)('after an answer, or when it may have been applied, only halts it: %s', (code) => {
		const later = healthy();
		later.answered();
		later.react(fault(code), RECORDS);
		expect(later.halted).toEqual(fault(code, { message: `${code} of ***` }));

		const doubtful = healthy();
		doubtful.react(fault(code, { applied: 'unknown' }), RECORDS);
		expect(doubtful.halted).toEqual(fault(code, { message: `${code} of ***`, applied: 'unknown' }));
	});

	it('is an address of all records that does not exist, not the address of one', () => {
		expect(() => healthy().react(fault('NOT_FOUND'), RECORDS, true)).toThrow(SetupFault);
		const health = healthy();
		health.react(fault('NOT_FOUND'), RECORDS);
		expect(health.halted).toBeUndefined();
		expect(health.begun).toBe(true);
	});

	it('is not what the service says of the address later', () => {
		const health = healthy();
		health.answered();
		health.react(fault('NOT_FOUND'), RECORDS, true);
		expect(health.halted).toBeUndefined();
	});
});

describe('A service that fails', () => {
	it.each(PASSING)('halts the run by the third request in a row: %s', (code) => {
		const health = healthy();
		for (const halted of [undefined, undefined, fault(code, { message: `${code} of ***` })]) {
			health.react(fault(code), RECORDS);
			expect(health.halted).toEqual(halted);
		}
	});

	it('does not halt it when an answer comes between', () => {
		const health = healthy();
		for (let i = 0; i < 5; i++) {
			health.react(fault('TIMEOUT'), RECORDS);
			health.react(fault('CONNECTION_LOST'), RECORDS);
			health.answered();
		}
		expect(health.halted).toBeUndefined();
	});

	it.each(OWN)('does not halt it when it refuses between: %s', (code) => {
		const health = healthy();
		for (let i = 0; i < 5; i++) {
			health.react(fault('TIMEOUT'), RECORDS);
			health.react(fault('CONNECTION_LOST'), RECORDS);
			health.react(fault(code), RECORDS);
		}
		expect(health.halted).toBeUndefined();
	});

	it.each(OWN)('never halts it by refusals: %s', (code) => {
		const health = healthy();
		for (let i = 0; i < 9; i++) health.react(fault(code), RECORDS);
		expect(health.halted).toBeUndefined();
	});

	it('halts it at once when it asks for more time than the run has', () => {
		const health = healthy();
		health.react(fault('RATE_LIMITED'), RECORDS);
		expect(health.halted).toMatchObject({ code: 'RATE_LIMITED' });
	});

	it('is remembered by its first reason', () => {
		const health = healthy();
		health.react(fault('RATE_LIMITED'), RECORDS);
		health.react(fault('AUTHENTICATION'), RECORDS);
		expect(health.halted).toMatchObject({ code: 'RATE_LIMITED' });
	});
});
