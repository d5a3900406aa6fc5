import fc from 'fast-check';
import type { ICredentialType, IDataObject } from 'n8n-workflow';

import { BirdDogHrApi } from '../../credentials/BirdDogHrApi.credentials';
import { CollectiveApi } from '../../credentials/CollectiveApi.credentials';
import { EightfoldBearerApi } from '../../credentials/EightfoldBearerApi.credentials';
import { IngedataBearerApi } from '../../credentials/IngedataBearerApi.credentials';
import { WhozBearerApi } from '../../credentials/WhozBearerApi.credentials';
import { birdDogHr } from '../../nodes/BirdDogHr/birdDogHr.vendor';
import { collective } from '../../nodes/Collective/collective.vendor';
import { eightfold } from '../../nodes/Eightfold/eightfold.vendor';
import { ingedata } from '../../nodes/Ingedata/ingedata.vendor';
import { whoz } from '../../nodes/Whoz/whoz.vendor';
import type { Vendor } from '../../nodes/shared/definition';
import { BIRDDOGHR_EXISTING } from '../sandbox/birddoghr';
import { EIGHTFOLD_SYSTEM_ID } from '../sandbox/eightfold';
import { WHOZ_EXISTING_MANAGER_IDS, WHOZ_WORKSPACE_IDS } from '../sandbox/whoz';

/*
 * What the rows of the model test look like, and what a person means by them. Nothing here uses the package's own mapping:
 * `means` says in a few lines of its own what the vendor must hold when a row is saved.
 */

export type Row = Readonly<Record<string, string | number | boolean>>;
/** What is looked at of a record, by names of this file. */
export type Content = Readonly<Record<string, unknown>>;

export interface Subject {
	vendor: Vendor;
	credential: ICredentialType;
	resource: string;
	parameters?: IDataObject;
	/** Stored values of the operations that save, and options only this vendor has. */
	ways: ReadonlyArray<{ operation: 'bulkSave' | 'import' | 'upsert'; options?: IDataObject }>;
	row: fc.Arbitrary<Row>;
	/** Columns that say who a row is about. */
	names: readonly string[];
	/** Who the row is about. Where the vendor makes the keys: a name no other row of the same people has. */
	who(row: Row): string;
	/** What the vendor holds of the row once it is saved; undefined: no vendor may ever get it. */
	means(row: Row): Content | undefined;
	/** Who a record is about and what it holds, in the same names. */
	held(value: unknown): { who: string; content: Content };
	/** Names of what may go in a request of its own, after the rest of the row. */
	later?: readonly string[];
	/** Making a record takes a while, in which the vendor does not know it yet: of two rows about it the second must wait. */
	slow?: true;
	/** The vendor makes the key, so every accepted row is one more record. */
	makesKeys?: true;
}

const PEOPLE = ['P1', 'P2', 'P3', 'P4', 'P5'] as const;
const person = fc.constantFrom(...PEOPLE);
/** The same where a name is all there is to know somebody by: one with a digit in it is refused. */
const named = fc.constantFrom('Ann', 'Ben', 'Cyd', 'Dan', 'Eve');
const GIVEN = fc.constantFrom('Ada', 'Bea');
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
/** Now and then a row nobody may save. */
const isBad = fc.integer({ min: 0, max: 5 }).map((n) => n === 0);

/** Cells without a value are no cells. */
const filled = (cells: Record<string, Row[string] | undefined>): Row =>
	Object.fromEntries(
		Object.entries(cells).filter((cell): cell is [string, Row[string]] => cell[1] !== undefined),
	);

/** Only what the row says. */
const said = (content: Record<string, unknown>): Content =>
	Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined));

const [workspace] = WHOZ_WORKSPACE_IDS;
const MAIL = /^[^@\s]+@[^@\s]+\.[a-z]+$/;

const whozPeople: Subject = {
	vendor: whoz,
	names: ['externalId'],
	credential: new WhozBearerApi(),
	resource: 'talent',
	ways: [{ operation: 'bulkSave' }, { operation: 'import' }, { operation: 'upsert' }],
	later: ['manager'],
	row: fc
		.record({
			who: person,
			given: GIVEN,
			staffable: maybe(fc.boolean()),
			manager: maybe(fc.constantFrom(...WHOZ_EXISTING_MANAGER_IDS.slice(0, 2))),
			bad: isBad,
		})
		.map(({ who, given, staffable, manager, bad }) =>
			filled({
				externalId: who,
				firstName: given,
				lastName: 'Roy',
				email: bad ? 'broken' : undefined,
				workspaceId: workspace,
				since: '2026-01-01',
				staffable,
				managerExternalId: manager,
			}),
		),
	who: (row) => String(row.externalId),
	means: (row) =>
		row.email !== undefined && !MAIL.test(String(row.email))
			? undefined
			: said({
					given: row.firstName,
					family: row.lastName,
					staffable: row.staffable,
					manager: row.managerExternalId,
				}),
	held(value) {
		const { externalId, firstName, lastName, staffable, manager } = value as Record<string, never>;
		return {
			who: externalId,
			content: said({
				given: firstName,
				family: lastName,
				staffable,
				manager: (manager as { externalId?: string } | undefined)?.externalId,
			}),
		};
	},
};

