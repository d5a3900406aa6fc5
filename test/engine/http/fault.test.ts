import {
	AddressFault,
	Cancelled,
	isPassing,
	isSetup,
	SetupFault,
	TransportFault,
	type Fault,
	type FaultCode,
} from '../../../nodes/shared/http';

const fault = (code: FaultCode): Fault => ({ code, message: 'Why.', applied: 'no' });

/** Is it the set-up, so that no other row fares better? Does it pass, so that a later try may send the same row? */
const CODES: Record<FaultCode, [setup: boolean, passing: boolean]> = {
	AUTHENTICATION: [true, true],
	PERMISSION: [true, true],
	HOST_UNREACHABLE: [true, true],
	REDIRECTED: [true, true],
	NOT_FOUND: [false, false],
	TOO_LARGE: [false, false],
	REFUSED: [false, false],
	RATE_LIMITED: [false, true],
	SERVICE_FAILED: [false, true],
	TIMEOUT: [false, true],
	CONNECTION_LOST: [false, true],
	UNREADABLE_ANSWER: [false, true],
	UNEXPECTED: [false, true],
};

it.each(Object.entries(CODES) as Array<[FaultCode, [boolean, boolean]]>)(
	'%s: the set-up, and passing (%p)',
	(code, [setup, passing]) => {
		expect(isSetup(fault(code))).toBe(setup);
		expect(isPassing(code)).toBe(passing);
	},
);

it('a code of a vendor or of a row does not pass', () => {
	expect(isPassing('E42')).toBe(false);
	expect(isPassing('')).toBe(false);
});

it.each([
	[new SetupFault(fault('PERMISSION')), 'SetupFault', 'Why.'],
	[new TransportFault('cut', 'Gone.'), 'TransportFault', 'Gone.'],
	[new AddressFault('is missing.', 'id'), 'AddressFault', 'is missing.'],
	[new Cancelled(), 'Cancelled', 'The run was stopped.'],
])('%s has a name of its own and says why', (error, name, message) => {
	expect(error).toMatchObject({ name, message });
});
