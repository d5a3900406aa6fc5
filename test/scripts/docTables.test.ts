import { fieldTable, operationMatrix, operationTable } from '../../scripts/lib/docTables';
import { acme } from '../support/sampleVendor';
import { changed } from '../engine/definition/examples';

const lines = (markdown: string): string[] => markdown.split('\n');

it('sets every resource against the standard operations, with a reason for each gap', () => {
	expect(lines(operationMatrix([acme]))).toEqual([
		'|  | Get Many | Get | Create | Update | Create or Update | Delete | Bulk Save | Import |',
		'| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
		'| Acme: Person | ● | ● | ● | ● | ◐ | ○ | ● | ● |',
		'| Acme: Skill | ◐ | 1 | 2 | 2 | 2 | 2 | 2 | 2 |',
		'| Acme: Candidate | ● | 3 | 4 | 4 | 4 | ● | ● | 4 |',
		'',
		expect.stringContaining('● documented by the vendor, ◐ seen in public code'),
		'',
		'1. Acme: Skill: Acme lists skills only',
		'2. Acme: Skill: Acme saves skills with the person only',
		'3. Acme: Candidate: Acme lists candidates only',
		'4. Acme: Candidate: Acme takes candidates in bulk only',
	]);
});

it('lists no reasons where there is no gap', () => {
	const whole = { ...acme, resources: [acme.resources[0]] };
	expect(lines(operationMatrix([whole]))).toHaveLength(5);
});

it('says of every operation what it does and what it rests on', () => {
	const table = lines(operationTable(acme));
	expect(table[0]).toBe('| Resource | Operation | What it does | Rests on | Source |');
	expect(table).toHaveLength(2 + 12 + 2 + 3);
	expect(table).toContain(
		'| Person | Get | Read one person | documented | [source](https://docs.acme.example/api) |',
	);
	expect(table).toContain(
		'| Person | Delete (Unverified) | Unverified: Delete an existing person | unverified | VENDOR.md, section Guesses |',
	);
});

it('describes every field, its members and its columns', () => {
	const table = lines(fieldTable(acme.resources[0]));
	expect(table[0]).toBe(
		'| Label | Key | Type | Required | Limits | Can be cleared | Personal | Rests on |',
	);
	for (const row of [
		'| External ID | `externalId` | text | create, replace, save | 40 characters |  |  |  |',
		'| ID | `id` | text, read only |  |  |  |  | observed |',
		'| Email | `email` | e-mail address |  |  | yes | yes |  |',
		'| Website | `website` | web address |  |  |  |  | unverified |',
		'| Picture | `picture` | file (png, jpg) |  | 10 MB |  |  |  |',
		'| Grade | `grade` | one of A, B, C |  |  |  |  |  |',
		'| Team | `team` | text, for example Red, Blue |  |  |  |  |  |',
		'| Active | `active` | yes or no |  |  |  |  |  |',
		'| Salary | `salary` | number |  | 2 decimals |  |  |  |',
		'| Level | `level` | number |  | whole |  |  |  |',
		'| Perks | `perks` | list of car, flat |  |  | yes |  |  |',
		'| Manager External ID | `managerExternalId` | column for `manager.externalId` |  |  |  |  |  |',
		'| Group Codes | `groupCodes` | column, a list for `groups.code` |  |  |  |  |  |',
		'| Since | `history.since` | date | create, save |  |  |  |  |',
	])
		expect(table).toContain(row);
});

it('keeps a table a table whatever the texts hold', () => {
	const vendor = changed({ 'resources/0/fields/kind/label': 'This | That\nOr Else' });
	expect(lines(fieldTable(vendor.resources[0]))).toContain(
		'| This \\| That Or Else | `kind` | text |  |  |  |  |  |',
	);
});