const birdDogHrPeople: Subject = {
	vendor: birdDogHr,
	names: ['username', 'employeeId'],
	credential: new BirdDogHrApi(),
	resource: 'talentUser',
	ways: [
		{ operation: 'bulkSave' },
		{ operation: 'bulkSave', options: { requestMode: 'batch' } },
		{ operation: 'import' },
		{ operation: 'upsert' },
	],
	row: fc
		.record({
			who: person,
			given: GIVEN,
			title: maybe(fc.constantFrom('Lead', 'Smith')),
			active: fc.boolean(),
			bad: isBad,
		})
		.map(({ who, given, title, active, bad }) =>
			filled({
				username: `${who}@example.com`,
				email: bad ? 'broken' : `${who}@example.com`,
				firstName: given,
				lastName: 'Roy',
				displayName: `${given} E.`,
				employeeId: who,
				jobCode: 'ENG-1',
				jobTitle: title,
				location: 'Omaha',
				hireDate: '2026-03-31',
				active,
				isManager: false,
				manager: BIRDDOGHR_EXISTING[0].name,
			}),
		),
	who: (row) => String(row.username),
	means: (row) =>
		MAIL.test(String(row.email))
			? said({
					given: row.firstName,
					shown: row.displayName,
					title: row.jobTitle,
					active: row.active,
					mail: row.email,
				})
			: undefined,
	held(value) {
		const { fields } = value as { fields: Record<string, unknown> };
		return {
			who: String(fields.username),
			content: said({
				given: fields.firstName,
				shown: fields.displayName,
				title: fields.jobTitle,
				active: fields.active,
				mail: fields.email,
			}),
		};
	},
};

const collectivePeople: Subject = {
	vendor: collective,
	names: ['internalUserId'],
	credential: new CollectiveApi(),
	resource: 'talent',
	ways: [{ operation: 'bulkSave' }, { operation: 'import' }, { operation: 'upsert' }],
	row: fc
		.record({
			who: person,
			given: maybe(GIVEN),
			rate: maybe(fc.constantFrom(500, 612.5)),
			bad: isBad,
		})
		.map(({ who, given, rate, bad }) =>
			filled({
				internalUserId: who,
				// Without it nobody can be recognised, which the vendor refuses.
				linkedInUrl: bad ? undefined : `https://www.linkedin.com/in/${who}`,
				firstname: given,
				dailyRate: rate,
			}),
		),
	who: (row) => String(row.internalUserId),
	means: (row) =>
		row.linkedInUrl === undefined
			? undefined
			: said({
					given: row.firstname,
					link: row.linkedInUrl,
					// Money is kept in cents, as text.
					rate: row.dailyRate === undefined ? undefined : String(Number(row.dailyRate) * 100),
				}),
	held(value) {
		const held = value as Record<string, unknown>;
		return {
			who: String(held.internalUserId),
			content: said({ given: held.firstname, link: held.linkedInUrl, rate: held.dailyRate }),
		};
	},
};

const eightfoldPeople: Subject = {
	vendor: eightfold,
	names: ['candidateId'],
	credential: new EightfoldBearerApi(),
	resource: 'atsCandidate',
	parameters: { systemId: EIGHTFOLD_SYSTEM_ID },
	ways: [{ operation: 'bulkSave' }, { operation: 'import' }, { operation: 'upsert' }],
	row: fc
		.record({ who: person, given: GIVEN, family: maybe(fc.constantFrom('One', 'Two')), bad: isBad })
		.map(({ who, given, family, bad }) =>
			filled({
				candidateId: who,
				firstName: given,
				lastName: family,
				emails: `${who}@example.com`,
				lastActivityTs: bad ? 'yesterday' : '2026-01-01',
			}),
		),
	who: (row) => String(row.candidateId),
	means: (row) =>
		row.lastActivityTs === 'yesterday'
			? undefined
			: said({ given: row.firstName, family: row.lastName, mail: row.emails }),
	held(value) {
		const held = value as Record<string, unknown>;
		return {
			who: String(held.candidateId),
			content: said({
				given: held.firstName,
				family: held.lastName,
				mail: [held.emails].flat().join(),
			}),
		};
	},
	slow: true,
};

const ingedataPeople: Subject = {
	vendor: ingedata,
	names: ['first_name'],
	credential: new IngedataBearerApi(),
	resource: 'talent',
	ways: [{ operation: 'bulkSave' }, { operation: 'import' }, { operation: 'upsert' }],
	row: fc
		.record({ who: named, family: fc.constantFrom('One', 'Two'), bad: isBad })
		.map(({ who, family, bad }) =>
			filled({
				first_name: who,
				last_name: family,
				// An ID of another system.
				id: bad ? 'EMP-7' : undefined,
			}),
		),
	who: (row) => String(row.first_name),
	means: (row) => (row.id === undefined ? { family: row.last_name } : undefined),
	held(value) {
		const { attributes } = value as { attributes: Record<string, unknown> };
		return { who: String(attributes.first_name), content: { family: attributes.last_name } };
	},
	makesKeys: true,
};

export const SUBJECTS: readonly Subject[] = [
	whozPeople,
	birdDogHrPeople,
	collectivePeople,
	eightfoldPeople,
	ingedataPeople,
];
