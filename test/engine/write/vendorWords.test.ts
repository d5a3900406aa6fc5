import { email, listOf, resource, text } from '../../../nodes/shared/definition';
import { VendorWords } from '../../../nodes/shared/write/vendorWords';

const words = new VendorWords(
	resource({
		name: 'person',
		label: 'Person',
		plural: 'People',
		key: 'id',
		fields: {
			id: text({ label: 'ID' }),
			firstName: text({ label: 'First Name', path: 'data.attributes.first_name' }),
			emails: listOf(
				{ address: email({ label: 'Address' }) },
				{
					label: 'Emails',
					columns: { email: { label: 'Email', into: 'first', member: 'address' } },
				},
			),
			history: listOf(
				{ workspaceId: text({ label: 'Workspace' }), since: text({ label: 'Since' }) },
				{
					label: 'History',
					columns: { workspaceId: { label: 'Workspace ID', into: 'first', member: 'workspaceId' } },
				},
			),
		},
		endpoints: {},
		operations: {},
	}),
	'Acme',
);
const said = (message: string) => words.explained({ code: 'REFUSED', message });

it.each([
	[
		'Missing field history.workspaceId',
		'"Workspace ID" is missing (Acme: Missing field history.workspaceId).',
	],
	[
		'history[0].workspaceId is required.',
		'"Workspace ID" is missing (Acme: history[0].workspaceId is required).',
	],
	[
		'data[3].emails[0].address: no address',
		'"Email" was not accepted (Acme: data[3].emails[0].address: no address).',
	],
	[
		'/data/attributes/first_name is too long',
		'"First Name" was not accepted (Acme: /data/attributes/first_name is too long).',
	],
	[
		'history.since must not be null',
		'"History: Since" is missing (Acme: history.since must not be null).',
	],
	['history is mandatory', '"History" is missing (Acme: history is mandatory).'],
])('says which field is meant: %s', (message, words_) => {
	const issue = said(message);
	expect(issue.message).toBe(words_);
	expect(words_).toContain(`"${issue.field}"`);
});

it.each([
	'The history of this person is closed.',
	'Unknown Workspace 17',
	'Nothing fits. Check history and emails.',
	'a.b.c is required',
	'',
])('leaves what names no field as it is: %s', (message) => {
	expect(said(message)).toEqual({ code: 'REFUSED', message });
});

it('leaves what has a field already', () => {
	const issue = { code: 'X', message: 'history.since is required', field: 'ID' };
	expect(words.explained(issue)).toBe(issue);
});
