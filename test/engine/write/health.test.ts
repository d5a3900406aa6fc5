import type { Endpoint } from '../../../nodes/shared/definition';
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

const endpointAt = (path: string, parameters = {}) =>
	({ request: { method: 'POST', path }, parameters }) as unknown as Endpoint;
const ONE = endpointAt('/people/{personId}');
const ALL = endpointAt('/people');
const PART = endpointAt('/tenants/{tenant}/people', { tenant: {} });

const SETUP: FaultCode[] = ['AUTHENTICATION', 'PERMISSION', 'HOST_UNREACHABLE', 'REDIRECTED'];
const PASSING: FaultCode[] = ['SERVICE_FAILED', 'TIMEOUT', 'CONNECTION_LOST', 'UNREADABLE_ANSWER'];
const OWN: FaultCode[] = ['REFUSED', 'NOT_FOUND', 'TOO_LARGE', 'PERMISSION'];

describe('A wrong set-up', () => {
	it.each(SETUP)('ends the run with the first request: %s', (code) => {
		expect(() => healthy().react(fault(code, { status: 400 }), RECORDS, ALL)).toThrow(
			expect.objectContaining({
				name: 'SetupFault',
				fault: { code, message: `${code} of ***`, status: 400, applied: 'no' },
			}),
		);
	});

	it.each(SETUP)('after an answer, or when it may have been applied, only halts it: %s', (code) => {
		const later = healthy();
		later.answered();
		later.react(fault(code), RECORDS, ALL);
		expect(later.halted).toEqual(fault(code, { message: `${code} of ***` }));

		const doubtful = healthy();
		doubtful.react(fault(code, { applied: 'unknown' }), RECORDS, ALL);
		expect(doubtful.halted).toEqual(fault(code, { message: `${code} of ***`, applied: 'unknown' }));
	});

	it('is an address of all records that does not exist, not the address of one', () => {
		expect(() => healthy().react(fault('NOT_FOUND'), RECORDS, ALL)).toThrow(SetupFault);
		const health = healthy();
		health.react(fault('NOT_FOUND'), RECORDS, ONE);
		expect(health.halted).toBeUndefined();
		expect(health.begun).toBe(true);
	});

	it.each([ALL, PART])('is a right that is lacking for an address of many records', (endpoint) => {
		expect(() => healthy().react(fault('PERMISSION'), RECORDS, endpoint)).toThrow(SetupFault);
	});

	it('is a request that could not leave, whatever kept it', () => {
		const held = fault('SERVICE_FAILED', { heldBack: true });
		expect(() => healthy().react(held, RECORDS, ONE)).toThrow(SetupFault);
		const later = healthy();
		later.answered();
		later.react(held, RECORDS, ONE);
		expect(later.halted).toMatchObject({ code: 'SERVICE_FAILED' });
	});

	it('is not a right that is lacking for one record', () => {
		const health = healthy();
		health.react(fault('PERMISSION'), RECORDS, ONE);
		expect([health.halted, health.begun]).toEqual([undefined, true]);
	});

	it('is a right that is lacking for ten records one after the other, when none was taken', () => {
		const [health, other] = [healthy(), healthy()];
		other.answered();
		for (let row = 1; row <= 10; row++) {
			expect(health.halted).toBeUndefined();
			for (const each of [health, other]) each.react(fault('PERMISSION'), RECORDS, ONE);
		}
		expect(health.halted).toMatchObject({ code: 'PERMISSION' });
		expect(other.halted).toBeUndefined();
	});

	it('is not what the service says of the address later', () => {
		const health = healthy();
		health.answered();
		health.react(fault('NOT_FOUND'), RECORDS, ALL);
		expect(health.halted).toBeUndefined();
	});
});

describe('A service that fails', () => {
	it.each(PASSING)('halts the run by the third request in a row: %s', (code) => {
		const health = healthy();
		for (const halted of [undefined, undefined, fault(code, { message: `${code} of ***` })]) {
			health.react(fault(code), RECORDS, ONE);
			expect(health.halted).toEqual(halted);
		}
	});

	it('does not halt it when an answer comes between', () => {
		const health = healthy();
		for (let i = 0; i < 5; i++) {
			health.react(fault('TIMEOUT'), RECORDS, ONE);
			health.react(fault('CONNECTION_LOST'), RECORDS, ONE);
			health.answered();
		}
		expect(health.halted).toBeUndefined();
	});

	it.each(OWN)('does not halt it when it refuses between: %s', (code) => {
		const health = healthy();
		for (let i = 0; i < 5; i++) {
			health.react(fault('TIMEOUT'), RECORDS, ONE);
			health.react(fault('CONNECTION_LOST'), RECORDS, ONE);
			health.react(fault(code), RECORDS, ONE);
		}
		expect(health.halted).toBeUndefined();
	});

	it.each(OWN)('never halts it by refusals: %s', (code) => {
		const health = healthy();
		for (let i = 0; i < 9; i++) health.react(fault(code), RECORDS, ONE);
		expect(health.halted).toBeUndefined();
	});

	it('halts it at once when it asks for more time than the run has', () => {
		const health = healthy();
		health.react(fault('RATE_LIMITED'), RECORDS, ONE);
		expect(health.halted).toMatchObject({ code: 'RATE_LIMITED' });
	});

	it('is remembered by its first reason', () => {
		const health = healthy();
		health.react(fault('RATE_LIMITED'), RECORDS, ONE);
		health.react(fault('AUTHENTICATION'), RECORDS, ONE);
		expect(health.halted).toMatchObject({ code: 'RATE_LIMITED' });
	});
});
