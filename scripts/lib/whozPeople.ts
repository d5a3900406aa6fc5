import { WHOZ_WORKSPACE_IDS } from '../../test/sandbox/whoz';

export type Row = Record<string, unknown>;

/** Rows as a spreadsheet has them, with most of the columns that Whoz takes. */
export const whozPeople = (count: number, more: (n: number) => Row = () => ({})): Row[] =>
	Array.from({ length: count }, (_, n) => ({
		'External ID': `FIG-${n}`,
		'First Name': `First ${n}`,
		'Last Name': `Last ${n}`,
		Email: `person${n}@example.com`,
		'Workspace ID': WHOZ_WORKSPACE_IDS[n % WHOZ_WORKSPACE_IDS.length],
		Since: '2026-01-15',
		Scope: 'EMPLOYEE',
		'Role External ID': 'ROLE-1',
		'Grade External ID': 'GRADE-2',
		Staffable: 'yes',
		Tags: 'alpha; beta',
		...more(n),
	}));
