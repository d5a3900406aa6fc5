import { instantOf } from '../../../../nodes/shared/mapping/dates';

declare const expectedTimeZone: string;

/** Minutes behind UTC on 1 January 2026. */
const OFFSETS: Readonly<Record<string, number>> = {
	UTC: 0,
	'America/St_Johns': 210,
	'Pacific/Kiritimati': -840,
};

test('the suites really run in the time zone they name', () => {
	expect(new Date(2026, 0, 1).getTimezoneOffset()).toBe(OFFSETS[expectedTimeZone]);
	expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(expectedTimeZone);
	expect(instantOf(new Date(2026, 0, 1))).toBe(
		new Date(Date.UTC(2026, 0, 1, 0, OFFSETS[expectedTimeZone])).toISOString().replace('.000', ''),
	);
});
